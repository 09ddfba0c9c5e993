"""``annex export``: the records of a run in the forms that others use."""

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, Option, lang_option
from pipeline.messages import N_, _, ngettext, reason_of, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.exporting.exported import Exported, Run

FORMATS = {
    "training": "pipeline.exporting.training",
    "label-studio": "pipeline.exporting.label_studio",
}
"""Name of each format → the module whose ``export`` makes its files of a `Run`."""
_LEARNT = ("training",)
"""Formats that models learn from and are measured by: only what people approved goes there unasked."""


@click.command(
    "export",
    cls=Command,
    help=N_(
        "Write records for other programs.\n\n"
        "OUT is a folder of records: one that annex review publishes into holds what people approved. “training” "
        "gives the marked-up text that “make model TEXT=DIR” learns from, and the gold that annex evaluate reads; "
        "“label-studio” gives tasks with their marks and a labelling configuration."
    ),
)
@click.argument("out", type=click.Path(exists=True, file_okay=False), metavar=N_("OUT"), cls=Argument)
@click.option("--to", "form", required=True, type=click.Choice(list(FORMATS)), cls=Option, help=N_("The format."))
@click.option(
    "-o",
    "--out",
    "target",
    required=True,
    type=click.Path(),
    metavar=N_("DIR"),
    cls=Option,
    help=N_("Folder to write."),
)
@click.option(
    "--unapproved",
    is_flag=True,
    cls=Option,
    help=N_("Make training text and gold of records that nobody approved."),
)
@lang_option
def command(out: str, form: str, target: str, unapproved: bool) -> Exit:  # noqa: FBT001  # click calls by name
    """Write records for other programs."""
    from pipeline.cli.console import line
    from pipeline.exporting.exported import Run
    from pipeline.records.reading import ANNEX_FILE, RecordsError, read_records
    from pipeline.reviewing.decisions.log import LOG_FILE

    folder = Path(out)
    approved = folder.resolve().parent if (folder / ANNEX_FILE).is_file() else folder
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
    exported: Exported = import_module(FORMATS[form]).export(run)
    try:
        _write(Path(target), exported.files)
    except OSError as error:
        line(_("{folder}: cannot be written ({reason})").format(folder=target, reason=reason_of(error)))
        return Exit.INPUT_FAILED
    _tell(run, exported, target)
    return Exit.OK


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
