"""Print a page of a PDF as a picture, with pdfium."""

from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.reading.ocr.picture import Grey

_DPI = 300
"""Tesseract reads ordinary print best at this resolution."""
_ENOUGH_DPI = 195
"""A scan of at least this resolution is read as it is: more dots than it has say nothing more (measured)."""
_POINTS_PER_INCH = 72
_WHOLE = 0.5
"""Part of the page that a picture covers which is taken for a scan of it."""
_LONGEST = 30_000
"""Pixels of a side: Tesseract takes no more than 32,767."""


def rendered(pdf: Any, number: int, pixels: int) -> tuple[Grey, float] | None:  # noqa: ANN401  # pypdfium2 has no types
    """Return page `number` (from 1) as shown, and its resolution in dots an inch; None where pdfium cannot print it.

    A page that is a scan is printed at the scan's own resolution, if that is enough for OCR, and not too fine.

    Parameters
    ----------
    pixels
        What the picture may have at most.
    """
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        return None
    try:
        width, height = page.get_size()
        own = max((dpi for share, dpi in _pictures(page) if share >= _WHOLE), default=0.0)
        dpi = own if _ENOUGH_DPI <= own <= _DPI else float(_DPI)
        scale = min(
            dpi / _POINTS_PER_INCH, (pixels / max(width * height, 1.0)) ** 0.5, _LONGEST / max(width, height, 1.0)
        )
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            grey = np.array(bitmap.to_numpy(), dtype=np.uint8)
        finally:
            bitmap.close()
    except (pdfium.PdfiumError, ValueError, OverflowError):  # a page without a size, or without end
        return None
    finally:
        page.close()
    return grey.reshape(grey.shape[:2]), scale * _POINTS_PER_INCH


def covered(pdf: Any, number: int) -> float:  # noqa: ANN401
    """Return which part of a page its pictures cover, where they do not overlap."""
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        return 0.0
    try:
        return sum(share for share, _ in _pictures(page))
    finally:
        page.close()


def _pictures(page: Any) -> list[tuple[float, float]]:  # noqa: ANN401
    """Return of each picture the part of the page that it covers, and its resolution in dots an inch."""
    width, height = page.get_size()
    found = []
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        try:
            left, bottom, right, top = item.get_bounds()
            across, down = item.get_px_size()
        except pdfium.PdfiumError:
            continue
        area = (right - left) * (top - bottom)
        if area > 0:
            dpi = (across * down / area) ** 0.5 * _POINTS_PER_INCH
            found.append((area / max(width * height, 1.0), dpi))
    return found
