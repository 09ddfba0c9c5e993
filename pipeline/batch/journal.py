"""The journal of a folder of records: what became of each input, a line for each, on disk before the next begins.

It is what a later run goes by, and what a run that was killed goes on from. Of several lines with one id the last
counts; a last line that was torn off counts not.
"""

import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.batch.assertions import Tally
from pipeline.records.models import Failure, ManifestEntry
from pipeline.records.writing import AnnexFolder, write_file

JOURNAL = "journal.jsonl"


class Entry(BaseModel):
    """What became of one input, and all that it rests on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    """Of the annex as it was planned."""
    path: str
    """Of the input, absolute, links resolved."""
    file: str
    """Name of the input: the records hold it."""
    sha256: str | None
    version: str
    model: str
    settings: str
    """Hash of the settings and the overlay."""
    decisions: str = ""
    """Hash of the decisions that are of this annex."""
    log: str = ""
    """Hash of all decisions that were there."""
    others: tuple[str, ...] = ()
    """Ids of decisions of other annexes whose words stand in this one."""
    status: Literal["ok", "failed", "skipped"]
    error: Failure | None = None
    annex_ids: tuple[str, ...] = ()
    records: int = 0
    seconds: float = 0
    warnings: int = 0
    output: str = ""
    """Digest of the annex folders."""
    tallies: tuple[Tally, ...] = ()
    """Of each annex, for the assertions of a run."""
    kept: tuple[str, ...] = ()
    """Ids of annexes that it gave before, when it had not failed: they are still there."""
    leaving: tuple[str, ...] = ()
    """Ids of annexes that it gave before and gives no more: to be removed."""

    def as_manifest(self, given: str) -> ManifestEntry:
        """Return it as the manifest tells it.

        Parameters
        ----------
        given
            The input as it was given.
        """
        return ManifestEntry(
            input=given,
            sha256=self.sha256,
            status=self.status,
            error=self.error,
            annex_ids=list(self.annex_ids),
            records=self.records,
            seconds=self.seconds,
            warnings=self.warnings,
        )


def digest(folders: Iterable[AnnexFolder]) -> str:
    """Return a SHA-256 of annex folders: of the names and contents of their files."""
    whole = sha256()
    for folder in folders:
        whole.update(f"{folder.id}\n".encode())
        for name, content in sorted(folder.files.items()):
            whole.update(f"{name} {sha256(content).hexdigest()}\n".encode())
    return whole.hexdigest()


class Journal:
    """The journal in a folder, with its entries by id, in the order in which they came first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.entries: dict[str, Entry] = {}
        content = self._content()
        self._is_torn = bool(content) and not content.endswith(b"\n")
        for line in content.split(b"\n"):
            if entry := _entry(line):
                self.entries[entry.id] = entry

    def append(self, entry: Entry) -> None:
        """Add an entry, on disk when this returns.

        Raises
        ------
        OSError
            When it cannot be written.
        """
        with (self.folder / JOURNAL).open("ab") as file:
            file.write((b"\n" if self._is_torn else b"") + _line(entry))
            file.flush()
            os.fsync(file.fileno())
        self._is_torn = False
        self.entries[entry.id] = entry

    def rewrite(self, entries: Iterable[Entry]) -> None:
        """Hold these entries and no others; a file that does so already is left as it is.

        Raises
        ------
        AnnexError
            With `write_failed`.
        """
        self.entries = {entry.id: entry for entry in entries}
        lines = [_line(entry) for entry in self.entries.values()]
        if self._content() != b"".join(lines):
            write_file(self.folder / JOURNAL, (line.decode() for line in lines))
        self._is_torn = False

    def _content(self) -> bytes:
        try:
            return (self.folder / JOURNAL).read_bytes()
        except FileNotFoundError:
            return b""


def _line(entry: Entry) -> bytes:
    return entry.model_dump_json(exclude_defaults=True).encode() + b"\n"


def _entry(line: bytes) -> Entry | None:
    """Return what a line says; None for one that was torn off or is of another version: its input is done again."""
    try:
        return Entry.model_validate_json(line) if line else None
    except ValidationError:
        return None
