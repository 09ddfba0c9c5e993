"""One figure at a place in a text: the number, what is around it, and what it counts or measures."""

from dataclasses import dataclass
from decimal import Decimal

from pipeline.recognising.figures import ages, ratios
from pipeline.recognising.figures.amounts import Amount, amount_at, connected, is_numeral, join, number_at, opens_range
from pipeline.recognising.figures.comparators import Comparison, comparison_after, comparison_before
from pipeline.recognising.figures.nouns import describes, read_noun
from pipeline.recognising.figures.references import Barriers
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.units import Unit, duration_of, read_period_word, unit_after
from pipeline.recognising.figures.values import GUESSED, PLAIN, SURE, WORDS, scaled
from pipeline.recognising.numbers import fold
from pipeline.recognising.spans import Comparator, FigureKind
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_CENTS_LIMIT = 100
_HYPHENS = frozenset("-‐‑–")
_FROM = frozenset(_WORDS["ranges"]["from"])
_SHARE_AFTER = tuple(tuple(phrase.split()) for phrase in _WORDS["nouns"]["share_after"])
_LEFT_OUT_AFTER = tuple(tuple(phrase.split()) for phrase in _WORDS["left_out"]["after"])
_UNDER = frozenset(_WORDS["comparison"]["under"])
_UP_TO = frozenset(_WORDS["comparison"]["up_to"])
_CEILINGS = frozenset(_WORDS["comparison"]["ceilings"])
_SUBJECT = ("rond",)
"""`rond drie thema's` is about them; `rond 200 deelnemers` about so many."""


@dataclass(slots=True)
class Reading:
    """A number in a text and what is known of it so far."""

    first: int
    """Index of the first token of the evidence."""
    after: int
    """Index of the token after the evidence."""
    number: int
    """Index of the first token of the number itself."""
    low: Decimal
    high: Decimal | None = None
    kind: FigureKind | None = None
    """None where neither noun nor unit follows."""
    unit: str | None = None
    comparator: Comparator = "="
    compared: bool = False
    in_digits: bool = True
    times: Decimal | None = None
    confidence: float = PLAIN
    said: bool = False
    """`daarvan` and the like follow: the noun was left out."""


def read_figure(tokens: Tokens, index: int, barriers: Barriers) -> Reading | None:
    """Read the figure whose number begins at a token; its kind is open where no unit follows."""
    share = ratios.read_ratio(tokens, index, barriers.hard)
    if share is not None:
        comparison = comparison_before(tokens, share.first)
        reading = Reading(share.first, share.after, index, share.share, kind="ratio", unit=share.unit, confidence=WORDS)
        reading.said = share.said
        return _compare(reading, comparison)
    period = _read_period(tokens, index, barriers)
    if period is not None:
        return period
    amount = amount_at(tokens, index, barriers.hard)
    if amount is None or (index in barriers.hard):
        return None
    reading = Reading(
        amount.first,
        amount.after,
        index,
        amount.low,
        amount.high,
        in_digits=amount.in_digits,
        times=amount.times,
        confidence=PLAIN if amount.in_digits else WORDS,
    )
    measured = _read_unit(tokens, amount, reading)
    if measured is not None:
        _widen(tokens, amount, reading, barriers)
    elif not amount.half:
        _read_counted(tokens, amount, reading, loose=index in barriers.loose)
    if reading.kind is None and amount.half:
        return None
    if index in barriers.soft and reading.kind not in ("money", "percentage"):
        return None
    return _finish(tokens, reading)


def _read_period(tokens: Tokens, index: int, barriers: Barriers) -> Reading | None:
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
    if not tokens[at].glued:
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
    return _compare(reading, comparison_before(tokens, reading.first))


def _read_unit(tokens: Tokens, amount: Amount, reading: Reading) -> Unit | None:
    """Read a currency, percent, time or measure right after the number."""
    at = amount.after
    compared = comparison_after(tokens, at)
    if compared is not None:
        at = compared.after
    if amount.currency is not None:
        reading.kind, reading.unit, reading.confidence = "money", amount.currency, SURE
        following = unit_after(tokens, at)
        if following is not None and following.kind == "money":
            reading.after = following.after
        return Unit("money", amount.currency, at)
    if tokens[at].fold == "x" and tokens[at].glued:
        reading.kind, reading.unit, reading.after = "count", "keer", at + 1
        return Unit("measure", "x", at + 1)
    unit = unit_after(tokens, at)
    if unit is None or (unit.kind == "measure" and not _measurable(tokens, amount, at)):
        return None
    reading.kind, reading.unit, reading.after = unit.kind, unit.symbol, unit.after
    reading.low = scaled(reading.low, unit.times)
    reading.high = None if reading.high is None else scaled(reading.high, unit.times)
    if compared is not None:
        reading.comparator, reading.compared = compared.sign, True
    if unit.kind in ("money", "percentage"):
        reading.confidence = SURE
    if unit.kind == "money" and unit.times == 1 and reading.high is None:
        _read_cents(tokens, reading)
    return unit


def _measurable(tokens: Tokens, amount: Amount, index: int) -> bool:
    """Tell whether a symbol is a unit here: after words only words are, and one letter only after digits."""
    token = tokens[index]
    return amount.in_digits or len(token.text) > 3


def _read_cents(tokens: Tokens, reading: Reading) -> None:
    """Read the cents of `vijf euro vijftig`."""
    if not tokens.follows(reading.after) or tokens[reading.after].kind not in ("word", "number"):
        return
    cents = number_at(tokens, reading.after)
    if cents is None or cents.low >= _CENTS_LIMIT or cents.low % 1 or cents.currency or cents.half or cents.low < 5:
        return
    if tokens[reading.after].fold == "een" or read_noun(tokens, cents.after, singular=False) is not None:
        return
    if unit_after(tokens, cents.after) is None and (reading.in_digits == cents.in_digits):
        reading.low += cents.low / 100
        reading.after = cents.after


def _widen(tokens: Tokens, amount: Amount, reading: Reading, barriers: Barriers) -> None:
    """Join `2 jaar tot 4 jaar`: a range whose unit stands at both ends."""
    if reading.high is not None:
        return
    first = Amount(reading.low, None, reading.first, reading.after, amount.in_digits, times=amount.times)
    reached = connected(tokens, first, between=opens_range(tokens, reading.first))
    if reached is None or tokens[reached - 1].fold == "of":
        return
    for at in (reached, reached + 1):
        if at in barriers.hard or not is_numeral(tokens, at) or not tokens.follows(at):
            continue
        second = number_at(tokens, at)
        if second is None or second.first > reached:
            return
        other = Reading(second.first, second.after, at, second.low, in_digits=second.in_digits)
        unit = _read_unit(tokens, second, other)
        if unit is None or (other.kind, other.unit) != (reading.kind, reading.unit):
            return
        joined = join(first, Amount(other.low, None, second.first, other.after, second.in_digits, times=first.times))
        if joined is not None:
            reading.high, reading.after = other.low, other.after
        return


def _read_counted(tokens: Tokens, amount: Amount, reading: Reading, *, loose: bool) -> None:
    """Read the noun that the number counts."""
    compared = comparison_after(tokens, amount.after)
    at = amount.after if compared is None else compared.after
    if compared is not None:
        reading.comparator, reading.compared, reading.after = compared.sign, True, at
    single = amount.low == 1 and amount.high is None
    noun = read_noun(tokens, at, singular=single and compared is None)
    if noun is None:
        if any(tokens.folds(at, len(phrase)) == phrase for phrase in _LEFT_OUT_AFTER):
            reading.said = tokens.follows(at)
            return
        for phrase in _SHARE_AFTER:
            if not single and tokens.follows(at) and tokens.folds(at, len(phrase)) == phrase:
                of = at + len(phrase)
                of += 1 if describes(tokens[of]) and is_numeral(tokens, of + 1) else 0  # `van de beoogde 8 hubs`
                whole = number_at(tokens, of)
                noun = read_noun(tokens, of if whole is None else whole.after, singular=False)
                if noun is not None and whole is not None and whole.currency is None:  # `14 van de 20 regio's`
                    reading.kind, reading.unit, reading.confidence = "count", noun.text, GUESSED
                elif noun is not None and len(phrase) > 1 and not loose:
                    reading.kind, reading.unit, reading.after = "count", noun.text, noun.after
                    reading.confidence = GUESSED
                return
        return
    word = fold(noun.text)
    unit = unit_after(tokens, noun.first)
    if unit is not None and unit.after == noun.after and noun.first > at:
        reading.kind, reading.unit = unit.kind, unit.symbol
    elif duration_of(word) is not None:
        reading.kind, reading.unit = "duration", duration_of(word)
    else:
        reading.kind, reading.unit = "count", noun.text
    reading.after = noun.after
    if not noun.sure or (single and not amount.in_digits):
        reading.confidence = GUESSED


def _finish(tokens: Tokens, reading: Reading) -> Reading:
    """Read the words around a number: comparators, `van … tot`, and what makes it an age."""
    ranged = reading.high is not None
    if ranged and opens_range(tokens, reading.first):
        reading.first -= 1 if tokens[reading.first - 1].fold == "tussen" else 2
    elif ranged and tokens[reading.first - 1].fold in _FROM and tokens.follows(reading.first):
        reading.first -= 1
    _compare(reading, comparison_before(tokens, reading.first))
    if reading.kind in ("duration", None) and (reading.unit == "year" or reading.kind is None):
        age = ages.is_age(tokens, reading.first, reading.number, reading.after, bare=reading.kind is None)
        if age and (reading.kind is not None or reading.low % 1 == 0):
            reading.kind, reading.unit = "age", "year"
    _compare_late(tokens, reading)
    return reading


def _compare(reading: Reading, comparison: Comparison | None) -> Reading:
    """Take a comparator into a reading."""
    if comparison is None:
        return reading
    if comparison.words == _SUBJECT and not reading.in_digits and reading.low < 10:
        return reading
    if not reading.compared:
        reading.comparator, reading.compared = comparison.sign, True
    reading.first = comparison.first
    return reading


def _compare_late(tokens: Tokens, reading: Reading) -> None:
    """Read the comparators that depend on the kind: `tot 18 jaar`, `onder 50%`, `18 jaar of ouder`."""
    after = comparison_after(tokens, reading.after)
    if after is not None:
        reading.comparator, reading.compared, reading.after = after.sign, True, after.after
    if reading.compared or not tokens.follows(reading.first):
        return
    before = tokens[reading.first - 1].fold
    if before in _UP_TO and reading.high is None:
        if reading.kind == "age":
            reading.comparator, reading.first = "<", reading.first - 1
        elif reading.kind == "money" and tokens[reading.first - 2].fold in _CEILINGS:
            reading.comparator, reading.first = "<=", reading.first - 1
    elif before in _UNDER and reading.kind in ("money", "percentage", "age", "measure"):
        reading.comparator, reading.first = "<", reading.first - 1
