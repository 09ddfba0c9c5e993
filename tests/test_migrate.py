"""``annex migrate``: records of an earlier version become those of this one, whole or not at all."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from deciding import decision
from making import TEXT, tree

from pipeline.cli import main
from pipeline.locking import locked
from pipeline.reviewing.decisions.log import DecisionLog

PLACE = {"start": 13, "end": 19, "text": "Koraal", "page": None, "boxes": []}
HEAD = {
    "id": "bijlage",
    "label": None,
    "title": None,
    "period": None,
    "source": {"file": "b.txt", "sha256": "0" * 64, "media_type": "text/plain", "pages": 0, "text_layer": "none"},
}
RECORD = {
    "schema_version": "1.0",
    "id": "bijlage/fietsen",
    "annex": HEAD,
    "ordinal": 1,
    "title": "Fietsen",
    "pages": [],
    "text": TEXT,
    "repairs": [],
    "organisations": [
        {
            "name": "Koraal",
            "register_id": None,
            "kind": None,
            "status": "new",
            "link": "none",
            "confidence": 0.87,
            "roles": [],
            "mentions": [{"field": "text", **PLACE}],
        }
    ],
    "locations": [],
    "dates": [],
    "figures": [
        {
            **PLACE,
            "kind": "count",
            "value": 12345678901234567890123,
            "value_max": None,
            "unit": None,
            "comparator": "=",
            "as_of": None,
            "confidence": 0.9,
        }
    ],
    "period": {"earliest": "2023-01-01", "latest": None},
    "footnotes": [],
    "warnings": [],
}


def migrate(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["migrate", str(folder), *more])


def write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a folder as an earlier version wrote it: without the boxes of a next page, decisions and their hash."""
    for name in ("bijlage", "tweede"):
        head = HEAD | {"id": name}
        record = json.loads(json.dumps(RECORD).replace("bijlage", name))
        listed = {"ordinal": 1, "id": f"{name}/fietsen", "title": "Fietsen", "file": "01-fietsen.json"}
        annex = {"schema_version": "1.0", "annex": head, "records": [listed], "warnings": []}
        write(tmp_path / name / "annex.json", annex)
        write(tmp_path / name / "01-fietsen.json", record)
    entries = [
        {
            "input": f"{name}.txt",
            "sha256": "0" * 64,
            "status": "ok",
            "error": None,
            "annex_ids": [name],
            "records": 1,
            "seconds": 0.5,
            "warnings": 0,
        }
        for name in ("bijlage", "tweede")
    ]
    write(tmp_path / "manifest.json", {"version": "0", "model": "m", "settings_hash": "h", "entries": entries})
    return tmp_path


def test_old_records_become_those_of_this_version(old: Path) -> None:
    assert CliRunner().invoke(main, ["validate", str(old)]).exit_code == 1
    DecisionLog(old).append(decision())
    log = (old / "decisions.jsonl").read_bytes()
    result = migrate(old)
    assert result.exit_code == 0, result.output
    assert result.output == "Annexes and manifest: 3 brought up to date, 0 were so already.\n1 decision can be read.\n"
    assert CliRunner().invoke(main, ["validate", str(old)]).exit_code == 0
    record = json.loads((old / "bijlage" / "01-fietsen.json").read_text())
    assert record["decisions"] == []
    assert record["figures"][0]["next_page_boxes"] == []
    assert record["figures"][0]["value"] == 12345678901234567890123
    assert {key: record[key] for key in ("text", "id", "title", "period")} == {
        key: RECORD[key] for key in ("text", "id", "title", "period")
    }
    assert (old / "decisions.jsonl").read_bytes() == log


def test_a_second_time_nothing_is_written(old: Path) -> None:
    migrate(old)
    before = tree(old)
    times = {path: path.stat().st_mtime_ns for path in old.rglob("*.json")}
    result = migrate(old)
    assert "0 brought up to date, 3 were so already" in result.output
    assert tree(old) == before
    assert {path: path.stat().st_mtime_ns for path in old.rglob("*.json")} == times


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is no record"),
        ('{"schema_version": "9.0"}', "has version 9.0 of the schema"),
        ('{"schema_version": "1.0"}', "breaks the record contract: id: "),
    ],
)
def test_an_annex_that_cannot_be_read_is_left_as_it_is_and_the_others_are_migrated(
    old: Path, content: str, said: str
) -> None:
    (old / "bijlage" / "01-fietsen.json").write_text(content)
    before = tree(old / "bijlage")
    result = migrate(old)
    assert result.exit_code == 1
    assert said in result.output
    assert tree(old / "bijlage") == before
    assert '"decisions"' in (old / "tweede" / "01-fietsen.json").read_text()


def test_a_log_that_cannot_be_read_is_told(old: Path) -> None:
    (old / "decisions.jsonl").write_text("nonsense\n")
    result = migrate(old, "--lang", "nl")
    assert result.exit_code == 1
    assert "regel 1 is geen besluit" in result.output


def test_another_run_is_waited_for_by_who_starts_it(old: Path) -> None:
    with locked(old):
        assert migrate(old).exit_code == 4
