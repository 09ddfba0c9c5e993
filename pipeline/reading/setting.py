"""Set the characters of one printed line as a Line: its text, boxes, look, and the letters that are raised in it."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import inf

import numpy as np

from pipeline.document import AlignedText, Box, Cell, Glyphs, Line, Mark
from pipeline.reading.assembling import Chars, Flags, Look, Numbers, main_look
from pipeline.reading.turning import Placing
from pipeline.reading.words import cuts_of, is_usual, narrow_gaps, plain_cuts, stacked

_EDGE = 0.3
"""Points that a box keeps away from its neighbours, so that a crop takes in no part of them."""

_OVERPRINTED = 2
"""Letters that each of two texts has where they meet, if one is printed over the other."""

# Relative to the size of the glyphs.
_RAISED_SIZE = 0.85
"""Raised letters are at most this part of the size of the line's other letters (Word sets 0.65, LaTeX 0.7)."""
_RAISED_FOOT = 0.15
"""Part of the line's size that the foot of raised letters stands above that of the others."""
_RAISED_LETTERS = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹")
"""Letters that are raised by themselves."""

Sides = tuple[Numbers, Numbers, Numbers, Numbers]


class Setter:
    """Makes lines of the characters of a page, and adds their glyphs.

    Parameters
    ----------
    chars
        Of the page, or of what is turned one way on it.
    page
        Number of the page, from 1.
    glyphs
        Of the document.
    place
        From where the characters stand to the page as shown; None where that is the same.
    """

    def __init__(self, chars: Chars, page: int, glyphs: Glyphs, place: Placing | None) -> None:
        self._chars = chars
        self._page = page
        self._glyphs = glyphs
        self._place = place
        self._numbers = array("i", range(len(glyphs), len(glyphs) + len(chars)))
        self._lines = np.zeros(len(chars), dtype=np.int64)
        self._left, self._right = _apart(chars.x0, chars.x1)
        self._top, self._bottom = chars.top + _EDGE, chars.bottom - _EDGE
        self._cuts = plain_cuts(chars)
        self._narrow = narrow_gaps(chars)

    def line(
        self,
        indices: Sequence[int],
        box: Box,
        *,
        above: float = -inf,
        below: float = inf,
        cell: Cell | None = None,
    ) -> Line:
        """Return one printed line.

        Parameters
        ----------
        indices
            Of its characters, in any order; at least one.
        box
            Around them.
        above, below
            Where the line before ends and the next one begins, in points: boxes keep out of them.
        cell
            Place in a table.
        """
        chars = self._chars
        at: slice | list[int]
        if isinstance(indices, range):
            at = slice(indices.start, indices.stop)
            text, looks = chars.text[at], chars.looks[at]
        else:
            at = indices = _in_order(chars.x0, chars.x1, indices)
            text, looks = "".join([chars.text[index] for index in indices]), [chars.looks[index] for index in indices]
        look = main_look(looks)
        raised = _raised(text, looks, look, chars.bottom[at])
        cuts = self._cuts_of(indices, at, text, look.size, raised)
        if raised:
            level = _level(raised, len(text))
            top, bottom = chars.top[at][level].min(), chars.bottom[at][level].max()
            box = (box[0], float(top), box[2], float(bottom))
        self._lines[at] = self._glyphs.new_line(self._page)
        self._keep_out(at, box, above, below)
        if self._place is not None:
            box = self._place(box)
        words = [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]
        origins = self._origins(words, indices)
        aligned = AlignedText.of_glyphs(" ".join(words), origins, self._glyphs, _marks(raised, cuts))
        lead = _lead(looks, cuts)
        return Line(aligned, self._page, box, look.size, look.bold, look.italic, look.colour, cell=cell, lead=lead)

    def finish(self) -> None:
        """Add the glyphs of all lines that were made; those of the page's other characters stand on no line."""
        sides: Sides = (self._left, self._top, self._right, self._bottom)
        if self._place is not None:
            sides = self._place(sides)
        x0, top, x1, bottom = (array("f", side.astype(np.float32).tobytes()) for side in sides)
        self._glyphs.add_all(array("I", self._lines.astype(np.uint32).tobytes()), x0, top, x1, bottom)

    def _cuts_of(
        self,
        indices: Sequence[int],
        at: slice | list[int],
        text: str,
        size: float,
        raised: Sequence[tuple[int, int]],
    ) -> list[int]:
        """Return where the words of a line begin, but for the first: as the page's gaps say, if these are usual."""
        if isinstance(indices, range) and not raised:
            ends = (indices.start, indices.stop - 1)
            start, end = (bisect_right(self._cuts, place) for place in ends)
            first, after = (bisect_right(self._narrow, place) for place in ends)
            cuts = [cut - indices.start for cut in self._cuts[start:end]]
            if first == after and is_usual(cuts, len(text)):
                return cuts
        x0, x1 = self._chars.x0[at], self._chars.x1[at]
        spaces = np.flatnonzero(self._chars.spaced[at]).tolist()
        over = stacked(text, x0, x1, [self._chars.looks[index] for index in indices])
        over.extend((np.flatnonzero(x0[1:] < x0[:-1]) + 1).tolist())
        return cuts_of(text, x0.tolist(), x1.tolist(), spaces, size, [start for start, _ in raised], over)

    def _origins(self, words: Sequence[str], indices: Sequence[int]) -> array[int]:
        """Return the glyph of each code point of the words, with -1 for the space between two."""
        if isinstance(indices, range):
            numbers = self._numbers[indices.start : indices.stop]
        else:
            numbers = array("i", [self._numbers[index] for index in indices])
        origins = array("i")
        at = 0
        for word in words:
            if at:
                origins.append(-1)
            origins += numbers[at : at + len(word)]
            at += len(word)
        return origins

    def _keep_out(self, at: slice | list[int], box: Box, above: float, below: float) -> None:
        """Cut off the boxes of a line where the line before or the next one stands."""
        middle = (box[1] + box[3]) / 2
        if box[1] < above < middle:
            self._top[at] = np.maximum(self._top[at], above + _EDGE)
        if middle < below < box[3]:
            self._bottom[at] = np.minimum(self._bottom[at], below - _EDGE)


def _in_order(x0: Numbers, x1: Numbers, indices: Sequence[int]) -> list[int]:
    """Return the characters of a line from left to right; texts that are printed over each other one after another."""
    left = x0[list(indices)]
    steps = (np.flatnonzero(left[1:] < left[:-1]) + 1).tolist()
    ordered = sorted(indices, key=x0.__getitem__)
    if not steps:
        return ordered
    pieces = [list(indices[start:end]) for start, end in pairwise([0, *steps, len(indices)])]
    pieces.sort(key=lambda piece: float(x0[piece[0]]))
    for one, other in pairwise(pieces):
        start, end = float(x0[other[0]]), min(float(x1[one[-1]]), float(x1[other[-1]]))
        if all(sum(start <= (x0[at] + x1[at]) / 2 <= end for at in piece) >= _OVERPRINTED for piece in (one, other)):
            return [at for piece in pieces for at in piece]
    return ordered


def _apart(x0: Numbers, x1: Numbers) -> tuple[Numbers, Numbers]:
    """Return left and right sides that no neighbour in the page's content stands over: kerned letters overlap."""
    left, right = x0.copy(), x1.copy()
    follows = (x0[1:] > x0[:-1]) & (x0[1:] < x1[:-1]) & (x1[1:] > x1[:-1])
    left[1:][follows] = x1[:-1][follows]
    right[:-1][follows] = x0[1:][follows]
    left += _EDGE
    right -= _EDGE
    is_narrow = right - left < _EDGE
    middle = (x0[is_narrow] + x1[is_narrow]) / 2
    left[is_narrow], right[is_narrow] = middle - _EDGE / 2, middle + _EDGE / 2
    return left, right


def _raised(text: str, looks: list[Look], main: Look, bottom: Numbers) -> list[tuple[int, int]]:
    """Return ``(start, end)`` of the runs of small letters that stand raised beside letters of the line's size."""
    found = [] if text.isascii() else [at for at, letter in enumerate(text) if letter in _RAISED_LETTERS]
    limit = _RAISED_SIZE * main.size
    if looks.count(main) < len(looks) and any(
        look.size <= limit for look in {id(look): look for look in looks}.values()
    ):
        full = [at for at, look in enumerate(looks) if look.size > limit]
        for at, look in enumerate(looks):
            if look.size <= limit:
                beside = full[max(bisect_left(full, at) - 1, 0)]
                if bottom[beside] - bottom[at] >= _RAISED_FOOT * main.size:
                    found.append(at)
        found.sort()
    runs: list[tuple[int, int]] = []
    for at in found:
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _lead(looks: Sequence[Look], cuts: Sequence[int]) -> int:
    """Return how many code points open a line in bold or italic letters; every cut before a letter is a space more."""
    if not (looks[0].bold or looks[0].italic):
        return 0
    end = next((at for at, look in enumerate(looks) if not (look.bold or look.italic)), None)
    return 0 if end is None else end + bisect_left(cuts, end)


def _level(raised: Sequence[tuple[int, int]], count: int) -> Flags:
    """Return which characters of a line stand at its own height; all of them where none does."""
    level = np.ones(count, dtype=np.bool_)
    for start, end in raised:
        level[start:end] = False
    return level if level.any() else ~level


def _marks(raised: Sequence[tuple[int, int]], cuts: Sequence[int]) -> tuple[Mark, ...]:
    """Return marks for runs of raised letters; every cut before a letter is a space more in the text."""
    return tuple(Mark(start + bisect_right(cuts, start), end + bisect_left(cuts, end)) for start, end in raised)
