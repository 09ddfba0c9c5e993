"""Tell tables without rules from what only looks like one: columns of prose, contents, labels, signatures."""

import re
from collections.abc import Sequence

from pipeline.reading.fragments import Fragment

_BULLET = re.compile(r"[•◦▪■●○–—\-*·>o]|\(?[a-z0-9ivx]{1,3}[.)]|§|¶|\W", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\d{1,4}")
_SHORT_CELL = 2.5
"""Lines that the cells of the shortest column of a table have on average at most."""
_MANY = 4
"""Columns from which on even one or two rows with a cell of several lines are a part of a table."""
_LABELS = 0.5
"""Part of the cells at the left that end in a colon from which on they are labels."""

Placed = tuple[int, int, int, Fragment]
"""Row, column, column span, text."""


def is_table(placed: Sequence[Placed], heights: Sequence[float]) -> bool:
    """Whether text in columns is a table.

    Parameters
    ----------
    placed
        The pieces of text with their places.
    heights
        Where level rules stand across it.
    """
    rows: dict[int, dict[int, list[Fragment]]] = {}
    for row, column, span, fragment in placed:
        if span == 1:
            rows.setdefault(row, {}).setdefault(column, []).append(fragment)
    filled = [row for _, row in sorted(rows.items()) if len(row) > 1]
    used = {column for row in filled for column in row}
    if len(used) < 2 or not filled:
        return False
    top = min(f.top for _, _, _, f in placed)
    bottom = max(f.bottom for _, _, _, f in placed)
    em = placed[0][3].look.size
    ruled = sum(top - em < y < bottom + em for y in heights)
    if _has_labels(filled) or _is_list(filled) or _is_contents(filled, len(used)):
        return False
    if ruled >= 2 and (len(used) > 2 or ruled > 2):
        return True
    has_head = _has_head(filled)
    if len(used) == 2 and not (has_head or ruled):
        return False
    longest = max(len(cell) for row in filled for cell in row.values())
    least = 3
    if len(used) > 2 and (ruled or (has_head and longest > 1) or (len(used) >= _MANY and longest > 1)):
        least = 2
    if len(used) >= _MANY and longest > 2:
        least = 1
    if len(filled) < least:
        return False
    return min(_lines_a_cell(filled, column) for column in used) <= _SHORT_CELL


def _lines_a_cell(rows: Sequence[dict[int, list[Fragment]]], column: int) -> float:
    cells = [row[column] for row in rows if column in row]
    return sum(map(len, cells)) / len(cells)


def _has_head(rows: Sequence[dict[int, list[Fragment]]]) -> bool:
    """Whether the first row is printed in another way than the rest."""

    def part_bold(row: dict[int, list[Fragment]]) -> float:
        looks = [f.look.bold for cell in row.values() for f in cell]
        return sum(looks) / len(looks)

    rest = [part_bold(row) for row in rows[1:]]
    return bool(rest) and part_bold(rows[0]) > 0.9 and sum(rest) / len(rest) < 0.6


def _has_labels(rows: Sequence[dict[int, list[Fragment]]]) -> bool:
    """Whether what stands at the left are labels that end in a colon."""
    first = min(column for row in rows for column in row)
    cells = [row[first] for row in rows if first in row]
    return sum(cell[-1].text.endswith(":") for cell in cells) > _LABELS * len(cells)


def _is_list(rows: Sequence[dict[int, list[Fragment]]]) -> bool:
    """Whether the first column only holds bullets, or numbers before paragraphs."""
    first = min(column for row in rows for column in row)
    cells = [row[first] for row in rows if first in row]
    columns = {column for row in rows for column in row}
    bullets = sum(len(cell) == 1 and _BULLET.fullmatch(cell[0].text) is not None for cell in cells)
    letters = sum(any(c.isalnum() for c in cell[0].text) for cell in cells)
    return bullets > 0.7 * len(cells) and (len(columns) == 2 or letters < 0.3 * len(cells))


def _is_contents(rows: Sequence[dict[int, list[Fragment]]], count: int) -> bool:
    """Whether the last column holds page numbers that go up, as a table of contents does."""
    last = max(column for row in rows for column in row)
    numbers = [" ".join(f.text for f in row[last]) for row in rows if last in row]
    pages = [int(n) for n in numbers if _PAGE_NUMBER.fullmatch(n)]
    if any("....." in f.text for row in rows for cell in row.values() for f in cell):
        return True
    return count <= 3 and len(pages) >= max(3, 0.8 * len(numbers)) and pages == sorted(pages)
