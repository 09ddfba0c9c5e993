"""What the guard of reading costs: time to start, time for each file, and memory that does not grow with the pages."""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from making import pdf
from reportlab.pdfgen.canvas import Canvas

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


def median(of: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        of()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def test_starting_is_quick() -> None:
    def start() -> None:
        guard = Guard()
        guard.confinement(SETTINGS.limits)
        guard.close()

    assert median(start, 7) < 0.4


def test_a_small_file_costs_little_more_than_read_here(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf())
    guard = Guard()

    def guarded() -> object:
        return guard.read(opened(path, SETTINGS.limits), SETTINGS)

    try:
        assert guarded() == read(path)
        assert median(guarded, 50) < median(lambda: read(path), 50) + 0.01
    finally:
        guard.close()
