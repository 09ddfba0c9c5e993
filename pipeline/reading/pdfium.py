"""Read ordinary PDF pages with pdfium."""

import ctypes
import math
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import pairwise, repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.document import Glyphs, Page
from pipeline.errors import AnnexError
from pipeline.reading.assembling import Chars, Flags, Look, Numbers, look_of
from pipeline.reading.layout import page_of
from pipeline.reading.pdfium_rules import Placing, rules_of

_SUPERIOR = 0.6
"""Height of the ink of a figure that the font has raised, relative to its size, at most; of a plain one it is 0.65."""
_SUPERIOR_FOOT = 0.42
"""How far above the foot of its box the ink of such a figure begins at least; that of a plain one does at 0.25."""
_STEP = 32
"""Of as many characters, the first is asked for its text object; the others only where the next one has another."""
_BOLD = 700
"""The weight of a bold font."""
_NO_SIZE = 2.5
"""A font that says it is this many times smaller than its letters are high does not tell its size."""
_BARE = frozenset({raw.FPDF_ANNOT_UNKNOWN, raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_HIGHLIGHT})
"""Kinds of annotation that print no letters."""
_UNPAINTED = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})


_FIRST, _SECOND = 0xD800 >> 10, 0xDC00 >> 10
"""What the halves of a letter in UTF-16 begin with."""
_NOWHERE = Look(0.0, bold=False, italic=False, colour=0)
"""The look of what belongs to no text object: too small to be seen."""


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401
    """Return a function of pdfium that takes plain numbers for its pointers and keeps Python's lock: twice as fast."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_text_object = _plain(raw.FPDFText_GetTextObject, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_int)
_loose_box = _plain(raw.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_font_of = _plain(raw.FPDFTextObj_GetFont, ctypes.c_size_t, ctypes.c_void_p)
_render_mode = _plain(raw.FPDFTextObj_GetTextRenderMode, ctypes.c_int, ctypes.c_void_p)
_font_size = _plain(raw.FPDFText_GetFontSize, ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
_matrix_at = _plain(raw.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_fill_colour = _plain(raw.FPDFText_GetFillColor, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)
_ink_box = _plain(raw.FPDFText_GetCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)
_code = _plain(raw.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)


@contextmanager
def opened(content: bytes, password: str | None) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF, first without a password.

    Raises
    ------
    AnnexError
        `encrypted`, `corrupt_file`.
    """
    for attempt in ("", password):
        if attempt is None:
            continue
        try:
            pdf = pdfium.PdfDocument(content, password=attempt or None)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
                continue
            raise AnnexError(
                "corrupt_file", "the PDF is damaged and cannot be opened; ask for it to be sent again"
            ) from None
        try:
            if pdf.get_formtype() == raw.FORMTYPE_ACRO_FORM:
                pdf.init_forms()  # makes the looks of fields that the file leaves to its reader
            yield pdf
        finally:
            pdf.close()
        return
    if password is None:
        raise AnnexError("encrypted", "the PDF is protected by a password; give it with --password")
    raise AnnexError("encrypted", "the password does not open this PDF; check it and give it with --password")


def read_page(pdf: pdfium.PdfDocument, number: int, glyphs: Glyphs) -> Page:
    """Return page `number` (from 1).

    Raises
    ------
    AnnexError
        `corrupt_file` when the page cannot be loaded.
    """
    with ExitStack() as stack:
        try:
            page = _with_annotations(pdf, number, stack)
        except pdfium.PdfiumError:
            raise AnnexError(
                "corrupt_file", "page {number} is damaged; ask for the file to be sent again", number=number
            ) from None
        width, height = page.get_size()
        place = Placing.of(page)
        rules = rules_of(page, place)
        textpage = page.get_textpage()
        try:
            chars = _chars(textpage, place)
        finally:
            textpage.close()
    return page_of(number, width, height, chars, rules, glyphs)


def _with_annotations(pdf: pdfium.PdfDocument, number: int, stack: ExitStack) -> pdfium.PdfPage:
    """Return a page with what is printed on it beside its content: filled-in fields, notes and stamps.

    They are printed onto a copy: on the page itself pdfium would lose the fonts that it shares with others.
    """
    page = stack.enter_context(closing(pdf[number - 1]))
    kinds = (_annotation_kind(page.raw, at) for at in range(raw.FPDFPage_GetAnnotCount(page.raw)))
    if all(kind in _BARE for kind in kinds):
        return page
    copy = stack.enter_context(closing(pdfium.PdfDocument.new()))
    copy.import_pages(pdf, [number - 1])
    with closing(copy[0]) as bare:
        is_printed = raw.FPDFPage_Flatten(bare.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS
    return stack.enter_context(closing(copy[0])) if is_printed else page


def _annotation_kind(page: object, at: int) -> int:
    annotation = raw.FPDFPage_GetAnnot(page, at)
    if not annotation:
        return int(raw.FPDF_ANNOT_UNKNOWN)
    try:
        return int(raw.FPDFAnnot_GetSubtype(annotation))
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _chars(textpage: pdfium.PdfTextPage, place: Placing) -> Chars:
    """Return the page's characters in content order; those that pdfium made up (spaces, line ends) are left out.

    Asking pdfium is most of the time that a page takes. So it is asked for all characters in a row, without any Python
    between two of them, and for their look only once a text object of the page's content.
    """
    count = raw.FPDFText_CountChars(textpage.raw)
    if count <= 0:
        return Chars.of(())
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    boxes = np.zeros((count, 4), dtype=np.float32)
    start = boxes.ctypes.data
    deque(map(_loose_box, repeat(handle), range(count), range(start, start + 16 * count, 16)), maxlen=0)
    units = _units(textpage.raw, handle, count)
    has_size = (boxes[:, 0] != boxes[:, 2]) | (boxes[:, 1] != boxes[:, 3])  # what is made up has none
    kept = np.flatnonzero(has_size & ~_second_halves(units))
    boxes = boxes[kept].astype(np.float64)
    painter = _Painter(textpage.raw, place.turned)
    looks: list[Look] = []
    for owner, first, after in _objects(handle, kept):
        height = abs(float(boxes[first, 1] - boxes[first, 3]))
        looks.extend([painter.look(owner, int(kept[first]), height)] * (after - first))
    if place.turned == 0:
        _raise_figures(handle, units, kept, boxes, looks)
    return Chars.of_columns(_letters(units, kept), np.array(place.columns(*boxes.T)), looks)


def _raise_figures(
    handle: int | None,
    units: npt.NDArray[np.uint16],
    kept: npt.NDArray[np.intp],
    boxes: Numbers,
    looks: list[Look],
) -> None:
    """Give figures that the font itself has raised the look and box of raised ones.

    Such a glyph has the size of its font, and the box that pdfium tells by the font; only its ink says where it stands.
    """
    chosen = units[kept]
    figures = np.flatnonzero((chosen >= ord("0")) & (chosen <= ord("9")))
    ink = np.zeros((len(figures), 4))
    start = ink.ctypes.data
    for at, index in enumerate(kept[figures].tolist()):
        side = start + 32 * at
        _ink_box(handle, index, side, side + 8, side + 16, side + 24)
    sizes = np.array([looks[at].size for at in figures.tolist()])
    low, high = ink[:, 2], ink[:, 3]
    is_raised = (low - boxes[figures, 3] > _SUPERIOR_FOOT * sizes) & (high > low) & (high - low < _SUPERIOR * sizes)
    for at in np.flatnonzero(is_raised).tolist():
        figure = int(figures[at])
        look = looks[figure]
        if look.angle == 0:
            looks[figure] = look._replace(size=round(_SUPERIOR * look.size, 1))
            boxes[figure, 1], boxes[figure, 3] = high[at], low[at]


def _objects(handle: int | None, kept: npt.NDArray[np.intp]) -> Iterator[tuple[int, int, int]]:
    """Give each text object of a page, and ``[first, after)`` of its characters as places in `kept`.

    The characters of an object follow each other, so only those around a change of object are all asked for theirs.
    """
    if not len(kept):
        return
    places = [*range(0, len(kept) - 1, _STEP), len(kept) - 1]
    asked = list(map(_text_object, repeat(handle), kept[places].tolist()))
    start, owner = 0, asked[0]
    for (first, after), (one, other) in zip(pairwise(places), pairwise(asked), strict=True):
        if one != other:
            for at, found in _changes(handle, kept[first : after + 1].tolist(), one, other):
                yield owner, start, first + at
                start, owner = first + at, found
    yield owner, start, len(kept)


def _changes(handle: int | None, indices: list[int], one: int, other: int) -> list[tuple[int, int]]:
    """Return where the text object changes between two characters, and to which: mostly once."""
    low, high = 0, len(indices) - 1
    while high - low > 1:
        middle = (low + high) // 2
        found = _text_object(handle, indices[middle])
        if found == one:
            low = middle
        elif found == other:
            high = middle
        else:
            owners = list(map(_text_object, repeat(handle), indices))
            return [(at, b) for at, (a, b) in enumerate(pairwise(owners), 1) if a != b]
    return [(high, other)]


def _units(textpage: object, handle: int | None, count: int) -> npt.NDArray[np.uint16]:
    """Return the UTF-16 unit of each of a page's characters: letters beyond the first plane are two of them."""
    buffer = np.empty(count + 1, dtype=np.uint16)
    if raw.FPDFText_GetText(textpage, 0, count, buffer.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort))) == count + 1:
        return buffer[:-1]
    codes = map(_code, repeat(handle), range(count))
    return np.fromiter((min(code, 0xFFFD) for code in codes), dtype=np.uint16, count=count)


def _second_halves(units: npt.NDArray[np.uint16]) -> Flags:
    """Return which units end a letter that the one before begins."""
    halves = np.zeros(len(units), dtype=np.bool_)
    halves[1:] = (units[1:] >> 10 == _SECOND) & (units[:-1] >> 10 == _FIRST)
    return halves


def _letters(units: npt.NDArray[np.uint16], kept: npt.NDArray[np.intp]) -> str:
    """Return what the characters of the indices `kept` say, one code point each."""
    chosen = units[kept]
    if not (chosen >> 11 == _FIRST >> 1).any():
        return chosen.tobytes().decode("utf-16-le")
    text = []
    for at in kept.tolist():
        unit = int(units[at])
        if unit >> 10 == _FIRST and at + 1 < len(units) and int(units[at + 1]) >> 10 == _SECOND:
            unit = 0x10000 + (unit - 0xD800 << 10) + int(units[at + 1]) - 0xDC00
        text.append("\ufffd" if 0xD800 <= unit < 0xE000 else chr(unit))
    return "".join(text)


class _Painter:
    """Tells the looks of the text objects of a page.

    Parameters
    ----------
    textpage
        The handle of the page's text.
    turned
        Degrees clockwise that the page is shown turned.
    """

    def __init__(self, textpage: Any, turned: int) -> None:  # noqa: ANN401
        self._textpage = textpage
        self._handle = ctypes.cast(textpage, ctypes.c_void_p).value
        self._turned = turned
        self._fonts: dict[int, tuple[str, int]] = {}
        self._matrix = raw.FS_MATRIX()
        self._parts = (ctypes.c_uint * 4)()

    def look(self, owner: int, index: int, height: float) -> Look:
        """Return the look of a text object, which character `index` belongs to; `height` is that of its box.

        Letters that are filled and stroked are made to look bold without a bold font.
        """
        if not owner:
            return _NOWHERE
        name, weight = self._font(owner, index)
        mode = _render_mode(owner)
        size, angle = self._size_and_angle(index)
        return look_of(
            name,
            size if height < _NO_SIZE * size else height,
            _BOLD if mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE else weight,
            self._colour(index),
            (self._turned - angle + 179) % 360 - 179,
            hidden=mode in _UNPAINTED,
        )

    def _font(self, owner: int, index: int) -> tuple[str, int]:
        font = _font_of(owner)
        if font not in self._fonts:
            flags = ctypes.c_int()
            length = raw.FPDFText_GetFontInfo(self._textpage, index, None, 0, ctypes.byref(flags))
            buffer = ctypes.create_string_buffer(max(length, 1))
            raw.FPDFText_GetFontInfo(self._textpage, index, buffer, length, ctypes.byref(flags))
            weight = raw.FPDFText_GetFontWeight(self._textpage, index)
            self._fonts[font] = buffer.value.decode("utf-8", "replace"), weight
        return self._fonts[font]

    def _colour(self, index: int) -> int:
        """Return the colour of a letter as it looks on white paper, 0xRRGGBB."""
        at = ctypes.addressof(self._parts)
        _fill_colour(self._handle, index, at, at + 4, at + 8, at + 12)
        red, green, blue, alpha = self._parts
        if alpha < 255:
            red, green, blue = (255 - (255 - part) * alpha // 255 for part in (red, green, blue))
        return red << 16 | green << 8 | blue

    def _size_and_angle(self, index: int) -> tuple[float, int]:
        """Return the size as shown, the font's scaled by the text matrix, and the degrees that it turns to the left."""
        size = float(_font_size(self._handle, index))
        matrix = self._matrix
        if not _matrix_at(self._handle, index, ctypes.addressof(matrix)):
            return size, 0
        if size < 0:  # turned half around
            size, matrix.a, matrix.b = -size, -matrix.a, -matrix.b
        size *= math.hypot(matrix.c, matrix.d) or 1.0
        return size, round(math.degrees(math.atan2(matrix.b, matrix.a)))
