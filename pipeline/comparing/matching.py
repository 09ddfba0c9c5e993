"""Which facts of one side are which of the other: by what they say, by where they stand, by the words around them."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipeline.comparing.facts import Fact
from pipeline.comparing.models import Place, Run

_AROUND = 120
"""Code points of context on either side, as far as the sentence goes."""
CONTEXT = 0.34
"""Part of the words around two facts that both have, from which on they may be one that changed."""
_IN_PLACE = 0.5
"""What standing in the place of the other is worth beside that."""
_TIGHT = 60
"""Code points of a run of changed words up to which what stands in it on both sides stands in one place."""
_LETTERS = 4
"""Letters from which on a word says what a sentence is about."""
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?;:]\s|\n\n")


class Placing:
    """Where a place of the old text stands in the new one, by the words that both share.

    Parameters
    ----------
    runs
        Those of the two texts, as `word_runs` gives them.
    """

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = runs
        self._starts: list[tuple[int, int]] = []
        old = new = 0
        for run in runs:
            self._starts.append((old, new))
            old, new = old + len(run.old), new + len(run.new)

    def overlaps(self, old: tuple[int, int], new: tuple[int, int]) -> bool:
        """Say whether words of the new text are those of the old one, or stand alone in their place."""
        first, last = self._mapped(old[0]), self._mapped(max(old[0], old[1] - 1))
        if first is None or last is None:
            return False
        return first[0] < new[1] and new[0] < last[1]

    def _mapped(self, offset: int) -> tuple[int, int] | None:
        """Return where a code point of the old text stands in the new one; None within much that was rewritten."""
        number = bisect_right(self._starts, (offset, float("inf"))) - 1
        while number > 0 and not self._runs[number].old:
            number -= 1
        if number < 0:
            return None
        (old, new), run = self._starts[number], self._runs[number]
        if run.what == "equal":
            return new + offset - old, new + offset - old + 1
        return (new, new + len(run.new)) if max(len(run.old), len(run.new)) <= _TIGHT else None


def match_equal(
    old: Sequence[Fact], new: Sequence[Fact], meaning: Callable[[Fact], Hashable]
) -> tuple[list[tuple[Fact, Fact]], list[Fact], list[Fact]]:
    """Match the facts that say the same; return the pairs, and what only one side says.

    What one side says more often than the other counts as said: to say it twice is wording.
    """
    held: dict[Hashable, list[Fact]] = {}
    for one in old:
        held.setdefault(meaning(one), []).append(one)
    seen: Counter[Hashable] = Counter()
    pairs: list[tuple[Fact, Fact]] = []
    only_new: list[Fact] = []
    for one in new:
        key = meaning(one)
        if key in held:
            pairs.append((held[key][min(len(held[key]) - 1, seen[key])], one))
            seen[key] += 1
        else:
            only_new.append(one)
    return pairs, [one for one in old if meaning(one) not in seen], only_new


def match_changed(
    old: Sequence[Fact], new: Sequence[Fact], placing: Placing, least: Callable[[Fact, Fact], float | None]
) -> list[tuple[Fact, Fact]]:
    """Match facts that say something else: the best assignment over all that fit and stand alike.

    Parameters
    ----------
    least
        Which part of the words around two facts both must have, for them to be one that does not stand in the other's
        place (`CONTEXT` where nothing else speaks for it); None where they cannot be one.
    """
    if not old or not new:
        return []
    worth = np.zeros((len(old), len(new)))
    for i, before in enumerate(old):
        for j, after in enumerate(new):
            if (wanted := least(before, after)) is not None:
                worth[i, j] = _likeness(before, after, placing, wanted)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return [(old[i], new[j]) for i, j in zip(rows, columns, strict=True) if worth[i, j] > 0]


def in_place(old: Fact, new: Fact, placing: Placing) -> bool:
    """Say whether a fact stands where another stood: in the first record of both sides, whose texts are placed."""
    return any(
        placing.overlaps((a.start, a.end), (b.start, b.end))
        for a in old.places
        for b in new.places
        if a.field == b.field == "text"
    )


def _likeness(old: Fact, new: Fact, placing: Placing, least: float) -> float:
    """Return how alike two facts stand, up to 1.5: the words around them, and being in the other's place."""
    best = max((_shared(_around(old, a), _around(new, b)) for a in old.places[:3] for b in new.places[:3]), default=0.0)
    if in_place(old, new, placing):
        return best + _IN_PLACE
    return best if best >= least else 0.0


def _shared(first: frozenset[str], second: frozenset[str]) -> float:
    """Return the part of the shorter side's words that the other has too."""
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def _around(fact: Fact, place: Place) -> frozenset[str]:
    """Return the words of the sentence in which a fact stands, near it, that say what it is about."""
    text = fact.record.title if place.field == "title" else fact.record.text
    before = _SENTENCE_END.split(text[max(0, place.start - _AROUND) : place.start])[-1]
    after = _SENTENCE_END.split(text[place.end : place.end + _AROUND])[0]
    words = _WORD.findall(f"{before} {after}".casefold())
    return frozenset(word for word in words if len(word) >= _LETTERS)
