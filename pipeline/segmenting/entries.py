"""Tell the lines of a cell that end because an entry does from those that end because the column is narrow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.segmenting.sections import BODIES, Field, FieldKind, Section

if TYPE_CHECKING:
    from pipeline.document import AlignedText, Box

_LISTED: frozenset[FieldKind] = BODIES | {"location"}
_WORD = re.compile(r"\S+")
_SPACE = 0.3
"""Width of a space, of the height of a line."""
_SAME_COLUMN = 1.0
"""How far the left edges of two cells of one column lie apart at most, of the height of a line."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One printed line of a value; offsets into the body."""

    start: int
    end: int
    page: int
    box: Box
    first_word: float
    """Width of its first word."""

    @property
    def height(self) -> float:
        return max(self.box[3] - self.box[1], 1.0)


def bodies_with_entries(sections: Sequence[Section]) -> list[str]:
    """Return the text of each body, with a line feed where a line of a list of names or places ends before its room.

    The first word of the next line would still have fitted there: what follows is another entry. How much room a column
    has is seen from all cells under the same label. A body keeps its length; one without boxes is returned as it is.
    """
    rows = [[(field, list(_rows(section.body, field))) for field in _lists(section)] for section in sections]
    edges: dict[str, list[tuple[float, float]]] = {}
    for section, own in zip(sections, rows, strict=True):
        for field, lines in own:
            edges.setdefault(_label(section, field), []).extend((row.box[0], row.box[2]) for row in lines)
    return [
        _with_breaks(
            section.body.text, [end for field, lines in own for end in _ends(lines, edges[_label(section, field)])]
        )
        for section, own in zip(sections, rows, strict=True)
    ]


def _lists(section: Section) -> list[Field]:
    return [field for field in section.fields if field.kind in _LISTED]


def _label(section: Section, field: Field) -> str:
    return section.body.text[slice(*field.label)].casefold()


def _rows(body: AlignedText, field: Field) -> Iterator[_Row]:
    """Give the printed lines of a value, in order; a word that a hyphen cut in two ends on the later."""
    held: _Row | None = None
    for word in _WORD.finditer(body.text, *field.value):
        boxes = body.boxes(*word.span())
        if not boxes:
            continue
        (page, first), (last_page, last) = boxes[0], boxes[-1]
        if held is not None and held.page == page and _beside(held.box, first):
            joined = (min(held.box[0], first[0]), held.box[1], max(held.box[2], first[2]), held.box[3])
            held = _Row(held.start, word.end(), page, joined, held.first_word)
            if len(boxes) == 1:
                continue
        if held is not None:
            yield held
        held = _Row(word.start(), word.end(), last_page, last, last[2] - last[0])
    if held is not None:
        yield held


def _beside(line: Box, word: Box) -> bool:
    """Whether a word stands on a line, by its height."""
    shared = min(line[3], word[3]) - max(line[1], word[1])
    return shared > (min(line[3] - line[1], word[3] - word[1])) / 2


def _ends(rows: Sequence[_Row], edges: Sequence[tuple[float, float]]) -> Iterator[int]:
    """Give the ends of the lines behind which there was room for the next word."""
    for row, following in pairwise(rows):
        left = min(r.box[0] for r in rows)
        right = max(x1 for x0, x1 in edges if abs(x0 - left) <= _SAME_COLUMN * row.height)
        if row.box[2] + _SPACE * row.height + following.first_word <= right and row.end < following.start:
            yield row.end


def _with_breaks(text: str, ends: Sequence[int]) -> str:
    letters = list(text)
    for end in ends:
        letters[end] = "\n"
    return "".join(letters)
