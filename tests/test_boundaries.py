"""Boundaries that a person draws: records cut and joined with all they hold, in every later extraction."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from deciding import decision, on_all
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extraction import extract_all
from pipeline.records.invariants import annex_problems
from pipeline.records.models import ProjectRecord
from pipeline.records.writing import annex_file
from pipeline.reviewing.boundaries import BoundaryError, merge_draft, move_draft, split_draft
from pipeline.reviewing.deciding import Draft
from pipeline.reviewing.decisions.applying import Applied, apply
from pipeline.reviewing.decisions.bounds import Settled, renumbered, settle
from pipeline.reviewing.decisions.models import Decision
from pipeline.reviewing.editing.arranging import Arrangement
from pipeline.reviewing.editing.assembling import assembled

SAMPLES = Path(__file__).parents[1] / "samples"
Records = Sequence[ProjectRecord]
Again = Callable[..., Records]


def extracted(folder: Path, text: str, annex_id: str = "schulden") -> Records:
    path = folder / "annex.txt"
    path.write_text(text)
    [annex] = extract_all(path, annex_id=annex_id)
    return annex.records


@pytest.fixture(scope="module")
def text() -> str:
    return (SAMPLES / "schuldenvrij-2022.txt").read_text()


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory, text: str) -> Records:
    return extracted(tmp_path_factory.mktemp("old"), text)


@pytest.fixture(scope="module")
def paged() -> Records:
    [annex] = extract_all(SAMPLES / "schuldenvrij-2022.pdf", annex_id="schulden")
    return annex.records


@pytest.fixture
def again(tmp_path: Path, text: str) -> Again:
    def make(*pairs: tuple[str, str], annex_id: str = "schulden") -> Records:
        changed = text
        for before, after in pairs:
            assert before in changed
            changed = changed.replace(before, after)
        return extracted(tmp_path, changed, annex_id)

    return make


def as_decision(draft: Draft, number: int = 0) -> Decision:
    return decision(
        number,
        annex="schulden",
        project=draft.record,
        subject=draft.subject,
        action=draft.action,
        evidence=list(draft.evidence),
        before=draft.before,
        after=draft.after,
        change=draft.change,
    )


def faults(records: Records) -> list[str]:
    listing = annex_file(records[0].annex, records, [])
    found = annex_problems(listing, {entry.file: one for entry, one in zip(listing.records, records, strict=True)})
    return [f"{one.file} {one.where}: {one.message}" for one in found]


def held(records: Records) -> list[tuple[str, str]]:
    """Return all that is said of places in records, with its words, wherever it stands."""
    found = [(one.name, mention.text) for r in records for one in r.organisations for mention in one.mentions]
    found += [(one.name, mention.text) for r in records for one in r.locations for mention in one.mentions]
    found += [("date", one.edtf) for r in records for one in r.dates]
    found += [("figure", f"{one.kind} {one.value}") for r in records for one in r.figures]
    found += [("note", one.text) for r in records for one in r.footnotes]
    found += [("repair", f"{one.raw} {one.text}") for r in records for one in r.repairs]
    return sorted(found)


def settled(records: Records, *decisions: Decision) -> Settled:
    return settle(decisions, records)


def paragraph(record: ProjectRecord) -> int:
    """Return where the second half of a text begins: with a sentence."""
    return record.text.index(". ", len(record.text) // 3) + 2


def states(applied: Applied) -> list[str]:
    return [one.state for one in applied.standings]


def split_of(records: Records, number: int, title: str = "Een ander project") -> Decision:
    record = records[number]
    return as_decision(split_draft(settled(records), record.id, paragraph(record), title))


def test_a_split_gives_two_records_with_all_they_held(old: Records) -> None:
    one = split_of(old, 1)
    applied = apply([one], old)
    first, second = applied.records[1:3]
    at = paragraph(old[1])
    assert (first.title, first.text) == (old[1].title, old[1].text[:at].rstrip())
    assert (second.title, second.text) == ("Een ander project", old[1].text[at:])
    assert second.id == "schulden/een-ander-project"
    assert held(applied.records) == held(old)
    assert faults(applied.records) == []
    assert first.decisions == second.decisions == [one.id]
    assert [record.ordinal for record in applied.records] == list(range(1, len(old) + 2))
    assert states(applied) == ["holds"]


def test_the_words_of_the_title_leave_the_text(old: Records) -> None:
    joined = apply([as_decision(merge_draft(settled(old), old[0].id))], old)
    assert len(joined.records) == len(old) - 1
    assert joined.records[0].title == old[0].title
    assert joined.records[0].text == "\n\n".join([old[0].text, old[1].title, old[1].text])
    assert held(joined.records) == held(old)
    assert faults(joined.records) == []
    merged = list(joined.records)
    apart = as_decision(split_draft(settled(merged), merged[0].id, len(old[0].text) + 2, old[1].title))
    back = apply([apart], merged).records
    bare = [record.model_copy(update={"decisions": []}) for record in back]
    assert bare == list(old)


@pytest.mark.parametrize("to", ["next", "previous"])
def test_a_boundary_moves_with_what_stands_there(old: Records, to: str) -> None:
    at = paragraph(old[2])
    one = as_decision(move_draft(settled(old), old[2].id, at, to))  # type: ignore[arg-type]
    applied = apply([one], old)
    first, second, third = applied.records[1:4]
    if to == "next":
        assert (second.text, third.text) == (old[2].text[:at].rstrip(), f"{old[2].text[at:]}\n\n{old[3].text}")
    else:
        assert (first.text, second.text) == (f"{old[1].text}\n\n{old[2].text[:at].rstrip()}", old[2].text[at:])
    assert [one.title for one in applied.records] == [one.title for one in old]
    assert held(applied.records) == held(old)
    assert faults(applied.records) == []


@pytest.mark.parametrize("kind", ["split", "merge", "next", "previous"])
def test_it_holds_again_and_again_however_the_text_is_reworded(old: Records, again: Again, kind: str) -> None:
    if kind == "split":
        one = split_of(old, 2)
    elif kind == "merge":
        one = as_decision(merge_draft(settled(old), old[2].id))
    else:
        one = as_decision(move_draft(settled(old), old[2].id, paragraph(old[2]), kind))  # type: ignore[arg-type]
    applied = apply([one], old)
    assert [record.text for record in applied.records] != [record.text for record in old]
    assert apply([one], applied.records).records == applied.records
    words = old[2].text[paragraph(old[2]) :].split()[4:6]
    plain = " ".join(words)
    new = again((plain, f"{words[0]} overigens {words[1]}"))
    later = apply([one], new)
    assert states(later) == ["holds"]
    assert len(later.records) == len(applied.records)
    assert [record.title for record in later.records] == [record.title for record in applied.records]
    assert faults(later.records) == []


@pytest.mark.parametrize("kind", ["split", "merge", "next"])
def test_every_other_decision_still_holds(old: Records, kind: str) -> None:
    others = on_all(old, ["accept", "correct"])
    if kind == "split":
        one = split_of(old, 1)
    elif kind == "merge":
        one = as_decision(merge_draft(settled(old), old[1].id))
    else:
        one = as_decision(move_draft(settled(old), old[1].id, paragraph(old[1]), "next"))
    late = one.model_copy(update={"at": others[-1].at.replace(year=2027)})
    applied = apply([late, *others], old)
    assert {one.state for one in applied.standings} == {"holds"}
    assert faults(applied.records) == []
    assert apply([late, *others], applied.records).records == applied.records


def test_a_split_that_is_joined_again_is_taken_back(old: Records) -> None:
    one = split_of(old, 1)
    back = as_decision(merge_draft(settled(old, one), old[1].id), 1)
    assert back.after is None
    applied = apply([one, back], old)
    assert states(applied) == ["overruled", "holds"]
    assert [record.text for record in applied.records] == [record.text for record in old]


def test_a_point_that_is_gone_is_a_conflict_and_a_merge_of_one_that_is_gone_is_none(old: Records) -> None:
    one = split_of(old, 1)
    record = old[1]
    [point] = one.evidence
    rest = record.text[: paragraph(record) - 90]
    gone = [r if r is not record else r.model_copy(update={"text": rest, **_nothing()}) for r in old]
    assert point.after not in rest
    applied = apply([one], gone)
    assert states(applied) == ["conflict"]
    assert [w.code for w in applied.records[1].warnings] == ["conflict"]
    merge = as_decision(merge_draft(settled(old), old[1].id))
    assert states(apply([merge], [*old[:2], *old[3:]])) == ["holds"]
    assert states(apply([merge], [old[0], *old[3:]])) == ["gone"]


def _nothing() -> dict[str, list[object]]:
    return {key: [] for key in ("organisations", "locations", "dates", "figures", "footnotes", "repairs")}


def test_it_holds_in_the_annex_of_another_year_only_word_for_word(old: Records, again: Again) -> None:
    one = split_of(old, 1)
    same = again(annex_id="schulden-2023")
    assert len(apply([one], same).records) == len(old) + 1
    at = paragraph(old[1])
    words = " ".join(old[1].text[at:].split()[:3])
    other = again((words, f"Overigens: {words}"), annex_id="schulden-2023")
    assert states(apply([one], other)) == ["foreign"]


def test_where_there_are_no_words_on_both_sides_no_boundary_is_drawn(old: Records) -> None:
    there = settled(old)
    for at in (0, len(old[0].text)):
        with pytest.raises(BoundaryError):
            split_draft(there, old[0].id, at, "Nieuw")
    with pytest.raises(BoundaryError):
        merge_draft(there, old[-1].id)
    with pytest.raises(BoundaryError):
        move_draft(there, old[0].id, paragraph(old[0]), "previous")


def test_a_line_that_was_written_by_hand_changes_nothing(old: Records) -> None:
    one = split_of(old, 1)
    for after in ({"operation": "twist"}, {}, {"operation": "merge"}):
        applied = apply([one.model_copy(update={"after": after})], old)
        assert states(applied) == ["invalid"]
        assert [record.text for record in applied.records] == [record.text for record in old]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), is_paged=st.booleans())
def test_whatever_is_cut_and_joined_every_span_stands_where_it_says(
    old: Records, paged: Records, seed: int, *, is_paged: bool
) -> None:
    rng = random.Random(seed)  # noqa: S311
    records = paged if is_paged else old
    made = Arrangement(records)
    cut = 0
    for _ in range(rng.randint(1, 6)):
        number = rng.randrange(len(made.layouts))
        text = made.text(number)
        spaces = [at for at, c in enumerate(text) if c.isspace()] or [0]
        at = rng.choice(spaces)
        before = made
        match rng.choice(["split", "merge", "move"]):
            case "split":
                made = made.split(number, at, rng.choice(["Nieuw", " ".join(text[at:].split()[:3]) or "Nieuw"]))
                cut += made is not before
            case "merge":
                made = made.merge(number, rng.randrange(len(made.layouts)))
            case _:
                made = made.move(number, at, max(0, min(len(made.layouts) - 1, number + rng.choice([1, -1]))))
                cut += made is not before
    found = assembled(made)
    for number, record in enumerate(found):
        assert (record.title, record.text) == (made.title(number), made.text(number))
    assert faults(renumbered(found)) == []
    assert {name for name, _ in held(found)} <= {name for name, _ in held(records)}
    everything, now = held(records), held(found)
    assert all(now.count(one) <= everything.count(one) for one in now)
    assert len(everything) - len(now) <= 4 * cut  # what stands across a cut, or in words that became a title
    assert sorted(n.text for r in found for n in r.footnotes) == sorted(n.text for r in records for n in r.footnotes)
