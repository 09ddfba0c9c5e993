"""The lines of a cell: which begin something new, and which only go on because the column is narrow."""

import re
from itertools import pairwise

from pipeline.recognising.fields.vocabulary import DATA, matching

_LISTS = DATA["lists"]
_BULLET = matching(r"\s*" + _LISTS["bullet"])
_JOINING = frozenset(_LISTS["joining"])
_PARTS = re.compile(r"[,;]")
_PART = ";"


def flattened(text: str) -> str:
    """Return a value as one line of the same length: `;` where a line begins something new, else a space.

    Bullets and numbers at the beginning of lines part as well. Offsets stay what they are.
    """
    if "\n" not in text:
        return text
    lines = text.split("\n")
    has_bullets = any(_BULLET.match(line) for line in lines[1:])
    is_listed = not has_bullets and any(_PARTS.search(line) for line in lines)
    joined = lines[0]
    for before, line in pairwise(lines):
        if has_bullets:
            begins = _BULLET.match(line) is not None
        else:
            begins = not _goes_on(before, line) and (not is_listed or line.lstrip()[:1].isdigit())
        joined += (_PART if begins else " ") + line
    return joined


def _goes_on(before: str, line: str) -> bool:
    """Whether a line can only be the rest of the one before it."""
    words = before.split()
    if not words or not line.strip():
        return False
    return (
        words[-1].lower() in _JOINING
        or words[-1][-1] in ",;-–(/&"
        or line.lstrip()[0] in "(-–)"
        or line.lstrip()[0].islower()
    )
