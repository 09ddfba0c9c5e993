"""Stretches of a text that are taken, none overlapping another, so that asking for an overlap is quick."""

from bisect import bisect_left, insort
from collections.abc import Iterable


class Extents:
    """A set of ``(start, end)``, ``end`` exclusive, kept in order.

    Those given at first may overlap; they are merged.
    """

    def __init__(self, extents: Iterable[tuple[int, int]] = ()) -> None:
        self._kept: list[tuple[int, int]] = []
        for start, end in sorted(extents):
            if self._kept and start < self._kept[-1][1]:
                self._kept[-1] = (self._kept[-1][0], max(end, self._kept[-1][1]))
            else:
                self._kept.append((start, end))

    def overlaps(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` shares a code point with one of them."""
        at = bisect_left(self._kept, (end, end))
        return at > 0 and self._kept[at - 1][1] > start

    def add(self, start: int, end: int) -> None:
        """Add one that overlaps with none."""
        insort(self._kept, (start, end))
