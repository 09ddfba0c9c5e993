"""Divide a cleaned Document into its annexes, each with its head and its project sections."""

from collections import Counter
from collections.abc import Sequence

from pipeline.document import Document
from pipeline.segmenting.blocks import Block, Look, blocks_of, body_look
from pipeline.segmenting.forms import captions, divide, with_table_pairs
from pipeline.segmenting.head import annex_starts, looks_like_title, read_head
from pipeline.segmenting.headings import Heading, find_headings, is_no_part
from pipeline.segmenting.left_out import left_out
from pipeline.segmenting.margins import is_scan
from pipeline.segmenting.plainly import without_looks
from pipeline.segmenting.run_in import with_titles_apart
from pipeline.segmenting.sections import Annex, Section

__all__ = ["Annex", "Section", "segment"]


def segment(document: Document) -> list[Annex]:
    """Return the annexes of a file in order; what stands before the first label (a letter) is none.

    An annex may come without sections: the caller says so.
    """
    if is_scan(document):
        document = without_looks(document)
    body = body_look(document)
    parts = _parts(document, body)
    apart = with_titles_apart(document, parts, body)
    if apart is not document:
        parts = _parts(apart, body)
    return [_annex(blocks, body, paged=document.paged) for blocks in parts]


def _parts(document: Document, body: Look) -> list[list[Block]]:
    """Return the blocks of each annex."""
    blocks = blocks_of(document)
    if not blocks:
        return []
    starts = annex_starts(blocks, body, paged=document.paged)
    if not starts or (len(starts) == 1 and starts[0] > 0 and _has_projects_before(blocks, starts[0], body, document)):
        starts = [0]
    return [blocks[start:end] for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True)]


def _has_projects_before(blocks: Sequence[Block], start: int, body: Look, document: Document) -> bool:
    """Whether the one label stands so late that it heads an appendix of the annex, not the annex."""
    return start > len(blocks) / 2 and len(find_headings(blocks[:start], body, paged=document.paged)) > 2


def _annex(blocks: Sequence[Block], body: Look, *, paged: bool) -> Annex:
    blocks = with_table_pairs(blocks)
    headings = find_headings(blocks, body, paged=paged, captions=captions(blocks))
    label, title, used = _head(blocks, headings, body, paged=paged)
    if title is not None and is_no_part(title):
        return Annex(label, title, ())
    headings = [h for h in headings if h.index >= used]
    divided = divide(blocks, headings, used)
    return Annex(label, title, divided.sections, left_out(blocks, divided))


def _head(
    blocks: Sequence[Block], headings: Sequence[Heading], body: Look, *, paged: bool
) -> tuple[str | None, str | None, int]:
    """Return label and title, and how many blocks they take; a file may begin without either."""
    heading_blocks = {h.index for h in headings}
    label, title, used = read_head(blocks, _first_in_body(headings, len(blocks), paged=paged))
    if label is None:
        alone = sum(h.rank == headings[0].rank for h in headings) == 1 if headings and headings[0].index == 0 else False
        leads = 0 in heading_blocks and 1 in heading_blocks
        is_title = looks_like_title(blocks[0], body, paged=paged) and (leads or alone or not headings)
        if not is_title:
            return None, None, 0
    return label, title, used


def _first_in_body(headings: Sequence[Heading], count: int, *, paged: bool) -> int:
    """Return the index of the first heading that is surely none of the head's.

    With pages, one with text under it and of a rank that comes again; in text, a numbered one.
    """
    heading_blocks = {h.index for h in headings}
    ranks = Counter(h.rank for h in headings)
    for heading in headings:
        has_text = heading.index + 1 not in heading_blocks
        runs_in = heading.rank.look is not None and heading.rank.look.runs_in
        surely = runs_in or (ranks[heading.rank] > 1 if paged else heading.rank.numbering != "none")
        if heading.index > 0 and has_text and surely:
            return heading.index
    return count
