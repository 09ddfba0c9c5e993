"""Cut fragments where a column may end, and put those of one printed line of a cell together."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from pipeline.reading.assembling import Char
from pipeline.reading.fragments import Fragment

# Relative to the size of the glyphs.
GUTTER = 0.35
"""The least width of the white between two columns."""
SAME_LINE = 0.3
"""Fragments whose middles are no further apart stand on one line."""
_SPACE = 0.1
"""A gap of more than this may be one between words."""
_WIDE_SPACE = 0.65
"""The least width of white between two columns where the file has a space there."""
_WIDE = 1.5
"""A gap must be this many times wider than the usual space of its line to be white between columns."""


def middle(fragment: Fragment) -> float:
    """Return the height at which a fragment stands."""
    return (fragment.top + fragment.bottom) / 2


def size_of(fragments: Iterable[Fragment]) -> float:
    """Return the size of most glyphs, in points; 10 where there are none."""
    sizes = [fragment.look.size for fragment in fragments]
    return max(median(sizes), 1.0) if sizes else 10.0


def pieces_of(fragment: Fragment) -> list[Fragment]:
    """Cut a fragment at gaps that are wider than its spaces and may be the white between two columns."""
    least = GUTTER * fragment.look.size
    if fragment.widest_gap < least:
        return [fragment]
    gaps: list[tuple[int, float, bool]] = []
    last = fragment.chars[0]
    for number, char in enumerate(fragment.chars):
        if char.x0 - last.x1 > _SPACE * char.look.size:
            gaps.append((number, char.x0 - last.x1, char.is_spaced))
        last = char
    if len(gaps) > 2:
        least = max(least, _WIDE * median(width for _, width, _ in gaps))
    spaced = max(least, _WIDE_SPACE * fragment.look.size)
    cuts = [number for number, width, is_spaced in gaps if width >= (spaced if is_spaced else least)]
    return _cut(fragment, cuts) if cuts else [fragment]


def cut_at(fragment: Fragment, x: float) -> list[Fragment]:
    """Cut a fragment in two where it has a gap at `x`; where a word runs over `x` it stays whole."""
    if not fragment.x0 < x < fragment.x1:
        return [fragment]
    pieces = pieces_of(fragment)
    left = [piece for piece in pieces if piece.x1 <= x]
    right = [piece for piece in pieces if piece.x0 >= x]
    if len(left) + len(right) < len(pieces):
        return [fragment]
    return [joined(left), joined(right)]


def _cut(fragment: Fragment, places: Sequence[int]) -> list[Fragment]:
    """Cut before the characters with these numbers; each is a printed one."""
    edges = [0, *places, len(fragment.chars)]
    return [_piece(fragment.chars[start:end], fragment) for start, end in pairwise(edges)]


def _piece(chars: list[Char], whole: Fragment) -> Fragment:
    """Return a piece of a fragment, as high as that."""
    return Fragment(min(c.x0 for c in chars), whole.top, max(c.x1 for c in chars), whole.bottom, chars)


def as_printed(fragment: Fragment) -> Fragment:
    """Return a fragment with the box around its characters, wherever it was moved."""
    chars = fragment.chars
    return Fragment(
        min(char.x0 for char in chars),
        min(char.top for char in chars),
        max(char.x1 for char in chars),
        max(char.bottom for char in chars),
        chars,
    )


def joined(fragments: Sequence[Fragment]) -> Fragment:
    """Return fragments of one line as one, from left to right."""
    if len(fragments) == 1:
        return fragments[0]
    ordered = sorted(fragments, key=lambda f: f.x0)
    return Fragment(
        ordered[0].x0,
        min(f.top for f in ordered),
        max(f.x1 for f in ordered),
        max(f.bottom for f in ordered),
        [char for f in ordered for char in f.chars],
    )


def printed_lines(fragments: Iterable[Fragment], em: float) -> list[Fragment]:
    """Return the fragments of one column, those of one line put together, from top to bottom."""
    lines: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: (middle(f), f.x0)):
        if lines and middle(fragment) - middle(lines[-1][0]) <= SAME_LINE * em:
            lines[-1].append(fragment)
        else:
            lines.append([fragment])
    return [joined(line) for line in lines]
