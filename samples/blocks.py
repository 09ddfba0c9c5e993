"""What an annex is made of, once its markup is read: headings, paragraphs, tables, key-value blocks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from samples.head import Head
from samples.pieces import Piece


class BlockKind(StrEnum):
    """What a block of running text is."""

    PROJECT = "project"
    SUBHEADING = "subheading"
    CHAPTER = "chapter"  # any heading that gives no record: introduction, reading guide, colophon
    ITEM = "item"
    PARAGRAPH = "paragraph"
    PAGE_BREAK = "page break"


@dataclass(frozen=True)
class Block:
    """A block of an annex; `label` is what is printed before it: a number, a bullet, a letter."""

    kind: BlockKind
    piece: Piece
    label: str = ""
    line: int = 0

    @property
    def printed(self) -> str:
        """The block as the page has it, with its label."""
        return f"{self.label} {self.piece.printed}" if self.label else self.piece.printed

    def pieces(self) -> Iterator[Piece]:
        """Yield its text."""
        yield self.piece


class TableKind(StrEnum):
    """What the rows of a table are."""

    PROJECTS = "projects"  # one project a row
    OVERVIEW = "overview"  # one row for each project that has a heading elsewhere
    TABLE = "table"  # part of the running text


class Use(StrEnum):
    """What a column or a field is to a project."""

    TITLE = "title"
    NUMBER = "number"  # printed, but no part of the title
    OTHER = "other"


@dataclass(frozen=True)
class Column:
    """A column: its head, its share of the width, and whether it is set to the right."""

    head: Piece
    use: Use = Use.OTHER
    width: float = 1
    right: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell, of one or more lines; a merged one stands in every row and column that it covers.

    `row` and `column` are where it begins, from 0.
    """

    pieces: tuple[Piece, ...]
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    line: int = 0

    @property
    def printed(self) -> str:
        """Its lines, joined by a space."""
        return " ".join(piece.printed for piece in self.pieces)


class RowKind(StrEnum):
    """What a row is."""

    ROW = "row"
    GOES_ON = "goes on"  # belongs to the project of the row above: their title cells are one
    APART = "apart"  # gives no record: a total
    GROUP = "group"  # one cell over all columns: the title of what follows


@dataclass(frozen=True)
class Row:
    """A row: for each column the cell that stands there, a merged one for each place that it covers."""

    kind: RowKind
    cells: tuple[Cell, ...]
    line: int = 0

    def own(self, number: int) -> Iterator[Cell]:
        """Yield the cells that begin in this row, which is row `number` of its table, from 0."""
        for column, cell in enumerate(self.cells):
            if (cell.row, cell.column) == (number, column):
                yield cell

    def distinct(self) -> Iterator[Cell]:
        """Yield every cell that covers a part of this row, once, from left to right."""
        for column, cell in enumerate(self.cells):
            if column == cell.column:
                yield cell


@dataclass(frozen=True)
class Table:
    """A table; `upper` is a row of heads over those of the columns, empty where there is none."""

    kind: TableKind
    caption: str
    columns: tuple[Column, ...]
    upper: tuple[Cell, ...]
    rows: tuple[Row, ...]
    line: int = 0

    def pieces(self) -> Iterator[Piece]:
        """Yield the text of its heads and its cells, each cell once."""
        for number, cell in enumerate(self.upper):
            if cell.column == number:
                yield from cell.pieces
        for column in self.columns:
            yield column.head
        for number, row in enumerate(self.rows):
            for cell in row.own(number):
                yield from cell.pieces

    def heads(self) -> list[list[Cell]]:
        """Return the cells of the rows of heads: a head under no upper head begins in the upper row and fills both."""
        below = [Cell((column.head,), 0, number) for number, column in enumerate(self.columns)]
        if not self.upper:
            return [below]
        own = [cell for number, cell in enumerate(self.upper) if cell.column == number]
        above = [cell if cell.pieces else replace(below[cell.column], rows=2) for cell in own]
        return [above, [replace(cell, row=1) for cell in below if self.upper[cell.column].pieces]]

    def column(self, use: Use) -> int | None:
        """Return the number of the first column of a use, from 0; None where it has none."""
        return next((number for number, column in enumerate(self.columns) if column.use is use), None)


@dataclass(frozen=True)
class Field:
    """A label and its value: paragraphs or list items, none where it is empty."""

    label: str
    values: tuple[Block, ...]
    use: Use = Use.OTHER
    line: int = 0


@dataclass(frozen=True)
class Fields:
    """A key-value block; one with a field for the title begins a project."""

    fields: tuple[Field, ...]
    line: int = 0

    def pieces(self) -> Iterator[Piece]:
        """Yield the text of its values."""
        for one in self.fields:
            for value in one.values:
                yield value.piece

    def first(self, use: Use) -> Field | None:
        """Return the first field of a use; None where it has none."""
        return next((one for one in self.fields if one.use is use), None)


AnyBlock = Block | Table | Fields


@dataclass(frozen=True)
class AnnexSource:
    """A whole marked-up annex: its head, its title and its blocks in order."""

    name: str
    head: Head
    title: Piece
    blocks: tuple[AnyBlock, ...]
