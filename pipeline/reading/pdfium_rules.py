"""Find the lines that are drawn on a page with pdfium, and where things of it stand on the page as shown."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.reading.assembling import Numbers, Rule
from pipeline.reading.drawing import Point, Stroke, is_seen, rules_of_outline

_Matrix = tuple[float, float, float, float, float, float]

_PLAIN: _Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST = 5
"""Forms inside forms that are looked into."""
_MOST_SEGMENTS = 400
"""Segments of a path beyond which it is a picture, not the lines of a table."""
_MOST_RULES = 5000
"""Drawn lines of a page beyond which it holds a drawing; what is read of it is enough for the tables."""


@dataclass(frozen=True, slots=True)
class Placing:
    """From PDF user space to points from the top left of the page as shown (ISO 32000-1, 8.3)."""

    turned: int
    """Degrees clockwise that the page is shown turned: 0, 90, 180, 270."""
    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> "Placing":
        """Return that of a page: what is shown is what crop box and media box both hold (14.11.2), here or above it."""
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(box))
        return cls(page.get_rotation(), box.left, box.bottom, box.right, box.top)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as shown."""
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if self.turned in (90, 270) else (wide, high)

    def point(self, x: float, y: float) -> Point:
        """Return where a point of user space stands."""
        match self.turned:
            case 90:
                return (y - self.bottom, x - self.left)
            case 180:
                return (self.right - x, y - self.bottom)
            case 270:
                return (self.top - y, self.right - x)
            case _:
                return (x - self.left, self.top - y)

    def columns(self, left: Numbers, top: Numbers, right: Numbers, bottom: Numbers) -> tuple[Numbers, ...]:
        """Return columns ``x0, top, x1, bottom`` of boxes whose sides are given column by column in user space."""
        match self.turned:
            case 90:
                return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
            case 180:
                return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
            case 270:
                return self.top - top, self.right - right, self.top - bottom, self.right - left
            case _:
                return left - self.left, self.top - top, right - self.left, self.top - bottom


def rules_of(page: pdfium.PdfPage, place: Placing) -> list[Rule]:
    """Return the level and upright lines that are drawn on a page, those of forms in it included."""
    found: list[Rule] = []
    for path, matrix in _paths(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, _PLAIN, 0):
        if _is_seen(path):
            for outline in _outlines(path, matrix, place):
                found.extend(rules_of_outline(outline, *place.size))
        if len(found) > _MOST_RULES:
            break
    return found


def _paths(
    holder: object, count: Callable[[Any], int], get: Callable[[Any, int], Any], matrix: _Matrix, depth: int
) -> Iterator[tuple[Any, _Matrix]]:
    """Give the paths of a page or form, each with the matrix that puts its own place into user space."""
    for index in range(count(holder)):
        item = get(holder, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield item, _product(_matrix_of(item), matrix)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _product(_matrix_of(item), matrix)
            yield from _paths(item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1)


def _matrix_of(item: object) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return _PLAIN
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _is_seen(path: object) -> bool:
    """Whether a path is stroked or filled in a colour that shows."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    parts = [ctypes.c_uint() for _ in range(4)]
    for is_used, colour in ((stroke, raw.FPDFPageObj_GetStrokeColor), (fill, raw.FPDFPageObj_GetFillColor)):
        if is_used.value and colour(path, *map(ctypes.byref, parts)) and is_seen(*(part.value for part in parts)):
            return True
    return False


def _outlines(path: object, matrix: _Matrix, place: Placing) -> Iterator[list[Stroke]]:
    """Give the straight pieces of each outline of a path, on the page as shown."""
    count = raw.FPDFPath_CountSegments(path)
    if not 0 < count <= _MOST_SEGMENTS:
        return
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    strokes: list[Stroke] = []
    first = last = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = place.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            yield strokes
            strokes, first = [], point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            strokes.append((last, point))
        last = point
        if raw.FPDFPathSegment_GetClose(segment) and last != first:
            strokes.append((last, first))
            last = first
    yield strokes
