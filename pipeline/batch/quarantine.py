"""Documents that failed, each in a folder of its own with the reason: to be looked at, and tried again."""

import json
import shutil
from contextlib import suppress
from pathlib import Path

from pipeline.batch.journal import Entry
from pipeline.records.writing import write_failed, write_file

QUARANTINE = "quarantine"
REASON_FILE = "reason.json"
REPORT_FILE = "report.log"
"""Where a fault of ours is reported; no document that is read has this suffix, nor that of the reason."""


def report_file(out: Path, annex_id: str) -> Path:
    """Return where a fault of ours over an input is reported."""
    return out / QUARANTINE / annex_id / REPORT_FILE


def put(out: Path, entry: Entry, given: str) -> None:
    """Put an input that failed there: a copy, and the reason.

    Parameters
    ----------
    given
        The input as it was given.

    Raises
    ------
    AnnexError
        With `write_failed`. An input that cannot be copied is no reason: then the reason stands alone.
    """
    folder = out / QUARANTINE / entry.id
    report = folder / REPORT_FILE
    reason = {
        "input": given,
        "sha256": entry.sha256,
        "code": entry.error.code if entry.error else None,
        "message": entry.error.message if entry.error else None,
        "version": entry.version,
        "model": entry.model,
        "kept": list(entry.kept),
    }
    text = json.dumps(reason, ensure_ascii=False, indent=2) + "\n"
    try:
        if (folder / REASON_FILE).is_file() and (folder / REASON_FILE).read_bytes() == text.encode():
            return
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            if path != report:
                path.unlink()
    except OSError as error:
        raise write_failed(folder, error) from None
    write_file(folder / REASON_FILE, [text])
    with suppress(OSError):
        if Path(entry.path).is_file():
            shutil.copyfile(entry.path, folder / entry.file)


def take_out(out: Path, annex_id: str) -> None:
    """Remove what lies there of an input: it did not fail this time."""
    folder = out / QUARANTINE / annex_id
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.parent.rmdir()
