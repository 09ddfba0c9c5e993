"""What a person types in a form → the values of a decision, and back, in both languages."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.comparing.facts import date_value as date_keys
from pipeline.comparing.facts import figure_value as figure_keys
from pipeline.messages import use_language
from pipeline.records.models import DateRecord, FigureRecord
from pipeline.reviewing.typed.dates import NOWHERE, read_date, shown_date, typed_as_of, typed_date, typed_day
from pipeline.reviewing.typed.figures import shown_figure, shown_number, typed_figure
from pipeline.reviewing.typed.wrong import TypedError


@pytest.fixture(params=["en", "nl"], autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    use_language(request.param)
    yield request.param
    use_language("en")


DATES = [
    ("15 juli 2024", "2024-07-15", None, None, "2024-07-15", "2024-07-15"),
    ("15 July 2024", "2024-07-15", None, None, "2024-07-15", "2024-07-15"),
    ("July 15th, 2024", "2024-07-15", None, None, "2024-07-15", "2024-07-15"),
    ("15/7/2024", "2024-07-15", None, None, "2024-07-15", "2024-07-15"),
    ("15-07-2024", "2024-07-15", None, None, "2024-07-15", "2024-07-15"),
    ("2024-07-15", "2024-07-15", None, None, "2024-07-15", "2024-07-15"),
    ("July 2024", "2024-07", None, None, "2024-07-01", "2024-07-31"),
    ("in juli 2024", "2024-07", None, None, "2024-07-01", "2024-07-31"),
    ("Q3 2024", "2024-35", None, None, "2024-07-01", "2024-09-30"),
    ("third quarter of 2024", "2024-35", None, None, "2024-07-01", "2024-09-30"),
    ("2024-35", "2024-35", None, None, "2024-07-01", "2024-09-30"),
    ("eind 2025", "2025", None, "end", "2025-09-01", "2025-12-31"),
    ("the end of 2025", "2025", None, "end", "2025-09-01", "2025-12-31"),
    ("mid-2024", "2024", None, "mid", "2024-05-01", "2024-08-31"),
    ("voorjaar 2023", "2023-21", None, None, "2023-03-01", "2023-05-31"),
    ("spring 2023", "2023-21", None, None, "2023-03-01", "2023-05-31"),
    ("van maart tot juni 2024", "2024-03/2024-06", None, None, "2024-03-01", "2024-06-30"),
    ("from March to June 2024", "2024-03/2024-06", None, None, "2024-03-01", "2024-06-30"),
    ("2024/2026", "2024/2026", None, None, "2024-01-01", "2026-12-31"),
    ("2024-01-01/2024-06-30", "2024-01-01/2024-06-30", None, None, "2024-01-01", "2024-06-30"),
    ("vanaf mei 2023", "2023-05", "from", None, "2023-05-01", None),
    ("from May 2023", "2023-05", "from", None, "2023-05-01", None),
    ("2023-05/..", "2023-05", "from", None, "2023-05-01", None),
    ("before 2025", "2025", "until", None, None, "2024-12-31"),
    ("uiterlijk 1 juli 2024", "2024-07-01", "by", None, None, "2024-07-01"),
    ("no later than 1 July 2024", "2024-07-01", "by", None, None, "2024-07-01"),
    ("../2024-07", "2024-07", "through", None, None, "2024-07-31"),
    ("2024~", "2024~", None, None, "2024-01-01", "2024-12-31"),
]


@pytest.mark.parametrize(("words", "edtf", "modifier", "part", "earliest", "latest"), DATES, ids=[d[0] for d in DATES])
def test_a_date_is_read_in_either_language_and_as_edtf(
    words: str, edtf: str, modifier: str | None, part: str | None, earliest: str | None, latest: str | None
) -> None:
    value = typed_date(words, "start")
    found = [value[key] for key in ("edtf", "modifier", "part", "earliest", "latest", "role")]
    assert found == [edtf, modifier, part, earliest, latest, "start"]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "binnenkort",
        "15 juli",
        "31 februari 2024",
        "2024-13-01",
        "zomaar 2024",
        "351 hotels",
        "juli 2024 en mei 2023",
    ],
)
def test_what_is_no_date_with_a_year_is_refused_and_never_read_in_part(words: str) -> None:
    with pytest.raises(TypedError, match="write it as 15 juli 2024") as error:
        typed_date(words)
    assert error.value.field == "date"


def test_a_role_that_is_none_is_the_fault_of_its_field() -> None:
    with pytest.raises(TypedError) as error:
        typed_date("2024", "leader")
    assert error.value.field == "role"


POINTS = st.one_of(
    st.dates(date(1000, 1, 1), date(2999, 12, 31)).flatmap(
        lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
    ),
    st.builds("{}-{}".format, st.integers(1900, 2100), st.sampled_from([21, 22, 23, 24, 33, 34, 35, 36, 40, 41])),
)
WRITTEN = st.one_of(
    POINTS,
    st.builds("{} {}".format, st.sampled_from(["begin", "medio", "eind"]), POINTS),
    st.builds(
        "{} {}".format,
        st.sampled_from(["vanaf", "na", "tot", "tot en met", "uiterlijk", "vanaf eind", "tot medio", "circa"]),
        POINTS,
    ),
    st.builds("{}/{}".format, POINTS, POINTS),
    st.builds("{}/..".format, POINTS),
    st.builds("../{}".format, POINTS),
)


@given(WRITTEN, st.sampled_from(["start", "end", "period", "reference", None]), st.sampled_from(["en", "nl"]))
def test_a_date_that_is_left_as_it_is_shown_means_what_it_meant(words: str, role: str | None, language: str) -> None:
    found = read_date(words)
    if found is None:
        return
    use_language(language)
    value = date_keys(DateRecord.model_validate({**NOWHERE, **_fields(found), "role": role}))
    assert typed_date(shown_date(value), role or "", value) == value
    other = "end" if role != "end" else ""
    assert typed_date(f" {shown_date(value)}  ", other, value) == {**value, "role": other or None}


def test_dates_are_shown_in_words_in_both_languages(language: str) -> None:
    shown = [shown_date(typed_date(words)) for words, *_ in DATES]
    dutch = {"voorjaar 2023", "eind 2025", "15 juli 2024", "Q3 2024", "vanaf mei 2023"}
    english = {"spring of 2023", "end of 2025", "15 July 2024", "Q3 2024", "since May 2023"}
    assert (dutch if language == "nl" else english) <= set(shown)
    assert not [words for words in shown if ".." in words], "said in words, not in EDTF"


def _fields(found: object) -> dict[str, object]:
    return {name: getattr(found, name) for name in ("edtf", "modifier", "part", "interval", "earliest", "latest")}


@pytest.mark.parametrize(
    ("typed", "kind", "value", "value_max", "unit", "comparator"),
    [
        ("1,2 miljoen euro", "money", 1200000, None, "EUR", "="),
        ("€ 1.200.000", "money", 1200000, None, "EUR", "="),
        ("1.2 million euros", "money", 1200000, None, "EUR", "="),
        ("ongeveer 351", "count", 351, None, None, "~"),
        ("about 351", "count", 351, None, None, "~"),
        ("351 hotels", "count", 351, None, "hotels", "="),
        ("12 tot 15", "count", 12, 15, None, "="),
        ("between 12 and 15", "count", 12, 15, None, "="),
        ("12-15", "count", 12, 15, None, "="),
        ("47%", "percentage", 47, None, "%", "="),
        ("47 percent", "percentage", 47, None, "%", "="),
        ("minder dan 5%", "percentage", 5, None, "%", "<"),
        ("3 maanden", "duration", 3, None, "month", "="),
        ("1 op de 3 huishoudens", "ratio", 0.333, None, "huishoudens", "="),
        ("twaalf", "count", 12, None, None, "="),
        ("1.250.000", "count", 1250000, None, None, "="),
        ("1 250 000", "count", 1250000, None, None, "="),
        ("-3", "count", -3, None, None, "="),
        ("4,5", "count", 4.5, None, None, "="),
        ("4.5", "count", 4.5, None, None, "="),
        ("1.250.000,5", "count", 1250000.5, None, None, "="),
        ("1,250,000.5", "count", 1250000.5, None, None, "="),
        ("0,333", "count", 0.333, None, None, "="),
    ],
)
def test_the_number_of_a_figure_may_be_words_that_say_the_rest(
    typed: str, kind: str, value: float, value_max: float | None, unit: str | None, comparator: str
) -> None:
    found = typed_figure({"value": typed})
    assert found == {
        "kind": kind,
        "value": value,
        "value_max": value_max,
        "unit": unit,
        "comparator": comparator,
        "as_of": None,
    }


def test_what_was_chosen_holds_before_what_the_words_say() -> None:
    age = typed_figure({"value": "18 tot 27 jaar", "kind": "age"})
    assert (age["kind"], age["value"], age["value_max"], age["unit"]) == ("age", 18, 27, "year")
    said = typed_figure({"value": "18", "kind": "age"})
    assert typed_figure({**shown_figure(said), "value": "19 jaar"}, said) == {**said, "value": 19}
    hotels = typed_figure({"value": "ongeveer 351 hotels"})
    assert typed_figure({**shown_figure(hotels), "value": "400"}, hotels) == {**hotels, "value": 400}
    assert typed_figure({**shown_figure(hotels), "value": "12 tot 15"}, hotels) == {
        **hotels,
        "value": 12,
        "value_max": 15,
    }


def test_units_are_named_as_records_name_them() -> None:
    assert typed_figure({"value": "5", "kind": "duration", "unit": "maanden"})["unit"] == "month"
    assert typed_figure({"value": "5", "kind": "duration", "unit": "weeks"})["unit"] == "week"
    assert typed_figure({"value": "5", "kind": "money", "unit": "euro"})["unit"] == "EUR"
    assert typed_figure({"value": "5", "kind": "money", "unit": "€"})["unit"] == "EUR"
    assert typed_figure({"value": "5", "kind": "percentage", "unit": ""})["unit"] == "%"
    assert typed_figure({"value": "5", "kind": "measure", "unit": "km"})["unit"] == "km"


def test_a_number_that_is_two_things_in_two_languages_is_asked_for(language: str) -> None:
    thousands, fraction = ("1.250", "1,250") if language == "nl" else ("1,250", "1.250")
    assert typed_figure({"value": thousands})["value"] == 1250
    with pytest.raises(TypedError, match="can be read in two ways"):
        typed_figure({"value": fraction})


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"value": ""}, "value"),
        ({"value": "veel"}, "value"),
        ({"value": "1.2.3"}, "value"),
        ({"value": "9" * 40}, "value"),
        ({"value": "0," + "3" * 30}, "value"),
        ({"value": "12", "value_max": "11"}, "value_max"),
        ({"value": "12", "value_max": "veel"}, "value_max"),
        ({"value": "12", "kind": "weight"}, "kind"),
        ({"value": "12", "comparator": "!"}, "comparator"),
        ({"value": "12", "kind": "money", "unit": "hotels"}, "unit"),
        ({"value": "12", "kind": "duration", "unit": ""}, "unit"),
        ({"value": "12", "as_of": "ooit"}, "as_of"),
    ],
)
def test_what_is_no_figure_is_the_fault_of_its_field(fields: dict[str, str], field: str) -> None:
    with pytest.raises(TypedError) as error:
        typed_figure(fields)
    assert error.value.field == field


NUMBERS = st.decimals(Decimal("-1e14"), Decimal("1e14"), places=3, allow_nan=False, allow_infinity=False)


@given(
    NUMBERS,
    st.none() | st.decimals(0, 1000, places=2),
    st.sampled_from(["count", "money", "percentage", "duration", "age", "ratio", "measure"]),
    st.none() | st.text(max_size=12),
    st.sampled_from(["=", "~", ">", ">=", "<", "<="]),
    st.sampled_from([None, "2024", "2024-07-15", "2024-33"]),
    st.sampled_from(["en", "nl"]),
)
def test_a_figure_that_is_left_as_it_is_shown_means_what_it_meant(
    value: Decimal,
    more: Decimal | None,
    kind: str,
    unit: str | None,
    comparator: str,
    as_of: str | None,
    language: str,
) -> None:
    use_language(language)
    top = None if more is None else value + more
    said = {"kind": kind, "value": value, "value_max": top, "unit": " ".join((unit or "").split()) or None}
    said |= {"comparator": comparator, "as_of": as_of}
    before = figure_keys(FigureRecord.model_validate({**NOWHERE, **said}))
    assert typed_figure(shown_figure(before), before) == before
    changed = typed_figure({**shown_figure(before), "value": "-100000000000000"}, before)
    assert changed == {**before, "value": -100000000000000}


@given(st.decimals(Decimal("-1e12"), Decimal("1e12"), places=2), st.sampled_from(["en", "nl"]))
def test_a_shown_number_is_read_as_that_number(number: Decimal, language: str) -> None:
    use_language(language)
    assert Decimal(str(typed_figure({"value": shown_number(number)})["value"])) == number


PIECES = [
    "12",
    "tot",
    "van",
    "juli",
    "2024",
    "Q3",
    "/",
    "-",
    ".",
    "~",
    "€",
    "%",
    "mln",
    "eind",
    "about",
    "X",
    "..",
    "2024-07",
]
ANYTHING = st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join)
ANYTHING |= st.lists(st.sampled_from(PIECES), max_size=7).map("".join)


@given(ANYTHING)
def test_whatever_is_typed_is_read_or_refused_in_words(words: str) -> None:
    with suppress(TypedError):
        assert typed_date(words)["edtf"]
    with suppress(TypedError):
        assert typed_figure({"value": words})["value"] is not None
    with suppress(TypedError):
        assert typed_as_of(words) or not words.strip()


def test_the_days_of_a_running_time() -> None:
    assert typed_day("earliest", "juli 2024") == "2024-07-01"
    assert typed_day("latest", "juli 2024") == "2024-07-31"
    assert typed_day("latest", "15 July 2024") == "2024-07-15"
    assert typed_day("latest", " ") is None
    with pytest.raises(TypedError) as error:
        typed_day("latest", "vanaf 2024")
    assert error.value.field == "latest"
