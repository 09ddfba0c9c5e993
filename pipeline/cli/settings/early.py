"""What must be known of the settings before click reads the command line: which file, and which language."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

PREFIX = "ANNEX_"
FILE_VARIABLE = "ANNEX_SETTINGS"
FILE_NAME = "annex.toml"


def settings_file(named: str | None = None) -> Path | None:
    """Return the file of the settings: the one that is named, by flag or variable, else the user's own if it is there.

    Nothing is taken from the folder that one happens to be in: it may hold what others sent.
    """
    if chosen := named or os.environ.get(FILE_VARIABLE):
        return Path(chosen)
    own = user_folder() / FILE_NAME
    return own if own.is_file() else None


def user_folder() -> Path:
    """Return the folder for the settings of a user that the platform has (XDG, macOS, Windows)."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  # where Path.home raises, it says "~"
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming") / "annex"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "annex"
    named = os.environ.get("XDG_CONFIG_HOME", "")
    # A relative path is not valid there (XDG Base Directory Specification).
    return (Path(named) if Path(named).is_absolute() else home / ".config") / "annex"


def language_asked(arguments: Sequence[str]) -> str:
    """Return the language that a command line asks for, wherever in it; else the environment; else the file; or "".

    Help and errors are said in it while click reads the line. Whether there is such a language is not looked at here.
    """
    return (
        flag_of(arguments, "--lang")
        or os.environ.get(f"{PREFIX}LANG", "")
        or _language_of(settings_file(flag_of(arguments, "--settings")))
    )


def flag_of(arguments: Sequence[str], flag: str) -> str:
    """Return the last value of a flag on a command line, "" where it has none."""
    value = ""
    for number, word in enumerate(arguments):
        if word == "--":
            break
        if word == flag and number + 1 < len(arguments):
            value = arguments[number + 1]
        elif word.startswith(f"{flag}="):
            value = word.partition("=")[2]
    return value


def _language_of(file: Path | None) -> str:
    if file is None:
        return ""
    import tomllib

    try:
        return str(tomllib.loads(file.read_text(encoding="utf-8")).get("lang", ""))
    except (OSError, ValueError):  # the command that needs the settings tells what is wrong with them
        return ""
