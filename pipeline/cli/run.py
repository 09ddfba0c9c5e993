"""``annex run``: folders taken in again and again, of which only what is new or changed is done."""

import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, FilePath, Option
from pipeline.cli.given import given_of
from pipeline.cli.options import (
    approved_option,
    config_option,
    current,
    jobs_option,
    lang_option,
    log_of,
    log_options,
    model_option,
    password_option,
    settings_option,
    use_cache,
)
from pipeline.messages import N_, _, told

if TYPE_CHECKING:
    from pipeline.batch.assertions import Assertions
    from pipeline.batch.run import Engine
    from pipeline.batch.survey import Basis, Job, Survey
    from pipeline.logs import Log


@click.command(
    "run",
    cls=Command,
    help=N_(
        "Take folders in, again and again: only what is new or changed is done.\n\n"
        "Each FOLDER is searched with all folders in it. The records are written into the folder OUT, as extract "
        "writes them, beside a journal of what was done. A document is done again only when its content, the version, "
        "the model, the settings, your register or its decisions changed. One that fails is put into OUT/quarantine "
        "with the reason, and the others are written. Stopped or killed, the next run goes on where it was."
    ),
)
@click.argument("inputs", nargs=-1, required=True, type=FilePath(), metavar=N_("FOLDER..."), cls=Argument)
@click.option("-o", "--out", required=True, type=FilePath(), metavar=N_("OUT"), cls=Option, help=N_("Folder to write."))
@click.option("--dry-run", is_flag=True, cls=Option, help=N_("Say what would be done, and why; do nothing."))
@click.option("--retry", is_flag=True, cls=Option, help=N_("Try again what failed before, though it has not changed."))
@click.option(
    "--prune",
    is_flag=True,
    cls=Option,
    help=N_("Remove the records of documents that are gone; they are only told of without it."),
)
@click.option(
    "--max-failures",
    type=click.IntRange(min=0),
    metavar="N",
    cls=Option,
    help=N_("End when more than N documents fail; what is done stays done."),
)
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0.0,
    metavar="S",
    cls=Option,
    help=N_("How many seconds to wait for another run that is writing to OUT."),
)
@click.option(
    "--assertions",
    "asserted",
    type=FilePath(dir_okay=False),
    metavar=N_("FILE"),
    cls=Option,
    help=N_("What must hold of all that is found, in TOML; where it does not, OUT stays as it was."),
)
@click.option(
    "--engine",
    type=click.Choice(("local", "dask")),
    default="local",
    cls=Option,
    help=N_("Where documents are read: on this machine, or on a Dask cluster (the extra dask).  [default: local]"),
)
@click.option(
    "--scheduler",
    metavar=N_("ADDRESS"),
    cls=Option,
    help=N_("Of the Dask cluster, such as tcp://10.0.0.1:8786."),
)
@password_option
@jobs_option
@model_option
@config_option
@approved_option
@log_options
@settings_option
@lang_option
def command(
    inputs: Sequence[str],
    out: str,
    dry_run: bool,  # noqa: FBT001  # click calls by name
    retry: bool,  # noqa: FBT001
    prune: bool,  # noqa: FBT001
    max_failures: int | None,
    wait: float,
    asserted: str | None,
    engine: str,
    scheduler: str | None,
) -> Exit:
    """Take folders in."""
    import sys

    from pipeline.batch.cluster import ClusterError
    from pipeline.batch.plan import WrongUse
    from pipeline.batch.pool import quieten
    from pipeline.batch.survey import Basis, Job
    from pipeline.cli.run_telling import tell_plan
    from pipeline.errors import AnnexError, MissingExtraError, ToldError
    from pipeline.locking import LockedError

    quieten()
    if (engine == "dask") != (scheduler is not None):
        raise click.UsageError(_("--engine dask and --scheduler ADDRESS go together"))
    resolved = current()
    use_cache(resolved)
    log = log_of(resolved, "text" if sys.stderr.isatty() else "json")
    assertions = _assertions(asserted)
    given = given_of(resolved, log)
    if given is None:
        return Exit.INPUT_FAILED
    decisions = None if given.decisions is None else tuple(given.decisions)
    job = Job(Path(out), given.settings, given.model, given.overlay, decisions, assertions)
    wanted = _Wanted(inputs, resolved.settings.jobs, wait, max_failures, scheduler, retry=retry, prune=prune)
    start = time.perf_counter()
    try:
        if dry_run:
            tell_plan(log, _survey(wanted, job, Basis(job)), out, prune=prune, is_dry=True)
            return Exit.OK
        return _run(wanted, job, log, start)
    except LockedError:
        said = ToldError(N_("another run is writing there; wait until it has ended"))
        log.event("run_refused", level="error", about=out, said=said)
        return Exit.LOCKED
    except WrongUse as error:
        raise click.UsageError(told(error)) from None
    except (ClusterError, MissingExtraError) as error:
        log.event("run_failed", level="error", seconds=_since(start), said=error)
        return Exit.INPUT_FAILED
    except AnnexError as error:
        log.event("run_failed", level="error", code=error.code, seconds=_since(start), said=error)
        return Exit.INPUT_FAILED
    except _Terminated:
        said = ToldError(N_("Ended by SIGTERM. Run it again: it goes on where it was."))
        log.event("run_stopped", level="error", seconds=_since(start), said=said)
        return Exit.TERMINATED
    except KeyboardInterrupt:
        said = ToldError(N_("Stopped. Run it again: it goes on where it was."))
        log.event("run_stopped", level="error", seconds=_since(start), said=said)
        return Exit.INTERRUPTED


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for."""

    inputs: Sequence[str]
    jobs: int
    wait: float
    max_failures: int | None
    scheduler: str | None
    """Address of a Dask cluster; None to work here."""
    retry: bool
    prune: bool


class _Terminated(KeyboardInterrupt):
    """SIGTERM: everything is left as Ctrl-C leaves it."""


def _assertions(path: str | None) -> "Assertions | None":
    from pipeline.batch.assertions import AssertionsError, read_assertions

    if path is None:
        return None
    try:
        return read_assertions(Path(path))
    except AssertionsError as error:
        raise click.UsageError(told(error)) from None


def _survey(wanted: _Wanted, job: "Job", basis: "Basis") -> "Survey":
    from pipeline.batch.survey import survey

    return survey(wanted.inputs, job, basis, retry=wanted.retry)


def _run(wanted: _Wanted, job: "Job", log: "Log", start: float) -> Exit:
    """Survey, do, and give the records their place, all under the lock."""
    from contextlib import closing

    from pipeline.batch.ingest import finish, make_ready, work_off
    from pipeline.batch.survey import Basis
    from pipeline.cli.progress import progress
    from pipeline.cli.run_telling import Tally, tell_breaches, tell_end, tell_plan, tell_too_many
    from pipeline.cli.telling import tell_outcome
    from pipeline.locking import locked
    from pipeline.records.writing import write_failed

    try:
        job.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_failed(job.out, error) from None
    tally = Tally()
    with _terminable(), _writable(job.out), locked(job.out, patience=wanted.wait):
        make_ready(job.out)
        basis = Basis(job)
        found = _survey(wanted, job, basis)
        tell_plan(log, found, str(job.out), prune=wanted.prune)
        with (
            _engine(wanted, job, is_needed=bool(found.to_do)) as engine,
            progress(len(found.to_do), log) as (advance, beside),
            closing(work_off(found, job, basis, engine)) as results,
        ):
            for step, outcome in results:
                tell_outcome(beside, step.one.annex_id, outcome)
                tally.add(outcome)
                if step.why is not None:
                    advance()
                if wanted.max_failures is not None and tally.failed > wanted.max_failures:
                    tell_too_many(log, tally, _since(start))
                    return Exit.INPUT_FAILED
        breaches = finish(found, job, prune=wanted.prune)
        tell_breaches(log, breaches)
    tell_end(log, found, job.out, tally, _since(start), is_breached=bool(breaches))
    if breaches or tally.broken:
        return Exit.ASSERTIONS
    has_failed = any(one.one.error or (one.entry and one.entry.status == "failed") for one in found.steps)
    return Exit.INPUT_FAILED if has_failed else Exit.OK


@contextmanager
def _engine(wanted: _Wanted, job: "Job", *, is_needed: bool) -> "Iterator[Engine]":
    """Give what works on documents; a cluster is only asked when there is something to do."""
    from pipeline.batch.cluster import on_cluster
    from pipeline.batch.run import local

    if wanted.scheduler is None or not is_needed:
        yield local(wanted.jobs)
        return
    with on_cluster(wanted.scheduler, job.model) as engine:
        yield engine


@contextmanager
def _writable(out: Path) -> Iterator[None]:
    """Say that a folder cannot be written where its lock cannot be made."""
    from pipeline.records.writing import write_failed

    try:
        yield
    except OSError as error:
        raise write_failed(out, error) from None


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM end the run as Ctrl-C does; a second one changes nothing."""

    def end(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise _Terminated

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _since(start: float) -> float:
    return round(time.perf_counter() - start, 3)
