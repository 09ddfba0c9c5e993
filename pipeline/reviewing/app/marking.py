"""Titles and texts of records in pieces with their marks, and the boxes of their pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.comparing.models import Place
from pipeline.messages import _
from pipeline.records.models import ProjectRecord, TextField
from pipeline.reviewing.app.views import BoxView, Mark, Piece, TextView
from pipeline.reviewing.facts import Fact, facts_of
from pipeline.showing.spans import pieces
from pipeline.showing.values import KINDS, value_words
from pipeline.showing.words import REPAIR_RULES

Asked = Mapping[tuple[str, str, int, int], tuple[str, bool]]
"""By record, field, start and end the key of the question about it, and whether that is open."""
MarkKind = Literal["organisation", "location", "date", "figure", "cue", "repair", "footnote", "changed"]
_ORDER: Sequence[MarkKind] = ("changed", "organisation", "location", "date", "figure", "cue", "repair", "footnote")


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    mark: Mark


def text_view(record: ProjectRecord, field: TextField, asked: Asked) -> TextView:
    """Return the title or text of a record with its marks."""
    text = record.title if field == "title" else record.text
    spans = sorted(_spans(record, field, asked), key=lambda one: (one.start, -one.end, _ORDER.index(one.mark.kind)))
    cut = pieces(text, [(one.start, one.end, one.mark) for one in spans])
    shown = [Piece(one.start, one.end, one.text, one.marks) for one in cut]
    return TextView(record.id, field, text, shown)


def boxes_on(record: ProjectRecord, page: int, asked: Asked) -> list[BoxView]:
    """Return the boxes of everything that a record found on a page."""
    found = []
    for fact in _placed(record):
        for place in fact.side.places:
            boxes = [*(place.boxes if place.page == page else [])]
            boxes += place.next_page_boxes if place.page is not None and place.page + 1 == page else []
            mark = _mark(record, fact, place, asked)
            found += [BoxView(box, mark.kind, mark.label, mark.fact, mark.question, mark.is_open) for box in boxes]
    return found


def _spans(record: ProjectRecord, field: TextField, asked: Asked) -> Iterator[_Span]:
    for fact in _placed(record):
        places = fact.side.places[:1] if fact.kind == "role" else fact.side.places
        for place in places:
            if place.field == field:
                yield _Span(place.start, place.end, _mark(record, fact, place, asked))
    for repair in record.repairs:
        if repair.field == field:
            label = _("{rule}: the source says {raw}").format(rule=_(REPAIR_RULES[repair.rule]), raw=repair.raw)
            yield _Span(repair.start, repair.end, Mark("repair", label, "", "", is_open=False))
    if field == "text":
        for note in record.footnotes:
            label = _("footnote {marker}").format(marker=note.marker)
            yield _Span(note.anchor, note.anchor, Mark("footnote", label, "", "", is_open=False))


def _placed(record: ProjectRecord) -> list[Fact]:
    return [fact for fact in facts_of(record) if fact.side.places and fact.kind != "title"]


def _mark(record: ProjectRecord, fact: Fact, place: Place, asked: Asked) -> Mark:
    question, is_open = asked.get((record.id, place.field, place.start, place.end), ("", False))
    label = f"{_(KINDS[fact.kind])}: {value_words(fact.kind, fact.side.value)}"
    return Mark(_kind(fact), label, fact.key, question, is_open)


def _kind(fact: Fact) -> MarkKind:
    kinds: dict[str, MarkKind] = {
        "organisation": "organisation",
        "role": "cue",
        "date": "date",
        "figure": "figure",
        "location": "location",
    }
    return kinds[fact.kind]
