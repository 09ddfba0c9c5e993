"""Where the clause of a date begins and ends, and the cues that may stand in it."""

import re
from functools import cache
from typing import Literal

from pipeline.recognising.dates.lexicon import SPACE, one_of, words
from pipeline.recognising.spans import DateRole

Place = Literal["after", "bound", "events", "goals", "latest", "named", "over", "present", "running", "states", "wide"]
"""The lists of cues that may stand anywhere in a clause."""
_BRACKETS = re.compile(r"\([^()]{0,80}\)")


def clause_behind(right: str) -> str:
    """Cut the words after a date where another clause begins; what stands in brackets does not count."""
    return _boundary("end").split(_BRACKETS.sub("", right), maxsplit=1)[0]


def clause_before(left: str) -> str:
    """Cut the words before a date where its clause begins; one that `en` joins may share the verb before it."""
    return _boundary("begin").split(left)[-1]


@cache
def _boundary(edge: Literal["begin", "end"]) -> re.Pattern[str]:
    """Compile what begins or ends a clause: a sign, or a comma and a conjunction."""
    signs = {"begin": "[;:]", "end": "[;:(]"}[edge]
    return re.compile(rf"{signs}|,{SPACE}{one_of(words()['clauses'][edge])}(?!\w)")


@cache
def cue(role: DateRole, place: Place) -> re.Pattern[str]:
    """Compile the cues of a role that stand in one kind of place."""
    return re.compile(rf"(?<!\w){one_of(words()['roles'][role][place])}(?!\w)", re.IGNORECASE)
