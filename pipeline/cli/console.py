"""Where the commands write: rich consoles, and text from outside made fit for a terminal."""

import re
import sys
from collections.abc import Iterable, Sequence

import click
from rich.box import Box
from rich.console import Console
from rich.table import Table

# What moves the cursor or changes the terminal; line ends and tabs stay.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# A rule under the head and above the foot, nothing else.
_RULES = Box("    \n    \n ── \n    \n    \n ── \n    \n    \n")


def plain(text: object) -> str:
    """Return text of a document, a file name or a message without control characters: it came from outside."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", str(text)).encode("utf-8", "replace").decode("utf-8")


def console(*, stderr: bool = False) -> Console:
    """Return a console that takes text as it is; without a terminal it has no colour and 80 columns."""
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def line(text: str) -> None:
    """Write one line on standard error."""
    click.echo(plain(text), err=True)


def table(*columns: tuple[str, str] | str) -> Table:
    """Return a table with light rules.

    Parameters
    ----------
    columns
        Of each the heading; with ``"right"`` numbers, with ``"wrap"`` the column that takes the room that is left.
    """
    made = Table(
        box=_RULES,
        pad_edge=False,
        show_edge=False,
        collapse_padding=True,
    )
    for column in columns:
        name, kind = (column, "left") if isinstance(column, str) else column
        made.add_column(
            name,
            justify="right" if kind == "right" else "left",
            no_wrap=kind != "wrap",
            ratio=1 if kind == "wrap" else None,
            overflow="fold",
        )
    return made


def show_table(to: Console, made: Table, rows: Iterable[Sequence[object]]) -> None:
    """Fill a table and show it, with a blank line after it; text from outside is made fit for a terminal."""
    for row in rows:
        made.add_row(*(plain(cell) for cell in row))
    to.print(made)
    to.print()


def is_terminal() -> bool:
    """Say whether a person watches standard error."""
    return sys.stderr.isatty()
