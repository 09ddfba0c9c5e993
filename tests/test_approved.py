"""``annex extract --approved``: what was decided holds in the next extraction, for any number of workers."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from deciding import decision, on_all, on_fact
from making import tree

from pipeline.cli import main
from pipeline.records.models import FigureRecord, ProjectRecord
from pipeline.records.reading import read_records
from pipeline.reviewing.decisions.log import LOG_FILE, DecisionLog

SAMPLES = Path(__file__).parents[1] / "samples"


def annex(*arguments: object) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("letters") / "bijlage-2022.txt"
    path.write_bytes((SAMPLES / "schuldenvrij-2022.txt").read_bytes())
    return path


@pytest.fixture(scope="module")
def first(source: Path) -> dict[str, list[ProjectRecord]]:
    out = source.parent / "first"
    assert annex("extract", source, SAMPLES / "schuldenvrij-2023.pdf", "-o", out).exit_code == 0
    return read_records(out)


def approved(folder: Path, first: dict[str, list[ProjectRecord]]) -> Path:
    log = DecisionLog(folder)
    log.append(*on_all(first["bijlage-2022"], ["accept", "correct"]))
    return folder


def test_what_was_decided_holds_for_any_number_of_workers(
    tmp_path: Path, source: Path, first: dict[str, list[ProjectRecord]]
) -> None:
    folder = approved(tmp_path / "approved", first)
    trees = []
    for jobs in (1, 2):
        out = tmp_path / f"out-{jobs}"
        inputs = (source, SAMPLES / "schuldenvrij-2023.pdf")
        result = annex("extract", *inputs, "-o", out, "--approved", folder, "--jobs", jobs)
        assert result.exit_code == 0, result.output
        assert "190 decisions hold, in 11 projects" in result.output
        assert annex("validate", out).exit_code == 0, annex("validate", out).output
        trees.append({name: content for name, content in tree(out).items() if name != "manifest.json"})
        manifest = json.loads((out / "manifest.json").read_text())
        assert len(manifest["decisions_hash"]) == 64
    assert trees[0] == trees[1]
    assert any(record.decisions for record in read_records(out)["bijlage-2022"])


def test_a_conflict_is_told_in_both_languages(
    tmp_path: Path, source: Path, first: dict[str, list[ProjectRecord]]
) -> None:
    folder = approved(tmp_path / "approved", first)
    changed = tmp_path / source.name
    changed.write_text(source.read_text().replace("Slechts 38% daarvan", "Slechts 44% daarvan"))
    result = annex("extract", changed, "-o", tmp_path / "out", "--approved", folder)
    assert result.exit_code == 0
    assert "1 decision no longer fits what the text says, in 1 project: see the warnings" in result.output
    dutch = annex("extract", changed, "-o", tmp_path / "out", "--approved", folder, "--lang", "nl")
    assert "1 besluit past niet meer bij wat de tekst zegt, in 1 project: zie de waarschuwingen" in dutch.output
    assert annex("validate", tmp_path / "out").exit_code == 0
    record = read_records(tmp_path / "out")["bijlage-2022"][0]
    assert [one.message for one in record.warnings] == ["figure decided on “38%”; “44%” stands there now"]
    [file] = (tmp_path / "out" / "bijlage-2022").glob("01-*.json")
    shown = annex("show", file, "--lang", "nl").output
    assert "een eerder besluit past niet meer bij wat de tekst zegt: “38%” → “44%”" in " ".join(shown.split())


def test_what_was_added_in_a_pdf_gets_its_place_on_the_page(
    tmp_path: Path, first: dict[str, list[ProjectRecord]]
) -> None:
    records = first["schuldenvrij-2023"]
    record = next(one for one in records if one.figures)
    words = record.text.split()[6]
    start = record.text.index(words)
    made = FigureRecord(
        start=start,
        end=start + len(words),
        text=words,
        kind="count",
        value=3,
        value_max=None,
        unit="stuks",
        comparator="=",
        as_of=None,
        confidence=1,
        page=None,
        boxes=[],
        next_page_boxes=[],
    )
    DecisionLog(tmp_path / "approved").append(on_fact(record, "figure", made, "add", 0))
    out = tmp_path / "out"
    result = annex("extract", SAMPLES / "schuldenvrij-2023.pdf", "-o", out, "--approved", tmp_path / "approved")
    assert result.exit_code == 0, result.output
    [there] = [f for one in read_records(out)["schuldenvrij-2023"] for f in one.figures if f.unit == "stuks"]
    assert there.text == words
    assert there.page == record.pages[0]
    [(x0, top, x1, bottom)] = there.boxes
    assert 0 < x0 < x1
    assert 0 < top < bottom
    assert annex("validate", out).exit_code == 0


def test_without_decisions_nothing_changes(tmp_path: Path, source: Path) -> None:
    (tmp_path / "approved").mkdir()
    for out, more in (("plain", ()), ("with", ("--approved", tmp_path / "approved"))):
        result = annex("extract", source, "-o", tmp_path / out, *more)
        assert result.exit_code == 0
        assert "decisions hold" not in result.output
    plain, given = tree(tmp_path / "plain"), tree(tmp_path / "with")
    assert {k: v for k, v in plain.items() if k != "manifest.json"} == {
        k: v for k, v in given.items() if k != "manifest.json"
    }
    assert json.loads(plain["manifest.json"])["decisions_hash"] is None


def test_a_log_that_cannot_be_read_stops_the_run_before_it_begins(tmp_path: Path, source: Path) -> None:
    (tmp_path / "approved").mkdir()
    (tmp_path / "approved" / LOG_FILE).write_text("nonsense\n")
    result = annex("extract", source, "-o", tmp_path / "out", "--approved", tmp_path / "approved")
    assert result.exit_code == 1
    assert "line 1 is no decision" in result.output
    assert not (tmp_path / "out").exists()
    assert annex("extract", source, "-o", tmp_path / "out", "--approved", tmp_path / "none").exit_code == 2


def test_what_no_record_can_say_is_told_and_costs_nothing_else(
    tmp_path: Path, source: Path, first: dict[str, list[ProjectRecord]]
) -> None:
    record = next(one for one in first["bijlage-2022"] if len(one.figures) > 1)
    wrong = [
        on_fact(record, "figure", record.figures[0], "accept", 0).model_copy(update={"after": {"kind": "colour"}}),
        on_fact(record, "figure", record.figures[1], "accept", 1).model_copy(
            update={"after": {"kind": "count", "value": 9, "value_max": 1}}
        ),
        decision(2, annex="bijlage-2022", project=record.id, action="comment"),
    ]
    DecisionLog(tmp_path / "approved").append(*wrong)
    result = annex("extract", source, "-o", tmp_path / "out", "--approved", tmp_path / "approved")
    assert result.exit_code == 0, result.output
    new = read_records(tmp_path / "out")["bijlage-2022"][record.ordinal - 1]
    assert [one.value for one in new.figures] == [one.value for one in record.figures]
    assert len([one for one in new.warnings if one.code == "conflict"]) == 2
