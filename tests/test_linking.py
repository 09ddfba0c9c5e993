"""Names against the register: families of spellings that are forgiven, and near names that are other bodies."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking import Named, link_annex
from pipeline.linking.match import Hints, match
from pipeline.recognising.spans import OrganisationMention
from pipeline.register import shipped


def lines_of(file: str) -> list[str]:
    lines = (Path(__file__).parent / "cases" / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


CASES = [tuple(cell.strip() for cell in line.split("|")) for line in lines_of("links.txt")]
PIECES = [
    *("Stichting Digihuis Oost", "Digihuis Oost", "Digi-huis Oost", "Digihuis", "Digihuis West", "Digihuls Oost"),
    *("Kadaster", "het Kadaster", "Kadasteer B.V.", "Gemeente Bergen", "Stichting", "SZW", "Oost", "Digihuis 2", "-"),
]
KNOWN_FAILURES: frozenset[str] = frozenset()


def hints_of(cell: str) -> Hints:
    years = [int(word) for word in cell.split() if word.isdigit()]
    return Hints((years[0], years[-1]) if years else None, tuple(w for w in cell.split() if not w.isdigit()))


def fails(name: str, hints: str, body: str, link: str) -> bool:
    """Whether a case comes out otherwise; a body that has come into the register under that very name is no failure."""
    found = match(name, shipped(), hints_of(hints))
    if link == "none":
        return found is not None and found.link != "exact"
    return found is None or (found.body.id, found.link) != (body, link)


def test_names_are_linked_as_people_would() -> None:
    assert {case[0] for case in CASES if fails(*case)} == KNOWN_FAILURES


@pytest.mark.parametrize("case", [("Gemeente Laren", "", "gemeente-haren", "exact")])
def test_a_wrong_expectation_is_seen(case: tuple[str, str, str, str]) -> None:
    assert fails(*case)


def named(name: str) -> Named:
    return Named(OrganisationMention(0, len(name), 0.9, "shape"), name, in_title=False)


@pytest.mark.parametrize("case", lines_of("same-bodies.txt"))
def test_a_body_has_one_name_in_all_of_an_annex(case: str) -> None:
    sections, wanted = ([part.split(" ; ") for part in side.split(" || ")] for side in case.split(" => "))
    linked = link_annex([[named(name) for name in section] for section in sections], shipped())
    found = [
        [next(o.name for o in own if any(n.text == name for n in o.mentions)) for name in section]
        for own, section in zip(linked, sections, strict=True)
    ]
    assert found == wanted


@pytest.mark.parametrize(("beside", "expected"), [("Gemeente Venlo", "(L)"), ("Gemeente Alkmaar", "(NH)")])
def test_the_region_of_an_annex_tells_bodies_of_one_name_apart(beside: str, expected: str) -> None:
    linked = link_annex([[named("Gemeente Bergen")], [named(beside)]], shipped())
    assert linked[0][0].name == f"Gemeente Bergen {expected}"


def test_a_name_that_nothing_tells_apart_is_stated_with_doubt() -> None:
    [[doubtful]] = link_annex([[named("Gemeente Bergen")]], shipped())
    [[sure]] = link_annex([[named("Gemeente Venlo")]], shipped())
    assert doubtful.confidence < 0.6 < sure.confidence


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8), max_size=5))
def test_every_mention_is_in_one_organisation(sections: list[list[str]]) -> None:
    linked = link_annex([[named(name) for name in section] for section in sections], shipped())
    assert [sorted(n.text for o in own for n in o.mentions) for own in linked] == [sorted(s) for s in sections]
    assert all(len({o.name for o in own}) == len(own) for own in linked)


def test_time_grows_with_the_annex() -> None:
    def seconds(sections: int) -> float:
        annex = [[named(f"Stichting {'abcdefghij'[n % 10] * 3}{n // 10}huis Oost")] for n in range(sections)]
        start = time.process_time()
        link_annex(annex, shipped())
        return time.process_time() - start

    seconds(50)
    assert seconds(1000) < 8
