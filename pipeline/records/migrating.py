"""Bring the records that an earlier version wrote up to the present schema."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.errors import ToldError
from pipeline.records.models import SCHEMA_VERSION, AnnexFile, Manifest, ProjectRecord
from pipeline.records.reading import ANNEX_FILE, MANIFEST_FILE
from pipeline.records.writing import AnnexFolder, as_bytes, prepare, write_annexes, write_manifest

M = TypeVar("M", bound=BaseModel)

_STEPS: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""By the `schema_version` that a file has: what makes it one of the next, of which it then has the number."""


class MigrationError(ToldError, ValueError):
    """A file that cannot be brought up to the present schema; its annex was left as it is."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """What became of one annex, or of the manifest."""

    name: str
    is_changed: bool
    error: ToldError | None = None


def migrate(out: Path) -> Iterator[Migrated]:
    """Bring every annex of a folder that a run has written, and its manifest, up to the present schema.

    Each annex is written whole or not at all; one that is so already is not touched, nor one that cannot be read.
    Nobody else may write to the folder meanwhile.

    Raises
    ------
    AnnexError
        With `write_failed`, when nothing can be written.
    """
    prepare(out)
    for folder in sorted(path.parent for path in out.glob(f"*/{ANNEX_FILE}") if not path.parent.name.startswith(".")):
        try:
            before = {path.name: path.read_bytes() for path in sorted(folder.glob("*.json"))}
            after = {name: _present(folder / name, content) for name, content in before.items()}
        except MigrationError as error:
            yield Migrated(folder.name, is_changed=False, error=error)
            continue
        if after != before:
            write_annexes(out, [AnnexFolder(folder.name, after)])
        yield Migrated(folder.name, is_changed=after != before)
    path = out / MANIFEST_FILE
    if path.is_file():
        content = path.read_bytes()
        try:
            manifest = _read(path, content, Manifest)
        except MigrationError as error:
            yield Migrated(MANIFEST_FILE, is_changed=False, error=error)
            return
        if as_bytes(manifest) != content:
            write_manifest(out, manifest)
        yield Migrated(MANIFEST_FILE, is_changed=as_bytes(manifest) != content)


def _present(path: Path, content: bytes) -> bytes:
    """Return a file of an annex as the present version writes it."""
    model: type[BaseModel] = AnnexFile if path.name == ANNEX_FILE else ProjectRecord
    return as_bytes(_read(path, content, model))


def _read(path: Path, content: bytes, model: type[M]) -> M:
    try:
        values = json.loads(content)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise MigrationError("{path}: is no record; it was left as it is", path=path)
    while (version := str(values.get("schema_version"))) in _STEPS:
        values = _STEPS[version](values)
    if "schema_version" in model.model_fields and version != SCHEMA_VERSION:
        raise MigrationError(
            "{path}: has version {version} of the schema, which this program does not know; install a newer one",
            path=path,
            version=version,
        )
    try:
        return model.model_validate(_with_added(values))
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        raise MigrationError(
            "{path}: breaks the record contract: {faults}",
            path=path,
            faults=f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}",
        ) from None


def _with_added(value: Any) -> Any:  # noqa: ANN401  # JSON of any form
    """Return JSON with the keys that came in after the first records of version 1.0, where they are absent."""
    if isinstance(value, list):
        return [_with_added(one) for one in value]
    if not isinstance(value, dict):
        return value
    added: dict[str, Any] = {"next_page_boxes": []} if "boxes" in value else {}
    return added | {key: _with_added(one) for key, one in value.items()}
