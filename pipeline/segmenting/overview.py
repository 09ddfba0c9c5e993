"""Bring rows of a table of projects and the texts about the same projects together."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from pipeline.document import AlignedText
from pipeline.segmenting.prose import Found
from pipeline.segmenting.sections import Section, Written
from pipeline.segmenting.tables import Row

_SAME = 90.0
"""Token-sort ratio from which on two titles are one project's."""
_ALIKE = 70.0
"""Token-set ratio that does where both have the same number."""


def _folded(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def likeness(row: Row, title: str, number: str) -> float:
    """Return how surely a row and a text with this title and number are of one project: 0 to 100, and 0 for not."""
    own, other = _folded(row.title.text), _folded(title)
    alike = fuzz.token_sort_ratio(own, other)
    if alike >= _SAME and not row.has_no_title:
        return alike
    digits = re.findall(r"\d+|\b[A-Z]\b", row.number)
    if digits and digits == re.findall(r"\d+|\b[A-Z]\b", number) and fuzz.token_set_ratio(own, other) >= _ALIKE:
        return _ALIKE
    return 0.0


def matched(rows: Sequence[Row], titles: Sequence[tuple[str, str]]) -> dict[int, int]:
    """Return which rows and texts are of one project, one to one, the likest first.

    Parameters
    ----------
    titles
        Of each text its title and its number as printed.
    """
    pairs = [
        (-score, i, j)
        for i, row in enumerate(rows)
        for j, (title, number) in enumerate(titles)
        if (score := likeness(row, title, number))
    ]
    found: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        if i not in found and j not in found.values():
            found[i] = j
    return found


def row_section(row: Row) -> Section:
    """Return the section of a row."""
    body = Written.join("\n", (pair.written() for pair in row.pairs))
    return Section(row.title, body.text, is_doubtful=False, fields=body.fields, has_no_title=row.has_no_title)


def together(row: Row, text: Found) -> Section:
    """Return the section of a row and a text: the cells first, a blank line, the text; the title as over the text."""
    cells = Written.join("\n", (pair.written() for pair in row.pairs))
    body = Written.join("\n\n", (cells, Written(text.section.body, text.section.fields)))
    return replace(text.section, body=body.text, fields=body.fields, is_doubtful=False)


def number_of(found: Found, text: AlignedText) -> str:
    """Return the number that stands before the title in a heading with this text."""
    return "" if found.heading is None else text.text[: found.heading.title_start]
