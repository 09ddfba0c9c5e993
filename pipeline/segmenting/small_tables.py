"""Read a table that lists no projects: labelled values, or lines inside a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import pairwise

from pipeline.document import AlignedText, TableCell
from pipeline.resources import vocabulary
from pipeline.segmenting.cell_pairs import pairs_in, split_label
from pipeline.segmenting.grids import Grid, GridRow, cells_of, paragraphs_of, text_of
from pipeline.segmenting.headings import numbering_of
from pipeline.segmenting.heads import find_head, is_prominent
from pipeline.segmenting.labels import folded, is_label, kind_of
from pipeline.segmenting.sections import BODIES, Pair, Written
from pipeline.segmenting.tables import something

_NUMBERED = re.compile(
    rf"(?:{'|'.join(map(re.escape, vocabulary('segmenting/words.toml')['project_labels']))})\s*\d{{1,3}}[a-z]?\s*[:.]?",
    re.IGNORECASE,
)
_LABELLED_WIDTHS = frozenset({2, 4})
"""Columns of a table of labels and values, beside each other."""
_LONGEST_LABEL = 70
"""Code points."""
_FEWEST = 2
"""Labels that come back, from which on they make a form."""
_LONGEST_TITLE = 90
"""Code points of a title over a block of labelled values."""


_PARTS = frozenset(vocabulary("segmenting/fields.toml")["tables"]["parts"])
_FEWEST_KINDS = 2
"""Kinds of values that a table of one project holds at least."""


def labels_that_return(grids: Iterable[Grid]) -> frozenset[str]:
    """Return what comes back, folded, in the columns for labels of tables, of one or of several; known or not.

    Values that are there once for each of several rows, such as a theme, follow themselves: they are no labels.
    """
    counts: Counter[str] = Counter()
    for grid in grids:
        if grid.width in _LABELLED_WIDTHS:
            labels = [folded(label) for label in _first_of_two(grid) if sum(map(str.isalpha, label)) > 1]
            if any(label == following for label, following in pairwise(labels)):
                return frozenset()
            counts.update(labels)
    again = [label for label, count in counts.items() if count > 1 and len(label) <= _LONGEST_LABEL]
    return frozenset(again) if len(again) >= _FEWEST else frozenset()


def table_pairs(grid: Grid, again: Collection[str] = ()) -> tuple[Pair, ...]:
    """Return the labelled values of a table that holds nothing else: label beside value, or both in each cell.

    Parameters
    ----------
    again
        Labels, folded, that count as known ones, for they come back.
    """
    if _labels_down(grid, again):
        return tuple(_pairs_down(grid, again))
    if find_head(grid).end and grid.width > 1:
        return _pairs_under(grid)
    if len(grid.rows) == 1 and grid.width > 1 and (beside := _pairs_beside(grid)):
        return beside
    cells = [cell for row in grid.rows for cell in cells_of(row)]
    split = [split_label(text_of(cell)) for cell in cells]
    if cells and sum(pair is not None for pair in split) >= 0.8 * len(cells):
        return tuple(
            pair or Pair(AlignedText(""), None, text_of(cell)) for pair, cell in zip(split, cells, strict=True)
        )
    return ()


def _pairs_beside(grid: Grid) -> tuple[Pair, ...]:
    """Return the labelled values of one cell and the text beside it; nothing where no cell holds such values."""
    cells = [(pairs_in(cell.lines), cell) for cell in cells_of(grid.rows[0])]
    if not any(pairs for pairs, _ in cells):
        return ()
    return tuple(
        pair
        for pairs, cell in cells
        for pair in (pairs or (Pair(AlignedText(""), "description", paragraphs_of(cell)),))
    )


def _pairs_under(grid: Grid) -> tuple[Pair, ...]:
    """Return the values of a table of one project that its head labels; nothing where it has more rows, or a title."""
    head = find_head(grid)
    kinds = {column.kind for column in head.columns}
    if len(grid.rows) != head.end + 1 or not all(is_label(column.label) for column in head.columns):
        return ()
    if (
        folded(head.columns[0].label) in _PARTS
        or kinds & {"title", "number"}
        or not kinds & BODIES
        or len(kinds) < _FEWEST_KINDS
    ):
        return ()
    return tuple(
        Pair(AlignedText(column.label), column.kind, something(text_of(cell)))
        for column, cell in zip(head.columns, grid.rows[-1], strict=True)
    )


def _first_of_two(grid: Grid) -> list[str]:
    """Return the texts of each second column, from the first."""
    return [
        text_of(row[column]).text
        for row in grid.rows
        for column in range(0, grid.width, 2)
        if row[column] is not None and row[column] is not row[column + 1]
    ]


def _labels_down(grid: Grid, again: Collection[str]) -> bool:
    """Whether each second column, from the first, holds labels and the next their values."""
    if grid.width not in _LABELLED_WIDTHS or len(grid.rows) < 2:
        return False
    labels = _first_of_two(grid)
    known = sum(map(is_label, labels))
    across = cells_of(grid.rows[0])
    heads = sum(is_label(text_of(cell).text) for cell in across)
    is_headed = len(across) > 1 and heads == len(across) and known < 0.8 * len(labels)
    known = sum(is_label(label) or folded(label) in again for label in labels)
    return known >= max(2, 0.5 * len(labels)) and not is_headed


def _pairs_down(grid: Grid, again: Collection[str]) -> list[Pair]:
    pairs: list[Pair] = []
    for row in grid.rows:
        for column in range(0, grid.width, 2):
            label, cell = row[column], row[column + 1]
            value = text_of(cell)
            if value.text.startswith(":"):
                value = value.slice(1, len(value)).strip()
            if label is not None and label is cell:
                if column == 0:
                    pairs.append(_across(text_of(label)))
            elif label is not None and len(label.lines) > 1 and all(_begins_label(n.text.text) for n in label.lines):
                pairs.extend(_side_by_side(label, cell))
            elif label is not None and not len(value) and column == 0 and _is_title(grid, label, row, again):
                pairs.append(_across(text_of(label)))
            elif label is not None:
                name = text_of(label)
                end = len(name.text.rstrip(" :"))
                line = label.lines[0]
                spaced = line.blank_before > 0 or (line.size > 0 and not pairs)
                pairs.append(Pair(name.slice(0, end), kind_of(name.text), something(value), spaced))
            elif len(value) and pairs:
                last = pairs[-1]
                joined = AlignedText.join(" ", (last.value, value)) if len(last.value) else value
                pairs[-1] = replace(last, value=joined)
    return pairs


def _begins_label(line: str) -> bool:
    """Whether a line of a cell is a label of its own, and no more words of the one above it."""
    return is_label(line) and not line[:1].islower()


def _is_title(grid: Grid, cell: TableCell, row: GridRow, again: Collection[str]) -> bool:
    """Whether the one cell of a row stands over a project: it is numbered as one, or no label among labels."""
    text = text_of(cell).text
    if _NUMBERED.fullmatch(text):
        return True
    others = [other for other in grid.rows if other is not row]
    is_own = not is_label(text) and folded(text) not in again and len(cells_of(row)) == 1
    return is_own and (bool(again) or is_prominent(row, others))


def _side_by_side(labels: TableCell, values: TableCell | None) -> list[Pair]:
    """Return the pairs of a cell in which each line is a label of its own, with what stands beside each."""
    beside: list[list[AlignedText]] = [[] for _ in labels.lines]
    for line in values.lines if values is not None else ():
        above = [at for at, label in enumerate(labels.lines) if (label.page, label.box[1]) <= (line.page, line.box[3])]
        beside[max(above, default=0)].append(line.text)
    return [
        Pair(
            line.text.slice(0, len(line.text.text.rstrip(" :"))), kind_of(line.text.text), AlignedText.join(" ", parts)
        )
        for line, parts in zip(labels.lines, beside, strict=True)
    ]


def _across(text: AlignedText) -> Pair:
    """Return the pair of a cell as wide as the table: the title of the block where it is short, else running text."""
    if _NUMBERED.fullmatch(text.text):
        return Pair(AlignedText(""), "number", text, is_spaced=True)
    pair = split_label(text)
    if pair is not None and not _NUMBERED.fullmatch(pair.label.text):
        return pair
    is_title = len(text) <= _LONGEST_TITLE and not text.text.endswith((".", ":"))
    end = numbering_of(text.text)[2] if is_title else 0
    return Pair(AlignedText(""), "title" if is_title else "description", text.slice(end, len(text)).strip())


def table_lines(grid: Grid) -> Written:
    """Return a small table as lines of a text: `2023: 40.000`, or `Label: value; …` where it has more columns."""
    head = find_head(grid)
    lines: list[Written] = []
    for row in grid.rows[head.end :]:
        cells = [
            (head.columns[i].label, text_of(row[i])) for i in range(len(row)) if i == 0 or row[i] is not row[i - 1]
        ]
        filled = [(label, text) for label, text in cells if len(text)]
        if len(row) == 2:
            line = AlignedText.join(": ", (text for _, text in filled))
        else:
            parts = (AlignedText.join(": ", (AlignedText(n), t)) if n and len(filled) > 1 else t for n, t in filled)
            line = AlignedText.join("; ", parts)
        lines.append(Written(line))
    return Written.join("\n", lines)
