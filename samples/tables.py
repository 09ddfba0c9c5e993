"""Read a `::: projects`, `::: overview` or `::: table` fence: columns, rows, and the cells that are merged."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from samples.attributes import FIGURES
from samples.blocks import Cell, Column, Row, RowKind, Table, TableKind, Use
from samples.chunks import Chunk, Fence
from samples.pieces import MarkupError, Piece, PieceReader

_BAR = re.compile(r"(?:(?<=\s)|^)\|(?=\s|$)")
_COLUMN = re.compile(r"(?P<head>.*?)(?: ?<(?P<settings>[^<>]*)>)?")
_WIDTH = re.compile(r"\d+(?:\.\d+)?")
_LINE_BREAK = re.compile(r"(?<!\S)//(?!\S)")
_APART, _UPPER = "#! ", "= "
_ABOVE, _LEFT = "^", "<"


@dataclass(frozen=True)
class _Raw:
    """A cell as written, and where it begins in its chunk."""

    text: str
    at: int


def read_table(fence: Fence, reader: PieceReader, name: str) -> Table:
    """Read the table that stands in a fence.

    Parameters
    ----------
    fence : Fence
        Its chunks: at most one of upper heads (`= `), one of columns, then one a row.
    reader : PieceReader
        Of this annex.
    name : str
        Name of the file, for errors.

    Raises
    ------
    MarkupError
        If anything in it cannot be read; the message names file and line.
    """
    kind = TableKind(fence.kind)
    chunks = list(fence.chunks)
    upper_chunk = chunks.pop(0) if chunks and chunks[0].text.startswith(_UPPER) else None
    if len(chunks) < len(("columns", "row")):
        message = "a table holds its columns and at least one row, with a blank line between them"
        raise MarkupError(message, where=f"{name}:{fence.line}")
    at = chunks[0]
    try:
        raw_columns = _split(chunks[0].text, 0)
        upper: tuple[Cell, ...] = ()
        if upper_chunk is not None:
            at = upper_chunk
            upper = _grid([_cells(upper_chunk, len(_UPPER), len(raw_columns))], [upper_chunk], reader, name)[0]
            _check_unmarked(upper)
        at = chunks[0]
        columns = tuple(_column(raw, chunks[0].text, reader) for raw in raw_columns)
        _check_uses(kind, columns)
    except MarkupError as error:
        raise _placed(error, at, name) from error
    rows = _rows(chunks[1:], columns, reader, name)
    return Table(kind, fence.caption, columns, upper, rows, fence.line)


def check_title(pieces: Sequence[Piece]) -> None:
    """Refuse a title cell or field that is empty, of several lines, or that holds a date or figure."""
    if len(pieces) != 1:
        raise MarkupError("a title is one line that is not empty", 0)
    for mark in pieces[0].marks:
        if mark.kind == "date" or mark.kind in FIGURES:
            message = f"dates and figures are not taken from a title: {pieces[0].words(mark)!r}"
            raise MarkupError(message, 0)


def _placed(error: MarkupError, chunk: Chunk, name: str) -> MarkupError:
    return MarkupError(error.message, error.offset, error.where or f"{name}:{chunk.line_at(error.offset)}")


def _split(text: str, start: int) -> list[_Raw]:
    bars = [bar.start() for bar in _BAR.finditer(text, start)]
    edges = zip([start, *(bar + 1 for bar in bars)], [*bars, len(text)], strict=True)
    raw = []
    for begin, end in edges:
        words = text[begin:end]
        raw.append(_Raw(words.strip(), begin + len(words) - len(words.lstrip())))
    return raw


def _cells(chunk: Chunk, start: int, columns: int) -> list[_Raw]:
    raw = _split(chunk.text, start)
    if len(raw) != columns:
        message = (
            f"a row of {len(raw)} cells in a table of {columns} columns (blank lines part rows, ' | ' parts cells)"
        )
        raise MarkupError(message, start)
    return raw


def _column(raw: _Raw, text: str, reader: PieceReader) -> Column:
    match = _COLUMN.fullmatch(raw.text)
    head, settings = (match["head"], match["settings"] or "") if match else (raw.text, "")
    piece = reader.read(text[: raw.at] + head, raw.at)
    if piece.marks:
        raise MarkupError("the head of a column holds a mark", raw.at)
    column = Column(piece)
    for word in settings.split():
        if word in {Use.TITLE, Use.NUMBER}:
            column = replace(column, use=Use(word))
        elif word == "right":
            column = replace(column, right=True)
        elif _WIDTH.fullmatch(word) and float(word):
            column = replace(column, width=float(word))
        else:
            message = f"{word!r} says nothing of a column: title, number, right, or its width as a number"
            raise MarkupError(message, raw.at)
    return column


def _check_uses(kind: TableKind, columns: tuple[Column, ...]) -> None:
    uses = [column.use for column in columns]
    if kind is TableKind.TABLE and set(uses) != {Use.OTHER}:
        raise MarkupError("a table that holds no projects has no title or number", 0)
    if kind is not TableKind.TABLE and (uses.count(Use.TITLE) != 1 or uses.count(Use.NUMBER) > 1):
        raise MarkupError("a table of projects has one column <title>, and at most one <number>", 0)


def _rows(chunks: Sequence[Chunk], columns: tuple[Column, ...], reader: PieceReader, name: str) -> tuple[Row, ...]:
    title = next((number for number, column in enumerate(columns) if column.use is Use.TITLE), None)
    numbers = [number for number, column in enumerate(columns) if column.use is Use.NUMBER]
    kinds: list[RowKind] = []
    written: list[list[_Raw]] = []
    for chunk in chunks:
        try:
            kind, raw = _row(chunk, len(columns), title)
        except MarkupError as error:
            raise _placed(error, chunk, name) from error
        kinds.append(kind)
        written.append(raw)
    at = [chunk.line for chunk in chunks]
    grid = _grid(written, chunks, reader, name)
    rows = tuple(Row(kind, cells, line) for kind, cells, line in zip(kinds, grid, at, strict=True))
    for chunk, row in zip(chunks, rows, strict=True):
        try:
            _check_row(row, title, numbers)
        except MarkupError as error:
            raise _placed(error, chunk, name) from error
    return rows


def _row(chunk: Chunk, columns: int, title: int | None) -> tuple[RowKind, list[_Raw]]:
    if not chunk.text.startswith(_APART):
        raw = _cells(chunk, 0, columns)
        goes_on = title is not None and raw[title].text == _ABOVE
        return (RowKind.GOES_ON if goes_on else RowKind.ROW), raw
    if columns > 1 and len(raw := _split(chunk.text, len(_APART))) == 1:
        return RowKind.GROUP, [raw[0], *(_Raw(_LEFT, raw[0].at) for _ in range(columns - 1))]
    return RowKind.APART, _cells(chunk, len(_APART), columns)


def _check_row(row: Row, title: int | None, numbers: list[int]) -> None:
    if row.kind in {RowKind.APART, RowKind.GROUP}:
        _check_unmarked(tuple(row.distinct()))
    elif title is not None:
        check_title(row.cells[title].pieces)
        _check_unmarked(tuple(row.cells[number] for number in numbers))
        if not any(cell.pieces for number, cell in enumerate(row.cells) if number not in {title, *numbers}):
            raise MarkupError("a row that says nothing but its title; a row that is no project begins with '#! '", 0)


def _check_unmarked(cells: tuple[Cell, ...]) -> None:
    for cell in cells:
        for piece in cell.pieces:
            if piece.marks:
                message = f"a cell that belongs to no project holds a mark: {piece.words(piece.marks[0])!r}"
                raise MarkupError(message, 0)


def _grid(written: list[list[_Raw]], chunks: Sequence[Chunk], reader: PieceReader, name: str) -> list[tuple[Cell, ...]]:
    """Make the cells, each in every place that it covers: `^` is part of the cell above, `<` of the one at its left."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row, raw in enumerate(written):
        for column, one in enumerate(raw):
            from_ = {_ABOVE: (row - 1, column), _LEFT: (row, column - 1)}.get(one.text)
            if from_ is not None and from_ not in owners:
                raise _placed(MarkupError("there is no cell here to be merged with", one.at), chunks[row], name)
            owners[row, column] = (row, column) if from_ is None else owners[from_]
    covered: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place, owner in owners.items():
        covered.setdefault(owner, []).append(place)
    made: dict[tuple[int, int], Cell] = {}
    for (row, column), places in covered.items():
        rows = 1 + max(place[0] for place in places) - row
        columns = 1 + max(place[1] for place in places) - column
        raw_cell = written[row][column]
        if rows * columns != len(places):
            raise _placed(MarkupError("merged cells do not make a rectangle", raw_cell.at), chunks[row], name)
        try:
            pieces = _pieces(raw_cell, chunks[row].text, reader)
        except MarkupError as error:
            raise _placed(error, chunks[row], name) from error
        made[row, column] = Cell(pieces, row, column, rows, columns, chunks[row].line)
    return [tuple(made[owners[row, column]] for column in range(len(raw))) for row, raw in enumerate(written)]


def _pieces(raw: _Raw, text: str, reader: PieceReader) -> tuple[Piece, ...]:
    pieces = []
    breaks = [(one.start(), one.end()) for one in _LINE_BREAK.finditer(raw.text)] if raw.text else []
    edges = zip([0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(raw.text)], strict=True)
    for start, end in edges if raw.text else ():
        line = raw.text[start:end].rstrip()
        at = raw.at + start + len(line) - len(line.lstrip())
        if not line.strip():
            raise MarkupError("an empty line in a cell", at)
        pieces.append(reader.read(text[:at] + line.strip(), at))
    return tuple(pieces)
