"""The tables as Parquet: a file for each in a folder."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.exporting.tables.arrow import batch_of, schema_of
from pipeline.exporting.tables.definition import TABLES, Row, Table

_GROUP = 5000
"""Rows that are written together: enough to compress well, some ten megabytes of the longest."""


class ParquetSink:
    """A folder with a Parquet file for each table."""

    def __init__(self, folder: Path) -> None:
        self.waiting: dict[str, list[Row]] = {table.name: [] for table in TABLES}
        self.writers = {
            table.name: pq.ParquetWriter(folder / f"{table.name}.parquet", schema_of(table), compression="zstd")
            for table in TABLES
        }

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """Keep rows, and write them when there are enough."""
        waiting = self.waiting[table.name]
        waiting += rows
        if len(waiting) >= _GROUP:
            self._write(table)

    def finish(self) -> Iterable[str]:
        """Write what is left."""
        for table in TABLES:
            if self.waiting[table.name]:
                self._write(table)
            self.writers[table.name].close()
        return ()

    def give_up(self) -> None:
        """Let go of the files."""
        for writer in self.writers.values():
            with suppress(OSError):
                writer.close()

    def _write(self, table: Table) -> None:
        self.writers[table.name].write_table(batch_of(table, self.waiting[table.name]))
        self.waiting[table.name].clear()
