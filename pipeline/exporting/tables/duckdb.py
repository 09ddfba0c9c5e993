"""The tables in a DuckDB database: a file, or the memory that `annex query` asks."""

import errno
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.exporting.tables.arrow import batch_of
from pipeline.exporting.tables.definition import TABLES, Row, Table, Type
from pipeline.exporting.tables.views import VIEWS
from pipeline.messages import _

_TYPES: dict[Type, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "moment": "TIMESTAMP",  # of UTC: one with a time zone needs another library to be read
    "edtf": "VARCHAR",
    "json": "VARCHAR",
}
_BATCH = "batch"


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables and views, each with what it says as its comment."""
    for table in TABLES:
        columns = ", ".join(
            f"{column.name} {_TYPES[column.type]}{' NOT NULL' if column.name == table.key else ''}"
            for column in table.columns
        )
        connection.execute(f"CREATE TABLE {table.name} ({columns})")
        connection.execute(f"COMMENT ON TABLE {table.name} IS {_quoted(_(table.description))}")
        for column in table.columns:
            said = _quoted(_(column.description))
            connection.execute(f"COMMENT ON COLUMN {table.name}.{column.name} IS {said}")
    for view in VIEWS:
        connection.execute(f"CREATE VIEW {view.name} AS {view.sql}")
        connection.execute(f"COMMENT ON VIEW {view.name} IS {_quoted(_(view.description))}")


def insert(connection: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows to a table."""
    batch = batch_of(table, rows)
    names = [column.name for column in table.columns if column.type == "moment"]
    for name in names:
        at = batch.schema.get_field_index(name)
        batch = batch.set_column(at, name, batch.column(at).cast("timestamp[us]"))
    connection.register(_BATCH, batch)
    connection.execute(f"INSERT INTO {table.name} SELECT * FROM {_BATCH}")  # noqa: S608  # our own names
    connection.unregister(_BATCH)


class MemorySink:
    """The tables in memory."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        make_tables(connection)

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows."""
        insert(self.connection, table, rows)

    def finish(self) -> Iterable[str]:
        """Do nothing: all is there."""
        return ()

    def give_up(self) -> None:
        """Do nothing: who made the connection closes it."""


class DuckdbSink:
    """One DuckDB file."""

    def __init__(self, path: Path) -> None:
        with _told():
            self.connection = duckdb.connect(
                str(path), config={"threads": 1, "memory_limit": "1GB", "temp_directory": f"{path}.spill"}
            )
            make_tables(self.connection)

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """Write rows."""
        with _told():
            insert(self.connection, table, rows)

    def finish(self) -> Iterable[str]:
        """Write what is left."""
        with _told():
            self.connection.execute("CHECKPOINT")
            self.connection.close()
        return ()

    def give_up(self) -> None:
        """Let go of the file."""
        with _forgiven():
            self.connection.close()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def _told() -> Iterator[None]:
    """Say what goes wrong with the file as the system says it."""
    try:
        yield
    except (
        duckdb.IOException,
        duckdb.FatalException,
        duckdb.OutOfMemoryException,
        duckdb.TransactionException,
    ) as error:
        raise OSError(errno.EIO, str(error).splitlines()[0]) from error


@contextmanager
def _forgiven() -> Iterator[None]:
    try:
        yield
    except duckdb.Error:
        return
