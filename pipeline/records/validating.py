"""Check what a run has written: every file by its schema, and what must hold between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.errors import ERROR_CODES
from pipeline.records.edtf import is_edtf
from pipeline.records.invariants import Problem, annex_problems, problem
from pipeline.records.models import AnnexFile, Manifest, ProjectRecord
from pipeline.records.reading import ANNEX_FILE, MANIFEST_FILE
from pipeline.records.writing import as_bytes, is_leftover

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check has seen and found."""

    annexes: int
    records: int
    """Those that could be read."""
    problems: tuple[Problem, ...]
    """In order of file; empty where all is well."""


def validate(out: Path) -> Checked:
    """Check a folder that a run has written, or one annex folder in it.

    Every file must have the form of the record contract, to the byte, and be one that the contract knows; what must
    hold beyond the form is in `pipeline.records.invariants`.

    Raises
    ------
    OSError
        When the folder itself cannot be read.
    """
    if (out / ANNEX_FILE).is_file():
        return _checked([], [_Folder(out, "")])
    found: list[Problem] = []
    folders: dict[str, _Folder] = {}
    for path in sorted(out.iterdir()):
        if is_leftover(path):
            found.append(problem(path.name, "", "is left over from a run that was killed; the next run clears it away"))
        elif path.is_dir() and _is_annex(path):
            folders[path.name] = _Folder(path, f"{path.name}/")
    if not (out / MANIFEST_FILE).is_file():
        found.append(problem(MANIFEST_FILE, "", "is not there"))
    elif manifest := _read(out / MANIFEST_FILE, Manifest, MANIFEST_FILE, found):
        found += _manifest_problems(manifest, folders)
    if not folders and not found:
        found.append(problem("", "", "holds no annex"))
    return _checked(found, list(folders.values()))


def _checked(found: Sequence[Problem], folders: Sequence["_Folder"]) -> Checked:
    problems = [*found, *(one for folder in folders for one in folder.problems)]
    return Checked(
        annexes=len(folders),
        records=sum(len(folder.records) for folder in folders),
        problems=tuple(sorted(problems, key=lambda one: one.file)),
    )


class _Folder:
    """One annex folder under check."""

    def __init__(self, path: Path, prefix: str) -> None:
        self.problems: list[Problem] = []
        self.records: dict[str, ProjectRecord] = {}
        self._prefix = prefix
        name = path.resolve().name
        files = {one.name for one in path.iterdir()}
        if ANNEX_FILE not in files:
            self.annex = None
            self._add(problem(ANNEX_FILE, "", "is not there"))
            return
        self.annex = self._read(path / ANNEX_FILE, AnnexFile)
        if self.annex is None:
            return
        listed = [entry.file for entry in self.annex.records]
        if self.annex.annex.id != name:
            there = self.annex.annex.id
            self._add(problem(ANNEX_FILE, "annex.id", "is {there} and should be {right}", there=there, right=name))
        for file in sorted(files - {ANNEX_FILE, *listed}):
            self._add(problem(file, "", "is not listed in annex.json"))
        for file in listed:
            if file not in files:
                self._add(problem(file, "", "is listed in annex.json, but is not there"))
            elif record := self._read(path / file, ProjectRecord):
                self.records[file] = record
        for found in annex_problems(self.annex, self.records):
            self._add(found)
        for file, record in self.records.items():
            for found in _edtf_problems(record, file):
                self._add(found)

    def warnings(self) -> int:
        """Count the warnings of the annex and its records."""
        own = len(self.annex.warnings) if self.annex else 0
        return own + sum(len(record.warnings) for record in self.records.values())

    def _read(self, path: Path, model: type[M]) -> M | None:
        return _read(path, model, f"{self._prefix}{path.name}", self.problems)

    def _add(self, found: Problem) -> None:
        self.problems.append(replace(found, file=self._prefix + found.file))


def _edtf_problems(record: ProjectRecord, file: str) -> Iterator[Problem]:
    """Check the syntax of the dates; the library takes milliseconds for each, so a run does not wait for it."""
    for number, one in enumerate(record.dates):
        for key, text in (("edtf", one.edtf), ("interval", one.interval)):
            if not is_edtf(text):
                yield problem(file, f"dates[{number}].{key}", "{text} is no date in EDTF", text=text)


def _is_annex(folder: Path) -> bool:
    """Say whether a folder of a run is an annex, whole or not: other folders there are not ours to judge."""
    return not folder.name.startswith((".", "_")) and any(folder.glob("*.json"))


def _read(path: Path, model: type[M], file: str, found: list[Problem]) -> M | None:
    try:
        content = path.read_bytes()
        value = model.model_validate_json(content)
    except OSError as error:
        found.append(problem(file, "", "cannot be read ({reason})", reason=error.strerror))
        return None
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            where = _path(fault["loc"])
            found.append(problem(file, where, "breaks the schema: {reason}", reason=fault["msg"]))
        return None
    if as_bytes(value) != content:
        found.append(problem(file, "", "is not written as the record contract has it (indent, order of keys, numbers)"))
    return value


def _path(location: tuple[int | str, ...]) -> str:
    """Write the place of a fault: ``dates[2].text``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location).removeprefix(".")


def _manifest_problems(manifest: Manifest, folders: dict[str, _Folder]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, entry in enumerate(manifest.entries):
        where = f"entries[{number}]"
        if (entry.status == "failed") != (entry.error is not None) or (entry.status != "ok" and entry.annex_ids):
            yield problem(MANIFEST_FILE, where, "status, error and annex_ids contradict each other")
        if entry.error and entry.error.code not in ERROR_CODES:
            yield problem(MANIFEST_FILE, f"{where}.error.code", "{code} is not a code", code=entry.error.code)
        present = [folders[annex_id] for annex_id in entry.annex_ids if annex_id in folders]
        for annex_id in entry.annex_ids:
            if annex_id not in folders:
                yield problem(MANIFEST_FILE, f"{where}.annex_ids", "{id} is not there", id=annex_id)
            if annex_id in seen:
                yield problem(MANIFEST_FILE, f"{where}.annex_ids", "{id} is listed twice", id=annex_id)
            seen.add(annex_id)
        if len(present) < len(entry.annex_ids) or any(one.problems for one in present):
            continue
        if entry.records != sum(len(one.records) for one in present):
            yield problem(MANIFEST_FILE, f"{where}.records", "is not the number of records that are there")
        if entry.warnings != sum(one.warnings() for one in present):
            yield problem(MANIFEST_FILE, f"{where}.warnings", "is not the number of warnings that the records hold")
        if any(one.annex and one.annex.annex.source.sha256 != entry.sha256 for one in present):
            yield problem(MANIFEST_FILE, f"{where}.sha256", "is not that of the records' source")
