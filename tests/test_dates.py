"""Dates: marked-up sentences, tables of values, and what must hold for any text."""

import time
from datetime import date
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.recognising.dates import date_value, find_dates
from pipeline.recognising.spans import DateMention
from samples.markup import Piece, parse_piece

CASES = Path(__file__).parent / "cases" / "dates.txt"

KNOWN_FAILURES: set[str] = set()
"""Sentences of the cases that we know we read wrong; one that comes right must be taken out."""

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


def cases() -> list[str]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def expected(piece: Piece) -> list[tuple[str, ...]]:
    return [
        (
            piece.words(mark),
            str(mark.value),
            mark.attributes.get("modifier", ""),
            mark.attributes.get("part", ""),
            mark.attributes.get("role", ""),
        )
        for mark in piece.marks
        if mark.kind == "date"
    ]


def read(text: str, mention: DateMention, role: str) -> tuple[str, ...]:
    value = mention.value
    words = text[mention.start : mention.end]
    return words, value.edtf, value.modifier or "", value.part or "", (mention.role or "") if role else ""


def reading(line: str) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return what a case should give and what it gives; a role counts only where the case names one."""
    piece = parse_piece(line.replace("⏎", "\n"))
    should = expected(piece)
    found = find_dates(piece.plain)
    roles = [entry[-1] for entry in should] if len(should) == len(found) else [""] * len(found)
    return should, [read(piece.plain, mention, role) for mention, role in zip(found, roles, strict=True)]


def test_sentences_are_read_as_marked() -> None:
    failures = set()
    for line in cases():
        should, is_read = reading(line)
        if should != is_read:
            failures.add(line)
    assert failures == KNOWN_FAILURES


def test_there_are_enough_cases_of_both_kinds() -> None:
    lines = cases()
    without = [line for line in lines if "](date" not in line]
    assert len(lines) >= 250
    assert len(set(lines)) == len(lines)
    assert len(without) >= len(lines) // 3


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


def test_component_puts_exact_mentions_on_its_spans() -> None:
    nlp = spacy.blank("nl")
    nlp.add_pipe("annex_dates")
    doc = nlp("In 2021-2022 en op 3 en 4 juni 2023 is er getoetst.")
    mentions = [span._.annex_date for span in doc.spans["dates"]]
    assert [doc.text[mention.start : mention.end] for mention in mentions] == ["2021-2022", "3", "4 juni 2023"]
    for span, mention in zip(doc.spans["dates"], mentions, strict=True):
        assert span.start_char <= mention.start
        assert mention.end <= span.end_char


def test_component_uses_the_sentences_of_the_document() -> None:
    nlp = spacy.blank("nl")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("annex_dates")
    doc = nlp("In 2023 is geworven. In maart was er overleg. In mei niet.")
    assert [span._.annex_date.value.edtf for span in doc.spans["dates"]] == ["2023", "2023-03"]


def test_a_date_whose_year_stands_elsewhere_is_less_sure() -> None:
    sure, guessed = find_dates("In 2023 is geworven. In maart was de groep vol.")
    assert guessed.confidence < sure.confidence


PIECES = st.sampled_from(
    [
        *("2024", "15", "’24", "0", "31", "9999", "0000", "1e", "Q3", "2023-24", "07", "20e eeuw", "1-1-24"),
        *("tussen", "juli", "maart", "februari", "eerste", "kwartaal", "schooljaar", "jaren", "negentig", "winter"),
        *(
            "tot",
            "en met",
            "t/m",
            "in",
            "begin",
            "eind",
            "van",
            " en ",
            "vóór",
            "heden",
            "week",
            "helft",
            "tussen",
            "rond",
        ),
        *(" ", "-", "/", ",", "\n", ".", "(", "'", "x"),
    ]
)
SENTENCES = st.lists(PIECES, max_size=25)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=80), SENTENCES.map("".join), SENTENCES.map(" ".join)))
def test_any_text_gives_sorted_spans_inside_it(text: str) -> None:
    mentions = find_dates(text)
    at = 0
    for mention in mentions:
        assert at <= mention.start < mention.end <= len(text)
        assert 0 < mention.confidence < 1
        if mention.value.earliest and mention.value.latest:
            assert mention.value.earliest <= mention.value.latest
        at = mention.end


@settings(max_examples=200, deadline=None)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_as_itself(day: date) -> None:
    for form in (f"{day:%d-%m-%Y}", f"{day:%Y-%m-%d}", f"{day.day}/{day.month}/{day.year}"):
        value = date_value(form)
        assert value is not None
        assert value.edtf == day.isoformat()


@pytest.mark.parametrize(
    "unit",
    [
        "In 2021 is het project gestart en tot en met oktober 2024 loopt de proef in 2.024 van 2000 gevallen. ",
        "1 en ",
        "2024-",
        "van maart ",
        "tot ",
        "eerste en ",
        "2024, ",
        "begin van het ",
        "a" * 50,
        "1-",
        "‘",
    ],
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        find_dates(text)
        return time.process_time() - start

    size = 60_000 // len(unit)
    find_dates(unit)
    once = min(seconds(unit * size) for _ in range(3))
    twice = min(seconds(unit * size * 2) for _ in range(3))
    assert twice < 3 * once + 0.05
