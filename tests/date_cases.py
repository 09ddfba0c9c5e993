"""Cases of dates: marked-up sentences, and how the recogniser reads one."""

import re
from pathlib import Path

from pipeline.recognising.dates import find_dates
from pipeline.recognising.dates.lexicon import words
from pipeline.recognising.numbers import read_word
from pipeline.recognising.spans import DateMention
from samples.markup import Piece, parse_piece

Reading = list[tuple[str, ...]]
"""Words, EDTF, modifier, part and role of each date."""
FILES = sorted((Path(__file__).parent / "cases").glob("dates*.txt"))
_ARTICLE = "een"
_BREAK = "⏎"


def cases() -> list[str]:
    """Return the marked-up sentences of all files of dates."""
    lines = [line for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def piece_of(case: str) -> Piece:
    """Return the sentence, its lines broken where the case says so."""
    return parse_piece(case.replace(_BREAK, "\n"))


def is_negative(case: str) -> bool:
    """Tell whether nothing of a sentence is a date."""
    return not _expected(piece_of(case))


def is_mixed(case: str) -> bool:
    """Tell whether a sentence holds, beside a date, a number or a month that is none."""
    piece = piece_of(case)
    dates = [(mark.start, mark.end) for mark in piece.marks if mark.kind == "date"]
    if not dates:
        return False
    rest = "".join(letter for at, letter in enumerate(piece.plain) if not any(a <= at < b for a, b in dates))
    months = words()["months"]
    return any(
        word[0].isdigit() or word in months or (word != _ARTICLE and read_word(word) is not None)
        for word in re.findall(r"\w+", rest.casefold())
    )


def reading(case: str) -> tuple[Reading, Reading]:
    """Return what a case should give and what it gives; a role counts only where the case names one."""
    piece = piece_of(case)
    should = _expected(piece)
    found = find_dates(piece.plain)
    roles = [entry[-1] for entry in should] if len(should) == len(found) else [""] * len(found)
    return should, [_read(piece.plain, mention, role) for mention, role in zip(found, roles, strict=True)]


def _expected(piece: Piece) -> Reading:
    return [
        (piece.words(mark), str(mark.value), *(mark.attributes.get(key, "") for key in ("modifier", "part", "role")))
        for mark in piece.marks
        if mark.kind == "date"
    ]


def _read(text: str, mention: DateMention, role: str) -> tuple[str, ...]:
    value = mention.value
    said = text[mention.start : mention.end]
    return said, value.edtf, value.modifier or "", value.part or "", (mention.role or "") if role else ""
