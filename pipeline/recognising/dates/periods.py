"""Reads the periods that have a name: seasons, quarters and halves, school years, decades, centuries, shares."""

from dataclasses import dataclass, replace

from pipeline.recognising.dates.expressions import CENTURY, HALF, QUARTER, TERM, Expression, Point, code_of, share_of
from pipeline.recognising.dates.gaps import after
from pipeline.recognising.dates.lexicon import words
from pipeline.recognising.dates.tokens import Token
from pipeline.recognising.dates.weeks import WeekReader
from pipeline.recognising.dates.year_reading import year_number

_LAST_CENTURY = 21
_TENS = 10
_CENTURY_TURN = 20
"""The ``jaren twintig`` are of the last century where nothing else is said, the ``jaren tien`` of this one."""
_WINTER = 24
_YEAR_MONTHS = 12
_SHARES_OF = {"month": {2, 3}, "school": {2, 3, 4}, "decade": {2, 3, 4}, "century": {2, 3, 4, 10}}
"""Into how many shares points are cut, besides the year."""


@dataclass(frozen=True, slots=True)
class PeriodReader(WeekReader):
    """Reads periods."""

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
            return self._century(at)
        share = share_of(unit.value, token.value)
        if share is None:
            return None
        whole = self._parted(unit, at + 2, share)
        if whole:
            return replace(whole[0], start=token.start, share=share), whole[1]
        code = code_of(unit.value, token.value)
        return self.yeared(Point(token.start, unit.end, code=code), at + 2) if code else None

    def _century(self, at: int) -> tuple[Point, int] | None:
        """Read ``20e eeuw``."""
        token = self.tokens[at]
        unit = self.next("space", token.end, at + 1, "unit")
        if unit is None or unit.value != CENTURY or not 1 <= token.value <= _LAST_CENTURY:
            return None
        return Point(token.start, unit.end, year=(token.value - 1) * 100, blur=2), at + 2

    def _parted(self, unit: Token, at: int, share: tuple[int, int]) -> tuple[Point, int] | None:
        """Read what something is a half or quarter of, where that is not a year."""
        kinds = ("month", "short_month", "jaren", "decade", "school", "ordinal")
        if not self.next("filler", unit.end, at, *kinds):
            return None
        # Of what an ordinal begins only a century is parted; `core` would read a part of a part of a part.
        whole = self._century(at) if self.tokens[at].kind == "ordinal" else self.core(at)
        if whole is None or whole[0].shape not in _SHARES_OF or whole[0].share:
            return None
        return whole if share[1] in _SHARES_OF[whole[0].shape] else None

    def unit_number(self, at: int) -> tuple[Point, int] | None:
        """Read ``kwartaal 3 van 2024``."""
        unit = self.tokens[at]
        nth = self.next("space", unit.end, at + 1, "number")
        if nth is None or not unit.value or len(nth.value) != 1:
            return None
        code = code_of(unit.value, int(nth.value))
        return self.yeared(Point(unit.start, nth.end, code=code), at + 2) if code else None

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
        last = self.next("space", token.end, at + 1, "tens", "short", "number", "spelled")
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
        if last.kind != "number" or len(last.value) == 2 or at >= len(self.tokens):
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


def _decade(year: int) -> int:
    """Return the first year of a decade that may be written with two digits."""
    if year >= 100:
        return year
    return year + (1900 if year >= _CENTURY_TURN else 2000)
