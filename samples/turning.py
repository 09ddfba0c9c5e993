"""Turn tables of projects into key-value blocks and the other way round, so that one source gives both forms."""

import math
from dataclasses import replace

from samples.blocks import (
    AnnexSource,
    AnyBlock,
    Block,
    BlockKind,
    Cell,
    Column,
    Field,
    Fields,
    Row,
    RowKind,
    Table,
    TableKind,
    Use,
)
from samples.furniture import Look
from samples.pieces import MarkupError, Piece

_MOST_NARROW_COLUMNS = 3
_PROSE = "Toelichting"
# A column twice as wide as another holds some four times its text, and none is narrower than a word of some length.
_WIDTH_FACTOR = 3
_LONGEST_WORD = 13


def turned(source: AnnexSource, look: Look) -> AnnexSource:
    """Turn an annex into the form that a look sets.

    Parameters
    ----------
    source : AnnexSource
        The annex.
    look : Look
        The look.

    Returns
    -------
    AnnexSource
        The same, or one that says the same in tables or key-value blocks; for setting only, not for gold.

    Raises
    ------
    MarkupError
        If the look cannot set this annex.
    """
    if look.narrow and any(isinstance(b, Table) and len(b.columns) > _MOST_NARROW_COLUMNS for b in source.blocks):
        message = f"a table of more than {_MOST_NARROW_COLUMNS} columns does not fit the columns of look"
        raise MarkupError(f"{message} {source.head.look!r}", where=source.name)
    if look.turns is None:
        return source
    blocks = tuple(_as_tables(source)) if look.turns == "table" else tuple(_as_fields(source))
    wanted = Table if look.turns == "table" else Fields
    if not any(isinstance(block, wanted) for block in blocks):
        message = f"look {source.head.look!r} sets projects that are tables or key-value blocks, and here is prose only"
        raise MarkupError(message, where=source.name)
    return replace(source, blocks=blocks)


def _as_fields(source: AnnexSource) -> list[AnyBlock]:
    blocks: list[AnyBlock] = []
    for block in source.blocks:
        if isinstance(block, Table) and block.kind is TableKind.PROJECTS:
            blocks += _rows_as_fields(block)
        else:
            blocks.append(block)
    return blocks


def _rows_as_fields(table: Table) -> list[AnyBlock]:
    blocks: list[AnyBlock] = [_heading(table.caption, table.line)] if table.caption else []
    for number, row in enumerate(table.rows):
        if row.kind is RowKind.GROUP:
            blocks.append(Block(BlockKind.CHAPTER, row.cells[0].pieces[0], "", row.line))
        elif row.kind is RowKind.ROW:
            blocks.append(Fields(tuple(_field(table, cell) for cell in row.distinct()), row.line))
        elif row.kind is RowKind.GOES_ON and isinstance(last := blocks[-1], Fields):
            more = [_field(table, cell) for cell in row.own(number) if cell.pieces]
            blocks[-1] = replace(last, fields=tuple(_joined(last.fields, more)))
    return blocks


def _heading(caption: str, line: int) -> Block:
    return Block(BlockKind.CHAPTER, Piece(caption, caption), "", line)


def _field(table: Table, cell: Cell) -> Field:
    column = table.columns[cell.column]
    upper = table.upper[cell.column].printed if table.upper else ""
    label = f"{upper} {column.head.printed}" if upper and upper != column.head.printed else column.head.printed
    values = tuple(Block(BlockKind.PARAGRAPH, piece, "", cell.line) for piece in cell.pieces)
    return Field(label, values, column.use, cell.line)


def _joined(fields: tuple[Field, ...], more: list[Field]) -> list[Field]:
    by_label = {one.label: one for one in more}
    joined = [
        replace(one, values=one.values + by_label.pop(one.label).values) if one.label in by_label else one
        for one in fields
    ]
    return [*joined, *by_label.values()]


def _as_tables(source: AnnexSource) -> list[AnyBlock]:
    """Make a table of every run of key-value blocks; what is written under one becomes its last column."""
    blocks: list[AnyBlock] = []
    run: list[Fields] = []
    for block in source.blocks:
        if isinstance(block, Fields) and block.first(Use.TITLE):
            run.append(block)
        elif isinstance(block, Block) and block.kind not in {BlockKind.CHAPTER, BlockKind.PROJECT} and run:
            if block.kind is not BlockKind.PAGE_BREAK:
                prose = Field(_PROSE, (block,), Use.OTHER, block.line)
                run[-1] = replace(run[-1], fields=_with_prose(run[-1].fields, prose))
        else:
            blocks += [_table(run)] if run else []
            run = []
            blocks.append(block)
    return [*blocks, _table(run)] if run else blocks


def _with_prose(fields: tuple[Field, ...], prose: Field) -> tuple[Field, ...]:
    return tuple(_joined(fields, [prose]))


def _table(run: list[Fields]) -> Table:
    labels = list(dict.fromkeys(one.label for block in run for one in block.fields))
    uses = {one.label: one.use for block in run for one in block.fields}
    texts: dict[str, list[str]] = {label: [] for label in labels}
    rows = []
    for number, block in enumerate(run):
        found = {one.label: one for one in block.fields}
        cells = []
        for column, label in enumerate(labels):
            values = found[label].values if label in found else ()
            cells.append(Cell(tuple(value.piece for value in values), number, column, line=block.line))
            texts[label].append(" ".join(value.piece.printed for value in values))
        rows.append(Row(RowKind.ROW, tuple(cells), block.line))
    columns = tuple(Column(Piece(label, label), uses[label], _width(label, texts[label])) for label in labels)
    return Table(TableKind.PROJECTS, "", columns, (), tuple(rows), run[0].line)


def _width(label: str, texts: list[str]) -> float:
    words = " ".join([label, *texts]).split()
    mean = sum(map(len, texts)) / len(texts)
    return max(min(max(map(len, words)), _LONGEST_WORD), _WIDTH_FACTOR * math.sqrt(mean))
