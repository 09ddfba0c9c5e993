"""Words that Tesseract really misread (`samples/damage.py` says how) are put right, and what is undamaged stays."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import register
from pipeline.cleaning import repair
from pipeline.cleaning.lexicon import is_known, is_name
from pipeline.cleaning.readings import ALL, readings
from pipeline.cleaning.repair import repaired, repaired_word
from pipeline.document import AlignedText, Document, Line, Page

CASES = Path(__file__).parent / "cases"
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
MOST = 7
"""What the confusions of a word may cost that can be put right at all."""


def damaged(half: str) -> Iterator[tuple[str, str, int]]:
    """Give single words of one half, as read and as printed, and how often: no lost spaces, no change of case alone."""
    for line in (CASES / "ocr.tsv").read_text(encoding="utf-8").splitlines():
        of, _, count, seen, printed = line.split("\t")
        words = WORD.fullmatch(seen) and WORD.fullmatch(printed) and not re.search(r"\d", printed)
        if of == half and words and len(printed) > 2 and seen.lower() != printed.lower():
            yield seen, printed, int(count)


def can_be_mended(seen: str, printed: str) -> bool:
    """Whether it is unknown as read, and known confusions lead to what was printed, a known word."""
    if is_known(seen) or is_name(seen) or not is_known(printed):
        return False
    found = [*readings(seen, ALL, MOST), *readings(seen.lower(), ALL, MOST)]
    return printed.lower() in {reading.lower() for reading in found}


@pytest.mark.parametrize(("half", "precision", "recall"), [("build", 0.99, 0.78), ("measure", 0.975, 0.8)])
def test_damaged_words_are_put_right(half: str, precision: float, recall: float) -> None:
    right = wrong = mendable = 0
    for seen, printed, count in damaged(half):
        reading = repaired_word(seen, {}, is_worn=True)
        right += count * (reading == printed)
        wrong += count * (reading not in (None, printed))
        mendable += count * can_be_mended(seen, printed)
    assert mendable >= 400
    assert right / (right + wrong) >= precision
    assert right / mendable >= recall


def changes(lines: list[str]) -> list[tuple[str, str]]:
    """Return what the repair of a document changes."""
    made = tuple(Line(AlignedText(line), 1, (0.0, float(row), 1.0, float(row))) for row, line in enumerate(lines))
    page = Page(1, 0.0, 0.0, made)
    document = Document("a.txt", "0" * 64, "text/plain", "none", (page,), 0, paged=False)
    texts = [line.text for line in repaired(document).lines()]
    return [(found.raw, text.text[found.start : found.end]) for text in texts for found in text.repairs]


def undamaged() -> list[str]:
    lines = (CASES / "undamaged.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_rare_words_and_names_stay() -> None:
    assert sum(len(line.split()) for line in undamaged()) >= 400
    assert changes(undamaged()) == []


def names() -> list[str]:
    named = [name for body in register.organisations() for name, _ in body.forms()]
    return named + [name for place in register.places() for name in (place.name, *place.aliases)]


def test_names_stay() -> None:
    assert len(names()) >= 2000
    assert changes(names()) == []


def test_hardly_a_name_changes_that_no_register_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repair, "is_name", lambda _: False)
    assert len({raw for raw, _ in changes(names())}) <= 2
