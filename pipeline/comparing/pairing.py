"""Which projects of two annexes are the same: the best assignment over all pairs, then what was split and merged."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array

from pipeline.comparing.models import PairKind
from pipeline.records.models import ProjectRecord

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]

_TITLE, _BODIES, _TEXT = 0.35, 0.2, 0.45
"""What title, organisations and text count for in the likeness of two projects."""
_SAME = 0.32
"""Likeness from which on two projects are one: different ones of one programme are seldom more alike than 0.25."""
_PART = 0.22
"""Likeness of the words from which on a project may be a part of another."""
_GAIN = 0.03
"""By how much the other must be more like its parts together than like the one that it is paired with."""
_AKIN = 0.1
"""Likeness of the words that is enough where the titles share a name: of different projects it is seldom 0.08."""
_SHARED_TITLE = 80.0
"""Likeness of the words that two titles share, of 100, from which on they share a name."""
_TIE = 1e-6
"""What a project that stands one place further costs: of equals the nearest is taken."""
_SURE_TITLE = 92.0
"""Likeness of titles, of 100, from which on they are the same but for a letter or a mark."""

_WORD = re.compile(r"[^\W_]+")
_NUMBERING = re.compile(r"^\s*(?:[0-9]+(?:\.[0-9]+)*|[a-z]|[ivxlc]+)[.)]\s+", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Paired:
    """Projects that are one."""

    kinds: tuple[PairKind, ...]
    """`added` or `ended` alone, or those of `renamed`, `moved`, `split` and `merged` that hold, in that order."""
    old: tuple[ProjectRecord, ...]
    new: tuple[ProjectRecord, ...]
    similarity: float


def pair_projects(old: Sequence[ProjectRecord], new: Sequence[ProjectRecord]) -> list[Paired]:
    """Pair the projects of two annexes, each of which stands in exactly one pair.

    Title, organisations and text count together, each word and body by how rare it is in both annexes; the pairs are
    those whose likeness adds up to the most (`scipy.optimize.linear_sum_assignment`), and of equals those that stand
    nearest. A project without a counterpart is part of a split or a merger where the project on the other side is more
    like both parts together than like the part that it is paired with.

    Returns
    -------
    list
        In the order of the new side; what ended after the project that it followed.
    """
    likeness, words = _likeness(old, new)
    partner = _assigned(likeness)
    groups = [([i], [j]) for i, j in sorted(partner.items())]
    _take_parts(groups, old, new, words)
    moved = _moved(groups)
    pairs = [
        Paired(
            _kinds([old[i] for i in olds], [new[j] for j in news], is_moved=number in moved),
            tuple(old[i] for i in sorted(olds)),
            tuple(new[j] for j in sorted(news)),
            min(1.0, max(0.0, round(float(likeness[olds[0], news[0]]), 3))),
        )
        for number, (olds, news) in enumerate(groups)
    ]
    taken_old = {i for olds, _ in groups for i in olds}
    taken_new = {j for _, news in groups for j in news}
    pairs += [Paired(("added",), (), (one,), 0.0) for j, one in enumerate(new) if j not in taken_new]
    return _in_order(pairs, [Paired(("ended",), (one,), (), 0.0) for i, one in enumerate(old) if i not in taken_old])


def plain_title(title: str) -> str:
    """Return a title without what makes no other title: numbering, years, case and marks."""
    bare = _YEAR.sub(" ", _NUMBERING.sub("", title)).casefold()
    return " ".join(_WORD.findall(bare)) or " ".join(_WORD.findall(title.casefold()))


def _likeness(old: Sequence[ProjectRecord], new: Sequence[ProjectRecord]) -> tuple[Matrix, "_Words"]:
    """Return how alike each two projects are, from 0 to 1, by row of the old and column of the new side."""
    words = _Words(old, new, lambda record: _words(record.text))
    bodies = _Words(old, new, lambda record: (one.register_id or one.name.casefold() for one in record.organisations))
    titles = process.cdist(
        [plain_title(one.title) for one in old],
        [plain_title(one.title) for one in new],
        scorer=fuzz.token_sort_ratio,
        dtype=np.float64,
    ).reshape(len(old), len(new))
    weights = np.full((len(old), len(new)), _TITLE + _BODIES + _TEXT)
    weights -= _BODIES * np.outer(~bodies.present_old, ~bodies.present_new)  # neither names any: that says nothing
    weights -= _TEXT * np.outer(~words.present_old, ~words.present_new)
    likeness = (_TITLE * titles / 100 + _BODIES * bodies.cosines() + _TEXT * words.cosines()) / weights
    same_title = titles >= _SURE_TITLE
    unlike = np.outer(words.present_old, words.present_new) & (words.cosines() < _PART / 2)
    return np.where(same_title & ~unlike, np.maximum(likeness, _SAME), likeness), words


class _Words:
    """The words of both sides as vectors, each weighed by how rare it is (tf-idf, with the logarithm of the count)."""

    def __init__(
        self,
        old: Sequence[ProjectRecord],
        new: Sequence[ProjectRecord],
        of: Callable[[ProjectRecord], Iterable[str]],
    ) -> None:
        counts = [Counter(of(record)) for record in (*old, *new)]
        columns = {word: number for number, word in enumerate(sorted(set().union(*counts)))}
        documents = Counter(word for count in counts for word in count)
        values, at, edges = [], [], [0]
        for count in counts:
            for word, times in sorted(count.items()):
                at.append(columns[word])
                values.append((1 + np.log(times)) * np.log((1 + len(counts)) / documents[word]))
            edges.append(len(at))
        vectors = csr_array((np.array(values, dtype=float), at, edges), shape=(len(counts), max(1, len(columns))))
        self._old, self._new = vectors[: len(old)], vectors[len(old) :]
        self.present_old = np.array([bool(count) for count in counts[: len(old)]], dtype=bool)
        self.present_new = np.array([bool(count) for count in counts[len(old) :]], dtype=bool)

    def cosines(self) -> Matrix:
        """Return the cosine of each two vectors, 0 where one is empty."""
        lengths = [np.sqrt(side.multiply(side).sum(axis=1)) for side in (self._old, self._new)]
        products = (self._old @ self._new.T).toarray()
        scale = np.outer(*lengths)
        result: Matrix = np.divide(products, scale, out=np.zeros_like(products), where=scale > 0)
        return result

    def cosine(self, olds: Iterable[int], news: Iterable[int]) -> float:
        """Return the cosine of some of the old side together and some of the new side together."""
        first = self._old[sorted(olds)].sum(axis=0)
        second = self._new[sorted(news)].sum(axis=0)
        scale = float(np.sqrt((first @ first) * (second @ second)))
        return float(first @ second) / scale if scale else 0.0


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text) if not word.isdigit()]


def _assigned(likeness: Matrix) -> dict[int, int]:
    """Return the best assignment of rows to columns, without pairs that are too unlike to be one project."""
    if not likeness.size:
        return {}
    rows, columns = likeness.shape
    apart = np.abs(np.subtract.outer(np.arange(rows) / rows, np.arange(columns) / columns))
    worth = np.where(likeness >= _SAME, likeness - _TIE * apart, 0.0)
    found = zip(*linear_sum_assignment(worth, maximize=True), strict=True)
    return {int(i): int(j) for i, j in found if likeness[i, j] >= _SAME}


def _take_parts(
    groups: list[tuple[list[int], list[int]]], old: Sequence[ProjectRecord], new: Sequence[ProjectRecord], words: _Words
) -> None:
    """Put what has no counterpart into the group that it is a part of: the likest of those that it belongs to."""
    cosines = words.cosines()
    taken = ({i for own, _ in groups for i in own}, {j for _, own in groups for j in own})
    for side, records in ((1, new), (0, old)):
        offers = []
        for one in set(range(len(records))) - taken[side]:
            for number, group in enumerate(groups):
                if len(group[1 - side]) > 1:  # a merger is not split as well
                    continue
                whole = group[1 - side][0]
                likeness = float(cosines[whole, one] if side else cosines[one, whole])
                parts = (group[0], [*group[1], one]) if side else ([*group[0], one], group[1])
                gains = likeness >= _PART and words.cosine(*parts) - words.cosine(*group) >= _GAIN
                if gains or (likeness >= _AKIN and _share_name(records[one], (old, new)[1 - side][whole])):
                    offers.append((-likeness, one, number))
        done: set[int] = set()
        for _, one, number in sorted(offers):
            if one not in done:
                groups[number][side].append(one)
                done.add(one)


def _share_name(first: ProjectRecord, second: ProjectRecord) -> bool:
    """Say whether a title holds most of the words of the other, and more than one of them."""
    titles = plain_title(first.title), plain_title(second.title)
    shared = set(titles[0].split()) & set(titles[1].split())
    return len(shared) > 1 and fuzz.token_set_ratio(*titles) >= _SHARED_TITLE


def _moved(groups: Sequence[tuple[list[int], list[int]]]) -> set[int]:
    """Return the groups that stand elsewhere: those outside the longest run that keeps its order."""
    by_new = sorted(range(len(groups)), key=lambda number: groups[number][1][0])
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in by_new:
        place = groups[number][0][0]
        length = bisect_left(tails, place)
        before[number] = ends[length - 1] if length else None
        tails[length:] = [place, *tails[length + 1 :]]
        ends[length:] = [number, *ends[length + 1 :]]
    keeps: set[int] = set()
    at: int | None = ends[-1] if ends else None
    while at is not None:
        keeps.add(at)
        at = before[at]
    return set(range(len(groups))) - keeps


def _kinds(old: Sequence[ProjectRecord], new: Sequence[ProjectRecord], *, is_moved: bool) -> tuple[PairKind, ...]:
    kinds: list[PairKind] = []
    if plain_title(old[0].title) != plain_title(new[0].title):
        kinds.append("renamed")
    if is_moved:
        kinds.append("moved")
    if len(new) > 1:
        kinds.append("split")
    if len(old) > 1:
        kinds.append("merged")
    return tuple(kinds)


def _in_order(pairs: Sequence[Paired], ended: Sequence[Paired]) -> list[Paired]:
    """Sort pairs by the new side, and put what ended after the project that it followed on the old side."""
    ordered = sorted(pairs, key=lambda pair: pair.new[0].ordinal)
    for one in ended:
        ordinal = one.old[0].ordinal
        earlier = [
            (before.ordinal, n) for n, pair in enumerate(ordered) for before in pair.old if before.ordinal < ordinal
        ]
        place = max(earlier)[1] + 1 if earlier else 0
        ordered.insert(place, one)
    return ordered
