"""Divide a doc into the windows that the encoder sees: whole sentences that follow each other."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

_LONGEST = 120
"""Words; the passages of the training text are no longer, and time grows with the square of it."""


def windows(doc: Doc) -> Iterator[list[Token]]:
    """Give the words, white space left out, in windows of at most 120: as many sentences as fit, a long one cut.

    A doc whose sentences nobody has split is cut by length alone.
    """
    window: list[Token] = []
    for sentence in _sentences(doc):
        if window and len(window) + len(sentence) > _LONGEST:
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


def _sentences(doc: Doc) -> Iterator[list[Token]]:
    spans = doc.sents if doc.has_annotation("SENT_START") else [doc[:]]
    for span in spans:
        yield [token for token in span if not token.is_space]
