"""A review: two runs, the questions between them, and what was decided of each, by whoever looks at them at once."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock

from pipeline.comparing.comparing import compare_annexes, pair_annexes, predecessor
from pipeline.comparing.models import Pair
from pipeline.errors import ToldError
from pipeline.messages import told
from pipeline.overlay import read_overlay
from pipeline.records.models import ProjectRecord
from pipeline.records.reading import ANNEX_FILE, MANIFEST_FILE, RecordsError, read_records
from pipeline.records.writing import mend
from pipeline.register import Overlay, Register, register_with
from pipeline.reviewing.deciding import Draft
from pipeline.reviewing.decisions.applying import apply
from pipeline.reviewing.decisions.bounds import Settled, settle
from pipeline.reviewing.decisions.log import DecisionLog, decision_id, in_force
from pipeline.reviewing.decisions.models import Decision, Evidence
from pipeline.reviewing.decisions.standing import Standing, standings
from pipeline.reviewing.overlaying import Kept, take_back
from pipeline.reviewing.questions import (
    Answers,
    Question,
    Spot,
    State,
    conflict_question,
    questions_of,
    replaced_by,
    state_of,
)
from pipeline.reviewing.sources import Sources

Records = Mapping[str, ProjectRecord]

_TRIES, _PAUSE = 10, 0.05
"""How often, and after how many seconds, approved records are read again that another is just writing."""


class MeantimeError(ToldError):
    """Something that was decided by another since the person has looked: they must see that first."""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex under review, with what it is compared with."""

    id: str
    title: str
    old_id: str | None
    """Of the approved annex that it follows in its series."""
    new: Records
    """By id, in order; with the boundaries that were decided."""
    approved: Records
    """What is approved of this annex itself."""
    earlier: Records
    """What is approved of the one that it follows."""
    settled: Settled
    """How `new` came of the records as they were extracted."""

    @property
    def old(self) -> Records:
        """All that is approved of either, by id."""
        return {**self.earlier, **self.approved}

    @property
    def name(self) -> str:
        """Its title, or its id where it has none."""
        return self.title or self.id


@dataclass(frozen=True, slots=True)
class Project:
    """A pair of projects under review."""

    number: int
    annex: Annex
    pair: Pair
    questions: tuple[Question, ...]

    @property
    def news(self) -> list[ProjectRecord]:
        """Its new records, as they were extracted."""
        return [self.annex.new[ref.record] for ref in self.pair.new]

    @property
    def olds(self) -> list[ProjectRecord]:
        """Its approved records."""
        return [self.annex.old[ref.record] for ref in self.pair.old]

    def records_of(self, question: Question) -> dict[str, ProjectRecord]:
        """Return the records that a question rests on, by id: both sides may have the same ids."""
        return {one.id: one for one in (self.olds if question.is_old else self.news)}

    @property
    def record(self) -> str:
        """Id of the record that it is known by."""
        return (self.pair.new or self.pair.old)[0].record


@dataclass(frozen=True, slots=True)
class Done:
    """What a person did last, to be taken back as one."""

    words: str
    decisions: tuple[str, ...]
    kept: Kept | None = None
    """What was written to the overlay with them."""


class Session:
    """A review by one person.

    All methods may be called by several threads; each sees the log as it is on disk.

    Parameters
    ----------
    new
        The run that is reviewed.
    approved
        The approved records; it need not be there yet.
    user
        Whose decisions these are.
    sources
        Folder with the files that the records were read from.
    config
        Folder of the steward's overlay.

    Raises
    ------
    RecordsError
        When a run cannot be read.
    LogError
        When the log cannot be read.
    """

    def __init__(
        self, new: Path, approved: Path, *, user: str, sources: Path | None = None, config: Path | None = None
    ) -> None:
        self.new = new
        self.approved = approved
        self.user = user
        self.config = config
        self.sources = Sources(sources) if sources is not None else None
        self.lock = RLock()
        self.log = DecisionLog(approved)
        self.annexes: list[Annex] = []
        self._decisions: list[Decision] | None = None
        self._counted: list[Decision] = []
        self._spots: dict[tuple[str, str], tuple[Spot, ...]] = {}
        self._standings: dict[tuple[str, str], Standing] = {}
        self._answers: dict[str, Answers] = {}
        self._skipped: set[str] = set()
        self._done: list[Done] = []
        self._seen: dict[str, str | None] = {}
        self._mine: set[str] = set()
        self.projects: list[Project] = []
        self._asked: set[str] | None = None
        self._bounds: list[str] | None = None
        self._published: tuple[int, int, int] | None = None
        self.reload()

    def reload(self) -> None:
        """Read both runs again: what is approved has changed. Raises what making a session does."""
        with self.lock:
            self._published = _state_of(self.approved)
            self.annexes = _annexes(read_records(self.new), _approved_records(self.approved))
            self._decisions, self._asked, self._bounds = None, None, None
            self._spots, self._standings, self._answers = {}, {}, {}
            self.refresh()

    def folder_of(self, annex: Annex) -> Path:
        """Return the folder with the new records of an annex."""
        return self.new if (self.new / ANNEX_FILE).is_file() else self.new / annex.id

    def refresh(self) -> bool:
        """Read the log again where it has changed; return whether others have decided something since."""
        with self.lock:
            if _state_of(self.approved) != self._published:  # another has published
                self.reload()
                return True
            decisions = self.log.read()
            if decisions == self._decisions:
                return False
            known = {one.id for one in self._decisions or []} | self._mine
            others = self._decisions is not None and any(one.id not in known for one in decisions)
            self._decisions = decisions
            self._counted = in_force(decisions)
            self._settle()
            for annex in self.annexes:
                self._locate(annex)
                spots = {one.id: self._spots[annex.id, one.id] for one in self._counted}
                self._answers[annex.id] = Answers(self._counted, spots)
            conflicts = self._conflicts()
            if conflicts != self._asked:
                self._asked = conflicts
                self.projects = self._made_projects()
            return others

    # ---- looking

    def answer(self, project: Project, question: Question) -> Decision | None:
        """Return the decision that answers a question."""
        return self._answers[project.annex.id].of(question)

    def state(self, project: Project, question: Question) -> State:
        """Return whether a question is open, and how it was answered."""
        found = state_of(question, self.answer(project, question))
        return "skipped" if found == "open" and question.key in self._skipped else found

    def open_questions(self, project: Project) -> list[Question]:
        """Return the questions of a project that keep it from being published; a skipped one does too."""
        return [one for one in project.questions if self.answer(project, one) is None]

    def decisions_on(self, project: Project) -> list[Decision]:
        """Return the decisions in force about the new records of a project, comments among them."""
        return self._answers[project.annex.id].on(ref.record for ref in project.pair.new)

    def spots(self, project: Project, decision: Decision) -> Sequence[Spot]:
        """Return where the evidence of a decision stands."""
        return self._answers[project.annex.id].spots(decision)

    def effective(self, project: Project) -> list[ProjectRecord]:
        """Return the new records of a project as they would be published now; none where it was decided to be none."""
        records = project.news
        if not records:
            return []
        decisions = [one for one in self.decisions_on(project) if one.subject != "boundary"]
        made = list(apply(decisions, records).records)
        if len(made) != len(records):
            return []
        order = [one.id for one in self._counted]
        bounds = project.annex.settled.standings.values()
        whole = []
        for one, record in zip(made, records, strict=True):
            drawn = {b.decision.id for b in bounds if any(place.record == record.id for _, place in b.attached)}
            held = sorted({*one.decisions, *drawn}, key=order.index)
            whole.append(one.model_copy(update={"id": record.id, "ordinal": record.ordinal, "decisions": held}))
        return whole

    def seen(self, project: Project) -> None:
        """Note that the person looks at the answers of a project as they are now."""
        with self.lock:
            for one in project.questions:
                answer = self.answer(project, one)
                self._seen[one.key] = answer.id if answer else None

    @property
    def register(self) -> Register:
        """The register with the steward's overlay as it is now.

        Raises
        ------
        AnnexError
            When the overlay cannot be read.
        """
        there = self.config is not None and self.config.is_dir()
        return register_with(read_overlay(self.config) if self.config is not None and there else Overlay())

    def log_notes(self) -> list[str]:
        """Return what a person should know of the log, in words."""
        return [told(note) for note in self.log.logged().notes]

    @property
    def last(self) -> Done | None:
        """What the person did last, that can be taken back."""
        return self._done[-1] if self._done else None

    # ---- deciding

    def decide(
        self, project: Project, drafts: Sequence[Draft], words: str, question: Question | None = None
    ) -> list[Decision]:
        """Write what the person decided, at once or not at all; what holds already is not written again.

        Raises
        ------
        MeantimeError
            When another has answered the question since the person has looked.
        AnnexError
            With `write_failed`: nothing was written.
        """
        with self.lock:
            self.refresh()
            if question is not None:
                self.heed_others(project, question)
                self._skipped.discard(question.key)
                current = self.answer(project, question)
                if len(drafts) == 1 and current is not None and drafts[0].says(current) and current.by == self.user:
                    return []
            return self._write([(project, draft) for draft in drafts], words)

    def can_hold(self, project: Project, draft: Draft) -> bool:
        """Whether the new records can say what a decision would have them say; of the approved ones it is not asked."""
        records = {one.id: one for one in self.effective(project)}
        if (
            draft.action == "comment"
            or draft.subject == "boundary"
            or not {piece.record for piece in draft.evidence} <= set(records)
        ):
            return True
        decision = self._decision(project, draft, datetime.now(UTC))
        raw = [one for one in project.news if one.id in {piece.record for piece in draft.evidence}]
        earlier = [one for one in self.decisions_on(project) if one.subject != "boundary"]
        standing = next(one for one in apply([*earlier, decision], raw).standings if one.decision.id == decision.id)
        return standing.state not in {"invalid", "conflict"} and (standing.state != "gone" or draft.after is None)

    def heed_others(self, project: Project, question: Question) -> None:
        """Look whether another has answered a question since the person has looked at its project.

        Raises
        ------
        MeantimeError
            When another has; it is told once.
        """
        with self.lock:
            self.refresh()
            now = self.answer(project, question)
            if question.key not in self._seen or now is None or now.id == self._seen[question.key]:
                return
            if now.id in self._mine:
                return
            self._seen[question.key] = now.id
        raise MeantimeError(
            "{name} has decided this in the meantime; look at it, and decide again if you mean otherwise", name=now.by
        )

    def decide_all(
        self, answers: Sequence[tuple[Project, Draft]], words: str, kept: Kept | None = None
    ) -> list[Decision]:
        """Write many decisions at once, to be taken back as one, with what was written to the overlay."""
        with self.lock:
            return self._write(answers, words, kept)

    def skip(self, question: Question) -> None:
        """Leave a question for later: it stays open, and the next one comes."""
        with self.lock:
            self._skipped.add(question.key)

    def undo(self, decision: str | None = None) -> Done | None:
        """Take back what the person did last, or one decision; return what that was, None where there was nothing."""
        with self.lock:
            self.refresh()
            by_id = {one.id: one for one in self._counted}
            if decision is None:
                while self._done and not any(one in by_id for one in self._done[-1].decisions):
                    self._done.pop()
                done = self._done[-1] if self._done else None
            else:
                done = Done("", (decision,)) if decision in by_id else None
                done = next((one for one in self._done if one.decisions == (decision,)), done)
            if done is None:
                return None
            if done.kept is not None:
                take_back(done.kept)
            taken = [by_id[one] for one in done.decisions if one in by_id]
            now = datetime.now(UTC)
            lines = [
                one.model_copy(
                    update={
                        "id": decision_id(now),
                        "at": now,
                        "by": self.user,
                        "action": "undo",
                        "evidence": [],
                        "why": "",
                        "undoes": one.id,
                    }
                )
                for one in taken
            ]
            self._append(lines)
            self._done = [one for one in self._done if one.decisions != done.decisions]
            return done

    def _write(self, answers: Sequence[tuple[Project, Draft]], words: str, kept: Kept | None = None) -> list[Decision]:
        now = datetime.now(UTC)
        made = [self._decision(project, draft, now) for project, draft in answers]
        self._append(made)
        if made:
            self._done.append(Done(words, tuple(one.id for one in made), kept))
        return made

    def _decision(self, project: Project, draft: Draft, at: datetime) -> Decision:
        return Decision(
            schema_version="1.0",
            id=decision_id(at),
            at=at,
            by=self.user,
            annex=project.annex.id,
            project=draft.record or project.record,
            subject=draft.subject,
            action=draft.action,
            evidence=list(draft.evidence),
            before=draft.before,
            after=draft.after,
            change=draft.change,
            why=draft.why,
            undoes=None,
        )

    def _append(self, lines: Sequence[Decision]) -> None:
        if lines:
            self.log.append(*lines)
            self._mine |= {one.id for one in lines}
            self.refresh()

    # ---- what is asked

    def _made_projects(self) -> list[Project]:
        made: list[Project] = []
        for annex in self.annexes:
            conflicts = [one for one in self._standings_of(annex) if one.state == "conflict"]
            for pair in _pairs(annex):
                records = {ref.record: annex.new[ref.record] for ref in pair.new}
                found = (conflict_question(one, records) for one in conflicts)
                asked = [one for one in found if one is not None]
                questions = (*asked, *replaced_by(asked, questions_of(pair, annex.old, annex.new)))
                made.append(Project(len(made), annex, pair, questions))
        return made

    def _standings_of(self, annex: Annex) -> list[Standing]:
        return [self._standings[annex.id, one.id] for one in self._counted if (annex.id, one.id) in self._standings]

    def _conflicts(self) -> set[str]:
        return {one.decision.id for a in self.annexes for one in self._standings_of(a) if one.state == "conflict"}

    def _settle(self) -> None:
        """Draw the boundaries that were decided; where they are others than before, all is asked anew."""
        bounds = [one.id for one in self._counted if one.subject == "boundary"]
        if bounds == self._bounds or (not bounds and self._bounds is None):
            self._bounds = bounds
            return
        self._bounds = bounds
        self._asked = None
        self._spots, self._standings = {}, {}
        every = [piece for one in self._counted for piece in one.evidence]
        for number, annex in enumerate(self.annexes):
            settled = settle(self._counted, list(annex.settled.arrangement.records.values()), every)
            self.annexes[number] = replace(annex, settled=settled, new={one.id: one for one in settled.records})

    def _locate(self, annex: Annex) -> None:
        """Find where the evidence of decisions stands, of those that are new since the last time."""
        pending = []
        for one in self._counted:
            if (annex.id, one.id) in self._spots:
                continue
            if stand := annex.settled.standings.get(one.id):
                self._standings[annex.id, one.id] = stand
                self._spots[annex.id, one.id] = tuple(("new", p.record, p.field, p.start, p.end) for p in stand.places)
                continue
            spots = [spot for piece in one.evidence if (spot := _exact("new", piece, annex.new))]
            old = [spot for piece in one.evidence if (spot := _exact("old", piece, annex.old))]
            self._spots[annex.id, one.id] = (*spots, *old)
            if len(spots) < len(one.evidence) and annex.new:
                pending.append(one)
        if not pending:
            return
        records = list(annex.new.values())
        finder = annex.settled.finder(piece for one in pending for piece in one.evidence)
        drawn = [one for one in self._counted if one.id in annex.settled.standings]
        for found in standings(pending, records, finder, drawn):
            self._standings[annex.id, found.decision.id] = found
            if found.state == "holds":
                spots = [("new", p.record, p.field, p.start, p.end) for p in found.places]
                self._spots[annex.id, found.decision.id] += tuple(spots)


def _exact(side: str, piece: Evidence, records: Records) -> Spot | None:
    """Return where evidence stands in the very record that it was taken from."""
    record = records.get(piece.record)
    if record is None or record.annex.source.sha256 != piece.sha256:
        return None
    text = record.title if piece.field == "title" else record.text
    if text[piece.start : piece.end] != piece.text or not text[: piece.start].endswith(piece.before):
        return None
    return ("old" if side == "old" else "new", piece.record, piece.field, piece.start, piece.end)


def _state_of(approved: Path) -> tuple[int, int, int] | None:
    """Return what tells one publication from the next: the manifest is written last."""
    try:
        state = (approved / MANIFEST_FILE).stat()
    except OSError:
        return None
    return state.st_ino, state.st_size, state.st_mtime_ns


def _approved_records(folder: Path) -> dict[str, list[ProjectRecord]]:
    """Return the approved records; none where nothing was approved yet."""
    mend(folder)
    for last in (*[False] * _TRIES, True):
        if not folder.is_dir() or not any(folder.glob(f"*/{ANNEX_FILE}")):
            return {}
        try:
            return read_records(folder)
        except RecordsError:  # another may be publishing: for a moment an annex is half of one and half of the other
            if last:
                raise
            time.sleep(_PAUSE)
    return {}


def _annexes(new: Mapping[str, Sequence[ProjectRecord]], old: Mapping[str, Sequence[ProjectRecord]]) -> list[Annex]:
    """Return the annexes of a run with what each is compared with; an approved annex that it has none for stays out."""
    others = {name: records for name, records in old.items() if name not in new}
    made = []
    for new_id, records in new.items():
        before = predecessor(others, records)
        if before is None and new_id not in old:
            before = next(
                (first for first, second in pair_annexes(others, {new_id: records}) if first and second), None
            )
        approved = {one.id: one for one in old.get(new_id, ())}
        earlier = {one.id: one for one in others[before]} if before else {}
        head = records[0].annex if records else None
        title = (head.title if head else None) or ""
        settled = settle([], records)
        made.append(Annex(new_id, title, before, {one.id: one for one in records}, approved, earlier, settled))
    return made


def _pairs(annex: Annex) -> list[Pair]:
    """Return the pairs of an annex: with what is approved of it, else with what is approved of the one before it."""
    news = list(annex.new.values())
    if not annex.approved:
        return compare_annexes(list(annex.earlier.values()), news).pairs
    own = compare_annexes(list(annex.approved.values()), news).pairs
    added = {ref.record for pair in own if not pair.old for ref in pair.new}
    earlier = compare_annexes(list(annex.earlier.values()), news).pairs if added and annex.earlier else []
    since = [pair for pair in earlier if pair.old and pair.new and {ref.record for ref in pair.new} <= added]
    known = {ref.record for pair in since for ref in pair.new}
    others = [pair for pair in own if not {ref.record for ref in pair.new} <= known or not pair.new]
    return sorted([*others, *since], key=lambda pair: (pair.new or pair.old)[0].ordinal)
