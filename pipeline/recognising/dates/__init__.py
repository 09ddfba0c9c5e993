"""Recogniser of Dutch dates: the spaCy component ``annex_dates``.

The way through: ``lexicon`` gives the tokens, ``grammar`` binds them to expressions, ``years`` tells years from other
numbers, ``values`` says what an expression means, ``roles`` what it is to the project; ``finding`` puts these together.
"""

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from pipeline.recognising.dates.finding import find_dates
from pipeline.recognising.dates.values import date_value

__all__ = ["DateRecogniser", "date_value", "find_dates", "make_dates"]

EXTENSION = "annex_date"


class DateRecogniser:
    """Component that puts the dates of a text in a span group.

    Parameters
    ----------
    name
        Name of the component in its pipeline.
    group
        Key in ``doc.spans`` that the spans go under. Each carries its ``DateMention`` in ``span._.annex_date``; the
        mention's offsets are exact, the span is as wide as its tokens.
    """

    def __init__(self, *, name: str = "annex_dates", group: str = "dates") -> None:
        self.name = name
        self.group = group
        if not Span.has_extension(EXTENSION):
            Span.set_extension(EXTENSION, default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Recognise the dates of a document, in place."""
        sentences = None
        if doc.has_annotation("SENT_START"):
            sentences = [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
        spans: list[Span] = []
        for mention in find_dates(doc.text, sentences):
            span = doc.char_span(mention.start, mention.end, label="DATE", alignment_mode="expand")
            if span is None:
                continue
            span._.set(EXTENSION, mention)
            spans.append(span)
        doc.spans[self.group] = SpanGroup(doc, name=self.group, spans=spans)
        return doc


@Language.factory("annex_dates", assigns=["doc.spans"], default_config={"group": "dates"})
def make_dates(nlp: Language, name: str, group: str) -> DateRecogniser:  # noqa: ARG001
    """Make the recogniser of dates for a spaCy pipeline."""
    return DateRecogniser(name=name, group=group)
