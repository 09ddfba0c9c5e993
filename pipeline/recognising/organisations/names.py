"""The grammar of capitalised names: where a name begins, and how far it goes."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.recognising.organisations.vocabulary import (
    JOINS_ALWAYS,
    JOINS_HEADED,
    LEGAL_FORMS,
    OPENING,
    heads,
)
from pipeline.recognising.phrases import Word

_MOST_WORDS = 9


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words: words ``[first, last]`` of the text, both inclusive."""

    first: int
    last: int
    opens_sentence: bool
    """Whether its first word may be capitalised only because a sentence begins there."""


def is_capitalised(word: str) -> bool:
    """Whether a word is written as part of a name: a capital at its start or, as in `eHealth`, soon after."""
    return word[:1].isupper() or (len(word) > 2 and word[1:2].isupper()) or (word[:1].isdigit() and word[1:2].isupper())


def names_of(text: str, words: Sequence[Word], sentence_starts: frozenset[int]) -> list[Name]:
    """Return the capitalised names of a text, in order, apart from each other.

    Parameters
    ----------
    sentence_starts
        Offsets at which a sentence, a list item or a heading begins.
    """
    found: list[Name] = []
    at = 0
    while at < len(words):
        word = words[at]
        if not is_capitalised(word.text):
            at += 1
            continue
        opens = word.start in sentence_starts
        if opens and word.text.lower() in OPENING:
            at += 1
            continue
        last = _end(text, words, at)
        found.append(Name(at, last, opens))
        at = last + 1
    return found


def _end(text: str, words: Sequence[Word], first: int) -> int:
    """Return the index of the last word of the name that begins at `first`."""
    is_headed = words[first].text.lower() in heads()
    last = first
    at = first + 1
    while at < len(words) and at - first < _MOST_WORDS:
        gap = text[words[at - 1].end : words[at].start]
        word = words[at].text
        if gap not in {" ", "/", " / ", ". ", "\n", " & "}:
            break
        if gap == ". " and not (words[at - 1].text in {"St", "B.V", "N.V"} or len(words[at - 1].text) == 1):
            break
        if is_capitalised(word) or (word.isdigit() and len(word) <= 2 and at - 1 == last):
            last = at
        elif not (word in JOINS_ALWAYS or (is_headed and word in JOINS_HEADED)) or at - last > 3:
            break
        at += 1
    return _trimmed(words, first, last)


def _trimmed(words: Sequence[Word], first: int, last: int) -> int:
    """Return the end without what never ends a name: a number, unless a name ends so."""
    while last > first and words[last].text.isdigit():
        last -= 1
    return last


def with_legal_form(text: str, end: int) -> int:
    """Return the end of a name with the legal form that follows it, full stops included."""
    rest = text[end : end + 8]
    for form in sorted(LEGAL_FORMS, key=len, reverse=True):
        if rest.startswith(" " + form) and not rest[len(form) + 1 : len(form) + 2].isalnum():
            return end + 1 + len(form)
    if rest.startswith(".") and text[max(0, end - 3) : end] in {"B.V", "N.V", "U.A"}:
        return end + 1
    return end
