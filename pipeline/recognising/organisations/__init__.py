"""The spaCy component that recognises organisations."""

from collections.abc import Iterator
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.overlay import read_overlay
from pipeline.recognising.groups import DATES, ORGANISATIONS
from pipeline.recognising.names import SCORE
from pipeline.recognising.organisations.annex import spread
from pipeline.recognising.organisations.context import is_described_as_body
from pipeline.recognising.organisations.finding import find_organisations
from pipeline.recognising.organisations.joining import Entity
from pipeline.register import Overlay, Register, register_with, shipped

__all__ = [
    "OrganisationRecogniser",
    "find_organisations",
    "is_described_as_body",
    "make_organisations",
    "register_of",
    "spread",
]

_FACTORY = "annex_organisations"
_BY_MODEL = 0.75
"""Score of an entity whose model states none: enough to be taken for a body, too little to overrule the rules."""


class OrganisationRecogniser:
    """spaCy component `annex_organisations`: puts organisations in ``doc.spans["organisations"]``.

    Each span has ``span._.annex_organisation``, an `OrganisationMention` with exact offsets. Entities of a trained
    model before it have a say (`joining`). Dates that a component before it
    found are left alone.

    Parameters
    ----------
    overlay
        What a steward lays over the register that ships: their bodies are found, what they deny is not.
    """

    def __init__(self, *, overlay: Overlay) -> None:
        ORGANISATIONS.register()
        self.overlay = overlay

    @cached_property
    def register(self) -> Register:
        """The bodies that it knows by name; read when first wanted."""
        return register_with(self.overlay)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.spans["organisations"]``."""
        mentions = find_organisations(doc.text, DATES.extents(doc), self.register, list(_entities(doc)))
        kept = [m for m in mentions if not self.register.denies(doc.text[m.start : m.end], m.name)]
        ORGANISATIONS.put(doc, sorted(kept, key=lambda m: m.start))
        return doc


def _entities(doc: Doc) -> Iterator[Entity]:
    """Give the entities that a trained model before it has set; those of other programs state no score."""
    for span in doc.ents:
        score = span._.get(SCORE) if Span.has_extension(SCORE) else None
        yield Entity(span.start_char, span.end_char, span.label_, _BY_MODEL if score is None else score)


def register_of(nlp: Language) -> Register:
    """Return the register that a pipeline finds organisations by; the one that ships where it finds none."""
    if not nlp.has_pipe(_FACTORY):
        return shipped()
    component = nlp.get_pipe(_FACTORY)
    return component.register if isinstance(component, OrganisationRecogniser) else shipped()


@Language.factory(_FACTORY, default_config={"overlay": None}, assigns=["doc.spans"])
def make_organisations(nlp: Language, name: str, overlay: str | None) -> OrganisationRecogniser:  # noqa: ARG001  # spaCy's signature
    """Return the component; `overlay` is the folder that a steward keeps, none by default."""
    return OrganisationRecogniser(overlay=read_overlay(overlay) if overlay else Overlay())
