"""Letters of a line as both readers see them: raised, spaced apart, set tight, printed twice, hidden, meaningless."""

from collections import Counter
from pathlib import Path

import pytest
from page_making import PARTS, drawn, pages_of, set_page
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from pipeline.document import Glyphs, Line, Page
from pipeline.reading.assembling import Char, Chars, look_of
from pipeline.reading.layout import page_of


def marked(line: Line) -> list[str]:
    return [line.text.text[mark.start : mark.end] for mark in line.text.marks]


def removed_from(page: Page) -> list[tuple[str, str]]:
    return [(removed.line.text.text, removed.reason) for removed in page.removed]


def lines_of(page: Page) -> list[str]:
    return [line.text.text for line in page.lines]


def test_raised_letters_are_marked_and_stay_with_their_word(tmp_path: Path, reader: str) -> None:
    source = """#set super(typographic: false)
De stuw kost veel.#super[1] Het peil#super[12] staat op 40 m#super[2] en H#sub[2]O, voor de 3#super[e] keer.#super[\\*]

Een gewone regel zonder noten.
"""
    [page] = pages_of(set_page(tmp_path / "a.pdf", source), reader)
    first, *_, last = page.lines
    text = " ".join(lines_of(page))
    assert "De stuw kost veel.1 Het peil12 staat op 40 m2 en H2O, voor de 3e keer.*" in text
    assert [mark for line in page.lines for mark in marked(line)] == ["1", "12", "2", "e", "*"]
    assert first.box[3] - first.box[1] == pytest.approx(last.box[3] - last.box[1], abs=0.5)


def test_figures_that_the_font_itself_raises_are_marked_by_their_ink(tmp_path: Path) -> None:
    source = "De stuw uit 2021 kost 40 m veel.#super[1] Het peil#super[12] staat 3,50 hoog (2023).#footnote[Zie 14.]"
    [page] = pages_of(set_page(tmp_path / "a.pdf", source), "pdfium")
    assert [mark for line in page.lines for mark in marked(line)] == ["1", "12", "1", "1"]


def test_the_text_of_a_footnote_is_a_line_with_its_number_marked(tmp_path: Path, reader: str) -> None:
    source = "#set super(typographic: false)\nDe stuw kost veel#footnote[Zie de begroting.] en het staat."
    [page] = pages_of(set_page(tmp_path / "a.pdf", source), reader)
    assert lines_of(page)[0].startswith("De stuw kost veel1 en het")
    assert marked(page.lines[0]) == ["1"]
    note = page.lines[-1]
    assert note.text.text.replace(" ", "") == "1Zie de begroting.".replace(" ", "")
    assert note.text.text.endswith("Zie de begroting.")
    assert [(mark.start, mark.end) for mark in note.text.marks] == [(0, 1)]


def spaced(text: PDFTextObject, letters: float, words: float, line: str) -> None:
    text.setCharSpace(letters)
    text.setWordSpace(words)
    text.textLine(line)


@pytest.mark.parametrize("letters", [3.0, 5.0])
def test_letters_that_are_spaced_apart_make_words(tmp_path: Path, reader: str, letters: float) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)
        spaced(text, letters, 2 * letters, "Voorwoord van de minister")
        spaced(text, 0, 0, "De gewone tekst volgt daarop.")
        canvas.drawText(text)

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert lines_of(page) == ["Voorwoord van de minister", "De gewone tekst volgt daarop."]


def test_letters_with_spaces_between_them_make_a_word(tmp_path: Path, reader: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "V o o r w o o r d")
        canvas.drawString(60, 680, "Deel A en B")

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert lines_of(page) == ["Voorwoord", "Deel A en B"]


@pytest.mark.parametrize("row", ["X X X X X X", "1 2 3 4 5 6"])
def test_a_row_of_single_signs_is_no_word(tmp_path: Path, reader: str, row: str) -> None:
    [page] = pages_of(drawn(tmp_path / "a.pdf", lambda canvas: canvas.drawString(60, 700, row)), reader)
    assert lines_of(page) == [row]


def test_signs_that_are_printed_over_each_other_are_parted(tmp_path: Path, reader: str) -> None:
    def draw(canvas: Canvas) -> None:
        for sign in "nml":
            canvas.drawString(60, 700, sign)
        canvas.drawString(72, 700, "Zeer tevreden")

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert sorted(lines_of(page)[0].split()) == ["Zeer", "l", "m", "n", "tevreden"]


def test_a_text_that_is_printed_over_another_stays_whole(tmp_path: Path, reader: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 250, 450], [650, 670, 690, 720])
        for x in (60, 260):
            for y in (655, 675):
                canvas.drawString(x, y, "Stuw")
            canvas.drawString(x, 700, "Stuwen en gemalen")
        canvas.drawString(121, 700, "Waterschappen")

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    words = Counter(" ".join(lines_of(page)).split())
    assert words == {"Stuw": 4, "Stuwen": 2, "en": 2, "gemalen": 2, "Waterschappen": 1}


@pytest.mark.parametrize("count", [3, 9])
def test_words_a_narrow_gap_apart_are_parted_where_letters_touch(tmp_path: Path, reader: str, count: int) -> None:
    words = PARTS[0].split()[2 : 2 + count]

    def draw(canvas: Canvas) -> None:
        at = 60.0
        for word in words:
            canvas.drawString(at, 700, word)
            at += canvas.stringWidth(word, "Helvetica", 10) + 1.3

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert lines_of(page) == [" ".join(words)]


def test_words_that_are_set_tight_are_parted(tmp_path: Path, reader: str) -> None:
    words = PARTS[0].split()[2:13]

    def draw(canvas: Canvas) -> None:
        at = 60.0
        for word in words:
            canvas.drawString(at, 700, word)
            at += canvas.stringWidth(word, "Helvetica", 10) + 1.2

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert lines_of(page) == [" ".join(words)]


@pytest.mark.parametrize("shift", [0.0, 0.3])
@pytest.mark.parametrize("by", ["letter", "line"])
def test_what_is_printed_twice_to_look_bold_is_read_once(tmp_path: Path, reader: str, by: str, shift: float) -> None:
    title = "Stuwen met allemaal hoogwater"

    def draw(canvas: Canvas) -> None:
        at = 60.0
        for piece in title if by == "letter" else [title]:
            canvas.drawString(at, 700, piece)
            canvas.drawString(at + shift, 700, piece)
            at += canvas.stringWidth(piece, "Helvetica", 10)
        canvas.drawString(60, 680, "De tekst eronder.")

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert lines_of(page) == [title, "De tekst eronder."]


@pytest.mark.parametrize("is_alone", [True, False])
def test_hidden_text_counts_where_nothing_else_is_printed(tmp_path: Path, reader: str, *, is_alone: bool) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        text = canvas.beginText(60, 700)
        text.setTextRenderMode(3)
        text.textLine("Verborgen regel van de bijlage")
        canvas.drawText(text)
        canvas.restoreState()
        if not is_alone:
            canvas.setFont("Helvetica", 10)
            for row in range(3):
                canvas.drawString(60, 650 - 14 * row, f"Zichtbare regel {row} van de bijlage")

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert any("Verborgen" in line for line in lines_of(page)) is is_alone
    assert removed_from(page) == ([] if is_alone else [("Verborgen regel van de bijlage", "hidden")])


def test_what_no_one_can_see_is_taken_out(tmp_path: Path, reader: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "De regel die er staat")
        canvas.drawString(-300, 650, "Links van het blad")
        canvas.drawString(60, 1200, "Boven het blad")
        canvas.setFont("Helvetica", 0.5)
        canvas.drawString(60, 600, "Onleesbaar klein")

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert lines_of(page) == ["De regel die er staat"]
    hidden = ["Links van het blad", "Boven het blad", "Onleesbaar klein"]
    assert removed_from(page) == [(text, "hidden") for text in hidden]


@pytest.mark.parametrize("mode", ["bold font", "fill and stroke"])
def test_bold_and_colour_are_seen_by_both(tmp_path: Path, reader: str, mode: str) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)
        text.setFillColorRGB(0.2, 0.4, 0.6)
        if mode == "bold font":
            text.setFont("Helvetica-Bold", 12)
        else:
            text.setFont("Helvetica", 12)
            text.setTextRenderMode(2)
        text.textLine("Stuwen")
        text.setTextRenderMode(0)
        text.setFont("Helvetica", 12)
        text.textLine("Kades")
        canvas.drawText(text)

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert [(line.bold, line.colour, line.size) for line in page.lines] == [(True, 0x336699, 12), (False, 0x336699, 12)]


def shifted(text: str, by: int) -> str:
    return "".join(chr((ord(c) - 97 + by) % 26 + 97) if c.islower() else c for c in text)


@pytest.mark.parametrize(
    ("change", "is_poor"),
    [
        (lambda text: text, False),
        (lambda text: shifted(text, 1), True),
        (lambda text: shifted(text, 13), True),
        (lambda text: text.translate(str.maketrans("aeiou", "\ufffd" * 5)), True),
        (lambda text: text.translate(str.maketrans("ntr", "\ue001\ue002\ue003")), True),
    ],
    ids=["plain", "shifted by one", "shifted by thirteen", "replaced", "private"],
)
def test_a_page_whose_letters_mean_nothing_is_poor(change: object, *, is_poor: bool) -> None:
    assert callable(change)
    look = look_of("Font", 10, 0, 0)
    chars = [
        Char(letter, 50 + 5 * at, 100 + 14 * row, 55 + 5 * at, 110 + 14 * row, look)
        for row, part in enumerate(change(" ".join(PARTS[:2])).split(". "))
        for at, letter in enumerate(part)
    ]
    assert page_of(1, 900, 900, Chars.of(chars), (), Glyphs()).is_poor is is_poor
