"""The whole way from a file to records: who reads `extract_all` from top to bottom has seen the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.records.models import AnnexHead, ProjectRecord, Warning
from pipeline.settings import ReadingSettings

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex of a file, with its records in order."""

    head: AnnexHead
    records: tuple[ProjectRecord, ...]
    warnings: tuple[Warning, ...]


def extract_all(
    path: Path,
    *,
    annex_id: str | None = None,
    settings: ReadingSettings | None = None,
    model: Language | None = None,
) -> list[Annex]:
    """Return the annexes of one file, most often one.

    Parameters
    ----------
    annex_id
        Slug to use as id, with ``-bijlage-ii`` and so on after it where the file holds several annexes; by default
        that of the file name.
    model
        The spaCy pipeline that recognises; by default the one that ships, loaded once per process.

    Raises
    ------
    AnnexError
        By the codes of the record contract.
    """
    raise NotImplementedError
