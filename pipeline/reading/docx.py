"""Read a Word file (.docx): headings by style, tables as tables, footnotes; no pages."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.document import AlignedText, Cell, Document, Footnote, Line, Mark, Page
from pipeline.errors import AnnexError
from pipeline.reading.docx_styles import Numbers, ParagraphLook, Styles, qn, run_look, whole

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

    from pipeline.settings import Limits, ReadingSettings

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAIN_PART = "word/document.xml"
_TAB = 8
_LEAST_TAB = 3
"""Spaces: fewer would read as the space between words."""
_MOST_COLUMNS = 63
"""Columns that a table of Word has at most."""
# What is not printed: deleted and moved text, field codes, and the older twin of a text box.
_UNPRINTED = frozenset(
    qn(f"w:{name}") for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr", "txbxContent")
) | {qn("mc:Fallback")}


def is_word(content: bytes) -> bool:
    """Whether the bytes are a zip file with a Word document in it."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return _MAIN_PART in parts.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def read_docx(content: bytes, *, file: str, sha256: str, settings: ReadingSettings) -> Document:
    """Turn the bytes of a Word file into a Document of one page without boxes, each paragraph a line.

    Raises
    ------
    AnnexError
        `corrupt_file`, `empty_file`, `limit_exceeded`.
    """
    _refuse_large(content, settings.limits)
    word = _opened(content)
    walk = _Walk(Styles(_part(word, "styles")), Numbers(_part(word, "numbering")))
    if word.element.body is not None:
        walk.body(word.element.body)
    if not walk.lines:
        raise AnnexError("empty_file", "the file holds no text; ask for it to be sent again")
    footnotes = tuple(walk.footnotes(_part(word, "footnotes"), _part(word, "endnotes")))
    page = Page(1, 0.0, 0.0, tuple(walk.lines), text_layer="none")
    return Document(file, sha256, MEDIA_TYPE, "none", (page,), page_count=0, paged=False, footnotes=footnotes)


def _opened(content: bytes) -> WordDocument:
    import docx  # lxml takes time to load, and few inputs are files of Word

    try:
        return docx.Document(io.BytesIO(content))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # the library lets through whatever zip, XML and missing parts raise
        raise _damaged() from None


def _damaged() -> AnnexError:
    return AnnexError("corrupt_file", "the Word file is damaged and cannot be opened; ask for it to be sent again")


def _refuse_large(content: bytes, limits: Limits) -> None:
    """Refuse a file that unpacks to more than a file may be: a small zip file can hold gigabytes of zeros."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        size = sum(part.file_size for part in parts.infolist() if part.filename.endswith((".xml", ".rels")))
    if size > limits.bytes:
        raise AnnexError(
            "limit_exceeded",
            "the file is {size} MB, more than the limit of {limit} MB",
            size=size // 2**20,
            limit=limits.bytes // 2**20,
        )


def _part(word: WordDocument, name: str) -> BaseOxmlElement | None:
    """Return the root of a part that the main one refers to, such as its styles.

    Raises
    ------
    AnnexError
        `corrupt_file` when it is no XML.
    """
    from docx.oxml.parser import parse_xml

    for relation in word.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{name}"):
            try:
                return parse_xml(relation.target_part.blob)
            except SyntaxError:  # what lxml raises is one
                raise _damaged() from None
    return None


@dataclass(slots=True)
class _Words:
    """The text of one printed line while it is gathered."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    """Of the text, in code points."""
    notes: list[tuple[int, int]] = field(default_factory=list)
    """Offset and number of each footnote that it calls."""
    looks: Counter[tuple[float | None, bool, bool]] = field(default_factory=Counter)
    lead: int | None = None
    """Where the bold or italic letters that open it end, once others follow."""

    def add(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def aligned(self, label: str) -> AlignedText:
        before = f"{label} " if label else ""
        marks = tuple(Mark(len(before) + at, len(before) + at, note) for at, note in self.notes)
        return AlignedText(before + "".join(self.text), marks=marks).strip()


class _Walk:
    """Goes through a file and gathers its lines and the calls of its footnotes."""

    def __init__(self, styles: Styles, numbers: Numbers) -> None:
        self.lines: list[Line] = []
        self._styles = styles
        self._numbers = numbers
        self._calls: list[tuple[str, str]] = []
        self._tables = 0

    def body(self, element: BaseOxmlElement, cell: Cell | None = None) -> None:
        """Take in the paragraphs and tables of a body, a cell or a text box; content controls are looked through."""
        for child in element:
            if child.tag == qn("w:p"):
                self._paragraph(child, cell)
            elif child.tag == qn("w:tbl"):
                self._table(child, cell)
            elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")}:
                self.body(child, cell)

    def footnotes(self, *parts: BaseOxmlElement | None) -> Iterator[Footnote]:
        """Give the notes in the order of their calls, footnotes and endnotes each counted from 1."""
        texts: dict[tuple[str, str], str] = {}
        for kind, part in zip(("w:footnote", "w:endnote"), parts, strict=True):
            for note in part.iter(qn(kind)) if part is not None else ():
                words = [self._words(paragraph) for paragraph in note.iter(qn("w:p"))]
                texts[kind, note.get(qn("w:id")) or ""] = " ".join(
                    line for lines in words for one in lines if (line := "".join(one.text).strip())
                )
        counts: Counter[str] = Counter()
        for kind, name in list(self._calls):
            counts[kind] += 1
            yield Footnote(str(counts[kind]), AlignedText(texts.get((kind, name), "")), 1)

    def _paragraph(self, paragraph: BaseOxmlElement, cell: Cell | None) -> None:
        look = self._styles.look(paragraph)
        label = self._numbers.label(self._styles.numbering(paragraph))
        for number, words in enumerate(self._words(paragraph, look)):
            text = words.aligned(label if number == 0 else "")
            if text.text and not look.is_contents:
                self.lines.append(self._line(text, words, look, cell, is_first=number == 0))
        for box in _boxes(paragraph):
            self.body(box, cell)

    def _line(
        self, text: AlignedText, words: _Words, look: ParagraphLook, cell: Cell | None, *, is_first: bool
    ) -> Line:
        size, bold, italic = words.looks.most_common(1)[0][0] if words.looks else (look.size, look.bold, look.italic)
        row = float(len(self.lines))
        return Line(
            text,
            1,
            (0.0, row, float(len(text)), row),
            size or self._styles.size,
            bold,
            italic,
            blank_before=int(is_first),
            cell=cell,
            outline=None if cell else look.outline,
            lead=words.lead + len(text) - len("".join(words.text).strip()) if words.lead else 0,
        )

    def _words(self, paragraph: BaseOxmlElement, look: ParagraphLook | None = None) -> list[_Words]:
        """Return the lines that a paragraph has by its own line breaks."""
        lines = [_Words()]

        def gather(element: BaseOxmlElement, run: tuple[float | None, bool, bool] | None) -> None:
            for child in element:
                tag, words = child.tag, lines[-1]
                if tag in _UNPRINTED:
                    continue
                if tag == qn("w:t"):
                    words.add(child.text or "")
                    if run is not None:
                        words.looks[run] += len((child.text or "").strip())
                        if words.lead is None and (child.text or "").strip() and not (run[1] or run[2]):
                            words.lead = words.length - len(child.text or "")
                elif tag in {qn("w:tab"), qn("w:ptab")}:
                    words.add(" " * max(_TAB - words.length % _TAB, _LEAST_TAB))
                elif tag in {qn("w:br"), qn("w:cr")}:
                    lines.append(_Words())
                elif tag == qn("w:noBreakHyphen"):
                    words.add("-")
                elif tag in {qn("w:footnoteReference"), qn("w:endnoteReference")}:
                    kind = "w:footnote" if tag == qn("w:footnoteReference") else "w:endnote"
                    words.notes.append((words.length, len(self._calls)))
                    self._calls.append((kind, child.get(qn("w:id")) or ""))
                elif tag == qn("w:r"):
                    gather(child, run_look(child, look) if look is not None else None)
                else:
                    gather(child, run)

        gather(paragraph, None)
        return lines

    def _table(self, table: BaseOxmlElement, outer: Cell | None) -> None:
        """Take in a table; one inside a cell, or of one cell, is only text."""
        rows: list[list[BaseOxmlElement]] = [list(_cells(row)) for row in _rows(table)]
        if outer is not None or max((len(row) for row in rows), default=0) * len(rows) <= 1:
            for row in rows:
                for one in row:
                    self.body(one, outer)
            return
        number, self._tables = self._tables, self._tables + 1
        places = [list(_places(row)) for row in rows]
        for index, placed in enumerate(places):
            for element, column, width in placed:
                merge = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                if merge is not None and merge.get(qn("w:val")) != "restart":
                    continue
                height = _height(places, index, column) if merge is not None else 1
                self.body(element, Cell(number, index, column, height, width))


def _boxes(element: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Give the text boxes in an element, but not those in another box, nor their older twins."""
    for child in element:
        if child.tag == qn("w:txbxContent"):
            yield child
        elif child.tag != qn("mc:Fallback"):
            yield from _boxes(child)


def _rows(table: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    for child in table:
        if child.tag == qn("w:tr"):
            if child.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                yield child
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")}:
            yield from _rows(child)


def _cells(row: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent")}:
            yield from _cells(child)


def _places(row: list[BaseOxmlElement]) -> Iterator[tuple[BaseOxmlElement, int, int]]:
    """Give each cell of a row with its column and how many columns it runs over."""
    column = 0
    for cell in row:
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        width = min(whole(span) or 1, _MOST_COLUMNS)
        yield cell, column, width
        column += width


def _height(places: list[list[tuple[BaseOxmlElement, int, int]]], index: int, column: int) -> int:
    """Return over how many rows a cell runs that is merged with those below."""
    height = 1
    for row in places[index + 1 :]:
        below = next((cell for cell, at, _ in row if at == column), None)
        merge = below.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") if below is not None else None
        if merge is None or merge.get(qn("w:val")) == "restart":
            return height
        height += 1
    return height
