"""The words around a number that say how exact it is: `ruim`, `ten minste`, `of meer`."""

from dataclasses import dataclass
from typing import cast

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
_LONGEST = max(len(phrase) for phrase in _BEFORE)
_ARTICLES = frozenset(_WORDS["comparison"]["articles"])
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
    words = tokens.folds(index, 2)
    sign = _AFTER.get(words)
    if sign is not None:
        return Comparison(sign, words, index, index + 2)
    sign = _AFTER.get(words[:1])
    ends = not tokens.follows(index + 1) or tokens[index + 1].kind == "sign"
    return Comparison(sign, words[:1], index, index + 1) if sign is not None and ends else None


def _ending_at(tokens: Tokens, end: int) -> Comparison | None:
    """Find the longest comparator phrase whose last token stands before an index."""
    for length in range(_LONGEST, 0, -1):
        first = end - length
        words = tokens.folds(first, length)
        sign = _BEFORE.get(words) if len(words) == length and tokens.follows(end) else None
        if sign is not None:
            return Comparison(sign, words, first, end)
    return None
