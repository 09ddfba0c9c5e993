"""Divide a cleaned Document into its annexes, each with its head and its project sections."""

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from pipeline.document import AlignedText, Document
from pipeline.resources import vocabulary
from pipeline.segmenting.blocks import Block, Look, blocks_of, body_look
from pipeline.segmenting.head import annex_starts, looks_like_title, read_head
from pipeline.segmenting.headings import (
    Heading,
    Rank,
    find_headings,
    is_no_part,
    is_no_project,
    is_part_heading,
    opens_or_closes,
    part_titles,
    project_rank,
)
from pipeline.segmenting.sections import Annex, Section

_SIGNATURES: tuple[str, ...] = tuple(vocabulary("segmenting/words.toml")["signatures"])
_SIGNATURE_BLOCKS = 5
_NUMBER = re.compile(r"(?:\d{1,3}|[A-Z]|[IVX]{1,5})[.):]?")
_SIGNATURE = 120
"""Code points: a section as short as this behind a closing part is a signature."""
_LATE = 0.2
"""Part of the headings, from the end, among which a closing part may stand."""

__all__ = ["Annex", "Section", "segment"]


def segment(document: Document) -> list[Annex]:
    """Return the annexes of a file in order; what stands before the first label (a letter) is none.

    An annex may come without sections: the caller says so.
    """
    blocks = blocks_of(document)
    if not blocks:
        return []
    body = body_look(document)
    starts = annex_starts(blocks, body, paged=document.paged)
    if not starts or (len(starts) == 1 and starts[0] > 0 and _has_projects_before(blocks, starts[0], body, document)):
        starts = [0]
    ends = [*starts[1:], len(blocks)]
    return [_annex(blocks[start:end], body, paged=document.paged) for start, end in zip(starts, ends, strict=True)]


def _has_projects_before(blocks: Sequence[Block], start: int, body: Look, document: Document) -> bool:
    """Whether the one label stands so late that it heads an appendix of the annex, not the annex."""
    return start > len(blocks) / 2 and len(find_headings(blocks[:start], body, paged=document.paged)) > 2


def _annex(blocks: Sequence[Block], body: Look, *, paged: bool) -> Annex:
    headings = find_headings(blocks, body, paged=paged)
    label, title, used = _head(blocks, headings, body, paged=paged)
    if title is not None and is_no_part(title):
        return Annex(label, title, ())
    headings = [h for h in headings if h.index >= used]
    return Annex(label, title, tuple(_sections(blocks, headings)))


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
        surely = ranks[heading.rank] > 1 if paged else heading.rank.numbering != "none"
        if heading.index > 0 and has_text and surely:
            return heading.index
    return count


def _sections(blocks: Sequence[Block], headings: Sequence[Heading]) -> list[Section]:
    ranks = project_rank(headings, blocks)
    parts = part_titles(headings)
    bounds = [h for h in headings if _ends_section(h, parts, ranks)]
    candidates = [h for h in bounds if h.rank in ranks]
    place = {h.index: number for number, h in enumerate(candidates)}
    sections: list[Section] = []
    has_closed = False
    for number, heading in enumerate(bounds):
        if heading.rank not in ranks:
            continue
        end = bounds[number + 1].index if number + 1 < len(bounds) else len(blocks)
        section = _section(blocks, heading, end)
        left = len(candidates) - place[heading.index] - 1
        is_late = left <= _LATE * len(candidates)
        is_first, is_last = not sections, left == 0
        if not is_no_project(heading, section.body.text, is_first=is_first, is_late=is_late, is_last=is_last):
            if not (has_closed and len(section.body.text) < _SIGNATURE):
                sections.append(section)
        elif sections and is_late:
            has_closed = True
    return sections


def _ends_section(heading: Heading, parts: AbstractSet[str], ranks: frozenset[Rank]) -> bool:
    """Whether a heading ends the section before it: one of the projects' rank, or of a higher one."""
    is_part = is_part_heading(heading, parts)
    if any(_is_higher(heading.rank, rank, is_part=is_part) for rank in ranks):
        return True
    return not is_part and (heading.rank in ranks or opens_or_closes(heading))


def _is_higher(rank: Rank, projects: Rank, *, is_part: bool) -> bool:
    """Whether a heading of `rank` stands above projects of rank `projects`.

    One with the words of a part, such as “Resultaat”, does so only by its size, weight or number.
    """
    if rank.look is not None and projects.look is not None:
        if rank.look.outline != projects.look.outline:
            return rank.look.prominence > projects.look.prominence
        if rank.look.size != projects.look.size:
            return rank.look.size > projects.look.size
        if rank.look.bold != projects.look.bold:
            return rank.look.bold
    if rank.numbering == "decimal" and projects.numbering == "decimal":
        return rank.depth < projects.depth
    return not is_part and (rank.numbering == "chapter" or (rank.numbering == "none" != projects.numbering))


def _unsigned(blocks: Sequence[Block], start: int, end: int) -> int:
    """Return where a section ends without the signature that may close an annex."""
    for index in range(max(start + 1, end - _SIGNATURE_BLOCKS), end):
        text = blocks[index].text
        if text.lower().startswith(_SIGNATURES) and text.endswith(","):
            return index
    return end


def _section(blocks: Sequence[Block], heading: Heading, end: int) -> Section:
    end = _unsigned(blocks, heading.index + 1, end)
    if end > heading.index + 2 and end < len(blocks) and _NUMBER.fullmatch(blocks[end - 1].text):
        end -= 1  # printed on a line of its own, it numbers the heading that follows
    head = blocks[heading.index].aligned()
    title = head.slice(heading.title_start, len(head)).strip()
    body = AlignedText.join("\n\n", (block.aligned() for block in blocks[heading.index + 1 : end]))
    return Section(title, body, heading.is_doubtful)
