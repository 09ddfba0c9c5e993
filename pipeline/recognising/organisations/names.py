"""The grammar of capitalised names: where a name begins, and how far it goes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.recognising.organisations.vocabulary import (
    BEFORE_OF,
    FOREIGN_HEADS,
    JOINS_ALWAYS,
    JOINS_FOREIGN,
    JOINS_HEADED,
    LEGAL_FORMS,
    NAME_ADJECTIVES,
    NO_NAMES,
    OPENING,
    apostrophe_plurals,
    heads,
    is_generic,
)
from pipeline.recognising.phrases import Word

_MOST_WORDS = 9
_MOST_JOINS = 2


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


def names_of(
    text: str,
    words: Sequence[Word],
    sentence_starts: frozenset[int],
    begins: Callable[[int], bool],
    is_place: Callable[[int], bool],
) -> list[Name]:
    """Return the capitalised names of a text, in order, apart from each other.

    Parameters
    ----------
    sentence_starts
        Offsets at which a sentence, a list item or a heading begins.
    begins
        Whether a known name, of a body or a place, begins at a word: no other name goes on over it behind `en`.
    is_place
        Whether the name of a place begins at a word: no other name goes on over it behind `in`.
    """
    found: list[Name] = []
    at = 0
    while at < len(words):
        word = words[at]
        if not is_capitalised(word.text):
            at += 1
            continue
        opens = word.start in sentence_starts
        if (opens and word.text.lower() in OPENING) or text[
            word.start : word.whole_end
        ].lower() in apostrophe_plurals():
            at += 1
            continue
        last = _end(text, words, at, begins, is_place)
        first = _without_adjective(words, at, last, opens=opens)
        found.append(Name(first, last, opens and first == at))
        at = last + 1
    return found


def _without_adjective(words: Sequence[Word], first: int, last: int, *, opens: bool) -> int:
    """Return the start of a name without what is capitalised for another reason.

    An adjective of place (``Spaanse``), or, where a sentence begins, a common noun for bodies (``Vervoerbedrijf``).
    """
    if first == last:
        return first
    word = words[first].text
    is_noun = opens and is_generic(word.lower()) and word.lower() not in heads()
    is_adjective = word in NO_NAMES and word not in NAME_ADJECTIVES and word[-1:] in "es"
    return first + 1 if is_adjective or is_noun else first


def _end(
    text: str,
    words: Sequence[Word],
    first: int,
    begins: Callable[[int], bool],
    is_place: Callable[[int], bool],
) -> int:
    """Return the index of the last word of the name that begins at `first`."""
    is_headed = words[first].text.lower() in heads() or (first > 0 and _is_head(words[first - 1].text))
    is_foreign = words[first].text.lower() in FOREIGN_HEADS
    last = first
    joins: list[str] = []
    for at in range(first + 1, min(len(words), first + _MOST_WORDS)):
        gap = text[words[at - 1].end : words[at].start]
        word = words[at].text
        if gap not in {" ", "/", " / ", ". ", "\n", " & "}:
            break
        if gap == ". " and not (words[at - 1].text in {"St", "B.V", "N.V"} or len(words[at - 1].text) == 1):
            break
        if is_capitalised(word) or (word.isdigit() and len(word) <= 2 and at - 1 == last):
            if joins and not _may_join(joins, words, at, begins, is_place):
                break
            last = at
            joins = []
        elif (word in JOINS_ALWAYS and (word != "of" or words[at - 1].text.lower() in BEFORE_OF)) or (
            len(joins) < _MOST_JOINS
            and ((is_headed and word in JOINS_HEADED) or (is_foreign and word in JOINS_FOREIGN))
        ):
            joins.append(word)
        else:
            break
    return _trimmed(words, first, last)


def _is_head(word: str) -> bool:
    """Whether a word in lower case heads names: ``stichting Vrienden van de Polder``."""
    head = heads().get(word)
    return head is not None and not head.needs_capital


def _may_join(
    joins: Sequence[str],
    words: Sequence[Word],
    at: int,
    begins: Callable[[int], bool],
    is_place: Callable[[int], bool],
) -> bool:
    """Whether a name goes on behind joining words: not where they part it from a name of its own, or from a place."""
    if set(joins) <= JOINS_ALWAYS | JOINS_FOREIGN - JOINS_HEADED:
        return True
    following = words[at].text
    if joins[0] == "en":
        goes_on = (
            at + 1 < len(words) and is_capitalised(words[at + 1].text) and words[at + 1].start == words[at].end + 1
        )
        is_own = following.lower() in heads() or following.isupper() or begins(at) or goes_on
        return len(joins) == 1 and not is_own
    return "en" not in joins and not (joins[0] in {"in", "uit", "te", "bij"} and is_place(at))


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
