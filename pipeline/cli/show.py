"""``annex show``: one record for a person."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, FilePath
from pipeline.cli.options import lang_option
from pipeline.messages import N_, _, reason_of

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.records.models import ProjectRecord


@click.command(
    "show",
    cls=Command,
    help=N_(
        "Show one record.\n\n"
        "RECORD is a file that a run has written. The text is shown with what was found in it, in colour on a "
        "terminal, else in marks; then what was found means, what was repaired, and what to look at."
    ),
)
@click.argument("record", type=FilePath(exists=True, dir_okay=False), metavar=N_("RECORD"), cls=Argument)
@lang_option
def command(record: str) -> Exit:
    """Show one record."""
    from pydantic import ValidationError

    from pipeline.cli.console import console, line
    from pipeline.records.models import ProjectRecord

    try:
        read = ProjectRecord.model_validate_json(Path(record).read_bytes())
    except OSError as error:
        line(_("{file}: cannot be read ({reason})").format(file=record, reason=reason_of(error)))
        return Exit.INPUT_FAILED
    except ValidationError as error:
        message = _("{file}: this is no record; give a file that a run has written, such as 01-….json ({reason})")
        fault = error.errors(include_url=False)[0]
        line(message.format(file=record, reason=f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}".lstrip(": ")))
        return Exit.INPUT_FAILED
    _show(console(), read)
    return Exit.OK


def _show(to: "Console", record: "ProjectRecord") -> None:
    from rich.text import Text

    from pipeline.cli.console import plain
    from pipeline.cli.marks import coloured, legend, marked
    from pipeline.showing.spans import spans_of
    from pipeline.showing.words import pages_words

    in_colour = to.color_system is not None and not to.no_color
    draw = coloured if in_colour else marked
    source = [record.annex.label, record.annex.title, record.annex.source.file]
    if record.pages:
        source.append(_("page {pages}").format(pages=pages_words(record.pages)))
    to.print(plain(" – ".join(part for part in source if part)), style="dim")
    title = Text(f"{record.ordinal}. ").append_text(draw(record.title, spans_of(record, "title")))
    title.stylize("bold")
    to.print(title, end="\n\n")
    spans = spans_of(record, "text")
    to.print(draw(record.text, spans), end="\n\n")
    kinds = {span.kind for span in [*spans, *spans_of(record, "title")]}
    if kinds:
        to.print(legend(list(kinds), in_colour=in_colour), end="\n\n")
    _show_entities(to, record)
    _show_values(to, record)
    _show_notes(to, record)


def _show_entities(to: "Console", record: "ProjectRecord") -> None:
    from pipeline.cli.console import show_table, table
    from pipeline.showing.words import LOCATION_KINDS, ORGANISATION_KINDS, ROLES, confidence_words

    if record.organisations:
        made = table((_("Organisation"), "wrap"), _("Kind"), _("Roles"), _("In register"), _("Certainty"))
        rows = [
            (
                one.name,
                _(ORGANISATION_KINDS[one.kind]) if one.kind else "–",
                "\n".join(_(ROLES[role.role]) for role in one.roles) or "–",
                _("yes") if one.status == "known" else _("no: new"),
                confidence_words(one.confidence),
            )
            for one in record.organisations
        ]
        show_table(to, made, rows)
    if record.locations:
        made = table((_("Place"), "wrap"), _("Kind"), _("Certainty"))
        places = [(one.name, _(LOCATION_KINDS[one.kind]), confidence_words(one.confidence)) for one in record.locations]
        show_table(to, made, places)


def _show_values(to: "Console", record: "ProjectRecord") -> None:
    from pipeline.cli.console import show_table, table
    from pipeline.showing.words import (
        DATE_ROLES,
        FIGURE_KINDS,
        confidence_words,
        date_words,
        days_words,
        figure_words,
    )

    if record.dates:
        made = table((_("Date"), "wrap"), (_("Meaning"), "wrap"), _("Role"), _("Certainty"))
        rows = [
            (one.text, date_words(one), _(DATE_ROLES[one.role]) if one.role else "–", confidence_words(one.confidence))
            for one in record.dates
        ]
        show_table(to, made, rows)
    if record.figures:
        made = table((_("Figure"), "wrap"), (_("Meaning"), "wrap"), _("Kind"), _("As of"), _("Certainty"))
        figures = [
            (one.text, figure_words(one), _(FIGURE_KINDS[one.kind]), one.as_of or "–", confidence_words(one.confidence))
            for one in record.figures
        ]
        show_table(to, made, figures)
    if record.period.earliest or record.period.latest:
        running = days_words(record.period.earliest, record.period.latest)
        to.print(_("Running time: {days}").format(days=running), end="\n\n")


def _show_notes(to: "Console", record: "ProjectRecord") -> None:
    from pipeline.cli.console import plain, show_table, table
    from pipeline.showing.words import REPAIR_RULES, warning_words

    if record.repairs:
        made = table((_("The source says"), "wrap"), (_("The record says"), "wrap"), _("What was repaired"))
        repairs = [(one.raw, one.text, _(REPAIR_RULES[one.rule])) for one in record.repairs]
        show_table(to, made, repairs)
    for footnote in record.footnotes:
        to.print(plain(f"[{footnote.marker}] {footnote.text}"))
    for warning in record.warnings:
        to.print(_("Look at this: {warning}").format(warning=plain(warning_words(warning))), style="bold yellow")
