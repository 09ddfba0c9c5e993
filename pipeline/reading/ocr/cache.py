"""Keep what OCR read, by content, in the user's cache folder: the same page is read once."""

import json
import os
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

VARIABLE = "ANNEX_CACHE"
"""Environment variable that names another folder."""
LARGEST = 512 * 1024 * 1024
"""Bytes that the cache holds; the entries that were not used for longest go first."""

_Value = TypeVar("_Value")
_SUFFIX = ".ocr"


def folder() -> Path:
    """Return the cache folder: ``ANNEX_CACHE``, or what the platform has for it (XDG, macOS, Windows)."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "annex" / "cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "annex"
    named = os.environ.get("XDG_CACHE_HOME", "")
    # A relative path is not valid there (XDG Base Directory Specification).
    return (Path(named) if Path(named).is_absolute() else home / ".cache") / "annex"


def size() -> int:
    """Return how many bytes the cache holds."""
    return sum(held for _, held, _ in _entries())


def load(key: str, as_value: Callable[[object], _Value]) -> _Value | None:
    """Return what is kept under a key; None where nothing is, or it is damaged.

    Parameters
    ----------
    as_value
        Makes a value of JSON data; it raises ValueError, TypeError, KeyError or IndexError for what it cannot use.
    """
    path = _path(key)
    try:
        value = as_value(json.loads(zlib.decompress(path.read_bytes())))
    except (OSError, RuntimeError, zlib.error, ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None
    with suppress(OSError):
        os.utime(path)
    return value


def save(key: str, data: object) -> None:
    """Keep JSON data under a key; a cache that cannot be written is none.

    An entry is written beside its place and renamed, so that others who write it now, or read it, see a whole one. One
    that was left half written counts and goes as the others do.
    """
    path = _path(key)
    with suppress(OSError, RuntimeError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=_SUFFIX, delete=False) as file:
            written = Path(file.name)
            try:
                file.write(zlib.compress(json.dumps(data, separators=(",", ":")).encode()))
                file.close()
                written.replace(path)
            except OSError:
                written.unlink(missing_ok=True)
                raise


def trim() -> None:
    """Remove the entries that were not used for longest until the cache is within its bound."""
    entries = sorted(_entries())
    held = sum(count for _, count, _ in entries)
    for _, count, path in entries:
        if held <= LARGEST:
            return
        with suppress(OSError):
            path.unlink()
        held -= count


def _path(key: str) -> Path:
    return folder() / "ocr" / key[:2] / f"{key}{_SUFFIX}"


def _entries() -> list[tuple[float, int, Path]]:
    """Return of each entry when it was last used, its bytes, and its path."""
    found = []
    with suppress(OSError, RuntimeError):
        for path in (folder() / "ocr").glob(f"*/*{_SUFFIX}"):
            with suppress(OSError):
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
    return found
