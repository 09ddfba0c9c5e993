"""`annex run` when things go wrong: quarantine, assertions, room, locks; and nothing that was there is lost."""

import json
import os
import shutil
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from running import Folder

from pipeline.locking import locked


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    made = Folder(tmp_path, monkeypatch)
    made.write("a.txt", "Eén\nTwee")
    made.write("b.txt", "!error")
    made.write("c.txt", "Drie")
    return made


def test_a_document_that_fails_is_put_apart_with_its_reason(folder: Folder) -> None:
    assert folder.run(code=1) == ["a.txt", "b.txt", "c.txt"]
    apart = folder.out / "quarantine" / "b"
    assert sorted(path.name for path in apart.iterdir()) == ["b.txt", "reason.json"]
    assert (apart / "b.txt").read_text() == "!error"
    reason = json.loads((apart / "reason.json").read_text())
    assert (reason["code"], reason["kept"]) == ("encrypted", [])
    assert reason["input"].endswith("b.txt")
    assert [one["code"] for one in folder.events("document_failed")] == ["encrypted"]
    assert folder.run(code=1) == []  # it is not tried again, and not forgotten
    assert folder.manifest()["b.txt"]["error"]["code"] == "encrypted"
    assert folder.run("--retry", code=1) == ["b.txt"]
    assert folder.run("--password", "x", code=1) == ["b.txt"]  # a password may open it
    folder.write("b.txt", "Vier")
    assert folder.run() == ["b.txt"]
    assert not (folder.out / "quarantine").exists()


def test_a_fault_of_ours_is_reported_there(folder: Folder) -> None:
    folder.write("b.txt", "!fault")
    folder.run(code=1)
    report = folder.out / "quarantine" / "b" / "report.log"
    assert "ZeroDivisionError" in report.read_text()
    assert str(report) in folder.events("document_failed")[0]["message"]
    folder.write("b.txt", "Vier")
    folder.run()
    assert not (folder.out / "quarantine").exists()


def test_a_document_that_fails_now_keeps_the_records_that_it_had(folder: Folder) -> None:
    folder.run(code=1)
    before = folder.records()
    folder.write("a.txt", "!error")
    folder.run(code=1)
    assert folder.records() == before
    assert json.loads((folder.out / "quarantine" / "a" / "reason.json").read_text())["kept"] == ["a"]
    folder.write("a.txt", "!two")
    folder.run(code=1)
    names = sorted(path.name for path in folder.out.iterdir() if (path / "annex.json").is_file())
    assert names == ["a-bijlage-i", "a-bijlage-ii", "c"]


def test_records_that_break_what_must_hold_are_not_written(folder: Folder) -> None:
    folder.write("b.txt", "Vier\n!broken")
    folder.run(code=3)
    assert folder.manifest()["b.txt"]["error"]["code"] == "internal_error"
    assert not (folder.out / "b").exists()


def test_a_run_that_goes_wrong_everywhere_ends(folder: Folder) -> None:
    for name in "defg":
        folder.write(f"{name}.txt", f"!error\n{name}")
    assert folder.run("--max-failures", "2", code=1) == ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"]
    assert not (folder.out / "manifest.json").exists()
    assert folder.run("--max-failures", "2", code=1) == ["f.txt", "g.txt"]  # what failed before counts not
    assert len(folder.manifest()) == 7


def test_a_run_waits_for_another_and_gives_up(folder: Folder) -> None:
    folder.out.mkdir()
    with locked(folder.out):
        assert folder.run("--wait", "0.2", code=4) == []
    held = threading.Event()

    def hold() -> None:
        with locked(folder.out):
            held.set()
            time.sleep(0.5)

    other = threading.Thread(target=hold)
    other.start()
    held.wait()
    assert folder.run("--wait", "60", code=1) == ["a.txt", "b.txt", "c.txt"]
    other.join()


def test_too_little_room_is_seen_before(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=65_000_000))
    assert folder.run(code=1) == []
    [failed] = folder.events("run_failed")
    assert failed["code"] == "write_failed"
    assert "65 MB are free" in failed["message"]


def test_room_that_runs_out_ends_the_run_and_the_next_goes_on(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    left = iter([10**12, 10**12, 1000])
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=next(left)))
    assert folder.run(code=1)[:2] == ["a.txt", "b.txt"]
    assert folder.events("run_failed")[0]["code"] == "write_failed"
    monkeypatch.undo()
    monkeypatch.setattr("pipeline.extraction.extract_all", __import__("making").fake_extract)
    folder.run(code=1)
    assert folder.events("run_planned")[0]["to_do"] == 1


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_a_folder_that_cannot_be_made_is_told_in_one_line(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    folder.out = tmp_path / "file" / "out"
    assert folder.run(code=1) == []
    assert folder.events("run_failed")[0]["code"] == "write_failed"


# What a team asserts


def asserted(folder: Folder, text: str) -> Path:
    path = folder.documents.parent / "asserted.toml"
    path.write_text(text)
    return path


def test_a_breach_leaves_everything_as_it_was(folder: Folder) -> None:
    folder.run(code=1)
    before = folder.records()
    manifest = (folder.out / "manifest.json").read_bytes()
    folder.write("a.txt", "Eén\nTwee\nVijf")
    folder.write("d.txt", "Zes")
    holds = asserted(folder, "[each_annex]\nprojects = 2\n[run]\nfailed = 0.1\n")
    assert folder.run("--assertions", holds, code=3) == ["a.txt", "d.txt"]
    assert [one["message"] for one in folder.events("assertion_failed")] == [
        "c: 1 projects, and at least 2 are asserted",
        "d: 1 projects, and at least 2 are asserted",
        "run: failed is 1 of 4 = 0.250, and at most 0.1 is asserted",
    ]
    assert {name: text for name, text in folder.records().items() if not name.startswith(".staged/")} == before
    assert (folder.out / "manifest.json").read_bytes() == manifest
    assert folder.run("--assertions", holds, code=3) == []  # what was read waits
    asserted(folder, "[each_annex]\nprojects = 1\nwith_organisation = 1.0\n[run]\nannexes = 3\nfailed = 0.25\n")
    assert folder.run("--assertions", holds, code=1) == []
    assert not (folder.out / ".staged").exists()
    assert json.loads((folder.out / "a" / "annex.json").read_text())["records"][2]["title"] == "Vijf"
    assert folder.run(code=1) == []


def test_what_waits_takes_its_place_when_nothing_is_asserted_any_more(folder: Folder) -> None:
    folder.run("--assertions", asserted(folder, "[run]\nannexes = 30\n"), code=3)
    assert [path.name for path in folder.out.iterdir() if not path.name.startswith(".")] == ["quarantine"]
    assert folder.run(code=1) == []
    assert (folder.out / "a" / "annex.json").is_file()


def test_shares_are_counted_over_records(folder: Folder) -> None:
    text = "[run]\nwith_date = 0.5\nknown_organisations = 0.5\nwith_organisation = 1\n"
    folder.run("--assertions", asserted(folder, text), code=3)
    assert [one["message"] for one in folder.events("assertion_failed")] == [
        "run: with_date is 0 of 3 = 0.000, and at least 0.5 is asserted",
        "run: known_organisations is 0 of 3 = 0.000, and at least 0.5 is asserted",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[run]\nannexs = 3\n", "run.annexs"),
        ("[run]\nfailed = 3\n", "run.failed"),
        ("annexes = [\n", "is no TOML"),
    ],
)
def test_mistakes_in_the_file_are_wrong_use(folder: Folder, text: str, said: str) -> None:
    folder.run("--assertions", asserted(folder, text), code=2)
    assert said in folder.result.stderr
    assert not folder.out.exists()


def test_a_file_that_is_not_there_is_wrong_use(folder: Folder) -> None:
    folder.run("--assertions", folder.documents / "none.toml", code=2)
