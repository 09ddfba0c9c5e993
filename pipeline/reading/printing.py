"""Draw pages of a PDF as people look at them, and measure them, with pdfium; in the process that reads."""

import io
import math
from contextlib import closing

import pypdfium2

from pipeline.errors import AnnexError
from pipeline.reading.lines import PageSizes
from pipeline.reading.pdfium import opened
from pipeline.settings import ReadingSettings

_LONGEST = 10_000
"""Pixels of a side: a page may be a ribbon."""
_QUICK = 1
"""How hard the picture is packed: it goes to this machine only."""


def picture_of(content: bytes, number: int, width: int, settings: ReadingSettings) -> bytes:
    """Return page `number` (from 1) as shown, as PNG, with what is filled in on it; all of the page fills the picture.

    Parameters
    ----------
    width
        In pixels; it is less where the picture would pass the limits.

    Raises
    ------
    AnnexError
        `encrypted`, `corrupt_file`, and `not_found` for a page that is not there.
    """
    with opened(content, settings.password) as pdf:
        if not 1 <= number <= len(pdf):
            raise AnnexError(
                "not_found", "there is no page {first}: the last one is page {count}", first=number, count=len(pdf)
            )
        try:
            with closing(pdf[number - 1]) as page:
                wide, high = page.get_size()
                most = (settings.limits.pixels / (wide * high)) ** 0.5
                scale = min(width / wide, most, _LONGEST / max(wide, high))
                with closing(page.render(scale=scale)) as bitmap:
                    made = io.BytesIO()
                    bitmap.to_pil().save(made, "PNG", compress_level=_QUICK)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  # whatever a damaged page brings about
            raise AnnexError(
                "corrupt_file", "page {number} is damaged; ask for the file to be sent again", number=number
            ) from None
    return made.getvalue()


def sizes_of(content: bytes, settings: ReadingSettings) -> PageSizes:
    """Return the sizes of all pages as shown.

    They are those of `pipeline.document.Page`: user units are points, whatever a page says that they are.

    Raises
    ------
    AnnexError
        `encrypted`, `corrupt_file`, `limit_exceeded`.
    """
    with opened(content, settings.password) as pdf:
        if len(pdf) > settings.limits.pages:
            raise AnnexError(
                "limit_exceeded",
                "it has {count} pages, the limit is {limit}; give a part of them with --pages",
                count=len(pdf),
                limit=settings.limits.pages,
            )
        return PageSizes(tuple(_size(pdf, index) for index in range(len(pdf))))


def _size(pdf: pypdfium2.PdfDocument, index: int) -> tuple[float, float]:
    try:
        width, height = pdf.get_page_size(index)
    except pypdfium2.PdfiumError:
        return 0.0, 0.0
    is_real = 0 < width < math.inf and 0 < height < math.inf
    return (round(width, 2), round(height, 2)) if is_real else (0.0, 0.0)
