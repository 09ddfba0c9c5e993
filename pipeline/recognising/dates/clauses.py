"""Where the clause of a date begins and ends, and the cues that may stand in it."""

import re
from functools import cache
from typing import Literal

from pipeline.recognising.dates.lexicon import SPACE, one_of, words
from pipeline.recognising.spans import DateRole

Place = Literal["after", "bound", "events", "goals", "latest", "named", "over", "present", "running", "states", "wide"]
"""The lists of cues that may stand anywhere in a clause."""
_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_END = re.compile(rf"[;:(]|,{SPACE}(?:maar|waarna|waarbij|waarvan|en)(?!\w)")
_BEGIN = re.compile(rf"[;:]|,{SPACE}(?:maar|waarna|waarbij|terwijl)(?!\w)")


def clause_behind(right: str) -> str:
    """Cut the words after a date where another clause begins; what stands in brackets does not count."""
    return _END.split(_BRACKETS.sub("", right), maxsplit=1)[0]


def clause_before(left: str) -> str:
    """Cut the words before a date where its clause begins; one that `en` joins may share the verb before it."""
    return _BEGIN.split(left)[-1]


@cache
def cue(role: DateRole, place: Place) -> re.Pattern[str]:
    """Compile the cues of a role that stand in one kind of place."""
    return re.compile(rf"(?<!\w){one_of(words()['roles'][role][place])}(?!\w)", re.IGNORECASE)
