"""Read files from outside in a process of their own, which is killed when it passes a limit and replaced when it fails.

One process lives on from file to file, so that its start is paid once. It is started as a program of its own and not
by multiprocessing, which would import the user's script there; what it answers is data and checked (see `carrying`).
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import string
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Literal, Self, TypeVar, cast

from pipeline.document import Document
from pipeline.errors import ERROR_CODES, AnnexError, ErrorCode
from pipeline.reading import read_opened
from pipeline.reading.carrying import GarbledError, Receiver, as_json, from_json
from pipeline.reading.confining import Confinement
from pipeline.reading.lines import MESSAGE, PictureRequest, Request, SizesRequest, receive, send
from pipeline.reading.opening import Opened, opened
from pipeline.settings import Limits, ReadingSettings

CHILD = "pipeline.reading.child"
"""Module whose `start` is what the process does."""

_DOCUMENTS = 300
"""How many files one process reads before it is replaced: parsers leak."""
_START_SECONDS = 60.0
"""How long a process may take to start, on a machine however busy."""
_NEAR_MEMORY = 0.5
"""Part of the memory limit that a process which died had taken, from which on the limit is what killed it."""
_BOOT = (
    "import json, sys; from importlib import import_module; settings = json.loads(sys.argv[1]); "
    "sys.path[:] = settings['path']; import_module(settings['module']).start(sys.argv[1])"
)
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}
"""numpy would set memory aside for each core of the machine, and that counts."""
_FOR_FILES = ("TMPDIR", "TEMP", "TMP")
"""Environment variables that name the folder for files in passing, on one system or another."""
_REPLACED_AFTER: frozenset[ErrorCode] = frozenset({"corrupt_file", "limit_exceeded", "ocr_failed"})

_T = TypeVar("_T")
_Death = Literal["seconds", "memory", "crash"]


class ReaderFault(RuntimeError):  # noqa: N818  # its name is what the report tells
    """A fault of ours in the process that reads; the message is its traceback."""


class _Died(Exception):  # noqa: N818
    """The process ended, or was killed, before its answer was whole."""

    def __init__(self, cause: _Death) -> None:
        self.cause = cause
        super().__init__(cause)


class Guard:
    """The process that reads for this one: started when it is first wanted, used by one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: _Child | None = None

    def read(self, file: Opened, settings: ReadingSettings) -> Document:
        """Read one file.

        Raises
        ------
        AnnexError
            What the reader of the format raises; `limit_exceeded` when a limit is passed; `corrupt_file` when the file
            crashes every parser of its format.
        """
        with self._lock:
            self._ready(settings.limits)
            end = time.monotonic() + settings.limits.seconds
            for only_second in (False, True) if file.kind == "pdf" else (False,):
                with suppress(_Died), self._asked(settings.limits) as child:
                    return child.read(file, settings, only_second=only_second, end=end)
        raise _crashes()

    def look(self, file: Opened, request: PictureRequest | SizesRequest, made: Callable[[bytes], _T]) -> _T:
        """Ask for the picture of a page of a PDF, or for the sizes of all.

        Parameters
        ----------
        made
            What to make of the answer; raises `GarbledError` for one that cannot be true.

        Raises
        ------
        AnnexError
            `encrypted`, `corrupt_file`, `limit_exceeded`, and `not_found` for a page that is not there.
        """
        limits = request.settings.limits
        with self._lock:
            self._ready(limits)
            with suppress(_Died), self._asked(limits) as child:
                return child.look(file, request, made, end=time.monotonic() + limits.seconds)
        raise _crashes()

    @contextmanager
    def _asked(self, limits: Limits) -> Iterator[_Child]:
        """Give the process to ask something, and end it where that leaves it of no use.

        Raises
        ------
        _Died
            When the file crashes it.
        """
        try:
            yield self._ready(limits)
        except _Died as died:
            self._drop()
            if died.cause != "crash":
                raise _limit_exceeded(died.cause, limits) from None
            raise
        except AnnexError as error:
            if error.code in _REPLACED_AFTER:
                self._drop()
            raise
        except BaseException:  # Ctrl-C too: an answer that nobody waits for would be the next file's
            self._drop()
            raise

    def confinement(self, limits: Limits) -> Confinement:
        """Return what the process is kept from here."""
        with self._lock:
            return self._ready(limits).confinement

    def close(self) -> None:
        """End the process, whatever it is at; it is started again when it is wanted again."""
        if (child := self._child) is not None:
            child.kill()
        with self._lock:
            self._drop()

    def forget(self) -> None:
        """Leave the process to the one that this one was forked from."""
        self._lock = threading.Lock()
        if self._child is not None:
            self._child.forget()
        self._child = None

    def _ready(self, limits: Limits) -> _Child:
        if self._child is not None and not self._child.is_fit(limits):
            self._drop()
        if self._child is None:
            self._child = _Child(limits.memory)
        return self._child

    def _drop(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


class _Child:
    """One reading process, seen from here."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._documents = 0
        self._is_out_of_time = False
        self._folder = tempfile.mkdtemp(prefix="annex-")  # killed, it leaves pictures of pages behind
        path = [os.path.abspath(one) for one in sys.path if isinstance(one, str)]  # noqa: PTH100  # "" is the folder
        arguments = {"path": path, "module": CHILD, "memory": memory, "folder": self._folder}
        self._process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-I", "-c", _BOOT, json.dumps(arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_ENVIRONMENT, **dict.fromkeys(_FOR_FILES, self._folder)},
            start_new_session=True,  # Ctrl-C is for this process, which ends that one
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._requests = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        try:
            self.confinement = self._hello()
        except BaseException:
            self.end()
            raise

    def _hello(self) -> Confinement:
        with _Alarm(self, _START_SECONDS):
            try:
                kind, content = receive(self._answers, 2**16)
                if kind == MESSAGE.HELLO:
                    return from_json(Confinement, content)
            except (EOFError, OSError, GarbledError):
                pass
        raise RuntimeError(f"the process that reads files does not start: {sys.executable} in {self._memory} bytes")

    def is_fit(self, limits: Limits) -> bool:
        """Whether it may read one more file, under these limits."""
        return self._process.poll() is None and self._documents < _DOCUMENTS and self._memory == limits.memory

    def read(self, file: Opened, settings: ReadingSettings, *, only_second: bool, end: float) -> Document:
        """Read one file, until the time `end`.

        Raises
        ------
        _Died
            When there is no whole answer, which leaves it of no use.
        """
        request = Request(file.kind, file.name, file.sha256, settings, only_second)
        page_seconds = settings.limits.page_seconds
        return self._ask(MESSAGE.READ, request, file, end, lambda alarm: self._document(file, alarm, page_seconds))

    def look(
        self, file: Opened, request: PictureRequest | SizesRequest, made: Callable[[bytes], _T], *, end: float
    ) -> _T:
        """Return what `made` makes of the answer to a request, until the time `end`. Raises what `read` does."""
        is_picture = isinstance(request, PictureRequest)
        asked, wanted = (MESSAGE.PRINT, MESSAGE.PICTURE) if is_picture else (MESSAGE.MEASURE, MESSAGE.SIZES)

        def answer(_: _Alarm) -> _T:
            kind, content = receive(self._answers, self._memory)
            if kind != wanted:
                raise _failure(kind, content)
            return made(content)

        return self._ask(asked, request, file, end, answer)

    def _ask(self, kind: bytes, request: object, file: Opened, end: float, answer: Callable[[_Alarm], _T]) -> _T:
        """Send a request with its file, and return the answer; `_Died` where there is no whole one."""
        self._documents += 1
        with _Alarm(self, end - time.monotonic()) as alarm:
            try:
                send(self._requests, kind, as_json(request))
                send(self._requests, MESSAGE.CONTENT, file.content)
                return answer(alarm)
            except (EOFError, OSError):
                is_garbled = False
            except GarbledError:
                is_garbled = True
        raise _Died(self._cause_of_death(is_garbled=is_garbled))

    def _document(self, file: Opened, alarm: _Alarm, page_seconds: float) -> Document:
        receiver = Receiver()
        room = self._memory  # what the process may hold, it may send
        while True:
            kind, content = receive(self._answers, room)
            room -= len(content)
            match kind:
                case MESSAGE.PAGE:
                    if receiver.page(content).text_layer == "ocr":
                        alarm.put_off(page_seconds)
                case MESSAGE.END:
                    document = receiver.end(content)
                    if (document.file, document.sha256) != (file.name, file.sha256):
                        raise GarbledError("another file was asked for")
                    return document
                case _:
                    raise _failure(kind, content)

    def _cause_of_death(self, *, is_garbled: bool) -> _Death:
        """End it and return what it died of."""
        taken = self.end()
        if self._is_out_of_time:
            return "seconds"
        if is_garbled:
            return "crash"
        if self._process.returncode == -getattr(signal, "SIGKILL", 9):
            return "memory"  # the line was closed before we killed it: the machine was out of memory
        return "memory" if taken >= _NEAR_MEMORY * self._memory else "crash"

    def out_of_time(self) -> None:
        """Kill it because its time is over."""
        self._is_out_of_time = True
        self.kill()

    def kill(self) -> None:
        """Kill it, with the programs that it has started."""
        if self._process.returncode is not None:
            return
        with suppress(OSError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> int:
        """Kill it; return the most memory that it took, in bytes, 0 where that is not known."""
        self.kill()
        taken = self._waited()
        for line in (self._requests, self._answers):
            with suppress(OSError):
                line.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        return taken

    def _waited(self) -> int:
        if sys.platform != "win32" and self._process.returncode is None:
            with suppress(ChildProcessError):
                _, status, usage = os.wait4(self._process.pid, 0)
                self._process.returncode = os.waitstatus_to_exitcode(status)
                return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        self._process.wait()
        return 0

    def forget(self) -> None:
        """Close the lines to it and leave it alone."""
        self._process.returncode = 0
        for line in (self._requests, self._answers):
            with suppress(OSError):
                line.close()


class _Alarm:
    """Kills a process when a time is over, and not after the end of the block."""

    def __init__(self, child: _Child, seconds: float) -> None:
        self._child = child
        self._is_over = False
        self._lock = threading.Lock()
        self._end = time.monotonic() + max(seconds, 0.0)

    def __enter__(self) -> Self:
        self._set()
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._is_over = True
        self._timer.cancel()

    def put_off(self, seconds: float) -> None:
        """Let the time end later."""
        with self._lock:
            self._end += seconds

    def _set(self) -> None:
        self._timer = threading.Timer(max(self._end - time.monotonic(), 0.0), self._ring)
        self._timer.daemon = True
        self._timer.start()

    def _ring(self) -> None:
        with self._lock:
            if self._is_over:
                return
            if time.monotonic() < self._end:
                self._set()
            else:
                self._child.out_of_time()


def _failure(kind: bytes, content: bytes) -> Exception:
    """Return what a message that is no answer is raised as."""
    match kind:
        case MESSAGE.ERROR:
            return _told(content)
        case MESSAGE.MEMORY:
            return _Died("memory")
        case MESSAGE.FAULT:
            return _fault(content)
        case _:
            return GarbledError("no message")


def _told(content: bytes) -> AnnexError:
    """Return the error that a process tells; its text is looked at before it is filled in."""
    try:
        code, template, values = json.loads(content)
        fields = [field for field in string.Formatter().parse(template) if field[1] is not None]
        # A width or a conversion, which no template of ours has, could make a text of any length.
        is_plain = all(name in values and str(name).isidentifier() and not (s or c) for _, name, s, c in fields)
        if code not in ERROR_CODES or not is_plain:
            raise GarbledError("no error of ours")
        if not all(isinstance(value, str | int | float) for value in values.values()):
            raise GarbledError("no error of ours")
        return AnnexError(code, template, **values)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise GarbledError(str(error)) from None


def _fault(content: bytes) -> ReaderFault:
    try:
        name, report = json.loads(content)
    except (ValueError, TypeError) as error:
        raise GarbledError(str(error)) from None
    return ReaderFault(f"{name} in the process that reads:\n{report}")


def _crashes() -> AnnexError:
    return AnnexError("corrupt_file", "it crashes the program that reads it; ask for it to be sent again")


def _limit_exceeded(cause: _Death, limits: Limits) -> AnnexError:
    if cause == "seconds":
        return AnnexError(
            "limit_exceeded",
            "reading it takes longer than {limit} seconds, which is the limit; give a part of its pages with --pages",
            limit=f"{limits.seconds:g}",
        )
    return AnnexError(
        "limit_exceeded",
        "reading it takes more than {limit} MB of memory, which is the limit; give a part of its pages with --pages",
        limit=limits.memory // 2**20,
    )


_GUARD = Guard()
atexit.register(_GUARD.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_GUARD.forget)


def read_guarded(path: Path, settings: ReadingSettings | None = None) -> Document:
    """Read one file; what is no plain text is read by the process that guards this one.

    Text is read here: nothing but Python's own decoding and ours touches it, in time that grows with its length, which
    has a limit.

    Raises
    ------
    AnnexError
        What `pipeline.reading.read` raises, and `limit_exceeded` for time and memory.
    """
    settings = settings or ReadingSettings()
    file = opened(path, settings.limits)
    if file.kind == "text":
        return read_opened(file, settings)
    return _GUARD.read(file, settings)


def look_guarded(file: Opened, request: PictureRequest | SizesRequest, made: Callable[[bytes], _T]) -> _T:
    """Ask the process that guards this one to look at a file; see `Guard.look`."""
    return _GUARD.look(file, request, made)


def confinement() -> Confinement:
    """Return what the process that reads is kept from on this machine.

    Raises
    ------
    RuntimeError
        When it cannot be started.
    """
    return _GUARD.confinement(Limits())
