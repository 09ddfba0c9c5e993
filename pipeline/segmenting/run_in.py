"""Part the titles that run into their text from it: `Open deur. De gemeente …`, in letters of their own or one form."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import fmean, median

from pipeline.document import AlignedText, Box, Document, Line
from pipeline.resources import vocabulary
from pipeline.segmenting.blocks import Block, Look
from pipeline.segmenting.forms import captions, with_table_pairs
from pipeline.segmenting.head import read_head
from pipeline.segmenting.headings import find_headings, numbering_of, opens_or_closes, part_titles
from pipeline.segmenting.keyed import keyed_sections
from pipeline.segmenting.labels import folded, is_label
from pipeline.segmenting.parts import is_known_part, is_worded_part, may_be_part
from pipeline.segmenting.run_in_titles import COLONED, DASHED, MARKED, STOPPED, RunIn, by_letters, by_mark
from pipeline.segmenting.tables import project_table

_FINITE = frozenset(vocabulary("segmenting/words.toml")["finite_verbs"])
_FEWEST = 3
"""Titles that make a form …"""
_FEWEST_PLAIN = 4
"""… and where nothing but a mark parts them from the text."""
_SHARE = 0.25
"""Part of the paragraphs, from the first title to the last, that open with one: a project may have several …"""
_SHARE_PLAIN = 0.5
"""… and where nothing but a mark parts the titles from the text."""
_TEXT = 12
"""Words that stand behind most titles, in the same paragraph."""
_PARTS = 0.2
"""Part of the titles that may be words of parts, such as “Doel”."""
_TO_A_CHAPTER = 2
"""Titles to a heading, from which on the heading is a chapter's."""
_INTRODUCTION = 0.4
"""Part of the words under the heading of a chapter that may stand before its first title."""
_TELLING = 2.5
"""Words of the titles under chapters, in the mean: lead-ins of the parts of a project have fewer."""


def with_titles_apart(document: Document, parts: Sequence[Sequence[Block]], body: Look) -> Document:
    """Return a document in which titles that run into their text stand on lines of their own; itself where none do.

    They do where many paragraphs open so, each with another title, and nothing else names the projects; headings above
    them are those of chapters, and have several each.

    Parameters
    ----------
    parts
        The blocks of each annex of the document.
    """
    found = [title for blocks in parts for title in _titles(blocks, body, paged=document.paged)]
    if not found:
        return document
    parted = {id(line): title for title in found for line in title.lines}
    pages = []
    for page in document.pages:
        lines: list[Line] = []
        for line in page.lines:
            lines.extend(_parted(line, parted[id(line)]) if id(line) in parted else [line])
        pages.append(replace(page, lines=tuple(lines)))
    return replace(document, pages=tuple(pages))


def _parted(line: Line, title: RunIn) -> Iterator[Line]:
    """Give what a line has of a title, and what stands behind it there, in the look of the text."""
    is_first, is_last = line is title.lines[0], line is title.lines[-1]
    words = line.text.slice(title.start if is_first else 0, title.end if is_last else len(line.text))
    if is_first and title.number:
        words = AlignedText.join(" ", (line.text.slice(0, len(title.number)).strip(), words))
    if len(words):
        yield replace(line, text=words, box=_box(words, line), runs_in=True, lead=0)
    rest = line.text.slice(title.rest, len(line.text)).strip() if is_last else AlignedText("")
    if len(rest):
        yield replace(line, text=rest, box=_box(rest, line), bold=False, italic=False, lead=0, blank_before=0)


def _box(text: AlignedText, line: Line) -> Box:
    """Return the box of a part of a line, as high as the line."""
    boxes = [box for _, box in text.boxes(0, len(text))]
    if not boxes:
        return line.box
    return (min(box[0] for box in boxes), line.box[1], max(box[2] for box in boxes), line.box[3])


def _titles(blocks: Sequence[Block], body: Look, *, paged: bool) -> list[RunIn]:
    """Return the titles of one annex that run into their text: those of the first form that holds."""
    _, _, head = read_head(blocks, len(blocks))
    places = [i for i, block in enumerate(blocks) if _may_open(block) and (i >= head or block.is_finished)]
    marked, stopped, dashed, coloned = (
        [title for i in places if (title := by_mark(blocks[i], i, form)) is not None]
        for form in (MARKED, STOPPED, DASHED, COLONED)
    )
    forms = [(by_letters(blocks, places, body), True), (marked, True)]
    forms += [(_counted(stopped), False), (dashed, False), (coloned, False)]
    kept = [(titles, shown) for titles, shown in forms if _hold(titles, blocks, shown=shown)]
    if not kept or _named_otherwise(blocks, body, paged=paged):
        return []
    return next((titles for titles, _ in kept if _stand_alone(titles, blocks, body, paged=paged)), [])


def _may_open(block: Block) -> bool:
    """Whether a block may open with a title: a paragraph, also behind a number, that is no item of a list."""
    return block.is_prose and (not block.is_list_item or numbering_of(block.text)[0] != "none")


def _counted(titles: list[RunIn]) -> list[RunIn]:
    """Return titles behind numbers or letters if these count on from the first."""
    numbers = [re.findall(r"\d+|\b[A-Z]\b", title.number)[-1:] for title in titles]
    counts = [int(n[0]) if n[0].isdigit() else ord(n[0]) for n in numbers if n]
    return titles if len(counts) == len(titles) and all(b == a + 1 for a, b in pairwise(counts)) else []


def _hold(titles: Sequence[RunIn], blocks: Sequence[Block], *, shown: bool) -> bool:
    """Whether paragraphs open in one form: with many titles, all different, that name no parts, and text behind them.

    Parameters
    ----------
    shown
        Whether letters or marks of their own tell the titles from the text.
    """
    if len(titles) < (_FEWEST if shown else _FEWEST_PLAIN):
        return False
    names = [folded(title.title) for title in titles]
    if len(set(names)) < len(names) or sum(map(_names_part, names)) > _PARTS * len(names):
        return False
    if not shown and sum(not _FINITE.isdisjoint(name.split()) for name in names) > _PARTS * len(names) + 1:
        return False  # sentences that a dash or a colon cuts in two
    inside = [
        block for block in blocks[titles[0].block : titles[-1].block + 1]
        if block.is_prose and not block.is_list_item and len(block.text.split()) >= _TEXT
    ]  # fmt: skip
    share = _SHARE if shown else _SHARE_PLAIN
    return median(title.words for title in titles) >= _TEXT and len(titles) >= share * len(inside)


def _names_part(name: str) -> bool:
    return is_known_part(name) or is_worded_part(name) or may_be_part(name) or is_label(name)


def _named_otherwise(blocks: Sequence[Block], body: Look, *, paged: bool) -> bool:
    """Whether fields or a table name the projects."""
    blocks = with_table_pairs(blocks)
    headings = find_headings(blocks, body, paged=paged, captions=captions(blocks))
    tables = (project_table(block.grid) for block in blocks if block.grid is not None and not block.pairs)
    return len(keyed_sections(blocks, headings)) > 1 or any(table is not None and table.is_sure for table in tables)


def _stand_alone(titles: Sequence[RunIn], blocks: Sequence[Block], body: Look, *, paged: bool) -> bool:
    """Whether no headings stand among titles but those of chapters, each with some of the titles right under it.

    One more may stand behind them all, that closes the annex.
    """
    own = {index for title in titles for index in title.blocks}
    headings = [h for h in find_headings(blocks, body, paged=paged) if h.index not in own]
    parts = part_titles(headings)
    _, _, head = read_head(blocks, titles[0].blocks[0])
    headings = [h for h in headings if h.index >= head and not opens_or_closes(h) and h.title.casefold() not in parts]
    ranks = Counter(h.rank for h in headings)
    chapters = [h for h in headings if h.index < titles[-1].block or ranks[h.rank] > 1]
    if not chapters:
        return True
    is_telling = fmean(len(title.title.split()) for title in titles) >= _TELLING
    if not is_telling or any(h.rank.numbering == "project" for h in chapters):
        return False
    bounds = [h.index for h in headings] + [len(blocks)]
    return all(_is_chapter(h.index, min(b for b in bounds if b > h.index), titles, blocks) for h in chapters)


def _is_chapter(start: int, end: int, titles: Sequence[RunIn], blocks: Sequence[Block]) -> bool:
    """Whether titles stand under the heading at `start`, up to the next one at `end`, with little before the first."""
    inside = [title for title in titles if start < title.block < end]
    if not inside:
        return end == start + 1
    words = [len(block.text.split()) for block in blocks[start + 1 : end]]
    before = sum(words[: inside[0].blocks[0] - start - 1])
    return len(inside) >= _TO_A_CHAPTER and before <= _INTRODUCTION * sum(words)
