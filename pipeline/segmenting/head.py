"""Read the head of an annex (label, title), and part a file that holds several annexes."""

import re
from collections.abc import Sequence

from pipeline.resources import vocabulary
from pipeline.segmenting.blocks import Block, Look

_LABEL = re.compile(vocabulary("segmenting/words.toml")["annex_label_re"])
_SEPARATOR = re.compile(r"\s*[-–—:.|]\s*|\s+")
_LONGEST_HEAD = 320
_HEAD_BLOCKS = 4


def annex_starts(blocks: Sequence[Block], body: Look, *, paged: bool) -> list[int]:
    """Return the indices of the blocks at which an annex begins; none where no block has a label.

    A label counts in a look of its own or, in text, in a block of its own: not in a sentence. With pages, the head
    begins with what stands above the label on its page in a look of its own: the title often does.
    """
    starts = []
    for index, block in enumerate(blocks):
        text = block.text
        if not _LABEL.match(text) or len(text) > _LONGEST_HEAD or block.is_finished:
            continue
        stands_out = block.look != body and block.look.size >= body.size
        if index > 0 and not (stands_out if paged else (block.spaced and len(block.lines) <= 4)):
            continue
        start = index
        while paged and start > 0 and index - start < _HEAD_BLOCKS and _shares_head(blocks[start - 1], block, body):
            start -= 1
        starts.append(start)
    return sorted(set(starts))


def _shares_head(above: Block, label: Block, body: Look) -> bool:
    """Whether a block above a label, on the same page, is part of the head."""
    same_page = above.lines[0].page == label.lines[0].page
    return same_page and above.look != body and not above.is_finished and len(above.text) <= _LONGEST_HEAD


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
    at = next((i for i in zone if _LABEL.match(blocks[i].text) and len(blocks[i].text) <= _LONGEST_HEAD), None)
    if at is None:
        return None, blocks[0].text.strip() or None, 1
    match = _LABEL.match(blocks[at].text)
    label = re.sub(r"\s+", " ", match[0]) if match else None
    title = _SEPARATOR.sub("", blocks[at].text[match.end() :] if match else "", count=1).strip()
    if title:
        return label, title, at + 1
    others = [i for i in range(min(at + 3, first_heading, len(blocks))) if i != at and not blocks[i].is_finished]
    if not others:
        return label, None, at + 1
    best = max(others, key=lambda i: (blocks[i].look.size, i > at, -i))
    return label, blocks[best].text.strip(), max(best, at) + 1


def looks_like_title(block: Block, body: Look, *, paged: bool) -> bool:
    """Whether the first block of a file without label is the title of its annex."""
    if block.is_finished or len(block.text) > _LONGEST_HEAD or block.is_list_item:
        return False
    return block.look.size > body.size if paged else True
