"""The make targets on `annex run`: one run for all of them, however many work at once, and nothing made twice."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with the Makefile, a set-up environment, and two annexes."""
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv" / ".installed").touch()
    (tmp_path / "letters").mkdir()
    shutil.copy(ROOT / "samples" / "schuldenvrij-2022.txt", tmp_path / "letters")
    shutil.copy(ROOT / "samples" / "schuldenvrij-2023.txt", tmp_path / "letters")
    return tmp_path


def make(checkout: Path, *targets: str, code: int = 0) -> str:
    command = ["make", "-j4", *targets, "INPUT=letters", "RECORDS=records", "FLAGS=--model nl_annex_fast"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == (code == 0), done.stdout + done.stderr
    return done.stdout + done.stderr


def test_all_targets_share_one_run_and_make_nothing_twice(checkout: Path) -> None:
    said = make(checkout, "ingest", "report", "export")
    assert said.count('"event": "run_planned"') == 1
    made = [checkout / name for name in ("records-report.html", "records.xlsx", "records/manifest.json")]
    before = [path.stat().st_mtime_ns for path in made]
    assert "0 inputs to do, 2 unchanged, of 2" in make(checkout, "changed")
    make(checkout, "ingest", "report", "export")
    assert [path.stat().st_mtime_ns for path in made] == before
    (checkout / "letters" / "bad.txt").write_text("niets")
    assert "letters/bad.txt: new" in make(checkout, "changed")
    said = make(checkout, "ingest", "report", "export", code=1)
    assert '"code": "no_projects"' in said
    assert all(path.stat().st_mtime_ns > old for path, old in zip(made, before, strict=True))
