"""Names against the register: families of spellings that are forgiven, and near names that are other bodies."""

from pathlib import Path

import pytest

from pipeline.linking.match import Hints, match
from pipeline.register import shipped

CASES = [
    tuple(cell.strip() for cell in line.split("|"))
    for line in (Path(__file__).parent / "cases" / "links.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
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
