"""Compare two runs: which annexes belong together, which projects in them, and what changed in each."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from pipeline.comparing.changes import changes_between
from pipeline.comparing.models import AnnexDiff, AnnexRef, Diff, Pair, PairKind, ProjectRef
from pipeline.comparing.pairing import Paired, pair_projects
from pipeline.records.models import AnnexHead, ProjectRecord

Run = Mapping[str, Sequence[ProjectRecord]]
"""The records of a run, by annex id, as `pipeline.records.reading.read_records` gives them."""

_SERIES = 70.0
"""Likeness of title and id without years, of 100, from which on two annexes are of one series."""
_DIGITS = re.compile(r"\d+")


def compare(old: Run, new: Run) -> Diff:
    """Return what changed between two runs, or between annexes of different years.

    Annexes with the same id belong together; of the others those of one series, whose titles and ids are alike but for
    the years; and where one is left on both sides, these two.
    """
    pairs = pair_annexes(old, new)
    annexes = [compare_annexes(old[first] if first else [], new[second] if second else []) for first, second in pairs]
    return Diff(schema_version="1.0", annexes=annexes)


def pair_annexes(old: Run, new: Run) -> list[tuple[str | None, str | None]]:
    """Return which annexes belong together, by id, in the order of the new side; what went comes last."""
    partner = {name: name for name in new if name in old}
    left_old = [name for name in old if name not in partner]
    left_new = [name for name in new if name not in partner]
    if left_old and left_new:
        worth = np.array([[_series(old[first], new[second]) for second in left_new] for first in left_old])
        worth = np.where(worth >= _SERIES, worth, 0.0)
        for i, j in zip(*linear_sum_assignment(worth, maximize=True), strict=True):
            if worth[i, j] or (len(old) == 1 and len(new) == 1):
                partner[left_new[j]] = left_old[i]
    taken = set(partner.values())
    return [(partner.get(name), name) for name in new] + [(name, None) for name in old if name not in taken]


def predecessor(old: Run, new: Sequence[ProjectRecord]) -> str | None:
    """Return the annex, by id, that another one follows: the last of its series before it; None without one."""
    if not new:
        return None
    order = _moment(new)
    series = [name for name, records in old.items() if records and _series(records, new) >= _SERIES]
    before = [name for name in series if _moment(old[name]) < order]
    return max(before, key=lambda name: _moment(old[name]), default=None)


def compare_annexes(old: Sequence[ProjectRecord], new: Sequence[ProjectRecord]) -> AnnexDiff:
    """Return what changed between two annexes; one without records is none."""
    return AnnexDiff(
        old=_annex_ref(old[0].annex) if old else None,
        new=_annex_ref(new[0].annex) if new else None,
        pairs=[_pair(one) for one in pair_projects(old, new)],
    )


def _pair(paired: Paired) -> Pair:
    kinds: list[PairKind] = list(paired.kinds)
    changes = changes_between(paired.old, paired.new) if paired.old and paired.new else []
    if paired.old and paired.new:
        if any(one.kind != "title" for one in changes):
            kinds.insert(0, "changed")
        kinds = kinds or ["unchanged"]
    return Pair(
        kinds=kinds,
        old=[_ref(one) for one in paired.old],
        new=[_ref(one) for one in paired.new],
        similarity=paired.similarity,
        changes=changes,
    )


def _ref(record: ProjectRecord) -> ProjectRef:
    return ProjectRef(record=record.id, ordinal=record.ordinal, title=record.title)


def _annex_ref(head: AnnexHead) -> AnnexRef:
    source = head.source
    return AnnexRef(id=head.id, title=head.title, period=head.period, file=source.file, sha256=source.sha256)


def _moment(records: Sequence[ProjectRecord]) -> list[int]:
    """Return the years or numbers that tell an annex from others of its series."""
    head = records[0].annex
    return [int(number) for number in _DIGITS.findall(head.period or head.id)]


def _series(old: Sequence[ProjectRecord], new: Sequence[ProjectRecord]) -> float:
    """Return how alike two annexes are called, of 100, years apart."""
    if not old or not new:
        return 0.0
    first, second = old[0].annex, new[0].annex
    ids = fuzz.ratio(_DIGITS.sub("", first.id), _DIGITS.sub("", second.id))
    if not first.title or not second.title:
        return ids
    titles = fuzz.token_sort_ratio(_DIGITS.sub("", first.title).casefold(), _DIGITS.sub("", second.title).casefold())
    return (ids + titles) / 2
