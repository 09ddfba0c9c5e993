"""Cases of figures: marked-up sentences, and whether the recogniser reads one as it is marked."""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pipeline.recognising.figures import find_figures
from pipeline.recognising.numbers import read_word
from pipeline.recognising.spans import FigureMention
from samples.attributes import FIGURES
from samples.markup import Mark, parse_piece

BREAK = "⏎"
"""Stands in a case where the line breaks."""
FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Wanted:
    """A figure that a sentence is marked with."""

    start: int
    end: int
    kind: str
    low: Decimal
    high: Decimal | None
    units: frozenset[str | None]
    comparator: str
    optional: bool


def read_cases(name: str) -> list[str]:
    """Return the sentences of a file in ``tests/cases``."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def plain(case: str) -> str:
    """Return the sentence of a case, without its marks and with its breaks."""
    return parse_piece(case).plain.replace(BREAK, "\n")


def is_negative(case: str) -> bool:
    """Tell whether a sentence holds no figure."""
    return not any(mark.kind in FIGURES for mark in parse_piece(case).marks)


def is_mixed(case: str) -> bool:
    """Tell whether a sentence holds a figure, and beside it a number that is none: a date, a reference, a name."""
    piece = parse_piece(case)
    figures = [(mark.start, mark.end) for mark in piece.marks if mark.kind in FIGURES]
    if not figures:
        return False
    rest = "".join(letter for at, letter in enumerate(piece.plain) if not any(a <= at < b for a, b in figures))
    return any(word[:1].isdigit() or read_word(word) is not None for word in re.findall(r"\w+", rest))


def fails(case: str) -> bool:
    """Tell whether a sentence is read otherwise than it is marked."""
    piece = parse_piece(case)
    wants = [_wanted(mark) for mark in piece.marks if mark.kind in FIGURES]
    exclude = [(mark.start, mark.end) for mark in piece.marks if mark.kind not in FIGURES]
    found = find_figures(plain(case), exclude=exclude)
    for want in wants:
        match = next((got for got in found if _fits(want, got)), None)
        if match is not None:
            found.remove(match)
        elif want.optional:
            found = [got for got in found if not (got.start < want.end and want.start < got.end)]
        else:
            return True
    return bool(found)


def _wanted(mark: Mark) -> Wanted:
    assert mark.value is not None
    low, _, high = mark.value.partition("..")
    default = {"money": "EUR", "percentage": "%", "age": "year"}.get(mark.kind)
    units = frozenset(mark.attributes["unit"].split("|")) if "unit" in mark.attributes else frozenset({default})
    return Wanted(
        mark.start,
        mark.end,
        mark.kind,
        Decimal(low),
        Decimal(high) if high else None,
        units,
        mark.attributes.get("cmp", "="),
        mark.optional,
    )


def _fits(want: Wanted, got: FigureMention) -> bool:
    value = got.value
    return (
        got.start < want.end
        and want.start < got.end
        and (value.kind, value.value, value.value_max, value.comparator)
        == (want.kind, want.low, want.high, want.comparator)
        and (value.unit in want.units or (want.kind == "ratio" and None in want.units))
    )
