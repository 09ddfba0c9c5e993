"""What became of one input: its records written, or why there are none."""

import platform
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from pipeline.batch.manifest import DISTRIBUTION
from pipeline.batch.plan import Planned, printable
from pipeline.batch.work import AnnexSummary, Finished
from pipeline.errors import AnnexError
from pipeline.records.models import Failure, ManifestEntry
from pipeline.records.writing import write_annexes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input."""

    entry: ManifestEntry
    """As the manifest tells it."""
    error: AnnexError | None
    annexes: tuple[AnnexSummary, ...]
    broken: bool
    """Whether it failed because its records broke their own invariants: the run's own assertions."""


def deliver(one: Planned, finished: Finished, out: Path, report: Path, taken: dict[str, str]) -> Outcome:
    """Write what came of an input into `out`, all of it or nothing.

    Parameters
    ----------
    report
        Where a fault of ours is reported; what an earlier run reported there is removed.
    taken
        Which input an annex id belongs to; those of this one are added.
    """
    _forget(report)
    if finished.fault is not None:
        error = _internal(finished, report, _report(one, finished))
        return fail(one, error, finished)
    if finished.error is not None:
        return fail(one, finished.error, finished)
    try:
        _refuse_taken(finished, taken)
        write_annexes(out, finished.folders)
    except AnnexError as error:
        return fail(one, error, finished)
    taken.update({folder.id: one.given for folder in finished.folders})
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


def _refuse_taken(finished: Finished, taken: dict[str, str]) -> None:
    """Refuse an id that another input was written under: ids of a file with several annexes show late."""
    for folder in finished.folders:
        if other := taken.get(folder.id):
            raise AnnexError(
                "write_failed",
                "its records would be written as {id}, as those of {other} are; extract it alone, with --id",
                id=folder.id,
                other=other,
            )


def fail(one: Planned, error: AnnexError, finished: Finished | None = None) -> Outcome:
    """Return the outcome of an input that failed."""
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
        report.parent.mkdir(parents=True, exist_ok=True)
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
