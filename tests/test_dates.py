"""The recogniser of dates: sentences as cases, the component, and what holds for any text."""

import spacy
from alike import alike
from date_cases import cases, is_mixed, is_negative, reading
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.recognising.dates import find_dates

KNOWN_FAILURES = {
    "Sterrenrestaurant De Zomer van 1995 doet mee aan de voedselbank.",  # a name that is a whole date
}
"""Sentences of the cases that we know we read wrong; one that comes right must be taken out."""


def test_sentences_are_read_as_marked() -> None:
    failures = set()
    for case in cases():
        should, is_read = reading(case)
        if should != is_read:
            failures.add(case)
    assert failures == KNOWN_FAILURES


def test_there_are_enough_cases_of_both_kinds() -> None:
    lines = cases()
    assert len(lines) >= 600
    assert len(set(lines)) == len(lines)
    assert sum(map(is_negative, lines)) + sum(map(is_mixed, lines)) >= len(lines) / 3


def test_no_two_cases_say_the_same() -> None:
    assert alike(cases()) == []


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
            "laatste zondag",
            "Pasen",
            "negentien",
            "tweeduizend",
            "eerste drie maanden",
            "Q1",
            "heden",
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
