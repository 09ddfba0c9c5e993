"""Put the characters of a page together into lines: what both PDF readers share."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.document import AlignedText, Box, Glyphs, Line

# Relative to the size of the glyphs. A gap of more than this is a space (pdfplumber's x_tolerance_ratio, measured).
_SPACE_GAP = 0.15
_SAME_LINE_OVERLAP = 0.5
_BACKWARDS = 1.0
_EDGE = 0.3
"""Points that a box keeps away from its neighbours, so that a crop takes in no part of them."""

# pdfium gives U+FFFE, some writers U+0002, for the hyphen at a line end. A soft hyphen stays: it is the printer's.
_HYPHENS = {"\ufffe": "-", "\x02": "-", "\u2010": "-", "\u2011": "-"}
_MEANT_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_MEANT_ITALIC = ("italic", "oblique", "kursiv")


class Look(NamedTuple):
    """How a run of characters is printed."""

    size: float
    bold: bool
    italic: bool
    colour: int


class Char(NamedTuple):
    """One printed character: text (one or more code points), box in points from the top left, and look."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    look: Look


class Rule(NamedTuple):
    """A line drawn on the page, level or upright, in points from the top left; one of its sides is nearly 0."""

    x0: float
    top: float
    x1: float
    bottom: float


def look_of(font: str, size: float, weight: int, colour: int) -> Look:
    """Return the look of a font by its PostScript name and weight (0 or less where unknown)."""
    name = font.rsplit("+", 1)[-1].lower()
    return Look(
        round(size, 1),
        weight >= 600 or any(word in name for word in _MEANT_BOLD),
        any(word in name for word in _MEANT_ITALIC),
        colour,
    )


def lines_of(chars: Iterable[Char], page: int, glyphs: Glyphs) -> tuple[Line, ...]:
    """Return the lines of a page in reading order, their glyphs added to `glyphs`.

    Characters come in the order of the page's content. A page of one column is put in order from top to bottom, since
    writers often print headers and footers last; where lines stand side by side, the order of the content is kept.
    """
    runs = [run for run in _runs(chars) if any(not c.text.isspace() for c in run)]
    if not _side_by_side(runs):
        runs.sort(key=lambda run: (round(min(c.top for c in run), 1), run[0].x0))
    bands = [(min(c.top for c in run), max(c.bottom for c in run)) for run in runs]
    lines = []
    for number, run in enumerate(runs):
        above = bands[number - 1][1] if number else float("-inf")
        below = bands[number + 1][0] if number + 1 < len(runs) else float("inf")
        line = _line(run, page, glyphs, above, below)
        if line is not None:
            lines.append(line)
    return tuple(lines)


def _runs(chars: Iterable[Char]) -> list[list[Char]]:
    """Part characters, in content order, where the next one stands on another line or jumps back."""
    runs: list[list[Char]] = []
    run: list[Char] = []
    last: Char | None = None
    for char in chars:
        if last is not None and _breaks(last, char):
            runs.append(run)
            run = []
        run.append(char)
        last = char
    if run:
        runs.append(run)
    return _rejoined(runs)


def _breaks(last: Char, char: Char) -> bool:
    overlap = min(last.bottom, char.bottom) - max(last.top, char.top)
    low = min(last.bottom - last.top, char.bottom - char.top)
    if low > 0 and overlap < _SAME_LINE_OVERLAP * low:
        return True
    return char.x0 < last.x0 - _BACKWARDS * max(last.look.size, char.look.size)


def _rejoined(runs: list[list[Char]]) -> list[list[Char]]:
    """Join neighbouring runs of one baseline, such as a number and its heading printed apart."""
    joined: list[list[Char]] = []
    for run in runs:
        if joined and not _breaks(joined[-1][-1], run[0]) and run[0].x0 >= joined[-1][-1].x1 - 1:
            joined[-1] = joined[-1] + run
        else:
            joined.append(run)
    return joined


def _side_by_side(runs: Sequence[Sequence[Char]]) -> bool:
    """Whether two or more pairs of lines share a height: columns, or a table."""
    bands = sorted((min(c.top for c in run), max(c.bottom for c in run)) for run in runs)
    shared = sum(
        1
        for (top, bottom), (next_top, next_bottom) in pairwise(bands)
        if min(bottom, next_bottom) - next_top > 0.7 * max(min(bottom - top, next_bottom - next_top), 0.1)
    )
    return shared > 1


def _line(run: list[Char], page: int, glyphs: Glyphs, above: float, below: float) -> Line | None:
    """Return one line; `above` and `below` are where the neighbouring lines end and begin."""
    run = sorted(run, key=lambda c: c.x0) if any(b.x0 < a.x0 for a, b in pairwise(run)) else run
    text: list[str] = []
    origins: list[int] = []
    number = glyphs.new_line(page)
    looks: Counter[Look] = Counter()
    last: Char | None = None
    for index, char in enumerate(run):
        printed = _HYPHENS.get(char.text, char.text)
        if printed.isspace() or not (printed.isprintable() or printed == "\xad"):
            if text and not text[-1].isspace():
                text.append(" ")
                origins.append(-1)
            continue
        if last is not None and text and not text[-1].isspace() and char.x0 - last.x1 > _SPACE_GAP * char.look.size:
            text.append(" ")
            origins.append(-1)
        following = run[index + 1] if index + 1 < len(run) else None
        glyph = glyphs.add(number, _own_box(char, last, following, above, below))
        for letter in printed:
            text.append(letter)
            origins.append(glyph)
        looks[char.look] += len(printed)
        last = char
    while text and text[-1].isspace():
        text.pop()
        origins.pop()
    if not text:
        return None
    aligned = AlignedText.of_glyphs("".join(text), origins, glyphs)
    look = looks.most_common(1)[0][0]
    printed_chars = [c for c in run if not c.text.isspace()]
    box: Box = (
        min(c.x0 for c in printed_chars),
        min(c.top for c in printed_chars),
        max(c.x1 for c in printed_chars),
        max(c.bottom for c in printed_chars),
    )
    return Line(aligned, page, box, look.size, look.bold, look.italic, look.colour)


def _own_box(char: Char, last: Char | None, following: Char | None, above: float, below: float) -> Box:
    """Return the part of its box that no neighbour stands in: kerned letters overlap, and so do tight lines."""
    x0 = max(char.x0, last.x1) if last is not None and last.x0 < char.x0 else char.x0
    x1 = min(char.x1, following.x0) if following is not None and following.x0 > char.x0 else char.x1
    if x1 - x0 < 3 * _EDGE:
        middle = (char.x0 + char.x1) / 2
        x0, x1 = middle - 1.5 * _EDGE, middle + 1.5 * _EDGE
    top = max(char.top, above) if above < (char.top + char.bottom) / 2 else char.top
    bottom = min(char.bottom, below) if below > (char.top + char.bottom) / 2 else char.bottom
    return (x0 + _EDGE, top + _EDGE, x1 - _EDGE, bottom - _EDGE)
