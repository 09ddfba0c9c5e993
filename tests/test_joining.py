"""What the trained model may set against the rules, in one text and over an annex."""

import pytest
import spacy
from spacy.tokens import Span

from pipeline.recognising.groups import ORGANISATIONS
from pipeline.recognising.organisations.annex import spread
from pipeline.recognising.organisations.joining import Entity, join
from pipeline.recognising.spans import OrganisationMention
from pipeline.register import shipped


@pytest.mark.parametrize(
    ("source", "label", "score", "kept"),
    [
        ("cue", "PRODUCT", 0.6, False),
        ("cue", "PRODUCT", 0.4, True),
        ("cue", "GEO", 0.6, True),
        ("cue", "GEO", 0.9, False),
        ("shape", "PRODUCT", 0.6, True),
        ("shape", "PRODUCT", 0.9, False),
        ("register", "PRODUCT", 0.9, True),
    ],
)
def test_a_doubted_thing_outweighs_only_surroundings(source: str, label: str, score: float, kept: bool) -> None:  # noqa: FBT001
    mention = OrganisationMention(0, 8, 0.85, source)  # type: ignore[arg-type]
    found = join([mention], [Entity(0, 8, label, score)], [], lambda _: True)
    assert [(m.start, m.end) for m in found] == ([(0, 8)] if kept else [])


@pytest.mark.parametrize(
    ("source", "label", "found"), [("cue", "TITLE", False), ("cue", "GEO", True), ("shape", "TITLE", True)]
)
def test_what_surroundings_tell_does_not_hold_where_the_model_sees_a_thing(
    source: str,
    label: str,
    found: bool,  # noqa: FBT001
) -> None:
    nlp = spacy.blank("nl")
    first, second = nlp("Dit doet Groenveld nu."), nlp("Wij kozen Groenveld daarna.")
    ORGANISATIONS.register()
    ORGANISATIONS.put(first, [OrganisationMention(9, 18, 0.88, source)])  # type: ignore[arg-type]
    ORGANISATIONS.put(second, [])
    second.ents = [Span(second, 2, 3, label=label)]
    spread([first, second], shipped())
    assert [(m.start, m.end) for m in ORGANISATIONS.of(second)] == ([(10, 19)] if found else [])
