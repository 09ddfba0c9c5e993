"""Divide labelled values into projects: each begins with the field that names it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.document import AlignedText
from pipeline.resources import vocabulary
from pipeline.segmenting.blocks import Block
from pipeline.segmenting.headings import Heading, numbering_of, opens_or_closes
from pipeline.segmenting.labels import folded, title_strength
from pipeline.segmenting.openers import Place, opening_places
from pipeline.segmenting.prose import Found, body_of
from pipeline.segmenting.sections import Pair, Section

_ARTICLES = frozenset(vocabulary("segmenting/fields.toml")["folding"]["articles"])
_DEFINITION = 4
"""Words from which on a value that begins with an article and ends as a sentence is a definition."""
_NUMBER = re.compile(r"\s+\d{1,3}[a-z]?$")
_DISTINCT = 0.8
"""Part of the values of a label that differ, where it names projects."""
_WITH_PROSE = 0.3
"""Part of the projects that have running text, from which on the last one's is its own and no note to all of them."""

_OFTEN = 0.5
"""Part of the labels that have room above them, from which on the room does not part projects."""


def keyed_sections(blocks: Sequence[Block], headings: Sequence[Heading]) -> list[Found]:
    """Return the projects that a field names, in order; none where no label does."""
    titles = _titles(blocks)
    if len(titles) < 2:
        titles = opening_places(blocks, headings) or titles
    if not titles:
        return []
    leading = _leading(blocks, titles[0])
    parts = [pair.is_spaced for block in blocks for pair in block.pairs]
    by_room = sum(parts) < _OFTEN * len(parts)
    starts = [_pulled_back(blocks, place, leading, titles, by_room=by_room) for place in titles]
    above = {h.index: h for h in headings}
    firsts = [_with_headings(start, above) for start in starts]
    over = {above[i].rank for start, first in zip(starts, firsts, strict=True) for i in range(first, start[0])}
    bounds = [h.index for h in headings if h.rank in over or opens_or_closes(h)]
    found = []
    for number, (title, start) in enumerate(zip(titles, starts, strict=True)):
        end = (len(blocks), 0)
        if number + 1 < len(starts):
            end = starts[number + 1] if starts[number + 1][1] else (firsts[number + 1], 0)
        closing = min((i for i in bounds if title[0] < i < end[0]), default=None)
        found.append(_section(blocks, title, start, end if closing is None else (closing, 0), firsts[number]))
    return _without_closing(found, blocks, titles)


def _titles(blocks: Sequence[Block]) -> list[Place]:
    """Return the places of the label that names projects: the one that most values follow, all different."""
    places: dict[str, list[Place]] = {}
    for number, block in enumerate(blocks):
        for at, pair in enumerate(block.pairs):
            if pair.kind == "title" and len(pair.value) and not _defines(pair.value.text):
                places.setdefault(_NUMBER.sub("", folded(pair.label.text)), []).append((number, at))
    fitting = {label: found for label, found in places.items() if _differ(found, blocks)}
    if not fitting:
        return []
    best = max(
        fitting,
        key=lambda label: (
            len(fitting[label]) > 1,
            title_strength(label) > 0,
            len(fitting[label]),
            title_strength(label),
        ),
    )
    return fitting[best]


def _defines(value: str) -> bool:
    """Whether a value says what its label means, as in a list of terms: `een geheel van activiteiten.` for one."""
    words = value.split()
    return value.endswith((".", ";")) and len(words) >= _DEFINITION and words[0].casefold() in _ARTICLES


def _differ(places: Sequence[Place], blocks: Sequence[Block]) -> bool:
    counts = Counter(_pair(blocks, place).value.text.casefold() for place in places)
    return len(counts) >= _DISTINCT * len(places)


def _pair(blocks: Sequence[Block], place: Place) -> Pair:
    return blocks[place[0]].pairs[place[1]]


def _leading(blocks: Sequence[Block], first: Place) -> frozenset[str]:
    """Return the labels that stand before that of the title in the first project."""
    return frozenset(folded(pair.label.text) for pair in blocks[first[0]].pairs[: first[1]])


def _pulled_back(
    blocks: Sequence[Block], title: Place, leading: frozenset[str], titles: Sequence[Place], *, by_room: bool
) -> Place:
    """Return where the project of a title begins: before it, at the first of the labels that lead it.

    With `by_room` the room between two projects tells, where there is any.
    """
    number, at = title
    if by_room:
        first = max((a + 1 for n, a in titles if n == number and a < at), default=0)
        spaced = [a for a in range(first, at + 1) if (first == a == 0) or blocks[number].pairs[a].is_spaced]
        if spaced:
            return number, spaced[-1]
    while at and (number, at - 1) not in titles and folded(blocks[number].pairs[at - 1].label.text) in leading:
        at -= 1
    return number, at


def _with_headings(start: Place, above: dict[int, Heading]) -> int:
    """Return the block at which the headings right above a project begin; its own where it has none."""
    first = start[0]
    while not start[1] and first - 1 in above:
        first -= 1
    return first


def _section(blocks: Sequence[Block], title: Place, start: Place, end: Place, first: int) -> Found:
    """Return the section of the fields from `start` up to `end`; the field of its title and number give no line."""
    kept: list[Block] = []
    for number in range(start[0], min(end[0] + (1 if end[1] else 0), len(blocks))):
        block = blocks[number]
        if not block.pairs:
            kept.append(block)
            continue
        low = start[1] if number == start[0] else 0
        high = end[1] if number == end[0] else len(block.pairs)
        pairs = tuple(
            block.pairs[at] for at in range(low, high) if (number, at) != title and block.pairs[at].kind != "number"
        )
        if pairs:
            kept.append(replace(block, pairs=pairs))
    body = body_of(kept)
    name = _name(_pair(blocks, title).value)
    return Found(Section(name, body.text, is_doubtful=False, fields=body.fields), first, max(end[0], start[0] + 1))


def _name(value: AlignedText) -> AlignedText:
    name = value.slice(numbering_of(value.text)[2], len(value)).strip()
    return name if len(name) else value


def _without_closing(found: list[Found], blocks: Sequence[Block], titles: Sequence[Place]) -> list[Found]:
    """Return the sections, the last without the text that closes the annex where others have no text of their own."""
    if len(found) < 2:
        return found
    having = [
        any(blocks[i].is_prose for i in range(title[0] + 1, f.end)) for title, f in zip(titles, found, strict=True)
    ]
    last = found[-1]
    if not having[-1] or sum(having[:-1]) >= _WITH_PROSE * (len(found) - 1):
        return found
    start = titles[-1][0] + 1
    while start < last.end and (not blocks[start].is_prose or blocks[start].is_list_item):
        start += 1  # items of a list under a value, and what follows them of the kind, are still the project's
    text = body_of(blocks[start : last.end])
    kept = len(last.section.body) - len(text.text)
    body = last.section.body.slice(0, kept).strip()
    fields = tuple(field for field in last.section.fields if field.value[1] <= len(body))
    return [*found[:-1], replace(last, section=replace(last.section, body=body, fields=fields))]
