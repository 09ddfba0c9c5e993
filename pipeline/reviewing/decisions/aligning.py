"""Align the words of a piece of evidence with a text: where they stand, or what stands in their place."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import LCSseq, Levenshtein

from pipeline.reviewing.decisions.models import Evidence

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|_")
_SENTENCE_ENDS = re.compile(r"[.!?:;][\"”’)\]]*\s+(?=[^a-z\s])|\s*\n\s*")
_HYPHENS = frozenset("-‐‑\u00ad–")

WINDOW = 80
"""Code points that evidence holds on each side of its words."""
_BUCKET = 6
"""Words by which two matches may be displaced against each other and still speak for one place."""
_SLACK = 12
"""Words that a rewording may put between those that it leaves."""
_PLACES = 4
"""How many places are weighed for one piece of evidence: the best ones by the words that they share with it."""
_COMMON = 40
"""A word that stands more often in a text says nothing of a place in it."""
_LONG_WORD = 6
"""Letters of a word of which one may be another by a repair: shorter words are too like others."""
_FEWEST = 3
"""Words that a sentence must have beside those of the evidence to be known by itself."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A place in a text that evidence was aligned with."""

    start: int
    end: int
    is_intact: bool
    """Whether its words stand there; else others stand in their place."""
    likeness: float
    """From 0 to 1: how much of what stands around it, in its sentence or its window, stands around this place too."""


def plain(word: str) -> str:
    """Return a word without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def squashed(words: str) -> str:
    """Return words as they are equal by: without case, accents, spaces and hyphens."""
    return "".join(c for c in plain(words) if not c.isspace() and c not in _HYPHENS)


class Words:
    """A text as words."""

    def __init__(self, text: str) -> None:
        found = list(_TOKEN.finditer(text))
        self.text = text
        self.starts = [one.start() for one in found]
        self.ends = [one.end() for one in found]
        self.words = [plain(one[0]) for one in found]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each word stands."""
        places: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            places.setdefault(word, []).append(number)
        return places


class Asked:
    """The words of a piece of evidence with those around it."""

    def __init__(self, evidence: Evidence) -> None:
        before, after = _whole_words(evidence)
        parts = [Words(before), Words(evidence.text), Words(after)]
        self.words = [word for part in parts for word in part.words]
        self.first = len(parts[0].words)
        """Number of the first word of the evidence itself."""
        self.last = self.first + len(parts[1].words)
        """Number of the word after it."""
        self.squashed = squashed(evidence.text)
        self.text = evidence.text
        self.start = evidence.start
        ends = [one.end() for one in _SENTENCE_ENDS.finditer(before)]
        self.sentence_first = len(Words(before[: ends[-1]]).words) if ends else 0
        end = _SENTENCE_ENDS.search(after)
        self.sentence_last = self.last + len(Words(after[: end.start()] if end else after).words)


def align(asked: Asked, text: Words, weight: Callable[[str], float]) -> list[Aligned]:
    """Return the places of a text that evidence may stand at, the likeliest first.

    Parameters
    ----------
    weight
        What a word says of a place: less the more often it stands anywhere.
    """
    found = [_beside(asked, text, first, last, weight) for first, last in _intact(asked, text)]
    others = (_instead(asked, text, diagonal, weight) for diagonal in _diagonals(asked, text, weight))
    found += [other for other in others if other is not None]
    return sorted(found, key=lambda one: (-one.likeness, not one.is_intact, abs(one.start - asked.start), one.start))


def same_words(asked: str, there: str) -> bool:
    """Say whether words are the same but for case, spaces, hyphens and accents, or one letter of a long word."""
    if squashed(asked) == squashed(there):
        return True
    ours, theirs = Words(asked).words, Words(there).words
    if len(ours) != len(theirs):
        return False
    other = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    return len(other) == 1 and all(
        min(len(a), len(b)) >= _LONG_WORD and a.isalpha() and b.isalpha() and Levenshtein.distance(a, b) == 1
        for a, b in other
    )


def _whole_words(evidence: Evidence) -> tuple[str, str]:
    """Return what stands around evidence without the words that its window cuts."""
    before, after = evidence.before, evidence.after
    if len(before) == WINDOW and before[:1].isalnum():
        before = re.sub(r"^\w+", "", before)
    if after[-1:].isalnum() and len(after) == WINDOW:
        after = re.sub(r"\w+$", "", after)
    return before, after


def _intact(asked: Asked, text: Words) -> list[tuple[int, int]]:
    """Return where the words of the evidence stand: numbers of the first word and of the one after the last."""
    if asked.first == asked.last:
        return []
    found = []
    length = asked.last - asked.first
    wanted = asked.words[asked.first]
    for first in text.places.get(wanted, []):
        for last in range(first + length, min(first + length + 3, len(text.words)) + 1):
            if squashed(text.text[text.starts[first] : text.ends[last - 1]]) == asked.squashed:
                found.append((first, last))
                break
    if not found:  # cut or joined words: the first one is another
        joined = asked.squashed
        for first in range(len(text.words)):
            word = text.words[first]
            if joined.startswith(word) or word == joined:
                run = ""
                last = first
                while last < len(text.words) and len(run) < len(joined):
                    run = squashed(text.text[text.starts[first] : text.ends[last]])
                    last += 1
                if run == joined:
                    found.append((first, last))
    return found


def _beside(asked: Asked, text: Words, first: int, last: int, weight: Callable[[str], float]) -> Aligned:
    """Weigh a place where the words stand by what stands around it, in whatever order."""
    room = len(asked.words) - (asked.last - asked.first)
    around = Counter(text.words[max(0, first - room) : first] + text.words[last : last + room])
    matched = set()
    for number, word in enumerate(asked.words):
        if not asked.first <= number < asked.last and around[word]:
            around[word] -= 1
            matched.add(number)
    return Aligned(text.starts[first], text.ends[last - 1], is_intact=True, likeness=_likeness(asked, matched, weight))


def _instead(asked: Asked, text: Words, diagonal: int, weight: Callable[[str], float]) -> Aligned | None:
    """Return what stands between the words that stood around the evidence, near a displacement of its words."""
    begin = max(0, diagonal - _SLACK)
    pairs = dict(_matched(asked.words, text.words[begin : diagonal + len(asked.words) + _SLACK]))
    around = {number for number in pairs if not asked.first <= number < asked.last}
    left = [number for number in around if number < asked.first]
    right = [number for number in around if number >= asked.last]
    if not left and not right:
        return None
    length = asked.last - asked.first
    first = begin + pairs[max(left)] + 1 if left else begin + pairs[min(right)] - length
    last = begin + pairs[min(right)] if right else first + length
    first, last = max(first, 0), min(last, len(text.words))
    likeness = _likeness(asked, around, weight)
    if not length:  # a point between two words
        at = text.ends[first - 1] if first else 0
        return Aligned(at, at, is_intact=True, likeness=likeness)
    gap = (asked.first - max(left) - 1 if left else 0) + (min(right) - asked.last if right else 0)
    if not 0 < last - first <= length + gap + 3:
        return None
    if gap:  # reworded around it as well: as near to its old length as can be
        first, last = _narrowed(asked, text, first, last)
    start, end = text.starts[first], text.ends[last - 1]
    return Aligned(start, end, is_intact=same_words(asked.text, text.text[start:end]), likeness=likeness)


def _narrowed(asked: Asked, text: Words, first: int, last: int) -> tuple[int, int]:
    """Return the run of words within a gap that is most like the evidence: of its length, with a number if it has."""
    length = min(asked.last - asked.first, last - first)
    own = asked.words[asked.first : asked.last]
    is_number = any(word[0].isdigit() for word in own)

    def key(at: int) -> tuple[int, bool, int]:
        run = text.words[at : at + length]
        shared = sum(word in own for word in run)
        return (-shared, is_number != any(word[0].isdigit() for word in run), at)

    best = min(range(first, last - length + 1), key=key)
    return best, best + length


def _matched(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of words that a longest common run of words has."""
    if not ours or not theirs:
        return []
    return [
        (one.src_start + step, one.dest_start + step)
        for one in LCSseq.opcodes(ours, theirs)
        if one.tag == "equal"
        for step in range(one.src_end - one.src_start)
    ]


def _likeness(asked: Asked, matched: set[int], weight: Callable[[str], float]) -> float:
    """Return the part of the words around evidence that are matched: of its window, or its sentence if that is more."""

    def part(first: int, last: int) -> float:
        around = [number for number in range(first, last) if not asked.first <= number < asked.last]
        whole = sum(weight(asked.words[number]) for number in around)
        return sum(weight(asked.words[number]) for number in around if number in matched) / whole if whole else 0.0

    own = part(asked.sentence_first, asked.sentence_last)
    beside = asked.sentence_last - asked.sentence_first - (asked.last - asked.first)
    return max(part(0, len(asked.words)), own if beside >= _FEWEST else 0.0)


def _diagonals(asked: Asked, text: Words, weight: Callable[[str], float]) -> list[int]:
    """Return the displacements at which most of the words stand, as the numbers that the first word would have."""
    votes: dict[int, float] = {}
    for number, word in enumerate(asked.words):
        places = text.places.get(word, ())
        if len(places) <= _COMMON:
            for place in places:
                bucket = (place - number) // _BUCKET
                votes[bucket] = votes.get(bucket, 0.0) + weight(word)
    joined = {bucket: count + votes.get(bucket + 1, 0.0) for bucket, count in votes.items()}
    best = sorted(joined, key=lambda bucket: (-joined[bucket], bucket))[:_PLACES]
    return [bucket * _BUCKET for bucket in best]
