"""What `extract` tells at its end: what was found, what to look at, where it lies."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pipeline.batch.run import Outcome
from pipeline.batch.work import AnnexSummary, RecordSummary
from pipeline.cli.console import plain, rows_of, table
from pipeline.cli.messages import N_, _, ngettext
from pipeline.records.models import Warning

SHOWN_WARNINGS = 20
"""More than these are counted, not listed."""

_WARNINGS = {
    "low_confidence_heading": N_("the heading reads like a sentence; check that a project begins here"),
    "row_without_title": N_("a row of the table has no title; check what project it is"),
    "read_by_ocr": N_("the text was read from a picture; check names and numbers"),
    "poor_text_layer": N_("part of the text can hardly be read; compare with the source"),
    "not_dutch": N_("the text does not read as Dutch"),
    "empty_section": N_("no text stands under the heading"),
    "limits_near": N_("the file is almost too large"),
    "conflict": N_("an earlier decision no longer fits what the text says"),
}


def show_summary(to: Console, outcomes: Sequence[Outcome], out: Path) -> None:
    """Show a table for each annex, then the totals, what to look at and where the files are."""
    annexes = [annex for outcome in outcomes for annex in outcome.annexes]
    for annex in annexes:
        _show_annex(to, annex)
    records = [record for annex in annexes for record in annex.records]
    to.print(_totals(len(records), len(annexes), out), style="bold", soft_wrap=True)
    if failed := sum(outcome.error is not None for outcome in outcomes):
        line = ngettext("{count} input failed; see above.", "{count} inputs failed; see above.", failed)
        to.print(line.format(count=failed), style="bold red")
    if new := sum(record.new_organisations for record in records):
        line = ngettext(
            "{count} organisation is new to the register: judge it.",
            "{count} times an organisation is new to the register: judge them.",
            new,
        )
        to.print(line.format(count=new))
    _show_warnings(to, annexes)
    if records:
        first = out / annexes[0].id / annexes[0].records[0].file
        to.print(_("Look at one record: {command}").format(command=plain(f"annex show {first}")), soft_wrap=True)


def pages_as_text(pages: Sequence[int]) -> str:
    """Write pages shortly: ``3``, ``3-5``, ``3, 7``; a dash where there are none."""
    if not pages:
        return "–"
    runs: list[list[int]] = [[pages[0]]]
    for before, page in pairwise(pages):
        if page == before + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def warning_words(warning: Warning) -> str:
    """Return what a warning says in the language in use; one that is not known here as it was written."""
    return _(_WARNINGS[warning.code]) if warning.code in _WARNINGS else f"{warning.message} ({warning.code})"


def _show_annex(to: Console, annex: AnnexSummary) -> None:
    heading = Text(annex.id, style="bold")
    named = " – ".join(part for part in (annex.label, annex.title) if part)
    if named:
        heading.append(f"  {plain(named)}", style="not bold")
    to.print(heading)
    paged = any(record.pages for record in annex.records)
    made = table(
        ("#", "right"),
        (_("Project"), "wrap"),
        *([(_("Pages"), "right")] if paged else []),
        (_("Orgs"), "right"),
        (_("Dates"), "right"),
        (_("Figures"), "right"),
        (_("Warnings"), "right"),
    )
    made.show_footer = True
    totals = (
        "",
        "",
        *([""] if paged else []),
        sum(record.organisations for record in annex.records),
        sum(record.dates for record in annex.records),
        sum(record.figures for record in annex.records),
        annex.warning_count(),
    )
    for column, total in zip(made.columns, totals, strict=True):
        column.footer = str(total)
    to.print(rows_of(made, [_row(record, paged=paged) for record in annex.records]))
    to.print()


def _row(record: RecordSummary, *, paged: bool) -> Sequence[object]:
    return (
        record.ordinal,
        record.title,
        *([pages_as_text(record.pages)] if paged else []),
        record.organisations or "–",
        record.dates or "–",
        record.figures or "–",
        len(record.warnings) or "–",
    )


def _totals(records: int, annexes: int, out: Path) -> str:
    if not records:
        return _("Nothing was written to {out}.").format(out=plain(out))
    counted = ngettext("{count} record", "{count} records", records).format(count=records)
    source = ngettext("{count} annex", "{count} annexes", annexes).format(count=annexes)
    return _("{records} from {annexes} in {out}").format(records=counted, annexes=source, out=plain(out))


def _show_warnings(to: Console, annexes: Sequence[AnnexSummary]) -> None:
    lines = [line for annex in annexes for line in _warning_lines(annex)]
    if not lines:
        return
    count = len(lines)
    to.print(ngettext("{count} warning to look at:", "{count} warnings to look at:", count).format(count=count))
    for where, words in lines[:SHOWN_WARNINGS]:
        to.print(Text.assemble("  ", (plain(where), "bold"), f": {plain(words)}"))
    if count > SHOWN_WARNINGS:
        to.print(_("  and {count} more, in the records").format(count=count - SHOWN_WARNINGS))


def _warning_lines(annex: AnnexSummary) -> Iterator[tuple[str, str]]:
    for warning in annex.warnings:
        yield annex.id, warning_words(warning)
    for record in annex.records:
        for warning in record.warnings:
            yield f"{annex.id} {record.ordinal} {record.title}", warning_words(warning)
