"""``annex doctor``: what is there on this machine, and what is missing."""

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Command
from pipeline.cli.options import config_option, current, lang_option, settings_option, use_cache
from pipeline.messages import N_, _

_STATES = {"ok": N_("ok"), "lacking": N_("missing"), "broken": N_("broken")}


@click.command(
    "doctor",
    cls=Command,
    help=N_(
        "Say what is there on this machine, and what is missing.\n\n"
        "Each thing that the program uses is one line, with what to do where it is missing. The exit code is 0 when "
        "annexes can be extracted, if need be all but scans; else it is 1."
    ),
)
@config_option
@settings_option
@lang_option
def command() -> Exit:
    """Say what is there on this machine, and what is missing."""
    from pipeline.batch.pool import quieten
    from pipeline.cli.console import console, plain
    from pipeline.cli.machine import examine

    quieten()
    resolved = current()
    use_cache(resolved)
    findings = examine(resolved.settings.config)
    screen = console()
    width = max(len(_(state)) for state in _STATES.values())
    for one in findings:
        said = _(one.template).format(**one.values)
        advice = f" – {_(one.advice).format(**one.values)}" if one.advice else ""
        screen.print(plain(f"{_(_STATES[one.state]):{width}} {_(one.name)}: {said}{advice}"), soft_wrap=True)
    return Exit.INPUT_FAILED if any(one.state == "broken" for one in findings) else Exit.OK
