"""What a label says of its value is used: names, roles, periods, money, places, through to the record."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled import CellCase, cell_cases, found, record_of, records_of, section_of, wanted
from timing import assert_in_proportion

from pipeline.recognising import load_model, recognise_texts
from pipeline.records.invariants import record_problems
from pipeline.segmenting.sections import FieldKind

CASES = [
    case
    for name in ("fields.txt", "fields-check.txt", "fields-times.txt")
    for case in cell_cases(Path(__file__).parent / "cases" / name)
]
KNOWN_FAILURES = {
    case.line
    for case in CASES
    if case.line.startswith("* | Aantal trainingen / deelnemers")  # a label for two units
}
"""Cells that we know we read wrong; one that comes right must be taken out."""


def is_right(case: CellCase) -> bool:
    record = record_of(section_of((case.kind, case.label, case.value.plain)))
    must, may = wanted(case.value)
    return must <= found(record) <= may and not record_problems(record)


def test_cells() -> None:
    assert {case.line for case in CASES if not is_right(case)} == KNOWN_FAILURES


def test_cells_are_many() -> None:
    assert len(CASES) >= 150


def test_the_label_is_the_cue_of_a_role() -> None:
    record = record_of(section_of(("number", "Nr", "3"), ("executor", "Penvoerder", "GGD Twente"), prose="Het loopt."))
    (role,) = record.organisations[0].roles
    assert (role.role, role.cue.text, role.confidence) == ("executor", "Penvoerder", 0.95)


def test_a_word_inside_the_cell_is_the_cue_before_the_label() -> None:
    record = record_of(section_of(("partner", "Partners", "Movisie, GGD Twente (penvoerder)")))
    cues = {o.name: [(r.role, r.cue.text) for r in o.roles] for o in record.organisations}
    assert cues == {"Movisie": [("partner", "Partners")], "GGD Twente": [("executor", "penvoerder")]}


@pytest.mark.parametrize(
    ("fields", "executors"),
    [
        ([("executor", "Aanvrager", "Gemeente Ede")], ["Gemeente Ede"]),
        ([("executor", "Aanvrager", "Gemeente Ede"), ("executor", "Uitvoerder", "Malkander")], ["Malkander"]),
        ([("executor", "Aanvrager", "Malkander"), ("executor", "Uitvoerder", "Malkander")], ["Malkander"]),
    ],
)
def test_who_applies_carries_out_where_nobody_else_does(
    fields: list[tuple[FieldKind, str, str]], executors: list[str]
) -> None:
    record = record_of(section_of(*fields))
    assert [o.name for o in record.organisations if any(r.role == "executor" for r in o.roles)] == executors


@pytest.mark.parametrize(
    ("fields", "prose", "period"),
    [
        ([("period", "Looptijd", "2023-2025")], "", ("2023-01-01", "2025-12-31")),
        ([("start", "Start", "1-3-2024"), ("end", "Gereed", "Q2 2025")], "", ("2024-03-01", "2025-06-30")),
        ([("period", "Looptijd", "vanaf maart 2023")], "", ("2023-03-01", None)),
        ([("period", "Looptijd", "2 jaar (2023 en 2024)")], "", ("2023-01-01", "2024-12-31")),
        ([("date", "Evaluatie", "2027")], "", (None, None)),
        (
            [("period", "Looptijd", "2023")],
            "Het onderzoek liep van 2015 tot en met 2019.",
            ("2023-01-01", "2023-12-31"),
        ),
        ([("start", "Start", "2022")], "Het project loopt tot en met 2026.", ("2022-01-01", "2026-12-31")),
        ([("start", "Start", "2022")], "Het project is in 2019 afgerond.", ("2022-01-01", None)),
        ([("end", "Einde", "2022")], "Het project is in 2024 gestart.", (None, "2022-12-31")),
        ([("money", "Budget", "€ 5.000")], "Het project loopt van 2020 tot en met 2021.", ("2020-01-01", "2021-12-31")),
    ],
)
def test_the_period_is_that_of_the_field(
    fields: list[tuple[FieldKind, str, str]], prose: str, period: tuple[str | None, str | None]
) -> None:
    found_period = record_of(section_of(*fields, prose=prose)).period
    bounds = (found_period.earliest, found_period.latest)
    assert tuple(day.isoformat() if day else None for day in bounds) == period


def test_labels_give_nothing() -> None:
    record = record_of(
        section_of(
            ("money", "Bijdrage gemeente Assen 2024 (3 jaar)", "40.000"),
            (None, "Inzet Movisie in Twente tot 2026", "ja"),
        )
    )
    assert found(record) == {("figure", "40.000", "money", 40000.0, None, "EUR", "=")}


def test_the_year_of_a_label_dates_its_value() -> None:
    record = record_of(
        section_of(("description", "Voortgang 2024", "De opening was op 3 mei."), ("date", "Datum", "3 juni"))
    )
    assert [(d.text, d.edtf) for d in record.dates] == [("3 mei", "2024-05-03")]


def test_a_name_of_a_field_is_known_in_the_prose_of_all_sections() -> None:
    one = section_of(("executor", "Uitvoerder", "Kleurrijk Wonen Samen"))
    other = section_of(prose="In de wijk luistert Kleurrijk Wonen Samen naar bewoners.")
    first, second = records_of(one, other)
    assert [o.name for o in first.organisations] == [o.name for o in second.organisations] == ["Kleurrijk Wonen Samen"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            ("executor", "Uitvoerder", "Stichting Groen"),
            ("partner", "Partner", "Zorg Samen"),
            {"Stichting Groen", "Zorg Samen"},
        ),
        (
            ("executor", "Uitvoerder", "gemeenten Assen en Emmen"),
            ("location", "Regio", "Hoogeveen"),
            {"Gemeente Assen", "Gemeente Emmen"},
        ),
        (("executor", "Uitvoerder", "Movisie i.s.m."), ("funder", "Financier", "ZonMw"), {"Movisie", "ZonMw"}),
    ],
)
def test_names_end_with_their_field(
    first: tuple[FieldKind, str, str], second: tuple[FieldKind, str, str], expected: set[str]
) -> None:
    record = record_of(section_of(first, second))
    assert {o.name for o in record.organisations} == expected
    assert {r.role for o in record.organisations for r in o.roles} <= {first[0], second[0]}


def test_dates_and_figures_end_with_their_field() -> None:
    record = record_of(
        section_of(
            (None, "Stand van zaken", "oplevering in 2024"),
            (None, "Opening", "op 3 mei"),  # takes no year from the field before
            (None, "Bereik", "200 leerlingen"),
            (None, "Toelichting", "waarvan 40"),  # nor a noun
            (None, "Aantal", "2"),
        )
    )
    assert [d.text for d in record.dates] == ["2024"]
    assert [f.text for f in record.figures] == ["200 leerlingen"]


def test_a_reference_date_of_its_own_field_governs_the_section() -> None:
    record = record_of(
        section_of(
            ("date", "Peildatum", "1 mei 2024"),
            (None, "Aantal deelnemers", "45"),
            ("money", "Budget", "€ 5.000"),
            prose="Er zijn 3 groepen.",
        )
    )
    assert [figure.as_of for figure in record.figures] == ["2024-05-01", None, "2024-05-01"]


KINDS = st.sampled_from(
    ["executor", "partner", "organisation", "period", "start", "date", "money", "location", "status", "number", None]
)
LABELS = st.sampled_from(["Uitvoerder", "Looptijd 2024", "Budget (x € 1.000)", "Aantal (n)", "X", "Provincie", "(%)"])
VALUES = st.one_of(
    st.text(min_size=1, max_size=60),
    st.lists(
        st.sampled_from(
            ["gemeenten", "Assen", "Emmen", "en", ",", ";", "(", ")", "(penvoerder)", "i.s.m.", "\n", "- ", "2023", "-",
             "40.000", "€", "mln", "x", "jan", "t/m", "Q2", "SZW", "Stichting", "B.V.", "partners:", "&", "/", "18%"]
        ),
        min_size=1,
        max_size=15,
    ).map(" ".join),
)  # fmt: skip


@given(
    fields=st.lists(st.tuples(KINDS, LABELS, VALUES), max_size=4), prose=st.sampled_from(["", "Movisie helpt.\n\nX"])
)
@settings(max_examples=150, deadline=None)
def test_any_fields_give_a_record_that_holds(fields: list[tuple[FieldKind | None, str, str]], prose: str) -> None:
    assert record_problems(record_of(section_of(*fields, prose=prose))) == []


@pytest.mark.parametrize("kind", ["partner", "money", "period", "location", None])
@pytest.mark.parametrize("piece", ["Stichting Aa ", "Aa, ", "(Bb) ", "12 ", "2023 ", "Ede en ", "x\n", "i.s.m. "])
def test_time_grows_with_the_value(kind: FieldKind | None, piece: str) -> None:
    def reading(text: str) -> Callable[[], object]:
        section = section_of((kind, "Label", text))
        return lambda: record_of(section)

    assert_in_proportion(piece, reading)


def test_without_fields_a_text_is_read_as_before() -> None:
    text = "De gemeente Assen start in 2024 met 3 teams.\n\nMovisie helpt."
    nlp = load_model()
    assert recognise_texts(nlp, [text]) == recognise_texts(nlp, [text], [()])
