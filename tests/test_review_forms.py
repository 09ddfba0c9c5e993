"""Forms on the page of a project: what could not be done is shown again, as it was typed, with what is wrong."""

import html
import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from reviewing import Review, extracted, lines

from pipeline.reviewing.app.factory import create_app
from pipeline.reviewing.app.forms import Forms
from pipeline.reviewing.app.views import Form
from pipeline.reviewing.session import Session

BASE = "http://127.0.0.1:5000"


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("years")
    return extracted(folder, "schuldenvrij-2023.txt"), extracted(folder, "schuldenvrij-2024.txt")


@pytest.fixture
def review(tmp_path: Path, years: tuple[Path, Path]) -> Review:
    approved = tmp_path / "approved"
    shutil.copytree(years[0], approved)
    return Review(Session(years[1], approved, user="A. Steward", config=tmp_path / "config"), "ondernemers en zzp")


@pytest.fixture
def client(review: Review) -> FlaskClient:
    app, token = create_app(review.session)
    client = app.test_client()
    assert client.get(f"/?token={token}", base_url=BASE).status_code == 303
    return client


def page(client: FlaskClient, review: Review) -> str:
    answer = client.get(f"/project/{review.project.number}", base_url=BASE)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def send(client: FlaskClient, review: Review, **fields: str) -> int:
    [csrf, *_] = re.findall(r'name="csrf" value="([^"]+)"', page(client, review))
    sent = {"csrf": csrf, "record": review.project.record, **fields}
    path = f"/project/{review.project.number}/decide"
    return client.post(path, base_url=BASE, data=sent, headers={"Origin": BASE}).status_code


def test_what_was_typed_wrong_is_shown_again_with_what_may_be_typed(review: Review, client: FlaskClient) -> None:
    fact = review.fact("figure", value=1019)
    fields = {"action": "correct", "fact": fact.key, "value": "<veel>", "kind": "money", "unit": "EUR"}
    assert send(client, review, **fields) == 303
    shown = page(client, review)
    assert html.escape("<veel>") in shown
    assert "<veel>" not in shown
    assert "1,2 miljoen euro" in shown
    assert lines(review.session) == 0
    assert html.escape("<veel>") not in page(client, review), "it is told once"


def test_a_comment_that_could_not_be_kept_is_told_where_it_was_written(review: Review, client: FlaskClient) -> None:
    review.words = "Eerder in beeld"
    question = review.project.questions[0]
    assert send(client, review, action="comment", question=question.key, why="") == 303
    assert page(client, review).count("write the comment first") == 2, "in the notice, and at its form"


def test_every_form_can_be_told_from_the_others_and_says_what_may_be_typed(review: Review) -> None:
    review.words = "Eerder in beeld"
    forms = Forms(review.session, review.project, [review.record])
    every: list[Form] = [*forms.adding(), *forms.arranging()]
    every += [one for question in review.project.questions for one in forms.of_question(question)]
    for kind in ("title", "organisation", "role", "date", "figure", "location"):
        for fact in review.facts(kind):
            every += forms.of_fact(fact, review.record)
    names = [(one.action, one.question, one.fact) for one in every]
    assert len(set(names)) == len(names)
    actions = {one.action for one in every}
    assert actions >= {"correct", "comment", "alias", "body", "deny", "merge", "role", "redraw", "remove"}
    assert actions >= {"split", "join", "move", "add-organisation", "add-date", "add-figure", "add-footnote"}
    for one in every:
        assert len({each.name for each in one.inputs}) == len(one.inputs)
        for field in one.inputs:
            if field.kind == "select":
                assert field.choices
                assert sum(choice.is_chosen for choice in field.choices) <= 1
            if field.name in {"date", "value", "body", "earliest", "latest", "unit"}:
                assert field.help


def test_a_form_for_what_was_missed_reads_the_selected_words(review: Review, client: FlaskClient) -> None:
    selected = review.select("€ 2.500")
    form = next(
        one for one in Forms(review.session, review.project, [review.record]).adding() if one.action == "add-figure"
    )
    fields = {
        field.name: next((one.value for one in field.choices if one.is_chosen), field.value) for field in form.inputs
    }
    assert send(client, review, action=form.action, **selected, **fields) == 303
    assert review.fact("figure", value=2500).side.value["unit"] == "EUR"
