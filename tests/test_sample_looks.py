"""What is built from a marked-up annex: text, PDF, scan and Word file, in every look."""

import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from sources import BODY, FIELDS, HEAD, annex

from samples.blocks import Block, Fields, Table
from samples.build import main, outputs
from samples.furniture import LOOKS
from samples.markup import MarkupError, read_annex
from samples.plain import plain_text
from samples.projects import projects_of
from samples.scan import digest_in, scan, scan_digest
from samples.setting import in_look, same_file
from samples.typeset import LOOKS_DIRECTORY
from samples.word import word_parts


def test_the_text_is_wrapped_with_a_blank_line_between_blocks() -> None:
    text = plain_text(annex(), LOOKS["rijk"])
    assert text.startswith("Bijlage I - Overzicht projeden\n\nWat vooraf gaat")
    assert "\n\n2.1 Meten met Veenhart in Gronlngen\n\nIn 2023 ging" in text
    assert "\n\n- Dat kostte € 2,5 miljoen;\n\n- en duurde" in text
    assert max(map(len, text.splitlines())) <= 60
    assert "[" not in text


@pytest.mark.parametrize("look", sorted(name for name, look in LOOKS.items() if look.turns is None))
def test_pages_have_furniture_and_break_paragraphs(look: str) -> None:
    head = HEAD.replace("pages: false", "pages: true").replace("Rijkswaterstaat: [RWS]", "Ministerie van IenW: []")
    body = "# Kop\n\n" + "\n\n".join(f"Alinea {number} " + "loopt lang door " * 60 for number in range(9))
    source = annex(body, head)
    text = plain_text(source, LOOKS[look])
    pages = text.split("\f") if LOOKS[look].form_feed else text.split("\n\n\n\n")
    assert len(pages) > len(("first", "last"))
    total = len(pages)
    for number, page in enumerate(pages, start=1):
        lines = page.strip("\n").split("\n")
        assert lines[-1].strip() == LOOKS[look].footer(source, number, total)
        assert number == 1 or lines[:2] == [LOOKS[look].header(source), ""]
    assert pages[1].split("\n\n")[1].startswith("loopt") or pages[2].split("\n\n")[1].startswith("loopt")


def test_a_page_break_begins_a_page_and_a_heading_never_ends_one() -> None:
    head = HEAD.replace("pages: false", "pages: true")
    filler = "\n\n".join("Regel." for _ in range(23))
    first, second, third = plain_text(annex(f"{filler}\n\n# Kop\n\nTekst.\n\n<<<\n\nSlot.", head), LOOKS["rijk"]).split(
        "\f"
    )
    assert "Kop" not in first
    assert second.startswith("Bijlage I | Rijksoverheid\n\nKop\n\nTekst.\n\nPagina 2 van 3")
    assert "\n\nSlot.\n" in third


def test_every_look_has_a_template_and_every_template_a_look() -> None:
    assert {path.stem for path in LOOKS_DIRECTORY.glob("[!_]*.typ")} == set(LOOKS)


def test_the_readme_has_every_look() -> None:
    readme = (LOOKS_DIRECTORY.parent / "README.md").read_text(encoding="utf-8")
    assert [look for look in LOOKS if f"| `{look}` |" not in readme] == []


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_what_is_built_is_the_same_every_time(look: str) -> None:
    body = BODY + "\n*#_$@<a> \\ // \"'` = geen Typst.\n" + FIELDS
    source = annex(body, HEAD.replace("look: rijk", f"look: {look}"))
    once = outputs(source)
    assert once == outputs(source)
    assert set(once) == {"proef.txt", "proef.pdf", "proef.gold.json"}
    assert once["proef.pdf"].startswith(b"%PDF-")
    assert b"CreationDate" not in once["proef.pdf"]
    assert json.loads(once["proef.gold.json"])["document"] == "proef"


def test_check_speaks_up_when_an_output_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "proef.annex.md"
    path.write_text(HEAD + BODY, encoding="utf-8")
    assert main([str(path), "--check"]) == 1
    assert not (tmp_path / "proef.txt").exists()
    assert main([str(path)]) == 0
    assert main([str(path), "--check"]) == 0
    (tmp_path / "proef.txt").write_text("anders", encoding="utf-8")
    assert main([str(path), "--check"]) == 1
    assert "proef.txt differs" in capsys.readouterr().err


def test_an_unknown_look_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "proef.annex.md"
    path.write_text(HEAD.replace("look: rijk", "look: roze") + BODY, encoding="utf-8")
    assert main([str(path)]) == 1
    assert "unknown look 'roze'" in capsys.readouterr().err


def test_what_lies_beside_the_sources_is_what_they_give() -> None:
    assert main(["--check"]) == 0


# --- forms


TABLE = """
::: projects Tabel 1

Nr. <number> | Project <title 3> | Uitvoerder <2> | Toelichting <4>

1 | Eerste project | [RWS](org=Rijkswaterstaat role=executor) | Een uitvoerige toelichting.^[Met een noot.]

2 | Tweede project | ^ | Nog een toelichting.

:::
"""


def words_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    text = " ".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))
    return " ".join(text.split())


@pytest.mark.parametrize("look", sorted(LOOKS.keys() - {"kolommen", "drie"}))
@pytest.mark.parametrize("body", [TABLE, FIELDS])
def test_every_look_sets_tables_and_key_value_blocks(look: str, body: str) -> None:
    made = outputs(in_look(annex(body), look))
    read = words_of(made["proef.pdf"])
    titles = [project["title"] for project in json.loads(made["proef.gold.json"])["projects"]]
    assert [title for title in titles if title not in read] == []
    assert "RWS" in read
    assert "noot" in read or "Sinds 2020." in read


@pytest.mark.parametrize(("look", "body"), [("kolommen", TABLE), ("drie", TABLE), ("zebra", BODY), ("velden", BODY)])
def test_what_a_look_cannot_set_is_an_error(look: str, body: str) -> None:
    with pytest.raises(MarkupError, match=rf"proef\.annex\.md: .*'{look}'"):
        outputs(in_look(annex(body), look))


def test_rows_become_key_value_blocks_and_the_other_way_round() -> None:
    as_fields = plain_text(in_look(annex(TABLE), "velden"), LOOKS["velden"])
    assert "Nr.: 2\nProject: Tweede project\nUitvoerder: RWS\nToelichting: Nog een toelichting.\n" in as_fields
    body = FIELDS + "\nWat daarna komt.\n" + FIELDS.replace("Derde", "Vierde")
    as_table = plain_text(in_look(annex(body), "raster"), LOOKS["raster"])
    assert as_table.count("Projectnaam") == as_table.count("Toelichting") == 1
    assert "Wat daarna komt." in " ".join(as_table.split())


def test_a_scan_is_a_picture_that_says_what_was_scanned() -> None:
    source = annex(BODY)
    pdf = outputs(source)["proef.pdf"]
    scanned = outputs(in_look(source, "scan"))["proef.pdf"]
    assert digest_in(scanned) == scan_digest(pdf)
    assert digest_in(pdf) is None
    assert words_of(scanned) == ""
    page = pypdfium2.PdfDocument(scanned)[0]
    assert [round(length) for length in page.get_size()] == [595, 842]
    (picture,) = page.get_objects()
    assert isinstance(picture, pypdfium2.PdfImage)
    assert picture.get_px_size() == (1654, 2339)
    assert len(scanned) < 250_000
    assert same_file("a.pdf", scanned, scan(pdf)[:-1] + b"\n")
    assert not same_file("a.pdf", scanned, outputs(in_look(annex(FIELDS), "scan"))["proef.pdf"])


def test_a_word_file_has_headings_tables_and_footnotes() -> None:
    made = outputs(in_look(annex(BODY + "\n#! Tabel\n" + TABLE), "word"))["proef.docx"]
    parts = word_parts(made)
    document = docx.Document(io.BytesIO(made))
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert headings[:2] == [("Heading 1", "Leeswijzer"), ("Heading 2", "2.1 Meten met Veenhart in Gronlngen")]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[2].cells] == ["2", "Tweede project", "RWS", "Nog een toelichting."]
    assert parts["word/footnotes.xml"].count(b"Met een noot.") == 1
    assert b'<w:footnoteReference w:id="1"/>' in parts["word/document.xml"]


def test_a_word_file_is_the_same_however_it_is_compressed() -> None:
    made = outputs(in_look(annex(BODY), "word"))["proef.docx"]
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as package:
        for name, content in word_parts(made).items():
            package.writestr(name, content)
    assert stored.getvalue() != made
    assert same_file("a.docx", made, stored.getvalue())
    assert not same_file("a.docx", made, outputs(in_look(annex(FIELDS), "word"))["proef.docx"])


def test_twins_are_documents_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "proef.annex.md"
    path.write_text(HEAD.replace("look: rijk", "look: velden\ntwins: [kaal, word]") + FIELDS, encoding="utf-8")
    assert main([str(path), "--out", str(tmp_path / "uit")]) == 0
    assert {made.name for made in (tmp_path / "uit").iterdir()} == {
        "proef.txt",
        "proef.pdf",
        "proef.gold.json",
        "proef-kaal.pdf",
        "proef-kaal.gold.json",
        "proef-word.docx",
        "proef-word.gold.json",
    }
    assert (
        json.loads((tmp_path / "uit" / "proef-kaal.gold.json").read_text(encoding="utf-8"))["document"] == "proef-kaal"
    )


def test_another_look_is_written_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "proef.annex.md"
    path.write_text(HEAD + BODY, encoding="utf-8")
    assert main([str(path), "--look", "kolommen", "--out", str(tmp_path / "uit")]) == 0
    assert sorted(made.name for made in (tmp_path / "uit").iterdir()) == ["proef.gold.json", "proef.pdf", "proef.txt"]
    assert main([str(path), "--look", "zebra", "--out", str(tmp_path / "uit")]) == 1
    assert "prose only" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([str(path), "--look", "zebra"])


@pytest.mark.soak
@pytest.mark.parametrize("path", sorted(LOOKS_DIRECTORY.parent.glob("**/*.annex.md")), ids=lambda path: path.stem)
def test_every_look_sets_every_sample(path: Path) -> None:
    source = read_annex(path)
    prose = not any(isinstance(block, Table | Fields) for block in source.blocks)
    wide = any(isinstance(block, Table) and len(block.columns) > 3 for block in source.blocks)
    for name, look in LOOKS.items():
        if (look.narrow and wide) or (look.turns and prose):
            with pytest.raises(MarkupError, match=name):
                outputs(in_look(source, name))
            continue
        try:
            made = outputs(in_look(source, name))
        except MarkupError:
            # Blocks under headings are no projects of their own, an overview is no table of projects.
            assert look.turns == "fields" or all(isinstance(block, Fields | Block) for block in source.blocks)
            continue
        if not any(isinstance(block, Table) for block in source.blocks) and look.turns != "table":
            # The lines of neighbouring cells are read as one, so that titles in cells do not stand together.
            read = re.sub(r"\W", "", words_of(made[f"{source.head.document}.pdf"]))
            titles = [re.sub(r"\W", "", project.title.printed) for project in projects_of(source)]
            assert [title for title in titles if title not in read] == []
