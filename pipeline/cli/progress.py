"""How far a run is, shown to people at a terminal: count, rate, time left."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.messages import _

if TYPE_CHECKING:
    from pipeline.logs import Log


@contextmanager
def progress(count: int, log: "Log") -> "Iterator[tuple[Callable[[], None], Log]]":
    """Show how far a run is; give what moves it on, and a log that writes beside it.

    Where nobody watches, or the log is for programs, nothing is shown.
    """
    import sys

    if not count or log.form != "text" or not sys.stderr.isatty():
        yield lambda: None, log
        return
    from rich import progress as parts
    from rich.text import Text

    from pipeline.cli.console import console, plain

    class Rate(parts.ProgressColumn):
        """Inputs a minute."""

        def render(self, task: parts.Task) -> Text:
            """Show it once there is one."""
            return Text(_("{rate:.0f} a minute").format(rate=60 * task.speed) if task.speed else "")

    columns: list[parts.ProgressColumn] = [parts.SpinnerColumn(), parts.TextColumn("{task.description}")]
    if count > 1:
        columns += [parts.BarColumn(), parts.MofNCompleteColumn(), Rate(), parts.TimeRemainingColumn()]
    columns.append(parts.TimeElapsedColumn())
    with parts.Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("Reading"), total=count)
        yield (
            lambda: bar.advance(task),
            replace(log, write=lambda text: bar.console.print(plain(text), soft_wrap=True)),
        )
