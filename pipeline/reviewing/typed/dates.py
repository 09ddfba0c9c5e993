"""Dates as a person types and reads them: ``15 juli 2024``, ``end of 2025``, ``2024-07/..``."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from pydantic import ValidationError

from pipeline.comparing.facts import date_value as date_keys
from pipeline.messages import N_, _
from pipeline.recognising.dates.grammar import expressions
from pipeline.recognising.dates.values import date_value
from pipeline.recognising.spans import DateValue
from pipeline.records.edtf import is_edtf
from pipeline.records.models import DateRecord
from pipeline.reviewing.typed.english import LEAD, dutch_date
from pipeline.reviewing.typed.wrong import LONGEST, TypedError
from pipeline.showing.words import day_words, month_words

Values = Mapping[str, Any]

NOWHERE: Mapping[str, Any] = {
    "start": 0,
    "end": 0,
    "text": "",
    "confidence": 1.0,
    "page": None,
    "boxes": [],
    "next_page_boxes": [],
}
"""What a date or figure of a record has besides its value."""
_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(~?)")
_OPEN = ".."
_PERIODS: Mapping[str, str] = {
    "21": N_("spring of {year}"),
    "22": N_("summer of {year}"),
    "23": N_("autumn of {year}"),
    "24": N_("winter of {year}"),
    "33": N_("Q1 {year}"),
    "34": N_("Q2 {year}"),
    "35": N_("Q3 {year}"),
    "36": N_("Q4 {year}"),
    "40": N_("first half of {year}"),
    "41": N_("second half of {year}"),
}
"""EDTF's seasons, quarters and halves; what they are called, and all that follows, is read back."""
_DUTCH_PERIODS: Mapping[str, str] = {
    "21": "lente",
    "22": "zomer",
    "23": "herfst",
    "24": "winter",
    "33": "Q1",
    "34": "Q2",
    "35": "Q3",
    "36": "Q4",
    "40": "eerste helft",
    "41": "tweede helft",
}
"""The same as the reading of dates knows them."""
_PARTS: Mapping[str, str] = {"begin": N_("start of {date}"), "mid": N_("mid {date}"), "end": N_("end of {date}")}
_BOUNDS: Mapping[str, str] = {
    "from": N_("since {date}"),
    "after": N_("after {date}"),
    "until": N_("until {date}"),
    "through": N_("through {date}"),
    "by": N_("no later than {date}"),
}


def typed_date(words: str, role: str = "", said: Values | None = None) -> dict[str, Any]:
    """Return the value of a date.

    Parameters
    ----------
    words
        As it is written in Dutch or English, or EDTF: ``15 juli 2024``, ``Q3 2024``, ``from May 2023``, ``2024-07/..``.
    role
        What it is to the project; empty where it is nothing to it.
    said
        What it said before: words that are left as `shown_date` has them mean just that.

    Raises
    ------
    TypedError
        When it is no date with a year, or there is no such role.
    """
    words = " ".join(words.split())[:LONGEST]
    if said is not None and words == shown_date(said):
        value = dict(said)
    else:
        found = read_date(words)
        if found is None:
            raise TypedError(
                "date", "this is no date with a year; write it as 15 juli 2024, Q3 2024, 2024-07-15 or 2024/2026"
            )
        value = asdict(found)
    try:
        return date_keys(DateRecord.model_validate({**NOWHERE, **value, "role": role or None}))
    except ValidationError:
        raise TypedError("role", "choose one of the list") from None


def shown_date(value: Values) -> str:
    """Return what a field shows of a date: words in the language in use, or EDTF where they would not say all of it."""
    words = _words_of(value)
    found = read_date(words) if words else None
    if found is not None and _same(found, value):
        return words
    return str(value["interval"])


def read_date(words: str) -> DateValue | None:
    """Read a date in words or EDTF; None where it is none, or gives no year."""
    first, slash, last = words.partition("/")
    if slash and is_edtf(words):
        if last == _OPEN:
            return _read(f"vanaf {_point_words(first)}")
        if first == _OPEN:
            return _read(f"tot en met {_point_words(last)}")
        return _read(f"van {_point_words(first)} tot en met {_point_words(last)}")
    return _read(_point_words(words))


def typed_as_of(words: str) -> str | None:
    """Return the date that a figure is of as EDTF, None where nothing was typed.

    Raises
    ------
    TypedError
        When it is no date.
    """
    words = " ".join(words.split())[:LONGEST]
    if not words or is_edtf(words):
        return words or None
    found = read_date(words)
    if found is None:
        raise TypedError("as_of", "this is no date; write it as 15 juli 2024 or 2024-07-15")
    return found.edtf


def typed_day(field: str, words: str) -> str | None:
    """Return the first or last day of a running time as ISO has it; None where nothing was typed.

    Parameters
    ----------
    field
        ``earliest`` or ``latest``: of ``juli 2024`` it is the first or the last day.

    Raises
    ------
    TypedError
        When it is no date.
    """
    words = " ".join(words.split())[:LONGEST]
    if not words:
        return None
    found = read_date(words)
    day = None if found is None else found.earliest if field == "earliest" else found.latest
    if day is None:
        raise TypedError(field, "this is no day; write it as 15 juli 2024 or 2024-07-15")
    return day.isoformat()


def _read(words: str) -> DateValue | None:
    """Read a date of which every word is understood."""
    words = dutch_date(words)
    found = list(expressions(words))
    if not found:
        return None
    lead = words[: found[0].start].strip().lower()
    return date_value(words[found[0].start :]) if not lead or lead in LEAD else None


def _point_words(point: str) -> str:
    """Return a point of EDTF in Dutch words, as far as the reading of dates does not know it as it is."""
    found = _POINT.fullmatch(point)
    if found is None:
        return point
    year, part, day, about = found.groups()
    code = f"{_DUTCH_PERIODS[part]} {year}" if part in _DUTCH_PERIODS and not day else point.rstrip("~")
    return f"circa {code}" if about else code


def _words_of(value: Values) -> str:
    """Say what a date says; nothing where there are no words for it."""
    first, _slash, last = str(value["edtf"]).partition("/")
    words = _point_said(first)
    if last and words:
        end = _point_said(last)
        words = _("from {first} through {last}").format(first=words, last=end) if end else ""
    if not words:
        return ""
    for said in (_PARTS.get(value["part"]), _BOUNDS.get(value["modifier"])):
        words = _(said).format(date=words) if said else words
    return words


def _point_said(point: str) -> str:
    found = _POINT.fullmatch(point)
    if found is None:
        return ""
    year, month, day, about = found.groups()
    if month in _PERIODS:
        words = _(_PERIODS[month]).format(year=year)
    else:
        try:
            first = date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            return ""
        words = day_words(first) if day else month_words(first) if month else year
    return _("about {date}").format(date=words) if about else words


def _same(found: DateValue, value: Values) -> bool:
    said = {name: each.isoformat() if isinstance(each, date) else each for name, each in asdict(found).items()}
    return all(said[name] == value[name] for name in said)
