"""Where sentences begin and end, for text that nobody has split yet."""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.recognising.dates.lexicon import words

_BREAK = re.compile(
    r"""
      (?P<stop>[.!?])["'’”)\]]{0,3}\s{1,20}(?=["'‘“(]{0,2}[A-ZÀ-Þ])
    | \n[^\S\n]{0,20}\n\s{0,20}
    | \n(?=[-•*–][ ]|[^\s:]{2,30}:[ ])
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[\w.]{1,12}$")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(words()["sentences"]["abbreviations"])


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the sentences of a text: a plain rule, for text without a sentence splitter."""
    start = 0
    for match in _BREAK.finditer(text):
        if match["stop"] == ".":
            word = _LAST_WORD.search(text[max(0, match.start() - 12) : match.start()])
            if word and word[0].casefold() in _abbreviations():
                continue
        yield start, match.end()
        start = match.end()
    if start < len(text) or not text:
        yield start, len(text)
