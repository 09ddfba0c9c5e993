"""Subheadings that one project has and its neighbours do not, in a text that shows neither sizes nor weights."""

from pathlib import Path
from textwrap import wrap

import pytest

from pipeline.extraction import read_sections

BODY = "De gemeente Zwolle begon in 2023 met dit project. Er deden 40 scholen mee, en het werd goed ontvangen."
OTHERS = ["Lezen in de wijk", "Muziek in de klas", "Sport na school", "Tuinen zonder tegels"]
CELLS = ["Locatie", "Project", "Uitvoerder", "Start", "Bijdrage", "Voortgang"]
WIDTHS = [14, 26, 22, 12, 14, 40]


def titles(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "bijlage.txt"
    path.write_text("Bijlage 2 - Projecten 2023\n\n" + text, encoding="utf-8")
    return [section.title.text for section in read_sections(path).annexes[0].sections]


def headed(*headings: str) -> str:
    return "\n".join(f"{heading}\n\n{BODY}\n" for heading in headings)


@pytest.mark.parametrize(
    "parts",
    [
        ["Aanleiding", "Wat er gebeurt", "Opbrengst tot nu toe"],
        ["Waarom", "Wat we doen", "De eerste resultaten"],
        ["Achtergrond", "Hoe het werkt", "Vervolgstappen in 2025"],
        ["Wat vooraf ging", "Lessen voor anderen"],
    ],
)
def test_parts_of_one_project_are_no_projects(tmp_path: Path, parts: list[str]) -> None:
    first, *rest = parts
    stacked = f"Een sleutel op zak\n\n{first}\n\n{BODY}\n\n{headed(*rest)}\n"
    for before in range(len(OTHERS)):
        text = headed(*OTHERS[:before]) + "\n" + stacked + headed(*OTHERS[before:])
        assert titles(tmp_path, text) == [*OTHERS[:before], "Een sleutel op zak", *OTHERS[before:]]


def test_parts_under_the_text_of_a_project_are_no_projects(tmp_path: Path) -> None:
    headings = [*OTHERS[:2], "Resultaten tot dusver", "Hoe nu verder?", *OTHERS[2:]]
    assert titles(tmp_path, headed(*headings)) == OTHERS


@pytest.mark.parametrize(
    "title",
    ["Wat werkt", "De aanpak", "Resultaat telt", "Stand van het land", "Hoe gaat het met je", "Lessen uit Zeeland"],
)
def test_a_project_is_not_lost_for_the_words_of_parts(tmp_path: Path, title: str) -> None:
    headings = [*OTHERS[:2], title, *OTHERS[2:]]
    assert titles(tmp_path, headed(*headings)) == headings


def row(cells: list[str]) -> str:
    columns = [wrap(cell, width) for cell, width in zip(cells, WIDTHS, strict=True)]
    lines = [[column[n] if n < len(column) else "" for column in columns] for n in range(max(map(len, columns)))]
    padded = [[cell.ljust(width) for cell, width in zip(line, WIDTHS, strict=True)] for line in lines]
    return "\n".join("  ".join(line).rstrip() for line in padded)


def test_long_cells_beside_places_that_come_again_make_one_row(tmp_path: Path) -> None:
    names = ["Buurtaccu Oost", "Kabels zonder graven", "Flexibele laadpleinen langs de snelweg", "Congestie in beeld"]
    names += ["Waterstof in de kassen van het Westland", "Zonnedak op de veilinghal"]
    rows = [
        row(["Almere en Lelystad", name, "Stichting Zon op Dak van Flevoland", "mei 2023", "€ 85.000", BODY * 3])
        for name in names
    ]
    table = [row(CELLS) + "\n" + "-" * 138, "Opwek en opslag", *rows[:3], "Regionale netten", *rows[3:]]
    assert titles(tmp_path, "\n\n".join(table) + "\n") == names


def test_a_full_stop_at_the_end_of_a_column_does_not_join_it_to_the_next(tmp_path: Path) -> None:
    heads = ["Locatie", "Project", "Voortgang", "Start", "Bijdrage", "Uitvoerder"]
    names = ["Buurtaccu Oost", "Kabels zonder graven", "Waterstof in de kassen van het Westland", "Congestie in beeld"]
    rows = [
        row(
            [
                f"Wijk {n}",
                name,
                "De proef is net klaar. Zij wordt nu voortgezet.",
                "mei 2023",
                "€ 85.000",
                "Stichting Zon",
            ]
        )
        for n, name in enumerate(names)
    ]
    text = "\n\n".join([row(heads) + "\n" + "-" * 138, *rows]) + "\n"
    assert "klaar.  mei" in text
    assert titles(tmp_path, text) == names
