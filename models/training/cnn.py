"""Trains spaCy's own CNN on the training text, for very large batches: less accurate, many times faster."""

import random
from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import filter_spans
from thinc.api import fix_random_seed

from models.training.examples import Variation
from models.training.passages import Sentence
from models.training.splits import Split

_ROUNDS = 14
_DROPPED = 0.2
_BATCH = 24
"""Passages."""
_TOK2VEC = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": 128,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [5000, 1000, 2500, 2500],
        "include_static_vectors": False,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 128,
        "depth": 4,
        "window_size": 1,
        "maxout_pieces": 3,
    },
}
_MODEL = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "tok2vec": _TOK2VEC,
}


def add_cnn(nlp: Language, parts: Split, *, seed: int, tell: Callable[[str], None]) -> None:
    """Add the component ``ner`` and train it on the train part.

    Parameters
    ----------
    nlp
        A pipeline without trained components.
    seed
        Of the weights, the order and the guises.
    tell
        Called with a line after each round.
    """
    fix_random_seed(seed)
    chance = random.Random(seed)  # noqa: S311  # no secret
    variation = Variation(parts.train, seed)
    blank = spacy.blank("nl")
    nlp.add_pipe("ner", config={"model": _MODEL})
    first = [_example(blank, sentences) for sentences in variation.round(parts.train)]
    with nlp.select_pipes(enable=["ner"]):
        optimiser = nlp.initialize(lambda: first)
        for number in range(_ROUNDS):
            examples = [_example(blank, sentences) for sentences in variation.round(parts.train)]
            chance.shuffle(examples)
            losses: dict[str, float] = {}
            for at in range(0, len(examples), _BATCH):
                nlp.update(examples[at : at + _BATCH], drop=_DROPPED, sgd=optimiser, losses=losses)
            tell(f"round {number + 1} of {_ROUNDS}: loss {losses['ner']:.0f}")


def _example(blank: Language, sentences: tuple[Sentence, ...]) -> Example:
    text = " ".join(sentence.text for sentence in sentences)
    doc = blank.make_doc(text)
    gold = Doc(blank.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
    spans = []
    at = 0
    for sentence in sentences:
        for name in sentence.names:
            span = gold.char_span(at + name.start, at + name.end, label=name.label.upper(), alignment_mode="expand")
            if span is not None:
                spans.append(span)
        at += len(sentence.text) + 1
    gold.ents = filter_spans(spans)
    return Example(doc, gold)
