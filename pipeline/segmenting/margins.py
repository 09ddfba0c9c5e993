"""Where the text of each column begins and ends, in points; of a text file in letters."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.document import Document, Line

_LONG = 0.95
"""Part of the lines of a column that end before its right margin: the longest few stick out."""
_LEAST = 0.08
"""Part of the lines that a column holds at least."""
_MOST_COLUMNS = 4
_INSIDE = 0.6
"""Part of a line's width that lies in a column it belongs to."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Where lines begin and where long ones end."""

    left: float
    right: float

    @property
    def width(self) -> float:
        """Room between them."""
        return self.right - self.left


class Columns:
    """The columns of a document; most have one, and a line that runs over several has the margins of them all."""

    def __init__(self, document: Document) -> None:
        lines = [line for line in document.lines() if line.cell is None]
        self.is_scan = is_scan(document)
        """Whether the text is what OCR made of it."""
        self._columns = _columns(lines) if document.paged else [_margins(lines)]

    def margins(self, line: Line) -> Margins:
        """Return the margins of the column that a line stands in."""
        first, *others = self._columns
        if not others:
            return first
        width = max(line.box[2] - line.box[0], 1.0)
        shared = [max(min(line.box[2], c.right) - max(line.box[0], c.left), 0.0) for c in self._columns]
        best = max(range(len(shared)), key=lambda i: shared[i])
        if shared[best] >= _INSIDE * width:
            return self._columns[best]
        return Margins(min(c.left for c in self._columns), max(c.right for c in self._columns))


def is_scan(document: Document) -> bool:
    """Whether most of the text was read by OCR."""
    read = sum(len(line.text) for page in document.pages if page.text_layer == "ocr" for line in page.lines)
    return 2 * read > sum(len(line.text) for line in document.lines())


def goes_up(line: Line, previous: Line) -> bool:
    """Whether a line stands so far above the one before it on its page that another column begins."""
    return line.page == previous.page and line.size > 0 and line.box[3] < previous.box[1]


def _margins(lines: Iterable[Line]) -> Margins:
    """Return where most lines begin and where the long ones end."""
    boxes = [line.box for line in lines]
    if not boxes:
        return Margins(0.0, 0.0)
    starts = Counter(round(box[0]) for box in boxes)
    ends = sorted(box[2] for box in boxes)
    return Margins(float(starts.most_common(1)[0][0]), ends[int(len(ends) * _LONG)])


def _columns(lines: Sequence[Line]) -> list[Margins]:
    """Return the columns from left to right: where lines often begin, and those do not reach into the next one."""
    whole = _margins(lines)
    starts = Counter(round(line.box[0]) for line in lines)
    often = [start for start, count in starts.most_common(3 * _MOST_COLUMNS) if count >= _LEAST * len(lines)]
    found: list[Margins] = []
    for start in often:
        own = _margins([line for line in lines if abs(line.box[0] - start) <= 1])
        own = Margins(float(start), own.right)
        if all(own.right < other.left or own.left > other.right for other in found):
            found.append(own)
    if len(found) < 2:
        return [whole]
    return sorted(found, key=lambda column: column.left)
