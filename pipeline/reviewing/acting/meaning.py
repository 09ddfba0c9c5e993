"""What was typed in the fields of a form → the value of a decision."""

from collections.abc import Mapping

from pipeline.overlay.changes import holder_of
from pipeline.register import Organisation
from pipeline.reviewing.acting.asked import LONGEST, Asked, NotPossibleError
from pipeline.reviewing.questions import Value
from pipeline.reviewing.typed.dates import typed_date, typed_day
from pipeline.reviewing.typed.figures import typed_figure
from pipeline.reviewing.typed.wrong import TypedError
from pipeline.showing.words import LOCATION_KINDS, ORGANISATION_KINDS, ROLES


def meant(asked: Asked, subject: str, value: Value, selected: str = "") -> dict[str, object]:
    """Return what was typed as a value; fields that were left as they were shown leave the value as it was."""
    said = value or {}
    match subject:
        case "title":
            if not asked.get("title"):
                raise TypedError("title", "a title is not empty")
            return {"title": _left(asked, "title", said)}
        case "organisation":
            return _organisation(asked, said, asked.get("name") or (selected if value is None else ""))
        case "role":
            return {
                "organisation": said.get("organisation", asked.get("organisation")),
                "role": chosen(asked, "role", ROLES),
            }
        case "date":
            return typed_date(asked.get("date") or selected, asked.get("role"), value)
        case "figure":
            number = {"value": selected} if value is None and not asked.get("value") else {}
            return typed_figure({**asked.fields, **number}, value)
        case "location":
            name = asked.get("name") or (selected if value is None else "")
            if not name:
                raise TypedError("name", "a name is not empty")
            return {"name": name, "kind": chosen(asked, "kind", LOCATION_KINDS)}
        case "period":
            days = {name: typed_day(name, asked.get(name)) for name in ("earliest", "latest")}
            if days["earliest"] and days["latest"] and days["earliest"] > days["latest"]:
                raise TypedError("latest", "the last day is before the first one")
            return dict(days)
        case "footnote":
            if not asked.get("marker") or not (asked.get("text") or selected):
                raise TypedError("marker", "write the marker and the text of the footnote")
            return {"marker": _left(asked, "marker", said), "text": _left(asked, "text", said) or selected}
        case _:
            raise NotPossibleError("there is nothing to correct")


def chosen(asked: Asked, name: str, known: Mapping[str, str]) -> str:
    """Return what was chosen in a field."""
    chosen = asked.get(name)
    if chosen not in known:
        raise TypedError(name, "choose one of the list")
    return chosen


def linked(body: Organisation) -> dict[str, object]:
    """Return what a record says of a body of the register."""
    return {"name": body.name, "register_id": body.id, "kind": body.kind, "status": "known", "link": "exact"}


def _organisation(asked: Asked, said: Mapping[str, object], name: str) -> dict[str, object]:
    if not name:
        raise TypedError("name", "a name is not empty")
    kind = chosen(asked, "kind", ORGANISATION_KINDS) if asked.get("kind") else None
    if name == said.get("name"):
        return {**said, "kind": kind or said.get("kind")}
    body = holder_of(asked.session.register, name)
    if body is None:
        body = next((one for one in asked.session.register.organisations if one.id == name), None)
    if body is not None:
        return linked(body)
    return {"name": name, "register_id": None, "kind": kind, "status": "new", "link": "none"}


def _left(asked: Asked, name: str, said: Mapping[str, object]) -> str:
    """Return what was typed in a field; what was left as it was shown keeps its spaces, and its length."""
    before = str(said.get(name, ""))
    typed = asked.get(name)
    return before if " ".join(before.split())[:LONGEST] == typed else typed
