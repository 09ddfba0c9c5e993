"""Word files: headings by style, lists, tables, footnotes, and what is not printed."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from pipeline import extract
from pipeline.document import Cell
from pipeline.errors import AnnexError
from pipeline.reading import read
from pipeline.settings import Limits, ReadingSettings

BUS = "De gemeente Ameland is in maart 2023 gestart met een buurtbus, en er reden 31 vrijwilligers mee."
BIKES = "De fietsen staan op 14 plekken in de stad. De provincie Fryslân betaalt het onderhoud."
HELP = "Vrijwilligers helpen ouderen bij het instappen aan de haltes in de binnenstad van Sneek."


def made(path: Path, fill: Callable[[Document], object]) -> Path:
    word = docx.Document()
    fill(word)
    word.save(str(path))
    return path


def titles(path: Path) -> list[str]:
    return [record.title for record in extract(path).records]


def lines(path: Path) -> list[str]:
    return [line.text.text for line in read(path).lines()]


def styled(word: Document) -> None:
    word.add_paragraph("Bijlage III")
    word.add_heading("Overzicht van proeven met deelvervoer 2023-2024", 0)
    word.add_heading("Inleiding", 1)
    word.add_paragraph("Dit overzicht geeft de stand van zaken van de proeven met deelvervoer in de regio.")
    word.add_heading("Spoor 1: Platteland", 1)
    word.add_heading("Buurtbus op afroep", 2)
    word.add_paragraph(BUS)
    word.add_heading("Deelfietsen", 2)
    word.add_paragraph(BIKES)
    word.add_heading("Spoor 2: Stad", 1)
    word.add_heading("Haltehulp", 2)
    word.add_paragraph(HELP)


def test_headings_by_style_make_the_projects(tmp_path: Path) -> None:
    annex = extract(made(tmp_path / "a.docx", styled))
    assert (annex.head.label, annex.head.title) == ("Bijlage III", "Overzicht van proeven met deelvervoer 2023-2024")
    assert [(one.title, one.text) for one in annex.records] == [
        ("Buurtbus op afroep", BUS),
        ("Deelfietsen", BIKES),
        ("Haltehulp", HELP),
    ]
    source = annex.head.source
    assert (source.pages, source.text_layer) == (0, "none")
    assert source.media_type.endswith("wordprocessingml.document")
    assert annex.records[0].pages == []


def test_a_heading_keeps_its_rank_whatever_its_letters_look_like(tmp_path: Path) -> None:
    def fill(word: Document) -> None:
        styled(word)
        for paragraph in word.paragraphs:
            if paragraph.text == "Deelfietsen":
                paragraph.runs[0].bold, paragraph.runs[0].italic = False, True

    assert titles(made(tmp_path / "a.docx", fill)) == ["Buurtbus op afroep", "Deelfietsen", "Haltehulp"]


def test_without_styles_bold_lines_are_headings(tmp_path: Path) -> None:
    def fill(word: Document) -> None:
        for title, text in (("Buurtbus op afroep", BUS), ("Deelfietsen", BIKES), ("Haltehulp", HELP)):
            word.add_paragraph().add_run(title).bold = True
            word.add_paragraph(text)

    assert titles(made(tmp_path / "a.docx", fill)) == ["Buurtbus op afroep", "Deelfietsen", "Haltehulp"]


def test_lists_have_their_bullets_and_numbers(tmp_path: Path) -> None:
    def fill(word: Document) -> None:
        for style in ("List Bullet", "List Number", "List Number"):
            word.add_paragraph(f"vervoer {style}", style=style)

    assert lines(made(tmp_path / "a.docx", fill)) == [
        "- vervoer List Bullet",
        "1. vervoer List Number",
        "2. vervoer List Number",
    ]


def test_tables_keep_rows_columns_and_merged_cells(tmp_path: Path) -> None:
    def fill(word: Document) -> None:
        table = word.add_table(rows=3, cols=3)
        for row in range(3):
            for column in range(3):
                table.cell(row, column).text = f"{row}{column}"
        table.cell(0, 0).merge(table.cell(0, 1)).text = "breed"
        table.cell(1, 2).merge(table.cell(2, 2)).text = "hoog"

    found = {line.text.text: line.cell for line in read(made(tmp_path / "a.docx", fill)).lines()}
    assert found == {
        "breed": Cell(0, 0, 0, 1, 2),
        "02": Cell(0, 0, 2),
        "10": Cell(0, 1, 0),
        "11": Cell(0, 1, 1),
        "hoog": Cell(0, 1, 2, 2, 1),
        "20": Cell(0, 2, 0),
        "21": Cell(0, 2, 1),
    }


def test_a_table_of_one_cell_is_a_frame_and_one_in_a_cell_is_text(tmp_path: Path) -> None:
    def fill(word: Document) -> None:
        word.add_table(rows=1, cols=1).cell(0, 0).text = "kader"
        outer = word.add_table(rows=1, cols=2)
        outer.cell(0, 0).text = "links"
        outer.cell(0, 1).add_table(rows=1, cols=2).cell(0, 0).text = "binnen"

    found = {line.text.text: line.cell for line in read(made(tmp_path / "a.docx", fill)).lines()}
    assert found == {"kader": None, "links": Cell(0, 0, 0), "binnen": Cell(0, 0, 1)}


W = nsdecls("w")
NEW = "<w:r><w:t>nieuw</w:t></w:r>"
BOX = f"<w:txbxContent><w:p>{NEW}</w:p></w:txbxContent>"

BOX_IN_BOX = (
    f"<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>om</w:t></w:r><w:r>{BOX}</w:r></w:p></w:txbxContent></w:pict></w:r>"
)


@pytest.mark.parametrize(
    ("xml", "printed"),
    [
        (f"<w:p {W}><w:ins>{NEW}</w:ins><w:del><w:r><w:delText>oud</w:delText></w:r></w:del></w:p>", ["nieuw"]),
        (f"<w:p {W}><w:r><w:t>een</w:t><w:br/><w:t>twee</w:t></w:r></w:p>", ["een", "twee"]),
        (f"<w:p {W}><w:r><w:t>Status</w:t><w:tab/><w:t>loopt</w:t></w:r></w:p>", ["Status   loopt"]),
        (f"<w:p {W}><w:r><w:t>no</w:t><w:noBreakHyphen/><w:t>regret</w:t></w:r></w:p>", ["no-regret"]),
        (f'<w:p {W}><w:hyperlink w:anchor="x"><w:r><w:t>schakel</w:t></w:r></w:hyperlink></w:p>', ["schakel"]),
        (f"<w:p {W}><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r></w:p>", ["3"]),
        (f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>veld</w:t></w:r></w:p></w:sdtContent></w:sdt>", ["veld"]),
        (f"<w:p {W}>{NEW}<w:r><w:pict>{BOX}</w:pict></w:r></w:p>", ["nieuw", "nieuw"]),
        (f"<w:p {W}><w:r><w:t>buiten</w:t></w:r>{BOX_IN_BOX}</w:p>", ["buiten", "om", "nieuw"]),
    ],
)  # fmt: skip
def test_what_is_printed(tmp_path: Path, xml: str, printed: list[str]) -> None:
    path = made(tmp_path / "a.docx", lambda word: word.element.body.insert(0, parse_xml(xml)))
    assert [re.sub(r" {3,}", "   ", line) for line in lines(path)] == printed


NOTES = f"""<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="2">
<w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Ook op zondag.</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="5"><w:p><w:r><w:t>Betaald door </w:t></w:r><w:r><w:t>het Rijk.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def with_notes(path: Path) -> Path:
    def fill(word: Document) -> None:
        styled(word)
        for paragraph in word.paragraphs:
            note = {BUS: "5", BIKES: "2"}.get(paragraph.text)
            if note:
                run = paragraph.add_run()
                run._r.append(parse_xml(f'<w:footnoteReference {W} w:id="{note}"/>'))
                paragraph.add_run(" Meer volgt.")

    plain = made(path.with_name("plain.docx"), fill)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8", "surrogateescape")
            if name == "word/_rels/document.xml.rels":
                relation = f'<Relationship Id="rId99" Type="{KIND}" Target="footnotes.xml"/></Relationships>'
                content = content.replace("</Relationships>", relation)
            new.writestr(name, content.encode("utf-8", "surrogateescape"))
        new.writestr("word/footnotes.xml", NOTES)
    return path


def test_footnotes_are_numbered_in_the_order_of_their_calls(tmp_path: Path) -> None:
    records = extract(with_notes(tmp_path / "a.docx")).records
    assert [
        (note.marker, note.text, note.page, record.text[: note.anchor])
        for record in records
        for note in record.footnotes
    ] == [("1", "Betaald door het Rijk.", None, BUS), ("2", "Ook op zondag.", None, BIKES)]
    assert records[0].text == f"{BUS} Meer volgt."


def test_other_files_in_a_zip_are_refused_with_a_word(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(AnnexError, match="Excel") as told:
        read(path)
    assert told.value.code == "unsupported_type"


@pytest.mark.parametrize("part", ["[Content_Types].xml", "word/document.xml", "_rels/.rels"])
def test_a_damaged_file_is_told(tmp_path: Path, part: str) -> None:
    whole = made(tmp_path / "whole.docx", styled)
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:-40] if name == part else old.read(name))
    with pytest.raises(AnnexError) as told:
        read(path)
    assert told.value.code == "corrupt_file"


def test_a_file_that_unpacks_to_too_much_is_refused_unread(tmp_path: Path) -> None:
    path = made(tmp_path / "a.docx", lambda word: word.add_paragraph("ruimte " * 200_000))
    with pytest.raises(AnnexError) as told:
        read(path, ReadingSettings(limits=Limits(bytes=1_000_000)))
    assert told.value.code == "limit_exceeded"


def test_an_encrypted_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(AnnexError) as told:
        read(path)
    assert told.value.code == "encrypted"


@pytest.mark.parametrize("number", ["1000000000", "-3", "abc", "²", ""])
def test_numbers_of_a_file_that_make_no_sense_are_passed_over(tmp_path: Path, number: str) -> None:
    value = f'w:val="{number}"'
    cell = "<w:tc><w:tcPr><w:gridSpan {}/></w:tcPr><w:p><w:r><w:t>cel</w:t></w:r></w:p></w:tc>"
    properties = (
        f"<w:pPr><w:outlineLvl {value}/><w:numPr><w:ilvl {value}/><w:numId w:val='1'/></w:numPr></w:pPr>"
        f"<w:r><w:rPr><w:sz {value}/></w:rPr><w:t>woord</w:t></w:r>"
    )

    def fill(word: Document) -> None:
        body = word.element.body
        body.insert(0, parse_xml(f"<w:tbl {W}><w:tr>{cell.format(value) * 2}</w:tr></w:tbl>"))
        body.insert(1, parse_xml(f"<w:p {W}>{properties}</w:p>"))
        word.add_paragraph("punt", style="List Number")
        for start in word.part.numbering_part.element.iter(qn("w:start")):
            start.set(qn("w:val"), number)

    found = list(read(made(tmp_path / "a.docx", fill)).lines())
    assert [line.text.text.rpartition(" ")[2] for line in found] == ["cel", "cel", "woord", "punt"]
    assert all(line.cell.column_span <= 63 for line in found if line.cell)
    assert all(0 < line.size < 100 for line in found)


def test_a_file_without_a_body_is_empty(tmp_path: Path) -> None:
    with pytest.raises(AnnexError) as told:
        read(changed(tmp_path, "word/document.xml", f"<w:document {W}/>"))
    assert told.value.code == "empty_file"


def test_damaged_footnotes_are_told(tmp_path: Path) -> None:
    with pytest.raises(AnnexError) as told:
        read(changed(tmp_path, "word/footnotes.xml", NOTES[:-40]))
    assert told.value.code == "corrupt_file"


def changed(folder: Path, part: str, content: str) -> Path:
    """Return a file with footnotes of which one part is another."""
    path = folder / "a.docx"
    with zipfile.ZipFile(with_notes(folder / "whole.docx")) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return path
