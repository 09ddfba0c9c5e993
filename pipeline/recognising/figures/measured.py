"""The unit behind a number, at one end of a range or at both: money, percentages, time, measures."""

from dataclasses import replace
from decimal import Decimal

from pipeline.recognising.figures.amounts import Amount, connected, is_numeral, join, number_at, opens_range
from pipeline.recognising.figures.comparators import comparison_after
from pipeline.recognising.figures.money import is_of_money, read_cents
from pipeline.recognising.figures.nouns import read_noun
from pipeline.recognising.figures.reading import Reading
from pipeline.recognising.figures.references import Barriers
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.units import Unit, unit_after
from pipeline.recognising.figures.values import SURE, scaled
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_MONEY = vocabulary("recognising/figures/money.toml")["amounts"]
_TON = Decimal(_MONEY["letters"]["ton"])
_TIMES = frozenset(_MONEY["times"])
_TIME = _WORDS["times"]["one"]
_COLD = frozenset(_WORDS["negative"]["cold"])
_FREEZING = frozenset(_WORDS["negative"]["freezing"])
_BELOW_ZERO = tuple(tuple(phrase.split()) for phrase in _WORDS["negative"]["below_zero"])
_OR = frozenset(_WORDS["ranges"]["or"])
_PERCENTAGE_OF = frozenset((word, _WORDS["ratios"]["van"]) for word in _WORDS["labels"]["percentages"])
_HYPHENS = frozenset("-‐‑")
_SHORT_SYMBOL = 2
"""After a number in words a symbol has at least so many letters: `drie km`, and no `drie m`."""


def read_unit(tokens: Tokens, amount: Amount, reading: Reading) -> Unit | None:
    """Read a currency, percent, time or measure right after the number into a reading."""
    at = amount.after
    compared = comparison_after(tokens, at)
    if compared is not None:
        at = compared.after
    if amount.currency is not None:
        reading.kind, reading.unit, reading.confidence = "money", amount.currency, SURE
        following = unit_after(tokens, at)
        if following is not None and following.kind == "money":
            reading.after = following.after
        if reading.high is None and reading.low % 1 == 0 and amount.times is None:
            read_cents(tokens, reading, named=False)
        return Unit("money", amount.currency, at)
    if _is_times(tokens, at):
        reading.kind, reading.unit, reading.after = "count", _TIME, at + 1
        return Unit("measure", _TIME, at + 1)
    unit = unit_after(tokens, at) or _hyphened(tokens, amount, at) or _percentage_of(tokens, amount)
    if unit is None or not (unit.named or amount.in_digits or len(tokens[at].text) >= _SHORT_SYMBOL):
        return None
    if is_of_money(tokens, amount, at):
        unit = replace(unit, kind="money", symbol="EUR", times=_TON)
    reading.kind, reading.unit, reading.after = unit.kind, unit.symbol, unit.after
    reading.low = scaled(reading.low, unit.times)
    reading.high = None if reading.high is None else scaled(reading.high, unit.times)
    if compared is not None:
        reading.comparator, reading.compared = compared.sign, True
    if unit.kind in ("money", "percentage"):
        reading.confidence = SURE
    if unit.kind == "money" and unit.times == 1 and reading.high is None:
        read_cents(tokens, reading, named=True)
    if unit.symbol in _COLD:
        _read_frost(tokens, reading)
    return unit


def widen(tokens: Tokens, amount: Amount, reading: Reading, barriers: Barriers) -> None:
    """Join `2 jaar tot 4 jaar`: a range whose unit stands at both ends."""
    if reading.high is not None:
        return
    first = Amount(reading.low, None, reading.first, reading.after, amount.in_digits, times=amount.times)
    reached = connected(tokens, first, between=opens_range(tokens, reading.first))
    if reached is None or tokens[reached - 1].fold in _OR:
        return
    for at in (reached, reached + 1):
        if at in barriers.hard or not is_numeral(tokens, at) or not tokens.follows(at):
            continue
        second = number_at(tokens, at)
        if second is None or second.first > reached:
            return
        other = Reading(second.first, second.after, at, second.low, in_digits=second.in_digits)
        unit = read_unit(tokens, second, other)
        if unit is None or (other.kind, other.unit) != (reading.kind, reading.unit):
            return
        joined = join(first, Amount(other.low, None, second.first, other.after, second.in_digits, times=first.times))
        if joined is not None:
            reading.high, reading.after = other.low, other.after
        return


def _hyphened(tokens: Tokens, amount: Amount, at: int) -> Unit | None:
    """Read the unit of `een 10-litervat` written apart, `10-liter`: a whole name behind a hyphen."""
    if tokens[at].text not in _HYPHENS or not (tokens[at].glued and tokens[at + 1].glued and amount.in_digits):
        return None
    unit = unit_after(tokens, at + 1)
    return unit if unit is not None and unit.kind == "measure" and unit.named else None


def _percentage_of(tokens: Tokens, amount: Amount) -> Unit | None:
    """Read `een percentage van 45`."""
    first = amount.first - 2
    said = tokens.folds(first, 2) in _PERCENTAGE_OF and tokens.follows(amount.first)
    if not said or read_noun(tokens, amount.after, singular=False) is not None:
        return None
    return Unit("percentage", "%", amount.after)


def _is_times(tokens: Tokens, at: int) -> bool:
    """Tell whether the `x` of `3x per week`, `3 x per week` stands at a token, and no sign of a product."""
    if tokens[at].fold not in _TIMES or not tokens.follows(at):
        return False
    following = tokens[at + 1]
    return tokens[at].glued or not tokens.follows(at + 1) or following.kind not in ("number", "sign")


def _read_frost(tokens: Tokens, reading: Reading) -> None:
    """Read `5 graden onder nul`, `10 graden vorst`."""
    if tokens[reading.first - 1].fold in _FREEZING and reading.low > 0 and reading.high is None:
        reading.low = -reading.low
    for phrase in _BELOW_ZERO:
        if reading.low > 0 and tokens.follows(reading.after) and tokens.folds(reading.after, len(phrase)) == phrase:
            low = reading.low if reading.high is None else reading.high
            reading.low, reading.high = -low, None if reading.high is None else -reading.low
            reading.after += len(phrase)
