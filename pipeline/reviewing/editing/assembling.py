"""Records from the pieces that projects are made of: every span goes along with the words that it stands in."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import TypeVar

from pipeline.records.models import (
    Cue,
    DateRecord,
    FigureRecord,
    Footnote,
    LocationRecord,
    Mention,
    OrganisationRecord,
    Period,
    ProjectRecord,
    RepairRecord,
    RoleRecord,
    TextField,
    Warning,
)
from pipeline.reviewing.editing.arranging import Arrangement, Piece, layout_of

Placed = tuple[Piece, TextField, int]
Valued = TypeVar("Valued", DateRecord, FigureRecord)
Spanned = TypeVar("Spanned", Mention, Cue, RepairRecord, DateRecord, FigureRecord)

_OF_HEADINGS = frozenset({"low_confidence_heading", "row_without_title"})
"""Codes of warnings about the heading of a record: they stay with its title."""
_OF_TEXTS = frozenset({"empty_section"})
"""Codes of warnings about the text of a record as a whole."""


def assembled(arrangement: Arrangement) -> list[ProjectRecord]:
    """Return the records of the projects of an arrangement, in order.

    Those that were extracted so are given back as they were. Ordinals and ids of the others are those of a record that
    they were made of: `pipeline.reviewing.decisions.bounds.renumbered` gives them their own.

    An organisation or place that several pieces name is one. A role stays where the words are that say it, if its
    organisation is named there. Dates and figures are only found in text: those in words that became a title are not
    carried. Of pages it is known which the spans stand on: a record has those, and all that lie between.
    """
    return [_Assembly(arrangement, number).record() for number in range(len(arrangement.layouts))]


class _Assembly:
    """One project on its way to a record."""

    def __init__(self, arrangement: Arrangement, project: int) -> None:
        self.arrangement = arrangement
        self.project = project
        self.placed = arrangement.placed(project)
        ids = dict.fromkeys(piece.record for piece, _, _ in self.placed)
        self.sources = [arrangement.records[one] for one in ids]

    def record(self) -> ProjectRecord:
        """Return the record."""
        base = self.sources[0]
        if self.arrangement.is_extracted(self.project):
            return base
        text = self.arrangement.text(self.project)
        return base.model_copy(
            update={
                "title": self.arrangement.title(self.project),
                "text": text,
                "pages": sorted({page for source in self.sources for page in self.pages(source)}),
                "repairs": sorted(
                    (
                        one.model_copy(update={"field": field})
                        for one, field in self.carried((source, source.repairs) for source in self.sources)
                    ),
                    key=lambda one: (one.field == "text", one.start),
                ),
                "organisations": self.organisations(),
                "locations": self.locations(),
                "dates": _in_text(self.carried((source, source.dates) for source in self.sources)),
                "figures": _in_text(self.carried((source, source.figures) for source in self.sources)),
                "period": self.period(),
                "footnotes": self.footnotes(),
                "warnings": list(dict.fromkeys(self.warnings(has_text=bool(text)))),
            }
        )

    def carried(self, spans: Iterable[tuple[ProjectRecord, Iterable[Spanned]]]) -> Iterator[tuple[Spanned, TextField]]:
        """Give the spans that stand in the project, at their places there, each with its field."""
        for source, found in spans:
            for one in found:
                field = _field(one)
                for piece, now, at in self.placed:
                    if piece.record == source.id and piece.holds(field, one.start, one.end):
                        shift = at - piece.start
                        yield one.model_copy(update={"start": one.start + shift, "end": one.end + shift}), now

    def mentions(self, source: ProjectRecord, found: Sequence[Mention]) -> list[Mention]:
        return [one.model_copy(update={"field": field}) for one, field in self.carried([(source, found)])]

    def organisations(self) -> list[OrganisationRecord]:
        made: dict[str, OrganisationRecord] = {}
        for source in self.sources:
            for one in source.organisations:
                if not (mentions := self.mentions(source, one.mentions)):
                    continue
                roles = []
                for role in one.roles:
                    for cue, field in self.carried([(source, [role.cue])]):
                        roles.append(role.model_copy(update={"cue": cue.model_copy(update={"field": field})}))
                known = made.get(one.name)
                surest = one if known is None or _rank(one) > _rank(known) else known
                made[one.name] = surest.model_copy(
                    update={
                        "roles": _surest([*(known.roles if known else []), *roles]),
                        "mentions": sorted([*(known.mentions if known else []), *mentions], key=_mention_key),
                    }
                )
        return sorted(made.values(), key=lambda one: (_mention_key(one.mentions[0]), one.name))

    def locations(self) -> list[LocationRecord]:
        made: dict[tuple[str, str], LocationRecord] = {}
        for source in self.sources:
            for one in source.locations:
                if mentions := self.mentions(source, one.mentions):
                    known = made.get((one.name, one.kind))
                    every = sorted([*(known.mentions if known else []), *mentions], key=_mention_key)
                    confidence = max(one.confidence, known.confidence if known else 0.0)
                    made[one.name, one.kind] = one.model_copy(update={"mentions": every, "confidence": confidence})
        return sorted(made.values(), key=lambda one: (_mention_key(one.mentions[0]), one.name))

    def footnotes(self) -> list[Footnote]:
        made: list[Footnote] = []
        for source in self.sources:
            owners = self._owners(source)
            for one in source.footnotes:
                before = [owner for owner in owners if owner.start < one.anchor or owner.field == "title"]
                owner = before[-1] if before else owners[0] if owners else None
                for piece, field, at in self.placed:
                    if piece == owner:
                        inside = min(one.anchor, piece.end) - piece.start if piece.field == "text" else piece.end
                        anchor = at + max(0, inside) if field == "text" else 0
                        made.append(one.model_copy(update={"anchor": anchor}))
        return sorted(made, key=lambda one: one.anchor)

    def _owners(self, source: ProjectRecord) -> list[Piece]:
        """Return all pieces of the text of a record, wherever they went; where it has no text, its title."""
        every = chain.from_iterable(
            [*([one.title] if isinstance(one.title, Piece) else []), *one.text] for one in self.arrangement.layouts
        )
        own = [piece for piece in every if piece.record == source.id]
        texts = [piece for piece in own if piece.field == "text"]
        return sorted(texts or own, key=lambda piece: piece.start)

    def period(self) -> Period:
        """Return the running time: all of those of the records that it was made of, as far as it has their dates."""
        earliest: list[date] = []
        latest: list[date] = []
        for source in self.sources:
            whole = self._is_whole(source)
            own = [one for one, field in self.carried([(source, source.dates)]) if field == "text"]
            first, last = source.period.earliest, source.period.latest
            starts = {one.earliest for one in own if one.role in {"start", "period"} and one.earliest}
            ends = {one.latest for one in own if one.role in {"end", "period"} and one.latest}
            if whole:
                earliest += [first] if first else []
                latest += [last] if last else []
            else:
                earliest += [first] if first in starts else sorted(starts)[:1]
                latest += [last] if last in ends else sorted(ends)[-1:]
        begin, end = min(earliest, default=None), max(latest, default=None)
        return Period(earliest=begin, latest=None if begin and end and end < begin else end)

    def warnings(self, *, has_text: bool) -> Iterator[Warning]:
        title = self.arrangement.layouts[self.project].title
        for source in self.sources:
            keeps_heading = isinstance(title, Piece) and (title.record, title.field) == (source.id, "title")
            for one in source.warnings:
                if (one.code in _OF_HEADINGS and not keeps_heading) or (one.code in _OF_TEXTS and has_text):
                    continue
                yield one
        if not has_text:
            yield Warning(code="empty_section", message="no text stands under the heading")

    def pages(self, source: ProjectRecord) -> Sequence[int]:
        """Return the pages of a record that its pieces stand on."""
        if not source.pages or self._is_whole(source):
            return source.pages
        found = sorted(_pages_of(source), key=lambda one: (one[0] == "text", one[1]))
        stood: set[int] = set()
        for piece, _, _ in self.placed:
            if piece.record != source.id:
                continue
            inside = [pages for field, start, end, pages in found if piece.holds(field, start, end)]
            before = [
                pages
                for field, start, _, pages in found
                if (field, start) < (piece.field, piece.start) or field != "text"
            ]
            begin = max(before[-1]) if before and piece.field == "text" else source.pages[0]
            reached = [begin, *chain.from_iterable(inside)]
            is_last = piece.field == "text" and piece.end == len(source.text)
            top = source.pages[-1] if is_last else max(reached)
            stood |= {page for page in source.pages if min(reached) <= page <= top}
        return sorted(stood)

    def _is_whole(self, source: ProjectRecord) -> bool:
        """Say whether all of the text of a record is in the project."""
        wanted = layout_of(source).text
        return all(piece in [one for one, _, _ in self.placed] for piece in wanted)


def _field(one: Mention | Cue | RepairRecord | DateRecord | FigureRecord) -> TextField:
    return "text" if isinstance(one, DateRecord | FigureRecord) else one.field


def _in_text(found: Iterable[tuple[Valued, TextField]]) -> list[Valued]:
    return sorted((one for one, field in found if field == "text"), key=lambda one: (one.start, one.end))


def _rank(one: OrganisationRecord) -> tuple[bool, float]:
    return one.status == "known", one.confidence


def _surest(roles: Iterable[RoleRecord]) -> list[RoleRecord]:
    """Return roles, each once: where several cues give it, by the surest of them, the first of equals."""
    best: dict[str, RoleRecord] = {}
    for one in roles:
        if one.role not in best or best[one.role].confidence < one.confidence:
            best[one.role] = one
    return sorted(best.values(), key=lambda one: (one.cue.field == "text", one.cue.start, one.role))


def _mention_key(mention: Mention) -> tuple[bool, int, int]:
    return (mention.field == "text", mention.start, mention.end)


def _pages_of(record: ProjectRecord) -> Iterator[tuple[TextField, int, int, list[int]]]:
    """Give everything that was found in a record on a page: field, start, end and its pages."""
    mentions = [mention for one in record.organisations for mention in one.mentions]
    mentions += [mention for one in record.locations for mention in one.mentions]
    spans: Iterable[Mention | DateRecord | FigureRecord] = chain(mentions, record.dates, record.figures)
    for one in spans:
        if one.page is not None:
            yield _field(one), one.start, one.end, [one.page, *([one.page + 1] if one.next_page_boxes else [])]
