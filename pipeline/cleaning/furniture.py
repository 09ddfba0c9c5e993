"""Take out page furniture: running headers and footers, found by repetition, and page numbers, found by form."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from pipeline.document import Document, Line, Page, Removed
from pipeline.resources import vocabulary

_MARGIN_LINES = 3
"""How many lines from the top and bottom of a page can be furniture."""
_MARGIN_HEIGHT = 0.14
"""Part of the height of a page, at top and bottom, that furniture stands in."""
_MARGIN_POINTS = 72.0
"""Points, an inch, that margins have at least, however small the page."""
_SAME_PLACE = 0.03
"""Part of the height within which lines of two pages stand in the same place."""
_WELL_ABOVE = 1.5
"""Times the size of the body from which on the room below a line parts it from the text."""
_LABEL = 15
"""Code points of a line such as “Bijlage II”."""
_APART = 1.1
"""The same for a line that comes back on other pages."""
_LEAST_WORDS = 5
"""Letters of a heading from which on its repetition is no chance."""
_MOSTLY = 0.5
_REPEATED = 0.4
"""Part of the pages that a running line stands on: half of them where left and right pages differ."""

_Key = tuple[str, int, int]
"""What the same running line has in common on all pages, as `_key` gives it."""

Reason = Literal["running_header", "running_footer", "page_number"]
_PAGE_NUMBER = re.compile("|".join(vocabulary("cleaning/furniture.toml")["page_numbers"]), re.IGNORECASE)
_COUNTS_PAGES = re.compile("|".join(vocabulary("cleaning/furniture.toml")["counts_pages"]), re.IGNORECASE)
_BARE = re.compile(r"\d+")
_DIGITS = re.compile(r"\d+")
_STROKES = re.compile(r"[\dil|!]+")


def without_furniture(document: Document) -> Document:
    """Move running headers, footers and page numbers from the lines of each page to its `removed`."""
    if not document.paged and len(document.pages) == 1:
        return replace(document, pages=_paginated(document.pages[0]))
    size = _body_size(document)
    running = _running_lines(document, size)
    running |= _repeated_headings(document, size)
    apart = _well_apart(document, running, size)
    return replace(document, pages=tuple(_stripped(page, document, running, apart, size) for page in document.pages))


def _well_apart(document: Document, running: set[_Key], body_size: float) -> set[_Key]:
    """Return the keys of running lines that stand well away from the text on so many pages that they are none of it."""
    found: Counter[_Key] = Counter()
    seen: Counter[_Key] = Counter()
    for page in document.pages if document.paged else ():
        last = len(page.lines) - 1
        for index, line in _at_edges(page.lines):
            key = _key(line, page, index, last, paged=True)
            if key in running:
                seen[key] += 1
                found[key] += _stands_apart(page, index, running, body_size, is_header=index <= last / 2)
    return {key for key, count in found.items() if count >= max(2, _REPEATED * seen[key])}


def _repeated_headings(document: Document, body_size: float) -> set[_Key]:
    """Return the keys of lines at the edge of a page that repeat the words of a heading, such as that of the chapter.

    Small ones are; those as large as the text are where the same place of most pages has such a line. In text the
    place is the first or last line, and a heading any line of those words.
    """
    found: defaultdict[tuple[int, int], list[tuple[int, tuple[str, int, int], bool]]] = defaultdict(list)
    headings = _heading_words(document, body_size)
    for number, page in enumerate(document.pages):
        last = len(page.lines) - 1
        for index, line in _at_edges(page.lines):
            if document.paged and (line.size > body_size + 0.4 or line.bold):
                continue
            if not document.paged and index not in {0, last}:
                continue
            words = _folded(line.text.text)
            key = _key(line, page, index, last, paged=document.paged)
            place = round(50 * line.box[1] / page.height) if document.paged else 0
            if len(words) > _LEAST_WORDS and f" {words} " in f" {headings} ":
                found[key[1], place].append((number, key, document.paged and line.size < body_size - 0.4))
    enough = max(2, _MOSTLY * (len(document.pages) - 1))
    return {
        key
        for lines in found.values()
        for _, key, is_small in lines
        if is_small or len({number for number, *_ in lines}) > enough
    }


def _heading_words(document: Document, body_size: float) -> str:
    """Return the words of all that stands out from the text; of a text file those of its lines, without the edges."""
    if document.paged:
        large = (line for line in document.lines() if line.size > body_size + 0.4 or line.bold)
    else:
        large = (line for page in document.pages for line in page.lines[1:-1] if line.blank_before)
    return " ".join(_folded(line.text.text) for line in large)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", text.casefold()))


def _body_size(document: Document) -> float:
    """Return the size of most of the letters, in points; tables, often in small print, count where there is no text."""
    for lines in ([line for line in document.lines() if line.cell is None], list(document.lines())):
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[line.size] += len(line.text)
        if sizes:
            return sizes.most_common(1)[0][0]
    return 0.0


def _paginated(text: Page) -> tuple[Page, ...]:
    """Part a text without form feeds into its pages by the lines that count them, and take those out.

    Lines count pages when they stand alone, differ in a number only, and that number goes up. Of the lines next to
    them, those that come back are running headers and footers.
    """
    lines = text.lines
    alone = [i for i in range(len(lines)) if lines[i].cell is None and _stands_alone(text, i)]
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for index in alone:
        by_key[_DIGITS.sub("#", lines[index].text.text.casefold())].append(index)
    numbers = {i for group in by_key.values() if _count_pages([lines[j].text.text for j in group]) for i in group}
    if not numbers:
        return (text,)
    standing = set(alone)
    beside = {i for n in numbers for i in (n - 1, n + 1) if i in standing}
    running = {
        i
        for group in by_key.values()
        if len(group) > 1 and sum(i in beside for i in group) >= len(group) / 2
        for i in group
    }
    return _parted(text, numbers, running - numbers)


def _count_pages(printed: list[str]) -> bool:
    """Whether lines that are alike but for their digits count pages: one of the numbers goes up all the way."""
    if len(printed) < 2 or not all(_COUNTS_PAGES.search(text) for text in printed):
        return False
    columns = zip(*([int(n) for n in _DIGITS.findall(text)] for text in printed), strict=False)
    return any(all(0 < b - a <= 3 for a, b in pairwise(column)) for column in columns)


def _parted(text: Page, numbers: set[int], running: set[int]) -> tuple[Page, ...]:
    """Return the pages, a new one behind each run of lines that are taken out."""
    pages: list[Page] = []
    kept: list[Line] = []
    removed: list[Removed] = []
    out = numbers | running
    for index, line in enumerate(text.lines):
        if index in out:
            reason: Reason = "page_number" if index in numbers else "running_header"
            removed.append(Removed(line, reason))
            continue
        if index - 1 in out and kept:
            pages.append(Page(len(pages) + 1, 0.0, 0.0, tuple(kept), tuple(removed)))
            kept, removed = [], []
        kept.append(replace(line, page=len(pages) + 1))
    pages.append(Page(len(pages) + 1, 0.0, 0.0, tuple(kept), tuple(removed)))
    return tuple(pages)


def _stripped(page: Page, document: Document, running: set[_Key], apart: set[_Key], body_size: float) -> Page:
    last = len(page.lines) - 1
    kept: list[Line] = []
    removed = list(page.removed)
    blank = 0
    reasons = [_reason(line, at, last, page, document, running, apart, body_size) for at, line in enumerate(page.lines)]
    standing = {line.cell.table for line, reason in zip(page.lines, reasons, strict=True) if line.cell and not reason}
    for line, reason in zip(page.lines, reasons, strict=True):
        if reason is None or (line.cell and line.cell.table in standing):  # a head that repeats, a serial number
            kept.append(replace(line, blank_before=max(line.blank_before, blank)))
            blank = 0
        else:
            removed.append(Removed(line, reason))
            blank = max(blank, line.blank_before)
    return replace(page, lines=tuple(kept), removed=tuple(removed))


def _reason(
    line: Line,
    index: int,
    last: int,
    page: Page,
    document: Document,
    running: set[_Key],
    apart: set[_Key],
    body_size: float,
) -> Reason | None:
    text = line.text.text
    number = _PAGE_NUMBER.fullmatch(text)
    paged = document.paged
    if paged:
        margin = max(page.height * _MARGIN_HEIGHT, _MARGIN_POINTS)
        at_edge = line.box[3] < margin or line.box[1] > page.height - margin
    else:
        at_edge = len(document.pages) > 1 and (index < _MARGIN_LINES or index > last - _MARGIN_LINES)
    if paged and (at_edge or index in {0, last}) and _gives_number(line, page.number, body_size):
        return "page_number"
    if paged and at_edge and line.size < body_size - 0.5 and str(page.number) in {text.split()[0], text.split()[-1]}:
        return "page_number"
    if number and (at_edge or (not paged and _stands_alone(page, index) and not _BARE.fullmatch(text))):
        return "page_number"
    key = _key(line, page, index, last, paged=paged)
    if at_edge and key in running:
        is_header = index <= last / 2
        if is_header and _heads_scan(line, page, body_size):
            return None
        counts = index == last and str(page.number) in _DIGITS.findall(text)
        if not paged or counts or key in apart or _stands_apart(page, index, running, body_size, is_header=is_header):
            return "running_header" if is_header else "running_footer"
    if paged and index == 0 and at_edge and page.number > 1 and _stands_off(line, page, document, body_size):
        return "running_header"
    return None


def _heads_scan(line: Line, page: Page, body_size: float) -> bool:
    """Whether a line at the top of a scan's first page is the head of the annex, which the other pages repeat.

    Sizes say less there: it is as large as the text, or short as a label.
    """
    if page.text_layer != "ocr" or page.number != 1:
        return False
    return line.size >= body_size - 0.4 or len(line.text) <= _LABEL


def _stands_apart(page: Page, index: int, running: set[_Key], body_size: float, *, is_header: bool) -> bool:
    """Whether a running line is small, or well away from the text of its page: lines of a text come back as well."""
    line = page.lines[index]
    if line.size < body_size - 0.4:
        return True
    last = len(page.lines) - 1
    step = 1 if is_header else -1
    inner = index + step
    while 0 <= inner <= last and _key(page.lines[inner], page, inner, last, paged=True) in running:
        inner += step
    if not 0 <= inner <= last:
        return True
    upper, lower = sorted((page.lines[inner - step].box, page.lines[inner].box), key=lambda box: box[1])
    return lower[1] - upper[3] > _APART * body_size


def _stands_off(line: Line, page: Page, document: Document, body_size: float) -> bool:
    """Whether the first line of a page is a header that no other page has: small print well above the next line.

    Where most of the text is as small, as in a table, it begins with a short line of the first page: the label.
    """
    if line.cell is not None or len(page.lines) < 2:
        return False
    is_small = line.size < body_size - 0.4
    text = line.text.text.casefold()
    labels = (one.text.text.casefold() for one in document.pages[0].lines if len(one.text) <= _LABEL)
    if not is_small and (line.bold or not any(text.startswith(f"{label} ") for label in labels)):
        return False
    return page.lines[1].box[1] - line.box[3] > _WELL_ABOVE * min(body_size, line.size)


def _gives_number(line: Line, page: int, body_size: float) -> bool:
    """Whether a line counts pages and gives the number of this one.

    A line in the size of the body does so only where there is little else in it: `1 van 3 scholen` counts schools.
    """
    text = line.text.text
    return any(
        page in map(int, _DIGITS.findall(match[0]))
        and (line.size < body_size - 0.4 or len(match[0]) >= _MOSTLY * len(text))
        for match in _COUNTS_PAGES.finditer(text)
    )


def _stands_alone(page: Page, index: int) -> bool:
    """Whether blank lines, or the ends of the page, are above and below."""
    above = index == 0 or page.lines[index].blank_before > 0
    below = index + 1 == len(page.lines) or page.lines[index + 1].blank_before > 0
    return above and below


def _key(line: Line, page: Page, index: int, last: int, *, paged: bool) -> _Key:
    """Return what the same running line has in common on all pages: words, half of the page, size.

    The digits are masked: they count the pages. Of a scan so are the letters that are read for them, and the size.
    """
    lower_half = line.box[1] > page.height / 2 if paged else index > last / 2
    if page.text_layer == "ocr":
        return _STROKES.sub("#", line.text.text.casefold()), int(lower_half), 0
    return _DIGITS.sub("#", line.text.text.casefold()), int(lower_half), round(line.size * 2)


def _running_lines(document: Document, body_size: float) -> set[_Key]:
    """Return the keys of the lines that stand in the same place on enough of the pages.

    Lines larger than the body, or as large and bold, are headings, which may well stand at the top of page after page.
    """
    if len(document.pages) < 2:
        return set()
    places: defaultdict[tuple[str, int, int], list[tuple[float, int, str]]] = defaultdict(list)
    for page in document.pages:
        for index, line in _at_edges(page.lines):
            if document.paged and (line.size > body_size + 0.4 or (line.bold and line.size >= body_size)):
                continue
            height = page.height if document.paged else 1.0
            place = line.box[1] / height if document.paged else 0.0
            key = _key(line, page, index, len(page.lines) - 1, paged=document.paged)
            places[key].append((place, page.number, "" if page.text_layer == "ocr" else line.text.text))
    enough = max(2, round(len(document.pages) * _REPEATED))
    return {
        key
        for key, found in places.items()
        if len(found) >= enough
        and _in_one_place([place for place, _, _ in found]) >= enough
        and _keep_pace([(number, text) for _, number, text in found])
    }


def _keep_pace(printed: list[tuple[int, str]]) -> bool:
    """Whether the numbers in a line stay the same or go on with the pages for most of them: `Project 4` does not.

    Parameters
    ----------
    printed
        Of each line the number of its page, and its text.
    """
    columns = zip(*([int(n) for n in _DIGITS.findall(text)] for _, text in printed), strict=True)
    for column in columns:
        ahead = Counter(value - number for value, (number, _) in zip(column, printed, strict=True))
        most = max(*Counter(column).values(), *ahead.values())
        if most < max(2, _MOSTLY * len(printed)):
            return False
    return True


def _in_one_place(found: list[float]) -> int:
    """Return how many stand near the middle one."""
    middle = sorted(found)[len(found) // 2]
    return sum(abs(place - middle) < _SAME_PLACE for place in found)


def _at_edges(lines: tuple[Line, ...]) -> Iterable[tuple[int, Line]]:
    last = len(lines) - 1
    return ((i, line) for i, line in enumerate(lines) if i < _MARGIN_LINES or i > last - _MARGIN_LINES)
