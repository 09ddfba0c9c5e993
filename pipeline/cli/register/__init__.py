"""``annex register``: look names up in the register, and keep one's own over it."""

import click

from pipeline.cli.framework import Group
from pipeline.cli.options import lang_option
from pipeline.messages import N_

COMMANDS = {
    "list": ("pipeline.cli.register.list", N_("List the bodies of the register.")),
    "find": ("pipeline.cli.register.find", N_("Say which body a name is taken for, and why.")),
    "add": ("pipeline.cli.register.add", N_("Add a body of your own.")),
    "alias": ("pipeline.cli.register.alias", N_("Give a body another name.")),
    "deny": ("pipeline.cli.register.deny", N_("Say that a name is no organisation.")),
    "remove": ("pipeline.cli.register.remove", N_("Take back what you added, gave or denied.")),
}


@click.group(
    "register",
    cls=Group,
    commands_at=COMMANDS,
    help=N_(
        "Look names up in the register, and keep one's own over it.\n\n"
        "What you add, give and deny is kept in a folder of yours, DIR, as three CSV files: organisations.csv, "
        "aliases.csv and denied.csv. You may edit them by hand, and keep them in git; a row stands in one line, and "
        "the rows in order. Extract with the same --config DIR, or set ANNEX_CONFIG for all commands."
    ),
)
@lang_option
def command() -> None:
    """Look names up in the register, and keep one's own over it."""
