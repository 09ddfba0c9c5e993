"""Read the labelled values in one cell: ``Label: value`` on its lines, or a label on a line over its value."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import AlignedText, Line
from pipeline.segmenting.labels import is_label, kind_of
from pipeline.segmenting.sections import Pair

_FEWEST = 2
"""Labelled values from which on a cell holds such."""


def split_label(text: AlignedText) -> Pair | None:
    """Return the pair of a text ``Label: value`` whose label is known."""
    at = text.text.find(":")
    if at < 1 or not is_label(text.text[:at]) or text.text[at + 1 : at + 2].strip():
        return None
    return Pair(text.slice(0, at).strip(), kind_of(text.text[:at]), text.slice(at + 1, len(text)).strip())


def pairs_in(lines: Sequence[Line]) -> tuple[Pair, ...]:
    """Return the labelled values that the lines of a cell hold; nothing for less than two, or no label first.

    A line without a label goes on with the value above it.
    """
    behind = [split_label(line.text) for line in lines]
    if lines and behind[0] is not None:
        pairs = _gathered([(line, pair) for line, pair in zip(lines, behind, strict=True)])
    else:
        pairs = _gathered([(line, _label_alone(lines, at)) for at, line in enumerate(lines)])
        if any(not len(pair.value) for pair in pairs):
            return ()
    return pairs if len(pairs) >= _FEWEST else ()


def _label_alone(lines: Sequence[Line], at: int) -> Pair | None:
    """Return the pair, still without value, of a line that is only a label; its value stands below."""
    text = lines[at].text
    if not is_label(text.text) or at + 1 >= len(lines):
        return None
    return Pair(text.slice(0, len(text.text.rstrip(" :"))), kind_of(text.text), AlignedText(""))


def _gathered(lines: Sequence[tuple[Line, Pair | None]]) -> tuple[Pair, ...]:
    """Put the lines of each value together; nothing where the first has no label."""
    pairs: list[tuple[Pair, list[AlignedText]]] = []
    for line, pair in lines:
        if pair is not None:
            pairs.append((pair, [pair.value] if len(pair.value) else []))
        elif pairs:
            pairs[-1][1].append(line.text)
        else:
            return ()
    return tuple(Pair(pair.label, pair.kind, AlignedText.join(" ", value).strip()) for pair, value in pairs)
