"""The changes that a steward makes: each takes an overlay and gives the one that is to be, or says why it cannot be."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.errors import ToldError
from pipeline.overlay.files import DAY, ID, ordered
from pipeline.overlay.rows import has_controls, one_line
from pipeline.register import (
    Alias,
    Denied,
    FormKind,
    Organisation,
    Overlay,
    Register,
    name_key,
    organisations,
    register_with,
)


class ChangeError(ToldError):
    """A change that cannot be made: nothing was changed."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change came to."""

    overlay: Overlay
    what: Literal["body", "alias", "denied"]
    body: Organisation | None
    """The body that it is about, as it was before where it is gone; None where it is about a name that no body has."""
    was_there: bool = False
    """Whether the register or the overlay said so before: nothing was changed."""
    moved_from: Organisation | None = None
    """The body that had the name before."""


def find_body(register: Register, words: str) -> Organisation:
    """Return the body that an id or a name stands for.

    Raises
    ------
    ChangeError
        When the register knows none.
    """
    wanted = one_line(words)
    by_id = next((body for body in register.organisations if body.id == wanted), None)
    body = by_id or holder_of(register, wanted)
    if body is None:
        raise ChangeError(
            "the register knows no body {name}; look for it with annex register find, or add it", name=wanted
        )
    return body


def holder_of(register: Register, form: str) -> Organisation | None:
    """Return the body that has a name: one that is still there before a former one, its own name before others."""
    key = name_key(form)
    found = [(body, kind) for own, kind, body in register.forms() if name_key(own) == key]
    return min(found, key=lambda one: (bool(one[0].valid_until), one[1] != "name"))[0] if found else None


def with_body(overlay: Overlay, body: Organisation, *, move: bool = False) -> Changed:
    """Add a body.

    Parameters
    ----------
    move
        Whether its names are taken from the bodies that have them now.

    Raises
    ------
    ChangeError
        When its id is taken, another body has one of its names and `move` is not set, it names itself in a way that no
        file can hold, or its parent is not known.
    """
    body = replace(
        body,
        name=_tidy(body.name),
        aliases=tuple(map(_tidy, body.aliases)),
        abbreviations=tuple(map(_tidy, body.abbreviations)),
        region=one_line(body.region),
    )
    register = register_with(overlay)
    if not ID.fullmatch(body.id):
        raise ChangeError("{id} is no id; write it in lower-case letters, digits and hyphens", id=body.id)
    for day in (body.valid_from, body.valid_until):
        if day and not DAY.fullmatch(day):
            raise ChangeError("{day} is no day; write it as 2024-07-15, or the year alone", day=day)
    taken = next((one for one in register.organisations if one.id == body.id), None)
    if taken is not None:
        raise ChangeError(
            "the id {id} is that of {name} already; give that body another name with annex register alias, or the new "
            "one another id with --id",
            id=body.id,
            name=taken.name,
        )
    if body.parent:
        body = replace(body, parent=find_body(register, body.parent).id)
    moved = None
    for form, _ in body.forms():
        overlay, holder = _freed(overlay, form, body.id, move=move)
        moved = moved or holder
    after = ordered([*overlay.organisations, body], overlay.aliases, overlay.denied)
    return Changed(after, "body", body, moved_from=moved)


def with_alias(overlay: Overlay, name: str, form: str, kind: FormKind = "alias", *, move: bool = False) -> Changed:
    """Give a body of the register another name.

    Parameters
    ----------
    name
        Its id, or a name that it has.
    move
        Whether the name is taken from the body that has it now.

    Raises
    ------
    ChangeError
        When the register knows no such body, the name is denied, or another body has it and `move` is not set.
    """
    form = _tidy(form)
    body = find_body(register_with(overlay), name)
    alias = Alias(body.id, form, kind)
    has_it = form in body.lowercase if kind == "lowercase" else form in {own for own, _ in body.forms()}
    holder = holder_of(register_with(overlay), form)
    if alias in overlay.aliases or (has_it and holder is not None and holder.id == body.id):
        return Changed(overlay, "alias", body, was_there=True)
    overlay, moved = _freed(overlay, form, body.id, move=move)
    after = ordered(overlay.organisations, [*overlay.aliases, alias], overlay.denied)
    return Changed(after, "alias", body, moved_from=moved)


def with_denied(overlay: Overlay, form: str, why: str = "") -> Changed:
    """Say that a name is never an organisation, whatever the register, the rules or the model take it for.

    Raises
    ------
    ChangeError
        When the overlay itself gives the name to a body.
    """
    form = _tidy(form)
    if has_controls(why):
        raise ChangeError("a reason is one line of text")
    register = register_with(overlay)
    one = Denied(form, one_line(why))
    before = [other for other in overlay.denied if name_key(other.form) == name_key(form)]
    if before and (before == [one] or not one.why):
        return Changed(overlay, "denied", None, was_there=True)
    if own := _own_holder(overlay, form):
        raise ChangeError(
            "{form} is a name of {id} in your overlay; take that back first, with annex register remove",
            form=form,
            id=own,
        )
    others = [other for other in overlay.denied if other not in before]
    after = ordered(overlay.organisations, overlay.aliases, [*others, one])
    return Changed(after, "denied", holder_of(register, form))


def without(overlay: Overlay, words: str) -> Changed:
    """Take back what an overlay says of a name: a body of its own, with its aliases; an alias; a denial.

    Parameters
    ----------
    words
        The name, or the id of a body.

    Raises
    ------
    ChangeError
        When the overlay says nothing of it, or another body of it refers to that body.
    """
    words = one_line(words)
    key = name_key(words)
    denied = [one for one in overlay.denied if name_key(one.form) != key]
    if len(denied) < len(overlay.denied):
        after = ordered(overlay.organisations, overlay.aliases, denied)
        return Changed(after, "denied", holder_of(register_with(after), words))
    for body in overlay.organisations:
        if words == body.id or key == name_key(body.name):
            return Changed(_without_body(overlay, body), "body", body)
    after, holder = _without_form(overlay, key)
    if holder is None:
        raise ChangeError(
            "your overlay says nothing of {name}; annex register list --added shows what it says", name=words
        )
    return Changed(after, "alias", find_body(register_with(overlay), holder))


def _tidy(form: str) -> str:
    """Return a name as a file can hold it."""
    if has_controls(form) or "|" in form:
        raise ChangeError("a name is one line of text without |")
    form = one_line(form)
    if not name_key(form):
        raise ChangeError("a name needs a letter or digit")
    return form


def _freed(overlay: Overlay, form: str, for_id: str, *, move: bool) -> tuple[Overlay, Organisation | None]:
    """Return the overlay in which a name is free for a body, and the body that had it."""
    key = name_key(form)
    if any(name_key(one.form) == key for one in overlay.denied):
        raise ChangeError(
            "{form} is denied in your overlay; take that back first, with annex register remove", form=form
        )
    holder = holder_of(register_with(overlay), form)
    if holder is None or holder.id == for_id:
        return overlay, None
    if not move:
        raise ChangeError(
            "{form} is a name of {name} ({id}) already; with --move it is taken from there",
            form=form,
            name=holder.name,
            id=holder.id,
        )
    if any(body.id == holder.id and name_key(body.name) == key for body in overlay.organisations):
        raise ChangeError(
            "{form} is the own name of {id}, a body of your overlay; change it in the file", form=form, id=holder.id
        )
    return _without_form(overlay, key)[0], holder


def _own_holder(overlay: Overlay, form: str) -> str | None:
    """Return the id of the body that the overlay itself gives a name to."""
    key = name_key(form)
    given = [(own, body.id) for body in overlay.organisations for own, _ in body.forms()]
    given += [(alias.form, alias.id) for alias in overlay.aliases]
    return next((of for own, of in given if name_key(own) == key), None)


def _without_form(overlay: Overlay, key: str) -> tuple[Overlay, str | None]:
    """Return the overlay without a name that it adds to a body, and the id of that body; its own name stays."""

    def kept(forms: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(form for form in forms if name_key(form) != key)

    bodies = [replace(b, aliases=kept(b.aliases), abbreviations=kept(b.abbreviations)) for b in overlay.organisations]
    aliases = [alias for alias in overlay.aliases if name_key(alias.form) != key]
    losers = [before.id for before, after in zip(overlay.organisations, bodies, strict=True) if before != after]
    losers += [alias.id for alias in overlay.aliases if alias not in aliases]
    return ordered(bodies, aliases, overlay.denied), losers[0] if losers else None


def _without_body(overlay: Overlay, body: Organisation) -> Overlay:
    """Return the overlay without a body; where that stood in the place of one that ships, its aliases stay."""
    others = [one for one in overlay.organisations if one.id != body.id]
    if any(one.id == body.id for one in organisations()):
        return ordered(others, overlay.aliases, overlay.denied)
    for one in others:
        if body.id in _references(one):
            raise ChangeError("{other} refers to {id}; change or take back that first", other=one.id, id=body.id)
    return ordered(others, [alias for alias in overlay.aliases if alias.id != body.id], overlay.denied)


def _references(body: Organisation) -> Iterator[str]:
    yield from (other for other in (body.parent, body.successor) if other)
