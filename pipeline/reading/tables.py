"""Find the tables on a page, ruled or not, and give each fragment of text its cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import Box, Cell
from pipeline.reading.assembling import Rule
from pipeline.reading.fragments import Fragment
from pipeline.reading.rules import Rules, covered, put_together
from pipeline.reading.table_grids import Grid, find_grids
from pipeline.reading.table_judging import is_table
from pipeline.reading.table_pieces import as_printed, cut_at, middle, pieces_of, printed_lines, size_of
from pipeline.reading.table_regions import Region, find_regions, levels_of
from pipeline.reading.table_rows import leading_of, row_starts, split_band
from pipeline.reading.table_slope import slope_of, straightened, straightened_rules

_ACROSS = 0.5
"""Part of the width of a table that level rules must cover to part its rows."""
_FAR = 3.0
"""Relative to the size of the glyphs: text further than this from a shaded row does not belong to its table."""
_CENTRED = 0.03
"""Part of the width of a merged cell that text in its middle may be off it."""
_MOST_OF_HEAD = 0.5
"""Part of the columns that a head has text in at least; a first row with less is the end of a cut one."""
_WIDE = 4
"""Edges of columns from which on a grid is a table even where all its text stands in one column: the end of a row."""
_LOW = 3
"""Rows of a grid up to which a row may hold several, without rules between them."""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table on a page: its outer box, and its cells with the fragments of each.

    Rows from top to bottom, in a row cells from left to right, in a cell lines from top to bottom. Cells without text
    are not among them; fragments of one line of a cell have been put together, and those that ran over the white
    between two columns cut.
    """

    box: Box
    cells: list[tuple[Cell, list[Fragment]]]
    used: list[Fragment]
    """The fragments of the page that stand in it, as they were given."""


def find_tables(fragments: Sequence[Fragment], rules: Sequence[Rule]) -> list[FoundTable]:
    """Return the tables of a page, from top to bottom; a page without two fragments side by side has none.

    Parameters
    ----------
    fragments
        The text of the page, in any order.
    rules
        The lines that are drawn on it, and the sides of boxes.
    """
    slope = slope_of(fragments)
    if not slope:
        return _find(fragments, put_together(rules))
    straight = straightened(fragments, slope)
    sources = {id(moved): fragment for moved, fragment in zip(straight, fragments, strict=True)}
    return [
        FoundTable(
            _box_of(None, [sources[id(moved)] for moved in found.used]),
            [(cell, [as_printed(line) for line in inside]) for cell, inside in found.cells],
            [sources[id(moved)] for moved in found.used],
        )
        for found in _find(straight, put_together(straightened_rules(rules, slope)))
    ]


def _find(fragments: Sequence[Fragment], drawn: Rules) -> list[FoundTable]:
    """Return the tables of a straight page."""
    grids = find_grids(drawn)
    left = list(fragments)
    found: list[tuple[Box, list[_Placed], list[Fragment]]] = []
    for grid in _stacked(grids, left):
        inside = [f for f in left if _is_inside(f, grid.box)]
        beyond = [*_beyond(grid, left, down=False), *_beyond(grid, left, down=True)] if len(inside) > 1 else []
        placed = _of_grid(grid, inside, beyond)
        if placed:
            used = {id(f) for f in (*inside, *beyond)}
            found.append((_box_of(grid.box, beyond), placed, [f for f in left if id(f) in used]))
            left = [f for f in left if id(f) not in used]
    levels = levels_of(left)
    if any(len(level.fragments) > 1 for level in levels):
        for region in find_regions(levels):
            placed = _of_region(region, drawn.level)
            if placed:
                used = {id(f) for p in placed for f in p.sources}
                taken = [f for f in region.fragments if id(f) in used]
                found.append((_box_of(None, taken), placed, taken))
    found.sort(key=lambda table: (table[0][1], table[0][0]))
    return [_table(number, box, placed, used) for number, (box, placed, used) in enumerate(found)]


@dataclass(slots=True)
class _Placed:
    """A piece of text with its place."""

    row: int
    column: int
    row_span: int
    column_span: int
    fragment: Fragment
    sources: tuple[Fragment, ...]


def _table(number: int, box: Box, placed: Sequence[_Placed], used: list[Fragment]) -> FoundTable:
    """Return a table with its rows numbered, without those that hold nothing, and the text of each cell in order."""
    rows = {row: index for index, row in enumerate(sorted({p.row for p in placed}))}
    cells: dict[Cell, list[Fragment]] = {}
    for place in sorted(placed, key=lambda p: (p.row, p.column)):
        last = max(row for row in rows if row < place.row + place.row_span)
        cell = Cell(number, rows[place.row], place.column, rows[last] - rows[place.row] + 1, place.column_span)
        cells.setdefault(cell, []).append(place.fragment)
    em = size_of(place.fragment for place in placed)
    return FoundTable(box, [(cell, printed_lines(inside, em)) for cell, inside in cells.items()], used)


def _box_of(box: Box | None, fragments: Sequence[Fragment]) -> Box:
    """Return the box around a box and fragments."""
    boxes = [(f.x0, f.top, f.x1, f.bottom) for f in fragments] + ([box] if box else [])
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _is_inside(fragment: Fragment, box: Box) -> bool:
    x = (fragment.x0 + fragment.x1) / 2
    return box[0] <= x <= box[2] and box[1] <= middle(fragment) <= box[3]


# Grids of rules


def _stacked(grids: Sequence[Grid], fragments: Sequence[Fragment]) -> list[Grid]:
    """Put grids of one row together that stand under each other with the same columns, such as every other row."""
    stacks: list[Grid] = []
    for grid in grids:
        above = stacks[-1] if stacks else None
        if above is not None and min(len(above.ys), len(grid.ys)) == 2 and _same_edges(above.xs, grid.xs):
            between = [f for f in fragments if above.ys[-1] < middle(f) < grid.ys[0]]
            if all(_fits(f, above.xs) for f in between):
                ys = above.ys if grid.ys[0] - above.ys[-1] > _JOIN else above.ys[:-1]
                stacks[-1] = Grid(above.xs, [*ys, *grid.ys], above.level + grid.level, above.upright + grid.upright)
                continue
        stacks.append(grid)
    return stacks


_JOIN = 5.0
"""Points: edges that are no further apart are one."""


def _same_edges(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(abs(a - b) < _JOIN for a, b in zip(one, other, strict=True))


def _fits(fragment: Fragment, xs: Sequence[float]) -> bool:
    """Whether no edge of a column runs through a fragment, and it stands between the outer ones."""
    if fragment.x0 < xs[0] - 1 or fragment.x1 > xs[-1] + 1:
        return False
    return all(piece.x1 <= x + 1 or piece.x0 >= x - 1 for piece in pieces_of(fragment) for x in xs[1:-1])


def _beyond(grid: Grid, fragments: Sequence[Fragment], *, down: bool) -> list[Fragment]:
    """Return the text under or over a grid of one row, or of shaded rows, that stands in its columns."""
    if not grid.level or (len(grid.ys) > 2 and not _is_every_other(grid)):
        return []
    _, top, _, bottom = grid.box
    outside = [f for f in fragments if (middle(f) > bottom if down else middle(f) < top)]
    outside = [f for f in outside if f.x1 > grid.xs[0] and f.x0 < grid.xs[-1]]
    em = size_of(outside)
    beyond: list[Fragment] = []
    at = bottom if down else top
    for level in levels_of(outside) if down else reversed(levels_of(outside)):
        if abs(level.at - at) > _FAR * em or not all(_fits(f, grid.xs) for f in level.fragments):
            break
        if not down and len(level.fragments) < 2:
            break
        at = level.at
        beyond += level.fragments
    columns = {grid.column((f.x0 + f.x1) / 2) for f in beyond}
    return beyond if len(columns) > 1 else []


def _is_every_other(grid: Grid) -> bool:
    """Whether only some rows have sides drawn: those that are shaded."""
    return any(not grid.parted_columns(row) for row in range(len(grid.ys) - 1))


def _of_grid(grid: Grid, inside: Sequence[Fragment], beyond: Sequence[Fragment]) -> list[_Placed]:
    """Return the text of a grid with its places; nothing where less than two cells hold text."""
    _, first, _, last = grid.box
    over = [f.top for f in beyond if middle(f) < first]
    under = [f.bottom for f in beyond if middle(f) > last]
    ys = [*([min(over)] if over else []), *grid.ys, *([max(under)] if under else [])]
    grid = Grid(grid.xs, ys, grid.level, grid.upright)
    fields = {}
    for row, column, row_span, column_span in grid.fields():
        for y in range(row, row + row_span):
            for x in range(column, column + column_span):
                fields[y, x] = (row, column, row_span, column_span)
    held: dict[tuple[int, int, int, int], list[Fragment]] = {}
    for fragment in (*inside, *beyond):
        place = (grid.row(middle(fragment)), grid.column((fragment.x0 + fragment.x1) / 2))
        held.setdefault(fields[place], []).append(fragment)
    if not held:
        return []
    placed: list[_Placed] = []
    for (row, column, row_span, column_span), fragments in sorted(held.items()):
        if column_span > 1 and (
            apart := _apart(fragments, grid.xs[column : column + column_span + 1], has_sides=grid.has_sides(row))
        ):
            placed += [_Placed(row, column + at, row_span, 1, piece, (source,)) for at, piece, source in apart]
        else:
            placed += [_Placed(row, column, row_span, column_span, f, (f,)) for f in fragments]
    if len({p.column for p in placed}) < 2 and (len(grid.xs) < _WIDE or any(p.column_span > 1 for p in placed)):
        return []
    return _split_rows(grid, placed, {*([0] if over else []), *([len(ys) - 2] if under else [])})


def _apart(
    fragments: Sequence[Fragment], xs: Sequence[float], *, has_sides: bool
) -> list[tuple[int, Fragment, Fragment]]:
    """Part the text of columns between which no rule is drawn; nothing where it is that of one merged cell."""
    parted: list[tuple[int, Fragment, Fragment]] = []
    for fragment in fragments:
        if not _fits(fragment, xs):
            return []
        pieces = [fragment]
        for x in xs[1:-1]:
            pieces = [piece for whole in pieces for piece in cut_at(whole, x)]
        for piece in pieces:
            at = sum(x <= (piece.x0 + piece.x1) / 2 for x in xs[1:-1])
            parted.append((at, piece, fragment))
    columns = {at for at, _, _ in parted}
    if len(columns) > 1:
        return parted
    x0, _, x1, _ = _box_of(None, fragments)
    is_centred = abs((x0 - xs[0]) - (xs[-1] - x1)) < _CENTRED * (xs[-1] - xs[0])
    return [] if has_sides or columns == {0} or is_centred else parted


def _split_rows(grid: Grid, placed: list[_Placed], unruled: set[int]) -> list[_Placed]:
    """Part rows of a grid that hold several rows of text; those of the `unruled` are not parted by rules."""
    rows = len(grid.ys) - 1
    if rows > _LOW and not unruled:
        return placed
    em = size_of(p.fragment for p in placed)
    leading = leading_of(_columns(placed, len(grid.xs) - 1, em), em)
    split: list[_Placed] = []
    extra = 0
    for row, mine in enumerate([[p for p in placed if p.row == row] for row in range(rows)]):
        columns = _columns([p for p in mine if p.row_span == 1 and p.column_span == 1], len(grid.xs) - 1, em)
        if row in unruled:
            starts = row_starts(columns, em, (), leading)
        else:
            starts = split_band(columns, em, leading) if rows <= _LOW else []
        for p in mine:
            p.row = row + extra + (sum(start <= middle(p.fragment) for start in starts) if p.row_span == 1 else 0)
        extra += len(starts)
        split += mine
    return split


def _columns(placed: Sequence[_Placed], count: int, em: float) -> list[list[Fragment]]:
    return [printed_lines([p.fragment for p in placed if p.column == column], em) for column in range(count)]


# Columns of text


def _of_region(region: Region, level: Sequence[Rule]) -> list[_Placed]:
    """Return the text of a region with its places; nothing where it is no table."""
    if len(region.gutters) == 1 and not level and not all(f.look.bold for f in region.levels[0].fragments):
        return []  # columns of prose, most often: two columns are only taken for a table where they have a head
    edges = [float("-inf"), *((start + end) / 2 for start, end in region.gutters), float("inf")]
    x0, _, x1, _ = _box_of(None, region.fragments)
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


def _in_columns(region: Region, edges: Sequence[float], heights: Sequence[float]) -> list[_Placed]:
    """Return the text of a region with its places, by the edges of its columns."""
    count = len(edges) - 1
    placed: list[_Placed] = []
    for fragment in region.fragments:
        for piece in _cut_apart(fragment, edges):
            first = sum(edge <= piece.x0 for edge in edges) - 1
            last = sum(edge < piece.x1 for edge in edges) - 1
            placed.append(_Placed(0, first, 1, last - first + 1, piece, (fragment,)))
    columns = _columns([p for p in placed if p.column_span == 1], count, region.em)
    starts = row_starts(columns, region.em, heights)
    wide = [p.fragment for p in placed if p.column_span == count or (p.column_span > 1 and p.column == 0)]
    starts = _around_wide(starts, wide, columns)
    for p in placed:
        p.row = sum(start <= middle(p.fragment) for start in starts)
    return placed


def _needless(placed: Sequence[_Placed], count: int) -> set[int]:
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


def _trimmed(placed: list[_Placed], heights: Sequence[float]) -> list[_Placed]:
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
