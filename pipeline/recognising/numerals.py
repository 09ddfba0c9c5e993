"""Numbers of one or more words, as they stand in a text: `anderhalf miljoen`, `honderd en een`, `twee komma vijf`."""

import re
from collections.abc import Sequence
from decimal import Decimal, localcontext

from pipeline.recognising.fractions import read_character, read_mixed, read_slashed
from pipeline.recognising.numbers import (
    EXACT,
    HALF,
    LARGEST,
    ONE,
    fold,
    is_half,
    read_digits,
    read_group,
    read_multiplier,
    read_word,
)
from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/numbers.toml")
_WORDS = _DATA["words"]
_AND: str = _WORDS["and"]
_COMMA: str = _WORDS["comma"]
_TENS: dict[str, int] = _DATA["tens"]
_QUARTER = frozenset(_WORDS["quarter"])
_BIG = frozenset(_WORDS["big"])
_NEVER_ALONE = frozenset(_WORDS["never_alone"])
_PLURAL_ENDINGS: tuple[str, ...] = tuple(_WORDS["plural_endings"])
_SIGN = re.compile(rf"(?:[-−–+]|(?:{'|'.join(_WORDS['minus'])})\s)\s*", re.IGNORECASE)
_HUNDREDS = frozenset(_WORDS["hundreds"])
_SCALES = sorted({Decimal(value) for key in ("multipliers", "powers") for value in _DATA[key].values()}, reverse=True)
_QUARTER_OF_ONE = Decimal("0.25")
_DIGIT = 10
"""Decimals are said one by one below this: `twee komma vijf nul`."""
_SPACED = 1000
"""Behind these a space stands in a number: `drieduizend een`."""
_LONGEST_DECIMALS = 12
_DIVIDED = tuple(f" {word} " for word in _WORDS["divided"])
_POWER = re.compile(r"([0-9.,]{1,24})([eE]|\^)([+-]{0,2})([0-9]{1,2})")
_LETTERED = re.compile(r"([0-9.,]{1,24})(?: (?=[kK]))?([a-zA-Z])")
_LETTERS: dict[str, int] = _DATA["letters"]


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
        rest = _read_rest(words[used + joined :], scale, joins=joins, after_and=joined)
        if rest is None:
            break
        value, scale = value + rest[0], rest[2]
        used += rest[1] + joined
    return value, used


def _read_rest(
    words: Sequence[str], scale: Decimal, *, joins: bool, after_and: bool = False
) -> tuple[Decimal, int, Decimal | None] | None:
    """Read what is added to a number that ends in so many zeros: the `vijfhonderd` of `drieduizend vijfhonderd`."""
    if not words or not words[0]:
        return None
    multiplies = len(words) > 1 and read_multiplier(words[1]) is not None  # `een miljard een miljoen`
    if fold(words[0]) == ONE and not multiplies:  # `honderd en een scholen`, but `honderd en een aantal`
        ends = words[1].endswith(_PLURAL_ENDINGS) if len(words) > 1 else scale >= _SPACED
        return (Decimal(1), 1, None) if ends or read_word(words[0]) is not None else None
    term = _read_term(words, joins=joins)
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
    in_digits = words[0][0].isdigit()
    while used < len(words) and (factor := read_multiplier(words[used])) is not None:
        if not in_digits and value >= factor and value % factor == 0:  # `duizend honderd`
            break
        value, used, times = value * factor if value <= LARGEST else value, used + 1, factor
    if not whole or (times is None and in_digits):
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
    if is_half(folds[0]) or folds[0] in _QUARTER:
        big = len(folds) > 1 and folds[1] in _BIG
        value = HALF if is_half(folds[0]) else _QUARTER_OF_ONE
        return (value, 1) if big or value == HALF else None
    if folds[0] == ONE and (after := _read_after_article(words, folds)) is not None:
        return after
    group = read_group(first)
    if group is not None:
        return group, 1
    value_or_none = read_word(first)
    if value_or_none is None or folds[0] in _NEVER_ALONE:
        return None
    spoken = _read_spoken_decimals(value_or_none, words, folds)
    if spoken is not None:
        return spoken
    if joins and len(folds) > 2 and folds[1] == _AND and folds[2] in _TENS and 1 <= value_or_none < 10:
        return value_or_none + _TENS[folds[2]], 3
    return _with_half(value_or_none, folds)


def _with_half(value: Decimal, folds: Sequence[str]) -> tuple[Decimal, int]:
    """Read the rest of `twee en een half`."""
    if value % 1 == 0 and len(folds) > 3 and folds[1:3] == (_AND, ONE):
        if is_half(folds[3]):
            return value + HALF, 4
        if folds[3] in _QUARTER:
            return value + _QUARTER_OF_ONE, 4
    return value, 1


def _read_spoken_decimals(value: Decimal, words: Sequence[str], folds: Sequence[str]) -> tuple[Decimal, int] | None:
    """Read `twee komma vijf`, `nul komma nul vijf`."""
    if len(folds) < 3 or folds[1] != _COMMA or value % 1:
        return None
    decimals, used = "", 2
    while used < len(words) and len(decimals) < _LONGEST_DECIMALS:
        part = Decimal(1) if fold(words[used]) == ONE else read_word(words[used])
        if part is None or part % 1 or part >= _DIGIT**2:
            break
        decimals, used = decimals + str(part), used + 1
        if part >= _DIGIT:
            break
    return (Decimal(f"{value}.{decimals}"), used) if decimals else None


def _read_after_article(words: Sequence[str], folds: Sequence[str]) -> tuple[Decimal, int] | None:
    """Read `een half`, `een kwart miljoen`, `een miljoen`, `een tiental`, `een komma vijf`."""
    second = folds[1] if len(folds) > 1 else ""
    if is_half(second):
        return HALF, 2
    if second in _QUARTER and len(folds) > 2 and folds[2] in _BIG:
        return _QUARTER_OF_ONE, 2
    if second in _BIG:
        return Decimal(1), 1
    group = read_group(words[1]) if second else None
    if group is not None:
        return group, 2
    return _read_spoken_decimals(Decimal(1), words, folds)


def read_number(text: str) -> Decimal | None:
    """Read a whole phrase as one number: ``1.250.000``, ``anderhalf miljoen``, ``min 5``, ``2 1/4``; else None.

    Whether something is counted is not asked here: ``een achtste`` and ``10k`` are numbers. What is larger than
    `LARGEST` is none.
    """
    with localcontext(EXACT):
        value = _read_signed(text)
    return None if value is None or abs(value) > LARGEST else value


def _read_signed(text: str) -> Decimal | None:
    """Read a phrase and the sign before it."""
    phrase = text.strip()
    sign = _SIGN.match(phrase)
    if sign is not None:
        phrase = phrase[sign.end() :]
    if phrase.startswith((",", ".")):
        phrase = f"0{phrase}"
    phrase = " ".join(phrase.split()).replace(" / ", "/")
    value = _read_signs(phrase)
    if value is None:
        value = _read_phrase([word.rstrip(".") for word in phrase.split()])
    if value is None and "-" in phrase:
        value = read_mixed(phrase.replace("-", " ").split())
    if value is None:
        value = _read_divided(phrase)
    return -value if value is not None and sign is not None and "+" not in sign[0] else value


def _read_divided(phrase: str) -> Decimal | None:
    """Read `één op vijf`, `drie gedeeld door acht`."""
    above, divided, below = phrase.partition(next((word for word in _DIVIDED if word in phrase), "/"))
    sides = [Decimal(1) if fold(side) == ONE else _read_phrase(side.split()) for side in (above, below)]
    parts = sides if divided else []
    if len(parts) < len((above, below)) or parts[0] is None or not parts[1]:
        return None
    return parts[0] / parts[1]


def _read_signs(phrase: str) -> Decimal | None:
    """Read a number without words: in digits, with a letter or a power behind it, as a fraction."""
    if phrase and (half := read_character(phrase[-1])) is not None and (whole := read_digits(phrase[:-1].strip())):
        return whole + half
    for reader in (read_digits, read_slashed, read_character):
        value = reader(phrase)
        if value is not None:
            return value
    if (lettered := _LETTERED.fullmatch(phrase)) is not None:
        base, times = read_digits(lettered[1]), _LETTERS.get(lettered[2].lower())
        return None if base is None or times is None else base * times
    power = _POWER.fullmatch(phrase)
    base = None if power is None else read_digits(power[1])
    if power is None or base is None:
        return None
    exponent = int(power[4]) * (-1 if power[3] == "-" else 1)
    if not base:  # nothing to the power of nothing has no value
        return base if exponent > 0 else None
    return base * Decimal(10) ** exponent if power[2] in "eE" else base**exponent


def _read_phrase(words: Sequence[str]) -> Decimal | None:
    """Read words that are one number from beginning to end, a part of one behind it."""
    if len(words) > 2 and fold(words[0]) == ONE and fold(words[1]) == _AND:  # `een en een vierde`
        part = read_mixed(words[2:])
        return None if part is None else 1 + part
    if len(words) > 1 and fold(words[0]) == ONE and fold(words[1]) in _HUNDREDS:  # `een honderd`
        words = words[1:]
    read = read_words(words)
    if read is None or read[1] < len(words):
        part = _QUARTER_OF_ONE if len(words) == 1 and fold(words[0]) in _QUARTER else read_mixed(words)
        if part is not None or read is None:
            return part
    value, used = read
    rest = words[used + 1 :] if used < len(words) and fold(words[used]) == _AND else words[used:]
    if not rest:
        return value
    times = read_multiplier(rest[-1]) if len(rest) > 1 else None
    rest = rest if times is None else rest[:-1]
    part = read_mixed(rest) or (read_slashed(rest[0]) or read_character(rest[0]) if len(rest) == 1 else None)
    return None if part is None or value % 1 else (value + part) * (times or 1)
