"""Which reference date governs a figure: on what day it was counted.

A reference date governs the figures of its sentence and of those after it in its paragraph or cell, until another date
comes. One that stands by itself, where nothing is counted (a field `Peildatum`, a line `Alle cijfers: stand 1 mei
2024`), governs all of the text that is not dated otherwise; one in a label governs the value of it. Ages are no counts,
and goals and budgets are not counted on a day.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from pipeline.recognising.dates.lexicon import one_of, words
from pipeline.recognising.fields.labels import reference_of
from pipeline.recognising.sentences import sentence_starts
from pipeline.recognising.spans import DateMention, FigureMention
from pipeline.segmenting.sections import Field, FieldKind

_PLANNED: frozenset[FieldKind | None] = frozenset({"period", "start", "end"})
"""Fields whose figures say how long the project takes."""
_PARAGRAPH = re.compile(r"\n\s*\n")
_CLAUSE_END = re.compile(r"[;,]")
_FARTHEST = 1000
"""Code points that a reference date reaches over in running text."""
_LONGEST_GAP = 30
"""Code points between a figure and the date that stands right behind it."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, or the value of a field."""

    start: int
    end: int
    field: Field | None = None


def governing_dates(
    text: str, figures: Sequence[FigureMention], dates: Sequence[DateMention], fields: Sequence[Field] = ()
) -> list[str | None]:
    """Return, for each figure, the EDTF of the reference date that governs it; None where none does.

    Parameters
    ----------
    text
        The whole text of a section.
    figures, dates
        What it holds, in text order.
    fields
        Its labelled values.
    """
    search = _Search(text, figures, dates, fields)
    return [search.of(figure) for figure in figures]


class _Search:
    """One text, divided into blocks and sentences."""

    def __init__(
        self, text: str, figures: Sequence[FigureMention], dates: Sequence[DateMention], fields: Sequence[Field]
    ) -> None:
        self.text = text
        self.dates = dates
        self.date_starts = [date.start for date in dates]
        self.blocks = _blocks(text, fields)
        self.block_starts = [block.start for block in self.blocks]
        inner = (block.start + at for block in self.blocks for at in sentence_starts(text[block.start : block.end]))
        self.sentences = [*sorted({*inner, *self.block_starts}), len(text) + 1]
        self.alone = self._alone(figures)

    def of(self, figure: FigureMention) -> str | None:
        """Return the EDTF of the date that governs a figure."""
        if figure.value.kind == "age":
            return None
        block = self._block(figure.start)
        low, high = self._sentence(figure.start)
        place = bisect_right(self.date_starts, figure.start)
        before = self.dates[place - 1] if place else None
        behind = self.dates[place] if place < len(self.dates) else None
        in_front = before if before and before.start >= low else None
        after = behind if behind and behind.start < high else None
        if in_front or after:
            return self._in_sentence(figure, low, in_front, after)
        label = self.text[slice(*block.field.label)] if block.field else ""
        if (said := reference_of(label)) is not None:
            return said
        if block.field and (block.field.kind in _PLANNED or _said("goals", label) or _is_budget(block.field, label)):
            return None
        return self._from_outside(figure, (low, high), before if before and before.start >= block.start else None)

    def _in_sentence(
        self, figure: FigureMention, low: int, before: DateMention | None, behind: DateMention | None
    ) -> str | None:
        """Return what the dates of its sentence say: one right behind it, else one before it, else one behind it."""
        gap = self._window(figure.end, behind.start) if behind else ";"
        clause = _CLAUSE_END.split(self.text[max(low, figure.start - _FARTHEST) : figure.end])[-1]
        if _said("goals", clause):
            return None
        if behind and (_touches(gap) or (before is None and ";" not in gap)):
            return _edtf(behind)
        if before is None or _said("later", self.text[max(before.end, figure.start - _FARTHEST) : figure.start]):
            return None
        return _edtf(before)

    def _from_outside(self, figure: FigureMention, sentence: tuple[int, int], before: DateMention | None) -> str | None:
        """Return what a date before its sentence says, in its block or by itself somewhere in the text."""
        low, high = sentence
        words_around = self.text[max(low, figure.start - _FARTHEST) : min(high, figure.end + _FARTHEST)]
        if _said("goals", words_around) or (figure.value.kind == "money" and _is_for_spending(words_around)):
            return None
        if before is not None:
            since = self.text[max(before.end, figure.start - _FARTHEST) : figure.end]
            is_far = figure.start - before.end > _FARTHEST
            return None if is_far or _is_of_other_time(since) else _edtf(before)
        if not self.alone or _is_of_other_time(words_around):
            return None
        place = bisect_right(self.alone, figure.start, key=lambda date: date.start)
        return _edtf(self.alone[max(0, place - 1)])

    def _window(self, start: int, end: int) -> str:
        return self.text[start : min(end, start + _FARTHEST)]

    def _block(self, at: int) -> _Block:
        return self.blocks[max(0, bisect_right(self.block_starts, at) - 1)]

    def _sentence(self, at: int) -> tuple[int, int]:
        place = max(1, bisect_right(self.sentences, at))
        return self.sentences[place - 1], self.sentences[place]

    def _alone(self, figures: Sequence[FigureMention]) -> list[DateMention]:
        """Return the reference dates that stand where nothing else is dated or counted."""
        counted = {self._block(figure.start).start for figure in figures}
        dated: dict[int, list[DateMention]] = {}
        for date in self.dates:
            dated.setdefault(self._block(date.start).start, []).append(date)
        own = [dates[0] for start, dates in dated.items() if len(dates) == 1 and start not in counted]
        return [date for date in own if date.role == "reference"]


def _blocks(text: str, fields: Sequence[Field]) -> list[_Block]:
    """Divide a text into the values of its fields and the paragraphs between them."""
    blocks = []
    at = 0
    for field in sorted(fields, key=lambda field: field.value):
        start, end = field.value
        if start < at:
            continue
        blocks += _paragraphs(text, at, start)
        blocks.append(_Block(start, end, field))
        at = end
    return blocks + _paragraphs(text, at, len(text)) or [_Block(0, len(text))]


def _paragraphs(text: str, start: int, end: int) -> list[_Block]:
    bounds = [start, *(match.end() for match in _PARAGRAPH.finditer(text, start, end)), end]
    return [_Block(low, high) for low, high in pairwise(bounds) if text[low:high].strip()]


def _edtf(date: DateMention) -> str | None:
    return date.value.edtf if date.role == "reference" else None


def _is_budget(field: Field, label: str) -> bool:
    """Tell whether a label is for money that is there to be spent."""
    return field.kind == "money" and not _said("spent", label)


def _is_of_other_time(words_around: str) -> bool:
    """Tell whether words go to another time: ``inmiddels``, ``een jaar later``."""
    return _said("shifts", words_around) or _said("later", words_around)


def _is_for_spending(sentence: str) -> bool:
    """Tell whether a sentence is about money that is there to be spent."""
    return _said("budgets", sentence) and not _said("spent", sentence)


def _touches(gap: str) -> bool:
    """Tell whether a date stands right behind a figure: ``31% eind 2021``, ``480 in 2023``, ``86 (stand mei 2024)``."""
    return len(gap) <= _LONGEST_GAP and set(re.findall(r"\w+", gap.casefold())) <= _small() and ";" not in gap


@cache
def _small() -> frozenset[str]:
    return frozenset(words()["governing"]["between"])


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){one_of(words()['governing'][kind])}(?!\w)", re.IGNORECASE)


def _said(kind: str, text: str) -> bool:
    return _pattern(kind).search(text) is not None
