"""Cuts a text into the words and numbers that can be part of a date.

Only what can be part of a date becomes a token; all other text is the gap between two of them.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from pipeline.recognising.dates.lexicon import APOSTROPHE, SPACE, fold, one_of, words
from pipeline.recognising.dates.spelled import day_pattern, spelled_numbers, spelled_year, year_pattern

_YEAR_DIGITS = 4


class Token(NamedTuple):
    """A word or number that can be part of a date."""

    kind: str
    start: int
    end: int
    value: Any
    """A number, a code, a modifier or, for a whole date, (year, month, day)."""


@cache
def _phrases() -> dict[str, tuple[str, Any]]:
    """Map each folded phrase to its kind and value."""
    known = words()
    table: dict[str, tuple[str, Any]] = {}

    def add(kind: str, entries: dict[str, Any]) -> None:
        table.update({fold(phrase): (kind, value) for phrase, value in entries.items()})

    for kind, section in (
        ("month", "months"),
        ("season", "seasons"),
        ("seasons", "seasons_plural"),
        ("ordinal", "ordinals"),
        ("unit", "units"),
        ("code", "codes"),
        ("code_of_year", "codes_of_year"),
        ("tens", "decades"),
        ("decade", "decades_adjective"),
        ("school", "school_years"),
        ("part", "parts"),
        ("modifier", "modifiers"),
        ("approximate", "approximate"),
    ):
        add(kind, known[section])
    add("short_month", known["months_short"])
    add("short_month", {f"{name}.": number for name, number in known["months_short"].items()})
    for kind in ("decade", "between", "now", "week"):
        add("jaren" if kind == "decade" else kind, dict.fromkeys(known["words"][kind]))
    return table


@cache
def _scanner() -> re.Pattern[str]:
    short = one_of(words()["months_short"])
    month = f"{one_of(words()['months'])}|{short}\\.?"
    stretch = words()["stretches"]
    holidays = [name for kind in ("fixed", "easter", "weekday") for name in words()["holidays"][kind]]
    return re.compile(
        rf"""
          (?P<link>(?<!\w)(?:https?://|www\.)[^\s]{{1,2000}})
        | (?<!\w)(?P<iso>(?:(?<![\w/.-])|(?<=\d-\d\d/))
          \d{{4}}(?:(?P<cut>[-/.])\d\d(?P=cut)\d\d|-\d{{1,2}}-\d{{1,2}}|/\d{{1,2}}/\d{{1,2}})(?![\w-]|\.\d|/(?!\d{{4}}-\d\d-)\d))
        | (?<!\w)(?:(?<!\d[-/.])|(?<=[-/.]\d{{4}}[-/])
            |(?:(?<=\d/\d-)|(?<=\d/\d\d-))(?<!\d{{3}}/\d-)(?<!\d{{3}}/\d\d-)(?=\d{{1,2}}/))
          (?P<dmy>\d{{1,2}}(?P<sep>\s?[-/.]\s?)\d{{1,2}}(?P=sep)(?:\d{{4}}|[{APOSTROPHE}]\d\d|(?<=\d\d[-/.]\d\d[-/.])\d\d|(?<=\d[-/])\d\d)
          (?!\w|[-/.]?\d(?!\d?[-/.])))
        | (?<![\w-])(?P<dby>\d{{1,2}}[-/](?:{month})[-/](?:\d{{4}}|\d\d)(?!\w)|\d{{4}}[-/](?:{month})[-/]\d{{1,2}}(?!\w)
            |(?:{month})[-/]\d{{1,2}}[-/]\d{{4}}(?!\w)
            |(?:\d{{1,2}}[-/]\d{{4}}|\d{{4}}[-/]\d{{1,2}})[-/](?:{month})(?!\w))
        | (?P<short>[{APOSTROPHE}]\d\d(?!\w))
        | (?<!\w)(?P<isoweek>\d{{4}}-?W\d\d(?!\w)|(?:{one_of(words()["words"]["week"])})\d{{1,2}}(?!\w))
        | (?<!\w)(?P<stretch>{one_of(stretch["edges"])}{SPACE}
            (?:(?:{one_of(stretch["counts"])}|\d{{1,2}}){SPACE})?{one_of(stretch["units"])}(?!\w))
        | (?<!\w)(?P<counted>(?:{one_of(words()["ordinals"])}|\d{{1,2}}(?:ste|de|e)){SPACE}
            {one_of(words()["weekdays"])}(?!\w))
        | (?<!\w)(?P<holiday>{one_of(holidays)}(?!\w))
        | (?<!\w)(?P<spelled_day>(?:{day_pattern()})(?={SPACE}(?:{month})(?!\w)))
        | (?<!\w)(?P<spelled_year>{year_pattern()}(?!\w))
        | (?<!\w)(?P<glued>\d{{4}}(?P<glued_code>{one_of(words()["codes"])})(?!\w))
        | (?<![\w/.,-])(?P<dotted>(?:0[1-9]|1[0-2])\.(?:19|20)\d\d(?!\w|[-/.,:]\w))
        | (?<![\w-])(?P<planned>(?P<planned_code>{one_of(_figure_first())})\d{{4}}(?!\w))
        | (?<!\w)(?:
              (?P<ordinal>\d{{1,2}}(?:ste|de|e)(?!\w))
            | (?P<number>\d+(?:[.,]\d+)*(?!\w|[.,]\d))
            | (?P<word>{one_of(_phrases())}(?!\w))
            | (?P<other>\d\w*(?!\w))
          )
        | (?P<sign>±)
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text, in order. Takes time in proportion to the text."""
    last = 0
    for match in _scanner().finditer(text):
        for token in _tokens(match):
            if token.kind == "short" and token.start != last and text[token.start - 1 : token.start].isalnum():
                continue  # the apostrophe is part of a word, unless that is a month or quarter: mei'24
            last = token.end
            yield token


def _tokens(match: re.Match[str]) -> Iterator[Token]:
    start, end = match.span()
    if match["word"]:
        phrase = _phrases().get(fold(match["word"]))
        if phrase:
            yield Token(phrase[0], start, end, phrase[1])
    elif match["number"]:
        digits = match["number"]
        is_number = digits.isascii() and digits.isdigit() and len(digits) <= _YEAR_DIGITS
        yield Token("number" if is_number else "other", start, end, digits)
    elif match["ordinal"]:
        yield Token("ordinal", start, end, int(re.sub(r"\D", "", match["ordinal"])))
    elif match["short"]:
        yield Token("short", start, end, int(match["short"][1:]))
    elif match["sign"]:
        yield Token("sign", start, end, None)
    elif match["dmy"] or match["iso"] or match["dby"]:
        yield Token("date", start, end, _whole(match))
    elif match["stretch"]:
        yield Token("stretch", start, end, _stretch(match["stretch"]))
    elif match["counted"]:
        nth, day = match["counted"].rsplit(maxsplit=1)
        yield Token("counted", start, end, (_nth(nth), words()["weekdays"][fold(day)]))
    elif match["holiday"]:
        yield Token("holiday", start, end, fold(match["holiday"]))
    elif match["spelled_day"]:
        yield Token("number", start, end, str(spelled_numbers()[fold(match["spelled_day"])]))
    elif match["spelled_year"]:
        spelled = spelled_year(match["spelled_year"])
        if spelled:
            yield Token("spelled", start, end, spelled)
    elif match["isoweek"]:
        *year, week = re.findall(r"\d+", match["isoweek"])
        yield Token("week", start, end, (int(year[0]) if year else None, int(week)))
    elif match["glued"]:
        middle = match.start("glued_code")
        yield Token("number", start, middle, match["glued"][: middle - start])
        yield Token("code", middle, end, _phrases()[fold(match["glued_code"])][1])
    elif match["dotted"]:
        yield from _dotted(start, end, match["dotted"])
    elif match["planned"]:
        kind, code = _phrases()[fold(match["planned_code"])]
        yield Token(kind, start, end - _YEAR_DIGITS, code)
        yield Token("number", end - _YEAR_DIGITS, end, match["planned"][-_YEAR_DIGITS:])
    else:
        yield Token("other", start, end, None)


def _dotted(start: int, end: int, digits: str) -> Iterator[Token]:
    """Cut ``05.2024`` into a month and a year."""
    middle = end - _YEAR_DIGITS
    yield Token("number", start, middle - 1, digits[: -_YEAR_DIGITS - 1])
    yield Token("number", middle, end, digits[-_YEAR_DIGITS:])


def _figure_first() -> list[str]:
    """Return the codes that a year may be glued to: ``2H2024``."""
    return [code for kind in ("codes", "codes_of_year") for code in words()[kind] if code[0].isdigit()]


def _nth(phrase: str) -> int:
    """Read an ordinal in words or digits."""
    digits = re.sub(r"\D", "", phrase)
    return int(digits) if digits else int(words()["ordinals"][fold(phrase)])


def _stretch(phrase: str) -> tuple[int, int]:
    """Read ``eerste negen maanden``: which end of the year, and how many months."""
    known = words()["stretches"]
    edge, *count, unit = fold(phrase).split()
    number = (int(count[0]) if count[0].isdecimal() else known["counts"][count[0]]) if count else 1
    return known["edges"][edge], number * known["units"][unit]


def _whole(match: re.Match[str]) -> tuple[int, int, int]:
    """Read a date that is written in one piece."""
    if match["iso"]:
        year, month, day = re.split("[-/.]", match["iso"])
        return int(year), int(month), int(day)
    if match["dby"]:
        fields = re.split("[-/]", match["dby"])
        name = next(field for field in fields if not field.isdecimal())
        first, last = (field for field in fields if field.isdecimal())
        day, year = (last, first) if len(first) == 4 else (first, last)
        return full_year(year), _phrases()[fold(name)][1], int(day)
    day, month, year = re.split("[-/.]", match["dmy"])
    return full_year(year.strip().strip(APOSTROPHE)), int(month), int(day)


def full_year(digits: str | int) -> int:
    """Return a year that may be written with two digits: ``24`` is 2024, ``98`` is 1998."""
    year = int(digits)
    if year > 99:
        return year
    return year + (2000 if year < 50 else 1900)
