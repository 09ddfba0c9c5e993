"""Register decisions: what a person says of a name goes to the steward's overlay, where every later annex meets it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import AnnexError
from pipeline.locking import LockedError
from pipeline.messages import N_
from pipeline.overlay.changes import Changed, ChangeError, with_alias, with_body, with_denied, without
from pipeline.overlay.keeping import change
from pipeline.register import Organisation, Overlay

_ON_THE_PAGE = {
    "{form} is a name of {name} ({id}) already; with --move it is taken from there": N_(
        "{form} is a name of {name} ({id}) already; say here that it is an alias of {name}"
    ),
    "{form} is denied in your overlay; take that back first, with annex register remove": N_(
        "{form} is denied in your overlay; undo the decision that said so, or take its row out of denied.csv"
    ),
    "{form} is a name of {id} in your overlay; take that back first, with annex register remove": N_(
        "{form} is a name of {id} in your overlay; undo the decision that said so, or take it out of aliases.csv or "
        "organisations.csv"
    ),
    "the id {id} is that of {name} already; give that body another name with annex register alias, or the new one "
    "another id with --id": N_("the id {id} is that of {name} already; say here that it is an alias of {name}"),
}
"""What a person can do on the page about a change that cannot be made, by what the command line says of it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written to an overlay, to be taken back with the decision."""

    folder: Path | None
    """None where nothing was written: there is no overlay, or it said so already."""
    form: str
    """The name, or the id of a body, that it is about."""


def alias(folder: Path | None, body: str, form: str) -> Kept:
    """Give a body, by its id, another name.

    Raises
    ------
    ChangeError
        When the name is denied, or another body has it.
    AnnexError
        When the overlay cannot be read or written.
    """
    return _kept(folder, form, lambda overlay: with_alias(overlay, body, form))


def body(folder: Path | None, new: Organisation) -> Kept:
    """Add a body.

    Raises
    ------
    ChangeError
        When its id or one of its names is taken or denied.
    AnnexError
        When the overlay cannot be read or written.
    """
    return _kept(folder, new.id, lambda overlay: with_body(overlay, new))


def deny(folder: Path | None, form: str, why: str) -> Kept:
    """Say that a name is never an organisation. Raises what `alias` does."""
    return _kept(folder, form, lambda overlay: with_denied(overlay, form, why))


def take_back(kept: Kept) -> None:
    """Take back what was written; where a person has changed it since by hand, that stays. Raises what `alias` does."""
    if kept.folder is None:
        return
    try:
        _change(kept.folder, lambda overlay: without(overlay, kept.form))
    except ChangeError:
        return  # the overlay says nothing of it any more


def _kept(folder: Path | None, form: str, by: Callable[[Overlay], Changed]) -> Kept:
    if folder is None:
        return Kept(None, form)
    try:
        done = _change(folder, by)
    except ChangeError as error:
        raise ChangeError(_ON_THE_PAGE.get(error.template, error.template), **error.values) from None
    return Kept(None if done.was_there else folder, form)


def _change(folder: Path, by: Callable[[Overlay], Changed]) -> Changed:
    def both(overlay: Overlay) -> tuple[Overlay, Changed]:
        done = by(overlay)
        return done.overlay, done

    try:
        return change(folder, both)
    except LockedError:
        raise AnnexError("write_failed", "{path}: another process keeps on writing it", path=folder) from None
