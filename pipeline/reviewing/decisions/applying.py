"""Apply decisions to records that were extracted anew: they say what was decided wherever its words still stand."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from pydantic import ValidationError

from pipeline.records.invariants import record_problems
from pipeline.records.models import BoxModel, DateRecord, FigureRecord, Mention, ProjectRecord, TextField, Warning
from pipeline.reviewing.decisions.attaching import Found
from pipeline.reviewing.decisions.bounds import Settled, renumbered, settle
from pipeline.reviewing.decisions.enforcing import Spot, enforce
from pipeline.reviewing.decisions.log import in_force
from pipeline.reviewing.decisions.models import Decision, Evidence, Subject
from pipeline.reviewing.decisions.standing import Standing, standings

Boxes = tuple[int, list[BoxModel], list[BoxModel]]
"""A page, the boxes on it, and those on the page after."""
Locate = Callable[[str, TextField, int, int, str], Boxes | None]
"""Where words of a record stand on the page: its id, field, start, end and the words → page and boxes, if known."""

_ORDER: Sequence[frozenset[Subject]] = (
    frozenset({"organisation"}),  # roles are those of organisations
    frozenset({"role", "date", "figure", "location", "period", "footnote"}),
    frozenset({"warning"}),
)


@dataclass(frozen=True, slots=True)
class Applied:
    """Records in which decisions hold, and how each of these stands."""

    records: tuple[ProjectRecord, ...]
    standings: tuple[Standing, ...]
    """Of the decisions that were not taken back, by moment and id."""

    def count(self, state: str) -> int:
        """Count the decisions in a state."""
        return sum(one.state == state for one in self.standings)


def apply(decisions: Iterable[Decision], records: Sequence[ProjectRecord], locate: Locate | None = None) -> Applied:
    """Return the records of one annex as decisions have them.

    A decision holds where its words stand; where others stand in their place, or they are gone from a project that is
    there, the record keeps what it says and gets a warning `conflict`. Decisions of another annex hold only where all
    that stood around their words stands there too. Of decisions on the same the latest holds. What is given back is
    the same in whatever order the decisions come, and however often they are applied.

    Parameters
    ----------
    records
        All of the annex, in order.
    locate
        Says where on the page words stand that the extraction found nothing in; without it that is guessed from what
        stands beside them.
    """
    ordered = sorted({one.id: one for one in decisions}.values(), key=lambda one: (one.at, one.id))
    counted = in_force(ordered)
    every = [piece for one in counted for piece in one.evidence]
    settled = settle(counted, [_undecided(record) for record in records], every)
    clean = list(settled.records)
    bounds = settled.standings
    others = [one for one in counted if one.id not in bounds]
    finder = settled.finder(every)
    drawn = [one for one in counted if one.id in bounds]
    found = standings(others, clean, finder, drawn)
    now = {record.id: record for record in clean}
    named = _with_projects(clean, found)
    if named != clean:
        homes = {(piece.record, piece.title): finder.homes(piece) for piece in every}
        numbered = renumbered(named)
        now = {old.id: new for old, new in zip(named, numbered, strict=True)}
        known = {key: [now[home].id for home in ids if home in now] for key, ids in homes.items()}
        clean = numbered
        found = standings(others, clean, settled.finder(every, now, known), drawn)
        bounds = {key: _renamed(one, now) for key, one in bounds.items()}
    found = sorted([*found, *bounds.values()], key=lambda one: (one.decision.at, one.decision.id))
    by_id = {record.id: record for record in clean}
    locate = _through(settled, now, locate) if locate is not None else None
    for subjects in _ORDER:
        if "warning" in subjects:
            _warn(by_id, found)
        for number, one in enumerate(found):
            if one.state == "holds" and one.decision.subject in subjects:
                found[number] = _enforced(one, by_id, locate)
    held: dict[str, list[str]] = {}
    for one in found:
        for home in _records_of(one) if one.state == "holds" else ():
            held.setdefault(home, []).append(one.decision.id)
    made = (one.model_copy(update={"decisions": held.get(one.id, [])}) for one in by_id.values())
    return Applied(tuple(made), tuple(found))


def _renamed(one: Standing, now: Mapping[str, ProjectRecord]) -> Standing:
    """Return how a decision stands in records that have other ids now; a place in one that is gone is left out."""
    attached = tuple(
        (piece, replace(place, record=now[place.record].id)) for piece, place in one.attached if place.record in now
    )
    home = now[one.record].id if one.record is not None and one.record in now else None
    return replace(one, record=home, places=tuple(place for _, place in attached), attached=attached)


def _through(settled: Settled, now: Mapping[str, ProjectRecord], locate: Locate) -> Locate:
    """Return what locates words of the records as they are now by where they were extracted."""
    numbers = {now[one.id].id: number for number, one in enumerate(settled.records) if one.id in now}

    def through(record: str, field: TextField, start: int, end: int, words: str) -> Boxes | None:
        place = settled.extracted(numbers[record], field, start, end)
        return locate(*place, words) if place is not None else None

    return through


def _enforced(one: Standing, by_id: dict[str, ProjectRecord], locate: Locate | None) -> Standing:
    """Make the records that a decision is about say so; return how it stands then."""
    could = False
    for home in _records_of(one):
        attached = [pair for pair in one.attached if pair[1].record == home]
        spots = [_spot(by_id[home], *pair, locate) for pair in attached]
        try:
            after = enforce(by_id[home], one.decision, spots)
        except (ValidationError, KeyError):  # a line that was written by hand
            return replace(one, state="invalid")
        if after is not None and record_problems(after) and not record_problems(by_id[home]):
            return replace(one, state="invalid")
        if after is not None:
            by_id[home] = after
            could = True
    return one if could else replace(one, state="gone")


def _records_of(one: Standing) -> list[str]:
    """Return the ids of the records that a decision is about: several where its words went apart."""
    if one.decision.subject == "role" or not one.attached:
        return [one.record] if one.record else []
    return list(dict.fromkeys(place.record for _, place in one.attached))


def _undecided(record: ProjectRecord) -> ProjectRecord:
    """Return a record without what an earlier application has noted in it."""
    warnings = [one for one in record.warnings if one.code != "conflict"]
    return record.model_copy(update={"decisions": [], "warnings": warnings})


def _with_projects(records: Sequence[ProjectRecord], found: Sequence[Standing]) -> list[ProjectRecord]:
    """Return the records that are projects, under the titles that were decided."""
    by_id = {record.id: record for record in records}
    for one in found:
        if one.state != "holds" or one.record not in by_id:
            continue
        if one.decision.subject == "title":
            by_id[one.record] = enforce(by_id[one.record], one.decision, ()) or by_id[one.record]
        elif one.decision.subject == "project" and one.decision.action == "reject" and one.decision.after is None:
            del by_id[one.record]
    return list(by_id.values())


def _warn(by_id: dict[str, ProjectRecord], found: Sequence[Standing]) -> None:
    """Add a warning to each record that a decision has a conflict in."""
    for one in found:
        if one.state in {"conflict", "invalid"} and one.record in by_id:
            record = by_id[one.record]
            warning = Warning(code="conflict", message=one.message)
            if warning not in record.warnings:
                by_id[one.record] = record.model_copy(update={"warnings": [*record.warnings, warning]})


def _spot(record: ProjectRecord, evidence: Evidence, found: Found, locate: Locate | None) -> Spot:
    """Return where evidence stands with its place on the page."""
    span = (found.field, found.start, found.end)
    if not record.annex.source.pages:
        return Spot(*span, found.text, None, [], [])
    placed = list(_placed(record))
    same = next((one for one in placed if one[0] == span), None)
    if same is not None:
        return Spot(*span, found.text, *same[1])
    located = locate(record.id, *span, found.text) if locate is not None else None
    is_same_source = evidence.sha256 == record.annex.source.sha256
    if located is None and evidence.boxes and evidence.page in record.pages and is_same_source:
        located = (evidence.page, evidence.boxes, evidence.next_page_boxes)
    if located is None and placed:
        located = min(placed, key=lambda one: (one[0][0] != found.field, abs(one[0][1] - found.start), one[0]))[1]
    return Spot(*span, found.text, *(located or (record.pages[0], [(0.0, 0.0, 0.0, 0.0)], [])))


def _placed(record: ProjectRecord) -> Iterator[tuple[tuple[TextField, int, int], Boxes]]:
    """Give the span of everything that a record has found on a page, with where."""
    mentions = [mention for one in record.organisations for mention in one.mentions]
    mentions += [mention for one in record.locations for mention in one.mentions]
    facts: Iterable[Mention | DateRecord | FigureRecord] = chain(mentions, record.dates, record.figures)
    for one in facts:
        if one.page is not None:
            field: TextField = one.field if isinstance(one, Mention) else "text"
            yield (field, one.start, one.end), (one.page, one.boxes, one.next_page_boxes)
