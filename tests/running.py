"""Runs over folders for tests, with a faked extraction: fast, and told by each document what to do."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from making import fake_extract, tree

import pipeline.extraction
from pipeline.cli import main
from pipeline.extraction import Annex

FAKED = [sys.executable, str(Path(__file__)), "run"]
"""A command of its own with the faked extraction."""
NO_RECORDS = ("manifest.json", "journal.jsonl", "quarantine/")


class Folder:
    """A folder of documents, the folder that its records are written to, and the documents that were read."""

    def __init__(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.documents = place / "in"
        self.out = place / "out"
        self.documents.mkdir()
        self.read: list[str] = []

        def extract(path: Path, **more: Any) -> list[Annex]:  # noqa: ANN401  # as those that extract
            self.read.append(path.relative_to(self.documents).as_posix() if path.is_relative_to(place) else path.name)
            return fake_extract(path, **more)

        monkeypatch.setattr(pipeline.extraction, "extract_all", extract)

    def write(self, name: str, text: str) -> Path:
        path = self.documents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def run(self, *options: object, code: int = 0, inputs: tuple[Path, ...] = (), **environment: str) -> list[str]:
        """Run, and return which documents were read."""
        self.read.clear()
        self.result = run(*(inputs or (self.documents,)), "-o", self.out, *options, **environment)
        assert self.result.exit_code == code, self.result.output
        return list(self.read)

    def events(self, name: str) -> list[dict[str, Any]]:
        """Return the events of the last run with a name."""
        return [one for one in map(json.loads, self.result.stderr.splitlines()) if one["event"] == name]

    def records(self) -> dict[str, bytes]:
        return records(self.out)

    def manifest(self) -> dict[str, dict[str, Any]]:
        """Return the entries of the manifest by the name of their document."""
        entries = json.loads((self.out / "manifest.json").read_text())["entries"]
        return {str(Path(one["input"]).relative_to(self.documents)): one for one in entries}


def run(*arguments: object, **environment: str) -> Result:
    return CliRunner(env={"COLUMNS": "80", **environment}).invoke(main, ["run", *map(str, arguments)])


def records(out: Path) -> dict[str, bytes]:
    """Return what a run has written, without what a run that was disturbed may have otherwise."""
    return {name: content for name, content in tree(out).items() if not name.startswith(NO_RECORDS)}


def in_fork(do: Callable[[], object]) -> int:
    """Do something in a copy of this process; return its exit code, or minus the signal that killed it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            done = do()
            code = done if isinstance(done, int) else 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    pipeline.extraction.extract_all = fake_extract  # type: ignore[assignment]  # takes what it is called with
    main()
