"""Make words whole that a line end cut in two, and leave Dutch hyphens where they belong."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.cleaning.lexicon import is_known, is_listed
from pipeline.document import AlignedText, Document, Line
from pipeline.resources import vocabulary

_WORDS = vocabulary("cleaning/words.toml")
_HANGING = frozenset(_WORDS["after_hanging_hyphen"])
_KEEPS = frozenset(_WORDS["keeps_hyphen"])
_CLASHING = frozenset(_WORDS["clashing_vowels"])
_LEFT = re.compile(r"([^\W_][\w'’./-]*)(?P<hyphen>[-\xad])$")
_RIGHT = re.compile(r"[\w'’-]+(?:/\w+)*[).,;:?!»”’']*")
_ABBREVIATION = 3
"""Letters of an unknown first part that is taken for an abbreviation: `mbo-diploma`."""
_VOWEL = re.compile(r"[aeiouyáéíóúàèëïöü]")
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def without_line_end_hyphens(document: Document) -> Document:
    """Move the second half of each cut word up to its first half, with or without the hyphen.

    A dropped hyphen is recorded as a repair with rule `hyphen`. Only a hyphen that ends a line is judged.
    """
    seen = Counter(word for line in document.lines() for word in _TOKEN.findall(line.text.text.lower()))
    words = sorted(seen)
    lines = list(document.lines())
    for index in range(len(lines) - 1):
        above, below = lines[index], lines[index + 1]
        if above.cell != below.cell:  # a word goes on in its own cell
            continue
        joined = _joined(above.text, below.text, seen, words)
        if joined is not None:
            lines[index], lines[index + 1] = above.with_text(joined[0]), below.with_text(joined[1])
    return _with_lines(document, lines)


def _joined(
    above: AlignedText, below: AlignedText, seen: Counter[str], words: Sequence[str]
) -> tuple[AlignedText, AlignedText] | None:
    """Return both lines with the cut word made whole in the first; None when no word is cut."""
    left = _LEFT.search(above.text)
    right = _RIGHT.match(below.text)
    if left is None or right is None:
        return None
    first = left[1].rsplit("/", 1)[-1]
    second = re.sub(r"[^\w-]+$", "", right[0])
    if not second or second.lower() in _HANGING:
        return None
    if left["hyphen"] == "\xad" or not _keeps_hyphen(first, second, seen, words):
        end = len(above)
        above = above.replace(end - 2, end, above.text[end - 2], "hyphen")
    moved = below.slice(0, right.end())
    return above + moved, below.slice(right.end(), len(below)).strip()


def _keeps_hyphen(first: str, second: str, seen: Counter[str], words: Sequence[str]) -> bool:
    """Decide whether the hyphen between two halves of a word is its own, and not the printer's.

    `seen` counts the words of the document, `words` has them in order.
    """
    if not second[0].islower() or not first[-1].isalpha() or first.isupper() or any(c.isdigit() for c in first):
        return True
    whole, hyphenated = (first + second).lower(), f"{first}-{second}".lower()
    if seen[hyphenated] != seen[whole]:
        return seen[hyphenated] > seen[whole]
    stem = hyphenated[: len(first) + 1 + max(4, len(second) // 2)]
    at = bisect_left(words, stem)
    if at < len(words) and words[at].startswith(stem):
        return True
    if is_listed(whole):
        return False
    start, end = first.lower(), second.lower()
    if start in _KEEPS or "-" in first:
        return start in _KEEPS or is_known(end)
    if not _VOWEL.search(start) or ((start[-1] + end[0]) in _CLASHING and is_known(start) and is_known(end)):
        return True
    return len(start) <= _ABBREVIATION and not is_known(whole) and not is_known(start) and is_known(end)


def _with_lines(document: Document, lines: list[Line]) -> Document:
    """Return the document with its lines, in order, replaced; lines that became empty go."""
    pages = []
    at = 0
    for page in document.pages:
        count = len(page.lines)
        pages.append(replace(page, lines=tuple(line for line in lines[at : at + count] if line.text.text)))
        at += count
    return replace(document, pages=tuple(pages))
