"""Set small PDFs of a test with Typst; no pytest."""

from pathlib import Path

import typst


def typst_pdf(source: str, path: Path) -> Path:
    """Write the PDF that Typst sets from `source`, with fonts that it ships only."""
    made = typst.compile(source.encode(), format="pdf", ignore_system_fonts=True)
    assert isinstance(made, bytes)
    path.write_bytes(made)
    return path
