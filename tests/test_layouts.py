"""Annexes in many looks, by someone who had not read the code: titles, heads, where sections begin and end.

`KNOWN_FAILURES` holds exactly what fails: a case that is fixed leaves it, and says so here.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import AnnexError
from pipeline.extraction import read_sections

LAYOUTS = Path(__file__).resolve().parent / "layouts"
CASES = sorted(path.stem for path in LAYOUTS.glob("*.json"))

KNOWN_FAILURES: frozenset[str] = frozenset(
    {
        "pdf-lang-project",
    }
)


def expected(name: str) -> dict[str, Any]:
    case: dict[str, Any] = json.loads((LAYOUTS / f"{name}.json").read_text(encoding="utf-8"))
    return case


def found(path: Path) -> list[dict[str, Any]]:
    return [
        {
            "label": annex.label,
            "title": annex.title,
            "projects": [
                {
                    "title": section.title.text,
                    "first": " ".join(section.body.text.split()[:3]),
                    "last": " ".join(section.body.text.split()[-3:]),
                }
                for section in annex.sections
            ],
        }
        for annex in read_sections(path).annexes
        if annex.sections
    ]


@pytest.mark.parametrize("name", CASES)
def test_layout(name: str) -> None:
    case = expected(name)
    try:
        got: object = found(LAYOUTS / case["file"])
    except AnnexError as error:
        got = error.code
    if name in KNOWN_FAILURES:
        assert got != case["annexes"], f"{name} comes out right now: take it out of KNOWN_FAILURES"
    else:
        assert got == case["annexes"], case["why"]


def test_known_failures_are_cases() -> None:
    assert set(CASES) >= KNOWN_FAILURES
