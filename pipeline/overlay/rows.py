"""The rows of a CSV file that people edit by hand: each with its line, and what is wrong told by it."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import AnnexError

ORGANISATIONS = "organisations.csv"
ALIASES = "aliases.csv"
DENIED = "denied.csv"
COLUMNS: dict[str, tuple[str, ...]] = {
    ORGANISATIONS: (
        "id",
        "name",
        "kind",
        "aliases",
        "abbreviations",
        "parent",
        "region",
        "valid_from",
        "valid_until",
        "successor",
    ),
    ALIASES: ("id", "form", "kind"),
    DENIED: ("form", "why"),
}
"""The columns of each file, in their order."""

_NEEDED = {ORGANISATIONS: ("id", "name", "kind"), ALIASES: ("id", "form"), DENIED: ("form",)}
_LISTS = frozenset({"aliases", "abbreviations"})
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file with its line, to tell what is wrong with it."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def broken(self, template: str, **values: object) -> AnnexError:
        """Return the error that says so; `template` may hold ``{file}`` and ``{line}``."""
        return AnnexError("corrupt_file", template, file=self.file, line=self.line, **values)


def one_line(text: str) -> str:
    """Return a text with single spaces and its letters whole: as it is compared, and as it is written."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def has_controls(text: str) -> bool:
    """Whether a text has a line break or another character in it that no name has."""
    return _CONTROLS.search(text) is not None


def rows_of(folder: Path, file: str) -> Iterator[Row]:
    """Give the rows of a file. Commas or semicolons part the cells, as a spreadsheet may have saved it."""
    try:
        text = (folder / file).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Row(file, line, {}).broken(
            "{file}, line {line}: this is no UTF-8; save the file as CSV with UTF-8"
        ) from None
    except OSError as error:
        raise AnnexError(
            "unreadable",
            "{file} cannot be read ({reason}); check its permissions",
            file=file,
            reason=error.strerror or str(error),
        ) from None
    head_line = text.split("\n", 1)[0]
    delimiter = ";" if ";" in head_line and "," not in head_line else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    head: list[str] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if head is None:
                head = _head(file, reader.line_num, cells)
            else:
                yield _row(file, reader.line_num, head, cells)
    except csv.Error as error:
        raise Row(file, reader.line_num, {}).broken(
            "{file}, line {line}: this is no row of a CSV file ({reason}); look at its quotation marks", reason=error
        ) from None


def _head(file: str, line: int, cells: Sequence[str]) -> list[str]:
    head = [cell.strip() for cell in cells]
    row = Row(file, line, {})
    if missing := [column for column in _NEEDED[file] if column not in head]:
        raise row.broken(
            "{file}, line {line}: the head lacks {missing}; its columns are {columns}",
            missing=", ".join(missing),
            columns=", ".join(COLUMNS[file]),
        )
    if odd := [column for column in head if column not in COLUMNS[file] or head.count(column) > 1]:
        raise row.broken(
            "{file}, line {line}: {odd} is no column here, or stands there twice; the columns are {columns}",
            odd=odd[0] or "“”",
            columns=", ".join(COLUMNS[file]),
        )
    return head


def _row(file: str, line: int, head: Sequence[str], cells: Sequence[str]) -> Row:
    row = Row(file, line, {column: one_line(cell) for column, cell in zip(head, cells, strict=False)})
    if len(cells) != len(head):
        raise row.broken(
            "{file}, line {line}: there are {count} cells, and the head has {wanted}; put quotation marks around a "
            "cell that has a comma",
            count=len(cells),
            wanted=len(head),
        )
    if any(map(has_controls, cells)):
        raise row.broken("{file}, line {line}: a cell has a line break or a control character in it; take it out")
    if missing := [column for column in _NEEDED[file] if not row[column]]:
        raise row.broken("{file}, line {line}: the cell of {column} is empty; fill it", column=missing[0])
    for column in head:
        if "|" in row[column] and column not in _LISTS:
            raise row.broken("{file}, line {line}: {column} holds one thing; take the | out", column=column)
    return row
