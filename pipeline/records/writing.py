"""Write records whole or not at all: beside the old ones, then in their place by renaming."""

import os
import re
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from pipeline.errors import AnnexError
from pipeline.locking import LockedError, locked
from pipeline.records.models import (
    SCHEMA_VERSION,
    AnnexFile,
    AnnexHead,
    Manifest,
    ProjectRecord,
    RecordEntry,
    Warning,
)
from pipeline.records.reading import ANNEX_FILE, MANIFEST_FILE

_OURS = re.compile(r"annex\.json|[0-9]{2,}-[a-z0-9-]+\.json")
_LEFTOVER = re.compile(r"\.(?P<place>[a-z0-9.-]+)\.(?P<what>tmp|old)-[0-9]+")


@dataclass(frozen=True, slots=True)
class AnnexFolder:
    """The files of one annex folder, ready to be written."""

    id: str
    files: dict[str, bytes]


def as_bytes(model: BaseModel) -> bytes:
    """Return a model as the record contract writes it: UTF-8, two-space indent, model order, a newline at the end."""
    return model.model_dump_json(indent=2).encode() + b"\n"


def record_file(record: ProjectRecord, count: int) -> str:
    """Return the file name of a record of an annex that has `count` of them."""
    digits = max(2, len(str(count)))
    return f"{record.ordinal:0{digits}d}-{record.id.rpartition('/')[2]}.json"


def annex_file(head: AnnexHead, records: Sequence[ProjectRecord], warnings: Sequence[Warning]) -> AnnexFile:
    """Return what ``annex.json`` holds for an annex and its records in order."""
    entries = [
        RecordEntry(ordinal=one.ordinal, id=one.id, title=one.title, file=record_file(one, len(records)))
        for one in records
    ]
    return AnnexFile(schema_version=SCHEMA_VERSION, annex=head, records=entries, warnings=list(warnings))


def annex_folder(head: AnnexHead, records: Sequence[ProjectRecord], warnings: Sequence[Warning]) -> AnnexFolder:
    """Return the folder of an annex: ``annex.json`` and one file for each record."""
    annex = annex_file(head, records, warnings)
    files = {ANNEX_FILE: as_bytes(annex)}
    files |= {entry.file: as_bytes(record) for entry, record in zip(annex.records, records, strict=True)}
    return AnnexFolder(head.id, files)


def is_leftover(path: Path) -> bool:
    """Say whether a file or folder is what a run that was killed has left in the folder that it wrote to."""
    return _LEFTOVER.fullmatch(path.name) is not None


def prepare(out: Path) -> None:
    """Make the folder to write to, and clear away what a run that was killed has left in it.

    Raises
    ------
    AnnexError
        With `write_failed`.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path in sorted(out.iterdir()):
            if leftover := _LEFTOVER.fullmatch(path.name):
                _clear(path, out / leftover["place"], leftover["what"])
    except OSError as error:
        raise write_failed(out, error) from None


def mend(out: Path) -> None:
    """Put back the annexes that a process that was killed has put aside, and clear away what else it has left.

    Nothing is done while another process writes there: what it puts aside is its own.
    """
    if not out.is_dir() or not any(map(is_leftover, out.iterdir())):
        return
    with suppress(LockedError, OSError), locked(out):
        prepare(out)


def write_annexes(out: Path, folders: Sequence[AnnexFolder], manifest: Manifest | None = None) -> None:
    """Write the annex folders of one input into `out`: all of them, or none.

    Each is written whole under a hidden name and flushed to disk; then the old folder steps aside, the new one takes
    its name, and the old one is removed. Killed in between, either the old or the new one is there, or `prepare` puts
    the old one back.

    Parameters
    ----------
    manifest
        Takes its place as the last of all; it is on disk before anything else does.

    Raises
    ------
    AnnexError
        With `write_failed`; what stood there before still does.
    """
    swaps = [_Swap(folder, out) for folder in folders]
    listing = out / f".{MANIFEST_FILE}.tmp-{os.getpid()}"
    try:
        for swap in swaps:
            swap.refuse_foreign()
            swap.stage()
        if manifest is not None:
            _write(listing, as_bytes(manifest))
        for swap in swaps:
            swap.take_place()
        _flush_folder(out)
        if manifest is not None:
            listing.replace(out / MANIFEST_FILE)
    except BaseException as error:
        with suppress(OSError):
            listing.unlink(missing_ok=True)
        for swap in reversed(swaps):
            swap.undo()
        if isinstance(error, OSError):
            raise write_failed(out, error) from None
        raise
    for swap in swaps:
        swap.finish()


def read_folder(out: Path, annex_id: str) -> AnnexFolder:
    """Return the files of an annex folder as they are; none where there is no such folder.

    Raises
    ------
    OSError
        When one cannot be read.
    """
    place = out / annex_id
    names = sorted(path.name for path in place.iterdir() if _OURS.fullmatch(path.name)) if place.is_dir() else []
    return AnnexFolder(annex_id, {name: (place / name).read_bytes() for name in names})


def remove_annexes(out: Path, ids: Iterable[str]) -> None:
    """Remove annex folders, each whole or not at all; one that is not there is removed already.

    Raises
    ------
    AnnexError
        With `write_failed`: also when something in it was not written by this program.
    """
    for name in ids:
        swap = _Swap(AnnexFolder(name, {}), out)
        try:
            swap.refuse_foreign()
            if swap.place.exists():
                swap.place.rename(swap.staged)  # `prepare` clears it away where a kill comes in between
                shutil.rmtree(swap.staged)
        except OSError as error:
            raise write_failed(out, error) from None


def write_manifest(out: Path, manifest: Manifest) -> None:
    """Write ``manifest.json`` into `out`.

    Raises
    ------
    AnnexError
        With `write_failed`; an earlier manifest is still there.
    """
    staged = out / f".{MANIFEST_FILE}.tmp-{os.getpid()}"
    try:
        _write(staged, as_bytes(manifest))
        staged.replace(out / MANIFEST_FILE)
        _flush_folder(out)
    except OSError as error:
        with suppress(OSError):
            staged.unlink(missing_ok=True)
        raise write_failed(out, error) from None


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Write a file of text, piece by piece, under a hidden name, then give it its name.

    Raises
    ------
    AnnexError
        With `write_failed`; what stood there before still does.
    """
    staged = path.with_name(f".{path.name}.tmp-{os.getpid()}")
    try:
        with staged.open("x", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(path)
        _flush_folder(path.parent)
    except BaseException as error:
        with suppress(OSError):
            staged.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise AnnexError(
                "write_failed",
                "{file} cannot be written ({reason}); check that you may write there and that there is room",
                file=path,
                reason=error.strerror or str(error),
            ) from None
        raise


def write_failed(out: Path, error: OSError) -> AnnexError:
    """Return the error that says why nothing can be written to a folder."""
    return AnnexError(
        "write_failed",
        "the records cannot be written to {folder} ({reason}); check that you may write there and that there is room",
        folder=out,
        reason=error.strerror or str(error),
    )


class _Swap:
    """One folder on its way into the place of an old one."""

    def __init__(self, folder: AnnexFolder, out: Path) -> None:
        self.folder = folder
        self.place = out / folder.id
        self.staged = out / f".{folder.id}.tmp-{os.getpid()}"
        self.aside = out / f".{folder.id}.old-{os.getpid()}"
        self.in_place = False

    def refuse_foreign(self) -> None:
        """Refuse to replace what no run of ours has written: it would be gone."""
        if not os.path.lexists(self.place):
            return
        foreign: str | None = self.place.name
        if self.place.is_dir() and not self.place.is_symlink():
            foreign = next((name for name in sorted(os.listdir(self.place)) if not _OURS.fullmatch(name)), None)  # noqa: PTH208
        if foreign is not None:
            raise AnnexError(
                "write_failed",
                "{place} is in the way: {name} was not written by this program; move it, or write to another folder",
                place=self.place,
                name=foreign,
            )

    def stage(self) -> None:
        """Write all files under the hidden name."""
        self.staged.mkdir()
        for name, content in self.folder.files.items():
            _write(self.staged / name, content)
        _flush_folder(self.staged)

    def take_place(self) -> None:
        """Put the old folder aside and the new one in its place."""
        if self.place.exists():
            self.place.rename(self.aside)
        self.staged.rename(self.place)
        self.in_place = True

    def undo(self) -> None:
        """Put back what was there before."""
        with suppress(OSError):
            if self.in_place:
                shutil.rmtree(self.place)
            elif self.staged.exists():
                shutil.rmtree(self.staged)
            if self.aside.exists():
                self.aside.rename(self.place)

    def finish(self) -> None:
        """Remove the old folder; what cannot be removed now, the next run clears away."""
        shutil.rmtree(self.aside, ignore_errors=True)


def _clear(path: Path, place: Path, what: str) -> None:
    if what == "old" and not os.path.lexists(place):
        path.rename(place)
    elif path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """See to it that the names in a folder are on disk; only POSIX opens folders."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
