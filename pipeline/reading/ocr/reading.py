"""Read one page picture: turn it upright, clean it, let Tesseract read it, and keep what is text."""

from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np

from pipeline.reading.ocr.hocr import Letter, Word
from pipeline.reading.ocr.picture import Grey, Upright, is_blank, upright
from pipeline.reading.ocr.strokes import stroke_of
from pipeline.reading.ocr.tesseract import Tesseract

_SURE = 60
"""Confidence from which on a word counts as read, when it is asked how much sense a page makes."""
SENSE = 0.6
"""Part of a page's letters that stand in such words, from which on it makes sense."""
NONSENSE = 0.3
"""The part below which nothing of a page is to be believed."""
_STANDING = 3
"""Letters from which on a word is wider than high, unless it stands on its end."""

_GARBAGE = 40
"""Mean confidence of a line below which it is no text: a picture, a seal, a signature."""
_SPECK = 50
"""Confidence below which a word without letter or digit is a speck."""
_BAR = "|"
_BELOW = 0.1
"""Part of the height of a line's letters by which the foot of a capital may stand below that of most."""
_ODD_SIZE = 3.0
"""Times the height of most lines, from which on a line must be sure: pictures are large."""


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word that was read, and how thick it is printed."""

    letters: tuple[Letter, ...]
    stroke: float
    """Mean width of its strokes in pixels."""

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(letter.text for letter in self.letters)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read on a page; boxes in pixels of the picture as it was made upright and straight."""

    width: int
    height: int
    turned: int
    """Degrees that the page was turned clockwise to stand upright: 0, 90, 180 or 270."""
    skew: float
    """Degrees that it was then turned clockwise about its middle to make the lines level."""
    lines: tuple[tuple[ReadWord, ...], ...]
    sense: float
    """Part of its letters that stand in words which were read with confidence; 1 for a blank page."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed there."""
        return not self.lines and self.sense == 1

    def data(self) -> list[object]:
        """Return it as JSON data; `of_data` makes the same of it."""
        lines = [[[word.stroke, [list(letter) for letter in word.letters]] for word in line] for line in self.lines]
        return [self.width, self.height, self.turned, self.skew, self.sense, lines]

    @classmethod
    def of_data(cls, data: Any) -> "Reading":  # noqa: ANN401  # whatever a file held
        """Return what `data` gave.

        Raises
        ------
        ValueError, TypeError, KeyError, IndexError
            When it is something else.
        """
        width, height, turned, skew, sense, lines = data
        read = tuple(
            tuple(
                ReadWord(tuple(Letter(str(text), *(int(n) for n in box)) for text, *box in letters), float(stroke))
                for stroke, letters in line
            )
            for line in lines
        )
        return cls(int(width), int(height), int(turned), float(skew), read, float(sense))


def read_picture(grey: Grey, dpi: float, tesseract: Tesseract, seconds: float) -> Reading:
    """Read a page.

    It is read as it lies first. Only where that makes little sense, or its words stand on end, Tesseract is asked how
    it lies, which takes as long as half a reading; the better reading of the two is taken.

    Parameters
    ----------
    grey
        The page as shown.
    dpi
        Its resolution.
    seconds
        Wall time that Tesseract may take for each step.

    Raises
    ------
    OcrError
        When Tesseract does not read it.
    """
    if is_blank(grey):
        return Reading(grey.shape[1], grey.shape[0], 0, 0.0, (), 1.0)
    picture = upright(grey, dpi)
    lines = tesseract.read(picture.grey, dpi, seconds)
    if _sense(lines) < SENSE:
        turned = tesseract.turn(picture.grey, dpi, seconds)
        if turned:
            other = upright(grey, dpi, turned)
            again = tesseract.read(other.grey, dpi, seconds)
            if _sense(again) > _sense(lines):
                picture, lines = other, again
    return _reading(picture, lines)


def _sense(lines: list[list[Word]]) -> float:
    """Return the part of the letters that stand in words which were read with confidence and lie level."""
    words = list(chain.from_iterable(lines))
    letters = sum(len(word.letters) for word in words)
    if not letters:
        return 0.0
    return sum(len(word.letters) for word in words if word.confidence >= _SURE and not _stands(word)) / letters


def _stands(word: Word) -> bool:
    x0, top, x1, bottom = word.box
    return len(word.letters) >= _STANDING and bottom - top > x1 - x0


def _reading(picture: Upright, lines: list[list[Word]]) -> Reading:
    kept = _text_of(lines)
    height, width = picture.grey.shape
    return Reading(
        width,
        height,
        picture.turned,
        picture.skew,
        tuple(
            tuple(ReadWord(word.letters, round(stroke_of(picture.grey, word.box), 3)) for word in line) for line in kept
        ),
        round(_sense(kept), 4),
    )


def _text_of(lines: list[list[Word]]) -> list[list[Word]]:
    """Return the lines that are text, without specks."""
    heights = [bottom - top for line in lines for word in line for _, top, _, bottom in (word.box,)]
    usual = float(np.median(heights)) if heights else 0.0
    kept = []
    for line in lines:
        words = [word for word in line if not _is_speck(word)]
        if words and not _is_garbage(words, usual):
            kept.append(_with_numerals(words))
    return kept


def _with_numerals(words: list[Word]) -> list[Word]:
    """Return a line with an I for each bar that stands on the line as a letter does: a bar reaches below it.

    Tesseract takes the lone I of ``Bijlage I`` for a bar more often than not.
    """
    letters = [letter for word in words for letter in word.letters if letter.text.isalnum()]
    if not letters or all(word.text != _BAR for word in words):
        return words
    foot = float(np.median([letter.bottom for letter in letters]))
    height = max(letter.bottom - letter.top for letter in letters)
    return [
        replace(word, letters=(word.letters[0]._replace(text="I"),))
        if word.text == _BAR and word.letters[0].bottom <= foot + _BELOW * height
        else word
        for word in words
    ]


def _is_speck(word: Word) -> bool:
    return word.confidence < _SPECK and not any(letter.text.isalnum() for letter in word.letters)


def _is_garbage(words: list[Word], usual: float) -> bool:
    letters = sum(len(word.letters) for word in words)
    sure = sum(word.confidence * len(word.letters) for word in words) / letters
    if sure < _GARBAGE or all(_stands(word) for word in words):
        return True
    is_odd = min(word.box[3] - word.box[1] for word in words) > _ODD_SIZE * usual
    is_bare = not any(letter.text.isalnum() for word in words for letter in word.letters)
    return (is_odd and sure < _SURE) or (is_bare and letters < _STANDING and sure < _SURE)
