"""The value that flows through the house: pages, lines, and text that remembers where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from pipeline.aligned import AlignedText, Edit, Mark, Repair, RepairRule
from pipeline.glyphs import Box, GlyphColumns, Glyphs

__all__ = [
    "AlignedText",
    "Box",
    "Cell",
    "Document",
    "Edit",
    "Footnote",
    "GlyphColumns",
    "Glyphs",
    "Line",
    "Mark",
    "Page",
    "ReadingWarning",
    "RemovalReason",
    "Removed",
    "Repair",
    "RepairRule",
    "Table",
    "TableCell",
    "TextLayer",
]

RemovalReason = Literal[
    "running_header",
    "running_footer",
    "page_number",
    "sideways",
    "footnote",
    "margin_note",
    "watermark",
    "hidden",
    "repeated_head",
]
TextLayer = Literal["embedded", "ocr", "mixed", "none"]


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a line in a table.

    The lines of one cell follow each other, the cells of one row from left to right, the rows from top to bottom.
    """

    table: int
    """Number of the table on its page, from 0."""
    row: int
    """From 0; the uppermost where the cell runs over several."""
    column: int
    """From 0; the leftmost where the cell runs over several."""
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Footnote:
    """One footnote: what it is called by, its text, and the page it stands on (from 1)."""

    marker: str
    text: AlignedText
    page: int


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, with what its look says.

    For text input `size` is 0, the look is plain and `box` has the line number as its top and bottom.
    """

    text: AlignedText
    page: int
    """From 1. Text input has pages where the file has form feeds, or lines that count pages."""
    box: Box
    size: float = 0.0
    """Size of most of its characters, in points."""
    bold: bool = False
    italic: bool = False
    colour: int = 0
    """Fill colour of most of its characters, 0xRRGGBB."""
    blank_before: int = 0
    """Text input: how many blank lines stand before it. PDF: 0."""
    cell: Cell | None = None
    """Where it stands in a table; None outside of tables."""
    outline: int | None = None
    """Word input: the level of a heading by its style, from 1, 0 for a title; None for all else."""
    lead: int = 0
    """Code points in bold or italic letters that open it, before others that are neither, as it was read."""
    runs_in: bool = False
    """Whether it is a title, or the end of one, that opens a paragraph; its text is the next line then."""

    def with_text(self, text: AlignedText) -> Line:
        """Return the line with other text."""
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of a table with its lines from top to bottom."""

    place: Cell
    lines: tuple[Line, ...]

    @property
    def text(self) -> AlignedText:
        """Its lines joined by spaces."""
        return AlignedText.join(" ", (line.text for line in self.lines))


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a page, or the part of one that stands on a page; empty cells are not in it."""

    page: int
    """From 1."""
    cells: tuple[TableCell, ...]
    """Row by row, from left to right."""

    @classmethod
    def of_lines(cls, lines: Iterable[Line]) -> Table:
        """Return the table that consecutive lines with a cell, of one page and table, stand in."""
        found: dict[tuple[int, int], list[Line]] = {}
        page = 0
        for line in lines:
            if line.cell is None:
                raise ValueError(f"no line of a table: {line.text.text!r}")
            page = page or line.page
            found.setdefault((line.cell.row, line.cell.column), []).append(line)
        cells = (TableCell(place, tuple(group)) for group in found.values() if (place := group[0].cell) is not None)
        return cls(page, tuple(sorted(cells, key=lambda c: (c.place.row, c.place.column))))

    def grid(self) -> list[list[TableCell | None]]:
        """Return its rows, all of one length; a merged cell stands in each place that it covers, None where empty."""
        height = max((c.place.row + c.place.row_span for c in self.cells), default=0)
        width = max((c.place.column + c.place.column_span for c in self.cells), default=0)
        rows: list[list[TableCell | None]] = [[None] * width for _ in range(height)]
        for cell in self.cells:
            place = cell.place
            for row in range(place.row, place.row + place.row_span):
                for column in range(place.column, place.column + place.column_span):
                    if rows[row][column] is None:
                        rows[row][column] = cell
        return rows


@dataclass(frozen=True, slots=True)
class Removed:
    """A line that was taken out of the text, and why."""

    line: Line
    reason: RemovalReason


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `lines` in reading order."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    removed: tuple[Removed, ...] = ()
    text_layer: TextLayer = "embedded"
    """How this page was read: `ocr` where its picture was; `none` where no text was found."""
    is_poor: bool = False
    """Whether what was read is not to be relied on: a broken font map, or a picture that OCR could make little of."""


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something about the reading of a file that a person must know; `code` is one of the record contract's."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """One input file as read; a cleaned document is one too."""

    file: str
    """Name without folders: nothing in a record depends on the path."""
    sha256: str
    media_type: str
    text_layer: TextLayer
    pages: tuple[Page, ...]
    page_count: int
    """Pages of the whole file, also where only a part was asked for; 0 for text input."""
    paged: bool
    """Whether pages and boxes are real: PDF yes, text no."""
    glyphs: Glyphs | None = field(default=None, repr=False, compare=False)
    footnotes: tuple[Footnote, ...] = ()
    """In the order of their places in the text; `Mark.note` is an index into them."""
    warnings: tuple[ReadingWarning, ...] = ()

    def lines(self) -> Iterator[Line]:
        """Give every line, in reading order."""
        for page in self.pages:
            yield from page.lines
