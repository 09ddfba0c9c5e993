"""Read a plain text file: UTF-8, UTF-16 with a mark, or the Windows code page of older files."""

import codecs
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from pipeline.document import AlignedText, Cell, Document, Line, Page
from pipeline.errors import AnnexError
from pipeline.reading.textcells import TextTable
from pipeline.reading.texttables import tables_in
from pipeline.settings import ReadingSettings

_TAB_STOPS = 8
# A line drawn with characters, under a heading or between parts: it parts like a blank line.
_DRAWN_RULE = re.compile(r"([-=_*~–—.])\1{3,}")
# A line between asterisks or low lines, as converters leave bold type behind.
_STARRED = re.compile(r"(?P<mark>\*\*|__)(?P<text>[^*_].*?)(?P=mark)")
_FEW_LINES = 8
_DOUBLE_SPACED = 0.9
"""Part of the lines that have a blank line above them, from which on the text is double-spaced."""
_FINISHED = 0.35
"""Part of the lines that end a sentence, from which on each is a paragraph, and the text is not double-spaced."""
# C0 controls other than white space: a text file has none, a binary file soon shows one.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROLS_ALLOWED = 0.001


def read_text(content: bytes, *, file: str, sha256: str, settings: ReadingSettings) -> Document:
    """Turn the bytes of a text file into a Document of lines without boxes.

    A form feed begins a new page, which helps to find running headers; a record of text input has no pages even so.

    Raises
    ------
    AnnexError
        `unsupported_type` when the bytes are no text, `empty_file`, `limit_exceeded`.
    """
    text = _decode(content)
    if len(text) > settings.limits.characters:
        raise AnnexError(
            "limit_exceeded", "the text is longer than {limit} characters", limit=settings.limits.characters
        )
    if not text.strip():
        raise AnnexError("empty_file", "the file holds white space only; ask for it to be sent again")
    pages = []
    row = 0
    for number, part in enumerate(text.split("\f"), start=1):
        raw = part.split("\n")
        lines = _lines(raw, number, row)
        row += len(raw)
        pages.append(Page(number, 0.0, 0.0, _single_spaced(lines)))
    return Document(file, sha256, "text/plain", "none", tuple(pages), page_count=0, paged=False)


def _lines(raw: Sequence[str], page: int, above: int) -> list[Line]:
    """Return the lines of one page, those of its tables cell by cell.

    Parameters
    ----------
    above
        How many lines of the file stand on the pages before.
    """
    lines: list[Line] = []
    tables = {table.first: (number, table) for number, table in enumerate(tables_in(raw))}
    blank = 0
    at = 0
    while at < len(raw):
        if at in tables:
            number, table = tables[at]
            cells = _cell_lines(table, number, page, above)
            lines.append(replace(cells[0], blank_before=blank))
            lines.extend(cells[1:])
            at, blank = table.end, 0
            continue
        printed = raw[at].expandtabs(_TAB_STOPS).rstrip()
        at += 1
        if not printed.strip() or _DRAWN_RULE.fullmatch(printed.strip()):
            blank += 1
            continue
        indent = len(printed) - len(printed.lstrip())
        box = (float(indent), float(above + at), float(len(printed)), float(above + at))
        starred = _STARRED.fullmatch(printed.strip())
        shown = AlignedText(starred["text"] if starred else printed.strip())
        lines.append(Line(shown, page, box, bold=starred is not None, blank_before=blank))
        blank = 0
    return lines


def _cell_lines(table: TextTable, number: int, page: int, above: int) -> list[Line]:
    lines = []
    for cell in table.cells:
        place = Cell(number, cell.row, cell.column, column_span=cell.column_span)
        for number_in_cell, piece in enumerate(cell.pieces):
            row = float(above + piece.line + 1)
            blank = int(cell.is_parted and number_in_cell == 0)
            box = (float(piece.start), row, float(piece.start + len(piece.text)), row)
            lines.append(Line(AlignedText(piece.text), page, box, bold=piece.bold, cell=place, blank_before=blank))
    return lines


def _plain(text: str) -> str:
    """Return a text with one kind of line end and space, letters composed, and nothing invisible inside lines."""
    text = re.sub(r"\r\n?|[\u2028\u2029\x85\v]", "\n", unicodedata.normalize("NFC", text))
    text = re.sub(r"[\xa0\u2000-\u200a\u202f\u205f\u3000]", " ", text)
    return re.sub(r"[\u200b-\u200f\u2060\ufeff]|\xad(?!\n)", "", text)


def _single_spaced(lines: list[Line]) -> tuple[Line, ...]:
    """Return lines without the blank line that a double-spaced text has behind each."""
    spaced = sum(line.blank_before > 0 for line in lines)
    finished = sum(line.text.text.endswith((".", "!", "?", ":", ";")) for line in lines)
    if len(lines) < _FEW_LINES or spaced < _DOUBLE_SPACED * len(lines) or finished > _FINISHED * len(lines):
        return tuple(lines)
    return tuple(replace(line, blank_before=max(line.blank_before - 1, 0)) for line in lines)


def _decode(content: bytes) -> str:
    """Return the text, its line ends made one kind."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROLS.findall(text)) <= _CONTROLS_ALLOWED * len(text):
            return _plain(text)
        break
    raise AnnexError("unsupported_type", "this is neither a PDF, a Word file nor text; give the annex as one of these")
