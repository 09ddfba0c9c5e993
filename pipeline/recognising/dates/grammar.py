"""Finds date expressions: reads the tokens of a text from left to right and binds points to spans and lists.

Every step looks at a bounded number of tokens and at the gap between two of them, so that the time taken grows with the
text and no faster.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from pipeline.recognising.dates.expressions import QUARTER, Expression, Link, Point
from pipeline.recognising.dates.gaps import after as following
from pipeline.recognising.dates.lexicon import fold, words
from pipeline.recognising.dates.points import PointReader
from pipeline.recognising.dates.tokens import Token, tokens
from pipeline.recognising.spans import Modifier

_MAX_LIST = 40
_MAX_TIME = 4
"""Tokens that a bound and the date behind a time of day are apart at most."""


def expressions(text: str) -> Iterator[Expression]:
    """Yield the date expressions of a text, in order and without overlap, the longest reading of each."""
    reader = _Reader(text, list(tokens(text)))
    at = 0
    while at < len(reader.tokens):
        found, after = reader.enumeration(at)
        yield from found
        at = max(after, at + 1)


@dataclass(frozen=True, slots=True)
class _Reader(PointReader):
    """Reads one text. Each method takes a token index and gives what it read and the index after it, or None."""

    # ---- lists

    def enumeration(self, at: int) -> tuple[list[Expression], int]:
        """Read ``3, 4 en 10 juni 2023``: items that complete one another from the right."""
        first = self.item(at)
        if first is None:
            return [], at + 1
        found, at = [first[0]], first[1]
        joints: list[str] = []
        ends = [at]
        while len(found) < _MAX_LIST and at < len(self.tokens):
            start = self.tokens[at].start
            joint = next((name for name in ("conjunction", "comma") if self.gap(name, found[-1].end, start)), None)
            read = self.item(at, before=found[0]) if joint else None
            if joint is None or read is None:
                break
            found.append(replace(read[0], listed=True))
            joints.append(joint)
            at = read[1]
            ends.append(at)
        return self._completed(found, joints, ends)

    def _completed(self, found: list[Expression], joints: list[str], ends: list[int]) -> tuple[list[Expression], int]:
        while found and found[-1].open:
            found.pop()
            ends.pop()
            joints = joints[:-1]
        if not found:
            return [], 0
        series = found[0].open and self.preceded("counted", found[0].start)  # groep 3 en 4 juni
        announced = self.preceded("announced", found[0].start)
        done = [found[-1]]
        for place in range(len(found) - 2, -1, -1):
            item = found[place]
            if item.open and (series or not (announced or "conjunction" in joints[place:])):
                continue
            points: list[Point] = []
            for point in reversed(item.points):
                complete = point.completed(points[0] if points else done[0].points[0])
                if complete is None:
                    break
                points.insert(0, complete)
            else:
                done.insert(0, replace(item, points=tuple(points)))
        done[0] = replace(done[0], listed=False)
        return done, ends[-1]

    # ---- one item: a bound and what it bounds

    def item(self, at: int, before: Expression | None = None) -> tuple[Expression, int] | None:
        token = self.tokens[at]
        if token.kind == "modifier":
            return self._bounded(at, token)
        if token.kind == "between" and (read := self._between(at, token)):
            return read
        return self.range(at, before)

    def _bounded(self, at: int, token: Token) -> tuple[Expression, int] | None:
        if timed := self._timed(at, token):
            return timed
        if not self.next("filler", token.end, at + 1):
            return None
        read = self.range(at + 1)
        if read is None:
            return None
        inner, after = read
        modifier = self._sense(token, inner)
        if modifier is None or (modifier == "from" and inner.link and not self._season_years(inner)):
            return inner, after
        if inner.modifier is not None and (inner.modifier != modifier or inner.link):
            return inner, after
        return replace(inner, start=token.start, modifier=modifier), after

    def _timed(self, at: int, token: Token) -> tuple[Expression, int] | None:
        """Read ``vóór 17.00 uur op 15 maart 2024``, that day included. Behind ``tot`` hours may be opening hours."""
        if token.value not in {"by", "until", "voor"} or fold(self.text[token.start : token.end]) in _links():
            return None
        time = following()["time"].match(self.text, token.end)
        starts = [item.start for item in self.tokens[at + 1 : at + 1 + _MAX_TIME]] if time else []
        if time is None or time.end() not in starts:
            return None
        read = self.range(at + 1 + starts.index(time.end()))
        if read is None or read[0].link or read[0].modifier or read[0].points[0].shape != "day":
            return None
        modifier: Modifier = "by" if token.value == "by" else "through"
        return replace(read[0], start=token.start, modifier=modifier), read[1]

    def _season_years(self, inner: Expression) -> bool:
        """Tell ``sinds 2020/2021``, one season, from ``vanaf 2020 tot 2021``."""
        return inner.bare and self.text[inner.points[0].end : inner.points[1].start].strip() == "/"

    def _sense(self, token: Token, inner: Expression) -> Modifier | None:
        """Tell what a bound means. ``voor`` is one only where it cannot be ``meant for``."""
        if token.value != "voor":
            return cast("Modifier", token.value)
        if self.preceded("planned", token.start):
            return None
        point = inner.points[0]
        if len(inner.points) == 1 and (point.shape in {"day", "number", "month"} or point.part == "end"):
            return "until"
        if point.shape == "code" and (point.code or 0) <= QUARTER and len(inner.points) == 1:
            return "until"
        behind = following()["contrast"].match(self.text, inner.end) is not None
        contrasted = behind or self.preceded("contrasted", token.start)
        return "until" if contrasted or self.preceded("stressed", token.start) else None

    def _between(self, at: int, token: Token) -> tuple[Expression, int] | None:
        """Read ``tussen 2021 en 2022``, ``tussen 2021 en heden``."""
        first = self.point(at + 1) if self.next("filler", token.end, at + 1) else None
        if first is None or not self.next("conjunction", first[0].end, first[1]):
            return None
        now = self.tokens[first[1]]
        if now.kind == "now" and not first[0].open:
            return Expression(token.start, now.end, (first[0],), modifier="from"), first[1] + 1
        last = self.point(first[1])
        span = self._span(first[0], last, "inclusive") if last else None
        return (replace(span[0], start=token.start), span[1]) if span else None

    # ---- spans

    def range(self, at: int, before: Expression | None = None) -> tuple[Expression, int] | None:
        read = self.point(at, before)
        if read is None:
            return None
        first, after = read
        if span := self._linked(first, after):
            return span
        if open_end := self._until_now(first, after):
            return open_end
        return self._suffixed(first), after

    def _suffixed(self, point: Point) -> Expression:
        """Read what makes a bound of a point from behind: ``2025 en verder``, ``2022 -``."""
        single = Expression(point.start, point.end, (point,))
        if point.open or point.year is None:
            return single
        suffixes: tuple[tuple[str, Modifier], ...] = (("later", "from"), ("earlier", "through"), ("open end", "from"))
        for name, modifier in suffixes:
            if suffix := following()[name].match(self.text, point.end):
                return replace(single, end=suffix.end(), modifier=modifier)
        return single

    def _linked(self, first: Point, at: int) -> tuple[Expression, int] | None:
        """Read on from the first point of a span: a dash, a slash, ``tot``, ``tot en met``."""
        if at >= len(self.tokens):
            return None
        token = self.tokens[at]
        if token.kind == "modifier" and fold(self.text[token.start : token.end]) in _links():
            if not self.gap("space", first.end, token.start) or not self.next("filler", token.end, at + 1):
                return None
            last = self.point(at + 1, Expression(first.start, first.end, (first,)))
            link: Link = "to" if token.value == "until" else "inclusive"
            return self._span(first, last, link) if last and not self._apart(first, last[0]) else None
        if first.bare and (span := self._short_span(first, token)):
            return span, at + 1
        for name in ("dash", "slash", "night"):
            if not self.gap(name, first.end, token.start):
                continue
            last = self.point(at, Expression(first.start, first.end, (first,)))
            if last is None or not self._fit(name, first, last[0]):
                continue
            return self._span(first, last, "inclusive")
        return None

    def _short_span(self, first: Point, token: Token) -> Expression | None:
        """Read ``2023-24`` and ``2023/24``."""
        digits = token.value if token.kind == "number" and len(token.value) == 2 else ""
        joint = self.text[first.end : token.start]
        if not digits or joint not in {"-", "–", "/"} or not self.free(token.end):
            return None
        year = (first.year or 0) // 100 * 100 + int(digits)
        if year <= (first.year or 0):
            return None
        last = Point(token.start, token.end, year=year, bare=True, short=True)
        return Expression(first.start, token.end, (first, last), link="inclusive")

    def _apart(self, first: Point, last: Point) -> bool:
        """Tell ``in 2021 tot 1 mei verlengd``, two dates, from a span."""
        if first.year is not None and last.year is not None and first.year < last.year:
            return False
        return (
            last.day is not None and first.day is None and first.number is None and self.preceded("within", first.start)
        )

    def _fit(self, name: str, first: Point, last: Point) -> bool:
        same = first.shape == last.shape or {first.shape, last.shape} <= {"day", "number"}
        if name == "night":
            return same and first.shape in {"day", "number"}
        if name == "slash":
            ordinals = first.nth is not None and last.shape == "code"
            return same or ordinals or (first.part is not None and last.part is not None)
        if "number" in {first.shape, last.shape}:
            return same
        if "nth" in {first.shape, last.shape}:
            return last.shape == "code"
        unlike = first.shape == "month" and last.shape == "day"
        return same or unlike or self.text[first.end : last.start].startswith((" ", "–", "—"))

    def _span(self, first: Point, read: tuple[Point, int], link: Link) -> tuple[Expression, int] | None:
        last, after = read
        if first.open and not last.open:
            complete = first.completed(last)
            if complete is None:
                return None
            first = complete
        if last.open and not first.open:
            return None
        if first.day and first.day == last.day and first.month == last.month and first.year == last.year:
            return None
        if first.shape == last.shape == "year" and (first.year or 0) >= (last.year or 0):
            return None
        if first.number is not None and first.number >= (last.number or 0):
            return None
        if first.shape == last.shape == "day" and first.year == last.year and first.month == last.month:
            backwards = (first.day or 0) > (last.day or 0)
            if backwards:
                return None
        return Expression(first.start, last.end, (first, last), link=link), after

    def _until_now(self, first: Point, at: int) -> tuple[Expression, int] | None:
        """Read ``2021-heden``, ``2021 tot heden``: from 2021."""
        if first.open or at >= len(self.tokens):
            return None
        token = self.tokens[at]
        end, place = first.end, at
        if token.kind == "modifier" and token.value in {"until", "through"} and self.gap("space", end, token.start):
            end, place = token.end, at + 1
            now = self.next("space", end, place, "now")
        else:
            now = self.next("dash", end, place, "now")
        if now is None:
            return None
        return Expression(first.start, now.end, (first,), modifier="from"), place + 1


def _links() -> list[str]:
    return cast("list[str]", words()["words"]["links"])
