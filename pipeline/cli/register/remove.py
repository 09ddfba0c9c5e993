"""``annex register remove``: take back what was added, given or denied."""

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command
from pipeline.cli.options import config_option, lang_option
from pipeline.cli.register.changing import changed, named, tell
from pipeline.messages import N_, _


@click.command(
    "remove",
    cls=Command,
    help=N_(
        "Take back what you added, gave or denied.\n\n"
        "NAME is the id or name of a body that you added, which goes with all its names; or a name that you gave to a "
        "body; or one that you denied. What the register itself has stays: deny it, or put a row with its id in "
        "organisations.csv, which takes its place."
    ),
)
@click.argument("name", metavar=N_("NAME"), cls=Argument)
@config_option
@lang_option
def command(name: str) -> Exit:
    """Take back what you added, gave or denied."""
    from pipeline.overlay.changes import without

    done = changed(lambda overlay: without(overlay, name))
    if isinstance(done, Exit):
        return done
    if done.what == "denied":
        tell(_("{name} is not denied any more").format(name=name))
        if done.body is not None:
            tell(_("It is a name of {body} again").format(body=named(done.body)))
    elif done.body is not None:
        said = _("Taken out: {body}") if done.what == "body" else _("No name any more of {body}: {name}")
        tell(said.format(body=named(done.body), name=name))
    return Exit.OK
