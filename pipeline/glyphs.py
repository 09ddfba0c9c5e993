"""The printed characters of a document: of each its box, and the line and page that it stands on."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""``(x0, top, x1, bottom)`` in PDF points from the top left of the unrotated page as shown."""


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
