"""Nothing is lost between labelled values and around tables, and long annexes take time in line with their length."""

import time
from pathlib import Path

import pytest

from pipeline.extraction import read_sections
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


def test_a_thousand_rows_and_texts_are_matched_in_seconds(tmp_path: Path) -> None:
    count = 1000
    names = [f"Wonen in wijk {number} van de stad" for number in range(1, count + 1)]
    rows = "\n".join(f"| {n} | {name} | Stichting Huis | € {n}.000 |" for n, name in enumerate(names, start=1))
    texts = "\n\n".join(f"{n}. {name}\n\n{PROSE}" for n, name in enumerate(names[:999], start=1))
    start = time.process_time()
    found = sections(tmp_path, f"| Nr | Project | Uitvoerder | Budget |\n|---|---|---|---|\n{rows}\n\n{texts}\n")
    assert [s.title.text for s in found] == names
    assert all(PROSE in s.body.text for s in found[:-1])
    assert time.process_time() - start < 15  # comparing each with each, word by word, takes minutes
