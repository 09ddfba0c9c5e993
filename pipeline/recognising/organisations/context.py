"""Judge whether an unknown capitalised name is an organisation, by its own words and those around it."""

import re

from pipeline.cleaning.lexicon import is_known
from pipeline.recognising.organisations.names import is_capitalised
from pipeline.recognising.organisations.vocabulary import (
    ABBREVIATION,
    CUES_BEFORE,
    LANDSCAPE,
    LIKE_VERB_WEIGHT,
    NO_BEFORE,
    NO_VERBS,
    QUOTES,
    VERB_ENDINGS,
    VERB_WEIGHT,
    VERBS,
    heads,
    is_common_noun,
    is_generic,
    names_body,
    names_no_body,
)

BODY = 0.5
"""Score from which on a name is taken for an organisation."""

_BASE = 0.2
_NAMES_BODY = 0.5
_GENERIC_NOUN_BEFORE = 0.5
_APPOSITION = 0.45
_SEVERAL_WORDS = 0.1
_INNER_CAPITAL = 0.2
_LANDSCAPE = -0.3
_SHORTEST_VERB = 3
_QUOTED = -0.3
_OPENS_SENTENCE = -0.35
_ORDINARY_WORD = -0.3

_LAST_WORDS = re.compile(r"(?:[^\W_]+[ ]){0,3}[^\W_]+[ ]?$")
_APPOSED = re.compile(
    r"[ ]?(?:\([^)]{1,40}\)[ ]?)?,[ ](?:een|het|de)[ ](?:[^\W\d_]+e?[ ]){0,3}?([^\W\d_-]+(?:-[^\W\d_]+)*)"
)
_DESCRIBED = re.compile(
    r"\s(?:is|was|vormt)\s(?:een|het|de)\s(?P<what>(?:[\w-]+\s){0,2}?[\w-]+)"
    r"(?=\s(?:van|voor|uit|tussen|met|dat|die|waarin)\b|[,.])"
)
_NEXT_WORD = re.compile(r"[ ]?(?:\([^)]{1,60}\))?[ ]?([^\W\d_]+)")
# A motion or amendment bears the names of members of parliament.
_MOTION = re.compile(
    r"\b(?:motie|amendement)(?:s|en)?-?(?:[ ](?:van|de|het|der|den|leden|lid))*[- ]?"
    r"(?:(?:Van|De|van|de|der|den)[ ])*$"
)


def score(text: str, start: int, end: int, *, opens_sentence: bool) -> float:
    """Return how much speaks for `text[start:end]`, a capitalised name, being an organisation.

    Below `BODY` it is none. The weights of cues stand in the data file.
    """
    name = text[start:end]
    before = text[max(0, start - 60) : start]
    after = text[end : end + 90]
    if _is_adjective(name, after) or _MOTION.search(before):
        return 0.0
    if names_no_body(name) or is_common_noun(name) or announced_as_thing(before) or after[:1] == "-":
        return 0.0
    total = _BASE + cue_weight(before)
    if names_body(name):
        total += _NAMES_BODY
    if _generic_noun(before):
        total += _GENERIC_NOUN_BEFORE
    apposed = _APPOSED.match(after)
    if apposed and is_generic(apposed[1].lower()):
        total += _APPOSITION
    following = _NEXT_WORD.match(after)
    if following and following[1] in VERBS:
        total += VERB_WEIGHT
    elif following and _looks_like_verb(following[1]):
        total += LIKE_VERB_WEIGHT
    if " " in name:
        total += _SEVERAL_WORDS
    if ABBREVIATION.fullmatch(name) or any(c.isupper() for c in re.sub(r"(?:^|[ -/])\w", "", name)):
        total += _INNER_CAPITAL
    if before[-1:] in QUOTES and before[-1:]:
        total += _QUOTED
    if name.lower().endswith(LANDSCAPE):
        total += _LANDSCAPE
    if opens_sentence and " " not in name:
        total += _OPENS_SENTENCE
        if is_known(name.lower()):
            total += _ORDINARY_WORD
    return round(total, 3)


def _is_adjective(name: str, after: str) -> bool:
    """Whether it is an adjective of place, such as `Keniaanse`, with its noun behind it."""
    noun = _NEXT_WORD.match(after)
    return name.endswith("se") and " " not in name and noun is not None and noun[1].islower() and noun[1] not in VERBS


def _looks_like_verb(word: str) -> bool:
    """Whether a word in lower case has the ending of a finite verb."""
    return len(word) > _SHORTEST_VERB and word.islower() and word.endswith(VERB_ENDINGS) and word not in NO_VERBS


def cue_weight(before: str) -> float:
    """Return the weight of the longest cue that the text before the name ends with."""
    tail = " ".join(before.replace("\n", " ").split()[-4:]).lower() if before[-1:].isspace() else ""
    for phrase, weight in CUES_BEFORE:
        if tail == phrase or tail.endswith(" " + phrase):
            return weight
    return 0.0


def announced_as_thing(before: str) -> bool:
    """Whether the word right before names a thing that is no body: ``programma``, ``minister``."""
    stripped = before.rstrip("".join(QUOTES) + " ")
    word = stripped.rsplit(maxsplit=1)[-1].lower().strip(".(") if stripped.strip() else ""
    if stripped.endswith((",", ";", ":", ")", ".", "!", "?")):
        return False
    if word in NO_BEFORE:
        return True
    return (
        len(word) > 6
        and not is_generic(word)
        and word.endswith(("programma", "project", "methode", "plan", "wet", "agenda"))
    )


def is_described_as_body(text: str, end: int) -> bool:
    """Whether a name that ends at `end` is said to be a body: ``X is een samenwerkingsverband van``."""
    said = _DESCRIBED.match(text, end)
    return said is not None and any(is_generic(word) or word in heads() for word in said["what"].lower().split())


def _generic_noun(before: str) -> bool:
    """Whether a common noun for bodies stands right before: ``woningcorporatie``, ``adviesbureaus``."""
    if not before.endswith(" "):
        return False
    word = before.split()[-1] if before.split() else ""
    return not is_capitalised(word) and is_generic(word.lower())
