"""Publish: what was decided becomes the approved records; what is not decided yet stays as it was approved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from pipeline.errors import AnnexError
from pipeline.locking import LockedError, locked
from pipeline.records.models import AnnexHead, Manifest, ManifestEntry, ProjectRecord
from pipeline.records.reading import MANIFEST_FILE, RecordsError, read_annex
from pipeline.records.writing import (
    AnnexFolder,
    annex_folder,
    prepare,
    write_annexes,
    write_failed,
)
from pipeline.reviewing.decisions.bounds import renumbered
from pipeline.reviewing.session import Annex, Project, Session

Fate = Literal[
    "written",  # as it was decided
    "kept",  # as it was approved before: something is not decided yet
    "waiting",  # it was never approved, and something is not decided yet: nothing is written of it
    "ended",  # it is not in the annex any more
    "left_out",  # it is no project
]

_PATIENCE = 20.0
"""Seconds to wait for another process that publishes."""


@dataclass(frozen=True, slots=True)
class Row:
    """What becomes of one project."""

    project: Project
    fate: Fate
    open: int
    """Questions that are not decided yet."""
    records: tuple[ProjectRecord, ...]
    """What the approved records say of it from then on."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication writes, or would write."""

    folder: Path
    rows: tuple[Row, ...]

    def of(self, *fates: Fate) -> list[Row]:
        """Return the projects that have one of these fates."""
        return [row for row in self.rows if row.fate in fates]


def publish(session: Session, *, dry_run: bool = False) -> Published:
    """Write every project of which each question is decided into the approved records.

    All is on disk under hidden names before any of it takes its place: a full disk changes nothing. Each annex folder
    takes the place of the one before as a whole, and the manifest comes last: killed in between, each annex is as it
    was before or as it is now, and none is lost. What others have published since is read first. Then the session goes
    on from what is approved now.

    Parameters
    ----------
    dry_run
        Whether only to say what would be written.

    Raises
    ------
    AnnexError
        With `write_failed`; what was approved before still is.
    """
    with session.lock:
        session.refresh()
        if dry_run:
            return Published(session.approved, tuple(_rows(session)))
        try:
            session.approved.mkdir(parents=True, exist_ok=True)
            with locked(session.approved, patience=_PATIENCE):
                prepare(session.approved)
                session.refresh()
                published = Published(session.approved, tuple(_rows(session)))
                made = [one for annex in session.annexes if (one := _folder(session, annex, published)) is not None]
                manifest = _manifest(session, [entry for _folder, entry in made])
                write_annexes(session.approved, [folder for folder, _entry in made], manifest)
        except LockedError:
            raise AnnexError(
                "write_failed", "another process is writing to {folder}; try again", folder=session.approved
            ) from None
        except OSError as error:
            raise write_failed(session.approved, error) from None
        session.reload()
        return published


def _rows(session: Session) -> Iterator[Row]:
    for project in session.projects:
        left = len(session.open_questions(project))
        approved = tuple(one for one in project.olds if one.annex.id == project.annex.id)
        if left:
            yield Row(project, "kept" if approved else "waiting", left, approved)
        elif not project.pair.new:
            is_over = all(_has_ended(session, project))
            yield Row(project, "ended" if is_over else "kept", 0, () if is_over else approved)
        else:
            made = tuple(session.effective(project))
            yield Row(project, "written" if made else "left_out", 0, made)


def _has_ended(session: Session, project: Project) -> Iterator[bool]:
    """Say of each question about the end of a project whether it was decided that it has ended."""
    for question in project.questions:
        answer = session.answer(project, question)
        yield answer is not None and answer.after is None


def _folder(session: Session, annex: Annex, published: Published) -> tuple[AnnexFolder, ManifestEntry] | None:
    """Return the folder of an annex with its entry in the manifest; None where nothing of it is approved yet."""
    records = [record for row in published.rows if row.project.annex is annex for record in row.records]
    if not records and not annex.approved:
        return None
    try:
        there, _records = read_annex(session.folder_of(annex))
    except RecordsError as error:
        raise AnnexError("write_failed", error.template, **error.values) from None
    records = renumbered([_headed(one, there.annex) for one in records])
    entry = ManifestEntry(
        input=there.annex.source.file,
        sha256=there.annex.source.sha256,
        status="ok",
        error=None,
        annex_ids=[annex.id],
        records=len(records),
        seconds=0.0,
        warnings=len(there.warnings) + sum(len(one.warnings) for one in records),
    )
    return annex_folder(there.annex, records, there.warnings), entry


def _headed(record: ProjectRecord, head: AnnexHead) -> ProjectRecord:
    """Return a record under the head that its annex has now; of another file, it keeps that which its pages are of."""
    return record if record.annex.source.sha256 != head.source.sha256 else record.model_copy(update={"annex": head})


def _manifest(session: Session, made: Sequence[ManifestEntry]) -> Manifest:
    """Return the manifest of the approved records: what it said of other annexes stays.

    Raises
    ------
    AnnexError
        With `write_failed`, when a manifest is there and cannot be read.
    """
    new = _read(session.new / MANIFEST_FILE)
    before = _read(session.approved / MANIFEST_FILE)
    ids = {one for entry in made for one in entry.annex_ids}
    others = [one for one in (before.entries if before else []) if not ids & set(one.annex_ids)]
    source = new or before
    return Manifest(
        version=source.version if source else "",
        model=source.model if source else "",
        settings_hash=source.settings_hash if source else "",
        decisions_hash=None,
        entries=sorted([*others, *made], key=lambda one: one.annex_ids),
    )


def _read(path: Path) -> Manifest | None:
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError):
        raise AnnexError("write_failed", "{path}: cannot be read; check that it is a manifest", path=path) from None
