"""Use what a label says of its value: roles of names, what dates and numbers are, where it speaks of places.

A value is a text of its own, so that no name, list or sentence runs on over its end. The components for prose have read
it; `relabel` puts right in their groups what the label tells better. `labels` reads the label, `members` and `names`
the lists of bodies, `dates`, `numbers` and `places` the rest.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from pipeline.recognising.dates.finding import find_dates
from pipeline.recognising.extents import Extents
from pipeline.recognising.fields.dates import DATED, labelled_dates, said_by_label, years_of_amounts
from pipeline.recognising.fields.labels import is_funding, is_reference, is_weak_executor, measure, money, year_of
from pipeline.recognising.fields.lines import flattened
from pipeline.recognising.fields.names import LabelledName, labelled_names
from pipeline.recognising.fields.numbers import counted_figures, money_figures
from pipeline.recognising.fields.places import labelled_places
from pipeline.recognising.fields.vocabulary import CONFIDENCE
from pipeline.recognising.groups import DATES, FIGURES, LOCATIONS, ORGANISATIONS
from pipeline.recognising.spans import FigureMention, Role, RoleMention
from pipeline.register import Register
from pipeline.segmenting.sections import BODIES, Field, FieldKind

__all__ = ["Piece", "pieces_of", "relabel"]

_ROLES: dict[str, Role] = {
    "executor": "executor",
    "partner": "partner",
    "commissioner": "commissioner",
    "funder": "funder",
}
_LONGEST = 4000
"""Code points of a value that its label speaks for: what is longer is prose."""
_LINE = re.compile(r"[^\n]+")
_UNREAD: frozenset[FieldKind] = frozenset({"title", "number"})
_PROSE: frozenset[FieldKind] = frozenset({"description", "status"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that is read by itself: prose, or the value of one field."""

    start: int
    text: str
    """Of the length that it has in the whole; the lines of a cell are one."""
    field: Field | None = None


def pieces_of(text: str, fields: Sequence[Field]) -> list[Piece]:
    """Divide a text into its values and the prose around them, in order; labels, titles and numbers are left out."""
    pieces = []
    at = 0
    settled = _settled(text, fields)
    spans = sorted((span, number, field) for field in settled for number, span in enumerate((field.label, field.value)))
    for (start, end), is_value, field in spans:
        if start < at:
            continue
        pieces.append(Piece(at, text[at:start]))
        at = end
        if is_value and field.kind not in _UNREAD:
            pieces += _of_value(start, text[start:end], field)
    pieces.append(Piece(at, text[at:]))
    kept = [piece for piece in pieces if any(letter.isalnum() for letter in piece.text)]
    return kept or [Piece(0, text)]


def _settled(text: str, fields: Sequence[Field]) -> list[Field]:
    """Return the fields; one for who asked for the project gives no role where another says who carries it out."""
    is_weak = [field.kind == "executor" and is_weak_executor(text[slice(*field.label)]) for field in fields]
    executors = [f for f, weak in zip(fields, is_weak, strict=True) if f.kind == "executor" and not weak]
    if not any(f.value[0] < f.value[1] for f in executors):
        return list(fields)
    return [replace(f, kind="organisation") if weak else f for f, weak in zip(fields, is_weak, strict=True)]


def _of_value(start: int, value: str, field: Field) -> list[Piece]:
    """Return the pieces of a value: one, or where it is prose, one for each of its paragraphs."""
    if field.kind is not None and field.kind not in _PROSE:
        return [Piece(start, flattened(value), field)]
    return [Piece(start + line.start(), line[0], field) for line in _LINE.finditer(value)]


def relabel(doc: Doc, field: Field, label: str, register: Register) -> list[RoleMention] | None:
    """Put the groups of a value right by its label, and return the roles that it and its label give.

    Parameters
    ----------
    doc
        The value, read by the components for prose; changed.
    label
        The words of the label.
    register
        The bodies that are known by name.

    Returns
    -------
    list of RoleMention or None
        Offsets into the value; where the label itself is the cue, the cue's lie before it and are negative. None where
        the label speaks of no bodies, so that the rules for prose hold.
    """
    roles: list[RoleMention] | None = None
    if len(doc.text) > _LONGEST:
        return None
    _dates(doc, field.kind, label)
    if field.kind in BODIES:
        names = labelled_names(doc.text, label, ORGANISATIONS.of(doc), register)
        ORGANISATIONS.put(doc, [name.mention for name in names])
        roles = [role for name in names for role in _role(name, field)]
    elif field.kind == "location":
        places, bodies = labelled_places(doc.text, label, ORGANISATIONS.of(doc), DATES.extents(doc))
        ORGANISATIONS.put(doc, bodies)
        LOCATIONS.put(doc, places)
    elif field.kind == "money" and is_funding(label):
        names = [LabelledName(mention, "funder", None) for mention in ORGANISATIONS.of(doc)]
        roles = [role for name in names for role in _role(name, field)]
    _numbers(doc, field.kind, label)
    return roles


def _role(name: LabelledName, field: Field) -> list[RoleMention]:
    start, end = name.mention.start, name.mention.end
    if name.role is not None and name.cue is not None:
        return [RoleMention(start, end, name.role, *name.cue, CONFIDENCE["turn"])]
    role = name.role or _ROLES.get(field.kind or "")
    if role is None or not name.is_member or field.label[0] == field.label[1]:
        return []
    cue = (field.label[0] - field.value[0], field.label[1] - field.value[0])
    return [RoleMention(start, end, role, *cue, CONFIDENCE["label"])]


def _dates(doc: Doc, kind: FieldKind | None, label: str) -> None:
    year = year_of(label)
    if kind is not None and kind in DATED:
        dates = find_dates(doc.text, is_labelled=True, year=year)
        found = labelled_dates(dates, kind, label)
        is_open = kind == "date" and not is_reference(label)
        DATES.put(doc, said_by_label(doc.text, label, found) if is_open else found)
    elif kind == "money":
        DATES.put(doc, years_of_amounts(doc.text, DATES.of(doc)))
    else:
        found = DATES.of(doc) if year is None else find_dates(doc.text, year=year)
        DATES.put(doc, said_by_label(doc.text, label, found))


def _numbers(doc: Doc, kind: FieldKind | None, label: str) -> None:
    taken = [*DATES.extents(doc), *ORGANISATIONS.extents(doc)]
    occupied = Extents(taken)
    found: list[FigureMention] = [m for m in FIGURES.of(doc) if not occupied.overlaps(m.start, m.end)]
    if kind == "money":
        found = money_figures(doc.text, money(label), found, taken)
    else:
        unit = measure(label)
        found = counted_figures(doc.text, unit, found, taken) if unit else found
    FIGURES.put(doc, found)
