"""Dutch numerals, in digits and in words, as exact numbers: pure functions from text to Decimal."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/numbers.toml")
_POWERS: tuple[tuple[str, int], ...] = tuple(_DATA["powers"].items())
_MULTIPLIERS = {word: Decimal(value) for word, value in _DATA["multipliers"].items()}
_SPECIAL = {word: Decimal(value) for word, value in _DATA["special"].items()}
_PARTS: dict[str, int] = _DATA["parts"]
_WORDS = _DATA["words"]
_HALVES = frozenset(_WORDS["halves"])
_QUARTER = frozenset(_WORDS["quarter"])
_BIG = frozenset(_WORDS["big"])
_HALF_ENDINGS = tuple(_WORDS["half_endings"])
_GROUPS: dict[str, int] = _WORDS["groups"]
_CHARACTERS: dict[str, str] = _DATA["characters"]

_ONES: dict[str, int] = _DATA["ones"]
_UNDER_HUNDRED: dict[str, int] = {
    **_ONES,
    **_DATA["teens"],
    **_DATA["tens"],
    **{f"{one}en{ten}": a + b for one, a in _ONES.items() for ten, b in _DATA["tens"].items()},
}
_LONGEST = 80
"""No numeral is longer than this: a longer word is not looked at."""
_LONGEST_DIGITS = 24
_LARGEST = Decimal(10**15)
"""Nothing that is counted is larger; beyond it a multiplier is no multiplier."""

_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_GROUPED_BY_COMMA = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?")
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
    word = folded.replace("-", "")
    known = _UNDER_HUNDRED.get(word)
    if known is not None:
        return known
    for name, power in _POWERS:
        head, found, tail = word.partition(name)
        if not found:
            continue
        times = read_compound(head) if head else 1
        rest = _rest(tail) if tail else 0
        if times is None or rest is None or rest >= power or times >= max(power, 1000):
            return None
        return times * power + rest
    return None


def _rest(tail: str) -> int | None:
    """Read what follows a power inside a compound: ``vijftig``, ``enzes``."""
    whole = read_compound(tail)
    return read_compound(tail[2:]) if whole is None and tail.startswith("en") else whole


@lru_cache(maxsize=50_000)
def read_word(word: str) -> Decimal | None:
    """Read one word as a numeral: ``één``, ``zeventien``, ``tweeënhalf``; the article ``een`` is none."""
    folded = fold(word)
    if folded == "een":
        return None if word.lower() == "een" else Decimal(1)
    if folded in _SPECIAL:
        return _SPECIAL[folded]
    whole = read_compound(folded)
    if whole is not None:
        return Decimal(whole)
    for ending in _HALF_ENDINGS:
        stem = folded.replace("-een", "").replace("-", "") if "-" in folded else folded
        if stem.endswith(ending):
            whole = _UNDER_HUNDRED.get(stem.removesuffix(ending))
            return None if whole is None else whole + Decimal("0.5")
    return None


@lru_cache(maxsize=50_000)
def read_group(word: str) -> Decimal | None:
    """Read a word for a group of so many: ``tiental``, ``viertal``, ``dozijn``."""
    folded = fold(word)
    if folded in _GROUPS:
        return Decimal(_GROUPS[folded])
    if not folded.endswith(_WORDS["group_ending"]):
        return None
    whole = read_compound(folded.removesuffix(_WORDS["group_ending"]))
    return None if whole is None or whole == 1 else Decimal(whole)


def read_multiplier(word: str) -> Decimal | None:
    """Read a word that multiplies the number before it: ``miljoen``, ``mln``."""
    return _MULTIPLIERS.get(fold(word))


def read_character(character: str) -> Decimal | None:
    """Read a fraction that is one character: ``½``."""
    fraction = _CHARACTERS.get(character)
    if fraction is None:
        return None
    above, below = fraction.split("/")
    return Decimal(above) / Decimal(below)


def read_part(words: Sequence[str]) -> tuple[Decimal, int] | None:
    """Read a share at the beginning of some words: ``twee derde``, ``een kwart``, ``tweederde``, ``driekwart``.

    Returns
    -------
    tuple[Decimal, int] | None
        The share, not rounded, and how many words it takes.
    """
    if not words:
        return None
    first = fold(words[0]).replace("-", "")
    if first == "driekwart":
        return Decimal("0.75"), 1
    if len(words) > 1 and fold(words[1]) in _PARTS:
        above = _ONES.get(first)
        below = _PARTS[fold(words[1])]
        return (Decimal(above) / below, 2) if above is not None and above < below else None
    for part, below in _PARTS.items():
        if first.endswith(part):
            above = _ONES.get(first.removesuffix(part))
            return (Decimal(above) / below, 1) if above is not None and 1 < above < below else None
    return None


def read_words(words: Sequence[str]) -> tuple[Decimal, int] | None:
    """Read the longest number at the beginning of some words.

    Parameters
    ----------
    words
        Words and numbers as they stand, without punctuation: ``["anderhalf", "miljoen", "euro"]``.

    Returns
    -------
    tuple[Decimal, int] | None
        The number and how many of the words it takes.
    """
    base = _read_base(words)
    if base is None:
        return None
    value, used = base
    while used < len(words):
        times = read_multiplier(words[used])
        if times is None or value >= _LARGEST:
            break
        value, used = value * times, used + 1
        rest = _read_base(words[used:]) if used < len(words) and times > 1 else None
        if rest is not None and not words[used][0].isdigit() and fold(words[used]) != "een" and rest[0] < times:
            value, used = value + rest[0], used + rest[1]
    return value, used


def read_number(text: str) -> Decimal | None:
    """Read a whole phrase as one number: ``1.250.000``, ``anderhalf miljoen``, ``een tiental``; else None."""
    digits = read_digits(text.strip())
    if digits is not None:
        return digits
    words = [word.rstrip(".") for word in text.split()]
    read = read_words(words)
    return read[0] if read is not None and read[1] == len(words) else None


def _read_base(words: Sequence[str]) -> tuple[Decimal, int] | None:
    """Read a number without its multipliers at the beginning of some words."""
    if not words or not words[0]:
        return None
    first = words[0]
    if first[0].isdigit():
        digits = read_digits(first)
        return None if digits is None else (digits, 1)
    second = fold(words[1]) if len(words) > 1 else ""
    third = fold(words[2]) if len(words) > 2 else ""
    if fold(first) == "een":
        return _read_after_article(words, second, third)
    group = read_group(first)
    if group is not None:
        return group, 1
    value = read_word(first)
    if value is None:
        return None
    if second == "en" and third == "een" and len(words) > 3 and fold(words[3]) in _HALVES:
        return value + Decimal("0.5"), 4
    hundreds = value >= 100 and value % 100 == 0
    small = _UNDER_HUNDRED.get(second) if hundreds and second != "een" else None
    return (value, 1) if small is None else (value + small, 2)


def _read_after_article(words: Sequence[str], second: str, third: str) -> tuple[Decimal, int] | None:
    """Read ``een half``, ``een kwart miljoen``, ``een miljoen``, ``een tiental``, and ``één`` by itself."""
    if second in _HALVES:
        return Decimal("0.5"), 2
    if second in _QUARTER and third in _BIG:
        return Decimal("0.25"), 2
    if second in _BIG:
        return Decimal(1), 1
    group = read_group(words[1]) if second else None
    if group is not None:
        return group, 2
    value = read_word(words[0])
    return None if value is None else (value, 1)
