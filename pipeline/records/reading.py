"""Read back what a run has written: the annex folders and their records."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.errors import ToldError
from pipeline.records.models import AnnexFile, Manifest, ProjectRecord

ANNEX_FILE = "annex.json"
MANIFEST_FILE = "manifest.json"
SHOWN_FAULTS = 5

M = TypeVar("M", bound=BaseModel)


class RecordsError(ToldError, ValueError):
    """Records that cannot be read; the message says which file and what is wrong."""


def read_records(out: Path) -> dict[str, list[ProjectRecord]]:
    """Read the records of a run.

    Parameters
    ----------
    out
        The folder that the run has written, or one annex folder in it. Folders without ``annex.json`` and folders
        whose name begins with a dot are no annexes.

    Returns
    -------
    dict
        The name of each annex folder, which is the annex's id, with its records by ordinal; in order of name.

    Raises
    ------
    RecordsError
        When the folder holds no annex, a file breaks the record contract, or the records are not those that
        ``annex.json`` lists.
    """
    return {name: records for name, (_annex, records) in read_annexes(out).items()}


def read_annexes(out: Path) -> dict[str, tuple[AnnexFile, list[ProjectRecord]]]:
    """Read the annexes of a run as `read_records` does, each with what its ``annex.json`` says."""
    return {folder.name: read_annex(folder) for folder in _annex_folders(out)}


def annexes_in(out: Path) -> Iterator[tuple[AnnexFile, list[ProjectRecord]]]:
    """Give the annexes of a run one by one, in order of name: a run need not fit into memory.

    Raises
    ------
    RecordsError
        As `read_records` does, when it comes to what is wrong.
    """
    return (read_annex(folder) for folder in _annex_folders(out))


def _annex_folders(out: Path) -> list[Path]:
    if not out.is_dir():
        raise RecordsError("{path}: no such folder; give the folder that the extraction has written", path=out)
    if (out / ANNEX_FILE).is_file():
        return [out.resolve()]
    folders = sorted(path.parent for path in out.glob(f"*/{ANNEX_FILE}") if not path.parent.name.startswith("."))
    if not folders:
        raise RecordsError(
            "{path}: holds no annex folder with {file}; give the folder of an extraction", path=out, file=ANNEX_FILE
        )
    return folders


def read_manifest(out: Path) -> Manifest | None:
    """Read what became of the inputs of a run; None where the folder has no manifest, as an annex folder has none.

    Raises
    ------
    RecordsError
        When it breaks the record contract.
    """
    path = out / MANIFEST_FILE
    return _read(path, Manifest) if path.is_file() else None


def read_annex(folder: Path) -> tuple[AnnexFile, list[ProjectRecord]]:
    """Read one annex folder: ``annex.json`` and its records by ordinal.

    Raises
    ------
    RecordsError
        When a file breaks the record contract, or the records are not those that ``annex.json`` lists.
    """
    annex = _read(folder / ANNEX_FILE, AnnexFile)
    listed = {Path(entry.file).name for entry in annex.records}
    present = {path.name for path in folder.glob("*.json")} - {ANNEX_FILE}
    if absent := sorted(listed - present):
        raise RecordsError(
            "{path}: {file} lists records that are not there: {names}",
            path=folder,
            file=ANNEX_FILE,
            names=", ".join(absent),
        )
    if unlisted := sorted(present - listed):
        raise RecordsError(
            "{path}: {file} does not list: {names}", path=folder, file=ANNEX_FILE, names=", ".join(unlisted)
        )
    records = [_read(folder / name, ProjectRecord) for name in sorted(listed)]
    return annex, sorted(records, key=lambda record: record.ordinal)


def _read(path: Path, model: type[M]) -> M:
    try:
        return model.model_validate_json(path.read_bytes())
    except OSError as error:
        raise RecordsError("{path}: cannot be read: {reason}", path=path, reason=error.strerror) from error
    except ValidationError as error:
        faults = error.errors(include_url=False)
        said = [f"{'.'.join(map(str, fault['loc'])) or 'file'}: {fault['msg']}" for fault in faults[:SHOWN_FAULTS]]
        more = f"; and {len(faults) - SHOWN_FAULTS} more" if len(faults) > SHOWN_FAULTS else ""
        raise RecordsError(
            "{path}: breaks the record contract: {faults}", path=path, faults="; ".join(said) + more
        ) from error
