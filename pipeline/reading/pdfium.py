"""Read ordinary PDF pages with pdfium."""

import ctypes
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.document import AlignedText, Glyphs, Line, Page, Removed
from pipeline.errors import AnnexError
from pipeline.reading.assembling import Char, Look, lines_of, look_of

_RULES_OF_A_TABLE = 6
"""Ruled lines or boxes on a page from which on it is taken for a ruled one: a header rule and a few borders are not."""

_UPRIGHT = 0.9
"""Cosine of the angle up to which letters belong to the lines: a scan may be turned a little."""
_BOLD = 700
"""The weight of a bold font."""

_BARE = frozenset({raw.FPDF_ANNOT_UNKNOWN, raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_HIGHLIGHT})
"""Kinds of annotation that print no letters."""

_Place = Callable[[float, float], tuple[float, float]]


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


def read_page(pdf: pdfium.PdfDocument, number: int, glyphs: Glyphs) -> tuple[Page, bool]:
    """Return page `number` (from 1), and whether it is ruled, so that pdfplumber may read it better.

    A turned or cropped page is not: pdfplumber would give its boxes on the whole sheet.

    Raises
    ------
    AnnexError
        `corrupt_file` when the page cannot be loaded.
    """
    try:
        page = _with_annotations(pdf, pdf[number - 1], number)
    except pdfium.PdfiumError:
        raise AnnexError(
            "corrupt_file", "page {number} is damaged; ask for the file to be sent again", number=number
        ) from None
    try:
        width, height = page.get_size()
        is_plain = page.get_rotation() == 0 and page.get_cropbox() == page.get_mediabox()[:4] == (0, 0, width, height)
        is_ruled = is_plain and _rules(page) >= _RULES_OF_A_TABLE
        textpage = page.get_textpage()
        try:
            sideways: list[Char] = []
            lines = lines_of(_chars(page, textpage, sideways), number, glyphs)
        finally:
            textpage.close()
    finally:
        page.close()
    return Page(number, width, height, lines, _removed(sideways, number)), is_ruled


def _with_annotations(pdf: pdfium.PdfDocument, page: pdfium.PdfPage, number: int) -> pdfium.PdfPage:
    """Return a page with what is printed on it beside its content: filled-in fields, notes and stamps."""
    handle = page.raw
    if all(_annotation_kind(handle, at) in _BARE for at in range(raw.FPDFPage_GetAnnotCount(handle))):
        return page
    is_changed = raw.FPDFPage_Flatten(handle, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS
    if not is_changed:
        return page
    page.close()
    return pdf[number - 1]


def _annotation_kind(page: object, at: int) -> int:
    annotation = raw.FPDFPage_GetAnnot(page, at)
    if not annotation:
        return int(raw.FPDF_ANNOT_UNKNOWN)
    try:
        return int(raw.FPDFAnnot_GetSubtype(annotation))
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _removed(sideways: list[Char], number: int) -> tuple[Removed, ...]:
    """Return what stands at an angle to the lines of the page, such as a mark in the margin, as one line taken out."""
    if not sideways:
        return ()
    box = (
        min(c.x0 for c in sideways),
        min(c.top for c in sideways),
        max(c.x1 for c in sideways),
        max(c.bottom for c in sideways),
    )
    return (Removed(Line(AlignedText("".join(c.text for c in sideways)), number, box), "sideways"),)


def _rules(page: pdfium.PdfPage) -> int:
    """Return how many thin, drawn paths the page has."""
    count = 0
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=2):
        left, bottom, right, top = item.get_bounds()
        if min(right - left, top - bottom) < 3 < max(right - left, top - bottom):
            count += 1
    return count


def _chars(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, sideways: list[Char]) -> Iterator[Char]:
    """Give the page's characters in content order; those that pdfium made up (spaces, line ends) are left out.

    Those that do not stand upright on the page as shown go to `sideways`.
    """
    turned = math.radians(page.get_rotation())
    place = _placing(page)
    handle = textpage.raw
    box = raw.FS_RECTF()
    box_at = ctypes.byref(box)
    looks: dict[int, tuple[Look, bool]] = {}
    for index in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in {0, 0xFFFF} or raw.FPDFText_IsGenerated(handle, index) == 1:
            continue
        if not raw.FPDFText_GetLooseCharBox(handle, index, box_at):
            continue
        owner = raw.FPDFText_GetTextObject(handle, index)
        if not owner:
            continue
        address = ctypes.addressof(owner.contents)
        look = looks.get(address)
        if look is None:
            upright = _is_upright(raw.FPDFText_GetCharAngle(handle, index), turned)
            look = looks[address] = (_look(handle, index, owner), upright)
        xa, ya = place(box.left, box.top)
        xb, yb = place(box.right, box.bottom)
        if 0xD800 <= code < 0xDC00:  # a letter of UTF-16 in two halves
            code = _whole(code, raw.FPDFText_GetUnicode(handle, index + 1))
        elif 0xDC00 <= code < 0xE000:
            continue
        char = Char(chr(code), min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb), look[0])
        if look[1]:
            yield char
        else:
            sideways.append(char)


def _is_upright(angle: float, turned: float) -> bool:
    """Whether letters drawn at an angle stand upright on a page that is shown turned; both in radians."""
    return angle < 0 or any(math.cos(angle + sign * turned) > _UPRIGHT for sign in (1, -1))


def _whole(high: int, low: int) -> int:
    """Return the code point of a surrogate pair, U+FFFD where the second is none."""
    return 0x10000 + (high - 0xD800 << 10) + low - 0xDC00 if 0xDC00 <= low < 0xE000 else 0xFFFD


def _look(handle: object, index: int, owner: object) -> Look:
    """Return the look of the text object `owner`, which character `index` belongs to.

    Letters that are filled and stroked are made to look bold without a bold font.
    """
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(handle, index, None, 0, ctypes.byref(flags))
    buffer = ctypes.create_string_buffer(max(length, 1))
    raw.FPDFText_GetFontInfo(handle, index, buffer, length, ctypes.byref(flags))
    channels = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(handle, index, *(ctypes.byref(c) for c in channels))
    red, green, blue = (c.value & 0xFF for c in channels[:3])
    size = _size(handle, index)
    stroked = raw.FPDFTextObj_GetTextRenderMode(owner) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
    return look_of(
        buffer.value.decode("utf-8", "replace"),
        size,
        _BOLD if stroked else raw.FPDFText_GetFontWeight(handle, index),
        red << 16 | green << 8 | blue,
    )


def _size(handle: object, index: int) -> float:
    """Return the size as shown: the font's, scaled by the text matrix."""
    size = float(raw.FPDFText_GetFontSize(handle, index))
    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(handle, index, ctypes.byref(matrix)):
        size *= float((matrix.c**2 + matrix.d**2) ** 0.5) or 1.0
    return size


def _placing(page: pdfium.PdfPage) -> _Place:
    """Return the function from PDF user space to points from the top left of the page as shown (ISO 32000-1, 8.3)."""
    crop, media = page.get_cropbox(), page.get_mediabox()
    left, bottom = max(crop[0], media[0]), max(crop[1], media[1])  # what is shown is what both hold (14.11.2)
    right, top = min(crop[2], media[2]), min(crop[3], media[3])
    match page.get_rotation():
        case 90:
            return lambda x, y: (y - bottom, x - left)
        case 180:
            return lambda x, y: (right - x, y - bottom)
        case 270:
            return lambda x, y: (top - y, right - x)
        case _:
            return lambda x, y: (x - left, top - y)
