"""Find the head of a table: one or two rows that say what its columns hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import TableCell
from pipeline.segmenting.grids import Grid, GridRow, cells_of, text_of
from pipeline.segmenting.labels import folded, is_label, kind_of, title_strength
from pipeline.segmenting.sections import BODIES, FieldKind

_LONGEST = 80
"""Code points of the head of a column."""
_FEWEST = 3
"""Rows, its head among them, of a table whose head is told by the numbers under it."""
_MOSTLY = 0.7
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIRST_ROWS = 4
"""Rows among which the head stands: a caption or a title may stand over it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what stands at its head, and what that says."""

    label: str
    """Empty where nothing does."""
    kind: FieldKind | None


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table."""

    end: int
    """Index of the first row under it; 0 where there is no head."""
    columns: tuple[Column, ...]
    printed: tuple[list[str], ...]
    """The folded texts of each of its rows, by which it is known where it comes again."""


def find_head(grid: Grid) -> Head:
    """Return the head of a table, told by the words in it or by its look."""
    rows = grid.rows
    for index in range(min(_FIRST_ROWS, len(rows))):
        if not _is_head(rows, index):
            continue
        upper = _is_upper(rows, index)
        first = index - 1 if upper else index
        end = index + 2 if not upper and _is_second(rows, index) else index + 1
        parts = rows[first:end]
        columns = tuple(_column([row[c] for row in parts]) for c in range(grid.width))
        return Head(end, columns, tuple([folded(text_of(cell).text) for cell in cells_of(row)] for row in parts))
    return Head(0, tuple(Column("", None) for _ in range(grid.width)), ())


def _is_head(rows: Sequence[GridRow], index: int) -> bool:
    cells = cells_of(rows[index])
    texts = [text_of(cell).text for cell in cells]
    if len(cells) < 2 or any(len(text) > _LONGEST for text in texts) or index + 1 >= len(rows):
        return False
    known = [text for text in texts if is_label(text)]
    if len(known) >= max(2, 0.5 * len(texts)):
        return True
    are_words = bool(known) or all(any(c.isalpha() for c in text) for text in texts)
    if are_words and is_prominent(rows[index], rows[index + 1 :]):
        return True
    if _stands_over_numbers(rows, index):
        return True
    return len(known) * 2 >= len(texts) and (title_strength(known[0]) > 0 or kind_of(known[0]) == "number")


def _stands_over_numbers(rows: Sequence[GridRow], index: int) -> bool:
    """Whether a row of words, or of years, stands over columns that mostly hold digits."""
    row = rows[index]
    texts = [text_of(cell).text for cell in row[1:]]
    years = sum(_YEAR.fullmatch(text) is not None for text in texts)
    if len(rows) - index < _FEWEST or sum(any(c.isdigit() for c in text) for text in texts) > years:
        return False
    if not all(any(c.isalpha() for c in text) or _YEAR.fullmatch(text) for text in texts):
        return False
    if years and any(_YEAR.fullmatch(text_of(cell).text) for other in rows[index + 1 :] for cell in other[1:]):
        return False
    below = [text_of(cell).text for other in rows[index + 1 :] for cell in cells_of(other[1:])]
    return sum(text[:1].isdigit() or text[:1] == "€" for text in below) > _MOSTLY * len(below)


def is_prominent(row: GridRow, others: Sequence[GridRow]) -> bool:
    """Whether all of a row is printed bold, or in a colour, that is not the look of most of the others."""
    looks = {(line.bold, line.colour) for cell in cells_of(row) for line in cell.lines}
    around = [(line.bold, line.colour) for other in others for cell in cells_of(other) for line in cell.lines]
    if len(looks) != 1 or not around:
        return False
    [look] = looks
    return sum(other == look for other in around) < 0.4 * len(around)


def _is_upper(rows: Sequence[GridRow], index: int) -> bool:
    """Whether the row above a head stands over groups of its columns."""
    if index == 0:
        return False
    above = cells_of(rows[index - 1])
    return len(above) > 1 and any(_covers(rows[index - 1], cell) > 1 for cell in above)


def _covers(row: GridRow, cell: TableCell) -> int:
    return sum(other is cell for other in row)


def _is_second(rows: Sequence[GridRow], index: int) -> bool:
    """Whether the row under a head belongs to it: it parts columns that the head puts together."""
    if index + 2 >= len(rows):
        return False
    row = rows[index + 1]
    own = [cell for cell in cells_of(row) if not any(cell is other for other in rows[index])]
    if not own or len(own) == len(row) > 2 or any(len(text_of(cell).text) > _LONGEST for cell in own):
        return False
    known = sum(is_label(text_of(cell).text) for cell in own)
    parts = any(_covers(rows[index], cell) > 1 for cell in cells_of(rows[index]))
    if parts:
        under = [c for c in own if _covers(rows[index], rows[index][row.index(c)] or c) > 1]
        return len(under) == len(own) or known >= 0.5 * len(own)
    return known == len(own)


def _column(cells: Sequence[TableCell | None]) -> Column:
    texts = [text_of(cell).text.strip(" :") for cell in cells_of(cells)]
    if not texts:
        return Column("", None)
    if len(texts) == 1:
        return Column(texts[0], kind_of(texts[0]))
    upper, lower = texts[0], texts[-1]
    if not is_label(upper):
        return Column(lower, kind_of(lower))
    label = f"{upper} {lower if lower[1:2].isupper() else lower[:1].lower() + lower[1:]}"
    over, own = kind_of(upper), kind_of(lower)
    if over == "money" or (over in BODIES and own in {"title", None}) or (own is None and not is_label(lower)):
        return Column(label, over)
    return Column(label, own)
