"""Decisions for tests; no pytest, other processes import it."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.comparing.models import Place
from pipeline.records.models import DateRecord, FigureRecord, LocationRecord, OrganisationRecord, ProjectRecord
from pipeline.reviewing.decisions.attaching import evidence_of
from pipeline.reviewing.decisions.log import DecisionLog, decision_id
from pipeline.reviewing.decisions.models import Decision, Evidence

Fact = FigureRecord | DateRecord | OrganisationRecord | LocationRecord
VALUES = {
    "figure": ("kind", "value", "value_max", "unit", "comparator", "as_of"),
    "date": ("edtf", "modifier", "part", "interval", "earliest", "latest", "role"),
    "organisation": ("name", "register_id", "kind", "status", "link"),
    "location": ("name", "kind"),
}
OTHERWISE: dict[str, dict[str, object]] = {
    "figure": {"kind": "measure", "value": 7.5, "value_max": None, "unit": "hokken"},
    "date": {"edtf": "1999-03", "interval": "1999-03", "earliest": "1999-03-01", "latest": "1999-03-31", "role": None},
    "organisation": {"register_id": None, "status": "new", "link": "none", "kind": "fund"},
    "location": {"kind": "region"},
}
"""What a correction makes of each."""
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def decision(number: int = 0, **values: object) -> Decision:
    """Return a decision of some seconds after `START`."""
    at = START + timedelta(seconds=number)
    given = {
        "schema_version": "1.0",
        "id": decision_id(at),
        "at": at,
        "by": "A. Steward",
        "annex": "bijlage",
        "project": "bijlage/fietsen",
        "subject": "figure",
        "action": "accept",
        "evidence": [],
        "before": None,
        "after": {"kind": "count", "value": 351},
        "change": "",
        "why": "“zó” stond het\u2028in de brief",
        "undoes": None,
    }
    return Decision.model_validate(given | values)


def evidence(text: str, start: int, end: int, **values: object) -> Evidence:
    """Return the evidence that words of a text are."""
    given = {
        "sha256": "0" * 64,
        "record": "bijlage/fietsen",
        "title": "Fietsen",
        "field": "text",
        "start": start,
        "end": end,
        "text": text[start:end],
        "before": text[max(0, start - 80) : start],
        "after": text[end : end + 80],
        "page": None,
        "boxes": [],
        "next_page_boxes": [],
    }
    return Evidence.model_validate(given | values)


def on_fact(record: ProjectRecord, subject: str, fact: Fact, action: str, number: int) -> Decision:
    """Return a decision on something that a record says: taken as it is, made otherwise, or thrown out."""
    keys = VALUES[subject]
    before = {key: value for key, value in fact.model_dump(mode="json").items() if key in keys}
    after: dict[str, object] | None = dict(before)
    if action == "correct":
        after = before | OTHERWISE[subject]
    elif action == "reject":
        after = None
    places = (
        fact.mentions
        if isinstance(fact, OrganisationRecord | LocationRecord)
        else [Place(field="text", **{key: getattr(fact, key) for key in Place.model_fields if key != "field"})]
    )
    return decision(
        number,
        annex=record.annex.id,
        project=record.id,
        subject=subject,
        action=action,
        evidence=evidence_of(record, places),
        before=None if action == "add" else before,
        after=after,
    )


def on_all(records: Sequence[ProjectRecord], actions: Sequence[str] = ("accept",)) -> list[Decision]:
    """Return a decision on every figure, date, organisation and place of records, the actions in turn."""
    made: list[Decision] = []
    for record in records:
        facts: list[tuple[str, Fact]] = [
            *(("figure", one) for one in record.figures),
            *(("date", one) for one in record.dates),
            *(("organisation", one) for one in record.organisations),
            *(("location", one) for one in record.locations),
        ]
        for subject, fact in facts:
            made.append(on_fact(record, subject, fact, actions[len(made) % len(actions)], len(made)))
    return made


def without_facts(record: ProjectRecord) -> ProjectRecord:
    """Return a record of which the machine found nothing."""
    return record.model_copy(update={"organisations": [], "locations": [], "dates": [], "figures": []})


if __name__ == "__main__":  # adds decisions one by one to the log of a folder, and says the id of each that is there
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    for number in range(count):
        one = decision(number)
        DecisionLog(folder).append(one)
        sys.stdout.write(f"{one.id}\n")
        sys.stdout.flush()
