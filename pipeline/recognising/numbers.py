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
_ONE: str = _WORDS["one"]
_AND: str = _WORDS["and"]
_COMMA: str = _WORDS["comma"]
_HALVES = frozenset(_WORDS["halves"])
_QUARTER = frozenset(_WORDS["quarter"])
_BIG = frozenset(_WORDS["big"])
_HALF_ENDINGS: tuple[str, ...] = tuple(_WORDS["half_endings"])
_PLURAL_ENDINGS: tuple[str, ...] = tuple(_WORDS["plural_endings"])
_GROUPS: dict[str, int] = _WORDS["groups"]
_WHOLE_PARTS = frozenset(_WORDS["parts"])
_CHARACTERS: dict[str, str] = _DATA["characters"]

_ONES: dict[str, int] = _DATA["ones"]
_UNDER_HUNDRED: dict[str, int] = {
    **_ONES,
    **_DATA["teens"],
    **_DATA["tens"],
    **{f"{one}{_AND}{ten}": a + b for one, a in _ONES.items() for ten, b in _DATA["tens"].items()},
}
_SCALES = sorted({*_MULTIPLIERS.values(), *(Decimal(power) for _, power in _POWERS)}, reverse=True)
HALF = Decimal("0.5")
_QUARTER_OF_ONE = Decimal("0.25")
_LONGEST = 80
"""No numeral is longer than this: a longer word is not looked at."""
_LONGEST_DIGITS = 24
_MOST_TIMES = 1000
"""In one word a power stands at most so many times: `vijftienhonderd`, `negenhonderdduizend`."""
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
    if folded == _ONE:
        return None if word.lower() == _ONE else Decimal(1)
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


def is_part_of_big(words: Sequence[str]) -> bool:
    """Tell whether some words begin with a part of a large number, without article: `kwart miljoen`."""
    return len(words) > 1 and fold(words[0]) in _HALVES | _QUARTER and fold(words[1]) in _BIG


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
    if first in _WHOLE_PARTS:
        return _SPECIAL[first], 1
    if len(words) > 1 and fold(words[1]) in _PARTS:
        above = _ONES.get(first)
        below = _PARTS[fold(words[1])]
        return (Decimal(above) / below, 2) if above is not None and above < below else None
    for part, below in _PARTS.items():
        if first.endswith(part):
            above = _ONES.get(first.removesuffix(part))
            return (Decimal(above) / below, 1) if above is not None and 1 < above < below else None
    return None


def read_words(words: Sequence[str], *, joins: bool = True) -> tuple[Decimal, int] | None:
    """Read the longest number at the beginning of some words.

    Parameters
    ----------
    words
        Words and numbers as they stand, without punctuation: ``["anderhalf", "miljoen", "euro"]``.
    joins
        Whether `en` may join two of them to one number (``honderd en vijf``, ``vijf en twintig``); not where it
        stands between two (``tussen vijf en twintig``).

    Returns
    -------
    tuple[Decimal, int] | None
        The number and how many of the words it takes.
    """
    term = _read_term(words, joins=joins)
    if term is None:
        return None
    value, used, scale = term
    while scale is not None and used < len(words):
        joined = joins and fold(words[used]) == _AND
        rest = _read_rest(words[used + 1 :], scale, after_and=True) if joined else _read_rest(words[used:], scale)
        if rest is None:
            break
        value, scale = value + rest[0], rest[2]
        used += rest[1] + joined
    return value, used


def _read_rest(
    words: Sequence[str], scale: Decimal, *, after_and: bool = False
) -> tuple[Decimal, int, Decimal | None] | None:
    """Read what is added to a number that ends in so many zeros: the `vijfhonderd` of `drieduizend vijfhonderd`."""
    if not words or not words[0]:
        return None
    if after_and and fold(words[0]) == _ONE:  # `honderd en een scholen`, but `honderd en een aantal`
        plural = len(words) > 1 and words[1].endswith(_PLURAL_ENDINGS)
        accented = read_word(words[0]) is not None
        return (Decimal(1), 1, None) if plural or (accented and scale > 1) else None
    term = None if fold(words[0]) == _ONE else _read_term(words, joins=False)
    if term is None or not 0 < term[0] < (min(scale, Decimal(100)) if after_and else scale) or term[0] % 1:
        return None
    in_digits = words[0][0].isdigit()
    return None if in_digits and (after_and or term[2] is None or term[1] == 1) else term


def _read_term(words: Sequence[str], *, joins: bool) -> tuple[Decimal, int, Decimal | None] | None:
    """Read a number and what multiplies it.

    Returns
    -------
    tuple[Decimal, int, Decimal | None] | None
        The number, how many words it takes, and the power that it is so many times, if it is.
    """
    base = _read_base(words, joins=joins)
    if base is None:
        return None
    value, used = base
    whole, times = value % 1 == 0, None
    while used < len(words) and value < _LARGEST and (factor := read_multiplier(words[used])) is not None:
        value, used, times = value * factor, used + 1, factor
    if not whole or (times is None and words[0][0].isdigit()):
        return value, used, None
    return value, used, next((scale for scale in _SCALES if value and value % scale == 0), None)


def _read_base(words: Sequence[str], *, joins: bool) -> tuple[Decimal, int] | None:
    """Read a number without its multipliers at the beginning of some words."""
    if not words or not words[0]:
        return None
    first = words[0]
    folds = tuple(map(fold, words[:4]))
    if first[0].isdigit():
        digits = read_digits(first)
        return None if digits is None else _with_half(digits, folds)
    if folds[0] in _HALVES or folds[0] in _QUARTER:
        big = len(folds) > 1 and folds[1] in _BIG
        value = HALF if folds[0] in _HALVES else _QUARTER_OF_ONE
        return (value, 1) if big or value == HALF else None
    if folds[0] == _ONE and (after := _read_after_article(words, folds)) is not None:
        return after
    group = read_group(first)
    if group is not None:
        return group, 1
    value_or_none = read_word(first)
    if value_or_none is None:
        return None
    spoken = _read_spoken_decimals(value_or_none, words, folds)
    if spoken is not None:
        return spoken
    if joins and len(folds) > 2 and folds[1] == _AND and folds[2] in _DATA["tens"] and 1 <= value_or_none < 10:
        return value_or_none + _DATA["tens"][folds[2]], 3
    return _with_half(value_or_none, folds)


def _with_half(value: Decimal, folds: Sequence[str]) -> tuple[Decimal, int]:
    """Read the rest of `twee en een half`."""
    if value % 1 == 0 and len(folds) > 3 and folds[1:3] == (_AND, _ONE):
        if folds[3] in _HALVES:
            return value + HALF, 4
        if folds[3] in _QUARTER:
            return value + _QUARTER_OF_ONE, 4
    return value, 1


def _read_spoken_decimals(value: Decimal, words: Sequence[str], folds: Sequence[str]) -> tuple[Decimal, int] | None:
    """Read `twee komma vijf`, `nul komma nul vijf`."""
    if len(folds) < 3 or folds[1] != _COMMA or value % 1:
        return None
    decimals, used = "", 2
    while used < len(words) and len(decimals) < _LONGEST_DIGITS:
        part = read_word(words[used])
        if part is None or part % 1:
            break
        decimals, used = decimals + str(part), used + 1
        if part:
            break
    return (Decimal(f"{value}.{decimals}"), used) if decimals else None


def _read_after_article(words: Sequence[str], folds: Sequence[str]) -> tuple[Decimal, int] | None:
    """Read `een half`, `een kwart miljoen`, `een miljoen`, `een tiental`, `een komma vijf`."""
    second = folds[1] if len(folds) > 1 else ""
    if second in _HALVES:
        return HALF, 2
    if second in _QUARTER and len(folds) > 2 and folds[2] in _BIG:
        return _QUARTER_OF_ONE, 2
    if second in _BIG:
        return Decimal(1), 1
    group = read_group(words[1]) if second else None
    if group is not None:
        return group, 2
    return _read_spoken_decimals(Decimal(1), words, folds)
