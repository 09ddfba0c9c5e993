"""Measure how fast annex is, in ratios of what is timed side by side in one run: ``make bench``.

A ratio that is a quarter worse than the one that is kept in ``tests/bench.json`` fails. ``--keep`` keeps those of this
run, and writes the table in the README.
"""

import json
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pdfplumber

from pipeline.batch.pool import in_order
from pipeline.batch.work import Task, work
from pipeline.extraction import extract_all
from pipeline.records.writing import write_annexes
from pipeline.register import Overlay
from pipeline.settings import ReadingSettings

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "tests" / "bench.json"
README = ROOT / "README.md"
PDFS = sorted((ROOT / "samples").glob("*-202?.pdf"))
ROUNDS = 5
DOCUMENTS = 500
MARKS: dict[str, tuple[str, str, float]] = {
    "default": ("a text PDF to written records, to `extract_text` of pdfplumber: `nl_annex`", "≤", 2.5),
    "fast": ("the same: `nl_annex_fast`", "≤", 0.5),
    "workers": ("two workers, to one", "≥", 1.5),
    "processor": ("processor time a page of two workers, to one", "≤", 1.1),
    "second": (f"a first run over {DOCUMENTS} documents, to a second in which none has changed", "≥", 50),
    "memory": ("peak memory of a worker after 1,000 documents, to that after 10", "≤", 1.1),
}
"""Of each ratio: what it is of, on which side of the mark it should be, and the mark."""
SLACK = 1.25


def main() -> int:
    """Measure all, say how it went, and return the exit code."""
    found: dict[str, float] = {}
    for measure in (reading, working_together, running_again, growing):
        found |= measure()
        print({name: round(value, 2) for name, value in found.items()}, flush=True)  # noqa: T201
    kept = json.loads(KEPT.read_text()) if KEPT.is_file() else {}
    fallen = [name for name, value in found.items() if name in kept and is_worse(name, value, kept[name])]
    for name, (what, side, mark) in MARKS.items():
        note = " – FALLEN BY A QUARTER" if name in fallen else "" if reaches(name, found[name]) else " – not reached"
        print(f"{found[name]:8.2f}  ({side} {mark:g}, kept: {kept.get(name, '–')})  {what}{note}")  # noqa: T201
    if "--keep" in sys.argv:
        KEPT.write_text(json.dumps({name: round(value, 2) for name, value in found.items()}, indent=2) + "\n")
        README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
        return 0
    return int(bool(fallen))


def reaches(name: str, value: float) -> bool:
    """Say whether a ratio is on the right side of its mark."""
    _what, side, mark = MARKS[name]
    return value <= mark if side == "≤" else value >= mark


def is_worse(name: str, value: float, before: float) -> bool:
    """Say whether a ratio has fallen by a quarter."""
    return value > before * SLACK if MARKS[name][1] == "≤" else value < before / SLACK


def table() -> str:
    """Return the table of the README, from what is kept."""
    kept = json.loads(KEPT.read_text())
    rows = [f"| {what} | {side} {mark:g} | {kept[name]:g} |" for name, (what, side, mark) in MARKS.items()]
    return "\n".join(["| ratio | mark | measured |", "|---|---|---|", *rows])


def with_table(readme: str) -> str:
    """Return the README with the table as it should be."""
    begin, end = "<!-- bench -->\n", "\n<!-- /bench -->"
    head, _, rest = readme.partition(begin)
    return head + begin + table() + end + rest.partition(end)[2]


def reading() -> dict[str, float]:
    """Read and write PDFs with each model, and have pdfplumber extract their text, in turn; warm, in one process."""
    ratios: dict[str, list[float]] = {"default": [], "fast": []}
    models = {"default": "nl_annex", "fast": "nl_annex_fast"}
    with tempfile.TemporaryDirectory() as place:
        for number in range(ROUNDS + 1):
            plain = seconds(extract_texts)
            for name, model in models.items():
                taken = seconds(partial(write_all, model, Path(place)))
                if number:  # the first loads the models
                    ratios[name].append(taken / plain)
    return {name: statistics.median(each) for name, each in ratios.items()}


def seconds(do: Callable[[], object]) -> float:
    """Return the wall time of a call."""
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def extract_texts() -> None:
    """Do what a program with pdfplumber alone does first."""
    for path in PDFS:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_text()


def task(path: Path, model: str) -> Task:
    """Return the task of a document."""
    return Task(path, "x", ReadingSettings(), model, Overlay())


def write_all(model: str, out: Path) -> None:
    """Go all the way from files to their records on disk."""
    for path in PDFS:
        write_annexes(out, work(task(path, model), extract_all).folders)


def working_together() -> dict[str, float]:
    """Give the same documents to one worker and to two, in turn."""
    tasks = [task(path, "nl_annex") for _ in range(4) for path in PDFS]
    pairs = [(crew(tasks, 1), crew(tasks, 2)) for _ in range(2)]
    return {
        "workers": statistics.median(one[0] / two[0] for one, two in pairs),
        "processor": statistics.median(two[1] / one[1] for one, two in pairs),
    }


def crew(tasks: Sequence[Task], jobs: int) -> tuple[float, float]:
    """Return the wall time and the processor time that some workers take, their start included."""
    start = time.perf_counter()
    used = 0.0
    for number, _ in enumerate(in_order(tasks, extract_all, jobs), start=1):
        if number == len(tasks):
            used = sum(processor(pid) for pid in below(os.getpid()))
    return time.perf_counter() - start, used


def below(pid: int) -> list[int]:
    """Return the processes that come of a process."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found[1:]


def processor(pid: int) -> float:
    """Return the processor time of a process, with that of its children that have ended, in seconds."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def running_again() -> dict[str, float]:
    """Run over documents, and again."""
    with tempfile.TemporaryDirectory() as place:
        letters = Path(place) / "letters"
        letters.mkdir()
        small_documents(letters, DOCUMENTS)
        command = [sys.executable, "-m", "pipeline.cli", "run", str(letters), "-o", f"{place}/records"]
        command += ["--jobs", str(os.cpu_count() or 1)]
        first = seconds(lambda: subprocess.run(command, check=True, capture_output=True))
        second = min(seconds(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(3))
    return {"second": first / second}


def small_documents(folder: Path, count: int) -> list[Path]:
    """Write annexes of three projects, no two the same."""
    text = (ROOT / "samples" / "schuldenvrij-2024.txt").read_text(encoding="utf-8")[:3000]
    paths = [folder / f"annex-{number:04}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"{text}\n\nKenmerk {number}.\n", encoding="utf-8")
    return paths


def growing() -> dict[str, float]:
    """Have one worker, and the process that reads for it, go through a thousand documents."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        early, late = pool.apply(peaks)
    return {"memory": late / early}


def peaks() -> tuple[int, int]:
    """Return the peak memory after 10 documents and after 1,000, in KB."""
    place = Path(tempfile.mkdtemp())
    early = 0
    for number, path in enumerate(small_documents(place, 1000), start=1):
        work(task(PDFS[0] if number <= 2 else path, "nl_annex_fast"), extract_all)
        if number == 10:
            early = peak()
    shutil.rmtree(place)
    return early, peak()


def peak() -> int:
    """Return the peak memory of this process and of those that come of it, in KB."""
    total = 0
    for pid in [os.getpid(), *below(os.getpid())]:
        status = Path(f"/proc/{pid}/status").read_text()
        total += int(status.partition("VmHWM:")[2].split()[0])
    return total


if __name__ == "__main__":
    sys.exit(main())
