"""Runs of made annexes for the tests of the tables; no pytest, other processes import it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from making import head, records

from pipeline.records.models import (
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
    Warning,
)
from pipeline.records.writing import annex_folder, write_annexes

TEXT = (
    "=SOM(A1) Koraal betaalt in opdracht van Koraal in Ede op 3 april 2024 voor -12,5 procent van € 1.250 aan "
    "12.345.678.901.234.567 deelnemers.\nSinds mei 2023 ook in 𝔸𝔹 met 40 \x07 en meer."
)
ODD = ["=1+1", "+31 6", "-5", "@SOM(A1)", "\tx", "'=x", "gewoon", "http://voorbeeld.nl", "12", "_x0041_", "a\x0bb"]


def project(plain: ProjectRecord, text: str = TEXT, page: int | None = 3) -> ProjectRecord:
    """Fill a record with one of each, at their places in a text."""

    def at(words: str) -> tuple[int, int]:
        start = text.index(words)
        return start, start + len(words)

    def mention(words: str, start: int | None = None) -> Mention:
        start = text.index(words) if start is None else start
        boxes = [(1.0, 2.0, 3.0, 4.5)] if page else []
        return Mention(
            field="text", start=start, end=start + len(words), text=words, page=page, boxes=boxes, next_page_boxes=[]
        )

    def figure(words: str, value: str, kind: str, unit: str | None) -> FigureRecord:
        start, end = at(words)
        return FigureRecord.model_validate(
            {
                "start": start, "end": end, "text": words, "kind": kind, "value": Decimal(value), "value_max": None,
                "unit": unit, "comparator": "=", "as_of": "2024-04-03", "confidence": 0.95, "page": page, "boxes": [],
                "next_page_boxes": [],
            }
        )  # fmt: skip

    def day(words: str, edtf: str, interval: str, earliest: date, latest: date | None) -> DateRecord:
        start, end = at(words)
        return DateRecord(
            start=start, end=end, text=words, edtf=edtf, modifier=None if latest else "from", part=None,
            interval=interval, earliest=earliest, latest=latest, role="start", confidence=0.8, page=page, boxes=[],
            next_page_boxes=[],
        )  # fmt: skip

    cue = Cue(field="text", start=at("in opdracht van")[0], end=at("in opdracht van")[1], text="in opdracht van")
    body = OrganisationRecord(
        name="Koraal", register_id=None, kind="care", status="new", link="none", confidence=0.9,
        roles=[RoleRecord(role="commissioner", cue=cue, confidence=0.7)],
        mentions=[mention("Koraal"), mention("Koraal", text.rindex("Koraal"))],
    )  # fmt: skip
    return plain.model_copy(
        update={
            "pages": [page, page + 1] if page else [],
            "text": text,
            "organisations": [body],
            "locations": [LocationRecord(name="Ede", kind="municipality", confidence=1, mentions=[mention("Ede")])],
            "dates": [
                day("3 april 2024", "2024-04-03", "2024-04-03", date(2024, 4, 3), date(2024, 4, 3)),
                day("Sinds mei 2023", "2023-05", "2023-05/..", date(2023, 5, 1), None),
            ],
            "figures": [
                figure("-12,5 procent", "-12.5", "percentage", "%"),
                figure("€ 1.250", "1250", "money", "EUR"),
                figure("12.345.678.901.234.567", "12345678901234567", "count", "deelnemers"),
                figure("40", "40", "count", "-"),
                figure("meer", "1e400", "measure", None),
            ],
            "period": Period(earliest=date(1899, 5, 1), latest=date(2024, 12, 31)),
            "footnotes": [Footnote(marker="1", text="-noot", page=page, anchor=4)],
            "warnings": [Warning(code="empty_section", message="@m")],
        }
    )


def make_run(out: Path, names: Sequence[str], titles: Sequence[str] = ODD, text: str = TEXT) -> Path:
    """Write annexes, each of the same projects."""
    out.mkdir(parents=True, exist_ok=True)
    for name in names:
        of = head(name, name.encode())
        made = [project(one, text) for one in records(of, *titles)]
        write_annexes(out, [annex_folder(of, made, [Warning(code="limits_near", message="m")])])
    return out
