"""What the command says, in English or Dutch: gettext's domain ``messages``, which click's own texts share.

The English text is the key. `_` and `ngettext` translate where something is said, `N_` marks a text that is translated
later. ``python -m pipeline.cli.catalogue`` brings ``pipeline/locale`` up to date with the sources.
"""

import gettext as _gettext
import os
from collections.abc import Mapping
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Protocol, runtime_checkable

DOMAIN = "messages"
LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("en", "nl")

__all__ = [
    "LANGUAGES",
    "N_",
    "Told",
    "_",
    "language_in_use",
    "ngettext",
    "reason_of",
    "told",
    "use_language",
]


def N_(text: str) -> str:  # noqa: N802  # the name that gettext has for it everywhere
    """Mark a text that is translated where it is said."""
    return text


@runtime_checkable
class Told(Protocol):
    """An error or problem whose message is a template with values, so that it can be said in any language."""

    @property
    def template(self) -> str:
        """English text with ``{names}`` for `values`."""

    @property
    def values(self) -> Mapping[str, object]:
        """What the names stand for."""


def use_language(language: str) -> None:
    """Say everything from now on in a language, click's own texts too."""
    _gettext.bindtextdomain(DOMAIN, str(LOCALE))
    _gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language  # where gettext looks first


def language_in_use() -> str:
    """Return the language that everything is said in: the last that `use_language` was given, else English."""
    used = os.environ.get("LANGUAGE", "")
    return used if used in LANGUAGES else LANGUAGES[0]


def told(error: Exception | Told) -> str:
    """Return the message of an error in the language in use; one without a template stays as it is."""
    if not isinstance(error, Told):
        return str(error)
    values = {name: _(str(value)) if value in _VALUES else value for name, value in error.values.items()}
    return _(error.template).format(**values)


def reason_of(error: OSError) -> str:
    """Return what the system says went wrong, in the language in use."""
    return _(error.strerror) if error.strerror else str(error)


# Values of messages that are words themselves: what `pipeline.reading` calls a file, what the system gives as reason.
_VALUES: tuple[object, ...] = (
    N_("a PNG picture"),
    N_("a JPEG picture"),
    N_("a GIF picture"),
    N_("a TIFF picture"),
    N_("a BMP picture"),
    N_("an Excel, OpenDocument or zip file"),
    N_("an old Office file"),
    N_("an RTF file"),
    N_("a web page"),
    N_("it takes too long"),
    N_("it stops with an error"),
    N_("what it gives is no text"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("No such file or directory"),
    N_("File exists"),
    N_("Not a directory"),
    N_("Is a directory"),
    N_("File name too long"),
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("Too many levels of symbolic links"),
)

# click shows this word in brackets behind an option, and translates it by a variable.
_OF_CLICK = (N_("required"),)
