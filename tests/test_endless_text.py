"""Dates and figures are found in any text, however long what it repeats is: reading never goes on within itself."""

import pytest
from test_date_patterns import TEXTS
from timing import of_length

from pipeline.recognising.dates import find_dates
from pipeline.recognising.figures import find_figures

LONG, SHORT = 100_000, 20_000
DATES = (
    "einde in in in 2024, ",
    "2024, begin ",
    "2024 week van ",
    "begin 2024 (einde 2024 (",
    "2024, eind eerste zondag van ",
    "rond begin 2024, rond ",
    "tussen 2024, begin ",
    "voor eind 2024, tot ",
    "eerste helft van de ",
    "2024, laatste kwart van het tweede kwartaal van de ",
    "weken 1 en ",
    "jaren 60 en ",
    "1 mei 2024 (",
)
FIGURES = (
    "5 ((",
    "12 door de ",
    "de helft van de helft van ",
    "twee derde van een kwart van ",
    "honderdduizend",
    "duizend en ",
    "€ 1/2 van ",
    "3 op de 4 van de ",
    "van 2 tot van 3 tot ",
)
"""As `DATES`, pieces of which each would read the next as a part of itself, if nothing bounded it."""
ODD = (
    "april " + "9" * 5000,
    "jaren 60 en " + "9" * 5000,
    "3/" + "9" * 5000 + " van de scholen",
    "eerste\nzondag van maart 2024",
    "eerste\u2009week van 2024",
    "1-\t1-\t'24",
    "konıngsdag 2024",
    "PİNKSTERMAANDAG 2024",
    "twıntıg maart 2024",
    "tweeduızend vierentwıntıg",
    "ınternatıonale vrouwendag 2024",
)
"""Texts in which a pattern takes for a number or a word what is none, or is one in other letters."""


@pytest.mark.parametrize("unit", DATES)
def test_dates_that_would_be_read_within_each_other(unit: str) -> None:
    find_dates(of_length(unit, LONG))


@pytest.mark.parametrize("unit", FIGURES)
def test_figures_that_would_be_read_within_each_other(unit: str) -> None:
    find_figures(of_length(unit, LONG))


@pytest.mark.parametrize("unit", TEXTS)
def test_what_keeps_a_pattern_busy_is_read(unit: str) -> None:
    find_dates(of_length(unit, SHORT))
    find_figures(of_length(unit, SHORT))


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_numbers_and_letters_are_read(text: str) -> None:
    find_dates(text)
    find_figures(text)


@pytest.mark.parametrize(
    ("text", "edtf"), [("eerste\nzondag van maart 2024", "2024-03-03"), ("KONİNGSDAG 2024", "2024-04-27")]
)
def test_a_day_in_odd_letters_is_that_day(text: str, edtf: str) -> None:
    assert [date.value.edtf for date in find_dates(text)] == [edtf]
