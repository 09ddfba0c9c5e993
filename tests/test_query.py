"""annex query: the tables of a run answer SQL, and nothing else is in reach."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tables_making import ODD, make_run

from pipeline.cli import main
from pipeline.exporting.tables.definition import TABLES
from pipeline.exporting.tables.text import as_written
from pipeline.exporting.tables.views import VIEWS


def annex(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_run(tmp_path_factory.mktemp("run") / "out", ["b-2024", "a-2023"])


def asked(run: Path, sql: str) -> list[dict[str, object]]:
    told = annex("query", sql, run, "--format", "json")
    assert told.exit_code == 0, told.output
    found: list[dict[str, object]] = json.loads(told.stdout)
    return found


def test_every_table_and_view_can_be_asked(run: Path) -> None:
    names = [table.name for table in TABLES] + [view.name for view in VIEWS]
    for name in names:
        [row] = asked(run, f"SELECT count(*) AS n FROM {name}")  # noqa: S608  # our own
        assert (row["n"] == 0) is (name == "decisions"), name
    assert {row["name"] for row in asked(run, "SHOW TABLES")} == set(names)


def test_an_answer_is_in_order_with_its_values(run: Path) -> None:
    rows = asked(run, "SELECT annex_id, title FROM projects")
    assert rows == [{"annex_id": name, "title": title} for name in ("a-2023", "b-2024") for title in ODD]
    [row] = asked(run, "SELECT value, earliest, 1/0.0 AS endless, [1, 2] AS list FROM figures, dates LIMIT 1")
    assert row == {"value": -12.5, "earliest": "2024-04-03", "endless": None, "list": [1, 2]}
    assert asked(run, "SELECT DISTINCT value FROM figures WHERE value > 1e300") == [{"value": None}]


def test_csv_is_that_of_the_export(run: Path) -> None:
    told = annex(
        "query", "SELECT title AS \"=a\", 0.5 AS b FROM projects WHERE annex_id = 'a-2023'", run, "--format", "csv"
    )
    text = told.stdout_bytes.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert head == ["'=a", "b"]
    assert [(as_written(title), half) for title, half in rows] == [(title, "0,5") for title in ODD]


def test_a_person_reads_a_table(run: Path) -> None:
    told = annex("query", "SELECT name, projects FROM organisation_totals", run)
    assert [line.split() for line in told.stdout.splitlines()][2] == ["Koraal", str(2 * len(ODD))]
    assert told.stderr == "1 row\n"
    wide = annex("query", "SELECT * FROM amounts LIMIT 2", run)
    assert max(map(len, wide.stdout.splitlines())) <= 80
    assert wide.stdout.count("comparator") == 2
    assert annex("query", "SELECT 1 WHERE false", run, "--lang", "nl").stderr == "0 rijen\n"
    long = annex("query", "SELECT * FROM range(1500)", run)
    assert "the first 1000 rows" in long.stderr
    assert "\x07" not in annex("query", "SELECT text FROM projects", run).stdout


@pytest.mark.parametrize(
    "sql",
    [
        "COPY projects TO '{folder}/x.csv'",
        "ATTACH '{folder}/x.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "DELETE FROM projects",
        "CREATE TABLE x AS SELECT 1",
        "SELECT 1; SELECT 2",
        "EXPORT DATABASE '{folder}/x'",
        "PRAGMA database_list",
        "",
        "SELEC",
        "SELECT nothing FROM projects",
        "SELECT * FROM nothing",
        "SELECT * FROM decisions_of",
    ],
)
def test_what_does_not_read_the_run_is_refused(sql: str, run: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    told = annex("query", sql.format(folder=tmp_path), run)
    assert told.exit_code == 2
    assert told.stdout == ""
    assert len(told.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM '{folder}/secret.csv'",
        "SELECT * FROM read_csv('{folder}/secret.csv')",
        "SELECT * FROM read_text('{folder}/secret.csv')",
        "SELECT * FROM read_blob('{folder}/secret.csv')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_csv('https://example.invalid/x.csv')",
        "SELECT * FROM query('SELECT * FROM read_text(''{folder}/secret.csv'')')",
    ],
)
def test_no_file_and_no_network_is_in_reach(sql: str, run: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a,geheim\n1,2\n")
    told = annex("query", sql.format(folder=tmp_path), run)
    assert told.exit_code in (1, 2)
    assert told.stdout == ""
    assert len(told.stderr.splitlines()) == 1


def test_what_fails_on_the_way_is_told(run: Path) -> None:
    told = annex("query", "SELECT CAST(title AS INTEGER) FROM projects", run)
    assert told.exit_code == 1
    assert told.stderr.startswith("the question cannot be answered")


def test_the_run_is_out_where_none_is_given(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(run.parent)
    assert annex("query", "SELECT 1 AS one").exit_code == 0
    monkeypatch.chdir(tmp_path)
    assert annex("query", "SELECT 1 AS one").exit_code == 2
    (tmp_path / "out").mkdir()
    assert annex("query", "SELECT 1 AS one").exit_code == 1


def test_without_the_extra_it_says_how_to_get_it(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)  # as if it were not installed
    told = annex("query", "SELECT 1", run)
    assert told.exit_code == 1
    assert "pip install 'annex[tables]'" in told.output
