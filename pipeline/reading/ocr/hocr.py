"""Read what Tesseract gives: lines, words and letters with their boxes, from hOCR (https://kba.github.io/hocr-spec/1.2/)."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple

_LINES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})
_MOST = 10_000_000
"""Pixels from the corner that no picture reaches to."""


class GarbledError(ValueError):
    """What should be hOCR is something else."""


class Letter(NamedTuple):
    """One letter as Tesseract read it; its box in pixels from the top left, `x1` and `bottom` exclusive."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Word:
    """One word as Tesseract read it."""

    letters: tuple[Letter, ...]
    confidence: int
    """From 0 to 100."""

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(letter.text for letter in self.letters)

    @property
    def box(self) -> tuple[int, int, int, int]:
        """``(x0, top, x1, bottom)`` around its letters, in pixels."""
        return (
            min(letter.x0 for letter in self.letters),
            min(letter.top for letter in self.letters),
            max(letter.x1 for letter in self.letters),
            max(letter.bottom for letter in self.letters),
        )


def words_of(hocr: bytes) -> list[list[Word]]:
    """Return the words of each line, in the order that Tesseract gives them.

    Parameters
    ----------
    hocr
        Made with ``hocr_char_boxes``.

    Raises
    ------
    GarbledError
        When it is no hOCR in UTF-8 with letters.
    """
    parser = _Parser()
    try:
        parser.feed(hocr.decode("utf-8"))
        parser.close()
    except (UnicodeDecodeError, ValueError, IndexError) as error:
        raise GarbledError(str(error)) from None
    if not parser.has_page:
        raise GarbledError("it holds no page")
    return [line for line in parser.lines if line]


class _Parser(HTMLParser):
    """Gathers letters into words, words into lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[Word]] = []
        self.has_page = False
        self._confidence = 0
        self._letters: list[Letter] = []
        self._box: tuple[int, int, int, int] | None = None
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"span", "div"}:
            return
        named = dict(attrs)
        kind, title = named.get("class") or "", named.get("title") or ""
        self.has_page = self.has_page or kind == "ocr_page"
        if tag == "div":
            return
        self._open.append(kind)
        if kind in _LINES:
            self.lines.append([])
        elif kind == "ocrx_word":
            self._letters = []
            self._confidence = min(max(int(float(_property(title, "x_wconf")[0])), 0), 100)
        elif kind == "ocrx_cinfo":
            x0, top, x1, bottom = (int(number) for number in _property(title, "x_bboxes")[:4])
            if not (0 <= x0 <= x1 <= _MOST and 0 <= top <= bottom <= _MOST):
                raise ValueError("a box lies outside of the page")
            self._box = (x0, top, x1, bottom)

    def handle_data(self, data: str) -> None:
        if self._box is not None and data.strip():
            self._letters.append(Letter(data.strip(), *self._box))

    def handle_endtag(self, tag: str) -> None:
        if tag != "span" or not self._open:
            return
        kind = self._open.pop()
        if kind == "ocrx_cinfo":
            self._box = None
        elif kind == "ocrx_word" and self._letters:
            self.lines[-1].append(Word(tuple(self._letters), self._confidence))


def _property(title: str, name: str) -> list[str]:
    """Return the values of one property of a title, such as ``bbox`` in ``bbox 10 20 30 40; x_wconf 90``."""
    for part in title.split(";"):
        key, *values = part.split()
        if key == name:
            return values
    raise ValueError(f"a title without {name}")
