"""Lay out a page: from its characters and drawn lines to its lines in reading order. All readers share it."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import inf

import numpy as np

from pipeline.document import AlignedText, Box, Glyphs, Line, Page, RemovalReason, Removed
from pipeline.reading.aside import MARK_SIZE, margin_notes, size_of_most, watermarks
from pipeline.reading.assembling import Chars, Flags, Rule
from pipeline.reading.columns import Block, Item, Row, rows_in_order
from pipeline.reading.fragments import Fragment, fragments_of
from pipeline.reading.legible import is_legible
from pipeline.reading.setting import Setter
from pipeline.reading.tables import FoundTable, find_tables
from pipeline.reading.turning import Frame, frames_of

_Finder = Callable[[Sequence[Fragment], float], list[Fragment]]

_LEAST_SIZE = 1.5
"""Points: what is printed smaller than this nobody is meant to read."""
_TURNED_TEXT = 0.2
"""Part of a page's letters that stand a quarter turn from the others and are text all the same."""
_TURNED_LEAST = 100
"""Letters that such text has at least: what a printer sets in the margin of a page has 50."""
_FAR = 2.0
"""Slanting letters this far apart, relative to their size, are of two texts."""
_PATCH = 4.0
"""Points: side of the patches that painted letters are known to cover."""


def page_of(number: int, width: float, height: float, chars: Chars, rules: Sequence[Rule], glyphs: Glyphs) -> Page:
    """Return a page with its lines in reading order, their glyphs added to `glyphs`.

    What does not belong to the running text is in `removed`: text at an angle, watermarks, notes in the margins, and
    what nobody sees: it is not painted, too small, or beside the page.

    Parameters
    ----------
    number
        Of the page, from 1.
    width, height
        Of the page as shown, in points.
    chars
        In the order of the page's content, placed on the page as shown.
    rules
        Drawn lines of the page.
    """
    is_shown = _shown(chars, width, height)
    shown = chars if is_shown.all() else chars.only(is_shown)
    first, *others = frames_of(shown, rules, width, height)
    size, lines, removed = _laid_out(first, number, glyphs)
    for frame in others:
        turned = _turned(frame, number, glyphs)
        if not frame.is_slanting and len(frame.chars) >= max(_TURNED_LEAST, _TURNED_TEXT * len(shown)):
            lines.extend(turned)
        else:
            removed.extend(
                Removed(line, "watermark" if line.size >= MARK_SIZE * size else "sideways") for line in turned
            )
    if shown is not chars:
        hidden = fragments_of(chars.only(~is_shown), ())
        removed.extend(Removed(_unplaced(fragment, fragment.text, number), "hidden") for fragment in hidden)
    is_poor = not is_legible((line.text.text for line in lines), chars.lost)
    return Page(number, width, height, tuple(lines), tuple(removed), is_poor=is_poor)


def _shown(chars: Chars, width: float, height: float) -> Flags:
    """Return what a reader of the page sees of it; text that is not painted counts where there is no other."""
    shown: Flags = np.ones(len(chars), dtype=np.bool_)
    looks = chars.kinds
    if any(look.size < _LEAST_SIZE for look in looks):
        shown = ~chars.flags(look for look in looks if look.size < _LEAST_SIZE)
    if any(look.hidden for look in looks):
        shown[shown] = _seen(chars.only(shown))
    x, y = (chars.x0 + chars.x1) / 2, (chars.top + chars.bottom) / 2
    return shown & (x > 0) & (x < width) & (y > 0) & (y < height)


def _seen(chars: Chars) -> Flags:
    """Return what counts where some text is not painted: what is, and where that is little, the rest beside it."""
    hidden = chars.flags(look for look in chars.kinds if look.hidden)
    if 2 * hidden.sum() < len(chars):
        return ~hidden
    patches = np.stack(((chars.x0 + chars.x1) / 2 // _PATCH, (chars.top + chars.bottom) / 2 // _PATCH), axis=1)
    near = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    covered = {(x + right, y + down) for x, y in patches[~hidden].tolist() for right, down in near}
    free: Flags = np.array([tuple(patch) not in covered for patch in patches.tolist()])
    return ~hidden | free


def _laid_out(frame: Frame, number: int, glyphs: Glyphs) -> tuple[float, list[Line], list[Removed]]:
    """Return the size of most letters of a frame, its lines, and what was taken out of them."""
    fragments = fragments_of(frame.chars, frame.rules)
    size = size_of_most(fragments)
    setter = Setter(frame.chars, number, glyphs, frame.place)
    removed: list[Removed] = []
    asides: tuple[tuple[_Finder, RemovalReason], ...] = ((watermarks, "watermark"), (margin_notes, "margin_note"))
    for find, reason in asides:
        found = find(fragments, size)
        if found:
            removed.extend(Removed(setter.line(f.indices, _box_of([f])), reason) for f in found)
            fragments = _without(fragments, found)
    tables = find_tables(fragments, frame.rules)
    fragments = _without(fragments, [fragment for table in tables for fragment in table.used])
    lines = _lines(rows_in_order(fragments, [table.box for table in tables], size), tables, setter)
    setter.finish()
    return size, lines, removed


def _without(fragments: list[Fragment], taken: list[Fragment]) -> list[Fragment]:
    out = {id(fragment) for fragment in taken}
    return [fragment for fragment in fragments if id(fragment) not in out]


def _lines(rows: Sequence[Row], tables: Sequence[FoundTable], setter: Setter) -> list[Line]:
    """Return the lines of rows; that of a table is the lines of its cells."""
    lines: list[Line] = []
    boxes = [(-inf, -inf, -inf, -inf), *map(_box_of, rows), (inf, inf, inf, inf)]
    for at, row in enumerate(rows, 1):
        if isinstance(row[0], Block):
            for cell, fragments in tables[row[0].number].cells:
                lines.extend(setter.line(f.indices, _box_of([f]), cell=cell) for f in fragments)
        else:
            lines.append(setter.line(_indices(row), boxes[at], above=boxes[at - 1][3], below=boxes[at + 1][1]))
    return lines


def _box_of(row: Sequence[Item]) -> Box:
    return (
        min(item.x0 for item in row),
        min(item.top for item in row),
        max(item.x1 for item in row),
        max(item.bottom for item in row),
    )


def _indices(row: Row) -> Sequence[int]:
    fragments = [item for item in row if isinstance(item, Fragment)]
    return fragments[0].indices if len(fragments) == 1 else [at for fragment in fragments for at in fragment.indices]


def _turned(frame: Frame, number: int, glyphs: Glyphs) -> list[Line]:
    """Return what stands at an angle to the lines of the page: a mark in the margin, large letters across it, text."""
    if not len(frame.chars):
        return []
    if frame.is_slanting:
        return list(_slanting(frame.chars, number))
    fragments = fragments_of(frame.chars, frame.rules)
    setter = Setter(frame.chars, number, glyphs, frame.place)
    lines = _lines(rows_in_order(fragments, (), size_of_most(fragments)), (), setter)
    setter.finish()
    return lines


def _slanting(chars: Chars, number: int) -> Iterator[Line]:
    """Give slanting text in the order of the page's content, parted where a letter stands far from the one before."""
    x, y = (chars.x0 + chars.x1) / 2, (chars.top + chars.bottom) / 2
    is_far = np.hypot(np.diff(x), np.diff(y)) > _FAR * np.maximum(chars.sizes[1:], chars.sizes[:-1])
    for start, end in pairwise([0, *(np.flatnonzero(is_far) + 1).tolist(), len(chars)]):
        run = Fragment.of(chars, range(start, end))
        spaced = chars.spaced[start:end].tolist()
        letters = zip(chars.text[start:end], spaced, strict=True)
        yield _unplaced(run, "".join(" " * is_spaced + letter for letter, is_spaced in letters).strip(), number)


def _unplaced(fragment: Fragment, text: str, number: int) -> Line:
    """Return a line whose glyphs are not kept: no reader can be shown where they stand."""
    return Line(AlignedText(text), number, _box_of([fragment]), fragment.look.size)
