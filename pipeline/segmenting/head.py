"""Read the head of an annex (label, title), and part a file that holds several annexes."""

import re
from collections.abc import Sequence

from pipeline.resources import vocabulary
from pipeline.segmenting.blocks import Block, Look
from pipeline.segmenting.headings import is_no_part, numbering_of

_LABEL = re.compile(vocabulary("segmenting/words.toml")["annex_label_re"])
_SEPARATOR = re.compile(r"\s*[-–—:.|]\s*|\s+")
_LONGEST_HEAD = 320
_HEAD_BLOCKS = 4


def annex_starts(blocks: Sequence[Block], body: Look, *, paged: bool) -> list[int]:
    """Return the indices of the blocks at which an annex begins; none where no block has a label.

    A label counts in a look of its own or, in text, in a block of its own: not in a sentence. With pages, the head
    begins with what stands above the label on its page in a look of its own: the title often does.
    """
    starts: list[int] = []
    last: tuple[int, str] | None = None
    for index, block in enumerate(blocks):
        if not block.is_prose or _label(block) is None or len(block.text) > _LONGEST_HEAD or block.is_finished:
            continue
        stands_out = block.look != body and block.look.size >= body.size
        if index > 0 and not (stands_out if paged else (block.spaced and len(block.lines) <= 4)):
            continue
        start = index
        while start > 0 and index - start < _HEAD_BLOCKS and _shares_head(blocks[start - 1], block, body, paged=paged):
            start -= 1
        name = _label_name(block)
        if last is not None and index - last[0] < _HEAD_BLOCKS and name == last[1] and " " in name:
            starts.pop()  # the first page of a scan has the label in its header and in its head
        starts.append(start)
        last = index, name
    return sorted(set(starts))


def _label_name(block: Block) -> str:
    """Return the label of a block in one spelling."""
    match = _label(block)
    return re.sub(r"\s+", " ", match[0]).casefold() if match else ""


def _shares_head(above: Block, label: Block, body: Look, *, paged: bool) -> bool:
    """Whether a block above a label, on the same page, is part of the head.

    In text only a line right above it is: other lines may belong to a letter or a title page.
    """
    if not above.is_prose or above.is_finished or len(above.text) > _LONGEST_HEAD:
        return False
    if not paged:
        return label.lines[0].blank_before == 0 and len(label.lines) == 1
    return above.lines[0].page == label.lines[0].page and above.look != body


def read_head(blocks: Sequence[Block], first_heading: int) -> tuple[str | None, str | None, int]:
    """Return label, title and how many blocks they take.

    The title stands behind the label, or else is the largest of the blocks around it; in text, the block below it.

    Parameters
    ----------
    blocks
        Those of one annex.
    first_heading
        Index of the first heading that has text under it: the head ends there at the latest.
    """
    zone = range(min(len(blocks), _HEAD_BLOCKS + 1))
    zone = range(next((i for i in zone if not blocks[i].is_prose), len(zone)))
    if not zone:
        return None, None, 0
    at = next((i for i in zone if _label(blocks[i]) and len(blocks[i].text) <= _LONGEST_HEAD), None)
    if at is None:
        return None, blocks[0].text.strip() or None, 1
    match = _label(blocks[at])
    label = re.sub(r"\s+", " ", match[0]) if match else None
    title = _SEPARATOR.sub("", blocks[at].text[match.end() :] if match else "", count=1).strip()
    is_reference = title.lower().startswith("bij ")
    if title and not is_reference:
        return label, title, at + 1
    others = [
        i for i in range(min(at + 3, first_heading, len(blocks))) if i in zone and i != at and _may_be_title(blocks[i])
    ]
    if not others:
        return label, title or None, at + 1
    if any(i < at for i in others):  # what is numbered below the label is no title, but the first chapter
        others = [i for i in others if i < at or numbering_of(blocks[i].text)[0] == "none"]
    attached = at > 0 and blocks[at].look.size == 0 and blocks[at].lines[0].blank_before == 0
    best = max(
        others, key=lambda i: (blocks[i].look.outline == 0, blocks[i].look.size, (i < at) == attached, -abs(i - at))
    )
    return label, blocks[best].text.strip(), max(best, at) + 1


def _may_be_title(block: Block) -> bool:
    return not block.is_finished and not is_no_part(block.text)


def _label(block: Block) -> re.Match[str] | None:
    """Return the label at the start of a block, behind the mark of a heading in Markdown."""
    line = block.lines[0].text.text
    return _LABEL.match(line, len(line) - len(line.lstrip("# ")))


def looks_like_title(block: Block, body: Look, *, paged: bool) -> bool:
    """Whether the first block of a file without label is the title of its annex."""
    if not block.is_prose or block.is_finished or len(block.text) > _LONGEST_HEAD or block.is_list_item:
        return False
    return block.look.size > body.size if paged else True
