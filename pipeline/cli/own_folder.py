"""The folder in which a steward keeps what is their own: what the commands do with it."""

from typing import TYPE_CHECKING

from pipeline.messages import told

if TYPE_CHECKING:
    from pipeline.logs import Log
    from pipeline.register import Overlay


def overlay_of(config: object, log: "Log | None" = None) -> "Overlay | None":
    """Return the overlay in a folder, an empty one without a folder; where it is broken, say why and give None."""
    from pipeline.cli.console import line
    from pipeline.errors import AnnexError
    from pipeline.overlay import read_overlay
    from pipeline.register import Overlay

    if config is None:
        return Overlay()
    try:
        return read_overlay(str(config))
    except AnnexError as error:
        if log is None:
            line(f"{config}: {error.code}: {told(error)}")
        else:
            log.event("run_refused", level="error", code=error.code, about=str(config), said=error)
        return None
