"""Approved records as what models learn from and are measured by: for each annex its marked-up text and its gold."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline.exporting.exported import Exported, Run
from pipeline.exporting.marking import Mark, disjoint, marked_line, trimmed
from pipeline.recognising.sentences import sentence_starts
from pipeline.records.models import DateRecord, FigureRecord, OrganisationRecord, ProjectRecord, TextField

_LONGEST = 120
"""Words of a passage: as many as the encoder sees at once."""
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\n+")
_FIELD = re.compile(r"[^:\n]{1,40}: \S")
_UNKNOWN_KIND = "other"

_Json = dict[str, Any]


def export(run: Run) -> Exported:
    """Return ``ANNEX.txt`` and ``ANNEX.gold.json`` of each annex.

    Mentions of organisations and places are marked; of two that overlap only the longer, as marks do not nest.
    """
    files: dict[str, bytes] = {}
    left_out = 0
    for annex, records in run.annexes.items():
        files[f"{annex}.txt"] = "\n".join(_lines(annex, records)).encode()
        files[f"{annex}.gold.json"] = (json.dumps(_gold(annex, records), ensure_ascii=False, indent=1) + "\n").encode()
        for record in records:
            for field in ("title", "text"):
                marks = set(_mentions(record, field))
                left_out += len(marks) - len(disjoint(marks))
    return Exported(files, left_out)


def _lines(annex: str, records: Iterable[ProjectRecord]) -> Iterator[str]:
    """Give the lines of a file of training text: each passage, in its form, and a blank line after it."""
    yield f"# {annex}"
    yield ""
    form = "prose"
    for record in records:
        for own, passage in _passages(record):
            if own != form:
                yield f"## {own}"
                yield ""
                form = own
            yield from passage
            yield ""


def _passages(record: ProjectRecord) -> Iterator[tuple[str, list[str]]]:
    """Give the passages of a record with their forms: the title, then of each paragraph as many sentences as fit."""
    title = disjoint(_mentions(record, "title"))
    if record.title.strip():
        yield "heading", [marked_line(record.title, 0, len(record.title), title)]
    marks = disjoint(_mentions(record, "text"))
    for start, end in _pieces(record.text, (match.end() for match in _BLANK_LINE.finditer(record.text)), marks):
        paragraph = record.text[start:end]
        is_fields = all(_FIELD.match(line) for line in paragraph.strip().splitlines())
        breaks = {*sentence_starts(paragraph), *(match.end() for match in _LINE.finditer(paragraph))}
        passage: list[str] = []
        words = 0
        for first, last in _pieces(record.text, (start + at for at in breaks), marks, start, end):
            count = len(record.text[first:last].split())
            if passage and words + count > _LONGEST:
                yield "fields" if is_fields else "prose", passage
                passage, words = [], 0
            passage.append(marked_line(record.text, first, last, marks))
            words += count
        if passage:
            yield "fields" if is_fields else "prose", passage


def _pieces(
    text: str, breaks: Iterable[int], marks: Sequence[Mark], start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int]]:
    """Divide a part of a text, but never within a mark; without white space around, and no empty ones."""
    end = len(text) if end is None else end
    places = sorted({at for at in breaks if start < at < end and not any(m.start < at < m.end for m in marks)})
    for first, last in zip([start, *places], [*places, end], strict=True):
        words = text[first:last]
        if words.strip():
            yield first + len(words) - len(words.lstrip()), first + len(words.rstrip())


def _mentions(record: ProjectRecord, field: TextField) -> Iterator[Mark]:
    named = [(f"org {one.kind or _UNKNOWN_KIND}", one.mentions) for one in record.organisations]
    named += [("loc", one.mentions) for one in record.locations]
    for label, mentions in named:
        for one in mentions:
            if one.field == field:
                yield trimmed(record.title if field == "title" else record.text, Mark(one.start, one.end, label))


def _gold(annex: str, records: Iterable[ProjectRecord]) -> _Json:
    return {"document": annex, "projects": [_project(record) for record in records]}


def _project(record: ProjectRecord) -> _Json:
    return {
        "ordinal": record.ordinal,
        "title": record.title,
        "aliases_title": [],
        "organisations": [_organisation(one) for one in record.organisations],
        "locations": [
            {"name": one.name, "kind": one.kind, "mentions": [mention.text for mention in one.mentions]}
            for one in record.locations
        ],
        "dates": [_date(one) for one in record.dates],
        "figures": [_figure(one) for one in record.figures],
        "footnotes": [{"marker": note.marker, "text": note.text} for note in record.footnotes],
    }


def _organisation(one: OrganisationRecord) -> _Json:
    return {
        "name": one.name,
        "aliases": [],
        "kind": one.kind,
        "mentions": [mention.text for mention in one.mentions],
        "roles": [role.role for role in one.roles],
        # The guidelines make every named website and app optional.
        "optional": one.kind == "platform",
    }


def _date(one: DateRecord) -> _Json:
    return one.model_dump(mode="json", include={"text", "edtf", "modifier", "part", "earliest", "latest", "role"})


def _figure(one: FigureRecord) -> _Json:
    values = one.model_dump(mode="json", include={"text", "kind", "value", "value_max", "comparator", "as_of"})
    return {**values, "units": [one.unit]}
