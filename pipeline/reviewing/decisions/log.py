"""The log of decisions: a line each, added at the end and never changed, so that none is lost and git can merge it.

Put ``decisions.jsonl merge=union`` into ``.gitattributes`` beside the approved records: git then keeps the lines of
both sides. Their order is of no meaning, nor that one stands there twice.
"""

import os
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from pipeline.errors import AnnexError
from pipeline.locking import LockedError, locked
from pipeline.reviewing.decisions.lines import LogError, LogNote, decisions_in
from pipeline.reviewing.decisions.models import Decision

LOG_FILE = "decisions.jsonl"
TORN_FILE = f"{LOG_FILE}.torn"
"""What was left of a line by a process that was killed or a disk that was full, a line each."""

_LOCK_FILE = ".decisions-lock"
_PATIENCE = 20.0
"""Seconds to wait for another process that adds a line: one takes some milliseconds."""

_STARTED_MS = 48
_FRACTION_BITS = 12


def decision_id(at: datetime) -> str:
    """Return a new id for a decision of a moment: a UUID of version 7 (RFC 9562), so ids stand in order of time."""
    whole, fraction = divmod(round(at.timestamp() * 1_000_000), 1000)
    bits = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
    value = (whole & ((1 << _STARTED_MS) - 1)) << 80
    value |= 0x7 << 76 | (fraction << _FRACTION_BITS) // 1000 << 64 | 0b10 << 62 | bits
    return str(UUID(int=value))


@dataclass(frozen=True, slots=True)
class Logged:
    """What a log says."""

    decisions: tuple[Decision, ...]
    """Each once, by moment and id."""
    notes: tuple[LogNote, ...]
    """What a person should know of the file."""


class DecisionLog:
    """The log in a folder of approved records; there may be none yet, nor the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / LOG_FILE
        self._read: tuple[tuple[int, int, int] | None, Logged] = (None, Logged((), ()))

    def read(self) -> list[Decision]:
        """Return every decision, each once, by moment and id: the same in whatever order the lines stand.

        Raises
        ------
        LogError
            When the file cannot be read, or a line is no decision that this version knows.
        """
        return list(self.logged().decisions)

    def logged(self) -> Logged:
        """Return every decision, and what a person should know of the file.

        Raises
        ------
        LogError
            As `read` does.
        """
        try:
            state = self.path.stat()
            key = (state.st_ino, state.st_size, state.st_mtime_ns)
            if self._read[0] == key and time.time_ns() - state.st_mtime_ns > _SETTLED:
                return self._read[1]
            content = self.path.read_bytes()
        except FileNotFoundError:
            return Logged((), ())
        except OSError as error:
            raise LogError("{path}: cannot be read: {reason}", path=self.path, reason=error.strerror) from error
        logged = Logged(*decisions_in(content, self.path))
        self._read = (key, logged)
        return logged

    def append(self, *decisions: Decision) -> None:
        """Add decisions; those whose id is there already are passed over, so that it is safe to try again.

        When it returns, they are on disk. What a killed process has left of a line is kept in `TORN_FILE`.

        Raises
        ------
        AnnexError
            With `write_failed`: none of them was added. Where the disk fails while it is told to keep what was
            written, a later call tells which are there.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with locked(self.folder, patience=_PATIENCE, name=_LOCK_FILE):
                handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
                try:
                    self._add(handle, decisions)
                finally:
                    os.close(handle)
        except LockedError:
            raise _write_failed(self.path, "another process keeps on writing it") from None
        except OSError as error:
            raise _write_failed(self.path, error.strerror or str(error)) from None

    def _add(self, handle: int, decisions: Sequence[Decision]) -> None:
        content = _whole(handle)
        end, lead = content.rfind(b"\n") + 1, b""
        rest = content[end:]
        if _is_decision(rest, self.path):
            end, lead, rest = len(content), b"\n", b""
        there = content[:end]
        new = {one.id: one for one in decisions if f'"id":"{one.id}"'.encode() not in there}
        if not new:
            return
        if rest:
            self._set_aside(rest)
        os.ftruncate(handle, end)
        try:
            _write(handle, end, lead + b"".join(line_of(one) for one in new.values()))
            os.fsync(handle)
        except BaseException:
            with suppress(OSError):
                os.ftruncate(handle, end)
            raise
        _flush_folder(self.folder)

    def _set_aside(self, rest: bytes) -> None:
        with (self.folder / TORN_FILE).open("ab") as file:
            file.write(rest + b"\n")
            file.flush()
            os.fsync(file.fileno())


_SETTLED = 1_000_000_000
"""Nanoseconds after which a file that is written again has another time for sure."""


def line_of(decision: Decision) -> bytes:
    """Return a decision as its line: compact JSON in UTF-8, keys in model order."""
    return decision.model_dump_json().encode() + b"\n"


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that count, in their order: not those taken back, nor those that take back.

    Taking back what takes back brings a decision back.
    """
    every = list(decisions)
    takers: dict[str, list[str]] = {}
    for one in every:
        if one.undoes is not None:
            takers.setdefault(one.undoes, []).append(one.id)
    counts: dict[str, bool] = {}
    for start in every:
        path = [start.id] if start.id not in counts else []
        while path:  # who takes back first; one that takes itself back by a circle counts as taken back
            waiting = [by for by in takers.get(path[-1], []) if by not in counts]
            if waiting and waiting[0] not in path:
                path.append(waiting[0])
                continue
            last = path.pop()
            counts[last] = not waiting and not any(counts[by] for by in takers.get(last, []))
    return [one for one in every if counts[one.id] and one.action != "undo"]


def _is_decision(rest: bytes, path: Path) -> bool:
    try:
        return bool(decisions_in(rest + b"\n", path)[0])
    except LogError:
        return False


def _whole(handle: int) -> bytes:
    size = os.fstat(handle).st_size
    content = bytearray()
    os.lseek(handle, 0, os.SEEK_SET)
    while len(content) < size and (part := os.read(handle, size - len(content))):
        content += part
    return bytes(content)


def _write(handle: int, at: int, content: bytes) -> None:
    os.lseek(handle, at, os.SEEK_SET)
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _flush_folder(folder: Path) -> None:
    """See to it that the name of the log is on disk; only POSIX opens folders."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_failed(path: Path, reason: str) -> AnnexError:
    return AnnexError(
        "write_failed",
        "the decision cannot be written to {path} ({reason}); check that you may write there and that there is room, "
        "and decide again",
        path=path,
        reason=reason,
    )
