"""Work on a Dask cluster: the same tasks, the same bytes, on other machines.

A document travels with its task, so no machine needs to see the folders. What comes of it stays with the worker until
its turn comes to be written: neither the scheduler nor this process holds more than it can.
"""

import tempfile
import threading
from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.batch.manifest import DISTRIBUTION
from pipeline.batch.pool import quieten
from pipeline.batch.run import Engine
from pipeline.batch.work import Extractor, Finished, Task, lost, work
from pipeline.errors import MissingExtraError, ToldError
from pipeline.recognising import model_version

if TYPE_CHECKING:
    from distributed import Client, Future

_BUSY = 2
"""Tasks for each thread that are under way or ready: so none waits for this process to send the next."""
_WAITING = 50
"""Tasks for each thread that may be finished while an earlier one is waited for: one long document holds nobody up."""
_PATIENCE = 30.0
"""Seconds to wait for the scheduler, and for a first worker."""
_one_at_a_time = threading.Lock()


class ClusterError(ToldError):
    """A cluster that cannot be used, or that went away; the message says why."""


@contextmanager
def on_cluster(scheduler: str, model: str, extract: Extractor | None = None) -> Iterator[Engine]:
    """Connect to a cluster, and give what works on it.

    Parameters
    ----------
    scheduler
        Its address, such as ``tcp://10.0.0.1:8786`` or ``tls://…``.
    model
        Name of the spaCy pipeline: every worker must have the same version of it, and of this program.
    extract
        What extracts: `extract_all` by default.

    Raises
    ------
    MissingExtraError
        When Dask is not installed.
    ClusterError
        When the scheduler cannot be reached, no worker comes, or one is of another version; within the block also when
        the cluster goes away.
    """
    try:
        from distributed import Client
    except ImportError:
        raise MissingExtraError(
            "the engine dask needs a library that is not installed: pip install 'annex[dask]'"
        ) from None
    quieten()
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(
            "the scheduler at {address} cannot be reached ({reason})", address=scheduler, reason=_first_line(error)
        ) from None
    try:
        _check(client, scheduler, model)
        yield lambda tasks: _in_order(client, scheduler, tasks, extract)
    finally:
        client.close(timeout=5)


def _check(client: "Client", scheduler: str, model: str) -> None:
    """Refuse workers that would give other bytes."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (OSError, TimeoutError):
        raise ClusterError("no worker has come to the scheduler at {address}", address=scheduler) from None
    ours = _versions(model)
    for address, theirs in sorted(client.run(_versions, model).items()):
        if theirs != ours:
            raise ClusterError(
                "the worker at {address} has {theirs}, and here is {ours}; install the same everywhere",
                address=address,
                theirs=theirs,
                ours=ours,
            )


def _versions(model: str) -> str:
    try:
        return f"{DISTRIBUTION} {metadata.version(DISTRIBUTION)}, {model_version(model)}"
    except OSError:
        return f"{DISTRIBUTION} {metadata.version(DISTRIBUTION)}, no model {model}"


def _in_order(
    client: "Client", scheduler: str, tasks: Sequence[Task], extract: Extractor | None
) -> Generator[Finished, None, None]:
    """Give what came of each task, in order; closing it gives up what is under way."""
    from distributed.comm import CommClosedError
    from distributed.utils import TimeoutError as DaskTimeoutError

    waiting: deque[Future | Finished] = deque()
    blamed: set[str] = set()
    rest = iter(tasks)
    number = 0
    try:
        while True:
            number += _submit(client, waiting, rest, extract)
            if not waiting:
                return
            yield _result(client, waiting.popleft(), tasks[number - len(waiting) - 1], extract, blamed)
    except (CommClosedError, DaskTimeoutError, OSError) as error:
        raise ClusterError(
            "the cluster at {address} has gone away ({reason}); run it again: it goes on where it was",
            address=scheduler,
            reason=_first_line(error),
        ) from None
    finally:
        for one in waiting:
            if not isinstance(one, Finished):
                one.cancel()


def _submit(
    client: "Client", waiting: "deque[Future | Finished]", rest: Iterator[Task], extract: Extractor | None
) -> int:
    """Send as many tasks as the cluster has use for; return how many."""
    threads = max(1, sum(_threads(client).values()))
    sent = 0
    busy = sum(not isinstance(one, Finished) and not one.done() for one in waiting)
    while busy < _BUSY * threads and len(waiting) < _WAITING * threads:
        task = next(rest, None)
        if task is None:
            break
        one = _sent(client, task, extract)
        waiting.append(one)
        busy += not isinstance(one, Finished)
        sent += 1
    return sent


def _threads(client: "Client") -> Mapping[str, int]:
    found: Mapping[str, int] = client.nthreads()
    return found


def _sent(client: "Client", task: Task, extract: Extractor | None) -> "Future | Finished":
    """Send a task with its document; what cannot be read, or is too large, fails here as it would there."""
    try:
        is_small = task.path.stat().st_size <= task.settings.limits.bytes
        content = task.path.read_bytes() if is_small else None
    except OSError:
        content = None
    if content is None:
        return work(task, _extractor(extract))
    return client.submit(_work, replace(task, path=Path(task.path.name)), content, extract, pure=False)


def _result(
    client: "Client", one: "Future | Finished", task: Task, extract: Extractor | None, blamed: set[str]
) -> Finished:
    """Return what came of a task; one that killed the workers that took it, twice over, has failed.

    The first time it may have been another task's doing, on the same workers.
    """
    from distributed import KilledWorker

    while not isinstance(one, Finished):
        try:
            result: Finished = one.result()
        except KilledWorker:
            if task.annex_id in blamed:
                return lost(None)
            blamed.add(task.annex_id)
            one = _sent(client, task, extract)
        else:
            one.release()
            return result
    return one


def _work(task: Task, content: bytes, extract: Extractor | None) -> Finished:
    """Work on a task on a worker; one at a time, for a model and the process that reads serve one."""
    with _one_at_a_time, tempfile.TemporaryDirectory(prefix="annex-") as folder:
        path = Path(folder) / task.path.name
        path.write_bytes(content)
        return work(replace(task, path=path), _extractor(extract))


def _extractor(extract: Extractor | None) -> Extractor:
    from pipeline.extraction import extract_all

    return extract or extract_all


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
