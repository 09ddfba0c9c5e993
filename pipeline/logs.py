"""The log of a command: what happened, as JSON lines for programs or as lines for people.

What a document says is not in it: titles and quotes are handed over as `quoted`, and written only where that was asked
for. Ids of records are made of titles, so a project is told by its ordinal.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from pipeline.messages import Told, told

LogFormat = Literal["json", "text"]
Level = Literal["info", "warning", "error"]
_QUOTING = frozenset({"faults", "what"})
"""Values of messages that may quote what a record or a decision holds."""


@dataclass(frozen=True, slots=True)
class Log:
    """Where a command tells what happens; `dataclasses.replace` gives one that writes elsewhere."""

    form: LogFormat
    """`json`: every event is a line. `text`: those that have something to say are, ``INPUT: code: what``."""
    write: Callable[[str], None]
    """Takes a line, without its end."""
    with_text: bool = False
    """Whether what documents say may be in it."""

    def event(
        self,
        event: str,
        *,
        level: Level = "info",
        document: str | None = None,
        code: str | None = None,
        seconds: float | None = None,
        about: str | None = None,
        said: Told | None = None,
        quoted: Mapping[str, str] | None = None,
        **more: object,
    ) -> None:
        """Tell that something happened.

        Parameters
        ----------
        event
            What: a word such as ``document_done``; `docs/settings.md` lists them.
        document
            Id of the annex.
        code
            Of an error or a warning, those of the contract.
        about
            The input as it was given, or the file or folder that it is about.
        said
            What people are told, in the language in use; in JSON it is in English.
        quoted
            What a document says, by key; only in JSON, and only where the log is to have text.
        more
            Further keys of the JSON, such as counts: nothing that a document says.
        """
        if self.form == "text":
            if said is not None:
                self.write(": ".join(part for part in (about, code, told(said)) if part))
            return
        line: dict[str, object] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": level,
            "event": event,
            "document": document,
            "code": code,
            "seconds": seconds,
        }
        if about is not None:
            line["about"] = about
        if said is not None:
            line["message"] = self._english(said)
        line |= more
        if self.with_text:
            line |= quoted or {}
        self.write(json.dumps({key: _valid(value) for key, value in line.items()}))  # ASCII: any collector can take it

    def _english(self, said: Told) -> str:
        values = {
            name: "…" if name in _QUOTING and not self.with_text else value for name, value in said.values.items()
        }
        return said.template.format(**values)


def _valid(value: object) -> object:
    """Return text that is UTF-8 whatever a file is called; Paths and the like are made text."""
    if value is None or isinstance(value, (bool, int, float, list, dict)):
        return value
    return str(value).encode("utf-8", "replace").decode("utf-8")
