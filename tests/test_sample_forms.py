"""The markup of tables, key-value blocks and footnotes, and the gold and text that are made from them."""

import json
import re
from pathlib import Path

import pytest
from sources import HEAD, annex

from pipeline.evaluating.gold import read_golds
from samples.blocks import Fields, Table
from samples.furniture import LOOKS
from samples.gold import gold_of
from samples.markup import MarkupError, read_annex
from samples.plain import plain_text
from samples.projects import projects_of

FORMS = Path(__file__).parent.parent / "samples" / "forms"
README = FORMS.parent / "README.md"

TABLE = """\
::: projects Tabel 1. Overzicht

= | | | Looptijd | <

Nr. <number 0.5> | Project <title 3> | Uitvoerder <2> | Van | Tot en met <right>

#! Thema 1: Wonen

1 | Wonen met [Veenhart](org="Stichting Veenhart") | [RWS](org=Rijkswaterstaat role=executor) // [Gemeente
Ede](org role=partner) | [2023](date=2023 role=start) | [2024](date=2024 role=end)^[Of later.]

2 | Wonen aan zee | ^ | [2025](date=2025) | <

3 | Bouwen | [Deltares](org role=executor) | |

^ | ^ | [TNO](org role=partner) | [2022](date=2022) |

#! Totaal | | | | 4

:::
"""


def plain(body: str, text: str = "{width: 80, pages: false}") -> str:
    return plain_text(annex(body, HEAD.replace("{width: 60, pages: false}", text)), LOOKS["rijk"])


def said(body: str) -> list[tuple[str, list[str], list[str]]]:
    """Return of each project its title, its organisations with roles, and its dates."""
    return [
        (
            project["title"],
            [":".join([one["name"], *one["roles"]]) for one in project["organisations"]],
            [one["edtf"] for one in project["dates"]],
        )
        for project in gold_of(annex(body))["projects"]  # type: ignore[attr-defined]
    ]


# --- tables


def test_a_row_is_a_project_and_a_merged_cell_speaks_for_all_its_rows() -> None:
    both = ["Rijkswaterstaat:executor", "Gemeente Ede:partner"]
    assert said(TABLE) == [
        ("Wonen met Veenhart", ["Stichting Veenhart", *both], ["2023", "2024"]),
        ("Wonen aan zee", both, ["2025"]),
        ("Bouwen", ["Deltares:executor", "TNO:partner"], ["2022"]),
    ]


def test_cells_know_what_they_cover() -> None:
    (table,) = annex(TABLE).blocks
    assert isinstance(table, Table)
    merged = {
        (cell.printed, cell.rows, cell.columns)
        for number, row in enumerate(table.rows)
        for cell in row.own(number)
        if cell.rows * cell.columns > 1
    }
    assert merged == {
        ("Thema 1: Wonen", 1, 5),
        ("RWS Gemeente Ede", 2, 1),
        ("2025", 1, 2),
        ("3", 2, 1),
        ("Bouwen", 2, 1),
    }
    assert [cell.columns for cell in table.upper] == [1, 1, 1, 2, 2]
    assert [(column.width, column.right) for column in table.columns] == [
        (0.5, False),
        (3, False),
        (2, False),
        (1, False),
        (1, True),
    ]


COLUMNS = "Nr. <number> | Naam <title> | Wie"


@pytest.mark.parametrize(
    ("rows", "line", "what"),
    [
        (f"{COLUMNS}", 12, "a table holds its columns and at least one row"),
        (f"{COLUMNS}\n1 | A | b", 12, "a table holds its columns and at least one row"),
        (f"{COLUMNS}\n\n1 | A | b\n2 | B | c", 16, "a row of 5 cells in a table of 3 columns"),
        (f"{COLUMNS}\n\n1 | A |\n[RWS](wat)", 17, "unknown kind"),
        (f"{COLUMNS}\n\n^ | A | b", 16, "no cell here to be merged with"),
        (f"{COLUMNS}\n\n1 | A | b\n\n2 | ^ | <", 16, "merged cells do not make a rectangle"),
        (f"{COLUMNS}\n\n1 | | b", 16, "a title is one line"),
        (f"{COLUMNS}\n\n1 | A // B | b", 16, "a title is one line"),
        (f"{COLUMNS}\n\n1 | In [2023](date=2023) | b", 16, "not taken from a title"),
        (f"{COLUMNS}\n\n1 | A |", 16, "says nothing but its title"),
        (f"{COLUMNS}\n\n[TNO](org) | A | b", 16, "holds a mark"),
        (f"{COLUMNS}\n\n#! 1 | A | [TNO](org)", 16, "holds a mark"),
        (f"{COLUMNS}\n\n1 | A | b // // c", 16, "an empty line in a cell"),
        (f"= | [TNO](org) | c\n\n{COLUMNS}\n\n1 | A | b", 14, "holds a mark"),
        ("Nr. | Naam | Wie\n\n1 | A | b", 14, "one column <title>"),
        ("Nr. <links> | Naam <title> | Wie\n\n1 | A | b", 14, "'links' says nothing of a column"),
    ],
)
def test_a_wrong_table_is_an_error_with_its_line(rows: str, line: int, what: str) -> None:
    with pytest.raises(MarkupError, match=rf"^proef\.annex\.md:{line}: .*{re.escape(what)}"):
        annex(f"::: projects\n\n{rows}\n\n:::")


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("::: tabel\n\nA\n\nb\n\n:::", 12, "unknown kind of ::: block 'tabel'"),
        ("::: projects\n\nA <title>", 12, "not closed"),
        ("Tekst.\n::: fields\nA := b\n:::", 13, "needs a blank line"),
        (":::\n\nA := b\n\n:::", 12, "not opened with its kind"),
        ("::: fields Titel\nA := b\n:::", 12, "has no caption"),
        ("::: fields\n:::", 12, "at least one field"),
        ("::: fields\nzomaar tekst\n:::", 13, "a field is written"),
        ("::: fields\nNaam <titel> := b\n:::", 13, "'titel' is no use of a field"),
        ("::: fields\nNaam <title> :=\n:::", 13, "a title is one line"),
        ("::: fields\nNaam <title> := In [2023](date=2023)\n:::", 13, "not taken from a title"),
        ("::: fields\nA <title> := b\nC <title> := d\n:::", 14, "a second field <title>"),
        ("::: table\n\nA <title>\n\nb\n\n:::", 14, "has no title or number"),
    ],
)
def test_a_wrong_block_is_an_error_with_its_line(body: str, line: int, what: str) -> None:
    with pytest.raises(MarkupError, match=rf"^proef\.annex\.md:{line}: .*{re.escape(what)}"):
        annex(body)


def test_a_table_of_the_text_belongs_to_the_project_that_it_stands_in() -> None:
    table = "::: table\n\nJaar | Wie\n\n[2023](date=2023) | [TNO](org)\n\n:::"
    assert said(f"# Kop\n\nTekst.\n\n{table}\n\nSlot in [2024](date=2024).") == [("Kop", ["TNO"], ["2023", "2024"])]
    with pytest.raises(MarkupError, match=r":16: a mark outside of any project"):
        said(table)


# --- overviews


OVERVIEW = """\
::: overview

Nr. <number> | Naam <title> | Wie

2.1 | Kort | [TNO](org role=executor)

x | Lange Kop | [RWS](org=Rijkswaterstaat role=partner)

:::

# 2.1 | Een korte kop

In [2023](date=2023).

# 2.2 | lange kop

In [2024](date=2024).
"""


def test_a_row_of_an_overview_and_its_heading_are_one_project() -> None:
    assert said(OVERVIEW) == [
        ("Een korte kop", ["TNO:executor"], ["2023"]),
        ("lange kop", ["Rijkswaterstaat:partner"], ["2024"]),
    ]
    first, second = projects_of(annex(OVERVIEW))
    assert (first.other_titles(), second.other_titles()) == (["Kort"], ["Lange Kop"])


@pytest.mark.parametrize(("before", "after", "found"), [("2.1 | Kort", "9 | Kort", 0), ("2.2 |", "2.1 |", 2)])
def test_a_row_of_an_overview_needs_one_heading(before: str, after: str, found: int) -> None:
    with pytest.raises(MarkupError, match=rf":16: a row of an overview needs .* has {found}"):
        said(OVERVIEW.replace(before, after))


# --- key-value blocks


BLOCKS = """\
::: fields
Nr. <number> := 7
Projectnaam <title> := Samen aan zet
Penvoerder := [TNO](org role=executor)
Partners :=
Doel (kort) := Werken met
[12 artsen](count=12 unit=artsen): dat is veel.

Nog een alinea uit [2023](date=2023).

- en een punt uit [2024](date=2024)
:::

Nog meer uit [2025](date=2025).

# Tweede

::: fields
Looptijd := [2021](date=2021)
:::
"""


def test_a_block_with_a_title_is_a_project_and_another_belongs_to_one() -> None:
    assert said(BLOCKS) == [("Samen aan zet", ["TNO:executor"], ["2023", "2024", "2025"]), ("Tweede", [], ["2021"])]


def test_fields_keep_their_paragraphs() -> None:
    first = annex(BLOCKS).blocks[0]
    assert isinstance(first, Fields)
    assert [(one.label, len(one.values)) for one in first.fields] == [
        ("Nr.", 1),
        ("Projectnaam", 1),
        ("Penvoerder", 1),
        ("Partners", 0),
        ("Doel (kort)", 3),
    ]
    assert plain(BLOCKS).split("\n\n")[1].split("\n")[3:6] == [
        "Partners:",
        "Doel (kort): Werken met 12 artsen: dat is veel.",
        "Nog een alinea uit 2023.",
    ]


# --- footnotes


NOTES = """\
Vooraf.^[Los.]

# Kop^[Over de kop.]

In [2023](date=2023)^[Of later.] en daarna.^[En zo voort.]

# Twee

Niets.
"""


def test_notes_are_out_of_the_text_and_in_the_gold_of_their_project() -> None:
    first, second = json.loads(json.dumps(gold_of(annex(NOTES))))["projects"]
    assert first["title"] == "Kop"
    assert first["footnotes"] == [
        {"marker": "2", "text": "Over de kop."},
        {"marker": "3", "text": "Of later."},
        {"marker": "4", "text": "En zo voort."},
    ]
    assert "footnotes" not in second


@pytest.mark.parametrize(("form", "call"), [("raised", "{}¹²³⁴"), ("brackets", "[1]")])
def test_notes_are_called_and_stand_at_the_foot(form: str, call: str) -> None:
    text = plain(NOTES, f"{{width: 80, pages: false, notes: {form}}}")
    calls = call[2:] if form == "raised" else [f"[{number}]" for number in range(1, 5)]
    assert f"Vooraf.{calls[0]}\n" in text
    assert f"In 2023{calls[2]} en daarna.{calls[3]}\n" in text
    assert text.endswith(f"\n{calls[2]} Of later.\n{calls[3]} En zo voort.\n")


def test_a_note_stands_on_the_page_that_calls_it() -> None:
    text = plain("Eerst.^[Een.]\n\n<<<\n\nDan.^[Twee.]", "{width: 80, pages: true}")
    first, second = text.split("\f")
    assert "¹ Een." in first
    assert "Twee" not in first
    assert "² Twee." in second


@pytest.mark.parametrize("note", ["a^[]", "a^[ b]", "a ^[b]", "^[b]", "a^[b [c](org)]", "a^[b"])
def test_a_wrong_note_is_an_error(note: str) -> None:
    with pytest.raises(MarkupError, match="footnote"):
        annex(note)


# --- tables in the text


def test_aligned_columns_begin_at_one_place() -> None:
    lines = plain(TABLE).split("\n")
    head = next(line for line in lines if line.startswith("Nr."))
    first = next(number for number, line in enumerate(lines) if "Wonen met Veenhart" in line)
    places = [head.index(word) for word in ("Project", "Uitvoerder", "Van", "Tot en")]
    assert [lines[first].index(word) for word in ("Wonen", "RWS", "2023", "2024¹")] == places
    assert lines[first + 1] == " " * places[1] + "Gemeente Ede"
    assert lines[first + 3].index("2025") == places[2]


@pytest.mark.parametrize(
    ("form", "row"),
    [
        ("pipes", "| 1 | Wonen met Veenhart | RWS; Gemeente Ede | 2023 | 2024¹ |"),
        ("tabs", "2\tWonen aan zee\t\t2025\t"),
    ],
)
def test_a_row_is_a_line_of_bars_or_tabs(form: str, row: str) -> None:
    assert row in plain(TABLE, f"{{width: 80, pages: false, tables: {form}}}").split("\n")


# --- the samples themselves


def test_the_examples_of_the_readme_are_right() -> None:
    examples = re.findall(r"^```\n(:::.*?)^```$", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert [len(projects_of(annex(example))) for example in examples] == [2, 1, 1]


def test_the_gold_of_every_form_can_be_read() -> None:
    golds = {gold.document: gold for gold in read_golds([FORMS])}
    assert len(golds["preventie-in-de-buurt-2024"].projects) == 26
    assert len(golds["terugkeer-en-herstel-2024"].projects) == 11
    for path in FORMS.glob("*.annex.md"):
        assert len(golds[read_annex(path).head.document].projects) == len(projects_of(read_annex(path)))


def facts(name: str) -> list[object]:
    """Return what the gold of a sample says, without the words that it was read from."""
    projects = json.loads((FORMS / f"{name}.gold.json").read_text(encoding="utf-8"))["projects"]
    kept = {
        "organisations": ("name", "roles", "optional"),
        "locations": ("name", "kind"),
        "dates": ("edtf", "modifier", "part", "role"),
        "figures": ("kind", "value", "value_max", "units", "comparator"),
    }
    return [
        [project["title"]]
        + [sorted(json.dumps([one[key] for key in keys]) for one in project[kind]) for kind, keys in kept.items()]
        for project in projects
    ]


def test_the_prose_twin_of_the_table_has_the_same_facts() -> None:
    assert facts("preventie-in-de-buurt-2024") == facts("preventie-in-de-buurt-proza-2024")
