"""Reads days and weeks that are counted, and holidays: ``week 12 van 2024``, ``laatste zondag van maart 2024``."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.recognising.dates.calendar import easter, nth_weekday
from pipeline.recognising.dates.expressions import Point
from pipeline.recognising.dates.lexicon import words
from pipeline.recognising.dates.tokens import Token
from pipeline.recognising.dates.year_reading import YearReader, year_number

_LAST_WEEK, _LAST_MONTH_WEEK = 53, 5
_SUNDAY = 7
_COUNTED_IN = ("month", "short_month", "number", "spelled")
"""Tokens that a week or weekday may be counted in."""
_OF_YEAR = {0, 9}
"""Weeks and days are counted through a year as well."""


@dataclass(frozen=True, slots=True)
class WeekReader(YearReader):
    """Reads weeks, weekdays and holidays."""

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
        month = self.core(at + 1) if self.next("filler", self.tokens[at].end, at + 1, "month", "short_month") else None
        if month and month[0].shape == "month" and number <= _LAST_MONTH_WEEK:
            return replace(month[0], start=start, counted=(number, 0)), month[1]
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

    # ---- days and weeks that are counted, holidays

    def counted(self, at: int) -> tuple[Point, int] | None:
        """Read ``laatste zondag van maart 2024``, ``eerste week van 2024``."""
        token = self.tokens[at]
        whole = self.next("filler", token.end, at + 1, *_COUNTED_IN)
        if whole and whole.kind == "spelled":
            inner: tuple[Point, int] | None = Point(whole.start, whole.end, year=whole.value), at + 2
        else:
            inner = self.core(at + 1) if whole else None
        if inner is None or inner[0].share:
            return None
        point, after = inner
        if point.shape != "month" and not (point.shape == "year" and token.value[1] in _OF_YEAR):
            return None
        return replace(point, start=token.start, counted=token.value, bare=False), after

    def holiday(self, at: int) -> tuple[Point, int] | None:
        """Read ``Koningsdag 2024``, ``tweede paasdag van 2024``; a day only with its year."""
        token = self.tokens[at]
        year = self.next("year", token.end, at + 1, "number", "short")
        number = year_number(year) if year else None
        if year is None or number is None:
            return None
        known = words()["holidays"]
        if token.value in known["easter"]:
            day = easter(number) + timedelta(days=known["easter"][token.value])
        elif token.value in known["weekday"]:
            month, nth, weekday = known["weekday"][token.value]
            day = nth_weekday(number, month, nth, weekday)
        else:
            day = date(number, *known["fixed"][token.value])
            if token.value in known["not_on_sunday"] and day.isoweekday() == _SUNDAY:
                day -= timedelta(days=1)
        return Point(token.start, year.end, year=number, month=day.month, day=day.day), at + 2
