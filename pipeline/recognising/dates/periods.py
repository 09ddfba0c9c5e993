"""Reads the periods that have a name: seasons, quarters and halves, weeks, school years, decades, centuries, shares."""

from dataclasses import dataclass, replace
from datetime import date

from pipeline.recognising.dates.expressions import CENTURY, HALF, QUARTER, TERM, Expression, Point, code_of, share_of
from pipeline.recognising.dates.gaps import TokenReader, after
from pipeline.recognising.dates.lexicon import Token, full_year, words

_LAST_WEEK, _LAST_CENTURY = 53, 21
_TENS = 10
_CENTURY_TURN = 20
"""The ``jaren twintig`` are of the last century where nothing else is said, the ``jaren tien`` of this one."""
_WINTER = 24
_FIRST_YEAR, _LAST_YEAR = 1500, 2199
_YEAR_MONTHS = 12
_PARTED = {"month", "school", "decade", "century"}
"""Points that have halves, besides the year."""


@dataclass(frozen=True, slots=True)
class PeriodReader(TokenReader):
    """Reads periods, and the years that follow them."""

    def core(self, at: int, before: Expression | None = None) -> tuple[Point, int] | None:
        """Read a point without what qualifies it."""
        raise NotImplementedError

    # ---- years

    def yeared(self, point: Point, at: int, gap: str = "year") -> tuple[Point, int]:
        """Add the year that follows, if one does."""
        year = self.next(gap, point.end, at, "number", "short") or self.next("short", point.end, at, "short")
        bracket = 0
        if year is None:
            year = self.next("bracket", point.end, at, "number", "short") or self.next("comma", point.end, at, "number")
            if year is None:
                return point, at
            bracket = int(self.text[year.start - 1] == "(")
            if not (self.text[year.end : year.end + 1] == ")" if bracket else self.closes(year.end)):
                return point, at
        number = year_number(year)
        if number is None:
            return point, at
        return replace(point, end=year.end + bracket, year=number, short=year.kind == "short"), at + 1

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

    # ---- seasons, quarters, halves

    def season(self, at: int) -> tuple[Point, int] | None:
        """Read ``zomer van 2023``, ``winter 2023-2024``."""
        token = self.tokens[at]
        point = Point(token.start, token.end, code=token.value)
        if token.value == _WINTER and self.next("year", token.end, at + 1):
            pair = self.pair(at + 1, loose=False)
            if pair:
                return replace(point, year=pair[0], end=pair[1]), pair[2]
        return self.yeared(point, at + 1)

    def code(self, at: int) -> tuple[Point, int] | None:
        """Read ``Q1 2024``, ``T1 2024``."""
        token = self.tokens[at]
        point = Point(token.start, token.end, code=token.value, needs_year=token.kind == "code_of_year")
        return self.yeared(point, at + 1, gap="code")

    def stretch(self, at: int) -> tuple[Point, int] | None:
        """Read ``eerste negen maanden van 2024``."""
        token = self.tokens[at]
        edge, count = token.value
        if not 1 <= count < _YEAR_MONTHS:
            return None
        point = Point(token.start, token.end, needs_year=True)
        first = 1 if edge == 1 else _YEAR_MONTHS + 1 - count
        base = {3: QUARTER, 4: TERM, 6: HALF}.get(count)
        if base is not None:
            point = replace(point, code=code_of(base, edge))
        elif count == 1:
            point = replace(point, month=first)
        else:
            point = replace(point, months=(first, count))
        return self.yeared(point, at + 1)

    def ordinal_unit(self, at: int) -> tuple[Point, int] | None:
        """Read ``1e kwartaal van 2024``, ``20e eeuw``, ``tweede helft van maart``; or ``eerste``, a noun to come."""
        token = self.tokens[at]
        unit = self.next("space", token.end, at + 1, "unit")
        if unit is None:
            return Point(token.start, token.end, nth=token.value), at + 1
        if unit.value == CENTURY:
            known = 1 <= token.value <= _LAST_CENTURY
            return (Point(token.start, unit.end, year=(token.value - 1) * 100, blur=2), at + 2) if known else None
        share = share_of(unit.value, token.value)
        if share is None:
            return None
        whole = self._parted(unit, at + 2, share)
        if whole:
            return replace(whole[0], start=token.start, share=share), whole[1]
        return self.yeared(Point(token.start, unit.end, code=unit.value + share[0]), at + 2)

    def _parted(self, unit: Token, at: int, share: tuple[int, int]) -> tuple[Point, int] | None:
        """Read what something is a half or quarter of, where that is not a year."""
        kinds = ("month", "short_month", "jaren", "decade", "school", "ordinal")
        if not self.next("filler", unit.end, at, *kinds):
            return None
        whole = self.core(at)
        if whole is None or whole[0].shape not in _PARTED or whole[0].share:
            return None
        return None if whole[0].shape == "month" and share[1] == 4 else whole

    def unit_number(self, at: int) -> tuple[Point, int] | None:
        """Read ``kwartaal 3 van 2024``."""
        unit = self.tokens[at]
        nth = self.next("space", unit.end, at + 1, "number")
        if nth is None or not unit.value or len(nth.value) != 1:
            return None
        code = code_of(unit.value, int(nth.value))
        return self.yeared(Point(unit.start, nth.end, code=code), at + 2) if code else None

    # ---- weeks

    def week(self, at: int) -> tuple[Point, int] | None:
        """Read ``week 12 van 2024``, ``week 2024-12``, ``week van 18 maart 2024``."""
        token = self.tokens[at]
        if token.value:  # 2024-W12, wk12
            year, number = token.value
            point = Point(token.start, token.end, year=year, week=number)
            return (point, at + 1) if year else self.yeared(point, at + 1, gap="code")
        number = self.next("space", token.end, at + 1, "number")
        if number is None:
            return self._week_of(at)
        if len(number.value) == 4:
            last = self.tokens[at + 2] if at + 2 < len(self.tokens) else None
            year, week = year_number(number), self._week_number(last) if last else None
            if last is None or year is None or week is None or self.text[number.end : last.start] != "-":
                return None
            return Point(token.start, last.end, year=year, week=week), at + 3
        return self.week_from(at + 1, token.start)

    def week_from(self, at: int, start: int) -> tuple[Point, int] | None:
        """Read the number of a week, and its year."""
        number = self._week_number(self.tokens[at])
        if number is None:
            return None
        return self.yeared(Point(start, self.tokens[at].end, week=number), at + 1, gap="code")

    def _week_number(self, token: Token) -> int | None:
        digits = token.value if token.kind == "number" else ""
        return int(digits) if 0 < len(digits) <= 2 and 1 <= int(digits) <= _LAST_WEEK else None

    def _week_of(self, at: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        read = self.core(at + 1) if self.next("filler", token.end, at + 1, "number", "date") else None
        if read is None or read[0].shape != "day" or read[0].year is None:
            return None
        day = read[0]
        try:
            year, week, _ = date(day.year or 0, day.month or 0, day.day or 0).isocalendar()
        except ValueError:
            return None
        return Point(token.start, day.end, year=year, week=week, short=day.short), read[1]

    # ---- school years, decades

    def school(self, at: int) -> tuple[Point, int] | None:
        """Read ``schooljaar 2023/2024``."""
        token = self.tokens[at]
        pair = self.pair(at + 1, loose=True) if self.next("year", token.end, at + 1) else None
        if pair is None:
            return None
        return Point(token.start, pair[1], year=pair[0], school=token.value), pair[2]

    def decade(self, at: int) -> tuple[Point, int] | None:
        """Read ``jaren negentig``, ``jaren '90``, ``jaren 90``, ``jaren 1990``."""
        token = self.tokens[at]
        if token.kind == "decade":
            return Point(token.start, token.end, year=token.value, blur=1), at + 1
        last = self.next("space", token.end, at + 1, "tens", "short", "number")
        if last is None or (last.kind == "number" and len(last.value) not in {2, 4}):
            return None
        year = int(last.value)
        if year % _TENS or (last.kind != "tens" and self._goes_on(at + 2, last)):
            return None
        point = Point(token.start, last.end, year=_decade(year), blur=1)
        century = after()["century"].match(self.text, last.end)
        if century:
            base = words()["decade_century"][" ".join(century[1].casefold().split())]
            point = replace(point, end=century.end(), year=base + year % 100)
        return point, at + 2

    def _goes_on(self, at: int, last: Token) -> bool:
        """Tell whether a number is the first of years: ``de jaren 2020 en 2021``."""
        if last.kind == "short" or len(last.value) == 2 or at >= len(self.tokens):
            return False
        token = self.tokens[at]
        gaps = ("conjunction", "comma", "dash", "slash")
        return any(self.gap(name, last.end, token.start) for name in gaps) or token.value in {"through", "until"}

    # ---- what a plural before it holds for

    def inherited(self, at: int, before: Expression) -> tuple[Point, int] | None:
        """Read on after a plural: ``de zomers van 2022 en 2023``, ``jaren zestig en zeventig``, ``weken 12 en 13``."""
        head, token = before.points[0], self.tokens[at]
        if head.shape == "decade":
            year = int(token.value)
            if token.kind == "number" and (len(token.value) != 2 or not year or self.next("day", token.end, at + 1)):
                return None
            if year % _TENS:
                return None
            century = (head.year or 0) // 100 * 100
            return Point(token.start, token.end, year=century + year % 100, blur=1), at + 1
        if token.kind == "tens":
            return None
        if head.shape == "week":
            return self.week_from(at, token.start)
        if head.code in words()["seasons_plural"].values() and self._is_plural(head):
            number = year_number(token)
            return (Point(token.start, token.end, year=number, code=head.code), at + 1) if number else None
        if head.school is not None and (pair := self.pair(at, loose=True)):
            return Point(token.start, pair[1], year=pair[0], school=head.school), pair[2]
        return None

    def _is_plural(self, head: Point) -> bool:
        return self.text[head.start : head.end].casefold().split()[0] in words()["seasons_plural"]


def year_number(token: Token) -> int | None:
    """Return the year that a token may be, or None."""
    if token.kind == "short":
        return full_year(token.value)
    if token.kind != "number" or len(token.value) != 4:
        return None
    year = int(token.value)
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _decade(year: int) -> int:
    """Return the first year of a decade that may be written with two digits."""
    if year >= 100:
        return year
    return year + (1900 if year >= _CENTURY_TURN else 2000)
