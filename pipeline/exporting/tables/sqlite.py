"""The tables as a SQLite file that Datasette shows well: keys, indexes, full-text search, views, descriptions."""

import errno
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.exporting.tables.definition import BY_NAME, SEARCHED, TABLES, TABLES_VERSION, Row, Table, Type, Value
from pipeline.exporting.tables.text import written
from pipeline.exporting.tables.views import VIEWS
from pipeline.messages import _

_TYPES: dict[Type, str] = {
    "text": "TEXT",
    "integer": "INTEGER",
    "number": "NUMERIC",
    "boolean": "INTEGER",
    "date": "TEXT",
    "moment": "TEXT",
    "edtf": "TEXT",
    "json": "TEXT",
}
_LARGEST = 2**63
_FACETS = ("kind", "status", "role", "entity", "code", "action")
"""Columns of few values, which Datasette counts beside the rows."""


class SqliteSink:
    """One SQLite file, and its metadata for Datasette."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with _told():
            self.connection = sqlite3.connect(path, isolation_level=None)
            # The file is thrown away where anything goes wrong, and flushed when it is whole.
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=ON", f"user_version={TABLES_VERSION}"):
                self.connection.execute(f"PRAGMA {pragma}")
            self.connection.execute("BEGIN")
            for table in TABLES:
                self.connection.execute(_create(table))

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """Write rows."""
        marks = ", ".join("?" * len(table.columns))
        with _told():
            self.connection.executemany(
                f"INSERT INTO {table.name} VALUES ({marks})",  # noqa: S608  # our own name
                ([_value(value) for value in row] for row in rows),
            )

    def finish(self) -> Iterable[str]:
        """Add indexes, search and views."""
        with _told():
            for statement in _finishing():
                self.connection.execute(statement)
            self.connection.execute("COMMIT")
            self.connection.close()
        described = json.dumps(_metadata(self.path.stem), ensure_ascii=False, indent=2) + "\n"
        self.path.with_suffix(".metadata.json").write_text(described, encoding="utf-8", newline="\n")
        return ()

    def give_up(self) -> None:
        """Let go of the file."""
        self.connection.close()


def _create(table: Table) -> str:
    lines = []
    for column in table.columns:
        line = f"{column.name} {_TYPES[column.type]}"
        if column.name == table.key:
            line += " PRIMARY KEY NOT NULL"
        elif column.references:
            line += f" REFERENCES {column.references} ({BY_NAME[column.references].key})"
        lines.append(line)
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(lines) + "\n)"


def _finishing() -> Iterator[str]:
    for table in TABLES:
        for column in table.columns:
            if column.is_indexed:
                yield f"CREATE INDEX {table.name}_{column.name} ON {table.name} ({column.name})"
    for name, columns in SEARCHED.items():
        yield from _search(name, columns)
    for view in VIEWS:
        yield f"CREATE VIEW {view.name} AS {view.sql}"


def _search(table: str, columns: Sequence[str]) -> Iterator[str]:
    """Give the index of a table for full-text search, and what keeps it true when the table changes."""
    listed = ", ".join(columns)
    fts = f"{table}_fts"
    yield (
        f'CREATE VIRTUAL TABLE {fts} USING fts5({listed}, content="{table}", tokenize="unicode61 remove_diacritics 2")'
    )
    yield f"INSERT INTO {fts}({fts}) VALUES ('rebuild')"  # noqa: S608  # our own names
    new, old = (", ".join(f"{which}.{column}" for column in columns) for which in ("new", "old"))
    add = f"INSERT INTO {fts}(rowid, {listed}) VALUES (new.rowid, {new});"  # noqa: S608
    take = f"INSERT INTO {fts}({fts}, rowid, {listed}) VALUES ('delete', old.rowid, {old});"  # noqa: S608
    for event, statements in (("INSERT", add), ("DELETE", take), ("UPDATE", f"{take} {add}")):
        yield f"CREATE TRIGGER {fts}_{event.lower()} AFTER {event} ON {table} BEGIN {statements} END"


def _metadata(name: str) -> dict[str, Any]:
    tables: dict[str, Any] = {}
    for table in TABLES:
        tables[table.name] = {
            "description": _(table.description),
            "columns": {column.name: _(column.description) for column in table.columns},
        }
        if facets := [column.name for column in table.columns if column.name in _FACETS]:
            tables[table.name]["facets"] = facets
        if any(column.name == "title" for column in table.columns):
            tables[table.name]["label_column"] = "title"
        elif any(column.name == "name" for column in table.columns):
            tables[table.name]["label_column"] = "name"
    for view in VIEWS:
        tables[view.name] = {"description": _(view.description)}
    return {"databases": {name: {"tables": tables}}}


def _value(value: Value) -> str | int | float | None:
    if isinstance(value, Decimal):
        is_whole = value == value.to_integral_value() and abs(value) < _LARGEST
        return int(value) if is_whole else float(value)
    return written(value) if isinstance(value, date) else value


@contextmanager
def _told() -> Iterator[None]:
    """Say what goes wrong with the file as the system says it."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(errno.EIO, str(error)) from error
