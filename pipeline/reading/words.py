"""Find where the words of a printed line part: by the white space of the file, and by the gaps between letters."""

from collections.abc import Collection, Iterable, Sequence
from operator import sub
from statistics import median

import numpy as np

from pipeline.reading.assembling import Chars, Look, Numbers

# Relative to the size of the glyphs.
SPACE_GAP = 0.15
"""A gap of more than this is a space (pdfplumber's x_tolerance_ratio, measured)."""
_NO_GAP = 0.01
"""White space of the file with less room than this stands there by mistake: the letters touch."""
_CLEAR_GAP = 0.1
"""A gap of more than this is a space too in a line whose letters all stand closer together, or further apart."""
_RAISED_GAP = 0.22
"""Raised letters stand a little off the word that they belong to."""
_TIGHT_GAP = 0.06
"""In a line without any space: by how much more than its letters its words stand apart."""

_TIGHT_LINE = 24
"""Letters from which on a line without spaces is taken for words that were set tight."""
_TIGHT_WORDS = (3, 12)
"""Letters that such words have on average, or they are none (a web address, a long compound)."""
_STACKED = 0.3
"""Letters that begin within this part of their width from each other are printed one over the other."""
_APART = 4
"""As many letters one after another, each with a space before it, are a word that was spaced apart."""
_APART_GAP = 1.5
"""Words of such text stand this many times as far apart as its letters."""


def cuts_of(
    texts: Sequence[str],
    x0: list[float],
    x1: list[float],
    spaces: Iterable[int],
    size: float,
    raised: Collection[int] = (),
    over: Iterable[int] = (),
) -> list[int]:
    """Return the indices of the printed characters that a word begins with, but for the first.

    Parameters
    ----------
    texts, x0, x1
        Of each printed character, from left to right, what it says and where it begins and ends, in points.
    spaces
        Indices of the characters that the file has white space before.
    size
        Of most characters.
    raised
        Indices of the characters that raised letters begin with.
    over
        Indices of the characters that are printed over the one before them, as `stacked` tells.
    """
    gaps = list(map(sub, x0[1:], x1))
    spaces = list(spaces)
    limit = (_CLEAR_GAP if not spaces and _is_clear(gaps, size) else SPACE_GAP) * size
    found = {at for at, gap in enumerate(gaps, 1) if gap > limit}
    touching = _NO_GAP * size
    printed = {at for at in spaces if 0 < at < len(texts) and gaps[at - 1] > touching}
    found |= printed
    for at in raised:
        if at in found and at not in printed and gaps[at - 1] <= _RAISED_GAP * size:
            found.discard(at)
    found.update(over)
    cuts = sorted(found)
    if is_usual(cuts, len(texts)):
        return cuts
    return _drawn_together(texts, gaps, cuts) if cuts else _tight(gaps, size)


def _is_clear(gaps: list[float], size: float) -> bool:
    """Whether no gap is such as stands between letters of loose text."""
    return not any(_NO_GAP * size < gap <= _CLEAR_GAP * size for gap in gaps)


def plain_cuts(chars: Chars) -> list[int]:
    """Return the indices of the characters of a page that the gap before them makes the beginning of a word.

    What a line's first character says means nothing, and lines with raised letters, or that `is_usual` does not hold
    for, are to be looked at by themselves.
    """
    gaps = chars.x0[1:] - chars.x1[:-1]
    sizes = chars.sizes[1:]
    is_cut = (gaps > SPACE_GAP * sizes) | (chars.spaced[1:] & (gaps > _NO_GAP * sizes))
    is_cut[[at - 1 for at in stacked(chars.text, chars.x0, chars.x1, chars.looks)]] = True
    cuts: list[int] = (np.flatnonzero(is_cut) + 1).tolist()
    return cuts


def narrow_gaps(chars: Chars) -> list[int]:
    """Return the indices of the characters of a page that a gap between `_CLEAR_GAP` and `SPACE_GAP` is before."""
    gaps = chars.x0[1:] - chars.x1[:-1]
    sizes = chars.sizes[1:]
    is_narrow = (gaps > _CLEAR_GAP * sizes) & (gaps <= SPACE_GAP * sizes) & ~chars.spaced[1:]
    places: list[int] = (np.flatnonzero(is_narrow) + 1).tolist()
    return places


def stacked(text: str, x0: Numbers, x1: Numbers, looks: Sequence[Look]) -> list[int]:
    """Return the indices of the letters that another text is printed over the letter before: signs of a picture.

    The letters of a ligature have one box, but also one look; accents are no letters.
    """
    widths = x1 - x0
    is_over = np.abs(x0[1:] - x0[:-1]) < _STACKED * np.minimum(widths[1:], widths[:-1])
    places: list[int] = (np.flatnonzero(is_over) + 1).tolist()
    return [at for at in places if looks[at] is not looks[at - 1] and text[at - 1].isalnum() and text[at].isalnum()]


def is_usual(cuts: Sequence[int], count: int) -> bool:
    """Whether a line of `count` characters has about as many words as it should."""
    return count < _TIGHT_LINE if not cuts else 2 * len(cuts) <= count or count <= _APART


def _tight(gaps: list[float], size: float) -> list[int]:
    """Return the cuts of a line that was set so tight that no gap is a space's."""
    limit = median(gaps) + _TIGHT_GAP * size
    cuts = [at for at, gap in enumerate(gaps, 1) if gap > limit]
    least, most = _TIGHT_WORDS
    return cuts if least <= (len(gaps) + 1) / (len(cuts) + 1) <= most else []


def _drawn_together(texts: Sequence[str], gaps: list[float], cuts: list[int]) -> list[int]:
    """Take out the cuts between letters that are spaced apart, and leave those between their words."""
    known = set(cuts)
    kept: list[int] = []
    at = 0
    while at < len(texts):
        end = at + 1
        while end in known and texts[end - 1].isalpha() and texts[end].isalpha():
            end += 1
        letters = range(at + 1, end)
        if end - at >= _APART and _is_word(texts[at:end]):
            limit = _APART_GAP * sorted(gaps[at : end - 1])[(end - at) // 4]
            kept.extend(cut for cut in letters if gaps[cut - 1] > limit)
        else:
            kept.extend(letters)
        if end in known:
            kept.append(end)
        at = end
    return kept


def _is_word(letters: Sequence[str]) -> bool:
    """Whether letters make a word when they are drawn together: those of a grid are alike, or have no case."""
    return len(set(letters)) > 1 and all(letter.upper() != letter.lower() for letter in letters)
