"""Give text its cells in columns of white, with or without level rules across them."""

from collections.abc import Sequence

from pipeline.reading.assembling import Rule
from pipeline.reading.fragments import Fragment
from pipeline.reading.rules import covered
from pipeline.reading.table_judging import is_table
from pipeline.reading.table_pieces import cut_at, middle
from pipeline.reading.table_placed import Placed, box_of, columns_of
from pipeline.reading.table_regions import Region
from pipeline.reading.table_rows import row_starts

_ACROSS = 0.5
"""Part of the width of a table that level rules must cover to part its rows."""
_MOST_OF_HEAD = 0.5
"""Part of the columns that a head has text in at least; a first row with less is the end of a cut one."""


def of_region(region: Region, level: Sequence[Rule]) -> list[Placed]:
    """Return the text of a region with its places; nothing where it is no table."""
    if len(region.gutters) == 1 and not level and not all(f.look.bold for f in region.levels[0].fragments):
        return []  # columns of prose, most often: two columns are only taken for a table where they have a head
    edges = [float("-inf"), *((start + end) / 2 for start, end in region.gutters), float("inf")]
    x0, _, x1, _ = box_of(None, region.fragments)
    heights = _across(level, x0, x1)
    placed = _in_columns(region, edges, heights)
    needless = _needless(placed, len(edges) - 1)
    if needless:
        edges = [edge for number, edge in enumerate(edges) if number not in needless]
        placed = _in_columns(region, edges, heights)
    placed = _trimmed(placed, heights)
    if not is_table([(p.row, p.column, p.column_span, p.fragment) for p in placed], heights):
        return []
    return placed


def _in_columns(region: Region, edges: Sequence[float], heights: Sequence[float]) -> list[Placed]:
    """Return the text of a region with its places, by the edges of its columns."""
    count = len(edges) - 1
    placed: list[Placed] = []
    for fragment in region.fragments:
        for piece in _cut_apart(fragment, edges):
            first = sum(edge <= piece.x0 for edge in edges) - 1
            last = sum(edge < piece.x1 for edge in edges) - 1
            placed.append(Placed(0, first, 1, last - first + 1, piece, (fragment,)))
    columns = columns_of([p for p in placed if p.column_span == 1], count, region.em)
    starts = row_starts(columns, region.em, heights)
    wide = [p.fragment for p in placed if p.column_span == count or (p.column_span > 1 and p.column == 0)]
    starts = _around_wide(starts, wide, columns)
    for p in placed:
        p.row = sum(start <= middle(p.fragment) for start in starts)
    return placed


def _needless(placed: Sequence[Placed], count: int) -> set[int]:
    """Return the edges (by number) between what is one column: its head at one side, all else at the other."""
    first = min(p.row for p in placed)
    rows = [{p.row for p in placed if p.column <= column < p.column + p.column_span} for column in range(count)]
    needless: set[int] = set()
    if sum(first in here for here in rows) < _MOST_OF_HEAD * count:
        return needless
    for column in range(count - 1):
        here, there = rows[column], rows[column + 1]
        if not here & there and {first} in (here, there) and column not in needless:
            needless.add(column + 1)
    return needless


def _cut_apart(fragment: Fragment, edges: Sequence[float]) -> list[Fragment]:
    pieces = [fragment]
    for x in edges[1:-1]:
        pieces = [piece for whole in pieces for piece in cut_at(whole, x)]
    return pieces


def _across(level: Sequence[Rule], x0: float, x1: float) -> list[float]:
    """Return the heights at which rules stand across a table."""
    heights: list[float] = []
    for rule in level:
        near = [r for r in level if abs(r.top - rule.top) < 1]
        if covered(near, x0, x1) >= _ACROSS and (not heights or rule.top - heights[-1] >= 1):
            heights.append(rule.top)
    return heights


def _around_wide(starts: list[float], wide: Sequence[Fragment], columns: Sequence[Sequence[Fragment]]) -> list[float]:
    """Let text that runs over all columns be a row of its own."""
    lines = sorted(middle(line) for column in columns for line in column)
    added = set(starts)
    for fragment in wide:
        at = middle(fragment)
        above = max((y for y in lines if y < at), default=None)
        below = min((y for y in lines if y > at), default=None)
        for y in (above, below):
            if y is not None and not any(min(y, at) < start < max(y, at) for start in added):
                added.add((y + at) / 2)
    return sorted(added)


def _trimmed(placed: list[Placed], heights: Sequence[float]) -> list[Placed]:
    """Leave out what stands above and below: rows with one cell in the first column or over several, such as captions.

    What stands between two rules that the rest stands between too stays.
    """
    kept = placed
    for edge in (max, min):
        while kept:
            row = edge(p.row for p in kept)
            mine = [p for p in kept if p.row == row]
            others = [p for p in kept if p.row != row]
            if not others or not all(p.column == 0 for p in mine):
                break
            at = middle(mine[0].fragment)
            if any(y < at for y in heights) and any(y > at for y in heights):
                break
            kept = others
    return kept
