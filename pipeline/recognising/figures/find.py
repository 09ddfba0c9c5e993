"""The figures of a text: every number is read, those without a noun are settled, the rest falls."""

from collections.abc import Sequence
from decimal import localcontext

from pipeline.recognising.figures.ages import spread
from pipeline.recognising.figures.grammar import begins_figure, read_figure
from pipeline.recognising.figures.leftout import Mention, settle, total_at
from pipeline.recognising.figures.reading import Reading
from pipeline.recognising.figures.references import find_barriers
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.values import figure, ratio
from pipeline.recognising.numbers import EXACT, LARGEST
from pipeline.recognising.sentences import sentence_bounds
from pipeline.recognising.spans import FigureMention, FigureValue


def find_figures(
    text: str,
    *,
    exclude: Sequence[tuple[int, int]] = (),
    sentences: Sequence[tuple[int, int]] | None = None,
) -> list[FigureMention]:
    """Find every figure of a text, in order and without overlap.

    Parameters
    ----------
    text
        The text.
    exclude
        Spans, start and end, in which no figure may lie: dates, numbers inside names.
    sentences
        The spans of the sentences, in order; where None, they are found by the rule of `sentence_bounds`.
    """
    with localcontext(EXACT):
        return _find(text, exclude, sentence_bounds(text) if sentences is None else sentences)


def _find(text: str, exclude: Sequence[tuple[int, int]], sentences: Sequence[tuple[int, int]]) -> list[FigureMention]:
    """Find every figure, reckoning as precisely as the numbers ask."""
    tokens = Tokens(text, sentences)
    barriers = find_barriers(tokens, exclude)
    readings: list[Reading] = []
    totals: list[Mention] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        reading = None
        if index not in barriers.hard and token.kind in ("word", "number", "fraction"):
            total = total_at(tokens, index)
            if total is not None:
                totals.append(total)
            elif begins_figure(tokens, index):
                reading = read_figure(tokens, index, barriers)
        if reading is None:
            index += 1
            continue
        if readings:
            reading.first = max(reading.first, readings[-1].after)
        readings.append(reading)
        index = max(reading.after, index + 1)
    if readings:
        spread(tokens, readings)
        settle(tokens, readings, totals, barriers)
    return [_mention(tokens, reading) for reading in readings if reading.kind is not None and _bounded(reading)]


def read_value(text: str) -> FigureValue | None:
    """Read a text that gives one figure and nothing else, such as a table cell; else None."""
    found = find_figures(text)
    if len(found) != 1:
        return None
    rest = text[: found[0].start] + text[found[0].end :]
    return None if any(letter.isalnum() for letter in rest) else found[0].value


def _bounded(reading: Reading) -> bool:
    """Tell whether both ends of a reading are numbers that something may have."""
    return all(end is None or abs(end) <= LARGEST for end in (reading.low, reading.high))


def _mention(tokens: Tokens, reading: Reading) -> FigureMention:
    """Turn a reading into its result."""
    return FigureMention(
        tokens[reading.first].start, tokens[reading.after - 1].end, _value(reading), round(reading.confidence, 2)
    )


def _value(reading: Reading) -> FigureValue:
    """Return what a settled reading means."""
    if reading.kind == "ratio" or reading.kind is None:
        return ratio(reading.low, reading.high, reading.unit, reading.comparator)
    return figure(reading.kind, reading.low, reading.high, reading.unit, reading.comparator)
