"""What a steward is asked about a pair of projects, and which decision answers what."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.comparing.models import Change, Pair, Place, Run, Side
from pipeline.records.models import ProjectRecord, Warning
from pipeline.reviewing.decisions.models import Decision, Subject
from pipeline.reviewing.decisions.standing import CONFLICT as ANSWERS
from pipeline.reviewing.decisions.standing import Standing
from pipeline.reviewing.facts import Fact, facts_of, title_place
from pipeline.showing.words import SURE

What = Literal["added", "removed", "changed", "renamed", "doubt", "conflict", "warning", "ended"]
State = Literal["open", "accepted", "rejected", "corrected", "skipped"]
Value = dict[str, Any] | None

CONFLICT = "conflict"
"""Code of the warning that an earlier decision no longer fits; the log itself tells which, so it is not asked twice."""
Spot = tuple[Literal["old", "new"], str, str, int, int]
"""Where evidence stands: on which side, the id of the record, field, start and end."""

_KNOWN_BY_VALUE = frozenset({"text", "warning", "title", "project", "period", "footnote"})
"""Subjects that a question is about as a whole, wherever its evidence stands."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to decide about a pair; `accept` and `reject` are what would hold from then on."""

    subject: Subject
    what: What
    old: Side | None
    new: Side | None
    accept: Value
    """What the new extraction says, or nothing where only the approved records say something."""
    reject: Value
    can_reject: bool
    """Whether the approved version can hold: not where its words are gone."""
    confidence: float
    """Of the new side; 1 where there is none."""
    evidence: tuple[tuple[str, Place], ...]
    """Places by record id that a decision rests on; of the new side, or of the old where it alone says something."""
    is_old: bool
    """Whether `evidence` stands in the old records."""
    homes: tuple[str, ...] = ()
    """Ids of the new records of the pair."""
    ratio: float | None = None
    days: int | None = None
    runs: tuple[Run, ...] = ()
    is_reading: bool = False
    """Whether both sides have the words, and the machine read them otherwise."""
    message: str = ""
    """Of a warning: its message."""
    decision: Decision | None = None
    """Of a conflict: the earlier decision."""

    @property
    def key(self) -> str:
        """Name of the question: the same in every run; 16 hexadecimal digits."""
        sides = [[side.record, side.value, _ends(side.places)] if side else None for side in (self.old, self.new)]
        said = json.dumps(
            [self.subject, self.what, sides, self.message, self.decision and self.decision.id],
            sort_keys=True,
            default=str,
        )
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def change(self) -> str:
        """What was asked, as a decision names it."""
        return ANSWERS + self.decision.id if self.decision else f"{self.subject}:{self.what}"

    @property
    def is_doubtful(self) -> bool:
        """Whether to look at it before the others."""
        return self.what in {"conflict", "warning", "doubt"} or self.confidence < SURE


def questions_of(
    pair: Pair, old: Mapping[str, ProjectRecord], new: Mapping[str, ProjectRecord]
) -> tuple[Question, ...]:
    """Return what to ask about a pair: conflicts, warnings and doubts first, then in text order, the wording last.

    Parameters
    ----------
    old, new
        The records of both annexes, by id.
    """
    olds = [old[ref.record] for ref in pair.old]
    news = [new[ref.record] for ref in pair.new]
    asked: list[Question] = []
    if not olds:
        asked += [_whole(record, is_old=False) for record in news]
        asked += [_doubt(fact, record) for record in news for fact in facts_of(record) if _is_doubtful(fact)]
        asked += _new_warnings([], news)
    elif not news:
        asked += [_whole(record, is_old=True) for record in olds]
    else:
        asked += [_of_change(change, olds, news) for change in pair.changes if change.kind != "warning"]
        asked += _new_warnings(olds, news)
    once = {one.key: one for one in asked}
    return tuple(sorted(once.values(), key=_rank))


def _rank(one: Question) -> tuple[int, int]:
    first = {"conflict": 0, "warning": 1}.get(one.what, 4 if one.subject == "text" else 2 if one.is_doubtful else 3)
    if one.subject == "project":
        first = -1
    places = [place for _, place in one.evidence if place.field == "text"]
    return first, places[0].start if places else -1


def _is_doubtful(fact: Fact) -> bool:
    is_new_body = fact.kind == "organisation" and fact.side.value.get("status") == "new"
    return fact.confidence < SURE or is_new_body


def _whole(record: ProjectRecord, *, is_old: bool) -> Question:
    value = {"title": record.title}
    side = Side(record=record.id, path="", value=value, places=[title_place(record)])
    return Question(
        subject="project",
        what="ended" if is_old else "added",
        old=side if is_old else None,
        new=None if is_old else side,
        accept=None if is_old else value,
        reject=value if is_old else None,
        can_reject=True,
        confidence=1.0,
        evidence=((record.id, side.places[0]),),
        is_old=is_old,
    )


def _doubt(fact: Fact, record: ProjectRecord) -> Question:
    places = fact.side.places or [title_place(record)]
    return Question(
        subject=fact.kind,
        what="doubt",
        old=None,
        new=fact.side,
        accept=fact.side.value,
        reject=None,
        can_reject=True,
        confidence=fact.confidence,
        evidence=tuple((record.id, place) for place in places),
        is_old=False,
    )


def _warning(warning: Warning, record: ProjectRecord) -> Question:
    value = {"code": warning.code, "message": warning.message}
    side = Side(record=record.id, path="", value=value, places=[])
    return Question(
        subject="warning",
        what="warning",
        old=None,
        new=side,
        accept=value,
        reject=None,
        can_reject=False,
        confidence=1.0,
        evidence=((record.id, title_place(record)),),
        is_old=False,
        message=warning.message,
    )


def _new_warnings(olds: Iterable[ProjectRecord], news: Iterable[ProjectRecord]) -> Iterator[Question]:
    known = {(one.code, one.message) for record in olds for one in record.warnings}
    for record in news:
        for one in record.warnings:
            if (one.code, one.message) not in known and one.code != CONFLICT:
                yield _warning(one, record)


def _of_change(change: Change, olds: Sequence[ProjectRecord], news: Sequence[ProjectRecord]) -> Question:
    old, new = change.old, change.new
    if change.kind == "text":  # told by its words as a whole: the sides of a change of wording hold none
        old, new = (_text_side(side, records) for side, records in ((old, olds), (new, news)))
    side = new or old
    assert side is not None  # noqa: S101  # a change has a side
    record = next(one for one in (news if new else olds) if one.id == side.record)
    confidence = next((one.confidence for one in facts_of(record) if new and one.side.path == new.path), 1.0)
    return Question(
        subject=change.kind,
        what=change.what,
        old=old,
        new=new,
        accept=new.value if new else None,
        reject=old.value if old else None,
        can_reject=(new is not None or standing(side, news) is not None) and change.kind not in {"text", "footnote"},
        confidence=confidence,
        evidence=tuple((record.id, place) for place in side.places or [title_place(record)]),
        is_old=new is None,
        homes=tuple(one.id for one in news),
        ratio=change.ratio,
        days=change.days,
        runs=tuple(change.runs),
        is_reading=change.is_reading,
    )


def _text_side(side: Side | None, records: Sequence[ProjectRecord]) -> Side | None:
    text = "\n\n".join(one.text for one in records)
    return side.model_copy(update={"value": {"text": text}}) if side else None


def conflict_question(one: Standing, records: Mapping[str, ProjectRecord]) -> Question | None:
    """Return what to ask about an earlier decision that no longer fits; None where its project is not there."""
    record = records.get(one.record or "")
    if record is None:
        return None
    decision = one.decision
    places = [
        Place(**spot, page=None, boxes=[], next_page_boxes=[])
        for found in one.places
        if found.record == record.id
        for spot in [{"field": found.field, "start": found.start, "end": found.end, "text": found.text}]
    ]
    spots = _spots_of(record.id, places)
    facts = (fact for fact in facts_of(record) if fact.kind == decision.subject)
    there = next(
        (fact for fact in facts if any(_overlap(s, t) for s in _spots_of(record.id, fact.side.places) for t in spots)),
        None,
    )
    before = Side(record=decision.project, path="", value=decision.after or {}, places=_as_places(decision))
    return Question(
        subject=decision.subject,
        what="conflict",
        old=before,
        new=there.side if there else None,
        accept=there.side.value if there else None,
        reject=decision.after,
        can_reject=bool(places),
        confidence=there.confidence if there else 1.0,
        evidence=tuple(
            (record.id, place) for place in (there.side.places if there else places) or [title_place(record)]
        ),
        is_old=False,
        message=one.message,
        decision=decision,
    )


def _as_places(decision: Decision) -> list[Place]:
    keys = set(Place.model_fields)
    return [Place(**piece.model_dump(include=keys)) for piece in decision.evidence]


def _spots_of(record: str, places: Iterable[Place]) -> list[Spot]:
    return [("new", record, place.field, place.start, place.end) for place in places]


def standing(side: Side, news: Iterable[ProjectRecord]) -> tuple[str, Place] | None:
    """Return where words of the old side still stand in the new records; None where none do."""
    for place in side.places:
        for record in news:
            text = record.title if place.field == "title" else record.text
            starts = [at for at in range(len(text)) if text.startswith(place.text, at)] if place.text else []
            if starts:
                start = min(starts, key=lambda at: abs(at - place.start))
                end = start + len(place.text)
                return record.id, Place(
                    field=place.field, start=start, end=end, text=place.text, page=None, boxes=[], next_page_boxes=[]
                )
    return None


def _ends(places: Iterable[Place]) -> list[tuple[str, int, int]]:
    return [(place.field, place.start, place.end) for place in places]


class Answers:
    """The decisions in force about an annex, by what they are about.

    Parameters
    ----------
    decisions
        Those in force, in their order.
    spots
        Where the evidence of each stands, by its id.
    """

    def __init__(self, decisions: Sequence[Decision], spots: Mapping[str, Sequence[Spot]]) -> None:
        self._spots = spots
        self._by_change: dict[str, list[Decision]] = {}
        self._by_record: dict[tuple[str, str], list[Decision]] = {}
        for one in decisions:
            self._by_change.setdefault(one.change, []).append(one)
            for record in dict.fromkeys(spot[1] for spot in spots.get(one.id, ()) if spot[0] == "new"):
                self._by_record.setdefault((one.subject, record), []).append(one)

    def of(self, question: Question) -> Decision | None:
        """Return the decision that answers a question: the last one about it."""
        if question.decision is not None:
            found = self._by_change.get(question.change, [])
        elif question.is_old:
            found = [one for one in self._by_change.get(question.change, ()) if self._answers_old(one, question)]
        else:
            records = dict.fromkeys(record for record, _ in question.evidence)
            about = (one for record in records for one in self._by_record.get((question.subject, record), ()))
            found = [one for one in about if self._answers_new(one, question)]
        return max((one for one in found if one.action != "comment"), key=lambda one: (one.at, one.id), default=None)

    def on(self, records: Iterable[str]) -> list[Decision]:
        """Return the decisions whose evidence stands in some new records, in their order."""
        wanted = set(records)
        found = {one.id: one for (_, record), some in self._by_record.items() if record in wanted for one in some}
        return sorted(found.values(), key=lambda one: (one.at, one.id))

    def spots(self, decision: Decision) -> Sequence[Spot]:
        """Return where the evidence of a decision stands."""
        return self._spots.get(decision.id, ())

    def _answers_old(self, one: Decision, question: Question) -> bool:
        """Whether a decision was about what only the approved records say."""
        said = question.old.value if question.old else None
        places = {("old", record, place.field, place.start, place.end) for record, place in question.evidence}
        stands = any(spot in places for spot in self.spots(one))
        quoted = {piece.text for piece in one.evidence} & {place.text for _, place in question.evidence}
        return one.before == said and (stands or (bool(quoted) and one.project in question.homes))

    def _answers_new(self, one: Decision, question: Question) -> bool:
        if question.subject in _KNOWN_BY_VALUE:
            asked = [value for value in (question.accept, question.reject) if value is not None]
            return any(value in asked for value in (one.before, one.after) if value is not None)
        if question.subject == "role" and not _same_role(one, question):
            return False
        places = _spots(question)
        if question.subject == "role":
            places = places[:1]  # its cue: the others are those of the organisation
        return _touch(self.spots(one), places)


def _same_role(one: Decision, question: Question) -> bool:
    """Whether a decision about a role is about the same organisation: the same words may give others one."""
    said = (one.before or one.after or {}).get("organisation")
    return any(value.get("organisation") == said for value in (question.accept, question.reject) if value is not None)


def _touch(some: Iterable[Spot], others: Sequence[Spot]) -> bool:
    return any(_overlap(one, other) for one in some for other in others)


def _overlap(one: Spot, other: Spot) -> bool:
    return one[:3] == other[:3] and (one[3] == other[3] or (one[3] < other[4] and other[3] < one[4]))


def state_of(question: Question, answer: Decision | None) -> State:
    """Return what was decided of a question."""
    if answer is None:
        return "open"
    if answer.after == question.accept:
        return "accepted"
    if answer.after == question.reject:
        return "rejected"
    return "corrected"


def replaced_by(conflicts: Sequence[Question], questions: Iterable[Question]) -> list[Question]:
    """Return the questions that no conflict asks already: they are about the same words."""
    taken = [(one.subject, spot) for one in conflicts for spot in _spots(one)]
    return [
        one
        for one in questions
        if one.is_old or not _touch(_spots(one), [spot for subject, spot in taken if subject == one.subject])
    ]


def _spots(question: Question) -> list[Spot]:
    return [("new", record, place.field, place.start, place.end) for record, place in question.evidence]
