"""The command ``annex``: one module a command, each thin: parse, call, show.

Imported on every start, so nothing here is imported that ``annex --help`` can do without.
"""

import click

from pipeline.cli.framework import Group, Option
from pipeline.cli.options import lang_option, settings_option
from pipeline.messages import N_, _

__all__ = ["main"]

COMMANDS = {
    "extract": ("pipeline.cli.extract", N_("Turn annexes into records.")),
    "run": ("pipeline.cli.run", N_("Take folders in, again and again: only what is new or changed.")),
    "validate": ("pipeline.cli.validate", N_("Check the records of a run.")),
    "diff": ("pipeline.cli.diff", N_("Show what changed between two runs.")),
    "review": ("pipeline.cli.review", N_("Decide on what changed, in a browser, and publish.")),
    "show": ("pipeline.cli.show", N_("Show one record.")),
    "report": ("pipeline.cli.report", N_("Make one web page of a run.")),
    "evaluate": ("pipeline.cli.evaluate", N_("Score the records of a run against gold.")),
    "export": ("pipeline.cli.export", N_("Write records for other programs.")),
    "query": ("pipeline.cli.query", N_("Ask a run a question in SQL.")),
    "register": ("pipeline.cli.register", N_("Look names up in the register, and keep one's own over it.")),
    "migrate": ("pipeline.cli.migrate", N_("Bring old records and decisions up to the present schema.")),
    "config": ("pipeline.cli.configuration", N_("Say how annex is set up, and by what.")),
    "doctor": ("pipeline.cli.doctor", N_("Say what is there on this machine, and what is missing.")),
    "schema": ("pipeline.cli.schema", N_("Print the schema of what is written.")),
}


def _version(ctx: click.Context, option: click.Parameter, wanted: bool) -> None:  # noqa: ARG001, FBT001  # click's
    if wanted and not ctx.resilient_parsing:
        from importlib import metadata

        click.echo(_("annex, version {version}").format(version=metadata.version("annex")))
        ctx.exit()


@click.group(
    "annex",
    cls=Group,
    commands_at=COMMANDS,
    help=N_("Turn the annexes of Dutch government letters into checked data: one record for each project."),
)
@click.option(
    "--version",
    cls=Option,
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help=N_("Show the version and exit."),
)
@settings_option
@lang_option
def main() -> None:
    """Run the command line."""
