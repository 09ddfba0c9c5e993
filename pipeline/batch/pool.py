"""Long-lived worker processes, one input at a time each, so that a death is always the death of one known input."""

import logging
import multiprocessing
import os
import pickle
import signal
import threading
import warnings
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any, cast

from pipeline.batch.work import Extractor, Finished, Task, lost, work

AHEAD = 4
"""How many inputs for each worker may be finished while an earlier one is waited for: more would only fill memory."""


def in_order(tasks: Sequence[Task], extract: Extractor, jobs: int) -> Generator[Finished, None, None]:
    """Work on all tasks in `jobs` processes and give what came of each, in the order of the tasks.

    A process that dies takes only the input that it was at with it, and another takes its place. Closing the iterator
    ends the processes.
    """
    waiting = deque(range(len(tasks)))
    finished: dict[int, Finished] = {}
    crew = [_Process(extract) for _ in range(min(jobs, len(tasks)))]
    try:
        for number in range(len(tasks)):
            while number not in finished:
                for place, member in enumerate(crew):
                    if member.task is None and waiting and waiting[0] < number + AHEAD * jobs:
                        if not member.is_alive():
                            member.end()
                            member = crew[place] = _Process(extract)
                        index = waiting.popleft()
                        member.give(index, tasks[index])
                for member in _ready(crew):
                    index = cast("int", member.task)
                    finished[index] = member.take()
            yield finished.pop(number)
    finally:
        for member in crew:
            member.end()


def quieten() -> None:
    """Keep libraries from writing to the terminal: what a person must know comes as an error or a warning of ours."""
    warnings.simplefilter("ignore")
    logging.lastResort = None


def _ready(crew: Sequence["_Process"]) -> list["_Process"]:
    busy: dict[Any, _Process] = {member.connection: member for member in crew if member.task is not None}
    return [busy[connection] for connection in wait(list(busy))]


class _Process:
    """One worker process, seen from here."""

    def __init__(self, extract: Extractor) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.task: int | None = None
        self._process = context.Process(target=_serve, args=(theirs, extract))
        with _interrupts_held():
            self._process.start()
        theirs.close()

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def give(self, index: int, task: Task) -> None:
        self.task = index
        try:
            self.connection.send(task)
        except OSError:  # it died just now: `take` will see the end of the line
            return

    def take(self) -> Finished:
        self.task = None
        try:
            return cast("Finished", self.connection.recv())
        except (EOFError, OSError):
            self._process.join()
            return lost(self._process.exitcode)

    def end(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.join()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while a process is started: it takes that over, and is not stopped with a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # started with the first process otherwise, and it lets signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection, extract: Extractor) -> None:
    """Take tasks and give back what came of them, until the line closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the first process ends the others
    quieten()
    threading.Thread(target=_die_with_parent, daemon=True).start()
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        finished = work(task, extract)
        try:
            connection.send(finished)
        except (TypeError, ValueError, AttributeError, pickle.PicklingError) as error:
            connection.send(replace(lost(None), report=f"What came of it cannot be sent: {error}\n"))


def _die_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
