"""Find how far the lines of a scanned page slope, so that its tables can be looked for as if it were straight."""

import math
from collections import Counter
from collections.abc import Sequence

from pipeline.reading.assembling import Rule
from pipeline.reading.fragments import Fragment
from pipeline.reading.table_pieces import middle

_WIDEST = 5
"""Fragments that are looked at to see that a page is straight; of printed text both ends stand at one height."""
_EXACT = 0.01
"""Points by which the ends of a line that was not scanned differ at most."""
_STEP = 0.05
_STEEPEST = 1.0
"""Degrees: slopes from minus to plus this are tried, so far apart; OCR has turned steeper pages upright."""
_BIN = 0.2
"""Relative to the size of the glyphs: how near to each other lines count as level."""


def slope_of(fragments: Sequence[Fragment]) -> float:
    """Return the slope of the lines of a page, down per point to the right; 0 for a page that was not scanned.

    It is the slope at which most fragments stand level with others (a projection profile).
    """
    widest = sorted(fragments, key=lambda f: f.x0 - f.x1)[:_WIDEST]
    if not widest or any(abs(f.first.bottom - f.last.bottom) < _EXACT for f in widest):
        return 0.0
    height = _BIN * widest[0].look.size
    places = [((f.x0 + f.x1) / 2, middle(f)) for f in fragments]

    def evenness(slope: float) -> float:
        bins = Counter(round((y - x * slope) / height) for x, y in places)
        return sum((count + bins.get(at + 1, 0)) ** 2 for at, count in bins.items())

    steps = round(_STEEPEST / _STEP)
    slopes = [math.tan(math.radians(_STEP * step)) for step in range(-steps, steps + 1)]
    return max(slopes, key=lambda slope: (evenness(slope), -abs(slope)))


def straightened(fragments: Sequence[Fragment], slope: float) -> list[Fragment]:
    """Return copies of fragments, each moved up or down to where it would stand on a straight page."""
    moves = [-slope * (f.x0 + f.x1) / 2 for f in fragments]
    return [
        Fragment(f.x0, f.top + move, f.x1, f.bottom + move, f.chars) for f, move in zip(fragments, moves, strict=True)
    ]


def straightened_rules(rules: Sequence[Rule], slope: float) -> list[Rule]:
    """Return rules moved as the text is."""
    moves = [-slope * (rule.x0 + rule.x1) / 2 for rule in rules]
    return [
        Rule(rule.x0, rule.top + move, rule.x1, rule.bottom + move) for rule, move in zip(rules, moves, strict=True)
    ]
