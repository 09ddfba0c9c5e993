"""Read a table with one project a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.document import AlignedText, Line, TableCell
from pipeline.resources import vocabulary
from pipeline.segmenting.cell_pairs import pairs_in, split_label
from pipeline.segmenting.grids import Grid, GridRow, cells_of, paragraphs_of, text_of
from pipeline.segmenting.headings import numbering_of
from pipeline.segmenting.heads import Column, Head, find_head, is_prominent
from pipeline.segmenting.labels import folded, is_label, kind_of, title_strength
from pipeline.segmenting.sections import BODIES, FieldKind, Pair

_TABLES = vocabulary("segmenting/fields.toml")["tables"]
_PARTS = frozenset(_TABLES["parts"])
_TOTALS: tuple[str, ...] = tuple(_TABLES["totals"])
_GROUPS: tuple[str, ...] = tuple(f"{label} " for label in vocabulary("segmenting/words.toml")["chapter_labels"])
_NOTHING = frozenset(_TABLES["nothing"])
_ORGANISATIONS = frozenset(_TABLES["organisations"])
_LONGEST_TITLE = 90
"""Code points of most titles in a column that is not headed as one."""
_MADE_UP = 8
"""Words of a title made up for a row without one."""
_MOSTLY = 0.6
_TIMES: frozenset[FieldKind] = frozenset({"period", "start", "end", "date"})
_TELLING = BODIES | _TIMES | {"money", "location", "status", "description"}
_AMOUNT = re.compile(r"(?:€|eur)?\s*[\d.,\s]*\d(?:,-)?\s*(?:mln\.?|miljoen|%|euro)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is a project."""

    title: AlignedText
    """Its numbering taken off."""
    number: str
    """As printed in a column of its own or before the title; empty where there is none."""
    pairs: tuple[Pair, ...]
    """Its other cells in the order of the columns, the number left out."""
    has_no_title: bool = False


@dataclass(frozen=True, slots=True)
class ProjectTable:
    """A table with one project a row."""

    rows: tuple[Row, ...]
    is_sure: bool
    """Whether a head says that it lists projects; else it may list parts of one."""
    has_head: bool
    says: frozenset[FieldKind] = frozenset()
    """What its columns hold beside the title and the number, by their heads; `organisation` for whoever takes part, and
    `period` for all times."""

    def is_like(self, other: ProjectTable) -> bool:
        """Whether it says what another does, who or how much among it: two kinds of things, or all that one says."""
        shared = self.says & other.says
        return not shared.isdisjoint({"organisation", "money"}) and len(shared) >= min(2, len(other.says))


def project_table(grid: Grid) -> ProjectTable | None:
    """Return the projects of a table; None where it does not list any.

    A table whose projects stand side by side, with labels down its first column, is turned first.
    """
    if grid.width < 2:
        return None
    if _is_turned(grid):
        grid = grid.transposed()
    head = find_head(grid)
    body = _body(grid, head)
    if not body:
        return None
    title = _title_column(head.columns, body)
    body = _filled_down(body, head.columns, title or 0)
    if title is None or not _lists_projects(head, body, title):
        return None
    number = next((i for i, column in enumerate(head.columns) if column.kind == "number" and i != title), None)
    rows = tuple(_row(group, head.columns, title, number) for group in _grouped(body, title, number))
    sure = title_strength(head.columns[title].label) > 0
    return ProjectTable(rows, sure, head.end > 0, _said(c for i, c in enumerate(head.columns) if i != title))


def _said(columns: Iterable[Column]) -> frozenset[FieldKind]:
    kinds = {column.kind for column in columns if column.kind is not None} - {"number"}
    if kinds & BODIES:
        kinds = (kinds - BODIES) | {"organisation"}
    if kinds & _TIMES:
        kinds = (kinds - _TIMES) | {"period"}
    return frozenset(kinds)


def _is_turned(grid: Grid) -> bool:
    """Whether projects stand side by side: labels down the first column, that of the title at its head."""
    first = [text_of(row[0]).text for row in grid.rows if row[0] is not None]
    if grid.width < 3 or len(first) < 3 or kind_of(first[0]) not in {"title", "number"}:
        return False
    known = sum(map(is_label, first))
    across = sum(is_label(text_of(cell).text) for cell in cells_of(grid.rows[0])[1:])
    return known >= max(3, _MOSTLY * len(first)) and not across


@dataclass(frozen=True, slots=True)
class _BodyRow:
    """One row that holds cells of a project, or goes on with those of the row above."""

    cells: GridRow
    opens_page: bool
    """Whether it is the first of a further page."""


def _body(grid: Grid, head: Head) -> list[_BodyRow]:
    """Return the rows without heads, titles over groups of rows, totals, notes and empty ones."""
    found: list[_BodyRow] = []
    rows = grid.rows
    opens = False
    for index in range(head.end, len(rows)):
        row = rows[index]
        cells = cells_of(row)
        opens = opens or index in grid.breaks
        if not cells or _repeats(row, head) or _is_total(row):
            continue
        following = next((r for r in rows[index + 1 :] if cells_of(r)), None)
        is_cut = opens and _goes_on(cells[0])
        if len(cells) == 1 and not is_cut and _is_title_over_rows(row, following, grid, head):
            continue
        found.append(_BodyRow(row, opens))
        opens = False
    return found


def _filled_down(body: Sequence[_BodyRow], columns: Sequence[Column], title: int) -> list[_BodyRow]:
    """Return rows with the values of columns before the title that stand once for several rows, such as a theme."""
    rows = list(body)
    for column in range(title):
        filled = [row.cells[column] is not None for row in rows]
        if columns[column].kind == "number" or not filled[0] or sum(filled) >= _MOSTLY * len(rows) or sum(filled) < 2:
            continue
        above: TableCell | None = None
        for index, row in enumerate(rows):
            above = row.cells[column] or above
            if row.cells[title] is not None:
                cells = (*row.cells[:column], above, *row.cells[column + 1 :])
                rows[index] = _BodyRow(cells, row.opens_page)
    return rows


def _repeats(row: GridRow, head: Head) -> bool:
    """Whether a row is a head that comes again."""
    texts = [folded(text_of(cell).text) for cell in cells_of(row)]
    return len(texts) > 1 and any(texts == printed for printed in head.printed)


def _is_total(row: GridRow) -> bool:
    """Whether a row adds up others: its first words say so, and no words stand beside them but amounts."""
    cells = cells_of(row)
    first, *others = (text_of(cell).text for cell in cells)
    words = first.casefold().split()
    if not words or words[0].strip(":.") not in _TOTALS:
        return False
    return all(_AMOUNT.fullmatch(text) or not any(c.isalpha() for c in text) for text in others)


def _goes_on(cell: TableCell) -> bool:
    return text_of(cell).text[:1].islower()


def _is_title_over_rows(row: GridRow, following: GridRow | None, grid: Grid, head: Head) -> bool:
    """Whether the one cell of a row heads the rows below it, or is a note under them."""
    [cell] = cells_of(row)
    covered = sum(other is cell for other in row)
    if covered == grid.width or (covered > 1 and covered >= grid.width - 1):
        return True
    if following is None:
        return text_of(cell).text.startswith("*") or text_of(cell).text.endswith(".")
    if len(cells_of(following)) < 2 or _goes_on(cell):
        return False
    if is_prominent(row, grid.rows[head.end :]) or text_of(cell).text.casefold().startswith(_GROUPS):
        return True
    numbers = [i for i, column in enumerate(head.columns) if column.kind == "number"]
    alone = sum(len(cells_of(other)) == 1 for other in grid.rows[head.end :])
    return grid.width > 2 and row[0] is cell and 0 not in numbers and (alone > 1 or bool(numbers))


def _values(body: Sequence[_BodyRow], column: int) -> list[str]:
    return [text for row in body if (text := text_of(row.cells[column]).text)]


def _title_column(columns: Sequence[Column], body: Sequence[_BodyRow]) -> int | None:
    """Return the column with the names of the projects."""
    named = [i for i, column in enumerate(columns) if column.kind == "title" and not _counts(_values(body, i))]
    if named:
        return max(named, key=lambda i: (title_strength(columns[i].label), -i))
    for index, column in enumerate(columns):
        if column.kind not in {None, "description"} or folded(column.label) in _PARTS:
            continue
        values = _values(body, index)
        if len(values) < _MOSTLY * len(body) or len(set(values)) < 0.8 * len(values) or _counts(values):
            continue
        if median(map(len, values)) <= _LONGEST_TITLE and not _are_organisations(values):
            return index
    return None


def _counts(values: Sequence[str]) -> bool:
    """Whether most values hold next to no letters: numbers, amounts, dates."""
    bare = sum(
        _AMOUNT.fullmatch(value) is not None or sum(c.isalpha() for c in value) <= max(2, 0.3 * len(value))
        for value in values
    )
    return bare > _MOSTLY * len(values) or not values


def _are_organisations(values: Sequence[str]) -> bool:
    named = sum(value.split()[0].casefold().strip(",.") in _ORGANISATIONS for value in values)
    return named >= 0.5 * len(values)


def _lists_projects(head: Head, body: Sequence[_BodyRow], title: int) -> bool:
    """Whether a table lists projects, by what its columns say beside the titles."""
    columns = head.columns
    if title_strength(columns[title].label) > 0:
        return True
    if head.end == 0:
        telling = sum(_counts(v) or _are_organisations(v) for i in range(len(columns)) if (v := _values(body, i)))
        return len(columns) > 2 and len(body) > 1 and telling > 0
    if folded(columns[0].label) in _PARTS:
        return False
    kinds = {column.kind for index, column in enumerate(columns) if index != title} & _TELLING
    return len(kinds) > (0 if columns[title].kind == "title" else 1)


def _grouped(body: Sequence[_BodyRow], title: int, number: int | None) -> list[list[GridRow]]:
    """Return the rows of each project: most often one, more where a page break or merged cells part it."""
    groups: list[list[GridRow]] = []
    numbered = number is not None and sum(bool(text_of(r.cells[number])) for r in body) > _MOSTLY * len(body)
    for row in body:
        if groups and _belongs_above(row, groups[-1][-1], title, number if numbered else None):
            groups[-1].append(row.cells)
        else:
            groups.append([row.cells])
    return groups


def _belongs_above(row: _BodyRow, above: GridRow, title: int, number: int | None) -> bool:
    """Whether a row goes on with the project of the row above it."""
    cell = row.cells[title]
    if cell is not None and cell is above[title]:
        return True
    filled = cells_of(row.cells)
    if number is not None and row.cells[number] is not None:
        return row.cells[number] is above[number] and cell is None
    if row.opens_page:
        if cell is None:
            return True
        lower = sum(_goes_on(other) for other in filled)
        return _goes_on(cell) and (lower >= 0.5 * len(filled) or len(filled) < 0.7 * len(row.cells))
    if cell is None:  # merged with the one above, or left out: then what stands before it is not left out too
        before = [
            c for c, over in zip(row.cells[:title], above[:title], strict=True) if c is not None and c is not over
        ]
        return number is not None or not before or len(filled) < 0.5 * len(row.cells)
    return _goes_on(cell) and number is not None


def _row(group: Sequence[GridRow], columns: Sequence[Column], title: int, number: int | None) -> Row:
    pairs: list[Pair] = []
    named, rest = _split_title(group, title)
    if rest:
        text = AlignedText.join(" ", (line.text for line in rest)).strip()
        pairs.extend(pairs_in(rest) or [Pair(AlignedText(""), "description", text)])
    for index, column in enumerate(columns):
        if index in {title, number}:
            continue
        values = _joined([row[index] for row in group])
        pairs.extend(Pair(AlignedText(column.label), column.kind, value) for value in values)
    printed = "" if number is None else text_of(group[0][number]).text
    if len(named):
        end = numbering_of(named.text)[2]
        printed = printed or named.text[:end]
        shown = named.slice(end, len(named)).strip()
        return Row(shown if len(shown) else named, printed, tuple(pairs))
    return Row(_made_up(pairs), printed, tuple(pairs), has_no_title=True)


def _split_title(group: Sequence[GridRow], title: int) -> tuple[AlignedText, list[Line]]:
    """Return the title and what else its cell holds: plain lines under bold ones, or labelled values."""
    lines = [line for cell in cells_of(row[title] for row in group) for line in cell.lines]
    bold = 0
    while bold < len(lines) and lines[bold].bold:
        bold += 1
    at = bold if 0 < bold < len(lines) and not any(line.bold for line in lines[bold:]) else len(lines)
    if at == len(lines):
        at = next((i for i in range(1, len(lines)) if split_label(lines[i].text) and pairs_in(lines[i:])), at)
    return something(AlignedText.join(" ", (line.text for line in lines[:at])).strip()), lines[at:]


def _joined(cells: Sequence[TableCell | None]) -> list[AlignedText]:
    """Return the values of one column in the rows of a project; one that a page break cut in two is one."""
    values: list[AlignedText] = []
    page = 0
    for cell in cells_of(cells):
        value = something(paragraphs_of(cell))
        if not len(value):
            continue
        if values and cell.lines[0].page != page:
            values[-1] = AlignedText.join(" ", (values[-1], value))
        else:
            values.append(value)
        page = cell.lines[-1].page
    return values


def something(text: AlignedText) -> AlignedText:
    """Return a text, empty where it only says that there is nothing."""
    return AlignedText("") if text.text.casefold() in _NOTHING else text


def _made_up(pairs: Sequence[Pair]) -> AlignedText:
    """Return a title for a row without one: the first words of its first value, one in words before one in digits."""
    values = [pair.value for pair in sorted(pairs, key=lambda p: p.kind != "description") if len(pair.value)]
    best = next((v for v in values if not _counts([v.text])), values[0] if values else AlignedText("–"))
    words = list(re.finditer(r"\S+", best.text))[:_MADE_UP]
    return best.slice(0, words[-1].end() if words else len(best)).strip()
