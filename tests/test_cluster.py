"""The engine on a Dask cluster gives the same bytes, whatever happens to its workers."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from making import fake_extract
from running import Folder, records, run

import pipeline.batch.cluster
from pipeline.batch.cluster import ClusterError, on_cluster
from pipeline.batch.run import local
from pipeline.batch.work import Finished, Task
from pipeline.register import Overlay
from pipeline.settings import Limits, ReadingSettings

distributed = pytest.importorskip("distributed")
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Return the address of a scheduler with three worker processes."""
    import dask

    held = {
        "distributed.scheduler.allowed-failures": 1,
        "distributed.worker.daemon": False,
        "distributed.comm.timeouts.connect": "10s",
    }
    with (
        dask.config.set(held),
        distributed.LocalCluster(
            n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as made,
    ):
        yield made.scheduler_address


def tasks(folder: Path, *texts: str, size: int | None = None) -> list[Task]:
    made = []
    limits = Limits() if size is None else Limits(bytes=size)
    for number, text in enumerate(texts):
        path = folder / f"{number:02}.txt"
        path.write_text(text)
        made.append(Task(path, f"id-{number:02}", ReadingSettings(limits=limits), "nl_annex_fast", Overlay()))
    return made


def come(scheduler: str, todo: list[Task]) -> list[Finished]:
    with on_cluster(scheduler, "nl_annex_fast", fake_extract) as engine:
        return list(engine(todo))


def folders(finished: list[Finished]) -> list[object]:
    return [(one.folders, one.error and one.error.code, one.fault) for one in finished]


def test_all_comes_in_order_and_is_the_same(cluster: str, tmp_path: Path) -> None:
    todo = tasks(tmp_path, "Eén\n!slow", *(f"Titel {number}" for number in range(30)), "!error", "!fault")
    (tmp_path / "03.txt").unlink()
    assert folders(come(cluster, todo)) == folders(list(local(1, fake_extract)(todo)))


def test_what_is_too_large_does_not_travel(cluster: str, tmp_path: Path) -> None:
    todo = tasks(tmp_path, "Eén\n" * 100, "Twee", size=20)
    assert len(come(cluster, todo)) == 2


def test_a_worker_that_is_killed_costs_nothing(cluster: str, tmp_path: Path) -> None:
    todo = tasks(tmp_path, *(f"Titel {number}\n!slow" for number in range(24)))
    with distributed.Client(cluster, set_as_default=False) as client:
        victim = next(iter(client.run(os.getpid).values()))
    timer = threading.Timer(1.0, os.kill, (victim, signal.SIGKILL))
    timer.start()
    found = come(cluster, todo)
    timer.join()
    assert [one.fault for one in found] == [None] * 24
    assert folders(found) == folders(list(local(1, fake_extract)(todo)))


def test_a_document_that_kills_its_workers_fails_alone(cluster: str, tmp_path: Path) -> None:
    todo = tasks(tmp_path, "Eén", "!die", *(f"Titel {number}" for number in range(6)))
    found = come(cluster, todo)
    assert [one.fault for one in found] == [None, "WorkerDied", *[None] * 6]


def test_a_run_that_ends_early_leaves_nothing_behind(cluster: str, tmp_path: Path) -> None:
    todo = tasks(tmp_path, *(f"Titel {number}\n!slow" for number in range(40)))
    with on_cluster(cluster, "nl_annex_fast", fake_extract) as engine:
        results = engine(todo)
        next(results)
        results.close()
    with distributed.Client(cluster, set_as_default=False) as client:
        deadline = time.monotonic() + 30
        while any(client.processing().values()):
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_the_command_writes_the_same_bytes(cluster: str, tmp_path: Path) -> None:
    samples = [ROOT / "samples" / f"schuldenvrij-{year}.{form}" for year, form in ((2022, "txt"), (2023, "pdf"))]
    options = ("--model", "nl_annex_fast")
    here = run(*samples, "-o", tmp_path / "here", *options)
    there = run(*samples, "-o", tmp_path / "there", *options, "--engine", "dask", "--scheduler", cluster)
    assert (here.exit_code, there.exit_code) == (0, 0), there.output
    assert records(tmp_path / "here") == records(tmp_path / "there")
    assert len(records(tmp_path / "there")) > 20


def test_workers_of_another_version_are_refused(cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.batch.cluster.metadata, "version", lambda _name: "99")  # type: ignore[attr-defined]
    folder = Folder(tmp_path, monkeypatch)
    folder.write("a.txt", "Eén")
    folder.run("--engine", "dask", "--scheduler", cluster, code=1)
    said = folder.events("run_failed")[0]["message"]
    assert "install the same everywhere" in said
    assert "annex 99" in said


def test_a_scheduler_that_is_not_there_is_told_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.batch.cluster, "_PATIENCE", 1.0)
    folder = Folder(tmp_path, monkeypatch)
    folder.write("a.txt", "Eén")
    folder.run("--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", code=1)
    assert "cannot be reached" in folder.events("run_failed")[0]["message"]
    folder.run("--engine", "dask", code=2)


@pytest.mark.soak  # Dask tries to reach it for half a minute
def test_a_scheduler_that_goes_away_ends_the_run(tmp_path: Path) -> None:
    todo = tasks(tmp_path, *(f"Titel {number}\n!slow" for number in range(40)))
    made = distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    )
    try:
        with on_cluster(made.scheduler_address, "nl_annex_fast", fake_extract) as engine:
            results = engine(todo)
            next(results)
            made.close(timeout=5)
            with pytest.raises(ClusterError, match="gone away"):
                list(results)
    finally:
        made.close()


def test_without_dask_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    folder = Folder(tmp_path, monkeypatch)
    folder.write("a.txt", "Eén")
    folder.run("--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", code=1)
    assert "annex[dask]" in folder.events("run_failed")[0]["message"]
