"""What the commands that show the register share: a body as data, and what a steward has added."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pipeline.messages import _

if TYPE_CHECKING:
    from pipeline.register import Organisation, Overlay


def added_ids(overlay: "Overlay") -> frozenset[str]:
    """Return the ids of the bodies that an overlay adds, replaces, or gives a name."""
    return frozenset(body.id for body in overlay.organisations) | {alias.id for alias in overlay.aliases}


def as_dict(body: "Organisation", added: frozenset[str]) -> dict[str, Any]:
    """Return a body as JSON shows it: what is not known is null."""
    values = {key: value if value != "" else None for key, value in asdict(body).items()}
    return {**values, "added": body.id in added}


def years(body: "Organisation") -> str:
    """Say from when to when a body was there; nothing where neither is known."""
    if body.valid_from and body.valid_until:
        return _("from {first} until {last}").format(first=body.valid_from, last=body.valid_until)
    if body.valid_until:
        return _("until {last}").format(last=body.valid_until)
    return _("from {first}").format(first=body.valid_from) if body.valid_from else ""


def name_and_end(body: "Organisation") -> str:
    """Return the name of a body, and of a former one when it was there."""
    return f"{body.name} ({years(body)})" if body.valid_until else body.name


def given(body: "Organisation", overlay: "Overlay") -> list[str]:
    """Say what of a body is the steward's: the body itself, and the names that they gave it."""
    whole = [_("body") for one in overlay.organisations if one.id == body.id]
    return whole + [alias.form for alias in overlay.aliases if alias.id == body.id]
