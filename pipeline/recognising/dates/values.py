"""From a date expression to what it means: EDTF, bound, part, first and last day. Pure functions."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from pipeline.recognising.dates.expressions import HALF, QUARTER, TERM, Expression, Point
from pipeline.recognising.dates.grammar import expressions
from pipeline.recognising.spans import DateValue, Part

_ONE_DAY = timedelta(days=1)
_DAY_SHARES = {"begin": (1, 10), "mid": (11, 20), "end": (21, 31)}
_THIRD = {"begin": 0, "mid": 1, "end": 2}
_MONTHS = 12


def date_value(text: str, *, year: int | None = None, month: int | None = None) -> DateValue | None:
    """Read what a piece of text that is a date means.

    Parameters
    ----------
    text
        The expression and nothing else, as in a mention, a table cell or a field.
    year, month
        What the text around it gives, for ``oktober`` or for ``3`` in ``3 en 4 juni 2023``.

    Returns
    -------
    DateValue or None
        None when the text is no date, holds more than one, or gives no year and neither do you.
    """
    words = text.strip()
    if month is not None and words.isdecimal():
        return value_of(Expression(0, 0, (Point(0, 0, year=year, month=month, day=int(words)),)))
    found = list(expressions(words))
    if len(found) != 1 or words[found[0].end :].strip(" .") or found[0].start > len("tussen "):
        return None
    return value_of(found[0], year=year)


def value_of(expression: Expression, *, year: int | None = None) -> DateValue | None:
    """Work out what an expression means; ``year`` is for points that name none.

    Returns None for what is on no calendar (31 February) or runs backwards.
    """
    points = _with_years(expression.points, year)
    try:
        ranges = [_range(point) for point in points]
        names = [_edtf(point) for point in points]
    except (ValueError, OverflowError):
        return None
    if len(points) == 1:
        return _point_value(expression, points[0], names[0], *ranges[0])
    return _span_value(expression, points, names, ranges)


def _with_years(points: tuple[Point, ...], year: int | None) -> list[Point]:
    """Fill in the years of points that have none: from the other end of a span, else from outside."""
    if len(points) == 1:
        only = points[0]
        return [only if only.year is not None else replace(only, year=year)]
    first, last = points
    if first.year is None and last.year is None:
        last = replace(last, year=year)
    if first.year is None and last.year is not None:
        return [replace(first, year=last.year - _wraps(first, last)), last]
    if last.year is None and first.year is not None:
        return [first, replace(last, year=first.year + _wraps(first, last))]
    return [first, last]


def _wraps(first: Point, last: Point) -> int:
    """Return 1 when the span runs over New Year's Eve: November to February."""
    if first.month is not None and last.month is not None:
        return int((first.month, first.day or 0) > (last.month, last.day or 32))
    return int(first.code is not None and last.code is not None and first.code > last.code)


def _point_value(expression: Expression, point: Point, edtf: str, low: date, high: date) -> DateValue | None:
    whole = edtf.split("/")
    modifier = expression.modifier
    first, last = (_name(low), _name(high, end=True)) if point.part else (whole[0], whole[-1])
    if point.part and point.blur:
        first, last = first[:4], last[:4]
    earliest: date | None = low
    latest: date | None = high
    interval = edtf if not point.part else first if first == last else f"{first}/{last}"
    if modifier == "from":
        latest, interval = None, f"{first}/.."
    elif modifier == "after":
        earliest, latest = high + _ONE_DAY, None
        interval = f"{_next(point, earliest)}/.."
    elif modifier in {"through", "by"} or (modifier == "until" and point.part):
        earliest, interval = None, f"../{last}"
    elif modifier == "until":
        earliest, latest = None, low - _ONE_DAY
        interval = f"../{_previous(point, latest)}"
    return DateValue(edtf, modifier, point.part, interval, earliest, latest)


def _span_value(
    expression: Expression, points: list[Point], names: list[str], ranges: list[tuple[date, date]]
) -> DateValue | None:
    first, last = points
    low, high = ranges[0][0], ranges[1][1]
    if expression.link == "to" and last.day is not None:
        high -= _ONE_DAY
        names[1] = high.isoformat() + "~" * last.approximate
    if low > high or ranges[0][0] > ranges[1][0]:
        return None
    edtf = f"{names[0].split('/')[0]}/{names[1].split('/')[-1]}"
    begin = _name(low) if first.part else edtf.split("/")[0]
    end = _name(high, end=True) if last.part else edtf.split("/")[1]
    modifier = expression.modifier
    earliest: date | None = low
    latest: date | None = high
    interval = f"{begin}/{end}"
    if modifier == "from":
        latest, interval = None, f"{begin}/.."
    elif modifier == "after":
        earliest, latest = high + _ONE_DAY, None
        interval = f"{_name(earliest)}/.."
    elif modifier in {"through", "by"}:
        earliest, interval = None, f"../{end}"
    elif modifier == "until":
        earliest, latest = None, low - _ONE_DAY
        interval = f"../{_name(latest, end=True)}"
    return DateValue(edtf, modifier, None, interval, earliest, latest)


def _edtf(point: Point) -> str:
    """Return the name of a point in EDTF."""
    year = point.year
    if year is None:
        raise ValueError("no year")
    shape = point.shape
    if shape == "day":
        name = date(year, point.month or 0, point.day or 0).isoformat()
    elif shape == "month":
        name = f"{year:04}-{point.month:02}"
    elif shape == "code":
        name = f"{year:04}-{point.code}"
    elif shape == "school":
        low, high = _range(replace(point, part=None))
        name = f"{low:%Y-%m}/{high:%Y-%m}"
    elif shape == "week":
        low, high = _range(replace(point, part=None))
        name = f"{low.isoformat()}/{high.isoformat()}"
    elif shape == "decade":
        name = f"{year // 10:03}X"
    elif shape == "century":
        name = f"{year // 100:02}XX"
    elif shape == "year":
        name = f"{year:04}"
    else:
        raise ValueError("no date")
    return name + "~" * point.approximate


def _range(point: Point) -> tuple[date, date]:
    """Return the first and last day of a point, or of the part of it that is meant."""
    year = point.year
    if year is None:
        raise ValueError("no year")
    shape = point.shape
    if shape == "day":
        day = date(year, point.month or 0, point.day or 0)
        return day, day
    if shape == "week":
        monday = date.fromisocalendar(year, point.week or 0, 1)
        return monday, monday + timedelta(days=6)
    if shape == "month":
        return _month_range(year, point.month or 0, point.part)
    if shape in {"decade", "century"}:
        return _years_range(year, 10**point.blur, point.part)
    if shape == "code":
        start, length = _code_months(point.code or 0)
    elif shape == "school":
        start, length = point.school or 0, _MONTHS
    elif shape == "year":
        start, length = 1, _MONTHS
    else:
        raise ValueError("no date")
    first = year * _MONTHS + start - 1
    if point.part:
        length //= 3
        first += _THIRD[point.part] * length
    last = first + length - 1
    return _month(first)[0], _month(last)[1]


def _code_months(code: int) -> tuple[int, int]:
    """Return the first month of a season, quarter, third or half, and how many it has."""
    if code > HALF:
        return (code - HALF - 1) * 6 + 1, 6
    if code > TERM:
        return (code - TERM - 1) * 4 + 1, 4
    if code > QUARTER:
        return (code - QUARTER - 1) * 3 + 1, 3
    return (code - 20) * 3, 3


def _month(index: int) -> tuple[date, date]:
    year, month = divmod(index, _MONTHS)
    return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])


def _month_range(year: int, month: int, part: Part | None) -> tuple[date, date]:
    days = monthrange(year, month)[1]
    first, last = _DAY_SHARES[part] if part else (1, days)
    return date(year, month, first), date(year, month, min(last, days))


def _years_range(year: int, count: int, part: Part | None) -> tuple[date, date]:
    """Return a decade or century, or a third of it: years 0-3, 4-6 and 7-9 of a decade."""
    if part:
        bounds = [0, -(-count // 3), -(-2 * count // 3), count]
        third = _THIRD[part]
        return date(year + bounds[third], 1, 1), date(year + bounds[third + 1] - 1, 12, 31)
    return date(year, 1, 1), date(year + count - 1, 12, 31)


def _name(day: date, *, end: bool = False) -> str:
    """Return the shortest EDTF name of a bound: a month that it begins or ends, else the day."""
    edge = monthrange(day.year, day.month)[1] if end else 1
    return day.isoformat()[:7] if day.day == edge else day.isoformat()


def _previous(point: Point, day: date) -> str:
    """Name the last day before a point, as precisely as the point is named."""
    return _beside(point, day) or _name(day, end=True)


def _next(point: Point, day: date) -> str:
    """Name the first day after a point, as precisely as the point is named."""
    if point.part:
        return _name(day)
    return _beside(point, day) or _name(day)


def _beside(point: Point, day: date) -> str | None:
    length = {"day": 10, "month": 7, "year": 4}.get(point.shape)
    return day.isoformat()[:length] + "~" * point.approximate if length else None
