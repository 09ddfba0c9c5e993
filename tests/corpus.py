"""Read every PDF of a folder and compare its words with those of `pdftotext`: ``python tests/corpus.py FOLDER``.

For suites of odd PDFs that other projects publish; they are not ours to keep in this repository.
"""

import re
import shutil
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from threading import local

from pipeline.document import Document
from pipeline.errors import AnnexError
from pipeline.reading.guarded import Guard
from pipeline.reading.opening import opened
from pipeline.settings import Limits, ReadingSettings

ENOUGH_WORDS = 50
GOOD_RECALL = 0.95
SETTINGS = ReadingSettings(limits=Limits(seconds=60))


@dataclass(frozen=True, slots=True)
class Read:
    """How one file went."""

    path: Path
    words: int
    """That pdftotext finds."""
    recall: float
    """Part of them that are read; 0 where the file was not."""
    outcome: str
    """``ok``, the code of an error, or the name of a fault."""
    message: str
    seconds: float


def read_all(folder: Path, jobs: int = 2) -> Iterator[Read]:
    """Give how each PDF of a folder went, in order."""
    guards = local()

    def read_one(path: Path) -> Read:
        if not hasattr(guards, "own"):
            guards.own = Guard()
        return _read(guards.own, path)

    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(read_one, sorted(folder.rglob("*.pdf")))


def _read(guard: Guard, path: Path) -> Read:
    expected = Counter(_words(_pdftotext(path)))
    total = sum(expected.values())
    start = time.monotonic()
    found: Counter[str] = Counter()
    outcome, message = "ok", ""
    try:
        found = Counter(_found(guard.read(opened(path, SETTINGS.limits), SETTINGS)))
    except AnnexError as error:
        outcome, message = error.code, error.message
    except Exception as error:  # noqa: BLE001  # to be told, with the others
        outcome, message = type(error).__name__, str(error)
    recall = sum((expected & found).values()) / total if total else 1.0
    return Read(path, total, recall, outcome, message, time.monotonic() - start)


def _pdftotext(path: Path) -> str:
    try:
        done = subprocess.run(
            ["pdftotext", "-enc", "UTF-8", path, "-"],  # noqa: S607
            capture_output=True,
            timeout=60,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).replace("\xad", ""))


def _found(document: Document) -> list[str]:
    """Return all words, and those that go on behind a hyphen on the next line: pdftotext joins them."""
    lines = [line.text.text for line in document.lines()]
    words = _words("\n".join(lines))
    for page in document.pages:
        words += _words("\n".join(removed.line.text.text for removed in page.removed))
    for line, following in pairwise(lines):
        if line.rstrip("\xad").endswith(("-", "\xad")) or "\xad" in line[-1:]:
            words += _words(line.rstrip("-\xad").split()[-1:][0] + following.split()[0]) if line.strip("-\xad ") else []
    return words


def main(folder: Path) -> None:
    """Show totals, failures and the worst."""
    results = []
    for one in read_all(folder):
        results.append(one)
        if one.outcome != "ok" or (one.words >= ENOUGH_WORDS and one.recall < GOOD_RECALL) or one.seconds > 10:
            sys.stdout.write(
                f"{one.path.name}\t{one.words}\t{one.recall:.3f}\t{one.outcome}\t{one.seconds:.1f}\t{one.message}\n"
            )
            sys.stdout.flush()
    wordy = [one for one in results if one.words >= ENOUGH_WORDS]
    good = [one for one in wordy if one.recall >= GOOD_RECALL]
    outcomes = ", ".join(f"{outcome}: {count}" for outcome, count in Counter(r.outcome for r in results).most_common())
    sys.stdout.write(
        f"{outcomes}\n{len(results)} files, {len(wordy)} with {ENOUGH_WORDS} words, {len(good)} of them read\n"
        f"the longest took {max(one.seconds for one in results):.1f} s\n"
    )


if __name__ == "__main__":
    if not shutil.which("pdftotext"):
        sys.exit("pdftotext (poppler-utils) is needed")
    main(Path(sys.argv[1]))
