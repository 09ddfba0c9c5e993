"""Put the fragments of a page in reading order: find the gutters between its columns, and the rows within them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.document import Box
from pipeline.reading.fragments import Fragment, on_one_line

# Relative to the size of most of the page's letters.
_GUTTER = 0.8
"""Width of the white space between two columns."""
_SAME_EDGE = 0.35
"""How far the left edges of a column's lines lie apart."""
_WHITE_BAND = 1.2
"""Height of white space over all columns, beyond which a head, a foot or a title of the page may stand."""
_PARAGRAPH = 0.4
"""By how much more than its closest lines the paragraphs of a column stand apart."""
_LEVEL = 0.4
"""How far the tops of two lines lie apart that were set side by side."""

_LEAST_LINES = 2
"""Lines that each of two columns has at least."""
_LEAST_LINES_OF_ALL = 6
"""Lines that two columns have together at least."""
_LINES_OF_A_HEADING = 3
"""Lines that a heading has at most."""
_LETTERS_OF_A_LINE = 14
"""Letters that half of the lines of a column of running text have at least: labels, numbers and marks are shorter."""
_FILLED = 0.6
"""Part of its column that half of the lines of running text fill at least."""
_MOST = 0.6
"""Part of the lines of a block of fields that begin with a label, or of a column of labels that end with a colon."""
_ROWS_OF_A_TABLE = 0.8
"""Part of the paragraphs of two columns that begin at one height: what stands there is a table, read row by row."""

_MOST_SEARCHES = 100
"""Sets of items of one page in which a gutter is looked for: where there are more, as between the names on a map, what
is left is read row by row. Pages of text have a dozen."""

_LABEL = re.compile(r"[^\W\d][^:]{1,40}:(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Block:
    """Something that keeps its place between the lines: a table; its box in points, and which one it is."""

    x0: float
    top: float
    x1: float
    bottom: float
    number: int


Item = Fragment | Block
Row = list[Item]
"""Fragments of one printed line from left to right, or one block."""


@dataclass(slots=True)
class _Gutter:
    """White space between two columns: what stands above, left, right and below of it."""

    above: list[Item]
    left: list[Item]
    right: list[Item]
    below: list[Item]
    of_fields: bool = False


_Searched = dict[tuple[int, ...], _Gutter | None]
"""The gutters of a page by the ids of the items that were searched: columns in columns ask for the same ones again."""


def rows_in_order(fragments: Iterable[Fragment], tables: Sequence[Box], size: float) -> list[Row]:
    """Return what stands on a page in reading order.

    Where two or more columns of running text stand side by side, each is read from top to bottom, between what runs
    over all of them. All else is read row by row: a number and its heading, a label and its value are one row, however
    far apart they stand. Where fields ``Label: value`` stand in two columns, each field is a row of its own.

    Parameters
    ----------
    fragments
        In any order.
    tables
        Boxes that keep their place between the lines; each is a row of its own.
    size
        Of most of the page's letters, in points.
    """
    blocks = [Block(*box, number) for number, box in enumerate(tables)]
    rows = _ordered(sorted([*fragments, *blocks], key=_middle), size, {})
    return [part for row in rows for part in _fields_of(row)]


def _fields_of(row: Row) -> list[Row]:
    """Part a row of several fields ``Label: value``, or of labels and values by turns, into one each."""
    if len(row) < _LEAST_LINES or not _LABEL.match(_says(row[:1])):
        return [row]
    parts: list[Row] = [row[:1]]
    for item in row[1:]:
        is_whole = not _says(parts[-1]).endswith(":")
        if is_whole and _LABEL.match(_says([item])):
            parts.append([item])
        else:
            parts[-1].append(item)
    return parts


def _middle(item: Item) -> float:
    return (item.top + item.bottom) / 2


def _ordered(items: list[Item], size: float, searched: _Searched) -> list[Row]:
    gutter = _gutter(items, size, searched)
    if gutter is None:
        return _rows(items)
    left, right = _ordered(gutter.left, size, searched), _ordered(gutter.right, size, searched)
    inside = _fields_in_order(left, right, size) if gutter.of_fields else left + right
    return _ordered(gutter.above, size, searched) + inside + _ordered(gutter.below, size, searched)


def _rows(items: Iterable[Item]) -> list[Row]:
    """Group items, sorted by their middle, into printed lines, from top to bottom."""
    rows: list[Row] = []
    for item in items:
        for row in rows[:-5:-1]:
            if isinstance(item, Fragment) and _belongs(item, row):
                row.append(item)
                break
        else:
            rows.append([item])
    for row in rows:
        row.sort(key=lambda item: item.x0)
    rows.sort(key=lambda row: sum(map(_middle, row)) / len(row))
    return rows


def _belongs(item: Fragment, row: Row) -> bool:
    """Whether a fragment stands on the printed line of a row, beside what that has."""
    nearest: Fragment | None = None
    for other in row:
        if not isinstance(other, Fragment) or (item.x0 < other.x1 and other.x0 < item.x1):
            return False
        if nearest is None or abs(other.x0 - item.x0) < abs(nearest.x0 - item.x0):
            nearest = other
    if nearest is None:
        return False
    if nearest.bottom <= item.top or item.bottom <= nearest.top:
        return False
    left, right = (nearest, item) if nearest.x0 < item.x0 else (item, nearest)
    return on_one_line(left.last, right.first)


def _gutter(items: list[Item], size: float, searched: _Searched) -> _Gutter | None:
    """Return the gutter that parts most of the items, sorted by their middle; the leftmost of equals."""
    key = tuple(map(id, items))
    if key not in searched:
        if len(searched) >= _MOST_SEARCHES:
            return None
        searched[key] = None  # counts while the columns in it are searched
        searched[key] = _best_gutter(items, size, searched)
    return searched[key]


def _best_gutter(items: list[Item], size: float, searched: _Searched) -> _Gutter | None:
    best: _Gutter | None = None
    most = 0
    for x in _edges(items, size):
        for found in _gutters_at(x, items, size, searched):
            count = len(found.left) + len(found.right)
            if count > most:
                best, most = found, count
    return best


def _edges(items: list[Item], size: float) -> list[float]:
    """Return where several items begin, with something to the left of them: the left edges of possible columns."""
    lefts = sorted(item.x0 for item in items)
    edges: list[float] = []
    start = 0
    for at in range(1, len(lefts) + 1):
        if at == len(lefts) or lefts[at] - lefts[at - 1] > _SAME_EDGE * size:
            if start and at - start >= _LEAST_LINES:
                edges.append(lefts[start])
            start = at
    return edges


def _gutters_at(x: float, items: list[Item], size: float, searched: _Searched) -> list[_Gutter]:
    """Return the gutters with a right edge at `x`: between things that run across it, as far as there are columns."""
    inside = x - _GUTTER * size / 2
    found: list[_Gutter] = []
    start = 0
    for at in range(len(items) + 1):
        if at < len(items) and not items[at].x0 < inside < items[at].x1:
            continue
        if at - start >= 2 * _LEAST_LINES:
            first, last = _columned(items[start:at], inside, size, is_last=at == len(items))
            beside = items[start + first : start + last]
            left = [item for item in beside if item.x1 <= inside]
            right = [item for item in beside if item.x0 >= inside]
            kind = _kind(left, right, size, searched)
            if kind is not None:
                found.append(
                    _Gutter(items[: start + first], left, right, items[start + last :], of_fields=kind == "fields")
                )
        start = at + 1
    return found


def _columned(items: list[Item], x: float, size: float, *, is_last: bool) -> tuple[int, int]:
    """Return the part ``[first, last)`` of items that stand beside `x` without what only belongs to the page's width.

    That is what white space over the whole width parts from the columns: a running head, a title, a foot.
    """
    bands: list[tuple[int, int]] = []
    start, bottom = 0, items[0].bottom
    for at, item in enumerate(items):
        if item.top - bottom > _WHITE_BAND * size:
            bands.append((start, at))
            start = at
        bottom = max(bottom, item.bottom)
    bands.append((start, len(items)))
    while bands and not _has_columns(items[slice(*bands[0])], x):
        bands.pop(0)
    while bands and _is_foot(items[slice(*bands[-1])], x, is_last=is_last):
        bands.pop()
    if not bands:
        return 0, 0
    first, last = bands[0][0], bands[-1][1]
    return first, last - (0 if is_last else len(_heading_below(items[first:last], x, size)))


def _heading_below(items: list[Item], x: float, size: float) -> list[Item]:
    """Return the heading of what runs across below, which is short, so that it stands in the left column only."""
    ends = [item.bottom for item in items if item.x0 >= x]
    tail = [item for item in items if item.top > max(ends)] if ends else []
    column = _rows(item for item in items if item.x1 <= x)
    above = len(column) - len(_rows(tail))
    if not tail or above < _LEAST_LINES or len(column) - above > _LINES_OF_A_HEADING:
        return []
    return tail if column[above][0].top in _beginnings(column, size) else []


def _has_columns(band: list[Item], x: float) -> bool:
    left = sum(1 for item in band if item.x1 <= x)
    return min(left, len(band) - left) >= _LEAST_LINES


def _is_foot(band: list[Item], x: float, *, is_last: bool) -> bool:
    """Whether the last band beside `x` is the foot of the page, or the heading of what runs across below."""
    lines = len(_rows(band))
    left = sum(1 for item in band if item.x1 <= x)
    return lines == 1 or (not is_last and left == len(band) and lines <= _LEAST_LINES)


def _kind(left: list[Item], right: list[Item], size: float, searched: _Searched) -> str | None:
    """Return what two columns hold: `text` or `fields`; None where they are no columns but rows."""
    ours, theirs = _rows(left), _rows(right)
    if min(len(ours), len(theirs)) < _LEAST_LINES:
        return None
    if min(item.x0 for item in right) - max(item.x1 for item in left) < _GUTTER * size:
        return None
    if _are_fields(ours) and _are_fields(theirs):
        return "fields"
    if len(ours) + len(theirs) < _LEAST_LINES_OF_ALL:
        return None
    if not all(
        _is_running(rows) or _are_columns(items, size, searched) for rows, items in ((ours, left), (theirs, right))
    ):
        return None
    return None if _begin_together(ours, theirs, size) else "text"


def _says(row: Row) -> str:
    return " ".join(item.text for item in row if isinstance(item, Fragment))


def _are_fields(rows: list[Row]) -> bool:
    """Whether most rows are ``Label: value``."""
    labelled = [text for text in map(_says, rows) if (label := _LABEL.match(text)) and label.end() < len(text)]
    return len(labelled) >= max(_MOST * len(rows), _LEAST_LINES)


def _is_running(rows: list[Row]) -> bool:
    """Whether lines are those of running text: long, filling their column, and no labels of what stands beside."""
    texts = [_says(row) for row in rows]
    x0 = min(row[0].x0 for row in rows)
    width = max(row[-1].x1 for row in rows) - x0
    return (
        median(map(len, texts)) >= _LETTERS_OF_A_LINE
        and median(row[-1].x1 - row[0].x0 for row in rows) >= _FILLED * width
        and sum(text.endswith(":") for text in texts) <= (1 - _MOST) * len(texts)
    )


def _are_columns(items: list[Item], size: float, searched: _Searched) -> bool:
    """Whether most of what stands beside a gutter is columns of running text itself."""
    inner = _gutter(items, size, searched)
    return inner is not None and not inner.of_fields and len(inner.left) + len(inner.right) > len(items) / 2


def _begin_together(ours: list[Row], theirs: list[Row], size: float) -> bool:
    """Whether the paragraphs of two columns begin at the same heights, as the cells of a table's rows do."""
    here, there = _beginnings(ours, size), _beginnings(theirs, size)
    shared = 0
    for top in here:
        at = bisect_left(there, top - _LEVEL * size)
        shared += at < len(there) and there[at] <= top + _LEVEL * size
    return shared > _LEAST_LINES and shared >= _ROWS_OF_A_TABLE * max(len(here), len(there))


def _beginnings(rows: list[Row], size: float) -> list[float]:
    """Return the tops of paragraphs, but for the first."""
    gaps = [row[0].top - above[0].bottom for above, row in pairwise(rows)]
    least = min(gaps, default=0.0) + _PARAGRAPH * size
    return [row[0].top for row, gap in zip(rows[1:], gaps, strict=True) if gap > least]


def _fields_in_order(left: list[Row], right: list[Row], size: float) -> list[Row]:
    """Return two columns of fields: those that begin at one height follow each other, with the lines below them.

    Where both columns have the same labels at one height, each is a card of its own: the left one is read first.
    """
    tops = [row[0].top for row in right]
    starts: list[tuple[float, str]] = []
    is_card = False
    for row in left:
        label = _LABEL.match(_says(row))
        at = bisect_left(tops, row[0].top - _LEVEL * size)
        if label is None or at == len(tops) or tops[at] > row[0].top + _LEVEL * size:
            continue
        starts.append((min(row[0].top, tops[at]), label[0]))
        is_card = is_card or _says(right[at]).startswith(label[0])
    if is_card:
        starts = [start for start in starts if start[1] == starts[0][1]]
    order: list[Row] = []
    heights = [float("-inf"), *(top for top, _ in starts[1:]), float("inf")]
    for top, bottom in pairwise(heights):
        for column in (left, right):
            order.extend(row for row in column if top <= row[0].top < bottom)
    return order
