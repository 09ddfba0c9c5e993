"""Lengths of time and ages in one word or with an ending: `driejarig`, `12-jarigen`, `18-plussers`."""

from pipeline.recognising.figures import ages
from pipeline.recognising.figures.amounts import amount_at, connected, is_numeral, number_at
from pipeline.recognising.figures.comparators import compare, comparison_before
from pipeline.recognising.figures.reading import Reading
from pipeline.recognising.figures.references import Barriers
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.units import read_period_word
from pipeline.recognising.figures.values import WORDS

_HYPHENS = frozenset("-‐‑–")


def read_period(tokens: Tokens, index: int, barriers: Barriers) -> Reading | None:
    """Read `12-jarigen`, `driejarig project`, `zesweekse cursus`, `18-plussers`."""
    if index in barriers.hard or index in barriers.soft:
        return None
    word = tokens[index].fold
    if tokens[index].kind == "word":
        plus = ages.read_plus_word(word)
        if plus is not None:
            return Reading(
                index, index + 1, index, plus[0], None, "age", "year", plus[1], compared=True, in_digits=False
            )
        read = read_period_word(word)
        if read is not None and tokens[index].text[0].isupper() and tokens.inside(index):
            return None  # `de Vierdaagse van Nijmegen`
        if read is None:
            return _read_hanging(tokens, index)
        value, ending, unit = read
        reading = Reading(index, index + 1, index, value, in_digits=False, confidence=WORDS)
        return _period(tokens, reading, ending, unit)
    amount = amount_at(tokens, index, barriers.hard)
    if amount is None or amount.currency is not None:
        return None
    reading = Reading(amount.first, amount.after, index, amount.low, amount.high)
    at = amount.after + (1 if tokens[amount.after].text in _HYPHENS and tokens[amount.after].glued else 0)
    ending = tokens[at].fold
    if not (tokens[at].glued or ages.is_spaced_ending(ending)):
        return None
    sign = ages.plus_sign(tokens, at)
    if sign is not None:
        reading.comparator, reading.after = sign
        reading.kind, reading.unit, reading.compared = "age", "year", True
        return reading
    whole = read_period_word(f"een{ending}") if tokens[at].kind == "word" else None
    if whole is None:
        return None
    reading.after = at + 1
    return _period(tokens, reading, whole[1], whole[2])


def _read_hanging(tokens: Tokens, index: int) -> Reading | None:
    """Read `twaalf- tot achttienjarigen`."""
    if tokens[index + 1].text not in _HYPHENS or not tokens[index + 1].glued or not is_numeral(tokens, index):
        return None
    low = number_at(tokens, index)
    reached = None if low is None else connected(tokens, low, between=False)
    if low is None or reached is None or not tokens.follows(reached) or low.after != index + 1:
        return None
    high = read_period_word(tokens[reached].fold)
    if high is None or high[0] <= low.low:
        return None
    reading = Reading(index, reached + 1, index, low.low, high[0], in_digits=False, confidence=WORDS)
    return _period(tokens, reading, high[1], high[2])


def _period(tokens: Tokens, reading: Reading, ending: str, unit: str) -> Reading:
    """Decide between the age of a person and the length of something."""
    person = unit == "year" and ages.is_person_period(tokens, reading.after, ending)
    reading.kind, reading.unit = ("age", "year") if person else ("duration", unit)
    return compare(reading, comparison_before(tokens, reading.first))
