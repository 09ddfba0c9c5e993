"""``annex register alias``: another name for a body."""

from typing import cast

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, Option
from pipeline.cli.options import config_option, lang_option
from pipeline.cli.register.changing import changed, move_option, named, tell, warn_of_words
from pipeline.messages import N_, _
from pipeline.register import FormKind

_KINDS = ("alias", "abbreviation", "lowercase")


@click.command(
    "alias",
    cls=Command,
    help=N_(
        "Give a body another name.\n\n"
        "BODY is an id or a name of the register, or of a body that you added; FORM is the name that texts call it by. "
        "An abbreviation counts only as it is written. A lowercase form names the body without capitals too."
    ),
)
@click.argument("body", metavar=N_("BODY"), cls=Argument)
@click.argument("form", metavar=N_("FORM"), cls=Argument)
@click.option(
    "--as",
    "kind",
    type=click.Choice(_KINDS),
    default=_KINDS[0],
    show_default=True,
    cls=Option,
    help=N_("What the form is."),
)
@move_option
@config_option
@lang_option
def command(body: str, form: str, kind: str, move: bool) -> Exit:  # noqa: FBT001  # click calls by name
    """Give a body another name."""
    from pipeline.overlay.changes import with_alias

    done = changed(lambda overlay: with_alias(overlay, body, form, cast("FormKind", kind), move=move))
    if isinstance(done, Exit):
        return done
    whose = named(done.body) if done.body else body
    if done.was_there:
        tell(_("{form} is a name of {body} already").format(form=form, body=whose))
        return Exit.OK
    tell(_("{form} is now a name of {body}").format(form=form, body=whose))
    if done.moved_from is not None:
        tell(_("Taken from {body}").format(body=named(done.moved_from)))
    warn_of_words(form)
    return Exit.OK
