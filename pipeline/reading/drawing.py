"""Tell which strokes and boxes of a drawing are lines such as tables are ruled with; what both PDF readers share."""

from collections.abc import Sequence

from pipeline.reading.assembling import Rule

Point = tuple[float, float]
Stroke = tuple[Point, Point]
"""A straight piece of an outline, in points from the top left of the page as shown."""

_THIN = 3.0
"""Points: a box thinner than this is a line, and what is shorter is none."""
_STRAIGHT = 1.0
"""Points that the ends of a level line may differ in height."""
_WHOLE = 0.9
"""Part of the page, both ways, from which on a box is its background or border."""
_WHITE = 0xF8
"""The least part of a colour that cannot be told from paper, from 0 to 255."""


def rules_of_outline(strokes: Sequence[Stroke], width: float, height: float) -> list[Rule]:
    """Return the level and upright lines of one outline: one for a thin box, else one a side.

    Parameters
    ----------
    strokes
        Its straight pieces.
    width, height
        Of the page; what is as large is no line of it.
    """
    if not strokes:
        return []
    xs = [point[0] for stroke in strokes for point in stroke]
    ys = [point[1] for stroke in strokes for point in stroke]
    box = Rule(min(xs), min(ys), max(xs), max(ys))
    wide, high = box.x1 - box.x0, box.bottom - box.top
    if wide >= _WHOLE * width and high >= _WHOLE * height:
        return []
    if min(wide, high) < _THIN:
        return [box] if max(wide, high) >= _THIN else []
    return [
        Rule(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        for a, b in strokes
        if min(abs(a[0] - b[0]), abs(a[1] - b[1])) < _STRAIGHT and max(abs(a[0] - b[0]), abs(a[1] - b[1])) >= _THIN
    ]


def is_seen(red: int, green: int, blue: int, alpha: int = 255) -> bool:
    """Whether a colour, parts from 0 to 255, can be told from white paper."""
    return alpha > 0 and min(red, green, blue) < _WHITE
