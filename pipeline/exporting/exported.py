"""What every format takes and gives: the records of a run, and files that hold them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.records.models import ProjectRecord


@dataclass(frozen=True, slots=True)
class Run:
    """The records to export."""

    annexes: Mapping[str, Sequence[ProjectRecord]]
    """By the id of their annex."""
    is_approved: bool
    """Whether people approved them, or only the machine proposes them."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The files of an export, ready to be written."""

    files: Mapping[str, bytes]
    """Name of each, without folders, and what it holds."""
    left_out: int = 0
    """Mentions that the format cannot hold."""
