"""What the guard of reading costs: time to start, time for each file, and memory that does not grow with the pages."""

import sys
import time
from pathlib import Path

import pytest
from making import pdf
from reportlab.pdfgen.canvas import Canvas
from timing import least_seconds

from pipeline.reading import read
from pipeline.reading.guarded import Guard
from pipeline.reading.opening import opened
from pipeline.settings import ReadingSettings

SETTINGS = ReadingSettings()
pytestmark = pytest.mark.soak


def many_pages(path: Path, count: int) -> Path:
    canvas = Canvas(str(path))
    for number in range(count):
        for row in range(45):
            canvas.drawString(
                60, 790 - 16 * row, f"Regel {row} van blad {number}: de gemeente telt {number * row} banken."
            )
        canvas.showPage()
    canvas.save()
    return path


def peak(path: Path) -> int:
    """Return the most memory, in kB, of a process that reads one file."""
    guard = Guard()
    try:
        document = guard.read(opened(path, SETTINGS.limits), SETTINGS)
        assert len(document.pages) == document.page_count
        assert guard._child is not None
        status = Path(f"/proc/{guard._child._process.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    finally:
        guard.close()


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_memory_does_not_grow_with_the_pages(tmp_path: Path) -> None:
    few, many = many_pages(tmp_path / "a.pdf", 100), many_pages(tmp_path / "b.pdf", 1000)
    assert peak(many) <= 1.3 * peak(few)


def test_starting_is_quick() -> None:
    def start() -> None:
        guard = Guard()
        guard.confinement(SETTINGS.limits)
        guard.close()

    assert least_seconds(start, enough=0.4, rounds=20, clock=time.perf_counter) <= 0.4


def test_a_small_file_costs_little_more_than_read_here(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf())
    guard = Guard()

    def guarded() -> object:
        return guard.read(opened(path, SETTINGS.limits), SETTINGS)

    try:
        assert guarded() == read(path)
        here = least_seconds(lambda: read(path), rounds=50, clock=time.perf_counter)
        enough = here + 0.01
        assert least_seconds(guarded, enough=enough, rounds=200, clock=time.perf_counter) <= enough
    finally:
        guard.close()
