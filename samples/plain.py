"""Lay an annex out as plain text, with or without pages."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from samples.blocks import AnnexSource, AnyBlock, Block, BlockKind, Fields, Table
from samples.furniture import Look, full_title
from samples.head import NoteForm
from samples.pieces import Note, Piece
from samples.plain_tables import table_lines
from samples.turning import turned

_LINES_A_PAGE = 50
_FORM_FEED = "\f"
_BLANK_LINES = "\n\n\n"
_HEADINGS = frozenset({BlockKind.PROJECT, BlockKind.SUBHEADING, BlockKind.CHAPTER})
_NOTE_RULE = "_" * 24
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

# While lines are filled, the call of a footnote is one private character for its number and others for its width.
_FIRST_CALL = 0xE000
_CALL = re.compile("[\ue000-\uefff]\uf000*")
_FILL = "\uf000"


@dataclass(frozen=True)
class _Line:
    text: str
    keep_with_next: bool = False
    notes: tuple[Note, ...] = ()


_BREAK = _Line("\f")


def plain_text(source: AnnexSource, look: Look) -> str:
    """Lay an annex out as its head says.

    Parameters
    ----------
    source : AnnexSource
        The annex.
    look : Look
        What stands around the text of a page, if it has pages.

    Returns
    -------
    str
        The text, as printed, with a line feed at its end.
    """
    writer = _Writer(turned(source, look), look)
    lines = list(writer.lines())
    if not source.head.text.pages:
        notes = [note for line in lines for note in line.notes]
        return "\n".join([*(line.text for line in lines if line is not _BREAK), *writer.foot(notes)]) + "\n"
    pages = [[*_trimmed(page), *writer.foot([note for line in page for note in line.notes])] for page in _pages(lines)]
    between = _FORM_FEED if look.form_feed else _BLANK_LINES
    return between.join(_page(source, look, number, pages) for number in range(1, len(pages) + 1))


class _Writer:
    def __init__(self, source: AnnexSource, look: Look) -> None:
        self._source = source
        self._form = source.head.text
        self._break_hyphens = look.break_hyphens
        self._notes: dict[int, Note] = {}

    def lines(self) -> Iterator[_Line]:
        yield from self._wrapped(full_title(self._source), heading=True)
        for block in self._source.blocks:
            if isinstance(block, Block) and block.kind is BlockKind.PAGE_BREAK:
                yield _BREAK
                continue
            yield _Line("")
            yield from self._block(block)

    def foot(self, notes: list[Note]) -> Iterator[str]:
        """Yield the lines of footnotes under a page."""
        if notes:
            yield from ("", _NOTE_RULE)
        for note in notes:
            yield from textwrap.wrap(f"{self._call(note)} {note.text}", self._form.width, break_long_words=False)

    def _block(self, block: AnyBlock) -> Iterator[_Line]:
        if isinstance(block, Table):
            yield from self._wrapped(block.caption, heading=True)
            for line in table_lines(block, self._form, self._say):
                yield self._finished(line)
        elif isinstance(block, Fields):
            for one in block.fields:
                values = [f"{value.label} {self._say(value.piece)}".lstrip() for value in one.values] or [""]
                yield from self._wrapped(f"{one.label}: {values[0]}")
                for value in values[1:]:
                    yield from self._wrapped(value)
        else:
            heading = block.kind in _HEADINGS
            yield from self._wrapped(f"{block.label} {self._say(block.piece)}".lstrip(), heading=heading)

    def _say(self, piece: Piece) -> str:
        text = ""
        for run in piece.runs():
            if isinstance(run, Note):
                self._notes[run.number] = run
                text += chr(_FIRST_CALL + run.number) + _FILL * (len(self._call(run)) - 1)
            else:
                text += run
        return text

    def _call(self, note: Note) -> str:
        number = str(note.number)
        return f"[{number}]" if self._form.notes is NoteForm.BRACKETS else number.translate(_RAISED)

    def _finished(self, line: str, *, heading: bool = False) -> _Line:
        notes = tuple(self._notes[ord(call[0][0]) - _FIRST_CALL] for call in _CALL.finditer(line))
        text = _CALL.sub(lambda call: self._call(self._notes[ord(call[0][0]) - _FIRST_CALL]), line)
        return _Line(text, keep_with_next=heading, notes=notes)

    def _wrapped(self, text: str, *, heading: bool = False) -> Iterator[_Line]:
        width = self._form.width
        for line in textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=self._break_hyphens):
            yield self._finished(line, heading=heading)


def _pages(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Cut the lines into pages; a heading never ends one, a paragraph may."""
    page: list[_Line] = []
    for line in lines:
        if line is _BREAK:
            if page:
                yield page
            page = []
        elif len(page) == _LINES_A_PAGE:
            keep = len(page)
            while keep > 1 and _moves_on(page, keep - 1):
                keep -= 1
            yield page[:keep]
            page = [*page[keep:], line]
        elif page or line.text:
            page.append(line)
    if page:
        yield page


def _moves_on(page: list[_Line], last: int) -> bool:
    """Tell whether the last line of a page is of a heading, or a blank line right after one."""
    return page[last].keep_with_next or (not page[last].text and page[last - 1].keep_with_next)


def _trimmed(page: list[_Line]) -> list[str]:
    return "\n".join(line.text for line in page).strip("\n").split("\n")


def _page(source: AnnexSource, look: Look, number: int, pages: list[list[str]]) -> str:
    width = source.head.text.width
    header = textwrap.shorten(look.header(source), width, placeholder=" …")
    footer = look.footer(source, number, len(pages))
    footer = footer.center(width).rstrip() if look.centred else footer
    # The first page has the title itself where the others have the running header.
    head = [] if number == 1 else [header, ""]
    return "\n".join([*head, *pages[number - 1], "", footer]) + "\n"
