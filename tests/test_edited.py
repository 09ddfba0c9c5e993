"""Comparing annexes that were edited by a seed, with all that was done to them known: at least 300 of each kind."""

import pytest
from edited.judging import Tally, both, judge
from edited.making import make

SHAPES = ("fact changed", "reworded", "renamed", "moved", "split", "merged")


def tallied(seeds: range) -> Tally:
    """Return what comparing told of the annexes of seeds."""
    tally = Tally()
    for seed in seeds:
        made = make(seed)
        sides = both(made)
        tally.count("sections", made.old.name, right=sides is not None)
        if sides is not None:
            tally.add(judge(made, *sides))
    return tally


def test_some_edited_annexes() -> None:
    tally = tallied(range(8))
    assert all(tally.share(f"paired: {shape}") >= 0.95 for shape in SHAPES), tally.wrong
    assert tally.share("shown, found on both sides") >= 0.98, tally.wrong
    assert tally.share("no false change: all projects") >= 0.95, tally.wrong


@pytest.mark.soak
def test_edited_annexes_by_the_hundred() -> None:
    tally = tallied(range(320))
    assert all(tally.all[f"paired: {shape}"] >= 300 for shape in SHAPES), tally.all
    assert all(tally.share(f"paired: {shape}") >= 0.95 for shape in SHAPES), tally.wrong
    assert tally.share("shown, found on both sides") >= 0.98, tally.wrong
    assert tally.share("no false change: all projects") >= 0.97, tally.wrong
    assert tally.share("no false change: not reworded") >= 0.99, tally.wrong
