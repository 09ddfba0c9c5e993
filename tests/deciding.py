"""Decisions for tests; no pytest, other processes import it."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.reviewing.decisions.log import DecisionLog, decision_id
from pipeline.reviewing.decisions.models import Decision, Evidence

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


if __name__ == "__main__":  # adds decisions one by one to the log of a folder, and says the id of each that is there
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    for number in range(count):
        one = decision(number)
        DecisionLog(folder).append(one)
        sys.stdout.write(f"{one.id}\n")
        sys.stdout.flush()
