"""Read the head of an annex (label, title), and part a file that holds several annexes."""

import re
from collections.abc import Sequence

from pipeline.resources import vocabulary
from pipeline.segmenting.blocks import Block, Look

_LABEL = re.compile(vocabulary("segmenting/words.toml")["annex_label_re"])
_SEPARATOR = re.compile(r"\s*[-–—:.|]\s*|\s+")
_LONGEST_HEAD = 320
_TITLE_BLOCKS = 3


def annex_starts(blocks: Sequence[Block], body: Look, *, paged: bool) -> list[int]:
    """Return the indices of the blocks at which an annex begins; none where no block has a label.

    A label counts at the top of a page, in a look of its own, or, in text, in a block of its own: not in a sentence.
    """
    starts = []
    for index, block in enumerate(blocks):
        text = block.text
        if not _LABEL.match(text) or len(text) > _LONGEST_HEAD or block.is_finished:
            continue
        stands_out = block.look != body and block.look.size >= body.size
        if index == 0 or (stands_out if paged else (block.spaced and len(block.lines) <= 4)):
            starts.append(index)
    return starts


def read_head(blocks: Sequence[Block], first_heading: int) -> tuple[str | None, str | None, int]:
    """Return label, title and how many blocks they take.

    Parameters
    ----------
    blocks
        Those of one annex.
    first_heading
        Index of the first block after which the head cannot go on: the first heading that has text under it.
    """
    if not blocks:
        return None, None, 0
    match = _LABEL.match(blocks[0].text)
    label = re.sub(r"\s+", " ", match[0]) if match else None
    rest = blocks[0].text[match.end() :] if match else blocks[0].text
    title = _SEPARATOR.sub("", rest, count=1).strip() if match else rest.strip()
    used = 1
    while not title and used < min(first_heading, _TITLE_BLOCKS, len(blocks)):
        title = blocks[used].text.strip()
        used += 1
    return label, title or None, used


def looks_like_title(block: Block, body: Look, *, paged: bool) -> bool:
    """Whether the first block of a file without label is the title of its annex."""
    if block.is_finished or len(block.text) > _LONGEST_HEAD or block.is_list_item:
        return False
    return block.look.size > body.size if paged else True
