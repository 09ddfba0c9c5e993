"""``annex migrate``: old records and decisions → the present schema."""

from pathlib import Path

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, FilePath
from pipeline.cli.options import lang_option
from pipeline.messages import N_, _, ngettext, told


@click.command(
    "migrate",
    cls=Command,
    help=N_(
        "Bring old records and decisions up to the present schema.\n\n"
        "DIR is a folder of records, approved ones or those of a run. Each annex is written whole or not at all; what "
        "is up to date is not touched. The log of decisions is never written anew: every line of an earlier version "
        "is read as it is, and here it is checked that each can be."
    ),
)
@click.argument("folder", type=FilePath(exists=True, file_okay=False), metavar=N_("DIR"), cls=Argument)
@lang_option
def command(folder: str) -> Exit:
    """Bring old records and decisions up to the present schema."""
    from pipeline.cli.console import line
    from pipeline.errors import ToldError
    from pipeline.locking import LockedError, locked
    from pipeline.records.migrating import migrate
    from pipeline.reviewing.decisions.log import DecisionLog

    out = Path(folder)
    is_well = True
    changed = same = 0
    try:
        with locked(out):
            for one in migrate(out):
                changed += one.is_changed
                same += not one.is_changed and one.error is None
                if one.error is not None:
                    is_well = False
                    line(told(one.error))
        logged = DecisionLog(out).logged()
    except LockedError:
        line(_("{out}: another run is writing there; wait until it has ended").format(out=folder))
        return Exit.LOCKED
    except ToldError as error:
        line(told(error))
        return Exit.INPUT_FAILED
    for note in logged.notes:
        line(told(note))
    brought = ngettext("{count} brought up to date", "{count} brought up to date", changed).format(count=changed)
    were_so = ngettext("{count} was so already", "{count} were so already", same).format(count=same)
    click.echo(_("Annexes and manifest: {brought}, {were_so}.").format(brought=brought, were_so=were_so))
    if count := len(logged.decisions):
        click.echo(
            ngettext("{count} decision can be read.", "{count} decisions can be read.", count).format(count=count)
        )
    return Exit.OK if is_well else Exit.INPUT_FAILED
