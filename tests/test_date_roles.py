"""What dates are to a project, its period, and which date governs a figure: sections as cases, and one real file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from date_role_cases import readings, role_cases
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import MOMENT, assert_in_proportion

from pipeline import extract, recognise
from pipeline.recognising.dates import find_dates
from pipeline.recognising.dates.subjects import about
from pipeline.recognising.figures.find import find_figures
from pipeline.recognising.governing import governing_dates

FOLDER = Path(__file__).parent / "cases"
CASES = list(role_cases(FOLDER / "date-roles.txt"))
CHECK = list(role_cases(FOLDER / "date-roles-check.txt"))
KNOWN_FAILURES = {
    case.line
    for case in CASES
    if case.line.startswith(
        (
            "2025-01-01..2028-12-31 | Voor [2025",  # a sequel that is the project itself
            "2023-01-01..2023-12-31 | De pilot is in",  # the pilot of another town
            ".. | Het onderzoek naar de effecten",  # a study that is not the project
            ".. | De pilots in Deventer",  # pilots before the project
            ".. | Op [1 juli](date=2024-07-01 role=reference) van dit jaar",  # the year stands in brackets
            "2021-01-01..2024-12-31 | Looptijd := [2021-2024](date=2021/2024 role=period) ¶ Het programma Rijke",
            "2022-02-01..2025-01-31 | Met steun",  # a relative clause far from its project
            "2021-11-01.. | [Sinds november 2021]",  # what runs is a thing, and no cue
            "..2026-06-30 | De stichting krijgt",  # time is given for something
            "..2023-09-30 | De laatste zitting",  # the end by its last event
        )
    )
}
"""Sections that we know we read wrong; one that comes right must be taken out."""


def test_sections_are_read_as_marked() -> None:
    read = readings(CASES)
    assert {case.line for case, found in zip(CASES, read, strict=True) if case.wanted != found} == KNOWN_FAILURES


KNOWN_CHECK_FAILURES = {
    case.line
    for case in CHECK
    if case.line.startswith(
        (
            "2023-04-01..2025-10-31 | [Vanaf april 2023]",  # measurements that are the project
            "2023-02-01..2024-01-31 | De leerkring",  # the end by its last event
            "2023-10-01..2024-04-30 | De cursus",  # a season and a day for one start
            ".. | Het programma waarvan",
            ".. | De bouw van de eerste sluis",
            ".. | Het samenwerkende Duitse ministerie",
            ".. | Mocht de pilot slagen",
        )
    )
}
"""Those of the check half, which nothing was tuned on; mended only by what is done for other cases."""


def test_sections_of_the_check_half() -> None:
    read = readings(CHECK)
    assert {case.line for case, found in zip(CHECK, read, strict=True) if case.wanted != found} == KNOWN_CHECK_FAILURES


def test_cases_are_many_and_of_both_kinds() -> None:
    mixed = [case for case in CASES if len(case.wanted.roles) < case.line.count("](date=")]
    assert len(CASES) >= 200
    assert len({case.section.body.text for case in CASES}) == len(CASES)
    assert len(mixed) >= len(CASES) // 3


@pytest.mark.parametrize(
    ("left", "right", "subject"),
    [
        ("Het project is in ", " gestart.", "project"),
        ("In ", " is een evaluatie gestart.", "other"),
        ("Het project wordt in 2024 uitgebreid, waarna in ", " de evaluatie volgt.", "other"),
        ("De evaluatie van het project is in ", " gestart.", "other"),
        ("Op basis van de evaluatie is in ", " het project hervat.", "project"),
        ("Dit project, dat in ", " begon, loopt door.", "project"),
        ("Het bouwt voort op de methode van Sterk Werk, die in ", " is ontwikkeld.", "other"),
        ("De tweede fase is in ", " gestart.", "later"),
        ("Fase 1 (verkenning): ", ".", "first"),
        ("De laatste fase loopt ", " af.", "last"),
    ],
)
def test_whom_a_date_belongs_to(left: str, right: str, subject: str) -> None:
    assert about(left, right).subject == subject


def test_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "bijlage.txt"
    path.write_text(
        "Bijlage I Overzicht van projecten\n\n\nWarme soep\n\nHet project is in maart 2022 gestart en wordt eind 2025 "
        "afgerond. De evaluatie volgt in 2027.\nOp 1 oktober 2024 waren er 40 keukens open. Zij bedienden 900 gasten. "
        "Het doel is 60 keukens.\n\n\nKoude grond\n\nLooptijd: 2023-2024\nPeildatum: 1 mei 2024\n"
        "Aantal tuinen: 12\nBudget: € 40.000\n",
        encoding="utf-8",
    )
    soup, soil = extract(path).records
    days = [(record.period.earliest, record.period.latest) for record in (soup, soil)]
    assert [tuple(map(str, pair)) for pair in days] == [("2022-03-01", "2025-12-31"), ("2023-01-01", "2024-12-31")]
    assert [(f.text, f.as_of) for f in soup.figures] == [
        ("40 keukens", "2024-10-01"),
        ("900 gasten", "2024-10-01"),
        ("60 keukens", None),
    ]
    assert [(f.text, f.as_of) for f in soil.figures] == [("12", "2024-05-01"), ("€ 40.000", None)]


PIECES = [
    "Op 1 mei 2024",
    " waren er ",
    "40 teams",
    ". ",
    "; ",
    "\n\n",
    "In 2023",
    "(stand mei 2024)",
    "€ 5",
    " het doel ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=60, deadline=None)
def test_a_figure_is_governed_by_a_reference_date_of_the_text(text: str) -> None:
    found = recognise(text)
    references = {date.edtf for date in found.dates if date.role == "reference"}
    assert {figure.as_of for figure in found.figures} <= {None, *references}


@pytest.mark.parametrize(
    "unit", ["op 1 mei 2024 waren 40 teams, ", "40 teams ", "Peildatum: 1 mei 2024\n\n40 teams\n\n"]
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def governing(text: str) -> Callable[[], object]:
        dates, figures = find_dates(text), find_figures(text)
        return lambda: governing_dates(text, figures, dates)

    assert_in_proportion(unit, governing, busy=MOMENT / 5)
