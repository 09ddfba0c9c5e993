"""Amounts that begin with an article: `een week of drie`, `een kwartier`."""

from decimal import Decimal

from pipeline.recognising.figures.amounts import Amount, number_at
from pipeline.recognising.figures.nouns import read_noun
from pipeline.recognising.figures.reading import Reading
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.units import unit_after
from pipeline.recognising.figures.values import WORDS, scaled
from pipeline.recognising.fractions import read_part
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_ARTICLE = frozenset(_WORDS["about"]["articles"])
_ALONE = frozenset(_WORDS["about"]["alone"])
_PIECES = frozenset(_WORDS["about"]["pieces"])
_PART = 2
"""How many words a part of one has at most."""
_EXACT = Decimal("0.001")
"""A third of a unit is no number that can be written out."""
_OR = frozenset(_WORDS["ranges"]["or"])


def alone_at(tokens: Tokens, index: int) -> Amount | None:
    """Read the article before what is so much by itself: `een kwartier`, `een halfjaar`, `een kwart procentpunt`."""
    part = read_part(tokens.words(index, _PART))
    if part is not None and part[0] == part[0].quantize(_EXACT) and unit_after(tokens, index + part[1]) is not None:
        return Amount(part[0], None, index, index + part[1], in_digits=False)
    alone = tokens[index].fold in _ARTICLE and tokens[index + 1].fold in _ALONE and tokens.follows(index + 1)
    return Amount(Decimal(1), None, index, index + 1, in_digits=False) if alone else None


def read_about(tokens: Tokens, index: int) -> Reading | None:
    """Read `een week of drie`, `een man of twintig`."""
    if tokens[index].fold not in _ARTICLE or not tokens.follows(index + 1):
        return None
    unit = unit_after(tokens, index + 1)
    after = index + 2 if unit is None else unit.after
    if tokens[after].fold not in _OR or not (tokens.follows(after) and tokens.follows(after + 1)):
        return None
    amount = number_at(tokens, after + 1)
    if amount is None or amount.low < 2 or amount.currency is not None:
        return None
    if unit_after(tokens, amount.after) is not None or read_noun(tokens, amount.after, singular=False) is not None:
        return None
    reading = Reading(index, amount.after, after + 1, amount.low, in_digits=amount.in_digits, confidence=WORDS)
    if unit is not None:
        reading.kind, reading.unit, reading.low = unit.kind, unit.symbol, scaled(amount.low, unit.times)
    elif tokens[index + 1].fold in _PIECES:
        reading.kind, reading.unit = "count", tokens[index + 1].text
    else:
        return None
    reading.comparator, reading.compared = "~", True
    return reading
