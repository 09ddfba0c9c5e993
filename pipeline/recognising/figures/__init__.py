"""Figures: numbers in Dutch text with what they count or measure."""

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.recognising.figures.find import find_figures, read_value
from pipeline.recognising.groups import DATES, FIGURES, ORGANISATIONS, given_sentences
from pipeline.recognising.numerals import read_number

__all__ = ["FigureRecogniser", "find_figures", "make_figures", "read_number", "read_value"]


class FigureRecogniser:
    """spaCy component `annex_figures`: puts figures in ``doc.spans["figures"]``.

    Each span has ``span._.annex_figure``, a `FigureMention` with exact offsets. Where dates and organisations were
    found before, no figure is read inside them.
    """

    def __init__(self) -> None:
        FIGURES.register()

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["figures"]``."""
        taken = [*DATES.extents(doc), *ORGANISATIONS.extents(doc)]
        FIGURES.put(doc, find_figures(doc.text, exclude=taken, sentences=given_sentences(doc)))
        return doc


@Language.factory("annex_figures", assigns=["doc.spans"])
def make_figures(nlp: Language, name: str) -> FigureRecogniser:  # noqa: ARG001  # spaCy's signature
    """Return the component."""
    return FigureRecogniser()
