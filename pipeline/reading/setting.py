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
from pipeline.reading.words import cuts_of

_EDGE = 0.3
"""Points that a box keeps away from its neighbours, so that a crop takes in no part of them."""

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
        self._left, self._right = _apart(chars.x0, chars.x1)

    def line(
        self, indices: Sequence[int], *, above: float = -inf, below: float = inf, cell: Cell | None = None
    ) -> Line | None:
        """Return one printed line; None where it has no characters.

        Parameters
        ----------
        indices
            Of its characters, in any order.
        above, below
            Where the line before ends and the next one begins, in points: boxes keep out of them.
        cell
            Place in a table.
        """
        if not indices:
            return None
        chars = self._chars
        at: slice | list[int]
        if isinstance(indices, range):
            at = slice(indices.start, indices.stop)
            text = chars.text[at]
            looks = chars.looks[at]
        else:
            at = indices = sorted(indices, key=chars.x0.__getitem__)
            text = "".join([chars.text[index] for index in indices])
            looks = [chars.looks[index] for index in indices]
        x0, top, x1, bottom = chars.x0[at], chars.top[at], chars.x1[at], chars.bottom[at]
        look = main_look(looks)
        raised = _raised(text, looks, look, bottom)
        spaces = np.flatnonzero(chars.spaced[at]).tolist()
        cuts = cuts_of(text, x0.tolist(), x1.tolist(), spaces, look.size, [start for start, _ in raised])
        sides = (self._left[at], *_between(top, bottom, above, below), self._right[at])
        own: Sides = (sides[0], sides[1], sides[3], sides[2])
        if raised:
            level = _level(raised, len(text))
            top, bottom = top[level], bottom[level]
        box: Box = (float(x0[0]), float(top.min()), float(x1.max()), float(bottom.max()))
        if self._place is not None:
            own, box = self._place(own), self._place(box)
        first = self._glyphs.add_line(self._page, *(_narrow(side) for side in own))
        words = [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]
        aligned = AlignedText.of_glyphs(" ".join(words), _origins(words, first), self._glyphs, _marks(raised, cuts))
        return Line(aligned, self._page, box, look.size, look.bold, look.italic, look.colour, cell=cell)


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


def _between(top: Numbers, bottom: Numbers, above: float, below: float) -> tuple[Numbers, Numbers]:
    """Return tops and bottoms that neither the line before nor the next one stands over."""
    middle = (top + bottom) / 2
    if above > top.min():
        top = np.where(middle > above, np.maximum(top, above), top)
    if below < bottom.max():
        bottom = np.where(middle < below, np.minimum(bottom, below), bottom)
    return top + _EDGE, bottom - _EDGE


def _narrow(side: Numbers) -> array[float]:
    narrow = array("f")
    narrow.frombytes(side.astype(np.float32).tobytes())
    return narrow


def _raised(text: str, looks: Sequence[Look], main: Look, bottom: Numbers) -> list[tuple[int, int]]:
    """Return ``(start, end)`` of the runs of small letters that stand raised beside letters of the line's size."""
    found = [] if text.isascii() else [at for at, letter in enumerate(text) if letter in _RAISED_LETTERS]
    limit = _RAISED_SIZE * main.size
    if any(look.size <= limit for look in {id(look): look for look in looks}.values()):
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


def _level(raised: Sequence[tuple[int, int]], count: int) -> Flags:
    """Return which characters of a line stand at its own height; all of them where none does."""
    level = np.ones(count, dtype=np.bool_)
    for start, end in raised:
        level[start:end] = False
    return level if level.any() else ~level


def _origins(words: Sequence[str], first: int) -> array[int]:
    """Return the glyph of each code point of the words, with -1 for the space between two."""
    origins = array("i")
    for word in words:
        if origins:
            origins.append(-1)
        origins.extend(range(first, first + len(word)))
        first += len(word)
    return origins


def _marks(raised: Sequence[tuple[int, int]], cuts: Sequence[int]) -> tuple[Mark, ...]:
    """Return marks for runs of raised letters; every cut before a letter is a space more in the text."""
    return tuple(Mark(start + bisect_right(cuts, start), end + bisect_left(cuts, end)) for start, end in raised)
