"""What stands right before or after a number and says what it measures: currencies, percent, time, measures."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.recognising.figures import currencies, measures
from pipeline.recognising.figures.tokens import Token, Tokens
from pipeline.recognising.numbers import HALF, ONE, is_half, read_digits, read_multiplier, read_word
from pipeline.recognising.spans import FigureKind
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_AMOUNTS = vocabulary("recognising/figures/money.toml")["amounts"]
_CURRENCY_BEFORE: dict[str, str] = _AMOUNTS["before"]
_THOUSAND_SIGNS: dict[str, int] = _AMOUNTS["thousand_signs"]
_DURATIONS: dict[str, str] = _WORDS["durations"]
_DURATION_SYMBOLS: dict[str, str] = _WORDS["duration_symbols"]
_TIMES_ENDINGS: tuple[str, ...] = tuple(_WORDS["times"]["endings"])
_ENDINGS: dict[str, str] = _WORDS["duration_endings"]
_DOTTED = frozenset(_WORDS["tokens"]["dotted"])
_ONE = Decimal(1)
_HYPHENS = frozenset("-‐‑")
_AMOUNT_DIGITS = 2
"""`euro 40` is an amount, `Euro 6` a class of engines."""


class _Known(NamedTuple):
    """What a phrase behind a number means."""

    kind: FigureKind
    symbol: str
    times: Decimal = _ONE


def _phrases() -> dict[tuple[str, ...], _Known]:
    """Return every phrase that is a unit, as folded words."""
    known: dict[str, _Known] = {name: _Known("measure", symbol) for name, symbol in measures.NAMES.items()}
    known.update({name: _Known("money", code) for name, code in currencies.NAMES.items()})
    known.update({name: _Known("money", code, Decimal("0.01")) for name, code in _AMOUNTS["cents"].items()})
    for name, (times, symbol) in _WORDS["percentages"].items():
        known[name] = _Known("percentage", symbol, Decimal(times))
    known.update({name: _Known("duration", unit) for name, unit in _DURATIONS.items()})
    for name, (times, unit) in _WORDS["duration_multiples"].items():
        known[name] = _Known("duration", unit, Decimal(times))
    return {tuple(name.split()): meaning for name, meaning in known.items()}


_PHRASES = _phrases()
_LONGEST: dict[str, int] = {}
for _phrase in _PHRASES:
    _LONGEST[_phrase[0]] = max(len(_phrase), _LONGEST.get(_phrase[0], 0))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what kind of figure it makes, and where its words end."""

    kind: FigureKind
    symbol: str
    after: int
    """Index of the token after it."""
    times: Decimal = _ONE
    """What the number must be multiplied by (`cent`, `k€`)."""
    named: bool = True
    """It is a word, no symbol."""


def currency_before(tokens: Tokens, index: int) -> tuple[str, Decimal, int] | None:
    """Read a currency that ends right before a number: its code, a factor, and the index of its token."""
    token = tokens[index - 1]
    if not tokens.follows(index) or (not tokens.follows(index - 1) and index - 1 != 0 and token.kind == "end"):
        return None
    sign = currency_sign(token)
    if sign is not None and (token.text not in currencies.SHARED_CODES or _is_large(tokens, index)):
        return *sign, index - 1
    name = token.fold in _CURRENCY_BEFORE and tokens[index].kind == "number" and tokens[index - 2].kind != "number"
    if name and len(tokens[index].text) >= _AMOUNT_DIGITS:
        return _CURRENCY_BEFORE[token.fold], _ONE, index - 1
    return None


def _is_large(tokens: Tokens, index: int) -> bool:
    """Tell whether the number at a token is too large for the number behind an abbreviation: `COP 28`."""
    value = read_digits(tokens[index].text)
    return read_multiplier(tokens[index + 1].text) is not None or (value is not None and value >= currencies.LEAST)


def currency_sign(token: Token) -> tuple[str, Decimal] | None:
    """Read the sign or the code of a currency: the code, and what it multiplies by (`k€`)."""
    if token.fold in currencies.SIGNS:
        return currencies.SIGNS[token.fold], _ONE
    if token.fold in _THOUSAND_SIGNS:
        return "EUR", Decimal(_THOUSAND_SIGNS[token.fold])
    code = currencies.SMALL_CODES.get(token.text, token.text)
    return (code, _ONE) if code in currencies.CODES else None


def unit_after(tokens: Tokens, index: int) -> Unit | None:
    """Read the unit that begins at a token, the longest that fits."""
    if not tokens.follows(index):
        return None
    token = tokens[index]
    opens = _opens_amount(tokens, index)
    words = tokens.folds(index, _LONGEST.get(token.fold, 0))
    for length in range(len(words), 0, -1):
        known = _PHRASES.get(words[:length])
        if known is not None and not (opens and length == 1) and not _in_compound(tokens, known, index + length):
            return Unit(known.kind, known.symbol, _past_point(tokens, index + length), known.times)
    if "/" in token.fold and (known := _read_slashed(token.fold)) is not None:
        return Unit(known.kind, known.symbol, index + 1, known.times)
    symbol = measures.read_symbol(token.text)
    if symbol is not None:
        return Unit("measure", symbol, index + 1, named=False)
    if token.text in _DURATION_SYMBOLS:
        return Unit("duration", _DURATION_SYMBOLS[token.text], index + 1, named=False)
    sign = None if opens else currency_sign(token)
    if sign is None or (token.text in currencies.SHARED_CODES and not _is_large(tokens, index - 1)):
        return None
    return Unit("money", sign[0], index + 1, sign[1])


def _in_compound(tokens: Tokens, known: _Known, after: int) -> bool:
    """Tell whether a percentage is the first part of a word: `de 30%-regeling`."""
    if known.kind != "percentage" or tokens[after].text not in _HYPHENS:
        return False
    return tokens[after].glued and tokens[after + 1].glued and tokens[after + 1].kind == "word"


@lru_cache(maxsize=10_000)
def _read_slashed(word: str) -> _Known | None:
    """Read a folded name of a unit with a slash: `euro/uur` is euro, `ton/jaar` tonnes, `kilometer/uur` km/h."""
    above, _, below = word.partition("/")
    known = _PHRASES.get((above,))
    if known is None or not (below in measures.OFTEN or below in measures.SHORT_TIMES or (below,) in _PHRASES):
        return None
    short = measures.SHORT_TIMES.get(below) if known.kind == "measure" else None
    return known if short is None else known._replace(symbol=f"{known.symbol}/{short}")


def _past_point(tokens: Tokens, after: int) -> int:
    """Return the token after a unit, past the full stop of an abbreviation: `3 mnd. later`."""
    point = tokens[after]
    dotted = tokens[after - 1].fold in _DOTTED and point.text == "." and point.glued
    return after + 1 if dotted and tokens[after + 1].text[:1].islower() else after


def _opens_amount(tokens: Tokens, index: int) -> bool:
    """Tell whether a currency belongs to the number after it: `in 2022 € 1,2 miljoen`."""
    token, following = tokens[index], tokens[index + 1]
    if token.glued or following.kind != "number" or not tokens.follows(index + 1):
        return False
    return currency_sign(token) is not None


def duration_of(word: str) -> str | None:
    """Return the unit of time that a folded noun names (`maanden`), if it does."""
    return _DURATIONS.get(word)


@lru_cache(maxsize=50_000)
def read_ending(word: str) -> tuple[str, str, str] | None:
    """Split a folded word such as `driejarige` or `weekse` into what stands before, its ending and its unit."""
    for ending, unit in _ENDINGS.items():
        if word.endswith(ending):
            return word.removesuffix(ending).rstrip("-"), ending, unit
    return None


@lru_cache(maxsize=50_000)
def read_times_word(word: str) -> tuple[Decimal, str] | None:
    """Read a folded word such as `driemaal`: how many times, and the word for a time."""
    for ending in _TIMES_ENDINGS:
        value = read_word(word.removesuffix(ending)) if word.endswith(ending) and word != ending else None
        if value is not None:
            return value, ending
    return None


@lru_cache(maxsize=50_000)
def read_period_word(word: str) -> tuple[Decimal, str, str] | None:
    """Read a folded one-word period or age: `driejarige` is 3, its ending `jarige`, its unit a year."""
    split = read_ending(word)
    if split is None or not split[0]:
        return None
    value = HALF if is_half(split[0]) else Decimal(1) if split[0] == ONE else read_word(split[0])
    return None if value is None else (value, split[1], split[2])
