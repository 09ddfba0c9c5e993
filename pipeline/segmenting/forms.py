"""Weigh which forms an annex has (running text, tables, labelled values) and divide it by them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.document import AlignedText
from pipeline.resources import vocabulary
from pipeline.segmenting.blocks import Block
from pipeline.segmenting.headings import Heading, Rank
from pipeline.segmenting.keyed import keyed_sections
from pipeline.segmenting.overview import matched, number_of, row_section, together
from pipeline.segmenting.prose import Found, body_of, prose_sections
from pipeline.segmenting.sections import Pair, Section
from pipeline.segmenting.small_tables import labels_that_return, table_pairs
from pipeline.segmenting.tables import ProjectTable, Row, project_table

_CAPTION = re.compile(vocabulary("segmenting/fields.toml")["tables"]["caption_re"])
_LONGEST_CAPTION = 160
_OWN_TEXT = 300
"""Code points of text beside a table from which on the text is a project that the table follows, and no chapter."""
_SHARE = 0.5
"""Part of the headings of projects that must have a field with the name of one, for the fields to divide the text."""


def with_table_pairs(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks, tables that hold labelled values as such values, one with those right above and below."""
    again = labels_that_return(block.grid for block in blocks if block.grid is not None)
    found: list[Block] = []
    for block in blocks:
        made = replace(block, pairs=table_pairs(block.grid, again)) if block.grid is not None else block
        if found and _heads(found[-1], made):
            title = Pair(AlignedText(""), "title", found.pop().aligned(), is_spaced=True)
            made = replace(made, pairs=(title, replace(made.pairs[0], is_spaced=False), *made.pairs[1:]))
        if found and made.pairs and found[-1].pairs and not made.pairs[0].is_spaced:
            above = found[-1]
            found[-1] = replace(above, lines=above.lines + made.lines, pairs=above.pairs + made.pairs)
        else:
            found.append(made)
    return found


def _heads(block: Block, table: Block) -> bool:
    """Whether a heading is the title of the first project in a table whose other titles are rows of its look."""
    if not block.is_prose or not table.pairs or _is_bare_title(table.pairs[0]):
        return False
    titles = {pair.value.text for pair in table.pairs if _is_bare_title(pair)}
    looks = {(line.size, line.bold) for line in table.lines if line.text.text in titles}
    return len(looks) == 1 and all((line.size, line.bold) in looks for line in block.lines)


def _is_bare_title(pair: Pair) -> bool:
    return pair.kind == "title" and not len(pair.label)


def captions(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the blocks that are the captions of tables: `Tabel 3 …`, or a line over a table that lists no projects."""
    found = set()
    for index, (block, table) in enumerate(pairwise(blocks)):
        if not block.is_prose or table.grid is None or table.pairs or len(block.text) > _LONGEST_CAPTION:
            continue
        if _CAPTION.match(block.text) or ((read := project_table(table.grid)) is None or not read.has_head):
            found.add(index)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Divided:
    """The project sections of one annex, in order, and the blocks that stand in one."""

    sections: tuple[Section, ...]
    taken: frozenset[int]
    """Indices of blocks."""


def divide(blocks: Sequence[Block], headings: Sequence[Heading], first: int) -> Divided:
    """Return the project sections of one annex.

    Parameters
    ----------
    headings
        Those behind the head of the annex.
    first
        Index of the first block behind the head.
    """
    texts = prose_sections(blocks, headings)
    keyed = keyed_sections(blocks, headings)
    if len(keyed) > (1 if len(texts) > 1 else 0) and len(keyed) >= _SHARE * len(texts):
        texts = keyed
    tables = _tables(blocks, texts, first)
    if not tables:
        return Divided(tuple(found.section for found in texts), _taken(texts))
    return _with_rows(blocks, headings, texts, tables)


def _taken(texts: Sequence[Found]) -> frozenset[int]:
    return frozenset(index for found in texts for index in range(found.start, found.end))


def _tables(blocks: Sequence[Block], texts: Sequence[Found], first: int) -> dict[int, ProjectTable]:
    """Return the tables of projects by their block; a small table in the text of a project is none.

    Beside tables that surely list projects, one that has other things to say, such as the planning, is none either.
    """
    found: dict[int, ProjectTable] = {}
    for index in range(first, len(blocks)):
        block = blocks[index]
        table = project_table(block.grid) if block.grid is not None and not block.pairs else None
        if table is not None and (table.is_sure or not _is_in_text(index, blocks, texts)):
            found[index] = table
    sure = [table for table in found.values() if table.is_sure]
    return {
        index: table
        for index, table in found.items()
        if table.is_sure or not table.has_head or not sure or any(table.is_like(other) for other in sure)
    }


def _is_in_text(index: int, blocks: Sequence[Block], texts: Sequence[Found]) -> bool:
    """Whether a table stands in a text that says more than it does, one of several such texts."""
    around = next((text for text in texts if text.start < index < text.end), None)
    if around is None or len(texts) < 2:
        return False
    beside = sum(len(b.text) for b in blocks[around.start + 1 : around.end] if b.grid is None or b.pairs)
    return beside > len(blocks[index].text)


def _with_rows(
    blocks: Sequence[Block], headings: Sequence[Heading], texts: list[Found], tables: dict[int, ProjectTable]
) -> Divided:
    """Return the sections of tables of projects together with those of the texts beside them."""
    rows = [(index, row) for index, table in tables.items() for row in table.rows]
    only = [row for _, row in rows]
    ranks = _ranks_of_rows(only, blocks, headings)
    if ranks and not (texts and texts[0].heading is None):
        texts = prose_sections(blocks, headings, ranks)
    own = [kept for text in texts if (kept := _without_tables(text, blocks, tables)) is not None]
    pairs = matched(only, [(f.section.title.text, number_of(f, blocks[f.start].aligned())) for f in own])
    if not pairs and not _stand_beside(own, texts, tables):
        own = []
    of_text = {at: number for number, at in pairs.items()}
    placed = [
        ((index, number, -1), together(row, own[pairs[number]]) if number in pairs else row_section(row))
        for number, (index, row) in enumerate(rows)
    ]
    above: tuple[int, int] | None = None
    for at, text in enumerate(own):
        if at in of_text:
            above = (rows[of_text[at]][0], of_text[at])
        else:  # a text without a row follows the project that stands above it
            placed.append(((*(above or (-1 if pairs else text.start, -1)), at), text.section))
    sections = tuple(section for _, section in sorted(placed, key=lambda item: item[0]))
    return Divided(sections, _taken(own) | tables.keys())


def _without_tables(text: Found, blocks: Sequence[Block], tables: dict[int, ProjectTable]) -> Found | None:
    """Return a text without the tables of projects in it; None where it is but a chapter around them."""
    inside = [index for index in tables if text.start < index < text.end]
    if not inside or text.heading is None:
        return text
    kept = [blocks[i] for i in range(text.start + 1, text.end) if i not in inside]
    before = sum(len(blocks[i].text) for i in range(text.start + 1, inside[0]))
    if before < max(_OWN_TEXT, sum(len(blocks[i].text) for i in inside)):
        return None
    body = body_of(kept)
    return replace(text, section=replace(text.section, body=body.text, fields=body.fields))


def _ranks_of_rows(rows: Sequence[Row], blocks: Sequence[Block], headings: Sequence[Heading]) -> frozenset[Rank]:
    """Return the ranks of headings that have the titles of rows; none where fewer than two have."""
    titles = [(h.title, blocks[h.index].text[: h.title_start]) for h in headings]
    found = set(matched(rows, titles).values())
    return frozenset(headings[at].rank for at in found) if len(found) > 1 else frozenset()


def _stand_beside(own: Sequence[Found], texts: Sequence[Found], tables: dict[int, ProjectTable]) -> bool:
    """Whether texts that no row speaks of are projects of their own, and no chapters around the tables.

    They are where a field names them, or where the headings over the tables are of another rank, or fewer by far.
    """
    if any(text.heading is None for text in own):
        return True
    chapters = [text for text in texts if not any(text.start == other.start for other in own)]
    rows = sum(len(table.rows) for table in tables.values())
    alike = {t.heading.rank for t in chapters if t.heading} & {t.heading.rank for t in own if t.heading}
    if any(t.heading is not None and t.heading.rank.numbering == "project" for t in own):
        return True
    return len(own) > 1 and (len(own) > rows if alike or not chapters else len(own) > 2)
