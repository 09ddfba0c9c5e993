"""Divide running text into projects: a heading of the projects' rank and what stands under it."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pipeline.document import AlignedText
from pipeline.resources import vocabulary
from pipeline.segmenting.blocks import Block
from pipeline.segmenting.headings import (
    Heading,
    Rank,
    is_no_project,
    is_part_heading,
    opens_or_closes,
    part_titles,
    project_rank,
)
from pipeline.segmenting.sections import Section, Written, written
from pipeline.segmenting.small_tables import table_lines

_SIGNATURES: tuple[str, ...] = tuple(vocabulary("segmenting/words.toml")["signatures"])
_SIGNATURE_BLOCKS = 5
_NUMBER = re.compile(r"(?:\d{1,3}|[A-Z]|[IVX]{1,5})[.):]?")
_SIGNATURE = 120
"""Code points: a section as short as this behind a closing part is a signature."""
_LATE = 0.2
"""Part of the headings, from the end, among which a closing part may stand."""


@dataclass(frozen=True, slots=True)
class Found:
    """A project section and where it stands."""

    section: Section
    start: int
    """Index of its first block."""
    end: int
    """Index of the block behind its last."""
    heading: Heading | None = None
    """None where a field names the project."""


def body_of(blocks: Iterable[Block]) -> Written:
    """Return blocks as the body of a section: a blank line between them, none between labelled values."""
    body = Written(AlignedText(""))
    after_pairs = False
    for block in blocks:
        piece = written(block.pairs) if block.pairs else Written(block.aligned())
        if block.grid is not None and not block.pairs:
            piece = table_lines(block.grid)
        body = Written.join("\n" if after_pairs and block.pairs else "\n\n", (body, piece))
        after_pairs = bool(block.pairs)
    return body


def prose_sections(
    blocks: Sequence[Block], headings: Sequence[Heading], ranks: frozenset[Rank] | None = None
) -> list[Found]:
    """Return the project sections among blocks, in order.

    Parameters
    ----------
    ranks
        Those of the headings that are projects, where something else than the headings tells; None to find them.
    """
    ranks = ranks or project_rank(headings, blocks)
    parts = part_titles(headings)
    has_chapters = _has_plain_chapters(headings, parts, ranks)
    bounds = [h for h in headings if _ends_section(h, parts, ranks, has_chapters=has_chapters)]
    candidates = [h for h in bounds if h.rank in ranks]
    place = {h.index: number for number, h in enumerate(candidates)}
    sections: list[Found] = []
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
                sections.append(Found(section, heading.index, end, heading))
        elif sections and is_late:
            has_closed = True
    return sections


def _has_plain_chapters(headings: Sequence[Heading], parts: AbstractSet[str], ranks: frozenset[Rank]) -> bool:
    """Whether headings without a number may stand above projects that have one.

    Then the first project has such a heading above it, or one stands right on a project; else they are captions and
    subheadings in the projects, as they are beside chapters with numbers of their own (`2.1` under `2`).
    """
    if any(rank.numbering == "decimal" and rank.depth > 1 for rank in ranks):
        return False
    plain = [
        h for h in headings if h.rank.numbering == "none" and not (is_part_heading(h, parts) or opens_or_closes(h))
    ]
    projects = {h.index for h in headings if h.rank in ranks}
    return any(h.index < min(projects, default=0) or h.index + 1 in projects for h in plain)


def _ends_section(heading: Heading, parts: AbstractSet[str], ranks: frozenset[Rank], *, has_chapters: bool) -> bool:
    """Whether a heading ends the section before it: one of the projects' rank, or of a higher one."""
    is_part = is_part_heading(heading, parts) or (heading.rank.numbering == "none" and not has_chapters)
    if any(_is_higher(heading.rank, rank, is_part=is_part) for rank in ranks):
        return True
    return not is_part_heading(heading, parts) and (heading.rank in ranks or opens_or_closes(heading))


def _is_higher(rank: Rank, projects: Rank, *, is_part: bool) -> bool:
    """Whether a heading of `rank` stands above projects of rank `projects`.

    One with the words of a part, such as “Resultaat”, does so only by its size, weight or number.
    """
    if projects.look is not None and projects.look.runs_in:
        return not (is_part or (rank.look is not None and rank.look.runs_in))
    if rank.look is not None and projects.look is not None:
        if rank.look.outline != projects.look.outline:
            return rank.look.prominence > projects.look.prominence
        if rank.look.size != projects.look.size:
            return rank.look.size > projects.look.size
        if rank.look.bold != projects.look.bold:
            return rank.look.bold
    if rank.look is not None and projects.look is None:
        return not is_part
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
    body = body_of(blocks[heading.index + 1 : end])
    return Section(title, body.text, heading.is_doubtful, body.fields)
