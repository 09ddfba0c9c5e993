"""The words around a number that say how exact it is: `ruim`, `ten minste`, `of meer`."""

from dataclasses import dataclass
from typing import cast

from pipeline.recognising.figures.reading import Reading
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.spans import Comparator
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_BEFORE: dict[tuple[str, ...], Comparator] = {
    tuple(phrase.split()): cast("Comparator", sign)
    for sign, phrases in _WORDS["comparators"].items()
    for phrase in phrases
}
_AFTER: dict[tuple[str, ...], Comparator] = {
    tuple(phrase.split()): cast("Comparator", sign) for phrase, sign in _WORDS["comparison"]["after"].items()
}
for _phrase in [phrase for phrase in _BEFORE if len(phrase) == 2 and phrase[1] == _WORDS["comparison"]["than"]]:
    for _copula in _WORDS["ages"]["copulas"]:  # `die ouder zijn dan 80 jaar`
        _BEFORE[_phrase[0], _copula, _phrase[1]] = _BEFORE[_phrase]
_LONGEST = max(len(phrase) for phrase in _BEFORE)
_THAN: str = _WORDS["comparison"]["than"]
_ARTICLES = frozenset(_WORDS["comparison"]["articles"])
_UNDER = frozenset(_WORDS["comparison"]["under"])
_UP_TO = frozenset(_WORDS["comparison"]["up_to"])
_CEILINGS = frozenset(_WORDS["comparison"]["ceilings"])
_SUBJECT = tuple(_WORDS["comparison"]["subject"].split())
"""`rond drie thema's` is about them; `rond 200 deelnemers` about so many."""
_NOT = frozenset(_WORDS["comparison"]["not"])
_DENIED: dict[Comparator, Comparator] = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}
_DENIABLE = frozenset(_WORDS["comparison"]["deniable"])


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparator and where its words begin or end."""

    sign: Comparator
    words: tuple[str, ...]
    first: int
    """Index of the first token of the phrase."""
    after: int
    """Index of the token after the phrase."""


def comparison_before(tokens: Tokens, index: int) -> Comparison | None:
    """Read the comparator whose phrase ends right before a token, the longest that fits."""
    for end in (index, index - 1) if tokens[index - 1].fold in _ARTICLES else (index,):
        found = _ending_at(tokens, end)
        if found is not None:
            outer = _ending_at(tokens, found.first)
            first = found.first if outer is None else outer.first
            if _DENIABLE.intersection(found.words) and tokens[first - 1].fold in _NOT and tokens.follows(first):
                return Comparison(_DENIED[found.sign], found.words, first - 1, end)
            return Comparison(found.sign, found.words, first, end)
    return None


def comparison_after(tokens: Tokens, index: int) -> Comparison | None:
    """Read a comparator that follows a number or its unit: `of meer`, `en ouder`."""
    if not tokens.follows(index):
        return None
    if tokens[index].text == "+" and tokens[index].glued and tokens[index - 1].kind == "number":
        return Comparison(">=", ("+",), index, index + 1)
    words = tokens.folds(index, 2)
    sign = _AFTER.get(words)
    if sign is not None and tokens[index + 2].fold != _THAN:  # not `4 dagen en minder dan een week`
        return Comparison(sign, words, index, index + len(words))
    sign = _AFTER.get(words[:1])
    ends = not tokens.follows(index + 1) or tokens[index + 1].kind == "sign"
    return Comparison(sign, words[:1], index, index + 1) if sign is not None and ends else None


def compare(reading: Reading, comparison: Comparison | None) -> Reading:
    """Take a comparator into a reading."""
    if comparison is None:
        return reading
    if comparison.words == _SUBJECT and not reading.in_digits and reading.low < 10:
        return reading
    if not reading.compared:
        reading.comparator, reading.compared = comparison.sign, True
    reading.first = comparison.first
    return reading


def compare_late(tokens: Tokens, reading: Reading) -> None:
    """Read the comparators that depend on the kind: `tot 18 jaar`, `onder 50%`, `18 jaar of ouder`."""
    after = comparison_after(tokens, reading.after)
    if after is not None:
        reading.comparator, reading.compared, reading.after = after.sign, True, after.after
    if reading.compared or not tokens.follows(reading.first):
        return
    before = tokens[reading.first - 1].fold
    if before in _UP_TO and reading.high is None:
        if reading.kind == "age":
            reading.comparator, reading.first = "<", reading.first - 1
        elif reading.kind == "money" and tokens[reading.first - 2].fold in _CEILINGS:
            reading.comparator, reading.first = "<=", reading.first - 1
    elif before in _UNDER and reading.kind in ("money", "percentage", "age", "measure"):
        reading.comparator, reading.first = "<", reading.first - 1


def _ending_at(tokens: Tokens, end: int) -> Comparison | None:
    """Find the longest comparator phrase whose last token stands before an index."""
    for length in range(_LONGEST, 0, -1):
        first = end - length
        words = tokens.folds(first, length)
        sign = _BEFORE.get(words) if len(words) == length and tokens.follows(end) else None
        if sign is not None:
            return Comparison(sign, words, first, end)
    return None
