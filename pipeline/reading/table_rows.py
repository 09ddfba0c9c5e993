"""Find where the rows of a table begin, by white space, by words that would have fitted, and by where cells begin."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.reading.fragments import Fragment
from pipeline.reading.table_pieces import middle

# Relative to the size of the glyphs.
_CORE = 0.3
"""Half the height of what is inked of a line: boxes of fonts reach into each other, this does not."""
_WIDER = 0.06
"""How much more white than between two lines of one cell there is at least between two rows."""
_MOST_WIDER = 0.3
"""How much more is asked for at most, where lines stand at uneven distances."""
_UNEVEN = 4
"""How many times the usual unevenness of distances is no difference."""
_FAR = 2.2
"""Lines of one cell stand no further apart than this, from middle to middle."""
_NEARER = 0.9
"""Part of the least distance of rows that lines of a cell are apart at most, where nothing else tells them."""
_ROOM = 0.6
"""Room that a word must have besides its own width before it counts as one that would have fitted on the line above."""
_FEW_BANDS = 3
"""Bands of white space from which on they are taken for the rows."""
_MOST = 0.6
"""Part of the rows that must begin in the first column to be believed against rules that part others."""
_INTERLEAVED = 0.75
"""Lines at less than this part of the distance of two lines of a cell stand in cells that are not set from the top."""

Columns = Sequence[Sequence[Fragment]]
"""Of each column its printed lines, from top to bottom."""


def row_starts(columns: Columns, em: float, drawn: Sequence[float] = (), leading: float | None = None) -> list[float]:
    """Return the heights between rows, from top to bottom, none at the outer edges.

    Parameters
    ----------
    em
        Size of the glyphs, in points.
    drawn
        Heights of rules across the table: a row begins at each.
    leading
        What `leading_of` says of the whole table where these are a part of it.
    """
    lines = sorted((line for column in columns for line in column), key=middle)
    if not lines:
        return []
    first, last = middle(lines[0]), middle(lines[-1])
    drawn = sorted(y for y in drawn if first < y < last)
    leading = leading or leading_of(columns, em)
    starts: set[float] = set(drawn)
    for band in _bands(columns, drawn):
        white = _by_white(band, em, leading) or _under_head(band)
        if len(drawn) + 1 < _FEW_BANDS or _are_rows(band, white):
            starts.update(white)
    if len(starts) + 1 < _FEW_BANDS and leading is not None:
        for band in _bands(columns, sorted(starts)):
            begun = _by_beginnings(band, em, leading)
            if len(begun) > 1 or any(middle(line) < start for start in begun for line in band[0]):
                starts.update(begun)
    return _without_paragraphs(columns, sorted(starts), drawn)


def split_band(columns: Columns, em: float, leading: float | None) -> list[float]:
    """Return the heights between the rows in what rules draw as one row; none where it may well be one."""
    starts = _without_paragraphs(columns, _by_white(columns, em, leading), ())
    if len(starts) + 1 < _FEW_BANDS and leading is not None:
        inside = [start for band in _bands(columns, starts) for start in _by_beginnings(band, em, leading)]
        if len(inside) > 1:
            starts = sorted({*starts, *inside})
    if _are_rows(columns, starts):
        return starts
    return _under_head(columns)


def _under_head(columns: Columns) -> list[float]:
    """Return the height under a head: where all that stands above is bold, and nothing below; none without one."""
    lines = sorted((line for column in columns for line in column), key=middle)
    head = next((number for number, line in enumerate(lines) if not line.look.bold), 0)
    if not head or any(line.look.bold for line in lines[head:]):
        return []
    return [(middle(lines[head - 1]) + middle(lines[head])) / 2]


def _are_rows(columns: Columns, starts: Sequence[float]) -> bool:
    """Whether what rules draw as one row is several: most have something in the first column and in most others.

    The first may be the end of a row that a page break has cut.
    """
    if not starts:
        return False
    used = [number for number, column in enumerate(columns) if column]
    begun = 0
    for band in _bands(columns, starts)[1:]:
        filled = [number for number in used if band[number]]
        begun += used[0] in filled and 2 * len(filled) > len(used)
    return begun >= _MOST * len(starts)


def _bands(columns: Columns, starts: Sequence[float]) -> list[list[list[Fragment]]]:
    """Part the lines of all columns at heights."""
    edges = [float("-inf"), *starts, float("inf")]
    return [
        [[line for line in column if top <= middle(line) < bottom] for column in columns]
        for top, bottom in pairwise(edges)
    ]


def leading_of(columns: Columns, em: float) -> float | None:
    """Return the most that two lines of one cell are apart; None where no cell has two."""
    pairs = [pair for column in columns for pair in pairwise(column)]
    distances = [middle(below) - middle(above) for above, below in pairs if below.chars[0].text[:1].islower()]
    sure = [distance for distance in distances if distance <= _FAR * em]
    if not sure:
        few = _distances_of_few(columns, em)
        return min(few) + _WIDER * em if few else None
    usual = median(sure)
    uneven = median(abs(distance - usual) for distance in sure)
    return usual + min(max(_WIDER * em, _UNEVEN * uneven), _MOST_WIDER * em)


def _distances_of_few(columns: Columns, em: float) -> list[float]:
    """Return how far lines stand under the one above where far fewer columns go on, nearer than where all do."""
    heights = sorted({round(middle(line), 1) for column in columns for line in column})
    levels: list[tuple[float, int]] = []
    for height in heights:
        count = sum(any(abs(middle(line) - height) <= _CORE * em for line in column) for column in columns)
        if not levels or height - levels[-1][0] > _CORE * em:
            levels.append((height, count))
    few: list[float] = []
    full: list[float] = []
    for (above, before), (here, count) in pairwise(levels):
        (few if 2 * count <= before else full).append(here - above)
    most = min(_FAR * em, _NEARER * min(full, default=_FAR * em))
    return [distance for distance in few if distance <= most]


def _is_wrapped(above: Fragment, below: Fragment, right: float, em: float) -> bool:
    """Whether the first word of a line would not have fitted at the end of the one above."""
    word = 0.0
    for char in below.chars:
        if char.text.isspace() or (word and char.x0 - below.x0 - word > _CORE * em):
            break
        word = char.x1 - below.x0
    return above.x1 + word + _ROOM * em > right


def _by_white(columns: Columns, em: float, leading: float | None) -> list[float]:
    """Return the heights where there is more white across all columns than between two lines of a cell."""
    most = 0.0 if leading is None else leading - 2 * _CORE * em
    starts = []
    reached: float | None = None
    for line in sorted((line for column in columns for line in column), key=middle):
        top, bottom = middle(line) - _CORE * em, middle(line) + _CORE * em
        if reached is not None and top - reached > most:
            starts.append((top + reached) / 2)
        reached = bottom if reached is None else max(reached, bottom)
    return starts


def _by_beginnings(columns: Columns, em: float, leading: float) -> list[float]:
    """Return the heights where cells begin again in most columns, in rows without white between them."""
    rights = [max((line.x1 for line in column), default=0.0) for column in columns]
    lines = sorted((line for column in columns for line in column), key=middle)
    levels: list[float] = []
    for line in lines:
        if not levels or middle(line) - levels[-1] > _CORE * em:
            levels.append(middle(line))
    if any(below - above < _INTERLEAVED * leading for above, below in pairwise(levels)):
        return []
    starts = []
    for above, here in pairwise(levels):
        score = 0.0
        begun = 0
        for column, right in zip(columns, rights, strict=True):
            new = next((line for line in column if abs(middle(line) - here) <= _CORE * em), None)
            if new is None:
                continue
            last = next((line for line in reversed(column) if middle(line) < here - _CORE * em), None)
            if last is None or middle(last) < above - _CORE * em:
                begun += 1
                score += 1
            elif not _is_wrapped(last, new, right, em):
                begun += 1
                score += 0.5 if new.chars[0].text[:1].islower() else 1.5
            else:
                score -= 2 if new.chars[0].text[:1].islower() else 0.25
        if score > 0 and begun > 1:
            starts.append((above + here) / 2)
    return starts


def _without_paragraphs(columns: Columns, starts: Sequence[float], drawn: Sequence[float]) -> list[float]:
    """Leave out the starts of what is only a further paragraph of one long cell.

    That is a band with one column in it, which the row above has too, and not the first or a head.
    """
    kept: list[float] = []
    bands = _bands(columns, starts)
    for number, start in enumerate(starts, start=1):
        filled = [index for index, column in enumerate(bands[number]) if column]
        above = [index for index, column in enumerate(bands[number - 1]) if column]
        is_paragraph = (
            number > 1
            and len(filled) == 1
            and filled[0] != 0
            and filled[0] in above
            and len(bands[number - 1][filled[0]]) > 1
            and start not in drawn
        )
        if not is_paragraph:
            kept.append(start)
    return kept
