"""Give text its cells in grids that rules draw, and in rows without rules over, between and under shaded ones."""

from collections.abc import Sequence

from pipeline.reading.fragments import Fragment
from pipeline.reading.table_grids import Grid
from pipeline.reading.table_pieces import cut_at, middle, pieces_of, size_of
from pipeline.reading.table_placed import Placed, box_of, columns_of
from pipeline.reading.table_regions import levels_of
from pipeline.reading.table_rows import leading_of, row_starts, split_band

_FAR = 3.0
"""Relative to the size of the glyphs: text further than this from a shaded row does not belong to its table."""
_CENTRED = 0.03
"""Part of the width of a merged cell that text in its middle may be off it."""
_WIDE = 4
"""Edges of columns from which on a grid is a table even where all its text stands in one column: the end of a row."""
_LOW = 3
"""Rows of a grid up to which a row may hold several, without rules between them."""
_JOIN = 5.0
"""Points: edges that are no further apart are one."""


def stacked(grids: Sequence[Grid], fragments: Sequence[Fragment]) -> list[Grid]:
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


def _same_edges(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(abs(a - b) < _JOIN for a, b in zip(one, other, strict=True))


def _fits(fragment: Fragment, xs: Sequence[float]) -> bool:
    """Whether no edge of a column runs through a fragment, and it stands between the outer ones."""
    if fragment.x0 < xs[0] - 1 or fragment.x1 > xs[-1] + 1:
        return False
    return all(piece.x1 <= x + 1 or piece.x0 >= x - 1 for piece in pieces_of(fragment) for x in xs[1:-1])


def beyond_of(grid: Grid, fragments: Sequence[Fragment], *, down: bool) -> list[Fragment]:
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


def of_grid(grid: Grid, inside: Sequence[Fragment], beyond: Sequence[Fragment]) -> list[Placed]:
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
    placed: list[Placed] = []
    for (row, column, row_span, column_span), fragments in sorted(held.items()):
        if column_span > 1 and (
            apart := _apart(fragments, grid.xs[column : column + column_span + 1], has_sides=grid.has_sides(row))
        ):
            placed += [Placed(row, column + at, row_span, 1, piece, (source,)) for at, piece, source in apart]
        else:
            placed += [Placed(row, column, row_span, column_span, f, (f,)) for f in fragments]
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
    x0, _, x1, _ = box_of(None, fragments)
    is_centred = abs((x0 - xs[0]) - (xs[-1] - x1)) < _CENTRED * (xs[-1] - xs[0])
    if has_sides and not _is_set_from_left(fragments):
        return []
    return [] if columns == {0} or is_centred else parted


def _is_set_from_left(fragments: Sequence[Fragment]) -> bool:
    """Whether several lines begin under each other, as those of one column do that a page break has cut."""
    starts = [f.x0 for f in fragments]
    return len(starts) > 1 and max(starts) - min(starts) < _JOIN / 2


def _split_rows(grid: Grid, placed: list[Placed], unruled: set[int]) -> list[Placed]:
    """Part rows of a grid that hold several rows of text; those of the `unruled` are not parted by rules."""
    rows = len(grid.ys) - 1
    if rows > _LOW and not unruled:
        return placed
    em = size_of(p.fragment for p in placed)
    leading = leading_of(columns_of(placed, len(grid.xs) - 1, em), em)
    split: list[Placed] = []
    extra = 0
    for row, mine in enumerate([[p for p in placed if p.row == row] for row in range(rows)]):
        columns = columns_of([p for p in mine if p.row_span == 1 and p.column_span == 1], len(grid.xs) - 1, em)
        if row in unruled:
            starts = row_starts(columns, em, (), leading)
        else:
            starts = split_band(columns, em, leading) if rows <= _LOW else []
        for p in mine:
            p.row = row + extra + (sum(start <= middle(p.fragment) for start in starts) if p.row_span == 1 else 0)
        extra += len(starts)
        split += mine
    return split
