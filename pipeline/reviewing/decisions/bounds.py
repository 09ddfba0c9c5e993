"""Boundaries that were decided: found in records that were extracted anew, which are cut and joined by them.

They come before all else: what else was decided is found in the records that they give.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from pipeline.records.models import ProjectRecord, TextField
from pipeline.records.slugs import unique_slugs
from pipeline.reviewing.decisions.aligning import squashed
from pipeline.reviewing.decisions.attaching import Finder, Found, Homes
from pipeline.reviewing.decisions.models import Decision, Evidence
from pipeline.reviewing.decisions.standing import CONFLICT, Standing, State
from pipeline.reviewing.editing.arranging import Arrangement, Spot
from pipeline.reviewing.editing.assembling import assembled

_BESIDE = 40
"""Letters and digits on each side of a boundary by which it is known where it is drawn already."""
_ALIKE = 85.0
"""Likeness, of 100, that they must have with those that stood there."""
_FEWEST = 8
"""The fewest of them that must be there to compare, unless fewer stood there."""
_TWO = 2
"""Pieces of evidence that a decision on two projects needs: one of each."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The records of an annex with the boundaries that were decided."""

    records: tuple[ProjectRecord, ...]
    """Those that no boundary concerns are the extracted ones, but for their ordinals and ids."""
    arrangement: Arrangement
    standings: Mapping[str, Standing]
    """How each decision on a boundary stands, by its id; places are in `records`."""

    @property
    def is_edited(self) -> bool:
        """Whether a boundary stands elsewhere than it was extracted."""
        count = len(self.arrangement.records)
        return count != len(self.records) or not all(map(self.arrangement.is_extracted, range(count)))

    def finder(
        self, every: Iterable[Evidence], now: Mapping[str, ProjectRecord] | None = None, homes: Homes | None = None
    ) -> Finder:
        """Return what finds evidence in the records, also such as was taken from the extracted ones.

        Parameters
        ----------
        now
            The records as they are by now, under other titles and ids, by the ids that they have here.
        homes
            As `Finder` has it.
        """
        there = now if now is not None else {one.id: one for one in self.records}
        if not self.is_edited:
            return Finder(list(there.values()), every, homes)
        return _Carrying(self, there, list(every), homes)

    def carried(self, found: Found, now: Mapping[str, ProjectRecord]) -> Found | None:
        """Return where a place in the extracted records stands in the records as they are by now."""
        spot = self.arrangement.spot(found.record, found.field, found.start, found.end)
        record = now.get(self.records[spot.project].id) if spot is not None else None
        if spot is None or record is None:
            return None
        text = record.title if spot.field == "title" else record.text
        if text[spot.start : spot.end] != found.text:
            return None
        return replace(found, record=record.id, field=spot.field, start=spot.start, end=spot.end)

    def extracted(self, number: int, field: TextField, start: int, end: int) -> tuple[str, TextField, int, int] | None:
        """Return where a span of a record, by its place in the order, was extracted; None where nobody did as one."""
        return self.arrangement.extracted(Spot(number, field, start, end))


class _Carrying(Finder):
    """Finds evidence in cut and joined records; what stands in the extracted ones word for word is carried along."""

    def __init__(
        self, settled: Settled, now: Mapping[str, ProjectRecord], every: Sequence[Evidence], homes: Homes | None
    ) -> None:
        super().__init__(list(now.values()), every, homes)
        self._settled = settled
        self._now = now
        self._extracted = Finder(list(settled.arrangement.records.values()), every)

    def find(self, evidence: Evidence) -> Found | None:
        """Return where evidence stands now, or None where neither its words nor what stood around them do."""
        found = super().find(evidence)
        if found is not None and found.how in {"same", "moved"}:
            return found
        before = self._extracted.find(evidence)
        if before is not None and before.how in {"same", "moved"}:
            return self._settled.carried(before, self._now) or found
        return found


def settle(decisions: Iterable[Decision], records: Sequence[ProjectRecord], every: Iterable[Evidence] = ()) -> Settled:
    """Return records with the boundaries that were decided, each where its words stand.

    Parameters
    ----------
    decisions
        Those in force, by moment and id; only those on boundaries count here.
    records
        All of one annex, in order, as they were extracted or as decisions made them.
    every
        All evidence of the log: from it is known which project is which.
    """
    asked = [one for one in decisions if one.subject == "boundary" and one.action != "comment"]
    if not asked:
        return Settled(tuple(records), Arrangement(records), {})
    work = _Work(records, Finder(records, [*every, *(piece for one in asked for piece in one.evidence)]))
    for one in _overruling(asked):
        work.settle(one)
    made = tuple(renumbered(assembled(work.arrangement)))
    settled = Settled(made if work.is_edited else tuple(records), work.arrangement, {})
    stand = {one.id: work.standing(one, settled) for one in asked}
    return replace(settled, standings=stand)


def renumbered(records: Sequence[ProjectRecord]) -> list[ProjectRecord]:
    """Return the records of an annex with the ordinals and ids that their order and titles give."""
    slugs = unique_slugs(record.title for record in records)
    return [
        record.model_copy(update={"ordinal": ordinal, "id": f"{record.annex.id}/{name}"})
        for ordinal, (record, name) in enumerate(zip(records, slugs, strict=True), start=1)
    ]


class _Work:
    """An arrangement that decisions change one by one."""

    def __init__(self, records: Sequence[ProjectRecord], finder: Finder) -> None:
        self.arrangement = Arrangement(records)
        self.is_edited = False
        self._extracted = list(records)
        self._finder = finder
        self._annexes = {record.annex.id for record in records}
        self._done: dict[str, tuple[State, list[tuple[Evidence, Found]]]] = {}

    def settle(self, one: Decision) -> None:
        """Do what a decision says, where its words stand."""
        said = one.after or one.before or {}
        by = {"split": self._split, "merge": self._merge, "move": self._move}.get(str(said.get("operation")))
        asked = one.evidence
        if one.annex not in self._annexes and not all(map(self._finder.find_word_for_word, asked)):
            self._done[one.id] = "foreign", []
        elif one.after is None:  # the boundary stands as it was extracted
            found = self._finder.find(asked[0]) if asked else None
            self._done[one.id] = ("holds", [(asked[0], found)]) if found and found.holds else ("gone", [])
        elif by is None or not asked or (by != self._split and len(asked) < _TWO):
            self._done[one.id] = "invalid", []
        else:
            before = self.arrangement
            self._done[one.id] = by(one, said)
            self.is_edited = self.is_edited or self.arrangement is not before

    def standing(self, one: Decision, settled: Settled) -> Standing:
        """Return how a decision stands, its places in the records that all of them gave."""
        if one.id not in self._done:
            return Standing(one, "overruled")
        state, found = self._done[one.id]
        there = {record.id: record for record in settled.records}
        now = [(piece, carried) for piece, place in found if (carried := settled.carried(place, there))]
        home = now[0][1].record if now else None
        if home is None and state == "conflict":
            home = self._home(one.evidence[0], settled)
        if state != "holds":
            return Standing(one, state, home)
        return Standing(one, state, home, tuple(place for _, place in now), tuple(now))

    def _home(self, piece: Evidence, settled: Settled) -> str | None:
        numbers = (self.arrangement.project_of(home) for home in self._finder.homes(piece))
        return next((settled.records[number].id for number in numbers if number is not None), None)

    def _split(self, one: Decision, said: Mapping[str, object]) -> tuple[State, list[tuple[Evidence, Found]]]:
        point, spot, state = self._point(one.evidence[0], str(said.get("title") or ""))
        if spot is None:
            return state, point
        words = self.arrangement.text(spot.project)[spot.start :]
        title = str(said.get("title") or "").strip() or words.splitlines()[0]
        return self._changed(self.arrangement.split(spot.project, spot.start, title), point)

    def _move(self, one: Decision, _said: Mapping[str, object]) -> tuple[State, list[tuple[Evidence, Found]]]:
        point, spot, state = self._point(one.evidence[0], "")
        other = self._project(one.evidence[1])
        if spot is None:
            return state, point
        to_next = (one.after or {}).get("to") != "previous"
        if other is None or other == spot.project or (other > spot.project) != to_next:
            return "gone", []
        return self._changed(self.arrangement.move(spot.project, spot.start, other), point)

    def _merge(self, one: Decision, _said: Mapping[str, object]) -> tuple[State, list[tuple[Evidence, Found]]]:
        first, second = (self._project(piece) for piece in one.evidence[:2])
        if first is None:
            return "gone", []
        title = self.arrangement.layouts[first].title
        heading = self.arrangement.title(first)
        places = [] if isinstance(title, str) else [_point(title.record, title.field, title.start, title.end, heading)]
        if second is not None and second != first:
            self.arrangement = self.arrangement.merge(first, second)
        return "holds", [(one.evidence[0], place) for place in places]

    def _changed(
        self, made: Arrangement, point: list[tuple[Evidence, Found]]
    ) -> tuple[State, list[tuple[Evidence, Found]]]:
        if made is self.arrangement:  # one of both would have no words
            return "gone", []
        self.arrangement = made
        return "holds", point

    def _project(self, piece: Evidence) -> int | None:
        """Return the project that has the title of a piece of evidence."""
        numbers = (self.arrangement.project_of(home) for home in self._finder.homes(piece))
        return next((one for one in numbers if one is not None), None)

    def _point(self, piece: Evidence, title: str) -> tuple[list[tuple[Evidence, Found]], Spot | None, State]:
        """Return where a point was extracted, on both sides of it, and where it is now: no spot and why where none."""
        found = self._finder.find(piece)
        if found is None or found.how not in {"same", "moved"}:
            drawn = list(_drawn(piece, title, self._extracted))
            if drawn:
                return [(piece, place) for place in drawn], None, "holds"
        if found is None or not found.holds:
            return [], None, "conflict" if self._finder.homes(piece) else "gone"
        record = self.arrangement.records[found.record]
        text = record.title if found.field == "title" else record.text
        at = found.start + len(text[found.start :]) - len(text[found.start :].lstrip())
        last = len(text[:at].rstrip())
        sides = [_point(found.record, found.field, at, at, "")]
        if last:
            sides.insert(0, _point(found.record, found.field, last - 1, last, text[last - 1 : last]))
        spot = self.arrangement.spot(found.record, found.field, at, at)
        if spot is None or spot.field == "title":
            return [], None, "gone"
        return [(piece, place) for place in sides], spot, "holds"


def _point(record: str, field: TextField, start: int, end: int, text: str) -> Found:
    return Found(record, field, start, end, text, "same", 1.0)


def _drawn(piece: Evidence, title: str, records: Sequence[ProjectRecord]) -> Iterator[Found]:
    """Give the end of one record and the beginning of another between which a boundary is drawn that was decided."""
    before, after = squashed(piece.before)[-_BESIDE:], squashed(piece.text + piece.after)[:_BESIDE]
    if not before or not after:
        return
    first = next((one for one in records if _ends_with(squashed(one.text), before)), None)
    second = next((one for one in records if one is not first and _begins_with(one, title, after)), None)
    if first is not None and second is not None:
        yield _point(first.id, "text", len(first.text) - 1, len(first.text), first.text[-1:])
        yield _point(second.id, "title", 0, 0, "")


def _ends_with(text: str, words: str) -> bool:
    there = text[-len(words) :]
    return len(there) >= min(len(words), _FEWEST) and fuzz.ratio(there, words[-len(there) :]) >= _ALIKE


def _begins_with(record: ProjectRecord, title: str, words: str) -> bool:
    for lead in dict.fromkeys(("", record.title, title)):
        there = squashed(lead + record.text)[: len(words)]
        if len(there) >= min(len(words), _FEWEST) and fuzz.ratio(there, words[: len(there)]) >= _ALIKE:
            return True
    return False


def _overruling(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions of which none that is later speaks of the same boundary."""
    kept: list[Decision] = []
    spoken: set[tuple[str, ...]] = set()
    answered: set[str] = set()
    for one in reversed(decisions):
        keys = _keys(one)
        if one.id not in answered and not (keys and keys <= spoken):
            kept.append(one)
        spoken |= keys
        if one.change.startswith(CONFLICT):
            answered.add(one.change.removeprefix(CONFLICT))
    return kept[::-1]


def _keys(one: Decision) -> set[tuple[str, ...]]:
    said = one.after or one.before or {}
    pieces = one.evidence if said.get("operation") == "merge" else one.evidence[:1]
    return {(piece.record, piece.field, piece.before, piece.text, piece.after) for piece in pieces}
