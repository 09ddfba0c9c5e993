"""From what was read to what it means: pure functions to the values of figures."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from pipeline.recognising.numbers import EXACT
from pipeline.recognising.spans import Comparator, FigureKind, FigureValue

_THREE_PLACES = Decimal("0.001")

SURE: Final = 0.97
"""A currency or a percent sign stands at the number."""
PLAIN: Final = 0.95
"""A number in digits with its noun or unit."""
WORDS: Final = 0.9
"""A number in words with its noun or unit."""
GUESSED: Final = 0.8
"""The noun was found by a rule that guesses, or the number is a lone `één`."""
SHARED: Final = 0.85
"""The unit stands at the next number of the same chain."""
LEFT_OUT: Final = 0.75
"""The noun stands earlier, and a word says so (`waarvan`)."""
BARE: Final = 0.6
"""The noun stands earlier, and nothing says so."""


def plain(number: Decimal) -> Decimal:
    """Return a number without trailing zeros and without an exponent."""
    whole = number.normalize(EXACT)
    exponent = whole.as_tuple().exponent
    return whole.quantize(Decimal(1), context=EXACT) if isinstance(exponent, int) and 0 < exponent < 40 else whole


def scaled(number: Decimal, times: Decimal) -> Decimal:
    """Return a number multiplied, exactly."""
    return EXACT.multiply(number, times)


def figure(
    kind: FigureKind,
    low: Decimal,
    high: Decimal | None,
    unit: str | None,
    comparator: Comparator,
) -> FigureValue:
    """Build the value of a figure; a range without width is a single number."""
    return FigureValue(kind, plain(low), None if high is None or high == low else plain(high), unit, comparator)


def ratio(low: Decimal, high: Decimal | None, unit: str | None, comparator: Comparator) -> FigureValue:
    """Build the value of a share or of a range of shares, rounded to three decimals."""
    return figure("ratio", _rounded(low), None if high is None else _rounded(high), unit, comparator)


def _rounded(share: Decimal) -> Decimal:
    return share.quantize(_THREE_PLACES, rounding=ROUND_HALF_UP, context=EXACT)
