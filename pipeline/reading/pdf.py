"""Read a PDF: pdfium for ordinary pages, pdfplumber for ruled ones, one Page type."""

from pipeline.document import Document, Glyphs, Page
from pipeline.errors import AnnexError
from pipeline.reading import pdfium, plumber
from pipeline.settings import ReadingSettings

_AS_GOOD = 0.9
"""Part of pdfium's letters that pdfplumber must find on a ruled page, or pdfium's reading stands."""


def read_pdf(content: bytes, *, file: str, sha256: str, settings: ReadingSettings) -> Document:
    """Turn the bytes of a PDF into a Document with boxes; each page is read, used and let go.

    Raises
    ------
    AnnexError
        `encrypted`, `corrupt_file`, `limit_exceeded`, `no_text_layer`.
    """
    _refuse_cut_off(content)
    glyphs = Glyphs()
    pages: list[Page] = []
    with pdfium.opened(content, settings.password) as (pdf, password):
        count = len(pdf)
        if count > settings.limits.pages:
            raise AnnexError(
                "limit_exceeded", "it has {count} pages, the limit is {limit}", count=count, limit=settings.limits.pages
            )
        ruled: list[int] = []
        first, last = _part(settings.pages, count)
        for number in range(first, last + 1):
            page, is_ruled = pdfium.read_page(pdf, number, glyphs)
            pages.append(page)
            if is_ruled:
                ruled.append(number)
    for number, page in plumber.read_pages(content, password, ruled, glyphs):
        if _letters(page) >= _AS_GOOD * _letters(pages[number - first]):
            pages[number - first] = page
    if not any(page.lines for page in pages):
        raise AnnexError(
            "no_text_layer", "its pages are pictures without text; have it read by OCR first, then give the result"
        )
    return Document(file, sha256, "application/pdf", "embedded", tuple(pages), count, paged=True, glyphs=glyphs)


def _letters(page: Page) -> int:
    return sum(len(line.text) for line in page.lines)


def _part(pages: tuple[int, int] | None, count: int) -> tuple[int, int]:
    """Return first and last page to read, from 1, both inclusive."""
    if pages is None:
        return 1, count
    first, last = pages
    if first > count:
        raise AnnexError(
            "not_found", "there is no page {first}: the last one is page {count}", first=first, count=count
        )
    return first, min(last, count)


def _refuse_cut_off(content: bytes) -> None:
    """Refuse a file whose end is missing: pdfium would mend it silently and give the first half of the projects.

    A whole PDF ends in ``%%EOF`` (ISO 32000-1, 7.5.5); later objects mean that the last update was cut off.
    """
    end = content.rfind(b"%%EOF")
    if end < 0 or b" obj" in content[end:]:
        raise AnnexError("corrupt_file", "the PDF is cut off before its end; ask for it to be sent again")
