"""Read the bare numbers of a cell, which its label says the unit of: money, what is counted, a measure."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.recognising.extents import Extents
from pipeline.recognising.fields.labels import Measure
from pipeline.recognising.fields.vocabulary import CONFIDENCE
from pipeline.recognising.figures.amounts import Amount, amount_at, is_numeral
from pipeline.recognising.figures.comparators import comparison_after, comparison_before
from pipeline.recognising.figures.references import find_barriers
from pipeline.recognising.figures.tokens import Tokens
from pipeline.recognising.figures.units import unit_after
from pipeline.recognising.figures.values import figure, plain, scaled
from pipeline.recognising.numbers import fold, read_multiplier
from pipeline.recognising.spans import FigureMention
from pipeline.resources import vocabulary

_MONEY = vocabulary("recognising/figures/money.toml")["amounts"]
_LEAST_MONEY = 100
"""A bare number in a cell for money that holds others is money from here on: `40.000, fase 1`."""
_NAMED = frozenset(fold(word) for key in ("context", "named") for word in _MONEY[key])
"""Words for money: a count of such is an amount with what it is for behind it, `40.000 subsidie`."""
_TON, _TON_OF_MONEY = "t", Decimal(100_000)
"""`2 ton` is a weight elsewhere."""
_WHOLE = 10_000
"""An amount with its own sign that is this high is not multiplied again: `€ 250.000` under `x € 1.000`."""
_LETTERS = frozenset({"k", "m"})


def money_figures(
    text: str, measure: Measure, found: Sequence[FigureMention], taken: Sequence[tuple[int, int]]
) -> list[FigureMention]:
    """Return the figures of a cell for money: those found by the rules for prose, and its bare numbers.

    Parameters
    ----------
    measure
        Money, and what the label multiplies by; an amount that says its own `mln` is not multiplied.
    found
        What the rules for prose found in it.
    taken
        ``(start, end)`` of its dates and names.
    """
    kept = []
    for mention in found:
        if mention.value.kind == "money":
            words = text[mention.start : mention.end]
            is_whole = mention.value.value >= _WHOLE or _multiplies(words)
            kept.append(mention if is_whole else _scaled(mention, measure.times))
        elif mention.value.kind == "measure" and mention.value.unit == _TON:
            value = replace(mention.value, kind="money", unit=measure.unit)
            kept.append(_scaled(replace(mention, value=value), _TON_OF_MONEY))
        elif mention.value.kind != "count" or not _NAMED & set(map(fold, (mention.value.unit or "").split())):
            kept.append(mention)
    bare = _bare(text, measure, [*taken, *map(_extent, kept)])
    alone = len(bare) == 1 and not holds_words(text, [*taken, *map(_extent, kept), _extent(bare[0][0])])
    kept += [
        mention
        for mention, is_marked in bare
        if is_marked or alone or mention.value.value >= _LEAST_MONEY * measure.times
    ]
    return sorted(kept, key=lambda m: m.start)


def counted_figures(
    text: str, measure: Measure, found: Sequence[FigureMention], taken: Sequence[tuple[int, int]]
) -> list[FigureMention]:
    """Return the figures of a cell whose label names a unit: its bare numbers, where it holds no other words."""
    kept = list(found)
    bare = [mention for mention, _ in _bare(text, measure, [*taken, *map(_extent, kept)], in_words=True)]
    if holds_words(text, [*taken, *map(_extent, (*bare, *kept))]):
        return kept
    return sorted([*kept, *bare], key=lambda m: m.start)


def _extent(mention: FigureMention) -> tuple[int, int]:
    return mention.start, mention.end


def holds_words(text: str, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a cell holds letters or digits beside what is taken, but for those in brackets."""
    rest = list(text)
    for start, end in taken:
        rest[start:end] = " " * (end - start)
    return any(letter.isalnum() for letter in _without_brackets("".join(rest)))


def _without_brackets(text: str) -> str:
    start, end = text.find("("), text.rfind(")")
    return text[:start] + text[end + 1 :] if 0 <= start < end else text


def _multiplies(words: str) -> bool:
    """Whether an amount says itself what it is multiplied by: `2 mln`, `40k`."""
    tokens = Tokens(words, [(0, len(words))])
    return any(
        tokens[at].kind == "word" and (read_multiplier(tokens[at].text) is not None or tokens[at].fold in _LETTERS)
        for at in range(len(tokens))
    )


def _scaled(mention: FigureMention, times: Decimal) -> FigureMention:
    if times == 1:
        return mention
    value = mention.value
    high = None if value.value_max is None else plain(scaled(value.value_max, times))
    return replace(mention, value=replace(value, value=plain(scaled(value.value, times)), value_max=high))


def _bare(
    text: str, measure: Measure, taken: Sequence[tuple[int, int]], *, in_words: bool = False
) -> list[tuple[FigureMention, bool]]:
    """Return the numbers of a text that are no part of what is taken, and whether they look like amounts.

    Parameters
    ----------
    in_words
        Whether numerals in words count as well: `drie` under `Aantal locaties`.
    """
    tokens = Tokens(text, [(0, len(text))])
    barriers = find_barriers(tokens, taken)
    occupied = Extents(taken)
    blocked = {at for at in range(len(tokens)) if occupied.overlaps(tokens[at].start, tokens[at].end)}
    found = []
    index = 0
    while index < len(tokens):
        amount = amount_at(tokens, index, blocked) if is_numeral(tokens, index) else None
        is_open = amount is not None and not blocked & set(range(amount.first, amount.after))
        if amount is None or not is_open or not (amount.in_digits or in_words) or amount.first in barriers.hard:
            index += 1
            continue
        if not _is_part(tokens, amount):
            found.append(_mention(tokens, amount, measure))
        index = max(amount.after, index + 1)
    return found


def _is_part(tokens: Tokens, amount: Amount) -> bool:
    """Whether the number is a piece of something longer: `2023-045`, `1e`, `A12`."""
    before, after = tokens[amount.first - 1], tokens[amount.after]
    glued_before = tokens[amount.first].glued and before.text not in "(€/:;,<>=≤≥~±"
    return glued_before or (after.glued and (after.kind in ("word", "number") or after.text in "@_"))


def _mention(tokens: Tokens, amount: Amount, measure: Measure) -> tuple[FigureMention, bool]:
    first, after = amount.first, amount.after
    before, behind = comparison_before(tokens, first), comparison_after(tokens, after)
    first = before.first if before else first
    after = behind.after if behind else after
    unit = unit_after(tokens, after)
    if unit is not None and unit.kind == measure.kind:
        after = unit.after
    comparator = before.sign if before else behind.sign if behind else "="
    times = Decimal(1) if amount.times is not None else measure.times
    high = None if amount.high is None else scaled(amount.high, times)
    value = figure(measure.kind, scaled(amount.low, times), high, measure.unit, comparator)
    confidence = CONFIDENCE["money" if measure.kind == "money" else "unit"]
    printed = tokens.text[tokens[amount.first].start : tokens[amount.after - 1].end]
    is_marked = amount.currency is not None or amount.times is not None or "." in printed or "," in printed
    return FigureMention(tokens[first].start, tokens[after - 1].end, value, confidence), is_marked or before is not None
