"""Read a file into a Document: find out what it is by its content, then hand it to the reader of its format."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

from pipeline.document import Document, Glyphs, Page, ReadingWarning
from pipeline.errors import AnnexError
from pipeline.reading.carrying import gathered
from pipeline.reading.docx import read_docx
from pipeline.reading.opening import SUFFIXES, Opened, opened
from pipeline.reading.text import read_text
from pipeline.settings import ReadingSettings

__all__ = ["SUFFIXES", "pages_of", "read", "read_opened"]

Pages = Generator[tuple[Page, Glyphs | None], None, Document]

_NEAR = 0.8
"""Part of a limit from which on it is told that the file is almost too large."""


def read(path: Path, settings: ReadingSettings | None = None) -> Document:
    """Read one file in this process, which a bad file may stop, fill or crash; see `pipeline.reading.guarded`.

    Raises
    ------
    AnnexError
        With `not_found`, `unreadable`, `empty_file`, `unsupported_type`, and what `read_opened` raises.
    """
    settings = settings or ReadingSettings()
    return read_opened(opened(path, settings.limits), settings)


def read_opened(file: Opened, settings: ReadingSettings) -> Document:
    """Read an opened file in this process.

    Raises
    ------
    AnnexError
        What `pages_of` raises.
    """
    pages = pages_of(file, settings)
    parts = []
    while True:
        try:
            parts.append(next(pages))
        except StopIteration as end:
            return gathered(parts, end.value)


def pages_of(file: Opened, settings: ReadingSettings, *, only_second: bool = False) -> Pages:
    """Give the pages of a file, each with glyphs of its own, and return the document without them.

    Parameters
    ----------
    only_second
        Whether to leave out the first parser of a format that has two, which this file has crashed.

    Raises
    ------
    AnnexError
        What the reader of the format raises, and `limit_exceeded` when there is too much text.
    """
    limits = settings.limits
    pages = _pages(file, settings, only_second=only_second)
    count = characters = 0
    while True:
        try:
            page, glyphs = next(pages)
        except StopIteration as end:
            document: Document = end.value
            break
        count += 1
        characters += sum(len(line.text) for line in page.lines)
        if characters > limits.characters:
            raise AnnexError(
                "limit_exceeded",
                "it has more than {limit} characters, which is the limit; give it in parts",
                limit=limits.characters,
            )
        yield page, glyphs
    # Time and memory have limits too, but depend on the machine, and records do not.
    shares = [len(file.content) / limits.bytes, characters / limits.characters, document.paged * count / limits.pages]
    if max(shares) < _NEAR:
        return document
    return replace(
        document, warnings=(*document.warnings, ReadingWarning("limits_near", "the file is almost too large"))
    )


def _pages(file: Opened, settings: ReadingSettings, *, only_second: bool) -> Pages:
    if file.kind == "pdf":
        from pipeline.reading import pdf  # libraries that a run over text files can do without

        parsers = pdf.PARSERS[1:] if only_second else pdf.PARSERS
        return (
            yield from pdf.pdf_pages(
                file.content, file=file.name, sha256=file.sha256, settings=settings, parsers=parsers
            )
        )
    read_whole = read_docx if file.kind == "docx" else read_text
    document = read_whole(file.content, file=file.name, sha256=file.sha256, settings=settings)
    for page in document.pages:
        yield page, None
    return document
