"""The days that a point of a date comes to, and its names in EDTF. Pure functions on points that have a year."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from pipeline.recognising.dates.expressions import HALF, QUARTER, TERM, Point
from pipeline.recognising.spans import Part

_DAY_SHARES = {"begin": (1, 10), "mid": (11, 20), "end": (21, 31)}
_HALF_MONTH = 15
_THIRD = {"begin": 1, "mid": 2, "end": 3}
_MONTHS = 12
_WEEK, _THURSDAY, _SATURDAY, _WEEKEND, _ANY_DAY = 0, 4, 6, 8, 9
_PRECISION = {"day": 10, "month": 7, "year": 4}
"""Digits of a date that name points of these shapes."""


def days_of(point: Point) -> tuple[date, date]:
    """Return the first and last day of a point, or of the part or share of it that is meant.

    Raises
    ------
    ValueError, OverflowError
        If the point has no year or is on no calendar: 31 February, week 53 of a short year.
    """
    year = point.year
    if year is None:
        raise ValueError("no year")
    shape = point.shape
    if point.counted:
        return _counted_days(year, point.month, *point.counted)
    if shape == "day":
        day = date(year, point.month or 0, point.day or 0)
        return day, day
    if shape == "week":
        monday = date.fromisocalendar(year, point.week or 0, 1)
        return monday, monday + timedelta(days=6)
    share = point.share or ((_THIRD[point.part], 3) if point.part else (1, 1))
    if shape == "month":
        return _month_days(year, point.month or 0, point.part, share)
    if point.blur:
        first, last = _shared(share, 10**point.blur)
        return date(year + first, 1, 1), date(year + last, 12, 31)
    start, length = _months_of(point)
    first, last = _shared(share, length)
    begin = year * _MONTHS + start - 1
    return _month(begin + first)[0], _month(begin + last)[1]


def edtf_of(point: Point) -> str:
    """Return the EDTF name of a point: a span where EDTF has no name for it. Raises what `days_of` raises."""
    low, high = days_of(replace(point, part=None))
    if point.share or point.shape in {"school", "months", "week"}:
        first, last = _ends(point, low, high)
        about = "~" * point.approximate
        return f"{first}{about}/{last}{about}"
    year = low.year
    if point.blur:
        name = f"{year:04}"[: -point.blur] + "X" * point.blur
    elif point.shape == "code":
        name = f"{year:04}-{point.code}"
    else:
        name = low.isoformat()[: _PRECISION[point.shape]]
    return name + "~" * point.approximate


def bounds_of(point: Point) -> tuple[str, str]:
    """Return the EDTF names of the first and last day, month or year of a point: the ends of an interval."""
    low, high = days_of(point)
    length = _PRECISION.get(point.shape)
    about = "~" * (point.approximate and not point.part)
    if length and not point.part and not point.share:
        name = low.isoformat()[:length] + about
        return name, name
    first, last = _ends(point, low, high)
    return first + about, last + about


def day_name(day: date, *, end: bool = False) -> str:
    """Return the shortest EDTF name of a bound: a month that it begins or ends, else the day."""
    edge = monthrange(day.year, day.month)[1] if end else 1
    return day.isoformat()[:7] if day.day == edge else day.isoformat()


def beside(point: Point, day: date) -> str | None:
    """Name a day next to a point as precisely as the point is named; None where that is not by day, month or year."""
    length = _PRECISION.get(point.shape) if point.share is None else None
    return day.isoformat()[:length] + "~" * point.approximate if length else None


def _ends(point: Point, low: date, high: date) -> tuple[str, str]:
    """Name the ends of a point that is more than one day, month or year."""
    if point.blur:
        return f"{low.year:04}", f"{high.year:04}"
    if point.shape == "week" or (point.shape == "month" and point.share):
        return low.isoformat(), high.isoformat()
    return day_name(low), day_name(high, end=True)


def easter(year: int) -> date:
    """Return Easter Sunday, by the method of Gauss as Meeus gives it for the Gregorian calendar."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    month, day = divmod(moon + weekday - 7 * ((golden + 11 * moon + 22 * weekday) // 451) + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int | None, nth: int, weekday: int) -> date:
    """Return the nth weekday (Monday is 1) of a month, or of the year where no month is given; -1 is the last."""
    first, last = _span_of(year, month)
    if nth < 0:
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    if day > last:
        raise ValueError("no such day")
    return day


def _counted_days(year: int, month: int | None, nth: int, kind: int) -> tuple[date, date]:
    """Return the days of the nth weekday, weekend or week. A week belongs to where its Thursday is, as in ISO 8601."""
    if kind == _WEEK:
        thursday = nth_weekday(year, month, nth, _THURSDAY)
        return thursday - timedelta(days=3), thursday + timedelta(days=3)
    if kind == _WEEKEND:
        saturday = nth_weekday(year, month, nth, _SATURDAY)
        return saturday, saturday + timedelta(days=1)
    day = _nth_day(year, month, nth) if kind == _ANY_DAY else nth_weekday(year, month, nth, kind)
    return day, day


def _nth_day(year: int, month: int | None, nth: int) -> date:
    first, last = _span_of(year, month)
    return last if nth < 0 else first + timedelta(days=nth - 1)


def _span_of(year: int, month: int | None) -> tuple[date, date]:
    """Return the first and last day of a month, or of the year where no month is given."""
    return (date(year, 1, 1), date(year, 12, 31)) if month is None else _month(year * _MONTHS + month - 1)


def _months_of(point: Point) -> tuple[int, int]:
    """Return the first month of a point and how many it has; a winter begins in December."""
    shape = point.shape
    if shape == "months":
        return point.months or (0, 0)
    if shape == "school":
        return point.school or 0, _MONTHS
    if shape == "year":
        return 1, _MONTHS
    if shape != "code":
        raise ValueError("no date")
    code = point.code or 0
    if code > HALF:
        return (code - HALF - 1) * 6 + 1, 6
    if code > TERM:
        return (code - TERM - 1) * 4 + 1, 4
    if code > QUARTER:
        return (code - QUARTER - 1) * 3 + 1, 3
    return (code - 20) * 3, 3


def _shared(share: tuple[int, int], length: int) -> tuple[int, int]:
    """Return the first and last of the years or months of a share, from 0: of ten years the thirds are 4, 3 and 3."""
    nth, count = share
    return -(-(nth - 1) * length // count), -(-nth * length // count) - 1


def _month(index: int) -> tuple[date, date]:
    year, month = divmod(index, _MONTHS)
    return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])


def _month_days(year: int, month: int, part: Part | None, share: tuple[int, int]) -> tuple[date, date]:
    days = monthrange(year, month)[1]
    if part:
        first, last = _DAY_SHARES[part]
    elif share[1] == 3:
        first, last = list(_DAY_SHARES.values())[share[0] - 1]
    else:
        first, last = {(1, 1): (1, days), (1, 2): (1, _HALF_MONTH), (2, 2): (_HALF_MONTH + 1, days)}[share]
    return date(year, month, first), date(year, month, min(last, days))
