"""Find the parts of a page where text stands in columns with white gutters, as tables without upright rules do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.reading.fragments import Fragment
from pipeline.reading.table_pieces import GUTTER, middle, pieces_of, size_of

# Relative to the size of the glyphs.
_SAME_LEVEL = 0.4
"""Fragments whose middles are no further apart stand on one level."""
_FAR = 3.0
"""Text that is further from the table, from line to line, does not belong to it."""
_FURTHER = 1.5
"""Nor does text that is as many times further than the rows of the table are from each other."""

_NEAR = 1.6
"""A line above the first that goes on in several columns is one of the same row up to this distance."""
_NEARLY = 2.6
"""The end of a row that a page break has cut stands above the next one up to this distance."""

Interval = tuple[float, float]


@dataclass(slots=True)
class Level:
    """What stands at one height of the page, from left to right."""

    fragments: list[Fragment]
    at: float

    @property
    def covered(self) -> list[Interval]:
        """What is printed on."""
        return [(f.x0, f.x1) for f in self.fragments]


@dataclass(slots=True)
class Region:
    """A part of a page in columns."""

    levels: list[Level]
    em: float
    gutters: list[Interval] = field(default_factory=list)
    wide: list[Level] = field(default_factory=list)
    """Those of the levels whose text runs over several columns."""

    @property
    def fragments(self) -> list[Fragment]:
        """All fragments in it."""
        return [f for level in self.levels for f in level.fragments]


def levels_of(fragments: Iterable[Fragment]) -> list[Level]:
    """Return what stands at each height, from top to bottom."""
    levels: list[Level] = []
    for fragment in sorted(fragments, key=middle):
        at = middle(fragment)
        if levels and at - levels[-1].at <= _SAME_LEVEL * fragment.look.size:
            levels[-1].fragments.append(fragment)
        else:
            levels.append(Level([fragment], at))
    for level in levels:
        level.fragments.sort(key=lambda f: f.x0)
    return levels


def find_regions(levels: Sequence[Level]) -> list[Region]:
    """Return the parts of a page in which two or more columns stand side by side, from top to bottom."""
    regions: list[Region] = []
    start = 0
    while True:
        seed = next((n for n in range(start, len(levels)) if len(levels[n].fragments) > 1), None)
        if seed is None:
            return regions
        region, end = _grown(levels, start, seed)
        if region is not None:
            regions.append(region)
        start = max(end, seed + 1)


def _grown(levels: Sequence[Level], start: int, seed: int) -> tuple[Region | None, int]:
    """Grow a region from a level with several fragments; return it, and the first level that it has not taken."""
    em = size_of(levels[seed].fragments)
    gutters = _gaps(levels[seed].covered, em)
    if not gutters:
        return None, seed + 1
    taken = [levels[seed]]
    wide: list[Level] = []
    number = seed + 1
    distances: list[float] = []
    waiting: list[Level] = []
    while number < len(levels):
        level = levels[number]
        before = waiting[-1] if waiting else taken[-1]
        distance = level.at - before.at
        if distance > max(_FAR * em, _FURTHER * max(distances, default=0.0)):
            break
        left = _left_open(gutters, level, em)
        if _breaks(gutters, left, level):
            waiting.append(level)
            if len(waiting) > 1:
                break
        else:
            if waiting and len(level.fragments) < 2:
                break
            distances.append(distance)
            wide += waiting
            taken += waiting
            waiting = []
            taken.append(level)
            gutters = left
        number += 1
    end = number - len(waiting) if number < len(levels) or waiting else number
    region = Region(taken, em, wide=wide)
    above = _above(levels[start:seed], taken[0], gutters_of(region) or gutters, em)
    if len(taken) + len(above) < 2:
        return None, seed + 1
    region.levels = [*above, *taken]
    _leave_out_far(region)
    region.gutters = gutters_of(region)
    return region if region.gutters else None, max(end, seed + 1)


def _above(levels: Sequence[Level], first: Level, gutters: Sequence[Interval], em: float) -> list[Level]:
    """Return the levels above the first with several fragments that belong to its table.

    Those are lines of longer cells, or the end of a row that a page break has cut. What begins at the left, over a row
    that does so too, is a caption.
    """
    begins_left = first.fragments[0].x0 < gutters[0][0]
    above: list[Level] = []
    for level in reversed(levels):
        distance = (above[0] if above else first).at - level.at
        is_left = level.fragments[0].x0 < gutters[0][0]
        if distance > (_NEAR if is_left else _NEARLY) * em or (is_left and begins_left):
            break
        if _breaks(gutters, _left_open(gutters, level, em), level):
            break
        above.insert(0, level)
    return above


def _leave_out_far(region: Region) -> None:
    """Take out a last level of one fragment that is further from the others than they are: a page number."""
    distances = [below.at - above.at for above, below in pairwise(region.levels)]
    if len(distances) > 2 and len(region.levels[-1].fragments) == 1 and distances[-1] > max(distances[:-1]) + 1:
        del region.levels[-1]


def _gaps(covered: Sequence[Interval], em: float) -> list[Interval]:
    """Return the white between what is printed on."""
    gaps = []
    reached: float | None = None
    for x0, x1 in sorted(covered):
        if reached is not None and x0 - reached >= GUTTER * em:
            gaps.append((reached, x0))
        reached = x1 if reached is None else max(reached, x1)
    return gaps


def _left_open(gutters: Sequence[Interval], level: Level, em: float) -> list[Interval]:
    """Return what a level leaves of gutters."""
    left = []
    covered = [(piece.x0, piece.x1) for f in level.fragments for piece in pieces_of(f)]
    for start, end in gutters:
        parts = [(start, end)]
        for x0, x1 in covered:
            parts = [
                part
                for low, high in parts
                for part in ((low, min(high, x0)), (max(low, x1), high))
                if part[1] - part[0] >= GUTTER * em
            ]
        if parts:
            left.append(max(parts, key=lambda part: part[1] - part[0]))
    return left


def _breaks(gutters: Sequence[Interval], left: Sequence[Interval], level: Level) -> bool:
    """Whether a level that leaves these gutters runs over the columns.

    One that stands in several may close one: the white in the first rows is no gutter for sure.
    """
    return not left or len(gutters) - len(left) > (len(level.fragments) > 1)


def gutters_of(region: Region) -> list[Interval]:
    """Return the white between the columns of a region; what runs over several columns does not count."""
    wide = {id(level) for level in region.wide}
    covered = [
        (piece.x0, piece.x1)
        for level in region.levels
        if id(level) not in wide
        for fragment in level.fragments
        for piece in pieces_of(fragment)
    ]
    return _gaps(covered, region.em)
