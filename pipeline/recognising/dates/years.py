"""Whether a bare number is a year: what stands around ``2024`` tells a date from a name, a count or a reference."""

import re

from pipeline.recognising.dates.expressions import Expression
from pipeline.recognising.dates.lexicon import fold
from pipeline.recognising.dates.names import is_named, is_quoted, opens_company
from pipeline.recognising.dates.year_words import is_name_cue, is_noun, is_unit, refers, words_of, year_words

_WINDOW = 140
_NEAR = 3
"""Words before a number that may announce what it is."""
_SHORT_NUMBER = 4
_FIRST_YEAR = 1900
_STEP = 50
_GLUED_LEFT = re.compile(
    r"(?:[^\W_]|[)\]])[-/.,:_=#@&?+]$|[_=#@&?+€$£.,]$|€\s?$|[-–/]$(?<!\s[-–/])(?<!^[-–/])|\d\s?[/:]\s?$"
)
_LABEL = re.compile(r"(?:^|\s)[^\W\d]+:$")
_GLUED_RIGHT = re.compile(r"[-–/:.,_+=@]\w|%|,-|,–|\s?(?:[%‰°]|€(?!\s?\d))|/")
_DASHES = {"-", "–"}
_PHONE = re.compile(r"\d[-–\s]\d{2,4}\s$")
_SAMPLE = re.compile(r"(?<!\w)[nN]\s?=\s?$")
"""The size of a sample."""
_AMOUNT = re.compile(r"[€$£]\s?$")
_POSTCODE = re.compile("[A-Z]{2}")

SURE, LISTED, LIKELY, DOUBTFUL, WEAK = 0.97, 0.95, 0.9, 0.85, 0.7
"""Bands of confidence: years after ``in``, in lists, in brackets, after a noun, where little speaks for them."""


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
    left, right = words_of(left_text), words_of(right_text)
    if _counted(left, right, expression) or _is_number(left, right, expression):
        return None
    if expression.modifier or any(point.approximate for point in expression.points):
        return SURE
    return _from_left(left, right, right_text, expression)


def is_short_of_date(text: str, expression: Expression, sentence: tuple[int, int]) -> bool:
    """Tell whether a date in few digits is none: ``dossiernummer 2023-12``, ``9-10-11 jaar``."""
    left_text = text[max(sentence[0], expression.start - _WINDOW, 0) : expression.start]
    if _AMOUNT.search(left_text):
        return True
    left, right = words_of(left_text), words_of(text[expression.end : expression.end + _WINDOW])
    if right and is_unit(right[0]):
        return True
    return bool(left) and (_announced(left) or is_name_cue(left[-1]) or fold(left[-1]) in year_words().numbered)


def _attached(left: str, right: str) -> bool:
    """Tell whether the number is a piece of something longer: a reference, an amount, a compound, a phone number."""
    if _GLUED_LEFT.search(left):
        return not _LABEL.search(left)
    if _GLUED_RIGHT.match(right) or year_words().suffixes.match(right):
        return True
    return _PHONE.search(left) is not None or _SAMPLE.search(left) is not None


def _counted(left: list[str], right: list[str], expression: Expression) -> bool:
    """Tell whether something is counted: ``2000 deelnemers``, ``2000 euro``."""
    known = year_words()
    if not right:
        return False
    first = fold(right[0])
    before = fold(left[-1]) if left else ""
    pair = " ".join(map(fold, left[-2:]))
    strong = before in known.strong and pair not in known.pairs | known.counted_pairs and not expression.modifier
    if first in known.units:
        return not (strong and before not in known.generic)
    second = right[1] if len(right) > 1 else ""
    sure = is_noun(right[0], sure=True) or (right[0] in known.adjectives and is_noun(second, sure=True))
    if expression.link == "to" or (expression.link and expression.start < expression.points[0].start):
        return sure  # van 1980 tot 2024 leden, tussen 1990 en 2010 leerlingen
    if (strong or len(expression.points) > 1) and not _round(expression):
        return False
    if sure:
        return True
    is_joined = before in known.conjunctions and not expression.listed
    if (is_joined or before in known.counts or pair in known.counted_pairs) and is_noun(right[0], sure=False):
        return True
    if _prepositional(before, expression) and not _round(expression):
        return False
    if is_noun(right[0], sure=False):
        return True
    adjective = first.endswith("e") and first.islower() and before not in known.strong
    return adjective and _round(expression) and is_noun(second, sure=False)


def _prepositional(before: str, expression: Expression) -> bool:
    known = year_words()
    return bool(expression.modifier) or before in known.weak or before in known.strong or expression.listed


def _round(expression: Expression) -> bool:
    """Tell whether it is a number that people count to rather than date by."""
    year = expression.points[-1].year or 1
    return year % _STEP == 0 and not expression.points[-1].short


def _is_number(left: list[str], right: list[str], expression: Expression) -> bool:
    """Tell whether the words around it say that it is a number: ``ruim 2000``, ``nr. 2015``, ``Stb. 2015``."""
    known = year_words()
    near = [fold(word) for word in left[-_NEAR:]]
    if [word[0].isdigit() for word in right[:2]] == [True, True] and not expression.listed:
        return True  # Tel: 2024 12 34
    if not near or expression.listed:
        return False
    last = near[-1]
    if opens_company(right) and last not in known.strong:
        return True
    if _announced(left) or any(each in known.publications for each in near):
        return True
    pair = " ".join(near[-2:])
    if expression.modifier or any(point.approximate for point in expression.points):
        bound = expression.modifier in {"until", "through"}
        return bound and any(f"{last} {word}" in known.pairs for word in known.towards)
    if pair in known.pairs:
        return True
    if last in known.strong:
        return False
    if right and fold(right[0]) in known.towards and len(right) > 1 and right[1][0].isdigit():
        return True
    if last in known.number:
        return True
    if last[:1].isdigit() and len(last) < _SHORT_NUMBER and len(expression.points) == 1:
        return True
    if last[:1].isdigit() and len(near) > 1 and near[-2] in known.strong:
        return True  # in 2023 1998
    if last in _DASHES and len(near) > 2 and near[-2].isdigit() and refers(near[-3]):
        return True  # bijlage 12 - 2024
    postcode = bool(right) and _POSTCODE.fullmatch(right[0]) is not None
    return postcode and last not in known.weak


def _announced(left: list[str]) -> bool:
    """Tell whether the words before a number say what it refers to: ``nr. 2015``, ``Verordening (EU) 2019``."""
    near = [fold(word) for word in left[-_NEAR:]]
    last = near[-1]
    if last in {".", ":"}:
        return last == "." and len(near) > 1 and refers(near[-2])
    if last == ")" and near[0] == "(":
        return refers(near[1])
    if len(near) > 1 and last in year_words().ends and refers(near[-2]):
        return True  # het huisnummer is 2012
    return refers(last)


def _from_left(left: list[str], right: list[str], right_text: str, expression: Expression) -> float | None:
    known = year_words()
    if expression.listed:
        return LISTED
    years = expression.points
    lone_short = years[0].short and len(years) == 1
    if not left:
        if lone_short:
            return WEAK if not right else None
        return DOUBTFUL if not right or not right_text[:1].isspace() else WEAK
    last = fold(left[-1])
    if is_quoted(left, right_text):
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
    if is_named(left):
        return None
    return WEAK if _round(expression) else DOUBTFUL


def _from_to(left: list[str]) -> bool:
    """Tell ``groei van 1950 naar 2020``: two numbers."""
    towards = fold(left[-1]) in year_words().towards
    return towards and len(left) > 1 and left[-2][0].isdigit()
