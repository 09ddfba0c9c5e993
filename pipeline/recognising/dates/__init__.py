"""Recogniser of Dutch dates: the spaCy component ``annex_dates``.

The way through: ``tokens`` (on ``lexicon`` and ``spelled``) cuts a text, ``points`` (on ``periods``, ``weeks`` and
``gaps``) reads days, months, years and periods, ``grammar`` binds them to ``expressions``, ``years`` (with ``names``)
tells years from other numbers, ``values`` (on ``calendar``) says what an expression means, ``roles`` what it is to the
project (on ``clauses``, ``subjects``, whom its clause is about, and ``moments``, on which something was counted);
``finding`` puts these together.
"""

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.recognising.dates.finding import find_dates
from pipeline.recognising.dates.values import date_value
from pipeline.recognising.groups import DATES, given_sentences

__all__ = ["DateRecogniser", "date_value", "find_dates", "make_dates"]


class DateRecogniser:
    """spaCy component `annex_dates`: puts dates in ``doc.spans["dates"]``.

    Each span has ``span._.annex_date``, a `DateMention` with exact offsets.
    """

    def __init__(self) -> None:
        DATES.register()

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["dates"]``."""
        DATES.put(doc, find_dates(doc.text, given_sentences(doc)))
        return doc


@Language.factory("annex_dates", assigns=["doc.spans"])
def make_dates(nlp: Language, name: str) -> DateRecogniser:  # noqa: ARG001  # spaCy's signature
    """Return the component."""
    return DateRecogniser()
