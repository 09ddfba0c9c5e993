"""What stands right before or after a number and says what it measures: currencies, percent, time, measures."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.numbers import read_compound
from pipeline.recognising.spans import FigureKind
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_MONEY = _WORDS["money"]
_SIGNS: dict[str, str] = _MONEY["signs"]
_CODES = frozenset(_MONEY["codes"])
_CURRENCY_BEFORE: dict[str, str] = _MONEY["before"]
_THOUSAND_SIGNS: dict[str, int] = _MONEY["thousand_signs"]
_CENTS = frozenset(_MONEY["cents"])
_DURATIONS: dict[str, str] = _WORDS["durations"]
_ENDINGS: dict[str, str] = _WORDS["duration_endings"]
_SYMBOLS: dict[str, str] = {
    **{name: name for name in _WORDS["measures"]["symbols"]},
    **_WORDS["measures"]["other_symbols"],
}
_DOTTED = frozenset({"mnd", "wk", "pct", "u", "min", "mln", "mld", "mrd"})


def _phrases(table: dict[str, str]) -> dict[tuple[str, ...], str]:
    return {tuple(phrase.split()): unit for phrase, unit in table.items()}


_AFTER: dict[FigureKind, dict[tuple[str, ...], str]] = {
    "percentage": _phrases(_WORDS["percentages"]),
    "money": _phrases(_MONEY["words"]),
    "measure": _phrases(_WORDS["measures"]["words"]),
    "duration": _phrases(_DURATIONS),
}
_LONGEST = max(len(phrase) for table in _AFTER.values() for phrase in table)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what kind of figure it makes, and where its words end."""

    kind: FigureKind
    symbol: str
    after: int
    """Index of the token after it."""
    times: Decimal = Decimal(1)
    """What the number must be multiplied by (`cent`, `k€`)."""


def currency_before(tokens: Tokens, index: int) -> tuple[str, Decimal, int] | None:
    """Read a currency that ends right before a number: its code, a factor, and the index of its token."""
    token = tokens[index - 1]
    if not tokens.follows(index) or (not tokens.follows(index - 1) and index - 1 != 0 and token.kind == "end"):
        return None
    if token.fold in _SIGNS:
        return _SIGNS[token.fold], Decimal(1), index - 1
    if token.fold in _THOUSAND_SIGNS:
        return "EUR", Decimal(_THOUSAND_SIGNS[token.fold]), index - 1
    if token.text in _CODES:
        return token.text, Decimal(1), index - 1
    if token.fold in _CURRENCY_BEFORE and tokens[index].kind == "number" and tokens[index - 2].kind != "number":
        return _CURRENCY_BEFORE[token.fold], Decimal(1), index - 1
    return None


def unit_after(tokens: Tokens, index: int) -> Unit | None:
    """Read the unit that begins at a token, the longest that fits."""
    token = tokens[index]
    if not tokens.follows(index):
        return None
    words = tokens.folds(index, _LONGEST)
    for length in range(len(words), 0, -1):
        for kind, table in _AFTER.items():
            symbol = table.get(words[:length])
            if symbol is not None and not (kind == "money" and length == 1 and _opens_amount(tokens, index)):
                after = index + length
                dotted = words[length - 1] in _DOTTED and tokens[after].text == "." and tokens[after].glued
                return Unit(kind, symbol, after + 1 if dotted and tokens[after + 1].text[:1].islower() else after)
    if token.text in _SYMBOLS:
        return Unit("measure", _SYMBOLS[token.text], index + 1)
    if token.fold in _CENTS:
        return Unit("money", "EUR", index + 1, Decimal("0.01"))
    if _opens_amount(tokens, index):
        return None
    if token.fold in _SIGNS:
        return Unit("money", _SIGNS[token.fold], index + 1)
    if token.fold in _THOUSAND_SIGNS:
        return Unit("money", "EUR", index + 1, Decimal(_THOUSAND_SIGNS[token.fold]))
    if token.text in _CODES:
        return Unit("money", token.text, index + 1)
    return None


def _opens_amount(tokens: Tokens, index: int) -> bool:
    """Tell whether a currency belongs to the number after it: `in 2022 € 1,2 miljoen`."""
    token = tokens[index]
    before = token.fold in _SIGNS or token.fold in _THOUSAND_SIGNS or token.text in _CODES
    return before and not token.glued and tokens.follows(index + 1) and tokens[index + 1].kind == "number"


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
def read_period_word(word: str) -> tuple[Decimal, str, str] | None:
    """Read a folded one-word period or age: `driejarige` is 3, its ending `jarige`, its unit a year."""
    split = read_ending(word)
    if split is None or not split[0]:
        return None
    half = {"anderhalf": Decimal("1.5"), "half": Decimal("0.5")}.get(split[0])
    whole = read_compound(split[0])
    value = half if half is not None else (None if whole is None else Decimal(whole))
    return None if value is None else (value, split[1], split[2])
