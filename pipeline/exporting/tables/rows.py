"""The rows of the tables, from the records of an annex; ids are made of what stands there, so they stay the same."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from pipeline.exporting.tables.definition import BY_NAME, Row, Table, Value
from pipeline.records.models import (
    AnnexFile,
    DateRecord,
    FigureRecord,
    LocationRecord,
    Mention,
    OrganisationRecord,
    ProjectRecord,
    RoleRecord,
    Source,
    Warning,
)
from pipeline.records.slugs import slug

Values = dict[str, Value]
_COMPARED = {
    "=": "exactly",
    "~": "about",
    ">": "more than",
    ">=": "at least",
    "<": "less than",
    "<=": "at most",
}
"""The signs in words: a cell that begins with ``=`` is a formula."""


def rows_of(annex: AnnexFile, records: Sequence[ProjectRecord]) -> Iterator[tuple[Table, Row]]:
    """Give every row of an annex; what a row refers to comes before it."""
    for name, values in _of_annex(annex, records):
        table = BY_NAME[name]
        yield table, table.row(values)


def decision_row(decision: Mapping[str, Any], *, in_force: bool, files: Mapping[str, str]) -> tuple[Table, Row]:
    """Return the row of a decision.

    Parameters
    ----------
    decision
        As a line of the log holds it.
    files
        SHA-256 of each source of the export → its name.
    """
    first: Mapping[str, Any] = next(iter(decision["evidence"]), {})
    table = BY_NAME["decisions"]
    return table, table.row(
        {
            "decision_id": decision["id"],
            "annex_id": decision["annex"],
            "project_id": decision["project"],
            "subject": decision["subject"],
            "action": decision["action"],
            "in_force": in_force,
            "decided_at": datetime.fromisoformat(decision["at"]),
            "decided_by": decision["by"],
            "change": decision["change"],
            "why": decision["why"],
            "undoes": decision["undoes"],
            "value_before": _json(decision["before"]),
            "value_after": _json(decision["after"]),
            "places": len(decision["evidence"]),
            "text": first.get("text"),
            "page": first.get("page"),
            "field": first.get("field"),
            "start_offset": first.get("start"),
            "end_offset": first.get("end"),
            "source_file": files.get(first.get("sha256", "")),
            "source_sha256": first.get("sha256"),
        }
    )


def _of_annex(annex: AnnexFile, records: Sequence[ProjectRecord]) -> Iterator[tuple[str, Values]]:
    head, nowhere = annex.annex, _place(annex.annex.source, None, None, None, None)
    pages = [record.pages[0] for record in records if record.pages]
    yield (
        "annexes",
        {
            "annex_id": head.id,
            "label": head.label,
            "title": head.title,
            "period": head.period,
            "projects": len(records),
            "warnings": len(annex.warnings),
            "media_type": head.source.media_type,
            "text_layer": head.source.text_layer,
            "pages": head.source.pages,
            **nowhere,
            "page": min(pages, default=None),
        },
    )
    for record in records:
        yield from _of_project(record, head.id)
    yield from _warnings(annex.warnings, head.id, {"project_id": None, "annex_id": head.id}, nowhere)


def _of_project(record: ProjectRecord, annex_id: str) -> Iterator[tuple[str, Values]]:
    source = record.annex.source
    of: Values = {"project_id": record.id, "annex_id": annex_id}
    whole = _place(source, record.pages[0] if record.pages else None, "text", 0, len(record.text))
    yield (
        "projects",
        {
            **of,
            "ordinal": record.ordinal,
            "title": record.title,
            "text": record.text,
            "period_earliest": record.period.earliest,
            "period_latest": record.period.latest,
            "warnings": len(record.warnings),
            "decisions": " ".join(record.decisions) or None,
            "last_page": record.pages[-1] if record.pages else None,
            **whole,
        },
    )
    name = _Ids(record.id)
    for body in record.organisations:
        yield from _organisation(body, name(f"organisation/{body.register_id or slug(body.name)}"), of, source)
    for place in record.locations:
        yield from _location(place, name(f"location/{slug(place.name)}"), of, source)
    for date in record.dates:
        values = {key: getattr(date, key) for key in ("modifier", "part", "edtf", "earliest", "latest", "role")}
        fact = _fact(date, source)
        yield "dates", {"date_id": name(f"date/{_span(date)}"), **of, **values, "edtf_interval": date.interval, **fact}
    for figure in record.figures:
        values = {key: getattr(figure, key) for key in ("kind", "value", "value_max", "unit", "as_of")}
        values["comparator"] = _COMPARED[figure.comparator]
        yield "figures", {"figure_id": name(f"figure/{_span(figure)}"), **of, **values, **_fact(figure, source)}
    for note in record.footnotes:
        place_of = _place(source, note.page, "text", note.anchor, note.anchor)
        words: Values = {"marker": note.marker, "text": note.text}
        yield "footnotes", {"footnote_id": name(f"footnote/{note.anchor}"), **of, **words, **place_of}
    yield from _warnings(record.warnings, record.id, of, whole)


def _organisation(body: OrganisationRecord, id_: str, of: Values, source: Source) -> Iterator[tuple[str, Values]]:
    keys = ("name", "register_id", "kind", "status", "link", "confidence")
    yield (
        "organisations",
        {
            "organisation_id": id_,
            **of,
            **{key: getattr(body, key) for key in keys},
            "roles": ", ".join(dict.fromkeys(role.role for role in body.roles)) or None,
            **_first(body.mentions, source),
        },
    )
    name = _Ids(id_)
    for role in body.roles:
        cue, near = role.cue, _nearest(role, body.mentions)
        yield (
            "roles",
            {
                "role_id": name(f"{role.role}/{cue.field}-{cue.start}-{cue.end}"),
                "organisation_id": id_,
                **of,
                "name": body.name,
                "role": role.role,
                "text": cue.text,
                "confidence": role.confidence,
                **_place(source, near.page if near else None, cue.field, cue.start, cue.end),
            },
        )
    whose: Values = {"entity": "organisation", "organisation_id": id_, "location_id": None, "name": body.name}
    yield from _mentions(body.mentions, name, {**of, **whose}, source)


def _location(place: LocationRecord, id_: str, of: Values, source: Source) -> Iterator[tuple[str, Values]]:
    values: Values = {"name": place.name, "kind": place.kind, "confidence": place.confidence}
    yield "locations", {"location_id": id_, **of, **values, **_first(place.mentions, source)}
    whose: Values = {"entity": "location", "organisation_id": None, "location_id": id_, "name": place.name}
    yield from _mentions(place.mentions, _Ids(id_), {**of, **whose}, source)


def _mentions(mentions: Iterable[Mention], name: "_Ids", of: Values, source: Source) -> Iterator[tuple[str, Values]]:
    for one in mentions:
        yield (
            "mentions",
            {
                "mention_id": name(f"{one.field}-{one.start}-{one.end}"),
                **of,
                "text": one.text,
                **_place(source, one.page, one.field, one.start, one.end),
                "boxes": _json(one.boxes),
            },
        )


def _warnings(warnings: Iterable[Warning], owner: str, of: Values, place: Values) -> Iterator[tuple[str, Values]]:
    name = _Ids(owner)
    for one in warnings:
        yield (
            "warnings",
            {"warning_id": name(f"warning/{one.code}"), **of, "code": one.code, "message": one.message, **place},
        )


class _Ids:
    """Ids below one of something larger: the second equal one gets ``-2``."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.taken: set[str] = set()

    def __call__(self, what: str) -> str:
        name, number = what, 2
        while name in self.taken:
            name, number = f"{what}-{number}", number + 1
        self.taken.add(name)
        return f"{self.owner}/{name}"


def _nearest(role: RoleRecord, mentions: Sequence[Mention]) -> Mention | None:
    """Return the mention that stands nearest to the words of a role: a cue has no page of its own."""
    cue = role.cue
    near = [(abs(one.start - cue.start), at, one) for at, one in enumerate(mentions) if one.field == cue.field]
    return min(near)[2] if near else next(iter(mentions), None)


def _first(mentions: Sequence[Mention], source: Source) -> Values:
    """Return how often something is named, and where it is first."""
    if not mentions:
        return {"mentions": 0, "text": None, **_place(source, None, None, None, None)}
    first = mentions[0]
    place = _place(source, first.page, first.field, first.start, first.end)
    return {"mentions": len(mentions), "text": first.text, **place}


def _fact(one: DateRecord | FigureRecord, source: Source) -> Values:
    place = _place(source, one.page, "text", one.start, one.end)
    return {"text": one.text, "confidence": one.confidence, **place, "boxes": _json(one.boxes)}


def _place(source: Source, page: int | None, field: str | None, start: int | None, end: int | None) -> Values:
    return {
        "page": page,
        "field": field,
        "start_offset": start,
        "end_offset": end,
        "source_file": source.file,
        "source_sha256": source.sha256,
    }


def _span(one: DateRecord | FigureRecord) -> str:
    return f"{one.start}-{one.end}"


def _json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
