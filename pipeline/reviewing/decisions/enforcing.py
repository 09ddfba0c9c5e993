"""Make a record say what was decided; a function for each subject, from record to record."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pipeline.records.models import (
    BoxModel,
    Cue,
    DateRecord,
    FigureRecord,
    Footnote,
    LocationRecord,
    Mention,
    OrganisationRecord,
    Period,
    ProjectRecord,
    RoleRecord,
    TextField,
    Warning,
)
from pipeline.reviewing.decisions.models import Decision, Subject

Values = Mapping[str, Any]
Named = TypeVar("Named", OrganisationRecord, LocationRecord)
Valued = TypeVar("Valued", DateRecord, FigureRecord)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a record, with where it is on the page."""

    field: TextField
    start: int
    end: int
    text: str
    page: int | None
    boxes: list[BoxModel]
    next_page_boxes: list[BoxModel]

    def overlaps(self, other: "Spot | Mention") -> bool:
        """Say whether they have a character in common."""
        return self.field == other.field and self.start < other.end and other.start < self.end

    def mention(self) -> Mention:
        """Return it as a mention."""
        return Mention(
            field=self.field,
            start=self.start,
            end=self.end,
            text=self.text,
            page=self.page,
            boxes=self.boxes,
            next_page_boxes=self.next_page_boxes,
        )


def enforce(record: ProjectRecord, decision: Decision, spots: Sequence[Spot]) -> ProjectRecord | None:
    """Return the record in which a decision holds; None where it cannot, as what it needs is not there.

    Parameters
    ----------
    spots
        Where its evidence stands in the record, in its order.
    """
    by = _BY_SUBJECT.get(decision.subject)
    return record if by is None or decision.action == "comment" else by(record, decision, spots)


def _date(record: ProjectRecord, decision: Decision, spots: Sequence[Spot]) -> ProjectRecord:
    def made(spot: Spot, there: DateRecord | None, after: Values) -> DateRecord:
        return _valued(DateRecord, spot, there, after)

    return record.model_copy(update={"dates": _with_value(record.dates, decision, spots, made)})


def _figure(record: ProjectRecord, decision: Decision, spots: Sequence[Spot]) -> ProjectRecord:
    def made(spot: Spot, there: FigureRecord | None, after: Values) -> FigureRecord:
        return _valued(FigureRecord, spot, there, {"comparator": "="} | dict(after) if there is None else after)

    return record.model_copy(update={"figures": _with_value(record.figures, decision, spots, made)})


def _with_value(
    found: Sequence[Valued],
    decision: Decision,
    spots: Sequence[Spot],
    made: Callable[[Spot, Valued | None, Values], Valued],
) -> list[Valued]:
    """Return dates or figures with what was decided at some places, in the place of all that overlaps them."""
    kept: list[Valued] = list(found)
    for spot in spots:
        if spot.field == "text":
            same = next((one for one in kept if (one.start, one.end) == (spot.start, spot.end)), None)
            kept = [one for one in kept if not (one.start < spot.end and spot.start < one.end)]
            if decision.after is not None:
                kept.append(made(spot, same, decision.after))
    return sorted(kept, key=lambda one: (one.start, one.end))


def _valued(model: type[Valued], spot: Spot, there: Valued | None, after: Values) -> Valued:
    """Return a date or figure with the values that were decided, the rest as it was."""
    base: dict[str, Any] = there.model_dump() if there is not None else dict.fromkeys(model.model_fields)
    place = {key: getattr(spot, key) for key in ("start", "end", "text", "page", "boxes", "next_page_boxes")}
    known = {key: value for key, value in after.items() if key in model.model_fields}
    return model.model_validate(base | place | known | {"confidence": 1.0})


def _organisation(record: ProjectRecord, decision: Decision, spots: Sequence[Spot]) -> ProjectRecord:
    moved, others = _taken(record.organisations, decision, spots)
    if decision.after is not None:
        values = decision.after
        register_id = values.get("register_id")
        same = [one for one in others if one.name == values["name"]]
        others = [one for one in others if one not in same]
        link = values.get("link")
        others.append(
            OrganisationRecord(
                name=values["name"],
                register_id=register_id,
                kind=values.get("kind"),
                status="known" if register_id else "new",
                link="none" if not register_id else "exact" if link in {None, "none"} else link,
                confidence=1.0,
                roles=_merged_roles([*same, *moved]),
                mentions=_merged_mentions([*same, *moved], spots),
            )
        )
    return record.model_copy(update={"organisations": sorted(others, key=_first_mention)})


def _location(record: ProjectRecord, decision: Decision, spots: Sequence[Spot]) -> ProjectRecord:
    moved, others = _taken(record.locations, decision, spots)
    if decision.after is not None:
        name, kind = decision.after["name"], decision.after["kind"]
        same = [one for one in others if (one.name, one.kind) == (name, kind)]
        others = [one for one in others if one not in same]
        mentions = _merged_mentions([*same, *moved], spots)
        others.append(LocationRecord(name=name, kind=kind, confidence=1.0, mentions=mentions))
    return record.model_copy(update={"locations": sorted(others, key=_first_mention)})


def _taken(found: Sequence[Named], decision: Decision, spots: Sequence[Spot]) -> tuple[list[Named], list[Named]]:
    """Return the organisations or places that a decision is about, and the others, without its places.

    One with the name that was decided on is it wholly, and one of which nothing else is left; of others only the
    mentions at its places are.
    """
    before = (decision.before or {}).get("name")
    moved, others = [], []
    for one in found:
        inside = [mention for mention in one.mentions if any(spot.overlaps(mention) for spot in spots)]
        outside = [mention for mention in one.mentions if mention not in inside]
        if inside and (one.name == before or not outside):
            moved.append(one)
        elif inside:
            others.append(one.model_copy(update={"mentions": outside}))
        else:
            others.append(one)
    return moved, others


def _merged_mentions(named: Iterable[OrganisationRecord | LocationRecord], spots: Sequence[Spot]) -> list[Mention]:
    own = {(spot.field, spot.start, spot.end): spot.mention() for spot in spots}
    other = [mention for one in named for mention in one.mentions if not any(spot.overlaps(mention) for spot in spots)]
    every = {**{(one.field, one.start, one.end): one for one in other}, **own}
    return sorted(every.values(), key=_mention_key)


def _merged_roles(organisations: Iterable[OrganisationRecord]) -> list[RoleRecord]:
    """Return the roles of organisations that are one: each once, the surest."""
    found: dict[str, RoleRecord] = {}
    for role in (role for one in organisations for role in one.roles):
        if role.role not in found or found[role.role].confidence < role.confidence:
            found[role.role] = role
    return _in_order(found.values())


def _role(record: ProjectRecord, decision: Decision, spots: Sequence[Spot]) -> ProjectRecord | None:
    values = decision.after or decision.before or {}
    holder = next((one for one in record.organisations if one.name == values.get("organisation")), None) or next(
        (one for one in record.organisations if any(s.overlaps(m) for s in spots[1:] for m in one.mentions)), None
    )
    if holder is None:
        return None
    gone = {(decision.before or {}).get("role"), (decision.after or {}).get("role")}
    roles = [one for one in holder.roles if one.role not in gone]
    if decision.after is not None:
        cue = spots[0]
        where = Cue(field=cue.field, start=cue.start, end=cue.end, text=cue.text)
        roles.append(RoleRecord(role=decision.after["role"], cue=where, confidence=1.0))
    changed = holder.model_copy(update={"roles": _in_order(roles)})
    organisations = [changed if one is holder else one for one in record.organisations]
    return record.model_copy(update={"organisations": organisations})


def _in_order(roles: Iterable[RoleRecord]) -> list[RoleRecord]:
    return sorted(roles, key=lambda one: (one.cue.field == "text", one.cue.start, one.role))


def _period(record: ProjectRecord, decision: Decision, _spots: Sequence[Spot]) -> ProjectRecord:
    values = decision.after or {}
    period = Period.model_validate({"earliest": values.get("earliest"), "latest": values.get("latest")})
    return record.model_copy(update={"period": period})


def _footnote(record: ProjectRecord, decision: Decision, spots: Sequence[Spot]) -> ProjectRecord | None:
    said = decision.before or decision.after or {}
    number = next((n for n, one in enumerate(record.footnotes) if one.marker == said.get("marker")), None)
    notes = list(record.footnotes)
    if decision.after is None:
        if number is not None:
            del notes[number]
        return record.model_copy(update={"footnotes": notes})
    if number is not None:
        notes[number] = notes[number].model_copy(update=dict(decision.after))
    elif spots and spots[0].field == "text":
        spot = spots[0]
        new = {"page": spot.page, "anchor": spot.end} | dict(decision.after)
        notes = sorted([*notes, Footnote.model_validate(new)], key=lambda one: one.anchor)
    else:
        return None
    return record.model_copy(update={"footnotes": notes})


def _warning(record: ProjectRecord, decision: Decision, _spots: Sequence[Spot]) -> ProjectRecord:
    if decision.after is not None or decision.before is None:
        return record
    seen = Warning.model_validate(decision.before)
    return record.model_copy(update={"warnings": [one for one in record.warnings if one != seen]})


def _title(record: ProjectRecord, decision: Decision, _spots: Sequence[Spot]) -> ProjectRecord:
    """Give the project another title; what was found in the old one and does not stand in the new one so is gone."""
    title = str((decision.after or {}).get("title") or record.title)
    if title == record.title:
        return record

    def stands(one: Mention | Cue) -> bool:
        return one.field == "text" or title[one.start : one.end] == one.text

    organisations = []
    for one in record.organisations:
        if mentions := [mention for mention in one.mentions if stands(mention)]:
            roles = [role for role in one.roles if stands(role.cue)]
            organisations.append(one.model_copy(update={"mentions": mentions, "roles": roles}))
    locations = [
        place.model_copy(update={"mentions": mentions})
        for place in record.locations
        if (mentions := [mention for mention in place.mentions if stands(mention)])
    ]
    return record.model_copy(
        update={
            "title": title,
            "repairs": [one for one in record.repairs if one.field == "text"],
            "organisations": sorted(organisations, key=_first_mention),
            "locations": sorted(locations, key=_first_mention),
        }
    )


def _first_mention(one: OrganisationRecord | LocationRecord) -> tuple[tuple[bool, int, int], str]:
    return _mention_key(one.mentions[0]), one.name


def _mention_key(mention: Mention) -> tuple[bool, int, int]:
    return (mention.field == "text", mention.start, mention.end)


_BY_SUBJECT: Mapping[Subject, Callable[[ProjectRecord, Decision, Sequence[Spot]], ProjectRecord | None]] = {
    "organisation": _organisation,
    "role": _role,
    "date": _date,
    "figure": _figure,
    "location": _location,
    "period": _period,
    "footnote": _footnote,
    "warning": _warning,
    "title": _title,
}
