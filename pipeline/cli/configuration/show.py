"""``annex config show``: each setting, and where its value came from."""

import json
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Command, Option
from pipeline.cli.options import current, setting_options
from pipeline.messages import N_, _

if TYPE_CHECKING:
    from pipeline.cli.settings.resolving import Resolved

_KINDS = {"flag": N_("flag"), "environment": N_("variable"), "file": N_("file"), "default": N_("default")}


@click.command(
    "show",
    cls=Command,
    help=N_(
        "Show each setting and where it came from.\n\n"
        "A flag goes before a variable of the environment, that before the file, and that before the default. The file "
        "is the one that --settings or ANNEX_SETTINGS names, else annex.toml in the folder for settings of the user. A "
        "password is never shown."
    ),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    cls=Option,
    show_default=True,
    help=N_("A table for people, or JSON for programs."),
)
@setting_options
def command(form: str) -> Exit:
    """Show each setting and where it came from."""
    from pipeline.cli.console import line

    resolved = current()
    if form == "json":
        click.echo(json.dumps(_as_dict(resolved), ensure_ascii=False, indent=2).encode() + b"\n", nl=False)
    else:
        _show(resolved)
    for name, meant in resolved.unknown_variables():
        said = _("{name} sets nothing; is {meant} meant?") if meant else _("{name} sets nothing")
        line(said.format(name=name, meant=meant))
    return Exit.OK


def _as_dict(resolved: "Resolved") -> dict[str, object]:
    return {
        "file": None if resolved.file is None else str(resolved.file),
        "settings": [
            {"name": name, "value": value, "source": origin.kind, "place": origin.name or None, "line": origin.line}
            for name, value, origin in resolved.rows()
        ],
    }


def _show(resolved: "Resolved") -> None:
    from pipeline.cli.console import console, plain, show_table, table
    from pipeline.cli.settings.early import FILE_NAME, user_folder

    to = console()
    made = table(_("Setting"), (_("Value"), "wrap"), (_("From"), "wrap"))
    rows = [
        (name, _written(value), " ".join(part for part in (_(_KINDS[origin.kind]), str(origin)) if part))
        for name, value, origin in resolved.rows()
    ]
    show_table(to, made, rows)
    if resolved.file is None:
        said = _("No file with settings; it would be {file}").format(file=user_folder() / FILE_NAME)
    else:
        said = _("File with settings: {file}").format(file=resolved.file)
    to.print(plain(said), soft_wrap=True)


def _written(value: object) -> str:
    """Write a value as the file has it."""
    if value is None:
        return "–"
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
