"""What the label of a field or the head of a column says: looked up in `fields.toml`."""

import re
from functools import lru_cache
from typing import get_args

from pipeline.resources import vocabulary
from pipeline.segmenting.label_words import noun_kind, phrase_kind
from pipeline.segmenting.sections import BODIES, FieldKind

_WORDS = vocabulary("segmenting/fields.toml")
_KINDS: dict[str, FieldKind | None] = {
    label: kind for kind in get_args(FieldKind) for label in _WORDS["labels"].get(kind, ())
}
_KINDS |= dict.fromkeys(_WORDS["labels"]["weak_title"], "title")
_KINDS |= {label: None for label in _WORDS["labels"]["other"] if label not in _KINDS}
_STRENGTH = {label: rank for rank, label in enumerate(_WORDS["labels"]["title"])}
_MODIFIERS = frozenset(_WORDS["folding"]["modifiers"])
_JOINERS = frozenset(_WORDS["folding"]["joiners"])
_ARTICLES = frozenset(_WORDS["folding"]["articles"])
_OPENERS = frozenset(_WORDS["folding"]["openers"])
_ENDINGS: dict[str, FieldKind] = _WORDS["folding"]["endings"]
_MOST_WORDS = 5
_BY_ITS_WORDS = 0.5
"""How surely a label that only its words make one of a title (`benaming van de actie`) names a project."""
_FEWEST_LETTERS = 3
_LONGEST = 70
"""Code points of a label."""
_PLURAL = re.compile(r"(?<=\w)\((?:s|en|n|’s|'s|es)\)")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_NUMBERS = re.compile(r"^[’']?\d[\d.,/–-]*%?$")
_ENDS = " \t:;.*?†‡|_…"


def folded(label: str) -> str:
    """Return a label as it is looked up: lower case, without article, brackets, colon and optional plural."""
    text = _BRACKETS.sub(" ", _PLURAL.sub("", label.casefold().replace("’", "'")))
    text = re.sub(r"(?<=\w)-\s+(?=en\b)", "- ", re.sub(r"\s+", " ", text)).strip(_ENDS + "-–•·▪●")
    words = text.split()
    while len(words) > 1 and words[0] in _ARTICLES:
        del words[0]
    return " ".join(words) or label.strip()


@lru_cache(maxsize=4096)
def _looked_up(label: str) -> tuple[bool, FieldKind | None]:
    """Return whether a label is known, and its kind; one that is not may have the kind of its noun."""
    if len(label) > _LONGEST or not label.strip():
        return False, None
    if ":" in label.rstrip(_ENDS):
        return False, None
    if any(c.isdigit() for c in label) and sum(c.isalpha() for c in label) < _FEWEST_LETTERS:
        return False, None
    text = folded(label)
    if text in _KINDS:
        return True, _KINDS[text]
    words = [word for word in text.split() if not _NUMBERS.match(word)]
    if (plain := " ".join(words)) in _KINDS:
        return True, _KINDS[plain]
    parts = _parts(plain)
    if len(parts) > 1:
        found = [_looked_up(part) for part in parts]
        return (True, _together([kind for _, kind in found])) if all(known for known, _ in found) else (False, None)
    for kept in (
        [w for w in words if w not in _ARTICLES],
        [w for w in words if w.strip(".,:'") not in _MODIFIERS and w not in _JOINERS],
    ):
        if kept and (bare := " ".join(kept)) != plain and bare in _KINDS:
            return True, _KINDS[bare]
    if 2 <= len(words) <= _MOST_WORDS and words[0] in _OPENERS:
        return True, _KINDS[words[0]]
    ending = next((end for end in _ENDINGS if plain.endswith(end)), None) if len(words) == 1 else None
    if ending:
        return True, _ENDINGS[ending]
    is_phrase, kind = phrase_kind(text)
    return is_phrase, kind or noun_kind(plain)


def _parts(label: str) -> list[str]:
    """Return the labels that one label is made of."""
    parts: list[list[str]] = [[]]
    for word in re.sub(r"\s*([/&+,;|])\s*", r" \1 ", label).split():
        if word in _JOINERS:
            parts.append([])
        else:
            parts[-1].append(word)
    return [" ".join(part).removesuffix("-") for part in parts if part]


def _together(kinds: list[FieldKind | None]) -> FieldKind | None:
    """Return the kind of a label that is made of labels of these kinds."""
    one = set(kinds)
    if len(one) == 1:
        return kinds[0]
    if "title" in one:
        return "title"
    if one <= BODIES:
        return "organisation"
    if one <= {"start", "end", "period", "date"}:
        return "period"
    if one <= {"description", "status", None}:
        return "description"
    return None


def is_label(text: str) -> bool:
    """Whether a text, such as the head of a column, is a known label."""
    return _looked_up(text)[0]


def kind_of(label: str) -> FieldKind | None:
    """Return what a label says of its value, be it known or not; None where it says nothing that a record has."""
    return _looked_up(label)[1]


def title_strength(label: str) -> float:
    """Return how surely a label stands for the name of a project: 1 to 0, and 0 where it is a weak one."""
    words = [word for word in folded(label).split() if not _NUMBERS.match(word) and word not in _ARTICLES]
    ranks = [_STRENGTH[part] for part in (" ".join(words), *_parts(" ".join(words))) if part in _STRENGTH]
    if ranks:
        return 1.0 - min(ranks) / (len(_STRENGTH) + 1)
    return _BY_ITS_WORDS if " ".join(words) not in _KINDS and kind_of(label) == "title" else 0.0
