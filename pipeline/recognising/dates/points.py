"""Reads the points of dates from the tokens of a text: days, months, years, parts of them, and what is about them."""

import re
from dataclasses import dataclass, replace

from pipeline.recognising.dates.expressions import Expression, Point
from pipeline.recognising.dates.periods import PeriodReader
from pipeline.recognising.dates.tokens import Token, full_year
from pipeline.recognising.dates.year_reading import year_number

_LAST_DAY, _LAST_MONTH = 31, 12
_FIRST_YEAR, _LAST_YEAR = 1500, 2199
_NARROWER = {"code", "code_of_year", "ordinal", "unit", "stretch", "season", "month", "short_month", "part", "week"}
"""Tokens that say, after a year, which piece of it is meant."""
_PLANNERS = {"code", "code_of_year", "ordinal", "unit", "week"}
"""Those of them that do so wherever they stand."""

_PIECES = {"code", "month", "months", "part", "week"}
"""What they may say."""


@dataclass(frozen=True, slots=True)
class PointReader(PeriodReader):
    """Reads any one point."""

    narrows: bool = False
    """Whether what is read says which piece of a year is meant. A year in it is not narrowed in turn: reading would go
    on within itself as far as the text does."""

    def point(self, at: int, before: Expression | None = None) -> tuple[Point, int] | None:
        """Read a point; ``before`` is the item of a list or span that it may lean on."""
        if at >= len(self.tokens):
            return None
        token = self.tokens[at]
        if token.kind in {"approximate", "sign"}:
            return self._about(at, token)
        if token.kind == "part":
            return self._part(at, token)
        return self.core(at, before)

    def _about(self, at: int, token: Token) -> tuple[Point, int] | None:
        """Read ``rond 2020``, ``rond eind 2020``, ``±2020``."""
        if token.value is False and not self.preceded("dated", token.start):
            return None
        after = self.next("sign" if token.kind == "sign" else "filler", token.end, at + 1)
        if after is None:
            return None
        inner = self._part(at + 1, after) if after.kind == "part" else self.core(at + 1)
        return (replace(inner[0], start=token.start, approximate=True), inner[1]) if inner else None

    def _part(self, at: int, token: Token) -> tuple[Point, int]:
        """Read ``begin 2023``, or ``begin`` when its date follows later."""
        inner = self.core(at + 1) if self.next("filler", token.end, at + 1) else None
        if inner:
            point, after = inner
            has_parts = point.shape not in {"day", "week", "number", "part"} and point.share is None
            if has_parts and (point.nth is None or self._of_century(after)):
                return replace(point, start=token.start, part=token.value, bare=False), after
        return Point(token.start, token.end, part=token.value), at + 1

    def _of_century(self, at: int) -> bool:
        """Tell whether an ordinal may be a century that is named later: ``eind 19e en begin 20e eeuw``."""
        return any(token.kind == "unit" and token.value == 0 for token in self.tokens[at : at + 3])

    def core(self, at: int, before: Expression | None = None) -> tuple[Point, int] | None:
        """Read a point without what qualifies it."""
        token = self.tokens[at]
        readers = {
            "date": self._whole,
            "number": self._number,
            "ordinal": self._ordinal,
            "month": self._month,
            "short_month": self._month,
            "season": self.season,
            "seasons": self.season,
            "code": self.code,
            "code_of_year": self.code,
            "stretch": self.stretch,
            "short": self._year,
            "jaren": self.decade,
            "decade": self.decade,
            "school": self.school,
            "unit": self.unit_number,
            "week": self.week,
            "counted": self.counted,
            "holiday": self.holiday,
            "spelled": self._spelled,
        }
        if before is not None and token.kind in {"number", "short", "tens"}:
            inherited = self.inherited(at, before)
            if inherited:
                return inherited
        read = readers.get(token.kind)
        return read(at) if read else None

    # ---- days

    def _whole(self, at: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        year, month, day = token.value
        if not (1 <= month <= _LAST_MONTH and 1 <= day <= _LAST_DAY and _FIRST_YEAR <= year <= _LAST_YEAR):
            return None
        said = self.text[token.start : token.end]
        short = not re.search(r"\d{4}", said) or re.match(r"\d{4}.(?!\d\d.\d\d$)", said) is not None
        return Point(token.start, token.end, year=year, month=month, day=day, short=short), at + 1

    def _number(self, at: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        if len(token.value) == 4:
            return self._year(at)
        if len(token.value) == 3:
            return self._year(at)
        if len(token.value) > 2:
            return None
        return self._numbered_month(at) or self._numbered_day(at) or self._day(at, int(token.value))

    def _numbered_day(self, at: int) -> tuple[Point, int] | None:
        """Read ``1-3`` before ``31-5-2024``, in a span or a list; ``1/3-31/5/2024``."""
        day, month = self.tokens[at], self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if month is None or month.kind != "number" or self.text[day.end : month.start] not in {"-", "/"}:
            return None
        dated = any(token.kind == "date" for token in self.tokens[at + 2 : at + 4])
        if not dated and not self.next("comma", month.end, at + 2, "number"):
            return None
        slashed = dated and self.text[day.end] == "/" and self.text[month.end] == "-"
        if not (self.loose(day.start) and (slashed or self.free(month.end)) and len(month.value) <= 2):
            return None
        if not (1 <= int(day.value) <= _LAST_DAY and 1 <= int(month.value) <= _LAST_MONTH):
            return None
        point = Point(day.start, month.end, day=int(day.value), month=int(month.value), needs_year=True)
        return self.yeared(point, at + 2, gap="comma")

    def _ordinal(self, at: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        day = self._day(at, token.value) if token.value > 0 else None
        return day or self.ordinal_unit(at)

    def _day(self, at: int, number: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        if not 1 <= number <= _LAST_DAY:
            return None
        if not self.next("of month" if token.kind == "ordinal" else "day", token.end, at + 1, "month", "short_month"):
            return (Point(token.start, token.end, number=number), at + 1) if token.kind == "number" else None
        return self._month(at + 1, Point(token.start, token.end, day=number))

    # ---- months

    def _numbered_month(self, at: int) -> tuple[Point, int] | None:
        """Read ``07-2024``, ``11 - 2024``; ``7-2024`` only where a cell begins, or after ``in`` and the like."""
        month, year = self.tokens[at], self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if year is None or not self._joined(month.end, year.start) or not self.loose(month.start):
            return None
        number = year_number(year) if year.kind == "number" and self.free(year.end) else None
        if number is None or not 1 <= int(month.value) <= _LAST_MONTH:
            return None
        if self.text[month.end] == "." and not self._may_be_dotted(month.start):
            return None
        slashed = self.text[month.end : year.start] == "/" and not self.counts(year.end)
        if (
            len(month.value) != 2
            and not slashed
            and not (self.closes(year.end) or any(self.preceded(name, month.start) for name in ("cell", "months")))
        ):
            return None
        if self.text[month.end : year.start] == "-" and self.dials_on(year.end):
            return None
        spaced = year.start - month.end > 1
        if spaced and (self.counts(year.end) or self.preceded("counted", month.start)):
            return None
        return Point(month.start, year.end, year=number, month=int(month.value), short=True), at + 2

    def _may_be_dotted(self, start: int) -> bool:
        """Tell ``in 05.2024`` from the number of a part: ``onderdeel 05.2024``."""
        return any(self.preceded(name, start) for name in ("cell", "months", "dash"))

    def _joined(self, start: int, end: int) -> bool:
        """Tell whether two numbers are joined by a hyphen or slash, with a blank at most."""
        return self.text[start:end].strip(" ") in {"-", "/", "."} and end - start <= len(" - ")

    def _month(self, at: int, day: Point | None = None) -> tuple[Point, int] | None:
        token = self.tokens[at]
        point = Point(token.start, token.end, month=token.value, needs_year=token.kind == "short_month")
        if day:
            point = replace(day, end=token.end, month=token.value)
        digits = self.next("short", token.end, at + 1, "number")
        glued = digits is not None and self.text[token.end : digits.start] in {"-", "/"} and self.free(digits.end)
        if digits and glued and len(digits.value) == 2 and not self._month_follows(digits.end, at + 2):
            return replace(point, end=digits.end, year=full_year(digits.value), short=True), at + 2
        return self._month_first(point, at + 1) or self.yeared(point, at + 1)

    def _month_first(self, point: Point, at: int) -> tuple[Point, int] | None:
        """Read ``april 14, 2015``, ``april 14 2015``."""
        day = self.next("space", point.end, at, "number", "ordinal") if point.day is None else None
        if day is None or not 1 <= int(day.value) <= _LAST_DAY:
            return None
        year = self.next("comma", day.end, at + 1, "number") or self.next("space", day.end, at + 1, "number")
        number = year_number(year) if year else None
        if year is None or number is None or self.counts(year.end):
            return None
        return replace(point, end=year.end, day=int(day.value), year=number), at + 2

    def _month_follows(self, end: int, at: int) -> bool:
        return self.next("day", end, at, "month", "short_month") is not None

    # ---- years

    def _year(self, at: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        number = year_number(token)
        if number is None:
            return self._early_year(at)
        point = Point(token.start, token.end, year=number, bare=True, short=token.kind == "short")
        read = self._numeric_month(point, at + 1)
        if read is None and not self.narrows:
            read = self._narrowed(point, at + 1)
        return read or (point, at + 1)

    def _early_year(self, at: int) -> tuple[Point, int] | None:
        """Read ``in het jaar 1066``: a number that alone is none."""
        token = self.tokens[at]
        if token.kind != "number" or not self.preceded("anno", token.start) or self.counts(token.end):
            return None
        return Point(token.start, token.end, year=int(token.value)), at + 1

    def _spelled(self, at: int) -> tuple[Point, int] | None:
        """Read ``in tweeduizend achttien``: a year in words only where it must be one."""
        token = self.tokens[at]
        if not self.preceded("dated", token.start) or self.counts(token.end):
            return None
        return Point(token.start, token.end, year=token.value, bare=True), at + 1

    def _numeric_month(self, point: Point, at: int) -> tuple[Point, int] | None:
        """Read ``2024-07``, ``2024/7``, a month; ``2023-24`` and ``2011/12`` are left to the span."""
        month = self.tokens[at] if at < len(self.tokens) else None
        if month is None or month.kind != "number" or point.short or not self._joined(point.end, month.start):
            return None
        year, number, joint = point.year or 0, month.value, self.text[point.end : month.start]
        if not (1 <= len(number) <= 2 and 1 <= int(number) <= _LAST_MONTH and self.free(month.end)):
            return None
        is_month = len(number) == 2 or self.preceded("months", point.start)
        if "-" in joint and (len(joint) > 1 or not is_month or int(number) > year % 100):
            return None
        if "/" in joint and int(number) == (year + 1) % 100:
            return None
        return replace(point, end=month.end, month=int(number), bare=False, short=True), at + 1

    def _narrowed(self, point: Point, at: int) -> tuple[Point, int] | None:
        """Read what says which piece of a year is meant: ``2024 Q1``, ``2024, 1e helft``, ``2024 (najaar)``."""
        token = self.next("narrower", point.end, at, *_NARROWER)
        if token is None:
            return None
        inside = replace(self, narrows=True)
        read = inside._part(at, token) if token.kind == "part" else inside.core(at)
        if read is None:
            return None
        inner, after = read
        if inner.year is not None or inner.nth is not None or inner.shape not in _PIECES:
            return None
        end = inner.end
        if self.text[token.start - 1] == "(":
            if self.text[end : end + 1] != ")":
                return None
            end += 1
        elif not (token.kind in _PLANNERS or self.closes(end) or (inner.needs_year and inner.shape == "month")):
            return None
        return replace(inner, start=point.start, end=end, year=point.year, short=point.short), after
