"""Find a table whose columns are set with runs of spaces, as `pdftotext -layout` and old printers give it."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.reading.textcells import Piece, TextCell, TextTable

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_ENUMERATOR = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})[.):]|[-–—•·▪●○◦*‣✓]|#{1,6}")
_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})[.):]?")
_RULE = re.compile(r"[-=_—–+ ]{4,}")
_LEADERS = re.compile(r"\.{4,}|(?:\. ){3,}|…")
_PAGE = re.compile(r"\d{1,4}")
_ATOMIC = re.compile(r"(?:€|eur)?\s*[\d.,/’'-]*\d[\d.,/’'-]*\s*(?:%|mln\.?|k)?|\S+", re.IGNORECASE)
_BLANKS = 2
"""Blank lines that may stand between two rows."""
_SURE_GAP = 3
"""Spaces from which on one line beside another is enough to see a gutter."""
_FEWEST = 3
"""Lines from which on gaps of two spaces make a gutter."""
_LABEL = 42
"""Code points of what stands left in a table of two columns."""
_PROSE = 0.6
"""Part of its width that most of the lines of a column of newspaper print fill."""


_TAB = 8
"""Spaces that a number or bullet has behind it at most where it is no column of its own."""
_GUIDE_LINES = 4
"""Lines of a table among which one has something in each column."""
_DISTINCT = 0.7
"""Part of the first cells that differ, below which they are labels."""
_LABELLED = 0.5
"""Part of the lines with something in the first column, below which it holds no label a line."""
_HEAD_LINES = 2
"""Lines that the head of a table may have under its first one."""


class _Chunk(NamedTuple):
    """Words on one line without a gap in them."""

    start: int
    end: int
    text: str


class _Row(NamedTuple):
    """One line that is not blank."""

    line: int
    chunks: tuple[_Chunk, ...]
    parted: bool
    """Whether a blank line or a rule stands above it."""
    ruled: bool = False
    """Whether a rule does."""


def aligned_table(lines: Sequence[str], first: int) -> TextTable | None:
    """Return the table that begins at a line, or None.

    Its columns are those of the line with most gaps among the first few: the first may be the upper line of a head.
    """
    if "\t" in lines[first].strip() or len(_chunks(lines[first])) < 2:
        return None
    near = [n for n in range(first, min(first + _GUIDE_LINES, len(lines))) if "\t" not in lines[n].strip()]
    guide = max(near, key=lambda n: (len(_chunks(lines[n])), -n))
    for number in dict.fromkeys((guide, first)):
        table = _table(lines, first, _gaps(_chunks(lines[number])))
        if table is not None and table.end > number:
            return table
    return None


def _gaps(chunks: Sequence[_Chunk]) -> list[tuple[int, int]]:
    return [(a.end, b.start) for a, b in pairwise(chunks)]


def _table(lines: Sequence[str], first: int, gutters: list[tuple[int, int]]) -> TextTable | None:
    """Return the table that begins at a line and has these gutters or narrower ones."""
    rows: list[_Row] = []
    parted = ruled = False
    blanks = 0
    for number in range(first, len(lines)):
        text = lines[number].expandtabs(_TAB).rstrip()
        is_rule = bool(rows and _RULE.fullmatch(text.strip()))
        if not text.strip() or is_rule:
            blanks += not text.strip()
            parted, ruled = True, ruled or is_rule
            if blanks > _BLANKS:
                break
            continue
        chunks = _parted_at_sentence(_parted_at_colon(_chunks(lines[number]), gutters), gutters)
        row = _Row(number, tuple(chunks), parted, ruled)
        narrowed = _narrowed(gutters, row)
        if "\t" in lines[number].strip() or (len(narrowed) < len(gutters) and not _spans(row, gutters, lines)):
            break
        if len(narrowed) == len(gutters):
            gutters = narrowed
        rows.append(row)
        parted, ruled, blanks = False, False, 0
    rows = _trimmed(rows, gutters)
    if not _is_table(rows, gutters):
        return None
    return TextTable(first, rows[-1].line + 1, tuple(_cells(rows, gutters)))


def _chunks(line: str) -> list[_Chunk]:
    """Return the parts of a line between gaps; a number or bullet goes with what follows it."""
    text = line.expandtabs(_TAB).rstrip()
    if _LEADERS.search(text):
        return [_Chunk(len(text) - len(text.lstrip()), len(text), text.strip())] if text.strip() else []
    found: list[_Chunk] = []
    start = len(text) - len(text.lstrip())
    for gap in _GAP.finditer(text):
        before = text[start : gap.start()]
        is_sentence_end = gap.end() - gap.start() == 2 and before.endswith((".", "!", "?")) and " " in before
        if is_sentence_end or (not found and _ENUMERATOR.fullmatch(before) and gap.end() - gap.start() <= _TAB):
            continue
        found.append(_Chunk(start, gap.start(), before))
        start = gap.end()
    if start < len(text):
        found.append(_Chunk(start, len(text), text[start:]))
    return found


def _parted_at_colon(chunks: list[_Chunk], gutters: Sequence[tuple[int, int]]) -> list[_Chunk]:
    """Return the parts of a line, the label with a colon that fills its column parted from the value behind it."""
    if len(gutters) != 1 or not chunks:
        return chunks
    first, at = chunks[0], gutters[0][1]
    label, value = first.text[: at - first.start], first.text[at - first.start :]
    if first.start >= at or not label.endswith(": ") or not value.strip():
        return chunks
    return [_Chunk(first.start, at - 1, label.rstrip()), _Chunk(at, first.end, value), *chunks[1:]]


def _parted_at_sentence(chunks: list[_Chunk], gutters: Sequence[tuple[int, int]]) -> list[_Chunk]:
    """Return the parts of a line, those parted that a full stop at the end of a column holds together."""
    begins = {end for _, end in gutters}
    found: list[_Chunk] = []
    for chunk in chunks:
        start = chunk.start
        for gap in _GAP.finditer(chunk.text):
            if chunk.start + gap.end() in begins:
                found.append(_Chunk(start, chunk.start + gap.start(), chunk.text[start - chunk.start : gap.start()]))
                start = chunk.start + gap.end()
        found.append(chunk._replace(start=start, text=chunk.text[start - chunk.start :]))
    return found


def _narrowed(gutters: Sequence[tuple[int, int]], row: _Row) -> list[tuple[int, int]]:
    """Return the gutters, ``(start, end)`` of what is blank in all lines, after one more line."""
    kept = []
    for start, end in gutters:
        for chunk in row.chunks:
            if chunk.start < end and chunk.end > start:
                if chunk.start <= start:
                    start = max(start, chunk.end)
                else:
                    end = min(end, chunk.start)
        if end - start >= 1:
            kept.append((start, end))
    return kept


def _crosses(row: _Row, gutters: Sequence[tuple[int, int]]) -> bool:
    return any(chunk.start <= start and chunk.end >= end for chunk in row.chunks for start, end in gutters)


def _spans(row: _Row, gutters: Sequence[tuple[int, int]], lines: Sequence[str]) -> bool:
    """Whether a line that stands over gutters is a title over the rows that follow: they go on in the same columns."""
    if not gutters:
        return False
    if len(row.chunks) > 1:
        return all(chunk.start >= gutters[0][1] for chunk in row.chunks[1:]) and any(
            chunk.start >= gutters[-1][1] for chunk in row.chunks
        )
    if row.chunks[0].text.endswith((".", ":", ";", ",")):
        return False
    following = [text for text in lines[row.line + 1 : row.line + 3] if text.strip()]
    if not following or row.chunks[0].text[:1].islower():
        return False
    below = _Row(0, tuple(_chunks(following[0])), parted=False)
    return len(below.chunks) > 1 and len(_narrowed(gutters, below)) == len(gutters)


def _trimmed(rows: list[_Row], gutters: Sequence[tuple[int, int]]) -> list[_Row]:
    """Return the rows without the lines of one chunk at the end that a blank line parts from the rest."""
    end = len(rows)
    for index in range(len(rows) - 1, 0, -1):
        if len(rows[index].chunks) > 1:
            break
        is_left = rows[index].chunks[0].start < (gutters[0][0] if gutters else 0)
        if rows[index].parted and is_left:
            end = index
    return rows[:end]


def _is_table(rows: Sequence[_Row], gutters: Sequence[tuple[int, int]]) -> bool:
    several = [row for row in rows if len(row.chunks) > 1]
    if not gutters or len(several) < 2:
        return False
    widths = [end - start for start, end in gutters]
    labelled = all(row.chunks[0].text.endswith(":") for row in several)
    if len(several) < _FEWEST and min(widths) < _SURE_GAP and not labelled:
        return False
    for start, end in gutters:
        beside = [
            gap
            for row in several
            for a, b in pairwise(row.chunks)
            if (gap := b.start - a.end) and a.end <= start and b.start >= end
        ]
        if len(beside) < 2:
            return False
    columns = [[c for row in rows for c in row.chunks if _column(c, gutters) == i] for i in range(len(gutters) + 1)]
    if any(_is_print(column, columns) for column in columns):
        return False
    if len(columns) == 2:
        left, right = columns
        if all(_PAGE.fullmatch(chunk.text) for chunk in right) or max(len(chunk.text) for chunk in left) > _LABEL:
            return False
        if all(_NUMBER.fullmatch(chunk.text) for chunk in left):
            return False
        return sum(len(row.chunks) > 1 for row in rows) * 3 >= len(rows)
    return True


def _is_print(column: Sequence[_Chunk], columns: Sequence[Sequence[_Chunk]]) -> bool:
    """Whether a column, and all others, are running text set side by side as in a newspaper."""

    def runs(chunks: Sequence[_Chunk]) -> bool:
        widest = max(len(chunk.text) for chunk in chunks)
        full = sum(len(chunk.text) > _PROSE * widest for chunk in chunks)
        return widest > 24 and len(chunks) > 5 and full > 0.8 * len(chunks) and _flows(chunks)

    return bool(column) and all(len(other) > 5 and runs(other) for other in columns)


def _flows(chunks: Sequence[_Chunk]) -> bool:
    """Whether most lines begin in lower case, as those of a paragraph do."""
    return sum(chunk.text[:1].islower() for chunk in chunks) > 0.5 * len(chunks)


def _column(chunk: _Chunk, gutters: Sequence[tuple[int, int]]) -> int:
    return sum(chunk.start >= end for _, end in gutters)


def _cells(rows: Sequence[_Row], gutters: Sequence[tuple[int, int]]) -> list[TextCell]:
    """Return the cells, the lines of each row of the table gathered."""
    columns = len(gutters) + 1
    starts = _row_starts(rows, gutters)
    found: dict[tuple[int, int], list[Piece]] = {}
    spans: dict[tuple[int, int], int] = {}
    number = -1
    head_end = next((index for index, row in enumerate(rows) if row.ruled), 0)
    head_end = head_end if head_end <= _HEAD_LINES + 1 else 0
    for index, row in enumerate(rows):
        if index in starts:
            number += 1
        for chunk in row.chunks:
            column = _column(chunk, gutters)
            crossed = sum(chunk.start <= start and chunk.end >= end for start, end in gutters)
            if crossed:
                is_alone = len(row.chunks) == 1
                column = 0 if is_alone else column
                spans[number, column] = columns if is_alone else crossed + 1
            found.setdefault((number, column), []).append(
                Piece(chunk.text, row.line, chunk.start, bold=index < head_end)
            )
    parted = {row.line for row in rows if row.parted and not row.ruled}
    return [
        TextCell(row, column, spans.get((row, column), 1), tuple(pieces), pieces[0].line in parted)
        for (row, column), pieces in sorted(found.items())
    ]


def _row_starts(rows: Sequence[_Row], gutters: Sequence[tuple[int, int]]) -> set[int]:
    """Return the indices of the lines at which a row of the table begins.

    Where blank lines or rules part the rows, they say so. Else a row begins where the column that holds one line a
    row, such as a number, a year or an amount, is filled; or, without one, where the first column is and most others.
    """
    parted = {0} | {index for index, row in enumerate(rows) if row.parted}
    spanning = {index for index, row in enumerate(rows) if _crosses(row, gutters)}
    filled = [{_column(c, gutters) for c in row.chunks} for row in rows]
    titles = {i for i in parted if filled[i] == {0} and i + 1 < len(rows) and len(filled[i + 1]) > 1}
    alone = spanning | titles
    after = {index + 1 for index in alone if index + 1 < len(rows)}
    if (
        len(parted - alone) > 2
        and all(len(filled[i]) > 1 for i in parted - alone)
        and not _one_a_line(rows, filled, gutters)
    ):
        return parted | alone | after
    body = [index for index in range(1, len(rows)) if index not in spanning]
    anchor = _anchor(rows, body, gutters)
    begun = {i for i in body if _begins(i, rows, filled, gutters, anchor)}
    head_end = min((i for i in parted if i), default=0)
    if anchor is None and len(gutters) > 1 and head_end <= _HEAD_LINES + 1:
        begun -= set(range(1, head_end))
    return {0} | parted | alone | after | begun


def _one_a_line(rows: Sequence[_Row], filled: Sequence[set[int]], gutters: Sequence[tuple[int, int]]) -> bool:
    """Whether lines between blank ones are rows of their own: most are full, or begin with labels that come again.

    Beside long cells of several columns what comes again is the value of a column, such as a place.
    """
    first = [row.chunks[0].text for row, columns in zip(rows, filled, strict=True) if 0 in columns]
    is_label = len(gutters) == 1 or len(first) >= _LABELLED * len(rows)
    if is_label and len(set(first)) < _DISTINCT * len(first):
        return True
    return sum(0 in columns and len(columns) > 1 for columns in filled) > 0.9 * len(rows)


def _begins(
    index: int, rows: Sequence[_Row], filled: Sequence[set[int]], gutters: Sequence[tuple[int, int]], anchor: int | None
) -> bool:
    """Whether a row of the table begins at a line; `anchor` is the column that is filled in first lines only."""
    first = rows[index].chunks[0]
    if anchor is not None:
        return anchor in filled[index]
    if len(gutters) > 1 and filled[index] - filled[index - 1] and len(filled[index]) > 1:
        return True
    is_full = len(filled[index]) >= max(2, round(0.6 * (len(gutters) + 1)))
    if index == 1 and is_full and not all(chunk.text[:1].islower() for chunk in rows[index].chunks):
        return True
    if 0 not in filled[index] or first.text[:1].islower():
        return False
    return is_full or len(gutters) == 1


def _anchor(rows: Sequence[_Row], body: Sequence[int], gutters: Sequence[tuple[int, int]]) -> int | None:
    """Return the column whose cells take one line each, filled in the first line of each row; None where none is.

    Of several it is the one that is filled most often: a cell of it may be empty.
    """
    best: tuple[int, int] | None = None
    for column in range(len(gutters) + 1):
        texts = {i: c.text for i in body for c in rows[i].chunks if _column(c, gutters) == column}
        if len(texts) < 2 or min(texts) - body[0] > _HEAD_LINES:
            continue
        atomic = sum(1 for text in texts.values() if any(c.isdigit() for c in text) and _ATOMIC.fullmatch(text))
        others = [{_column(c, gutters) for c in rows[i].chunks} for i in texts]
        full = sum(len(columns) >= max(2, round(0.6 * (len(gutters) + 1))) for columns in others)
        if atomic >= 0.8 * len(texts) and full >= 0.8 * len(texts) and (best is None or len(texts) > best[0]):
            best = (len(texts), column)
    return None if best is None else best[1]
