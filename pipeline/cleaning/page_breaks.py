"""Carry tables over page breaks: columns keep their numbers, and the end of a cut row is a row of the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.document import Cell, Document, Line, Page

_ALIGNED = 2.0
"""Points that the lines of a column begin apart at most."""
_OVER = 1.0
"""Points that a line may reach into the next column."""
_FURNITURE = 2
"""Lines above or under a table that may be a header or footer which does not repeat."""
_ENDED = (".", "!", "?", ":", ";")

_Extents = dict[int, tuple[float, float]]
"""Of each column the left edge of its leftmost and the right edge of its rightmost text."""


@dataclass(frozen=True, slots=True)
class _Open:
    """The table that the page before ends with."""

    columns: _Extents
    last: dict[int, str]
    """Last lines of its last row by column."""


def with_tables_carried_over(document: Document) -> Document:
    """Return a document in which a table that goes on on the next page has the columns of the page before.

    A reader gives each page the columns that it sees: where no row has anything in one, the others move up. And of a
    row that a page break has cut, a page may only hold some lines of one cell. Headers and footers are out already.
    """
    pages: list[Page] = []
    before: _Open | None = None
    for page in document.pages:
        carried = page if before is None else _taken_in(_renumbered(page, before), before)
        before = _open_at_end(carried, before)
        pages.append(carried)
    return replace(document, pages=tuple(pages))


def _open_at_end(page: Page, before: _Open | None) -> _Open | None:
    """Return the table that a page ends with, under which at most a footer stands."""
    celled = [at for at, line in enumerate(page.lines) if line.cell is not None]
    if not celled or len(page.lines) - celled[-1] - 1 > _FURNITURE:
        return None
    number = _cell(page.lines[celled[-1]]).table
    inside = [line for line in page.lines if line.cell is not None and line.cell.table == number]
    columns = _extents(inside)
    if not columns:
        return None  # each of its cells runs over several
    if before is not None and all(_place(*extent, before.columns) == at for at, extent in columns.items()):
        for column, (x0, x1) in before.columns.items():
            own = columns.get(column, (x0, x1))
            columns[column] = (min(x0, own[0]), max(x1, own[1]))
    row = max(_cell(line).row for line in inside)
    return _Open(columns, {_cell(line).column: line.text.text for line in inside if _cell(line).row == row})


def _cell(line: Line) -> Cell:
    if line.cell is None:
        raise ValueError("the line stands in no table")
    return line.cell


def _extents(lines: Sequence[Line]) -> _Extents:
    """Return where each column begins and ends, by the lines of cells in one column."""
    found: _Extents = {}
    for line in lines:
        if line.cell is None or line.cell.column_span > 1:
            continue
        x0, x1 = found.get(line.cell.column, (line.box[0], line.box[2]))
        found[line.cell.column] = (min(x0, line.box[0]), max(x1, line.box[2]))
    return dict(sorted(found.items()))


def _place(x0: float, x1: float, columns: _Extents) -> int | None:
    """Return the column that ``[x0, x1]`` shares most of with, where it reaches into no other; None where none."""
    best = max(columns, key=lambda column: min(x1, columns[column][1]) - max(x0, columns[column][0]))
    if min(x1, columns[best][1]) <= max(x0, columns[best][0]):
        return None
    others = [extent for column, extent in columns.items() if column != best]
    if any(min(x1, right) - max(x0, left) > _OVER for left, right in others):
        return None
    return best


def _renumbered(page: Page, before: _Open) -> Page:
    """Return a page whose first table has its columns numbered as before, where it has fewer and all stand in those."""
    number = next((line.cell.table for line in page.lines if line.cell is not None), None)
    if number is None:
        return page
    columns = _extents([line for line in page.lines if line.cell is not None and line.cell.table == number])
    if not columns or max(columns) >= max(before.columns, default=0):
        return page
    places = {column: _place(x0, x1, before.columns) for column, (x0, x1) in columns.items()}
    known = [place for place in places.values() if place is not None]
    if len(known) < len(places) or sorted(set(known)) != known:
        return page
    lines = []
    for line in page.lines:
        cell = line.cell
        if cell is not None and cell.table == number:
            first = places.get(cell.column)
            last = places.get(cell.column + cell.column_span - 1)
            if first is None or last is None:
                return page
            line = replace(line, cell=replace(cell, column=first, column_span=last - first + 1))
        lines.append(line)
    return replace(page, lines=tuple(lines))


def _taken_in(page: Page, before: _Open) -> Page:
    """Make the lines at the top of a page that end a cell of the page before a row of its table."""
    start = end = 0
    column = None
    for at, line in enumerate(page.lines):
        place = _place(line.box[0], line.box[2], before.columns) if line.cell is None else None
        fits = bool(place) and abs(line.box[0] - before.columns[place or 0][0]) <= _ALIGNED
        if column is None:
            if fits:
                start, end, column = at, at + 1, place
            elif at == _FURNITURE or line.cell is not None:
                return page
        elif fits and place == column:
            end = at + 1
        else:
            break
    if column is None or not _goes_on(before.last.get(column), page.lines[start].text.text):
        return page
    table = next((line.cell.table for line in page.lines[end:] if line.cell is not None), None)
    same = end < len(page.lines) and table is not None and page.lines[end].cell is not None
    number = table if same and table is not None else 0
    lines = list(page.lines)
    for at, line in enumerate(lines):
        if start <= at < end:
            lines[at] = replace(line, cell=Cell(number, 0, column))
        elif line.cell is not None and same and line.cell.table == number:
            lines[at] = replace(line, cell=replace(line.cell, row=line.cell.row + 1))
        elif line.cell is not None and not same:
            lines[at] = replace(line, cell=replace(line.cell, table=line.cell.table + 1))
    return replace(page, lines=tuple(lines))


def _goes_on(above: str | None, text: str) -> bool:
    """Whether a line may follow the last one of a cell, which has not ended or goes on in small letters."""
    return above is not None and (text[:1].islower() or not above.endswith(_ENDED))
