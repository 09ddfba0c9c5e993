"""Records as tasks of Label Studio, with its labelling configuration.

A task is a project. Its regions are spans of the tags ``title`` and ``text``, in code points, as Label Studio counts
them; what a span means stands in the region's field, a role is a relation from its cue to the organisation. The form:
https://labelstud.io/guide/task_format.html.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from pipeline.exporting.exported import Exported, Run
from pipeline.records.models import Cue, DateRecord, FigureRecord, Mention, ProjectRecord

FIELDS = ("title", "text")
LABELS = ("organisation", "location", "date", "figure", "cue")
ROLES = ("commissioner", "executor", "funder", "partner")
_COLOURS = ("#1d6fa5", "#3c7d22", "#8a4fbf", "#b35c00", "#767676")
_MODEL = "annex"

_Json = dict[str, Any]


def export(run: Run) -> Exported:
    """Return ``tasks.json`` and ``config.xml``; what people approved are annotations, what they did not predictions."""
    tasks = [_task(record, is_approved=run.is_approved) for records in run.annexes.values() for record in records]
    content = json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"
    return Exported({"tasks.json": content.encode(), "config.xml": _config().encode()})


def _task(record: ProjectRecord, *, is_approved: bool) -> _Json:
    result = list(_result(record))
    made: _Json = {
        "data": {"title": record.title, "text": record.text},
        "meta": {"record": record.id, "annex": record.annex.id, "file": record.annex.source.file},
    }
    if is_approved:
        return made | {"annotations": [{"result": result, "ground_truth": True}]}
    sure = [one.confidence for one in record.organisations] + [one.confidence for one in record.locations]
    sure += [one.confidence for one in record.dates] + [one.confidence for one in record.figures]
    return made | {"predictions": [{"model_version": _MODEL, "score": min(sure, default=1.0), "result": result}]}


def _result(record: ProjectRecord) -> Iterator[_Json]:
    """Give the regions of a record, what each means, and the relations of roles."""
    for at, body in enumerate(record.organisations):
        for number, mention in enumerate(body.mentions):
            yield from _region(f"organisation-{at}-{number}", "organisation", mention, body.name)
        for number, role in enumerate(body.roles):
            cue = f"cue-{at}-{number}"
            yield from _region(cue, "cue", role.cue, role.role)
            if body.mentions:
                yield {
                    "type": "relation",
                    "from_id": cue,
                    "to_id": f"organisation-{at}-0",
                    "direction": "right",
                    "labels": [role.role],
                }
    for at, place in enumerate(record.locations):
        for number, mention in enumerate(place.mentions):
            yield from _region(f"location-{at}-{number}", "location", mention, place.name)
    for at, date in enumerate(record.dates):
        yield from _region(f"date-{at}", "date", date, _meaning(date, ("edtf", "modifier", "part", "role")))
    for at, figure in enumerate(record.figures):
        keys = ("kind", "comparator", "value", "value_max", "unit", "as_of")
        yield from _region(f"figure-{at}", "figure", figure, _meaning(figure, keys))


def _region(name: str, label: str, span: Mention | Cue | DateRecord | FigureRecord, meaning: str) -> Iterator[_Json]:
    field = span.field if isinstance(span, Mention | Cue) else "text"
    common = {"id": name, "to_name": field}
    place = {"start": span.start, "end": span.end}
    labels = {**place, "text": span.text, "labels": [label]}
    yield {**common, "from_name": f"{field}-label", "type": "labels", "value": labels}
    yield {**common, "from_name": f"{field}-meaning", "type": "textarea", "value": {**place, "text": [meaning]}}


def _meaning(one: DateRecord | FigureRecord, keys: tuple[str, ...]) -> str:
    values: Mapping[str, object] = one.model_dump(mode="json", include=set(keys))
    return " ".join(f"{key}={values[key]}" for key in keys if values[key] is not None)


def _config() -> str:
    lines = ["<View>", "  <Style>.htx-text { white-space: pre-wrap; }</Style>"]
    for field in FIELDS:
        name = quoteattr(field)
        lines.append(f'  <Labels name="{field}-label" toName={name}>')
        lines += [
            f"    <Label value={quoteattr(label)} background={quoteattr(colour)}/>"
            for label, colour in zip(LABELS, _COLOURS, strict=True)
        ]
        lines += ["  </Labels>", f'  <Text name={name} value="${field}" saveTextResult="yes"/>']
        lines.append(f'  <TextArea name="{field}-meaning" toName={name} perRegion="true" editable="true"/>')
    lines.append("  <Relations>")
    lines += [f"    <Relation value={quoteattr(role)}/>" for role in ROLES]
    return "\n".join([*lines, "  </Relations>", "</View>", ""])
