"""One figure at a place in a text: the number, what is around it, and what it counts or measures."""

from pipeline.recognising.figures import ages, ratios
from pipeline.recognising.figures.amounts import Amount, amount_at, connected, is_numeral, number_at, opens_range
from pipeline.recognising.figures.comparators import Comparison, comparison_after, comparison_before
from pipeline.recognising.figures.measured import read_unit, widen
from pipeline.recognising.figures.nouns import read_noun
from pipeline.recognising.figures.reading import Reading
from pipeline.recognising.figures.references import Barriers
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.units import duration_of, read_period_word, read_times_word, unit_after
from pipeline.recognising.figures.values import GUESSED, PLAIN, WORDS
from pipeline.recognising.figures.wording import describes, is_singular
from pipeline.recognising.numbers import fold
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_CENTS_LIMIT = 100
_HYPHENS = frozenset("-‐‑–")
_FROM = frozenset(_WORDS["ranges"]["from"])
_SHARE_AFTER = tuple(tuple(phrase.split()) for phrase in _WORDS["nouns"]["share_after"])
_LEFT_OUT_AFTER = tuple(tuple(phrase.split()) for phrase in _WORDS["left_out"]["after"])
_TOWARD = frozenset(_WORDS["ranges"]["toward"])
_UNDER = frozenset(_WORDS["comparison"]["under"])
_UP_TO = frozenset(_WORDS["comparison"]["up_to"])
_CEILINGS = frozenset(_WORDS["comparison"]["ceilings"])
_SUBJECT = ("rond",)
"""`rond drie thema's` is about them; `rond 200 deelnemers` about so many."""
_AMONG = ("onder", "de")
"""`het verzuim onder de 700 agenten` is about them; `bleef onder de 700 bezoekers` about fewer."""


def begins_figure(tokens: Tokens, index: int) -> bool:
    """Tell whether a figure may begin with a token."""
    word = tokens[index].fold
    return (
        is_numeral(tokens, index)
        or ratios.is_share(word)
        or read_period_word(word) is not None
        or read_times_word(word) is not None
        or (ages.read_plus_word(word) is not None and not _is_name(tokens, index))
    )


def _is_name(tokens: Tokens, index: int) -> bool:
    """Tell whether a word has a capital inside a sentence: `Project Zestig-Plus`."""
    return tokens[index].text[0].isupper() and tokens.inside(index)


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
    times = read_times_word(tokens[index].fold)
    if times is not None and index not in barriers.hard:
        reading = Reading(index, index + 1, index, times[0], None, "count", times[1], in_digits=False, confidence=WORDS)
        return _compare(reading, comparison_before(tokens, index))
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
    measured = read_unit(tokens, amount, reading)
    if measured is not None:
        widen(tokens, amount, reading, barriers)
    elif not amount.half:
        _read_counted(tokens, amount, reading, loose=index in barriers.loose)
    if reading.kind is None and amount.half and tokens[amount.after].fold not in _TOWARD:
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
    comparison = comparison_before(tokens, reading.first)
    if comparison is None or comparison.words != _AMONG or reading.kind != "count" or not _among(tokens, comparison):
        _compare(reading, comparison)
    if reading.kind in ("duration", None) and (reading.unit == "year" or reading.kind is None):
        bare = reading.kind is None
        age = ages.is_age(tokens, reading.first, reading.number, reading.after, bare=bare, ranged=ranged)
        if age and (reading.kind is not None or reading.low % 1 == 0):
            reading.kind, reading.unit = "age", "year"
    compare_late(tokens, reading)
    return reading


def _among(tokens: Tokens, comparison: Comparison) -> bool:
    """Tell whether a noun stands before `onder de 2.700 agenten`: it is about them, not about fewer."""
    before = tokens[comparison.first - 1]
    return before.kind == "word" and tokens.follows(comparison.first) and is_singular(before) and not describes(before)


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


def compare_late(tokens: Tokens, reading: Reading) -> None:
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
