"""Keep an overlay in its folder: one change at a time, each whole or not at all."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from pipeline.errors import AnnexError
from pipeline.locking import locked
from pipeline.overlay.files import read_overlay, texts_of
from pipeline.overlay.rows import ALIASES, DENIED, ORGANISATIONS
from pipeline.register import Overlay

Said = TypeVar("Said")

_PATIENCE = 20.0
"""Seconds to wait for another change: one takes a small part of a second."""


def change(folder: Path, by: Callable[[Overlay], tuple[Overlay, Said]]) -> Said:
    """Change the overlay of a folder, which is made where there is none.

    The files are read, changed and written while no other process does so, so that two changes at once are both kept.
    A file that the change does not touch is left as it is.

    Parameters
    ----------
    by
        Returns the overlay as it is to be, and what to hand back.

    Raises
    ------
    AnnexError
        What `read_overlay` raises; `write_failed` where the folder cannot be written.
    LockedError
        When another process keeps on changing it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder, patience=_PATIENCE):
            before = read_overlay(folder)
            after, said = by(before)
            _write(folder, texts_of(before), texts_of(after))
    except OSError as error:
        raise AnnexError(
            "write_failed",
            "the overlay cannot be written to {folder} ({reason}); check that you may write there",
            folder=folder,
            reason=error.strerror or str(error),
        ) from None
    return said


def _write(folder: Path, before: dict[str, str], after: dict[str, str]) -> None:
    """Replace the files that have changed: those that lose rows first, so that no name has two bodies in between."""
    changed = [file for file in (ALIASES, ORGANISATIONS, DENIED) if before[file] != after[file]]
    for file in sorted(changed, key=lambda name: len(after[name]) > len(before[name])):
        staged = folder / f".{file}.tmp-{os.getpid()}"
        try:
            with staged.open("wb") as handle:
                handle.write(after[file].encode())
                handle.flush()
                os.fsync(handle.fileno())
            staged.replace(folder / file)
        except OSError:
            with suppress(OSError):
                staged.unlink(missing_ok=True)
            raise
