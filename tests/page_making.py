"""Pages for the tests of layout: set with Typst, drawn with ReportLab, read by either reader."""

from collections.abc import Callable
from pathlib import Path

import typst
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline.document import Glyphs, Page
from pipeline.reading import pdfium, plumber

PROSE = (
    "De gemeente en de provincie werken samen aan een aanpak die bewoners helpt om zelf keuzes te maken. "
    "In het eerste jaar zijn vier wijken bezocht, waar in gesprekken met bewoners is gevraagd naar hun zorgen. "
    "De uitkomsten zijn besproken met de woningcorporatie, die ze meeneemt in haar plannen voor het onderhoud. "
    "Ook het waterschap doet mee, omdat de straten bij hevige regen blank kwamen te staan. "
)
PARTS = [f"Deel {name}. {PROSE}" for name in ("een", "twee", "drie", "vier")]


def set_page(path: Path, source: str) -> Path:
    preamble = (
        '#set document(date: none)\n#set page(width: 400pt, height: 560pt, margin: 50pt)\n#set text(10pt, lang: "nl")\n'
    )
    path.write_bytes(typst.compile((preamble + source).encode()))
    return path


def drawn(path: Path, draw: Callable[[Canvas], None], size: tuple[float, float] = A4) -> Path:
    canvas = Canvas(str(path), pagesize=size)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.save()
    return path


def pages_of(path: Path, reader: str) -> list[Page]:
    content = path.read_bytes()
    if reader == "pdfium":
        with pdfium.opened(content, None) as pdf:
            return [pdfium.read_page(pdf, number, Glyphs()) for number in range(1, len(pdf) + 1)]
    with plumber.opened(content, None) as pdf:
        return [plumber.read_page(pdf, number, Glyphs()) for number in range(1, len(pdf.pages) + 1)]


def text_of(page: Page) -> str:
    return " ".join(line.text.text for line in page.lines)


def words_of(text: str) -> str:
    """Leave out spaces and the hyphens at line ends: what is compared is the order of the words."""
    return "".join(text.split()).replace("-", "").replace("\xad", "")
