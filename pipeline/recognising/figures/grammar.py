"""One figure at a place in a text: the number, what is around it, and what it counts or measures."""

from functools import lru_cache

from pipeline.recognising.figures import ages, ratios
from pipeline.recognising.figures.amounts import Amount, amount_at, connected, is_numeral, number_at, opens_range
from pipeline.recognising.figures.articles import alone_at, read_about
from pipeline.recognising.figures.comparators import (
    Comparison,
    compare,
    compare_late,
    comparison_after,
    comparison_before,
)
from pipeline.recognising.figures.measured import read_unit, widen
from pipeline.recognising.figures.nouns import read_noun
from pipeline.recognising.figures.periods import read_period
from pipeline.recognising.figures.reading import Reading
from pipeline.recognising.figures.references import Barriers
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.units import duration_of, read_period_word, read_times_word, unit_after
from pipeline.recognising.figures.values import GUESSED, PLAIN, WORDS
from pipeline.recognising.figures.wording import describes, is_singular
from pipeline.recognising.numbers import fold
from pipeline.resources import vocabulary

_WORDS = vocabulary("recognising/figures/words.toml")
_BETWEEN = frozenset(_WORDS["ranges"]["between"])
_FROM = frozenset(_WORDS["ranges"]["from"])
_SHARE_AFTER = tuple(tuple(phrase.split()) for phrase in _WORDS["nouns"]["share_after"])
_LEFT_OUT_AFTER = tuple(tuple(phrase.split()) for phrase in _WORDS["left_out"]["after"])
_TOWARD = frozenset(_WORDS["ranges"]["toward"])
_YOUNG = frozenset({"month", "week", "day"})
"""The units of an age other than years."""
_AMONG = tuple(_WORDS["comparison"]["among"].split())
"""`het verzuim onder de 700 agenten` is about them; `bleef onder de 700 bezoekers` about fewer."""


def begins_figure(tokens: Tokens, index: int) -> bool:
    """Tell whether a figure may begin with a token."""
    word = tokens[index].fold
    return is_numeral(tokens, index) or _says_number(word) or (_is_group(word) and not _is_name(tokens, index))


@lru_cache(maxsize=50_000)
def _says_number(word: str) -> bool:
    """Tell whether a folded word holds a number and its unit: `driejarig`, `viermaal`, `tweederde`."""
    return ratios.is_share(word) or read_period_word(word) is not None or read_times_word(word) is not None


@lru_cache(maxsize=50_000)
def _is_group(word: str) -> bool:
    """Tell whether a folded word is a group of so old: `vijfenzestigplussers`."""
    return ages.read_plus_word(word) is not None


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
        _widen_share(tokens, reading, barriers)
        return compare(reading, comparison)
    period = read_period(tokens, index, barriers)
    if period is not None:
        return period
    times = read_times_word(tokens[index].fold)
    if times is not None and index not in barriers.hard:
        reading = Reading(index, index + 1, index, times[0], None, "count", times[1], in_digits=False, confidence=WORDS)
        return compare(reading, comparison_before(tokens, index))
    about = None if index in barriers.hard else read_about(tokens, index)
    if about is not None:
        return about
    amount = amount_at(tokens, index, barriers.hard) or alone_at(tokens, index)
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


def _widen_share(tokens: Tokens, reading: Reading, barriers: Barriers) -> None:
    """Join `een kwart tot een derde van de leerlingen`."""
    low = Amount(reading.low, None, reading.first, reading.after, in_digits=reading.in_digits)
    reached = connected(tokens, low, between=opens_range(tokens, reading.first)) if reading.unit is None else None
    if reached is None or not tokens.follows(reached):
        return
    high = ratios.read_ratio(tokens, reached, barriers.hard)
    if high is not None and high.share > reading.low and high.first <= reached:
        reading.high, reading.unit, reading.after = high.share, high.unit, high.after
        reading.said = high.said
        if opens_range(tokens, reading.first):
            reading.first -= 1


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
                if (
                    noun is not None and whole is not None and whole.currency is None and not loose
                ):  # `14 van de 20 regio's`
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
        reading.first -= 1 if tokens[reading.first - 1].fold in _BETWEEN else 2
    elif ranged and tokens[reading.first - 1].fold in _FROM and tokens.follows(reading.first):
        reading.first -= 1
    comparison = comparison_before(tokens, reading.first)
    if comparison is None or comparison.words != _AMONG or reading.kind != "count" or not _among(tokens, comparison):
        compare(reading, comparison)
    if reading.kind in ("duration", None) and (reading.unit == "year" or reading.kind is None):
        bare = reading.kind is None
        age = ages.is_age(tokens, reading.first, reading.number, reading.after, bare=bare, ranged=ranged)
        if age and (reading.kind is not None or reading.low % 1 == 0):
            reading.kind, reading.unit = "age", "year"
    elif reading.kind == "duration" and reading.unit in _YOUNG:
        young = ages.is_months(tokens, reading.first, reading.number, reading.after)
        reading.kind = "age" if young or ages.is_old(tokens, reading.after) else "duration"
    compare_late(tokens, reading)
    return reading


def _among(tokens: Tokens, comparison: Comparison) -> bool:
    """Tell whether `onder de 2.700 agenten` opens a sentence or follows a noun: it is about them, not about fewer."""
    before = tokens[comparison.first - 1]
    if not tokens.inside(comparison.first):
        return True
    return before.kind == "word" and is_singular(before) and not describes(before)
