"""Read ruled PDF pages with pdfplumber, which sees the rules of tables."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from pipeline.document import Glyphs, Page
from pipeline.errors import AnnexError
from pipeline.reading.assembling import Char, Look, lines_of, look_of


@contextmanager
def opened(content: bytes, password: str | None) -> Iterator[Any]:
    """Open a PDF, first without a password.

    Raises
    ------
    AnnexError
        `encrypted`, `corrupt_file`.
    """
    for attempt in dict.fromkeys(("", password or "")):
        try:
            pdf = pdfplumber.open(io.BytesIO(content), password=attempt)
            len(pdf.pages)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  # pdfminer fails in any way on odd files
            if _is_about_password(error):
                continue
            raise AnnexError(
                "corrupt_file", "the PDF is damaged and cannot be opened; ask for it to be sent again"
            ) from None
        with pdf:
            yield pdf
        return
    if password is None:
        raise AnnexError("encrypted", "the PDF is protected by a password; give it with --password")
    raise AnnexError("encrypted", "the password does not open this PDF; check it and give it with --password")


def _is_about_password(error: BaseException) -> bool:
    """Whether pdfminer lacked the password; pdfplumber wraps its errors."""
    return isinstance(error, PDFPasswordIncorrect) or any(isinstance(a, PDFPasswordIncorrect) for a in error.args)


def read_page(pdf: Any, number: int, glyphs: Glyphs) -> Page:  # noqa: ANN401
    """Return page `number` (from 1) and let go of what pdfplumber keeps of it."""
    page = pdf.pages[number - 1]
    try:
        looks: dict[tuple[str, float, object], Look] = {}
        chars = [_char(c, looks) for c in page.chars if c.get("upright", True)]
        return Page(number, float(page.width), float(page.height), lines_of(chars, number, glyphs))
    finally:
        page.close()


def _char(char: dict[str, Any], looks: dict[tuple[str, float, object], Look]) -> Char:
    colour = char.get("non_stroking_color")
    key = (char["fontname"], char["size"], colour if isinstance(colour, tuple) else None)
    look = looks.get(key)
    if look is None:
        look = looks[key] = look_of(str(key[0]), float(key[1]), 0, _rgb(key[2]))
    return Char(char["text"], char["x0"], char["top"], char["x1"], char["bottom"], look)


def _rgb(colour: object) -> int:
    """Return 0xRRGGBB of a grey, RGB or CMYK colour of parts from 0 to 1 (CMYK by the plain formula)."""
    if not isinstance(colour, tuple) or not all(isinstance(part, int | float) for part in colour):
        return 0
    match [min(max(float(part), 0.0), 1.0) for part in colour]:
        case [grey]:
            parts = (grey, grey, grey)
        case [red, green, blue]:
            parts = (red, green, blue)
        case [cyan, magenta, yellow, black]:
            parts = ((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))
        case _:
            return 0
    red, green, blue = (round(part * 255) for part in parts)
    return red << 16 | green << 8 | blue
