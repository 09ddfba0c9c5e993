"""What the values of a comparison or a decision say, in words for a person, in the language in use."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.messages import N_, _
from pipeline.showing.words import (
    DATE_ROLES,
    LOCATION_KINDS,
    ORGANISATION_KINDS,
    ROLES,
    amount_words,
    days_words,
)

Value = Mapping[str, Any]

KINDS = {
    "title": N_("title"),
    "organisation": N_("organisation"),
    "role": N_("role"),
    "date": N_("date"),
    "figure": N_("figure"),
    "location": N_("place"),
    "period": N_("running time"),
    "footnote": N_("footnote"),
    "text": N_("wording"),
    "warning": N_("warning"),
    "project": N_("project"),
    "boundary": N_("boundary"),
}
"""What a value is of: the kinds of a change and the subjects of a decision."""


def value_words(kind: str, value: Value) -> str:
    """Say what a value of a kind says: ``351 hotels``, ``15 July 2024``, ``Gemeente Ede``.

    Parameters
    ----------
    kind
        One of `KINDS`.
    value
        The keys that records have for it, as JSON has them.
    """
    match kind:
        case "organisation" | "location":
            return str(value["name"])
        case "role":
            role = str(value["role"])
            return _("{organisation} as {role}").format(
                organisation=value["organisation"], role=_(ROLES.get(role, role))
            )
        case "date" | "period":
            return days_words(_day(value["earliest"]), _day(value["latest"]))
        case "figure":
            top = value["value_max"]
            numbers = (_number(value["value"]), None if top is None else _number(top))
            return amount_words(value["kind"], *numbers, value["unit"], value["comparator"])
        case "footnote":
            return str(value["text"])
        case _:
            return str(value.get("title", ""))


def value_detail(kind: str, value: Value) -> str:
    """Say more of a value: the kind of a body or place, what a date counts as, the day that a figure is of."""
    match kind:
        case "organisation":
            known = str(ORGANISATION_KINDS.get(value.get("kind") or "", ""))
        case "location":
            known = LOCATION_KINDS.get(value.get("kind") or "", "")
        case "date":
            known = DATE_ROLES.get(value.get("role") or "", "")
        case "figure" if value.get("as_of"):
            return _("as of {date}").format(date=value["as_of"])
        case _:
            known = ""
    return _(known) if known else ""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(value: float | Decimal | str) -> Decimal:
    return Decimal(str(value))
