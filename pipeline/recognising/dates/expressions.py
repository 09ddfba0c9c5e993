"""What a date expression says, before anything is worked out: points, and what binds them."""

from dataclasses import dataclass, replace
from typing import Literal, Self

from pipeline.recognising.spans import Modifier, Part

Link = Literal["inclusive", "to"]
"""How a span is bound: a dash or ``tot en met``, or ``tot``, whose last day is out."""


@dataclass(frozen=True, slots=True)
class Point:
    """One place on the calendar as it is written; what is not written is None."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    code: int | None = None
    """EDTF code of a season, quarter or half."""
    months: tuple[int, int] | None = None
    """First month and number of months of a stretch that has no code: ``de eerste negen maanden``."""
    share: tuple[int, int] | None = None
    """Which of how many equal shares of the point is meant: the second half of the nineties."""
    nth: int | None = None
    """An ordinal whose noun follows later: ``eerste`` in ``eerste en tweede kwartaal``."""
    number: int | None = None
    """A number that may be a day: ``3`` in ``3 en 4 juni``."""
    week: int | None = None
    counted: tuple[int, int] | None = None
    """Which weekday of the month or week of the year is meant: (-1, 7) the last Sunday, (1, 0) the first week, (2, 8)
    the second weekend, (1, 9) the first day."""
    blur: Literal[0, 1, 2] = 0
    """How many digits of the year are open: 1 a decade, 2 a century."""
    school: int | None = None
    """First month of a school year."""
    part: Part | None = None
    approximate: bool = False
    bare: bool = False
    """Nothing but a year: whether it is one depends on what stands around it."""
    short: bool = False
    """The year has two digits, or the month none but its number."""
    needs_year: bool = False
    """Without a year of its own it may as well be something else: Jan, ``T1``, ``de laatste maand``."""

    @property
    def open(self) -> bool:
        """Tell whether it needs words of another point to mean anything but the year."""
        return self.number is not None or self.nth is not None or self.shape == "part"

    @property
    def shape(self) -> str:
        """Return what kind of point it is."""
        if self.counted is not None:
            return "week" if self.counted[1] in {0, 8} else "day"
        for name in ("week", "school", "day", "number", "month", "nth", "months", "code"):
            if getattr(self, name) is not None:
                return name
        if self.blur:
            return "decade" if self.blur == 1 else "century"
        return "year" if self.year is not None else "part"

    def grown(self, *, start: int | None = None, end: int | None = None) -> Self:
        """Return it with other bounds in the text."""
        return replace(self, start=self.start if start is None else start, end=self.end if end is None else end)

    def completed(self, by: "Point") -> "Point | None":
        """Return it with what it leaves to the point after it, or None when that does not fit.

        ``3`` before ``4 juni 2023`` is 3 June 2023; ``maart`` before ``april 2023`` is March 2023.
        """
        if self.number is not None:
            if by.day is None:
                return None
            return replace(self, number=None, day=self.number, month=by.month, year=by.year)
        if self.nth is not None and by.blur == 2:
            return replace(self, nth=None, year=(self.nth - 1) * 100, blur=2) if self.nth > 0 else None
        if self.nth is not None:
            base = code_base(by.code)
            if base is None:
                return None
            return replace(self, nth=None, code=code_of(base, self.nth), year=by.year)
        if self.shape == "part":
            if by.part is None:
                return None
            return replace(by, start=self.start, end=self.end, part=self.part)
        if self.year is None and by.year is not None and by.shape in {"day", "month", "months", "code", "week"}:
            return replace(self, year=by.year)
        return self


@dataclass(frozen=True, slots=True)
class Expression:
    """A date as a reader would underline it: one point, or a span of two, and a bound."""

    start: int
    end: int
    points: tuple[Point, ...]
    link: Link | None = None
    modifier: Modifier | None = None
    listed: bool = False
    """It follows another in an enumeration."""

    @property
    def dated(self) -> bool:
        """Tell whether any of its points has a year of its own."""
        return any(point.year is not None for point in self.points)

    @property
    def open(self) -> bool:
        """Tell whether a point of it still waits for words that never came."""
        return any(point.open for point in self.points)

    @property
    def bare(self) -> bool:
        """Tell whether it is made of nothing but years."""
        return all(point.bare for point in self.points)


QUARTER, TERM, HALF = 32, 36, 39
"""EDTF codes before the first quarter, third and half of a year."""


CENTURY = 0
"""What stands for a century where the others have the code before their first."""
DECADE = 90
SHARES = {QUARTER: 4, TERM: 3, HALF: 2, DECADE: 10}
"""How many quarters, thirds and halves a year has, and decades a century."""


def code_base(code: int | None) -> int | None:
    """Return the base of the family a code belongs to: quarters, thirds or halves."""
    if code is None or code <= QUARTER:
        return None
    return QUARTER if code <= TERM else TERM if code <= HALF else HALF


def code_of(base: int, nth: int) -> int | None:
    """Return the code of the nth quarter, third or half; -1 is the last. None where there is no such part."""
    if base == DECADE:
        return None
    share = share_of(base, nth)
    return base + share[0] if share else None


def share_of(base: int, nth: int) -> tuple[int, int] | None:
    """Return which share of how many the nth quarter, third or half is; -1 is the last. None where there is no such."""
    count = SHARES[base]
    if nth == -1:
        return count, count
    return (nth, count) if 1 <= nth <= count else None
