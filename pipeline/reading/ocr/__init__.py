"""Read the pages of a PDF that have no text to rely on by OCR: with Tesseract, many pages at once, each only once."""

import hashlib
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache as once
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.document import Glyphs, Page, TextLayer
from pipeline.errors import AnnexError
from pipeline.reading.ocr import cache, rendering
from pipeline.reading.ocr.looks import Looks
from pipeline.reading.ocr.page import page_of
from pipeline.reading.ocr.picture import Grey, is_blank
from pipeline.reading.ocr.reading import NONSENSE, Reading, read_picture
from pipeline.reading.ocr.tesseract import OcrError, Tesseract, find_tesseract
from pipeline.settings import Limits

_FEW_LETTERS = 300
"""Letters below which the text on a page may be a stamp, or a running header, over a picture of the page itself."""
_COVERED = 0.5
"""Part of a page that its pictures cover, from which on that is so."""
_RICHER = 1.5
"""Times the letters of such text that OCR must find, or there was nothing else to read."""

_MOST_WORKERS = 16
_WORKER_MEMORY = 384 * 1024 * 1024
"""Bytes that the picture of one page may need while it is cleaned."""
_PIXELS_AHEAD = 150_000_000
"""Pixels of pages that may wait for OCR: more would only fill memory."""

_STEPS = ("hocr.py", "picture.py", "reading.py", "strokes.py", "tesseract.py")
"""Modules that what is kept depends on: when one changes, pages are read anew."""


class Ocr:
    """The OCR of one document.

    Parameters
    ----------
    pdf
        As pdfium has it; None where pdfium cannot open it, and no page can be printed.
    limits
        `pixels` of a picture, `page_seconds` of Tesseract, `memory` of all together.
    """

    def __init__(self, pdf: Any, limits: Limits) -> None:  # noqa: ANN401  # pypdfium2 has no types
        self._pdf = pdf
        self._limits = limits
        self._looks = Looks()
        self._tesseract: Tesseract | None = None
        self._layers: set[TextLayer] = set()
        self._pictures = 0
        self._reason: str | None = None
        self._has_read = False

    @property
    def text_layer(self) -> TextLayer:
        """How the pages with text were read, all together."""
        if "ocr" not in self._layers:
            return "embedded"
        return "mixed" if "embedded" in self._layers else "ocr"

    def pages(self, source: Iterable[tuple[Page, Glyphs]]) -> Iterator[tuple[Page, Glyphs]]:
        """Give the pages of `source`, in order, those read by OCR that have no text to rely on.

        What comes of a page does not depend on how many are read at once, nor on whether it was read before.
        """
        waiting: deque[tuple[Page, Glyphs, Future[Reading | None] | None, int]] = deque()
        with ThreadPoolExecutor(self._workers()) as pool:
            try:
                for page, glyphs in source:
                    job, pixels = None, 0
                    if self._pdf is not None and _is_wanted(self._pdf, page):
                        picture = rendering.rendered(self._pdf, page.number, self._limits.pixels)
                        if picture is None:
                            page = _unread(page)
                        else:
                            job, pixels = pool.submit(self._read, *picture), picture[0].size
                    waiting.append((page, glyphs, job, pixels))
                    while waiting and (
                        waiting[0][2] is None
                        or waiting[0][2].done()
                        or sum(pixels for *_, pixels in waiting) > _PIXELS_AHEAD
                    ):
                        yield self._given(*waiting.popleft())
                while waiting:
                    yield self._given(*waiting.popleft())
            finally:
                for _, _, job, _ in waiting:
                    if job is not None:
                        job.cancel()
        if self._has_read:
            cache.trim()

    def refusal(self) -> AnnexError:
        """Return the error for a document on none of whose pages text was found."""
        if not self._pictures:
            return AnnexError("no_text_layer", "its pages are empty; check that it is the right file")
        tesseract = self._found()
        if tesseract is None:
            return AnnexError(
                "no_text_layer",
                "its pages are pictures without text; install Tesseract with its Dutch data, which reads them "
                "({command}), then run it again",
                command=install_command(),
            )
        if not tesseract.reads_dutch:
            return AnnexError(
                "no_text_layer",
                "its pages are pictures without text, and Tesseract lacks its Dutch data; install that ({command}), "
                "then run it again",
                command=install_command(),
            )
        if self._reason is not None:
            return AnnexError(
                "ocr_failed",
                "Tesseract fails on its pages ({reason}); `annex doctor` says whether it works; else have the file "
                "read by another OCR program and give the result",
                reason=self._reason,
            )
        return AnnexError(
            "ocr_failed", "no text can be made out on its pages; have it scanned again, straight and at 300 dpi"
        )

    def _workers(self) -> int:
        return max(min(_cores(), _MOST_WORKERS, self._limits.memory // _WORKER_MEMORY), 1)

    def _found(self) -> Tesseract | None:
        if self._tesseract is None:
            self._tesseract = find_tesseract()
        return self._tesseract

    def _read(self, grey: Grey, dpi: float) -> Reading | None:
        """Return what a page holds; None where it is no blank page and there is nothing to read it with.

        Raises
        ------
        OcrError
            When Tesseract does not read it.
        """
        tesseract = self._found()
        if tesseract is None or not tesseract.reads_dutch:
            return Reading(grey.shape[1], grey.shape[0], 0, 0.0, (), 1.0) if is_blank(grey) else None
        key = _key(grey, dpi, tesseract)
        kept = cache.load(key, Reading.of_data)
        if kept is not None:
            return kept
        reading = read_picture(grey, dpi, tesseract, self._limits.page_seconds)
        cache.save(key, reading.data())
        self._has_read = True
        return reading

    def _given(
        self, page: Page, glyphs: Glyphs, job: "Future[Reading | None] | None", pixels: int
    ) -> tuple[Page, Glyphs]:
        """Return a page as it came, or as OCR read it where that is the better."""
        if job is not None:
            page, glyphs = self._better(page, glyphs, job, pixels)
        if page.lines:
            self._layers.add(page.text_layer)
        return page, glyphs

    def _better(self, page: Page, glyphs: Glyphs, job: "Future[Reading | None]", pixels: int) -> tuple[Page, Glyphs]:
        try:
            reading = job.result()
        except OcrError as error:
            self._pictures += 1
            self._reason = str(error)
            return _unread(page), glyphs
        if reading is not None and reading.is_blank:
            return (page if page.lines else replace(page, text_layer="none")), glyphs
        self._pictures += 1
        if reading is None or reading.sense < NONSENSE:
            return _unread(page), glyphs
        own = Glyphs()
        scale = (page.width * page.height / max(pixels, 1)) ** 0.5
        read = page_of(page, reading, self._looks.chars(reading, scale), scale, own)
        if page.lines and not page.is_poor and _letters(read) < _RICHER * _letters(page):
            return page, glyphs
        return read, own


def install_command() -> str:
    """Return how Tesseract with Dutch is installed on this machine."""
    if sys.platform == "win32":
        return "winget install UB-Mannheim.TesseractOCR, Dutch ticked"
    if sys.platform == "darwin":
        return "brew install tesseract tesseract-lang"
    return "apt install tesseract-ocr tesseract-ocr-nld"


def _is_wanted(pdf: Any, page: Page) -> bool:  # noqa: ANN401
    """Whether a page has no text to rely on: none, a broken one, or a few words over a picture of the page."""
    if not page.lines or page.is_poor:
        return True
    return _letters(page) < _FEW_LETTERS and rendering.covered(pdf, page.number) >= _COVERED


def _unread(page: Page) -> Page:
    return replace(page, text_layer=page.text_layer if page.lines else "none", is_poor=True)


def _letters(page: Page) -> int:
    return sum(len(line.text) for line in page.lines)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@once
def _steps() -> str:
    """Return what tells the steps of this version from those of others."""
    folder = Path(__file__).parent
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in _STEPS)).hexdigest()


def _key(grey: Grey, dpi: float, tesseract: Tesseract) -> str:
    digest = hashlib.sha256(f"{_steps()} {tesseract.fingerprint()} {grey.shape} {dpi:.3f}".encode())
    digest.update(np.ascontiguousarray(grey).tobytes())
    return digest.hexdigest()
