"""``annex register find``: which body a name is taken for, and why."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, Option
from pipeline.cli.options import config_option, current, lang_option
from pipeline.cli.own_folder import overlay_of
from pipeline.messages import N_, _

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.linking.match import Match
    from pipeline.linking.nearest import Candidate
    from pipeline.register import Overlay, Register

SHOWN = 5
"""Bodies that are shown beside the one that a name is taken for."""


@click.command(
    "find",
    cls=Command,
    help=N_(
        "Say which body a name is taken for, and why.\n\n"
        "This is what linking does with NAME when it stands in a text as the name of an organisation. Shown with it "
        "are the bodies whose names are most like it."
    ),
)
@click.argument("name", metavar=N_("NAME"), cls=Argument)
@click.option("--json", "as_json", is_flag=True, cls=Option, help=N_("Print everything as JSON."))
@config_option
@lang_option
def command(name: str, as_json: bool) -> Exit:  # noqa: FBT001  # click calls by name
    """Say which body a name is taken for, and why."""
    from pipeline.cli.console import plain
    from pipeline.linking.match import match
    from pipeline.linking.nearest import nearest
    from pipeline.register import name_key, register_with

    overlay = overlay_of(current().folder("config"))
    if overlay is None:
        return Exit.INPUT_FAILED
    if not name_key(name):
        raise click.UsageError(_("a name needs a letter or digit"))
    name = plain(name)
    register = register_with(overlay)
    found = None if register.denies(name) else match(name, register)
    others = [c for c in nearest(name, register, limit=SHOWN + 1) if found is None or c.body.id != found.body.id]
    if as_json:
        values = _as_dict(name, found, others[:SHOWN], register, overlay)
        click.echo((json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode(), nl=False)
    else:
        _show(name, found, others[:SHOWN], register, overlay)
    return Exit.OK


def _as_dict(
    name: str, found: "Match | None", others: "Sequence[Candidate]", register: "Register", overlay: "Overlay"
) -> dict[str, Any]:
    from pipeline.cli.register.showing import added_ids, as_dict

    own = added_ids(overlay)
    return {
        "name": name,
        "denied": register.denies(name),
        "link": found.link if found else "none",
        "similarity": round(found.similarity, 2) if found else None,
        "organisation": as_dict(found.body, own) if found else None,
        "others": [
            {"form": one.form, "likeness": one.likeness, "organisation": as_dict(one.body, own)} for one in others
        ],
    }


def _show(
    name: str, found: "Match | None", others: "Sequence[Candidate]", register: "Register", overlay: "Overlay"
) -> None:
    from pipeline.cli.console import console, plain, show_table, table
    from pipeline.cli.register.showing import name_and_end
    from pipeline.register import name_key
    from pipeline.showing.words import ratio_words

    to = console()
    if found is not None:
        _show_match(to, found, register, overlay)
    elif register.denies(name):
        why = next(one.why for one in overlay.denied if name_key(one.form) == name_key(name))
        to.print(plain(_("{name} is no organisation: you denied it").format(name=name) + (f" ({why})" if why else "")))
        to.print()
    else:
        said = _("{name} is taken for no body of the register: as an organisation it is new")
        to.print(plain(said.format(name=name)))
        to.print()
    if others:
        made = table((_("Most like it"), "wrap"), (_("Body"), "wrap"), (_("Likeness"), "right"))
        rows = [
            (
                one.form,
                name_and_end(one.body),
                ratio_words(one.likeness, 2),
            )
            for one in others
        ]
        show_table(to, made, rows)


def _show_match(to: "Console", found: "Match", register: "Register", overlay: "Overlay") -> None:
    from rich.table import Table
    from rich.text import Text

    from pipeline.cli.console import plain

    to.print(Text(plain(found.body.name), style="bold"))
    made = Table.grid(padding=(0, 2))
    made.add_column(no_wrap=True)
    made.add_column(overflow="fold")
    for label, value in _lines(found, register, overlay):
        if value:
            made.add_row(f"  {label}", plain(value))
    to.print(made)
    to.print()


def _lines(found: "Match", register: "Register", overlay: "Overlay") -> Sequence[tuple[str, str]]:
    from pipeline.cli.register.showing import given, years
    from pipeline.showing.words import ORGANISATION_KINDS as KIND_WORDS  # a constant under another name

    body = found.body
    by_id = {one.id: one for one in register.organisations}

    def other(body_id: str) -> str:
        return by_id[body_id].name if body_id in by_id else body_id

    return [
        (_("Why"), _why(found, register)),
        (_("Id"), body.id),
        (_("Kind"), _(KIND_WORDS[body.kind])),
        (_("Other names"), "\n".join([*body.aliases, *body.lowercase])),
        (_("Short"), "\n".join(body.abbreviations)),
        (_("Part of"), other(body.parent)),
        (_("Region"), body.region),
        (_("Former body") if body.valid_until else _("There"), years(body)),
        (_("Taken over by"), other(body.successor)),
        (_("Yours"), "\n".join(given(body, overlay))),
    ]


def _why(found: "Match", register: "Register") -> str:
    """Say why a name is taken for a body, and what a text needs for that."""
    from pipeline.showing.words import ratio_words

    form = found.form
    said = {
        "exact": _("it is its name"),
        "alias": _("it is another name of it: {form}").format(form=form),
        "abbreviation": _("it is an abbreviation of it: {form}").format(form=form),
        "fuzzy": _("it is spelled nearly as {form}: likeness {ratio}").format(
            form=form, ratio=ratio_words(found.similarity, 2)
        ),
    }[found.link]
    rule = register.rules.get(form)
    if rule == "context":
        said += "\n" + _("in a text only beside words that tell of an organisation")
    elif rule == "capitalised":
        said += "\n" + _("in a text only with these capitals")
    if found.decided != "only":
        said += "\n" + _("other bodies have this name too; the years and places of an annex tell which is meant")
    return said
