"""Tables: the same rows in every format, each with its place; harmless in a spreadsheet; whole or not at all."""

import csv
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from deciding import decision
from hypothesis import given
from hypothesis import strategies as st
from making import tree
from tables_making import ODD, TEXT, make_run

from pipeline.cli import main
from pipeline.cli.export import TABLES as NAMES
from pipeline.exporting.tables import xlsx
from pipeline.exporting.tables.definition import TABLES, Table
from pipeline.exporting.tables.describing import DOCS, as_markdown
from pipeline.exporting.tables.exporting import FORMATS, all_rows, export
from pipeline.exporting.tables.text import as_written, cell, harmless
from pipeline.exporting.tables.views import VIEWS
from pipeline.reviewing.decisions.log import DecisionLog

PLACE = {"page", "field", "start_offset", "end_offset", "source_file", "source_sha256"}
FOLDERS = ("csv", "jsonl", "parquet")
Rows = dict[str, list[dict[str, Any]]]


def annex(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = make_run(tmp_path_factory.mktemp("run") / "out", ["b-2024", "a-2023"])
    first = decision(1, why="=1+1")
    DecisionLog(out).append(first, decision(2, action="undo", undoes=first.id, evidence=[]))
    return out


def read(place: Path, form: str) -> Rows:
    """Read an export back, every value as the record has it; numbers as floats, days and moments as text."""
    by_format = {"csv": _csv, "jsonl": _jsonl, "sqlite": _sqlite, "parquet": _parquet, "duckdb": _duckdb, "xlsx": _xlsx}
    rows = by_format[form](place)
    assert list(rows) == [table.name for table in TABLES]
    return {table.name: [_as_read(table, row) for row in rows[table.name]] for table in TABLES}


def _as_read(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    assert list(row) == [column.name for column in table.columns]
    return {column.name: _value(column.type, row[column.name]) for column in table.columns}


def _value(kind: str, value: Any) -> Any:  # noqa: ANN401
    if value is None or value == "":
        return None
    if kind == "number":
        return float(str(value).replace(",", "."))
    if kind == "integer":
        return int(value)
    if kind == "boolean":
        return value in (True, 1, "true")
    if kind == "json":
        return json.loads(value) if isinstance(value, str) else value
    if isinstance(value, datetime):
        is_day = kind in ("date", "edtf")
        return value.date().isoformat() if is_day else value.replace(tzinfo=None, microsecond=0).isoformat() + "Z"
    if kind == "moment":
        return datetime.fromisoformat(value).replace(tzinfo=None, microsecond=0).isoformat() + "Z"
    return value.isoformat() if isinstance(value, date) else value


def _csv(place: Path) -> Rows:
    found = {}
    for table in TABLES:
        with (place / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = [
                {key: as_written(value) for key, value in row.items()} for row in csv.DictReader(file, delimiter=";")
            ]
        found[table.name] = rows
    return found


def _jsonl(place: Path) -> Rows:
    return {
        table.name: [
            json.loads(line) for line in (place / f"{table.name}.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
        ]
        for table in TABLES
    }


def _sqlite(place: Path) -> Rows:
    connection = sqlite3.connect(place)
    connection.row_factory = sqlite3.Row
    return {t.name: [dict(row) for row in connection.execute(f"SELECT * FROM {t.name}")] for t in TABLES}  # noqa: S608


def _parquet(place: Path) -> Rows:
    return {table.name: pq.read_table(place / f"{table.name}.parquet").to_pylist() for table in TABLES}


def _duckdb(place: Path) -> Rows:
    with duckdb.connect(str(place), read_only=True) as connection:
        found = {}
        for table in TABLES:
            rows = connection.execute(f"SELECT * FROM {table.name}").fetchall()  # noqa: S608
            found[table.name] = [dict(zip([c.name for c in table.columns], row, strict=True)) for row in rows]
        return found


def _xlsx(place: Path) -> Rows:
    book = openpyxl.load_workbook(place)
    found: Rows = {}
    for table in TABLES:
        head, *rows = book[table.name].iter_rows(values_only=True)
        found[table.name] = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    return found


def write(run: Path, form: str, folder: Path) -> Path:
    place = folder / ("t" if form in FOLDERS else f"t.{form}")
    told = annex("export", run, "--to", form, "-o", place)
    assert told.exit_code == 0, told.output
    return place


@pytest.fixture(scope="module")
def wanted(run: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    return read(write(run, "jsonl", tmp_path_factory.mktemp("wanted")), "jsonl")


@pytest.mark.parametrize("form", NAMES)
def test_every_format_has_the_same_rows(form: str, run: Path, wanted: Rows, tmp_path: Path) -> None:
    found = read(write(run, form, tmp_path), form)
    assert set(NAMES) == set(FORMATS)
    assert all(wanted.values())
    if form == "xlsx":  # a control character is not legal there, line ends are read back otherwise
        clean = json.loads(json.dumps(wanted).replace("\\u0007", "\\ufffd").replace("\\u000b", "\\ufffd"))
        for row in clean["projects"]:  # openpyxl leaves the escape of an escape as it is
            row["title"] = row["title"].replace("_x0041_", "_x005F_x0041_")
        assert found == clean
    else:
        assert found == wanted


def test_every_row_says_where_it_was_found(wanted: Rows) -> None:
    assert [row["annex_id"] for row in wanted["annexes"]] == ["a-2023", "b-2024"]
    texts = {row["project_id"]: row for row in wanted["projects"]}
    for table in TABLES:
        assert {column.name for column in table.columns} >= PLACE
        assert len({row[table.key] for row in wanted[table.name]}) == len(wanted[table.name])
    for name in ("organisations", "roles", "locations", "mentions", "dates", "figures"):
        for row in wanted[name]:
            assert row["text"] == texts[row["project_id"]][row["field"]][row["start_offset"] : row["end_offset"]]
            assert row["page"] == 3
            assert row["source_file"] == f"{row['annex_id']}.txt"
    assert [(row["action"], row["in_force"]) for row in wanted["decisions"]] == [("accept", False), ("undo", False)]


def test_ids_and_bytes_are_the_same_whatever_the_order_of_the_folders(run: Path, tmp_path: Path) -> None:
    (other := tmp_path / "anders").mkdir()
    for name in ("b-2024", "a-2023"):  # the other way round than they were made
        shutil.copytree(run / name, other / name)
    shutil.copy(run / "decisions.jsonl", other)
    for form in ("csv", "jsonl", "sqlite", "xlsx"):
        (tmp_path / form).mkdir()
        (tmp_path / f"{form}2").mkdir()
        assert _bytes(write(run, form, tmp_path / form)) == _bytes(write(other, form, tmp_path / f"{form}2")), form


def _bytes(place: Path) -> object:
    return tree(place) if place.is_dir() else place.read_bytes()


@given(st.text() | st.lists(st.sampled_from(["'", "=", "+", "-", "@", "\t", "\r", "\n", "a", ";", '"'])).map("".join))
def test_no_text_is_a_formula_and_none_is_lost(text: str) -> None:
    made = cell(text)
    assert made[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
    assert as_written(made) == text
    assert text.endswith(made) or made == f"'{text}"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.integers())
def test_a_number_is_never_changed(number: Decimal | int) -> None:
    made = cell(number)
    assert Decimal(made.replace(",", ".")) == number
    assert not made.startswith("'")


def test_the_csv_opens_in_a_dutch_excel(run: Path, tmp_path: Path) -> None:
    content = (write(run, "csv", tmp_path) / "figures.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbffigure_id;")
    assert b";-12,5;" in content
    assert b"\r\n" in content
    cells = [
        row["title"]
        for row in csv.DictReader((tmp_path / "t" / "projects.csv").open(encoding="utf-8-sig"), delimiter=";")
    ]
    assert cells[: len(ODD)] == [harmless(title) for title in ODD]


def test_a_workbook_is_as_people_read_it(run: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write(run, "xlsx", tmp_path))
    assert book.sheetnames[1:] == [table.name for table in TABLES]
    for table in TABLES:
        sheet = book[table.name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(table.columns)).column_letter}{sheet.max_row}"
        assert sheet.column_dimensions["A"].width > 10
        for row in sheet.iter_rows():
            for one in row:
                assert one.data_type != "f"
                assert one.hyperlink is None
                if one.data_type == "s" and harmless(one.value) != one.value:
                    assert one.quotePrefix, one.coordinate
    figures = _columns(book["figures"])
    assert [one.value for one in figures["value"][:4]] == [-12.5, 1250, "12345678901234567", 40]
    assert figures["value"][4].value == str(10**400)
    assert "€" in figures["value"][1].number_format
    dates = _columns(book["dates"])
    assert dates["edtf"][0].value == datetime(2024, 4, 3)
    assert dates["edtf"][0].number_format == "dd-mm-yyyy"
    assert dates["edtf"][1].value == "2023-05"
    assert dates["earliest"][1].is_date
    assert _columns(book["projects"])["period_earliest"][0].value == "1899-05-01"


def _columns(sheet: Any) -> dict[str, list[Any]]:  # noqa: ANN401
    return {column[0].value: list(column[1:]) for column in sheet.iter_cols()}


def test_the_limits_of_a_workbook_are_kept_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run(tmp_path / "out", ["a"], ["Eén", "Twee", "Drie"], TEXT + "𝔸" * 20_000)
    monkeypatch.setattr(xlsx, "ROWS", 3)
    told = annex("export", run, "--to", "xlsx", "-o", tmp_path / "t.xlsx")
    assert told.exit_code == 0
    assert "3 cells are longer than a workbook can hold" in told.output
    assert "projects (2)" in told.output
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    titles = [row[3] for name in ("projects", "projects (2)") for row in list(book[name].values)[1:]]
    assert titles == ["Eén", "Twee", "Drie"]
    cut = book["projects"]["E2"].value
    assert len(cut.encode("utf-16-le")) // 2 in (xlsx.LETTERS, xlsx.LETTERS - 1)
    assert cut.endswith("𝔸…")


_OFFICE = Path(shutil.which("soffice") or "").resolve()


@pytest.mark.skipif(not (_OFFICE.parent / "libsclo.so").is_file(), reason="LibreOffice Calc is not installed")
def test_libreoffice_opens_the_workbook(run: Path, tmp_path: Path) -> None:
    place = write(run, "xlsx", tmp_path)
    called = [str(_OFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    wish = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"
    done = subprocess.run(
        [*called, wish, "--outdir", str(tmp_path), str(place)], capture_output=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    [figures] = tmp_path.glob("*-figures.csv")
    rows = list(csv.DictReader(figures.open(encoding="utf-8"), delimiter=";"))
    assert len(rows) == 5 * len(ODD) * 2
    [projects] = tmp_path.glob("*-projects.csv")
    titles = [row["title"] for row in csv.DictReader(projects.open(encoding="utf-8", newline=""), delimiter=";")]
    assert titles[:2] == ODD[:2]


def test_sqlite_has_keys_search_and_views(run: Path, tmp_path: Path) -> None:
    place = write(run, "sqlite", tmp_path)
    connection = sqlite3.connect(place)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    # Datasette fails on a key that does not name its column.
    assert {row[2:5] for row in connection.execute("PRAGMA foreign_key_list(roles)")} == {
        (f"{name}s" if name != "annex" else "annexes", f"{name}_id", f"{name}_id")
        for name in ("annex", "organisation", "project")
    }
    find = "SELECT count(*) FROM projects_fts WHERE projects_fts MATCH ?"
    assert connection.execute(find, ("koraal",)).fetchone() == (2 * len(ODD),)
    connection.execute("UPDATE projects SET text = 'Zeezout' WHERE ordinal = 1")
    assert connection.execute(find, ("zeezout",)).fetchone() == (2,)
    assert connection.execute(find, ("koraal",)).fetchone() == (2 * (len(ODD) - 1),)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("DELETE FROM organisations")
    assert connection.execute(
        "SELECT count(*) FROM organisations_fts WHERE organisations_fts MATCH 'koraal'"
    ).fetchone() == (0,)
    for view in VIEWS:
        assert connection.execute(f"SELECT * FROM {view.name}").description  # noqa: S608
    described = json.loads(place.with_suffix(".metadata.json").read_bytes())["databases"]["t"]["tables"]
    assert set(described) == {table.name for table in TABLES} | {view.name for view in VIEWS}
    assert set(described["figures"]["columns"]) == {c.name for t in TABLES if t.name == "figures" for c in t.columns}


def test_the_page_on_the_tables_is_in_step() -> None:
    assert DOCS.read_text(encoding="utf-8") == as_markdown()
    for name in (*(f"## {table.name}" for table in TABLES), *(f"| `{name}` |" for name in NAMES)):
        assert name in as_markdown()


def test_without_a_place_it_is_written_beside_the_run(run: Path, tmp_path: Path) -> None:
    out = shutil.copytree(run, tmp_path / "uit")
    for form in NAMES:
        assert annex("export", out, "--to", form).exit_code == 0
        assert (tmp_path / (f"uit-{form}" if form in FOLDERS else f"uit.{form}")).exists()
    assert tree(out) == tree(run)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("form", [name for name in NAMES if FORMATS[name].needs])
def test_what_is_not_installed_is_said(form: str, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, FORMATS[form].needs[0], None)  # as if it were not installed
    told = annex("export", run, "--to", form, "-o", tmp_path / "x")
    assert told.exit_code == 1
    assert "pip install 'annex[tables]'" in told.output
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("form", NAMES)
def test_what_is_in_the_way_stays(form: str, run: Path, tmp_path: Path) -> None:
    (place := tmp_path / "x").mkdir()
    (place / "brief.txt").write_text("van een ander")
    told = annex("export", run, "--to", form, "-o", place)
    assert told.exit_code == 1
    assert len(told.output.splitlines()) == 1
    assert tree(tmp_path) == {"x/brief.txt": b"van een ander"}


def test_an_id_that_stands_there_twice_is_told(run: Path, tmp_path: Path) -> None:
    out = shutil.copytree(run, tmp_path / "out")
    shutil.copytree(out / "a-2023", out / "c")
    told = annex("export", out, "--to", "sqlite", "-o", tmp_path / "x.sqlite")
    assert told.exit_code == 1
    assert "a-2023" in told.output
    assert not (tmp_path / "x.sqlite").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="limits and signals of POSIX")
@pytest.mark.parametrize("form", NAMES)
def test_on_a_full_disk_the_old_export_stays(form: str, run: Path, tmp_path: Path) -> None:
    place = write(run, form, tmp_path)
    before = tree(tmp_path)
    large = make_run(tmp_path.parent / f"{tmp_path.name}-large", [f"annex-{n}" for n in range(4)], text=_noise())
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)); "
        "from pipeline.cli import main; main(sys.argv[1:])"
    )
    called = [sys.executable, "-c", code, "export", str(large), "--to", form, "-o", str(place)]
    done = subprocess.run(called, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1, done.stderr
    assert "internal_error" not in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert tree(tmp_path) == before


def _noise() -> str:
    """Return text that does not compress to nothing."""
    return TEXT + " ".join(os.urandom(8).hex() for _n in range(3000))


@pytest.mark.skipif(sys.platform == "win32", reason="limits and signals of POSIX")
def test_a_killed_export_leaves_the_old_one(run: Path, tmp_path: Path) -> None:
    for form in ("csv", "sqlite", "xlsx"):
        (tmp_path / form).mkdir()
        place = write(run, form, tmp_path / form)
        before = _bytes(place)
        code = (
            "import os, signal, sys; from pipeline.exporting.tables import exporting; real = exporting.fill; "
            "exporting.fill = lambda *given: (real(*given), os.kill(os.getpid(), signal.SIGKILL)); "
            "from pipeline.cli import main; main(sys.argv[1:])"
        )
        called = [sys.executable, "-c", code, "export", str(run / "a-2023"), "--to", form, "-o", str(place)]
        assert subprocess.run(called, check=False, timeout=120).returncode == -signal.SIGKILL
        assert _bytes(place) == before
        write(run, form, tmp_path / form)
        assert _bytes(place) == before
        assert not [path for path in (tmp_path / form).iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("form", ["csv", "jsonl", "sqlite", "xlsx"])
def test_memory_does_not_grow_with_the_run(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.exporting.tables.exporting.BATCH", 50)
    text, titles = TEXT + "x" * 30_000, [f"Project {n}" for n in range(8)]
    few = make_run(tmp_path / "few", [f"annex-{n:03d}" for n in range(10)], titles, text)
    many = make_run(tmp_path / "many", [f"annex-{n:03d}" for n in range(100)], titles, text)
    export(few, form, tmp_path / "warm")
    peaks = [_peak(run, form, tmp_path / run.name / "t") for run in (few, many)]
    larger = 90 * len(titles) * len(text)
    assert peaks[1] - peaks[0] < larger / 6


def _peak(run: Path, form: str, place: Path) -> int:
    tracemalloc.start()
    try:
        export(run, form, place)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_rows_come_one_by_one(run: Path) -> None:
    rows = all_rows(run)
    table, _row = next(rows)
    assert table.name == "annexes"
    assert isinstance(rows, Iterable)
