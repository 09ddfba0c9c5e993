"""Join the parts of a table that a merged cell beside its rows, such as a theme, has kept apart."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.document import Box
from pipeline.reading.fragments import Fragment
from pipeline.reading.table_pieces import middle, size_of
from pipeline.reading.table_placed import Placed, box_of

Part = tuple[Box, list[Placed], list[Fragment]]
"""A table that is being put together: its box, its pieces with their places, the fragments of the page in it."""

_NEAR = 2.0
"""Times the size of the letters that the two parts stand apart at most."""


def joined(parts: Sequence[Part], left: Sequence[Fragment]) -> list[Part]:
    """Return tables with those put under the one above whose columns they have, but for some that are merged there.

    Parameters
    ----------
    parts
        From top to bottom.
    left
        Fragments that stand in none: those in the columns that a part lacks are the merged cells.
    """
    found: list[Part] = []
    for part in parts:
        whole = _under(found[-1], part, left) if found else None
        if whole is None:
            found.append(part)
        else:
            found[-1] = whole
    return found


def _under(above: Part, below: Part, left: Sequence[Fragment]) -> Part | None:
    em = size_of(place.fragment for place in below[1])
    ours, theirs = _extents(above[1]), _extents(below[1])
    places = _places(theirs, ours) if len(theirs) < len(ours) else None
    if places is None or below[0][1] - above[0][3] >= _NEAR * em:
        return None
    if below[0][3] <= above[0][3] + em:
        return _inside(above, below, places)
    if below[0][1] <= above[0][3] - em:
        return None
    down = max(p.row + p.row_span for p in above[1])
    moved = [replace(p, row=p.row + down, column=places[p.column]) for p in below[1]]
    lacking = [column for column in ours if column not in places.values()]
    merged = [
        Placed(_nearest_row(f, moved), column, 1, 1, f, (f,))
        for f in left
        for column in lacking
        if _overlap(ours[column], (f.x0, f.x1)) > 0 and above[0][3] - em < middle(f) < below[0][3] + em
    ]
    taken = [source for place in merged for source in place.sources]
    if not merged:
        return None
    return (
        box_of(box_of(above[0], above[2]), [*below[2], *taken]),
        [*above[1], *moved, *merged],
        [
            *above[2],
            *below[2],
            *taken,
        ],
    )


def _inside(above: Part, below: Part, places: dict[int, int]) -> Part:
    """Return a table with what stands in a gap of its own, such as a merged cell, in the row that is nearest."""
    filled = [replace(p, row=_nearest_row(p.fragment, above[1]), column=places[p.column]) for p in below[1]]
    return box_of(above[0], below[2]), [*above[1], *filled], [*above[2], *below[2]]


def _extents(placed: Sequence[Placed]) -> dict[int, tuple[float, float]]:
    """Return where each column begins and ends, by its cells that are not merged with others beside them."""
    found: dict[int, tuple[float, float]] = {}
    for place in placed:
        if place.column_span == 1:
            x0, x1 = found.get(place.column, (place.fragment.x0, place.fragment.x1))
            found[place.column] = (min(x0, place.fragment.x0), max(x1, place.fragment.x1))
    return found


def _places(theirs: dict[int, tuple[float, float]], ours: dict[int, tuple[float, float]]) -> dict[int, int] | None:
    """Return for each column the one above that it stands under; None where two share one, or one stands alone."""
    places: dict[int, int] = {}
    for column, extent in sorted(theirs.items()):
        shared, index = max((_overlap(extent, other), -at) for at, other in ours.items())
        if shared <= 0 or -index in places.values():
            return None
        places[column] = -index
    return places if list(places.values()) == sorted(places.values()) else None


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> float:
    return min(one[1], other[1]) - max(one[0], other[0])


def _nearest_row(fragment: Fragment, placed: Sequence[Placed]) -> int:
    return min(placed, key=lambda place: abs(middle(place.fragment) - middle(fragment))).row
