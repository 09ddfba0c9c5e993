"""Tell what does not belong to the running text of a page: marks behind it and notes in its margins."""

from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.reading.fragments import Fragment

MARK_SIZE = 2.0
"""Letters of a watermark are this many times as large as those of the text."""
_LIGHT = 0x90
"""The darkest part of a light colour, from 0 to 255."""
_CROSSED = 3
"""Lines of text that large letters run across when they stand behind them, whatever their colour."""
_REPEATED = 3
"""Times that the same light words stand on a page as a pattern."""

_SMALL = 0.92
"""Notes in a margin are at most this part of the size of the text."""
_OUTSIDE = 0.4
"""How far a margin note stands from the text, relative to its size."""
_LEAST_BODY = 5
"""Lines of text that there must be for something to stand beside them."""
_MOST_ASIDE = 0.3
"""Part of a page's letters that notes in its margins have at most."""
_BODY_EDGE = 0.05
"""Part of the letters that may begin left, or end right, of the body."""
_LINE_NUMBERS = 5
"""Numbers one below another in the margin that count lines."""


def size_of_most(fragments: Iterable[Fragment]) -> float:
    """Return the size, in points, of most letters; 1 where there are none."""
    sizes: Counter[float] = Counter()
    for fragment in fragments:
        sizes[fragment.look.size] += len(fragment)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def watermarks(fragments: Sequence[Fragment], size: float) -> list[Fragment]:
    """Return what is printed behind the text: light words of large letters across it, or in a pattern.

    Parameters
    ----------
    fragments
        Of the whole page.
    size
        Of most letters, in points.
    """
    large = [f for f in fragments if f.look.size >= MARK_SIZE * size]
    marks = []
    for fragment in large:
        crossed = sum(1 for other in fragments if other.look.size < MARK_SIZE * size and _cross(fragment, other))
        if crossed >= (1 if _is_light(fragment.look.colour) else _CROSSED):
            marks.append(fragment)
    pale = [f for f in fragments if _is_light(f.look.colour) and f not in marks]
    text = [f for f in fragments if not _is_light(f.look.colour)]
    times = Counter(f.text for f in pale)
    often = [f for f in pale if times[f.text] >= _REPEATED]
    behind = {f.text for f in often if any(_cross(f, other) for other in text)}
    marks.extend(f for f in often if f.text in behind)
    return marks


def _cross(one: Fragment, other: Fragment) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom


def _is_light(colour: int) -> bool:
    return min(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF) >= _LIGHT


def margin_notes(fragments: Sequence[Fragment], size: float) -> list[Fragment]:
    """Return small text beside the body, outside its margins, and numbers that count its lines.

    Parameters
    ----------
    fragments
        Of the whole page, without what is printed behind it.
    size
        Of most letters, in points.
    """
    body = [f for f in fragments if f.look.size > _SMALL * size]
    left, right = _edges_of(body)
    text = [f for f in body if f.x1 > left and f.x0 < right]
    if len(text) < _LEAST_BODY:
        return []
    top, bottom = min(f.top for f in text), max(f.bottom for f in text)
    beside = [
        f
        for f in fragments
        if top < (f.top + f.bottom) / 2 < bottom and (f.x1 < left - _OUTSIDE * size or f.x0 > right + _OUTSIDE * size)
    ]
    aside = {id(f) for f in beside}
    inside = [f for f in fragments if f.look.size <= _SMALL * size and id(f) not in aside]
    notes = [f for f in beside if f.look.size <= _SMALL * size and not any(_are_level(f, other) for other in inside)]
    if sum(len(f) for f in notes) > _MOST_ASIDE * sum(len(f) for f in fragments):
        notes = []
    counts = [f for f in beside if f.text.isdigit() and f not in notes]
    if len(counts) >= _LINE_NUMBERS and len(counts) > len(text) / 2:
        notes.extend(counts)
    return notes


def _are_level(one: Fragment, other: Fragment) -> bool:
    """Whether two stand at one height: small type beside small type is a wide table."""
    return one.top < other.bottom and other.top < one.bottom


def _edges_of(body: Sequence[Fragment]) -> tuple[float, float]:
    """Return where the text begins on the left and ends on the right, whatever a few of its letters do."""
    few = _BODY_EDGE * sum(len(f) for f in body)
    left, right = 0.0, 0.0
    seen = 0.0
    for fragment in sorted(body, key=lambda f: f.x0):
        left = fragment.x0
        seen += len(fragment)
        if seen > few:
            break
    seen = 0.0
    for fragment in sorted(body, key=lambda f: -f.x1):
        right = fragment.x1
        seen += len(fragment)
        if seen > few:
            break
    return left, right
