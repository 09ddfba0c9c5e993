"""The options that are settings too, and what a command does to have its settings.

A flag that was given is kept in the context of click; `current` lays it over environment and file.
"""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from pipeline.cli.framework import FilePath, Option
from pipeline.cli.settings.early import PREFIX, settings_file
from pipeline.messages import LANGUAGES, N_

if TYPE_CHECKING:
    from pipeline.cli.settings.resolving import Resolved
    from pipeline.logs import Log, LogFormat

_FLAGS = "pipeline.flags"
_FILE = "pipeline.settings"
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def current() -> "Resolved":
    """Return the settings of the command that runs.

    Raises
    ------
    SettingsError
        When there are mistakes in them; click tells them and ends with exit code 2.
    """
    from pipeline.cli.settings.resolving import resolve

    kept = click.get_current_context().meta
    return resolve(kept.get(_FLAGS, {}), settings_file(kept.get(_FILE)))


def log_of(resolved: "Resolved", form: "LogFormat" = "text") -> "Log":
    """Return the log that the settings ask for, on standard error.

    Parameters
    ----------
    form
        What it is where they do not say.
    """
    from pipeline.cli.console import line
    from pipeline.logs import Log

    settings = resolved.settings
    return Log(settings.log_format or form, line, with_text=settings.log_text)


def use_cache(resolved: "Resolved") -> None:
    """Let OCR keep what it reads where the settings say; processes that are started later take it over."""
    from pipeline.reading.ocr import cache

    if resolved.settings.cache is not None:
        os.environ[cache.VARIABLE] = str(resolved.settings.cache)


def _keep(ctx: click.Context, option: click.Parameter, value: object) -> None:
    """Keep a flag that was given."""
    if ctx.get_parameter_source(str(option.name)) is ParameterSource.COMMANDLINE:
        ctx.meta.setdefault(_FLAGS, {})[option.name] = value


def _keep_language(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    """Keep it; one that the environment asks for and that is none is refused, whatever the command."""
    _keep(ctx, option, value)
    if (
        value is None
        and not isinstance(ctx.command, click.Group)
        and os.environ.get(f"{PREFIX}LANG", LANGUAGES[0]) not in ("", *LANGUAGES)
    ):
        current()


def _keep_file(ctx: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.meta[_FILE] = value


def _setting(*names: str, **how: Any) -> Decorator:  # noqa: ANN401  # as click takes them
    return click.option(*names, cls=Option, expose_value=False, callback=_keep, **how)


lang_option = click.option(
    "--lang",
    cls=Option,
    type=click.Choice(LANGUAGES),
    expose_value=False,
    callback=_keep_language,
    help=N_("Language of what is shown. Also set by ANNEX_LANG."),
)
config_option = _setting(
    "--config",
    type=FilePath(file_okay=False),
    metavar=N_("DIR"),
    help=N_("Folder of your own register: what it says of names holds, and is kept there. Also ANNEX_CONFIG."),
)
approved_option = _setting(
    "--approved",
    type=FilePath(file_okay=False),
    metavar=N_("DIR"),
    help=N_("Folder of approved records: what was decided there holds in what is extracted."),
)
password_option = _setting(
    "--password",
    metavar=N_("PASSWORD"),
    help=N_("Password of a protected PDF. Also taken from ANNEX_PASSWORD, where others cannot see it."),
)
jobs_option = _setting("--jobs", type=int, metavar="N", help=N_("How many processes work at once.  [default: 1]"))
model_option = _setting(
    "--model",
    metavar="NAME",
    help=N_(
        "Model that finds names: nl_annex, nl_annex_fast for very many annexes, or the name or folder of any other "
        "spaCy pipeline.  [default: nl_annex]"
    ),
)
_log_format_option = _setting(
    "--log-format",
    type=click.Choice(("json", "text")),
    help=N_(
        "Form of what is told on standard error: text for people, or json, a line for each event, for programs. With "
        "json no tables are printed."
    ),
)
_log_text_option = _setting(
    "--log-text/--no-log-text",
    default=None,
    help=N_("Let the JSON log hold titles and quotes of documents. It holds nothing that they say by default."),
)
settings_option = click.option(
    "--settings",
    type=FilePath(dir_okay=False),
    metavar=N_("FILE"),
    cls=Option,
    expose_value=False,
    callback=_keep_file,
    help=N_("File with settings. Also ANNEX_SETTINGS; see annex config show."),
)


def log_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--log-format`` and ``--log-text``."""
    return _log_format_option(_log_text_option(function))


def setting_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the flag of every setting that has one, and ``--settings``."""
    for add in (
        lang_option,
        settings_option,
        log_options,
        config_option,
        approved_option,
        password_option,
        model_option,
        jobs_option,
    ):
        function = add(function)
    return function
