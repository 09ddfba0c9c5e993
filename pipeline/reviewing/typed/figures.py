"""Figures as a person types and reads them: ``351``, ``1,2 miljoen euro``, ``about 40``, ``12 tot 15``, ``47%``."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from pipeline.comparing.facts import figure_value as figure_keys
from pipeline.messages import _
from pipeline.recognising.figures.find import read_value
from pipeline.recognising.numbers import LARGEST
from pipeline.recognising.spans import FigureValue
from pipeline.records.models import FigureRecord
from pipeline.reviewing.typed.dates import NOWHERE, typed_as_of
from pipeline.reviewing.typed.english import dutch_figure
from pipeline.reviewing.typed.wrong import LONGEST, TypedError
from pipeline.showing.words import FIGURE_KINDS

Values = Mapping[str, Any]

_NUMBER = re.compile(r"[-−]?(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)")
_EITHER = re.compile(r"[-−]?[1-9]\d{0,2}([.,])\d{3}")
"""What is a number of thousands in one language and a fraction in the other."""
_DIGITS = 15
"""Digits that a number with a fraction keeps as a JSON number."""
_NOUN = "stuks"
"""What stands for the noun that is counted where none was typed: a bare number is no figure to the recogniser."""
_FIRST_KIND = "count"
_UNITS: Mapping[str, str] = {"percentage": "%", "age": "year"}
"""Units of the kinds that have but one, or most often this one."""


def typed_figure(fields: Mapping[str, str], said: Values | None = None) -> dict[str, Any]:
    """Return the value of a figure.

    Parameters
    ----------
    fields
        ``value``, ``value_max``, ``unit``, ``kind``, ``comparator`` and ``as_of`` as they were typed or chosen; what is
        missing was left as it was. ``value`` is a number, or words that say more: what they say of the other fields
        holds where these were left as they were.
    said
        What it said before: what is left as it was shown means just that.

    Raises
    ------
    TypedError
        When a number is none, the unit is none of its kind, or the day that it is of is no date.
    """
    shown = shown_figure(said)
    typed = {name: " ".join(fields.get(name, shown[name]).split())[:LONGEST] for name in FIELDS}
    left = {name for name in FIELDS if typed[name] == shown[name]}
    value: dict[str, Any] = {
        name: said[name] if said is not None and name in left else typed[name] or None for name in FIELDS
    }
    value["kind"] = value["kind"] or _FIRST_KIND
    value["comparator"] = value["comparator"] or "="
    if value["kind"] not in FIGURE_KINDS:
        raise TypedError("kind", "choose one of the list")
    if "value_max" not in left:
        value["value_max"] = _number("value_max", typed["value_max"])
    if "value" not in left or said is None:
        value |= _read(typed, left, value)
    if value["value_max"] is not None and Decimal(str(value["value_max"])) < Decimal(str(value["value"])):
        raise TypedError("value_max", "the upper number is less than the lower one")
    if not {"unit", "kind"} <= left or said is None:
        value["unit"] = _unit(value["kind"], value["unit"])
    if "as_of" not in left:
        value["as_of"] = typed_as_of(typed["as_of"])
    try:
        return figure_keys(FigureRecord.model_validate({**NOWHERE, **value}))
    except ValidationError:
        raise TypedError("comparator", "choose one of the list") from None


FIELDS = ("kind", "value", "value_max", "unit", "comparator", "as_of")
"""Those of a form for a figure."""


def shown_figure(value: Values | None) -> dict[str, str]:
    """Return what the fields of a form show of a figure; of none the first kind and nothing else."""
    if value is None:
        return {**dict.fromkeys(FIELDS, ""), "kind": _FIRST_KIND, "comparator": "="}
    numbers = {name: shown_number(value[name]) for name in ("value", "value_max")}
    return {name: str(value[name] or "") for name in FIELDS} | numbers


def shown_number(number: float | Decimal | str | None) -> str:
    """Return what a field shows of a number: its digits, a fraction behind the mark of the language in use."""
    if number is None:
        return ""
    return f"{Decimal(str(number)):f}".replace(".", _decimal_mark())


def _read(typed: Mapping[str, str], left: set[str], value: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the typed number, or words in its place, say."""
    words = typed["value"]
    if not words:
        raise TypedError("value", "write the number, such as 351, 1,2 miljoen euro or ongeveer 40")
    if _NUMBER.fullmatch("".join(words.split())):
        return {"value": _number("value", words)}
    found, is_whole = _words_read(words, typed["unit"])
    if found is None:
        raise TypedError("value", "this is no number; write it as 351, 4,5, 12 tot 15, 47% or 1,2 miljoen euro")
    made: dict[str, Any] = {"value": found.value}
    if "value_max" in left or not typed["value_max"]:
        made["value_max"] = found.value_max
    if found.comparator != "=" and ("comparator" in left or typed["comparator"] == "="):
        made["comparator"] = found.comparator
    if is_whole and found.unit != value["unit"]:
        if "kind" in left:
            made["kind"] = found.kind
        if "unit" in left and found.unit:
            made["unit"] = found.unit
    return made


def _words_read(words: str, unit: str) -> tuple[FigureValue | None, bool]:
    """Read a figure in words; and say whether these name what it counts, or only how many."""
    dutch = dutch_figure(words)
    if (found := read_value(dutch)) is not None:
        return found, True
    nouns = [unit, _NOUN] if unit.isalpha() else [_NOUN]
    tries = (f"{dutch} {noun}" for noun in nouns)
    return next((found for one in tries if (found := read_value(one)) is not None), None), False


def _unit(kind: str, unit: str | None) -> str | None:
    """Return a unit as records name it: ``EUR`` for ``euro``, ``month`` for ``maanden``."""
    if not unit:
        if kind in {"money", "duration", "measure"}:
            raise TypedError("unit", "write the unit, such as EUR, month or km")
        return _UNITS.get(kind)
    if kind in {"count", "ratio"}:
        return unit
    found = read_value(f"5 {dutch_figure(unit)}") or read_value(f"5{unit}")
    if found is not None and (found.kind == kind or (kind, found.kind) == ("age", "duration")):
        return found.unit
    raise TypedError("unit", "this is no unit of that kind; write it as EUR, %, month or km")


def _number(field: str, words: str) -> Decimal | None:
    """Return a number that was typed the Dutch or the English way."""
    words = "".join(words.split()).replace("−", "-")
    if not words:
        return None
    if not _NUMBER.fullmatch(words):
        raise TypedError(field, "this is no number; write it as 351, 1250000 or 4,5")
    marks = re.findall(r"[.,]", words)
    if (either := _EITHER.fullmatch(words)) and either[1] == _decimal_mark():
        whole = words.replace(either[1], "")
        raise TypedError(
            field, "this can be read in two ways; write {whole} or {fraction}", whole=whole, fraction=f"{words}0"
        )
    if len(marks) > 1 or either:
        words = words.replace(marks[0], "")  # it parts thousands; another one, behind it, the fraction
    words = words.replace(",", ".")
    number = Decimal(words)
    if abs(number) > LARGEST or (number != int(number) and len(number.as_tuple().digits) > _DIGITS):
        raise TypedError(field, "this number is larger, or more precise, than a record can hold")
    return number


def _decimal_mark() -> str:
    return _("1,234.5")[5]
