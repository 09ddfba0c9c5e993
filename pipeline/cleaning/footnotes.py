"""Take footnotes and endnotes out of the text, and remember where each was called."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.document import AlignedText, Document, Line, Page, Removed
from pipeline.resources import vocabulary

_SMALL = 0.94
"""Part of the size of the body up to which letters are those of notes."""
_LONGEST_NOTES = 0.6
"""Part of the lines of a page beyond which small print is no notes, but a page in small print."""
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NAME = rf"\d{{1,3}}|[{_RAISED}]{{1,3}}|[*†‡§]{{1,4}}"
# How a note begins: what it is called by, in brackets or not; the note may follow without a space.
_OPENING = re.compile(rf"(?:\[(?P<bracketed>{_NAME}|[a-z])\]|(?P<bare>{_NAME})[.)]?)(?P<space>\s*)(?=\S)")
# Words between asterisks, which a text file has for italics or bold type, are none.
_EMPHASIS = re.compile(r"(\*{1,3})(?=[^\s*])[^*]*[^\s*]\1(?!\*)")
_HEADINGS = frozenset(vocabulary("cleaning/furniture.toml")["headings_of_notes"])
_AFTER_CALL = r"(?=[\s.,;:!?)”’\"]|$)"
_RAISED_CALL = re.compile(rf"{_NAME}|[a-z](?!\w)")
# Where nothing shows that it is raised, a call stands behind a word and before a space or a mark.
_PRINTED_CALL = re.compile(
    rf"[{_RAISED}]{{1,3}}|\[(?:{_NAME}|[a-z])\]|(?:(?<=[^\W\d_][.,;:!?)”’\"])|(?<=[^\W\d_]{{3}}))(?:{_NAME}){_AFTER_CALL}"
)


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it was printed: the lines of its text, without what it is called by."""

    marker: str
    lines: tuple[Line, ...]


def without_footnotes(document: Document) -> tuple[Document, tuple[Note, ...]]:
    """Move notes from the lines of their pages to `removed`, and their calls from the text to marks.

    A note is told by small print at the end of a page or column, or by the calls of all notes there; endnotes by their
    heading. A mark's `note` is the index of the note, counted on from those that the document has. A note that nothing
    calls hangs on the last line above it.
    """
    size = _body_size(document)
    notes: list[Note] = []
    first = len(document.footnotes)
    pages: list[Page] = []
    for page in _without_endnotes(document, notes):
        goes_on = bool(pages) and any(one.reason == "footnote" for one in pages[-1].removed)
        found = _zones(page, size, paged=document.paged, goes_on=goes_on, following=_following(notes))
        pages.append(_taken_out(page, found, notes, first) if found else page)
    document = replace(document, pages=tuple(pages))
    return document, tuple(notes)


def _following(notes: Sequence[Note]) -> str | None:
    """Return the number that counts on from the last note; None where there is none."""
    return str(int(notes[-1].marker) + 1) if notes and notes[-1].marker.isdigit() else None


def _body_size(document: Document) -> float:
    sizes: Counter[float] = Counter()
    for line in document.lines():
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


@dataclass(frozen=True, slots=True)
class _Opening:
    """The first line of a note on its page."""

    index: int
    marker: str
    text_start: int
    raised: bool


def _opening(line: Line, index: int, below: Line | None) -> _Opening | None:
    """Return what a line says as the first one of a note; `below` is the line after it."""
    match = _OPENING.match(line.text.text)
    if match is None or _EMPHASIS.match(f"{line.text.text} {below.text.text if below is not None else ''}"):
        return None
    marker = match["bracketed"] or match["bare"]
    raised = marker[0] in _RAISED or any(m.note is None and m.start == 0 for m in line.text.marks)
    glued = not match["space"] and not match["bracketed"] and not raised
    if glued and not line.text.text[match.end() :][:1].isupper():
        return None
    return _Opening(index, _plain(marker), match.end(), raised or match["bracketed"] is not None)


def _openings(lines: Sequence[Line]) -> list[_Opening]:
    """Return all lines that may be the first one of a note."""
    below = [*lines[1:], None]
    return [o for i, line in enumerate(lines) if (o := _opening(line, i, below[i])) is not None]


def _plain(marker: str) -> str:
    return unicodedata.normalize("NFKC", marker)


@dataclass(frozen=True, slots=True)
class _Zone:
    """The lines at the end of a page or column that are notes."""

    start: int
    end: int
    openings: tuple[_Opening, ...]
    """The first may stand below `start`: what is above it belongs to the last note of the page before."""


def _zones(page: Page, size: float, *, paged: bool, goes_on: bool, following: str | None) -> list[_Zone]:
    """Return the notes of a page, a zone's lines ending where the next column, or the page, does.

    Parameters
    ----------
    goes_on
        Whether the page before had notes, so that the first lines may continue one.
    following
        The number that the next note has if it counts on.
    """
    lines = page.lines
    bounds = [i + 1 for i, (a, b) in enumerate(pairwise(lines)) if paged and b.box[3] < a.box[1]]
    openings = _openings(lines)
    if not openings and not goes_on:
        return []
    calls = _calls(lines)
    zones = []
    for start, end in pairwise([0, *bounds, len(lines)]):
        inside = [o for o in openings if start <= o.index < end]
        zone = (
            _small_zone(lines, start, end, size, inside, calls, goes_on=goes_on, following=following) if paged else None
        )
        zone = zone or _called_zone(lines, start, end, inside, calls)
        if zone:
            zones.append(zone)
    return zones


def _small_zone(
    lines: Sequence[Line],
    start: int,
    end: int,
    size: float,
    openings: Sequence[_Opening],
    calls: Mapping[str, int],
    *,
    goes_on: bool,
    following: str | None,
) -> _Zone | None:
    """Return the notes among the small lines at the end of ``lines[start:end]``."""
    at = end
    while at > start and lines[at - 1].size <= _SMALL * size and lines[at - 1].cell is None:
        at -= 1
    if end - at > max(_LONGEST_NOTES * (end - start), 2):
        return None
    counted = _ascending([o for o in openings if o.index >= at])
    if not any(o.raised or o.marker == following or calls.get(o.marker, end) < at for o in counted):
        return _Zone(at, end, ()) if goes_on and at < end and lines[at].text.text[:1].islower() else None
    return _Zone(at if goes_on else counted[0].index, end, tuple(counted))


def _called_zone(
    lines: Sequence[Line], start: int, end: int, openings: Sequence[_Opening], calls: Mapping[str, int]
) -> _Zone | None:
    """Return the notes at the end of ``lines[start:end]`` that look like the text, but are all called above."""
    for number, first in enumerate(openings):
        at = first.index
        if not start <= calls.get(first.marker, end) < at or lines[at].cell is not None:
            continue
        if not first.raised and any(o.raised for o in openings[number:]):
            continue  # the notes of one page look alike: it is a numbered heading above them
        counted = _ascending(openings[number:])
        is_loose = not all(o.raised for o in counted)
        if is_loose and (lines[at].size > 0 or lines[at].blank_before == 0):
            continue
        if all(calls.get(o.marker, end) < at for o in counted):
            return _Zone(at, end, tuple(counted))
    return None


def _ascending(openings: Sequence[_Opening]) -> list[_Opening]:
    """Return the openings that count on: a line inside a note may begin with a number as well."""
    kept: list[_Opening] = []
    for opening in openings:
        counts = opening.marker.isdigit() and kept and kept[-1].marker.isdigit()
        if not counts or int(opening.marker) == int(kept[-1].marker) + 1:
            kept.append(opening)
    return kept


def _calls(lines: Sequence[Line]) -> dict[str, int]:
    """Return, for each marker that may be a call, the first line that has it."""
    found: dict[str, int] = {}
    for index, line in enumerate(lines):
        for marker, _, _ in _calls_in(line.text):
            found.setdefault(marker, index)
    return found


def _calls_in(text: AlignedText) -> Iterator[tuple[str, int, int]]:
    """Give marker, start and end of what may call a note: raised, in brackets, or right behind a word."""
    printed = text.text
    for mark in text.marks:
        if mark.note is None and mark.start > 0:
            for match in _RAISED_CALL.finditer(printed, mark.start, mark.end):
                yield _plain(match[0]), *match.span()
    for match in _PRINTED_CALL.finditer(printed, 1):
        yield _plain(match[0]).strip("[]"), *match.span()


def _taken_out(page: Page, zones: Sequence[_Zone], notes: list[Note], first: int) -> Page:
    lines = list(page.lines)
    gone: set[int] = set()
    for zone in zones:
        gone.update(range(zone.start, zone.end))
        heads = [o.index for o in zone.openings]
        if notes and (not heads or heads[0] > zone.start):
            more = page.lines[zone.start : heads[0] if heads else zone.end]
            notes[-1] = replace(notes[-1], lines=(*notes[-1].lines, *more))
        ends = [*heads[1:], zone.end] if heads else []  # without an opening, all of it went to the last note
        for opening, end in zip(zone.openings, ends, strict=True):
            _call_out(lines, range(zone.start), opening, first + len(notes))
            notes.append(_note(page.lines[opening.index : end], opening))
    removed = (*page.removed, *(Removed(page.lines[i], "footnote") for i in sorted(gone)))
    return replace(page, lines=tuple(line for i, line in enumerate(lines) if i not in gone), removed=removed)


def _call_out(lines: list[Line], above: range, opening: _Opening, number: int) -> None:
    """Put the place of a note where it is called, or at the end of the last line above it."""
    for index in above:
        text = lines[index].text
        for marker, start, end in _calls_in(text):
            if marker == opening.marker:
                lines[index] = lines[index].with_text(_without_call(text, start, end, number))
                return
    behind_mark = re.compile(rf"(?<=[\d)%][.,;:)”’]){re.escape(opening.marker)}{_AFTER_CALL}")
    for index in above:
        if match := behind_mark.search(lines[index].text.text):
            lines[index] = lines[index].with_text(_without_call(lines[index].text, *match.span(), number))
            return
    if above:
        last = lines[above[-1]]
        lines[above[-1]] = last.with_text(last.text.with_note(len(last.text), number))


def _without_call(text: AlignedText, start: int, end: int, number: int) -> AlignedText:
    """Return a text with a call made a mark; a space that would be doubled, or stand before a full stop, goes too."""
    before, after = text.text[:start], text.text[end:]
    if before.endswith(" ") and (not after or after[0] in " .,;:!?)"):
        start -= 1
    return text.replace(start, end, "").with_note(start, number)


def _note(lines: Sequence[Line], opening: _Opening) -> Note:
    head = lines[0].text
    own = lines[0].with_text(head.slice(opening.text_start, len(head)).strip())
    return Note(opening.marker, (own, *lines[1:]))


def _without_endnotes(document: Document, notes: list[Note]) -> Iterator[Page]:
    """Give the pages without the notes under a heading of their own at the end, their calls found all over."""
    place = _heading_of_endnotes(document)
    if place is None:
        yield from document.pages
        return
    lines = list(document.lines())
    below = lines[place + 1 :]
    openings = _ascending(_openings(below))
    ends = [*(o.index for o in openings[1:]), len(below)]
    calls = _calls(lines[:place])
    for opening, end in zip(openings, ends, strict=True):
        at = calls.get(opening.marker, place - 1)
        _call_out(lines, range(at, at + 1), opening, len(document.footnotes) + len(notes))
        notes.append(_note(below[opening.index : end], opening))
    at = 0
    for page in document.pages:
        end = at + len(page.lines)
        kept = tuple(lines[at : min(end, max(place, at))])
        out = page.lines[len(kept) :]
        yield replace(page, lines=kept, removed=(*page.removed, *(Removed(line, "footnote") for line in out)))
        at = end


def _heading_of_endnotes(document: Document) -> int | None:
    """Return which line, from 0, is the heading that nothing but called notes follow."""
    lines = list(document.lines())
    heads = (i for i, line in enumerate(lines) if line.text.text.strip(" .:#").casefold() in _HEADINGS)
    for place in heads:
        openings = _openings(lines[place + 1 :])
        calls = _calls(lines[:place])
        counted = _ascending(openings)
        if counted and counted[0].index == 0 and place > 0 and all(o.marker in calls for o in counted[:3]):
            return place
    return None
