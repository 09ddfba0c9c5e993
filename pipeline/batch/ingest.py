"""Take in folders, again and again: do what a survey says, keep the journal, give records their place.

Everything is on disk, whole, before the next begins: killed at any moment, the next run goes on from there.
"""

import json
import os
import shutil
from collections.abc import Generator, Iterable
from contextlib import closing
from pathlib import Path

from pipeline.batch import quarantine
from pipeline.batch.assertions import Breach, Tally
from pipeline.batch.journal import Entry, Journal, digest
from pipeline.batch.manifest import build_manifest
from pipeline.batch.outcome import Outcome, deliver, fail
from pipeline.batch.room import refuse_without_room, room_for
from pipeline.batch.run import Engine
from pipeline.batch.survey import STAGED, Basis, Job, Step, Survey
from pipeline.batch.work import Finished, Task
from pipeline.records.models import Manifest, ManifestEntry
from pipeline.records.reading import MANIFEST_FILE
from pipeline.records.writing import (
    as_bytes,
    prepare,
    read_folder,
    remove_annexes,
    write_annexes,
    write_failed,
    write_file,
    write_manifest,
)
from pipeline.reviewing.decisions.log import line_of

_PASSED = "passed.json"
"""Ids of the inputs whose records are on their way to their place: the assertions held."""


def make_ready(out: Path) -> None:
    """Make the folder, and bring to its end what a run that was killed had begun; the lock of `out` is held.

    Raises
    ------
    AnnexError
        With `write_failed`.
    """
    prepare(out)
    if (out / STAGED).is_dir():
        prepare(out / STAGED)
    if (out / STAGED / _PASSED).is_file():
        _promote(out)
    journal = Journal(out)
    for entry in list(journal.entries.values()):
        if entry.leaving:
            remove_annexes(out, _unclaimed(entry, entry.leaving, journal))
    journal.rewrite(entry.model_copy(update={"leaving": ()}) for entry in journal.entries.values())


def work_off(found: Survey, job: Job, basis: Basis, engine: Engine) -> Generator[tuple[Step, Outcome], None, None]:
    """Do what there is to do, and give what became of each input that was not left as it was.

    Raises
    ------
    AnnexError
        With `write_failed`, when there is too little room, before or on the way, or the journal cannot be written.
    """
    place = job.out if job.assertions is None else job.out / STAGED
    to_do = found.to_do
    refuse_without_room(job.out, room_for(step.one.path for step in to_do))
    for step in found.steps:
        if step.one.error is not None:
            yield step, fail(step.one, step.one.error)
    if not to_do:
        return
    try:
        place.mkdir(exist_ok=True)
    except OSError as error:
        raise write_failed(place, error) from None
    lines = b"".join(map(line_of, job.decisions or ()))
    tasks = [Task(step.one.path, step.one.annex_id, job.settings, job.model, job.overlay, lines) for step in to_do]
    taken = {
        name: entry.path
        for entry in (*(step.entry for step in found.steps if step.entry), *found.elsewhere)
        for name in entry.annex_ids
    }
    journal = Journal(place)
    with closing(engine(tasks)) as results:
        for step in to_do:
            outcome = _done(step, next(results), place, journal, taken, job, basis)
            yield step, outcome
            refuse_without_room(job.out)


def finish(found: Survey, job: Job, *, prune: bool) -> list[Breach]:
    """Give the records their place where the assertions hold, and write the manifest; return what does not hold.

    Parameters
    ----------
    prune
        Whether the records of what has vanished are removed. Where a folder could not be searched or holds nothing,
        nothing is: it may not be there tonight.

    Raises
    ------
    AnnexError
        With `write_failed`.
    """
    out = job.out
    entries = [(step, _as_manifest(step)) for step in found.steps]
    if job.assertions is not None:
        tallies = [tally for step in found.steps if step.entry is not None for tally in step.entry.tallies]
        failed = sum(entry.status == "failed" for _, entry in entries)
        if breaches := job.assertions.breaches(tallies, inputs=len(entries), failed=failed):
            return breaches
    if waiting := [step.one.annex_id for step in found.steps if step.is_staged]:
        write_file(out / STAGED / _PASSED, [json.dumps(waiting)])
        _promote(out)
    shutil.rmtree(out / STAGED, ignore_errors=True)
    journal = Journal(out)
    for step in found.steps:
        if step.twin is not None:
            _settle(out, journal, _twin(step))
    gone = list(found.renamed)
    if prune and all(step.one.error is None or step.one.annex_id for step in found.steps):
        gone += found.vanished
    for entry in gone:
        journal.entries.pop(entry.id)
    for entry in gone:
        remove_annexes(out, _unclaimed(entry, (*entry.annex_ids, *entry.kept), journal))
        quarantine.take_out(out, entry.id)
    journal.rewrite(entry.model_copy(update={"leaving": ()}) for entry in journal.entries.values())
    lines = None if job.decisions is None else b"".join(map(line_of, job.decisions))
    manifest = build_manifest((entry for _, entry in entries), job.settings, job.overlay, job.model, lines)
    _write_changed(out, manifest)
    return []


def _done(
    step: Step,
    finished: Finished,
    place: Path,
    journal: Journal,
    taken: dict[str, str],
    job: Job,
    basis: Basis,
) -> Outcome:
    """Write what came of an input, and what the journal says of it."""
    one = step.one
    outcome = deliver(one, finished, place, quarantine.report_file(job.out, one.annex_id), taken)
    listed = outcome.entry
    entry = Entry(
        id=one.annex_id,
        path=os.path.realpath(one.path),
        file=one.path.name,
        sha256=listed.sha256,
        version=basis.version,
        model=basis.model,
        settings=basis.settings,
        decisions=basis.concerning.own(one.annex_id),
        log=basis.concerning.log,
        others=_others(one.annex_id, finished, outcome, basis),
        status=listed.status,
        error=listed.error,
        annex_ids=tuple(listed.annex_ids),
        records=listed.records,
        seconds=listed.seconds,
        warnings=listed.warnings,
        output=digest(finished.folders) if outcome.error is None else "",
        tallies=tuple(map(Tally.of, outcome.annexes)),
    )
    step.is_staged = place != job.out
    if step.is_staged:
        if outcome.error is not None:
            quarantine.put(job.out, entry, one.given)
        _append(journal, entry)
        step.entry = entry
    else:
        step.entry = _settle(job.out, journal, entry, one.given)
    return outcome


def _others(annex_id: str, finished: Finished, outcome: Outcome, basis: Basis) -> tuple[str, ...]:
    """Return the decisions of other annexes that concern what was written: those that hold, too, whatever they did."""
    if outcome.error is not None:
        return ()
    found = dict.fromkeys(basis.concerning.others(annex_id, finished.folders))
    for summary in finished.summaries:
        found |= dict.fromkeys(sorted(summary.decided.held | summary.decided.conflicts))
    return tuple(found)


def _settle(out: Path, journal: Journal, entry: Entry, given: str | None = None) -> Entry:
    """Enter what became of an input whose records have their place; remove what it gave before and gives no more."""
    before = journal.entries.get(entry.id)
    had = [] if before is None else [*before.annex_ids, *before.kept, *before.leaving]
    old = tuple(dict.fromkeys(name for name in had if name not in entry.annex_ids))
    entry = entry.model_copy(update={"kept" if entry.status == "failed" else "leaving": old})
    if entry.status == "failed":
        quarantine.put(out, entry, given or entry.path)
    if entry != before:
        _append(journal, entry)
    if entry.status != "failed":
        remove_annexes(out, _unclaimed(entry, entry.leaving, journal))
        quarantine.take_out(out, entry.id)
    return entry


def _promote(out: Path) -> None:
    """Give staged records their place; what has it already stays."""
    journal, staged = Journal(out), Journal(out / STAGED)
    for name in json.loads((out / STAGED / _PASSED).read_bytes()):
        entry = staged.entries.get(name)
        if entry is None:
            continue
        try:
            folders = [read_folder(out / STAGED, annex_id) for annex_id in entry.annex_ids]
        except OSError as error:
            raise write_failed(out, error) from None
        if digest(folders) == entry.output:
            write_annexes(out, folders)
        if digest(folders) == entry.output or entry.status == "failed":
            _settle(out, journal, entry)
    shutil.rmtree(out / STAGED, ignore_errors=True)


def _twin(step: Step) -> Entry:
    return Entry(
        id=step.one.annex_id,
        path=os.path.realpath(step.one.path),
        file=step.one.path.name,
        sha256=step.sha256,
        version="",
        model="",
        settings="",
        status="skipped",
    )


def _as_manifest(step: Step) -> ManifestEntry:
    one = step.one
    if one.error is not None:
        return fail(one, one.error).entry
    if step.entry is not None:
        return step.entry.as_manifest(one.given)
    if step.twin is not None:
        return _twin(step).as_manifest(one.given)
    raise ValueError(f"nothing became of {one.annex_id}")


def _unclaimed(entry: Entry, ids: Iterable[str], journal: Journal) -> list[str]:
    """Return those of some annex ids that no other input gives."""
    claimed = {
        name for other in journal.entries.values() if other.id != entry.id for name in (*other.annex_ids, *other.kept)
    }
    return [name for name in ids if name not in claimed]


def _append(journal: Journal, entry: Entry) -> None:
    try:
        journal.append(entry)
    except OSError as error:
        raise write_failed(journal.folder, error) from None


def _write_changed(out: Path, manifest: Manifest) -> None:
    """Write the manifest, unless it is there as it is: what is made of it by make is then up to date."""
    path = out / MANIFEST_FILE
    try:
        is_same = path.is_file() and path.read_bytes() == as_bytes(manifest)
    except OSError:
        is_same = False
    if not is_same:
        write_manifest(out, manifest)
