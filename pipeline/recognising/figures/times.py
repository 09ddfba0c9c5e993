"""Numbers that name a time: the clock, opening hours, days and years."""

import re

from pipeline.recognising.figures.nouns import read_noun
from pipeline.recognising.figures.ratios import is_proportion
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.units import currency_before, unit_after
from pipeline.recognising.numbers import read_multiplier, read_word
from pipeline.resources import vocabulary

_DATA = vocabulary("recognising/figures/words.toml")["references"]
_CLOCK = frozenset(_DATA["clock"])
_CLOCK_BEFORE = frozenset(_DATA["clock_before"])
_YEAR_ALWAYS = frozenset(_DATA["year_always"])
_MONTHS = frozenset(_DATA["months"])
_HOUR = re.compile(r"[0-9]{1,2}[.:][0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = _DATA["years"]
_CLOCK_AT = frozenset(_DATA["clock_at"])
_HOUR_LINKS = frozenset(_DATA["hour_links"])
_DAY_LINKS = frozenset(_DATA["day_links"])
_LASTING = frozenset(_DATA["lasting"])
_NO_CLOCK = frozenset(_DATA["no_clock"])
_OPEN = frozenset(_DATA["open"])
_STAFFED = frozenset(_DATA["staffed"])
_OPEN_REACH = 12
"""How many tokens from an hour `geopend` or a day of the week may stand."""
_HOURS = 24


def is_time(tokens: Tokens, index: int) -> bool:
    """Tell whether a number, in digits or words, is an hour of the clock, a day or a year."""
    if tokens[index].kind == "word":
        at = tokens[index - 1].fold in _CLOCK_AT and tokens[index + 1].fold in _CLOCK and _is_hour(tokens, index)
        return at or _is_hour_of_day(tokens, index) or _is_opening(tokens, index)
    return _is_clock(tokens, index) or _is_opening(tokens, index) or _is_calendar(tokens, index)


def _is_clock(tokens: Tokens, index: int) -> bool:
    """`10.00 uur`, `om 9 uur`, `14:30`."""
    text = tokens[index].text
    if ":" in text or _is_hour_of_day(tokens, index):
        return not is_proportion(tokens, index)
    at = index + 1
    if tokens[at].fold in _HOUR_LINKS and tokens[at + 1].kind == "number":
        at += 2
    clock = tokens[at].fold in _CLOCK
    return (clock and _HOUR.fullmatch(text) is not None) or (
        clock and tokens[index - 1].fold in _CLOCK_BEFORE and len(text) <= 2
    )


def _is_hour_of_day(tokens: Tokens, index: int) -> bool:
    """`twaalf uur ’s middags`."""
    quote, letter = tokens[index + 2], tokens[index + 3]
    return tokens[index + 1].fold in _CLOCK and quote.text in ("'", "’", "‘") and letter.fold == "s" and letter.glued


def _is_calendar(tokens: Tokens, index: int) -> bool:
    """`15 juli`, `3 en 4 juni`, `01-03-2024`, `in 2024`, `2021-2022`."""
    token, following, before = tokens[index], tokens[index + 1], tokens[index - 1]
    if following.fold in _MONTHS and not following.breaks and (following.fold != "mei" or len(token.text) <= 2):
        return token.text.isdigit() and len(token.text) <= 2
    if following.fold in _DAY_LINKS and tokens[index + 3].fold in _MONTHS:
        return len(token.text) <= 2 and tokens[index + 2].kind == "number" and len(tokens[index + 2].text) <= 2
    if any(_dashed(tokens, index + shift) for shift in (0, -2, -4)):
        return True
    if not _is_year(token.text) or currency_before(tokens, index) is not None:
        return False
    if before.fold in _MONTHS or before.fold in _YEAR_ALWAYS or _is_name_before(tokens, index):
        return unit_after(tokens, index + 1) is None and read_multiplier(following.text) is None
    if unit_after(tokens, index + 1) is not None or read_multiplier(following.text) is not None:
        return False
    return read_noun(tokens, index + 1, singular=False) is None


def _is_name_before(tokens: Tokens, index: int) -> bool:
    """Tell whether a capitalised word inside a sentence stands before a year: `Horizon 2020`."""
    before = tokens[index - 1]
    return before.kind == "word" and before.text[0].isupper() and tokens.inside(index - 1)


def _dashed(tokens: Tokens, index: int) -> bool:
    """Tell whether `01-03-2024` begins at a token, or a telephone number `070-123-4567`."""
    return index >= 0 and all(
        tokens[index + shift].kind == ("number" if shift % 2 == 0 else "sign")
        and (shift == 0 or tokens[index + shift].glued)
        and (shift % 2 == 0 or tokens[index + shift].text in "-/–")
        for shift in range(5)
    )


def _is_year(text: str) -> bool:
    """Tell whether digits can be a year."""
    return len(text) == 4 and text.isdigit() and _FIRST_YEAR <= int(text) <= _LAST_YEAR


def _is_opening(tokens: Tokens, index: int) -> bool:
    """Tell whether `van 9 tot 17 uur` stands near `geopend`, a day of the week, `'s avonds`; not `8 uur per dag`."""
    at = index + 1
    second = tokens[index - 1].fold in _HOUR_LINKS and _is_hour(tokens, index - 2)
    first = tokens[at].fold in _HOUR_LINKS and _is_hour(tokens, at + 1)
    if first:
        at += 2
    elif tokens[index - 1].fold in _LASTING and tokens[at].fold in _CLOCK:
        return False
    if tokens[at].fold not in _CLOCK or tokens[at + 1].fold in _NO_CLOCK or not _is_hour(tokens, index):
        return False
    sentence = tokens.sentence_of(index)
    near = range(max(0, index - _OPEN_REACH), index + _OPEN_REACH)
    words = _OPEN | _STAFFED if first or second else _OPEN
    return any(tokens[place].fold in words and tokens.sentence_of(place) == sentence for place in near)


def _is_hour(tokens: Tokens, index: int) -> bool:
    """Tell whether a token can be an hour of the day."""
    token = tokens[index]
    if token.kind == "number":
        return token.text.isdigit() and len(token.text) <= 2 and int(token.text) < _HOURS
    hour = read_word(token.text) if token.kind == "word" else None
    return hour is not None and hour % 1 == 0 and 0 < hour < _HOURS
