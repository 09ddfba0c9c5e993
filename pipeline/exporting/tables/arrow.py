"""Rows as Apache Arrow has them, which Parquet and DuckDB take in batches."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from pipeline.exporting.tables.definition import Row, Table, Type, Value
from pipeline.messages import _

_TYPES: dict[Type, Any] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "moment": pa.timestamp("us", tz="UTC"),
    "edtf": pa.string(),
    "json": pa.string(),
}


def schema_of(table: Table) -> Any:  # noqa: ANN401  # pyarrow has no types
    """Return the ``pyarrow.Schema`` of a table, with what each column says."""
    fields = [
        pa.field(
            column.name,
            _TYPES[column.type],
            nullable=column.name != table.key,
            metadata={"description": _(column.description)},
        )
        for column in table.columns
    ]
    return pa.schema(fields, metadata={"description": _(table.description)})


def batch_of(table: Table, rows: Sequence[Row]) -> Any:  # noqa: ANN401
    """Return rows as a ``pyarrow.Table``."""
    schema = schema_of(table)
    arrays = [pa.array([_value(row[at]) for row in rows], type=field.type) for at, field in enumerate(schema)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _value(value: Value) -> Value:
    return float(value) if isinstance(value, Decimal) else value
