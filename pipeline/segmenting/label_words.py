"""What the words of a label say where the list of labels does not have it: a phrase, or the noun that it is about."""

import re
from typing import get_args

from pipeline.resources import vocabulary
from pipeline.segmenting.sections import FieldKind

_DATA = vocabulary("segmenting/label_words.toml")
_PHRASES: tuple[tuple[re.Pattern[str], FieldKind | None], ...] = tuple(
    (re.compile(phrase["pattern"]), phrase["kind"] or None) for phrase in _DATA["phrases"]
)
_ENDINGS: dict[str, FieldKind] = {
    ending: kind for kind in get_args(FieldKind) for ending in _DATA["nouns"].get(kind, ())
}
_LONGEST_FIRST = sorted(_ENDINGS, key=len, reverse=True)
_NOTHING = frozenset(_DATA["nothing"]["nouns"])
_ADJECTIVES: tuple[tuple[FieldKind, tuple[str, ...]], ...] = (
    ("executor", tuple(_DATA["adjectives"]["executor"])),
    ("partner", tuple(_DATA["adjectives"]["partner"])),
    ("commissioner", tuple(_DATA["adjectives"]["commissioner"])),
    ("funder", tuple(_DATA["adjectives"]["funder"])),
)
_BODIES = frozenset(_DATA["adjectives"]["bodies"])
_ASKING: tuple[str, ...] = tuple(_DATA["adjectives"]["asking"])
_GOVERNING = frozenset(_DATA["adjectives"]["governing"])
_THINGS: tuple[str, ...] = tuple(_DATA["named"]["things"])
_PREPOSITIONS = frozenset(_DATA["named"]["prepositions"])
_MOST_WORDS = 7
"""Words of a label that is a phrase or a question."""
_MOST_ABOUT = 4
"""Words up to the noun of a label, itself among them."""
_SHORTEST_ENDING = 4
"""Letters of an ending that need not be a whole word."""
_OF_A_MOMENT = frozenset({"start", "end"})
"""Kinds that hold wherever their noun stands: `einddatum looptijd`."""
_TOLD: frozenset[FieldKind | None] = frozenset({None, "description", "status"})
"""Kinds whose phrases begin sentences too (`Wat opvalt`), so that they alone make no label."""


def phrase_kind(label: str) -> tuple[bool, FieldKind | None]:
    """Return whether a folded label is a phrase (`in handen van`) that is surely a label, and what it says."""
    if len(label.split()) <= _MOST_WORDS:
        for pattern, kind in _PHRASES:
            if pattern.fullmatch(label):
                return kind not in _TOLD, kind
    return False, None


def noun_kind(label: str) -> FieldKind | None:
    """Return what the noun of a folded label says, as in `verwachte oplevering` or `plaats van uitvoering`."""
    about: list[str] = []
    words = label.split()
    for word in words:
        if word.strip(".") in _PREPOSITIONS:
            break
        about.append(word)
    if not 0 < len(about) <= _MOST_ABOUT:
        return None
    *before, noun = about
    if noun in _BODIES and (kind := _kind_of_body(before, noun)) is not None:
        return kind
    if noun in _NOTHING or " ".join(about) in _NOTHING:
        return None
    moments = [end for word in before if (end := _ending(word)) and _ENDINGS[end] in _OF_A_MOMENT]
    ending = _ending(noun)
    if ending is None:
        return None
    if moments:
        return _ENDINGS[moments[0]]
    kind = _ENDINGS[ending]
    if kind == "title":
        return kind if _names_thing(noun.removesuffix(ending), words[len(about) :]) else None
    return kind


def _ending(noun: str) -> str | None:
    return next((end for end in _LONGEST_FIRST if _ends_so(noun, end)), None)


def _ends_so(noun: str, ending: str) -> bool:
    return noun == ending or (len(ending) >= _SHORTEST_ENDING and noun.endswith(ending))


def _kind_of_body(adjectives: list[str], noun: str) -> FieldKind | None:
    """Return the part that a body has by what stands before it, as in `penvoerende instelling`."""
    for word in adjectives:
        if word.startswith(_ASKING):
            return "commissioner" if noun in _GOVERNING else "executor"
        for kind, beginnings in _ADJECTIVES:
            if word.startswith(beginnings):
                return kind
    return None


def _names_thing(compound: str, behind: list[str]) -> bool:
    """Whether a name is that of something done, by the rest of its word or by what stands behind it."""
    if compound:
        return compound.startswith(_THINGS)
    rest = [word for word in behind if word not in _PREPOSITIONS and word not in {"de", "het", "een"}]
    return not rest or rest[0].startswith(_THINGS)
