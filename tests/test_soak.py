"""Long tests: many annexes in several processes give the same bytes, and time grows with the text."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from timing import WHILE, assert_in_proportion, of_length, seconds

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
def test_annexes_take_time_in_proportion(find: Callable[[str], object]) -> None:
    text = "\n\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "samples").glob("*.txt")))
    assert_in_proportion(text, lambda long: lambda: find(long), busy=2 * WHILE)


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
def test_a_line_is_cleaned_in_time_that_grows_with_it(unit: str) -> None:
    assert_in_proportion(unit, cleaning, busy=2 * WHILE)
    assert seconds(cleaning(of_length(unit, 200_000))) < 30


def cleaning(text: str) -> Callable[[], object]:
    lines = (Line(AlignedText(text), 1, (0.0, 0.0, 1.0, 0.0)), Line(AlignedText(text), 1, (0.0, 1.0, 1.0, 1.0)))
    page = Page(1, 0.0, 0.0, lines)
    document = Document("a.txt", "0" * 64, "text/plain", "none", (page,), 0, paged=False)
    return lambda: clean(document)
