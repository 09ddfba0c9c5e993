"""Long tests: many annexes in several processes give the same bytes, and time grows with the text."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.recognising.dates import find_dates
from pipeline.recognising.figures import find_figures
from pipeline.recognising.locations import find_locations
from pipeline.recognising.organisations import find_organisations

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.soak


def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path) -> None:
    runs = {}
    for jobs in ("1", "2"):
        out = tmp_path / jobs
        inputs = [str(ROOT / "samples"), str(ROOT / "tests" / "layouts")]
        command = [sys.executable, "-m", "pipeline.cli", "extract", *inputs, "-o", str(out), "--jobs", jobs]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        runs[jobs] = {p.relative_to(out): p.read_bytes() for p in out.rglob("*.json") if p.name != "manifest.json"}
    assert len(runs["1"]) > 400
    assert runs["1"] == runs["2"]


@pytest.mark.parametrize(
    "find", [find_dates, find_figures, find_organisations, find_locations], ids=lambda f: f.__name__
)
def test_a_megabyte_of_annexes_takes_twice_the_time_of_half(find: Callable[[str], object]) -> None:
    text = "\n\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "samples").glob("*.txt")))
    half = (text * (500_000 // len(text) + 1))[:500_000]

    def seconds(of: str) -> float:
        """Return the CPU time, the better of two: a busy machine adds to one."""
        taken = []
        for _ in range(2):
            start = time.process_time()
            find(of)
            taken.append(time.process_time() - start)
        return min(taken)

    seconds(text)
    assert seconds(half + half) <= 2.5 * seconds(half)
