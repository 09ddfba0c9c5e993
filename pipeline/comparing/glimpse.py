"""The words that changed with a few around them: a glimpse of a long text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.comparing.models import Run

_WORDS = 4
"""Words that are shown on either side of what changed."""
_ELLIPSIS = "…"
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Seen:
    """A piece of a glimpse."""

    what: str
    """`equal`, `removed` or `added`; what was replaced is both, one after the other."""
    text: str


def glimpse(runs: Sequence[Run]) -> list[Seen]:
    """Return what changed, each with the words around it, the rest left out; every white space is one space."""
    pieces: list[Seen] = []
    last = len(runs) - 1
    for number, run in enumerate(runs):
        if run.what == "equal":
            pieces.append(Seen("equal", _short(_flat(run.old), head=number > 0, tail=number < last)))
            continue
        if run.old:
            pieces.append(Seen("removed", _flat(run.old)))
        if run.new:
            pieces.append(Seen("added", _flat(run.new)))
    return pieces


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text)


def _short(text: str, *, head: bool, tail: bool) -> str:
    """Leave out the middle of what both have, and its far side where nothing changed there."""
    words = text.split(" ")
    if len(words) <= _WORDS * (head + tail) + 2:
        return text
    return " ".join([*words[: (_WORDS + 1) * head], _ELLIPSIS, *words[len(words) - (_WORDS + 1) * tail :]])
