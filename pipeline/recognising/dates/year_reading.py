"""Reads the years that follow a day, month or period: a number, two digits, words; behind a comma or in brackets."""

from dataclasses import dataclass, replace

from pipeline.recognising.dates.expressions import Expression, Point
from pipeline.recognising.dates.gaps import TokenReader
from pipeline.recognising.dates.tokens import Token, full_year

_FIRST_YEAR, _LAST_YEAR = 1500, 2199
_FIRST_DAY_YEAR = 1000
"""A day and a month make a year of numbers that alone are none."""
_YEARS = ("number", "short", "spelled")


@dataclass(frozen=True, slots=True)
class YearReader(TokenReader):
    """Reads years that follow something."""

    def core(self, at: int, before: Expression | None = None) -> tuple[Point, int] | None:
        """Read a point without what qualifies it."""
        raise NotImplementedError

    def yeared(self, point: Point, at: int, gap: str = "year") -> tuple[Point, int]:
        """Add the year that follows, if one does."""
        year = self.next(gap, point.end, at, *_YEARS) or self.next("short", point.end, at, "short")
        end = 0
        if year is None:
            year = self.next("bracket", point.end, at, *_YEARS) or self.next(
                "comma", point.end, at, "number", "spelled"
            )
            if year is None:
                return point, at
            bracket = int(self.text[year.start - 1] == "(")
            end = bracket
            fits = self.closes(year.end) or not self.counts(year.end)
            if not (self.text[year.end : year.end + 1] == ")" if bracket else fits):
                return point, at
        number = year_number(year, earliest=_FIRST_DAY_YEAR if point.day else _FIRST_YEAR)
        if number is None:
            return point, at
        return replace(point, end=year.end + end, year=number, short=year.kind == "short"), at + 1

    def pair(self, at: int, *, loose: bool) -> tuple[int, int, int] | None:
        """Read two years that follow each other, ``2023-2024``: the first, where they end, the token after.

        Parameters
        ----------
        at
            Index of the first.
        loose
            Whether two digits without apostrophe will do: ``schooljaar 23/24``.
        """
        if at + 1 >= len(self.tokens):
            return None
        first, last = self.tokens[at], self.tokens[at + 1]
        if not any(self.gap(name, first.end, last.start) for name in ("dash", "slash", "night")):
            return None
        year = year_number(first)
        if year is None and loose and first.kind == "number" and len(first.value) == 2:
            year = full_year(first.value)
        if year is None or last.kind not in {"number", "short"}:
            return None
        other = int(last.value)
        return (year, last.end, at + 2) if other in {year + 1, (year + 1) % 100} else None


def year_number(token: Token, *, earliest: int = _FIRST_YEAR) -> int | None:
    """Return the year that a token may be, or None."""
    if token.kind == "short":
        return full_year(token.value)
    if token.kind == "spelled":
        return int(token.value)
    if token.kind != "number" or len(token.value) != 4:
        return None
    year = int(token.value)
    return year if earliest <= year <= _LAST_YEAR else None
