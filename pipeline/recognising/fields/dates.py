"""What the dates of a cell are to the project, which its label says."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.recognising.dates.finding import find_dates
from pipeline.recognising.dates.lexicon import one_of, words
from pipeline.recognising.dates.subjects import about
from pipeline.recognising.dates.values import date_value
from pipeline.recognising.extents import Extents
from pipeline.recognising.fields.labels import is_reference
from pipeline.recognising.fields.numbers import holds_words
from pipeline.recognising.spans import DateMention, DateRole
from pipeline.segmenting.sections import FieldKind

DATED: frozenset[FieldKind] = frozenset({"period", "start", "end", "date"})
"""Kinds of labels under which dates stand."""
_TWO_YEARS = re.compile(r"(\d{4})/(\d{4})")
_BEFORE_AMOUNT = re.compile(r"\s?[:=]?\s(?:€|EUR\b|euro\b)")
_LABELLED: dict[str, DateRole] = {"period": "period", "start": "start", "end": "end"}
_PARTS: dict[str | None, DateRole] = {"begin": "start", "mid": "start", "end": "end"}
_BOUNDS: dict[str | None, DateRole] = {"from": "start", "until": "end", "through": "end", "by": "end"}


def labelled_dates(dates: Sequence[DateMention], kind: FieldKind, label: str) -> list[DateMention]:
    """Return the dates of a cell with their roles: what the cell itself says goes before what the label says.

    Where the label is about something else than the project (`Evaluatieperiode`), they have none.
    """
    if kind == "date":
        return [replace(date, role="reference" if is_reference(label) else None) for date in dates]
    if about(label, "").subject == "other":
        return [replace(date, role=None) for date in dates]
    return [_labelled(_of_school(date, label), _LABELLED[kind]) for date in dates]


def _of_school(date: DateMention, label: str) -> DateMention:
    """Return a date with two years that follow each other as the school year that its label makes of it."""
    school = _school().search(label)
    years = _TWO_YEARS.fullmatch(date.value.edtf)
    if school is None or years is None or date.value.modifier or int(years[2]) != int(years[1]) + 1:
        return date
    value = date_value(f"{school[0]} {years[1]}/{years[2]}")
    return replace(date, value=value) if value else date


def years_of_amounts(text: str, found: Sequence[DateMention]) -> list[DateMention]:
    """Return the dates of a cell for money: those found by the rules for prose, and each year before an amount.

    ``2023 € 40.000, 2024 € 60.000``
    """
    taken = Extents((d.start, d.end) for d in found)
    years = [
        date
        for date in find_dates(text, is_labelled=True)
        if _BEFORE_AMOUNT.match(text, date.end) and not taken.overlaps(date.start, date.end)
    ]
    return sorted([*found, *years], key=lambda d: d.start)


def said_by_label(text: str, label: str, dates: Sequence[DateMention]) -> list[DateMention]:
    """Return the dates of a cell that holds nothing else with the roles that prose would give them behind the label.

    ``Jaar van afronding: 2030`` is an end, ``Startdatum evaluatie: mei 2026`` nothing of the project.
    """
    if not dates or holds_words(text, [(date.start, date.end) for date in dates]):
        return list(dates)
    before = f"{label.strip(' :')}: "
    roles = {date.start - len(before): date.role for date in find_dates(before + text, is_labelled=True)}
    return [
        replace(date, role=role, is_labelled=role in _LABELLED.values())
        for date in dates
        for role in [roles.get(date.start, date.role)]
    ]


def _labelled(date: DateMention, role: DateRole) -> DateMention:
    own: DateRole | None = None if date.role == "period" else date.role
    if own is None and role == "period":
        own = _BOUNDS.get(date.value.modifier) or _PARTS.get(date.value.part)
        if date.value.modifier == "after":
            return date
    return replace(date, role=own or role, is_labelled=True)


@cache
def _school() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){one_of(words()['school_years'])}(?!\w)", re.IGNORECASE)
