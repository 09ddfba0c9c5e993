"""A person is told of text between two projects that stands in none of them, and where to look."""

import json
from pathlib import Path

import pytest
import typst
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.extraction import extract, read_sections
from pipeline.records.models import Warning
from pipeline.showing.words import warning_words

SENTENCE = "In de wijk doen elk jaar meer mensen mee, en dat is goed."
"""Twelve words."""
OPENING = "“Een huis voor iedereen Dit is wat er …”"


def prose(words: int, opening: str = "") -> str:
    said = [*opening.split(), *(SENTENCE.split() * (words // 12 + 1))][:words]
    return " ".join(said).rstrip(".,") + "."


def chapters(between: str, project: int = 60) -> str:
    """Return numbered projects under chapters without numbers, of which the second has some text of its own."""
    above = f"Leren en werken\n\n1. Lezen\n\n{prose(project)}\n\n2. Varen\n\n{prose(project)}"
    below = f"3. Koken\n\n{prose(project)}\n\n4. Zaaien\n\n{prose(project)}"
    return f"Bijlage 1 - Projecten\n\n{above}\n\nEen huis voor iedereen\n\n{between}\n\n{below}\n"


def codes(folder: Path, text: str) -> list[str]:
    path = folder / "bijlage.txt"
    path.write_text(text, encoding="utf-8")
    return [warning.code for warning in extract(path).warnings]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            f"is one missing? 104 words; the longest piece begins on line 13: {OPENING}",
        ),
        (
            "nl",
            f"ontbreekt er een? 104 woorden; het langste stuk begint op regel 13: {OPENING}",
        ),
    ],
)
def test_a_project_without_its_number_is_told_of(tmp_path: Path, lang: str, told: str) -> None:
    path = tmp_path / "bijlage.txt"
    path.write_text(chapters(f"{prose(50, 'Dit is wat er gebeurde.')}\n\n{prose(50)}"), encoding="utf-8")
    done = CliRunner().invoke(main, ["extract", str(path), "-o", str(tmp_path / "uit"), "--lang", lang])
    assert done.exit_code == 0
    assert told in " ".join(done.output.split())
    [warning] = json.loads((tmp_path / "uit" / "bijlage" / "annex.json").read_text(encoding="utf-8"))["warnings"]
    assert warning == {
        "code": "text_left_out",
        "message": "104 words between the first and the last project stand in no project; the longest piece begins on "
        f"line 13: {OPENING}",
    }
    assert path.read_text(encoding="utf-8").split("\n")[12] == "Een huis voor iedereen"


def test_a_page_of_a_pdf_is_named(tmp_path: Path) -> None:
    part = "== {}\n\n" + prose(90) + "\n\n"
    text = (
        '#set text(lang: "nl")\n#text(size: 20pt)[Bijlage 1 - Projecten]\n\n= Leren\n\n'
        + part.format("Lezen met elkaar")
        + part.format("Varen op de plas")
        + "#pagebreak()\n\n= Een huis voor iedereen\n\n"
        + prose(95)
        + "\n\n= Wonen\n\n"
        + part.format("Koken in de wijk")
        + part.format("Zaaien en maaien")
    )
    path = tmp_path / "bijlage.pdf"
    path.write_bytes(typst.compile(text.encode()))
    annex = extract(path)
    assert [record.title for record in annex.records] == [
        "Lezen met elkaar", "Varen op de plas", "Koken in de wijk", "Zaaien en maaien",
    ]  # fmt: skip
    [warning] = annex.warnings
    assert warning.code == "text_left_out"
    assert "begins on page 2: “Een huis voor iedereen" in warning.message


@pytest.mark.parametrize(("words", "project"), [(0, 60), (25, 15), (60, 70), (60, 300)])
def test_an_introduction_of_a_chapter_is_no_loss(tmp_path: Path, words: int, project: int) -> None:
    between = prose(words) if words else "Daarover gaat dit deel."
    assert codes(tmp_path, chapters(between, project)) == []


@pytest.mark.parametrize(("words", "project"), [(35, 15), (65, 50), (90, 300)])
def test_what_is_as_long_as_a_project_may_be_one(tmp_path: Path, words: int, project: int) -> None:
    assert codes(tmp_path, chapters(prose(words), project)) == ["text_left_out"]


def test_what_stands_before_the_first_and_behind_the_last_is_no_loss(tmp_path: Path) -> None:
    text = (
        f"Bijlage 1 - Projecten\n\nInleiding\n\n{prose(200)}\n\n1. Lezen\n\n{prose(50)}\n\n2. Varen\n\n{prose(50)}\n\n"
    )
    assert codes(tmp_path, f"{text}Tot slot\n\n{prose(200)}\n") == []


def test_chapters_around_tables_are_told_of_by_their_length(tmp_path: Path) -> None:
    table = "| Project | Uitvoerder |\n|---|---|\n| {} | Fier |\n| {} | TNO |\n\n"
    text = "Bijlage 1 - Projecten\n\n1. Leren\n\n" + table.format("Lezen", "Varen") + "2. Wonen\n\n{}\n\n"
    text += table.format("Koken", "Zaaien")
    assert codes(tmp_path, text.format(prose(20))) == []
    assert codes(tmp_path, text.format(prose(90))) == ["text_left_out"]


def test_no_sample_loses_text() -> None:
    samples = Path(__file__).parents[1] / "samples"
    files = [*samples.glob("*.txt"), *samples.glob("forms/*.txt"), *samples.glob("forms/*.docx")]
    assert len(files) > 10
    assert [path.name for path in files for annex in read_sections(path).annexes if annex.left_out] == []


def test_a_warning_without_a_place_is_told_too() -> None:
    message = "9 words between the first and the last project stand in no project; the longest piece begins: “Een …”"
    assert warning_words(Warning(code="text_left_out", message=message)).endswith(" “Een …”")
