"""``annex diff``: what changed between two runs, or between the annexes of two years."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, FilePath, Option
from pipeline.cli.options import lang_option
from pipeline.messages import N_, told

if TYPE_CHECKING:
    from pipeline.comparing.models import Diff

_FORMATS = ("terminal", "json", "markdown", "html", "patch")


@click.command(
    "diff",
    cls=Command,
    help=N_(
        "Show what changed between two runs.\n\n"
        "OLD and NEW are folders that runs have written, or one annex folder in them: two runs of one annex, or the "
        "annexes of two years. Projects are paired by title, organisations and text; facts that changed are told in "
        "the terms of the subject, apart from wording that changes none."
    ),
)
@click.argument("old", type=FilePath(exists=True, file_okay=False), metavar=N_("OLD"), cls=Argument)
@click.argument("new", type=FilePath(exists=True, file_okay=False), metavar=N_("NEW"), cls=Argument)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default=_FORMATS[0],
    metavar=N_("FORM"),
    cls=Option,
    show_default=True,
    help=N_(
        "terminal, for people; json, for programs; markdown, for a mail or ticket; html, one web page "
        "with both sides beside each other; patch, a JSON Patch (RFC 6902) that makes NEW of OLD."
    ),
)
@click.option(
    "--exit-code", "as_code", is_flag=True, cls=Option, help=N_("Exit with 1 when something changed, as git does.")
)
@lang_option
def command(old: str, new: str, form: str, as_code: bool) -> Exit:  # noqa: FBT001  # click calls by name
    """Show what changed between two runs."""
    from pipeline.cli.console import line
    from pipeline.records.reading import RecordsError

    try:
        is_changed = _show(Path(old), Path(new), form)
    except RecordsError as error:
        line(told(error))
        return Exit.WRONG_USE
    return Exit.INPUT_FAILED if as_code and is_changed else Exit.OK


def _show(old: Path, new: Path, form: str) -> bool:
    """Write the comparison on standard output; say whether there is any difference."""
    from pipeline.comparing.comparing import compare
    from pipeline.records.reading import read_records

    if form == "patch":
        from pipeline.comparing.patch import patch_between

        operations = patch_between(old, new)
        click.echo((json.dumps(operations, ensure_ascii=False, indent=2) + "\n").encode(), nl=False)
        return bool(operations)
    before, after = read_records(old), read_records(new)
    diff = compare(before, after)
    if form == "terminal":
        from pipeline.cli.changes import show_diff
        from pipeline.cli.console import console

        show_diff(console(), diff)
    elif form == "html":
        from pipeline.comparing.page import page

        for piece in page(diff, before, after):
            click.echo(piece.encode(), nl=False)
    else:
        click.echo(_WRITERS[form](diff).encode(), nl=False)
    return any(pair.kinds != ["unchanged"] for annex in diff.annexes for pair in annex.pairs)


def _json(diff: "Diff") -> str:
    return diff.model_dump_json(indent=2) + "\n"


def _markdown(diff: "Diff") -> str:
    from pipeline.comparing.markdown import markdown

    return markdown(diff)


_WRITERS: dict[str, Callable[["Diff"], str]] = {"json": _json, "markdown": _markdown}
