"""``annex evaluate``: the score of records against gold."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, FilePath, Option
from pipeline.cli.options import lang_option
from pipeline.messages import N_, _, told

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.evaluating import Finding, Report

_KINDS = {
    "projects": N_("projects"),
    "organisations": N_("organisations"),
    "roles": N_("roles"),
    "dates": N_("dates"),
    "figures": N_("figures"),
    "locations": N_("places"),
    "comparators": N_("comparators"),
}


@click.command(
    "evaluate",
    cls=Command,
    help=N_(
        "Score the records of a run against gold.\n\n"
        "OUT is the folder that a run has written; each GOLD a file that says what the records must hold, or "
        "a folder of such files. Shown are the scores of each document and of all together, and how far "
        "stated certainty can be trusted."
    ),
)
@click.argument("out", type=FilePath(exists=True, file_okay=False), metavar=N_("OUT"), cls=Argument)
@click.argument("gold", nargs=-1, required=True, type=FilePath(exists=True), metavar=N_("GOLD..."), cls=Argument)
@click.option("-v", "--verbose", is_flag=True, cls=Option, help=N_("List what was missed and what was too much."))
@click.option("--json", "as_json", is_flag=True, cls=Option, help=N_("Print everything as JSON."))
@lang_option
def command(out: str, gold: Sequence[str], verbose: bool, as_json: bool) -> Exit:  # noqa: FBT001  # click calls by name
    """Score the records of a run against gold."""
    from pipeline.cli.console import console, line
    from pipeline.evaluating import GoldError, PairingError, evaluate, read_golds
    from pipeline.records.reading import RecordsError, read_records

    try:
        report = evaluate(read_records(Path(out)), read_golds(Path(one) for one in gold))
    except (GoldError, PairingError, RecordsError) as error:
        line(told(error))
        return Exit.INPUT_FAILED
    if as_json:
        click.echo((json.dumps(report.as_dict(), ensure_ascii=False, indent=2) + "\n").encode(), nl=False)
        return Exit.OK
    to = console()
    _show_scores(to, report)
    _show_reliability(to, report)
    if verbose:
        _show_findings(to, _("Missed"), report.misses())
        _show_findings(to, _("Too much"), report.extras())
    if report.without_gold:
        names = ", ".join(report.without_gold)
        to.print(_("Without gold, and not scored: {names}").format(names=names))
    return Exit.OK


def _show_scores(to: "Console", report: "Report") -> None:
    from pipeline.cli.console import show_table, table
    from pipeline.showing.words import ratio_words

    rows = report.rows(per_document=len(report.documents) > 1)
    for document in dict.fromkeys(row.document for row in rows):
        made = table(
            (document or _("All documents"), "wrap"),
            (_("Gold"), "right"),
            (_("Found"), "right"),
            (_("Missed"), "right"),
            (_("Too much"), "right"),
            (_("Precision"), "right"),
            (_("Recall"), "right"),
            ("F1", "right"),
        )
        own = [row for row in rows if row.document == document]
        cells = [
            (
                _(_KINDS[row.kind]),
                row.gold,
                row.found,
                row.missed,
                row.spurious,
                *(ratio_words(value) for value in (row.precision, row.recall, row.f1)),
            )
            for row in own
        ]
        show_table(to, made, cells)


def _show_reliability(to: "Console", report: "Report") -> None:
    from pipeline.cli.console import show_table, table
    from pipeline.showing.words import ratio_words

    made = table(
        (_("Stated certainty against share right"), "wrap"),
        (_("From"), "right"),
        (_("To"), "right"),
        (_("Stated"), "right"),
        (_("Right"), "right"),
        (_("Number"), "right"),
    )
    cells = [
        (
            _(_KINDS[one.kind]),
            ratio_words(band.low, 2),
            ratio_words(band.high, 2),
            ratio_words(band.stated),
            ratio_words(band.right.share),
            band.right.of,
        )
        for one in report.reliability
        for band in one.bands
    ]
    if cells:
        show_table(to, made, cells)


def _show_findings(to: "Console", heading: str, findings: "Sequence[Finding]") -> None:
    from rich.text import Text

    from pipeline.cli.console import plain

    to.print(f"{heading}: {len(findings)}", style="bold")
    project = None
    for one in findings:
        if (one.document, one.project) != project:
            project = (one.document, one.project)
            to.print(plain(f"  {one.document}: {one.project}"))
        what = f"“{one.text}”" + (f" = {one.value}" if one.value != one.text else "")
        to.print(Text.assemble("    ", (_(_KINDS[one.kind]), "bold"), f"  {plain(what)}{_place(one)}"))
    to.print()


def _place(one: "Finding") -> str:
    if one.place is None:
        return ""
    field = _("title") if one.place.field == "title" else _("text")
    where = f"  {field} {one.place.start}-{one.place.end}"
    return where + (", " + _("page {pages}").format(pages=one.place.page) if one.place.page else "")
