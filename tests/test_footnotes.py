"""Footnotes go out of the text into the record, with the place where they were called."""

from pathlib import Path

import pytest
from typst_page import typst_pdf

from pipeline import extract
from pipeline.cleaning import clean
from pipeline.document import AlignedText, Document, Line, Page
from pipeline.extraction import Annex
from pipeline.records.models import ProjectRecord

PAGE = """#set page(paper: "a4", margin: 2.5cm, numbering: "1")
#set text(lang: "nl", size: 10.5pt, hyphenate: true)
#set par(justify: true)
#show heading: set text(size: 13pt)
#text(size: 16pt)[Bijlage II Overzicht van proeven met deelvervoer]

"""
SWAPS = """= Buurtbus op afroep
Inwoners van de kern Hollum bellen een uur van tevoren.#footnote[De rit kost evenveel als een rit met de gewone
lijnbus, zo is met de provincie Fryslân afgesproken.] In het eerste jaar reden 31 vrijwilligers mee. De gemeente
Ameland betaalt het onderhoud van 2 bussen.#footnote[Zie Kamerstuk 23 645, nr. 812.]

= Deelfietsen bij het station
De fietsen staan op 14 plekken.#footnote[Peildatum: 1 mei 2022.] Het terrein meet 350 m#super[2]
en ligt achter het station.
"""


def by_title(annex: Annex) -> dict[str, ProjectRecord]:
    return {record.title: record for record in annex.records}


def test_footnotes_of_a_pdf_hang_on_the_words_that_call_them(tmp_path: Path) -> None:
    records = by_title(extract(typst_pdf(PAGE + SWAPS, tmp_path / "a.pdf")))
    bus = records["Buurtbus op afroep"]
    assert [note.marker for note in bus.footnotes] == ["1", "2"]
    assert bus.footnotes[0].text.startswith("De rit kost evenveel")
    assert bus.footnotes[0].text.endswith("Fryslân afgesproken.")
    assert [bus.text[: note.anchor].rsplit(maxsplit=1)[-1] for note in bus.footnotes] == ["tevoren.", "bussen."]
    assert "Kamerstuk" not in bus.text
    assert "tevoren. In het eerste jaar" in bus.text
    assert bus.footnotes[0].page == 1


def test_what_stands_in_a_footnote_is_not_the_projects(tmp_path: Path) -> None:
    records = by_title(extract(typst_pdf(PAGE + SWAPS, tmp_path / "a.pdf")))
    assert [one.name for one in records["Buurtbus op afroep"].organisations] == ["Gemeente Ameland"]
    assert records["Deelfietsen bij het station"].dates == []
    assert "350 m2" in records["Deelfietsen bij het station"].text


def test_a_note_that_goes_on_on_the_next_page_is_one(tmp_path: Path) -> None:
    long = "een afspraak die met alle vervoerders samen is gemaakt en die elk jaar opnieuw wordt bekeken, en " * 12
    source = PAGE + "= Pendelboot\n" + "De boot vaart elke dag behalve op zondag en neemt fietsen mee. " * 52
    source += f"Reserveren kan.#footnote[Begin van de noot, {long} hier eindigt de noot.]\n\n= Veerpont\n"
    source += "De pont gaat vaker over als het druk is in de zomer en het weer mee zit. " * 30
    records = by_title(extract(typst_pdf(source, tmp_path / "a.pdf")))
    [note] = records["Pendelboot"].footnotes
    assert note.text.endswith("hier eindigt de noot.")
    assert "vervoerders" not in records["Pendelboot"].text
    assert "vervoerders" not in records["Veerpont"].text


def test_a_footnote_of_a_heading_hangs_on_the_start_of_the_text(tmp_path: Path) -> None:
    source = PAGE + "= Taxibus#footnote[Voorheen de belbus.]\nDe bus rijdt naar het ziekenhuis in Sneek en terug.\n"
    source += "\n= Haltehulp\nVrijwilligers helpen ouderen bij het instappen aan de haltes in de binnenstad.\n"
    records = by_title(extract(typst_pdf(source, tmp_path / "a.pdf")))
    [note] = records["Taxibus"].footnotes
    assert (note.marker, note.text, note.anchor) == ("1", "Voorheen de belbus.", 0)


HEAD = "Bijlage I\nOverzicht van proeven\n\n"
FIRST = """Buurtbus

Inwoners bellen een uur van tevoren{}. In het eerste jaar reden
vrijwilligers mee naar het ziekenhuis.{}

"""
SECOND = "Deelfietsen\n\nDe fietsen staan{} op veertien plekken in de stad en daarbuiten.\n\n"


@pytest.mark.parametrize(
    ("calls", "openings"),
    [
        (("[1]", "[2]", "[3]"), ("[1] ", "[2] ", "[3] ")),
        (("¹", "²", "³"), ("¹ ", "² ", "³ ")),
        (("1", "2", "3"), ("1 ", "2 ", "3 ")),
        (("*", "**", "***"), ("* ", "** ", "*** ")),
        (("1", "2", "3"), ("1) ", "2) ", "3) ")),
    ],
)
@pytest.mark.parametrize("heading", ["", "Noten\n\n", "Eindnoten:\n"])
def test_notes_of_a_text_file(tmp_path: Path, calls: tuple[str, ...], openings: tuple[str, ...], heading: str) -> None:
    texts = ("De rit is gratis.", "Met dank aan de provincie Fryslân\nen het waterschap.", "Stand van juni 2022.")
    notes = "\n".join(opening + text for opening, text in zip(openings, texts, strict=True))
    path = tmp_path / "a.txt"
    path.write_text(
        HEAD + FIRST.format(*calls[:2]) + SECOND.format(calls[2]) + heading + notes + "\n", encoding="utf-8"
    )
    records = by_title(extract(path))
    assert set(records) == {"Buurtbus", "Deelfietsen"}
    assert [note.text for note in records["Buurtbus"].footnotes] == [texts[0], texts[1].replace("\n", " ")]
    assert [note.text for note in records["Deelfietsen"].footnotes] == ["Stand van juni 2022."]
    assert records["Buurtbus"].text.startswith("Inwoners bellen een uur van tevoren. In het eerste jaar")
    assert records["Deelfietsen"].text.endswith("staan op veertien plekken in de stad en daarbuiten.")


@pytest.mark.parametrize(
    "text",
    [
        "Er zijn drie doelen:\n\n1 de bus rijdt vaker\n2 de halte is veilig\n3 de reis is korter\n",
        "In 2022 reden CO2 en PM10 mee in de metingen.\n\n2 van de bussen zijn elektrisch en rijden in de stad.\n",
        "Het plan telt [2] delen en werkt op het terrein van 12 m2.\n\nHet tweede deel volgt later in het jaar.\n",
    ],
)
def test_what_only_looks_like_a_note_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(HEAD + FIRST.format("", "") + "Deelfietsen\n\n" + text, encoding="utf-8")
    record = by_title(extract(path))["Deelfietsen"]
    assert record.footnotes == []
    assert record.text.split() == text.split()


def test_a_page_that_only_goes_on_with_a_note_has_none_of_its_own() -> None:
    pages = (
        ("b Bijlage", "- Een regel tekst.1", *["- Nog een regel tekst."] * 9, "s 1 Deze noot is lang en"),
        (*["- Een regel tekst."] * 9, "s gaat hier verder."),
    )
    document = Document(
        "a.pdf", "0" * 64, "application/pdf", "embedded", tuple(map(_page, (1, 2), pages)), 2, paged=True
    )
    cleaned = clean(document)
    assert [note.text.text for note in cleaned.footnotes] == ["Deze noot is lang en gaat hier verder."]
    assert not any("verder" in line.text.text for line in cleaned.lines())


def _page(number: int, lines: tuple[str, ...]) -> Page:
    """Return a page of lines, those with an ``s`` before them small."""
    made = []
    for row, line in enumerate(lines):
        box = (60.0, 60.0 + 14 * row, 400.0, 72.0 + 14 * row)
        made.append(Line(AlignedText(line[2:]), number, box, 7.0 if line[0] == "s" else 11.0))
    return Page(number, 595.0, 842.0, tuple(made))


def test_a_note_called_behind_an_amount_leaves_the_amount_whole(tmp_path: Path) -> None:
    source = PAGE + SWAPS.replace("14 plekken.", "14 plekken en kosten € 138.000.")
    record = by_title(extract(typst_pdf(source, tmp_path / "a.pdf")))["Deelfietsen bij het station"]
    [note] = record.footnotes
    assert record.text[: note.anchor].endswith("kosten € 138.000.")
    assert [figure.value for figure in record.figures if figure.kind == "money"] == [138000]
