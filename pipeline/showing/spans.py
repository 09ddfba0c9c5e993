"""Where in the title and text of a record something was found, and what that says, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from pipeline.messages import N_, _
from pipeline.records.models import ProjectRecord, TextField
from pipeline.showing.words import ROLES, date_words, figure_words

SpanKind = Literal["organisation", "location", "date", "figure", "cue", "repair", "footnote"]
SPAN_KINDS: dict[SpanKind, str] = {
    "organisation": N_("organisation"),
    "location": N_("place"),
    "date": N_("date"),
    "figure": N_("figure"),
    "cue": N_("words that give a role"),
    "repair": N_("repaired letters"),
    "footnote": N_("footnote"),
}
"""In the order in which those that begin and end together stand around each other."""

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a title or text; a footnote is a point in it."""

    kind: SpanKind
    start: int
    end: int
    says: str
    """The body or place it names, the days or amount it comes to, the role it gives, the letters that the source has,
    the marker of the footnote."""


@dataclass(frozen=True, slots=True)
class Piece(Generic[M]):
    """A stretch of text over which the same spans lie."""

    start: int
    end: int
    """The same as `start` where a point stands."""
    text: str
    marks: tuple[M, ...]
    """Those of the spans, outer ones first."""


def spans_of(record: ProjectRecord, field: TextField) -> list[Span]:
    """Return the spans of one field of a record, outer ones before inner ones.

    A cue that gives several organisations a role is one span.
    """
    once = dict.fromkeys(_spans(record, field))
    return sorted(once, key=lambda span: (span.start, -span.end, list(SPAN_KINDS).index(span.kind)))


def pieces(text: str, spans: Sequence[tuple[int, int, M]]) -> list[Piece[M]]:
    """Cut a text where spans begin and end; they may nest and overlap.

    Parameters
    ----------
    spans
        Of each the start, the end and what the pieces get of it, outer ones before inner ones; those that end where
        they start are points, and stand between two pieces as a piece of their own without text.
    """
    edges = sorted({0, len(text), *(edge for start, end, _mark in spans for edge in (start, end))})
    starting: dict[int, list[tuple[int, M]]] = {}
    for start, end, mark in spans:
        starting.setdefault(start, []).append((end, mark))
    cut: list[Piece[M]] = []
    lying: list[tuple[int, M]] = []
    for start, end in zip(edges, [*edges[1:], len(text)], strict=True):
        lying = [one for one in lying if one[0] > start]
        new = starting.get(start, [])
        cut += [Piece(start, start, "", (mark,)) for stop, mark in new if stop == start]
        lying += [one for one in new if one[0] > start]
        if start < end:
            cut.append(Piece(start, end, text[start:end], tuple(mark for _stop, mark in lying)))
    return cut


def _spans(record: ProjectRecord, field: TextField) -> Iterator[Span]:
    for organisation in record.organisations:
        for mention in organisation.mentions:
            if mention.field == field:
                yield Span("organisation", mention.start, mention.end, organisation.name)
        for role in organisation.roles:
            if role.cue.field == field:
                yield Span("cue", role.cue.start, role.cue.end, _(ROLES[role.role]))
    for location in record.locations:
        for mention in location.mentions:
            if mention.field == field:
                yield Span("location", mention.start, mention.end, location.name)
    for repair in record.repairs:
        if repair.field == field:
            yield Span("repair", repair.start, repair.end, repair.raw)
    if field == "title":
        return
    for one in record.dates:
        yield Span("date", one.start, one.end, date_words(one))
    for figure in record.figures:
        yield Span("figure", figure.start, figure.end, figure_words(figure))
    for footnote in record.footnotes:
        yield Span("footnote", footnote.anchor, footnote.anchor, footnote.marker)
