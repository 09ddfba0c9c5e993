"""``annex extract``: files and folders → records, with what was found and what to look at."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.config import config_option, overlay_of
from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, FilePath, Option, lang_option
from pipeline.messages import N_, _, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.batch.plan import Planned
    from pipeline.batch.run import Outcome
    from pipeline.register import Overlay
    from pipeline.settings import ReadingSettings

_PAGES = re.compile(r"([0-9]+)(?:-([0-9]+))?")


def _read_pages(_ctx: click.Context, _option: click.Parameter, value: str | None) -> tuple[int, int] | None:
    if value is None:
        return None
    found = _PAGES.fullmatch(value.strip())
    if found and 1 <= (first := int(found[1])) <= (last := int(found[2] or found[1])):
        return first, last
    raise click.BadParameter(_("{value!r} is no range of pages; write it as 3-9 or 3").format(value=value))


def _read_model(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    from pipeline.recognising import model_version

    try:
        model_version(value)
    except OSError:
        message = _("no model is called {value!r}; give nl_annex, nl_annex_fast, or a spaCy pipeline that is installed")
        raise click.BadParameter(message.format(value=value)) from None
    return value


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
@click.option(
    "--password",
    envvar="ANNEX_PASSWORD",
    metavar=N_("PASSWORD"),
    cls=Option,
    help=N_("Password of a protected PDF. Also taken from ANNEX_PASSWORD, where others cannot see it."),
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    cls=Option,
    show_default=True,
    help=N_("How many processes work at once."),
)
@click.option(
    "--model",
    default="nl_annex",
    metavar="NAME",
    callback=_read_model,
    cls=Option,
    show_default=True,
    help=N_(
        "Model that finds names: nl_annex, nl_annex_fast for very many annexes, or the name or folder of any other "
        "spaCy pipeline."
    ),
)
@config_option
@click.option(
    "--approved",
    type=FilePath(exists=True, file_okay=False),
    metavar=N_("DIR"),
    cls=Option,
    help=N_("Folder of approved records: what was decided there holds in what is extracted."),
)
@click.option("--json", "as_json", is_flag=True, cls=Option, help=N_("Print the manifest instead of the tables."))
@lang_option
def command(
    inputs: Sequence[str],
    out: str,
    annex_id: str | None,
    pages: tuple[int, int] | None,
    password: str | None,
    jobs: int,
    model: str,
    config: str | None,
    approved: str | None,
    as_json: bool,  # noqa: FBT001  # click calls by name
) -> Exit:
    """Turn annexes into records."""
    from pipeline.batch.plan import WrongUse, plan
    from pipeline.batch.pool import quieten
    from pipeline.cli.console import line
    from pipeline.locking import LockedError
    from pipeline.settings import ReadingSettings

    quieten()
    try:
        planned = plan(inputs, annex_id=annex_id)
    except WrongUse as error:
        raise click.UsageError(told(error)) from None
    settings = ReadingSettings(password=password, pages=pages)
    overlay = overlay_of(config)
    if overlay is None:
        return Exit.INPUT_FAILED
    decisions = None
    if approved is not None and (decisions := _decisions_of(Path(approved))) is None:
        return Exit.INPUT_FAILED
    try:
        outcomes = _run(planned, Path(out), settings, model, overlay, decisions or b"", jobs)
    except LockedError:
        line(_("{out}: another run is writing there; wait until it has ended").format(out=out))
        return Exit.LOCKED
    if len(outcomes) < len(planned):
        message = _("Stopped: {done} of {count} inputs are done. Run it again for all of them.")
        line(message.format(done=len(outcomes), count=len(planned)))
        return Exit.INTERRUPTED
    return _end(outcomes, Path(out), settings, model, overlay, decisions, as_json=as_json)


def _decisions_of(folder: Path) -> bytes | None:
    """Return the lines of the decisions that count in a folder of approved records; None where they cannot be read."""
    from pipeline.cli.console import line
    from pipeline.reviewing.decisions.lines import LogError
    from pipeline.reviewing.decisions.log import DecisionLog, in_force, line_of

    try:
        logged = DecisionLog(folder).logged()
    except LogError as error:
        line(told(error))
        return None
    for note in logged.notes:
        line(told(note))
    return b"".join(map(line_of, in_force(logged.decisions)))


def _run(
    planned: "Sequence[Planned]",
    out: Path,
    settings: "ReadingSettings",
    model: str,
    overlay: "Overlay",
    decisions: bytes,
    jobs: int,
) -> "list[Outcome]":
    """Run, telling what fails at once; stopped by hand, give what was done."""
    from contextlib import closing

    from pipeline.batch.run import run

    outcomes: list[Outcome] = []
    with (
        _progress(len(planned)) as (advance, tell),
        closing(
            run(planned, out, settings=settings, model=model, overlay=overlay, decisions=decisions, jobs=jobs)
        ) as results,
    ):
        try:
            for outcome in results:
                outcomes.append(outcome)
                if outcome.error:
                    tell(f"{outcome.entry.input}: {outcome.error.code}: {told(outcome.error)}")
                advance()
        except KeyboardInterrupt:
            return outcomes
    return outcomes


@contextmanager
def _progress(count: int) -> "Iterator[tuple[Callable[[], None], Callable[[str], None]]]":
    """Show how far the run is, on a terminal only; give what moves it on, and what writes a line beside it."""
    from pipeline.cli.console import console, is_terminal, line, plain

    if not is_terminal():
        yield lambda: None, line
        return
    from rich import progress

    columns: list[progress.ProgressColumn] = [progress.SpinnerColumn(), progress.TextColumn("{task.description}")]
    if count > 1:
        columns += [progress.BarColumn(), progress.MofNCompleteColumn(), progress.TimeRemainingColumn()]
    columns.append(progress.TimeElapsedColumn())
    with progress.Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("Reading"), total=count)
        yield (
            lambda: bar.advance(task),
            lambda text: bar.console.print(plain(text), soft_wrap=True),
        )


def _end(
    outcomes: "Sequence[Outcome]",
    out: Path,
    settings: "ReadingSettings",
    model: str,
    overlay: "Overlay",
    decisions: bytes | None,
    *,
    as_json: bool,
) -> Exit:
    """Write the manifest, show what was found, and say how it went."""
    from pipeline.batch.manifest import build_manifest
    from pipeline.cli.console import console, line
    from pipeline.errors import AnnexError
    from pipeline.records.writing import as_bytes, write_manifest

    manifest = build_manifest((outcome.entry for outcome in outcomes), settings, overlay, model, decisions)
    is_written = True
    try:
        write_manifest(out, manifest)
    except AnnexError as error:
        is_written = False
        line(f"{out / 'manifest.json'}: {error.code}: {told(error)}")
    if as_json:
        click.echo(as_bytes(manifest), nl=False)
    else:
        from pipeline.cli.summary import show_summary

        show_summary(console(), outcomes, out)
    if any(outcome.broken for outcome in outcomes):
        return Exit.ASSERTIONS
    return Exit.OK if is_written and not any(outcome.error for outcome in outcomes) else Exit.INPUT_FAILED
