"""Find where the sentences of a Dutch text begin, abbreviations and list items understood."""

import re
from collections.abc import Iterator
from typing import Any

import numpy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.resources import vocabulary

_ABBREVIATIONS = frozenset(vocabulary("recognising/sentences.toml")["abbreviations"])
_END = re.compile(r"[.!?…][)’”'\"]*\s+(?=[‘“\"'(]*[^\W_a-z])|\n\s*\n|\n(?=\s*(?:[-–•]|\(?\w{1,3}\))\s)")
_LAST_WORD = re.compile(r"\S+$")


def sentence_starts(text: str) -> Iterator[int]:
    """Give the offset of the first letter of each sentence, in order."""
    yield 0
    for match in _END.finditer(text):
        if match[0][0] == "." and _is_abbreviation(text, match.start()):
            continue
        if match.end() < len(text):
            yield match.end()


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """Return ``(start, end)`` of each sentence, in order; together they cover the text."""
    starts = list(sentence_starts(text))
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _is_abbreviation(text: str, stop: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation or an initial."""
    before = _LAST_WORD.search(text, max(0, stop - 12), stop)
    if before is None:
        return False
    word = before[0].lstrip("(‘“\"'[")
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper()) or (word.isdigit() and len(word) < 3)


class SentenceSplitter:
    """spaCy component `annex_sentences`: sets the starts of sentences."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``token.is_sent_start`` of every token."""
        starts = set(sentence_starts(doc.text))
        begins = [1 if token.i == 0 or token.idx in starts else -1 for token in doc]
        if begins:
            values: Any = numpy.asarray(begins, dtype="int64").astype("uint64").reshape(-1, 1)
            doc.from_array(["SENT_START"], values)
        return doc


@Language.factory("annex_sentences", assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> SentenceSplitter:  # noqa: ARG001  # spaCy's signature
    """Return the component."""
    return SentenceSplitter()
