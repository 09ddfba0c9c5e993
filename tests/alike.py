"""Cases that say the same: sentences that differ only in a number, a month or one noun."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.recognising.dates.lexicon import words as date_words
from pipeline.recognising.numbers import read_word
from samples.markup import parse_piece

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_OPEN = "‹word›"


def alike(cases: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pairs of marked-up sentences of which one adds nothing to the other.

    Two are alike when they are the same but for numbers, months and at most one other word: a noun put in the place of
    another. Marks count for nothing, so that one sentence cannot stand twice with two readings.
    """
    seen: dict[tuple[str, ...], str] = {}
    pairs: dict[tuple[str, str], None] = {}
    patterns: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for case in cases:
        shape = tuple(_masked(parse_piece(case).plain))
        if shape in seen:
            pairs[seen[shape], case] = None
        seen.setdefault(shape, case)
        for pattern in _patterns(shape):
            for other in patterns[pattern]:
                if other != case:
                    pairs[other, case] = None
            patterns[pattern].append(case)
    return list(pairs)


def _patterns(shape: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Give the shape once for each of its words, with that word left open."""
    for place, token in enumerate(shape):
        if token[0].isalpha():
            yield (*shape[:place], _OPEN, *shape[place + 1 :])


def _masked(sentence: str) -> Iterator[str]:
    """Give the words of a sentence, with one sign for every number and one for every month."""
    months = _months()
    for token in _TOKEN.findall(sentence.casefold()):
        if token.isdecimal() or (token.isalpha() and read_word(token) is not None):
            yield "0"
        else:
            yield "/month" if token in months else token


def _months() -> frozenset[str]:
    return frozenset([*date_words()["months"], *date_words()["months_short"]])
