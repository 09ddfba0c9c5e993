"""Files are read by what they hold: both PDF readers give the same page, text comes in any of its encodings."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from fpdf import FPDF
from making import pdf
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pipeline.document import Document
from pipeline.errors import AnnexError
from pipeline.reading import read
from pipeline.settings import Limits, ReadingSettings

SAMPLES = Path(__file__).parent.parent / "samples"
PDFS = sorted(SAMPLES.glob("*.pdf"))


def words(document: Document) -> list[str]:
    return [word for line in document.lines() for word in line.text.text.split()]


@pytest.mark.parametrize("path", PDFS, ids=lambda p: p.stem)
def test_every_line_stands_on_its_page(path: Path) -> None:
    for page in read(path).pages:
        for line in page.lines:
            x0, top, x1, bottom = line.box
            assert 0 <= x0 < x1 <= page.width
            assert 0 <= top < bottom <= page.height
            [(number, box)] = line.text.boxes(0, len(line.text))
            assert number == page.number
            assert box[0] >= x0 - 0.1
            assert box[3] <= bottom + 0.1


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp1252", b""), ("utf-16", b"")]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_is_read_in_its_encoding(tmp_path: Path, encoding: str, mark: bytes, end: str) -> None:
    path = tmp_path / "bijlage.txt"
    path.write_bytes(mark + end.join(["Coöperatie ‘Één’ – € 5", "", "tweede alinea"]).encode(encoding))
    document = read(path)
    lines = list(document.lines())
    assert document.file == "bijlage.txt"
    assert [line.text.text for line in lines] == ["Coöperatie ‘Één’ – € 5", "tweede alinea"]
    assert [line.blank_before for line in lines] == [0, 1]


def test_a_pdf_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "bijlage.txt"
    path.write_bytes(PDFS[0].read_bytes())
    assert read(path).media_type == "application/pdf"


def test_a_part_of_the_pages_keeps_their_numbers() -> None:
    whole, part = read(PDFS[0]), read(PDFS[0], ReadingSettings(pages=(2, 3)))
    assert [page.number for page in part.pages] == [2, 3]
    assert part.page_count == whole.page_count
    assert words(part) == [w for page in whole.pages[1:3] for line in page.lines for w in line.text.text.split()]


@pytest.mark.parametrize(
    ("limits", "code"),
    [(Limits(bytes=100), "limit_exceeded"), (Limits(pages=1), "limit_exceeded")],
)
def test_limits_hold(limits: Limits, code: str) -> None:
    with pytest.raises(AnnexError) as caught:
        read(PDFS[0], ReadingSettings(limits=limits))
    assert caught.value.code == code


def test_a_page_that_is_not_there_is_said() -> None:
    with pytest.raises(AnnexError, match="there is no page 99"):
        read(PDFS[0], ReadingSettings(pages=(99, 100)))


def test_odd_spaces_and_letters_of_text_are_made_plain(tmp_path: Path) -> None:
    path = tmp_path / "bijlage.txt"
    path.write_text("Coo\u0308peratie\u00a0Zoe\u0308 en de ge\u00admeente\u200b\u2009Ede", encoding="utf-8")
    assert [line.text.text for line in read(path).lines()] == ["Coöperatie Zoë en de gemeente Ede"]


def test_boxes_of_a_cropped_page_are_those_of_the_page_as_shown(tmp_path: Path) -> None:
    cropped = tmp_path / "bijlage.pdf"
    with pdfium.PdfDocument(PDFS[0]) as pdf:
        for page in pdf:
            page.set_cropbox(20, 30, 575, 810)
        height = pdf[0].get_mediabox()[3]
        pdf.save(cropped)
    for whole, part in zip(read(PDFS[0]).pages, read(cropped).pages, strict=True):
        assert (part.width, part.height) == pytest.approx((555, 780))
        for one, other in zip(whole.lines, part.lines, strict=True):
            assert other.text.text == one.text.text
            assert other.box[0] == pytest.approx(one.box[0] - 20, abs=0.01)
            assert other.box[1] == pytest.approx(one.box[1] - (height - 810), abs=0.01)


def test_text_that_stands_sideways_is_taken_out_of_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "bijlage.pdf"
    page = FPDF()
    page.add_page()
    page.set_font("helvetica", size=12)
    page.text(40, 50, "Een regel van de bijlage")
    with page.rotation(90, 15, 150):
        page.text(15, 150, "kst-34567-12")
    page.text(40, 60, "Nog een regel")
    page.output(str(path))
    [read_page] = read(path).pages
    assert [line.text.text for line in read_page.lines] == ["Een regel van de bijlage", "Nog een regel"]
    assert [(r.line.text.text, r.reason) for r in read_page.removed] == [("kst-34567-12", "sideways")]


def test_a_form_gives_what_is_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "bijlage.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(60, 780, "Penvoerder:")
    canvas.acroForm.textfield(name="penvoerder", x=140, y=770, width=200, height=24, value="Stichting De Brug")
    canvas.linkURL("https://example.org", (60, 700, 100, 720))
    canvas.save()
    assert "Stichting De Brug" in " ".join(line.text.text for line in read(path).lines())


def test_letters_beyond_the_first_plane_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "bijlage.pdf"
    to_unicode = b"1 beginbfrange <41> <5a> <d835dc00> endbfrange"  # capitals as mathematical bold ones
    stream = b"9 0 obj <</Length %d>> stream\n%s\nendstream endobj\nxref" % (len(to_unicode), to_unicode)
    with_map = pdf((("", "AB en C"),)).replace(b"/WinAnsiEncoding>>", b"/WinAnsiEncoding/ToUnicode 9 0 R>>")
    path.write_bytes(with_map.replace(b"xref", stream, 1))
    assert [line.text.text for line in read(path).lines()] == ["𝐀𝐁 en 𝐂"]


def test_a_stamp_does_not_cost_a_page_the_fonts_that_it_shares(tmp_path: Path) -> None:
    path = tmp_path / "bijlage.pdf"
    fonts = b"/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>"
    capitals = b"1 beginbfrange <61> <7a> <0041> endbfrange"
    shared = pdf((("", "een regel"),)).replace(fonts, b"/Annots[8 0 R]").replace(b"/Kids", fonts + b"/Kids")
    more = (
        b"8 0 obj <</Type/Annot/Subtype/Stamp/Rect[60 700 200 720]/F 4/AP<</N 9 0 R>>>> endobj\n"
        b"9 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 140 20]%s/Length 40>> stream\n"
        b"BT /F2 11 Tf 2 5 Td (Vastgesteld) Tj ET  \nendstream endobj\n"
        b"7 0 obj <</Length %d>> stream\n%s\nendstream endobj\nxref" % (fonts, len(capitals), capitals)
    )
    mapped = shared.replace(
        b"/Helvetica/Encoding/WinAnsiEncoding>>", b"/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 7 0 R>>"
    )
    path.write_bytes(mapped.replace(b"xref", more, 1))
    assert [line.text.text for line in read(path).lines()] == ["EEN REGEL", "Vastgesteld"]


@pytest.mark.parametrize(("room", "loose"), [(1.4, 0.0), (2.0, 0.0), (4.0, 0.0), (4.0, 0.9)])
def test_words_that_stand_close_are_parted_without_spaces_in_the_file(
    tmp_path: Path, room: float, loose: float
) -> None:
    path = tmp_path / "bijlage.pdf"
    canvas = Canvas(str(path))
    words = ["De", "gemeente", "Zwolle", "begon", "in", "mei"]
    x = 60.0
    for word in words:
        for letter in word:
            canvas.setFont("Helvetica", 12)
            canvas.drawString(x, 780, letter)
            x += stringWidth(letter, "Helvetica", 12) + loose
        x += room
    canvas.save()
    assert [line.text.text for line in read(path).lines()] == [" ".join(words)]


def test_text_of_a_negative_size_on_a_page_that_is_turned_over_stands_upright(tmp_path: Path) -> None:
    path = tmp_path / "bijlage.pdf"
    turned = pdf((("", "Een regel van de bijlage"),)).replace(b" 11 Tf 60 780 Td", b" -11 Tf 400 60 Td")
    path.write_bytes(turned.replace(b"/Contents", b"/Rotate 180/Contents"))
    assert [line.text.text for line in read(path).lines()] == ["Een regel van de bijlage"]
