"""What the commands that change an overlay share: the folder, the change, and what goes wrong with it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Option
from pipeline.cli.options import current
from pipeline.messages import N_, _, told

if TYPE_CHECKING:
    from pipeline.overlay.changes import Changed
    from pipeline.register import Organisation, Overlay


def move_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--move``."""
    return click.option(
        "--move", is_flag=True, cls=Option, help=N_("Take the name from the body that has it now, where one has.")
    )(function)


def changed(by: "Callable[[Overlay], Changed]") -> "Changed | Exit":
    """Change the overlay of the folder that is set; where that fails, say why and give the exit code.

    Raises
    ------
    click.UsageError
        When no folder is set, or the change cannot be made.
    """
    from pipeline.cli.console import line
    from pipeline.errors import AnnexError
    from pipeline.locking import LockedError
    from pipeline.overlay.changes import ChangeError
    from pipeline.overlay.keeping import change

    def both(overlay: "Overlay") -> "tuple[Overlay, Changed]":
        done = by(overlay)
        return done.overlay, done

    config = current().settings.config
    if config is None:
        raise click.MissingParameter(param_hint="'--config'", param_type="option")
    try:
        return change(config, both)
    except ChangeError as error:
        raise click.UsageError(told(error)) from None
    except LockedError:
        line(_("{out}: another run is writing there; wait until it has ended").format(out=config))
        return Exit.LOCKED
    except AnnexError as error:
        line(f"{config}: {error.code}: {told(error)}")
        return Exit.INPUT_FAILED


def tell(text: str) -> None:
    """Write what was done, one line."""
    from pipeline.cli.console import console, plain

    console().print(plain(text), soft_wrap=True)


def named(body: "Organisation") -> str:
    """Return the name and id of a body."""
    return f"{body.name} ({body.id})"


def warn_of_words(*forms: str) -> None:
    """Say which of these names are ordinary words too: they will be taken for the body wherever they have a capital."""
    from pipeline.cleaning.lexicon import is_listed

    for form in forms:
        if " " not in form and form[:1].isupper() and form[1:].islower() and is_listed(form.lower()):
            said = _("Look at this: {form} is an ordinary word too; with a capital it counts as this body everywhere")
            tell(said.format(form=form))
