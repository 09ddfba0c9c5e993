"""Text with marks as HTML: every letter of the text escaped, every mark an element."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from pipeline.messages import _
from pipeline.records.models import ProjectRecord, TextField
from pipeline.showing.spans import SPAN_KINDS, Span, pieces, spans_of


@dataclass(frozen=True, slots=True)
class Element:
    """What stands around a marked stretch of text."""

    tag: Literal["mark", "ins", "del"]
    kind: str = ""
    """Its class, a word of ours."""
    label: str = ""
    """What a person reads who rests the pointer on it."""
    id: str = ""
    """Of the first piece of it; others point there."""
    content: str = ""
    """Stands in a mark that is a point in the text."""


def marked(text: str, spans: Sequence[tuple[int, int, Element]]) -> Markup:
    """Return text with elements around its spans, which may nest and overlap: an element then closes and opens again.

    Parameters
    ----------
    spans
        Of each the start, the end and the element, outer ones before inner ones.
    """
    made: list[str] = []
    standing: list[Element] = []
    named: set[str] = set()
    for piece in pieces(text, spans):
        wanted = [*standing, *piece.marks] if piece.start == piece.end else list(piece.marks)
        shared = 0
        while shared < min(len(standing), len(wanted)) and standing[shared] is wanted[shared]:
            shared += 1
        made += [f"</{one.tag}>" for one in reversed(standing[shared:])]
        made += [_opened(one, named) for one in wanted[shared:]]
        made.append(str(escape(piece.text)))
        standing = wanted
        if piece.start == piece.end:
            made += [f"{escape(one.content)}</{one.tag}>" for one in piece.marks]
            standing = wanted[: len(wanted) - len(piece.marks)]
    made += [f"</{one.tag}>" for one in reversed(standing)]
    return Markup("".join(made))  # noqa: S704  # all of it is escaped above


def record_text(record: ProjectRecord, field: TextField, prefix: str) -> Markup:
    """Return the title or text of a record with all that was found in it marked.

    Parameters
    ----------
    prefix
        Begins the ids of the marks, which `place_id` gives.
    """
    text = record.title if field == "title" else record.text
    elements = [(span.start, span.end, _element(span, field, prefix)) for span in spans_of(record, field)]
    return marked(text, elements)


def place_id(prefix: str, field: TextField, start: int) -> str:
    """Return the id of what begins at a place of a text."""
    return f"{prefix}-{field}-{start}"


def _element(span: Span, field: TextField, prefix: str) -> Element:
    if span.kind == "repair":
        label = _("the source says “{raw}”").format(raw=span.says)
    else:
        label = f"{_(SPAN_KINDS[span.kind])}: {span.says}"
    content = span.says if span.kind == "footnote" else ""
    return Element("mark", span.kind, label, place_id(prefix, field, span.start), content)


def _opened(one: Element, named: set[str]) -> str:
    attributes = f' class="{escape(one.kind)}"' if one.kind else ""
    if one.id and one.id not in named:
        named.add(one.id)
        attributes += f' id="{escape(one.id)}"'
    if one.label:
        attributes += f' title="{escape(one.label)}"'
    return f"<{one.tag}{attributes}>"
