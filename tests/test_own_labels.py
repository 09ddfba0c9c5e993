"""Forms whose labels are the writer's own: in lines, columns and tables, told by how they come back."""

from itertools import count
from pathlib import Path

import docx
import pytest
from docx.document import Document

from pipeline.extraction import extract_all
from pipeline.segmenting.labels import is_label, kind_of

PROSE = "Bewoners maakten een plan, dat in twee fasen wordt uitgevoerd. De eerste fase is klaar."
TITLES = ["Sterk in de straat", "Groen dak", "Veilige haven", "Lezen bij oma"]
BODIES = ["TNO", "RIVM", "COA", "Rijkswaterstaat"]

_numbers = count()


def titles_of(document: Document, folder: Path) -> list[str]:
    """Return the titles that are found in a Word file."""
    path = folder / f"annex-{next(_numbers)}.docx"
    document.save(str(path))
    return [record.title for record in extract_all(path)[0].records]


def annex() -> Document:
    document = docx.Document()
    for words in ("Bijlage 2", "Overzicht van wat liep", "Hieronder staat alles wat dit jaar liep."):
        document.add_paragraph(words)
    return document


def add_table(document: Document, rows: list[tuple[str, str]]) -> None:
    table = document.add_table(0, 2)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.add_paragraph("")


def own_form(title: str, body: str) -> list[tuple[str, str]]:
    return [("Noemer", title), ("Wier werk", body), ("In het kort", PROSE)]


def test_a_table_for_each_project_or_one_for_all(tmp_path: Path) -> None:
    forms = [own_form(title, body) for title, body in zip(TITLES, BODIES, strict=True)]
    each, one = annex(), annex()
    for form in forms:
        add_table(each, form)
    add_table(one, [row for form in forms for row in form])
    assert titles_of(each, tmp_path) == TITLES
    assert titles_of(one, tmp_path) == TITLES


@pytest.mark.parametrize("first", ["Code", "Lopend"])
def test_a_number_may_stand_before_the_name(tmp_path: Path, first: str) -> None:
    document = annex()
    for number, (title, body) in enumerate(zip(TITLES, BODIES, strict=True), start=1):
        add_table(document, [(first, f"B-0{number}"), *own_form(title, body)])
    assert titles_of(document, tmp_path) == TITLES


@pytest.mark.parametrize("label", ["Project {}", "{title}"])
def test_a_title_may_stand_where_labels_do(tmp_path: Path, label: str) -> None:
    document = annex()
    for number, (title, body) in enumerate(zip(TITLES, BODIES, strict=True), start=1):
        first = (label.format(number, title=title), title if "title" not in label else "")
        add_table(document, [first, *own_form(title, body)[1:]])
    assert titles_of(document, tmp_path) == TITLES


def test_headings_name_the_projects_before_tables_do(tmp_path: Path) -> None:
    document = annex()
    for title, person, body in zip(TITLES, ("Jan Bos", "Els Vos", "Piet Kip", "An Bok"), BODIES, strict=True):
        document.add_heading(title, 2)
        document.add_paragraph(PROSE)
        add_table(document, [("Te vragen", person), ("Wier werk", body)])
    assert titles_of(document, tmp_path) == TITLES


def test_a_project_table_of_two_columns_is_no_form(tmp_path: Path) -> None:
    document = annex()
    for part in (TITLES[:2], TITLES[2:]):
        add_table(document, [("Project", "Beschrijving"), *((title, PROSE) for title in part)])
    assert titles_of(document, tmp_path) == TITLES


@pytest.mark.parametrize("end", [":", ""], ids=["colon", "column"])
def test_lines_of_a_text(tmp_path: Path, end: str) -> None:
    blocks = [
        "\n".join(
            f"{label + end:<16}{value}" for label, value in (*own_form(title, body)[:2], ("Waar het staat", "ja"))
        )
        for title, body in zip(TITLES, BODIES, strict=True)
    ]
    path = tmp_path / "annex.txt"
    path.write_text("\n\n".join(["Bijlage 2", "Overzicht van wat liep", *blocks]), encoding="utf-8")
    assert [record.title for record in extract_all(path)[0].records] == TITLES


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Wie voert het uit?", "executor"),
        ("Verantwoordelijke overheid", "executor"),
        ("Onder regie van", "executor"),
        ("Lokale uitvoeringspartner", "executor"),
        ("Met wie werken we samen?", "partner"),
        ("Medebegunstigden", "partner"),
        ("Aanvragende directie", "commissioner"),
        ("Aanvragende stichting", "executor"),
        ("Mogelijk gemaakt door", "funder"),
        ("Voornaamste geldschieters", "funder"),
        ("Einddatum looptijd", "end"),
        ("Beoogd startmoment", "start"),
        ("Duur van de activiteit", "period"),
        ("Gecommitteerde middelen", "money"),
        ("Land van uitvoering", "location"),
        ("Benaming van de actie", "title"),
        ("Naam contactpersoon", None),
        ("Aantal deelnemende gemeenten", None),
        ("Beleidsgebied", None),
        ("Verantwoordelijk wethouder", None),
        ("Wat opvalt", "description"),
    ],
)
def test_the_words_of_a_label_tell_its_kind(label: str, kind: str | None) -> None:
    assert kind_of(label) == kind


@pytest.mark.parametrize("words", ["Vitale regio", "Veilig land", "Hoe nu verder", "Samen sterk in de gemeente"])
def test_words_that_may_be_a_title_are_no_known_label(words: str) -> None:
    assert not is_label(words)
