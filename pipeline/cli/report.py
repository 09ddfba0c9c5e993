"""``annex report``: a run as one web page."""

from pathlib import Path

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, FilePath, Option
from pipeline.cli.options import lang_option
from pipeline.messages import N_, _, told


@click.command(
    "report",
    cls=Command,
    help=N_(
        "Make one web page of a run.\n\n"
        "OUT is a folder that a run has written, or one annex folder in it. The page shows what to look at first, each "
        "annex at a glance, and every project with its text, what was found in it and where. It is one file that asks "
        "nothing of any network: to read, to print, to send."
    ),
)
@click.argument("out", type=FilePath(exists=True, file_okay=False), metavar=N_("OUT"), cls=Argument)
@click.option(
    "-o",
    "--output",
    "file",
    type=FilePath(dir_okay=False, allow_dash=True),
    metavar=N_("FILE"),
    cls=Option,
    help=N_("Where to write the page; - for standard output.  [default: OUT-report.html, beside OUT]"),
)
@lang_option
def command(out: str, file: str | None) -> Exit:
    """Make one web page of a run."""
    from pipeline.cli.console import line
    from pipeline.errors import AnnexError, ToldError
    from pipeline.exporting.report.report import report
    from pipeline.records.reading import read_annexes, read_manifest
    from pipeline.records.writing import write_file

    folder = Path(out)
    try:
        page = report(read_annexes(folder), read_manifest(folder))
        if file == "-":
            for piece in page:
                click.echo(piece.encode(), nl=False)
            return Exit.OK
        path = Path(file) if file else _beside(folder)
        write_file(path, page)
    except AnnexError as error:
        line(told(error))
        return Exit.INPUT_FAILED
    except ToldError as error:
        line(told(error))
        return Exit.WRONG_USE
    click.echo(_("The report is {file}").format(file=path))
    return Exit.OK


def _beside(folder: Path) -> Path:
    whole = folder.resolve()
    return folder.parent / f"{whole.name}-report.html" if folder.name else whole.parent / f"{whole.name}-report.html"
