"""``annex register deny``: a name that is no organisation."""

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, Option
from pipeline.cli.options import config_option, lang_option
from pipeline.cli.register.changing import changed, named, tell
from pipeline.messages import N_, _


@click.command(
    "deny",
    cls=Command,
    help=N_(
        "Say that a name is no organisation.\n\n"
        "From then on FORM is never taken for one, whether the register has it or it only looks like one. Case and "
        "accents are of no meaning; a longer name that has it inside still counts."
    ),
)
@click.argument("form", metavar=N_("FORM"), cls=Argument)
@click.option("--why", default="", metavar=N_("TEXT"), cls=Option, help=N_("What it is instead, for people to read."))
@config_option
@lang_option
def command(form: str, why: str) -> Exit:
    """Say that a name is no organisation."""
    from pipeline.overlay.changes import with_denied

    done = changed(lambda overlay: with_denied(overlay, form, why))
    if isinstance(done, Exit):
        return done
    if done.was_there:
        tell(_("{form} is denied already").format(form=form))
        return Exit.OK
    tell(_("{form} is no organisation from now on").format(form=form))
    if done.body is not None:
        tell(_("It was a name of {body}, which keeps its others").format(body=named(done.body)))
    return Exit.OK
