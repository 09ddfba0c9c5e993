"""What a person did, as decisions to write: drafts from a question, a fact of a record, or selected text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.comparing.models import Place
from pipeline.records.models import ProjectRecord
from pipeline.reviewing.decisions.attaching import evidence_of
from pipeline.reviewing.decisions.models import Action, Decision, Evidence, Subject
from pipeline.reviewing.facts import Fact
from pipeline.reviewing.questions import Question, Value, standing


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision without who and when."""

    subject: Subject
    action: Action
    evidence: tuple[Evidence, ...]
    before: Value
    after: Value
    change: str = ""
    why: str = ""
    record: str = ""
    """Id of the record; empty for that by which the project is known."""

    def says(self, other: Decision) -> bool:
        """Whether a decision says the same of the same."""
        return (self.subject, self.action, self.before, self.after, self.change, self.why) == (
            other.subject,
            other.action,
            other.before,
            other.after,
            other.change,
            other.why,
        )


def accepted(question: Question, records: Mapping[str, ProjectRecord], why: str = "") -> Draft:
    """Say that what the new extraction says holds."""
    return _answer(question, "accept", question.accept, _evidence(question, records), why)


def rejected(
    question: Question, records: Mapping[str, ProjectRecord], news: Sequence[ProjectRecord], why: str
) -> Draft:
    """Say that it does not hold: what was approved does, or nothing.

    Parameters
    ----------
    records
        The records of both sides that `question` rests on, by id.
    news
        The new records of its pair.
    """
    evidence = _evidence(question, records)
    if question.is_old and question.old is not None and question.subject != "project":
        found = standing(question.old, news)
        if found is not None:
            record = next(one for one in news if one.id == found[0])
            evidence = tuple(evidence_of(record, [found[1]]))
    return _answer(question, "reject", question.reject, evidence, why)


def corrected(question: Question, records: Mapping[str, ProjectRecord], after: Value, why: str = "") -> Draft:
    """Say what holds instead of either."""
    return _answer(question, "correct", after, _evidence(question, records), why)


def fact_draft(fact: Fact, record: ProjectRecord, action: Action, after: Value, why: str = "") -> Draft:
    """Say what holds of a fact of a record; `after` null: it is none."""
    evidence = tuple(evidence_of(record, fact.side.places))
    return Draft(_subject(fact), action, evidence, dict(fact.side.value), after, "", why, record.id)


def added(record: ProjectRecord, subject: Subject, places: Iterable[Place], after: dict[str, Any], why: str) -> Draft:
    """Say what a record lacks, with where it says so."""
    return Draft(subject, "add", tuple(evidence_of(record, places)), None, after, "", why, record.id)


def _subject(fact: Fact) -> Subject:
    return fact.kind


def _evidence(question: Question, records: Mapping[str, ProjectRecord]) -> tuple[Evidence, ...]:
    return tuple(piece for record, place in question.evidence for piece in evidence_of(records[record], [place]))


def _answer(question: Question, action: Action, after: Value, evidence: tuple[Evidence, ...], why: str) -> Draft:
    side = question.new or question.old
    before = dict(side.value) if side else None
    record = evidence[0].record if evidence else ""
    return Draft(question.subject, action, evidence, before, after, question.change, why, record)
