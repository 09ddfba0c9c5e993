"""``annex export``: the records of a run in the forms that others use."""

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, Option
from pipeline.cli.options import lang_option
from pipeline.messages import N_, _, ngettext, reason_of, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.exporting.exported import Exported, Run
    from pipeline.exporting.tables.exporting import Logged

LEARNING = {
    "training": "pipeline.exporting.training",
    "label-studio": "pipeline.exporting.label_studio",
}
"""Name of each format → the module whose ``export`` makes its files of a `Run`."""
TABLES = ("csv", "xlsx", "sqlite", "jsonl", "parquet", "duckdb")
"""Formats of `pipeline.exporting.tables`."""
FORMATS = (*LEARNING, *TABLES)
_LEARNT = ("training",)
"""Formats that models learn from and are measured by: only what people approved goes there unasked."""


@click.command(
    "export",
    cls=Command,
    help=N_(
        "Write records for other programs.\n\n"
        "OUT is a folder of records: one that annex review publishes into holds what people approved. “training” "
        "gives the marked-up text that “make model TEXT=DIR” learns from, and the gold that annex evaluate reads; "
        "“label-studio” gives tasks with their marks and a labelling configuration. All others give flat tables of "
        "projects, organisations, dates and figures: docs/tables.md says what is in them."
    ),
)
@click.argument("out", type=click.Path(exists=True, file_okay=False), metavar=N_("OUT"), cls=Argument)
@click.option(
    "--to",
    "form",
    required=True,
    type=click.Choice(FORMATS),
    metavar=N_("FORMAT"),
    cls=Option,
    help=N_("training, label-studio, csv, xlsx, sqlite, jsonl, parquet or duckdb."),
)
@click.option(
    "-o",
    "--out",
    "target",
    type=click.Path(),
    metavar=N_("PATH"),
    cls=Option,
    help=N_("Folder or file to write; OUT-FORMAT or OUT.FORMAT if not given."),
)
@click.option(
    "--unapproved",
    is_flag=True,
    cls=Option,
    help=N_("Make training text and gold of records that nobody approved."),
)
@lang_option
def command(out: str, form: str, target: str | None, unapproved: bool) -> Exit:  # noqa: FBT001  # click calls by name
    """Write records for other programs."""
    from pipeline.cli.console import line
    from pipeline.exporting.exported import Run
    from pipeline.records.reading import RecordsError, read_records
    from pipeline.reviewing.decisions.log import LOG_FILE

    folder = Path(out)
    approved = approved_of(folder)
    if form in TABLES:
        return _export_tables(folder, approved, form, target)
    target = target or f"{folder.resolve()}-{form}"
    is_approved = (approved / LOG_FILE).is_file()
    if form in _LEARNT and not is_approved and not unapproved:
        message = _(
            "{folder}: nobody has approved these records (there is no {file}); a model that learns from them learns "
            "its own mistakes. Give the approved folder of annex review, or --unapproved"
        )
        line(message.format(folder=out, file=LOG_FILE))
        return Exit.INPUT_FAILED
    try:
        run = Run(read_records(folder), is_approved)
    except RecordsError as error:
        line(told(error))
        return Exit.INPUT_FAILED
    exported: Exported = import_module(LEARNING[form]).export(run)
    try:
        _write(Path(target), exported.files)
    except OSError as error:
        line(_("{folder}: cannot be written ({reason})").format(folder=target, reason=reason_of(error)))
        return Exit.INPUT_FAILED
    _tell(run, exported, target)
    return Exit.OK


def _export_tables(folder: Path, approved: Path, form: str, target: str | None) -> Exit:
    from pipeline.cli.console import line, plain
    from pipeline.errors import MissingExtraError
    from pipeline.exporting.tables.exporting import FORMATS, export
    from pipeline.locking import LockedError
    from pipeline.records.reading import RecordsError
    from pipeline.reviewing.decisions.lines import LogError

    suffix = f"-{form}" if FORMATS[form].is_folder else f".{FORMATS[form].suffix}"
    place = Path(target) if target else Path(f"{folder.resolve()}{suffix}")
    try:
        told_of = export(folder, form, place, decisions_of(approved))
    except (RecordsError, LogError, MissingExtraError) as error:
        line(told(error))
        return Exit.INPUT_FAILED
    except LockedError:
        line(_("{folder}: another export is writing there").format(folder=place))
        return Exit.LOCKED
    except OSError as error:
        line(_("{folder}: cannot be written ({reason})").format(folder=place, reason=reason_of(error)))
        return Exit.INPUT_FAILED
    count = told_of.rows["projects"]
    said = ngettext("{count} record written to {folder}", "{count} records written to {folder}", count)
    click.echo(plain(said.format(count=count, folder=place)))
    for note in told_of.notes:
        line(note)
    return Exit.OK


def approved_of(folder: Path) -> Path:
    """Return the folder that may hold decisions: that of a run, also where one annex of it is given."""
    from pipeline.records.reading import ANNEX_FILE

    return folder.resolve().parent if (folder / ANNEX_FILE).is_file() else folder


def decisions_of(approved: Path) -> "Iterator[Logged]":
    """Give the decisions of a folder that people published into, as the tables take them."""
    from pipeline.exporting.tables.exporting import Logged
    from pipeline.reviewing.decisions.log import DecisionLog, in_force

    every = DecisionLog(approved).read()
    counting = {one.id for one in in_force(every)}
    for one in every:
        yield Logged(one.model_dump(mode="json"), one.id in counting)


def _write(folder: Path, files: "Mapping[str, bytes]") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        staged = folder / f".{name}.tmp-{os.getpid()}"
        staged.write_bytes(content)
        staged.replace(folder / name)


def _tell(run: "Run", exported: "Exported", target: str) -> None:
    from pipeline.cli.console import line

    records = [record for annex in run.annexes.values() for record in annex]
    count = len(records)
    said = ngettext("{count} record written to {folder}", "{count} records written to {folder}", count)
    click.echo(said.format(count=count, folder=target))
    if run.is_approved:
        decided = sum(bool(record.decisions) for record in records)
        said = ngettext("decisions hold in {decided} of {count}", "decisions hold in {decided} of {count}", decided)
        click.echo(said.format(decided=decided, count=count))
    if exported.left_out:
        said = ngettext(
            "{count} name that overlaps a longer one is not marked",
            "{count} names that overlap a longer one are not marked",
            exported.left_out,
        )
        line(said.format(count=exported.left_out))
