"""From a date expression to what it means: EDTF, bound, part, first and last day. Pure functions."""

from dataclasses import replace
from datetime import date, timedelta

from pipeline.recognising.dates.calendar import beside, bounds_of, day_name, days_of, edtf_of
from pipeline.recognising.dates.expressions import Expression, Point
from pipeline.recognising.dates.grammar import expressions
from pipeline.recognising.spans import DateValue

_ONE_DAY = timedelta(days=1)
_LEAD = 7
"""Letters of the prepositions and articles that may stand before a date: ``van``, ``in de``."""


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
    if month is not None and words.isascii() and words.isdecimal():
        return value_of(Expression(0, 0, (Point(0, 0, year=year, month=month, day=int(words)),)))
    found = list(expressions(words))
    if len(found) != 1 or words[found[0].end :].strip(" .") or found[0].start > _LEAD:
        return None
    return value_of(found[0], year=year)


def value_of(expression: Expression, *, year: int | None = None) -> DateValue | None:
    """Work out what an expression means; ``year`` is for points that name none.

    Returns None for what is on no calendar (31 February) or runs backwards.
    """
    points = _with_years(expression.points, year)
    try:
        return _point_value(expression, *points) if len(points) == 1 else _span_value(expression, *points)
    except (ValueError, OverflowError):
        return None


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
    if first.week is not None and last.week is not None:
        return int(first.week > last.week)
    if first.month is not None and last.month is not None:
        return int((first.month, first.day or 0) > (last.month, last.day or 32))
    return int(first.code is not None and last.code is not None and first.code > last.code)


def _point_value(expression: Expression, point: Point) -> DateValue:
    edtf, (low, high) = edtf_of(point), days_of(point)
    first, last = bounds_of(point)
    modifier = expression.modifier
    earliest: date | None = low
    latest: date | None = high
    if point.part or (point.approximate and point.shape == "code"):  # EDTF has no name for these
        interval = first if first == last else f"{first}/{last}"
    else:
        interval = edtf
    if modifier == "from":
        latest, interval = None, f"{first}/.."
    elif modifier == "after":
        earliest, latest = high + _ONE_DAY, None
        interval = f"{(not point.part and beside(point, earliest)) or day_name(earliest)}/.."
    elif modifier in {"through", "by"} or (modifier == "until" and point.part):
        earliest, interval = None, f"../{last}"
    elif modifier == "until":
        earliest, latest = None, low - _ONE_DAY
        interval = f"../{beside(point, latest) or day_name(latest, end=True)}"
    return DateValue(edtf, modifier, point.part, interval, earliest, latest)


def _span_value(expression: Expression, first: Point, last: Point) -> DateValue | None:
    """Work out a span; of its ends, parts count for the days and for the interval, not for the name."""
    low, high = days_of(first)[0], days_of(last)[1]
    if low > days_of(last)[0]:
        return None
    begin, end = bounds_of(first)[0], bounds_of(last)[1]
    names = edtf_of(first).split("/")[0], edtf_of(last).split("/")[-1]
    if expression.link == "to" and last.day is not None:
        high -= _ONE_DAY
        end = high.isoformat() + "~" * last.approximate
        names = names[0], end
    if low > high:
        return None
    modifier = expression.modifier
    earliest: date | None = low
    latest: date | None = high
    interval = f"{begin}/{end}"
    if modifier == "from":
        latest, interval = None, f"{begin}/.."
    elif modifier == "after":
        earliest, latest = high + _ONE_DAY, None
        interval = f"{day_name(earliest)}/.."
    elif modifier in {"through", "by"}:
        earliest, interval = None, f"../{end}"
    elif modifier == "until":
        earliest, latest = None, low - _ONE_DAY
        interval = f"../{day_name(latest, end=True)}"
    return DateValue("/".join(names), modifier, None, interval, earliest, latest)
