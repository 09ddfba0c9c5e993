"""What must hold of records beyond their schema: offsets, order, ids, pages, boxes."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from pipeline.records.models import (
    AnnexFile,
    BoxModel,
    Cue,
    DateRecord,
    FigureRecord,
    Footnote,
    LocationRecord,
    Mention,
    OrganisationRecord,
    ProjectRecord,
    RepairRecord,
)
from pipeline.records.reading import ANNEX_FILE
from pipeline.records.slugs import unique_slugs
from pipeline.records.writing import record_file

T = TypeVar("T")

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[a-z]+(_[a-z]+)*")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the records that may not be so."""

    file: str
    """Relative to the folder that was checked."""
    where: str
    """Such as ``dates[2].text``; empty for the file as a whole."""
    template: str
    """English text with ``{names}`` for `values`."""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The text in English."""
        return self.template.format(**self.values)


def problem(file: str, where: str, template: str, /, **values: object) -> Problem:
    """Return a problem, the values of its message by name."""
    return Problem(file, where, template, values)


def annex_problems(annex: AnnexFile, records: Mapping[str, ProjectRecord]) -> list[Problem]:
    """Check an annex and its records, by file name: each in itself, and all against each other.

    Parameters
    ----------
    records
        Those that could be read; what ``annex.json`` lists and is not among them is not spoken of here.
    """
    found = list(_listing_problems(annex))
    for entry in annex.records:
        if record := records.get(entry.file):
            if (record.ordinal, record.id, record.title) != (entry.ordinal, entry.id, entry.title):
                found.append(problem(entry.file, "", "ordinal, id or title are not those that annex.json lists"))
            if not _is_of(record, annex):
                found.append(problem(entry.file, "annex", "is not the annex of annex.json"))
            found += record_problems(record, entry.file)
    return found


def _is_of(record: ProjectRecord, annex: AnnexFile) -> bool:
    """Whether a record is of an annex: of the same file, or, where it was approved before, of an earlier file of it."""
    mine, whole = record.annex, annex.annex
    return mine == whole or (mine.id == whole.id and mine.source.sha256 != whole.source.sha256)


def _listing_problems(annex: AnnexFile) -> Iterator[Problem]:
    annex_id, count = annex.annex.id, len(annex.records)
    if not _SLUG.fullmatch(annex_id):
        yield problem(ANNEX_FILE, "annex.id", "{id} is not a slug", id=annex_id)
    slugs = unique_slugs(entry.title for entry in annex.records)
    for number, (entry, wanted) in enumerate(zip(annex.records, slugs, strict=True), start=1):
        name = f"{number:0{max(2, len(str(count)))}d}-{wanted}.json"
        pairs = {
            "ordinal": (entry.ordinal, number),
            "id": (entry.id, f"{annex_id}/{wanted}"),
            "file": (entry.file, name),
        }
        for key, (there, right) in pairs.items():
            if there != right:
                where = f"records[{number - 1}].{key}"
                yield problem(ANNEX_FILE, where, "is {there} and should be {right}", there=there, right=right)
    yield from _warning_problems(ANNEX_FILE, [one.code for one in annex.warnings])


def record_problems(record: ProjectRecord, file: str = "") -> list[Problem]:
    """Check one record in itself."""
    return list(_Checker(record, file or record_file(record, 1)).problems())


class _Checker:
    """One record under check."""

    def __init__(self, record: ProjectRecord, file: str) -> None:
        self.record = record
        self.file = file
        self.pages = set(record.pages)
        self.paged = record.annex.source.pages > 0

    def fault(self, where: str, template: str, /, **values: object) -> Problem:
        return problem(self.file, where, template, **values)

    def problems(self) -> Iterator[Problem]:
        record = self.record
        yield from self.page_list()
        yield from self.repairs(record.repairs)
        yield from self.entities("organisations", record.organisations)
        yield from self.entities("locations", record.locations)
        for number, organisation in enumerate(record.organisations):
            yield from self.organisation(f"organisations[{number}]", organisation)
        yield from self.values("dates", record.dates)
        yield from self.values("figures", record.figures)
        for number, one in enumerate(record.dates):
            yield from self.bounds(f"dates[{number}]", one.earliest, one.latest)
        for number, figure in enumerate(record.figures):
            yield from self.bounds(f"figures[{number}]", figure.value, figure.value_max)
        yield from self.bounds("period", record.period.earliest, record.period.latest)
        yield from self.footnotes(record.footnotes)
        yield from _warning_problems(self.file, [one.code for one in record.warnings])

    def page_list(self) -> Iterator[Problem]:
        pages, last = self.record.pages, self.record.annex.source.pages
        if any(a >= b for a, b in pairwise(pages)):
            yield self.fault("pages", "the pages are not in ascending order")
        if bool(pages) != self.paged or any(page > last for page in pages):
            yield self.fault("pages", "the pages are not pages of the source, which has {count}", count=last)

    def repairs(self, repairs: Sequence[RepairRecord]) -> Iterator[Problem]:
        for number, repair in enumerate(repairs):
            yield from self.span(f"repairs[{number}]", repair.field, repair)
            if repair.raw == repair.text:
                yield self.fault(f"repairs[{number}]", "repairs nothing: raw and text are equal")
        yield from self.order("repairs", repairs, lambda one: (one.field == "text", one.start, one.end))
        for a, b in pairwise(repairs):
            if a.field == b.field and b.start < a.end:
                yield self.fault("repairs", "two repairs overlap at {start}", start=b.start)

    def entities(self, kind: str, entities: Sequence[OrganisationRecord | LocationRecord]) -> Iterator[Problem]:
        seen: set[tuple[str, str | None]] = set()
        for number, entity in enumerate(entities):
            where = f"{kind}[{number}]"
            key = (entity.name, entity.kind if kind == "locations" else None)  # Utrecht is a town and a province
            if key in seen:
                yield self.fault(where, "{name} is listed twice", name=entity.name)
            seen.add(key)
            if not entity.mentions:
                yield self.fault(where, "{name} has no mention", name=entity.name)
            for index, mention in enumerate(entity.mentions):
                yield from self.span(f"{where}.mentions[{index}]", mention.field, mention)
                yield from self.place(f"{where}.mentions[{index}]", mention)
            yield from self.order(f"{where}.mentions", entity.mentions, _mention_key)
        yield from self.order(
            kind, [one for one in entities if one.mentions], lambda one: _mention_key(one.mentions[0])
        )

    def organisation(self, where: str, organisation: OrganisationRecord) -> Iterator[Problem]:
        known = organisation.status == "known"
        if known != (organisation.register_id is not None) or known != (organisation.link != "none"):
            yield self.fault(where, "status, register_id and link contradict each other")
        for index, role in enumerate(organisation.roles):
            yield from self.span(f"{where}.roles[{index}].cue", role.cue.field, role.cue)
        roles = [role.role for role in organisation.roles]
        if len(roles) != len(set(roles)):
            yield self.fault(f"{where}.roles", "a role is listed twice")

    def values(self, kind: str, found: Sequence[DateRecord | FigureRecord]) -> Iterator[Problem]:
        for number, one in enumerate(found):
            yield from self.span(f"{kind}[{number}]", "text", one)
            yield from self.place(f"{kind}[{number}]", one)
        yield from self.order(kind, found, lambda one: (one.start, one.end))

    def footnotes(self, footnotes: Sequence[Footnote]) -> Iterator[Problem]:
        for number, one in enumerate(footnotes):
            if one.anchor > len(self.record.text):
                yield self.fault(f"footnotes[{number}].anchor", "lies outside the text")
        yield from self.order("footnotes", footnotes, lambda one: one.anchor)

    def span(
        self, where: str, name: str, one: RepairRecord | Mention | Cue | DateRecord | FigureRecord
    ) -> Iterator[Problem]:
        text = self.record.title if name == "title" else self.record.text
        if not one.start < one.end <= len(text):
            yield self.fault(where, "[{start}, {end}) lies outside the text", start=one.start, end=one.end)
        elif text[one.start : one.end] != one.text:
            there = text[one.start : one.end]
            yield self.fault(where, "says “{text}”, but “{there}” stands there", text=one.text, there=there)

    def place(self, where: str, one: Mention | DateRecord | FigureRecord) -> Iterator[Problem]:
        if (one.page is not None) != self.paged or (one.page is not None and one.page not in self.pages):
            yield self.fault(f"{where}.page", "is not among the pages of the record")
        if bool(one.boxes) != (one.page is not None):
            yield self.fault(f"{where}.boxes", "boxes and page do not go together")
        if one.next_page_boxes and (one.page is None or one.page + 1 not in self.pages):
            yield self.fault(f"{where}.next_page_boxes", "the page after is not among the pages of the record")
        for box in (*one.boxes, *one.next_page_boxes):
            if not _well_formed(box):
                yield self.fault(f"{where}.boxes", "{box} is no box [x0, top, x1, bottom]", box=list(box))

    def bounds(self, where: str, low: T | None, high: T | None) -> Iterator[Problem]:
        if low is not None and high is not None and low > high:  # type: ignore[operator]  # dates or numbers
            yield self.fault(where, "{low} is after {high}", low=low, high=high)

    def order(self, where: str, found: Iterable[T], key: Callable[[T], object]) -> Iterator[Problem]:
        keys = [key(one) for one in found]
        if any(a > b for a, b in pairwise(keys)):  # type: ignore[operator]  # all of one kind
            yield self.fault(where, "is not in the order of the text")


def _mention_key(mention: Mention) -> tuple[bool, int, int]:
    """Give the place of a mention: the title stands before the text."""
    return (mention.field == "text", mention.start, mention.end)


def _well_formed(box: BoxModel) -> bool:
    x0, top, x1, bottom = box
    return x0 <= x1 and top <= bottom and all(abs(edge) < float("inf") for edge in box)


def _warning_problems(file: str, codes: Iterable[str]) -> Iterator[Problem]:
    for number, code in enumerate(codes):
        if not _CODE.fullmatch(code):
            yield problem(file, f"warnings[{number}].code", "{code} is not a code", code=code)
