"""Take the pages of a scan for plain text: what OCR says of sizes and weights is too rough to tell headings by."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from pipeline.document import Document, Line
from pipeline.segmenting.bare import BEGINS, FINISHED
from pipeline.segmenting.margins import Columns, goes_up

_BLANK = 1.16
"""Times the usual distance between lines, from which on there is room for a blank line between them."""
_TWO_BLANK = 2.4
_LARGE = 1.12
"""Times the size of the body, from which on a line is larger as measured."""
_TITLE = 1.4
"""Times the size of the body, from which on it is the title of the annex."""
_SAME = 0.6
"""Points by which the lines of one title differ as measured."""
_NEAR = 3.0
"""Times its height within which a line stands below another."""


def without_looks(document: Document) -> Document:
    """Return a document whose lines look alike, with places in letters and blank lines for room, as a text has them.

    Of the looks only this is kept: lines that are larger than most, or bold, and begin as a heading does, have room
    around them.
    """
    columns = Columns(document)
    beside = [line for line in document.lines() if line.cell is None]
    width = median([(line.box[2] - line.box[0]) / max(len(line.text), 1) for line in beside] or [1.0]) or 1.0
    blanks = _Blanks(beside)
    row = 0
    pages = []
    for page in document.pages:
        lines = []
        for line in page.lines:
            row += 1
            left = columns.margins(line).left
            start, end = (line.box[0] - left) / width, (line.box[2] - left) / width
            box = (max(start, 0.0) if start > 1 else 0.0, float(row), end, float(row))
            blank = blanks.before(line)
            plain = replace(line, box=box, size=0.0, bold=False, italic=False, colour=0, blank_before=blank)
            lines.append(replace(plain, outline=0) if page is document.pages[0] and blanks.is_title(line) else plain)
        pages.append(replace(page, lines=tuple(lines)))
    return replace(document, pages=tuple(pages), paged=False)


class _Blanks:
    """Tells how much room there is above a line, in blank lines; lines come in order."""

    def __init__(self, lines: Sequence[Line]) -> None:
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[line.size] += len(line.text)
        self._body = sizes.most_common(1)[0][0] if sizes else 1.0
        self._largest = max((line.size for line in lines), default=1.0)
        self._pitch = median(list(_distances(lines)) or [1.0])
        self._previous: Line | None = None
        self._was_large = False

    def before(self, line: Line) -> int:
        previous, was_large = self._previous, self._was_large
        blank = self._by_distance(line, previous)
        is_large = (line.bold or line.size >= _LARGE * self._body) and line.cell is None
        begins = (
            blank > 0
            or previous is None
            or line.page != previous.page
            or FINISHED.search(previous.text.text) is not None
        )
        self._was_large = is_large and (was_large or (begins and BEGINS.match(line.text.text) is not None))
        self._previous = line
        if self._was_large and was_large:
            return max(blank - 1, 0) if blank < 2 else blank
        ends = was_large and BEGINS.match(line.text.text) is not None  # else it goes on, whatever its size
        return max(blank, 1) if self._was_large or ends else blank

    def is_title(self, line: Line) -> bool:
        """Whether a line of the first page is as large as the title of an annex alone is."""
        return line.size >= _TITLE * self._body and line.size >= self._largest - _SAME and line.cell is None

    def _by_distance(self, line: Line, previous: Line | None) -> int:
        if previous is None or line.page != previous.page or goes_up(line, previous):
            return 0
        distance = (line.box[3] - previous.box[3]) / (
            self._pitch * max(min(line.size, previous.size) / self._body, 1.0)
        )
        return int(distance > _BLANK) + int(distance > _TWO_BLANK)


def _distances(lines: Sequence[Line]) -> Iterator[float]:
    """Give how far the feet of lines stand apart, of those that stand below each other, in points."""
    for above, line in pairwise(lines):
        distance = line.box[3] - above.box[3]
        if line.page == above.page and 0 < distance < _NEAR * max(line.size, 1.0):
            yield distance
