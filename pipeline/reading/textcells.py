"""What tables in text files are made of, before they are lines of a Document."""

from typing import NamedTuple


class Piece(NamedTuple):
    """What one line of the file adds to a cell."""

    text: str
    line: int
    """Index of the line on its page."""
    start: int
    """Column of its first character, from 0."""
    bold: bool
    """Whether it is marked so, or stands in the head over a rule."""


class TextCell(NamedTuple):
    """One cell that is not empty."""

    row: int
    column: int
    column_span: int
    pieces: tuple[Piece, ...]
    is_parted: bool = False
    """Whether a blank line stands above its row."""


class TextTable(NamedTuple):
    """One table; its cells row by row, from left to right."""

    first: int
    """Index of its first line."""
    end: int
    """Index of the line behind its last."""
    cells: tuple[TextCell, ...]
