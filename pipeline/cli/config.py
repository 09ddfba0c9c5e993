"""The folder in which a steward keeps what is their own: ``--config``, and what the commands do with it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.framework import FilePath, Option
from pipeline.messages import N_, told

if TYPE_CHECKING:
    from pipeline.register import Overlay

VARIABLE = "ANNEX_CONFIG"


def config_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--config``, for a command that reads the folder: it must be there."""
    return click.option(
        "--config",
        envvar=VARIABLE,
        type=FilePath(exists=True, file_okay=False),
        metavar=N_("DIR"),
        cls=Option,
        help=N_("Folder with your own additions to the register. Also taken from ANNEX_CONFIG."),
    )(function)


def overlay_of(config: str | None) -> "Overlay | None":
    """Return the overlay in a folder, an empty one without a folder; where it is broken, say why and give None."""
    from pipeline.cli.console import line
    from pipeline.errors import AnnexError
    from pipeline.overlay import read_overlay
    from pipeline.register import Overlay

    if config is None:
        return Overlay()
    try:
        return read_overlay(config)
    except AnnexError as error:
        line(f"{config}: {error.code}: {told(error)}")
        return None
