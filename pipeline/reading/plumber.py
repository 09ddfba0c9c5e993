"""Read ruled PDF pages with pdfplumber, which sees the rules of tables."""

import io
import math
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pdfplumber
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTCurve, LTFigure
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage

from pipeline.document import Box, Glyphs, Page
from pipeline.errors import AnnexError
from pipeline.reading.assembling import Char, Chars, Look, Rule, look_of
from pipeline.reading.drawing import Stroke, is_seen, rules_of_outline
from pipeline.reading.layout import page_of

_BOLD = 700
"""The weight of a bold font."""
_FILL_AND_STROKE = 2
"""Text rendering mode (ISO 32000-1, table 106) that makes letters look bold."""
_UNPAINTED = frozenset({3, 7})
"""Text rendering modes that leave no ink."""
_UNKNOWN = re.compile(r"\(cid:\d+\)")
"""What pdfminer gives for a character that its font does not name."""


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
    """Return page `number` (from 1); pdfplumber, which would keep what it reads, only opens the file."""
    page = pdf.pages[number - 1].page_obj
    device = _Device(pdf.rsrcmgr, pageno=number)
    PDFPageInterpreter(pdf.rsrcmgr, device).process_page(page)
    left, bottom, right, top = _shown(page)
    chars = [
        Char(text, x0 - left, top - y1, x1 - left, top - y0, look) for text, (x0, y0, x1, y1), look in device.printed
    ]
    width, height = right - left, top - bottom
    rules: list[Rule] = []
    for curve in _curves(device.get_result()):
        for outline in _outlines(curve, left, top):
            rules.extend(rules_of_outline(outline, width, height))
    return page_of(number, width, height, Chars.of(chars), rules, glyphs)


class _Device(PDFPageAggregator):
    """Keeps the characters of a page in content order, with what pdfminer forgets: how they are painted."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.printed: list[tuple[str, Box, Look]] = []
        self._mode = 0
        self._looks: dict[tuple[object, ...], Look] = {}

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:  # noqa: ANN401
        """Paint a string."""
        self._mode = textstate.render
        self._looks.clear()  # letters of one look object at one place are a ligature, of two they are printed twice
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(self, matrix: Any, font: Any, fontsize: Any, *rest: Any) -> float:  # noqa: ANN401
        """Paint a character and return how far it takes the next one."""
        step: float = super().render_char(matrix, font, fontsize, *rest)
        char: Any = self.cur_item._objs[-1]
        text = char.get_text()
        look = self._look(char, font.fontname, fontsize, matrix)
        self.printed.append(("\ufffd" if _UNKNOWN.fullmatch(text) else text, char.bbox, look))
        return step

    def _look(self, char: Any, font: object, size: float, matrix: tuple[float, ...]) -> Look:  # noqa: ANN401
        colour = char.graphicstate.ncolor
        key = (font, size, matrix[:4], self._mode, colour if isinstance(colour, int | float | tuple) else None)
        look = self._looks.get(key)
        if look is None:
            a, b, c, d = matrix[:4]
            name = font.decode("latin-1") if isinstance(font, bytes) else str(font)
            look = self._looks[key] = look_of(
                name,
                size * (math.hypot(c, d) or 1.0),
                _BOLD if self._mode == _FILL_AND_STROKE else 0,
                _rgb(key[-1]),
                (-round(math.degrees(math.atan2(b, a))) + 179) % 360 - 179,
                hidden=self._mode in _UNPAINTED,
            )
        return look


def _shown(page: PDFPage) -> Box:
    """Return what is shown of a page, where pdfminer places things: turned, from the corner of the media box."""
    media, crop = page.mediabox, page.cropbox
    x0, y0, x1, y1 = *map(max, media[:2], crop[:2]), *map(min, media[2:], crop[2:])
    match page.rotate % 360:
        case 90:
            return (y0 - media[1], media[2] - x1, y1 - media[1], media[2] - x0)
        case 180:
            return (media[2] - x1, media[3] - y1, media[2] - x0, media[3] - y0)
        case 270:
            return (media[3] - y1, x0 - media[0], media[3] - y0, x1 - media[0])
        case _:
            return (x0 - media[0], y0 - media[1], x1 - media[0], y1 - media[1])


def _curves(holder: Iterable[Any]) -> Iterator[Any]:
    for item in holder:
        if isinstance(item, LTFigure):
            yield from _curves(item)
        elif isinstance(item, LTCurve):
            painted = ((item.stroke, item.stroking_color), (item.fill, item.non_stroking_color))
            if any(is_seen(*_rgb(colour).to_bytes(3)) for is_used, colour in painted if is_used):
                yield item


def _outlines(curve: Any, left: float, top: float) -> Iterator[list[Stroke]]:  # noqa: ANN401
    """Give the straight pieces of each outline of a drawing, on the page as shown."""
    strokes: list[Stroke] = []
    first = last = (0.0, 0.0)
    for command, *points in curve.original_path or ():
        if command == "h":
            strokes.append((last, first))
            last = first
            continue
        point = (points[-1][0] - left, top - points[-1][1])
        if command == "m":
            yield strokes
            strokes, first = [], point
        elif command == "l":
            strokes.append((last, point))
        last = point
    yield strokes


def _rgb(colour: object) -> int:
    """Return 0xRRGGBB of a grey, RGB or CMYK colour of parts from 0 to 1 (CMYK by the plain formula)."""
    if isinstance(colour, int | float):
        colour = (colour,)
    elif isinstance(colour, list):
        colour = tuple(colour)
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
