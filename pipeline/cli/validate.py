"""``annex validate``: schema and invariants of what a run has written."""

from pathlib import Path

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, FilePath
from pipeline.cli.options import lang_option
from pipeline.messages import N_, _, ngettext, reason_of, told


@click.command(
    "validate",
    cls=Command,
    help=N_(
        "Check the records of a run.\n\n"
        "OUT is the folder that a run has written, or one annex folder in it. Every file must follow the "
        "schema, every span must stand in the text where it says, and ids, order, pages and files must agree. "
        "Each problem is one line: FILE: place: what is wrong."
    ),
)
@click.argument("out", type=FilePath(exists=True, file_okay=False), metavar=N_("OUT"), cls=Argument)
@lang_option
def command(out: str) -> Exit:
    """Check the records of a run."""
    from pipeline.cli.console import line, plain
    from pipeline.records.validating import validate

    folder = Path(out)
    try:
        checked = validate(folder)
    except OSError as error:
        line(_("{folder}: cannot be read ({reason})").format(folder=folder, reason=reason_of(error)))
        return Exit.INPUT_FAILED
    for problem in checked.problems:
        where = f"{problem.where}: " if problem.where else ""
        click.echo(plain(f"{folder / problem.file}: {where}{told(problem)}"))
    if count := len(checked.problems):
        line(
            ngettext("{count} problem in {folder}", "{count} problems in {folder}", count).format(
                count=count, folder=out
            )
        )
        return Exit.INPUT_FAILED
    records = ngettext("{count} record", "{count} records", checked.records).format(count=checked.records)
    annexes = ngettext("{count} annex", "{count} annexes", checked.annexes).format(count=checked.annexes)
    click.echo(_("All is well: {records} from {annexes}.").format(records=records, annexes=annexes))
    return Exit.OK
