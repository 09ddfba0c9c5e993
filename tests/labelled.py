"""Cells as cases: a label, a marked-up value, and what a record holds of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pipeline.document import AlignedText, Document
from pipeline.extraction import FileSections, recognise_sections
from pipeline.records.models import ProjectRecord
from pipeline.register import folded
from pipeline.segmenting.labels import kind_of
from pipeline.segmenting.sections import Annex, Field, FieldKind, Section
from samples.attributes import numbers_of, units_of
from samples.markup import Mark, Piece, parse_piece

Entry = tuple[object, ...]


@dataclass(frozen=True)
class CellCase:
    """One line of a file of cells."""

    line: str
    kind: FieldKind | None
    label: str
    value: Piece


def cell_cases(path: Path) -> Iterator[CellCase]:
    """Give the cells of a file: ``kind | label | value``; the kind is that of the label where it is ``*``."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, label, value = (part.strip() for part in line.split("|", 2))
            given = None if kind == "none" else cast("FieldKind", kind)
            known = kind_of(label) if kind == "*" else given
            yield CellCase(line, known, label, parse_piece(value.replace("¶", "\n")))


def section_of(*fields: tuple[FieldKind | None, str, str], prose: str = "", title: str = "Een project") -> Section:
    """Return a section of lines ``Label: value``, with prose behind them."""
    body = ""
    placed = []
    for kind, label, value in fields:
        start = len(body)
        body += f"{label}: {value}"
        placed.append(Field(kind, (start, start + len(label)), (start + len(label) + 2, len(body))))
        body += "\n"
    text = body.rstrip("\n") + (f"\n\n{prose}" if prose else "")
    return Section(AlignedText(title), AlignedText(text), is_doubtful=False, fields=tuple(placed))


def record_of(section: Section) -> ProjectRecord:
    """Return the record that a section gives."""
    return records_of(section)[0]


def records_of(*sections: Section) -> list[ProjectRecord]:
    """Return the records of an annex of these sections."""
    document = Document("a.txt", "0" * 64, "text/plain", "none", (), 0, paged=False)
    (annex,) = recognise_sections(FileSections(document, (Annex(None, None, sections),)), annex_id="a")
    return list(annex.records)


def wanted(piece: Piece) -> tuple[set[Entry], set[Entry]]:
    """Return what must be found in a cell, and what may be."""
    must: set[Entry] = set()
    may: set[Entry] = set()
    for mark in piece.marks:
        (may if mark.optional else must).update(_entries(mark, piece.words(mark)))
    return must, must | may


def _entries(mark: Mark, words: str) -> Iterator[Entry]:
    name = folded(mark.value or words)
    given = mark.attributes
    if mark.kind == "org":
        yield ("org", name)
        yield from (("role", name, role) for role in given.get("role", "").split(",") if role)
    elif mark.kind == "loc":
        yield ("loc", name)
    elif mark.kind == "date":
        yield ("date", words, mark.value, given.get("modifier"), given.get("part"), given.get("role"))
    else:
        low, high = numbers_of(mark.value or "")
        unit = units_of(mark.kind, given)[0]
        yield ("figure", words, mark.kind, low, high, unit, given.get("cmp", "="))


def found(record: ProjectRecord) -> set[Entry]:
    """Return what a record holds, in the same form."""
    entries: set[Entry] = {("loc", folded(place.name)) for place in record.locations}
    for body in record.organisations:
        entries.add(("org", folded(body.name)))
        entries |= {("role", folded(body.name), role.role) for role in body.roles}
    entries |= {("date", d.text, d.edtf, d.modifier, d.part, d.role) for d in record.dates}
    for f in record.figures:
        high = None if f.value_max is None else float(f.value_max)
        entries.add(("figure", f.text, f.kind, float(f.value), high, f.unit, f.comparator))
    return entries
