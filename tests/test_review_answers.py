"""What a person answers to the questions of two real years, through `act`: each in turn, all at once, two at a time."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from reviewing import Review, extracted, lines, said

from pipeline.reviewing.actions import accept_all, act
from pipeline.reviewing.app.forms import Forms
from pipeline.reviewing.session import Session

Begun = Callable[..., Session]


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("years")
    return extracted(folder, "schuldenvrij-2023.txt"), extracted(folder, "schuldenvrij-2024.txt")


@pytest.fixture
def begin(tmp_path: Path, years: tuple[Path, Path]) -> Begun:
    approved = tmp_path / "approved"
    shutil.copytree(years[0], approved)
    return lambda user="A. Steward": Session(years[1], approved, user=user, config=tmp_path / "config")


def test_each_question_is_accepted_and_then_nothing_is_open(begin: Begun) -> None:
    session = begin()
    before = {one.number: [said(record) for record in session.effective(one)] for one in session.projects}
    for project in session.projects:
        for question in project.questions:
            outcome = act(session, project, "accept", {"question": question.key})
            assert outcome.is_done, (question, outcome.errors)
            assert session.state(project, question) == "accepted"
        assert session.open_questions(project) == []
        assert [said(record) for record in session.effective(project)] == before[project.number]


def test_each_question_that_can_be_is_rejected_and_taken_back(begin: Begun) -> None:
    session = begin()
    rejected = 0
    for number in range(len(session.projects)):
        project = session.projects[number]
        before = [said(record) for record in session.effective(project)]
        for question in project.questions:
            fields = {"question": question.key, "why": "anders"}
            outcome = act(session, project, "reject", fields)
            assert outcome.is_done == question.can_reject, (question, outcome.errors)
            if outcome.is_done:
                assert session.state(project, question) == "rejected", question
                assert session.log.read()[-1].why == "anders"
                assert session.undo() is not None
                rejected += 1
            assert session.state(project, question) == "open"
        assert [said(record) for record in session.effective(project)] == before
    assert rejected > 50


def test_each_question_that_has_a_form_is_corrected_as_it_was_shown(begin: Begun) -> None:
    session = begin()
    corrected = 0
    for number in range(len(session.projects)):
        project = session.projects[number]
        forms = Forms(session, project, session.effective(project))
        before = [said(record) for record in session.effective(project)]
        for question in project.questions:
            form = next((one for one in forms.of_question(question) if one.action == "correct"), None)
            if form is None:
                continue
            fields = {
                field.name: next((one.value for one in field.choices if one.is_chosen), field.value)
                for field in form.inputs
            }
            outcome = act(session, project, "correct", {"question": question.key, **fields})
            assert outcome.is_done, (question, outcome.errors)
            assert session.state(project, question) == "accepted", "it says what the new extraction says"
            corrected += 1
        assert [said(record) for record in session.effective(project)] == before
    assert corrected > 50


def test_a_changed_figure_is_answered_otherwise(begin: Begun) -> None:
    session = begin()
    project = next(one for one in session.projects if [q for q in one.questions if q.change == "figure:changed"])
    question = next(one for one in project.questions if one.change == "figure:changed")
    assert question.new is not None
    outcome = act(session, project, "correct", {"question": question.key, "value": "77", "why": "navraag"})
    assert outcome.is_done
    assert session.state(project, question) == "corrected"
    [record] = session.effective(project)
    [place] = question.new.places
    assert [float(one.value) for one in record.figures if one.start == place.start] == [77.0]
    bad = act(session, project, "correct", {"question": question.key, "value": "veel"})
    assert list(bad.errors) == ["value"]
    assert lines(session) == 1


def test_what_is_skipped_stays_open_and_is_not_written(begin: Begun) -> None:
    session = begin()
    project = next(one for one in session.projects if one.questions)
    question = project.questions[0]
    assert act(session, project, "skip", {"question": question.key}).is_done
    assert session.state(project, question) == "skipped"
    assert question in session.open_questions(project)
    assert lines(session) == 0


def test_comments_decide_nothing(begin: Begun) -> None:
    session = begin()
    project = next(one for one in session.projects if one.questions)
    question = project.questions[0]
    empty = act(session, project, "comment", {"question": question.key, "why": "  "})
    assert list(empty.errors) == ["why"]
    for fields in ({"question": question.key}, {}):
        outcome = act(session, project, "comment", {"why": "Vraag dit na.\nBij wie?", **fields})
        assert outcome.is_done
    assert session.state(project, question) == "open"
    assert [one.why for one in session.log.read()] == ["Vraag dit na. Bij wie?"] * 2
    assert [one.change for one in session.log.read()] == [f"comment:{question.key}", ""]


def test_what_another_has_answered_is_shown_before_it_is_overruled(begin: Begun) -> None:
    mine, theirs = begin(), begin("B. Collega")
    project = next(one for one in mine.projects if [q for q in one.questions if q.can_reject])
    other = theirs.projects[project.number]
    question = next(one for one in project.questions if one.can_reject)
    mine.seen(project)
    theirs.seen(other)
    assert act(theirs, other, "reject", {"question": question.key}).is_done
    refused = act(mine, project, "accept", {"question": question.key})
    assert "B. Collega" in refused.errors[""]
    assert lines(mine) == 1
    assert act(mine, project, "accept", {"question": question.key}).is_done
    assert mine.state(project, question) == "accepted"


@pytest.mark.parametrize("action", ["alias", "deny"])
def test_the_register_is_not_told_before_another_s_answer_was_seen(begin: Begun, action: str, tmp_path: Path) -> None:
    mine, theirs = begin(), begin("B. Collega")
    project, question = next(
        (project, one)
        for project in mine.projects
        for one in project.questions
        if one.subject == "organisation" and one.new and one.new.value["status"] == "new"
    )
    mine.seen(project)
    assert act(theirs, theirs.projects[project.number], "accept", {"question": question.key}).is_done
    refused = act(mine, project, action, {"question": question.key, "body": "Politie", "why": "overleg"})
    assert "B. Collega" in refused.errors[""]
    assert not (tmp_path / "config").exists()
    assert act(mine, project, action, {"question": question.key, "body": "Politie", "why": "overleg"}).is_done
    assert (tmp_path / "config").exists()


def test_all_of_a_kind_are_accepted_at_once_where_the_count_is_still_right(begin: Begun) -> None:
    session = begin()
    change = "figure:changed"
    asked = [(p, q) for p in session.projects for q in session.open_questions(p) if q.change == change]
    wrong = accept_all(session, change, len(asked) + 1, is_allowed=lambda _: True)
    assert str(len(asked)) in wrong.errors[""]
    assert lines(session) == 0
    assert accept_all(session, change, len(asked), is_allowed=lambda _: True).is_done
    assert {session.state(*one) for one in asked} == {"accepted"}
    assert session.undo() is not None
    assert {session.state(*one) for one in asked} == {"open"}
    assert not accept_all(session, "nothing:changed", 0, is_allowed=lambda _: True).words.startswith("1")


def test_what_is_not_there_any_more_is_told(begin: Begun) -> None:
    session = begin()
    project = next(one for one in session.projects if one.questions)
    for action, fields in [
        ("accept", {"question": "0" * 16}),
        ("correct", {"fact": "0" * 16}),
        ("accept", {}),
        ("dance", {}),
        ("correct", {}),
        ("remove", {}),
        ("merge", {"into": "Politie"}),
        ("alias", {"body": "Politie"}),
        ("deny", {}),
        ("role", {"role": "partner"}),
        ("redraw", {}),
    ]:
        outcome = act(session, project, action, {"action": action, **fields})
        assert not outcome.is_done, action
        assert not outcome.words
        assert all(outcome.errors.values())
    assert lines(session) == 0


def test_a_fact_that_was_changed_meanwhile_is_told(begin: Begun) -> None:
    one = Review(begin(), "ondernemers en zzp")
    fact = one.fact("figure", value=1019)
    assert one.act("correct", fact=fact.key, value="1020").is_done
    assert one.act("correct", fact=fact.key, value="1021").errors[""]
    assert lines(one.session) == 1
