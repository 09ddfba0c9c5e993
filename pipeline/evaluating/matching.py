"""Which prediction stands for which gold entry: the one-to-one matching that serves the system best.

Where several matchings are possible, the best is taken: a maximum-weight matching of the bipartite graph of gold and
predictions [1]_, found by shortest augmenting paths [2]_. Weights are tuples, the sum of which is made as great as
can be in lexicographic order, so that "required before optional" is exact and no weight is a matter of tuning.

References
----------
.. [1] Kuhn, H. W. (1955). The Hungarian method for the assignment problem. Naval Research Logistics Quarterly 2, 83-97.
.. [2] Jonker, R. and Volgenant, A. (1987). A shortest augmenting path algorithm for dense and sparse linear
   assignment problems. Computing 38, 325-340.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import token_sort_ratio

from pipeline.evaluating.entries import Given, Wanted
from pipeline.evaluating.gold import GoldProject

TITLE_RATIO = 90.0
RATIO_SCALE = 10**6

Edge = tuple[int, int]
Weight = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """What became of the entries of one kind in one project; everything in its own order."""

    found: list[tuple[Wanted, Given]]
    missed: list[Wanted]
    spurious: list[Given]
    free: list[tuple[Wanted, Given]]
    """Predictions of optional gold: neither found nor spurious."""


def match_projects(projects: Sequence[GoldProject], titles: Sequence[str]) -> list[Edge]:
    """Match gold projects and predicted titles one to one.

    A pair may be matched when the token-sort ratio [1]_ of the predicted title and the gold title, or one of its
    ``aliases_title``, is at least 90, upper and lower case told apart. As many pairs as can be are made, then with the
    greatest sum of ratios, then with the smallest sum of squared differences of position, which keeps equal titles in
    their order.

    Returns
    -------
    list of (int, int)
        Positions of the gold project and of the predicted title, by the first.

    References
    ----------
    .. [1] https://rapidfuzz.github.io/RapidFuzz/Usage/fuzz.html#token-sort-ratio
    """
    edges: dict[Edge, Weight] = {}
    given = [_composed(title) for title in titles]
    for row, project in enumerate(projects):
        names = [_composed(name) for name in (project.title, *project.aliases_title)]
        for column, title in enumerate(given):
            ratio = max(token_sort_ratio(name, title, score_cutoff=TITLE_RATIO) for name in names)
            if ratio >= TITLE_RATIO:
                edges[row, column] = (1, round(ratio * RATIO_SCALE), -((row - column) ** 2))
    return assign(edges)


def match_entries(wanted: Sequence[Wanted], given: Sequence[Given]) -> Matched:
    """Match the gold entries and the predictions of one kind in one project one to one.

    As many required entries as can be are matched, then as many optional ones, then with the most right parts (roles,
    comparators), then with the most parts that cost nothing, then nearest in order.
    """
    edges: dict[Edge, Weight] = {}
    for row, entry in enumerate(wanted):
        for column, prediction in enumerate(given):
            if entry.agrees(prediction):
                right = sum(part.name in entry.parts for part in prediction.parts)
                free = sum(part.name in entry.free_parts for part in prediction.parts)
                merit = (0, 1, 0, len(prediction.parts)) if entry.optional else (1, 0, right, free)
                edges[row, column] = (*merit, -((row - column) ** 2))
    pairs = assign(edges)
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    matched = [(wanted[row], given[column]) for row, column in pairs]
    return Matched(
        found=[pair for pair in matched if not pair[0].optional],
        missed=[entry for row, entry in enumerate(wanted) if row not in rows and not entry.optional],
        spurious=[prediction for column, prediction in enumerate(given) if column not in columns],
        free=[pair for pair in matched if pair[0].optional],
    )


def assign(edges: Mapping[Edge, Weight]) -> list[Edge]:
    """Give the matching of a bipartite graph whose sum of weights is lexicographically greatest.

    Parameters
    ----------
    edges
        Row and column, and their weight: tuples of one length, each greater than a tuple of zeros.

    Returns
    -------
    list of (int, int)
        The matched edges in order. The same edges give the same matching.
    """
    matching: list[Edge] = []
    for component in _components(edges):
        weights = _as_integers({edge: edges[edge] for edge in component})
        matching += _assign_component(weights)
    return sorted(matching)


def _components(edges: Mapping[Edge, Weight]) -> list[list[Edge]]:
    """Part the graph into its connected components, so that each piece of work is small."""
    by_row: dict[int, list[Edge]] = {}
    by_column: dict[int, list[Edge]] = {}
    for edge in sorted(edges):
        by_row.setdefault(edge[0], []).append(edge)
        by_column.setdefault(edge[1], []).append(edge)
    seen: set[Edge] = set()
    components = []
    for start in sorted(edges):
        if start in seen:
            continue
        seen.add(start)
        component = [start]
        for edge in component:  # grows while it is walked
            fresh = [near for near in by_row.pop(edge[0], []) + by_column.pop(edge[1], []) if near not in seen]
            component += dict.fromkeys(fresh)
            seen.update(fresh)
        components.append(sorted(component))
    return components


def _as_integers(edges: Mapping[Edge, Weight]) -> dict[Edge, int]:
    """Write tuples as integers whose sums are in the same order as the sums of the tuples."""
    levels = list(zip(*edges.values(), strict=True))
    integers = dict.fromkeys(edges, 0)
    for level, values in enumerate(levels):
        base = 2 * sum(abs(value) for value in values) + 1
        integers = {edge: integer * base + edges[edge][level] for edge, integer in integers.items()}
    return integers


def _assign_component(weights: Mapping[Edge, int]) -> list[Edge]:
    """Give the matching of greatest weight by shortest augmenting paths, in O(rows² · columns).

    Costs are negated weights, and 0 where there is no edge, so that a row without a partner takes a column at no gain;
    such pairs are left out at the end. ``row_price`` and ``column_price`` are the dual variables.
    """
    rows, columns = sorted({row for row, _ in weights}), sorted({column for _, column in weights})
    if len(rows) > len(columns):
        turned = _assign_component({(column, row): weight for (row, column), weight in weights.items()})
        return [(row, column) for column, row in turned]
    costs = [[-weights.get((row, column), 0) for column in columns] for row in rows]
    row_price, column_price = [0] * len(rows), [0] * len(columns)
    row_of: list[int | None] = [None] * len(columns)
    for row in range(len(rows)):
        _augment(row, costs, row_price, column_price, row_of)
    pairs = ((rows[row], columns[column]) for column, row in enumerate(row_of) if row is not None)
    return [pair for pair in pairs if pair in weights]


def _augment(
    row: int, costs: list[list[int]], row_price: list[int], column_price: list[int], row_of: list[int | None]
) -> None:
    """Give one more row a column, along the cheapest alternating path, and keep the prices true."""
    slack: dict[int, int] = {}
    reached_from: dict[int, int | None] = {}
    path_rows, done = [row], set[int]()
    at: int | None = None
    while True:
        here = row if at is None else path_rows[-1]
        for column, cost in enumerate(costs[here]):
            reduced = cost - row_price[here] - column_price[column]
            if column not in done and (column not in slack or reduced < slack[column]):
                slack[column], reached_from[column] = reduced, at
        at = min(slack, key=lambda column: (slack[column], column))
        step = slack.pop(at)
        for reached in path_rows:
            row_price[reached] += step
        for column in done:
            column_price[column] -= step
        slack = {column: left - step for column, left in slack.items()}
        done.add(at)
        holder = row_of[at]
        if holder is None:
            break
        path_rows.append(holder)
    while at is not None:
        before = reached_from[at]
        row_of[at] = row if before is None else row_of[before]
        at = before


def _composed(title: str) -> str:
    return unicodedata.normalize("NFC", title)
