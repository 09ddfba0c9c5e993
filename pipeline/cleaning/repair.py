"""Repair OCR damage: known confusions of glyphs, confirmed by the word list, never a spell checker's guess."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from pipeline.cleaning.lexicon import is_form, is_known
from pipeline.document import AlignedText, Document
from pipeline.resources import vocabulary

_MOST_CONFUSIONS = 2
"""In one word; with more the reading is a guess."""
_SHORTEST = 5
"""Letters; in shorter words one confusion leads too easily to another word."""

_LONGEST = 40

_CONFUSIONS: tuple[tuple[str, str], ...] = tuple(
    (c["seen"], c["meant"]) for c in vocabulary("cleaning/words.toml")["confusions"]
)
_NUMBERED = frozenset(vocabulary("cleaning/words.toml")["numbered"])
_NUMBERED_ENDS = tuple(f" {noun}" for noun in sorted(_NUMBERED))
_DIACRITICS = frozenset("ëïöüé")
_WORD = re.compile(r"[^\W_]+(?:[|'’][^\W_]+)*")
_LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ĳ": "ij", "Ĳ": "IJ"}
_LIGATURE = re.compile("|".join(_LIGATURES))
# A numeral after a capitalised word, one of its strokes read as another upright glyph.
_NUMERAL = re.compile(r"(?<=[^\W\d_][ ])(?=[IVXlT1|]*[IVX])(?=[IVX]*[lT1|])[IVXlT1|]{2,5}(?![\w|])")
_ROMAN = re.compile(r"(?=.)X{0,3}(?:IX|IV|V?I{0,3})")


def repaired(document: Document) -> Document:
    """Put damaged words right, line by line.

    A word changes only when it is unknown, a confusion of glyphs leads to a known word, and only one does (with as few
    confusions as possible). Names, abbreviations and what is undamaged elsewhere in the document stay.
    """
    seen = Counter(word for line in document.lines() for word in _WORD.findall(line.text.text))
    pages = tuple(
        replace(page, lines=tuple(line.with_text(_repaired_line(line.text, seen)) for line in page.lines))
        for page in document.pages
    )
    return replace(document, pages=pages)


def _repaired_line(text: AlignedText, seen: Counter[str]) -> AlignedText:
    for match in reversed(list(_LIGATURE.finditer(text.text))):
        text = text.replace(match.start(), match.end(), _LIGATURES[match[0]], "ligature")
    for match in reversed(list(_WORD.finditer(text.text))):
        right = _repaired_word(match[0], seen)
        if right is not None:
            text = text.replace(match.start(), match.end(), right, "glyph")
    for match in reversed(list(_NUMERAL.finditer(text.text))):
        right = _repaired_numeral(match[0], surely=text.text[: match.start()].rstrip().endswith(_NUMBERED_ENDS))
        if right is not None and _follows_name(text.text, match.start()):
            text = text.replace(match.start(), match.end(), right, "roman")
    return text


def _repaired_word(word: str, seen: Counter[str]) -> str | None:
    """Return what the word should read, or None when it stays."""
    lower = word.lower()
    if not _SHORTEST <= len(word) <= _LONGEST or word[1:] != lower[1:] or is_known(lower):
        return None
    if word[0].isupper() and not _DIACRITICS & set(lower):
        return None
    for depth in range(1, _MOST_CONFUSIONS + 1):
        readings = {r for r in _readings(lower, depth) if _is_word(r, lower) or (seen[r] and r.isalpha())}
        if len(readings) == 1:
            reading = readings.pop()
            return word[0] + reading[1:] if word[0].isupper() and reading[0] == lower[0] else reading
        if readings:
            return _more_common(readings, seen)
    return None


def _is_word(reading: str, printed: str) -> bool:
    """Whether a reading is a known word: a compound only where a letter with diacritics or a digit gives it away."""
    if is_form(reading):
        return True
    tells = bool(_DIACRITICS & (set(reading) - set(printed))) or any(c.isdigit() or c == "|" for c in printed)
    return tells and is_known(reading)


def _more_common(readings: set[str], seen: Counter[str]) -> str | None:
    """Of several known readings, return the one that alone stands elsewhere in the document."""
    here = [r for r in readings if seen[r]]
    return here[0] if len(here) == 1 else None


def _readings(word: str, depth: int) -> Iterator[str]:
    """Give every word that `depth` confusions, left to right, could have turned into this one."""
    frontier: dict[str, int] = {word: 0}
    for _ in range(depth):
        following: defaultdict[str, int] = defaultdict(lambda: len(word) + depth)
        for text, start in frontier.items():
            for seen, meant in _CONFUSIONS:
                at = text.find(seen, start)
                while at >= 0:
                    changed = text[:at] + meant + text[at + len(seen) :]
                    following[changed] = min(following[changed], at + len(meant))
                    at = text.find(seen, at + 1)
        frontier = following
    yield from frontier


def _repaired_numeral(printed: str, *, surely: bool) -> str | None:
    """Return the numeral that was printed; two letters such as `IT` are one only where a numeral is sure to stand."""
    right = re.sub("[lT1|]", "I", printed)
    tells = surely or len(right) > 2 or "|" in printed or "l" in printed
    return right if tells and _ROMAN.fullmatch(right) else None


def _follows_name(text: str, at: int) -> bool:
    """Whether the word before `at` is capitalised, or a noun such as ``fase``: these are numbered so."""
    before = text[:at].split()
    return bool(before) and (before[-1][:1].isupper() or before[-1] in _NUMBERED)
