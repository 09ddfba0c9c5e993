"""A review of two real years, for tests that do what a person does; no pytest."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from pipeline.cli import main
from pipeline.records.invariants import record_problems
from pipeline.records.models import ProjectRecord
from pipeline.reviewing.actions import Outcome, act
from pipeline.reviewing.decisions.applying import apply
from pipeline.reviewing.facts import Fact, facts_of
from pipeline.reviewing.questions import Question
from pipeline.reviewing.session import Project, Session

SAMPLES = Path(__file__).parents[1] / "samples"


class Review:
    """A review in a folder, with what a person does in it.

    Parameters
    ----------
    session
        The review.
    words
        Words of the title of the project that is looked at.
    """

    def __init__(self, session: Session, words: str) -> None:
        self.session = session
        self.words = words

    @property
    def project(self) -> Project:
        return next(one for one in self.session.projects if any(self.words in new.title for new in one.news))

    @property
    def record(self) -> ProjectRecord:
        """The record as it would be published."""
        [record] = self.session.effective(self.project)
        return record

    def facts(self, kind: str) -> list[Fact]:
        return [one for one in facts_of(self.record) if one.kind == kind]

    def fact(self, subject: str, /, **values: object) -> Fact:
        """Return the first fact of a kind with some values."""
        return next(one for one in self.facts(subject) if values.items() <= one.side.value.items())

    def values(self, kind: str) -> list[dict[str, Any]]:
        return [dict(one.side.value) for one in self.facts(kind)]

    def question(self, subject: str, what: str) -> Question:
        return next(one for one in self.project.questions if (one.subject, one.what) == (subject, what))

    def select(self, words: str, nth: int = 0) -> dict[str, str]:
        """Return the fields of a selection of some words of the text."""
        text, start = self.record.text, -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        return {"in": self.record.id, "field": "text", "start": str(start), "end": str(start + len(words))}

    def act(self, action: str, fields: Mapping[str, str] = {}, **more: str) -> Outcome:
        outcome = act(self.session, self.project, action, {**fields, **more})
        if outcome.is_done:
            self.check()
        return outcome

    def check(self) -> None:
        """Check that the records may be written, and that the next extraction says the same."""
        project = self.project
        made = self.session.effective(project)
        for record in made:
            assert record_problems(record) == []
        annex = list(project.annex.new.values())
        again = {one.id: one for one in apply(self.session.log.read(), annex).records}
        for record in made:
            there = next(one for one in again.values() if one.text == record.text)
            assert said(there) == said(record)


def said(record: ProjectRecord) -> list[tuple[str, Mapping[str, Any], list[tuple[str, int, int]]]]:
    """Return all that a record says, with where."""
    return [
        (one.kind, one.side.value, [(place.field, place.start, place.end) for place in one.side.places])
        for one in facts_of(record)
    ]


def extracted(folder: Path, source: str, *more: object) -> Path:
    """Extract a sample through the command; return the run."""
    out = folder / f"run-{len(list(folder.iterdir()))}"
    result = CliRunner().invoke(main, ["extract", str(SAMPLES / source), "-o", str(out), *map(str, more)])
    assert result.exit_code == 0, result.output
    return out


def lines(session: Session) -> int:
    """Count the lines of the log."""
    return len(session.log.read())
