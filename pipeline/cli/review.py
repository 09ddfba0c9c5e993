"""``annex review``: look at what changed, decide, and publish, on pages in a browser on this machine."""

import getpass
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.exits import Exit
from pipeline.cli.framework import Argument, Command, FilePath, Option
from pipeline.cli.options import config_option, current, lang_option
from pipeline.messages import N_, _, language_in_use, ngettext, told

if TYPE_CHECKING:
    from pipeline.reviewing.session import Session

_LAST_PORT = 65535


@click.command(
    "review",
    cls=Command,
    help=N_(
        "Decide on what changed, on pages in a browser.\n\n"
        "NEW is the folder of an extraction. It prints a link that opens on this machine only, and goes on until "
        "Ctrl-C. Every decision is on disk at once, in decisions.jsonl beside the approved records; Publish writes "
        "what is decided there."
    ),
)
@click.argument("new", type=FilePath(exists=True, file_okay=False), metavar=N_("NEW"), cls=Argument)
@click.option(
    "--against",
    type=FilePath(file_okay=False),
    metavar=N_("APPROVED"),
    cls=Option,
    help=N_("Folder of approved records; NEW-approved beside NEW by default. It need not be there yet."),
)
@click.option(
    "--sources",
    type=FilePath(exists=True, file_okay=False),
    metavar=N_("DIR"),
    cls=Option,
    help=N_("Folder with the files that were extracted, under whatever names: their pages are shown."),
)
@click.option("--user", metavar=N_("NAME"), cls=Option, help=N_("Whose decisions these are; by default git's user."))
@config_option
@click.option(
    "--port",
    type=click.IntRange(0, _LAST_PORT),
    default=0,
    metavar="N",
    cls=Option,
    help=N_("Port; any free one by default."),
)
@lang_option
def command(new: str, against: str | None, sources: str | None, user: str | None, port: int) -> Exit:
    """Decide on what changed."""
    from pipeline.cli.console import line
    from pipeline.errors import AnnexError
    from pipeline.records.reading import RecordsError
    from pipeline.reviewing.app.factory import create_app
    from pipeline.reviewing.app.serving import serve
    from pipeline.reviewing.decisions.lines import LogError
    from pipeline.reviewing.session import Session

    folder = Path(new)
    approved = Path(against) if against else folder.with_name(f"{folder.resolve().name}-approved")
    try:
        session = Session(
            folder,
            approved,
            user=(user or "").strip() or _user(),
            sources=Path(sources) if sources else None,
            config=current().settings.config,
        )
    except (RecordsError, LogError) as error:
        line(told(error))
        return Exit.INPUT_FAILED
    except AnnexError as error:
        line(f"{error.code}: {told(error)}")
        return Exit.INPUT_FAILED
    app, token = create_app(session, language=language_in_use())
    before = len(session.log.read())
    try:
        serve(app, token, port=port, ready=lambda link: _begin(link, session))
    except KeyboardInterrupt:
        pass
    except OSError as error:
        line(_("port {port} cannot be listened on: {reason}").format(port=port, reason=error.strerror or str(error)))
        return Exit.INPUT_FAILED
    made = len(session.log.read()) - before
    said = ngettext("{count} line was added to {path}", "{count} lines were added to {path}", made)
    click.echo(said.format(count=made, path=session.log.path))
    return Exit.OK


def _begin(link: str, session: "Session") -> None:
    if session.config is None:
        names = _("What you say of names goes into these decisions alone; with --config into your own register too.")
    else:
        names = _("Your own register: {folder}").format(folder=session.config)
    told_first = _("Open this link in a browser on this machine; Ctrl-C ends the review:")
    decisions = _("Decisions and approved records: {folder}").format(folder=session.approved)
    click.echo(f"{told_first}\n\n    {link}\n\n{decisions}\n{names}")


def _user() -> str:
    """Return the name that git knows the person by, else that of the system."""
    try:
        found = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607  # the git of this person
            capture_output=True,
            text=True,
            check=False,
            timeout=5,
        )
        if name := found.stdout.strip():
            return name
    except (OSError, subprocess.TimeoutExpired):
        pass
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return _("unknown")
