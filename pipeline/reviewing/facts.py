"""All facts of a record, each with a name to point at: what questions are about and hands change."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.comparing import facts
from pipeline.comparing.models import ChangeKind, Place, Side
from pipeline.records.models import ProjectRecord


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a record says."""

    kind: ChangeKind
    side: Side
    confidence: float
    """1 where there is none."""

    @property
    def key(self) -> str:
        """Name of the fact: the same as long as it says the same of the same place; 16 hexadecimal digits."""
        places = [(place.field, place.start, place.end) for place in self.side.places]
        said = json.dumps([self.kind, self.side.record, self.side.value, places], sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def facts_of(record: ProjectRecord) -> list[Fact]:
    """Return what a record says: its title, then kind by kind in the order of the record, roles behind their body."""
    title = Side(record=record.id, path="/title", value={"title": record.title}, places=[title_place(record)])
    return [Fact("title", title, 1.0), *_facts(record)]


def title_place(record: ProjectRecord) -> Place:
    """Return the title as a place; it has no boxes."""
    page = record.pages[0] if record.pages else None
    return Place(
        field="title", start=0, end=len(record.title), text=record.title, page=page, boxes=[], next_page_boxes=[]
    )


def _facts(record: ProjectRecord) -> Iterator[Fact]:
    for owner, body in facts.organisations_of([record]):
        yield Fact("organisation", owner.side(), body.confidence)
        for number, role in enumerate(body.roles):
            yield Fact("role", facts.role_of(owner, body, number).side(), role.confidence)
    for date, found in zip(facts.dates_of([record]), record.dates, strict=True):
        yield Fact("date", date.side(), found.confidence)
    for figure, read in zip(facts.figures_of([record]), record.figures, strict=True):
        yield Fact("figure", figure.side(), read.confidence)
    for location, place in zip(facts.locations_of([record]), record.locations, strict=True):
        yield Fact("location", location.side(), place.confidence)
    for one in (*facts.periods_of([record]), *facts.footnotes_of([record])):
        yield Fact(one.kind, one.side(), 1.0)
