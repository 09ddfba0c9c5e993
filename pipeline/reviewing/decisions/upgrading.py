"""Lines of the log that an earlier version wrote: the log is never written anew, so they are brought up when read."""

from collections.abc import Callable, Mapping
from typing import Any

_STEPS: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""By the `schema_version` that a line has: what makes it a line of the next one, of which it then has the number."""


def upgraded(values: dict[str, Any]) -> dict[str, Any]:
    """Return a line of the log as the present version would have written it; a newer one as it is."""
    while (version := values.get("schema_version")) in _STEPS:
        values = _STEPS[str(version)](values)
    return values
