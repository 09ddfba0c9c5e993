"""Whether there is room on the disk: looked at before a run, not found out after."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import AnnexError

RESERVE = 64 * 1024 * 1024
"""Bytes that are left free, whatever comes."""
_EACH = 512 * 1024
"""Bytes for the records of a document, whatever its size."""
_TIMES = {".txt": 20, ".text": 20}
"""Bytes of records for each byte of a document that is text."""
_TIMES_PACKED = 4
"""The same for a PDF and for Word; measured on the samples: 8.4 for text, 2.5 to 3.6 for PDF."""


def room_for(paths: Iterable[Path]) -> int:
    """Return how many bytes the records of documents may take, generously."""
    return sum(_EACH + _TIMES.get(path.suffix.lower(), _TIMES_PACKED) * _size(path) for path in paths)


def refuse_without_room(out: Path, needed: int = 0) -> None:
    """Refuse to write where there is too little room.

    Parameters
    ----------
    needed
        Bytes beyond `RESERVE`.

    Raises
    ------
    AnnexError
        With `write_failed`.
    """
    try:
        free = shutil.disk_usage(out).free
    except OSError:
        return  # what cannot be looked at is found out by writing
    if free < needed + RESERVE:
        raise AnnexError(
            "write_failed",
            "there may be too little room in {folder}: {free} MB are free, and {needed} MB may be needed; make room, "
            "or write to another disk",
            folder=out,
            free=free // 1_000_000,
            needed=(needed + RESERVE) // 1_000_000,
        )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
