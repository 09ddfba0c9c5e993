"""Tell the sizes of printed lines and which words are bold, so that headings of a scan stand out as in print."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from pipeline.reading.assembling import Char, Look
from pipeline.reading.ocr.hocr import Letter
from pipeline.reading.ocr.reading import Reading, ReadWord

# Letters whose printed height says the size of the type: those without ascender or descender, and those as high as
# capitals. The others differ from font to font.
_LOW = frozenset("acemnorsuvwxz")
_HIGH = frozenset("bdhklABDEFGHIKLMNPRSTUVWXYZ0123456789")
_X_HEIGHT = 0.5
"""Of most fonts, as a part of their size."""
_CAP_HEIGHT = 0.7
_TRIMMED = 0.2
"""Part of a line's letters, at either end, that is left out of its mean height: boxes that hold a neighbour too."""

_SAME_BODY = 0.12
"""Part by which the body of two pages may differ as measured: of small print, a pixel more is that much."""
_SAME_SIZE = 0.1
"""Part by which two lines of one size may differ as measured."""
_SAME_HEADING = 0.08
"""The same for other lines than the body's, which are fewer and differ on purpose."""
_SAME_SIZE_SHORT = 0.13
"""The same where one has few letters."""
_FEW_LETTERS = 8
_NEXT_SIZE = 0.045
"""Part of the body's size by which the lines of a page must jump, when put in order of size, for another size."""
_STEP = 0.5
"""Points that sizes are rounded to."""

_BOLD = 1.15
"""Times the stroke of most words, relative to the size, from which on a word is bold; bold type comes to 1.2 to 1.5."""
_BOLD_SMALL = 1.35
"""The same for small print, which a scanner thickens."""
_SMALL = 0.93
"""Part of the body's size below which print is small."""
_LINE_WEIGHT = 6
"""As many letters of its line are mixed into how thick a word is: a short word alone tells little."""
_ENOUGH = 200
"""Letters of a page from which on it tells by itself how thick its body is."""

_ASCENT, _DESCENT = 0.9, 0.25
"""How far a line reaches over and under the foot of its letters, as a part of its size."""
_CLOSING = frozenset(".,;:!?)")
"""Marks that no space goes before; Tesseract takes them for words of their own now and then."""
_CLOSE = 0.4
"""Part of the size below which such a mark stands at the word before it."""

_BLACK = 0


@dataclass(slots=True)
class Looks:
    """What is known of the type of a document; it grows page by page, in the order of the pages."""

    sizes: list[float] = field(default_factory=list)
    """In points, those met so far."""
    stroke: float = 0.0
    """How thick the body is, as a part of its x-height."""

    def chars(self, reading: Reading, scale: float) -> list[Char]:
        """Return what was read on a page as characters, a space between two words.

        Parameters
        ----------
        scale
            Points to a pixel.
        """
        low, high = _heights(reading)
        rows = [_Row.of(line, low, high) for line in reading.lines]
        body = self._snapped(low * scale / _X_HEIGHT, _SAME_BODY)
        usual = _usual_stroke(rows)
        if self.stroke == 0 or sum(row.letters for row in rows) >= _ENOUGH:
            self.stroke = usual
        limits = [(_BOLD_SMALL if row.ratio < _SMALL else _BOLD) * self.stroke for row in rows]
        is_bold = [
            sum(thick > limit for thick in row.thick) * 2 > len(row.thick)
            for row, limit in zip(rows, limits, strict=True)
        ]
        ratios = _evened(rows, is_bold)
        chars: list[Char] = []
        for line, row, ratio, limit in zip(reading.lines, rows, ratios, limits, strict=True):
            size = self._snapped(body * ratio, _SAME_SIZE if row.letters >= _FEW_LETTERS else _SAME_SIZE_SHORT)
            looks = [Look(size, thick > limit, italic=False, colour=_BLACK) for thick in row.thick]
            chars.extend(_line_chars(line, looks, scale))
        return chars

    def _snapped(self, size: float, near: float) -> float:
        """Return a size that was met before, where this is hardly another; else a new one."""
        body, known = self.sizes[:1], min(self.sizes, key=lambda other: abs(other - size), default=0.0)
        if body and abs(body[0] - size) <= near * body[0]:  # what most lines have
            return body[0]
        if abs(known - size) <= _SAME_HEADING * known:
            return known
        rounded = max(round(size / _STEP), 1) * _STEP
        self.sizes.append(rounded)
        return rounded


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as measured."""

    ratio: float
    """Its size as a part of that of the body."""
    letters: int
    thick: tuple[float, ...]
    """Of each word the stroke as a part of the x-height."""

    @classmethod
    def of(cls, line: Sequence[ReadWord], low: float, high: float) -> "_Row":
        ratio = _ratio(line, low, high)
        counts = [len(word.letters) for word in line]
        strokes = [word.stroke / (low * ratio) for word in line]
        mean = sum(s * n for s, n in zip(strokes, counts, strict=True)) / sum(counts)
        thick = ((s * n + mean * _LINE_WEIGHT) / (n + _LINE_WEIGHT) for s, n in zip(strokes, counts, strict=True))
        return cls(ratio, sum(counts), tuple(thick))


def _heights(reading: Reading) -> tuple[float, float]:
    """Return how high low and high letters of the body are, in pixels: most letters are the body's."""
    letters = [letter for line in reading.lines for word in line for letter in word.letters]
    low = _middle([letter.bottom - letter.top for letter in letters if letter.text in _LOW])
    high = _middle([letter.bottom - letter.top for letter in letters if letter.text in _HIGH])
    if not low:
        low = high * _X_HEIGHT / _CAP_HEIGHT
    return low or 1.0, high or (low or 1.0) * _CAP_HEIGHT / _X_HEIGHT


def _middle(values: Sequence[float]) -> float:
    """Return the mean of the middle half, which is finer than a median of whole pixels; 0 without values."""
    out = len(values) // 4
    half = sorted(values)[out : len(values) - out]
    return sum(half) / len(half) if half else 0.0


def _ratio(line: Sequence[ReadWord], low: float, high: float) -> float:
    """Return the size of a line as a part of that of the body."""
    ratios = sorted(
        (letter.bottom - letter.top) / (low if letter.text in _LOW else high)
        for word in line
        for letter in word.letters
        if letter.text in _LOW or letter.text in _HIGH
    )
    out = int(len(ratios) * _TRIMMED)
    ratios = ratios[out : len(ratios) - out]
    return max(sum(ratios) / len(ratios), 0.1) if ratios else 1.0


def _evened(rows: Sequence[_Row], is_bold: Sequence[bool]) -> list[float]:
    """Return the size of each line as a part of that of the body, the same for lines of a page that hardly differ.

    A line's size is known to a pixel of its letters; the mean of many lines of one weight is known better.
    """
    evened = [row.ratio for row in rows]
    for weight in (False, True):
        members = sorted(
            (at for at, row in enumerate(rows) if is_bold[at] == weight and row.letters >= _FEW_LETTERS),
            key=lambda at: rows[at].ratio,
        )
        groups: list[list[int]] = []
        for at in members:
            if groups and rows[at].ratio - rows[groups[-1][-1]].ratio < _NEXT_SIZE:
                groups[-1].append(at)
            else:
                groups.append([at])
        for group in groups:
            mean = sum(rows[at].ratio * rows[at].letters for at in group) / sum(rows[at].letters for at in group)
            for at in group:
                evened[at] = mean
    return evened


def _usual_stroke(rows: Sequence[_Row]) -> float:
    """Return how thick most letters are printed."""
    counts: Counter[float] = Counter()
    for row in rows:
        for thick in row.thick:
            counts[thick] += row.letters // len(row.thick) + 1
    half, seen = counts.total() / 2, 0
    for thick, count in sorted(counts.items()):
        seen += count
        if seen >= half:
            return thick
    return 0.0


def _line_chars(line: Sequence[ReadWord], looks: Sequence[Look], scale: float) -> list[Char]:
    """Return the characters of a line.

    They are as high as the line, as fonts have it, since a comma and a capital share no height. The letters of a word
    touch each other, so that no gap reads as a space.
    """
    foot = median(letter.bottom for word in line for letter in _feet(word)) * scale
    chars: list[Char] = []
    for word, look in zip(line, looks, strict=True):
        top, bottom = foot - _ASCENT * look.size, foot + _DESCENT * look.size
        placed = [
            Char(each.text, each.x0 * scale, top, each.x1 * scale, bottom, look)
            for each in sorted(word.letters, key=lambda each: each.x0 + each.x1)
        ]
        for at in range(1, len(placed)):
            before, after = placed[at - 1], placed[at]
            cut = min(max((before.x1 + after.x0) / 2, before.x0), after.x1)
            placed[at - 1], placed[at] = before._replace(x1=cut), after._replace(x0=cut)
        if chars:
            last = chars[-1]
            gap = placed[0].x0 - last.x1
            if _CLOSING.issuperset(word.text) and gap < _CLOSE * look.size:
                chars[-1] = last._replace(x1=max(placed[0].x0, last.x0))
            else:
                chars.append(Char(" ", last.x1, top, max(placed[0].x0, last.x1), bottom, last.look))
        chars.extend(placed)
    return chars


def _feet(word: ReadWord) -> Sequence[Letter]:
    """Return the letters of a word that stand on the line, or all."""
    return [each for each in word.letters if each.text in _LOW or each.text in _HIGH] or word.letters
