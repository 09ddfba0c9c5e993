"""Find the headings of a wrapped text without blank lines, by where its lines break before they are full."""

import re
from collections.abc import Sequence

from pipeline.document import Line

_BLANK = 0.05
"""Part of the lines that have a blank line above them, from which on blank lines do part the text."""
_FEW_LINES = 6
_MOST_LINES = 4
_LONG = 0.98
"""Part of the lines up to whose length all are wrapped: a few stick out."""
_SLACK = 3
"""Letters by which a scan's lines may be shorter than they are counted: its letters differ in width."""
FINISHED = re.compile(r"[.!?;…:][)»”’'\"]*$")
INSIDE = re.compile(r"[^\W\d_]{2}[.!?;]\s")
BEGINS = re.compile(r"[‘“'\"(]*[^\W_a-z]|\d")


def breaks_around_headings(lines: Sequence[Line], *, surely: bool) -> frozenset[int]:
    """Return the lines, from 0, before which a block begins: headings, and what stands below them.

    A heading stands between a finished sentence and a new one, is not finished itself, and its last line breaks though
    the next word would have fitted; in a text that has blank lines it needs no such rule.

    Parameters
    ----------
    lines
        Those of a text file, in order.
    surely
        Also where there are blank lines: those of a scan stand for a little more room.
    """
    spaced = sum(line.blank_before > 0 for line in lines)
    if len(lines) < _FEW_LINES or (spaced > max(_BLANK * len(lines), 2) and not surely):
        return frozenset()
    lengths = sorted(line.box[2] for line in lines)
    width = lengths[int(len(lengths) * _LONG)] - (_SLACK if surely else 0)
    found: set[int] = set()
    for index in range(1, len(lines) - 1):
        if not FINISHED.search(lines[index - 1].text.text) or not BEGINS.match(lines[index].text.text):
            continue
        end = _end_of_heading(lines, index, width)
        if end is not None:
            found |= {index, end}
    return frozenset(found)


def _end_of_heading(lines: Sequence[Line], start: int, width: float) -> int | None:
    """Return the line behind the heading that begins at `start`; None where none does."""
    for index in range(start, min(start + _MOST_LINES, len(lines) - 1)):
        text, below = lines[index].text.text, lines[index + 1].text.text
        if FINISHED.search(text) or INSIDE.search(text):
            return None
        if lines[index].box[2] + 1 + len(below.split(maxsplit=1)[0]) <= width:
            return index + 1 if BEGINS.match(below) and not text.endswith(",") else None
    return None
