"""The sources that records were read from, found by what they hold: names may have changed, files may have moved."""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

_CHUNK = 1 << 20


class Sources:
    """The files of a folder, and of the folders in it, by their sha256.

    A file is hashed once, and again only when its size or time has changed. Files of the name that is looked for come
    first, so that a folder with thousands of letters is not read as a whole where the names have stayed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._hashes: dict[Path, tuple[tuple[int, int], str]] = {}
        self._missing: dict[str, frozenset[tuple[Path, tuple[int, int]]]] = {}

    def find(self, sha256: str, name: str) -> Path | None:
        """Return the file with this content; None where there is none, or it cannot be read.

        Parameters
        ----------
        name
            What the file was called when it was read.
        """
        for path, (then, known) in self._hashes.items():
            if known == sha256 and _state(path) == then:
                return path
        files = dict(self._files())
        now = frozenset(files.items())
        if self._missing.get(sha256) == now:
            return None
        for path in sorted(files, key=lambda one: (one.name != name, one.suffix != Path(name).suffix, str(one))):
            if self._hash(path, files[path]) == sha256:
                return path
        self._missing[sha256] = now
        return None

    def _files(self) -> Iterator[tuple[Path, tuple[int, int]]]:
        for folder, folders, names in os.walk(self.folder):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            for name in names:
                path = Path(folder) / name
                if not name.startswith(".") and (state := _state(path)) is not None:
                    yield path, state

    def _hash(self, path: Path, state: tuple[int, int]) -> str:
        known = self._hashes.get(path)
        if known is not None and known[0] == state:
            return known[1]
        digest = hashlib.sha256()
        try:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
        except OSError:
            return ""
        self._hashes[path] = (state, digest.hexdigest())
        return digest.hexdigest()


def _state(path: Path) -> tuple[int, int] | None:
    """Return what changes with the content of a file; None where there is no such file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None
