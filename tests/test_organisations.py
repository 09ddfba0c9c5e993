"""Organisations of one piece of text: which are found, and under which name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_in_proportion

from pipeline import recognise
from pipeline.linking.match import match
from pipeline.recognising.organisations.finding import find_organisations
from pipeline.register import folded, organisations, shipped
from samples.markup import parse_piece

CASES = [
    line
    for line in (Path(__file__).parent / "cases" / "organisations.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]

# The rules take this list apart, the trained encoder beside them does not let them.
KNOWN_FAILURES = frozenset(case for case in CASES if case.startswith("De RIEC's [Limburg]"))


def fails(case: str) -> bool:
    piece = parse_piece(case)
    marks = [mark for mark in piece.marks if mark.kind == "org"]
    wanted = {folded(mark.value or piece.words(mark)) for mark in marks if not mark.optional}
    allowed = wanted | {folded(mark.value or piece.words(mark)) for mark in marks}
    found = {folded(organisation.name) for organisation in recognise(piece.plain).organisations}
    return not (wanted <= found <= allowed)


def test_organisations_are_found_under_their_names() -> None:
    assert {case for case in CASES if fails(case)} == KNOWN_FAILURES


@pytest.mark.parametrize(
    ("name", "expected", "link"),
    [
        ("Ministerie van Justitie en Veiligheid", "Ministerie van Justitie en Veiligheid", "exact"),
        ("het ministerie van JenV", "Ministerie van Justitie en Veiligheid", "abbreviation"),
        ("Justitie en Veiligheid", "Ministerie van Justitie en Veiligheid", "alias"),
        ("Gemeente Sint-Michielsgestel", "Gemeente Sint-Michielsgestel", "exact"),
        ("gemeente Sint Michielsgestel", "Gemeente Sint-Michielsgestel", "exact"),
        ("Centraal Burea voor de Statistiek", "Centraal Bureau voor de Statistiek", "fuzzy"),
        ("Rijkswaterstaat", "Rijkswaterstaat", "exact"),
    ],
)
def test_names_are_linked_to_the_register(name: str, expected: str, link: str) -> None:
    found = match(name, shipped())
    assert found is not None
    assert (found.body.name, found.link) == (expected, link)


@pytest.mark.parametrize(
    "name", ["Politieacademie voor Honden", "Gemeente Nergenshuizen", "Stichting Nieuw Begin Assen", "ind", "om", ""]
)
def test_no_match_is_an_answer(name: str) -> None:
    assert match(name, shipped()) is None


def test_every_name_of_the_register_is_linked_to_a_body_of_that_name() -> None:
    for body in organisations():
        found = match(body.name, shipped())
        assert found is not None, body.name
        assert folded(found.body.name) == folded(body.name)


def test_names_in_one_token_are_all_kept() -> None:
    found = recognise("De gemeenten Utrecht/Zeist/Bunnik doen mee, net als TNO/Deltares.").organisations
    names = {"Gemeente Utrecht", "Gemeente Zeist", "Gemeente Bunnik", "TNO", "Deltares"}
    assert {organisation.name for organisation in found} == names


PIECES = st.sampled_from(
    ["gemeente", "gemeenten", "Zutphen", "en", ",", "de", "Stichting", "(", ")", "CKX", "B.V.", "ministeries van",
     "SZW", "door", "heeft", ".", "\n\n", "’s-Hertogenbosch", "Aa's", "‘", "A) ", "Kamer", "op", "ﬁ", "É", "1 mei 2023"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)))
def test_any_text_gives_mentions_in_order_and_apart(text: str) -> None:
    end = 0
    for mention in find_organisations(text):
        assert end <= mention.start < mention.end <= len(text)
        assert 0 <= mention.confidence <= 1
        end = mention.end


@pytest.mark.parametrize("piece", ["Aa ", "gemeenten Ede, ", "(Aa, Bb) ", "Stichting van de ", "door Xy en "])
def test_time_grows_with_the_text(piece: str) -> None:
    assert_in_proportion(piece, lambda text: lambda: find_organisations(text))


@pytest.mark.parametrize(
    "text",
    [
        "De subsidie is EUR 92.750 in 2024.",
        "Er is EUR 1,2 miljoen beschikbaar voor drie jaar.",
        "De kosten waren 500 EUR per deelnemer.",
        "Begroot was 2 miljoen EUR, besteed USD 40.000.",
    ],
)
def test_a_currency_beside_an_amount_is_no_university(text: str) -> None:
    found = recognise(text)
    assert found.organisations == ()
    assert found.figures
