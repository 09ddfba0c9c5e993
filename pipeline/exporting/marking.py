r"""Write text in the markup of the training text, ``De [GGD Fryslân](org health)``, which `models/training` reads.

What would be read as markup stands behind a backslash; what would end the line or fall off its edge, as ``\u000a``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_MARKUP = re.compile(r"[\\\[\]]")
_EDGE = re.compile(r"^\s|\s\Z")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text and its label; code-point offsets, ``end`` exclusive."""

    start: int
    end: int
    label: str


def trimmed(text: str, mark: Mark) -> Mark:
    """Return the mark without white space at its edges."""
    words = text[mark.start : mark.end]
    start = mark.start + len(words) - len(words.lstrip())
    return replace(mark, start=start, end=start + len(words.strip()))


def disjoint(marks: Iterable[Mark]) -> list[Mark]:
    """Return those marks that can stand together, in text order: of two that overlap the longer, then the first."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start - m.end, m.start, m.label)):
        if mark.start < mark.end and all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda m: m.start)


def marked_line(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """Return ``text[start:end]`` on one line, marked up.

    Parameters
    ----------
    marks
        Of the whole text, in its order; those outside of the piece are left out, none may lie across its edge.
    """
    parts: list[str] = []
    at = start
    for mark in marks:
        if start <= mark.start and mark.end <= end:
            parts += [
                _escaped(text[at : mark.start]),
                f"[{_escaped(text[mark.start : mark.end])}]({mark.label})",
            ]
            at = mark.end
    parts.append(_escaped(text[at:end]))
    line = _EDGE.sub(lambda match: _numbered(match[0]), "".join(parts))
    return "\\" + line if line.startswith("#") else line


def _escaped(text: str) -> str:
    marked = _MARKUP.sub(lambda match: "\\" + match[0], text)
    return "".join(_numbered(letter) if len(f"x{letter}x".splitlines()) > 1 else letter for letter in marked)


def _numbered(letter: str) -> str:
    return f"\\u{ord(letter):04x}"
