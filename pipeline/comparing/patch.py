"""What changed as a JSON Patch (RFC 6902): applied to the old records it gives the new ones."""

import json
from pathlib import Path
from typing import Any

import jsonpatch

from pipeline.records.reading import ANNEX_FILE, read_records


def patch_between(old: Path, new: Path) -> list[dict[str, Any]]:
    """Return the patch between the documents of two runs, as `document_of` has them.

    Where both hold one annex, its id is left out of the names, so that a patch between two years tells what changed.

    Raises
    ------
    RecordsError
        When records cannot be read.
    """
    first, second = document_of(old), document_of(new)
    if len(_annexes(first)) == len(_annexes(second)) == 1:
        first, second = ({name.rpartition("/")[2]: value for name, value in one.items()} for one in (first, second))
    operations: list[dict[str, Any]] = jsonpatch.make_patch(first, second).patch
    return operations


def document_of(out: Path) -> dict[str, Any]:
    """Return the files of a run as one JSON document: ``{"<annex-id>/annex.json": …, "<annex-id>/01-….json": …}``.

    The manifest is left out: it tells of the run, with its times.

    Raises
    ------
    RecordsError
        When the folder holds no annex, or a file breaks the record contract.
    """
    document: dict[str, Any] = {}
    for annex_id in read_records(out):
        folder = out if (out / ANNEX_FILE).is_file() else out / annex_id
        for path in sorted(folder.glob("*.json")):
            document[f"{annex_id}/{path.name}"] = json.loads(path.read_bytes())
    return document


def _annexes(document: dict[str, Any]) -> set[str]:
    return {name.partition("/")[0] for name in document}
