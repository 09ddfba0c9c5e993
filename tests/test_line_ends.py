"""What stands at line ends: cut words become whole, and Dutch hyphens stay."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.cleaning.hyphens import without_line_end_hyphens
from pipeline.document import AlignedText, Cell, Document, Line, Page

CASES = Path(__file__).parent / "cases" / "hyphens.txt"
KNOWN_FAILURES: set[str] = set()


def cases() -> Iterator[str]:
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if not line.startswith(("#", "[")):
            yield from line.split()


def text_document(*lines: str | Line, pages: int = 1) -> Document:
    """Return a text document; the lines are shared out over its pages in order."""
    made = [
        line if isinstance(line, Line) else Line(AlignedText(line), 1, (0.0, float(row), float(len(line)), float(row)))
        for row, line in enumerate(lines)
    ]
    size = -(-len(made) // pages)
    parts = [tuple(made[at : at + size]) for at in range(0, len(made), size)]
    document_pages = tuple(Page(number, 0.0, 0.0, part) for number, part in enumerate(parts, start=1))
    return Document("a.txt", "0" * 64, "text/plain", "none", document_pages, 0, paged=False)


def joined(*lines: str | Line, pages: int = 1) -> str:
    return " ".join(line.text.text for line in without_line_end_hyphens(text_document(*lines, pages=pages)).lines())


def read(case: str, hyphen: str = "-") -> tuple[str, str]:
    """Return what a case should give and what it gives, between other words."""
    word = case.replace("·", " ")
    printed = word.replace("~", f"{hyphen}\n").replace("=", f"{hyphen}\n").replace("\n_", "\n")
    wanted = word.replace("~", "").replace("=_", f"{hyphen} ").replace("=", hyphen)
    return f"dit is {wanted} geweest", joined(*f"dit is {printed} geweest".split("\n"))


def test_three_hundred_line_ends_are_joined_as_dutch_wants_it() -> None:
    outcomes = {case: read(case) for case in cases()}
    assert len(outcomes) >= 300
    assert {case for case, (wanted, given) in outcomes.items() if wanted != given} == KNOWN_FAILURES


@pytest.mark.parametrize("hyphen", ["\xad", "\u2010"])
def test_other_hyphens_are_judged_too(hyphen: str) -> None:
    assert joined(f"veel gemeen{hyphen}", "ten doen mee") == "veel gemeenten doen mee"


def test_a_soft_hyphen_always_goes_and_one_that_may_not_break_always_stays() -> None:
    assert joined("de auto\xad", "maat staat er") == "de automaat staat er"
    assert joined("de gemeen\u2011", "ten doen mee") == "de gemeen\u2011ten doen mee"


def test_a_dash_at_a_line_end_is_a_hyphen_only_inside_a_word() -> None:
    assert joined("veel gemeen–", "ten doen mee") == "veel gemeenten doen mee"
    assert joined("de school–", "die mee doet") == "de school– die mee doet"
    assert joined("de school –", "die mee doet") == "de school – die mee doet"


def test_a_word_is_joined_over_three_lines_and_over_a_page_break() -> None:
    assert joined("de arbeids-", "markt-", "toeleiding van") == "de arbeidsmarkttoeleiding van"
    assert joined("voor de schuldhulp-", "verlening in", pages=2) == "voor de schuldhulpverlening in"


def test_a_word_is_never_joined_from_one_cell_to_another() -> None:
    left = Line(AlignedText("samen-"), 1, (0.0, 0.0, 6.0, 0.0), cell=Cell(0, 0, 0))
    below = Line(AlignedText("werking in"), 1, (0.0, 1.0, 10.0, 1.0), cell=Cell(0, 0, 0))
    right = Line(AlignedText("werking in"), 1, (0.0, 1.0, 10.0, 1.0), cell=Cell(0, 0, 1))
    assert joined(left, below) == "samenwerking in"
    assert joined(left, right) == "samen- werking in"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Doelen van het project -", "samen leren"),
        ("de eerste stap is samen-", "- meer samen doen"),
        ("het bureau bij de rijks-", "• overheid in"),
        ("de weg naar info@voorbeeld.nl", "en verder"),
        ("kijk op www.voorbeeld.nl.", "Daar staat het"),
        ("zie https://voorbeeld.nl/", "Het project"),
    ],
)
def test_what_is_no_cut_word_stays(above: str, below: str) -> None:
    assert joined(above, below) == f"{above} {below}"


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("zie https://voorbeeld.nl/", "projecten/2024 voor meer", "zie https://voorbeeld.nl/projecten/2024 voor meer"),
        ("zie https://voorbeeld.nl/oud-", "nieuw/lijst.html.", "zie https://voorbeeld.nl/oud-nieuw/lijst.html."),
        ("mail zorg-", "punt@voorbeeld.nl of bel", "mail zorg-punt@voorbeeld.nl of bel"),
    ],
)
def test_an_address_goes_on_as_printed(above: str, below: str, whole: str) -> None:
    assert joined(above, below) == whole


def test_the_form_elsewhere_in_the_document_decides() -> None:
    assert joined("een uurtje-", "factuurtje is het", "dat uurtje-factuurtje") == (
        "een uurtje-factuurtje is het dat uurtje-factuurtje"
    )
