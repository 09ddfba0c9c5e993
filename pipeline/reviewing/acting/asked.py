"""What an action is about: a question, a fact or selected text, with what was typed; and what came of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.comparing.models import Place
from pipeline.errors import ToldError
from pipeline.messages import _
from pipeline.records.models import ProjectRecord, TextField
from pipeline.reviewing.deciding import Draft, corrected, rejected
from pipeline.reviewing.decisions.attaching import evidence_of
from pipeline.reviewing.decisions.models import Evidence, Subject
from pipeline.reviewing.facts import Fact, facts_of, title_place
from pipeline.reviewing.questions import Question, Value
from pipeline.reviewing.session import Project, Session
from pipeline.showing.values import KINDS

Fields = Mapping[str, str]

LONGEST = 2000
"""Code points of what was typed in a field that are kept."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action."""

    words: str = ""
    """What was done, for the person; empty where it could not be."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """What is wrong, by the name of the field; the empty name is for the whole."""

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return not self.errors


class NotPossibleError(ToldError):
    """What was asked cannot be done; nothing was written."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an action is about."""

    session: Session
    project: Project
    action: str
    fields: Fields
    question: Question | None
    fact: Fact | None
    news: Sequence[ProjectRecord]
    """The new records of the project as they would be published now."""

    def get(self, name: str) -> str:
        """Return what was typed in a field as one line; empty where there is none."""
        return " ".join(self.fields.get(name, "").split())[:LONGEST]

    @property
    def why(self) -> str:
        """The reason that was given."""
        return self.get("why")

    @property
    def value(self) -> Value:
        """What the question or fact says now."""
        side = self.fact.side if self.fact else self.question and (self.question.new or self.question.old)
        return dict(side.value) if side else None

    @property
    def subject(self) -> Subject:
        """What a decision on it is about."""
        if self.fact is not None:
            return self.fact.kind
        return self.question.subject if self.question else "project"

    @property
    def records(self) -> dict[str, ProjectRecord]:
        """The records of both sides by id, the new ones as they were extracted: evidence of facts is of these."""
        return {one.id: one for one in (*self.project.olds, *self.news, *self.project.news)}

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where the question or fact stands."""
        if self.fact is not None:
            record = self.records[self.fact.side.record]
            places = [] if self.fact.kind == "title" else self.fact.side.places  # of the title as it was extracted
            return tuple(evidence_of(record, places or [title_place(record)]))
        if self.question is not None:
            there = self.project.records_of(self.question)
            return tuple(piece for home, place in self.question.evidence for piece in evidence_of(there[home], [place]))
        record = self.records[self.project.record]
        return tuple(evidence_of(record, [title_place(record)]))

    def selection(self, *, begins: bool = False) -> tuple[ProjectRecord, Place]:
        """Return the words that are selected, or typed as they stand there.

        Parameters
        ----------
        begins
            Only where they begin is of meaning: none need be selected, and those that are typed must stand there once.

        Raises
        ------
        NotPossibleError
            When none are, or they do not stand there.
        """
        if not self.fields.get("start") and self.get("words"):
            return self._typed(begins=begins)
        record = next((one for one in self.news if one.id == self.fields.get("in", "")), None)
        where: TextField = "title" if self.fields.get("field") == "title" else "text"
        try:
            start, end = int(self.fields.get("start", "")), int(self.fields.get("end", ""))
        except ValueError:
            record = None
        if record is None:
            raise NotPossibleError("select the words in the text first")
        return self._place(record, where, start, end, begins=begins)

    def _place(
        self, record: ProjectRecord, where: TextField, start: int, end: int, *, begins: bool
    ) -> tuple[ProjectRecord, Place]:
        text = record.title if where == "title" else record.text
        if where == "title" and text != self.records[record.id].title:
            raise NotPossibleError("words of a corrected title cannot be marked; take the correction back first")
        start, end = _trimmed(text, start, end)
        if not 0 <= start <= end <= len(text) or (start == end and not begins):
            raise NotPossibleError("select the words in the text first")
        page = record.pages[0] if len(record.pages) == 1 else None
        return record, Place(
            field=where, start=start, end=end, text=text[start:end], page=page, boxes=[], next_page_boxes=[]
        )

    def _typed(self, *, begins: bool) -> tuple[ProjectRecord, Place]:
        """Find words that were typed: near the fact that they are drawn for, else where nothing is marked yet."""
        words = re.compile(r"\s+".join(map(re.escape, self.get("words").split())))
        fields: tuple[TextField, ...] = ("text",) if begins else ("text", "title")
        found = [
            (record, where, match.start(), match.end())
            for where in fields
            for record in self.news
            for match in words.finditer(record.text if where == "text" else record.title)
        ]
        if not found:
            raise NotPossibleError("these words do not stand in the text as they were typed")
        if begins and len(found) > 1:
            raise NotPossibleError("these words stand in the text more than once; type more of those that follow")
        if self.fact is not None and self.fact.side.places:
            near = self.fact.side.places[0]
            found.sort(key=lambda one: (one[1] != near.field, abs(one[2] - near.start)))
        else:
            marked = {
                (record.id, place.field, place.start)
                for record in self.news
                for fact in facts_of(record)
                for place in fact.side.places
            }
            found.sort(key=lambda one: (one[0].id, one[1], one[2]) in marked)
        return self._place(*found[0], begins=begins)

    def draft(self, action: str, after: Value) -> Draft:
        """Return a decision on the question or fact."""
        if self.fact is None and self.question is not None:
            if action == "correct":
                return corrected(self.question, self.project.records_of(self.question), after, self.why)
            return rejected(self.question, self.project.records_of(self.question), self.project.news, self.why)
        made = "correct" if after is not None else "reject"
        home = self.fact.side.record if self.fact else ""
        return Draft(self.subject, made, self.evidence, self.value, after, "", self.why, home)  # type: ignore[arg-type]

    def write(self, drafts: Sequence[Draft], words: str) -> Outcome:
        """Write decisions, told in words, where the records can say what was decided.

        Raises
        ------
        NotPossibleError
            When they cannot: nothing was written.
        """
        for draft in drafts:
            if not self.session.can_hold(self.project, draft):
                raise NotPossibleError("no record can say that of these words; nothing was decided")
        written = self.session.decide(self.project, drafts, words, self.question)
        return Outcome(words if written else _("That was decided already."))


def said(asked: Asked, done: str) -> str:
    """Say what was done with the question or fact."""
    return f"{_(KINDS[asked.subject])}: {done}"


def added(subject: str) -> str:
    """Say that something was added."""
    return _("{kind}: added").format(kind=_(KINDS[subject]))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a selection without the white space at its ends."""
    while start < end <= len(text) and text[start].isspace():
        start += 1
    while start < end <= len(text) and text[end - 1].isspace():
        end -= 1
    return start, end
