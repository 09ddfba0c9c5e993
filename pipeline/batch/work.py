"""What is done for one input, in whichever process: extract, check, make ready to write."""

import hashlib
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.batch.deciding import DecidedSummary, decided
from pipeline.errors import AnnexError
from pipeline.records.invariants import annex_problems
from pipeline.records.models import ProjectRecord, Warning
from pipeline.records.writing import AnnexFolder, annex_file, annex_folder, record_file
from pipeline.register import Overlay
from pipeline.settings import ReadingSettings

if TYPE_CHECKING:
    from pipeline.extraction import Annex


class Extractor(Protocol):
    """What turns a file into annexes; it goes to other processes by name, so it is a function of a module."""

    def __call__(
        self, path: Path, *, annex_id: str | None, settings: ReadingSettings | None, model: str, overlay: Overlay | None
    ) -> "list[Annex]":
        """See `pipeline.extraction.extract_all`."""


@dataclass(frozen=True, slots=True)
class Task:
    """One input to work on."""

    path: Path
    annex_id: str
    settings: ReadingSettings
    model: str
    """Name of the spaCy pipeline."""
    overlay: Overlay
    """What a steward lays over the register: as it was when the run began."""
    decisions: bytes = b""
    """The lines of the decisions that hold in what is extracted, as they were when the run began."""


@dataclass(frozen=True, slots=True)
class RecordSummary:
    """What there is to tell of one record."""

    ordinal: int
    title: str
    file: str
    pages: tuple[int, ...]
    organisations: int
    new_organisations: tuple[str, ...]
    dates: int
    figures: int
    warnings: tuple[Warning, ...]
    roles: int = 0
    places: int = 0
    has_period: bool = False


@dataclass(frozen=True, slots=True)
class AnnexSummary:
    """What there is to tell of one annex."""

    id: str
    label: str | None
    title: str | None
    records: tuple[RecordSummary, ...]
    warnings: tuple[Warning, ...]
    decided: DecidedSummary

    def warning_count(self) -> int:
        """Count its own warnings and those of its records."""
        return len(self.warnings) + sum(len(record.warnings) for record in self.records)


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of one input; small enough to send between processes."""

    seconds: float
    sha256: str | None = None
    folders: tuple[AnnexFolder, ...] = ()
    summaries: tuple[AnnexSummary, ...] = ()
    error: AnnexError | None = None
    fault: str | None = None
    """Name of a fault of ours; `report` says more."""
    report: str = ""
    broken: bool = False
    """Whether the fault is that records broke their own invariants."""


Worker = Callable[[Task], Finished]


def work(task: Task, extract: Extractor) -> Finished:
    """Extract one input; whatever goes wrong is in what comes back, never raised."""
    start = time.perf_counter()

    def seconds() -> float:
        return round(time.perf_counter() - start, 3)

    try:
        annexes = extract(
            task.path, annex_id=task.annex_id, settings=task.settings, model=task.model, overlay=task.overlay
        )
        _refuse_nothing(annexes)
        annexes, said = decided(annexes, task.decisions)
        if problems := _problems(annexes):
            return Finished(seconds(), _digest(task), fault="InvariantsBroken", report=problems, broken=True)
        folders = tuple(annex_folder(one.head, one.records, one.warnings) for one in annexes)
        summaries = tuple(map(_summary, annexes, said))
        return Finished(seconds(), annexes[0].head.source.sha256, folders, summaries)
    except AnnexError as error:
        return Finished(seconds(), _digest(task), error=error)
    except Exception as error:  # noqa: BLE001  # a fault of ours costs one input, not the run
        return Finished(seconds(), _digest(task), fault=type(error).__name__, report=traceback.format_exc())


def lost(exit_code: int | None) -> Finished:
    """Return what came of an input whose process died over it."""
    return Finished(0.0, fault="WorkerDied", report=f"The process that read it died with exit code {exit_code}.\n")


def _refuse_nothing(annexes: "list[Annex]") -> None:
    if not any(annex.records for annex in annexes):
        raise AnnexError("no_projects", "no project was found in it; check that it is an annex with projects")


def _problems(annexes: "list[Annex]") -> str:
    lines = []
    for annex in annexes:
        listing = annex_file(annex.head, annex.records, annex.warnings)
        records = {entry.file: record for entry, record in zip(listing.records, annex.records, strict=True)}
        found = annex_problems(listing, records)
        lines += [f"{annex.head.id}/{one.file}: {one.where}: {one.message}\n" for one in found]
    return "".join(lines)


def _summary(annex: "Annex", decided: DecidedSummary) -> AnnexSummary:
    records = tuple(_record_summary(record, len(annex.records)) for record in annex.records)
    return AnnexSummary(annex.head.id, annex.head.label, annex.head.title, records, annex.warnings, decided)


def _record_summary(record: ProjectRecord, count: int) -> RecordSummary:
    return RecordSummary(
        record.ordinal,
        record.title,
        record_file(record, count),
        tuple(record.pages),
        organisations=len(record.organisations),
        new_organisations=tuple(one.name for one in record.organisations if one.status == "new"),
        dates=len(record.dates),
        figures=len(record.figures),
        warnings=tuple(record.warnings),
        roles=sum(len(one.roles) for one in record.organisations),
        places=len(record.locations),
        has_period=record.period.earliest is not None or record.period.latest is not None,
    )


def _digest(task: Task) -> str | None:
    """Return the SHA-256 of an input that failed, where it can be read at all."""
    try:
        if not task.path.is_file() or task.path.stat().st_size > task.settings.limits.bytes:
            return None
        with task.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
