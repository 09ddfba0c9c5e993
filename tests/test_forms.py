"""Tables and labelled values in text files, divided into projects: made at random, and hostile ones by hand."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from form_making import KEYED, TABLES, annex

from pipeline.document import AlignedText, Cell, Document, Line, Page
from pipeline.errors import AnnexError
from pipeline.extraction import extract, read_sections
from pipeline.segmenting import Section, segment

SEEDS = range(100, 112)
# Rows without blank lines between them, whose cells break in all columns at once: where one ends cannot be seen.
KNOWN_FAILURES: frozenset[tuple[str, int]] = frozenset({("aligned", 101)})


def sections(folder: Path, text: str) -> list[Section]:
    path = folder / "bijlage.txt"
    path.write_text(text, encoding="utf-8")
    try:
        return [section for found in read_sections(path).annexes for section in found.sections]
    except AnnexError:
        return []


def bodies(found: list[Section]) -> dict[str, str]:
    return {section.title.text: section.body.text for section in found}


@pytest.mark.parametrize("form", [*TABLES, *KEYED])
@pytest.mark.parametrize("seed", SEEDS)
def test_each_row_and_block_is_a_project(tmp_path: Path, form: str, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 — the seed is the case
    made = annex(rng, prose=form == "headed" or (form == "colons" and rng.random() < 0.4))
    found = sections(tmp_path, (TABLES | KEYED)[form](made, rng))
    wanted = [
        (p.title, "\n\n".join(part for part in ("\n".join(p.lines), *p.prose) if part), list(p.lines))
        for p in made.projects
    ]
    got = [
        (
            s.title.text,
            s.body.text,
            [f"{s.body.text[slice(*f.label)]}: {s.body.text[slice(*f.value)]}" for f in s.fields],
        )
        for s in found
    ]
    assert (got == wanted) == ((form, seed) not in KNOWN_FAILURES), got


TABLE = """Bijlage 1 - Projecten

{}

De bedragen zijn afgerond.
"""


def table(*rows: str) -> str:
    return TABLE.format("\n".join(f"| {row} |" for row in rows))


def test_columns_under_usual_and_unknown_names(tmp_path: Path) -> None:
    text = table(
        "SUBSIDIEBEDRAG 2024 (x € 1.000) | Trekker(s) | Kleur | TITEL PROJECT | #",
        "--- | --- | --- | --- | ---",
        "40 | Gemeente Ede: afdeling wonen | rood | Kas en kroeg: samen eten | 1",
        "- | - Fier<br>- Koraal | n.v.t. | 2. Open dag | 2",
    )
    found = sections(tmp_path, text)
    assert bodies(found) == {
        "Kas en kroeg: samen eten": (
            "SUBSIDIEBEDRAG 2024 (x € 1.000): 40\nTrekker(s): Gemeente Ede: afdeling wonen\nKleur: rood"
        ),
        "Open dag": "Trekker(s): - Fier - Koraal",
    }
    assert [field.kind for field in found[0].fields] == ["money", "executor", None]


def test_totals_group_titles_repeated_heads_and_notes_are_no_projects(tmp_path: Path) -> None:
    head = "Nr | Project | Budget"
    text = table(
        head,
        "--- | --- | ---",
        "Thema wonen | |",
        "1 | Groene daken | € 40.000",
        head,
        "2 | Tiny forests | € 10.000",
        " | | ",
        "Subtotaal | | € 50.000",
        "Totaal | | € 50.000",
    )
    assert [s.title.text for s in sections(tmp_path, text)] == ["Groene daken", "Tiny forests"]


def test_a_project_called_after_a_total_is_a_project(tmp_path: Path) -> None:
    text = table("Project | Uitvoerder", "--- | ---", "Totaal anders leren | TNO", "Open dag | Fier")
    assert list(bodies(sections(tmp_path, text))) == ["Totaal anders leren", "Open dag"]


def test_one_row_is_one_project(tmp_path: Path) -> None:
    text = table("Projectnaam | Looptijd | Penvoerder", "--- | --- | ---", "Open dag | 2023-2024 | Fier")
    assert bodies(sections(tmp_path, text)) == {"Open dag": "Looptijd: 2023-2024\nPenvoerder: Fier"}


def test_a_row_without_a_title_is_warned_of(tmp_path: Path) -> None:
    text = table("Nr | Project | Uitvoerder", "--- | --- | ---", "1 | Open dag | Fier", "2 | | Stichting De Brug")
    path = tmp_path / "bijlage.txt"
    path.write_text(text, encoding="utf-8")
    first, second = extract(path).records
    assert (first.title, second.title) == ("Open dag", "Stichting De Brug")
    assert [warning.code for warning in second.warnings] == ["row_without_title"]


PROSE = "Er deden 40 scholen mee en dat waren er meer dan verwacht. De proef is daarom met een jaar verlengd."


def test_a_small_table_in_a_text_is_part_of_it(tmp_path: Path) -> None:
    text = (
        f"Bijlage 1 - Projecten\n\n1. Open dag\n\n{PROSE}\n\n"
        "| Jaar | Bedrag |\n|---|---|\n| 2023 | 40.000 |\n| 2024 | 50.000 |\n\n"
        f"{PROSE}\n\n2. Dichte dag\n\n{PROSE}\n\n| Fase | Planning | Trekker |\n|---|---|---|\n| Bouw | 2024 | Fier |\n"
    )
    assert bodies(sections(tmp_path, text)) == {
        "Open dag": f"{PROSE}\n\n2023: 40.000\n2024: 50.000\n\n{PROSE}",
        "Dichte dag": f"{PROSE}\n\nFase: Bouw; Planning: 2024; Trekker: Fier",
    }


def test_an_overview_and_the_texts_of_the_same_projects_are_one(tmp_path: Path) -> None:
    text = (
        "Bijlage 1 - Projecten\n\n| Nr | Project | Uitvoerder |\n|---|---|---|\n"
        "| 1 | Open dag | Fier |\n| 2 | Dichte dag | Koraal |\n"
        "| 3 | Alleen een rij | TNO |\n\n"
        f"1. Open dag\n\n{PROSE}\n\n2. Dichte Dag\n\n{PROSE}\n\n4. Alleen een tekst\n\n{PROSE}\n"
    )
    assert bodies(sections(tmp_path, text)) == {
        "Open dag": f"Uitvoerder: Fier\n\n{PROSE}",
        "Dichte Dag": f"Uitvoerder: Koraal\n\n{PROSE}",
        "Alleen een tekst": PROSE,
        "Alleen een rij": "Uitvoerder: TNO",
    }


def test_chapters_with_a_table_each(tmp_path: Path) -> None:
    one = "| Project | Uitvoerder |\n|---|---|\n| {} | Fier |\n| {} | TNO |\n\n"
    text = (
        "Bijlage 1 - Projecten\n\n1. Wonen\n\nHier staan de projecten.\n\n" + one.format("Open dag", "Dichte dag")
        + "2. Zorg\n\nHier staan er meer.\n\n" + one.format("Lange dag", "Korte dag")
    )  # fmt: skip
    assert list(bodies(sections(tmp_path, text))) == ["Open dag", "Dichte dag", "Lange dag", "Korte dag"]


@pytest.mark.parametrize(
    "line", ["Let op: de cijfers zijn voorlopig.", "Om 14:30 gaat de deur open.", "https://a.example"]
)
def test_a_colon_alone_makes_no_field(tmp_path: Path, line: str) -> None:
    text = f"Bijlage 1 - Projecten\n\n1. Open dag\n\n{PROSE}\n\n{line}\n\n2. Dichte dag\n\n{PROSE}\n"
    first, second = sections(tmp_path, text)
    assert (first.fields, second.fields) == ((), ())
    assert first.body.text == f"{PROSE}\n\n{line}"


def test_definitions_in_an_introduction_are_no_projects(tmp_path: Path) -> None:
    block = "Projectnaam: {}\nPenvoerder: Fier\nLooptijd: 2023\n\n"
    text = (
        "Bijlage 1 - Projecten\n\nInleiding\n\n"
        "Project: wat een gemeente doet.\nPenvoerder: wie de subsidie aanvraagt.\n\n"
        + block.format("Open dag")
        + block.format("Dichte dag")
        + "Colofon\n\nDit is een uitgave van het ministerie.\n"
    )
    assert bodies(sections(tmp_path, text)) == dict.fromkeys(
        ("Open dag", "Dichte dag"), "Penvoerder: Fier\nLooptijd: 2023"
    )


def line(text: str, page: int, row: int, column: int, **spans: int) -> Line:
    box = (60.0 + 100 * column, 100.0 + 20 * row, 150.0 + 100 * column, 110.0 + 20 * row)
    return Line(AlignedText(text), page, box, size=10.0, cell=Cell(0, row, column, **spans))


def document(*pages: list[Line]) -> Document:
    made = tuple(Page(number, 595.0, 842.0, tuple(lines)) for number, lines in enumerate(pages, start=1))
    return Document("b.pdf", "0", "application/pdf", "embedded", made, len(pages), paged=True)


HEADS = ("Thema", "Project", "Uitvoerder", "Toelichting")


def row(page: int, number: int, *texts: str) -> list[Line]:
    return [line(text, page, number, column) for column, text in enumerate(texts) if text]


def test_a_table_over_a_page_break_with_a_cut_row_and_its_head_again() -> None:
    first = [*row(1, 0, *HEADS), *row(1, 1, "Wonen", "Open dag", "Fier", "Een lange zin die")]
    second = [*row(2, 0, *HEADS), *row(2, 1, "", "", "", "doorloopt."), *row(2, 2, "Zorg", "Dichte dag", "TNO", "")]
    [found] = segment(document(first, second))
    assert bodies(list(found.sections)) == {
        "Open dag": "Thema: Wonen\nUitvoerder: Fier\nToelichting: Een lange zin die doorloopt.",
        "Dichte dag": "Thema: Zorg\nUitvoerder: TNO",
    }


def test_a_cell_over_several_rows_holds_for_each() -> None:
    lines = [
        *row(1, 0, *HEADS),
        line("Wonen", 1, 1, 0, row_span=2),
        *row(1, 1, "", "Open dag", "Fier"),
        *row(1, 2, "", "Dichte dag", "TNO"),
    ]
    [found] = segment(document(lines))
    assert bodies(list(found.sections)) == {
        "Open dag": "Thema: Wonen\nUitvoerder: Fier",
        "Dichte dag": "Thema: Wonen\nUitvoerder: TNO",
    }


def test_a_title_over_several_rows_is_one_project() -> None:
    lines = [
        *row(1, 0, "Project", "Uitvoerder", "Budget"),
        line("Open dag", 1, 1, 0, row_span=2),
        *row(1, 1, "", "Fier", "€ 10"),
        *row(1, 2, "", "TNO", "€ 20"),
        *row(1, 3, "Dichte dag", "Koraal", "€ 30"),
    ]
    [found] = segment(document(lines))
    assert bodies(list(found.sections)) == {
        "Open dag": "Uitvoerder: Fier\nUitvoerder: TNO\nBudget: € 10\nBudget: € 20",
        "Dichte dag": "Uitvoerder: Koraal\nBudget: € 30",
    }


def test_a_head_of_two_rows() -> None:
    lines = [
        line("Project", 1, 0, 0, row_span=2),
        line("Looptijd", 1, 0, 1, column_span=2),
        *row(1, 1, "", "Van", "Tot"),
        *row(1, 2, "Open dag", "2023", "2024"),
        *row(1, 3, "Dichte dag", "2022", "2023"),
    ]
    [found] = segment(document(lines))
    assert found.sections[0].body.text == "Looptijd van: 2023\nLooptijd tot: 2024"
    assert [field.kind for field in found.sections[0].fields] == ["start", "end"]


def test_projects_side_by_side_under_labels() -> None:
    lines = [
        *row(1, 0, "Project", "Open dag", "Dichte dag"),
        *row(1, 1, "Uitvoerder", "Fier", "TNO"),
        *row(1, 2, "Looptijd", "2023", "2024"),
    ]
    [found] = segment(document(lines))
    assert bodies(list(found.sections)) == {
        "Open dag": "Uitvoerder: Fier\nLooptijd: 2023",
        "Dichte dag": "Uitvoerder: TNO\nLooptijd: 2024",
    }


def test_labels_that_a_reader_put_into_one_cell_keep_their_own_values() -> None:
    cell = Cell(0, 1, 0)
    labels = [line(text, 1, at, 0) for at, text in enumerate(("Projectnaam", "Penvoerder", "Looptijd"), start=1)]
    values = [line(text, 1, at, 1) for at, text in ((1, "Open dag"), (3, "2023"))]
    merged = [replace(item, cell=cell) for item in labels] + [replace(item, cell=Cell(0, 1, 1)) for item in values]
    lines = [*row(1, 0, "Project 7", ""), *merged, *row(1, 4, "Budget", "€ 10")]
    [found] = segment(document(lines))
    assert bodies(list(found.sections)) == {"Open dag": "Looptijd: 2023\nBudget: € 10"}
