"""Sections as cases of what dates are to a project: its period, the roles of dates, what was counted when."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from labelled import records_of

from pipeline.document import AlignedText
from pipeline.records.models import ProjectRecord
from pipeline.segmenting.labels import kind_of
from pipeline.segmenting.sections import Field, Section
from samples.markup import Mark, parse_piece

Extent = tuple[int, int]
Bounds = tuple[str | None, str | None]


@dataclass(frozen=True)
class Reading:
    """What a section gives, or should give."""

    period: Bounds
    roles: frozenset[tuple[int, str]]
    """Where each date with a role ends, and the role."""
    as_of: frozenset[tuple[int, str]]
    """Where each figure with a reference date ends, and the date in EDTF."""


@dataclass(frozen=True)
class RoleCase:
    """One line of a file of such sections."""

    line: str
    section: Section
    wanted: Reading


def role_cases(path: Path) -> Iterator[RoleCase]:
    """Give the sections of a file: ``period | block ¶ block``, a block a paragraph or ``Label := value``."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            period, _, text = line.partition(" | ")
            earliest, _, latest = period.partition("..")
            yield _case(line, (earliest or None, latest or None), text.split(" ¶ "))


def _case(line: str, period: Bounds, blocks: list[str]) -> RoleCase:
    body = ""
    fields: list[Field] = []
    roles: set[tuple[int, str]] = set()
    as_of: set[tuple[int, str]] = set()
    was_field = False
    for number, block in enumerate(blocks):
        label, sign, value = block.partition(" := ")
        piece = parse_piece(value if sign else block)
        body += "" if not number else "\n" if sign and was_field else "\n\n"
        at = len(body) + (len(label) + 2 if sign else 0)
        if sign:
            fields.append(Field(kind_of(label), (len(body), len(body) + len(label)), (at, at + len(piece.plain))))
        body = body + (f"{label}: " if sign else "") + piece.plain
        roles |= set(_said(piece.marks, "role", at))
        as_of |= set(_said(piece.marks, "as_of", at))
        was_field = bool(sign)
    section = Section(AlignedText("Een project"), AlignedText(body), is_doubtful=False, fields=tuple(fields))
    return RoleCase(line, section, Reading(period, frozenset(roles), frozenset(as_of)))


def _said(marks: tuple[Mark, ...], key: str, at: int) -> Iterator[tuple[int, str]]:
    for mark in marks:
        if key in mark.attributes:
            yield mark.end + at, mark.attributes[key]


def readings(cases: list[RoleCase]) -> list[Reading]:
    """Return what the records of the sections hold, each a project of an annex of its own."""
    return [_reading(record) for case in cases for record in records_of(case.section)]


def _reading(record: ProjectRecord) -> Reading:
    first, last = record.period.earliest, record.period.latest
    return Reading(
        (first.isoformat() if first else None, last.isoformat() if last else None),
        frozenset((date.end, date.role) for date in record.dates if date.role),
        frozenset((figure.end, figure.as_of) for figure in record.figures if figure.as_of),
    )
