"""Figures: numbers in Dutch text with what they count or measure."""

from collections.abc import Iterable, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.recognising.figures.find import find_figures, read_value

__all__ = ["Figures", "find_figures", "make_figures", "read_value"]


class Figures:
    """Put every figure of a doc into ``doc.spans["figures"]``, each with its mention on ``span._.annex_figure``.

    Works by itself; where dates and organisations were found before, no figure is read inside them.

    Parameters
    ----------
    spans_key
        The group of spans that is written.
    exclude
        The groups of spans in which no figure may lie.
    """

    def __init__(self, *, spans_key: str = "figures", exclude: Sequence[str] = ("dates", "organisations")) -> None:
        self.spans_key = spans_key
        self.exclude = tuple(exclude)
        if not Span.has_extension("annex_figure"):
            Span.set_extension("annex_figure", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Find the figures of a doc."""
        excluded = [extent for key in self.exclude if key in doc.spans for extent in _extents(doc.spans[key])]
        sentences = [(s.start_char, s.end_char) for s in doc.sents] if doc.has_annotation("SENT_START") else None
        spans = []
        for mention in find_figures(doc.text, exclude=excluded, sentences=sentences):
            span = doc.char_span(mention.start, mention.end, label="figure", alignment_mode="expand")
            if span is not None:
                span._.annex_figure = mention
                spans.append(span)
        doc.spans[self.spans_key] = spans
        return doc


def _extents(spans: Iterable[Span]) -> Iterable[tuple[int, int]]:
    """Give the exact extent of spans: that of the mention where one is known."""
    for span in spans:
        mention = span._.annex_date if Span.has_extension("annex_date") else None
        yield (span.start_char, span.end_char) if mention is None else (mention.start, mention.end)


@Language.factory(
    "annex_figures",
    assigns=["doc.spans"],
    default_config={"spans_key": "figures", "exclude": ["dates", "organisations"]},
)
def make_figures(nlp: Language, name: str, spans_key: str, exclude: list[str]) -> Figures:  # noqa: ARG001
    """Make the component."""
    return Figures(spans_key=spans_key, exclude=exclude)
