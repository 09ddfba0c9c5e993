"""Pieces of text with their places in a table that is being put together."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document import Box
from pipeline.reading.fragments import Fragment
from pipeline.reading.table_pieces import printed_lines


@dataclass(slots=True)
class Placed:
    """A piece of text with its place."""

    row: int
    column: int
    row_span: int
    column_span: int
    fragment: Fragment
    sources: tuple[Fragment, ...]


def box_of(box: Box | None, fragments: Sequence[Fragment]) -> Box:
    """Return the box around a box and fragments."""
    boxes = [(f.x0, f.top, f.x1, f.bottom) for f in fragments] + ([box] if box else [])
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def columns_of(placed: Sequence[Placed], count: int, em: float) -> list[list[Fragment]]:
    """Return of each column its printed lines, from top to bottom."""
    return [printed_lines([p.fragment for p in placed if p.column == column], em) for column in range(count)]
