"""The text of a record with its spans: in colour, or with marks where there is no colour, so that nothing is lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.text import Text

from pipeline.cli.console import plain
from pipeline.messages import N_, _
from pipeline.records.models import ProjectRecord
from pipeline.showing.words import ROLES

Kind = Literal["organisation", "location", "date", "figure", "cue", "repair", "footnote"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of span is shown."""

    name: str
    mark: str
    style: str


LOOKS: dict[Kind, Look] = {
    "organisation": Look(N_("organisation"), N_("org"), "bold cyan"),
    "location": Look(N_("place"), N_("loc"), "green"),
    "date": Look(N_("date"), N_("date"), "magenta"),
    "figure": Look(N_("figure"), N_("fig"), "yellow"),
    "cue": Look(N_("words that give a role"), N_("role"), "underline"),
    "repair": Look(N_("repaired letters"), N_("was"), "italic red"),
    "footnote": Look(N_("footnote"), N_("note"), "dim"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the text to show; a footnote is a point in it."""

    kind: Kind
    start: int
    end: int
    mark: str


def spans_of(record: ProjectRecord, field: Literal["title", "text"]) -> list[Span]:
    """Return the spans of one field of a record, outer ones before inner ones.

    A cue that gives several organisations a role is one span.
    """
    once = dict.fromkeys(_spans(record, field))
    return sorted(once, key=lambda span: (span.start, -span.end, list(LOOKS).index(span.kind)))


def coloured(text: str, spans: Sequence[Span]) -> Text:
    """Return text with its spans in colour; the innermost wins."""
    shown = Text(plain(text))
    for span in spans:
        shown.stylize(LOOKS[span.kind].style, span.start, span.end)
    for span in sorted((one for one in spans if one.kind == "footnote"), key=lambda one: -one.start):
        head, tail = shown[: span.start], shown[span.start :]
        shown = Text.assemble(head, (f"[{plain(span.mark)}]", LOOKS["footnote"].style), tail)
    return shown


def marked(text: str, spans: Sequence[Span]) -> Text:
    """Return text with its spans as ``[words](kind)``."""
    pieces: list[str] = []
    at = 0
    open_spans: list[Span] = []
    for place in sorted({edge for span in spans for edge in (span.start, span.end)}):
        pieces.append(text[at:place])
        at = place
        for span in [one for one in reversed(open_spans) if one.end == place]:
            pieces.append(f"]({span.mark})")
            open_spans.remove(span)
        for span in (one for one in spans if one.start == place):
            if span.end == place:
                pieces.append(f"[{span.mark}]")
            else:
                pieces.append("[")
                open_spans.append(span)
    return Text(plain("".join([*pieces, text[at:]])))


def legend(kinds: Sequence[Kind], *, in_colour: bool) -> Text:
    """Return what the colours or marks mean, of the kinds that were shown."""
    names = [
        (_(LOOKS[kind].name), LOOKS[kind].style)
        if in_colour
        else (f"[…]({_legend_mark(kind)}) {_(LOOKS[kind].name)}", "")
        for kind in LOOKS
        if kind in kinds
    ]
    return Text("   ").join(Text(name, style) for name, style in names)


def _legend_mark(kind: Kind) -> str:
    mark = _(LOOKS[kind].mark)
    return f"{mark} …" if kind == "repair" else "|".join(_(role) for role in ROLES.values()) if kind == "cue" else mark


def _spans(record: ProjectRecord, field: Literal["title", "text"]) -> Iterator[Span]:
    for organisation in record.organisations:
        for mention in organisation.mentions:
            if mention.field == field:
                yield Span("organisation", mention.start, mention.end, _(LOOKS["organisation"].mark))
        for role in organisation.roles:
            if role.cue.field == field:
                yield Span("cue", role.cue.start, role.cue.end, _(ROLES[role.role]))
    for location in record.locations:
        for mention in location.mentions:
            if mention.field == field:
                yield Span("location", mention.start, mention.end, _(LOOKS["location"].mark))
    for repair in record.repairs:
        if repair.field == field:
            yield Span("repair", repair.start, repair.end, f"{_(LOOKS['repair'].mark)} {repair.raw}")
    if field == "title":
        return
    for one in record.dates:
        yield Span("date", one.start, one.end, _(LOOKS["date"].mark))
    for figure in record.figures:
        yield Span("figure", figure.start, figure.end, _(LOOKS["figure"].mark))
    for footnote in record.footnotes:
        yield Span("footnote", footnote.anchor, footnote.anchor, footnote.marker)
