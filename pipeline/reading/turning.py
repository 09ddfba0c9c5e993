"""Part the characters of a page by the way they are turned, and read those that are turned as if they stood upright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from pipeline.reading.assembling import Chars, Rule

_SLACK = 25
"""Degrees that letters may stand off an upright or a quarter turn and still be read that way: a scan may be turned."""
_MOST = 0.5
"""Part of a page's characters that must be turned one way for the whole page to be read that way."""


class Placing(Protocol):
    """From a box where it was read to the box on the page as shown; of floats, or of columns of them."""

    def __call__(self, box: tuple[Any, Any, Any, Any], /) -> tuple[Any, Any, Any, Any]:
        """Return the box on the page as shown."""
        ...


@dataclass(frozen=True, slots=True)
class Frame:
    """Characters and drawn lines that are turned one way, placed as if they stood upright."""

    angle: int
    """Degrees that they are turned clockwise on the page as shown: a quarter turn, or any other for a slant."""
    chars: Chars
    rules: Sequence[Rule]
    place: Placing | None
    """From the frame to the page as shown; None where they are the same."""

    @property
    def is_slanting(self) -> bool:
        """Whether it stands askew, so that it has no lines."""
        return self.angle % 90 != 0


def frames_of(chars: Chars, rules: Sequence[Rule], width: float, height: float) -> list[Frame]:
    """Return the frames of a page, what it is read by first: upright, unless most characters are turned another way.

    Parameters
    ----------
    chars, rules
        Placed on the page as shown, in points from the top left.
    width, height
        Of the page as shown.
    """
    turns = {id(look): _turn(look.angle) for look in chars.kinds}
    if not any(turns.values()):
        return [Frame(0, chars, rules, None)]
    turned = [turns[id(look)] for look in chars.looks]
    (most, count), *_ = Counter(turned).most_common(1)
    first = most if most % 90 == 0 and count > _MOST * len(turned) else 0
    columns = np.array(turned)
    angles = (first, *(angle for angle in sorted(set(turned)) if angle != first))
    return [_frame(angle, chars.only(columns == angle), rules, width, height) for angle in angles]


def _turn(angle: int) -> int:
    quarter = round(angle / 90) * 90
    return (quarter if quarter > -180 else 180) if abs(angle - quarter) <= _SLACK else angle


def _frame(angle: int, chars: Chars, rules: Sequence[Rule], width: float, height: float) -> Frame:
    if angle not in (90, 180, -90):
        return Frame(angle, chars, rules, None)
    into, back = _turning(angle, width, height)
    sides = into((chars.x0, chars.top, chars.x1, chars.bottom))
    placed = Chars(chars.text, *sides, chars.looks, chars.spaced, chars.sizes, chars.kinds, chars.lost)
    return Frame(angle, placed, [Rule(*into(rule)) for rule in rules], back)


def _turning(angle: int, width: float, height: float) -> tuple[Placing, Placing]:
    """Return the functions from the page to a frame in which letters turned by `angle` stand upright, and back."""

    def down(box: tuple[Any, Any, Any, Any], /) -> tuple[Any, Any, Any, Any]:
        return box[1], width - box[2], box[3], width - box[0]

    def down_back(box: tuple[Any, Any, Any, Any], /) -> tuple[Any, Any, Any, Any]:
        return width - box[3], box[0], width - box[1], box[2]

    def up(box: tuple[Any, Any, Any, Any], /) -> tuple[Any, Any, Any, Any]:
        return height - box[3], box[0], height - box[1], box[2]

    def up_back(box: tuple[Any, Any, Any, Any], /) -> tuple[Any, Any, Any, Any]:
        return box[1], height - box[2], box[3], height - box[0]

    def over(box: tuple[Any, Any, Any, Any], /) -> tuple[Any, Any, Any, Any]:
        return width - box[2], height - box[3], width - box[0], height - box[1]

    return {90: (down, down_back), -90: (up, up_back), 180: (over, over)}[angle]
