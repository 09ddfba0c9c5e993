"""Folders and the journal → what there is to do: which inputs, and why each; what is gone; what is twice the same."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Literal

from pipeline.batch.assertions import Assertions
from pipeline.batch.concerning import Concerning
from pipeline.batch.journal import Entry, Journal, digest
from pipeline.batch.manifest import DISTRIBUTION, settings_hash
from pipeline.batch.plan import Planned, plan
from pipeline.batch.quarantine import QUARANTINE
from pipeline.errors import AnnexError
from pipeline.recognising import model_version
from pipeline.records.writing import read_folder
from pipeline.register import Overlay
from pipeline.reviewing.decisions.models import Decision
from pipeline.settings import ReadingSettings

STAGED = ".staged"
"""Folder in which records wait until the assertions hold; no annex has this id."""
Why = Literal["new", "content", "name", "version", "model", "settings", "decisions", "output", "retry"]
"""Why an input is done: it is new, something changed, its records are not as they were written, or it failed."""
_PASSING = frozenset({"not_found", "unreadable", "write_failed"})
"""Errors that say nothing of the document: it is tried again in each run."""


@dataclass(frozen=True, slots=True)
class Job:
    """What holds for all inputs of a run."""

    out: Path
    settings: ReadingSettings
    model: str
    overlay: Overlay = field(default_factory=Overlay)
    decisions: tuple[Decision, ...] | None = None
    """Those that count; None where no approved records were given."""
    assertions: Assertions | None = None


@dataclass(slots=True)
class Step:
    """One input of a run."""

    one: Planned
    sha256: str | None = None
    why: Why | None = None
    """Why it is done; None where it is not."""
    entry: Entry | None = None
    """What the journal holds of it, where that still counts."""
    is_staged: bool = False
    """Whether its records wait for the assertions."""
    twin: str | None = None
    """Id of the input before it that has the same content: it is read once."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What there is to do."""

    steps: list[Step]
    """Every input, in the order in which the manifest lists them."""
    vanished: tuple[Entry, ...]
    """What was there in an earlier run and is gone."""
    renamed: tuple[Entry, ...]
    """What is there under another id now, for other files have come or gone beside it."""
    elsewhere: tuple[Entry, ...]
    """What was taken in from other folders, and is there still."""

    @property
    def to_do(self) -> list[Step]:
        """Those that are to be extracted."""
        return [step for step in self.steps if step.why is not None]


class Basis:
    """What all results of a run rest on beside their inputs; two that are equal give the same records."""

    def __init__(self, job: Job) -> None:
        self.version = metadata.version(DISTRIBUTION)
        self.model = model_version(job.model)
        self.settings = settings_hash(job.settings, job.overlay)
        self.concerning = Concerning(job.decisions or ())


def survey(inputs: Iterable[str | Path], job: Job, basis: Basis, *, retry: bool = False) -> Survey:
    """Look at every input and say what there is to do; nothing is written.

    Parameters
    ----------
    inputs
        Folders, or files.
    retry
        Whether inputs that failed are done again though nothing has changed.

    Raises
    ------
    WrongUse
        When two inputs would get the same id.
    """
    planned = plan(inputs, without=job.out, reserved={QUARANTINE})
    journal, staged = Journal(job.out), Journal(job.out / STAGED)
    paths = {os.path.realpath(one.path) for one in planned if one.error is None}
    first: dict[str, str] = {}
    steps: list[Step] = []
    for one in planned:
        step = Step(one)
        steps.append(step)
        if one.error is not None:
            continue
        before = journal.entries.get(one.annex_id)
        if before is not None and _is_of_another(before, one, paths):
            step.one = _refused(one, before)
            continue
        step.sha256 = _digest(one.path)
        if step.sha256 in first:
            step.twin = first[step.sha256]
            continue
        if step.sha256 is not None:
            first[step.sha256] = one.annex_id
        _judge(step, (before, staged.entries.get(one.annex_id)), job, basis, retry=retry)
    ids = {step.one.annex_id for step in steps}
    rest = [entry for name, entry in journal.entries.items() if name not in ids]
    return Survey(
        steps,
        vanished=tuple(one for one in rest if one.path not in paths and not _is_there(one)),
        renamed=tuple(one for one in rest if one.path in paths),
        elsewhere=tuple(one for one in rest if one.path not in paths and _is_there(one)),
    )


def _judge(step: Step, entries: Sequence[Entry | None], job: Job, basis: Basis, *, retry: bool) -> None:
    """Find out whether an input is to be done; `entries` are of its records in their place, and of those staged."""
    step.why = "new"
    for entry, place in zip(entries, (job.out, job.out / STAGED), strict=True):
        if entry is None:
            continue
        why = _stale(entry, step, place, job, basis, retry=retry)
        if why is None:
            step.why, step.entry, step.is_staged = None, entry, place != job.out
            return
        if place == job.out:
            step.why = why


def _stale(entry: Entry, step: Step, place: Path, job: Job, basis: Basis, *, retry: bool) -> Why | None:
    """Return why an entry counts no more."""
    changed: tuple[tuple[Why, bool], ...] = (
        ("content", entry.sha256 is None or entry.sha256 != step.sha256 or entry.status == "skipped"),
        ("name", entry.file != step.one.path.name),
        ("version", entry.version != basis.version),
        ("model", entry.model != basis.model),
        ("settings", entry.settings != basis.settings),
    )
    for why, is_so in changed:
        if is_so:
            return why
    if entry.error is not None:
        is_open = entry.error.code == "encrypted" and job.settings.password is not None
        return "retry" if retry or is_open or entry.error.code in _PASSING else _redecided(entry, (), basis)
    try:
        folders = [read_folder(place, name) for name in entry.annex_ids]
    except OSError:
        return "output"
    if digest(folders) != entry.output:
        return "output"
    if entry.log == basis.concerning.log:
        return None
    others = basis.concerning.others(step.one.annex_id, folders)
    return _redecided(entry, others, basis)


def _redecided(entry: Entry, others: Sequence[str], basis: Basis) -> Why | None:
    """Say so where decisions that concern an annex are not those of its records."""
    same = (
        basis.concerning.own(entry.id) == entry.decisions
        and basis.concerning.are_there(entry.others)
        and set(others) <= set(entry.others)
    )
    return None if same else "decisions"


def _is_of_another(before: Entry, one: Planned, paths: set[str]) -> bool:
    """Say whether an id belongs to an input of other folders, which is there still."""
    return before.path != os.path.realpath(one.path) and before.path not in paths and _is_there(before)


def _refused(one: Planned, before: Entry) -> Planned:
    error = AnnexError(
        "write_failed",
        "its records would be written as {id}, as those of {other} are; give the folders of both in one run, or write "
        "to another folder",
        id=one.annex_id,
        other=before.path,
    )
    return Planned(one.given, one.path, one.annex_id, error)


def _is_there(entry: Entry) -> bool:
    return Path(entry.path).is_file()


def _digest(path: Path) -> str | None:
    """Return the SHA-256 of an input; None where it cannot be read: to read it says why."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
