"""What a person does to the boundaries of projects, as decisions to write; their evidence is of extracted records."""

from typing import Any, Literal

from pipeline.comparing.models import Place
from pipeline.errors import ToldError
from pipeline.records.models import TextField
from pipeline.reviewing.deciding import Draft
from pipeline.reviewing.decisions.attaching import evidence_of
from pipeline.reviewing.decisions.bounds import Settled
from pipeline.reviewing.decisions.models import Evidence
from pipeline.reviewing.editing.arranging import Piece
from pipeline.reviewing.facts import title_place


class BoundaryError(ToldError):
    """A boundary that cannot be drawn there; nothing was changed."""


def split_draft(settled: Settled, record: str, at: int, title: str, why: str = "") -> Draft:
    """Begin another project at an offset of the text of a record; without a title it has that of its first line.

    Raises
    ------
    BoundaryError
        When one of both would have no words.
    """
    number, piece = _point(settled, record, at)
    text = settled.records[number].text
    title = " ".join((title or text[at:].lstrip().partition("\n")[0]).split())
    return Draft("boundary", "correct", (piece,), None, {"operation": "split", "title": title}, "", why, piece.record)


def merge_draft(settled: Settled, record: str, why: str = "") -> Draft:
    """Make one project of a record and the next; where a split has made two of them, that is taken back.

    Raises
    ------
    BoundaryError
        When there is no next one, or neither stands in the source.
    """
    first = _number(settled, record)
    second = _neighbour(settled, first, "next")
    for one in settled.standings.values():
        said = one.decision.after or {}
        there = [place.record for _, place in one.attached]
        if said.get("operation") == "split" and there and there[-1] == settled.records[second].id:
            return Draft("boundary", "reject", tuple(one.decision.evidence), said, None, "", why, one.decision.project)
    titles = (_title(settled, first), _title(settled, second))
    return Draft("boundary", "correct", titles, None, {"operation": "merge"}, "", why, titles[0].record)


def move_draft(settled: Settled, record: str, at: int, to: Literal["next", "previous"], why: str = "") -> Draft:
    """Give what stands behind an offset to the next project, or what stands in front of it to the one before.

    Raises
    ------
    BoundaryError
        When there is no such project, or nothing would be given.
    """
    number, piece = _point(settled, record, at)
    other = _title(settled, _neighbour(settled, number, to))
    after: dict[str, Any] = {"operation": "move", "to": to}
    return Draft("boundary", "correct", (piece, other), None, after, "", why, piece.record)


def _number(settled: Settled, record: str) -> int:
    return next(number for number, one in enumerate(settled.records) if one.id == record)


def _neighbour(settled: Settled, number: int, to: Literal["next", "previous"]) -> int:
    other = number + (1 if to == "next" else -1)
    if not 0 <= other < len(settled.records):
        raise BoundaryError("there is no project next to it on that side")
    return other


def _point(settled: Settled, record: str, at: int) -> tuple[int, Evidence]:
    """Return a point of the text of a record as evidence."""
    number = _number(settled, record)
    text = settled.records[number].text
    at += len(text[at:]) - len(text[at:].lstrip())
    place = settled.extracted(number, "text", at, at)
    if place is None or not text[:at].strip() or at == len(text):
        raise BoundaryError("there must be words of the text on both sides of it")
    return number, _evidence(settled, *place)


def _title(settled: Settled, number: int) -> Evidence:
    """Return the title of a project as evidence; where a person gave it, that of the record that it was cut from."""
    title = settled.arrangement.layouts[number].title
    if not isinstance(title, Piece) or title.field != "title":
        raise BoundaryError("the project was cut from another one; take that back first")
    source = settled.arrangement.records[title.record]
    [piece] = evidence_of(source, [title_place(source)])
    return piece


def _evidence(settled: Settled, record: str, field: TextField, start: int, end: int) -> Evidence:
    source = settled.arrangement.records[record]
    words = (source.title if field == "title" else source.text)[start:end]
    page = source.pages[0] if len(source.pages) == 1 else None
    place = Place(field=field, start=start, end=end, text=words, page=page, boxes=[], next_page_boxes=[])
    [piece] = evidence_of(source, [place])
    return piece
