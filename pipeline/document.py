"""The value that flows through the house: pages, lines, and text that remembers where it came from."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Literal, NamedTuple

Box = tuple[float, float, float, float]
"""``(x0, top, x1, bottom)`` in PDF points from the top left of the unrotated page as shown."""

RepairRule = Literal["glyph", "roman", "ligature", "space", "hyphen"]
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

_NOWHERE = -1


class GlyphColumns(NamedTuple):
    """What `Glyphs` hold: of each printed line its page, and of each glyph its line and its box."""

    line_pages: array[int]
    line: array[int]
    x0: array[float]
    top: array[float]
    x1: array[float]
    bottom: array[float]


class Glyphs:
    """The printed characters of a document: of each its box and the line it stands on.

    Append-only columns, so that a character costs 20 bytes and an `AlignedText` needs one number to point at it.
    """

    __slots__ = ("_bottom", "_line", "_line_pages", "_top", "_x0", "_x1")

    def __init__(self) -> None:
        self._line = array("I")
        self._x0 = array("f")
        self._top = array("f")
        self._x1 = array("f")
        self._bottom = array("f")
        self._line_pages = array("I")

    def __len__(self) -> int:
        return len(self._line)

    def new_line(self, page: int) -> int:
        """Open a printed line on `page` (from 1) and return its number, for `add`."""
        self._line_pages.append(page)
        return len(self._line_pages) - 1

    def add(self, line: int, box: Box) -> int:
        """Add one printed character of `line` and return its index."""
        self._line.append(line)
        self._x0.append(box[0])
        self._top.append(box[1])
        self._x1.append(box[2])
        self._bottom.append(box[3])
        return len(self._line) - 1

    def columns(self) -> GlyphColumns:
        """Return what it holds, not to be changed."""
        return GlyphColumns(self._line_pages, self._line, self._x0, self._top, self._x1, self._bottom)

    def extend(self, columns: GlyphColumns) -> None:
        """Add glyphs whose lines go on counting where its own end.

        Raises
        ------
        ValueError
            When columns differ in length, a line or page does not exist, or a box is not finite.
        """
        line_pages, line, *boxes = columns
        if any(len(column) != len(line) for column in boxes):
            raise ValueError("columns of glyphs differ in length")
        if not all(math.isfinite(sum(column)) for column in boxes):
            raise ValueError("the box of a glyph is not finite")
        if line_pages and min(line_pages) < 1:
            raise ValueError("a line stands on no page")
        first = len(self._line_pages)
        if line and not (first <= min(line) and max(line) < first + len(line_pages)):
            raise ValueError("a glyph stands on no line")
        self._line_pages.extend(line_pages)
        self._line.extend(line)
        for own, column in zip((self._x0, self._top, self._x1, self._bottom), boxes, strict=True):
            own.extend(column)

    def add_all(
        self, line: array[int], x0: array[float], top: array[float], x1: array[float], bottom: array[float]
    ) -> None:
        """Add printed characters, given by their lines and the sides of their boxes, column by column."""
        for own, column in zip((self._x0, self._top, self._x1, self._bottom), (x0, top, x1, bottom), strict=True):
            own.extend(column)
        self._line.extend(line)

    def place(self, place: Callable[[Box], Box]) -> None:
        """Move every glyph to where `place` puts its box: a page that was read turned is shown as it lies."""
        for glyph in range(len(self._line)):
            box = place((self._x0[glyph], self._top[glyph], self._x1[glyph], self._bottom[glyph]))
            self._x0[glyph], self._top[glyph], self._x1[glyph], self._bottom[glyph] = box

    def page(self, glyph: int) -> int:
        """Return the page, from 1, that a glyph stands on."""
        return self._line_pages[self._line[glyph]]

    def merged(self, glyphs: Iterable[int]) -> int:
        """Add and return one glyph as large as those given that share the first one's line."""
        first, *others = glyphs
        line = self._line[first]
        together = [first, *(g for g in others if self._line[g] == line)]
        box = (
            min(self._x0[g] for g in together),
            min(self._top[g] for g in together),
            max(self._x1[g] for g in together),
            max(self._bottom[g] for g in together),
        )
        return self.add(line, box)

    def boxes(self, glyphs: Iterable[int]) -> list[tuple[int, Box]]:
        """Return ``(page, box)`` for each printed line that the glyphs stand on, in the order they come.

        Boxes are rounded to a tenth of a point.
        """
        found: dict[int, list[float]] = {}
        for glyph in glyphs:
            line = self._line[glyph]
            box = found.get(line)
            if box is None:
                found[line] = [self._x0[glyph], self._top[glyph], self._x1[glyph], self._bottom[glyph]]
            else:
                box[0] = min(box[0], self._x0[glyph])
                box[1] = min(box[1], self._top[glyph])
                box[2] = max(box[2], self._x1[glyph])
                box[3] = max(box[3], self._bottom[glyph])
        return [
            (self._line_pages[line], (round(b[0], 1), round(b[1], 1), round(b[2], 1), round(b[3], 1)))
            for line, b in found.items()
        ]


@dataclass(frozen=True, slots=True)
class Repair:
    """One change of letters: ``text[start:end]`` stands where the source had `raw`."""

    start: int
    end: int
    raw: str
    rule: RepairRule

    def moved(self, by: int) -> Repair:
        """Return the repair `by` code points further on."""
        return Repair(self.start + by, self.end + by, self.raw, self.rule)


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to make: `text` in the place of ``[start, end)``; with a `rule` it is recorded as a repair."""

    start: int
    end: int
    text: str
    rule: RepairRule | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that a footnote may hang on: raised letters, or where they stood.

    Without a `note`, ``text[start:end]`` is printed raised and small. With one, nothing is left of the letters: `start`
    and `end` are equal, and `note` is the index of the footnote in the document.
    """

    start: int
    end: int
    note: int | None = None

    def moved(self, by: int) -> Mark:
        """Return the mark `by` code points further on."""
        return Mark(self.start + by, self.end + by, self.note)


class AlignedText:
    """Text in which every code point remembers its glyph, and every changed letter its original.

    Immutable; each operation gives a new value. Offsets are code points, ``end`` exclusive. A code point that was never
    printed (the space that joins two lines, text from a file without pages) points nowhere. Marks move along with the
    letters before them.
    """

    __slots__ = ("_origins", "glyphs", "marks", "repairs", "text")

    def __init__(
        self,
        text: str,
        origins: array[int] | None = None,
        glyphs: Glyphs | None = None,
        repairs: tuple[Repair, ...] = (),
        marks: tuple[Mark, ...] = (),
    ) -> None:
        if origins is None:
            origins = array("i", [_NOWHERE]) * len(text)
        if len(origins) != len(text):
            raise ValueError(f"{len(text)} code points, {len(origins)} origins")
        self.text = text
        self.glyphs = glyphs
        self.repairs = repairs
        self.marks = marks
        self._origins = origins

    @classmethod
    def of_glyphs(cls, text: str, origins: Iterable[int], glyphs: Glyphs, marks: tuple[Mark, ...] = ()) -> AlignedText:
        """Return printed text: of each code point the index of its glyph, or -1."""
        return cls(text, array("i", origins), glyphs, (), marks)

    @property
    def origins(self) -> array[int]:
        """Of each code point the index of its glyph, or -1; not to be changed."""
        return self._origins

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"AlignedText({self.text!r}, repairs={self.repairs!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AlignedText):
            return NotImplemented
        mine = (self.text, self._origins, self.repairs, self.marks)
        return mine == (other.text, other._origins, other.repairs, other.marks)

    __hash__ = None  # type: ignore[assignment]  # compared by value, never a key

    def slice(self, start: int, end: int) -> AlignedText:
        """Return the part from `start` to `end`.

        A repair that lies across a cut goes with the part that holds its first code point, and so does raised text; the
        place of a footnote goes with the letter before it.
        """
        start, end, _ = slice(start, end).indices(len(self.text))
        end = max(start, end)
        kept = tuple(
            Repair(r.start - start, min(r.end, end) - start, r.raw, r.rule)
            for r in self.repairs
            if start <= r.start < end
        )
        marks = tuple(
            Mark(mark.start - start, min(mark.end, end) - start, mark.note)
            for mark in self.marks
            if (
                start <= mark.start < end
                if mark.note is None
                else start < mark.start <= end or mark.start == start == 0
            )
        )
        return AlignedText(self.text[start:end], self._origins[start:end], self.glyphs, kept, marks)

    def strip(self) -> AlignedText:
        """Return it without white space at both ends; a footnote that hangs on that hangs on the letter beside it."""
        stripped = self.text.strip()
        start = self.text.find(stripped) if stripped else 0
        kept = self.slice(start, start + len(stripped))
        ends = [
            Mark(at, at, mark.note)
            for mark in self.marks
            if mark.note is not None and not (start < mark.start <= start + len(kept) or mark.start == start == 0)
            for at in [0 if mark.start <= start else len(kept)]
        ]
        if not ends:
            return kept
        marks = tuple(sorted([*kept.marks, *ends], key=lambda m: (m.start, m.end)))
        return AlignedText(kept.text, kept._origins, kept.glyphs, kept.repairs, marks)

    def with_note(self, at: int, note: int) -> AlignedText:
        """Return it with footnote `note` (its index in the document) hanging on the letter before `at`."""
        marks = tuple(sorted([*self.marks, Mark(at, at, note)], key=lambda m: (m.start, m.end)))
        return AlignedText(self.text, self._origins, self.glyphs, self.repairs, marks)

    def __add__(self, other: AlignedText) -> AlignedText:
        return AlignedText.join("", (self, other))

    @staticmethod
    def join(separator: str, parts: Iterable[AlignedText]) -> AlignedText:
        """Join parts of one document with a separator that was never printed.

        Raises
        ------
        ValueError
            When parts come from different documents.
        """
        texts: list[str] = []
        origins = array("i")
        repairs: list[Repair] = []
        marks: list[Mark] = []
        glyphs: Glyphs | None = None
        length = 0
        gap = array("i", [_NOWHERE]) * len(separator)
        for number, part in enumerate(parts):
            if number:
                texts.append(separator)
                origins.extend(gap)
                length += len(separator)
            if part.glyphs is not None:
                if glyphs is not None and part.glyphs is not glyphs:
                    raise ValueError("parts of different documents cannot be joined")
                glyphs = part.glyphs
            texts.append(part.text)
            origins.extend(part._origins)
            repairs.extend(r.moved(length) for r in part.repairs)
            marks.extend(mark.moved(length) for mark in part.marks)
            length += len(part.text)
        return AlignedText("".join(texts), origins, glyphs, tuple(repairs), tuple(marks))

    def replace(self, start: int, end: int, text: str, rule: RepairRule | None = None) -> AlignedText:
        """Put `text` in the place of ``[start, end)``.

        The new code points share out the old ones' glyphs in order; where there are fewer of them, the last stands for
        all that are left, where there are more, they share the last. With a `rule` the change is recorded as a repair,
        and repairs that it swallows are folded into its `raw`.

        Parameters
        ----------
        rule
            None for changes that a record does not show: line breaks and furniture. A repair must leave a letter
            to point at, so with a rule `text` may not be empty.

        Raises
        ------
        ValueError
            When the range lies outside the text, cuts an earlier repair in two, or a repair leaves nothing.
        """
        return self.replace_all((Edit(start, end, text, rule),))

    def replace_all(self, edits: Sequence[Edit]) -> AlignedText:
        """Make many edits in one pass; the same as `replace` with each of them, the last one first.

        Parameters
        ----------
        edits
            From left to right, none overlapping the next, all offsets those of the text as it is now.

        Raises
        ------
        ValueError
            As `replace`, and when the edits are not in order.
        """
        if not edits:
            return self
        texts: list[str] = []
        origins = array("i")
        repairs: list[Repair] = []
        at = shift = number = 0
        for edit in edits:
            if not at <= edit.start <= edit.end <= len(self.text):
                raise ValueError(f"[{edit.start}, {edit.end}) is out of order, or outside {len(self.text)} code points")
            if edit.rule is not None and not edit.text:
                raise ValueError("a repair must leave a letter to point at")
            first = number
            while number < len(self.repairs) and self.repairs[number].end <= edit.start:
                number += 1
            repairs.extend(r.moved(shift) for r in self.repairs[first:number])
            first = number
            while number < len(self.repairs) and self.repairs[number].start < edit.end:
                number += 1
            inside = self.repairs[first:number]
            if any(r.start < edit.start or r.end > edit.end for r in inside):
                raise ValueError("an edit may not cut an earlier repair in two")
            if edit.rule is not None:
                start = edit.start + shift
                raw = self._undone(edit.start, edit.end, inside)
                repairs.append(Repair(start, start + len(edit.text), raw, edit.rule))
            texts += (self.text[at : edit.start], edit.text)
            origins.extend(self._origins[at : edit.start])
            origins.extend(self._shared_out(edit.start, edit.end, len(edit.text)))
            at = edit.end
            shift += len(edit.text) - (edit.end - edit.start)
        texts.append(self.text[at:])
        origins.extend(self._origins[at:])
        repairs.extend(r.moved(shift) for r in self.repairs[number:])
        return AlignedText("".join(texts), origins, self.glyphs, tuple(repairs), _after_edits(self.marks, edits))

    def _shared_out(self, start: int, end: int, count: int) -> array[int]:
        """Return origins for `count` code points that take the place of ``[start, end)``."""
        old = self._origins[start:end]
        if not old or not count:
            return array("i", [_NOWHERE]) * count
        if count >= len(old):
            return old + old[-1:] * (count - len(old))
        new = old[:count]
        rest = [o for o in old[count - 1 :] if o != _NOWHERE]
        if self.glyphs is not None and len(rest) > 1:
            new[-1] = self.glyphs.merged(rest)
        return new

    def raw(self, start: int = 0, end: int | None = None) -> str:
        """Return what the source said in ``[start, end)``: the text with its repairs undone."""
        if end is None:
            end = len(self.text)
        return self._undone(start, end, (r for r in self.repairs if r.start >= start and r.end <= end))

    def _undone(self, start: int, end: int, repairs: Iterable[Repair]) -> str:
        """Return ``[start, end)`` with these repairs, all of them in it, undone."""
        pieces: list[str] = []
        at = start
        for repair in repairs:
            pieces += (self.text[at : repair.start], repair.raw)
            at = repair.end
        pieces.append(self.text[at:end])
        return "".join(pieces)

    def boxes(self, start: int, end: int) -> list[tuple[int, Box]]:
        """Return ``(page, box)`` for each printed line that ``[start, end)`` runs over; empty without pages."""
        if self.glyphs is None:
            return []
        return self.glyphs.boxes(o for o in self._origins[start:end] if o != _NOWHERE)

    def pages(self) -> list[int]:
        """Return the pages, from 1, that it stands on, in ascending order."""
        if self.glyphs is None:
            return []
        page = self.glyphs.page
        return sorted({page(o) for o in self._origins if o != _NOWHERE})


def _after_edits(marks: tuple[Mark, ...], edits: Sequence[Edit]) -> tuple[Mark, ...]:
    """Return the marks of a text after all of the edits, which are in order and given in its offsets."""
    if not marks:
        return ()
    starts = [edit.start for edit in edits]
    shifts = [0, *accumulate(len(edit.text) - (edit.end - edit.start) for edit in edits)]

    def place(at: int) -> int:
        before = bisect_left(starts, at)
        if not before:
            return at
        last = edits[before - 1]
        inside = min(at, last.start + len(last.text)) + shifts[before - 1]
        return at + shifts[before] if at >= last.end else inside

    moved = [Mark(place(mark.start), place(mark.end), mark.note) for mark in marks]
    return tuple(mark for mark in moved if mark.note is not None or mark.start < mark.end)


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
