"""Reads the points of dates: a day, month, year, season, quarter, decade or school year, from the tokens of a text."""

import re
from dataclasses import dataclass, replace
from functools import cache

from pipeline.recognising.dates.expressions import Expression, Point, code_of
from pipeline.recognising.dates.lexicon import SPACE, Token, full_year, one_of, words

MAX_GAP = 60
"""Characters between two tokens that still belong together."""
_LAST_DAY, _LAST_MONTH, _LAST_WEEK, _LAST_CENTURY = 31, 12, 53, 21
_TWO, _FOUR = 2, 4
_WINTER = 24
_FIRST_YEAR, _LAST_YEAR = 1500, 2199


@cache
def gaps() -> dict[str, re.Pattern[str]]:
    """Compile what may stand between two tokens, by what it does."""
    known = words()["words"]
    filler = f"(?:{one_of(known['filler'])}{SPACE}){{0,4}}"
    conjunction = one_of(known["and"])
    gaps = {
        "space": SPACE,
        "filler": f"{SPACE}{filler}|-",
        "day": f"{SPACE}|-",
        "year": rf"{SPACE}(?:{one_of(known['before_year'])}{SPACE})?|-|(?<=\.)",
        "short": f"{SPACE}|-|",
        "code": f"{SPACE}(?:{one_of(known['before_year'])}{SPACE})?|[-/]|,{SPACE}|",
        "dash": r"\s?[-–—‑−]\s?",
        "slash": r"\s?/\s?",
        "night": f"{SPACE}{one_of(known['night'])}{SPACE}(?:{one_of(known['filler'])}{SPACE})?",
        "conjunction": f",?{SPACE}{conjunction}{SPACE}(?:{one_of(known['articles'])}{SPACE})?",
        "comma": rf"\s?,(?:{SPACE})?",
    }
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in gaps.items()}


@cache
def suffixes() -> dict[str, re.Pattern[str]]:
    """Compile what stands right before or after a date and changes what it means."""
    known = words()
    return {
        "later": re.compile(f"{SPACE}{one_of(known['words']['later'])}(?!\\w)", re.IGNORECASE),
        "century": re.compile(f"{SPACE}({one_of(known['decade_century'])})(?!\\w)", re.IGNORECASE),
        "planned": re.compile(f"(?<!\\w){one_of(known['words']['planned_before'])}{SPACE}$", re.IGNORECASE),
        "stressed": re.compile(f"(?<!\\w){one_of(known['words']['stresses_before'])}{SPACE}$", re.IGNORECASE),
        "counted": re.compile(f"(?<!\\w){one_of(known['words']['counts_up'])}{SPACE}$", re.IGNORECASE),
    }


@dataclass(frozen=True, slots=True)
class PointReader:
    """Reads one text. Each method takes a token index and gives what it read and the index after it, or None."""

    text: str
    tokens: list[Token]

    # ---- what lies between two tokens

    def gap(self, name: str, start: int, end: int) -> bool:
        """Tell whether what lies between two tokens is of that name."""
        return end - start <= MAX_GAP and gaps()[name].fullmatch(self.text, start, end) is not None

    def next(self, name: str, end: int, at: int, *kinds: str) -> Token | None:
        """Return the token at an index when it is of one of the kinds and the gap before it is of that name."""
        if at >= len(self.tokens) or (kinds and self.tokens[at].kind not in kinds):
            return None
        token = self.tokens[at]
        return token if self.gap(name, end, token.start) else None

    # ---- points

    def point(self, at: int, before: Expression | None = None) -> tuple[Point, int] | None:
        """Read a point; ``before`` is the item of a list or span that it may lean on."""
        if at >= len(self.tokens):
            return None
        token = self.tokens[at]
        if token.kind == "approximate":
            return self._about(at, token)
        if token.kind == "part":
            return self._part(at, token)
        return self.core(at, before)

    def _about(self, at: int, token: Token) -> tuple[Point, int] | None:
        """Read ``rond 2020``, ``rond eind 2020``."""
        after = self.next("filler", token.end, at + 1)
        if after is None:
            return None
        inner = self._part(at + 1, after) if after.kind == "part" else self.core(at + 1)
        return (replace(inner[0], start=token.start, approximate=True), inner[1]) if inner else None

    def _part(self, at: int, token: Token) -> tuple[Point, int]:
        """Read ``begin 2023``, or ``begin`` when its date follows later."""
        inner = self.core(at + 1) if self.next("filler", token.end, at + 1) else None
        if inner and not inner[0].open and inner[0].shape not in {"day", "week"}:
            return replace(inner[0], start=token.start, part=token.value, bare=False), inner[1]
        return Point(token.start, token.end, part=token.value), at + 1

    def core(self, at: int, before: Expression | None = None) -> tuple[Point, int] | None:
        """Read a point without what qualifies it."""
        token = self.tokens[at]
        readers = {
            "date": self._whole,
            "number": self._number,
            "ordinal": self._ordinal,
            "month": self._month,
            "short_month": self._month,
            "season": self._season,
            "seasons": self._season,
            "code": self._code,
            "short": self._year,
            "jaren": self._decade,
            "decade": self._decade,
            "school": self._school,
            "unit": self._unit,
            "week": self._week,
        }
        if before is not None and token.kind in {"number", "short", "tens"}:
            inherited = self._inherited(at, before)
            if inherited:
                return inherited
        read = readers.get(token.kind)
        return read(at) if read else None

    def _inherited(self, at: int, before: Expression) -> tuple[Point, int] | None:
        """Read what a plural before it holds for: ``de zomers van 2022 en 2023``, ``jaren zestig en zeventig``."""
        head, token = before.points[0], self.tokens[at]
        if token.kind == "tens":
            if head.shape != "decade":
                return None
            return Point(token.start, token.end, year=_decade_of(token.value, head), blur=1), at + 1
        season = head.shape == "code" and self.text[head.start : head.end].casefold().split()[0]
        if season and season in words()["seasons_plural"]:
            year = self._year(at)
            return (replace(year[0], code=head.code, bare=False), year[1]) if year else None
        if head.school is not None:
            pair = self._pair(at, loose=True)
            if pair:
                year_number, end, after = pair
                return Point(token.start, end, year=year_number, school=head.school), after
        return None

    def _whole(self, at: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        year, month, day = token.value
        if not (1 <= month <= 12 and 1 <= day <= _LAST_DAY and _FIRST_YEAR <= year <= _LAST_YEAR):
            return None
        short = not re.search(r"\d{4}", self.text[token.start : token.end])
        return Point(token.start, token.end, year=year, month=month, day=day, short=short), at + 1

    def _number(self, at: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        if len(token.value) == 4:
            return self._year(at)
        if len(token.value) > 2:
            return None
        return self._numbered_month(at) or self._day(at, int(token.value))

    def _numbered_month(self, at: int) -> tuple[Point, int] | None:
        """Read ``07-2024``."""
        month, year = self.tokens[at], self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        joint = self.text[month.end : year.start] if year else ""
        if year is None or joint not in {"-", "/"} or len(month.value) != 2 or not self._loose(month.start):
            return None
        number = _year_number(year) if year.kind == "number" and self._free(year.end) else None
        if number is None or not 1 <= int(month.value) <= 12:
            return None
        return Point(month.start, year.end, year=number, month=int(month.value), short=True), at + 2

    def _loose(self, start: int) -> bool:
        """Tell whether nothing is glued to the front of a number."""
        return re.search(r"\w[-/.:]?$", self.text[max(0, start - 2) : start]) is None

    def _ordinal(self, at: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        if token.value > 0:
            day = self._day(at, token.value)
            if day and day[0].day:
                return day
        unit = self.next("space", token.end, at + 1, "unit")
        if unit is None:
            return Point(token.start, token.end, nth=token.value), at + 1
        if unit.value == 0:
            century = (token.value - 1) * 100
            known = 1 <= token.value <= 21
            return (Point(token.start, unit.end, year=century, blur=2), at + 2) if known else None
        code = code_of(unit.value, token.value)
        return self._yeared(Point(token.start, unit.end, code=code), at + 2) if code else None

    def _unit(self, at: int) -> tuple[Point, int] | None:
        """Read ``kwartaal 3 van 2024``."""
        unit = self.tokens[at]
        nth = self.next("space", unit.end, at + 1, "number")
        if nth is None or not unit.value or len(nth.value) != 1:
            return None
        code = code_of(unit.value, int(nth.value))
        return self._yeared(Point(unit.start, nth.end, code=code), at + 2) if code else None

    def _day(self, at: int, number: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        if not 1 <= number <= _LAST_DAY:
            return None
        if not self.next("day", token.end, at + 1, "month", "short_month"):
            return (Point(token.start, token.end, number=number), at + 1) if token.kind == "number" else None
        read = self._month(at + 1)
        return (replace(read[0], start=token.start, day=number), read[1]) if read else None

    def _month(self, at: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        point = Point(token.start, token.end, month=token.value, abbreviated=token.kind == "short_month")
        digits = self.next("short", token.end, at + 1, "number") if point.abbreviated else None
        if digits and len(digits.value) == 2 and self.text[token.end : digits.start] == "-":
            return replace(point, end=digits.end, year=full_year(digits.value), short=True), at + 2
        return self._yeared(point, at + 1)

    def _season(self, at: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        point = Point(token.start, token.end, code=token.value)
        if token.value == 24 and self.next("year", token.end, at + 1):
            pair = self._pair(at + 1, loose=False)
            if pair:
                return replace(point, year=pair[0], end=pair[1]), pair[2]
        return self._yeared(point, at + 1)

    def _code(self, at: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        return self._yeared(Point(token.start, token.end, code=token.value), at + 1, gap="code")

    def _yeared(self, point: Point, at: int, gap: str = "year") -> tuple[Point, int]:
        """Add the year that follows, if one does."""
        year = self.next(gap, point.end, at, "number", "short") or self.next("short", point.end, at, "short")
        number = _year_number(year) if year else None
        if year is None or number is None:
            return point, at
        return replace(point, end=year.end, year=number, short=year.kind == "short"), at + 1

    def _year(self, at: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        number = _year_number(token)
        if number is None:
            return None
        point = Point(token.start, token.end, year=number, bare=True, short=token.kind == "short")
        code = self.next("code", token.end, at + 1, "code")
        if code and self.text[token.end : code.start].strip(" \n") in {"", "-"} and code.start > token.end:
            after = self.next("code", code.end, at + 2, "number", "short")
            if after is None or _year_number(after) is None:
                return replace(point, end=code.end, code=code.value, bare=False), at + 2
        pair = self._short_end(at, number)
        return pair or (point, at + 1)

    def _short_end(self, at: int, number: int) -> tuple[Point, int] | None:
        """Read ``2024-07``, a month; ``2023-24`` is left to the span."""
        token = self.tokens[at]
        month = self.next("dash", token.end, at + 1, "number")
        if month is None or token.kind != "number" or len(month.value) != 2 or month.start != token.end + 1:
            return None
        if 1 <= int(month.value) <= 12 and int(month.value) <= number % 100 and self._free(month.end):
            return Point(token.start, month.end, year=number, month=int(month.value), short=True), at + 2
        return None

    def _free(self, end: int) -> bool:
        """Tell whether a number ends here, and no longer one goes on."""
        return re.match(r"[-/.]?\w", self.text[end : end + 2]) is None

    def _pair(self, at: int, *, loose: bool) -> tuple[int, int, int] | None:
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
        year = _year_number(first)
        if year is None and loose and first.kind == "number" and len(first.value) == 2:
            year = full_year(first.value)
        if year is None or last.kind not in {"number", "short"}:
            return None
        other = int(last.value)
        return (year, last.end, at + 2) if other in {year + 1, (year + 1) % 100} else None

    def _decade(self, at: int) -> tuple[Point, int] | None:
        """Read ``jaren negentig``, ``jaren '90``, ``jaren 90``, ``jaren 1990``."""
        token = self.tokens[at]
        if token.kind == "decade":
            return Point(token.start, token.end, year=token.value, blur=1), at + 1
        after = self.next("space", token.end, at + 1, "tens", "short", "number")
        if after is None or (after.kind == "number" and len(after.value) not in {2, 4}):
            return None
        year = int(after.value)
        if year % 10 or (after.kind != "tens" and self._goes_on(at + 2, after)):
            return None
        if year < 100:
            year = year + 1900 if year >= 30 else year + 2000
        point = Point(token.start, after.end, year=year, blur=1)
        century = suffixes()["century"].match(self.text, after.end)
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

    def _school(self, at: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        if not self.next("year", token.end, at + 1):
            return None
        pair = self._pair(at + 1, loose=True)
        if pair is None:
            return None
        return Point(token.start, pair[1], year=pair[0], school=token.value), pair[2]

    def _week(self, at: int) -> tuple[Point, int] | None:
        token = self.tokens[at]
        number = self.next("space", token.end, at + 1, "number")
        if number is None or len(number.value) > 2 or not 1 <= int(number.value) <= 53:
            return None
        point, after = self._yeared(Point(token.start, number.end, week=int(number.value)), at + 2)
        return (point, after) if point.year else None


def _year_number(token: Token) -> int | None:
    """Return the year that a token may be, or None."""
    if token.kind == "short":
        return full_year(token.value)
    if token.kind != "number" or len(token.value) != 4:
        return None
    year = int(token.value)
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _decade_of(year: int, head: Point) -> int:
    """Return a decade in the century of the one before it."""
    century = (head.year or year) // 100 * 100
    return century + year % 100
