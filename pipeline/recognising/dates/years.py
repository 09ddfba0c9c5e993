"""Whether a bare number is a year: what stands around ``2024`` tells a date from a name, a count or a reference."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.recognising.dates.expressions import Expression
from pipeline.recognising.dates.lexicon import fold, words

_WINDOW = 140
_NAME_WORDS = 12
_TITLE_WORDS = 8
_LAW_WORDS = 4
_SHORT_NUMBER = 4
_FIRST_YEAR = 1900
_STEP = 50
_WORD = re.compile(r"[^\W\d_][\w’'&-]*(?:\.[^\W\d_]+)*|\d[\d.,]*|[^\w\s]")
_GLUED_LEFT = re.compile(
    r"(?:[^\W_]|[)\]])[-/.,:_=#@&?+]$|[_=#@&?+€$£.,]$|€\s?$|[-–/]$(?<!\s[-–/])(?<!^[-–/])|\d\s?[/:]\s?$"
)
_LABEL = re.compile(r"(?:^|\s)[^\W\d]{1,40}:$")
_GLUED_RIGHT = re.compile(r"[-–/:.,_+=@]\w|,-|,–|\s?[%‰€°]|-\s?(?:en|of)\s|['’]er|/")
_OPENING, _CLOSING = "‘“«„", "’”»"
_PLURAL_LENGTH = 4

SURE, LISTED, LIKELY, DOUBTFUL, WEAK = 0.97, 0.95, 0.9, 0.85, 0.7
"""Bands of confidence: years after ``in``, in lists, in brackets, after a noun, where little speaks for them."""


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """The vocabulary of years as sets of folded words."""

    strong: frozenset[str]
    weak: frozenset[str]
    number: frozenset[str]
    pairs: frozenset[str]
    reference: frozenset[str]
    reference_endings: tuple[str, ...]
    publications: frozenset[str]
    units: frozenset[str]
    nouns: frozenset[str]
    noun_endings: tuple[str, ...]
    plural_endings: tuple[str, ...]
    adjectives: frozenset[str]
    not_nouns: frozenset[str]
    cues: frozenset[str]
    cue_endings: tuple[str, ...]
    laws: frozenset[str]
    ends: frozenset[str]
    plain: frozenset[str]


@cache
def _knowledge() -> _Knowledge:
    known = words()
    before, after, name = known["year"]["before"], known["year"]["after"], known["name"]

    def folded(entries: list[Any]) -> frozenset[str]:
        return frozenset(map(fold, entries))

    return _Knowledge(
        strong=folded(before["strong"]),
        weak=folded(before["weak"]),
        number=folded(before["number"]),
        pairs=folded(before["number_pairs"]),
        reference=folded(before["reference"]),
        reference_endings=tuple(before["reference_endings"]),
        publications=folded(before["publications"]),
        units=folded(after["units"]),
        nouns=folded(after["nouns"]),
        noun_endings=tuple(after["noun_endings"]),
        plural_endings=tuple(after["plural_endings"]),
        adjectives=folded(after["adjectives"]),
        not_nouns=folded(after["not_nouns"]),
        cues=folded(name["cues"]),
        cue_endings=tuple(name["cue_endings"]),
        laws=folded(name["laws"]),
        ends=folded(name["ends"]),
        plain=folded(name["plain"]),
    )


def year_confidence(text: str, expression: Expression, sentence: tuple[int, int]) -> float | None:
    """Return how sure it is that the bare years of an expression are dates; None when they are not.

    Parameters
    ----------
    text
        The whole text.
    expression
        One that is made of years alone.
    sentence
        Bounds of the sentence that it stands in.
    """
    start = expression.start if expression.modifier else expression.points[0].start
    end = expression.end
    left_text = text[max(sentence[0], start - _WINDOW, 0) : start]
    right_text = text[end : min(max(sentence[1], end), end + _WINDOW)]
    if _attached(left_text, right_text):
        return None
    left, right = _WORD.findall(left_text), _WORD.findall(right_text)
    if _counted(left, right, expression) or _is_number(left, right, expression):
        return None
    if expression.modifier or any(point.approximate for point in expression.points):
        return SURE
    return _from_left(left, right, right_text, expression)


def _attached(left: str, right: str) -> bool:
    """Tell whether the number is a piece of something longer: a reference, an amount, a compound."""
    if re.search(
        r"(?:[^\W_]|[)\]])[-/.,:_=#@&?+]$|[_=#@&?+€$£.,]$|€\s?$|[-–/]$(?<!\s[-–/])(?<!^[-–/])|\d\s?[/:]\s?$", left
    ):
        return not re.search(r"(?:^|\s)[^\W\d]+:$", left)
    return re.match(r"[-–/:.,_+=@]\w|%|,-|,–|\s?[%‰€°]|-\s?(?:en|of)\s|['’]er|/", right) is not None


def _counted(left: list[str], right: list[str], expression: Expression) -> bool:
    """Tell whether something is counted: ``2000 deelnemers``, ``2000 euro``."""
    known = _knowledge()
    if not right:
        return False
    first = fold(right[0])
    before = fold(left[-1]) if left else ""
    strong = before in known.strong and not expression.modifier
    if first in known.units:
        return not (strong and before in {"jaar", "jaren"})
    if (strong or len(expression.points) > 1) and not _round(expression):
        return False
    second = fold(right[1]) if len(right) > 1 else ""
    sure = _noun(right[0], sure=True)
    if sure or (right[0] in known.adjectives and _noun(right[1] if second else "", sure=True)):
        return True
    if _prepositional(before, expression) and not _round(expression):
        return False
    if _noun(right[0], sure=False):
        return True
    adjective = first.endswith("e") and first.islower() and before not in known.strong
    return adjective and _round(expression) and _noun(second, sure=False)


def _prepositional(before: str, expression: Expression) -> bool:
    known = _knowledge()
    return bool(expression.modifier) or before in known.weak or before in known.strong or expression.listed


def _round(expression: Expression) -> bool:
    """Tell whether it is a number that people count to rather than date by."""
    year = expression.points[-1].year or 1
    return year % _STEP == 0 and not expression.points[-1].short


def _noun(word: str, *, sure: bool) -> bool:
    known = _knowledge()
    plain = fold(word)
    if not word or not word[0].islower() or plain in known.not_nouns:
        return False
    if plain in known.nouns or plain.endswith(known.noun_endings):
        return True
    if any(len(noun) > _PLURAL_LENGTH and plain.endswith(noun) for noun in known.nouns):
        return True
    return not sure and len(plain) >= _PLURAL_LENGTH and plain.endswith(known.plural_endings)


def _is_number(left: list[str], right: list[str], expression: Expression) -> bool:
    """Tell whether the words before it announce a number: ``ruim 2000``, ``nr. 2015``, ``Stb. 2015``."""
    known = _knowledge()
    near = [fold(word) for word in left[-3:]]
    if not near or expression.listed:
        return False
    last = near[-1]
    word = near[-2] if last in {".", ":"} and len(near) > 1 else last
    if (_referring(word) and last != ":") or any(each in known.publications for each in near):
        return True
    if expression.modifier or any(point.approximate for point in expression.points):
        return " ".join([*near[-1:], fold("tot")]) in known.pairs
    if last not in known.strong and right and fold(right[0]) == "naar" and len(right) > 1 and right[1][0].isdigit():
        return True
    pair = " ".join(near[-2:])
    if last in known.number or pair in known.pairs:
        return last not in known.strong
    if last[:1].isdigit() and len(last) < _SHORT_NUMBER and len(expression.points) == 1:
        return True
    postcode = bool(right) and re.fullmatch("[A-Z]{2}", right[0]) is not None
    return postcode and last not in known.strong and last not in known.weak


def _referring(word: str) -> bool:
    known = _knowledge()
    return word in known.reference or word.endswith(known.reference_endings)


def is_reference(text: str, start: int, sentence: tuple[int, int]) -> bool:
    """Tell whether what starts here is a number of something: ``dossiernummer 2023-12``."""
    left = _WORD.findall(text[max(sentence[0], start - _WINDOW, 0) : start])
    return bool(left) and _referring(fold(left[-1]))


def _from_left(left: list[str], right: list[str], right_text: str, expression: Expression) -> float | None:
    known = _knowledge()
    if expression.listed:
        return LISTED
    if not left:
        if any(point.short for point in expression.points) and len(expression.points) == 1:
            return WEAK if not right else None
        return DOUBTFUL if not right or not right_text[:1].isspace() else WEAK
    last = fold(left[-1])
    years = expression.points
    lone_short = years[0].short and len(years) == 1
    if _quoted(left, right_text):
        return None
    if last in known.strong:
        return SURE
    if last in known.weak:
        return None if _from_to(left) else LISTED
    if lone_short or (years[0].year or 0) < _FIRST_YEAR:
        return None
    if last in known.ends and _round(expression):
        return None
    if not last[0].isalpha():
        return DOUBTFUL if last in {",", ";"} else LIKELY
    if _named(left):
        return None
    return WEAK if _round(expression) else DOUBTFUL


def _from_to(left: list[str]) -> bool:
    """Tell ``groei van 1950 naar 2020``: two numbers."""
    near = [fold(word) for word in left[-3:]]
    return near[-1] == "naar" and len(near) > 1 and near[-2][0].isdigit()


def _quoted(left: list[str], right: str) -> bool:
    """Tell whether it is the end of a quoted title: ``‘Samen vooruit 2030’``."""
    if not right[:1] or right[0] not in _CLOSING + "'\"":
        return False
    quotes = [place for place, word in enumerate(left) if word[0] in _OPENING + "'\""]
    return bool(quotes) and 1 < len(left) - quotes[-1] <= _TITLE_WORDS


def _named(left: list[str]) -> bool:
    """Tell whether the words before the year are a name that it belongs to: ``Wet arbeid 2015``."""
    known = _knowledge()
    last = left[-1]
    plain = fold(last)
    if plain in known.ends or (
        plain in known.plain and not (len(left) > 1 and last[0].isupper() and _name_cue(left[-2]))
    ):
        return False
    if _name_cue(last):
        return True
    if last[0].isupper() and ((len(left) > 1 and left[-2][0] not in ".:|•-–") or last.isupper()):
        return True
    return _title_open(left)


def _name_cue(word: str) -> bool:
    known = _knowledge()
    plain = fold(word)
    return plain in known.cues or (plain.endswith(known.cue_endings) and plain not in known.ends)


def _title_open(left: list[str]) -> bool:
    """Look back for the word that begins the name; punctuation and verbs end the search."""
    known = _knowledge()
    after = ""
    window = left[-_NAME_WORDS:]
    for place in range(len(window) - 1, -1, -1):
        word, plain = window[place], fold(window[place])
        if plain in known.ends or (not word[0].isalnum() and word not in _OPENING + "'’-&,"):
            return False
        if after and _name_cue(word):
            capital = word[0].isupper() or after[0].isupper() or after[0] in _OPENING + "'\""
            return capital or (plain in known.laws and len(window) - place <= _LAW_WORDS)
        after = word
    return False
