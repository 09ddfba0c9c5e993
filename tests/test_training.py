"""What the models learn from: honest parts, words with their tags, other guises that keep their marks, true counts."""

import importlib.util
import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from models.training.examples import TAGS, Variation, example, unlabelled
from models.training.passages import Passage, Sentence, read_corpus, read_sentence
from models.training.scoring import Tally, score, table
from models.training.splits import TEST_FIELDS, split

CORPUS = read_corpus()
PARTS = split(CORPUS)
BLANK = spacy.blank("nl")


def names_of(sentence: Sentence) -> Iterator[tuple[str, str]]:
    return ((sentence.text[n.start : n.end], n.label) for n in sentence.names)


def test_no_field_is_in_both_parts() -> None:
    train, test = ({passage.field for passage in part} for part in (PARTS.train, PARTS.test))
    assert not train & test
    assert len(PARTS.train) + len(PARTS.test) == len(CORPUS)
    assert {passage.number for passage in PARTS.test} == set(TEST_FIELDS)


def test_most_bodies_of_the_test_part_were_never_seen() -> None:
    bodies = {text for p in PARTS.test for s in p.sentences for text, label in names_of(s) if label == "org"}
    assert sum(not PARTS.is_seen(body) for body in bodies) > len(bodies) / 2
    seen = next(text for p in PARTS.train for s in p.sentences for text, _ in names_of(s))
    assert PARTS.is_seen(seen.upper())


@given(st.sampled_from(CORPUS))
def test_words_and_tags_align(passage: Passage) -> None:
    made = example(BLANK, passage.sentences)
    assert len(made.words) == len(made.tags)
    assert all(word.strip() for word in made.words)
    tags = ["O", *(TAGS[tag] for tag in made.tags)]
    assert sum(tag[0] == "B" for tag in tags) <= sum(len(s.names) for s in passage.sentences)
    for before, tag in itertools.pairwise(tags):
        assert tag[0] != "I" or before[2:] == tag[2:]


def test_tags_stand_on_the_words_of_names() -> None:
    made = example(BLANK, [read_sentence("De [GGD Fryslân](org health) en [Jan](per) .")])
    assert [(w, TAGS[t]) for w, t in zip(made.words, made.tags, strict=True)] == [
        ("De", "O"),
        ("GGD", "B-org"),
        ("Fryslân", "I-org"),
        ("en", "O"),
        ("Jan", "B-per"),
        (".", "O"),
    ]


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_another_guise_keeps_what_is_marked(seed: int) -> None:
    passages = [replace(p, form="prose") for p in PARTS.train[seed % 500 : seed % 500 + 8]]
    guises = Variation(passages, seed).round(passages)
    for passage, guise in zip(passages, guises, strict=True):
        assert len(guise) in {1, len(passage.sentences)}
        for new in guise:
            assert any(_alike(old, new) for old in passage.sentences)


def _alike(old: Sentence, new: Sentence) -> bool:
    """Whether both have the same words around the same kinds of names."""
    return _around(old) == _around(new)


def _around(sentence: Sentence) -> list[str]:
    parts, at = [], 0
    for name in sentence.names:
        parts += [sentence.text[at : name.start], name.label]
        at = name.end
    return [*parts, sentence.text[at:]]


def test_guises_come_from_the_seed_and_change_by_round() -> None:
    passages = PARTS.train[:100]
    one, same, other = Variation(passages, 1), Variation(passages, 1), Variation(passages, 2)
    first = list(one.round(passages))
    assert first == list(same.round(passages))
    assert first != list(other.round(passages))
    assert first != list(one.round(passages))
    assert {text for s in first for line in s for text, _ in names_of(line)} - {
        text for p in passages for line in p.sentences for text, _ in names_of(line)
    }, "the register has joined"


@pytest.mark.parametrize(
    ("line", "text", "names"),
    [
        ("Uitvoerder: [GGD Fryslân](org health)", "GGD Fryslân", [("GGD Fryslân", "org")]),
        ("Van: in [Sneek](loc) en [Assen](loc)", "in Sneek en Assen", [("Sneek", "loc"), ("Assen", "loc")]),
        ("[Jan](per): ja", "ja", []),
        ("Geen label", "Geen label", []),
        ("Leeg: ", "Leeg: ", []),
        ("Een zin die veel te lang is om een label te zijn: ja", None, []),
    ],
)
def test_a_field_loses_its_label(line: str, text: str | None, names: list[tuple[str, str]]) -> None:
    read = read_sentence(line)
    cut = unlabelled(read)
    assert cut.text == (read.text if text is None else text)
    assert list(names_of(cut)) == names


def test_scores_are_counted_right() -> None:
    nlp = spacy.blank("nl")
    nlp.add_pipe("entity_ruler").add_patterns(  # type: ignore[attr-defined]
        [{"label": "ORG", "pattern": word} for word in ("Kade", "Veer", "Sneek")]
    )
    lines = ["[Kade](org other) en [Lindt](org other).", "In [Sneek](loc) is [Veer](org other)."]
    passages = [Passage("1", "f", "prose", tuple(read_sentence(line) for line in lines))]
    made = score(
        nlp, passages, lambda name: name == "Kade", lambda doc, at: 0.95 if doc.ents[at].text == "Veer" else None
    )
    assert made.labels == {"org": Tally(gold=3, found=3, right=2), "loc": Tally(gold=1)}
    assert made.forms == {"prose": Tally(gold=3, found=3, right=2)}
    assert (made.unseen.gold, made.unseen.right) == (2, 1)
    assert made.bands == {(9, True): 1}
    assert made.labels["org"].f1 == pytest.approx(2 / 3)
    assert made.labels["loc"].f1 == made.labels["loc"].precision == 0
    assert "| `ORG` | 3 | 0.667 | 0.667 | 0.667 |" in list(table(made))


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is of the extra `train`")
def test_rows_give_each_word_one_tag() -> None:
    from tokenizers import Tokenizer

    from models.training.fitting import _row
    from pipeline.resources import models_folder

    tokeniser = Tokenizer.from_file(str(models_folder() / "nl_annex" / "annex_names" / "tokeniser.json"))
    made = example(BLANK, CORPUS[0].sentences)
    row = _row(tokeniser, made)
    assert len(row.ids) == len(row.tags)
    assert [tag for tag in row.tags if tag >= 0] == list(made.tags)
