"""What is wrong with settings, told in one line each; it is wrong use."""

from typing import IO, Any

import click

from pipeline.cli.exits import Exit
from pipeline.errors import ErrorCode, ToldError
from pipeline.messages import told


class Mistake(ToldError):  # noqa: N818  # it is gathered, not raised
    """One mistake.

    Parameters
    ----------
    template
        What is wrong, and what is allowed, with ``{names}`` for `values`.
    place
        The flag, the variable, or the file with the line.
    code
        Of the contract's errors, where it is the file that is wrong.
    """

    def __init__(self, template: str, *, place: str = "", code: ErrorCode | None = None, **values: object) -> None:
        self.place = place
        self.code = code
        super().__init__(template, **values)

    def __str__(self) -> str:
        """Say it in the language in use."""
        return told(self)

    @property
    def line(self) -> str:
        """All of it, in the language in use."""
        return ": ".join(part for part in (self.place, self.code, str(self)) if part)


class SettingsError(click.ClickException):
    """The settings cannot be used."""

    exit_code = Exit.WRONG_USE

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(one.line for one in mistakes))

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002  # click's
        """Write a line for each mistake on standard error."""
        from pipeline.cli.console import line

        for one in self.mistakes:
            line(one.line)
