"""What dates mean: the table of the guidelines, EDTF by an outside reader, and bounds that agree with it."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from date_cases import cases, piece_of
from date_making import EXPRESSIONS, SINGLE
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.recognising.dates import date_value, find_dates
from pipeline.recognising.spans import DateValue
from pipeline.records.edtf import is_edtf

NAMED = [
    # text, edtf, modifier, part, earliest, latest, interval: the date table of the annotation guidelines
    ("15 juli 2024", "2024-07-15", None, None, "2024-07-15", "2024-07-15", "2024-07-15"),
    ("01-03-2024", "2024-03-01", None, None, "2024-03-01", "2024-03-01", "2024-03-01"),
    ("oktober 2024", "2024-10", None, None, "2024-10-01", "2024-10-31", "2024-10"),
    ("2021-2022", "2021/2022", None, None, "2021-01-01", "2022-12-31", "2021/2022"),
    ("2021/2022", "2021/2022", None, None, "2021-01-01", "2022-12-31", "2021/2022"),
    ("’21-’22", "2021/2022", None, None, "2021-01-01", "2022-12-31", "2021/2022"),
    ("van 2021 tot en met 2022", "2021/2022", None, None, "2021-01-01", "2022-12-31", "2021/2022"),
    ("tussen 2021 en 2022", "2021/2022", None, None, "2021-01-01", "2022-12-31", "2021/2022"),
    ("maart t/m juni 2023", "2023-03/2023-06", None, None, "2023-03-01", "2023-06-30", "2023-03/2023-06"),
    ("van maart tot juni 2023", "2023-03/2023-06", None, None, "2023-03-01", "2023-06-30", "2023-03/2023-06"),
    ("1 maart 2016 tot 1 maart 2017", "2016-03-01/2017-02-28", None, None, "2016-03-01", "2017-02-28",
     "2016-03-01/2017-02-28"),
    ("1 maart 2015 tot 1 maart 2016", "2015-03-01/2016-02-29", None, None, "2015-03-01", "2016-02-29",
     "2015-03-01/2016-02-29"),
    ("begin 2023", "2023", None, "begin", "2023-01-01", "2023-04-30", "2023-01/2023-04"),
    ("medio 2023", "2023", None, "mid", "2023-05-01", "2023-08-31", "2023-05/2023-08"),
    ("eind 2023", "2023", None, "end", "2023-09-01", "2023-12-31", "2023-09/2023-12"),
    ("begin maart 2021", "2021-03", None, "begin", "2021-03-01", "2021-03-10", "2021-03/2021-03-10"),
    ("medio maart 2021", "2021-03", None, "mid", "2021-03-11", "2021-03-20", "2021-03-11/2021-03-20"),
    ("eind maart 2021", "2021-03", None, "end", "2021-03-21", "2021-03-31", "2021-03-21/2021-03"),
    ("eind februari 2024", "2024-02", None, "end", "2024-02-21", "2024-02-29", "2024-02-21/2024-02"),
    ("eind februari 2023", "2023-02", None, "end", "2023-02-21", "2023-02-28", "2023-02-21/2023-02"),
    ("tot en met oktober 2024", "2024-10", "through", None, None, "2024-10-31", "../2024-10"),
    ("tot 1 januari 2025", "2025-01-01", "until", None, None, "2024-12-31", "../2024-12-31"),
    ("vóór 1 mei 2024", "2024-05-01", "until", None, None, "2024-04-30", "../2024-04-30"),
    ("tot 1 maart 2024", "2024-03-01", "until", None, None, "2024-02-29", "../2024-02-29"),
    ("tot 2025", "2025", "until", None, None, "2024-12-31", "../2024"),
    ("tot maart 2024", "2024-03", "until", None, None, "2024-02-29", "../2024-02"),
    ("tot medio 2024", "2024", "until", "mid", None, "2024-08-31", "../2024-08"),
    ("tot eind 2024", "2024", "until", "end", None, "2024-12-31", "../2024-12"),
    ("uiterlijk 1 mei 2024", "2024-05-01", "by", None, None, "2024-05-01", "../2024-05-01"),
    ("vanaf maart 2023", "2023-03", "from", None, "2023-03-01", None, "2023-03/.."),
    ("sinds 2021", "2021", "from", None, "2021-01-01", None, "2021/.."),
    ("met ingang van 1 april 2016", "2016-04-01", "from", None, "2016-04-01", None, "2016-04-01/.."),
    ("vanaf medio 2017", "2017", "from", "mid", "2017-05-01", None, "2017-05/.."),
    ("na 1 april 2016", "2016-04-01", "after", None, "2016-04-02", None, "2016-04-02/.."),
    ("na 2016", "2016", "after", None, "2017-01-01", None, "2017/.."),
    ("1 april 2016", "2016-04-01", None, None, "2016-04-01", "2016-04-01", "2016-04-01"),
    ("eerste kwartaal van 2024", "2024-33", None, None, "2024-01-01", "2024-03-31", "2024-33"),
    ("Q1 2024", "2024-33", None, None, "2024-01-01", "2024-03-31", "2024-33"),
    ("Q4 2024", "2024-36", None, None, "2024-10-01", "2024-12-31", "2024-36"),
    ("eerste helft van 2024", "2024-40", None, None, "2024-01-01", "2024-06-30", "2024-40"),
    ("tweede helft van 2024", "2024-41", None, None, "2024-07-01", "2024-12-31", "2024-41"),
    ("tweede tertaal van 2024", "2024-38", None, None, "2024-05-01", "2024-08-31", "2024-38"),
    ("voorjaar 2024", "2024-21", None, None, "2024-03-01", "2024-05-31", "2024-21"),
    ("zomer 2024", "2024-22", None, None, "2024-06-01", "2024-08-31", "2024-22"),
    ("najaar 2024", "2024-23", None, None, "2024-09-01", "2024-11-30", "2024-23"),
    ("herfst 2024", "2024-23", None, None, "2024-09-01", "2024-11-30", "2024-23"),
    ("winter 2023-2024", "2023-24", None, None, "2023-12-01", "2024-02-29", "2023-24"),
    ("winter 2022-2023", "2022-24", None, None, "2022-12-01", "2023-02-28", "2022-24"),
    ("rond 2020", "2020~", None, None, "2020-01-01", "2020-12-31", "2020~"),
    ("circa 2020", "2020~", None, None, "2020-01-01", "2020-12-31", "2020~"),
    ("jaren negentig", "199X", None, None, "1990-01-01", "1999-12-31", "199X"),
    ("eind jaren negentig", "199X", None, "end", "1997-01-01", "1999-12-31", "1997/1999"),
    ("20e eeuw", "19XX", None, None, "1900-01-01", "1999-12-31", "19XX"),
    ("schooljaar 2023/2024", "2023-08/2024-07", None, None, "2023-08-01", "2024-07-31", "2023-08/2024-07"),
    ("academisch jaar 2023-2024", "2023-09/2024-08", None, None, "2023-09-01", "2024-08-31", "2023-09/2024-08"),
    ("vanaf schooljaar 2023/2024", "2023-08/2024-07", "from", None, "2023-08-01", None, "2023-08/.."),
    ("medio 2016 tot en met 2018", "2016/2018", None, None, "2016-05-01", "2018-12-31", "2016-05/2018"),
    ("van november tot en met februari 2024", "2023-11/2024-02", None, None, "2023-11-01", "2024-02-29",
     "2023-11/2024-02"),
    ("2021-heden", "2021", "from", None, "2021-01-01", None, "2021/.."),
    ("week 1 van 2025", "2024-12-30/2025-01-05", None, None, "2024-12-30", "2025-01-05", "2024-12-30/2025-01-05"),
]  # fmt: skip

NEED_CONTEXT = {
    "2023": "de zomers van 2022 en 2023",
    "2022-2023": "de schooljaren 2021-2022 en 2022-2023",
    "5 van 2025": "week 3 en 5 van 2025",
    "voor 2026": "nog voor 2026",
    "voor 1945": "gebouwd voor 1945",
    "1066": "in het jaar 1066",
    "voor 2018": "na 2016 en voor 2018",
    "voor 2010": "voor 2010 of na 2018",
    "ongeveer 1850": "in ongeveer 1850",
    "ongeveer 1620": "in ongeveer 1620",
    "2020-2021": "de schooljaren 2018-2019 en 2020-2021",
}
"""Words of mentions that name a year and mean what they do only where they stand."""


@pytest.mark.parametrize(("text", "edtf", "modifier", "part", "earliest", "latest", "interval"), NAMED)
def test_value_of_each_row_of_the_table(
    text: str,
    edtf: str,
    modifier: str | None,
    part: str | None,
    earliest: str | None,
    latest: str | None,
    interval: str,
) -> None:
    value = date_value(text)
    assert value is not None
    assert (value.edtf, value.modifier, value.part, value.interval) == (edtf, modifier, part, interval)
    assert value.earliest == (date.fromisoformat(earliest) if earliest else None)
    assert value.latest == (date.fromisoformat(latest) if latest else None)


@pytest.mark.parametrize(
    "text",
    ["", "31 februari 2023", "29 februari 2023", "maart", "in 2023 en 2024", "overleg", "2023 was mooi", "99-99-2024"],
)
def test_no_value_where_there_is_not_one_date(text: str) -> None:
    assert date_value(text) is None


def test_value_takes_what_its_surroundings_give() -> None:
    third = date_value("3", year=2023, month=6)
    october = date_value("tot en met oktober", year=2024)
    assert third is not None
    assert third.edtf == "2023-06-03"
    assert october is not None
    assert october.interval == "../2024-10"


@settings(max_examples=200, deadline=None)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_as_itself(day: date) -> None:
    for form in (f"{day:%d-%m-%Y}", f"{day:%Y-%m-%d}", f"{day.day}/{day.month}/{day.year}"):
        value = date_value(form)
        assert value is not None
        assert value.edtf == day.isoformat()


# EDTF


@pytest.mark.parametrize(
    ("text", "right"),
    [
        *((text, True) for text in ("2024", "2024-02-29", "2024-33", "2023-24", "199X", "2020~", "2023-22~")),
        *((text, True) for text in ("2023-03/..", "../2024-10", "2024-33/2024-35", "2020-08~/2021-07~")),
        *((text, False) for text in ("", "..", "../..", "2024-13", "2024-02-30", "24", "maart 2024", "2024/2025/2026")),
    ],
)
def test_edtf_is_told_from_what_is_none(text: str, *, right: bool) -> None:
    assert is_edtf(text) is right


def test_validate_says_which_date_is_no_edtf(tmp_path: Path) -> None:
    source, out = tmp_path / "bijlage.txt", tmp_path / "uit"
    source.write_text("Projectnaam: Samen aan zet\nToelichting: De inloop opende in juli 2024 de deuren.\n")
    assert CliRunner().invoke(main, ["extract", str(source), "-o", str(out)]).exit_code == 0
    [record] = out.glob("bijlage/01-*.json")
    record.write_text(record.read_text().replace('"edtf": "2024-07"', '"edtf": "juli 2024"'))
    result = CliRunner().invoke(main, ["validate", str(out)])
    assert result.exit_code == 1
    assert result.stdout == f"{record}: dates[0].edtf: juli 2024 is no date in EDTF\n"


def test_every_date_of_the_cases_is_edtf() -> None:
    wrong = set()
    for case in cases():
        for mention in find_dates(piece_of(case).plain):
            wrong |= {name for name in (mention.value.edtf, mention.value.interval) if not is_edtf(name)}
    assert wrong == set()


@settings(max_examples=300, deadline=None)
@given(EXPRESSIONS)
def test_what_is_read_is_edtf_and_its_bounds_are_those_of_the_interval(text: str) -> None:
    value = date_value(text)
    if value is None:
        return
    assert is_edtf(value.edtf)
    assert is_edtf(value.interval)
    assert days_of(value.interval) == (value.earliest, value.latest)


@settings(max_examples=300, deadline=None)
@given(SINGLE)
def test_every_expression_with_a_year_is_read(text: str) -> None:
    assert date_value(text) is not None


@settings(max_examples=300, deadline=None)
@given(EXPRESSIONS)
def test_an_expression_means_the_same_in_a_sentence(text: str) -> None:
    value = date_value(text)
    mentions = find_dates(f"Dat is bepaald in {text}, aldus de wethouder.")
    if value is None or len(mentions) != 1:
        return
    assert mentions[0].value == value


def test_the_words_of_a_mention_mean_what_it_means() -> None:
    wrong: dict[str, DateValue] = {}
    for case in cases():
        plain = piece_of(case).plain
        for mention in find_dates(plain):
            said = plain[mention.start : mention.end]
            if re.search(r"\d{4}|[’'`]\d\d", said) and date_value(said) != mention.value:
                wrong[said] = mention.value
    assert set(wrong) == set(NEED_CONTEXT)


def days_of(interval: str) -> tuple[date | None, date | None]:
    """Read the days of the EDTF that the recogniser writes, in another way than it does."""
    ends = interval.replace("~", "").split("/")
    low, high = ends[0], ends[-1]
    return None if low == ".." else span_of(low)[0], None if high == ".." else span_of(high)[1]


def span_of(name: str) -> tuple[date, date]:
    if "X" in name:
        return date(int(name.replace("X", "0")), 1, 1), date(int(name.replace("X", "9")), 12, 31)
    year, *rest = (int(field) for field in name.split("-"))
    if len(rest) == 2:
        return date(year, *rest), date(year, *rest)
    if not rest:
        return date(year, 1, 1), date(year, 12, 31)
    code = rest[0]
    first, count = {
        **{month: (month, 1) for month in range(1, 13)},
        21: (3, 3),
        22: (6, 3),
        23: (9, 3),
        24: (12, 3),
        33: (1, 3),
        34: (4, 3),
        35: (7, 3),
        36: (10, 3),
        37: (1, 4),
        38: (5, 4),
        39: (9, 4),
        40: (1, 6),
        41: (7, 6),
    }[code]
    year_on, month_on = divmod(year * 12 + first - 1 + count, 12)
    return date(year, first, 1), date(year_on, month_on + 1, 1) - timedelta(days=1)
