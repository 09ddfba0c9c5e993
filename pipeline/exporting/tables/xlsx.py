"""The tables as a workbook for Excel and LibreOffice: a sheet for each, and one that says what the columns are.

Text is written as text, and what looks like a formula carries the prefix that Excel gives to what is typed after an
apostrophe, so that editing one makes no formula of it either. XlsxWriter keeps one row of each sheet in memory.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.exporting.tables.definition import TABLES, Column, Row, Table, Type, Value
from pipeline.exporting.tables.text import harmless
from pipeline.messages import _, ngettext

ROWS = 1_048_576
"""Rows of a sheet, its head among them (ECMA-376; Excel's limits)."""
LETTERS = 32_767
"""UTF-16 code units of a cell."""
_DIGITS = 15
"""Digits of a number that a spreadsheet keeps."""
_LARGEST = 9.99e307
"""The largest number that can be typed into Excel."""
_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel and LibreOffice count days differently, before 1900 Excel has none."""
# What XML 1.0 cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EURO = "[$€-413] #,##0.00"
_WIDTHS: dict[Type, int] = {
    "text": 22, "integer": 8, "number": 12, "boolean": 10, "date": 12, "moment": 18, "edtf": 16, "json": 20,
}  # fmt: skip
_WIDE = {"title": 50, "text": 50, "name": 34, "message": 50, "source_file": 30, "source_sha256": 14}
_HEIGHT = 16
"""Of a row, in points: said, for a row is else as high as its text has lines."""
_ARROW = 3
"""Width that the button of the filter takes beside the name."""
_STYLES: dict[str, dict[str, object]] = {
    "head": {"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "valign": "top"},
    "whole": {"num_format": "#,##0"},
    "plain": {"num_format": "0"},
    "fraction": {"num_format": "#,##0.0##############"},
    "share": {"num_format": "0.00"},
    "euro": {"num_format": _EURO},
    "date": {"num_format": "dd-mm-yyyy"},
    "moment": {"num_format": "dd-mm-yyyy hh:mm"},
    "quoted": {"quote_prefix": True},
}
"""Formats name the Dutch order of a date; which signs stand in a number is up to the reader's own settings."""


class XlsxSink:
    """One workbook."""

    def __init__(self, path: Path) -> None:
        options = {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "use_zip64": True,
        }
        self.book = xlsxwriter.Workbook(str(path), options)
        self.book.set_properties({"created": datetime(2000, 1, 1)})  # the same bytes every time
        self.styles = {name: self.book.add_format(style) for name, style in _STYLES.items()}
        self.cut = 0
        self.continued: list[str] = []
        self._explain()
        self.sheets = {table.name: _Sheet(self, table) for table in TABLES}

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """Write rows."""
        for row in rows:
            sheet = self.sheets[table.name]
            if sheet.at == ROWS:
                sheet.end()
                sheet = self.sheets[table.name] = _Sheet(self, table, sheet.number + 1)
                self.continued.append(sheet.name)
            sheet.write(row)

    def finish(self) -> Iterable[str]:
        """Set the filters and write the workbook."""
        for sheet in self.sheets.values():
            sheet.end()
        try:
            self.book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(*error.args[0].args) from error
        notes = []
        if self.cut:
            said = ngettext(
                "{count} cell is longer than a workbook can hold, and was cut",
                "{count} cells are longer than a workbook can hold, and were cut",
                self.cut,
            )
            notes.append(said.format(count=self.cut))
        if self.continued:
            said = _("there are more rows than a sheet can hold; they go on in {sheets}")
            notes.append(said.format(sheets=", ".join(self.continued)))
        return notes

    def give_up(self) -> None:
        """Let go of the workbook."""
        self.book.fileclosed = 1

    def text(self, text: str) -> str:
        """Return text as a cell can hold it."""
        text = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
        units = text.encode("utf-16-le")
        if len(units) <= 2 * LETTERS:
            return text
        self.cut += 1
        return units[: 2 * (LETTERS - 1)].decode("utf-16-le", "ignore") + "…"

    def _explain(self) -> None:
        sheet = self.book.add_worksheet(_("about"))
        heads = (_("table"), _("column"), _("what it says"), _("type"), _("comes from"))
        for at, (head, width) in enumerate(zip(heads, (16, 18, 80, 10, 34), strict=True)):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, head, self.styles["head"])
        row = 0
        for table in TABLES:
            lines = [(table.name, "", _(table.description), "", "")]
            lines += [(table.name, one.name, _(one.description), one.type, one.source) for one in table.columns]
            for line in lines:
                row += 1
                for at, word in enumerate(line):
                    if word:
                        sheet.write_string(row, at, word)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, row, len(heads) - 1)


class _Sheet:
    """One sheet of a table."""

    def __init__(self, sink: XlsxSink, table: Table, number: int = 1) -> None:
        self.sink, self.table, self.number = sink, table, number
        self.name = table.name if number == 1 else f"{table.name} ({number})"
        self.sheet: Any = sink.book.add_worksheet(self.name)
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_default_row(_HEIGHT)
        self.kind = next((at for at, column in enumerate(table.columns) if column.name == "unit"), None)
        for at, column in enumerate(table.columns):
            width = max(_WIDE.get(column.name, _WIDTHS[column.type]), len(column.name) + _ARROW)
            self.sheet.set_column(at, at, width)
            self.sheet.write_string(0, at, column.name, sink.styles["head"])
        self.at = 1

    def write(self, row: Row) -> None:
        """Write a row below the others."""
        unit = row[self.kind] if self.kind is not None else None
        for at, (column, value) in enumerate(zip(self.table.columns, row, strict=True)):
            if value is not None:
                self._cell(at, column, value, is_euro=unit == "EUR")
        self.at += 1

    def end(self) -> None:
        """Set the filter: how many rows there are is known now."""
        self.sheet.autofilter(0, 0, max(self.at - 1, 1), len(self.table.columns) - 1)

    def _cell(self, at: int, column: Column, value: Value, *, is_euro: bool) -> None:
        styles = self.sink.styles
        if isinstance(value, bool):
            self.sheet.write_boolean(self.at, at, value)
        elif isinstance(value, int | float | Decimal):
            self._number(at, column, value, is_euro=is_euro)
        elif isinstance(value, datetime):
            self.sheet.write_datetime(self.at, at, value.replace(tzinfo=None), styles["moment"])
        elif (day := _day_of(column, value)) is not None:
            self.sheet.write_datetime(self.at, at, day, styles["date"])
        elif text := self.sink.text(str(value)):
            self.sheet.write_string(self.at, at, text, styles["quoted"] if harmless(text) != text else None)

    def _number(self, at: int, column: Column, value: float | Decimal, *, is_euro: bool) -> None:
        is_long = isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > _DIGITS
        if is_long or value > _LARGEST or value < -_LARGEST:
            self.sheet.write_string(self.at, at, f"{value:f}", self.sink.styles["quoted"])
            return
        name = "plain"
        if column.type == "number":
            is_whole = value == int(value)
            name = "euro" if is_euro else "whole" if is_whole else "fraction"
            name = "share" if column.name == "confidence" else name
        self.sheet.write_number(self.at, at, value, self.sink.styles[name])


def _day_of(column: Column, value: Value) -> date | None:
    """Return the day that a cell says; None where it is no single day that a spreadsheet knows."""
    if column.type == "edtf" and isinstance(value, str) and _DAY.fullmatch(value):
        value = date.fromisoformat(value)
    return value if isinstance(value, date) and value >= _FIRST_DAY else None
