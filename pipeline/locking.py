"""One process at a time writes to a folder."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_FILE = ".annex-lock"


class LockedError(Exception):
    """Another process holds the lock of the folder."""


@contextmanager
def locked(out: Path, *, patience: float = 0.0, name: str = LOCK_FILE) -> Iterator[None]:
    """Hold the lock of a folder; the system lets go of it when the process ends in whatever way.

    On Windows there is no lock: two runs into one folder are then up to who starts them.

    Parameters
    ----------
    patience
        For how many seconds to wait for another process to let go of it.
    name
        Of the file that stands for the lock: two locks of other names do not wait for each other.

    Raises
    ------
    LockedError
        When another process holds it, and goes on to.
    OSError
        When the file of the lock cannot be made.
    """
    if sys.platform == "win32":
        yield
        return
    path = out / name
    handle = _acquire(path, time.monotonic() + patience)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


if sys.platform != "win32":
    import fcntl

    _PAUSE = 0.02

    def _acquire(path: Path, deadline: float) -> int:
        while True:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if _is_still(path, handle):
                    return handle
            except BlockingIOError:
                os.close(handle)
                if time.monotonic() >= deadline:
                    raise LockedError from None
                time.sleep(_PAUSE)
                continue
            except OSError:
                os.close(handle)
                raise
            os.close(handle)  # another run held this file, and removed it when it ended: take the one that is there now

    def _is_still(path: Path, handle: int) -> bool:
        try:
            there = path.stat()
        except FileNotFoundError:
            return False
        held = os.fstat(handle)
        return (there.st_dev, there.st_ino) == (held.st_dev, held.st_ino)
