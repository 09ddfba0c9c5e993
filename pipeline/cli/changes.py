"""What changed, on the terminal: project by project, facts before wording."""

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.cli.console import plain
from pipeline.comparing.glimpse import glimpse
from pipeline.comparing.models import AnnexDiff, Change, Diff, Pair
from pipeline.comparing.words import (
    annex_words,
    change_words,
    kinds_words,
    old_title,
    page_words,
    pair_title,
    reading_words,
    summary_words,
)
from pipeline.messages import _

_SIGNS = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow"), "renamed": ("~", "yellow")}


def show_diff(to: Console, diff: Diff) -> None:
    """Show a comparison; projects that did not change are counted only."""
    for annex in diff.annexes:
        _show_annex(to, annex)


def _show_annex(to: Console, annex: AnnexDiff) -> None:
    to.print(Text(plain(annex_words(annex)), "bold"))
    to.print(Text(summary_words(annex)))
    to.print()
    for pair in annex.pairs:
        if pair.kinds != ["unchanged"]:
            _show_pair(to, pair)


def _show_pair(to: Console, pair: Pair) -> None:
    number = pair.new[0].ordinal if pair.new else pair.old[0].ordinal
    head = Table.grid(padding=(0, 1))
    head.add_column(justify="right", width=3)
    head.add_column(ratio=1, overflow="fold")
    head.add_column(justify="right", no_wrap=True)
    head.expand = True
    head.add_row(str(number), Text(plain(pair_title(pair)), "bold"), Text(kinds_words(pair.kinds), "cyan"))
    if before := old_title(pair):
        head.add_row("", Text(f"{_('was')}: {plain(before)}", "dim"), "")
    to.print(head)
    lines = Table.grid(padding=(0, 1))
    lines.add_column(justify="right", width=3)
    lines.add_column(width=1)
    lines.add_column(ratio=1, overflow="fold")
    lines.add_column(justify="right", no_wrap=True)
    lines.expand = True
    is_under_reading = False
    for change in pair.changes:
        if change.kind not in {"text", "title"}:
            if change.is_reading and not is_under_reading:
                lines.add_row("", "", Text(f"{reading_words()}:", "dim"), "")
                is_under_reading = True
            sign, style = _SIGNS[change.what]
            words = Text(plain(change_words(change)), "dim" if change.is_reading else "")
            lines.add_row("", Text(sign, "dim" if change.is_reading else style), words, Text(page_words(change), "dim"))
    if lines.row_count:
        to.print(lines)
    for change in pair.changes:
        if change.kind == "text":
            to.print(Padding(Text.assemble((_("wording") + ": ", "dim"), *_words(to, change)), (0, 0, 0, 6)))
    to.print()


def _words(to: Console, change: Change) -> Iterator[Text]:
    """Give the words that changed, in colour, or in ``[-…-]`` and ``{+…+}`` where there is none."""
    has_colour = to.color_system is not None
    for piece in glimpse(change.runs):
        text = plain(piece.text)
        if piece.what == "equal":
            yield Text(text, "dim")
        elif has_colour:
            yield Text(text, "red strike" if piece.what == "removed" else "green")
        else:
            yield Text(f"[-{text}-]" if piece.what == "removed" else "{+" + text + "+}")
