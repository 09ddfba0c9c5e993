"""Run over many inputs: extract each, write what it gives, say what became of it."""

import platform
from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from pipeline.batch.manifest import DISTRIBUTION
from pipeline.batch.plan import REPORTS, Planned, printable
from pipeline.batch.pool import in_order
from pipeline.batch.work import AnnexSummary, Extractor, Finished, Task, work
from pipeline.errors import AnnexError
from pipeline.extraction import extract_all
from pipeline.locking import locked
from pipeline.recognising import DEFAULT_MODEL
from pipeline.records.models import Failure, ManifestEntry
from pipeline.records.writing import prepare, write_annexes, write_failed
from pipeline.register import Overlay
from pipeline.settings import ReadingSettings


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input."""

    entry: ManifestEntry
    """As the manifest tells it."""
    error: AnnexError | None
    annexes: tuple[AnnexSummary, ...]
    broken: bool
    """Whether it failed because its records broke their own invariants: the run's own assertions."""


def run(
    planned: Sequence[Planned],
    out: Path,
    *,
    settings: ReadingSettings,
    model: str = DEFAULT_MODEL,
    overlay: Overlay | None = None,
    decisions: bytes = b"",
    jobs: int = 1,
    extract: Extractor = extract_all,
) -> Generator[Outcome, None, None]:
    """Extract inputs and write their annex folders into `out`; give an outcome for each, in order.

    What goes wrong with an input is its outcome, and the run goes on. Only this process writes, in the order of the
    inputs, so that the number of workers changes nothing in what is written.

    Parameters
    ----------
    model
        Name of the spaCy pipeline, as `load_model` takes it.
    overlay
        What a steward lays over the register; none by default.
    decisions
        The lines of the decisions that hold in what is extracted, as they were when the run began; none by default.
    jobs
        How many processes extract; 1 is this one.

    Raises
    ------
    LockedError
        When another run is writing to `out`.
    """
    with ExitStack() as stack:
        try:
            _open(out, stack)
        except AnnexError as error:
            for one in planned:
                yield _failed(one, one.error or error)
            return
        own = overlay or Overlay()
        tasks = [Task(one.path, one.annex_id, settings, model, own, decisions) for one in planned if one.error is None]
        results = in_order(tasks, extract, jobs) if jobs > 1 else (work(task, extract) for task in tasks)
        stack.enter_context(closing(results))
        written: dict[str, str] = {}
        for one in planned:
            yield _failed(one, one.error) if one.error else _outcome(one, next(results), out, written)


def _open(out: Path, stack: ExitStack) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        stack.enter_context(locked(out))
    except OSError as error:
        raise write_failed(out, error) from None
    prepare(out)


def _outcome(one: Planned, finished: Finished, out: Path, written: dict[str, str]) -> Outcome:
    """Write what came of an input; `written` holds, by annex id, which input of this run wrote it."""
    report = out / REPORTS / f"{one.annex_id}.txt"
    _forget(report)
    if finished.fault is not None:
        error = _internal(finished, report, _report(one, finished))
        return _failed(one, error, finished)
    if finished.error is not None:
        return _failed(one, finished.error, finished)
    try:
        _refuse_taken(finished, written)
        write_annexes(out, finished.folders)
    except AnnexError as error:
        return _failed(one, error, finished)
    written.update({folder.id: one.given for folder in finished.folders})
    entry = ManifestEntry(
        input=one.given,
        sha256=finished.sha256,
        status="ok",
        error=None,
        annex_ids=[summary.id for summary in finished.summaries],
        records=sum(len(summary.records) for summary in finished.summaries),
        seconds=finished.seconds,
        warnings=sum(summary.warning_count() for summary in finished.summaries),
    )
    return Outcome(entry, None, finished.summaries, broken=False)


def _refuse_taken(finished: Finished, written: dict[str, str]) -> None:
    """Refuse an id that another input of this run was written under: ids of a file with several annexes show late."""
    for folder in finished.folders:
        if other := written.get(folder.id):
            raise AnnexError(
                "write_failed",
                "its records would be written as {id}, as those of {other} are; extract it alone, with --id",
                id=folder.id,
                other=other,
            )


def _failed(one: Planned, error: AnnexError, finished: Finished | None = None) -> Outcome:
    entry = ManifestEntry(
        input=one.given,
        sha256=finished.sha256 if finished else None,
        status="failed",
        error=Failure(code=error.code, message=printable(error.message)),
        annex_ids=[],
        records=0,
        seconds=finished.seconds if finished else 0,
        warnings=0,
    )
    return Outcome(entry, error, (), broken=finished is not None and finished.broken)


def _internal(finished: Finished, report: Path, text: str) -> AnnexError:
    try:
        report.parent.mkdir(exist_ok=True)
        report.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        return AnnexError(
            "internal_error",
            "a fault of ours ({fault}), and no report of it can be written ({reason}); send the file to those who "
            "maintain this program",
            fault=finished.fault,
            reason=error.strerror or str(error),
        )
    return AnnexError(
        "internal_error",
        "a fault of ours ({fault}); the report lies in {report}: send it to those who maintain this program",
        fault=finished.fault,
        report=report,
    )


def _report(one: Planned, finished: Finished) -> str:
    return (
        f"{DISTRIBUTION} {metadata.version(DISTRIBUTION)}, Python {platform.python_version()}, {platform.platform()}\n"
        f"input: {one.given}\nsha256: {finished.sha256}\nafter: {finished.seconds} s\n\n{finished.report}"
    )


def _forget(report: Path) -> None:
    """Remove the report of an earlier run, and the folder of reports where it was the last."""
    with suppress(OSError):
        report.unlink()
        report.parent.rmdir()
