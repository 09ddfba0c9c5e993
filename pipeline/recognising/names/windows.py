"""Divide a doc into the windows that the encoder sees: whole sentences that follow each other."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

_LONGEST = 120
"""Words; the passages of the training text are no longer, and time grows with the square of it."""


def windows(doc: Doc) -> Iterator[list[Token]]:
    """Give the words, white space left out, in windows of at most 120: as many sentences as fit, a long one cut.

    A paragraph begins a new window: what the model sees in it does not change with the paragraphs before it.
    A doc whose sentences nobody has split is cut by length alone.
    """
    window: list[Token] = []
    for sentence in _sentences(doc):
        if window and (len(window) + len(sentence) > _LONGEST or _is_parted(window[-1], sentence)):
            yield window
            window = []
        for start in range(0, len(sentence), _LONGEST):
            piece = sentence[start : start + _LONGEST]
            if len(window) + len(piece) > _LONGEST:
                yield window
                window = []
            window += piece
    if window:
        yield window


def _is_parted(last: Token, sentence: list[Token]) -> bool:
    """Whether an empty line stands between a word and a sentence."""
    if not sentence:
        return False
    between = last.doc.text[last.idx + len(last) : sentence[0].idx]
    return between.count("\n") > 1


def _sentences(doc: Doc) -> Iterator[list[Token]]:
    spans = doc.sents if doc.has_annotation("SENT_START") else [doc[:]]
    for span in spans:
        yield [token for token in span if not token.is_space]
