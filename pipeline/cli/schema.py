"""``annex schema``: the JSON Schema of what is written."""

import click

from pipeline.cli.framework import Argument, Command, lang_option
from pipeline.messages import N_

# Those of `pipeline.records.schema`, a test sees to it: help needs them, and not the models.
NAMES = ("record", "annex", "manifest")


@click.command(
    "schema",
    cls=Command,
    help=N_(
        "Print the JSON Schema (2020-12) of what is written: of a record, of annex.json or of manifest.json. "
        "Without a name it is that of a record."
    ),
)
@click.argument("name", type=click.Choice(NAMES), default=NAMES[0], cls=Argument)
@lang_option
def command(name: str) -> None:
    """Print the JSON Schema of what is written."""
    from typing import cast

    from pipeline.records.schema import SchemaName, schema_text

    click.echo(schema_text(cast("SchemaName", name)).encode(), nl=False)
