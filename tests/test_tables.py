"""What is a table on a page and what is not, on pages made of letters of one width."""

import math
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.assembling import Char, Look, Rule
from pipeline.reading.fragments import Fragment, fragments_of
from pipeline.reading.tables import FoundTable, find_tables

SIZE = 10.0
WIDTH = 0.5 * SIZE


def printed(x: float, y: float, text: str, *, bold: bool = False) -> list[Char]:
    """Return a printed line that begins at `x`, its top at `y`."""
    look = Look(SIZE, bold, False, 0)  # noqa: FBT003
    return [Char(c, x + n * WIDTH, y, x + (n + 1) * WIDTH, y + 1.1 * SIZE, look) for n, c in enumerate(text)]


def page(lines: Iterable[tuple[float, float, str]], rules: Sequence[Rule] = (), *, bold: float = 0) -> list[Fragment]:
    """Return the fragments of lines ``(x, y, text)``; those above `bold` are bold."""
    chars = [char for x, y, text in lines for char in printed(x, y, text, bold=y < bold)]
    return fragments_of(chars, rules)


def grid(found: FoundTable) -> list[list[str]]:
    """Return the rows of a table; the text of a merged cell stands in its first place."""
    rows = 1 + max(cell.row for cell, _ in found.cells)
    columns = max(cell.column + cell.column_span for cell, _ in found.cells)
    cells = [[""] * columns for _ in range(rows)]
    for cell, fragments in found.cells:
        cells[cell.row][cell.column] = " ".join(f.text for f in fragments)
    return cells


def box(x0: float, top: float, x1: float, bottom: float) -> list[Rule]:
    return [Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom), Rule(x0, top, x0, bottom), Rule(x1, top, x1, bottom)]


ROWS = (
    ("Project", "Uitvoerder", "Budget"),
    ("Groene wijken", "Gemeente Assen", "12.000"),
    ("Veilige haven", "Stichting Kade", "8.500"),
    ("Open scholen", "Provincie Drenthe", "104.000"),
)
PLACES = (60, 200, 400)


def cells(
    rows: Sequence[Sequence[str]] = ROWS, *, top: float = 100, step: float = 20
) -> list[tuple[float, float, str]]:
    return [
        (x, top + step * number, text)
        for number, row in enumerate(rows)
        for x, text in zip(PLACES, row, strict=True)
        if text
    ]


def test_columns_of_text_are_a_table() -> None:
    (found,) = find_tables(page(cells(), bold=110), [])
    assert grid(found) == [list(row) for row in ROWS]
    assert [cell.table for cell, _ in found.cells] == [0] * 12


def test_rows_are_parted_by_white_and_cells_keep_their_lines() -> None:
    lines = [
        *cells(ROWS[:2]),
        (60, 132, "in de stad"),
        (200, 132, "en omstreken"),
        (200, 144, "en de kust"),
        *cells(ROWS[2:], top=166),
    ]
    (found,) = find_tables(page(lines, bold=110), [])
    assert grid(found)[1] == ["Groene wijken in de stad", "Gemeente Assen en omstreken en de kust", "12.000"]
    assert [row[0] for row in grid(found)][2:] == ["Veilige haven", "Open scholen"]


def test_prose_around_a_table_stays_outside() -> None:
    prose = "In deze bijlage staat wat er met het geld van de regeling is gedaan in dit jaar."
    lines = [(60, 64, prose), (60, 76, prose), *cells(), (60, 184, prose), (60, 196, "En dit ook.")]
    (found,) = find_tables(page(lines, bold=110), [])
    assert grid(found) == [list(row) for row in ROWS]


def test_caption_heading_and_page_number_stay_outside() -> None:
    lines = [(60, 80, "2 Projecten"), *cells(), (60, 180, "Bron: de gemeenten"), (290, 216, "12")]
    (found,) = find_tables(page(lines, bold=110), [])
    assert grid(found) == [list(row) for row in ROWS]


def test_empty_cells_keep_their_columns() -> None:
    rows = (ROWS[0], ("Groene wijken", "", "12.000"), ("Veilige haven", "Stichting Kade", ""), ROWS[3])
    (found,) = find_tables(page(cells(rows), bold=110), [])
    assert grid(found) == [list(row) for row in rows]


def test_numbers_set_right_under_a_head_set_left_are_one_column() -> None:
    rows = [(*row[:2], "") for row in ROWS]
    numbers = [(440 - WIDTH * len(row[2]), 120 + 20 * n, row[2]) for n, row in enumerate(ROWS[1:])]
    (found,) = find_tables(page([*cells(rows), (360, 100, "Budget"), *numbers], bold=110), [])
    assert grid(found) == [list(row) for row in ROWS]


@pytest.mark.parametrize("degrees", [0.4, -0.4])
def test_lines_of_a_scan_slope(degrees: float) -> None:
    rows = [(f"Groene wijken {n}", "Gemeente Assen", f"{n}2.000") for n in range(12)]
    chars = [char for x, y, text in cells([*ROWS[:1], *rows], step=14) for char in printed(x, y, text, bold=y < 110)]
    moves = [math.tan(math.radians(degrees)) * char.x0 for char in chars]
    moved = [c._replace(top=c.top + m, bottom=c.bottom + m) for c, m in zip(chars, moves, strict=True)]
    (found,) = find_tables(fragments_of(moved, []), [])
    assert grid(found) == [list(row) for row in [*ROWS[:1], *rows]]
    assert {round(f.top - 100, 1) for _, fs in found.cells[1:2] for f in fs} != {0.0}, "the box is where it is printed"


def ruled(rows: int, *, top: float = 95, step: float = 20, xs: Sequence[float] = (55, 195, 395, 500)) -> list[Rule]:
    ys = [top + step * n for n in range(rows + 1)]
    return [*(Rule(xs[0], y, xs[-1], y) for y in ys), *(Rule(x, ys[0], x, ys[-1]) for x in xs)]


def test_grid_with_an_empty_column_and_one_row() -> None:
    rules = ruled(1)
    (found,) = find_tables(page([(60, 100, "Groene wijken"), (400, 100, "12.000")], rules), rules)
    assert grid(found) == [["Groene wijken", "", "12.000"]]


def test_grid_of_dashes_double_lines_and_thin_boxes() -> None:
    dashes = [Rule(x, y, x + 3, y) for y in (95, 115, 135, 155, 175) for x in range(55, 500, 6)]
    double = [Rule(x, 95, x, 175) for x in (55, 56.5, 395, 396.5, 500, 501.5)]
    rules = [*dashes, *double, *box(194.7, 95, 195.3, 175)]
    (found,) = find_tables(page(cells(), rules), rules)
    assert grid(found) == [list(row) for row in ROWS]


def test_merged_cells_span_rows_and_columns() -> None:
    rules = [
        *(Rule(55, y, 500, y) for y in (95, 115, 175)),
        *(Rule(195, y, 500, y) for y in (135, 155)),
        *(Rule(x, 95, x, 175) for x in (55, 500)),
        *(Rule(x, 115, x, 175) for x in (195, 395)),
    ]
    lines = [
        (200, 100, "Projecten in het noorden"),
        (60, 140, "Wonen"),
        *cells([("", *r[1:]) for r in ROWS[1:]], top=120),
    ]
    (found,) = find_tables(page(lines, rules), rules)
    spans = {fs[0].text: (c.row, c.column, c.row_span, c.column_span) for c, fs in found.cells}
    assert spans["Projecten in het noorden"] == (0, 0, 1, 3)
    assert spans["Wonen"] == (1, 0, 3, 1)
    assert spans["104.000"] == (3, 2, 1, 1)


def test_every_other_row_is_shaded_and_the_last_is_not() -> None:
    rules = [r for y in (95, 135) for x0, x1 in ((55, 195), (195, 395), (395, 500)) for r in box(x0, y, x1, y + 20)]
    (found,) = find_tables(page(cells(), rules), rules)
    assert grid(found) == [list(row) for row in ROWS]


def test_two_tables_on_a_page() -> None:
    prose = "Daarnaast zijn er projecten die pas later zijn begonnen en die nog niet zijn betaald."
    lines = [*cells(), (60, 200, prose), *cells(top=230)]
    found = find_tables(page(lines), [*ruled(4), *ruled(4, top=225)])
    assert [grid(table) for table in found] == [[list(row) for row in ROWS]] * 2
    assert {cell.table for cell, _ in found[1].cells} == {1}


SENTENCES = (
    "De gemeente heeft het plan in",
    "overleg met bewoners gemaakt en",
    "daarna aan de raad gegeven. Die",
    "heeft er in het najaar mee",
    "ingestemd, zodat het werk nu kan",
    "beginnen. De kosten zijn voor",
    "rekening van het rijk.",
)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [(60, 100 + 12 * n, f"{SENTENCES[n % 7]} {SENTENCES[(n + 2) % 7]}") for n in range(20)], id="prose"
        ),
        pytest.param(
            [(x, 100 + 12 * n, SENTENCES[(n + k) % 7]) for k, x in enumerate((60, 310)) for n in range(30)],
            id="two columns",
        ),
        pytest.param(
            [(x, 100 + 12 * n, SENTENCES[(n + k) % 7]) for k, x in enumerate((40, 225, 410)) for n in range(30)],
            id="three columns",
        ),
        pytest.param(
            [
                (x, 100 + 20 * n, text)
                for n, row in enumerate(
                    (("Projectnaam:", "Groene wijken"), ("Penvoerder:", "Gemeente Assen"), ("Budget:", "12"))
                )
                for x, text in zip((60, 200), row, strict=True)
            ],
            id="labels and values",
        ),
        pytest.param(
            [
                (x, 100 + 14 * n, text)
                for n in range(12)
                for x, text in ((60, f"{n + 1}."), (80, SENTENCES[n % 7]), (480, str(3 + 2 * n)))
            ],
            id="contents",
        ),
        pytest.param(
            [(x, 100 + 14 * n, t) for n in range(9) for x, t in ((60, "•"), (75, SENTENCES[n % 7]), (400, "€ 12.000"))],
            id="list with sums",
        ),
        pytest.param(
            [
                (60, 600, "De minister van Wonen,"),
                (300, 600, "De staatssecretaris van Zorg,"),
                (60, 660, "A. de Vries"),
                (300, 660, "B. Jansen"),
            ],
            id="signatures",
        ),
        pytest.param(
            [
                (60, 60, "Datum"),
                (200, 60, "Ons kenmerk"),
                (400, 60, "Bijlagen"),
                (60, 72, "12 mei 2023"),
                (200, 72, "2023-0000312"),
                (400, 72, "3"),
            ],
            id="letterhead",
        ),
    ],
)
def test_what_is_no_table(lines: list[tuple[float, float, str]]) -> None:
    assert find_tables(page(lines), []) == []


def test_a_box_around_prose_is_no_table() -> None:
    rules = box(50, 90, 400, 200)
    lines = [(60, 100 + 12 * n, SENTENCES[n]) for n in range(7)]
    assert find_tables(page(lines, rules), rules) == []


points = st.integers(0, 60).map(lambda n: 10.0 * n)
texts = st.sampled_from(["Groene wijken", "12", "de", "Gemeente Assen en omstreken", "x" * 60, "•", "€ 12.000"])


@given(
    lines=st.lists(st.tuples(points, points, texts), max_size=40),
    level=st.lists(st.tuples(points, points, points), max_size=12),
    upright=st.lists(st.tuples(points, points, points), max_size=12),
)
def test_every_letter_of_a_table_is_in_one_cell(
    lines: list[tuple[float, float, str]],
    level: list[tuple[float, float, float]],
    upright: list[tuple[float, float, float]],
) -> None:
    rules = [Rule(min(a, b), y, max(a, b), y) for a, b, y in level]
    rules += [Rule(x, min(a, b), x, max(a, b)) for a, b, x in upright]
    fragments = page(lines, rules)
    found = find_tables(fragments, rules)
    used = [id(fragment) for table in found for fragment in table.used]
    assert len(used) == len(set(used))
    assert set(used) <= {id(fragment) for fragment in fragments}
    for number, table in enumerate(found):
        cells = [cell for cell, _ in table.cells]
        assert {cell.table for cell in cells} == {number}
        assert cells == sorted(cells, key=lambda cell: (cell.row, cell.column))
        places = [
            (cell.row + row, cell.column + column)
            for cell in cells
            for row in range(cell.row_span)
            for column in range(cell.column_span)
        ]
        assert len(places) == len(set(places)), "no two cells lie over each other"
        held = sorted(char for _, fs in table.cells for fragment in fs for char in fragment.chars if char.text != " ")
        assert held == sorted(char for fragment in table.used for char in fragment.chars if char.text != " ")
