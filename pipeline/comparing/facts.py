"""The facts of a record, each with what it says and where."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.comparing.models import ChangeKind, Place, Side
from pipeline.records.models import (
    Cue,
    DateRecord,
    FigureRecord,
    Mention,
    OrganisationRecord,
    ProjectRecord,
    RoleRecord,
)

DATE_KEYS = ("edtf", "modifier", "part", "interval", "earliest", "latest", "role")
FIGURE_KEYS = ("kind", "value", "value_max", "unit", "comparator", "as_of")
ORGANISATION_KEYS = ("name", "register_id", "kind", "status", "link")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a record says."""

    kind: ChangeKind
    record: ProjectRecord
    path: str
    """JSON pointer into the record."""
    value: Mapping[str, Any]
    """The keys of the record that say what it means, as JSON has them."""
    places: tuple[Place, ...]

    def side(self) -> Side:
        """Return it as a side of a change."""
        return Side(record=self.record.id, path=self.path, value=dict(self.value), places=list(self.places))


def organisations_of(records: Sequence[ProjectRecord]) -> list[tuple[Fact, OrganisationRecord]]:
    """Return the organisations of records in order."""
    return [
        (
            Fact("organisation", record, f"/organisations/{number}", organisation_value(one), _places(one.mentions)),
            one,
        )
        for record in records
        for number, one in enumerate(record.organisations)
    ]


def role_of(owner: Fact, organisation: OrganisationRecord, number: int) -> Fact:
    """Return a role of an organisation; it stands where the words are that give it, then where its bearer is named."""
    role = organisation.roles[number]
    return Fact(
        "role",
        owner.record,
        f"{owner.path}/roles/{number}",
        role_value(organisation, role),
        (_cue_place(owner.record, role.cue), *_places(organisation.mentions)),
    )


def dates_of(records: Sequence[ProjectRecord]) -> list[Fact]:
    """Return the dates of records in text order."""
    return [
        Fact("date", record, f"/dates/{number}", date_value(one), (_place(one),))
        for record in records
        for number, one in enumerate(record.dates)
    ]


def figures_of(records: Sequence[ProjectRecord]) -> list[Fact]:
    """Return the figures of records in text order."""
    return [
        Fact("figure", record, f"/figures/{number}", figure_value(one), (_place(one),))
        for record in records
        for number, one in enumerate(record.figures)
    ]


def locations_of(records: Sequence[ProjectRecord]) -> list[Fact]:
    """Return the places of records in order."""
    return [
        Fact("location", record, f"/locations/{number}", {"name": one.name, "kind": one.kind}, _places(one.mentions))
        for record in records
        for number, one in enumerate(record.locations)
    ]


def periods_of(records: Sequence[ProjectRecord]) -> Iterator[Fact]:
    """Return the running time of each record that gives one."""
    for record in records:
        if record.period.earliest or record.period.latest:
            yield Fact("period", record, "/period", record.period.model_dump(mode="json"), ())


def footnotes_of(records: Sequence[ProjectRecord]) -> list[Fact]:
    """Return the footnotes of records in order."""
    return [
        Fact("footnote", record, f"/footnotes/{number}", {"marker": one.marker, "text": one.text}, ())
        for record in records
        for number, one in enumerate(record.footnotes)
    ]


def organisation_value(one: OrganisationRecord) -> dict[str, Any]:
    """Return what a record says of an organisation, without its roles and places."""
    return one.model_dump(mode="json", include=set(ORGANISATION_KEYS))


def role_value(organisation: OrganisationRecord, role: RoleRecord) -> dict[str, Any]:
    """Return what a record says of a role: whose it is, and which."""
    return {"organisation": organisation.name, "role": role.role}


def date_value(one: DateRecord) -> dict[str, Any]:
    """Return what a date means."""
    return one.model_dump(mode="json", include=set(DATE_KEYS))


def figure_value(one: FigureRecord) -> dict[str, Any]:
    """Return what a figure means."""
    return one.model_dump(mode="json", include=set(FIGURE_KEYS))


def _places(mentions: Sequence[Mention]) -> tuple[Place, ...]:
    return tuple(Place(**mention.model_dump()) for mention in mentions)


def _place(one: DateRecord | FigureRecord) -> Place:
    return Place(
        field="text",
        start=one.start,
        end=one.end,
        text=one.text,
        page=one.page,
        boxes=one.boxes,
        next_page_boxes=one.next_page_boxes,
    )


def _cue_place(record: ProjectRecord, cue: Cue) -> Place:
    """Return the place of a cue: a record keeps no boxes of it, and its page only where there is but one."""
    page = record.pages[0] if len(record.pages) == 1 else None
    return Place(**cue.model_dump(), page=page, boxes=[], next_page_boxes=[])
