"""The encoder as a component: allowed paths, windows that lose no word, and the same answer in any company."""

import itertools
import json
import pickle
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from pipeline.recognising.names import SCORE
from pipeline.recognising.names.decoding import best_path, tagged_spans
from pipeline.recognising.names.encoder import Encoder, Scores
from pipeline.recognising.names.windows import windows
from pipeline.resources import models_folder

TAGS = ("O", "B-org", "I-org", "B-loc", "I-loc")
TEXT = "De Stichting Waterwerk Noordhoek voert het project uit met Adviesbureau Kramer & Zonen in Sneek."
OTHERS = ["Nee.", "Het ministerie van VWS gaf € 3.000 aan ZonMw, zie § 4. " * 4, "", "Ja, dat kan in 2025."]


@st.composite
def matrices(draw: st.DrawFn, longest: int = 30) -> Scores:
    rows = draw(st.integers(0, longest))
    seed = draw(st.integers(0, 2**32 - 1))
    raw = np.random.default_rng(seed).normal(0, 3, (rows, len(TAGS)))
    scores: Scores = (raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))).astype(np.float32)
    return scores


def is_allowed(path: tuple[int, ...]) -> bool:
    before = ["O", *(TAGS[at] for at in path)]
    return all(tag[0] != "I" or (last != "O" and last[2:] == tag[2:]) for last, tag in itertools.pairwise(before))


@given(matrices())
def test_an_inner_tag_follows_only_its_own(scores: Scores) -> None:
    path = best_path(scores, TAGS)
    assert len(path) == len(scores)
    assert is_allowed(tuple(path))


@given(matrices(longest=4))
def test_no_allowed_path_is_likelier(scores: Scores) -> None:
    def worth(path: tuple[int, ...]) -> float:
        return float(sum(row[at] for row, at in zip(scores, path, strict=True)))

    allowed = [path for path in itertools.product(range(len(TAGS)), repeat=len(scores)) if is_allowed(path)]
    assert worth(tuple(best_path(scores, TAGS))) == pytest.approx(max(map(worth, allowed)), abs=1e-4)


@given(matrices())
def test_spans_are_apart_and_in_order(scores: Scores) -> None:
    path = best_path(scores, TAGS)
    behind = 0
    named = set()
    for first, last, label, sure in tagged_spans(path, scores, TAGS):
        assert behind <= first <= last < len(scores)
        assert {TAGS[at][2:] for at in path[first : last + 1]} == {label}
        assert 0 <= sure <= 1
        behind = last + 1
        named |= set(range(first, last + 1))
    assert named == {at for at, tag in enumerate(path) if TAGS[tag] != "O"}


@st.composite
def docs(draw: st.DrawFn) -> Doc:
    lengths = draw(st.lists(st.integers(1, 300), max_size=8))
    spaced = draw(st.integers(2, 9))
    words = [" \n" if at % spaced == 0 else f"w{at}" for at in range(sum(lengths))]
    starts = {sum(lengths[:at]) for at in range(len(lengths))}
    own = [at in starts for at in range(len(words))] if draw(st.booleans()) else None
    return Doc(spacy.blank("nl").vocab, words=words, sent_starts=own)  # type: ignore[arg-type]  # its stub says ints


@given(docs())
def test_windows_hold_each_word_once_and_are_short(doc: Doc) -> None:
    cut = list(windows(doc))
    assert [token.i for window in cut for token in window] == [token.i for token in doc if not token.is_space]
    assert all(0 < len(window) <= 120 for window in cut)


def test_sentences_that_fit_are_not_cut() -> None:
    starts = [at % 50 == 0 for at in range(200)]
    doc = Doc(spacy.blank("nl").vocab, words=["w"] * 200, sent_starts=starts)  # type: ignore[arg-type]
    assert [len(window) for window in windows(doc)] == [100, 100]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    folder = models_folder() / "nl_annex" / "annex_names"
    tags = tuple(json.loads((folder / "tags.json").read_text()))
    return Encoder((folder / "encoder.onnx").read_bytes(), (folder / "tokeniser.json").read_text("utf-8"), tags)


def test_a_text_scores_among_others_as_it_does_alone(encoder: Encoder) -> None:
    texts = [text.split() for text in [TEXT, *OTHERS]]
    for alone, together in zip([encoder.scores([text])[0] for text in texts], encoder.scores(texts), strict=True):
        np.testing.assert_allclose(alone, together, atol=1e-3)


@pytest.mark.parametrize(
    "words",
    [[], ["x" * 5_000], ["\u200b"], ["\x00"], ["😀"], ["\u0301", "\ufeff"], ["woord"] * 1_200, ["a\u200b" * 700, "b"]],
)
def test_every_word_has_probabilities(encoder: Encoder, words: list[str]) -> None:
    [scores] = encoder.scores([words])
    assert scores.shape == (len(words), len(encoder.tags))
    np.testing.assert_allclose(np.exp(scores).sum(axis=1), 1, atol=1e-3)


def test_words_past_the_longest_input_are_no_names(encoder: Encoder) -> None:
    [scores] = encoder.scores([["Gemeente", "Zutphen"] * 600])
    assert (scores[-5:].argmax(axis=1) == encoder.tags.index("O")).all()


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("nl")
    made.add_pipe("annex_names", source=spacy.load(models_folder() / "nl_annex"))
    return made


def entities(doc: Doc) -> list[tuple[str, str, float]]:
    return [(span.text, span.label_, span._.get(SCORE)) for span in doc.ents]


def test_it_works_by_itself_and_stored_again(nlp: Language, tmp_path: Path) -> None:
    found = entities(nlp(TEXT))
    assert ("Stichting Waterwerk Noordhoek", "ORG") in [each[:2] for each in found]
    nlp.to_disk(tmp_path / "model")
    assert entities(spacy.load(tmp_path / "model")(TEXT)) == found
    again = spacy.blank("nl")
    again.add_pipe("annex_names")
    assert entities(again.from_bytes(nlp.to_bytes())(TEXT)) == found
    assert entities(pickle.loads(pickle.dumps(nlp.get_pipe("annex_names")))(nlp.make_doc(TEXT))) == found  # noqa: S301
    assert entities(nlp(TEXT)) == found


def test_company_and_processes_change_nothing(nlp: Language) -> None:
    texts = [TEXT, *OTHERS]
    alone = [entities(nlp(text)) for text in texts]
    assert [entities(doc) for doc in nlp.pipe(texts)] == alone
    assert [entities(doc) for doc in nlp.pipe(texts, batch_size=2, n_process=2)] == alone


def test_a_stored_doc_keeps_how_sure_the_model_is(nlp: Language) -> None:
    doc = nlp(TEXT)
    [again] = DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)
    assert entities(again) == entities(doc)
    assert all(0 < sure <= 1 for _, _, sure in entities(again))


@pytest.mark.parametrize(("first", "end"), [(1, 2), (1, 4), (2, 3), (3, 6)])
def test_what_was_set_before_stays(nlp: Language, first: int, end: int) -> None:
    doc = nlp.make_doc(TEXT)
    doc.ents = (Span(doc, first, end, label="MINE"),)
    nlp.get_pipe("annex_names")(doc)
    assert [(span.start, span.end) for span in doc.ents if span.label_ == "MINE"] == [(first, end)]
    assert "ORG" in {span.label_ for span in doc.ents}


def test_without_weights_it_says_where_they_are() -> None:
    empty = spacy.blank("nl")
    empty.add_pipe("annex_names")
    with pytest.raises(ValueError, match="load_model"):
        empty("Een tekst.")
