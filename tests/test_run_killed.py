"""Killed at any moment, the next `annex run` goes on where it was, and ends in the same bytes."""

import itertools
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from running import FAKED, Folder, in_fork, records

from pipeline.records.validating import validate

CALLS = ("fsync", "rename", "replace", "unlink", "rmdir", "mkdir")
"""What is done to the disk; a kill just before each is every state that a kill can leave, for each is whole."""


def kill_before(number: int, signals: int) -> Callable[[], int]:
    """Send ourselves a signal just before the disk is changed for the so-manieth time; return how often it was."""
    count = itertools.count()
    latest = [0]

    def wrap(name: str) -> None:
        real = getattr(os, name)

        def counted(*arguments: object, **more: object) -> object:
            latest[0] = next(count)
            if latest[0] == number:
                os.kill(os.getpid(), signals)
            return real(*arguments, **more)

        setattr(os, name, counted)

    for name in CALLS:
        wrap(name)
    return lambda: latest[0]


def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[object, ...]) -> tuple[Folder, Path]:
    """Return a folder that was run once and changed since, and what an undisturbed second run makes of it."""
    folder = Folder(tmp_path, monkeypatch)
    folder.write("a.txt", "Eén\nTwee")
    folder.write("b.txt", "Drie")
    folder.write("c.txt", "Vier\n!two")
    folder.run()
    folder.write("a.txt", "Een")
    folder.write("c.txt", "Vier\nVijf")
    folder.write("d.txt", "!error")
    (folder.documents / "b.txt").unlink()
    subprocess.run(["cp", "-a", str(folder.out), str(tmp_path / "before")], check=True)  # noqa: S607
    folder.run("--prune", *options, code=1)
    folder.out.rename(tmp_path / "right")
    return folder, tmp_path / "right"


def again(folder: Folder, before: Path) -> None:
    subprocess.run(["rm", "-rf", str(folder.out)], check=True)  # noqa: S607
    subprocess.run(["cp", "-a", str(before), str(folder.out)], check=True)  # noqa: S607


def assert_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, asserted: bool, stop: int, step: int, offset: int = 0
) -> None:
    """Kill before every so-manieth change of the disk, each time from the same state, and run again."""
    holds = tmp_path / "holds.toml"
    holds.write_text("[run]\nannexes = 1\n")
    options = ("--assertions", holds) if asserted else ()
    folder, right = prepared(tmp_path, monkeypatch, options)
    killed = 0
    for number in itertools.count(offset, step):
        again(folder, tmp_path / "before")

        def disturbed(number: int = number) -> int:
            kill_before(number, stop)
            folder.run("--prune", *options, code=1)
            return 0

        code = in_fork(disturbed)
        if code == 0:
            break
        killed += 1
        assert code == -stop or (stop == signal.SIGTERM and code == 1), code
        for one in folder.out.glob("*/annex.json"):  # nothing is half there
            if not one.parent.name.startswith("."):
                assert [p for p in validate(one.parent).problems if "annex.id" not in p.where] == []
        folder.run("--prune", *options, code=1)
        assert records(folder.out) == records(right), number
        assert (folder.out / "quarantine" / "d" / "reason.json").is_file()
        assert validate(folder.out).problems == ()
        assert folder.run("--prune", *options, code=1) == []
    assert killed >= 20 // step


@pytest.mark.parametrize("asserted", [False, True], ids=["plain", "asserted"])
def test_killed_at_some_changes_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, asserted: bool) -> None:
    assert_goes_on(tmp_path, monkeypatch, asserted=asserted, stop=signal.SIGKILL, step=7, offset=3)


@pytest.mark.soak
@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.parametrize("asserted", [False, True], ids=["plain", "asserted"])
def test_killed_at_every_change_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: int, *, asserted: bool
) -> None:
    assert_goes_on(tmp_path, monkeypatch, asserted=asserted, stop=stop, step=1)


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_stopped_amid_its_workers_it_leaves_none(tmp_path: Path, stop: int, code: int) -> None:
    documents = tmp_path / "in"
    documents.mkdir()
    for number in range(12):
        (documents / f"{number:02}.txt").write_text(f"Titel {number}\n!slow")
    command = [*FAKED, str(documents), "-o", str(tmp_path / "out"), "--jobs", "2", "--log-format", "text"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not (tmp_path / "out" / "01" / "annex.json").is_file():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(stop)
    _out, err = process.communicate(timeout=30)
    assert process.returncode == code
    assert "Traceback" not in err
    while children := of_command(str(documents)):
        assert time.monotonic() < deadline + 60, children
        time.sleep(0.05)
    done = len(list((tmp_path / "out").glob("*/annex.json")))
    assert 2 <= done < 12
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    assert f"{done} unchanged" in finished.stdout or f"{done - 1} unchanged" in finished.stdout
    fresh = subprocess.run(
        [*command[:4], "-o", str(tmp_path / "fresh"), "--log-format", "text"], capture_output=True, check=False
    )
    assert fresh.returncode == 0, fresh.stderr
    assert records(tmp_path / "out") == records(tmp_path / "fresh")


def of_command(word: str) -> list[str]:
    """Return the command lines of processes that hold a word."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if word in line:
            found.append(line)
    return found
