"""The log of decisions: nothing lost, nothing twice, whoever kills, fills, merges or writes at once."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from deciding import START, decision
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import AnnexError
from pipeline.reviewing.decisions.lines import LogError
from pipeline.reviewing.decisions.log import LOG_FILE, TORN_FILE, DecisionLog, decision_id, in_force, line_of

ROOT = Path(__file__).parents[1]
GIT = shutil.which("git") or ""


def written(folder: Path, *lines: bytes) -> DecisionLog:
    (folder / LOG_FILE).write_bytes(b"".join(lines))
    return DecisionLog(folder)


def writer(folder: Path, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "tests" / "deciding.py"), str(folder), str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_a_decision_is_one_line_in_the_order_of_the_model(tmp_path: Path) -> None:
    one = decision()
    log = DecisionLog(tmp_path / "new")
    assert log.read() == []
    log.append(one)
    content = log.path.read_bytes()
    assert content.count(b"\n") == 1
    assert content.endswith(b"\n")
    assert "“zó”".encode() in content
    assert list(json.loads(content)) == list(type(one).model_fields)
    assert b'": ' not in content
    assert DecisionLog(tmp_path / "new").read() == [one]


def test_what_is_added_again_is_written_once(tmp_path: Path) -> None:
    first, second = decision(1), decision(2)
    log = DecisionLog(tmp_path)
    log.append(first)
    log.append(first, second, second)
    log.append(second)
    assert log.path.read_bytes() == line_of(first) + line_of(second)


def test_the_order_of_lines_and_lines_that_stand_twice_mean_nothing(tmp_path: Path) -> None:
    a, b, c = decision(1), decision(2), decision(2)
    wanted = sorted([a, b, c], key=lambda one: (one.at, one.id))
    for lines in ([a, b, c], [c, b, a], [b, a, c, a, b]):
        assert written(tmp_path, *map(line_of, lines)).read() == wanted


def test_ids_stand_in_order_of_time_and_are_never_equal() -> None:
    moments = [START + timedelta(microseconds=n) for n in range(3000)]
    ids = [decision_id(at) for at in moments]
    assert ids == sorted(ids)
    assert len({decision_id(START) for _ in range(1000)}) == 1000
    assert decision().id


def test_a_torn_line_is_told_and_set_aside_and_the_next_stands_on_its_own(tmp_path: Path) -> None:
    first, second, third = decision(1), decision(2), decision(3)
    rest = line_of(second)[:-40]
    log = written(tmp_path, line_of(first), rest)
    assert log.read() == [first]
    assert "torn off" in log.logged().notes[0].message
    log.append(third)
    assert log.path.read_bytes() == line_of(first) + line_of(third)
    assert (tmp_path / TORN_FILE).read_bytes() == rest + b"\n"
    assert log.logged().notes == ()


@pytest.mark.parametrize("rest", [b"\0" * 700, b"{", '{"schema_version":"1.0","id":"é'.encode()[:-1]])
def test_whatever_a_crash_leaves_at_the_end_is_no_error(tmp_path: Path, rest: bytes) -> None:
    first, second = decision(1), decision(2)
    log = written(tmp_path, line_of(first), rest)
    assert log.read() == [first]
    log.append(second)
    assert log.read() == [first, second]
    assert (tmp_path / TORN_FILE).read_bytes() == rest + b"\n"


def test_a_last_line_that_lacks_only_its_end_counts(tmp_path: Path) -> None:
    first, second = decision(1), decision(2)
    log = written(tmp_path, line_of(first).rstrip())
    assert log.read() == [first]
    log.append(first, second)
    assert log.path.read_bytes() == line_of(first) + line_of(second)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(min_value=0), count=st.integers(min_value=1, max_value=3))
def test_cut_anywhere_whole_lines_stay(tmp_path: Path, cut: int, count: int) -> None:
    (tmp_path / TORN_FILE).unlink(missing_ok=True)
    made = [decision(number) for number in range(count)]
    lines = [line_of(one) for one in made]
    content = b"".join(lines)
    kept = content[: cut % (len(content) + 1)]
    log = written(tmp_path, kept)
    log.append(made[-1])
    found = log.read()
    whole = [one for number, one in enumerate(made) if len(b"".join(lines[: number + 1])) <= len(kept) + 1]
    assert {one.id for one in found} == {one.id for one in [*whole, made[-1]]}
    log.append(*made)
    assert log.read() == made


def test_marks_of_git_cost_no_decision(tmp_path: Path) -> None:
    a, b, c = decision(1), decision(2), decision(3)
    ours, theirs = line_of(b), line_of(c)
    log = written(tmp_path, line_of(a), b"<<<<<<< HEAD\n", ours, b"=======\n", theirs, b">>>>>>> branch\n")
    assert log.read() == [a, b, c]
    assert "marks of a conflict" in log.logged().notes[0].message


@pytest.mark.skipif(not GIT, reason="git is not there")
def test_git_merges_two_logs_by_itself(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"]
        subprocess.run([GIT, *who, *words], cwd=tmp_path, check=True, capture_output=True)

    (tmp_path / ".gitattributes").write_text("decisions.jsonl merge=union\n")
    log = DecisionLog(tmp_path)
    made = [decision(number) for number in range(4)]
    log.append(made[0])
    git("init")
    git("add", ".")
    git("commit", "-m", "one")
    git("checkout", "-b", "other")
    log.append(made[1], made[3])
    git("commit", "-am", "theirs")
    git("checkout", "main")
    log.append(made[2], made[3])
    git("commit", "-am", "ours")
    git("merge", "other", "-m", "both")
    assert DecisionLog(tmp_path).read() == made
    assert DecisionLog(tmp_path).logged().notes == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"nonsense", "line 2 is no decision"),
        (b"[1]", "line 2 is no decision"),
        (b'{"schema_version":"1.0"}', "line 2 is no decision: id: "),
        (line_of(decision()).replace(b'"why"', b'"mood":1,"why"'), "newer version of this program (mood)"),
        (line_of(decision()).replace(b'"1.0"', b'"2.0"', 1), "newer version of this program (2.0)"),
    ],
)
def test_a_line_that_is_no_decision_is_an_error_that_says_which(tmp_path: Path, line: bytes, said: str) -> None:
    log = written(tmp_path, line_of(decision(1)), line.rstrip() + b"\n", line_of(decision(2)))
    with pytest.raises(LogError) as error:
        log.read()
    assert said in str(error.value)


def test_line_ends_of_windows_empty_lines_and_a_mark_at_the_start_are_no_error(tmp_path: Path) -> None:
    a, b = decision(1), decision(2)
    log = written(tmp_path, b"\xef\xbb\xbf", line_of(a).replace(b"\n", b"\r\n"), b"\r\n", line_of(b))
    assert log.read() == [a, b]


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    processes = [writer(tmp_path, 25) for _ in range(3)]
    ids = [line for process in processes for line in process.communicate(timeout=100)[0].split()]
    assert len(ids) == 75
    assert sorted(one.id for one in DecisionLog(tmp_path).read()) == sorted(ids)
    assert not list(tmp_path.glob(".*lock"))


@pytest.mark.parametrize("after", [1, 7])
def test_a_process_that_is_killed_loses_nothing_that_it_said_was_there(tmp_path: Path, after: int) -> None:
    process = writer(tmp_path, 5000)
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(after)]
    process.send_signal(signal.SIGKILL)
    said += process.communicate()[0].split()
    log = DecisionLog(tmp_path)
    found = [one.id for one in log.read()]
    assert set(said) <= set(found)
    assert len(found) <= len(said) + 1
    log.append(last := decision(9999))
    assert log.read()[-1] == last


def test_a_full_disk_leaves_what_was_there_and_says_so(tmp_path: Path) -> None:
    first, second = decision(1), decision(2)
    log = DecisionLog(tmp_path)
    log.append(first)
    limit = len(line_of(first)) + 100
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        with pytest.raises(AnnexError) as error:
            log.append(second)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert error.value.code == "write_failed"
    assert "decide again" in error.value.message
    assert log.path.read_bytes() == line_of(first)
    log.append(second)
    assert log.read() == [first, second]


def test_a_folder_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AnnexError) as error:
        DecisionLog(tmp_path / "file").append(decision())
    assert error.value.code == "write_failed"
    if os.geteuid() == 0:
        return
    tmp_path.chmod(0o500)
    with pytest.raises(AnnexError):
        DecisionLog(tmp_path).append(decision())


def test_threads_of_one_process_lose_nothing(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path)
    made = [decision(number) for number in range(40)]
    threads = [threading.Thread(target=log.append, args=made[n::4]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert log.read() == made


def test_taking_back_what_takes_back_brings_it_back() -> None:
    made = [decision(1)]
    for number in range(2, 6):
        made.append(decision(number, action="undo", after=None, undoes=made[-1].id))
    assert in_force(made[:1]) == made[:1]
    assert in_force(made[:2]) == []
    assert in_force(made[:3]) == made[:1]
    assert in_force(made) == made[:1]
    both = [decision(8, action="undo", undoes=made[0].id), decision(9, action="undo", undoes=made[0].id)]
    assert in_force([made[0], *both]) == []


def test_a_circle_of_those_that_take_back_ends() -> None:
    ids = [decision().id, decision().id]
    circle = [decision(n, id=ids[n], action="undo", undoes=ids[1 - n]) for n in range(2)]
    assert in_force([decision(5), *circle])[0].action == "accept"
