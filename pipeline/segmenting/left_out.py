"""Tell what of an annex, between its first project and its last, stands in no project."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.segmenting.blocks import Block
from pipeline.segmenting.forms import Divided
from pipeline.segmenting.sections import LeftOut

_MUCH = 80
"""Words from which on a piece is no introduction of a chapter; those of the samples have 40, of others 60."""
_LITTLE = 30
"""Words up to which one may be, though the projects are as short."""
_OPENING = 8
"""Words of a piece that are quoted, for it to be found."""


def left_out(blocks: Sequence[Block], divided: Divided) -> LeftOut | None:
    """Return what is left out, where a piece is as long as a project may be; else None."""
    kept = sorted(divided.taken)
    pieces = [range(above + 1, below) for above, below in pairwise(kept) if below > above + 1]
    if not pieces:
        return None
    counts = [sum(len(blocks[i].text.split()) for i in piece) for piece in pieces]
    usual = median(len(section.body.text.split()) for section in divided.sections)
    if max(counts) < min(_MUCH, max(usual, _LITTLE)):
        return None
    longest = pieces[max(range(len(pieces)), key=counts.__getitem__)]
    first = blocks[longest.start].lines[0]
    opening = [word for i in longest for word in blocks[i].text.split()[:_OPENING]][:_OPENING]
    return LeftOut(sum(counts), first.page, round(first.box[1]), " ".join(opening))
