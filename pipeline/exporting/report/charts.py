"""Charts as rows of a table: the words say it all, the bars show it; all lengths in percent of the width."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

_MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a row."""

    start: float
    width: float
    kind: str = ""
    """Its class: what colour it gets."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a chart."""

    words: str
    href: str
    """Where its words lead to, in the page; empty where nowhere."""
    bars: Sequence[Bar]
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the line of time."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Scale:
    """From which day to which a line of time runs."""

    first: date
    last: date

    @classmethod
    def over(cls, days: Iterable[date]) -> "Scale":
        """Return the scale of whole years that holds some days."""
        found = sorted(days)
        return cls(date(found[0].year, 1, 1), date(found[-1].year, 12, 31))

    def bar(self, earliest: date | None, latest: date | None) -> Bar:
        """Return the bar of a time, both days included; one that is open runs to the edge of the chart."""
        start, end = self._at(earliest or self.first), self._at(latest or self.last, 1)
        kind = "open-start" if earliest is None else "open-end" if latest is None else "whole"
        return Bar(start, max(round(end - start, 2), 0.4), kind)

    def ticks(self) -> list[Tick]:
        """Return the years to name, at most eight."""
        years = self.last.year - self.first.year + 1
        step = ceil(years / _MOST_TICKS)
        return [
            Tick(self._at(date(year, 1, 1)), str(year)) for year in range(self.first.year, self.last.year + 1, step)
        ]

    def _at(self, day: date, more: int = 0) -> float:
        return round(100 * ((day - self.first).days + more) / ((self.last - self.first).days + 1), 2)


def lengths(values: Sequence[Decimal]) -> list[Bar]:
    """Return a bar for each value, the largest as wide as the chart; none for what is not above zero."""
    most = max(values, default=Decimal())
    return [Bar(0, round(float(100 * value / most), 2) if value > 0 else 0) for value in values]
