"""Files from outside are read in a process of their own: whatever it does, what is wrong is said and the rest read."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from making import PROJECTS, pdf

from pipeline.cli import main
from pipeline.document import Document
from pipeline.errors import AnnexError
from pipeline.reading import guarded, read
from pipeline.reading.guarded import Guard, ReaderFault, confinement, read_guarded
from pipeline.reading.opening import opened
from pipeline.settings import Limits, ReadingSettings

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "digitale-overheid-2023.pdf"
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


@pytest.fixture
def guard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Guard]:
    """Give a guard whose process does what a file says."""
    monkeypatch.setattr(guarded, "CHILD", "faulty_child")
    one = Guard()
    yield one
    one.close()


def told(tmp_path: Path, what: str) -> Path:
    path = tmp_path / "bijlage.pdf"
    path.write_bytes(pdf() + f"%!{what}\n".encode())
    return path


def read_by(guard: Guard, path: Path, settings: ReadingSettings | None = None) -> Document:
    settings = settings or ReadingSettings()
    return guard.read(opened(path, settings.limits), settings)


@pytest.mark.parametrize(
    ("fault", "limits", "code", "says"),
    [
        ("hang", Limits(seconds=0.5), "limit_exceeded", "longer than 0.5 seconds"),
        ("spin", Limits(seconds=1), "limit_exceeded", "longer than 1 seconds"),
        pytest.param("eat", Limits(memory=2**29), "limit_exceeded", "more than 512 MB of memory", marks=posix),
        ("abort", Limits(), "corrupt_file", "crashes the program that reads it"),
        pytest.param("segfault", Limits(), "corrupt_file", "crashes the program that reads it", marks=posix),
        ("exit", Limits(), "corrupt_file", "crashes the program that reads it"),
        ("garbage", Limits(), "corrupt_file", "crashes the program that reads it"),
        ("nonsense", Limits(), "corrupt_file", "crashes the program that reads it"),
        ("endless", Limits(), "corrupt_file", "crashes the program that reads it"),
        ("error", Limits(), "corrupt_file", "crashes the program that reads it"),
        ("wide", Limits(), "corrupt_file", "crashes the program that reads it"),
    ],
)
def test_a_fault_is_told_and_the_next_file_is_read(
    tmp_path: Path, guard: Guard, fault: str, limits: Limits, code: str, says: str
) -> None:
    start = time.monotonic()
    with pytest.raises(AnnexError) as caught:
        read_by(guard, told(tmp_path, fault), ReadingSettings(limits=limits))
    assert (caught.value.code, says in caught.value.message) == (code, True), caught.value
    assert time.monotonic() - start < 20
    assert read_by(guard, SAMPLE) == read(SAMPLE)


def test_pages_read_by_ocr_have_time_of_their_own(tmp_path: Path, guard: Guard) -> None:
    settings = ReadingSettings(limits=Limits(seconds=1, page_seconds=0.5))
    assert len(read_by(guard, told(tmp_path, "slow ocr"), settings).pages) == 5
    with pytest.raises(AnnexError) as caught:
        read_by(guard, told(tmp_path, "slow"), settings)
    assert caught.value.code == "limit_exceeded"


def test_a_file_that_crashes_the_first_parser_is_read_by_the_second(tmp_path: Path, guard: Guard) -> None:
    document = read_by(guard, told(tmp_path, "abort unless second"))
    assert next(line.text.text for line in document.lines()) == "Bijlage I"


def test_a_fault_of_ours_is_reported_as_one(tmp_path: Path, guard: Guard) -> None:
    with pytest.raises(ReaderFault, match="ZeroDivisionError: of ours"):
        read_by(guard, told(tmp_path, "fault"))
    assert read_by(guard, SAMPLE) == read(SAMPLE)


def test_what_libraries_print_goes_nowhere(tmp_path: Path, guard: Guard, capfd: pytest.CaptureFixture[str]) -> None:
    assert read_by(guard, told(tmp_path, "noise")).page_count == 1
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not confinement().has_no_network, reason="the kernel does not let it go without a network")
def test_it_has_no_network(tmp_path: Path, guard: Guard) -> None:
    assert read_by(guard, told(tmp_path, "network")).page_count == 1


def test_through_the_command_every_fault_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "CHILD", "faulty_child")
    guarded._GUARD.close()
    for name, fault in (("a", "abort"), ("b", "none"), ("c", "garbage"), ("d", "none")):
        (tmp_path / f"{name}.pdf").write_bytes(told(tmp_path, fault).read_bytes())
    (tmp_path / "bijlage.pdf").unlink()
    result = CliRunner().invoke(main, ["extract", str(tmp_path), "-o", str(tmp_path / "out")])
    guarded._GUARD.close()
    assert [line.split(": ")[:2] for line in result.stderr.splitlines()] == [
        [str(tmp_path / "a.pdf"), "corrupt_file"],
        [str(tmp_path / "c.pdf"), "corrupt_file"],
    ]
    entries = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["entries"]
    assert [entry["records"] for entry in entries] == [0, 2, 0, 2]


def test_one_process_reads_many_files_and_is_replaced_in_time(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "_DOCUMENTS", 3)
    processes = []
    for _ in range(5):
        read_by(guard, SAMPLE)
        assert guard._child is not None
        processes.append(guard._child._process.pid)
    assert processes[0] == processes[1] == processes[2] != processes[3] == processes[4]


def test_a_file_that_is_wrong_does_not_cost_the_process(tmp_path: Path, guard: Guard) -> None:
    read_by(guard, SAMPLE)
    assert guard._child is not None
    before = guard._child._process.pid
    path = tmp_path / "dicht.pdf"
    path.write_bytes(pdf(PROJECTS, "geheim"))
    with pytest.raises(AnnexError, match="give it with --password"):
        read_by(guard, path)
    read_by(guard, SAMPLE)
    assert guard._child._process.pid == before


def test_a_script_without_a_main_guard_may_extract(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(f"import pipeline\nprint(len(pipeline.extract({str(SAMPLE)!r}).records))\n")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert (done.stdout.strip(), done.stderr) == ("12", "")


def test_the_process_imports_no_spacy() -> None:
    names = "pipeline.reading.child, pipeline.reading.pdf, pipeline.reading.plumber"
    code = f"import sys, {names}; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at /proc")
def test_it_dies_with_the_process_that_started_it() -> None:
    code = (
        "import os, signal; from pathlib import Path; from pipeline.reading import guarded; "
        f"guarded.read_guarded(Path({str(SAMPLE)!r})); print(guarded._GUARD._child._process.pid, flush=True); "
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    pid = int(done.stdout)
    for _ in range(100):
        if not Path(f"/proc/{pid}/cmdline").exists() or not Path(f"/proc/{pid}/cmdline").read_bytes():
            return
        time.sleep(0.05)
    pytest.fail(f"process {pid} lives on")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_process_that_is_forked_has_a_reader_of_its_own() -> None:
    read_guarded(SAMPLE)
    pid = os.fork()
    if pid == 0:
        is_good = False
        try:
            is_good = read_guarded(SAMPLE).page_count > 0
            guarded._GUARD.close()
        finally:
            os._exit(0 if is_good else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert read_guarded(SAMPLE).page_count > 0


@posix
@pytest.mark.parametrize("end", ["limit", "kill"])
def test_what_it_writes_in_passing_goes_with_it(tmp_path: Path, end: str) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    path = told(tmp_path, "litter")
    code = (
        "import os, signal, threading; from pathlib import Path; from pipeline.reading import guarded; "
        "from pipeline.settings import *; guarded.CHILD = 'faulty_child'; "
        f"kill = threading.Timer(2, os.kill, (os.getpid(), signal.SIGKILL if {end == 'kill'} else 0)); kill.start(); "
        f"guarded.read_guarded(Path({str(path)!r}), ReadingSettings(limits=Limits(seconds=3)))"
    )
    path_of_tests = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    environment = {**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": path_of_tests}
    running = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL, env=environment)
    seen = False
    while running.poll() is None:
        seen = seen or any(temporary.rglob("page*"))
        time.sleep(0.05)
    for _ in range(100):
        if not list(temporary.iterdir()):
            break
        time.sleep(0.05)
    assert (seen, list(temporary.iterdir())) == (True, [])


def test_many_threads_may_read(guard: Guard) -> None:
    with ThreadPoolExecutor(4) as pool:
        documents = list(pool.map(lambda _: read_by(guard, SAMPLE), range(6)))
    assert all(document == documents[0] for document in documents)


def test_it_is_started_again_after_it_was_closed(guard: Guard) -> None:
    before = read_by(guard, SAMPLE)
    guard.close()
    assert read_by(guard, SAMPLE) == before


@posix
def test_stopped_by_hand_the_command_ends_it(tmp_path: Path) -> None:
    path = told(tmp_path, "hang")
    code = (
        "import threading, time; from pipeline.reading import guarded; from pipeline.cli import main; "
        "guarded.CHILD = 'faulty_child'; guarded.confinement(); "
        "print(guarded._GUARD._child._process.pid, flush=True); "
        f"main(['extract', {str(path)!r}, '-o', {str(tmp_path / 'out')!r}])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    running = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    assert running.stdout is not None
    pid = int(running.stdout.readline())
    for _ in range(200):
        if (tmp_path / "out" / ".annex-lock").exists():
            break
        time.sleep(0.05)
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=20)
    assert (running.returncode, "Stopped: 0 of 1" in errors, "Traceback" in errors) == (130, True, False), errors
    assert not is_running(pid)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
