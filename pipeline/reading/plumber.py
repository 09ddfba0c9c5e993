"""Read ruled PDF pages with pdfplumber, which sees the rules of tables."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pdfplumber

from pipeline.document import Glyphs, Page
from pipeline.reading.assembling import Char, Look, lines_of, look_of


def read_pages(content: bytes, password: str, numbers: Sequence[int], glyphs: Glyphs) -> Iterator[tuple[int, Page]]:
    """Give ``(number, page)`` for each of `numbers` (from 1); a page is let go before the next is read.

    Ends early where pdfminer fails on the file.
    """
    if not numbers:
        return
    try:
        with pdfplumber.open(io.BytesIO(content), password=password) as pdf:
            for number in numbers:
                page = pdf.pages[number - 1]
                looks: dict[tuple[str, float, object], Look] = {}
                chars = [_char(c, looks) for c in page.chars if c.get("upright", True)]
                yield number, Page(number, float(page.width), float(page.height), lines_of(chars, number, glyphs))
                page.close()
    except Exception:  # noqa: BLE001  # pdfminer fails in any way on odd files; pdfium has read these pages already
        return


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
