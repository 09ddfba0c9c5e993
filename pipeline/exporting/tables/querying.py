"""Ask the tables of a run a question in SQL: in memory, one statement that reads, nothing but the run in reach."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import ToldError
from pipeline.exporting.tables.duckdb import MemorySink
from pipeline.exporting.tables.exporting import Logged, all_rows, fill

_LOADING: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,  # rows come in the same order every time
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
}
# Set when the tables are there; the last lets nobody set one back.
_LOCKS = ("enable_external_access = false", "lock_configuration = true")
_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
_FETCHED = 1000
_NUMBERS = ("INT", "DOUBLE", "FLOAT", "DECIMAL")


class QueryError(ToldError):
    """A question that cannot be answered; the message says why."""


class NoQueryError(QueryError):
    """A question that cannot be understood, or that is not one that reads."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gave."""

    columns: Sequence[str]
    are_numbers: Sequence[bool]
    """Of each column."""
    rows: Iterable[tuple[Any, ...]]
    """To be read once."""


@contextmanager
def database(out: Path, decisions: Iterable[Logged] = ()) -> Iterator[duckdb.DuckDBPyConnection]:
    """Load the tables of a run into memory, and lock everything else away.

    Raises
    ------
    RecordsError
        When the records cannot be read.
    """
    with duckdb.connect(":memory:", config=_LOADING) as connection:
        fill(MemorySink(connection), all_rows(out, decisions))
        for lock in _LOCKS:
            connection.execute(f"SET {lock}")
        yield connection


def ask(connection: duckdb.DuckDBPyConnection, sql: str) -> Answer:
    """Answer a question.

    Raises
    ------
    NoQueryError
        When it is not one statement that reads, or names what is not there.
    QueryError
        When it cannot be answered, here or while the rows are read.
    """
    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type not in _READING:
            raise NoQueryError("the question must be one statement that reads, such as SELECT")
        connection.execute(statements[0])
        described = connection.description or []
    except (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException) as error:
        raise NoQueryError("the question cannot be understood: {reason}", reason=_said(error)) from error
    except duckdb.Error as error:
        raise QueryError("the question cannot be answered: {reason}", reason=_said(error)) from error
    kinds = [str(kind).upper() for _name, kind, *_rest in described]
    names = [name for name, *_rest in described]
    return Answer(names, [any(word in kind for word in _NUMBERS) for kind in kinds], _rows(connection))


def _rows(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    try:
        while rows := connection.fetchmany(_FETCHED):
            yield from rows
    except duckdb.Error as error:
        raise QueryError("the question cannot be answered: {reason}", reason=_said(error)) from error


def _said(error: duckdb.Error) -> str:
    """Return what the library says, in a line: where in the question it is, it draws below."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return " ".join(line for line in lines if set(line) != {"^"})
