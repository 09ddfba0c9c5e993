"""Long tests: many annexes in several processes give the same bytes, and time grows with the text."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cleaning import clean
from pipeline.document import AlignedText, Document, Line, Page
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
        """Return the CPU time, the best of three: a busy machine adds to some."""
        taken = []
        for _ in range(3):
            start = time.process_time()
            find(of)
            taken.append(time.process_time() - start)
        return min(taken)

    seconds(text)
    assert seconds(half + half) <= 3 * seconds(half)  # quadratic would be 4


WORN = "De financiéle codrdinatie vande beinvioeding is geinvesteerd met veiligheidscodrdinatoren en verstagiegging. "


@pytest.mark.parametrize(
    "unit",
    [
        "".join(WORN.replace("is", f"is{letter}w{other}") for letter in "abcdefgh" for other in "bcdfghkl"),
        "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6",
        "rnrnvvclii",
        "a ",
        "financi ele ",
        "x-",
    ],
    ids=["damaged words", "base64", "one long word", "letters", "cut words", "hyphens"],
)
def test_a_line_twice_as_long_is_cleaned_in_twice_the_time(unit: str) -> None:
    def seconds(length: int) -> float:
        """Return the CPU time, the better of two."""
        text = (unit * (length // len(unit) + 1))[:length]
        lines = (Line(AlignedText(text), 1, (0.0, 0.0, 1.0, 0.0)), Line(AlignedText(text), 1, (0.0, 1.0, 1.0, 1.0)))
        page = Page(1, 0.0, 0.0, lines)
        document = Document("a.txt", "0" * 64, "text/plain", "none", (page,), 0, paged=False)
        taken = []
        for _ in range(2):
            start = time.process_time()
            clean(document)
            taken.append(time.process_time() - start)
        return min(taken)

    seconds(1_000)
    half, whole = seconds(100_000), seconds(200_000)
    assert whole <= 2.5 * half + 0.05
    assert whole < 30
