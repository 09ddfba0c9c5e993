"""Recognise what a section names, as spaCy components that work in any spaCy program."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from pipeline.recognising.extents import Extents
from pipeline.resources import models_folder
from pipeline.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.language import Language

    from pipeline.recognising.spans import (
        DateMention,
        FigureMention,
        LocationMention,
        OrganisationMention,
        RoleMention,
    )

DEFAULT_MODEL = "nl_annex"

Apart = TypeVar("Apart", "LocationMention", "FigureMention")


@dataclass(frozen=True, slots=True)
class Recognition:
    """All that was recognised in one text, each list in text order."""

    organisations: list[OrganisationMention]
    locations: list[LocationMention]
    dates: list[DateMention]
    figures: list[FigureMention]
    roles: list[RoleMention]


@cache
def load_model() -> Language:
    """Return the spaCy pipeline that ships, every recogniser a component of it; loaded once per process."""
    import spacy  # spaCy loads on first use

    config = spacy.util.load_config(models_folder() / DEFAULT_MODEL / "config.cfg")
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    nlp.meta["name"] = DEFAULT_MODEL
    nlp.max_length = Limits().characters  # spaCy's own limit is meant for parsers
    return nlp


def recognise_texts(nlp: Language, texts: Sequence[str]) -> list[Recognition]:
    """Recognise the texts of one annex together: what one tells of a name holds for all.

    A text is the body of a section or a heading.
    """
    from pipeline.recognising.groups import DATES, FIGURES, LOCATIONS, ORGANISATIONS  # needs spaCy
    from pipeline.recognising.organisations import spread
    from pipeline.recognising.roles import find_roles

    docs = list(nlp.pipe(texts, disable=["annex_roles"]))  # roles need all names: they come last, below
    spread(docs)
    return [
        Recognition(
            organisations := ORGANISATIONS.of(doc),
            _apart(LOCATIONS.of(doc), organisations),
            DATES.of(doc),
            _apart(FIGURES.of(doc), organisations),
            find_roles(doc.text, organisations),
        )
        for doc in docs
    ]


def _apart(mentions: list[Apart], organisations: Iterable[OrganisationMention]) -> list[Apart]:
    """Return the mentions that overlap with no organisation."""
    taken = Extents((o.start, o.end) for o in organisations)
    return [m for m in mentions if not taken.overlaps(m.start, m.end)]
