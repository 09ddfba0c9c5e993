"""The characters of a page as all readers give them, one by one or column by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import compress
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

LETTERS = {0xFFFE: "-", 0x02: "-", 0x2010: "-", 0x2011: "-", 0xF0B7: "•", 0xF0A7: "▪"}
"""Letters that are read as others, for `str.translate`: pdfium gives U+FFFE, some writers U+0002, for the hyphen at a
line end; Word gives the numbers that bullets have in its symbol fonts. A soft hyphen stays: it is the printer's."""

_MEANT_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_MEANT_ITALIC = ("italic", "oblique", "kursiv")


class Look(NamedTuple):
    """How a run of characters is printed."""

    size: float
    bold: bool
    italic: bool
    colour: int
    angle: int = 0
    """Degrees that it is turned clockwise on the page as shown, from -179 to 180."""
    hidden: bool = False
    """Whether it is not painted: the text that OCR lays under the picture of a page."""


class Char(NamedTuple):
    """One printed character: text (one or more code points), box in points from the top left, and look."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    look: Look
    is_spaced: bool = False
    """Whether the file has white space before it. Who makes characters may give the white space as one instead."""
    number: int = -1
    """Its place among the printed characters of the page; set by `Chars`."""


class Rule(NamedTuple):
    """A line drawn on the page, level or upright, in points from the top left; one of its sides is nearly 0."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Chars:
    """Printed characters in the order of the page's content, without the white space between them.

    Each is one code point; the letters of a ligature are one each, with the same box. The columns are as long as the
    text: what is worked out for all characters at once costs next to nothing for each.
    """

    text: str
    x0: Numbers
    top: Numbers
    x1: Numbers
    bottom: Numbers
    looks: list[Look]
    spaced: Flags
    """Whether the file has white space before the character."""
    sizes: Numbers
    """Of the look of each, in points."""
    kinds: list[Look]
    """Each object of `looks` once."""
    lost: int = 0
    """How many more there were that say nothing: controls, private use."""

    @classmethod
    def of(cls, chars: Iterable[Char]) -> Chars:
        """Return characters column by column; white space may stand among them."""
        single = [(letter, char) for char in chars for letter in char.text or " "]
        boxes = np.array([char[1:5] for _, char in single], dtype=np.float64).reshape(-1, 4)
        return cls.of_columns("".join(letter for letter, _ in single), boxes.T, [char.look for _, char in single])

    @classmethod
    def of_columns(cls, text: str, boxes: Numbers, looks: list[Look]) -> Chars:
        """Return characters of `text`, in which white space may stand.

        Parameters
        ----------
        boxes
            Shape (4, characters): x0, top, x1, bottom, in points.
        looks
            As many as characters.
        """
        lost = 0
        for letter in set(text):
            plain = read_as(letter)
            if plain != letter:
                lost += text.count(letter) if plain == " " and not letter.isspace() else 0
                text = text.replace(letter, plain)
        blank = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32) == ord(" ")
        before = np.concatenate(([False], blank[:-1])) if len(blank) else blank
        if not blank.any():
            return cls(
                text, boxes[0], boxes[1], boxes[2], boxes[3], looks, before, _sizes(looks), kinds_of(looks), lost
            )
        ink = ~blank
        kept = list(compress(looks, ink.tolist()))
        boxes, before = boxes[:, ink], before[ink]
        sides = (boxes[0], boxes[1], boxes[2], boxes[3])
        return cls(text.replace(" ", ""), *sides, kept, before, _sizes(kept), kinds_of(kept), lost)

    def __len__(self) -> int:
        return len(self.text)

    def at(self, indices: Sequence[int]) -> list[Char]:
        """Return the characters of some indices, one by one."""
        chosen = slice(indices.start, indices.stop) if isinstance(indices, range) else list(indices)
        sides = (side[chosen].tolist() for side in (self.x0, self.top, self.x1, self.bottom))
        looks = [self.looks[index] for index in indices]
        spaced = self.spaced[chosen].tolist()
        letters = [self.text[index] for index in indices]
        return [Char(*char) for char in zip(letters, *sides, looks, spaced, indices, strict=True)]

    def one(self, index: int) -> Char:
        """Return the character of an index."""
        sides = (float(self.x0[index]), float(self.top[index]), float(self.x1[index]), float(self.bottom[index]))
        return Char(self.text[index], *sides, self.looks[index], bool(self.spaced[index]), index)

    def only(self, kept: Flags) -> Chars:
        """Return those characters whose flag is set."""
        chosen = kept.tolist()
        looks = list(compress(self.looks, chosen))
        return Chars(
            "".join(compress(self.text, chosen)),
            self.x0[kept],
            self.top[kept],
            self.x1[kept],
            self.bottom[kept],
            looks,
            self.spaced[kept],
            self.sizes[kept],
            kinds_of(looks),
            self.lost,
        )

    def flags(self, looks: Iterable[Look]) -> Flags:
        """Return which characters have one of these objects for their look."""
        wanted = {id(look) for look in looks}
        return np.fromiter((id(look) in wanted for look in self.looks), dtype=np.bool_, count=len(self.looks))


@cache
def read_as(letter: str) -> str:
    """Return what one code point is read as: a plain hyphen, a space for all that leaves no ink, else itself."""
    plain = letter.translate(LETTERS)
    return plain if plain == "\xad" or (plain.isprintable() and not plain.isspace()) else " "


def look_of(font: str, size: float, weight: int, colour: int, angle: int = 0, *, hidden: bool = False) -> Look:
    """Return the look of a font by its PostScript name and weight (0 or less where unknown)."""
    is_bold, is_italic = _meant(font)
    return Look(round(size, 1), weight >= 600 or is_bold, is_italic, colour, angle, hidden)


@lru_cache(maxsize=1000)
def _meant(font: str) -> tuple[bool, bool]:
    """Return whether the name of a font says that it is bold, and italic."""
    name = font.rsplit("+", 1)[-1].lower()
    return any(word in name for word in _MEANT_BOLD), any(word in name for word in _MEANT_ITALIC)


def _sizes(looks: list[Look]) -> Numbers:
    return np.fromiter(map(itemgetter(0), looks), dtype=np.float64, count=len(looks))


def kinds_of(looks: list[Look]) -> list[Look]:
    """Return each object once."""
    return list(dict(zip(map(id, looks), looks, strict=True)).values())


def main_look(looks: Sequence[Look]) -> Look:
    """Return the look of most characters."""
    first = looks[0]
    if 2 * looks.count(first) > len(looks):
        return first
    return Counter(looks).most_common(1)[0][0]
