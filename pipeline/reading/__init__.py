"""Read a file into a Document: find out what it is by its content, then hand it to the reader of its format."""

from collections.abc import Generator
from pathlib import Path

from pipeline.document import Document, Glyphs, Page
from pipeline.reading.carrying import gathered
from pipeline.reading.docx import read_docx
from pipeline.reading.opening import SUFFIXES, Opened, opened
from pipeline.reading.text import read_text
from pipeline.settings import ReadingSettings

__all__ = ["SUFFIXES", "pages_of", "read"]


def read(path: Path, settings: ReadingSettings | None = None) -> Document:
    """Read one file in this process, which a bad file may stop, fill or crash; see `pipeline.reading.guarded`.

    Raises
    ------
    AnnexError
        With `not_found`, `unreadable`, `empty_file`, `unsupported_type`, `limit_exceeded`, and what the reader of the
        format raises.
    """
    settings = settings or ReadingSettings()
    pages = pages_of(opened(path, settings.limits), settings)
    parts = []
    while True:
        try:
            parts.append(next(pages))
        except StopIteration as end:
            return gathered(parts, end.value)


def pages_of(
    file: Opened, settings: ReadingSettings, *, only_second: bool = False
) -> Generator[tuple[Page, Glyphs | None], None, Document]:
    """Give the pages of a file, each with glyphs of its own, and return the document without them.

    Parameters
    ----------
    only_second
        Whether to leave out the first parser of a format that has two, which this file has crashed.

    Raises
    ------
    AnnexError
        What the reader of the format raises.
    """
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
