"""The process that reads files from outside: takes a file on its line, gives pages, and may be killed at any time."""

import json
import os
import queue
import shutil
import signal
import sys
import threading
import traceback
from collections.abc import Mapping
from typing import BinaryIO

from pipeline import reading
from pipeline.errors import AnnexError
from pipeline.reading.carrying import Sender, as_json, from_json
from pipeline.reading.confining import confine
from pipeline.reading.lines import MESSAGE, PictureRequest, Request, SizesRequest, receive, send
from pipeline.reading.opening import Opened

_Asked = Request | PictureRequest | SizesRequest
_REQUESTS: Mapping[bytes, type[_Asked]] = {
    MESSAGE.READ: Request,
    MESSAGE.PRINT: PictureRequest,
    MESSAGE.MEASURE: SizesRequest,
}


def main(memory: int, folder: str) -> None:
    """Read files until the line closes.

    Parameters
    ----------
    memory
        Bytes that this process may take.
    folder
        Its own folder for files in passing, which goes when it ends.
    """
    requests, answers = _own_lines()
    confinement = confine(memory)
    waiting: queue.SimpleQueue[tuple[_Asked, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, waiting, folder), daemon=True).start()
    send(answers, MESSAGE.HELLO, as_json(confinement))
    while True:
        request, content = waiting.get()
        _answer(answers, request, content)
        del content


def _own_lines() -> tuple[BinaryIO, BinaryIO]:
    """Keep the two lines to the parent apart from what libraries read and print, which goes nowhere."""
    requests, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for line in range(3):
        os.dup2(nowhere, line)
    os.close(nowhere)
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")


def _listen(requests: BinaryIO, waiting: "queue.SimpleQueue[tuple[_Asked, bytes]]", folder: str) -> None:
    """Hand on what is asked; end the process, whatever it is at, when the parent is gone."""
    try:
        while True:
            kind, asked = receive(requests)
            request = from_json(_REQUESTS[kind], asked)
            waiting.put((request, receive(requests)[1]))
    finally:
        _end(folder)


def _end(folder: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)  # with the programs that it has started
    os._exit(0)


def _answer(answers: BinaryIO, request: _Asked, content: bytes) -> None:
    """Do what is asked with one file; whatever goes wrong is the answer."""
    try:
        if isinstance(request, Request):
            _read(answers, request, content)
        else:
            _look(answers, request, content)
    except AnnexError as error:
        told = json.dumps([error.code, error.template, error.values], default=str)
        send(answers, MESSAGE.ERROR, told.encode())
    except MemoryError:
        send(answers, MESSAGE.MEMORY, b"")
    except Exception as error:  # noqa: BLE001  # a fault of ours: the parent reports it
        send(answers, MESSAGE.FAULT, json.dumps([type(error).__name__, traceback.format_exc()]).encode())


def _read(answers: BinaryIO, request: Request, content: bytes) -> None:
    """Read a file and send its pages as they come."""
    file = Opened(content, request.kind, request.name, request.sha256)
    pages = reading.pages_of(file, request.settings, only_second=request.only_second)
    sender = Sender()
    while True:
        try:
            page, glyphs = next(pages)
        except StopIteration as end:
            send(answers, MESSAGE.END, sender.end(end.value))
            return
        send(answers, MESSAGE.PAGE, sender.page(page, glyphs))


def _look(answers: BinaryIO, request: PictureRequest | SizesRequest, content: bytes) -> None:
    """Draw a page, or measure all."""
    from pipeline.reading import printing  # a library that a run over text files can do without

    if isinstance(request, PictureRequest):
        drawn = printing.picture_of(content, request.page, request.width, request.settings)
        send(answers, MESSAGE.PICTURE, drawn)
    else:
        send(answers, MESSAGE.SIZES, as_json(printing.sizes_of(content, request.settings)))


def start(arguments: str) -> None:
    """Begin, with the memory limit and the folder in JSON, as `pipeline.reading.guarded` gives them."""
    settings = json.loads(arguments)
    main(settings["memory"], settings["folder"])
