"""Lines of the log → decisions, whoever wrote or merged them."""

import json
import re
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.errors import ToldError
from pipeline.reviewing.decisions.models import Decision
from pipeline.reviewing.decisions.upgrading import upgraded

_GIT_MARK = re.compile(rb"(<{7}|\|{7}|>{7})( .*)?|={7}")
"""What git writes between the lines of two sides where it was not told to keep both."""


class LogError(ToldError, ValueError):
    """A log that cannot be read; the message says which line and what is wrong."""


class LogNote(ToldError):  # noqa: N818  # it is told, not raised
    """Something of a log that a person should know, though it keeps no decision from counting."""


def decisions_in(content: bytes, path: Path) -> tuple[tuple[Decision, ...], tuple[LogNote, ...]]:
    """Return the decisions of a log, each once, by moment and id; and what a person should know of it.

    Both sides of a conflict that git has left in it count: lines are only ever added, so that all of them were
    decided. Of two lines with one id, which only a hand can have made, the later counts.

    Raises
    ------
    LogError
        When a line is no decision; of the last one that is so only where a line break ends it, as a process that was
        killed, or a full disk, leaves the beginning of a line.
    """
    found: dict[str, Decision] = {}
    notes: list[LogNote] = []
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if not text:
            continue
        if _GIT_MARK.fullmatch(text):
            if not notes:
                notes.append(
                    LogNote(
                        "{path}: git has left marks of a conflict in it; the decisions of both sides count. Take out "
                        "the lines with the marks, and keep all others",
                        path=path,
                    )
                )
            continue
        try:
            one = _decision(text, path, number)
        except LogError:
            if number < len(lines):
                raise
            notes.append(
                LogNote(
                    "{path}: the last line is torn off: a process was killed or the disk was full while it was "
                    "written. It counts not; the next decision sets it aside",
                    path=path,
                )
            )
            continue
        if one.id not in found or _key(found[one.id]) < _key(one):
            found[one.id] = one
    ordered = sorted(found.values(), key=lambda one: (one.at, one.id))
    return tuple(ordered), tuple(notes)


def _key(one: Decision) -> tuple[Any, str]:
    return one.at, one.model_dump_json()


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _decision(text: bytes, path: Path, number: int) -> Decision:
    try:
        values = json.loads(text, parse_constant=_refuse)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise LogError("{path}: line {number} is no decision", path=path, number=number)
    try:
        return Decision.model_validate(upgraded(values))
    except ValidationError as error:
        faults = error.errors(include_url=False)
        unknown = [".".join(map(str, one["loc"])) for one in faults if one["type"] == "extra_forbidden"]
        if unknown or values.get("schema_version") != "1.0":
            raise LogError(
                "{path}: line {number} was written by a newer version of this program ({what}); install that",
                path=path,
                number=number,
                what=", ".join(unknown) or values.get("schema_version"),
            ) from None
        said = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in faults[:3])
        raise LogError(
            "{path}: line {number} is no decision: {faults}", path=path, number=number, faults=said
        ) from None
