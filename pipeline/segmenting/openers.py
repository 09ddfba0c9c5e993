"""Find the label that names projects where no word of it says so: the one that opens each block of labelled values."""

from collections.abc import Collection, Sequence
from statistics import median

from pipeline.segmenting.blocks import Block
from pipeline.segmenting.labels import folded
from pipeline.segmenting.sections import FieldKind, Pair

Place = tuple[int, int]
"""Index of a block, and of a pair in it."""

_NAMING: frozenset[FieldKind | None] = frozenset({None, "title", "description"})
"""Kinds of a label that may name projects though it is not known to: what else is known says something else."""
_LONGEST_NAME = 90
"""Code points of most values of such a label."""
_SHARED = 0.5
"""Part of the blocks in which another label must come back, for them to be blocks of one form."""
_HEADED = 0.5
"""Part of the blocks with a heading right above, from which on the headings name the projects."""


def opening_places(blocks: Sequence[Block], headed: Collection[int]) -> list[Place]:
    """Return the places of the label that opens each block of values; none where there is no such label.

    It comes first, but for numbers, and again only when all other labels may come again; its values are short names,
    all different.

    Parameters
    ----------
    headed
        Indexes of the blocks that are headings.
    """
    pairs = [
        ((number, at), pair) for number, block in enumerate(blocks) for at, pair in enumerate(block.pairs) if pair.label
    ]
    first = next((at for at, (_, pair) in enumerate(pairs) if pair.kind != "number"), None)
    if first is None or pairs[first][1].kind not in _NAMING:
        return []
    name = folded(pairs[first][1].label.text)
    opens = [at for at, (_, pair) in enumerate(pairs) if folded(pair.label.text) == name]
    if len(opens) < 2 or not _are_names([pairs[at][1] for at in opens]):
        return []
    ends = [*opens[1:], len(pairs)]
    forms = [
        [folded(pair.label.text) for _, pair in pairs[at:end] if pair.kind != "number"]
        for at, end in zip(opens, ends, strict=True)
    ]
    if any(len(form) < 2 or len(set(form)) < len(form) for form in forms):
        return []
    if not any(sum(label in form for form in forms) > max(1, _SHARED * len(forms)) for label in set(forms[0]) - {name}):
        return []
    places = [pairs[at][0] for at in opens]
    over = sum(number - 1 in headed for number, _ in places)
    return [] if over >= _HEADED * len(places) else places


def _are_names(pairs: Sequence[Pair]) -> bool:
    """Whether values may be the names of projects: words, short, no sentences, all different."""
    values = [pair.value.text for pair in pairs]
    if len({value.casefold() for value in values}) < len(values):
        return False
    is_words = all(2 * sum(c.isalpha() for c in value) > len(value) for value in values)
    sentences = sum(value.endswith(".") for value in values)
    return is_words and median(map(len, values)) <= _LONGEST_NAME and 2 * sentences < len(values)
