"""Find the tables on a page, ruled or not, and give each fragment of text its cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import Box, Cell
from pipeline.reading.assembling import Rule
from pipeline.reading.fragments import Fragment
from pipeline.reading.rules import Rules, put_together
from pipeline.reading.table_grids import find_grids
from pipeline.reading.table_joined import Part, joined
from pipeline.reading.table_pieces import as_printed, middle, printed_lines, size_of
from pipeline.reading.table_placed import Placed, box_of
from pipeline.reading.table_regions import find_regions, levels_of
from pipeline.reading.table_ruled import beyond_of, of_grid, stacked
from pipeline.reading.table_slope import slope_of, straightened, straightened_rules
from pipeline.reading.table_unruled import of_region


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
            box_of(None, [sources[id(moved)] for moved in found.used]),
            [(cell, [as_printed(line) for line in inside]) for cell, inside in found.cells],
            [sources[id(moved)] for moved in found.used],
        )
        for found in _find(straight, put_together(straightened_rules(rules, slope)))
    ]


def _find(fragments: Sequence[Fragment], drawn: Rules) -> list[FoundTable]:
    """Return the tables of a straight page."""
    grids = find_grids(drawn)
    left = list(fragments)
    found: list[Part] = []
    for grid in stacked(grids, left):
        inside = [f for f in left if _is_inside(f, grid.box)]
        beyond = [*beyond_of(grid, left, down=False), *beyond_of(grid, left, down=True)] if len(inside) > 1 else []
        placed = of_grid(grid, inside, beyond)
        if placed:
            used = {id(f) for f in (*inside, *beyond)}
            found.append((box_of(grid.box, beyond), placed, [f for f in left if id(f) in used]))
            left = [f for f in left if id(f) not in used]
    levels = levels_of(left)
    if any(len(level.fragments) > 1 for level in levels):
        for region in find_regions(levels):
            placed = of_region(region, drawn.level)
            if placed:
                used = {id(f) for p in placed for f in p.sources}
                taken = [f for f in region.fragments if id(f) in used]
                found.append((box_of(None, taken), placed, taken))
                left = [f for f in left if id(f) not in used]
    found.sort(key=lambda table: (table[0][1], table[0][0]))
    whole = joined(found, left)
    return [_table(number, box, placed, used) for number, (box, placed, used) in enumerate(whole)]


def _table(number: int, box: Box, placed: Sequence[Placed], used: list[Fragment]) -> FoundTable:
    """Return a table with its rows numbered, without those that hold nothing, and the text of each cell in order."""
    rows = {row: index for index, row in enumerate(sorted({p.row for p in placed}))}
    cells: dict[Cell, list[Fragment]] = {}
    for place in sorted(placed, key=lambda p: (p.row, p.column)):
        last = max(row for row in rows if row < place.row + place.row_span)
        cell = Cell(number, rows[place.row], place.column, rows[last] - rows[place.row] + 1, place.column_span)
        cells.setdefault(cell, []).append(place.fragment)
    em = size_of(place.fragment for place in placed)
    return FoundTable(box, [(cell, printed_lines(inside, em)) for cell, inside in cells.items()], used)


def _is_inside(fragment: Fragment, box: Box) -> bool:
    x = (fragment.x0 + fragment.x1) / 2
    return box[0] <= x <= box[2] and box[1] <= middle(fragment) <= box[3]
