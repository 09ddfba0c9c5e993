"""What the dates of a cell are to the project, which its label says."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.recognising.fields.labels import is_reference
from pipeline.recognising.spans import DateMention, DateRole
from pipeline.segmenting.sections import FieldKind

DATED: frozenset[FieldKind] = frozenset({"period", "start", "end", "date"})
"""Kinds of labels under which dates stand."""
_LABELLED: dict[str, DateRole] = {"period": "period", "start": "start", "end": "end"}
_BOUNDS: dict[str | None, DateRole] = {"from": "start", "until": "end", "through": "end", "by": "end"}


def labelled_dates(dates: Sequence[DateMention], kind: FieldKind, label: str) -> list[DateMention]:
    """Return the dates of a cell with their roles: what the cell itself says goes before what the label says."""
    if kind == "date":
        role: DateRole | None = "reference" if is_reference(label) else None
        return [replace(date, role=role) for date in dates]
    return [_labelled(date, _LABELLED[kind]) for date in dates]


def _labelled(date: DateMention, role: DateRole) -> DateMention:
    own: DateRole | None = None if date.role == "period" else date.role
    if own is None and role == "period":
        own = _BOUNDS.get(date.value.modifier)
        if date.value.modifier == "after":
            return date
    return replace(date, role=own or role, is_labelled=True)
