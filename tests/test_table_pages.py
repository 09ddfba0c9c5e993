"""Rows in equals rows out: tables in many looks, set by three typesetters over several pages, read as a user would."""

import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from table_making import Made, make, random_look

from pipeline.cleaning import clean
from pipeline.document import Document
from pipeline.reading import read
from samples.build import main as build

ROOT = Path(__file__).resolve().parent.parent
Rows = list[dict[int, str]]

RULED_RIGHT = 0.99
UNRULED_RIGHT = 0.97
LONGEST_CUT = 4
"""Pages that one row stands on at most."""


def squeezed(text: str) -> str:
    return "".join(text.split())


def tables(document: Document) -> list[Rows]:
    """Return the tables of a document, page by page; of each row the texts by column."""
    found = []
    for page in document.pages:
        cells: defaultdict[int, defaultdict[int, defaultdict[int, str]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(str))
        )
        for line in page.lines:
            if line.cell is not None:
                cells[line.cell.table][line.cell.row][line.cell.column] += squeezed(line.text.text)
        found += [[dict(rows[row]) for row in sorted(rows)] for _, rows in sorted(cells.items())]
    return found


def truth(made: Made) -> Rows:
    return [{at: squeezed(text) for at, text in enumerate(row) if text} for row in made.rows]


def right_rows(made: Made, found: list[Rows]) -> float:
    """Return the part of the rows that came out right; a row too many counts as one wrong.

    A repeated head is left out, and the first row of a page may go on with the last one of the page before.
    """
    meant = truth(made)
    got: Rows = []
    may_go_on: list[bool] = []
    for rows in found:
        is_first = bool(got)
        for row in rows:
            if got and made.repeats_head and row == meant[0]:
                is_first = True
                continue
            got.append(row)
            may_go_on.append(is_first)
            is_first = False
    right = wrong = at = done = 0
    while at < len(got):
        place = None
        for length in range(1, LONGEST_CUT + 1):
            if not all(may_go_on[at + 1 : at + length]) or at + length > len(got):
                break
            place = next((n for n in range(done, len(meant)) if meant[n] == together(got[at : at + length])), None)
            if place is not None:
                right, at, done = right + 1, at + length, place + 1
                break
        if place is None:
            wrong, at = wrong + 1, at + 1
    return right / max(len(meant), right + wrong)


def together(parts: Rows) -> dict[int, str]:
    """Return a row that page breaks have cut as one."""
    whole: dict[int, str] = {}
    for column, text in (item for part in parts for item in part.items()):
        whole[column] = whole.get(column, "") + text
    return whole


def read_made(made: Made, folder: Path) -> Document:
    path = folder / f"{made.name}.pdf"
    path.write_bytes(made.pdf)
    return clean(read(path))


def share_of_right_rows(seeds: range, folder: Path, *, ruled: bool) -> tuple[float, str]:
    """Return how many rows come out right on average, and the names of the tables that are not whole."""
    parts = {
        (made := make(seed, ruled=ruled)).name: right_rows(made, tables(read_made(made, folder))) for seed in seeds
    }
    return sum(parts.values()) / len(parts), ", ".join(
        f"{name}: {part:.2f}" for name, part in parts.items() if part < 1
    )


@pytest.mark.parametrize(("ruled", "least"), [(True, RULED_RIGHT), (False, UNRULED_RIGHT)], ids=["ruled", "unruled"])
def test_rows_in_are_rows_out(ruled: bool, least: float, tmp_path: Path) -> None:  # noqa: FBT001
    share, failed = share_of_right_rows(range(1000, 1012), tmp_path, ruled=ruled)
    assert share >= least, failed


@pytest.mark.soak
@pytest.mark.parametrize(("ruled", "least"), [(True, 0.985), (False, UNRULED_RIGHT)], ids=["ruled", "unruled"])
def test_rows_in_are_rows_out_of_many_tables(ruled: bool, least: float, tmp_path: Path) -> None:  # noqa: FBT001
    share, failed = share_of_right_rows(range(2000, 2200), tmp_path, ruled=ruled)
    assert share >= least, failed


@pytest.mark.parametrize("seed", [1000, 1003, 1007])
def test_what_stands_around_a_table_stays_outside(seed: int, tmp_path: Path) -> None:
    made = make(seed)
    path = tmp_path / "made.pdf"
    path.write_bytes(made.pdf)
    outside = squeezed("".join(line.text.text for line in read(path).lines() if line.cell is None))
    assert made.around
    assert [text for text in made.around if squeezed(text) not in outside] == []


def test_merged_cells_are_one_over_pages(tmp_path: Path) -> None:
    rng = random.Random(7)  # noqa: S311  # no secret
    look = replace(random_look(rng, ruled=True), engine="typst", rules="grid", theme=True, groups=True, count=8)
    document = read_made(make(7, look), tmp_path)
    cells = {line.cell for line in document.lines() if line.cell is not None}
    assert any(cell.row_span > 1 and cell.column == 0 for cell in cells)
    assert any(cell.column_span > 2 and cell.column == 0 for cell in cells)


def test_a_page_without_text_in_a_column_keeps_the_columns(tmp_path: Path) -> None:
    made = make(3098, ruled=False)
    path = tmp_path / "made.pdf"
    path.write_bytes(made.pdf)
    document = read(path)
    assert right_rows(made, tables(document)) < 1
    assert right_rows(made, tables(clean(document))) == 1


WITH_TABLES = frozenset(
    {
        "pdf-kaders-tabel-figuur",
        "web-velden-onder-koppen",
        "word-rij-over-paginas",
        "word-velden-met-voettekst",
        "word-woorden-in-smalle-cellen",
    }
)
"""Layouts that hold a table."""


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "layouts").glob("*.pdf")), ids=lambda path: path.stem)
def test_prose_has_no_tables(path: Path) -> None:
    lines = [line.text.text for line in read(path).lines() if line.cell is not None]
    assert bool(lines) == (path.stem in WITH_TABLES), lines[:5]


def test_a_theme_beside_shaded_rows_does_not_part_the_table(tmp_path: Path) -> None:
    source = ROOT / "samples" / "forms" / "preventie-in-de-buurt-2024.annex.md"
    assert build(["--look", "zebra", "--out", str(tmp_path), str(source)]) == 0
    pages = read(tmp_path / "preventie-in-de-buurt-2024.pdf").pages
    assert len(pages) > 1
    assert [{line.cell.table for line in page.lines if line.cell} for page in pages] == [{0}] * len(pages)
