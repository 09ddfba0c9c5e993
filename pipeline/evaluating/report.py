"""The report of an evaluation: one structure, from which JSON, tables and lists are all taken."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pipeline.errors import ToldError
from pipeline.evaluating.gold import Gold
from pipeline.evaluating.reliability import Reliability, reliability
from pipeline.evaluating.scoring import KINDS, DocumentScore, Finding, Kind, Share, Tally, score_document
from pipeline.records.models import ProjectRecord

DECIMALS = 6


class PairingError(ToldError, ValueError):
    """Gold that cannot be paired with an annex of the run; the message says which."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of scores.

    The row ``comparators`` is over the figures that were found, right or wrong: its precision, recall and F1 are all
    the share that is right.
    """

    document: str | None
    """None over all documents."""
    kind: Kind | Literal["comparators"]
    gold: int
    found: int
    missed: int
    predicted: int
    spurious: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """Scores of a run against gold."""

    documents: tuple[DocumentScore, ...]
    without_gold: tuple[str, ...] = ()
    """Annexes of the run that no gold speaks of; they are not scored."""

    @property
    def tallies(self) -> dict[Kind, Tally]:
        """Counts over all documents: their ratios are micro averages."""
        return {kind: sum((score.tallies[kind] for score in self.documents), Tally()) for kind in KINDS}

    @property
    def comparators(self) -> Share:
        """Figures whose comparator is right among those found, over all documents."""
        return sum((score.comparators for score in self.documents), Share())

    @property
    def reliability(self) -> tuple[Reliability, ...]:
        """Stated confidence against share right, by kind, over all documents."""
        return reliability(judged for score in self.documents for judged in score.judged)

    def misses(self) -> list[Finding]:
        """List the required gold that was not found, in order of document and project."""
        return [finding for score in self.documents for finding in score.missed]

    def extras(self) -> list[Finding]:
        """List the predictions that no gold stands for, in order of document and project."""
        return [finding for score in self.documents for finding in score.spurious]

    def rows(self, *, per_document: bool = False) -> list[Row]:
        """Give the rows of the table of scores: each document's where asked for, then those over all documents."""
        rows = []
        if per_document:
            for score in self.documents:
                rows += _rows(score.document, score.tallies, score.comparators)
        return rows + _rows(None, self.tallies, self.comparators)

    def as_dict(self) -> dict[str, Any]:
        """Give the whole report as JSON values; ratios to six decimals, null where they would divide by zero."""
        return {
            "documents": [
                {
                    "document": score.document,
                    "gold": score.gold,
                    "scores": _tallies_as_dict(score.tallies),
                    "comparators": _share_as_dict(score.comparators),
                }
                for score in self.documents
            ],
            "total": {"scores": _tallies_as_dict(self.tallies), "comparators": _share_as_dict(self.comparators)},
            "reliability": {one.kind: _reliability_as_dict(one) for one in self.reliability},
            "missed": [asdict(finding) for finding in self.misses()],
            "spurious": [asdict(finding) for finding in self.extras()],
            "without_gold": list(self.without_gold),
        }


def evaluate(records_by_document: Mapping[str, Sequence[ProjectRecord]], golds: Sequence[Gold]) -> Report:
    """Score records against gold.

    Parameters
    ----------
    records_by_document
        The records of each annex in order, by the annex's id, as `pipeline.records.reading.read_records` gives them.
    golds
        Gold of some of these annexes, or all. A gold belongs to the annex whose id is its ``document``, or else to the
        annex whose folder is named as the gold file; where there is one of each, the two belong together.

    Raises
    ------
    PairingError
        When a gold has no annex, or two have the same.
    """
    if not golds:
        raise PairingError("no gold to score against")
    pairs = _pair(records_by_document, golds)
    return Report(
        documents=tuple(score_document(key, gold, records_by_document[key]) for key, gold in sorted(pairs.items())),
        without_gold=tuple(sorted(set(records_by_document) - set(pairs))),
    )


def _pair(records_by_document: Mapping[str, Sequence[ProjectRecord]], golds: Sequence[Gold]) -> dict[str, Gold]:
    pairs: dict[str, Gold] = {}
    only = next(iter(records_by_document)) if len(records_by_document) == len(golds) == 1 else None
    for gold in golds:
        names = (gold.document, gold.stem, *_read_from(gold, records_by_document))
        key = next((name for name in names if name in records_by_document), only)
        if key is None:
            present = ", ".join(sorted(records_by_document)) or "none"
            raise PairingError(
                "gold {gold} has no annex in the records; annexes there: {present}", gold=_name(gold), present=present
            )
        if key in pairs:
            raise PairingError(
                "gold {one} and gold {other} are both of annex {annex}",
                one=_name(pairs[key]),
                other=_name(gold),
                annex=key,
            )
        pairs[key] = gold
    return pairs


def _read_from(gold: Gold, records_by_document: Mapping[str, Sequence[ProjectRecord]]) -> list[str]:
    """Return the annex whose source file is named as the gold is, where only one is."""
    fitting = [
        key
        for key, records in records_by_document.items()
        if records and _stem(records[0]) in {gold.document, gold.stem}
    ]
    return fitting if len(fitting) == 1 else []


def _stem(record: ProjectRecord) -> str:
    return record.annex.source.file.rpartition(".")[0]


def _name(gold: Gold) -> str:
    return gold.document if gold.stem in {"", gold.document} else f"{gold.document} (file {gold.stem})"


def _rows(document: str | None, tallies: Mapping[Kind, Tally], comparators: Share) -> list[Row]:
    rows = [_row(document, kind, tally) for kind, tally in tallies.items()]
    wrong = comparators.of - comparators.right
    share = Tally.of(found=comparators.right, missed=wrong, spurious=wrong)
    return [*rows, _row(document, "comparators", share)]


def _row(document: str | None, kind: Kind | Literal["comparators"], tally: Tally) -> Row:
    return Row(document, kind, **asdict(tally), precision=tally.precision, recall=tally.recall, f1=tally.f1)


def _tallies_as_dict(tallies: Mapping[Kind, Tally]) -> dict[str, dict[str, int | float | None]]:
    return {
        kind: asdict(tally)
        | {"precision": _short(tally.precision), "recall": _short(tally.recall), "f1": _short(tally.f1)}
        for kind, tally in tallies.items()
    }


def _share_as_dict(share: Share) -> dict[str, int | float | None]:
    return asdict(share) | {"share": _short(share.share)}


def _reliability_as_dict(one: Reliability) -> dict[str, Any]:
    bands = [
        {"low": band.low, "high": band.high, "stated": _short(band.stated), **_share_as_dict(band.right)}
        for band in one.bands
    ]
    return {"bands": bands, "expected_calibration_error": _short(one.error)}


def _short(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, DECIMALS)
