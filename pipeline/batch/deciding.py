"""What was decided holds in what is extracted: between the extraction of an input and the writing of its records."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.records.models import TextField
from pipeline.reviewing.decisions.applying import Applied, Boxes, Locate, apply
from pipeline.reviewing.decisions.lines import decisions_in
from pipeline.reviewing.decisions.models import Decision

if TYPE_CHECKING:
    from pipeline.extraction import Annex


@dataclass(frozen=True, slots=True)
class DecidedSummary:
    """What there is to tell of decisions on an annex: the ids of those that hold, and of those that have a conflict."""

    held: frozenset[str] = frozenset()
    conflicts: frozenset[str] = frozenset()
    projects: int = 0
    """How many have a decision that holds."""
    conflict_projects: int = 0
    gone: tuple[str, ...] = ()
    """The words of those that said what holds, and whose words stand nowhere any more."""


def decided(annexes: "list[Annex]", lines: bytes) -> "tuple[list[Annex], list[DecidedSummary]]":
    """Return annexes as decisions have them, and what there is to tell of that."""
    if not lines:
        return annexes, [DecidedSummary() for _ in annexes]
    applied = [apply(_decisions_of(lines), annex.records, _locate(annex)) for annex in annexes]
    made = [replace(annex, records=one.records, texts=()) for annex, one in zip(annexes, applied, strict=True)]
    return made, [_summary(one) for one in applied]


@lru_cache(maxsize=1)
def _decisions_of(lines: bytes) -> tuple[Decision, ...]:
    """Return the decisions of the lines that all tasks of a run bring: they are read once in each process."""
    return decisions_in(lines, Path())[0]


def _locate(annex: "Annex") -> Locate:
    """Return what says where words of the records of an annex stand on the page."""
    from pipeline.records.building import place_of  # loads spaCy, which a run that has nothing to do can do without

    texts = {record.id: pair for record, pair in zip(annex.records, annex.texts, strict=False)}

    def locate(record: str, field: TextField, start: int, end: int, words: str) -> Boxes | None:
        title, body = texts.get(record, (None, None))
        text = title if field == "title" else body
        if text is None or text.text[start:end] != words:
            return None
        place = place_of(text, start, end)
        return (place["page"], place["boxes"], place["next_page_boxes"]) if place["boxes"] else None

    return locate


def _summary(applied: Applied) -> DecidedSummary:
    return DecidedSummary(
        held=frozenset(one.decision.id for one in applied.standings if one.state == "holds"),
        conflicts=frozenset(one.decision.id for one in applied.standings if one.state == "conflict"),
        projects=sum(bool(record.decisions) for record in applied.records),
        gone=tuple(
            one.decision.evidence[0].text
            for one in applied.standings
            if one.state == "gone" and one.decision.after is not None and one.decision.evidence
        ),
        conflict_projects=sum(any(w.code == "conflict" for w in record.warnings) for record in applied.records),
    )
