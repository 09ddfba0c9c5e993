"""Single Dutch numerals, in digits and in one word, as exact numbers: pure functions from text to Decimal."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Context, Decimal
from functools import lru_cache

from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/numbers.toml")
_POWERS: tuple[tuple[str, int], ...] = tuple(_DATA["powers"].items())
_MULTIPLIERS = {word: Decimal(value) for word, value in _DATA["multipliers"].items()}
_SPECIAL = {word: Decimal(value) for word, value in _DATA["special"].items()}
_WORDS = _DATA["words"]
ONE: str = _WORDS["one"]
"""The numeral that without accents is an article: `een`."""
GROUP: str = _WORDS["group_ending"]
"""What makes a number a group of so many: `20-tal`."""
_AND: str = _WORDS["and"]
_HALVES = frozenset(_WORDS["halves"])
_QUARTER = frozenset(_WORDS["quarter"])
_PARTS = _HALVES | _QUARTER
_BIG = frozenset(_WORDS["big"])
_HALF_ENDINGS: tuple[str, ...] = tuple(_WORDS["half_endings"])
_GROUPS: dict[str, int] = _WORDS["groups"]

_ONES: dict[str, int] = _DATA["ones"]
_UNDER_HUNDRED: dict[str, int] = {
    **_ONES,
    **_DATA["teens"],
    **_DATA["tens"],
    **{f"{one}{_AND}{ten}": a + b for one, a in _ONES.items() for ten, b in _DATA["tens"].items()},
}
HALF = Decimal("0.5")
EXACT = Context(prec=60)
"""How every number is reckoned, whatever precision the caller has set."""
LARGEST = Decimal(10**15)
"""Nothing that is counted or measured is larger: what is, is no number that we give."""
_LONGEST = 80
"""No numeral is longer than this: a longer word is not looked at."""
_LONGEST_DIGITS = 24
_MOST_TIMES = 1000
"""In one word a power stands at most so many times: `vijftienhonderd`, `negenhonderdduizend`."""

_HYPHENED_AND = re.compile(rf"-{_AND}-?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_GROUPED_BY_COMMA = re.compile(r"[0-9]{1,3}(?:(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|(?:,[0-9]{3})+\.[0-9]+)")
_GROUPED_BY_SPACE = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:,[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return a word in lower case, without accents and with straight apostrophes and hyphens."""
    low = word.lower()
    if low.isascii():
        return low
    low = low.replace("’", "'").replace("‘", "'").replace("‐", "-").replace("‑", "-")
    return "".join(letter for letter in unicodedata.normalize("NFD", low) if not unicodedata.combining(letter))


def read_digits(text: str) -> Decimal | None:
    """Read a number in digits as Dutch writes it: the point groups, the comma starts the decimals.

    A point that cannot group (``2.5``) is taken for a decimal point; two or more comma groups (``1,250,000``) for
    English grouping. ``1.200`` is twelve hundred.
    """
    if len(text) > _LONGEST_DIGITS:
        return None
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _GROUPED_BY_COMMA.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _GROUPED_BY_SPACE.fullmatch(text):
        return Decimal(re.sub(r"\s", "", text).replace(",", "."))
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return None


@lru_cache(maxsize=50_000)
def read_compound(folded: str) -> int | None:
    """Read a folded one-word numeral (``tweehonderdvijftig``), ``een`` as 1."""
    if len(folded) > _LONGEST:
        return None
    word = _HYPHENED_AND.sub(_AND, folded)
    known = _UNDER_HUNDRED.get(word)
    if known is not None:
        return known
    for name, power in _POWERS:
        head, found, tail = word.partition(name)
        if not found:
            continue
        times = read_compound(head) if head else 1
        rest = _rest(tail) if tail else 0
        if times is None or rest is None or rest >= power or times >= min(power, _MOST_TIMES):
            return None
        return times * power + rest
    return None


def _rest(tail: str) -> int | None:
    """Read what follows a power inside a compound: ``vijftig``, ``enzes``."""
    whole = read_compound(tail)
    return read_compound(tail.removeprefix(_AND)) if whole is None and tail.startswith(_AND) else whole


@lru_cache(maxsize=50_000)
def read_word(word: str) -> Decimal | None:
    """Read one word as a numeral: ``één``, ``zeventien``, ``tweeënhalf``; the article ``een`` is none."""
    folded = fold(word)
    if folded == ONE:
        return None if word.lower() == ONE else Decimal(1)
    if folded in _SPECIAL:
        return _SPECIAL[folded]
    whole = read_compound(folded)
    if whole is not None:
        return Decimal(whole)
    stem = folded.replace("-", "")
    for ending in _HALF_ENDINGS:
        if stem.endswith(ending):
            whole = read_compound(stem.removesuffix(ending))
            return None if whole is None else whole + HALF
    return None


def is_half(word: str) -> bool:
    """Tell whether a folded word is `half` or `halve`."""
    return word in _HALVES


def is_quarter(word: str) -> bool:
    """Tell whether a folded word is `kwart`."""
    return word in _QUARTER


def is_part_of_big(words: Sequence[str]) -> bool:
    """Tell whether some words begin with a part of a large number, without article: `kwart miljoen`."""
    return len(words) > 1 and fold(words[0]) in _PARTS and fold(words[1]) in _BIG


@lru_cache(maxsize=50_000)
def read_group(word: str) -> Decimal | None:
    """Read a word for a group of so many: ``tiental``, ``viertal``, ``dozijn``."""
    folded = fold(word)
    if folded in _GROUPS:
        return Decimal(_GROUPS[folded])
    if not folded.endswith(GROUP):
        return None
    whole = read_compound(folded.removesuffix(GROUP))
    return None if whole is None or whole == 1 else Decimal(whole)


def last_power(folded: str) -> Decimal | None:
    """Return the power that a folded numeral ends in: a thousand for ``vijftienduizend``."""
    return next((Decimal(power) for name, power in _POWERS if folded.endswith(name) and folded != name), None)


def read_multiplier(word: str) -> Decimal | None:
    """Read a word that multiplies the number before it: ``miljoen``, ``mln``."""
    return _MULTIPLIERS.get(fold(word))
