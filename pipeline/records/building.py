"""Build the record of a project from its section and what was recognised there."""

from collections.abc import Sequence
from typing import Any, cast

from pipeline.document import AlignedText, Footnote
from pipeline.linking import LinkedOrganisation
from pipeline.recognising.spans import DateMention, FigureMention, LocationMention, RoleMention
from pipeline.records.models import (
    Cue,
    DateRecord,
    FigureRecord,
    LocationRecord,
    Mention,
    OrganisationRecord,
    Period,
    RepairRecord,
    RoleRecord,
    TextField,
)
from pipeline.records.models import Footnote as FootnoteRecord
from pipeline.register import LocationKind, OrganisationKind


def place_of(text: AlignedText, start: int, end: int) -> dict[str, Any]:
    """Return the page of a span, its boxes there, and its boxes on the page after, as the models have them."""
    boxes = text.boxes(start, end)
    if not boxes:
        return {"page": None, "boxes": [], "next_page_boxes": []}
    page = boxes[0][0]
    return {
        "page": page,
        "boxes": [box for on, box in boxes if on == page],
        "next_page_boxes": [box for on, box in boxes if on == page + 1],
    }


def mention_of(text: AlignedText, start: int, end: int, field: TextField) -> Mention:
    """Return a mention with its words and place."""
    return Mention(field=field, start=start, end=end, text=text.text[start:end], **place_of(text, start, end))


def organisation_records(
    organisations: Sequence[LinkedOrganisation], roles: Sequence[RoleMention], title: AlignedText, body: AlignedText
) -> list[OrganisationRecord]:
    """Return the organisations of a section; of a role that several cues give, the surest one."""
    records = []
    for organisation in organisations:
        own = {(n.mention.start, n.mention.end) for n in organisation.mentions if not n.in_title}
        found: dict[str, RoleMention] = {}
        for role in roles:
            if (role.target_start, role.target_end) not in own:
                continue
            if role.role not in found or found[role.role].confidence < role.confidence:
                found[role.role] = role
        records.append(
            OrganisationRecord(
                name=organisation.name,
                register_id=organisation.body.id if organisation.body else None,
                kind=cast("OrganisationKind | None", organisation.kind),
                status="known" if organisation.body else "new",
                link=organisation.link,
                confidence=organisation.confidence,
                roles=[_role(role, body) for role in sorted(found.values(), key=lambda r: (r.cue_start, r.role))],
                mentions=[
                    mention_of(
                        title if n.in_title else body,
                        n.mention.start,
                        n.mention.end,
                        "title" if n.in_title else "text",
                    )
                    for n in organisation.mentions
                ],
            )
        )
    return records


def _role(role: RoleMention, body: AlignedText) -> RoleRecord:
    start, end = role.cue_start, role.cue_end
    cue = Cue(field="text", start=start, end=end, text=body.text[start:end])
    return RoleRecord(role=role.role, cue=cue, confidence=role.confidence)


def location_records(
    in_title: Sequence[LocationMention], in_body: Sequence[LocationMention], title: AlignedText, body: AlignedText
) -> list[LocationRecord]:
    """Return the places of a section, each once, in the order of their first mention: title, then text."""
    grouped: dict[tuple[str, LocationKind], list[tuple[float, Mention]]] = {}
    for field, text, locations in (("title", title, in_title), ("text", body, in_body)):
        for location in locations:
            mention = mention_of(text, location.start, location.end, cast("TextField", field))
            grouped.setdefault((location.name, location.kind), []).append((location.confidence, mention))
    return [
        LocationRecord(
            name=name, kind=kind, confidence=max(c for c, _ in found), mentions=[mention for _, mention in found]
        )
        for (name, kind), found in grouped.items()
    ]


def date_records(dates: Sequence[DateMention], body: AlignedText) -> list[DateRecord]:
    """Return the dates of a section in text order."""
    return [
        DateRecord(
            start=mention.start,
            end=mention.end,
            text=body.text[mention.start : mention.end],
            edtf=mention.value.edtf,
            modifier=mention.value.modifier,
            part=mention.value.part,
            interval=mention.value.interval,
            earliest=mention.value.earliest,
            latest=mention.value.latest,
            role=mention.role,
            confidence=mention.confidence,
            **place_of(body, mention.start, mention.end),
        )
        for mention in dates
    ]


def figure_records(
    figures: Sequence[FigureMention], governing: Sequence[str | None], body: AlignedText
) -> list[FigureRecord]:
    """Return the figures of a section in text order, each with the EDTF of the reference date that governs it."""
    return [
        FigureRecord(
            start=mention.start,
            end=mention.end,
            text=body.text[mention.start : mention.end],
            kind=mention.value.kind,
            value=mention.value.value,
            value_max=mention.value.value_max,
            unit=mention.value.unit,
            comparator=mention.value.comparator,
            as_of=as_of,
            confidence=mention.confidence,
            **place_of(body, mention.start, mention.end),
        )
        for mention, as_of in zip(figures, governing, strict=True)
    ]


def period_of(dates: Sequence[DateMention]) -> Period:
    """Return the running time that the dates with a role of `start`, `end` or `period` give.

    It runs from the first day of the earliest start to the last day of the latest end, so that an end that was put off
    gives the later one; a bound that no date gives stays open, as a duration names no day. Each bound is taken from the
    fields that have a label for it, where there are such, else from the text. Of two bounds that cannot both be true
    the one of the text is dropped, and where neither has a label, the end.
    """
    starts = _surest([d for d in dates if d.role in {"start", "period"} and d.value.earliest])
    ends = _surest([d for d in dates if d.role in {"end", "period"} and d.value.latest])
    earliest = min((d.value.earliest for d in starts if d.value.earliest), default=None)
    latest = max((d.value.latest for d in ends if d.value.latest), default=None)
    if earliest and latest and latest < earliest:
        keeps_end = ends[0].is_labelled and not starts[0].is_labelled
        return Period(earliest=None, latest=latest) if keeps_end else Period(earliest=earliest, latest=None)
    return Period(earliest=earliest, latest=latest)


def _surest(dates: Sequence[DateMention]) -> Sequence[DateMention]:
    """Return those of labelled fields; all where there are none."""
    return [d for d in dates if d.is_labelled] or dates


def repair_records(title: AlignedText, body: AlignedText) -> list[RepairRecord]:
    """Return the repairs of title and text, in that order."""
    fields: tuple[tuple[TextField, AlignedText], ...] = (("title", title), ("text", body))
    return [
        RepairRecord(field=field, start=r.start, end=r.end, raw=r.raw, text=text.text[r.start : r.end], rule=r.rule)
        for field, text in fields
        for r in text.repairs
    ]


def footnote_records(
    title: AlignedText, body: AlignedText, footnotes: Sequence[Footnote], *, paged: bool
) -> list[FootnoteRecord]:
    """Return the footnotes called in a section, in text order; one called in the heading hangs on the text's start."""
    called = [(mark.note, 0) for mark in title.marks] + [(mark.note, mark.start) for mark in body.marks]
    return [
        FootnoteRecord(
            marker=footnotes[note].marker,
            text=footnotes[note].text.text,
            page=footnotes[note].page if paged else None,
            anchor=anchor,
        )
        for note, anchor in called
        if note is not None
    ]
