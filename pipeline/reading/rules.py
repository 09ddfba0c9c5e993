"""Put the drawn lines of a page together: dashes, double lines and the sides of thin boxes become single rules."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.reading.assembling import Rule

APART = 3.0
"""Points: rules that are parallel and no further apart are one (a double line, the two sides of a thin box)."""
_DASH = 4.5
"""Points: the widest gap between pieces of one rule."""
_SHORT = 8.0
"""Points: what is shorter, once put together, is the end of a thin box, a tick or a bullet, and no rule."""
_MOST = 4000
"""Lines on a page from which on they are a drawing or a chart, and no table is looked for."""


class Rules(NamedTuple):
    """The rules of a page: level ones from top to bottom, upright ones from left to right."""

    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]


def put_together(drawn: Sequence[Rule]) -> Rules:
    """Return the rules that the lines drawn on a page make up; none where there are so many that they are a picture.

    Parameters
    ----------
    drawn
        Level and upright lines in points from the top left, in any order; sides of boxes count as lines.
    """
    if len(drawn) > _MOST:
        return Rules((), ())
    level = [
        (rule.top + rule.bottom, rule.x0, rule.x1) for rule in drawn if rule.x1 - rule.x0 >= rule.bottom - rule.top
    ]
    upright = [
        (rule.x0 + rule.x1, rule.top, rule.bottom) for rule in drawn if rule.x1 - rule.x0 < rule.bottom - rule.top
    ]
    return Rules(
        tuple(Rule(start, at, end, at) for at, start, end in _lines(level)),
        tuple(Rule(at, start, at, end) for at, start, end in _lines(upright)),
    )


def _lines(pieces: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Put pieces ``(twice the place, start, end)`` together; return ``(place, start, end)`` by place, then start."""
    found: list[tuple[float, float, float]] = []
    near: list[tuple[float, float, float]] = []
    for twice, start, end in sorted(pieces):
        at = twice / 2
        if near and at - near[0][0] > APART:
            found.extend(_joined(near))
            near = []
        near.append((at, start, end))
    found.extend(_joined(near))
    return found


def _joined(near: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Join pieces that stand at about one place where they follow each other."""
    joined: list[tuple[float, float, float]] = []
    places: list[float] = []
    start = end = 0.0
    for at, piece_start, piece_end in sorted(near, key=lambda piece: piece[1:]):
        if places and piece_start - end <= _DASH:
            end = max(end, piece_end)
            places.append(at)
            continue
        if places and end - start >= _SHORT:
            joined.append((sum(places) / len(places), start, end))
        places, start, end = [at], piece_start, piece_end
    if places and end - start >= _SHORT:
        joined.append((sum(places) / len(places), start, end))
    return sorted(joined)


def covered(rules: Iterable[Rule], start: float, end: float) -> float:
    """Return which part of ``[start, end]`` level rules cover, from 0 to 1."""
    return _part(((rule.x0, rule.x1) for rule in rules), start, end)


def covered_upright(rules: Iterable[Rule], start: float, end: float) -> float:
    """Return which part of ``[start, end]`` upright rules cover, from 0 to 1."""
    return _part(((rule.top, rule.bottom) for rule in rules), start, end)


def _part(pieces: Iterable[tuple[float, float]], start: float, end: float) -> float:
    length = 0.0
    reached = start
    for piece_start, piece_end in sorted(pieces):
        low, high = max(piece_start, reached), min(piece_end, end)
        if high > low:
            length += high - low
            reached = high
    return length / (end - start) if end > start else 0.0
