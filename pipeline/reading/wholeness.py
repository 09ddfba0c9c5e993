"""Tell a PDF that was cut off from one that only has an odd end: readers mend both without a word."""

from typing import Any

from pdfminer.pdfparser import PDFSyntaxError
from pdfminer.pdftypes import PDFStream, resolve1


def is_whole(content: bytes, pages: list[Any], document: Any) -> bool:  # noqa: ANN401  # pdfminer's, untyped here
    """Whether a file without a proper end still holds all that its page tree speaks of.

    Its last object must be ended, the tree must have as many pages as it counts, and each page its content.

    Parameters
    ----------
    pages, document
        As pdfminer found them, which looks for the objects itself where the table of them is missing.
    """
    last = content.rfind(b" obj")
    if b"endobj" not in content[last:]:
        return False
    tree = resolve1(document.catalog.get("Pages"))
    if not isinstance(tree, dict) or resolve1(tree.get("Count")) != len(pages):
        return False
    return all(_has_its_content(page) for page in pages)


def _has_its_content(page: Any) -> bool:  # noqa: ANN401
    try:
        return all(isinstance(resolve1(part), PDFStream) for part in page.contents)
    except PDFSyntaxError:
        return False
