"""Lay a table out in lines of plain text: columns of spaces, bars or tabs."""

import textwrap
from collections.abc import Callable, Iterator

from samples.blocks import Cell, Table
from samples.head import TableForm, TextForm
from samples.pieces import Piece

_GAP = "  "
_RULE = "-"
_ENDS = ".,;:"


def table_lines(table: Table, form: TextForm, say: Callable[[Piece], str]) -> Iterator[str]:
    """Lay a table out.

    Parameters
    ----------
    table : Table
        The table; a merged cell is written where it begins, the other places are left empty.
    form : TextForm
        Width of the text in characters, and form of its tables.
    say : Callable[[Piece], str]
        Gives the text of a piece, with the calls of its footnotes.

    Yields
    ------
    str
        Lines; of aligned columns a cell may have several, with a blank line between rows.
    """
    heads = [[say(column.head)] for column in table.columns]
    upper = [_said(cell, 0, number, say) for number, cell in enumerate(table.upper)]
    rows = [
        [_said(cell, number, column, say) for column, cell in enumerate(row.cells)]
        for number, row in enumerate(table.rows)
    ]
    if form.tables is TableForm.ALIGNED:
        yield from _aligned(table, [*([upper] if upper else []), heads], rows, form.width)
        return
    for row in [*([upper] if upper else []), heads]:
        yield _in_one_line(row, form.tables)
    if form.tables is TableForm.PIPES:
        yield "|" + "|".join(["---"] * len(heads)) + "|"
    for row in rows:
        yield _in_one_line(row, form.tables)


def _said(cell: Cell, row: int, column: int, say: Callable[[Piece], str]) -> list[str]:
    begins = (cell.row, cell.column) == (row, column)
    return [say(piece) for piece in cell.pieces] if begins else []


def _in_one_line(row: list[list[str]], form: TableForm) -> str:
    cells = [_joined(lines) for lines in row]
    return "| " + " | ".join(cells) + " |" if form is TableForm.PIPES else "\t".join(cells)


def _joined(lines: list[str]) -> str:
    text = ""
    for line in lines:
        text += ("" if not text else " " if text[-1] in _ENDS else "; ") + line
    return text


def _aligned(table: Table, heads: list[list[list[str]]], rows: list[list[list[str]]], width: int) -> Iterator[str]:
    widths = _widths(table, [*heads, *rows], width)
    for head in heads:
        yield from _row(head, widths)
    yield _GAP.join(_RULE * width for width in widths)
    for number, row in enumerate(rows):
        if number:
            yield ""
        one_cell = len(set(map(id, table.rows[number].cells))) == 1
        yield from (textwrap.wrap(_joined(row[0]), width) if one_cell else _row(row, widths))


def _widths(table: Table, rows: list[list[list[str]]], width: int) -> list[int]:
    """Share the width out as the columns ask for it, but no column narrower than its longest word."""
    shares = [column.width for column in table.columns]
    room = width - len(_GAP) * (len(shares) - 1)
    several = [row for row in rows if sum(map(bool, row)) > 1]
    words = [
        max((len(w) for row in several for line in row[n] for w in line.split()), default=1) for n in range(len(shares))
    ]
    return [max(word, int(room * share / sum(shares))) for word, share in zip(words, shares, strict=True)]


def _row(row: list[list[str]], widths: list[int]) -> Iterator[str]:
    columns = [
        [wrapped for line in lines for wrapped in textwrap.wrap(line, width, break_on_hyphens=False)]
        for lines, width in zip(row, widths, strict=True)
    ]
    for number in range(max(map(len, columns))):
        cells = [column[number] if number < len(column) else "" for column in columns]
        yield _GAP.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
