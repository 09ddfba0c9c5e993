"""``annex query``: a question in SQL over the tables of a run."""

import io
import json
import math
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, FilePath, Option
from pipeline.cli.options import lang_option
from pipeline.messages import N_, _, ngettext, told

if TYPE_CHECKING:
    from pipeline.exporting.tables.querying import Answer

FORMATS = ("table", "csv", "json")
_SHOWN = 1000
"""Rows that a person is shown; programs get all."""
_NARROW = 12
"""Columns of a terminal that a column of the answer needs to be read."""
_NEEDS = ("duckdb", "pyarrow")


@click.command(
    "query",
    cls=Command,
    help=N_(
        "Ask a run a question in SQL.\n\n"
        "SQL is one statement that reads, such as “SELECT name, projects FROM organisation_totals”; docs/tables.md "
        "says what tables there are, and so does “SHOW TABLES”. OUT is a folder of records; “out” if not given."
    ),
)
@click.argument("sql", metavar=N_("SQL"), cls=Argument)
@click.argument("out", default="out", type=FilePath(exists=True, file_okay=False), metavar=N_("[OUT]"), cls=Argument)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    cls=Option,
    help=N_("A table for people, or CSV (as annex export writes it) or JSON for programs."),
)
@lang_option
def command(sql: str, out: str, form: str) -> Exit:
    """Ask a run a question in SQL."""
    from pipeline.cli.console import line, plain
    from pipeline.cli.export import approved_of, decisions_of
    from pipeline.errors import MissingExtraError
    from pipeline.exporting.tables.exporting import require
    from pipeline.records.reading import RecordsError
    from pipeline.reviewing.decisions.lines import LogError

    folder = Path(out)
    try:
        require("annex query", _NEEDS)
    except MissingExtraError as error:
        line(told(error))
        return Exit.INPUT_FAILED
    from pipeline.exporting.tables.querying import NoQueryError, QueryError, ask, database

    try:
        with database(folder, decisions_of(approved_of(folder))) as tables:
            answer = ask(tables, sql)
            if form == "table":
                _show(answer)
            else:
                for piece in _csv(answer) if form == "csv" else _json(answer):
                    click.echo(piece.encode("utf-8", "replace"), nl=False)
    except (RecordsError, LogError, QueryError) as error:
        line(plain(told(error)))
        return Exit.WRONG_USE if isinstance(error, NoQueryError) else Exit.INPUT_FAILED
    return Exit.OK


def _show(answer: "Answer") -> None:
    from pipeline.cli.console import console, line, show_table, table

    to = console()
    rows = list(islice(answer.rows, _SHOWN + 1))
    shown: list[list[object]] = [["" if value is None else _said(value) for value in row] for row in rows[:_SHOWN]]
    if len(answer.columns) * _NARROW > to.width:
        for row in shown:
            show_table(to, table("", ("", "wrap")), zip(answer.columns, row, strict=True))
    else:
        made = table()
        for name, is_number in zip(answer.columns, answer.are_numbers, strict=True):
            made.add_column(name, justify="right" if is_number else "left", overflow="fold")
        show_table(to, made, shown)
    if len(rows) > _SHOWN:
        line(_("the first {count} rows; --format csv or json gives all").format(count=_SHOWN))
    else:
        line(ngettext("{count} row", "{count} rows", len(rows)).format(count=len(rows)))


def _said(value: object) -> str:
    from pipeline.exporting.tables.text import written

    return written(value) if isinstance(value, date) else str(value)


def _csv(answer: "Answer") -> Iterator[str]:
    from pipeline.exporting.tables.text import BOM, cell, csv_writer, harmless

    buffer = io.StringIO()
    writer = csv_writer(buffer)
    buffer.write(BOM)
    writer.writerow([harmless(name) for name in answer.columns])
    for row in answer.rows:
        yield _taken(buffer)
        writer.writerow([cell(value) for value in row])
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _json(answer: "Answer") -> Iterator[str]:
    before = "["
    for row in answer.rows:
        values = {name: _plain(value) for name, value in zip(answer.columns, row, strict=True)}
        yield before + "\n" + json.dumps(values, ensure_ascii=False, default=_said)
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _plain(value: object) -> object:
    """Return a value as JSON has it: it knows no infinity."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
