"""Make words whole that a line end cut in two, and leave Dutch hyphens where they belong."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.cleaning.lexicon import is_known, is_listed, lexicon, may_join
from pipeline.document import AlignedText, Document, Line
from pipeline.resources import vocabulary

_WORDS = vocabulary("cleaning/words.toml")
_HANGING = frozenset(_WORDS["after_hanging_hyphen"])
_KEEPS = frozenset(_WORDS["keeps_hyphen"])
_PARTICLES = frozenset(_WORDS["name_particles"])
_SMALL = frozenset(_WORDS["small_words"])
_SOFT, _NO_BREAK, _DASH = "\xad", "\u2011", "–"
_LEFT = re.compile(r"(?P<first>[^\W_](?:[\w'’./-]*[\w'’])?)(?P<hyphen>[-\xad\u2010\u2011–])$")
_RIGHT = re.compile(r"(?P<second>['’]?\w(?:[\w'’-]*\w)?)(?P<rest>[-\xad\u2010\u2011]|(?:/\w+)*)[).,;:?!»”’']*(?=\s|$)")
# The last piece of an address that goes on below, and what may go on: nothing else may stand between them.
_ADDRESS = re.compile(r"(?:(?:https?://|www\.)\S*[-/_=&?%.~]|\S*@\S*[-_])$")
_ADDRESS_ENDS = re.compile(
    r"[\w-]+(?:\.[\w-]+)*(?:@[\w-]+(?:\.[\w-]+)+|\.[a-z]{2,}(?:/\S*)?(?=[\s,;:.)]|$)|[/=?&%]\S*)\S*"
)
_GOES_ON = re.compile(r"(?=\S*[./?=&%@_-]\S|\S*\d|\w+[).,;:]*$|[a-z]+-)\S+")
_LONGEST = 200
"""Letters of a line, at its end or its beginning, that are looked at."""
_FEW_LETTERS = 4
"""Letters of a first part that may be an abbreviation: `mbo-diploma`."""
_LONG = 5
"""Letters of a known word that a hyphen joins to an unknown abbreviation."""
_VOWEL = re.compile(r"[aeiouyáéíóúàèëïöü]")
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ALONE = re.compile(r"\S*?(?P<last>[^\W\d_]{5,})")
_TAIL = re.compile(r"(?P<letters>[^\W\d_A-Z]+)(?:-[\w-]+)?[).,;:?!»”’']*(?=\s|$)")
_ROOM = 0.8
"""Times the size of the letters: a line that ends nearer to the edge of its column is full."""
_SHORTEST = 2
"""Letters of a known word that may be no end of the one before it."""
_TREMA = str.maketrans("eiou", "ëïöü")


def without_line_end_hyphens(document: Document) -> Document:
    """Move the second half of each cut word up to its first half, with or without the hyphen.

    A dropped hyphen is recorded as a repair with rule `hyphen`. Only a hyphen that ends a line is judged. Words are
    joined over page breaks, never from one cell of a table to another. An address that goes on below is joined as it is
    printed: its hyphens are its own.
    """
    words = _Words(Counter(word for line in document.lines() for word in _TOKEN.findall(line.text.text.lower())))
    lines = list(document.lines())
    edges = _right_edges(lines)
    above = 0
    for below in range(1, len(lines)):
        joined = None
        if lines[above].cell == lines[below].cell:
            joined = _joined(lines[above].text, lines[below].text, words)
            if joined is None and _is_full(lines[above], edges):
                joined = _joined_without_hyphen(lines[above].text, lines[below].text)
        if joined is not None:
            lines[above], lines[below] = (lines[above].with_text(joined[0]), lines[below].with_text(joined[1]))
        if joined is None or joined[1].text:
            above = below  # else all of it went up, and the word may go on in the line after it
    return _with_lines(document, lines)


_Column = tuple[int, int, int, int]
"""Page, table, first column, columns."""


def _column(line: Line) -> _Column | None:
    cell = line.cell
    return None if cell is None or not line.size else (line.page, cell.table, cell.column, cell.column_span)


def _right_edges(lines: Sequence[Line]) -> dict[_Column, float]:
    """Return how far to the right the text of each column of a table reaches, in points."""
    edges: dict[_Column, float] = {}
    for line in lines:
        column = _column(line)
        if column is not None:
            edges[column] = max(edges.get(column, 0.0), line.box[2])
    return edges


def _is_full(line: Line, edges: Mapping[_Column, float]) -> bool:
    """Whether a line in a cell has no room for one more letter."""
    column = _column(line)
    return column is not None and line.box[2] > edges[column] - _ROOM * line.size


def _joined_without_hyphen(above: AlignedText, below: AlignedText) -> tuple[AlignedText, AlignedText] | None:
    """Return both lines with a word made whole that was too long for its cell, so that it was cut at any letter.

    Such a word begins its line. It is one word where the whole is known, or neither half is.
    """
    first = _ALONE.fullmatch(above.text)
    second = _TAIL.match(below.text)
    if first is None or second is None:
        return None
    start, end = first["last"], second["letters"]
    whole = is_known(start + end)
    if (whole and is_known(start) and is_known(end) and len(end) >= _SHORTEST) or (not whole and is_known(end)):
        return None
    if not whole and is_known(start):
        return None
    return above + below.slice(0, second.end()), below.slice(second.end(), len(below)).strip()


@dataclass(frozen=True)
class _Words:
    """The words of the document with how often they stand there, hyphenated ones as one."""

    seen: Counter[str]

    @cached_property
    def ordered(self) -> Sequence[str]:
        return sorted(self.seen)

    def begins(self, stem: str) -> bool:
        """Whether any word begins so."""
        at = bisect_left(self.ordered, stem)
        return at < len(self.ordered) and self.ordered[at].startswith(stem)


def _joined(above: AlignedText, below: AlignedText, words: _Words) -> tuple[AlignedText, AlignedText] | None:
    """Return both lines with the cut word made whole in the first; None when no word is cut."""
    end, start = above.text[-_LONGEST:], below.text[:_LONGEST]
    address = _address_end(end, start)
    if address:
        return above + below.slice(0, address), below.slice(address, len(below)).strip()
    left = _LEFT.search(end)
    right = _RIGHT.match(start)
    if left is None or right is None:
        return None
    first, second, hyphen = left["first"].rsplit("/", 1)[-1], right["second"], left["hyphen"]
    if (
        second.lower() in _HANGING and not (len(second) > len("en") and is_listed(first + second))
    ) or f"{second}{right['rest']}".lower() in _HANGING:
        return None
    if second in _PARTICLES and first[0].isupper() and re.match(r"\s+(?:\w+\s+)?[^\W\d_a-zà-ÿ]", start[right.end() :]):
        keeps = True
    elif hyphen == _DASH:
        if first[-1].isdigit() and second[0].isdigit():
            keeps = True
        elif second[0].islower() and is_listed(first + second):
            keeps = False
        else:
            return None
    else:
        keeps = hyphen == _NO_BREAK or (hyphen != _SOFT and _keeps_hyphen(first, second, words))
    if not keeps:
        above = above.replace(len(above) - 2, len(above), above.text[-2], "hyphen")
    return above + below.slice(0, right.end()), below.slice(right.end(), len(below)).strip()


def _address_end(above: str, below: str) -> int:
    """Return how much of the line below belongs to an address that ends the line above; 0 for none."""
    begun = above.rsplit(None, 1)[-1] if above.strip() else ""
    if _ADDRESS.search(begun):
        goes_on = _GOES_ON.match(below)
        return goes_on.end() if goes_on else 0
    if _LEFT.search(begun):
        ends = _ADDRESS_ENDS.match(below)
        return ends.end() if ends and not re.search(r"[^\W\d_]/[^\W\d_]", ends[0].split(".")[0]) else 0
    return 0


def _keeps_hyphen(first: str, second: str, words: _Words) -> bool:
    """Decide whether the hyphen between two halves of a word is its own, and not the printer's."""
    if first[-1].isdigit() or any(c.isdigit() for c in first):
        return True
    whole, hyphenated = (first + second).lower(), f"{first}-{second}".lower()
    start, end = first.lower(), second.lower()
    if not second[0].islower():
        return not (first.isupper() and second.isupper() and len(first) > 1 and _is_one(start, end))
    if first.isupper() and len(first) > 1:
        return True
    if words.seen[hyphenated] != words.seen[whole]:
        return words.seen[hyphenated] > words.seen[whole]
    if words.begins(hyphenated[: len(first) + 1 + max(4, len(second) // 2)]):
        return True
    if is_listed(hyphenated) and (start in _KEEPS or not may_join(start, end)):
        return True
    if is_listed(first + second) or is_listed(_with_trema(start, end)):
        return False
    return is_listed(hyphenated) or _has_own_hyphen(start, end)


def _has_own_hyphen(start: str, end: str) -> bool:
    """Whether two halves, in lower case, of a word that the list has in no form are two words with a hyphen."""
    if "-" in start:
        last = start.rsplit("-", 1)[1]
        return last in _SMALL or start in _KEEPS or (not _VOWEL.search(last) and is_known(end))
    if start in _KEEPS or not _VOWEL.search(start):
        return True
    if len(start) <= _FEW_LETTERS and lexicon().takes_hyphen(start) and is_known(end):
        return True
    if not may_join(start, end):
        return is_known(start) and is_known(end) and not is_known(_with_trema(start, end))
    return (
        len(start) < _FEW_LETTERS
        and len(end) >= _LONG
        and not is_known(start + end)
        and not is_known(start)
        and is_known(end)
    )


def _is_one(start: str, end: str) -> bool:
    """Whether two halves in capitals are one word."""
    return is_known(start + end) and not _has_own_hyphen(start, end)


def _with_trema(start: str, end: str) -> str:
    """Return the whole with the diaeresis that a hyphen before the vowel stands in for: `co-ordinatie`."""
    return start + end[0].translate(_TREMA) + end[1:]


def _with_lines(document: Document, lines: list[Line]) -> Document:
    """Return the document with its lines, in order, replaced; lines that became empty go."""
    pages = []
    at = 0
    for page in document.pages:
        count = len(page.lines)
        pages.append(replace(page, lines=tuple(line for line in lines[at : at + count] if line.text.text)))
        at += count
    return replace(document, pages=tuple(pages))
