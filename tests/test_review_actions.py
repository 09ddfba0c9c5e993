"""What a person does with a fact, through `act` on two real years: it holds, holds after extracting again, and can be
taken back; what cannot be done writes nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reviewing import Review, extracted, lines, said

from pipeline.overlay import read_overlay
from pipeline.records.reading import read_records
from pipeline.reviewing.actions import act
from pipeline.reviewing.session import Session


@pytest.fixture(scope="module", params=["txt", "pdf"])
def years(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("years")
    return extracted(folder, "schuldenvrij-2023.txt"), extracted(folder, f"schuldenvrij-2024.{request.param}")


@pytest.fixture
def review(tmp_path: Path, years: tuple[Path, Path]) -> Callable[[str], Review]:
    approved = tmp_path / "approved"
    shutil.copytree(years[0], approved)
    session = Session(years[1], approved, user="A. Steward", config=tmp_path / "config")
    return lambda words: Review(session, words)


def taken_back(one: Review, before: object) -> None:
    assert one.session.undo() is not None
    assert said(one.record) == before
    one.check()


def test_a_figure_is_corrected_by_what_is_typed(review: Callable[[str], Review]) -> None:
    one = review("Eerder in beeld")
    before = said(one.record)
    fact = one.fact("figure", value=139)
    outcome = one.act("correct", fact=fact.key, value="ongeveer 1,2 miljoen euro", why="zie de brief")
    assert outcome.is_done
    assert "about EUR 1,200,000" in outcome.words
    [made] = [value for value in one.values("figure") if value["value"] == 1200000]
    assert (made["kind"], made["unit"], made["comparator"]) == ("money", "EUR", "~")
    assert not [value for value in one.values("figure") if value["value"] == 139]
    assert one.session.log.read()[-1].why == "zie de brief"
    taken_back(one, before)


def test_a_date_is_corrected_by_what_is_typed(review: Callable[[str], Review]) -> None:
    one = review("ondernemers en zzp")
    before = said(one.record)
    assert one.act("correct", fact=one.fact("date", edtf="2023-09-01").key, date="end of 2023", role="end").is_done
    made = one.fact("date", edtf="2023")
    assert (made.side.value["part"], made.side.value["role"]) == ("end", "end")
    taken_back(one, before)


def test_a_form_that_is_sent_as_it_was_shown_says_what_was_there(review: Callable[[str], Review]) -> None:
    from pipeline.reviewing.app.forms import Forms

    one = review("ondernemers en zzp")
    before = said(one.record)
    for kind, number in [(fact.kind, n) for k in KINDS for n, fact in enumerate(one.facts(k))]:
        fact = one.facts(kind)[number]
        forms = Forms(one.session, one.project, [one.record]).of_fact(fact, one.record)
        form = next(form for form in forms if form.action == "correct")
        fields = {
            field.name: next((choice.value for choice in field.choices if choice.is_chosen), field.value)
            for field in form.inputs
        }
        assert one.act("correct", fields, fact=fact.key).is_done
        assert one.session.log.read()[-1].after == fact.side.value
        assert said(one.record) == before
    assert lines(one.session) > 20


KINDS = ("organisation", "role", "date", "figure", "location", "period", "title")


@pytest.mark.parametrize(
    ("kind", "fields", "wrong"),
    [
        ("figure", {"value": "veel"}, "value"),
        ("figure", {"value": "5", "value_max": "4"}, "value_max"),
        ("figure", {"kind": "weight"}, "kind"),
        ("figure", {"as_of": "ooit"}, "as_of"),
        ("date", {"date": "ooit"}, "date"),
        ("date", {"date": "2024", "role": "leider"}, "role"),
        ("organisation", {"name": ""}, "name"),
        ("organisation", {"name": "Stichting Iets Nieuws", "kind": "keizerrijk"}, "kind"),
        ("location", {"name": "", "kind": "town"}, "name"),
        ("location", {"name": "Assen", "kind": "planet"}, "kind"),
        ("role", {"role": "koning"}, "role"),
        ("title", {"title": "  "}, "title"),
        ("period", {"earliest": "2024", "latest": "2023"}, "latest"),
        ("period", {"earliest": "ooit"}, "earliest"),
    ],
)
def test_what_is_typed_wrong_is_told_by_field_and_writes_nothing(
    review: Callable[[str], Review], kind: str, fields: dict[str, str], wrong: str
) -> None:
    one = review("ondernemers en zzp")
    before = said(one.record)
    outcome = one.act("correct", fields, fact=one.facts(kind)[0].key)
    assert list(outcome.errors) == [wrong]
    assert outcome.errors[wrong]
    assert not outcome.words
    assert lines(one.session) == 0
    assert said(one.record) == before


def test_a_title_is_corrected(review: Callable[[str], Review]) -> None:
    one = review("ondernemers en zzp")
    before = said(one.record)
    assert one.act("correct", fact=one.facts("title")[0].key, title="Schuldhulp voor ondernemers").is_done
    assert one.record.title == "Schuldhulp voor ondernemers"
    taken_back(one, before)


def test_an_organisation_gets_another_name_that_the_register_knows(review: Callable[[str], Review]) -> None:
    one = review("ondernemers en zzp")
    before = said(one.record)
    roles = [
        role.role for body in one.record.organisations for role in body.roles if body.name == "Ondernemersklankbord"
    ]
    assert one.act("correct", fact=one.fact("organisation", name="Ondernemersklankbord").key, name="politie").is_done
    made = next(
        body
        for body in one.record.organisations
        if body.register_id and body.mentions[0].text == "Ondernemersklankbord"
    )
    assert (made.status, made.kind, [role.role for role in made.roles]) == ("known", "justice", roles)
    taken_back(one, before)


def test_an_organisation_gets_a_name_and_kind_that_no_register_knows(review: Callable[[str], Review]) -> None:
    one = review("ondernemers en zzp")
    before = said(one.record)
    fact = one.fact("organisation", name="Ondernemersklankbord")
    assert one.act("correct", fact=fact.key, name="Stichting Het Klankbord", kind="ngo").is_done
    made = one.fact("organisation", name="Stichting Het Klankbord")
    assert (made.side.value["status"], made.side.value["kind"]) == ("new", "ngo")
    taken_back(one, before)


def test_two_organisations_are_one(review: Callable[[str], Review]) -> None:
    one = review("ondernemers en zzp")
    before = said(one.record)
    fact = one.fact("organisation", name="Ondernemersklankbord")
    assert one.act("merge", fact=fact.key, into="Stichting Zaak Gered").is_done
    made = one.fact("organisation", name="Stichting Zaak Gered")
    assert [place.text for place in made.side.places] == ["Stichting Zaak Gered", "Ondernemersklankbord"]
    assert "Ondernemersklankbord" not in [value["name"] for value in one.values("organisation")]
    taken_back(one, before)
    for into in ("Ondernemersklankbord", "Politie", ""):
        assert list(one.act("merge", fact=fact.key, into=into).errors) == ["into"]
    assert list(one.act("merge", fact=one.facts("date")[0].key, into="Stichting Zaak Gered").errors) == ["into"]


def test_an_alias_of_a_body_of_the_register_holds_everywhere_and_in_the_overlay(
    review: Callable[[str], Review], tmp_path: Path
) -> None:
    one = review("ondernemers en zzp")
    before = said(one.record)
    fact = one.fact("organisation", name="Ondernemersklankbord")
    assert list(one.act("alias", fact=fact.key, body="niets daarvan").errors) == ["body"]
    assert lines(one.session) == 0
    assert one.act("alias", fact=fact.key, body="Kamer van Koophandel").is_done
    made = one.fact("organisation", name="Kamer van Koophandel")
    assert "Ondernemersklankbord" in [place.text for place in made.side.places]
    assert [alias.form for alias in read_overlay(tmp_path / "config").aliases] == ["Ondernemersklankbord"]
    taken_back(one, before)
    assert read_overlay(tmp_path / "config").aliases == ()


def test_a_body_that_is_added_to_the_register_is_known_from_then_on(
    review: Callable[[str], Review], tmp_path: Path
) -> None:
    one = review("ondernemers en zzp")
    before = said(one.record)
    fact = one.fact("organisation", name="Ondernemersklankbord")
    assert list(one.act("body", fact=fact.key, kind="").errors) == ["kind"]
    assert list(one.act("body", fact=fact.key, kind="ngo", name="!").errors) == ["name"]
    assert list(one.act("body", fact=fact.key, kind="ngo", name="Divosa").errors) == [""]
    assert read_overlay(tmp_path / "config").organisations == ()
    assert one.act("body", fact=fact.key, kind="ngo", name="Stichting Ondernemersklankbord").is_done
    made = one.fact("organisation", name="Stichting Ondernemersklankbord").side.value
    assert (made["status"], made["register_id"], made["link"]) == ("known", "stichting-ondernemersklankbord", "alias")
    again = extracted(tmp_path, one.record.annex.source.file, "--config", tmp_path / "config")
    names = [o.name for records in read_records(again).values() for r in records for o in r.organisations]
    assert "Stichting Ondernemersklankbord" in names
    taken_back(one, before)
    assert read_overlay(tmp_path / "config").organisations == ()


def test_what_is_never_an_organisation_goes_everywhere_and_is_denied(
    review: Callable[[str], Review], tmp_path: Path
) -> None:
    one = review("ondernemers en zzp")
    before = said(one.record)
    fact = one.fact("organisation", name="Ondernemersklankbord")
    assert one.act("deny", fact=fact.key, why="een overleg").is_done
    assert "Ondernemersklankbord" not in [value["name"] for value in one.values("organisation")]
    assert [(no.form, no.why) for no in read_overlay(tmp_path / "config").denied] == [
        ("Ondernemersklankbord", "een overleg")
    ]
    taken_back(one, before)
    assert read_overlay(tmp_path / "config").denied == ()


@pytest.mark.parametrize("kind", ["organisation", "role", "date", "figure", "location"])
def test_a_fact_is_taken_out(review: Callable[[str], Review], kind: str) -> None:
    one = review("ondernemers en zzp")
    before = said(one.record)
    [fact, *_] = one.facts(kind)
    assert one.act("remove", fact=fact.key).is_done
    assert fact.side.value not in [f.side.value for f in one.facts(kind)]
    taken_back(one, before)


def test_roles_are_given_changed_and_taken(review: Callable[[str], Review]) -> None:
    one = review("ondernemers en zzp")
    before = said(one.record)
    fact = one.fact("organisation", name="Gemeente Haarlemmermeer")
    assert list(one.act("role", fact=fact.key, role="koning").errors) == ["role"]
    assert one.act("role", one.select("volgt haar"), fact=fact.key, role="partner").is_done
    made = one.fact("role", organisation="Gemeente Haarlemmermeer")
    assert (made.side.value["role"], made.side.places[0].text) == ("partner", "volgt haar")
    assert one.act("correct", fact=made.key, role="executor").is_done
    assert one.fact("role", organisation="Gemeente Haarlemmermeer").side.value["role"] == "executor"
    assert one.act("remove", fact=one.fact("role", organisation="Gemeente Haarlemmermeer").key).is_done
    assert said(one.record) == before
    for _ in range(3):
        one.session.undo()
    assert said(one.record) == before


def test_a_role_without_selected_words_rests_on_where_the_body_is_named(review: Callable[[str], Review]) -> None:
    one = review("ondernemers en zzp")
    fact = one.fact("organisation", name="Gemeente Haarlemmermeer")
    assert one.act("role", fact=fact.key, role="partner").is_done
    assert one.fact("role", organisation="Gemeente Haarlemmermeer").side.places[0].text == "gemeente Haarlemmermeer"


ADDED = [
    (
        "add-organisation",
        "de horeca",
        {"name": "Koninklijke Horeca", "kind": "association"},
        "organisation",
        {"name": "Koninklijke Horeca"},
    ),
    ("add-organisation", "rechtbank", {}, "organisation", {"name": "rechtbank", "status": "new"}),
    ("add-date", "langer duren", {"date": "voorjaar 2025", "role": "end"}, "date", {"edtf": "2025-21", "role": "end"}),
    ("add-figure", "één", {"value": "1", "unit": "punt"}, "figure", {"value": 1, "unit": "punt"}),
    ("add-figure", "€ 2.500", {}, "figure", {"value": 2500, "kind": "money", "unit": "EUR"}),
    ("add-location", "de bouw", {"name": "Bouw", "kind": "town"}, "location", {"name": "Bouw", "kind": "town"}),
    (
        "add-role",
        "volgt haar",
        {"organisation": "Gemeente Haarlemmermeer", "role": "partner"},
        "role",
        {"role": "partner"},
    ),
    ("add-footnote", "verschenen", {"marker": "7", "text": "Kamerstuk 24515"}, "footnote", {"marker": "7"}),
]


@pytest.mark.parametrize(("action", "words", "fields", "kind", "values"), ADDED)
def test_what_was_missed_is_added_from_selected_text(
    review: Callable[[str], Review],
    action: str,
    words: str,
    fields: dict[str, str],
    kind: str,
    values: dict[str, object],
) -> None:
    one = review("ondernemers en zzp")
    before = said(one.record)
    outcome = one.act(action, one.select(words), **fields)
    assert outcome.is_done, outcome.errors
    made = one.fact(kind, **values)
    if kind != "footnote":
        assert made.side.places[0].text == words
    taken_back(one, before)


@pytest.mark.parametrize(
    ("action", "fields", "wrong"),
    [
        ("add-date", {}, "date"),
        ("add-figure", {}, "value"),
        ("add-location", {"kind": "planet"}, "kind"),
        ("add-organisation", {"kind": "keizerrijk"}, "kind"),
        ("add-role", {"organisation": "Politie", "role": "partner"}, "organisation"),
        ("add-role", {"organisation": "Gemeente Zaanstad", "role": "koning"}, "role"),
        ("add-footnote", {}, "marker"),
        ("add-spell", {}, ""),
        ("date", {"date": "2024"}, ""),
    ],
)
def test_what_cannot_be_added_writes_nothing(
    review: Callable[[str], Review], action: str, fields: dict[str, str], wrong: str
) -> None:
    one = review("ondernemers en zzp")
    before = said(one.record)
    assert list(one.act(action, one.select("wenselijk"), **fields).errors) == [wrong]
    assert lines(one.session) == 0
    assert said(one.record) == before


def test_a_span_is_drawn_anew(review: Callable[[str], Review]) -> None:
    one = review("ondernemers en zzp")
    before = said(one.record)
    assert one.act(
        "redraw", one.select("Zaak Gered"), fact=one.fact("organisation", name="Stichting Zaak Gered").key
    ).is_done
    made = one.fact("organisation", name="Stichting Zaak Gered")
    assert [place.text for place in made.side.places] == ["Zaak Gered"]
    taken_back(one, before)
    figure = one.fact("figure", value=1019)
    assert one.act("redraw", one.select("in totaal 1.019 ondernemers"), fact=figure.key).is_done
    [made] = [fact for fact in one.facts("figure") if fact.side.value["value"] == 1019]
    assert made.side.places[0].text == "in totaal 1.019 ondernemers"
    assert made.side.value["as_of"] == "2023-09-01"
    taken_back(one, before)
    date = one.fact("date", edtf="2023-09-01")
    assert one.act("redraw", one.select("september 2023"), fact=date.key).is_done
    made = one.fact("date", edtf="2023-09")
    assert (made.side.places[0].text, made.side.value["role"]) == ("september 2023", "reference")
    taken_back(one, before)
    assert list(one.act("redraw", one.select("wenselijk"), fact=date.key).errors) == [""]
    assert list(one.act("redraw", fact=date.key).errors) == [""]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_selected_is_added_or_refused(review: Callable[[str], Review], data: st.DataObject) -> None:
    one = review("ondernemers en zzp")
    before, count = said(one.record), lines(one.session)
    length = len(one.record.text)
    fields = {
        "in": data.draw(st.sampled_from([one.record.id, one.record.id, one.record.id, "", "x/y"])),
        "field": data.draw(st.sampled_from(["text", "text", "title", "page"])),
        "start": str(data.draw(st.integers(-2, length + 2))),
        "end": str(data.draw(st.integers(-2, length + 2))),
    }
    action = data.draw(
        st.sampled_from(["add-organisation", "add-location", "add-date", "add-figure", "redraw", "role"])
    )
    fact = {"fact": data.draw(st.sampled_from([f.key for f in one.facts("figure") + one.facts("organisation")]))}
    outcome = one.act(action, {**fields, "value": "5", "date": "2024", "kind": "ngo", "role": "end"} | fact)
    if outcome.is_done:
        one.session.undo()
    else:
        assert lines(one.session) == count
    assert said(one.record) == before


def test_what_was_decided_holds_in_the_next_extraction(review: Callable[[str], Review], tmp_path: Path) -> None:
    one = review("ondernemers en zzp")
    assert one.act("correct", fact=one.fact("figure", value=1019).key, value="1020").is_done
    assert one.act("add-location", one.select("de bouw"), name="Bouw", kind="town").is_done
    assert one.act(
        "merge", fact=one.fact("organisation", name="Ondernemersklankbord").key, into="Stichting Zaak Gered"
    ).is_done
    assert one.act(
        "role",
        one.select("volgt haar"),
        fact=one.fact("organisation", name="Gemeente Haarlemmermeer").key,
        role="partner",
    ).is_done
    again = read_records(extracted(tmp_path, one.record.annex.source.file, "--approved", one.session.approved))
    [record] = [r for records in again.values() for r in records if r.title == one.record.title]
    assert said(record) == said(one.record)
    assert len(record.decisions) == 4


def test_words_that_say_less_leave_the_rest_of_a_figure(review: Callable[[str], Review]) -> None:
    one = review("ondernemers en zzp")
    fact = one.fact("figure", value=2500)
    assert one.act("redraw", one.select("€ 2.500"), fact=fact.key).is_done
    made = one.fact("figure", value=2500).side.value
    assert (made["value_max"], made["unit"], made["as_of"]) == (None, "EUR", "2023-09-01")
    third = one.fact("figure", kind="ratio")
    assert one.act("redraw", one.select("twee derde"), fact=third.key).is_done
    assert one.fact("figure", kind="ratio").side.value == {**third.side.value, "comparator": "="}


@pytest.mark.parametrize(
    ("action", "words", "fields", "after", "quoted"),
    [
        (
            "split",
            "De gemeente Zaanstad heeft",
            {"title": "Zaanstad"},
            {"operation": "split", "title": "Zaanstad"},
            [""],
        ),
        ("move", "De gemeente Zaanstad heeft", {}, {"operation": "move", "to": "next"}, ["", "Eén loket"]),
        ("join", "", {}, {"operation": "merge"}, ["Schuldhulp voor", "Eén loket"]),
    ],
)
def test_boundaries_are_decided_by_the_point_and_the_titles(
    review: Callable[[str], Review],
    action: str,
    words: str,
    fields: dict[str, str],
    after: dict[str, str],
    quoted: list[str],
) -> None:
    one = review("ondernemers en zzp")
    selected = one.select(words) if words else {}
    outcome = act(one.session, one.project, action, {**selected, **fields})
    assert outcome.is_done, outcome.errors
    [decision] = one.session.log.read()
    assert (decision.subject, decision.after) == ("boundary", after)
    assert [piece.text[: len(words)] for piece, words in zip(decision.evidence, quoted, strict=True)] == quoted
    if words:
        assert decision.evidence[0].after.startswith(words)
    assert one.session.undo() is not None


def test_boundaries_that_cannot_be_are_refused(review: Callable[[str], Review]) -> None:
    one = review("ondernemers en zzp")
    assert list(one.act("split", one.select("De gemeente Zaanstad")).errors) == ["title"]
    assert list(one.act("split", title="Zaanstad").errors) == [""]
    assert list(one.act("split", one.select("Een ondernemer met"), title="Zaanstad").errors) == [""]
    last = review("werkgevers als vindplaats")
    assert list(last.act("join").errors) == [""]
    assert lines(one.session) == 0
