"""Parts of one: `twee derde`, `driekwart`, `een honderdste`, `¾`, `1/3`."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from pipeline.recognising.numbers import fold, read_compound, read_digits, read_multiplier, read_word
from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/numbers.toml")
_PARTS: dict[str, int] = _DATA["parts"]
_WHOLE_PARTS = frozenset(_DATA["words"]["parts"])
_ENDINGS: tuple[str, ...] = tuple(_DATA["words"]["ordinal_endings"])
_MOST_ABOVE = 3
_CHARACTERS: dict[str, str] = _DATA["characters"]
_ORDINAL = re.compile(rf"([0-9]{{1,9}})(?:{'|'.join(_ENDINGS)})")
_SLASHED = re.compile(r"([0-9]{1,9})/([0-9]{1,9})")


def read_character(character: str) -> Decimal | None:
    """Read a fraction that is one character: ``½``."""
    fraction = _CHARACTERS.get(character)
    return None if fraction is None else read_slashed(fraction)


def read_slashed(text: str) -> Decimal | None:
    """Read a fraction in digits: ``1/3``."""
    match = _SLASHED.fullmatch(text)
    return Decimal(match[1]) / Decimal(match[2]) if match is not None and int(match[2]) else None


@lru_cache(maxsize=50_000)
def read_denominator(folded: str) -> Decimal | None:
    """Read the word below the line: ``derde``, ``twintigsten``, ``miljoenste``; never ``eerste`` or ``tweede``."""
    if folded in _PARTS:
        return Decimal(_PARTS[folded])
    if (digits := _ORDINAL.fullmatch(folded)) is not None and int(digits[1]) > 2:
        return Decimal(digits[1])
    for ending in _ENDINGS:
        stem = folded.removesuffix(ending)
        whole = read_compound(stem) if stem != folded and stem else None
        if whole is not None and whole > 2:
            return Decimal(whole)
    return None


def read_part(words: Sequence[str]) -> tuple[Decimal, int] | None:
    """Read a part at the beginning of some words: ``twee derde``, ``een kwart``, ``tweederde``, ``driekwart``.

    Returns
    -------
    tuple[Decimal, int] | None
        The part, not rounded, and how many words it takes.
    """
    if not words:
        return None
    first = fold(words[0]).replace("-", "")
    if first in _WHOLE_PARTS:
        return read_word(first) or Decimal(0), 1
    below = read_denominator(fold(words[1])) if len(words) > 1 else None
    if below is not None:
        above = read_compound(first) or read_digits(words[0])
        return (Decimal(above) / below, 2) if above else None
    for part, times in _PARTS.items() if read_denominator(first) is None else ():
        if first.endswith(part):
            above = read_compound(first.removesuffix(part))
            return (Decimal(above) / times, 1) if above else None
    return None


def read_mixed(words: Sequence[str]) -> Decimal | None:
    """Read a phrase that is a part from beginning to end: ``een achtste``, ``honderdduizend biljoensten``."""
    part = read_part(words)
    if part is not None and part[1] == len(words):
        return part[0]
    last = read_denominator(fold(words[-1])) if words else None
    if last is None:
        return None
    above = _above(words[:-1])
    return None if above is None else above / last


def _above(words: Sequence[str]) -> Decimal | None:
    """Read what stands above the line where it is more than one word: the `vijf en zeventig` of so many hundredths."""
    if len(words) == 1:
        return read_multiplier(words[0])
    folds = tuple(map(fold, words))
    joined = read_compound("".join(folds)) if 1 < len(folds) <= _MOST_ABOVE else None
    return None if joined is None else Decimal(joined)
