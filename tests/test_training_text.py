"""The training text is what it claims to be: enough, of many fields, and no sentence twice."""

from collections import Counter

import pytest

from models.training.passages import CorpusError, Passage, read_corpus, read_sentence, too_alike


@pytest.fixture(scope="module")
def corpus() -> list[Passage]:
    return read_corpus()


def test_there_are_sentences_of_many_fields(corpus: list[Passage]) -> None:
    prose = Counter(passage.field for passage in corpus if passage.form == "prose" for _ in passage.sentences)
    assert len(prose) >= 60
    assert sum(prose.values()) >= 6_000
    assert min(prose.values()) >= 90


def test_no_two_sentences_share_half_of_their_words(corpus: list[Passage]) -> None:
    texts = [sentence.text for passage in corpus for sentence in passage.sentences]
    assert too_alike(texts) == []


def test_much_stands_where_an_organisation_might_and_is_none(corpus: list[Passage]) -> None:
    labels = Counter(name.label for passage in corpus for line in passage.sentences for name in line.names)
    assert labels["org"] >= 5_000
    assert sum(count for label, count in labels.items() if label not in {"org", "loc", "per"}) >= 4_000
    assert all(labels[label] >= 200 for label in ("programme", "law", "plan", "title", "function", "group", "product"))


def test_every_form_is_there(corpus: list[Passage]) -> None:
    forms = Counter(passage.form for passage in corpus)
    assert set(forms) == {"prose", "letter", "cells", "fields", "heading", "ocr"}


def test_marks_lie_on_their_words() -> None:
    read = read_sentence("De [GGD Fryslân](org health) en [Jan](per) (ook hij) kwamen naar [Sneek](loc).")
    assert read.text == "De GGD Fryslân en Jan (ook hij) kwamen naar Sneek."
    assert [(read.text[name.start : name.end], name.label, name.kind) for name in read.names] == [
        ("GGD Fryslân", "org", "health"),
        ("Jan", "per", None),
        ("Sneek", "loc", None),
    ]


@pytest.mark.parametrize("line", ["[X](org)", "[X](org bakery)", "[X](loc town)", "[X](thing)", "[ X](per)", "a [b c"])
def test_a_wrong_mark_is_no_text(line: str) -> None:
    with pytest.raises(CorpusError):
        read_sentence(line)


def test_likeness_is_of_the_shorter_one() -> None:
    long = "Samen met de provincie is in maart een loket voor alle inwoners van de streek geopend"
    assert too_alike([long, "een loket voor alle inwoners van de streek"]) != []
    assert too_alike([long, "Er is een loket voor alle ondernemers", "kort"]) == []
