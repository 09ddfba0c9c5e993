"""The parts of click that the commands are built from: help in the language in use, exit codes, no traceback ever."""

import contextlib
import gettext
import io
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, cast

import click

from pipeline.cli.exits import Exit
from pipeline.cli.settings.early import language_asked
from pipeline.messages import LANGUAGES, N_, _, use_language

_USAGE = (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."))


class _Helped:
    """A help text that is kept in English and read in the language in use."""

    _help: str | None = None

    @property
    def help(self) -> str | None:
        return gettext.gettext(self._help) if self._help else None

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = text


class _Named(_Helped):
    """The same for the name that its value has in help."""

    _metavar: str | None = None

    @property
    def metavar(self) -> str | None:
        return gettext.gettext(self._metavar) if self._metavar else None

    @metavar.setter
    def metavar(self, text: str | None) -> None:
        self._metavar = text


class Option(_Named, click.Option):
    """An option."""


class Argument(_Named, click.Argument):
    """An argument."""


class FilePath(click.Path):
    """A path; what it is called in a complaint is said in the language in use, not in that of its making."""

    @property
    def name(self) -> str:
        """What it must be: a file, a folder or either."""
        if self.dir_okay and self.file_okay:
            return _("path")
        return _("file") if self.file_okay else _("directory")

    @name.setter
    def name(self, word: str) -> None:
        """Let click set it: the word is asked for anew each time."""


class _Common(_Helped):
    """What commands and the group share."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help``; click makes it once, so what it says is set anew each time."""
        option = cast("click.Option | None", super().get_help_option(ctx))  # type: ignore[misc]  # a mixin
        if option is not None:
            option.help = _("Show this message and exit.")
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the usage line, those that click never translates too."""
        pieces = cast("list[str]", super().collect_usage_pieces(ctx))  # type: ignore[misc]  # a mixin
        return [gettext.gettext(piece) if piece in _USAGE else piece for piece in pieces]


class Command(_Common, click.Command):
    """A command; what its function returns is the exit code."""

    def invoke(self, ctx: click.Context) -> None:
        """Run it and leave with its exit code."""
        ctx.exit(int(super().invoke(ctx) or Exit.OK))


class Group(_Common, click.Group):
    """The commands, each imported when it is wanted.

    Parameters
    ----------
    commands_at
        Name of each command → the module whose ``command`` it is, and its line in the list of commands.
    """

    def __init__(self, *args: Any, commands_at: Mapping[str, tuple[str, str]], **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **settings)
        self.commands_at = commands_at

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names, in the order of the work."""
        return list(self.commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in self.commands_at:
            return None
        return cast("click.Command", import_module(self.commands_at[cmd_name][0]).command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for, without importing all to say that there is no such one."""
        if args[0] not in self.commands_at and not args[0].startswith("-"):
            raise click.exceptions.NoSuchCommand(args[0], possibilities=list(self.commands_at), ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, gettext.gettext(line)) for name, (_module, line) in self.commands_at.items()])

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **settings: Any) -> Any:  # type: ignore[override]  # noqa: ANN401
        """Run the command line; what goes wrong is told in one line, whatever it is."""
        asked = language_asked(sys.argv[1:] if args is None else args)
        use_language(asked if asked in LANGUAGES else LANGUAGES[0])  # what is no language is refused further on
        _forgive_encodings()
        try:
            return super().main(args, prog_name or self.name, **settings)
        except Exception as error:  # noqa: BLE001  # people get a line, the report has the traceback
            click.echo(_own_fault(error), err=True)
            sys.exit(Exit.INPUT_FAILED)


def _forgive_encodings() -> None:
    """Write what a terminal's encoding lacks as an escape: it is no reason to stop."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError, OSError):
                stream.reconfigure(errors="backslashreplace")


def _own_fault(error: Exception) -> str:
    fault = type(error).__name__
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="annex-report-", suffix=".txt", encoding="utf-8", errors="replace", delete=False
        ) as file:
            file.write(traceback.format_exc())
    except OSError:
        return _("internal_error: a fault of ours ({fault}); tell those who maintain this program").format(fault=fault)
    return _(
        "internal_error: a fault of ours ({fault}); the report lies in {report}: send it to those who maintain this "
        "program"
    ).format(fault=fault, report=file.name)
