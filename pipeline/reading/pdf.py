"""Read a PDF page by page: with pdfium, and with pdfplumber where pdfium fails."""

import math
import re
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any, Literal, get_args

from pipeline.document import Document, Glyphs, Page, ReadingWarning
from pipeline.errors import AnnexError
from pipeline.reading import pdfium
from pipeline.reading.ocr import Ocr
from pipeline.settings import ReadingSettings

Parser = Literal["pdfium", "pdfplumber"]
PARSERS: tuple[Parser, ...] = get_args(Parser)

_OBJECT = re.compile(rb"^\s*\d+\s+\d+\s+obj\b", re.MULTILINE)
_A4 = (595.0, 842.0)
"""Size in points that a page is given which cannot be read at all."""


def pdf_pages(
    content: bytes, *, file: str, sha256: str, settings: ReadingSettings, parsers: tuple[Parser, ...] = PARSERS
) -> Generator[tuple[Page, Glyphs], None, Document]:
    """Give the pages of a PDF, each with glyphs of its own, so that it can be let go; return the document without them.

    A page that no parser can read is given as an empty, poor one.

    Parameters
    ----------
    parsers
        Those that may be used; a file that crashes the first is read again without it.

    Raises
    ------
    AnnexError
        `encrypted`, `corrupt_file`, `limit_exceeded`, `no_text_layer`, `ocr_failed`, and `not_found` for a page that
        is not there.
    """
    with ExitStack() as stack:
        book = _Book(content, settings.password, parsers, stack)
        first, last = _part(settings.pages, book.count)
        if last - first >= settings.limits.pages:
            raise AnnexError(
                "limit_exceeded",
                "it has {count} pages, the limit is {limit}; give a part of them with --pages",
                count=last - first + 1,
                limit=settings.limits.pages,
            )
        warnings = [] if _is_ended(content) else [book.odd_end()]
        is_empty = True
        ocr = Ocr(book.for_printing, settings.limits)
        for page, glyphs in ocr.pages(map(book.page, range(first, last + 1))):
            is_empty = is_empty and not page.lines
            yield page, glyphs
        if is_empty and book.unread == last - first + 1:
            raise AnnexError("corrupt_file", "none of its pages can be read; ask for it to be sent again")
        if is_empty:
            raise ocr.refusal()
    layer = ocr.text_layer
    return Document(file, sha256, "application/pdf", layer, (), book.count, paged=True, warnings=tuple(warnings))


class _Book:
    """One PDF, as each of its parsers has it."""

    def __init__(self, content: bytes, password: str | None, parsers: tuple[Parser, ...], stack: ExitStack) -> None:
        self._content = content
        self._password = password
        self._parsers = parsers
        self._stack = stack
        self._plumber: Any = None
        self._has_failed = "pdfplumber" not in parsers
        self._pdfium: Any = None
        self.unread = 0
        """How many pages no parser could read so far."""
        error: AnnexError | None = None
        if "pdfium" in parsers:
            try:
                self._pdfium = stack.enter_context(pdfium.opened(content, password))
            except AnnexError as raised:
                error = raised
        self.count = len(self._pdfium) if self._pdfium is not None else 0
        if self.count == 0:
            self.count = self._count_by_plumber(error)

    def _count_by_plumber(self, error: AnnexError | None) -> int:
        """Return how many pages pdfplumber finds where pdfium cannot open the file, or finds none."""
        try:
            count = len(self._by_plumber().pages)
        except MemoryError:
            raise
        except AnnexError as raised:
            raise (error if error is not None and raised.code == "corrupt_file" else raised) from None
        if count == 0:
            raise error or AnnexError("corrupt_file", "the PDF has no pages; ask for it to be sent again")
        return count

    @property
    def for_printing(self) -> Any:  # noqa: ANN401  # pypdfium2 has no types
        """The file as pdfium has it; None where pdfium cannot open it."""
        return self._pdfium

    def page(self, number: int) -> tuple[Page, Glyphs]:
        """Return a page with its glyphs; one without a size gets that of its lines."""
        page, glyphs = self._read(number)
        if not (0 < page.width < math.inf and 0 < page.height < math.inf):
            right, bottom = max((line.box[2:] for line in page.lines), default=_A4)
            page = replace(page, width=max(right, 1.0), height=max(bottom, 1.0))
        return page, glyphs

    def _read(self, number: int) -> tuple[Page, Glyphs]:
        for read in (self._page_by_pdfium, self._page_by_plumber):
            glyphs = Glyphs()
            try:
                page = read(number, glyphs)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001, S112  # whatever a damaged page brings about, the others are read
                continue
            if page is not None:
                return page, glyphs
        self.unread += 1
        return Page(number, *_A4, (), text_layer="none", is_poor=True), Glyphs()

    def odd_end(self) -> ReadingWarning:
        """Return the warning for a file without a proper end that holds all of its pages even so.

        Raises
        ------
        AnnexError
            `corrupt_file` when it does not: half of the projects would be given for all.
        """
        from pipeline.reading.wholeness import is_whole

        try:
            pdf = self._by_plumber()
            pages = [page.page_obj for page in pdf.pages]
            whole = is_whole(self._content, pages, pdf.doc) and len(pages) >= self.count
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  # pdfminer fails in any way on odd files
            whole = False
        if not whole:
            raise AnnexError("corrupt_file", "the PDF is cut off before its end; ask for it to be sent again")
        return ReadingWarning("damaged_file", "the file has no proper end; compare the last projects with the source")

    def _page_by_pdfium(self, number: int, glyphs: Glyphs) -> Page | None:
        if self._pdfium is None or number > len(self._pdfium):
            return None
        return pdfium.read_page(self._pdfium, number, glyphs)

    def _page_by_plumber(self, number: int, glyphs: Glyphs) -> Page | None:
        from pipeline.reading import plumber

        return None if self._has_failed else plumber.read_page(self._by_plumber(), number, glyphs)

    def _by_plumber(self) -> Any:  # noqa: ANN401  # pdfplumber has no types
        """Return the file as pdfplumber has it, opened when it is first wanted: that takes long.

        Raises
        ------
        AnnexError
            `encrypted`, `corrupt_file`.
        """
        from pipeline.reading import plumber

        if self._has_failed:
            raise AnnexError("corrupt_file", "the PDF is damaged and cannot be opened; ask for it to be sent again")
        if self._plumber is None:
            self._has_failed = True
            self._plumber = self._stack.enter_context(plumber.opened(self._content, self._password))
            self._has_failed = False
        return self._plumber


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


def _is_ended(content: bytes) -> bool:
    """Whether a file ends as a whole PDF does (ISO 32000-1, 7.5.5): in ``%%EOF``, with no object behind it."""
    end = content.rfind(b"%%EOF")
    return end >= 0 and not _OBJECT.search(content, end)
