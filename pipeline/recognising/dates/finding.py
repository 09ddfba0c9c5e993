"""Finds the dates of a text: which expressions are dates, which year they mean, what they are to the project."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipeline.recognising.dates.expressions import HALF, QUARTER, Expression, Point
from pipeline.recognising.dates.grammar import expressions
from pipeline.recognising.dates.lexicon import SPACE, one_of, words
from pipeline.recognising.dates.roles import date_roles
from pipeline.recognising.dates.values import value_of
from pipeline.recognising.dates.years import is_short_of_date, year_confidence
from pipeline.recognising.sentences import sentence_bounds
from pipeline.recognising.spans import DateMention, DateValue

SAME_SENTENCE, SENTENCE_BEFORE = 0.85, 0.75
"""How sure a date is whose year stands elsewhere; in the label of its field is as good as in the sentence before."""
LABELLED = 0.95
"""How sure a bare year is under a label for dates."""
_RECENT = range(1950, 2101)
"""Years that projects speak of; a label for dates makes no others of bare numbers."""
_SHAPES = {"day": 0.99, "month": 0.98, "code": 0.97, "school": 0.97, "year": 0.97, "decade": 0.95, "century": 0.95}
_SHORT, _COMMON = 0.85, 0.97
_COMPOUND = re.compile(r"-[^\W\d_]")
"""What makes a word of a date: het Q4-team, de 1 mei-viering."""
_MOST_LOOKED_AT = 20
"""Dates on each side that may give a date its year: a sentence may be as long as a text."""
_ASIDE = 40
"""Characters before a date in which words that govern it stand."""


def find_dates(
    text: str,
    sentences: Iterable[tuple[int, int]] | None = None,
    *,
    is_labelled: bool = False,
    year: int | None = None,
) -> list[DateMention]:
    """Find the dates that a text names.

    Parameters
    ----------
    text
        Running text, a table cell or a field.
    sentences
        Bounds of its sentences, in order; split by a plain rule when not given. They settle which year a date without
        one takes, and which words speak of it.
    is_labelled
        Whether a label says that the text gives dates, so that a bare year is one whatever stands around it.
    year
        The year that a label gives, for dates that find none in the text.

    Returns
    -------
    list of DateMention
        In text order; no two overlap.
    """
    bounds = list(sentences) if sentences is not None else sentence_bounds(text)
    search = _Search(text, bounds or [(0, len(text))], is_labelled=is_labelled, year=year)
    kept = search.run()
    roles = date_roles(text, [(mention.start, mention.end, mention.value) for mention in kept], search.bounds)
    return [
        DateMention(mention.start, mention.end, mention.value, role, mention.confidence)
        for mention, role in zip(kept, roles, strict=True)
    ]


@dataclass(slots=True)
class _Search:
    """One text in the course of being searched."""

    text: str
    bounds: Sequence[tuple[int, int]]
    is_labelled: bool
    year: int | None
    starts: list[int] = field(init=False)
    values: dict[int, list[tuple[int, DateValue]]] = field(default_factory=dict)
    """Dates with a year of their own, by sentence: where they start and what they mean."""

    def __post_init__(self) -> None:
        self.starts = [start for start, _ in self.bounds]

    def sentence(self, at: int) -> int:
        return max(0, bisect_right(self.starts, at) - 1)

    def run(self) -> list[DateMention]:
        """Keep what is a date: first those with a year, then those that take one from them."""
        found: list[DateMention] = []
        waiting: list[Expression] = []
        refused = False
        for expression in expressions(self.text):
            if _COMPOUND.match(self.text, expression.end):
                continue
            if not expression.dated:
                waiting.append(expression)
                continue
            confidence = self._confidence(expression, after_refused=refused)
            refused = confidence is None
            value = value_of(expression) if confidence is not None else None
            if value is None or confidence is None:
                continue
            found.append(DateMention(expression.start, expression.end, value, None, confidence))
            place = self.sentence(expression.start)
            self.values.setdefault(place, []).append((expression.start, value))
        for expression in waiting:
            mention = self._dated(expression)
            if mention:
                found.append(mention)
        return sorted(found, key=lambda mention: (mention.start, mention.end))

    def _confidence(self, expression: Expression, *, after_refused: bool) -> float | None:
        if expression.bare:
            if expression.listed and after_refused:
                return None
            by_context = year_confidence(self.text, expression, self.bounds[self.sentence(expression.start)])
            return LABELLED if self.is_labelled and _is_recent(expression) else by_context
        sentence = self.bounds[self.sentence(expression.start)]
        if any(point.short for point in expression.points) and is_short_of_date(self.text, expression, sentence):
            return None
        base = min(_SHAPES.get(point.shape, _COMMON) for point in expression.points)
        return min(base, _SHORT) if any(point.short for point in expression.points) else base

    def _dated(self, expression: Expression) -> DateMention | None:
        """Give a date without a year the one that its sentence or the sentence before names."""
        if not (self.is_labelled or self._stands_alone(expression)):
            return None
        place = self.sentence(expression.start)
        for sentence, confidence in ((place, SAME_SENTENCE), (place - 1, SENTENCE_BEFORE)):
            for given in self._nearest(sentence, expression.start):
                value = _within(expression, given)
                if value:
                    return DateMention(expression.start, expression.end, value, None, confidence)
        value = value_of(expression, year=self.year) if self.year is not None else None
        return DateMention(expression.start, expression.end, value, None, SENTENCE_BEFORE) if value else None

    def _nearest(self, sentence: int, at: int) -> Iterator[DateValue]:
        """Give the dates of a sentence that stand nearest to a place, those before it first."""
        entries = self.values.get(sentence, [])
        middle = bisect_right(entries, at, key=lambda entry: entry[0])
        for _, value in entries[max(0, middle - _MOST_LOOKED_AT) : middle][::-1]:
            yield value
        for _, value in entries[middle : middle + _MOST_LOOKED_AT]:
            yield value

    def _stands_alone(self, expression: Expression) -> bool:
        """Tell whether a date without a year can be one: ``in maart``, not ``elke zomer`` or the first name Jan."""
        left = self.text[max(0, expression.start - _ASIDE) : expression.start]
        if _aside("relative", "before").search(left) or _aside("relative", "after").match(self.text, expression.end):
            return False
        first = expression.points[0]
        if any(point.needs_year and point.shape != "month" for point in expression.points):
            return False
        if first.shape == "day" or len(expression.points) > 1:
            return True
        if first.needs_year:
            return False
        written = self.text[first.start : first.end]
        if first.shape == "month":
            return written[-1].islower() and (written[0].islower() or not left.strip() or left.rstrip()[-1] in ".:!?")
        if first.shape == "week":
            return not _aside("relative", "whole").match(self.text, expression.end)
        if first.shape == "code":
            return self._season_stands_alone(first, left, written.casefold())
        return False

    def _season_stands_alone(self, point: Point, left: str, written: str) -> bool:
        code, known = point.code or 0, words()["season"]
        if _aside("season", "generic").search(left):
            return False
        if code > HALF:
            return any(word in written for word in known["calendar"])
        return code > QUARTER or _aside("season", "definite").search(left) is not None or point.part is not None


def _is_recent(expression: Expression) -> bool:
    return all(point.year in _RECENT for point in expression.points)


def _within(expression: Expression, given: DateValue) -> DateValue | None:
    """Date an expression by the year of another date, when only one year makes it fall within that date."""
    named = re.findall(r"\d{4}", given.edtf)
    years = sorted({int(year) for year in named})
    if not years or "X" in given.edtf:
        return None
    if len(years) == 1:
        return value_of(expression, year=years[0])
    fitting = []
    for year in range(years[0], min(years[-1], years[0] + 3) + 1):
        value = value_of(expression, year=year)
        plain = value_of(Expression(expression.start, expression.end, expression.points, expression.link), year=year)
        if value and plain and _inside(plain, given):
            fitting.append(value)
    return fitting[0] if len(fitting) == 1 else None


def _inside(value: DateValue, given: DateValue) -> bool:
    if value.earliest is None or value.latest is None:
        return False
    after = given.earliest is None or value.earliest >= given.earliest
    return after and (given.latest is None or value.latest <= given.latest)


@cache
def _aside(section: str, entry: str) -> re.Pattern[str]:
    """Compile words that stand right before a date, or right after it where the entry is of such."""
    cues = one_of(words()[section][entry])
    return re.compile(
        f"{SPACE}{cues}(?!\\w)" if entry in {"after", "whole"} else rf"(?<!\w){cues}{SPACE}$", re.IGNORECASE
    )
