"""Comparing two sets of records: what must hold whatever is compared, and three years of one annex read by a person."""

import random
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import extract
from pipeline.comparing.changes import changes_between
from pipeline.comparing.comparing import compare, compare_annexes
from pipeline.comparing.models import Change, PairKind
from pipeline.comparing.pairing import pair_projects
from pipeline.comparing.wording import word_runs
from pipeline.records.models import ProjectRecord

SAMPLES = Path(__file__).parent.parent / "samples"
WORDS = st.text(alphabet="ab é,.-'’\n𝒳1", max_size=40)


@cache
def records(name: str) -> tuple[ProjectRecord, ...]:
    return extract(SAMPLES / f"{name}.txt").records


@given(WORDS, WORDS)
def test_runs_of_words_give_both_texts_back(old: str, new: str) -> None:
    runs = word_runs(old, new)
    assert "".join(run.old for run in runs) == old
    assert "".join(run.new for run in runs) == new
    assert all((run.old == run.new) == (run.what == "equal") for run in runs)
    assert not any(first.what == second.what == "equal" for first, second in pairwise(runs))


def test_one_word_that_changed_is_one_run() -> None:
    runs = word_runs("In 2023 namen 200 hotels deel.", "In 2023 namen 351 hotels deel.")
    assert [(run.what, run.old, run.new) for run in runs if run.what != "equal"] == [("replaced", "200", "351")]


@pytest.mark.parametrize("name", ["schuldenvrij-2022", "digitale-overheid-2023", "waterveiligheid-2025"])
def test_an_annex_does_not_differ_from_itself(name: str) -> None:
    [annex] = compare({name: records(name)}, {name: records(name)}).annexes
    assert {tuple(pair.kinds) for pair in annex.pairs} == {("unchanged",)}
    assert not any(pair.changes for pair in annex.pairs)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 12), st.integers(0, 12))
def test_every_project_stands_in_one_pair_and_the_sides_mirror_each_other(seed: int, first: int, second: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # no secret
    pool = [*records("schuldenvrij-2023"), *records("schuldenvrij-2024"), *records("digitale-overheid-2023")]
    old, new = (_numbered(chance.sample(pool, count)) for count in (first, second))
    pairs = pair_projects(old, new)
    assert sorted(one.ordinal for pair in pairs for one in pair.old) == [one.ordinal for one in old]
    assert sorted(one.ordinal for pair in pairs for one in pair.new) == [one.ordinal for one in new]
    assert [pair.new[0].ordinal for pair in pairs if pair.new] == sorted(p.new[0].ordinal for p in pairs if p.new)
    back = pair_projects(new, old)
    there = {(tuple(o.ordinal for o in p.old), tuple(n.ordinal for n in p.new)) for p in pairs}
    assert {(tuple(n.ordinal for n in p.new), tuple(o.ordinal for o in p.old)) for p in back} == there
    assert pair_projects(old, new) == pairs


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(12)))
def test_projects_in_another_order_are_the_same_projects(order: list[int]) -> None:
    old = list(records("schuldenvrij-2023"))
    new = _numbered([old[number] for number in order if number < len(old)])
    pairs = pair_projects(old, new)
    assert all(len(pair.old) == len(pair.new) == 1 for pair in pairs)
    assert all(pair.old[0].title == pair.new[0].title for pair in pairs)
    staying = [pair.old[0].ordinal for pair in pairs if "moved" not in pair.kinds]
    assert staying == sorted(staying)


def test_what_comes_between_moves_nothing() -> None:
    old = list(records("schuldenvrij-2023"))
    new = _numbered([records("digitale-overheid-2023")[0], *old])
    assert [pair.kinds for pair in pair_projects(old, new)] == [("added",)] + [()] * len(old)


def _numbered(some: list[ProjectRecord]) -> list[ProjectRecord]:
    return [
        one.model_copy(update={"ordinal": number, "id": f"{one.annex.id}/p{number}"})
        for number, one in enumerate(some, start=1)
    ]


def test_three_years_of_an_annex() -> None:
    """The pairs as a reader of the three texts would have them."""
    first = compare_annexes(records("schuldenvrij-2022"), records("schuldenvrij-2023"))
    assert _told(first.pairs, "merged") == [
        (["Aansluiting van schuldeisers", "Saneringskrediet als eerste "], ["Eén loket, één voorstel: sch"])
    ]
    assert [one.new[0].title[:14] for one in first.pairs if one.kinds == ["added"]] == [
        "Warm en zuinig",
        "Schuldhulpverl",
    ]
    assert [one.old[0].title[:14] for one in first.pairs if one.kinds == ["ended"]] == ["Proef Adempauz"]
    second = compare_annexes(records("schuldenvrij-2023"), records("schuldenvrij-2024"))
    assert _told(second.pairs, "split") == [
        (["Kinderen doen mee: sport, cu"], ["Kinderen doen mee: sport en ", "Kinderen doen mee: schoolspu"])
    ]
    assert [one.new[0].title[:9] for one in second.pairs if one.kinds == ["added"]] == ["Geldzorge"]
    assert [one.old[0].title[:9] for one in second.pairs if one.kinds == ["ended"]] == ["Wat weini", "Budgetles"]
    assert [one.new[0].title[:12] for one in second.pairs if "renamed" in one.kinds] == ["Schuldenzorg", "Kinderen doe"]


def _told(pairs: object, kind: PairKind) -> list[tuple[list[str], list[str]]]:
    assert isinstance(pairs, list)
    return [([r.title[:28] for r in p.old], [r.title[:28] for r in p.new]) for p in pairs if kind in p.kinds]


BEFORE = """Bijlage 1 - Projecten 2023

Veilig uit in het havenkwartier

De gemeente Rotterdam voert dit project uit met Stichting Lichtkring. In 2023 namen 200 hotels deel aan de training.
Het project is gestart op 1 maart 2022 en loopt tot en met 31 december 2024. De minister trok er € 1,2 miljoen voor uit.

Leren op de werf

Het Albeda leidt sinds september 2021 lassers op voor de scheepsbouw. Er zijn 45 leerlingen geplaatst bij Damen.
"""


@pytest.mark.parametrize(
    ("words", "others", "wanted"),
    [
        ("200 hotels", "351 hotels", [("figure", "changed", 0.755, None)]),
        ("31 december 2024", "31 december 2025", [("date", "changed", None, 365)]),
        ("€ 1,2 miljoen", "€ 1.200.000", []),
        ("1 maart 2022", "01-03-2022", []),
        ("namen 200 hotels deel aan de training", "volgden 200 hotels de training", []),
        ("leidt sinds september 2021 lassers op", "leidt lassers op", [("date", "removed", None, None)]),
        ("bij Damen", "bij werven", [("organisation", "removed", None, None)]),
    ],
)
def test_a_change_of_fact_is_told_and_wording_is_not(
    tmp_path: Path, words: str, others: str, wanted: list[tuple[str, str, float | None, int | None]]
) -> None:
    assert words in BEFORE
    sides = []
    for name, text in (("oud", BEFORE), ("nieuw", BEFORE.replace(words, others))):
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        sides.append(extract(path).records)
    changes = [c for old, new in zip(*sides, strict=True) for c in changes_between([old], [new])]
    assert sorted(_short(c) for c in changes if c.is_fact) == sorted(wanted)
    assert [c.kind for c in changes if not c.is_fact] == ["text"]


def _short(change: Change) -> tuple[str, str, float | None, int | None]:
    return change.kind, change.what, change.ratio, change.days
