"""Give a file or folder its place when it is whole: what stood there before stays until then, whatever happens."""

import errno
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.locking import locked
from pipeline.messages import N_


@contextmanager
def staged(place: Path, *, is_ours: Callable[[str], bool] | None = None) -> Iterator[Path]:
    """Give a path to write to; what stands there takes its place when the block ends well, and is removed otherwise.

    Parameters
    ----------
    is_ours
        Makes it a folder: says of the name of a file in the present one whether an export wrote it. A folder that
        holds another file is not replaced. Without it a file is written, and what else stands beside it then goes
        beside `place`.

    Raises
    ------
    OSError
        When it cannot be written; what stood there before still does.
    LockedError
        When another process writes to the same place.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with locked(place.parent, name=f".{place.name}.lock"):
        _clear(place)
        _refuse(place, is_ours)
        made = place.with_name(f".{place.name}.tmp-{os.getpid()}")
        aside = place.with_name(f".{place.name}.old-{os.getpid()}")
        made.mkdir()
        try:
            yield made if is_ours else made / place.name
            files = sorted(made.iterdir(), key=lambda file: (file.name == place.name, file.name))
            for file in files:
                _flush(file)
            if is_ours:
                if place.exists():
                    place.rename(aside)
                made.rename(place)
            else:
                for file in files:  # the file itself is the last
                    file.replace(place.parent / file.name)
        except BaseException:
            if aside.exists():
                aside.rename(place)
            raise
        finally:
            _remove(made)
        _remove(aside)


def _refuse(place: Path, is_ours: Callable[[str], bool] | None) -> None:
    if is_ours is None:
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    elif place.exists() and any(not is_ours(one.name) for one in place.iterdir()):
        raise FileExistsError(errno.ENOTEMPTY, N_("it holds files that no export wrote"))


def _clear(place: Path) -> None:
    """Put back what a process that was killed has put aside, and remove what else it has left."""
    left = re.compile(rf"\.{re.escape(place.name)}\.(tmp|old)-[0-9]+")
    for path in sorted(place.parent.iterdir()):
        if found := left.fullmatch(path.name):
            if found[1] == "old" and not place.exists():
                path.rename(place)
            else:
                _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _flush(file: Path) -> None:
    """See to it that a file is on disk before it takes the place of another."""
    if sys.platform == "win32":
        return
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
