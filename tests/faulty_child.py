"""The process that reads, which does what a file says where it says what to do: faults for test_guarded.py."""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Generator
from typing import BinaryIO

from pipeline import reading
from pipeline.document import Document, Glyphs, Page
from pipeline.reading import child
from pipeline.reading.lines import MESSAGE, send
from pipeline.reading.opening import Opened
from pipeline.settings import ReadingSettings

_read = reading.pages_of
_lines: list[BinaryIO] = []
_own_lines = child._own_lines


def _faulty(
    file: Opened, settings: ReadingSettings, *, only_second: bool = False
) -> Generator[tuple[Page, Glyphs | None], None, Document]:
    fault = file.content.rpartition(b"%!")[2].decode("latin-1").strip()
    if fault.endswith("unless second"):
        fault = "" if only_second else fault.split()[0]
    hold: list[bytearray] = []
    match fault:
        case "hang":
            time.sleep(600)
        case "spin":
            while True:
                pass
        case "abort":
            os.abort()
        case "segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "exit":
            os._exit(0)
        case "eat":
            while True:
                hold.append(bytearray(b"x" * 2**24))
        case "garbage":
            _lines[1].write(b"\xff" * 4096)
            _lines[1].flush()
        case "nonsense":
            send(_lines[1], MESSAGE.PAGE, b"\0" * 64)
        case "endless":
            while True:
                send(_lines[1], MESSAGE.PAGE, bytes(2**20))
        case "error":
            send(_lines[1], MESSAGE.ERROR, b'["not_found", "{x.__class__.__init__}", {"x": 1}]')
        case "wide":
            send(_lines[1], MESSAGE.ERROR, b'["not_found", "{x:>99999999999999}", {"x": 1}]')
        case "litter":
            with tempfile.NamedTemporaryFile(prefix="page"):
                time.sleep(600)
        case "fault":
            raise ZeroDivisionError("of ours")
        case "noise":
            os.write(1, b"noise of a library")
            os.write(2, b"noise of a library")
            sys.stdout.write("more of it")
        case "slow" | "slow ocr":
            for number in range(4):
                time.sleep(0.4)
                yield Page(number, 1.0, 1.0, (), text_layer="ocr" if fault == "slow ocr" else "embedded"), Glyphs()
        case "network":
            _try_network()
        case _:
            pass
    return (yield from _read(file, settings, only_second=only_second))


def _try_network() -> None:
    """Crash where there is a network."""
    import socket

    with open("/proc/net/dev", encoding="ascii") as devices:  # noqa: PTH123
        names = [line.split(":")[0].strip() for line in devices if ":" in line]
    if names != ["lo"]:
        os.abort()
    with socket.socket() as line:
        line.settimeout(1)
        try:
            line.connect(("127.0.0.1", 9))
        except OSError:
            return
    os.abort()


def start(arguments: str) -> None:
    """Begin as the real one does."""

    def kept() -> tuple[BinaryIO, BinaryIO]:
        _lines[:] = _own_lines()
        return _lines[0], _lines[1]

    child._own_lines = kept
    reading.pages_of = _faulty
    child.start(arguments)
