"""A folder of odd PDFs that ANNEX_CORPUS names: no fault, no hang, no half file, and their words are read."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from corpus import ENOUGH_WORDS, GOOD_RECALL, SETTINGS, read_all

from pipeline.errors import ERROR_CODES
from pipeline.records.validating import validate

FOLDER = os.environ.get("ANNEX_CORPUS")
pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not FOLDER, reason="ANNEX_CORPUS names no folder of PDFs"),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext, which its words are compared with"),
]
GOOD_FILES = 0.95


def test_their_words_are_read() -> None:
    results = list(read_all(Path(str(FOLDER))))
    assert [one for one in results if one.outcome not in {"ok", *ERROR_CODES}] == []
    assert max(one.seconds for one in results) < SETTINGS.limits.seconds + 5
    wordy = [one for one in results if one.words >= ENOUGH_WORDS]
    bad = sorted((one.recall, one.path.name) for one in wordy if one.recall < GOOD_RECALL)
    assert len(bad) <= (1 - GOOD_FILES) * len(wordy), bad


def test_the_command_gets_through_them(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    for number, path in enumerate(sorted(Path(str(FOLDER)).rglob("*.pdf"))):
        (inputs / f"{number:04}.pdf").symlink_to(path.resolve())
    command = [sys.executable, "-m", "pipeline.cli", "extract", str(inputs), "-o", str(tmp_path / "out"), "--jobs", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stdout + done.stderr
    lines = done.stderr.splitlines()
    assert [line for line in lines if line.split(": ")[1] not in set(ERROR_CODES) - {"internal_error"}] == []
    entries = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["entries"]
    assert len(entries) == len(list(inputs.iterdir()))
    assert sum(entry["status"] == "failed" for entry in entries) == len(lines)
    assert validate(tmp_path / "out").problems == ()
    written = {entry for one in entries for entry in one["annex_ids"]}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {*written, "manifest.json"}
