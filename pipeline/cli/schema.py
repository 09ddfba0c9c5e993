"""``annex schema``: the JSON Schema of what is written."""

import click

from pipeline.cli.framework import Argument, Command
from pipeline.cli.options import lang_option
from pipeline.messages import N_

# Those of `pipeline.schemas`, a test sees to it: help needs them, and not the models.
NAMES = ("record", "annex", "manifest", "diff", "decision")


@click.command(
    "schema",
    cls=Command,
    help=N_(
        "Print the JSON Schema (2020-12) of what is written: of a record, of annex.json, of manifest.json, of what "
        "annex diff prints, or of a line of decisions.jsonl. Without a name it is that of a record."
    ),
)
@click.argument("name", type=click.Choice(NAMES), default=NAMES[0], cls=Argument)
@lang_option
def command(name: str) -> None:
    """Print the JSON Schema of what is written."""
    from typing import cast

    from pipeline.schemas import SchemaName, schema_text

    click.echo(schema_text(cast("SchemaName", name)).encode(), nl=False)
