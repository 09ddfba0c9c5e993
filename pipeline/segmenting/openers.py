"""Find the label that names projects where no word of it says so: the one that opens each block of labelled values."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.segmenting.blocks import Block
from pipeline.segmenting.headings import Heading
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
_MISSHAPEN = 0.2
"""Part of the blocks in which a label may come twice, or nothing follow the first."""
_HEADED = 0.5
"""Part of the blocks with a heading above, from which on the headings name the projects."""


def opening_places(blocks: Sequence[Block], headings: Sequence[Heading]) -> list[Place]:
    """Return the places of the label that opens each block of values; none where there is no such label.

    It comes first, but for numbers, and again only when all other labels may come again; its values are short names,
    all different. Where headings of their own stand between the blocks, these name the projects.
    """
    pairs = [
        ((number, at), pair) for number, block in enumerate(blocks) for at, pair in enumerate(block.pairs) if pair.label
    ]
    names = [folded(pair.label.text) for _, pair in pairs]
    first = next((at for at, (_, pair) in enumerate(pairs) if not _is_number(pair)), None)
    if first is None or pairs[first][1].kind not in _NAMING:
        return []
    name = names[first]
    opens = [at for at, other in enumerate(names) if other == name]
    if len(opens) < 2 or not _are_names([pairs[at][1] for at in opens]):
        return []
    forms = [names[at:end] for at, end in pairwise([*opens, len(names)])]
    if sum(len(form) < 2 or len(set(form)) < len(form) for form in forms) > _MISSHAPEN * len(forms):
        return []
    shared = Counter(label for form in forms for label in set(form[1:]))
    if max(shared.values(), default=0) <= max(1, _SHARED * len(forms)):
        return []
    places = [pairs[at][0] for at in opens]
    return [] if _headed(places, headings) >= _HEADED * len(places) else places


def _headed(places: Sequence[Place], headings: Sequence[Heading]) -> int:
    """Return how many blocks have a heading before them, behind the one before; one that comes again heads a part."""
    counts = Counter(heading.title.casefold() for heading in headings)
    own = [heading.index for heading in headings if counts[heading.title.casefold()] == 1]
    return sum(
        any(above < index < number for index in own) for above, number in pairwise([-1, *(n for n, _ in places)])
    )


def _is_number(pair: Pair) -> bool:
    """Whether a value numbers its project, by its label or as it is one word with digits."""
    value = pair.value.text
    return pair.kind == "number" or (len(value.split()) == 1 and any(map(str.isdigit, value)))


def _are_names(pairs: Sequence[Pair]) -> bool:
    """Whether values may be the names of projects: words, short, no sentences, all different."""
    values = [pair.value.text for pair in pairs]
    if len({value.casefold() for value in values}) < len(values):
        return False
    is_words = all(2 * sum(c.isalpha() for c in value) > len(value) for value in values)
    sentences = sum(value.endswith(".") for value in values)
    return is_words and median(map(len, values)) <= _LONGEST_NAME and 2 * sentences < len(values)
