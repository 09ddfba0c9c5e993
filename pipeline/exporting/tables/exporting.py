"""Write the tables of a run in a format: annex by annex, in batches, and whole or not at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from pipeline.errors import MissingExtraError
from pipeline.exporting.tables.definition import BY_NAME, TABLES, Row, Table
from pipeline.exporting.tables.rows import decision_row, rows_of
from pipeline.exporting.tables.staging import staged
from pipeline.records.models import AnnexFile, ProjectRecord
from pipeline.records.reading import RecordsError, annexes_in

BATCH = 2000
"""Rows of a table that are kept before they are written: some megabytes at most, and few calls."""

EXTRA = "annex[tables]"


class Sink(Protocol):
    """Where the rows of a format go."""

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """Write rows."""

    def finish(self) -> Iterable[str]:
        """Write what is left, and return what a person should know; nothing can be added any more."""

    def give_up(self) -> None:
        """Let go of what is open: it is thrown away."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format."""

    sink: str
    """``module:class`` that is made with the path to write to."""
    suffix: str
    """Of its files."""
    is_folder: bool
    needs: tuple[str, ...] = ()
    """Modules that not every installation has."""


_HERE = "pipeline.exporting.tables"
FORMATS: Mapping[str, Format] = {
    "csv": Format(f"{_HERE}.text:CsvSink", "csv", is_folder=True),
    "jsonl": Format(f"{_HERE}.text:JsonlSink", "jsonl", is_folder=True),
    "sqlite": Format(f"{_HERE}.sqlite:SqliteSink", "sqlite", is_folder=False),
    "xlsx": Format(f"{_HERE}.xlsx:XlsxSink", "xlsx", is_folder=False, needs=("xlsxwriter",)),
    "parquet": Format(f"{_HERE}.parquet:ParquetSink", "parquet", is_folder=True, needs=("pyarrow",)),
    "duckdb": Format(f"{_HERE}.duckdb:DuckdbSink", "duckdb", is_folder=False, needs=("duckdb", "pyarrow")),
}


@dataclass(frozen=True, slots=True)
class Logged:
    """A decision as the log holds it."""

    decision: Mapping[str, Any]
    in_force: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What became of an export."""

    rows: Mapping[str, int]
    """Of each table."""
    notes: Sequence[str]
    """What a person should know, in the language in use."""


def require(what: str, modules: Iterable[str]) -> None:
    """See to it that libraries are installed.

    Raises
    ------
    MissingExtraError
        When one is not.
    """
    if missing := [module for module in modules if find_spec(module) is None]:
        raise MissingExtraError(
            "{what} needs {modules}, which is not installed: pip install '{extra}'",
            what=what,
            modules=", ".join(missing),
            extra=EXTRA,
        )


def all_rows(out: Path, decisions: Iterable[Logged] = ()) -> Iterator[tuple[Table, Row]]:
    """Give every row of a run, annex by annex in order of id; what a row refers to comes before it.

    Raises
    ------
    RecordsError
        When the records cannot be read, or an id stands there twice.
    """
    annexes: set[str] = set()
    files: dict[str, str] = {}
    for annex, records in annexes_in(out):
        _claim(out, annexes, annex.annex.id)
        _unique(out, annex, records)
        files[annex.annex.source.sha256] = annex.annex.source.file
        yield from rows_of(annex, records)
    for one in decisions:
        yield decision_row(one.decision, in_force=one.in_force, files=files)


def fill(sink: Sink, rows: Iterable[tuple[Table, Row]]) -> dict[str, int]:
    """Write rows in batches; return how many of each table."""
    waiting: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    counts = dict.fromkeys(waiting, 0)
    for table, row in rows:
        batch = waiting[table.name]
        batch.append(row)
        counts[table.name] += 1
        if len(batch) == BATCH:
            _flush(sink, waiting)
    _flush(sink, waiting)
    return counts


def export(out: Path, name: str, place: Path, decisions: Iterable[Logged] = ()) -> Told:
    """Write the tables of a run.

    Parameters
    ----------
    out
        The folder of a run, or one annex folder.
    name
        One of `FORMATS`.
    place
        The file or folder to write; what stands there is replaced when the new one is whole.

    Raises
    ------
    MissingExtraError
        When a library is not installed.
    RecordsError
        When the records cannot be read.
    OSError
        When it cannot be written.
    LockedError
        When another export writes to the same place.
    """
    form = FORMATS[name]
    require(name, form.needs)
    module, _colon, called = form.sink.partition(":")
    names = {f"{table}.{form.suffix}" for table in BY_NAME}
    is_ours: Callable[[str], bool] | None = names.__contains__ if form.is_folder else None
    make: Callable[[Path], Sink] = getattr(import_module(module), called)
    with staged(place, is_ours=is_ours) as path:
        sink = make(path)
        try:
            counts = fill(sink, all_rows(out, decisions))
            notes = list(sink.finish())
        except BaseException:
            sink.give_up()
            raise
    return Told(counts, notes)


def _flush(sink: Sink, waiting: Mapping[str, list[Row]]) -> None:
    """Write what waits of every table, in their order: a row is never written before what it refers to."""
    for name, batch in waiting.items():
        if batch:
            sink.add(BY_NAME[name], batch)
            batch.clear()


def _unique(out: Path, annex: AnnexFile, records: Sequence[ProjectRecord]) -> None:
    taken: set[str] = set()
    for record in records:
        _claim(out, taken, record.id)
        if record.annex.id != annex.annex.id:
            raise RecordsError(
                "{path}: the record {id} is of the annex {annex}; annex validate says more",
                path=out,
                id=record.id,
                annex=record.annex.id,
            )


def _claim(out: Path, taken: set[str], name: str) -> None:
    if name in taken:
        raise RecordsError("{path}: the id {id} stands there twice; annex validate says more", path=out, id=name)
    taken.add(name)
