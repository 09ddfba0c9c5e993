"""Headings that were missed and lines that were taken for one: nothing of a project may go with them."""

from pathlib import Path

import pytest

from pipeline import extract
from pipeline.extraction import read_sections
from pipeline.segmenting import Section

PROSE = "Er deden 40 scholen mee en dat waren er meer dan verwacht. De proef is daarom met een jaar verlengd."
MORE = "Over het vervolg beslist de gemeenteraad. Tot die tijd blijft het steunpunt twee dagen in de week open."


def sections(folder: Path, text: str) -> list[Section]:
    path = folder / "bijlage.txt"
    path.write_text("Bijlage 1 - Projecten\n\n" + text, encoding="utf-8")
    return [section for annex in read_sections(path).annexes for section in annex.sections]


def titles(folder: Path, text: str) -> list[str]:
    return [section.title.text for section in sections(folder, text)]


@pytest.mark.parametrize("chapter", ["3 Wonen en zorg", "3. Wonen en zorg", "3 Wonen\n\n3.1 De open deur"])
def test_a_numbered_heading_above_raised_notes_is_no_note(tmp_path: Path, chapter: str) -> None:
    notes = "________________________\n¹ Kamerstuk 30.\n² Bron: de monitor van mei.\n³ Prijspeil 2023.\n⁴ Zie hierna.\n"
    text = (
        f"2 Leren¹\n\n2.1 Lezen met elkaar\n\nEr deden 40 scholen mee.² Zij kregen geld.³\n\n"
        f"2.2 Rekenen op straat\n\n{PROSE}⁴\n\n{chapter}\n\n{MORE}\n\n{notes}\f3.2 Samen koken\n\n{PROSE}\n"
    )
    found = titles(tmp_path, text)
    assert found[:2] == ["Lezen met elkaar", "Rekenen op straat"]
    assert found[-1] == "Samen koken"
    assert ("De open deur" in found) == ("De open deur" in chapter)


def test_notes_that_all_look_like_the_text_are_still_notes(tmp_path: Path) -> None:
    text = f"Lezen\n\nEr deden scholen mee2 en dat viel op.\n\nVaren\n\n{PROSE}\n\n2 Bron: de monitor van mei.\n"
    assert titles(tmp_path, text) == ["Lezen", "Varen"]
    assert "monitor" not in sections(tmp_path, text)[1].body.text


@pytest.mark.parametrize("caption", ["Deelname per plaats", "Stand eind december", "Cijfers van de monitor"])
def test_an_unnumbered_line_in_a_numbered_project_takes_no_text_with_it(tmp_path: Path, caption: str) -> None:
    text = f"1. Lezen\n\n{PROSE}\n\n{caption}\n\n{MORE}\n\n2. Varen\n\n{PROSE}\n\n3. Koken\n\n{PROSE}\n"
    found = sections(tmp_path, text)
    assert [one.title.text for one in found] == ["Lezen", "Varen", "Koken"]
    assert found[0].body.text == f"{PROSE}\n\n{caption}\n\n{MORE}"


@pytest.mark.parametrize("caption", ["Deelname per plaats", "Onder de streep"])
def test_an_unnumbered_line_under_numbered_chapters_heads_none(tmp_path: Path, caption: str) -> None:
    text = (
        f"Over de cijfers\n\n{MORE}\n\n1 Leren\n\n1.1 Lezen\n\n{PROSE}\n\n{caption}\n\n{MORE}\n\n"
        f"1.2 Varen\n\n{PROSE}\n\n"
        f"2 Wonen\n\n2.1 Koken\n\n{PROSE}\n"
    )
    found = sections(tmp_path, text)
    assert [one.title.text for one in found] == ["Lezen", "Varen", "Koken"]
    assert found[0].body.text == f"{PROSE}\n\n{caption}\n\n{MORE}"


def test_chapters_without_numbers_still_end_the_project_above(tmp_path: Path) -> None:
    text = (
        f"Leren en werken\n\n{MORE}\n\n1. Lezen\n\n{PROSE}\n\n2. Varen\n\n{PROSE}\n\n"
        f"Wonen en zorg\n\n{MORE}\n\n3. Koken\n\n{PROSE}\n"
    )
    assert [(one.title.text, one.body.text) for one in sections(tmp_path, text)] == [
        (title, PROSE) for title in ("Lezen", "Varen", "Koken")
    ]


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (
            "Van belang is: in samenwerking met het Centraal Bureau V",
            "Aardolieproducten krijgt dit alles later nog vorm.",
        ),
        ("In het voorjaar van 2025 is door de Vereniging Buurttuin", "Noordkwartier begonnen met dit project."),
        ("Het project wordt uitgevoerd door Centrum Jeugd & Gezin", "Waterland, dat vier locaties in de stad heeft."),
        ("Vanaf 1 september 2023 tot eind 2024 doet de Hogeschool", "Leeuwenborgh onderzoek naar de opbrengst ervan."),
        (
            "In de loods leren nieuwkomers lassen. Het werk kost ruim",
            "Vijfentwintig miljoen, en dat is meer dan begroot.",
        ),
        (
            "De gemeente ontvangt daarvoor geld uit het Gemeentefonds",
            "Maatschappij, dat in het jaar 2020 is opgericht.",
        ),
    ],
)
def test_a_sentence_that_begins_on_the_last_line_of_a_page_is_no_heading(tmp_path: Path, last: str, first: str) -> None:
    prose = (
        "Er deden {} scholen mee, dat waren er dan ook veel meer\ndan gedacht. De proef is met een jaar verlengd: {}."
    )
    one, two, three, four = (
        prose.format(n, place) for n, place in zip((12, 40, 7, 81), ("Ede", "Ens", "Epe", "Elst"), strict=True)
    )
    text = f"Lezen\n\n{one}\n\nVaren\n\n{two}\n\n{last}\n\f{first}\n\n{three}\n\nKoken\n\n{four}\n"
    found = sections(tmp_path, text)
    assert [one.title.text for one in found] == ["Lezen", "Varen", "Koken"]
    assert f"{last} {first}" in found[1].body.text


def test_a_heading_on_the_last_line_of_a_page_is_one(tmp_path: Path) -> None:
    text = f"Lezen\n\n{PROSE}\n\nDertig is het nieuwe vijftig\n\fHaarlem begon ermee. {MORE}\n\nKoken\n\nEr is soep.\n"
    assert titles(tmp_path, text) == ["Lezen", "Dertig is het nieuwe vijftig", "Koken"]


@pytest.mark.parametrize("below", ["Het aantal deelnemende scholen: 75 in 2022.", "Looptijd: tot en met 2025."])
def test_two_titles_that_begin_alike_are_no_labels(tmp_path: Path, below: str) -> None:
    one, two = "Maatjes voor de post: scholing van vrijwilligers", "Maatjes voor de post: opschaling"
    text = f"{one}\n\n{PROSE}\n\n{two}\n\n{below}\n\n{PROSE}\n\nKoken\n\n{PROSE}\n"
    assert titles(tmp_path, text) == [one, two, "Koken"]


@pytest.mark.parametrize("heading", ["{}", "Project {n}: {}", "{n}. {}"])
def test_the_last_project_may_speak_of_the_annex(tmp_path: Path, heading: str) -> None:
    by_the_way = (
        f"{PROSE} {MORE} {PROSE} {MORE} {PROSE} De uitslag was nog niet bekend toen deze bijlage werd gesloten."
    )
    names = ["Lezen met elkaar", "Varen op de plas", "Koken in de wijk"]
    bodies = [PROSE, PROSE, by_the_way]
    text = "\n\n".join(
        f"{heading.format(name, n=n)}\n\n{body}" for n, (name, body) in enumerate(zip(names, bodies, strict=True), 1)
    )
    assert titles(tmp_path, text + "\n") == names


@pytest.mark.parametrize(
    "closing",
    ["Deze bijlage is gemaakt door de directie.", "De directie dankt allen. Vragen over deze bijlage: 070-1."],
)
def test_a_closing_part_with_a_name_of_its_own_is_no_project(tmp_path: Path, closing: str) -> None:
    text = f"1. Lezen\n\n{PROSE}\n\n2. Varen\n\n{PROSE}\n\n3. Wie dit maakte\n\n{closing}\n"
    assert titles(tmp_path, text) == ["Lezen", "Varen"]


def test_a_numbered_heading_behind_a_colon_is_no_item(tmp_path: Path) -> None:
    text = f"2.1 Lezen\n\n{PROSE} De lessen zijn:\n\n2.2 Varen\n\n{PROSE}\n\n2.3 Koken\n\n{PROSE}\n"
    assert titles(tmp_path, text) == ["Lezen", "Varen", "Koken"]


@pytest.mark.parametrize("chapter", ["Thema 2: Gezond ouder worden", "Hoofdstuk 2 Gezond ouder worden"])
def test_a_long_title_with_a_verb_may_stand_under_its_chapter(tmp_path: Path, chapter: str) -> None:
    title = "Wat een dak boven het hoofd doet met de gezondheid van mensen die buiten sliepen"
    first = chapter.replace("2", "1").replace("Gezond", "Jong")
    text = f"{first}\n\nLezen\n\n{PROSE}\n\nVaren\n\n{PROSE}\n\n{chapter}\n\n{title}\n\n{PROSE}\n\nKoken\n\n{MORE}\n"
    assert titles(tmp_path, text) == ["Lezen", "Varen", title, "Koken"]


@pytest.mark.parametrize(
    ("before", "wrapped"),
    [
        ("Samenwerkingspartners: Waterschap Limburg, Openbaar", "Ministerie"),
        ("Betrokkenen: de inwoners van Maasmond, de buurtraad en de", "Gemeente"),
        ("Betaald door: een bijdrage van het Rijk en van de betrokken", "Provincie"),
    ],
)
def test_a_word_that_did_not_fit_behind_its_label_is_no_label_of_its_own(
    tmp_path: Path, before: str, wrapped: str
) -> None:
    fields = ["Projectnaam: {}", "Opdrachtgever: Ministerie van Justitie en Veiligheid", "{}", "Looptijd: 2024"]
    story = "Vrijwilligers van het huis praten elke week met wie er woont."
    first = "\n".join(fields).format("Thuis na de straf", f"{before}\n{wrapped}")
    second = "\n".join(fields).format("Praten met elkaar", "Penvoerder: Stichting De Brug")
    path = tmp_path / "velden.txt"
    path.write_text(f"Bijlage B\n\n{first}\n\n{story}\n\n{second}\n\n{story}\n", encoding="utf-8")
    record = extract(path).records[0]
    assert f"{before} {wrapped}" in " ".join(record.text.split())
