"""``annex config``: the settings, and where they came from."""

import click

from pipeline.cli.framework import Group
from pipeline.cli.options import lang_option
from pipeline.messages import N_

COMMANDS = {"show": ("pipeline.cli.configuration.show", N_("Show each setting and where it came from."))}


@click.group(
    "config",
    cls=Group,
    commands_at=COMMANDS,
    help=N_("Say how annex is set up, and by what: flags, environment or file."),
)
@lang_option
def command() -> None:
    """Say how annex is set up."""
