"""Tables as rows and columns, joined where a page break cut them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.document import AlignedText, Line, Table, TableCell

GridRow = tuple[TableCell | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with all its pages; a merged cell stands in each place that it covers."""

    rows: tuple[GridRow, ...]
    breaks: frozenset[int]
    """Indices of the rows that are the first of a further page."""

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def transposed(self) -> Grid:
        """Return it with rows and columns changed over."""
        return Grid(tuple(zip(*self.rows, strict=True)), frozenset())


def cells_of(row: Iterable[TableCell | None]) -> list[TableCell]:
    """Return the cells of a row that are not empty, each once."""
    found: list[TableCell] = []
    for cell in row:
        if cell is not None and not any(cell is other for other in found):
            found.append(cell)
    return found


def text_of(cell: TableCell | None) -> AlignedText:
    """Return the text of a cell, its lines joined by spaces; empty where there is none."""
    return AlignedText("") if cell is None else cell.text.strip()


def paragraphs_of(cell: TableCell) -> AlignedText:
    """Return the text of a cell, its lines joined by spaces, but for a line feed where the file begins a paragraph.

    A Word file says where; in others a line is one because the column is narrow as often as not.
    """
    text = AlignedText("")
    for number, line in enumerate(cell.lines):
        between = "\n" if line.blank_before else " "
        text = AlignedText.join(between if number else "", (text, line.text))
    return text.strip()


def grids_of(lines: Sequence[Line]) -> Iterator[tuple[list[Line], Grid]]:
    """Give the tables in lines that all stand in one, with their lines; what goes on over a page break is one."""
    held: tuple[list[Line], Grid, int] | None = None
    for (page, _), group in groupby(lines, key=lambda line: (line.page, line.cell.table if line.cell else -1)):
        part = list(group)
        rows = Table.of_lines(part).grid()
        if held is not None and page > held[2]:
            more = _in_columns_of(held[1], rows)
            if more is not None:
                above = held[1]
                breaks = above.breaks | {len(above.rows)}
                held = ([*held[0], *part], Grid((*above.rows, *more), breaks), page)
                continue
        if held is not None:
            yield held[0], held[1]
        held = (part, Grid(tuple(tuple(row) for row in rows), frozenset()), page)
    if held is not None:
        yield held[0], held[1]


def _in_columns_of(grid: Grid, rows: Sequence[Sequence[TableCell | None]]) -> list[GridRow] | None:
    """Return rows in the columns of the table that they go on with; None where they are another table's.

    A page on which a column is empty shows fewer columns: each goes to the one that it stands under.
    """
    width = len(rows[0]) if rows else 0
    if width == grid.width:
        return [tuple(row) for row in rows]
    if not 1 < width < grid.width:
        return None
    above = [_extent(row[column] for row in grid.rows) for column in range(grid.width)]
    places: list[int] = []
    for column in range(width):
        own = _extent(row[column] for row in rows)
        shared = [(min(own[1], end) - max(own[0], start), -index) for index, (start, end) in enumerate(above)]
        overlap, index = max(shared)
        if overlap <= 0:
            return None
        places.append(-index)
    if places != sorted(set(places)):
        return None
    moved: list[GridRow] = []
    for row in rows:
        cells: list[TableCell | None] = [None] * grid.width
        for column, place in enumerate(places):
            cells[place] = row[column]
        moved.append(tuple(cells))
    return moved


def _extent(cells: Iterable[TableCell | None]) -> tuple[float, float]:
    """Return where a column begins and ends, by its lines in cells that are not merged with others beside them."""
    boxes = [line.box for cell in cells if cell is not None and cell.place.column_span == 1 for line in cell.lines]
    if not boxes:
        return (0.0, -1.0)
    return min(box[0] for box in boxes), max(box[2] for box in boxes)
