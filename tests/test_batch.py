"""The plan of a run, the run over many inputs, in one process and in several, and the manifest."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from making import fake_extract, tree

from pipeline.batch.manifest import build_manifest, settings_hash
from pipeline.batch.outcome import Outcome
from pipeline.batch.plan import REPORTS, WrongUse, annex_ids, plan
from pipeline.batch.run import run
from pipeline.locking import LOCK_FILE, LockedError, locked
from pipeline.records.validating import validate
from pipeline.records.writing import write_manifest
from pipeline.settings import Limits, ReadingSettings


def files(folder: Path, **texts: str) -> list[Path]:
    """Make text files, in order; ``__`` in a name is a folder."""
    paths = []
    for name, text in texts.items():
        path = folder / (name.replace("__", "/") + ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        paths.append(path)
    return paths


def results(inputs: Sequence[str | Path], out: Path, *, jobs: int = 1) -> list[Outcome]:
    return list(run(plan(inputs), out, settings=ReadingSettings(), jobs=jobs, extract=fake_extract))


# The plan


def test_folders_are_searched_sorted_without_hidden_files_and_other_kinds(tmp_path: Path) -> None:
    files(tmp_path, b="", a__z="", a__b="", a__b__c="", **{".hidden": "", ".git__x": "", f"{REPORTS}__b": ""})
    (tmp_path / "picture.png").write_bytes(b"")
    (tmp_path / "upper.PDF").write_bytes(b"")
    found = [one.given for one in plan([tmp_path])]
    assert found == [f"{tmp_path}/{name}" for name in ("a/b/c.txt", "a/b.txt", "a/z.txt", "b.txt", "upper.PDF")]


def test_inputs_are_named_as_given_in_the_order_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files(tmp_path, in__b="", a="")
    monkeypatch.chdir(tmp_path)
    assert [one.given for one in plan(["in", "./a.txt", "gone.txt"])] == ["in/b.txt", "a.txt", "gone.txt"]


def test_the_same_file_counts_once(tmp_path: Path) -> None:
    [path] = files(tmp_path, a="")
    (tmp_path / "link.txt").symlink_to(path)
    assert len(plan([path, tmp_path / "." / "a.txt", tmp_path, tmp_path / "link.txt"])) == 1


def test_a_folder_without_annexes_is_an_entry_that_fails(tmp_path: Path) -> None:
    [one] = plan([tmp_path])
    assert one.error is not None
    assert one.error.code == "not_found"
    assert "holds no annexes (.docx, .pdf, .text, .txt)" in one.error.message


def test_an_empty_name_is_not_the_folder_that_we_are_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files(tmp_path, a="")
    monkeypatch.chdir(tmp_path)
    [one] = plan([""])
    assert one.error is not None
    assert one.error.code == "not_found"


def test_a_pipe_is_refused_unread(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    [one] = plan([tmp_path / "pipe.txt"])
    assert one.error is not None
    assert one.error.code == "unsupported_type"


@pytest.mark.parametrize(
    ("paths", "ids"),
    [
        (["in/Bijlage 1.pdf"], ["bijlage-1"]),
        (["in/a.b.pdf", "in/c"], ["a-b", "c"]),
        (["2023/bijlage.pdf", "2024/bijlage.pdf"], ["2023-bijlage", "2024-bijlage"]),
        (["in/bijlage.pdf", "in/bijlage.txt"], ["bijlage-pdf", "bijlage-txt"]),
        (["2023/b.pdf", "2023/b.txt", "2024/b.pdf"], ["2023-b-pdf", "2023-b-txt", "2024-b"]),
        (["in/a.pdf", "in/ander.pdf", "uit/A.pdf"], ["in-a", "ander", "uit-a"]),
    ],
)
def test_ids_grow_only_where_they_would_be_equal(paths: list[str], ids: list[str]) -> None:
    assert annex_ids([Path(path) for path in paths]) == ids


@pytest.mark.parametrize("paths", [["a/in/b.pdf", "c/in/b.pdf"], ["in/b.pdf", "in/B.PDF"], ["x/b", "y/b", "x-b"]])
def test_a_collision_that_remains_is_wrong_use(paths: list[str]) -> None:
    with pytest.raises(WrongUse, match="would both be written as"):
        annex_ids([Path(path) for path in paths])


def test_an_id_is_for_one_input(tmp_path: Path) -> None:
    one, two = files(tmp_path, a="", b="")
    assert [planned.annex_id for planned in plan([one], annex_id="eigen-naam")] == ["eigen-naam"]
    with pytest.raises(WrongUse, match="exactly one input, and there are 2"):
        plan([one, two], annex_id="eigen-naam")
    with pytest.raises(WrongUse, match="such as eigen-naam, not Eigen naam"):
        plan([one], annex_id="Eigen naam")


# The run


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_fails_is_told_and_the_rest_is_written(tmp_path: Path, jobs: int) -> None:
    inputs = files(tmp_path, goed="Eén\nTwee", dicht="!error", stuk="!fault", kapot="Eén\n!broken", ook="warned")
    out = tmp_path / "out"
    outcomes = results([*inputs, tmp_path / "weg.txt"], out, jobs=jobs)
    codes = [outcome.error.code if outcome.error else "ok" for outcome in outcomes]
    assert codes == ["ok", "encrypted", "internal_error", "internal_error", "ok", "not_found"]
    assert [outcome.entry.records for outcome in outcomes] == [2, 0, 0, 0, 1, 0]
    assert [outcome.entry.warnings for outcome in outcomes] == [0, 0, 0, 0, 1, 0]
    assert [outcome.broken for outcome in outcomes] == [False, False, False, True, False, False]
    assert sorted(path.name for path in out.iterdir()) == [REPORTS, "goed", "ook"]
    write_manifest(out, build_manifest((outcome.entry for outcome in outcomes), ReadingSettings()))
    assert validate(out).problems == ()


def test_a_fault_of_ours_is_reported_in_a_file(tmp_path: Path) -> None:
    inputs = files(tmp_path, stuk="!fault", kapot="Eén\n!broken")
    out = tmp_path / "out"
    fault, broken = results(inputs, out)
    report = out / REPORTS / "stuk.txt"
    assert fault.error is not None
    assert str(fault.error) == (
        f"a fault of ours (ZeroDivisionError); the report lies in {report}: send it to those who maintain this program"
    )
    assert "secret of the program" in report.read_text()
    assert "Traceback" in report.read_text()
    assert broken.error is not None
    assert "01-een.json: organisations[0].mentions[0]: says “Fier”" in (out / REPORTS / "kapot.txt").read_text()
    for path in inputs:
        path.write_text("Eén")
    results(inputs, out)
    assert not (out / REPORTS).exists()


def test_the_number_of_jobs_changes_no_byte(tmp_path: Path) -> None:
    inputs = files(tmp_path, a="!slow\nEén", b="Twee", c="!two", d="!error", e="Drie\nVier", f="Vijf")
    outcomes = {jobs: results(inputs, tmp_path / str(jobs), jobs=jobs) for jobs in (1, 3)}
    assert tree(tmp_path / "1") == tree(tmp_path / "3")
    assert [one.entry.input for one in outcomes[3]] == [str(path) for path in inputs]


def test_a_process_that_dies_takes_only_its_own_input(tmp_path: Path) -> None:
    inputs = files(tmp_path, a="Eén", b="!die", c="Twee", d="!die", e="Drie")
    out = tmp_path / "out"
    outcomes = results(inputs, out, jobs=2)
    codes = [outcome.error.code if outcome.error else "ok" for outcome in outcomes]
    assert codes == ["ok", "internal_error", "ok", "internal_error", "ok"]
    assert "died with exit code -9" in (out / REPORTS / "b.txt").read_text()


def test_several_annexes_of_one_file_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    inputs = files(tmp_path, brief="!two")
    out = tmp_path / "out"
    [outcome] = results(inputs, out)
    assert outcome.entry.annex_ids == ["brief-bijlage-i", "brief-bijlage-ii"]
    assert outcome.entry.records == 2
    ander = tmp_path / "ander"
    ander.mkdir()
    (ander / "brief-bijlage-ii").write_text("in the way")
    [outcome] = results(inputs, ander)
    assert outcome.error is not None
    assert outcome.error.code == "write_failed"
    assert outcome.entry.annex_ids == []
    assert [path.name for path in ander.iterdir()] == ["brief-bijlage-ii"]


def test_an_id_that_another_input_took_is_not_written_over(tmp_path: Path) -> None:
    inputs = files(tmp_path, brief="!two", **{"brief-bijlage-ii": "Eén"})
    good, bad = results(inputs, tmp_path / "out")
    assert good.error is None
    assert bad.error is not None
    assert bad.error.code == "write_failed"
    assert "as those of" in bad.error.message


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_output_folder_that_cannot_be_made_fails_every_input(tmp_path: Path, jobs: int) -> None:
    (tmp_path / "out").write_text("in the way")
    outcomes = results(files(tmp_path, a="Eén", b="Twee"), tmp_path / "out", jobs=jobs)
    assert [outcome.entry.error.code for outcome in outcomes if outcome.entry.error] == ["write_failed"] * 2


def test_a_run_that_was_killed_is_cleared_away(tmp_path: Path) -> None:
    out = tmp_path / "out"
    inputs = files(tmp_path, a="Eén")
    results(inputs, out)
    (out / "a").rename(out / ".a.old-1")
    (out / ".b.tmp-1").mkdir()
    (out / ".manifest.json.tmp-1").write_text("{")
    before = tree(out / ".a.old-1")
    results([tmp_path / "gone.txt"], out)
    assert [path.name for path in out.iterdir()] == ["a"]
    assert tree(out / "a") == before


def test_stopped_by_hand_nothing_is_left_half(tmp_path: Path) -> None:
    inputs = files(tmp_path, a="Eén", b="!stop", c="Twee")
    outcomes = run(plan(inputs), tmp_path / "out", settings=ReadingSettings(), extract=fake_extract)
    assert next(outcomes).error is None
    with pytest.raises(KeyboardInterrupt):
        next(outcomes)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a"]


def test_closing_a_run_ends_its_processes(tmp_path: Path) -> None:
    inputs = files(tmp_path, a="Eén", b="!slow", c="!slow")
    outcomes = run(plan(inputs), tmp_path / "out", settings=ReadingSettings(), jobs=2, extract=fake_extract)
    with closing(outcomes):
        next(outcomes)
        assert len(_children()) >= 2
    assert _children() == []
    assert not (tmp_path / "out" / LOCK_FILE).exists()


def _children() -> list[str]:
    text = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text()
    return [pid for pid in text.split() if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_workers_end_when_the_run_is_killed(tmp_path: Path) -> None:
    files(tmp_path, a="!slow\n" * 40, b="!slow", c="!slow", d="!slow")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path; from making import fake_extract\n"
        "from pipeline.batch.plan import plan; from pipeline.batch.run import run\n"
        "from pipeline.settings import ReadingSettings\n"
        "if __name__ == '__main__':\n"
        "    for one in run(plan([sys.argv[2]]), Path(sys.argv[2]) / 'out', settings=ReadingSettings(), jobs=2,\n"
        "                   extract=fake_extract):\n"
        "        children = Path(f'/proc/self/task/{__import__(\"os\").getpid()}/children').read_text()\n"
        "        print(children, flush=True)\n"
    )
    script = tmp_path / "script.py"
    script.write_text(code)
    with subprocess.Popen(
        [sys.executable, str(script), str(Path(__file__).parent), str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        workers = [Path(f"/proc/{pid}") for pid in process.stdout.readline().split()]
        process.kill()
    assert workers
    deadline = time.monotonic() + 20
    while any(worker.exists() for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(worker.exists() for worker in workers)


# Lock and manifest


def test_a_second_run_into_the_same_folder_is_refused(tmp_path: Path) -> None:
    inputs = files(tmp_path, a="Eén")
    out = tmp_path / "out"
    out.mkdir()
    with locked(out), pytest.raises(LockedError):
        results(inputs, out)
    assert list(out.iterdir()) == []
    assert results(inputs, out)[0].error is None


def test_the_hash_of_the_settings_knows_all_of_them_but_the_password() -> None:
    hashes = {
        settings_hash(one)
        for one in (
            ReadingSettings(),
            ReadingSettings(password="geheim"),  # noqa: S106
            ReadingSettings(pages=(1, 2)),
            ReadingSettings(limits=Limits(pages=7)),
        )
    }
    assert len(hashes) == 3


def test_a_manifest_has_one_entry_for_each_input(tmp_path: Path) -> None:
    inputs = files(tmp_path, a="Eén", b="!error")
    made = build_manifest((one.entry for one in results(inputs, tmp_path / "out")), ReadingSettings())
    assert [entry.input for entry in made.entries] == [str(path) for path in inputs]
    assert [entry.status for entry in made.entries] == ["ok", "failed"]
    assert all(entry.sha256 for entry in made.entries)
    assert made.model.split()[0] == "nl_annex"
