"""Set an annex as a Word file: headings by style, tables as tables, footnotes as footnotes."""

import datetime as dt
import io
import zipfile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement, serialize_for_reading
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from samples.blocks import AnnexSource, Block, BlockKind, Cell, Fields, Table
from samples.furniture import running_label
from samples.pieces import Note, Piece

# What Word writes as the date of every part of its files.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_BULLETS = frozenset({"-", "•"})


def word_bytes(source: AnnexSource) -> bytes:
    """Set an annex as a Word file.

    Parameters
    ----------
    source : AnnexSource
        The annex.

    Returns
    -------
    bytes
        The `.docx`, without dates.
    """
    writer = _Writer(source)
    writer.write()
    return writer.packed()


def word_parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file by name: what is the same, however it was compressed."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


class _Writer:
    def __init__(self, source: AnnexSource) -> None:
        self._source = source
        self._document: WordDocument = Document()
        self._notes: list[Note] = []
        chapters = any(isinstance(b, Block) and b.kind is BlockKind.CHAPTER for b in source.blocks)
        self._levels = {BlockKind.CHAPTER: 1, BlockKind.PROJECT: 2 if chapters else 1, BlockKind.SUBHEADING: 3}

    def write(self) -> None:
        section = self._document.sections[0]
        section.header.paragraphs[0].text = running_label(self._source)
        _add_page_number(section.footer.paragraphs[0])
        if self._source.head.label:
            self._document.add_paragraph(self._source.head.label, style="Subtitle")
        self._document.add_paragraph(self._source.title.printed, style="Title")
        for block in self._source.blocks:
            if isinstance(block, Table):
                self._add_table(block)
            elif isinstance(block, Fields):
                self._add_fields(block)
            else:
                self._add_block(block)
        if self._notes:
            self._add_notes_part()

    def packed(self) -> bytes:
        """Return the file with its parts in order and without dates."""
        properties = self._document.core_properties
        properties.title, properties.author = self._source.title.printed, ""
        properties.created = properties.modified = dt.datetime(*_NO_DATE)
        written = io.BytesIO()
        self._document.save(written)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in word_parts(written.getvalue()).items():
                package.writestr(zipfile.ZipInfo(name, _NO_DATE), content, zipfile.ZIP_DEFLATED)
        return packed.getvalue()

    def _add_block(self, block: Block) -> None:
        if block.kind is BlockKind.PAGE_BREAK:
            self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            return
        level = self._levels.get(block.kind)
        bullet = block.kind is BlockKind.ITEM and block.label in _BULLETS
        if level is None:
            paragraph = self._document.add_paragraph(style="List Bullet" if bullet else None)
        else:
            paragraph = self._document.add_heading(level=level)
        self._say(paragraph, block.piece, "" if bullet or not block.label else f"{block.label} ")

    def _add_fields(self, block: Fields) -> None:
        for one in block.fields:
            paragraph = self._document.add_paragraph()
            paragraph.add_run(f"{one.label}:").bold = True
            for number, value in enumerate(one.values):
                if number:
                    self._add_block(value)
                else:
                    self._say(paragraph, value.piece, "\t")

    def _add_table(self, table: Table) -> None:
        if table.caption:
            self._document.add_paragraph(table.caption, style="Caption")
        heads = table.heads()
        rows = [*heads, *([*row.own(number)] for number, row in enumerate(table.rows))]
        made = self._document.add_table(len(rows), len(table.columns), style="Table Grid")
        for number in range(len(heads)):
            _repeat_on_every_page(made.rows[number]._tr)
        # Cells are gathered once: each look at `table.cell` walks the whole table.
        grid = [list(row.cells) for row in made.rows]
        for number, row in enumerate(rows):
            for cell in row:
                self._fill(grid, number, cell)

    def _fill(self, grid: list[list[_Cell]], row: int, cell: Cell) -> None:
        target = grid[row][cell.column]
        if cell.rows > 1 or cell.columns > 1:
            target = target.merge(grid[row + cell.rows - 1][cell.column + cell.columns - 1])
        for number, piece in enumerate(cell.pieces):
            paragraph = target.add_paragraph() if number else target.paragraphs[0]
            self._say(paragraph, piece)

    def _say(self, paragraph: Paragraph, piece: Piece, before: str = "") -> None:
        if before:
            paragraph.add_run(before)
        for run in piece.runs():
            if isinstance(run, Note):
                self._notes.append(run)
                _raised(paragraph).append(_element("w:footnoteReference", id=str(run.number)))
            else:
                paragraph.add_run(run)

    def _add_notes_part(self) -> None:
        root = OxmlElement("w:footnotes")
        # Word wants the line above the notes as notes of their own, numbered below those of the text.
        for number, kind in enumerate(("separator", "continuationSeparator"), start=-1):
            note = _element("w:footnote", type=kind, id=str(number))
            note.append(_in_paragraph(OxmlElement(f"w:{kind}")))
            root.append(note)
        for one in self._notes:
            note = _element("w:footnote", id=str(one.number))
            note.append(_note_paragraph(one))
            root.append(note)
        xml = serialize_for_reading(root).encode()
        package = self._document.part.package
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml, package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _raised(paragraph: Paragraph) -> BaseOxmlElement:
    run = paragraph.add_run()
    run.font.superscript = True
    return run._r


def _in_paragraph(*inside: BaseOxmlElement) -> BaseOxmlElement:
    paragraph, run = OxmlElement("w:p"), OxmlElement("w:r")
    for one in inside:
        run.append(one)
    paragraph.append(run)
    return paragraph


def _note_paragraph(note: Note) -> BaseOxmlElement:
    properties = OxmlElement("w:rPr")
    properties.append(_element("w:vertAlign", val="superscript"))
    paragraph = _in_paragraph(properties, OxmlElement("w:footnoteRef"))
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = f" {note.text}"
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    paragraph.append(run)
    return paragraph


def _add_page_number(paragraph: Paragraph) -> None:
    field = _element("w:fldSimple", instr="PAGE")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _repeat_on_every_page(row: BaseOxmlElement) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
