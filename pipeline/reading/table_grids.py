"""Find the grids that crossing rules draw, and which of their fields are merged into one cell."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.document import Box
from pipeline.reading.assembling import Rule
from pipeline.reading.rules import APART, Rules, covered, covered_upright

_TOUCH = 3.5
"""Points that a rule may fall short of the one that it meets."""
_DRAWN = 0.6
"""Part of the side of a field that must be drawn to part it from the next."""
_THIN = 5.0
"""Points: a row or column of a grid that is thinner holds no text: it is the space inside a thick rule."""
_FENCE = 3
"""Upright rules that make columns without a level one."""


@dataclass(slots=True)
class Grid:
    """Columns and rows that rules draw, in points: `xs` and `ys` are the edges, one more than there are fields."""

    xs: list[float]
    ys: list[float]
    level: list[Rule]
    upright: list[Rule]

    @property
    def box(self) -> Box:
        """The outer edges."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def column(self, x: float) -> int:
        """Return the column that `x` lies in; what lies outside belongs to the outer one."""
        return min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)

    def row(self, y: float) -> int:
        """Return the row that `y` lies in; what lies outside belongs to the outer one."""
        return min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)

    def parted_columns(self, row: int) -> set[int]:
        """Return the columns of a row that a rule parts from the next column."""
        top, bottom = self.ys[row], self.ys[row + 1]
        return {
            column
            for column, x in enumerate(self.xs[1:-1])
            if covered_upright((r for r in self.upright if abs(r.x0 - x) <= APART), top, bottom) >= _DRAWN
        }

    def has_sides(self, row: int) -> bool:
        """Whether an upright rule runs along a row; along one between two shaded ones none does."""
        top, bottom = self.ys[row], self.ys[row + 1]
        return covered_upright(self.upright, top, bottom) >= _DRAWN

    def parted_rows(self, column: int) -> set[int]:
        """Return the rows that a rule parts from the next row in one column."""
        left, right = self.xs[column], self.xs[column + 1]
        return {
            row
            for row, y in enumerate(self.ys[1:-1])
            if covered((r for r in self.level if abs(r.top - y) <= APART), left, right) >= _DRAWN
        }

    def fields(self) -> list[tuple[int, int, int, int]]:
        """Return ``(row, column, row_span, column_span)`` of each cell, by row and column.

        Fields between which no rule is drawn are one cell, as large as the smallest rectangle around them.
        """
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        beside = [self.parted_columns(row) for row in range(rows)]
        under = [self.parted_rows(column) for column in range(columns)]
        owner = [[(row, column, row, column) for column in range(columns)] for row in range(rows)]
        changed = True
        while changed:
            changed = False
            for row in range(rows):
                for column in range(columns):
                    mine = owner[row][column]
                    others = []
                    if column + 1 < columns and column not in beside[row]:
                        others.append(owner[row][column + 1])
                    if row + 1 < rows and row not in under[column]:
                        others.append(owner[row + 1][column])
                    for other in others:
                        if other != mine:
                            mine = _around(owner, mine, other)
                            changed = True
        cells = sorted({cell for line in owner for cell in line})
        return [(top, left, bottom - top + 1, right - left + 1) for top, left, bottom, right in cells]


_Block = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


def _around(owner: list[list[_Block]], one: _Block, other: _Block) -> _Block:
    """Make one cell of two and of all that the rectangle around them touches."""
    together = (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))
    grown = True
    while grown:
        grown = False
        for row in range(together[0], together[2] + 1):
            for column in range(together[1], together[3] + 1):
                cell = owner[row][column]
                larger = (
                    min(cell[0], together[0]),
                    min(cell[1], together[1]),
                    max(cell[2], together[2]),
                    max(cell[3], together[3]),
                )
                if larger != together:
                    together = larger
                    grown = True
    for row in range(together[0], together[2] + 1):
        for column in range(together[1], together[3] + 1):
            owner[row][column] = together
    return together


def find_grids(rules: Rules) -> list[Grid]:
    """Return the grids of at least two columns, from top to bottom.

    Level rules that reach past the outer upright ones are taken for rows without outer sides, and the other way round.
    """
    if not rules.upright:
        return []
    grids = []
    alone: list[Rule] = []
    for level, upright in _crossing(rules):
        if not level:
            alone += upright
            continue
        if not upright:
            continue
        xs = _edges([r.x0 for r in upright], [r.x0 for r in level], [r.x1 for r in level])
        ys = _edges([r.top for r in level], [r.top for r in upright], [r.bottom for r in upright])
        if len(xs) >= 3 and len(ys) >= 2:
            grids.append(Grid(xs, ys, level, upright))
    grids += _uprights_alone(alone)
    return sorted(grids, key=lambda grid: (grid.box[1], grid.box[0]))


def _uprights_alone(rules: Sequence[Rule]) -> list[Grid]:
    """Return the grids of three or more upright rules of one height without level ones: a page in a longer table."""
    grids = []
    left = sorted(rules, key=lambda r: (r.top, r.x0))
    while left:
        first = left[0]
        beside = [r for r in left if abs(r.top - first.top) <= _TOUCH and abs(r.bottom - first.bottom) <= _TOUCH]
        left = [r for r in left if r not in beside]
        xs = _edges([r.x0 for r in beside], [first.x0], [first.x0])
        if len(xs) >= _FENCE:
            grids.append(Grid(xs, [first.top, first.bottom], [], beside))
    return grids


def _edges(places: Iterable[float], starts: Sequence[float], ends: Sequence[float]) -> list[float]:
    """Return the edges of the fields: where rules stand, and where those that cross them begin and end."""
    edges = sorted([*places, min(starts), max(ends)])
    kept = [edges[0]]
    for edge in edges[1:]:
        if edge - kept[-1] > _THIN:
            kept.append(edge)
    return kept


def _crossing(rules: Rules) -> list[tuple[list[Rule], list[Rule]]]:
    """Part rules into groups that hang together, level and upright ones of each."""
    count = len(rules.level)
    parent = list(range(count + len(rules.upright)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for number, upright in enumerate(rules.upright, start=count):
        for index, level in enumerate(rules.level):
            if level.top > upright.bottom + _TOUCH:
                break
            if level.top >= upright.top - _TOUCH and level.x0 - _TOUCH <= upright.x0 <= level.x1 + _TOUCH:
                parent[root(index)] = root(number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for item, rule in enumerate((*rules.level, *rules.upright)):
        groups.setdefault(root(item), ([], []))[item >= count].append(rule)
    return list(groups.values())
