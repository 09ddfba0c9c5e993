"""Recognise what a section names, as spaCy components that work in any spaCy program."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from pipeline.recognising.extents import Extents
from pipeline.register import Overlay
from pipeline.resources import models_folder
from pipeline.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from pipeline.recognising.fields import Piece
    from pipeline.recognising.organisations import OrganisationRecogniser
    from pipeline.recognising.spans import (
        DateMention,
        FigureMention,
        LocationMention,
        OrganisationMention,
        RoleMention,
    )
    from pipeline.segmenting.sections import Field

DEFAULT_MODEL = "nl_annex"
COMPONENTS = ("annex_dates", "annex_organisations", "annex_locations", "annex_figures", "annex_roles")
"""The recognisers, in the order in which they build on each other."""

Apart = TypeVar("Apart", "LocationMention", "FigureMention")
Moved = TypeVar("Moved", "DateMention", "FigureMention", "LocationMention", "OrganisationMention")


@dataclass(frozen=True, slots=True)
class Recognition:
    """All that was recognised in one text, each list in text order."""

    organisations: list[OrganisationMention]
    locations: list[LocationMention]
    dates: list[DateMention]
    figures: list[FigureMention]
    roles: list[RoleMention]


def load_model(name: str = DEFAULT_MODEL, *, overlay: Overlay | None = None) -> Language:
    """Return a spaCy pipeline with every recogniser as a component of it.

    Parameters
    ----------
    name
        ``nl_annex``, ``nl_annex_fast``, or the name or folder of any other spaCy pipeline, to which the recognisers
        are added; its entities with the label ORG are taken for organisations.
    overlay
        What a steward lays over the register, none by default. A pipeline is loaded once per process for each; one
        that is saved to disk does not keep it.

    Raises
    ------
    OSError
        When spaCy knows no pipeline of that name.
    """
    return _loaded(name, overlay or Overlay())


def model_version(name: str) -> str:
    """Return the name and version of a spaCy pipeline, without loading it.

    Parameters
    ----------
    name
        As `load_model` takes it.

    Raises
    ------
    OSError
        When spaCy knows no pipeline of that name.
    """
    for folder in (models_folder() / name, Path(name)):
        if (folder / "meta.json").is_file():
            meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            return f"{meta['name']} {meta['version']}"
    try:
        return f"{name} {metadata.version(name)}"
    except (metadata.PackageNotFoundError, ValueError):
        raise OSError(f"no spaCy pipeline is called {name!r}") from None


@lru_cache(maxsize=2)
def _loaded(name: str, overlay: Overlay) -> Language:
    import spacy  # spaCy loads on first use

    own = models_folder() / name
    nlp = spacy.load(own if (own / "config.cfg").is_file() else name)
    for factory in COMPONENTS:
        if not nlp.has_pipe(factory):
            nlp.add_pipe(factory)
    nlp.max_length = Limits().characters  # spaCy's own limit is meant for parsers
    cast("OrganisationRecogniser", nlp.get_pipe("annex_organisations")).overlay = overlay
    return nlp


def recognise_texts(
    nlp: Language, texts: Sequence[str], fields: Sequence[Sequence[Field]] | None = None
) -> list[Recognition]:
    """Recognise the texts of one annex together: what one tells of a name holds for all.

    Parameters
    ----------
    texts
        The body of a section or a heading, each.
    fields
        The labelled values of each text, none by default. A value is read by itself, with what its label says of it;
        the labels are not read.
    """
    from pipeline.recognising.fields import pieces_of, relabel  # needs spaCy
    from pipeline.recognising.organisations import register_of, spread

    register = register_of(nlp)
    divided = [pieces_of(text, own) for text, own in zip(texts, fields or [()] * len(texts), strict=True)]
    pieces = [(text, piece) for text, own in zip(texts, divided, strict=True) for piece in own]
    docs = list(nlp.pipe([piece.text for _, piece in pieces], disable=["annex_roles"]))  # roles need all names: last
    labelled = [
        relabel(doc, piece.field, text[slice(*piece.field.label)], register) if piece.field else None
        for doc, (text, piece) in zip(docs, pieces, strict=True)
    ]
    spread(docs, register)
    settled = {
        text for (text, _), own in zip(pieces, labelled, strict=True) if any(r.role == "executor" for r in own or ())
    }
    found = iter(
        [
            _moved(_read(doc, own, is_settled=text in settled), piece)
            for doc, (text, piece), own in zip(docs, pieces, labelled, strict=True)
        ]
    )
    return [_joined([next(found) for _ in own]) for own in divided]


def _read(doc: Doc, labelled: list[RoleMention] | None, *, is_settled: bool) -> Recognition:
    """Return what a piece holds, offsets into it; `is_settled`: a label of its text says who carries out."""
    from pipeline.recognising.groups import DATES, FIGURES, LOCATIONS, ORGANISATIONS  # needs spaCy
    from pipeline.recognising.roles import find_roles

    organisations = ORGANISATIONS.of(doc)
    return Recognition(
        organisations,
        _apart(LOCATIONS.of(doc), organisations),
        DATES.of(doc),
        _apart(FIGURES.of(doc), organisations),
        find_roles(doc.text, organisations, is_settled=is_settled) if labelled is None else labelled,
    )


def _moved(found: Recognition, piece: Piece) -> Recognition:
    """Return it with offsets into the whole text."""
    by = piece.start

    def moved(mentions: list[Moved]) -> list[Moved]:
        return [replace(m, start=m.start + by, end=m.end + by) for m in mentions]

    def role(mention: RoleMention) -> RoleMention:
        return replace(
            mention,
            target_start=mention.target_start + by,
            target_end=mention.target_end + by,
            cue_start=mention.cue_start + by,
            cue_end=mention.cue_end + by,
        )

    return Recognition(
        moved(found.organisations),
        moved(found.locations),
        moved(found.dates),
        moved(found.figures),
        [role(r) for r in found.roles],
    )


def _joined(parts: Sequence[Recognition]) -> Recognition:
    """Return what the pieces of one text hold, together."""
    return Recognition(
        [m for part in parts for m in part.organisations],
        [m for part in parts for m in part.locations],
        [m for part in parts for m in part.dates],
        [m for part in parts for m in part.figures],
        [m for part in parts for m in part.roles],
    )


def _apart(mentions: list[Apart], organisations: Iterable[OrganisationMention]) -> list[Apart]:
    """Return the mentions that overlap with no organisation."""
    taken = Extents((o.start, o.end) for o in organisations)
    return [m for m in mentions if not taken.overlaps(m.start, m.end)]
