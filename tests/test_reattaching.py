"""Decisions hold where an annex is reworded, moved, renamed, split and merged; none is lost without a word."""

import random

import pytest
from deciding import on_all
from edited.judging import Tally, both
from edited.making import make
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records.models import ProjectRecord
from pipeline.reviewing.decisions.applying import Applied, apply
from pipeline.reviewing.decisions.models import Decision

_CUT = 0.5
"""Part of the text of a project with less than which its extraction has cut it off."""
ACTIONS = ("accept", "correct", "reject")


def plain(text: str) -> str:
    return "".join(text.split()).casefold()


def held(seed: int, *, facts: bool) -> tuple[Tally, int]:
    """Count what becomes of a decision on every fact of an annex when its edited next version is extracted.

    Kinds: `holds: …` by what was done to the project, of the decisions whose words still stand in it; `told: …` of
    those whose words do not: a conflict, or gone where what was thrown out is not there any more.
    """
    tally = Tally()
    made = make(seed, facts=facts)
    sides = both(made)
    if sides is None:
        return tally, 0
    old, new = sides
    decisions = on_all(old, ACTIONS)
    applied = apply(decisions, new)
    numbers = {record.id: number for number, record in enumerate(old)}
    states = {one.decision.id: one for one in applied.standings}
    for one in decisions:
        group = next(group for group in made.groups if numbers[one.project] in group.old)
        now = [new[number] for number in group.new]
        shapes: list[str] = [*group.shapes] or ["reworded" if group.wordings else "kept"]
        done = shapes[0]
        standing = states[one.id]
        words = f"{seed} {one.subject} {one.action} “{one.evidence[0].text}”: {standing.state} {standing.message}"
        if not now:
            tally.count("told: ended", words, right=standing.state in {"gone", "holds", "conflict"})
        elif sum(len(record.text) for record in now) < _CUT * len(old[numbers[one.project]].text):
            # its extraction has lost most of the project: the command tells which words are gone
            tally.count("cut", words, right=standing.state in {"gone", "conflict", "holds"})
        elif all(stands(piece.text, now) for piece in one.evidence):
            tally.count(f"holds: {done}", words, right=standing.state == "holds")
        else:
            tally.count(f"told: {done}", words, right=is_told(one, standing.state, applied))
    return tally, len(decisions)


def stands(words: str, now: list[ProjectRecord]) -> bool:
    return any(plain(words) in plain(f"{record.title}\n{record.text}") for record in now)


def is_told(one: Decision, state: str, applied: Applied) -> bool:
    """Whether a decision whose words are others holds, is a conflict that a record warns of, or had nothing to do."""
    if state == "conflict":
        return any(warning.code == "conflict" for record in applied.records for warning in record.warnings)
    return state == "holds" or (state in {"gone", "overruled"} and one.after is None)


def tallied(seeds: range, *, facts: bool) -> Tally:
    tally = Tally()
    for seed in seeds:
        made, _count = held(seed, facts=facts)
        tally.add(made)
    return tally


def share(tally: Tally, kind: str) -> float:
    names = [name for name in tally.all if name.startswith(kind)]
    return sum(tally.right[name] for name in names) / max(1, sum(tally.all[name] for name in names))


def wrong(tally: Tally) -> str:
    return "\n".join(f"{kind}: {words}" for kind, words in tally.wrong)


def test_decisions_hold_over_rewording() -> None:
    tally = tallied(range(4), facts=False)
    assert sum(tally.all.values()) > 80
    assert share(tally, "holds") >= 0.98, wrong(tally)
    assert share(tally, "told") >= 0.98, wrong(tally)


@pytest.mark.soak
@pytest.mark.parametrize("facts", [False, True])
def test_decisions_hold_over_rewording_by_the_thousand(*, facts: bool) -> None:
    tally = tallied(range(400, 460), facts=facts)
    assert sum(tally.all.values()) > 2000
    for kind in ("renamed", "moved", "split", "merged", "reworded"):
        assert share(tally, f"holds: {kind}") >= 0.98, wrong(tally)
    assert share(tally, "told") >= 0.98, wrong(tally)


@pytest.fixture(scope="module")
def records() -> tuple[ProjectRecord, ...]:
    sides = both(make(3))
    assert sides is not None
    return sides[0]


@settings(max_examples=10, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_in_whatever_order_lines_are_merged_the_same_holds(
    records: tuple[ProjectRecord, ...], chance: random.Random
) -> None:
    decisions = on_all(records, ACTIONS)
    mixed = [*decisions, *chance.sample(decisions, k=5)]
    chance.shuffle(mixed)
    assert apply(mixed, records) == apply(decisions, records)
