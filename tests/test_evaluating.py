"""The score: small annexes by hand, and properties that hold for every gold and every record."""

import itertools
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.evaluating import GoldError, PairingError, Report, evaluate, read_gold, read_golds
from pipeline.evaluating.entries import fold_name
from pipeline.evaluating.gold import Gold, GoldProject
from pipeline.evaluating.matching import Weight, assign, match_projects
from pipeline.evaluating.reliability import reliability
from pipeline.evaluating.scoring import KINDS, Judged, Kind, Share, Tally
from pipeline.records.models import ProjectRecord
from pipeline.records.reading import RecordsError, read_records

SOURCE = {"file": "a.pdf", "sha256": "0" * 64, "media_type": "application/pdf", "pages": 4, "text_layer": "embedded"}
HEAD = {"id": "a", "label": None, "title": None, "period": None, "source": SOURCE}
PLACE = {"page": 3, "boxes": [], "next_page_boxes": []}

Values = dict[str, Any]


def organisation(name: str, *roles: str, confidence: float = 0.9) -> Values:
    cue = {"field": "text", "start": 20, "end": 24, "text": "door"}
    return {
        "name": name,
        "register_id": None,
        "kind": None,
        "status": "new",
        "link": "none",
        "confidence": confidence,
        "roles": [{"role": role, "cue": cue, "confidence": confidence} for role in roles],
        "mentions": [{"field": "text", "start": 5, "end": 5 + len(name), "text": name, **PLACE}],
    }


def location(name: str) -> Values:
    return {"name": name, "kind": "town", "confidence": 0.9, "mentions": []}


def date(edtf: str, modifier: str | None = None, part: str | None = None) -> Values:
    known = {"edtf": edtf, "modifier": modifier, "part": part, "interval": edtf, "earliest": None, "latest": None}
    return {"start": 0, "end": 4, "text": edtf, "role": None, "confidence": 0.9, **known, **PLACE}


def figure(value: str, unit: str | None = "hotels", **more: str | Decimal | None) -> Values:
    known = {"kind": "count", "value": value, "value_max": None, "unit": unit, "comparator": "=", "as_of": None}
    return {"start": 0, "end": 4, "text": f"{value} {unit}", "confidence": 0.9, **known, **PLACE, **more}


def record(title: str = "Field Lab", ordinal: int = 1, **entries: list[Values]) -> ProjectRecord:
    lists: Values = {"organisations": [], "locations": [], "dates": [], "figures": [], **entries}
    fixed: Values = {"schema_version": "1.0", "annex": HEAD, "pages": [3], "text": "", "repairs": [], "footnotes": []}
    period = {"earliest": None, "latest": None}
    known = {"id": f"a/{ordinal}", "ordinal": ordinal, "title": title, "period": period, "warnings": []}
    return ProjectRecord.model_validate(fixed | known | lists)


def gold(*projects: Values, document: str = "a") -> Gold:
    return Gold.model_validate({"document": document, "projects": [{"title": "Field Lab", **one} for one in projects]})


def score(project: Values, *records: ProjectRecord) -> Report:
    return evaluate({"a": records}, [gold(project)])


def counts(report: Report, kind: Kind) -> tuple[int, int, int]:
    """Found, missed, spurious."""
    tally = report.tallies[kind]
    return tally.found, tally.missed, tally.spurious


# Names


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("de Politie", "politie"),
        ("Het OM", "om"),
        ("Coördinatiecentrum", "Coordinatiecentrum"),
        ("Cafe\u0301", "café"),
        ("Een  Huis", "huis"),
    ],
)
def test_case_diacritics_and_articles_are_folded(name: str, other: str) -> None:
    assert fold_name(name) == fold_name(other)


@pytest.mark.parametrize("name", ["Deloitte", "Hetzner", "Eenheid", "De", "Raad voor de Kinderbescherming"])
def test_articles_are_folded_only_as_words_in_front(name: str) -> None:
    assert fold_name(name) == name.casefold()


# Projects


def test_a_title_is_found_at_90_or_by_an_alias() -> None:
    one = GoldProject(title="Mensenhandel Field Lab III", aliases_title=["Proeftuin"])
    assert match_projects([one], ["Mensenhandel Field Lab IIT"]) == [(0, 0)]
    assert match_projects([one], ["Proeftuin"]) == [(0, 0)]
    assert match_projects([one], ["Mensenhandel"]) == []


def test_each_title_is_matched_once_and_as_many_as_can_be() -> None:
    wide = GoldProject(title="Signalentafel Noord", aliases_title=["Signalentafel Zuid"])
    narrow = GoldProject(title="Signalentafel Noord")
    assert match_projects([wide, narrow], ["Signalentafel Noord", "Signalentafel Zuid"]) == [(0, 1), (1, 0)]


def test_the_better_ratio_wins() -> None:
    projects = [GoldProject(title="Aanpak mensenhandel fase 2"), GoldProject(title="Aanpak mensenhandel fase 1")]
    titles = ["Aanpak mensenhandel fase 1", "Aanpak mensenhandel fase 2"]
    assert match_projects(projects, titles) == [(0, 1), (1, 0)]


def test_equal_titles_keep_their_order() -> None:
    projects = [GoldProject(title="Proeftuin")] * 2
    titles = ["Andere", "Nog een andere", "Proeftuin", "Proeftuin"]
    assert match_projects(projects, titles) == [(0, 2), (1, 3)]


def test_what_is_in_a_missed_project_is_missed() -> None:
    entries: Values = {
        "organisations": [{"name": "Fier", "roles": ["executor"]}, {"name": "Koraal", "optional": True}],
        "dates": [{"text": "2021", "edtf": "2021"}],
        "figures": [{"text": "3 hotels", "kind": "count", "value": 3, "units": ["hotels"]}],
        "locations": [{"name": "Utrecht"}],
    }
    report = score(entries)
    assert {kind: counts(report, kind) for kind in KINDS} == dict.fromkeys(KINDS, (0, 1, 0))
    assert [(miss.kind, miss.project, miss.value) for miss in report.misses()] == [
        ("projects", "Field Lab", "Field Lab"),
        ("organisations", "Field Lab", "Fier"),
        ("roles", "Field Lab", "Fier: executor"),
        ("dates", "Field Lab", "2021"),
        ("figures", "Field Lab", "count 3 hotels"),
        ("locations", "Field Lab", "Utrecht"),
    ]


def test_what_is_in_a_spurious_project_is_spurious() -> None:
    extra = record(
        "Colofon",
        organisations=[organisation("Fier", "executor"), organisation("Fier")],
        dates=[date("2021", "from", "mid")],
        figures=[figure("3", value_max="5")],
        locations=[location("Utrecht")],
    )
    report = score({}, record(), extra)
    expected = dict.fromkeys(KINDS, (0, 0, 1)) | {"projects": (1, 0, 1)}
    assert {kind: counts(report, kind) for kind in KINDS} == expected
    found = {one.kind: one for one in report.extras()}
    assert (found["dates"].value, found["figures"].value) == ("2021 from mid", "count 3..5 hotels")
    place = found["organisations"].place
    assert place is not None
    assert (place.field, place.start, place.end, place.page) == ("text", 5, 9, 3)
    role = found["roles"].place
    assert role is not None
    assert (role.start, role.end, role.page) == (20, 24, 3)
    assert found["locations"].place is None


# Entries


def test_optional_gold_costs_nothing_found_or_missed() -> None:
    project = {"organisations": [{"name": "Fier"}, {"name": "Koraal", "optional": True}]}
    with_it = score(project, record(organisations=[organisation("Fier"), organisation("Koraal", "partner")]))
    without = score(project, record(organisations=[organisation("Fier")]))
    assert with_it.tallies == without.tallies
    assert counts(with_it, "organisations") == (1, 0, 0)
    assert counts(with_it, "roles") == (0, 0, 0)


def test_required_gold_is_matched_before_optional() -> None:
    project = {
        "organisations": [
            {"name": "Best man", "optional": True},
            {"name": "Pretty Woman/Best man", "aliases": ["Best man"], "roles": ["executor"]},
        ]
    }
    report = score(project, record(organisations=[organisation("Best man", "executor")]))
    assert counts(report, "organisations") == counts(report, "roles") == (1, 0, 0)
    both = [organisation("Best man"), organisation("Pretty Woman/Best man", "executor")]
    report = score(project, record(organisations=both))
    assert counts(report, "organisations") == counts(report, "roles") == (1, 0, 0)


def test_doubles_count_once() -> None:
    project = {
        "organisations": [{"name": "Fier"}, {"name": "de Fier"}],
        "dates": [{"text": "2021", "edtf": "2021"}, {"text": "2021", "edtf": "2021", "optional": True}],
        "figures": [
            {"text": "5 hotels", "kind": "count", "value": 5, "units": ["hotels"]},
            {"text": "5 hotels", "kind": "count", "value": 5.0, "units": ["hotels", "deelnemende hotels"]},
        ],
    }
    twice = record(
        organisations=[organisation("Fier"), organisation("De Fier")],
        dates=[date("2021"), date("2021"), date("2022"), date("2022")],
        figures=[figure("5"), figure("5.0")],
    )
    report = score(project, twice)
    assert counts(report, "organisations") == counts(report, "figures") == (1, 0, 0)
    assert counts(report, "dates") == (1, 0, 1)
    assert counts(score(project, record()), "dates") == (0, 1, 0)


def test_two_names_of_one_body_are_one_found_and_one_spurious() -> None:
    project = {"organisations": [{"name": "Centrum Kinderhandel", "aliases": ["CKM"]}]}
    report = score(project, record(organisations=[organisation("CKM"), organisation("Centrum Kinderhandel")]))
    assert counts(report, "organisations") == (1, 0, 1)


def test_roles_of_found_missed_and_spurious_organisations() -> None:
    project = {
        "organisations": [{"name": "Fier", "roles": ["executor", "partner"]}, {"name": "CKM", "roles": ["funder"]}]
    }
    given = [organisation("Fier", "executor", "funder", "executor"), organisation("Lumens", "partner")]
    report = score(project, record(organisations=given))
    assert counts(report, "roles") == (1, 2, 2)
    assert {miss.value for miss in report.misses()} == {"Fier: partner", "CKM", "CKM: funder"}
    assert {extra.value for extra in report.extras()} == {"Fier: funder", "Lumens", "Lumens: partner"}


def test_roles_decide_where_names_do_not() -> None:
    project = {
        "organisations": [
            {"name": "Eerste", "aliases": ["CKM", "Fier"], "roles": ["funder"]},
            {"name": "Tweede", "aliases": ["CKM", "Fier"], "roles": ["executor"]},
        ]
    }
    report = score(project, record(organisations=[organisation("CKM", "executor"), organisation("Fier", "funder")]))
    assert counts(report, "roles") == (2, 0, 0)


@pytest.mark.parametrize(
    ("predicted", "found"),
    [
        (date("2024-10", "through"), 1),
        (date("2024-10", "until"), 0),
        (date("2024-10"), 0),
        (date("2024-10", "through", "end"), 0),
        (date("2024-11", "through"), 0),
    ],
)
def test_a_date_is_edtf_modifier_and_part(predicted: Values, found: int) -> None:
    project = {"dates": [{"text": "tot en met oktober 2024", "edtf": "2024-10", "modifier": "through"}]}
    assert counts(score(project, record(dates=[predicted])), "dates") == (found, 1 - found, 1 - found)


@pytest.mark.parametrize(
    ("units", "unit", "found"),
    [
        (["hotels"], "Hotels", 1),
        (["hotels", "HOTEL"], "hotel", 1),
        (["hotels"], "motels", 0),
        (["hotels"], None, 0),
        (["hotels", None], None, 1),
        ([], None, 1),
        ([], "hotels", 0),
    ],
)
def test_a_unit_is_one_of_the_units(units: list[str | None], unit: str | None, found: int) -> None:
    project = {"figures": [{"text": "5", "kind": "count", "value": 5, "units": units}]}
    assert counts(score(project, record(figures=[figure("5", unit)])), "figures") == (found, 1 - found, 1 - found)


@pytest.mark.parametrize(
    ("wanted", "predicted", "found"),
    [
        ({"value": 2500000}, {"value": "2.5E6"}, 1),
        ({"value": 12.5}, {"value": "12.5000000009"}, 1),
        ({"value": 12.5}, {"value": "12.500000002"}, 0),
        ({"value": 12}, {"value": "12", "value_max": "18"}, 0),
        ({"value": 12, "value_max": 18}, {"value": "12", "value_max": "18"}, 1),
        ({"kind": "ratio", "value": 0.667}, {"kind": "ratio", "value": "0.66666666"}, 1),
        ({"kind": "ratio", "value": 0.667}, {"kind": "ratio", "value": "0.665"}, 0),
        ({"kind": "ratio", "value": 0.667}, {"kind": "ratio", "value": "1e30"}, 0),
        ({"kind": "money", "value": 5}, {"value": "5"}, 0),
    ],
)
def test_values_are_compared_as_numbers(wanted: Values, predicted: Values, found: int) -> None:
    project = {"figures": [{"text": "5", "kind": "count", "units": ["hotels"], **wanted}]}
    report = score(project, record(figures=[figure(**predicted)]))
    assert counts(report, "figures") == (found, 1 - found, 1 - found)


def test_comparators_are_a_share_of_the_figures_found() -> None:
    wanted = [("200", ">", False), ("351", "=", False), ("5", "<", False), ("7", "=", True)]
    project = {
        "figures": [
            {"text": "", "kind": "count", "value": value, "units": ["hotels"], "comparator": sign, "optional": optional}
            for value, sign, optional in wanted
        ]
    }
    given = [figure("200", comparator=">"), figure("351", comparator="~"), figure("7"), figure("9")]
    report = score(project, record(figures=given))
    assert report.comparators == Share(1, 2)
    row = report.rows()[-1]
    assert (row.kind, row.gold, row.found, row.f1) == ("comparators", 2, 1, 0.5)


# Assignment


weights = st.tuples(st.integers(0, 3), st.integers(-3, 3)).filter(lambda weight: weight > (0, 0))
graphs = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 4)), weights, max_size=14)


@given(graphs)
@settings(deadline=None)
def test_the_assignment_is_the_best_of_all(edges: dict[tuple[int, int], Weight]) -> None:
    matching = assign(edges)
    assert len({row for row, _ in matching}) == len({column for _, column in matching}) == len(matching)
    assert set(matching) <= set(edges)

    def worth(pairs: Sequence[tuple[int, int]]) -> Weight:
        return tuple(sum(edges[pair][level] for pair in pairs) for level in range(2))

    best: Weight = (0, 0)
    for columns in itertools.permutations([*range(5), None, None, None, None], 4):
        pairs = [pair for row, column in enumerate(columns) if column is not None and (pair := (row, column)) in edges]
        best = max(best, worth(pairs))
    assert worth(matching) == best


def test_many_like_titles_take_no_time() -> None:
    titles = [f"Regionale aanpak van mensenhandel {number}" for number in range(100)]
    projects = [GoldProject(title=title) for title in titles]
    assert match_projects(projects, titles[::-1]) == [(number, 99 - number) for number in range(100)]


# Properties


names = st.sampled_from(["CKM", "Fier", "de Fier", "Koraal", "Lumens", "Politie"])
roles = st.lists(st.sampled_from(["commissioner", "executor", "funder", "partner"]), max_size=2)
units = st.lists(st.sampled_from(["hotels", "Hotels", "teams", None]), max_size=3)
titles = st.sampled_from(["Field Lab III", "Field Lab IIT", "Proeftuin", "Platform HOPE", "Signalentafel"])
edtfs = st.sampled_from(["2021", "2022", "2021/2022"])
modifiers = st.sampled_from([None, "from", "until"])
optionals = st.booleans()
gold_projects = st.fixed_dictionaries(
    {
        "title": titles,
        "aliases_title": st.lists(titles, max_size=1),
        "organisations": st.lists(
            st.fixed_dictionaries(
                {"name": names, "aliases": st.lists(names, max_size=2), "roles": roles, "optional": optionals}
            ),
            max_size=4,
        ),
        "locations": st.lists(st.fixed_dictionaries({"name": names, "optional": optionals}), max_size=3),
        "dates": st.lists(
            st.fixed_dictionaries({"text": st.just(""), "edtf": edtfs, "modifier": modifiers, "optional": optionals}),
            max_size=3,
        ),
        "figures": st.lists(
            st.fixed_dictionaries(
                {
                    "text": st.just(""),
                    "kind": st.sampled_from(["count", "ratio"]),
                    "value": st.sampled_from([1, 2, 0.667, 0.6666666]),
                    "value_max": st.sampled_from([None, None, 5]),
                    "units": units,
                    "comparator": st.sampled_from(["=", ">"]),
                    "optional": optionals,
                }
            ),
            max_size=4,
        ),
    }
)
golds = st.lists(gold_projects, max_size=3).map(lambda projects: gold(*projects))


def perfect(wanted: Gold) -> list[ProjectRecord]:
    """Turn gold into the records that it asks for."""
    return [
        record(
            project.title,
            ordinal,
            organisations=[organisation(one.name, *one.roles) for one in project.organisations],
            locations=[location(one.name) for one in project.locations],
            dates=[date(one.edtf, one.modifier, one.part) for one in project.dates],
            figures=[
                figure(
                    str(one.value),
                    one.units[0] if one.units else None,
                    kind=one.kind,
                    value_max=one.value_max,
                    comparator=one.comparator,
                )
                for one in project.figures
            ],
        )
        for ordinal, project in enumerate(wanted.projects, 1)
    ]


@given(golds, golds)
@settings(deadline=None)
def test_counts_add_up_whatever_is_predicted(wanted: Gold, predicted: Gold) -> None:
    report = evaluate({"a": perfect(predicted)}, [wanted])
    for kind, tally in report.tallies.items():
        assert tally.found + tally.missed == tally.gold
        assert tally.found + tally.spurious == tally.predicted
        assert tally.missed == sum(miss.kind == kind for miss in report.misses())
        assert tally.spurious == sum(extra.kind == kind for extra in report.extras())
        judged = [one for one in report.documents[0].judged if one.kind == kind]
        assert len(judged) == (0 if kind == "projects" else tally.predicted)
    assert report.comparators.of == report.tallies["figures"].found
    json.dumps(report.as_dict(), allow_nan=False)


@given(golds)
@settings(deadline=None)
def test_what_gold_asks_for_scores_one(wanted: Gold) -> None:
    report = evaluate({"a": perfect(wanted)}, [wanted])
    assert report.misses() == report.extras() == []
    for tally in report.tallies.values():
        assert tally.precision in {None, 1.0}
        assert tally.recall in {None, 1.0}
        assert tally.f1 in {None, 1.0}


@given(golds, golds)
@settings(deadline=None)
def test_optional_gold_never_lowers_a_count(wanted: Gold, predicted: Gold) -> None:
    """Adding the optional entries leaves gold and found as they are, and can only take spurious ones away."""
    required = wanted.model_copy(
        update={
            "projects": [
                project.model_copy(
                    update={
                        kind: [entry for entry in getattr(project, kind) if not entry.optional]
                        for kind in ("organisations", "locations", "dates", "figures")
                    }
                )
                for project in wanted.projects
            ]
        }
    )
    records = perfect(predicted)
    with_it, without = evaluate({"a": records}, [wanted]), evaluate({"a": records}, [required])
    for kind in ("projects", "organisations", "dates", "locations"):
        one, other = with_it.tallies[kind], without.tallies[kind]
        assert one.gold == other.gold
        assert one.found >= other.found
        assert one.spurious <= other.spurious


# Tallies, reliability, report


def test_ratios() -> None:
    tally = Tally.of(found=3, missed=1, spurious=3)
    assert (tally.precision, tally.recall, tally.f1) == (0.5, 0.75, 0.6)
    assert (Tally().precision, Tally().recall, Tally().f1) == (None, None, None)
    assert (Tally.of(found=0, missed=1, spurious=0).precision, Tally.of(found=0, missed=1, spurious=0).f1) == (None, 0)


@pytest.mark.parametrize("bad", [(2, 1, 0, 1, 0), (1, 1, 0, 2, 0), (0, 1, -1, 1, 0)])
def test_counts_that_do_not_add_up_are_refused(bad: tuple[int, int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="count"):
        Tally(*bad)


def test_stated_confidence_is_set_against_the_share_right() -> None:
    judged = [
        Judged("dates", 1.0, right=True),
        Judged("dates", 0.95, right=False),
        Judged("dates", 0.9, right=True),
        Judged("dates", 0.0, right=False),
    ]
    dates = next(one for one in reliability(judged) if one.kind == "dates")
    assert [(band.low, band.high, band.right) for band in dates.bands] == [
        (0.0, 0.5, Share(0, 1)),
        (0.9, 0.95, Share(1, 1)),
        (0.95, 1.0, Share(1, 2)),
    ]
    assert dates.error == pytest.approx((0 + 0.1 + 0.95) / 4)


def test_optional_gold_is_not_judged() -> None:
    project = {"organisations": [{"name": "Fier"}, {"name": "Koraal", "optional": True}]}
    given = [organisation("Fier", confidence=0.7), organisation("Koraal", confidence=0.3)]
    assert score(project, record(organisations=given)).documents[0].judged == [Judged("organisations", 0.7, right=True)]


def test_the_total_is_the_micro_average() -> None:
    project = {"dates": [{"text": "2021", "edtf": "2021"}]}
    records = {"a": [record(dates=[date("2021")])], "b": [record(dates=[date("2020"), date("2022")])], "c": []}
    report = evaluate(records, [gold(project, document="b"), gold(project)])
    assert report.tallies["dates"] == Tally(gold=2, found=1, missed=1, predicted=3, spurious=2)
    rows = [row for row in report.rows(per_document=True) if row.kind == "dates"]
    assert [(row.document, row.f1) for row in rows] == [("a", 1.0), ("b", 0.0), (None, 0.4)]
    assert len(report.rows()) == 7
    said = report.as_dict()
    assert said["without_gold"] == ["c"]
    assert said["total"]["scores"]["dates"]["precision"] == 0.333333
    assert [one["document"] for one in said["documents"]] == ["a", "b"]
    assert said["missed"][0]["document"] == "b"
    assert said["reliability"]["dates"]["bands"][0]["of"] == 3


# Pairing and reading


def test_gold_finds_its_annex() -> None:
    one, other = [record()], [record("Colofon")]
    by_id = evaluate({"a": one, "b": other}, [gold({})])
    assert by_id.documents[0].document == "a"
    by_stem = evaluate({"a": one, "b": other}, [gold({}, document="x").model_copy(update={"stem": "b"})])
    assert (by_stem.documents[0].document, by_stem.documents[0].gold) == ("b", "x")
    only = evaluate({"q": one}, [gold({}, document="x")])
    assert only.documents[0].document == "q"
    with pytest.raises(PairingError, match="gold x has no annex in the records; annexes there: a, b"):
        evaluate({"a": one, "b": other}, [gold({}, document="x")])
    with pytest.raises(PairingError, match="both of annex a"):
        evaluate({"a": one}, [gold({}), gold({})])
    with pytest.raises(PairingError, match="no gold"):
        evaluate({"a": one}, [])


def test_gold_files_are_read(tmp_path: Path) -> None:
    project = {"title": "P", "dates": [{"text": "2021", "edtf": "2021", "note": "?"}], "more": 1}
    path = tmp_path / "annex.gold.json"
    path.write_text(json.dumps({"document": "a", "projects": [project], "repairs": []}), encoding="utf-8")
    assert read_gold(path).stem == "annex"
    assert read_golds([tmp_path]) == [read_gold(path)]
    figures = [{"text": "0,667", "kind": "ratio", "value": 0.667}]
    path.write_text(json.dumps({"document": "a", "projects": [{"title": "P", "figures": figures}]}), encoding="utf-8")
    assert read_gold(path).projects[0].figures[0].value == Decimal("0.667")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not a gold file: Invalid JSON"),
        ('{"document": "a"}', "projects: Field required"),
        ('{"document": "a", "projects": [{"title": "P", "dates": [{"text": "x"}]}]}', r"projects\.0\.dates\.0\.edtf"),
        ('{"document": "a", "projects": [1, 2, 3, 4, 5, 6, 7]}', "and 2 more"),
    ],
)
def test_a_broken_gold_file_says_what_is_wrong(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=message) as caught:
        read_gold(path)
    assert str(caught.value).startswith(str(path))


def test_gold_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="cannot be read"):
        read_gold(tmp_path / "none.json")
    with pytest.raises(GoldError, match="holds no gold file"):
        read_golds([tmp_path])


def write_annex(folder: Path, *records: ProjectRecord) -> None:
    folder.mkdir()
    entries = []
    for one in records:
        name = f"{one.ordinal:02}-p.json"
        (folder / name).write_text(one.model_dump_json(), encoding="utf-8")
        entries.append({"ordinal": one.ordinal, "id": one.id, "title": one.title, "file": name})
    annex = {"schema_version": "1.0", "annex": HEAD, "records": entries, "warnings": []}
    (folder / "annex.json").write_text(json.dumps(annex), encoding="utf-8")


def test_records_are_read_by_ordinal(tmp_path: Path) -> None:
    many = [record(ordinal=ordinal, figures=[figure("0.667", kind="ratio")]) for ordinal in (100, 2, 11)]
    write_annex(tmp_path / "b", *many)
    write_annex(tmp_path / "a")
    write_annex(tmp_path / ".half")
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    (tmp_path / "logs").mkdir()
    assert read_records(tmp_path) == {"a": [], "b": [many[1], many[2], many[0]]}
    assert list(read_records(tmp_path / "b")) == ["b"]


def test_records_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match="no such folder"):
        read_records(tmp_path / "none")
    with pytest.raises(RecordsError, match="holds no annex folder"):
        read_records(tmp_path)
    folder = tmp_path / "a"
    write_annex(folder, record())
    (folder / "02-q.json").write_text("{}", encoding="utf-8")
    with pytest.raises(RecordsError, match=r"annex.json does not list: 02-q.json"):
        read_records(tmp_path)
    (folder / "02-q.json").unlink()
    (folder / "01-p.json").write_text('{"title": 1}', encoding="utf-8")
    with pytest.raises(RecordsError, match=r"01-p.json: breaks the record contract: .*; and \d+ more"):
        read_records(tmp_path)
    (folder / "01-p.json").unlink()
    with pytest.raises(RecordsError, match=r"that are not there: 01-p.json"):
        read_records(tmp_path)
