"""The recogniser of figures: sentences as cases, tables of values, and what holds for any text."""

from decimal import Decimal

import pytest
import spacy
from alike import alike
from figure_cases import fails, is_mixed, is_negative, read_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.recognising.figures import find_figures, read_value
from pipeline.recognising.spans import FigureMention

CASES = [*read_cases("figures.txt"), *read_cases("counts.txt"), *read_cases("counts-check.txt")]

KNOWN_FAILURES = {
    line
    for line in CASES
    if line.startswith(
        (
            "De politie hield [3 verdachten]",  # the ages stand too far from the people
            "De appartementen worden in",  # `elk 40` belongs to a noun that no number stands at
            "De jeugdrechter legde in [58 zaken]",  # `sprak in vier vrij`: the noun is left out inside a verb
            "Het onderwijsmuseum kocht [acht zeldzame",  # a long attribute after a comma
            "Nieuwe stageplekken",  # the label of two values without a colon
            "Drenthe leverde [acht juryleden]",  # a region and a bare number, and their sum
            "Er bleven [twintig boomkwekers, ongeveer]",  # a comparator after a comma
        )
    )
}
"""Sentences that are read wrongly: the set is exact, so that a fixed one speaks up too."""


def test_cases() -> None:
    assert {case for case in CASES if fails(case)} == KNOWN_FAILURES


def test_cases_are_many_and_differ() -> None:
    every = [*CASES, *read_cases("amounts.txt"), *read_cases("amounts-check.txt")]
    assert len(every) >= 1_400
    assert alike(every) == []
    assert sum(map(is_negative, every)) + sum(map(is_mixed, every)) >= len(every) / 3


def one(text: str) -> tuple[str, str, str | None, str | None, str]:
    """Give the single figure of a text as strings."""
    (mention,) = find_figures(text)
    value = mention.value
    high = None if value.value_max is None else str(value.value_max)
    return value.kind, str(value.value), high, value.unit, value.comparator


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("€ 1.250.000,-", ("money", "1250000", None, "EUR", "=")),
        ("€ 1.000,=", ("money", "1000", None, "EUR", "=")),
        ("US$ 3 mln", ("money", "3000000", None, "USD", "=")),
        ("k€ 40", ("money", "40000", None, "EUR", "=")),
        ("1,5 miljoen dollar", ("money", "1500000", None, "USD", "=")),
        ("0,5‰", ("percentage", "0.5", None, "‰", "=")),
        ("12 %-punt", ("percentage", "12", None, "pp", "=")),
        ("45 minuten", ("duration", "45", None, "minute", "=")),
        ("driejarig project", ("duration", "3", None, "year", "=")),
        ("12-jarige leerlingen", ("age", "12", None, "year", "=")),
        ("twaalf- tot achttienjarigen", ("age", "12", "18", "year", "=")),
        ("12- tot 18-jarigen", ("age", "12", "18", "year", "=")),
        ("55+'ers", ("age", "55", None, "year", ">=")),
        ("1.200 m²", ("measure", "1200", None, "m2", "=")),
        ("30 kilometer per uur", ("measure", "30", None, "km/h", "=")),
        ("2½ jaar", ("duration", "2.5", None, "year", "=")),
        ("twee derde", ("ratio", "0.667", None, None, "=")),
        ("een 20-tal scholen", ("count", "20", None, "scholen", "=")),
        ("5 à 10%", ("percentage", "5", "10", "%", "=")),
        ("Looptijd (maanden): 18", ("duration", "18", None, "month", "=")),
        ("60 uren of meer", ("duration", "60", None, "hour", ">=")),
    ],
)
def test_values(text: str, figure: tuple[str, str, str | None, str | None, str]) -> None:
    assert one(text) == figure


def test_value_is_exact() -> None:
    (mention,) = find_figures("Het kost 0,1 miljoen euro.")
    assert mention.value.value == Decimal(100_000)
    assert str(mention.value.value) == "100000"


def test_a_cell_gives_its_value() -> None:
    value = read_value("ruim 2,5 mln. euro")
    assert value is not None
    assert (value.kind, value.value, value.unit, value.comparator) == ("money", Decimal(2_500_000), "EUR", ">")
    assert read_value("12 scholen en 3 clubs") is None
    assert read_value("ongeveer 12 scholen in de regio") is None
    assert read_value("geen") is None


def test_evidence_is_quoted() -> None:
    text = "Er zijn 80 scholen, waarvan 32 een vignet hebben, en ruim 12 actieve clubs."
    quotes = [text[found.start : found.end] for found in find_figures(text)]
    assert quotes == ["80 scholen", "waarvan 32", "ruim 12 actieve clubs"]


def test_nothing_inside_excluded_spans() -> None:
    text = "Op 3 april kwamen 40 ouders naar het 9 Straten Festival."
    name = text.index("9 Straten")
    found = find_figures(text, exclude=[(name, name + 17), (3, 10)])
    assert [text[each.start : each.end] for each in found] == ["40 ouders"]


def test_a_fields_lines_stay_apart() -> None:
    text = "Aantal locaties: 4\nUitvoerders: gemeenten en scholen\nBudget: € 20.000"
    assert [found.value.unit for found in find_figures(text)] == ["locaties", "EUR"]


def test_component_works_by_itself() -> None:
    nlp = spacy.blank("nl")
    nlp.add_pipe("annex_figures")
    doc = nlp("Het net telt ruim 60 laadpalen en kost € 1,2 mln.")
    spans = list(doc.spans["figures"])
    assert spans[0].text == "ruim 60 laadpalen"
    assert spans[1].text.startswith("€ 1,2 mln")
    assert [span._.annex_figure.value.kind for span in spans] == ["count", "money"]
    assert all(isinstance(span._.annex_figure, FigureMention) for span in spans)


def test_component_heeds_other_spans() -> None:
    nlp = spacy.blank("nl")
    figures = nlp.add_pipe("annex_figures")
    doc = nlp.make_doc("De Club van 40 Ondernemers hielp 7 gezinnen.")
    doc.spans["organisations"] = [doc[1:5]]
    assert [span.text for span in figures(doc).spans["figures"]] == ["7 gezinnen"]


PIECES = st.sampled_from(
    [
        "een",
        "één",
        "2",
        "12",
        "1.200",
        "2,5",
        "€",
        "%",
        ",",
        ".",
        "(",
        ")",
        "-",
        "–",
        "/",
        ":",
        ";",
        "'",
        "twee",
        "derde",
        "van",
        "de",
        "op",
        "tot",
        "à",
        "en",
        "of",
        "waarvan",
        "er",
        "ruim",
        "circa",
        "minimaal",
        "jaar",
        "jarig",
        "-jarigen",
        "uur",
        "euro",
        "miljoen",
        "mln.",
        "keer",
        "gemeenten",
        "grote",
        "nieuwe",
        "kinderen",
        "aantal",
        "helft",
        "half",
        "kwart",
        "tussen",
        "2024",
        "3e",
        "k",
        "x",
        "m2",
        "\n",
        "\n\n",
    ]
)


def check(text: str) -> None:
    found = find_figures(text)
    last = 0
    for mention in found:
        assert last <= mention.start < mention.end <= len(text)
        assert not text[mention.start].isspace()
        assert 0 < mention.confidence < 1
        assert mention.value.value_max is None or mention.value.value < mention.value.value_max
        last = mention.end


@given(st.text())
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=40), st.sampled_from(["", " "]))
def test_any_row_of_number_words(pieces: list[str], glue: str) -> None:
    check(glue.join(pieces))


@given(st.lists(PIECES, max_size=20).map(" ".join), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80))))
def test_excluded_spans_hold_no_number(text: str, exclude: list[tuple[int, int]]) -> None:
    check(text)
    for mention in find_figures(text, exclude=[(0, len(text)), *exclude]):
        assert not any(letter.isdigit() for letter in text[mention.start : mention.end])
