"""The text of a record with its spans: in colour, or with marks where there is no colour, so that nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from pipeline.cli.console import plain
from pipeline.messages import N_, _
from pipeline.showing.spans import SPAN_KINDS, Span, SpanKind
from pipeline.showing.words import ROLES


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of span is shown."""

    mark: str
    style: str


LOOKS: dict[SpanKind, Look] = {
    "organisation": Look(N_("org"), "bold cyan"),
    "location": Look(N_("loc"), "green"),
    "date": Look(N_("date"), "magenta"),
    "figure": Look(N_("fig"), "yellow"),
    "cue": Look(N_("role"), "underline"),
    "repair": Look(N_("was"), "italic red"),
    "footnote": Look(N_("note"), "dim"),
}


def coloured(text: str, spans: Sequence[Span]) -> Text:
    """Return text with its spans in colour; the innermost wins."""
    shown = Text(plain(text))
    for span in spans:
        shown.stylize(LOOKS[span.kind].style, span.start, span.end)
    for span in sorted((one for one in spans if one.kind == "footnote"), key=lambda one: -one.start):
        head, tail = shown[: span.start], shown[span.start :]
        shown = Text.assemble(head, (f"[{plain(_mark(span))}]", LOOKS["footnote"].style), tail)
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
            pieces.append(f"]({_mark(span)})")
            open_spans.remove(span)
        for span in (one for one in spans if one.start == place):
            if span.end == place:
                pieces.append(f"[{_mark(span)}]")
            else:
                pieces.append("[")
                open_spans.append(span)
    return Text(plain("".join([*pieces, text[at:]])))


def legend(kinds: Sequence[SpanKind], *, in_colour: bool) -> Text:
    """Return what the colours or marks mean, of the kinds that were shown."""
    names = [
        (_(SPAN_KINDS[kind]), LOOKS[kind].style)
        if in_colour
        else (f"[…]({_legend_mark(kind)}) {_(SPAN_KINDS[kind])}", "")
        for kind in LOOKS
        if kind in kinds
    ]
    return Text("   ").join(Text(name, style) for name, style in names)


def _legend_mark(kind: SpanKind) -> str:
    mark = _(LOOKS[kind].mark)
    return f"{mark} …" if kind == "repair" else "|".join(_(role) for role in ROLES.values()) if kind == "cue" else mark


def _mark(span: Span) -> str:
    if span.kind in {"cue", "footnote"}:
        return span.says
    mark = _(LOOKS[span.kind].mark)
    return f"{mark} {span.says}" if span.kind == "repair" else mark
