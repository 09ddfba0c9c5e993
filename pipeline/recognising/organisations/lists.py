"""Take coordinations apart: ``de gemeenten Utrecht, Zeist en Bunnik`` names three bodies."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.recognising.organisations.names import Name, is_capitalised
from pipeline.recognising.organisations.vocabulary import Head, heads, is_generic, plural_heads
from pipeline.recognising.phrases import Word

_BETWEEN = re.compile(
    r"(?:,|;|[ ]?/)?[ ]?(?:(?:en|of|alsmede|evenals|respectievelijk|&)[ ])?(?:(?:de|het|van|die van)[ ]){0,2}"
)
_BRACKETS = re.compile(r"[ ]?\([^()]{1,60}\)")


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a list, and the full name that its head noun gives it (None where the noun is no part)."""

    start: int
    end: int
    name: str | None


def lists_of(
    text: str, words: Sequence[Word], names: Sequence[Name], known_end: Callable[[int], int | None]
) -> Iterator[list[Member]]:
    """Give the members of each list that a head noun opens; a single member after a singular noun is a list of one.

    Parameters
    ----------
    known_end
        Of a word, the index of the last word of the name in the gazetteers that begins there, or None.
    """
    name_at = {name.first: name for name in names}
    for at, word in enumerate(words):
        opener = _opener(text, words, at)
        if opener is None:
            continue
        first, head, several = opener
        members = []
        expects = first
        while expects < len(words):
            last = known_end(expects)
            if last is None and expects in name_at:
                last = _own_end(name_at[expects], words, text)
            if last is None:
                break
            start, end = words[expects].start, words[last].end
            printed = text[start:end]
            members.append(Member(start, end, head.name(printed) if head is not None else None))
            if not several:
                break
            following = _next_member(text, words, last)
            if following is None:
                break
            expects = following
        if members:
            if head is not None and not several:
                only = members[0]
                members = [Member(word.start, only.end, None)]
            yield members


def _opener(text: str, words: Sequence[Word], at: int) -> tuple[int, Head | None, bool] | None:
    """Return where the members begin after the noun at `at`, their head noun, and whether several may come."""
    lower = words[at].text.lower()
    for noun_words in (3, 2, 1):
        noun = " ".join(_whole(text, w) for w in words[at : at + noun_words])
        following = at + noun_words
        head = plural_heads().get(noun)
        several = head is not None
        if head is None:
            head = heads().get(noun)
            if head is not None and head.needs_capital and not is_capitalised(words[at].text):
                head = None
        if head is None:
            continue
        if following < len(words) and words[following].text.lower() == "van":
            following += 1
            if following < len(words) and words[following].text.lower() in {"de", "het"}:
                following += 1
        if following < len(words) and is_capitalised(words[following].text) and _adjoins(text, words, following):
            return following, head, several
        return None
    if is_generic(lower) and not is_capitalised(words[at].text) and at + 1 < len(words):
        several = lower.endswith(("s", "en"))
        if several and is_capitalised(words[at + 1].text) and _adjoins(text, words, at + 1):
            return at + 1, None, True
    return None


def _whole(text: str, word: Word) -> str:
    """Return a word in lower case with what looks like a genitive, which is a plural here: ``riec's``."""
    return text[word.start : word.whole_end].lower()


def _adjoins(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether only a space, or an opening quote, stands before a word."""
    return text[words[at - 1].whole_end : words[at].start] in {" ", " ‘", " “", "\n"}


def _own_end(name: Name, words: Sequence[Word], text: str) -> int:
    """Return the end of a member: a name goes not on behind `en`, which parts members."""
    for at in range(name.first + 1, name.last + 1):
        if words[at].text in {"en", "of"} or "," in text[words[at - 1].end : words[at].start]:
            return at - 1
    return name.last


def _next_member(text: str, words: Sequence[Word], last: int) -> int | None:
    """Return the word at which the next member of a list begins, when one follows."""
    position = words[last].end
    brackets = _BRACKETS.match(text, position)
    if brackets:
        position = brackets.end()
    between = _BETWEEN.match(text, position)
    if between is None or between.end() == position or not between[0].strip():
        return None
    for at in range(last + 1, min(last + 12, len(words))):
        if words[at].start == between.end():
            return at if is_capitalised(words[at].text) else None
    return None
