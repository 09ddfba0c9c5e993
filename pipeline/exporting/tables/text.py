"""The tables as text: CSV as Dutch spreadsheets read it, and JSON lines.

CSV is UTF-8 with a byte order mark, semicolons between the cells, a decimal comma and CRLF: what Excel opens right by a
double click where Windows is Dutch, and what ``read_csv2`` of R and ``read_csv(sep=";", decimal=",")`` of pandas read.
"""

import csv
import json
import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from pipeline.exporting.tables.definition import TABLES, Row, Table, Value

BOM = "\ufeff"
# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), wide forms too.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def harmless(text: str) -> str:
    """Return text as a cell that no spreadsheet computes: an apostrophe before what looks like a formula.

    It is put before apostrophes too where a formula follows them, so that nothing is lost: `as_written` undoes it.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def as_written(cell: str) -> str:
    """Return the text that `harmless` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def cell(value: object) -> str:
    """Return a value as a cell of CSV; numbers have a decimal comma and are never changed otherwise."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, int | float):
        return str(value).replace(".", ",")
    if isinstance(value, list | dict):
        return harmless(json.dumps(value, ensure_ascii=False, default=str))
    return written(value) if isinstance(value, date) else harmless(str(value))


def written(value: date) -> str:
    """Return a day or moment in ISO 8601; a moment of UTC ends in ``Z``."""
    return value.isoformat().replace("+00:00", "Z")


def csv_writer(file: IO[str]) -> Any:  # noqa: ANN401  # the type of the library has no name
    """Return a writer of rows as Dutch spreadsheets read them."""
    return csv.writer(file, delimiter=";", lineterminator="\r\n")


class _Files:
    """A file of text for each table in a folder."""

    suffix: str

    def __init__(self, folder: Path) -> None:
        self.stack = ExitStack()
        try:
            self.files = {
                table.name: self.stack.enter_context(
                    (folder / f"{table.name}.{self.suffix}").open("w", encoding="utf-8", newline="")
                )
                for table in TABLES
            }
        except OSError:
            self.stack.close()
            raise

    def finish(self) -> Iterable[str]:
        self.stack.close()
        return ()

    def give_up(self) -> None:
        """Let go of the files; what cannot be flushed is thrown away anyhow."""
        try:
            self.stack.close()
        except OSError:
            return


class CsvSink(_Files):
    """A folder with a CSV file for each table."""

    suffix = "csv"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.writers = {name: csv_writer(file) for name, file in self.files.items()}
        for table in TABLES:
            self.files[table.name].write(BOM)
            self.writers[table.name].writerow([column.name for column in table.columns])

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """Write rows."""
        self.writers[table.name].writerows([cell(value) for value in row] for row in rows)


class JsonlSink(_Files):
    """A folder with a file of JSON lines for each table."""

    suffix = "jsonl"

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """Write rows, each an object with every column."""
        write = self.files[table.name].write
        for row in rows:
            values = zip(table.columns, row, strict=True)
            made = {column.name: _plain(value, is_json=column.type == "json") for column, value in values}
            write(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n")


def _plain(value: Value, *, is_json: bool) -> object:
    if is_json and isinstance(value, str):
        return json.loads(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return written(value) if isinstance(value, date) else value
