"""What `extract` tells at its end: what was found, what to look at, where it lies."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pipeline.batch.outcome import Outcome
from pipeline.batch.work import AnnexSummary, RecordSummary
from pipeline.cli.console import plain, show_table, table
from pipeline.messages import _, ngettext
from pipeline.showing.words import pages_words, warning_words

SHOWN_WARNINGS = 20
SHOWN_NAMES = 8
"""More than these are counted, not listed."""


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
    _show_decided(to, annexes)
    _show_new(to, sorted({name for record in records for name in record.new_organisations}))
    _show_warnings(to, annexes)
    if records:
        first = out / annexes[0].id / annexes[0].records[0].file
        to.print(_("Look at one record: {command}").format(command=plain(f"annex show {first}")), soft_wrap=True)


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
        _("Total"),
        *([""] if paged else []),
        sum(record.organisations for record in annex.records),
        sum(record.dates for record in annex.records),
        sum(record.figures for record in annex.records),
        annex.warning_count(),
    )
    for column, total in zip(made.columns, totals, strict=True):
        column.footer = str(total)
    show_table(to, made, [_row(record, paged=paged) for record in annex.records])


def _row(record: RecordSummary, *, paged: bool) -> Sequence[object]:
    return (
        record.ordinal,
        record.title,
        *([pages_words(record.pages)] if paged else []),
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


def _show_decided(to: Console, annexes: Sequence[AnnexSummary]) -> None:
    """Say how many of the decisions that were given hold, and how many no longer fit what the text says."""
    held = len({one for annex in annexes for one in annex.decided.held})
    conflicts = len({one for annex in annexes for one in annex.decided.conflicts})
    gone = [words for annex in annexes for words in annex.decided.gone]
    if not held and not conflicts and not gone:
        return
    line = ngettext("{count} decision holds, in {projects}", "{count} decisions hold, in {projects}", held)
    to.print(line.format(count=held, projects=_projects(sum(annex.decided.projects for annex in annexes))))
    if conflicts:
        line = ngettext(
            "{count} decision no longer fits what the text says, in {projects}: see the warnings",
            "{count} decisions no longer fit what the text says, in {projects}: see the warnings",
            conflicts,
        )
        projects = _projects(sum(annex.decided.conflict_projects for annex in annexes))
        to.print(line.format(count=conflicts, projects=projects), style="bold")
    if gone:
        line = ngettext(
            "{count} decision has nothing to hold on to any more, for its words are gone: {words}",
            "{count} decisions have nothing to hold on to any more, for their words are gone: {words}",
            len(gone),
        )
        to.print(line.format(count=len(gone), words=_listed([f"“{plain(' '.join(one.split()))}”" for one in gone])))


def _listed(names: Sequence[str]) -> str:
    """Return the first of some names, and how many more there are."""
    shown = ", ".join(names[:SHOWN_NAMES])
    return shown + (_(" and {count} more").format(count=len(names) - SHOWN_NAMES) if len(names) > SHOWN_NAMES else "")


def _projects(count: int) -> str:
    return ngettext("{count} project", "{count} projects", count).format(count=count)


def _show_new(to: Console, names: Sequence[str]) -> None:
    if not names:
        return
    line = ngettext(
        "{count} organisation that the register does not know: {names}",
        "{count} organisations that the register does not know: {names}",
        len(names),
    )
    to.print(line.format(count=len(names), names=_listed([plain(name) for name in names])))


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
            yield f"{annex.id} #{record.ordinal}", warning_words(warning)
