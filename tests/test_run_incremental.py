"""`annex run` does what is new or changed, leaves the rest alone, and ends as a run over all would."""

import json
import shutil
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner
from deciding import decision, evidence
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import TEXT
from running import Folder, records, run

from pipeline.cli import main
from pipeline.records.validating import validate
from pipeline.reviewing.decisions.log import DecisionLog


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    made = Folder(tmp_path, monkeypatch)
    made.write("a.txt", "Eén\nTwee")
    made.write("b.txt", "Drie")
    return made


def test_only_what_is_new_or_changed_is_done(folder: Folder) -> None:
    assert folder.run() == ["a.txt", "b.txt"]
    before = folder.records()
    manifest = (folder.out / "manifest.json").stat().st_mtime_ns
    assert folder.run() == []
    assert folder.records() == before
    assert (folder.out / "manifest.json").stat().st_mtime_ns == manifest  # make has nothing to do either
    folder.write("b.txt", "Vier")
    folder.write("c.txt", "Vijf")
    assert folder.run() == ["b.txt", "c.txt"]
    assert folder.events("run_planned")[0]["why"] == {"content": 1, "new": 1}
    assert {name: one["status"] for name, one in folder.manifest().items()} == dict.fromkeys(
        ("a.txt", "b.txt", "c.txt"), "ok"
    )
    assert validate(folder.out).problems == ()


def test_each_thing_that_records_rest_on_is_a_reason(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.run()
    everything = ["a.txt", "b.txt"]

    def why() -> set[str]:
        return set(folder.events("run_planned")[0]["why"])

    assert folder.run(ANNEX_LIMITS_PAGES="7") == everything
    assert why() == {"settings"}
    assert folder.run("--model", "nl_annex_fast", ANNEX_LIMITS_PAGES="7") == everything
    assert why() == {"model"}
    assert folder.run() == everything
    own = tmp_path / "own"
    own.mkdir()
    assert folder.run("--config", own) == []  # an empty register changes nothing
    add = ["register", "add", "Stichting Zeebonk", "--kind", "ngo", "--config", str(own)]
    assert CliRunner().invoke(main, add).exit_code == 0
    assert folder.run("--config", own) == everything
    assert why() == {"settings"}
    monkeypatch.setattr(metadata, "version", lambda _name: "99")
    assert folder.run("--config", own) == everything
    assert why() == {"version"}
    assert folder.run("--config", own, "--jobs", "1") == []


def test_a_run_with_nothing_to_do_starts_at_once(folder: Folder) -> None:
    folder.run()
    code = (
        "import sys; from pipeline.cli import main; main(sys.argv[1:], standalone_mode=False); "
        "print([name for name in ('spacy', 'pdfplumber', 'onnxruntime') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, "run", str(folder.documents), "-o", str(folder.out)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("harm", ["gone", "altered", "record gone"])
def test_records_that_are_not_as_they_were_written_are_written_again(folder: Folder, harm: str) -> None:
    folder.run()
    before = folder.records()
    if harm == "gone":
        shutil.rmtree(folder.out / "a")
    elif harm == "altered":
        (folder.out / "a" / "annex.json").write_text("{}")
    else:
        (folder.out / "a" / "01-een.json").unlink()
    assert folder.run() == ["a.txt"]
    assert folder.events("run_planned")[0]["why"] == {"output": 1}
    assert folder.records() == before


def test_decisions_redo_the_annexes_that_they_concern(folder: Folder, tmp_path: Path) -> None:
    approved = tmp_path / "approved"
    approved.mkdir()
    log = DecisionLog(approved)
    folder.run("--approved", approved)
    assert folder.run("--approved", approved) == []
    log.append(decision(1, annex="a", project="a/een", evidence=[evidence(TEXT, 13, 19, record="a/een")]))
    assert folder.run("--approved", approved) == ["a.txt", "b.txt"]  # its words stand in both
    assert folder.run("--approved", approved) == []
    elsewhere = "Een heel andere zin over Vlinderslag in het bos."
    log.append(decision(2, annex="b", project="b/drie", evidence=[evidence(elsewhere, 25, 36, record="b/drie")]))
    assert folder.run("--approved", approved) == ["b.txt"]
    log.append(decision(3, annex="c", project="c/x", evidence=[evidence(elsewhere, 25, 36, record="c/x")]))
    assert folder.run("--approved", approved) == []
    assert folder.run() == ["a.txt", "b.txt"]  # without decisions: as extracted


def test_the_same_content_is_read_once(folder: Folder) -> None:
    folder.write("later/copy.txt", "Drie")
    assert folder.run() == ["a.txt", "b.txt"]
    twin = folder.manifest()["later/copy.txt"]
    assert (twin["status"], twin["annex_ids"], twin["error"]) == ("skipped", [], None)
    assert folder.run() == []
    folder.write("b.txt", "Zes")
    assert folder.run() == ["b.txt", "later/copy.txt"]
    folder.write("b.txt", "Drie")
    assert folder.run() == ["b.txt"]
    assert not (folder.out / "copy").exists()  # it is a twin again
    assert validate(folder.out).problems == ()


def test_what_is_gone_is_told_and_removed_only_when_asked(folder: Folder) -> None:
    folder.run()
    (folder.documents / "b.txt").unlink()
    for _ in range(2):
        assert folder.run() == []
        assert [one["document"] for one in folder.events("document_vanished")] == ["b"]
        assert (folder.out / "b" / "annex.json").is_file()
    folder.run("--prune")
    assert not (folder.out / "b").exists()
    assert folder.run() == []
    assert folder.events("document_vanished") == []


def test_nothing_is_pruned_when_a_folder_holds_nothing(folder: Folder) -> None:
    folder.run()
    for path in folder.documents.iterdir():
        path.unlink()
    folder.run("--prune", code=1)
    assert (folder.out / "a" / "annex.json").is_file()


def test_ids_that_grow_longer_take_the_old_ones_away(folder: Folder) -> None:
    folder.run()
    folder.write("2025/a.txt", "Zeven")
    folder.run()
    assert sorted(path.name for path in folder.out.iterdir() if path.is_dir()) == ["2025-a", "b", "in-a"]
    assert validate(folder.out).problems == ()


def test_what_is_written_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(tmp_path, monkeypatch)
    folder.out = folder.documents / "records"
    folder.write("a.txt", "Eén\n!error")
    folder.write("records.txt", "Twee")
    assert folder.run(code=1) == ["a.txt", "records.txt"]
    assert (folder.out / "quarantine" / "a" / "a.txt").is_file()
    assert folder.run(code=1) == []


def test_two_folders_in_two_runs_stay_beside_each_other(folder: Folder, tmp_path: Path) -> None:
    folder.run()
    other = tmp_path / "in" / ".other"
    other.mkdir()
    (other / "c.txt").write_text("Acht")
    (other / "a.txt").write_text("Negen")
    before = (folder.out / "a" / "annex.json").read_bytes()
    folder.run("--prune", inputs=(other,), code=1)
    assert "as those of" in folder.events("document_failed")[0]["message"]
    assert (folder.out / "a" / "annex.json").read_bytes() == before
    assert (folder.out / "b").is_dir()
    assert (folder.out / "c").is_dir()
    assert folder.run() == []


def test_a_plan_is_only_a_plan(folder: Folder) -> None:
    folder.run("--dry-run")
    assert not folder.out.exists()
    assert [(one["document"], one["why"]) for one in folder.events("document_planned")] == [("a", "new"), ("b", "new")]
    result = run(folder.documents, "-o", folder.out, "--dry-run", "--log-format", "text")
    assert result.stdout.splitlines() == [
        f"{folder.documents}/a.txt: new",
        f"{folder.documents}/b.txt: new",
        "2 inputs to do, 0 unchanged, of 2",
    ]


def test_a_document_called_quarantine_has_another_id(folder: Folder) -> None:
    folder.write("Quarantine.txt", "Tien")
    folder.run()
    assert (folder.out / "quarantine-txt" / "annex.json").is_file()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["a.txt", "b.txt", "sub/a.txt", "sub/c.txt", "a.text"]),
        st.sampled_from(["Eén", "Twee\nDrie", "!error", "Eén\n!two", None]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=1, max_size=4))
def test_any_series_of_runs_ends_as_one_run_over_all(
    monkeypatch: pytest.MonkeyPatch, series: list[list[tuple[str, str | None]]]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place), monkeypatch)
        folder.write("always.txt", "Altijd")
        for steps in series:
            for name, text in steps:
                if text is None:
                    (folder.documents / name).unlink(missing_ok=True)
                else:
                    folder.write(name, text)
            folder.result = run(folder.documents, "-o", folder.out, "--prune")
            assert folder.result.exit_code in {0, 1}
        fresh = Path(place) / "fresh"
        assert run(folder.documents, "-o", fresh).exit_code == folder.result.exit_code
        kept = {
            name
            for line in (folder.out / "journal.jsonl").read_text().splitlines()
            for name in json.loads(line).get("kept", [])
        }
        ours = {name: text for name, text in folder.records().items() if name.partition("/")[0] not in kept}
        assert ours == records(fresh)
        assert validate(folder.out).problems == ()
