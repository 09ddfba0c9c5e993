"""Decisions hold in what is extracted anew while their words stand, and are a conflict with both sides when not."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from deciding import decision, on_all, on_fact, without_facts
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.comparing.models import Place
from pipeline.extraction import extract_all
from pipeline.records.invariants import annex_problems
from pipeline.records.models import ProjectRecord
from pipeline.records.writing import annex_file
from pipeline.reviewing.decisions.applying import Applied, apply
from pipeline.reviewing.decisions.attaching import evidence_of
from pipeline.reviewing.decisions.models import Decision
from pipeline.reviewing.decisions.standing import status

SAMPLE = Path(__file__).parents[1] / "samples" / "schuldenvrij-2022.txt"
Records = Sequence[ProjectRecord]
KINDS = ("figures", "dates", "organisations", "locations")


def extracted(folder: Path, text: str, annex_id: str = "schulden") -> Records:
    path = folder / "annex.txt"
    path.write_text(text)
    [annex] = extract_all(path, annex_id=annex_id)
    return annex.records


@pytest.fixture(scope="module")
def text() -> str:
    return SAMPLE.read_text()


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory, text: str) -> Records:
    return extracted(tmp_path_factory.mktemp("old"), text)


@pytest.fixture
def again(tmp_path: Path, text: str) -> Callable[..., Records]:
    def make(*pairs: tuple[str, str], annex_id: str = "schulden") -> Records:
        changed = text
        for before, after in pairs:
            assert before in changed
            changed = changed.replace(before, after)
        return extracted(tmp_path, changed, annex_id)

    return make


def is_whole(records: Records) -> bool:
    listing = annex_file(records[0].annex, records, [])
    return not annex_problems(listing, {entry.file: one for entry, one in zip(listing.records, records, strict=True)})


def values(records: Records) -> list[object]:
    """Return what records say without how sure they are of it, and by whose decision."""
    return [
        [
            {key: value for key, value in fact.model_dump().items() if key not in {"confidence", "roles"}}
            for kind in KINDS
            for fact in getattr(record, kind)
        ]
        for record in records
    ]


def figure(records: Records, words: str) -> tuple[ProjectRecord, int]:
    return next((one, n) for one in records for n, figure in enumerate(one.figures) if figure.text == words)


def decided(records: Records, words: str, action: str = "accept", number: int = 0) -> Decision:
    record, index = figure(records, words)
    return on_fact(record, "figure", record.figures[index], action, number)


def conflicts(applied: Applied) -> list[str]:
    return [warning.message for one in applied.records for warning in one.warnings if warning.code == "conflict"]


def test_what_was_accepted_is_there_again_even_where_the_machine_finds_nothing(old: Records) -> None:
    made = on_all(old)
    applied = apply(made, [without_facts(record) for record in old])
    assert applied.count("holds") == len(made) > 150
    assert values(applied.records) == values(old)
    assert is_whole(applied.records)
    assert [one for record in applied.records for one in record.decisions] == [one.id for one in made]
    assert all(fact.confidence == 1 for one in applied.records for fact in one.figures)


def test_what_was_corrected_and_rejected_stays_so(old: Records) -> None:
    corrected, rejected = decided(old, "38%", "correct"), decided(old, "€ 7.840", "reject", 1)
    applied = apply([corrected, rejected], old)
    record = applied.records[old.index(figure(old, "38%")[0])]
    assert [one.unit for one in record.figures if one.text == "38%"] == ["hokken"]
    assert not [one for record in applied.records for one in record.figures if one.text == "€ 7.840"]
    assert [one.state for one in applied.standings] == ["holds", "holds"]
    assert is_whole(applied.records)


def test_what_was_missed_and_added_is_added_again(old: Records, again: Callable[..., Records]) -> None:
    record = old[0]
    start = record.text.index("afmeldmogelijkheid")
    words = {"start": start, "end": start + 18, "text": "afmeldmogelijkheid"}
    place = Place(field="text", **words, page=None, boxes=[], next_page_boxes=[])
    new = {"name": "Afmeldmogelijkheid", "register_id": None, "kind": "platform", "status": "new", "link": "none"}
    added = decision(
        annex="schulden",
        project=record.id,
        subject="organisation",
        action="add",
        evidence=evidence_of(record, [place]),
        after=new,
    )
    applied = apply([added], again(("Voor inwoners die\nhet bezoek niet op prijs stellen", "Wie dat niet wil")))
    [there] = [one for one in applied.records[0].organisations if one.name == "Afmeldmogelijkheid"]
    assert [mention.text for mention in there.mentions] == ["afmeldmogelijkheid"]
    assert is_whole(applied.records)


def test_a_role_holds_with_its_cue(old: Records) -> None:
    record, holder = next((one, body) for one in old for body in one.organisations if body.roles)
    cue = holder.roles[0].cue
    places = [
        Place(**cue.model_dump(), page=None, boxes=[], next_page_boxes=[]),
        *(Place.model_validate(mention.model_dump()) for mention in holder.mentions),
    ]
    before = {"organisation": holder.name, "role": holder.roles[0].role}
    one = decision(
        annex="schulden",
        project=record.id,
        subject="role",
        action="correct",
        evidence=evidence_of(record, places),
        before=before,
        after=before | {"role": "funder"},
    )
    applied = apply([one], old)
    roles = next(body.roles for body in applied.records[old.index(record)].organisations if body.name == holder.name)
    assert "funder" in {role.role for role in roles}
    assert before["role"] not in {role.role for role in roles}
    assert is_whole(applied.records)


def test_other_words_are_a_conflict_that_tells_both_sides(old: Records, again: Callable[..., Records]) -> None:
    new = again(("Slechts 38% daarvan", "Slechts 44% daarvan"))
    applied = apply([decided(old, "38%", "correct")], new)
    assert conflicts(applied) == ["figure decided on “38%”; “44%” stands there now"]
    assert values(applied.records) == values(new)
    assert all(record.decisions == [] for record in applied.records)


def test_words_that_are_gone_are_a_conflict_while_the_project_is_there(
    old: Records, again: Callable[..., Records]
) -> None:
    gone = ("Slechts 38% daarvan leidde tot contact met een inwoner.", "Er volgde weinig.")
    applied = apply([decided(old, "38%"), decided(old, "€ 7.840", "reject", 1)], again(gone))
    assert conflicts(applied) == ["figure decided on “38%”; these words are gone"]
    assert [one.state for one in applied.standings] == ["conflict", "holds"]
    [standing] = apply([decided(old, "38%", "reject")], again(gone)).standings
    assert standing.state == "gone"


def test_a_conflict_that_was_answered_is_not_asked_again(old: Records, again: Callable[..., Records]) -> None:
    new = again(("Slechts 38% daarvan", "Slechts 44% daarvan"))
    first, answer = decided(old, "38%", "correct"), decided(new, "44%", "accept", 1)
    applied = apply([first, answer], new)
    assert conflicts(applied) == []
    assert [one.state for one in applied.standings] == ["overruled", "holds"]
    gone = again(("Slechts 38% daarvan leidde tot contact met een inwoner.", "Er volgde weinig."))
    answer = first.model_copy(update={"id": answer.id, "at": answer.at, "action": "reject", "after": None})
    assert conflicts(apply([first, answer], gone)) == []
    by_name = decision(2, annex="schulden", project=gone[0].id, after=None, change=f"conflict:{first.id}")
    assert conflicts(apply([first, by_name], gone)) == []


def test_the_latest_on_the_same_counts_and_what_was_taken_back_does_not(old: Records) -> None:
    first, second = decided(old, "38%", "correct", 1), decided(old, "38%", "reject", 2)
    undo = decision(3, action="undo", after=None, undoes=second.id)
    record = old.index(figure(old, "38%")[0])

    def units(*decisions: Decision) -> list[str | None]:
        return [one.unit for one in apply(decisions, old).records[record].figures if one.text == "38%"]

    assert units(second, first) == []
    assert units(undo, second, first) == ["hokken"]
    assert [one.state for one in status([first, second, undo], old)] == ["holds", "undone", "undone"]
    assert [one.state for one in status([first, second], old)] == ["overruled", "holds"]


def test_decisions_of_another_annex_hold_only_word_for_word(old: Records, again: Callable[..., Records]) -> None:
    new = again(("leidde tot contact met een inwoner", "gaf contact met iemand"), annex_id="schulden-2023")
    applied = apply([decided(old, "38%", "correct"), decided(old, "€ 7.840", "correct", 1)], new)
    assert [one.state for one in applied.standings] == ["foreign", "holds"]
    assert conflicts(applied) == []


def test_a_title_and_what_is_no_project_stay_decided(old: Records) -> None:
    def whole(record: ProjectRecord) -> Place:
        span = {"start": 0, "end": len(record.title), "text": record.title}
        return Place(field="title", **span, page=None, boxes=[], next_page_boxes=[])

    base = {"annex": "schulden", "before": None}
    titled = decision(
        1,
        **base,
        subject="title",
        action="correct",
        evidence=evidence_of(old[1], [whole(old[1])]),
        after={"title": "Jongeren uit de schulden"},
    )
    dropped = decision(
        2, **base, subject="project", action="reject", evidence=evidence_of(old[2], [whole(old[2])]), after=None
    )
    others = on_all(old)
    applied = apply([titled, dropped, *others], old)
    assert len(applied.records) == len(old) - 1
    assert applied.records[1].title == "Jongeren uit de schulden"
    assert applied.records[1].id == "schulden/jongeren-uit-de-schulden"
    assert is_whole(applied.records)
    assert {one.state for one in applied.standings if one.decision.project == old[1].id} == {"holds"}
    assert apply([titled, dropped, *others], applied.records).records == applied.records


def test_every_decision_is_spoken_of(old: Records, again: Callable[..., Records]) -> None:
    made = on_all(old, ["accept", "correct", "reject"])
    new = again(("Slechts 38%", "Slechts 44%"))[3:]
    found = status(made, new)
    assert [one.decision for one in found] == made
    at_home = {one.id for one in new}
    assert all(one.state in {"holds", "conflict"} for one in found if one.decision.project in at_home)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_lines_means_nothing_and_twice_is_once(old: Records, seed: int) -> None:
    lot = random.Random(seed)  # noqa: S311  # no secret
    made = on_all(old[:4], ["accept", "correct", "reject", "add"])
    made += [
        one.model_copy(update={"id": decision(900 + n).id, "at": decision(900 + n).at, "after": None})
        for n, one in enumerate(lot.sample(made, 5))
    ]
    made += [decision(2000 + n, action="undo", after=None, undoes=one.id) for n, one in enumerate(lot.sample(made, 9))]
    once = apply(made, old)
    lot.shuffle(made)
    assert apply(made, old) == once
    assert apply(made, once.records).records == once.records
    assert is_whole(once.records)
