"""``annex register list``: the bodies of the register, or what a steward has laid over it."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Command, Option
from pipeline.cli.options import config_option, current, lang_option
from pipeline.cli.own_folder import overlay_of
from pipeline.messages import N_, _, ngettext
from pipeline.register import ORGANISATION_KINDS

if TYPE_CHECKING:
    from pipeline.register import Organisation, Overlay


@click.command(
    "list",
    cls=Command,
    help=N_(
        "List the bodies of the register.\n\n"
        "With --added only those that you added, replaced or gave a name, and the names that you denied. As CSV it has "
        "the columns of organisations.csv."
    ),
)
@click.option(
    "--kind",
    type=click.Choice(ORGANISATION_KINDS),
    metavar=N_("KIND"),
    cls=Option,
    help=N_("Only of this kind: ministry, agency, municipality and so on."),
)
@click.option("--added", is_flag=True, cls=Option, help=N_("Only what is in your own folder."))
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json", "csv")),
    default="table",
    show_default=True,
    cls=Option,
    help=N_("What to print."),
)
@config_option
@lang_option
def command(kind: str | None, added: bool, form: str) -> Exit:  # noqa: FBT001  # click calls by name
    """List the bodies of the register."""
    from pipeline.cli.register.showing import added_ids, as_dict
    from pipeline.overlay.files import as_csv, cells_of
    from pipeline.overlay.rows import ORGANISATIONS
    from pipeline.register import register_with

    config = current().folder("config")
    if added and config is None:
        raise click.UsageError(_("--added needs a folder of your own: --config DIR, or ANNEX_CONFIG"))
    overlay = overlay_of(config)
    if overlay is None:
        return Exit.INPUT_FAILED
    own = added_ids(overlay)
    bodies = [
        body
        for body in register_with(overlay).organisations
        if (kind is None or body.kind == kind) and (not added or body.id in own)
    ]
    if form == "json":
        values = {
            "organisations": [as_dict(body, own) for body in bodies],
            "denied": [{"form": one.form, "why": one.why or None} for one in overlay.denied],
        }
        click.echo((json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode(), nl=False)
    elif form == "csv":
        click.echo(as_csv(ORGANISATIONS, map(cells_of, bodies)).encode(), nl=False)
    else:
        _show(bodies, overlay, only_added=added)
    return Exit.OK


def _show(bodies: "Sequence[Organisation]", overlay: "Overlay", *, only_added: bool) -> None:
    from pipeline.cli.console import console, show_table, table
    from pipeline.cli.register.showing import given, name_and_end
    from pipeline.showing.words import ORGANISATION_KINDS as KIND_WORDS  # a constant under another name

    to = console()
    if bodies:
        made = table((_("Name"), "wrap"), _("Kind"), _("Short"), _("Yours"))
        rows = [
            (
                name_and_end(body),
                _(KIND_WORDS[body.kind]),
                "\n".join(body.abbreviations),
                "\n".join(given(body, overlay)),
            )
            for body in bodies
        ]
        show_table(to, made, rows)
    if overlay.denied and only_added:
        denied = table((_("Denied"), "wrap"), (_("Why"), "wrap"))
        show_table(to, denied, [(one.form, one.why or "–") for one in overlay.denied])
    former = sum(bool(body.valid_until) for body in bodies)
    count = ngettext("{count} body, {former} of them former", "{count} bodies, {former} of them former", len(bodies))
    to.print(count.format(count=len(bodies), former=former))
