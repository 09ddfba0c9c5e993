"""Page furniture goes, cut words are made whole, damaged words are put right, and all else stays."""

from collections.abc import Sequence

import pytest

from pipeline.cleaning import clean
from pipeline.cleaning.lexicon import is_known
from pipeline.cleaning.page_breaks import with_tables_carried_over
from pipeline.document import AlignedText, Cell, Document, Line, Page


def document(*pages: Sequence[str]) -> Document:
    """Return a text document; an empty string is a blank line."""
    made = []
    for number, printed in enumerate(pages, start=1):
        lines, blank = [], 0
        for row, text in enumerate(printed):
            if not text:
                blank += 1
                continue
            box = (0.0, float(row), float(len(text)), float(row))
            lines.append(Line(AlignedText(text), number, box, blank_before=blank))
            blank = 0
        made.append(Page(number, 0.0, 0.0, tuple(lines)))
    return Document("a.txt", "0" * 64, "text/plain", "none", tuple(made), 0, paged=False)


def cleaned(*lines: str) -> list[str]:
    return [line.text.text for line in clean(document(lines)).lines()]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("met de schuldhulpver-", "lening aan huis", "met de schuldhulpverlening"),
        ("in Zuid-", "Limburg wonen", "in Zuid-Limburg"),
        ("een e-", "learning voor artsen", "een e-learning"),
        ("een no-", "regretproject is", "een no-regretproject"),
        ("veel zzp-", "ondernemers vroegen", "veel zzp-ondernemers"),
        ("een auto-", "ongeluk gebeurde", "een auto-ongeluk"),
        ("de oud-", "directeur zei", "de oud-directeur"),
        ("het mbo-", "diploma halen", "het mbo-diploma"),
        ("van de SZW-", "middelen is", "van de SZW-middelen"),
        ("de gemeen-", "ten, die", "de gemeenten,"),
        ("veel wat-", "er en land", "veel water"),
    ],
)
def test_a_cut_word_is_made_whole_as_dutch_wants_it(first: str, second: str, whole: str) -> None:
    assert cleaned(first, second)[0] == whole


@pytest.mark.parametrize("second", ["en verzendkosten", "of groepslessen", "tot en met morgen"])
def test_a_hanging_hyphen_stays_on_its_line(second: str) -> None:
    assert cleaned("de vracht-", second) == ["de vracht-", second]


def test_what_stands_elsewhere_in_the_document_decides() -> None:
    lines = cleaned("een trauma-", "sensitieve aanpak", "", "die trauma-sensitief is")
    assert lines[0] == "een trauma-sensitieve"


def test_a_dropped_hyphen_is_recorded() -> None:
    [line, _] = clean(document(["de gemeen-", "ten samen"])).lines()
    assert [(r.rule, r.raw) for r in line.text.repairs] == [("hyphen", "n-")]
    assert line.text.raw() == "de gemeen-ten"


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("commerciéle", "commerciële"),
        ("geinteresseerd", "geïnteresseerd"),
        ("coördinatle", "coördinatie"),
        ("essentiéle", "essentiële"),
        ("beinvloeden", "beïnvloeden"),
        ("vergaderlng", "vergadering"),
        ("wijkcodrdinator", "wijkcoördinator"),
        ("gerniddeld", "gemiddeld"),
        ("0ntwikkeling", "ontwikkeling"),
        ("Financiéle", "Financiële"),
    ],
)
def test_a_damaged_word_is_put_right(damaged: str, right: str) -> None:
    assert cleaned(f"dit is {damaged} genoemd") == [f"dit is {right} genoemd"]


@pytest.mark.parametrize(
    "word",
    ["één", "café", "procedé", "Rincón", "RIEC", "Kien", "Spine", "instroom", "hittegevoelig", "dashboard", "Fairphone",
     "mantelzorgwoning", "coachingsdag", "Súdwest", "privé", "scrumteam", "NVVK", "iDEAL", "Aliën"],
)  # fmt: skip
def test_names_abbreviations_and_rare_words_stay(word: str) -> None:
    assert cleaned(f"dit is {word} genoemd") == [f"dit is {word} genoemd"]


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("Pilot Noord IIl is", "Pilot Noord III is"),
        ("Ronde lV liep", "Ronde IV liep"),
        ("Campus Il opent", "Campus II opent"),
    ],
)
def test_a_damaged_numeral_behind_a_name_is_put_right(damaged: str, right: str) -> None:
    assert cleaned(damaged) == [right]


@pytest.mark.parametrize("text", ["de IT is", "het IT-team", "Dienst IT heeft", "Team XIL bestaat"])
def test_what_is_no_numeral_stays(text: str) -> None:
    assert cleaned(text) == [text]


def test_running_lines_and_page_numbers_go_with_their_reason() -> None:
    bodies = [[f"Op blad {page} staat regel {row}." for row in "abcdefg"] for page in ("een", "twee", "drie")]
    pages = [["Bijlage 3 bij de brief", "", *body, "", f"Pagina {n} van 3"] for n, body in enumerate(bodies, start=1)]
    result = clean(document(*pages))
    assert [line.text.text for line in result.pages[1].lines] == bodies[1]
    assert [(r.line.text.text, r.reason) for r in result.pages[1].removed] == [
        ("Bijlage 3 bij de brief", "running_header"),
        ("Pagina 2 van 3", "page_number"),
    ]


def test_a_year_on_a_line_of_its_own_is_no_page_number() -> None:
    assert "2023" in cleaned("Bijlage 2 - Stand van de projecten in", "2023", "", "Dit is de tekst.")


@pytest.mark.parametrize("word", ["waterschappen", "schuldhulpverlening", "geïnvesteerd", "woonzorgconcept"])
def test_known_words(word: str) -> None:
    assert is_known(word)


@pytest.mark.parametrize("word", ["geinvesteerd", "financiéle", "beinvioeding", "xqzt", ""])
def test_unknown_words(word: str) -> None:
    assert not is_known(word)


def test_a_table_whose_cells_all_run_over_several_columns_carries_none_over() -> None:
    def page(number: int, span: int) -> Page:
        cell = Cell(0, 0, 0, column_span=span)
        return Page(number, 595.0, 842.0, (Line(AlignedText(f"blad {number}"), number, (60, 60, 400, 72), cell=cell),))

    for spans in ((2, 1, 2), (2, 2, 2), (1, 2, 1)):
        pages = tuple(page(number, span) for number, span in enumerate(spans, start=1))
        document = Document("a.pdf", "0" * 64, "application/pdf", "embedded", pages, len(pages), paged=True)
        assert with_tables_carried_over(document) == document
