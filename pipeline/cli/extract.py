"""``annex extract``: files and folders → records, with what was found and what to look at."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
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
    from pipeline.batch.outcome import Outcome
    from pipeline.batch.plan import Planned
    from pipeline.cli.given import Given
    from pipeline.logs import Log

_PAGES = re.compile(r"([0-9]+)(?:-([0-9]+))?")


def _read_pages(_ctx: click.Context, _option: click.Parameter, value: str | None) -> tuple[int, int] | None:
    if value is None:
        return None
    found = _PAGES.fullmatch(value.strip())
    if found and 1 <= (first := int(found[1])) <= (last := int(found[2] or found[1])):
        return first, last
    raise click.BadParameter(_("{value!r} is no range of pages; write it as 3-9 or 3").format(value=value))


@click.command(
    "extract",
    cls=Command,
    help=N_(
        "Turn annexes into records.\n\n"
        "Each INPUT is a PDF, a Word file, a text file, or a folder, which is searched with all folders in it. The "
        "records are written into the folder OUT, a folder for each annex. An input that fails gives one line that "
        "says why, and the others are written."
    ),
)
@click.argument("inputs", nargs=-1, required=True, type=FilePath(), metavar=N_("INPUT..."), cls=Argument)
@click.option("-o", "--out", required=True, type=FilePath(), metavar=N_("OUT"), cls=Option, help=N_("Folder to write."))
@click.option("--id", "annex_id", metavar="ID", cls=Option, help=N_("Id of the annex, for one input."))
@click.option(
    "--pages",
    callback=_read_pages,
    metavar="3-9",
    cls=Option,
    help=N_("Pages of a PDF to take, counted from 1, both ends included."),
)
@password_option
@jobs_option
@model_option
@config_option
@approved_option
@click.option("--json", "as_json", is_flag=True, cls=Option, help=N_("Print the manifest instead of the tables."))
@log_options
@settings_option
@lang_option
def command(
    inputs: Sequence[str],
    out: str,
    annex_id: str | None,
    pages: tuple[int, int] | None,
    as_json: bool,  # noqa: FBT001  # click calls by name
) -> Exit:
    """Turn annexes into records."""
    from pipeline.batch.plan import WrongUse, plan
    from pipeline.batch.pool import quieten
    from pipeline.errors import ToldError
    from pipeline.locking import LockedError

    quieten()
    resolved = current()
    use_cache(resolved)
    log = log_of(resolved)
    try:
        planned = plan(inputs, annex_id=annex_id)
    except WrongUse as error:
        raise click.UsageError(told(error)) from None
    given = given_of(resolved, log, pages)
    if given is None:
        return Exit.INPUT_FAILED
    job = _Job(Path(out), given)
    start = time.perf_counter()
    log.event("run_started", inputs=len(planned))
    try:
        outcomes = _run(planned, job, resolved.settings.jobs, log)
    except LockedError:
        said = ToldError(N_("another run is writing there; wait until it has ended"))
        log.event("run_refused", level="error", about=out, said=said)
        return Exit.LOCKED
    seconds = round(time.perf_counter() - start, 3)
    if len(outcomes) < len(planned):
        said = ToldError(
            N_("Stopped: {done} of {count} inputs are done. Run it again for all of them."),
            done=len(outcomes),
            count=len(planned),
        )
        log.event("run_stopped", level="error", seconds=seconds, said=said, inputs=len(planned), done=len(outcomes))
        return Exit.INTERRUPTED
    return _end(outcomes, job, log, seconds, as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Job:
    """What holds for all inputs."""

    out: Path
    given: "Given"


def _run(planned: "Sequence[Planned]", job: _Job, jobs: int, log: "Log") -> "list[Outcome]":
    """Run, telling what is done and what fails at once; stopped by hand, give what was done."""
    from contextlib import closing

    from pipeline.batch.run import run
    from pipeline.cli.progress import progress
    from pipeline.cli.telling import tell_outcome

    outcomes: list[Outcome] = []
    with (
        progress(len(planned), log) as (advance, beside),
        closing(
            run(
                planned,
                job.out,
                settings=job.given.settings,
                model=job.given.model,
                overlay=job.given.overlay,
                decisions=job.given.lines or b"",
                jobs=jobs,
            )
        ) as results,
    ):
        try:
            for one, outcome in zip(planned, results, strict=False):
                outcomes.append(outcome)
                tell_outcome(beside, one.annex_id, outcome)
                advance()
        except KeyboardInterrupt:
            return outcomes
    return outcomes


def _end(outcomes: "Sequence[Outcome]", job: _Job, log: "Log", seconds: float, *, as_json: bool) -> Exit:
    """Write the manifest, show what was found, and say how it went."""
    from pipeline.batch.manifest import build_manifest
    from pipeline.cli.console import console
    from pipeline.errors import AnnexError
    from pipeline.records.writing import as_bytes, write_manifest

    entries = [outcome.entry for outcome in outcomes]
    manifest = build_manifest(entries, job.given.settings, job.given.overlay, job.given.model, job.given.lines)
    is_written = True
    try:
        write_manifest(job.out, manifest)
    except AnnexError as error:
        is_written = False
        log.event("manifest_failed", level="error", code=error.code, about=str(job.out / "manifest.json"), said=error)
    log.event(
        "run_ended",
        seconds=seconds,
        inputs=len(entries),
        failed=sum(entry.status == "failed" for entry in entries),
        annexes=sum(len(entry.annex_ids) for entry in entries),
        records=sum(entry.records for entry in entries),
        warnings=sum(entry.warnings for entry in entries),
    )
    if as_json:
        click.echo(as_bytes(manifest), nl=False)
    elif log.form == "text":
        from pipeline.cli.summary import show_summary

        show_summary(console(), outcomes, job.out)
    if any(outcome.broken for outcome in outcomes):
        return Exit.ASSERTIONS
    return Exit.OK if is_written and not any(outcome.error for outcome in outcomes) else Exit.INPUT_FAILED
