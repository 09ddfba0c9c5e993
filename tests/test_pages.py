"""Pages as they are laid out, read by both readers: columns, fields side by side, margins, marks, turned text."""

from pathlib import Path

import pypdfium2
import pytest
from page_making import PARTS, PROSE, drawn, pages_of, set_page, text_of, words_of
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas


@pytest.mark.parametrize("justify", ["true", "false"])
@pytest.mark.parametrize("count", [2, 3])
def test_columns_are_read_one_after_the_other(tmp_path: Path, reader: str, count: int, justify: str) -> None:
    source = f"#set par(justify: {justify})\n#set text({9 if count == 2 else 7}pt, hyphenate: true)\n"
    source += f"#columns({count})[" + "\n\n".join(PARTS) + "]"
    [page, *_] = pages_of(set_page(tmp_path / "a.pdf", source), reader)
    whole = words_of("".join(PARTS))
    assert len(words_of(text_of(page))) > 500
    assert whole.startswith(words_of(text_of(page)))


def test_a_title_over_two_columns_comes_first_and_what_runs_across_below_comes_last(
    tmp_path: Path, reader: str
) -> None:
    source = f"""
#text(16pt)[Bijlage 2 Overzicht van de projecten in de provincie]

#columns(2, gutter: 14pt)[{PARTS[0]} #colbreak() {PARTS[1]}]

Kop over de breedte

{PARTS[2]}
"""
    [page] = pages_of(set_page(tmp_path / "a.pdf", source), reader)
    order = (
        "Bijlage 2 Overzicht van de projecten in de provincie" + PARTS[0] + PARTS[1] + "Kop over de breedte" + PARTS[2]
    )
    assert words_of(text_of(page)) == words_of(order)


def test_columns_of_unequal_length_with_a_picture_between(tmp_path: Path, reader: str) -> None:
    source = f"""#columns(2, gutter: 14pt)[{PARTS[0]} #rect(width: 100%, height: 60pt, fill: gray) {PARTS[1]}
#colbreak() {PARTS[2]}]"""
    [page] = pages_of(set_page(tmp_path / "a.pdf", source), reader)
    assert words_of(text_of(page)) == words_of("".join(PARTS[:3]))


def test_a_table_over_both_columns_parts_them(tmp_path: Path, reader: str) -> None:
    source = f"""#columns(2, gutter: 14pt)[{PARTS[0]} #colbreak() {PARTS[1]}]
#table(columns: (1fr, 1fr, 1fr), [Project], [Uitvoerder], [Budget],
  [Stuwen], [Waterschap], [40.000], [Kades], [Provincie], [12.500])
#columns(2, gutter: 14pt)[{PARTS[2]} #colbreak() {PARTS[3]}]"""
    [page, *_] = pages_of(set_page(tmp_path / "a.pdf", "#set text(8pt)\n" + source), reader)
    cells = [line for line in page.lines if line.cell is not None]
    assert [line.text.text for line in cells] == [
        "Project",
        "Uitvoerder",
        "Budget",
        "Stuwen",
        "Waterschap",
        "40.000",
        "Kades",
        "Provincie",
        "12.500",
    ]
    at = page.lines.index(cells[0])
    assert words_of(" ".join(line.text.text for line in page.lines[:at])) == words_of(PARTS[0] + PARTS[1])
    assert words_of(" ".join(line.text.text for line in page.lines[at + 9 :])) == words_of(PARTS[2] + PARTS[3])


def test_justified_lines_with_wide_gaps_stay_whole(tmp_path: Path, reader: str) -> None:
    source = "#set par(justify: true)\n#set text(hyphenate: false)\n#block(width: 130pt)[" + PROSE * 2 + "]"
    [page] = pages_of(set_page(tmp_path / "a.pdf", source), reader)
    assert words_of(text_of(page)) == words_of(PROSE * 2)
    assert all(line.cell is None for line in page.lines)


def test_fields_in_two_columns_are_a_row_each(tmp_path: Path, reader: str) -> None:
    left = [("Projectnaam: Slimme stuwen", "Penvoerder: Waterschap Aa"), ("Looptijd: 2023-2025", "Budget: 40.000 euro")]

    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "Project 1 zonder verdere toelichting in deze bijlage, maar met een regel tekst.")
        for row, (one, other) in enumerate(left):
            canvas.drawString(60, 740 - 16 * row, one)
            canvas.drawString(320, 740 - 16 * row, other)

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert {line.text.text for line in page.lines[1:]} == {field for row in left for field in row}


def test_a_number_far_left_of_its_heading_stays_on_its_line(tmp_path: Path, reader: str) -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(12):
            canvas.drawString(110, 700 - 14 * row, "Een regel van de lopende tekst die bijna de hele breedte vult.")
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(60, 740, "2.1")
        canvas.drawString(110, 740, "Stuwen die luisteren")

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert page.lines[0].text.text == "2.1 Stuwen die luisteren"
    assert page.lines[0].bold


def test_margin_notes_and_line_numbers_are_taken_out(tmp_path: Path, reader: str) -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(14):
            canvas.setFont("Helvetica", 10)
            canvas.drawString(120, 740 - 14 * row, "Een regel van de lopende tekst die de kolom bijna geheel vult.")
            canvas.drawString(80, 740 - 14 * row, str(row + 1))
        canvas.setFont("Helvetica", 7)
        canvas.drawString(450, 700, "Zie ook bijlage 4")

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert {line.text.text for line in page.lines} == {"Een regel van de lopende tekst die de kolom bijna geheel vult."}
    assert len(page.lines) == 14
    assert {r.reason for r in page.removed} == {"margin_note"}
    assert "Zie ook bijlage 4" in {r.line.text.text for r in page.removed}


@pytest.mark.parametrize("angle", [0, 45, 60])
def test_watermarks_are_taken_out(tmp_path: Path, reader: str, angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(150, 500)
        canvas.rotate(angle)
        canvas.setFont("Helvetica-Bold", 70)
        canvas.setFillGray(0.85)
        canvas.drawString(0, 0, "CONCEPT")
        canvas.restoreState()
        canvas.setFont("Helvetica", 10)
        for row in range(30):
            canvas.drawString(60, 740 - 14 * row, f"Regel {row} van de lopende tekst die de kolom bijna geheel vult.")

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert [line.text.text.split()[1] for line in page.lines] == [str(row) for row in range(30)]
    assert [(r.line.text.text, r.reason) for r in page.removed] == [("CONCEPT", "watermark")]


def test_much_text_that_stands_sideways_is_read_behind_the_rest(tmp_path: Path, reader: str) -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(6):
            canvas.drawString(60, 740 - 14 * row, f"Regel {row} van de lopende tekst die de kolom bijna vult.")
        canvas.rotate(90)
        for row in range(4):
            canvas.drawString(100, -200 - 14 * row, f"Gekanteld {row} met wat er in de tabel staat.")

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert [line.text.text.split()[:2] for line in page.lines] == [
        *(["Regel", str(row)] for row in range(6)),
        *(["Gekanteld", str(row)] for row in range(4)),
    ]
    assert page.removed == ()


def test_what_the_printer_sets_sideways_is_taken_out_of_a_short_page(tmp_path: Path, reader: str) -> None:
    stamp = ["kst-34567-12", "ISSN 0921 - 7371", "'s-Gravenhage 2023"]

    def draw(canvas: Canvas) -> None:
        for row in range(2):
            canvas.drawString(80, 740 - 14 * row, f"Regel {row} van de laatste bladzijde.")
        canvas.rotate(90)
        for row, text in enumerate(stamp):
            canvas.drawString(100, -30 - 9 * row, text)

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert len(page.lines) == 2
    assert [(removed.line.text.text, removed.reason) for removed in page.removed] == [(t, "sideways") for t in stamp]


def test_slanting_labels_are_kept_apart(tmp_path: Path, reader: str) -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(6):
            canvas.drawString(60, 740 - 14 * row, f"Regel {row} van de lopende tekst die de kolom bijna vult.")
        for x, label in ((100, "Noordelijke Maas"), (300, "Rijn")):
            canvas.saveState()
            canvas.translate(x, 400)
            canvas.rotate(40)
            canvas.drawString(0, 0, label)
            canvas.restoreState()

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert {(removed.line.text.text, removed.reason) for removed in page.removed} == {
        ("Noordelijke Maas", "sideways"),
        ("Rijn", "sideways"),
    }


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_whose_text_is_turned_is_read_turned(tmp_path: Path, reader: str, turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(297, 421)
        canvas.rotate(turn)
        for row in range(6):
            canvas.drawString(-200, 60 - 14 * row, f"Regel {row} van een blad dat op zijn kant is afgedrukt")

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert [line.text.text.split()[1] for line in page.lines] == [str(row) for row in range(6)]
    x0, top, x1, bottom = page.lines[0].box
    assert (bottom - top > x1 - x0) == (turn != 180)
    [(_, box)] = page.lines[0].text.boxes(0, len(page.lines[0].text))
    assert x0 - 1 <= box[0] <= box[2] <= x1 + 1
    assert top - 1 <= box[1] <= box[3] <= bottom + 1


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [(0, 0, 842, 595), (30, 20, 800, 580)])
def test_boxes_are_those_of_the_page_as_shown(
    tmp_path: Path, reader: str, turn: int, crop: tuple[float, float, float, float]
) -> None:
    path = drawn(tmp_path / "a.pdf", lambda canvas: canvas.drawString(100, 500, "Stuwen"), landscape(A4))
    with pypdfium2.PdfDocument(path) as pdf:
        pdf[0].set_cropbox(*crop)
        pdf[0].set_rotation(turn)
        pdf.save(tmp_path / "b.pdf")
    [page] = pages_of(tmp_path / "b.pdf", reader)
    left, bottom, right, top = crop
    wide, high = (right - left, top - bottom) if turn in (0, 180) else (top - bottom, right - left)
    assert (page.width, page.height) == pytest.approx((wide, high), abs=0.5)
    [line] = page.lines
    corner = {
        0: (100 - left, top - 500),
        90: (500 - bottom, 100 - left),
        180: (right - 100, 500 - bottom),
        270: (top - 500, right - 100),
    }[turn]
    x0, y0, x1, y1 = line.box
    assert x0 - 8 <= corner[0] <= x1 + 8
    assert y0 - 8 <= corner[1] <= y1 + 8
    assert line.text.text == "Stuwen"


def test_a_wide_table_in_small_type_loses_no_column_to_the_margin(tmp_path: Path, reader: str) -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(14):
            canvas.drawString(150, 760 - 14 * row, "Een regel van de lopende tekst die de kolom bijna vult.")
            canvas.drawString(150, 440 - 14 * row, "Een regel van de lopende tekst die de kolom bijna vult.")
        canvas.setFont("Helvetica", 7)
        for row in range(5):
            for column in range(6):
                canvas.drawString(40 + 90 * column, 540 - 12 * row, f"cel {row}{column}")

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert text_of(page).count("cel ") == 30
    assert page.removed == ()


def test_the_same_pale_words_all_over_a_page_are_a_watermark(tmp_path: Path, reader: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        for row in range(6):
            for column in range(3):
                canvas.drawString(80 + 160 * column, 733 - 70 * row, "Ontwerp")
        canvas.setFillGray(0)
        for row in range(30):
            canvas.drawString(
                60, 740 - 14 * row, "Een regel van de lopende tekst die over de hele breedte van het blad loopt."
            )

    [page] = pages_of(drawn(tmp_path / "a.pdf", draw), reader)
    assert len(page.lines) == 30
    assert {line.text.text for line in page.lines} == {
        "Een regel van de lopende tekst die over de hele breedte van het blad loopt."
    }
    assert {(r.line.text.text, r.reason) for r in page.removed} == {("Ontwerp", "watermark")}
