"""Find tables in the lines of a text file: drawn with bars, parted by tabs, or set in columns with spaces."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.reading.textcells import Piece, TextCell, TextTable
from pipeline.reading.textcolumns import aligned_table

_DRAWN = str.maketrans(
    dict.fromkeys("│┃║╎┆", "|")
    | dict.fromkeys("─━═╌┄", "-")
    | dict.fromkeys("┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛╒╤╕╞╪╡╘╧╛", "+")
)
_RULE = re.compile(r"(?=.*(?:-{2,}|={2,}|:-))[|+\s:=-]+")
_BAR = re.compile(r"(?<!\\)\|")
_INNER_BAR = re.compile(r"\S\s*(?<!\\)\|\s*\S")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STARRED = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ENUMERATOR = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})[.):]?|[-–—•·▪●○◦*‣✓]")
_FEWEST_UNFRAMED = 3
"""Lines with bars between but none around their cells, and no rule under the first, that make a table."""


def tables_in(lines: Sequence[str]) -> Iterator[TextTable]:
    """Give the tables among the lines of one page, from top to bottom.

    Parameters
    ----------
    lines
        As they stand in the file, tabs and all.
    """
    at = 0
    while at < len(lines):
        table = _piped(lines, at) or _tabbed(lines, at) or aligned_table(lines, at)
        if table is None:
            at += 1
        else:
            yield table
            at = table.end


def _piped(lines: Sequence[str], first: int) -> TextTable | None:
    """Return the table drawn with bars that begins at a line."""
    drawn: list[str] = []
    for line in lines[first:]:
        text = line.translate(_DRAWN).expandtabs(4).rstrip()
        if not text.strip() or not ("|" in text or _RULE.fullmatch(text.strip())):
            break
        drawn.append(text)
    rules = [number for number, text in enumerate(drawn) if _RULE.fullmatch(text.strip())]
    contents = [number for number in range(len(drawn)) if number not in set(rules)]
    if not contents or not all(_BAR.search(drawn[number]) for number in contents):
        return None
    framed = all(drawn[number].lstrip().startswith("|") for number in contents)
    counts = Counter(len(_split(drawn[number])) for number in contents)
    width, alike = counts.most_common(1)[0]
    if width < 2 or (len(contents) < 2 and not rules):
        return None
    if not framed and not rules and (len(contents) < _FEWEST_UNFRAMED or alike < len(contents)):
        return None
    if not framed and not all(_INNER_BAR.search(drawn[number]) for number in contents):
        return None
    edges = _edges(drawn, rules)
    rows = [
        row
        for group in _groups(drawn, rules, contents)
        for row in _rows(group, drawn, edges, is_one=_is_drawn_grid(drawn, rules))
    ]
    head_end = _head_end(rules, contents)
    cells = [
        TextCell(
            number,
            column,
            span,
            tuple(p._replace(line=p.line + first, bold=p.bold or p.line < head_end) for p in pieces),
        )
        for number, row in enumerate(rows)
        for column, span, pieces in row
        if pieces
    ]
    return TextTable(first, first + len(drawn), tuple(cells))


def _head_end(rules: Sequence[int], contents: Sequence[int]) -> int:
    """Return the line behind the head: what stands over the first rule, where the next does not stand over all rows."""
    inner = [number for number in rules if contents[0] < number < contents[-1]]
    return inner[0] if inner and inner[0] - contents[0] < _FEWEST_UNFRAMED else 0


def _split(text: str) -> list[tuple[int, str]]:
    """Return the cells of a line with the place at which each begins."""
    indent = len(text) - len(text.lstrip())
    start = indent + 1 if text.lstrip().startswith("|") else indent
    end = len(text) - 1 if text.endswith("|") and not text.endswith("\\|") else len(text)
    cells = []
    for bar in _BAR.finditer(text, start, end):
        cells.append((start, text[start : bar.start()]))
        start = bar.end()
    return [*cells, (start, text[start:end])]


def _edges(drawn: Sequence[str], rules: Sequence[int]) -> list[int]:
    """Return where the columns of a drawn grid begin, by the crossings in its rules; empty where none are drawn."""
    return sorted({match.end() for number in rules for match in re.finditer(r"\+(?=[-=])", drawn[number])})


def _is_drawn_grid(drawn: Sequence[str], rules: Sequence[int]) -> bool:
    """Whether a rule stands between all rows, so that what stands between two rules is one row."""
    return len(rules) > 3 and all("+" in drawn[number] for number in rules)


def _groups(drawn: Sequence[str], rules: Sequence[int], contents: Sequence[int]) -> list[list[int]]:
    """Return the lines of contents, parted where rules stand."""
    groups: list[list[int]] = [[]]
    for number in range(len(drawn)):
        if number in rules:
            groups.append([])
        elif number in contents:
            groups[-1].append(number)
    return [group for group in groups if group]


_Row = list[tuple[int, int, list[Piece]]]


def _rows(group: Sequence[int], drawn: Sequence[str], edges: Sequence[int], *, is_one: bool) -> list[_Row]:
    """Return rows of ``(column, span, pieces)``; all the lines as one row where `is_one`."""
    rows: list[_Row] = []
    for number in group:
        row = _row(number, drawn[number], edges)
        goes_on = edges and rows and not (row and row[0][0] == 0 and row[0][2])
        if rows and (is_one or goes_on) and [c[:2] for c in rows[-1]] == [c[:2] for c in row]:
            for cell, more in zip(rows[-1], row, strict=True):
                cell[2].extend(more[2])
        else:
            rows.append(row)
    return rows


def _row(number: int, text: str, edges: Sequence[int]) -> _Row:
    row: _Row = []
    cells = _split(text)
    for index, (start, raw) in enumerate(cells):
        column, span = index, 1
        if edges and len(cells) < len(edges):
            end = start + len(raw)
            covered = [i for i, edge in enumerate(edges) if start - 1 <= edge < end]
            column, span = (covered[0], len(covered)) if covered else (index, 1)
        pieces = []
        for part in _BREAK.split(raw):
            shown = _STARRED.sub(r"\2", part.strip()).replace("\\|", "|")
            if shown:
                bold = _STARRED.fullmatch(part.strip()) is not None
                pieces.append(Piece(shown, number, start + raw.find(part.strip()), bold))
        row.append((column, span, pieces))
    return row


def _tabbed(lines: Sequence[str], first: int) -> TextTable | None:
    """Return the table parted by tabs that begins at a line."""
    rows: list[tuple[int, list[str]]] = []
    parted: set[int] = set()
    end = first
    for number in range(first, len(lines)):
        text = lines[number].rstrip(" \n")
        if not text.strip():
            if number > end:
                break
            continue
        if "\t" not in text.lstrip(" "):
            break
        if rows and number > end and text.count("\t") != lines[end - 1].rstrip().count("\t"):
            break
        if number > end and rows:
            parted.add(number)
        rows.append((number, text.split("\t")))
        end = number + 1
    if len(rows) < 2:
        return None
    rows = _even(rows)
    width = max(len(cells) for _, cells in rows)
    if width < 2 or any(_ENUMERATOR.fullmatch(cells[0].strip()) and width == 2 for _, cells in rows):
        return None
    if width == 2 and all(re.fullmatch(r"\s*\d{1,4}\s*", cells[-1]) for _, cells in rows):
        return None
    found = []
    for row, (number, cells) in enumerate(rows):
        start = 0
        for column, cell in enumerate(cells):
            if cell.strip():
                found.append(
                    TextCell(row, column, 1, (Piece(cell.strip(), number, start, bold=False),), number in parted)
                )
            start += len(cell) + 1
    return TextTable(first, end, tuple(found))


def _even(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Return rows with as many cells each: where their numbers differ, several tabs only make room."""
    counts = Counter(len(cells) for _, cells in rows)
    width, alike = counts.most_common(1)[0]
    padded = [len(cells) - len(cells[width:]) for _, cells in rows]
    if width > 2 and alike >= 0.6 * len(rows) and max(padded) == width:
        return [(n, [*cells[: width - 1], " ".join(cells[width - 1 :]).strip()]) for n, cells in rows]
    return [(n, [cell for cell in cells if cell.strip()]) for n, cells in rows]
