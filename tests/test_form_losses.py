"""Labelled values and tables: nothing lost, nothing taken for a project that is none, time in line with the length."""

from pathlib import Path

import pytest
from timing import least_seconds

from pipeline.extraction import extract_all, read_sections
from pipeline.segmenting import Section

PROSE = "Er deden 40 scholen mee en dat waren er meer dan verwacht. De proef is daarom met een jaar verlengd."
BLOCK = "Projectnaam: {}\nUitvoerder: GGD Twente\nLooptijd: 2023-2024\n"


def sections(folder: Path, text: str) -> list[Section]:
    path = folder / "bijlage.txt"
    path.write_text("Bijlage 1 - Projecten\n\n" + text, encoding="utf-8")
    return [section for annex in read_sections(path).annexes for section in annex.sections]


@pytest.mark.parametrize("label", ["Vakdepartement", "Tweede geldstroom", "Gebruikte methode"])
def test_a_label_that_comes_once_is_one_and_ends_no_project(tmp_path: Path, label: str) -> None:
    text = f"Project 1: Lezen\n\nUitvoerder: NRO\nLooptijd: 2023\n\n{PROSE}\n\n"
    text += f"Project 2: Varen\n\nUitvoerder: NRO\nLooptijd: 2023\n{label}: OCW\n\n{PROSE}\n"
    found = sections(tmp_path, text)
    assert [s.title.text for s in found] == ["Lezen", "Varen"]
    assert found[1].body.text == f"Uitvoerder: NRO\nLooptijd: 2023\n{label}: OCW\n\n{PROSE}"
    assert [found[1].body.text[slice(*f.value)] for f in found[1].fields] == ["NRO", "2023", "OCW"]


def test_a_value_that_runs_on_over_a_colon_stays_one(tmp_path: Path) -> None:
    value = (
        "Leerlingen uit de bovenbouw krijgen elke week een les van een vakman uit de buurt over het werk aan de\n"
        "Techniek: van meten en zagen tot lassen en solderen, en maken aan het eind van het jaar een werkstuk voor\n"
        "de school."
    )
    found = sections(tmp_path, BLOCK.format("Lezen") + "\n" + BLOCK.format("Varen") + f"Omschrijving: {value}\n")
    assert found[1].body.text.endswith(f"Omschrijving: {value}".replace("\n", " "))
    assert len(found[1].fields) == 3


@pytest.mark.parametrize("closing", ["", "Toelichting bij de bladen\n\nDe bedragen zijn inclusief btw.\n"])
def test_a_list_under_the_last_value_is_kept(tmp_path: Path, closing: str) -> None:
    items = "- De werving kost meer tijd dan gedacht.\n- De training gaat in januari over.\n"
    text = BLOCK.format("Lezen") + "\n" + BLOCK.format("Varen") + f"Resultaten: Nog niet bekend.\n{items}\n{closing}"
    found = sections(tmp_path, text)
    assert [s.title.text for s in found] == ["Lezen", "Varen"]
    assert "De werving kost meer tijd dan gedacht." in found[1].body.text
    assert "De training gaat in januari over." in found[1].body.text
    assert "inclusief btw" not in found[1].body.text


@pytest.mark.parametrize("chapter", ["Thema 2: Vitaal ouder worden", "Thema 2: Zelfstandig blijven en worden"])
def test_a_chapter_that_ends_with_a_verb_takes_no_heading_in(tmp_path: Path, chapter: str) -> None:
    text = f"Thema 1: Gezond eten\n\nFruit op school\n\n{PROSE}\n\nSamen koken\n\n{PROSE}\n\n"
    text += f"{chapter}\n\nVeilig op de trap\n\n{PROSE}\n\nDansen in de zaal\n\n{PROSE}\n"
    titles = [s.title.text for s in sections(tmp_path, text)]
    assert titles == ["Fruit op school", "Samen koken", "Veilig op de trap", "Dansen in de zaal"]


def table(*rows: str) -> str:
    head, *others = (f"| {' | '.join(row.split(';'))} |" for row in rows)
    return "\n".join([head, "|" + "---|" * (rows[0].count(";") + 1), *others]) + "\n\n"


PROJECTS = table("Project;Uitvoerder;Budget", "Lezen;GGD Twente;€ 10.000", "Varen;Gemeente Ede;€ 20.000")
OTHER = (
    table("Afkorting;Betekenis", "AVG;Algemene verordening", "IGJ;Inspectie Gezondheidszorg"),
    table("Post;2023;2024", "Personeel;10.000;20.000", "Materieel;10.000;20.000"),
    table("Activiteit;Periode;Status", "Werving;jan 2024;klaar", "Uitvoering;2024;loopt"),
    table("Naam;Organisatie;E-mail", "J. Jansen;GGD Twente;j@example.nl", "P. Pieters;Gemeente Ede;p@example.nl"),
    "Project: een samenhangend geheel van activiteiten.\nUitvoerder: de partij die het werk doet.\n\n",
)


@pytest.mark.parametrize("other", OTHER)
def test_what_stands_beside_a_table_of_projects_is_none(tmp_path: Path, other: str) -> None:
    for text in (PROJECTS + "Verder\n\n" + other, other + "De projecten\n\n" + PROJECTS):
        assert [s.title.text for s in sections(tmp_path, text)] == ["Lezen", "Varen"]


def test_tables_of_projects_under_other_names_are_all_read(tmp_path: Path) -> None:
    second = table("Maatregel;Trekker;Bedrag", "Fietsen;GGD Twente;€ 5.000", "Lopen;Gemeente Epe;€ 6.000")
    found = sections(tmp_path, PROJECTS + "Verder\n\n" + second)
    assert [s.title.text for s in found] == ["Lezen", "Varen", "Fietsen", "Lopen"]


@pytest.mark.parametrize(
    ("label", "text", "wanted"),
    [
        ("Partners", "Gemeente Ede, GGD Twente, Stichting Huis, Hogeschool Windesheim, Politie Oost-Nederland", []),
        (
            "Beschrijving",
            "De school leest elke week met de kinderen in de wijk en doet daar verslag van aan de gemeente",
            [],
        ),
        (
            "Beschrijving",
            "Schools in the district read with their children each week and report on all results to the city",
            ["not_dutch"],
        ),
    ],
)
def test_only_running_text_tells_the_language(tmp_path: Path, label: str, text: str, wanted: list[str]) -> None:
    path = tmp_path / "bijlage.txt"
    rows = [f"{title};{text};2023-2024;€ 10.000" for title in ("Lezen", "Varen", "Dansen")]
    path.write_text("Bijlage 1 - Projecten\n\n" + table(f"Project;{label};Looptijd;Budget", *rows), encoding="utf-8")
    [annex] = extract_all(path)
    assert [warning.code for warning in annex.warnings] == wanted


def test_a_thousand_rows_and_texts_are_matched_in_seconds(tmp_path: Path) -> None:
    count = 1000
    names = [f"Wonen in wijk {number} van de stad" for number in range(1, count + 1)]
    rows = "\n".join(f"| {n} | {name} | Stichting Huis | € {n}.000 |" for n, name in enumerate(names, start=1))
    texts = "\n\n".join(f"{n}. {name}\n\n{PROSE}" for n, name in enumerate(names[:999], start=1))
    text = f"| Nr | Project | Uitvoerder | Budget |\n|---|---|---|---|\n{rows}\n\n{texts}\n"
    runs: list[list[Section]] = []
    enough = 15.0  # comparing each with each, word by word, takes minutes
    assert least_seconds(lambda: runs.append(sections(tmp_path, text)), enough=enough) <= enough
    found = runs[-1]
    assert [s.title.text for s in found] == names
    assert all(PROSE in s.body.text for s in found[:-1])
