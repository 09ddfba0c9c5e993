"""Bring rows of a table of projects and the texts about the same projects together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from pipeline.document import AlignedText
from pipeline.segmenting.prose import Found
from pipeline.segmenting.sections import Section, Written
from pipeline.segmenting.tables import Row

_SAME = 90.0
"""Ratio of the words by the alphabet, from which on two titles are one project's."""
_ALIKE = 70.0
"""Token-set ratio that does where both have the same number."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a project is told by."""

    title: str
    """Its words, folded."""
    in_order: str
    """The same by the alphabet."""
    number: tuple[str, ...]

    @classmethod
    def of(cls, title: str, number: str) -> _Known:
        words = re.findall(r"\w+", title.casefold())
        return cls(" ".join(words), " ".join(sorted(words)), tuple(re.findall(r"\d+|\b[A-Z]\b", number)))


def matched(rows: Sequence[Row], titles: Sequence[tuple[str, str]]) -> dict[int, int]:
    """Return which rows and texts are of one project, one to one, the likest first.

    Parameters
    ----------
    titles
        Of each text its title and its number as printed.
    """
    texts = [_Known.of(title, number) for title, number in titles]
    pairs = sorted(pair for i, row in enumerate(rows) for pair in _likest(i, row, texts))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def _likest(number: int, row: Row, texts: Sequence[_Known]) -> Iterator[tuple[float, int, int]]:
    """Give the texts that may be of a row's project: how like they are (negated), its number and theirs.

    An annex may have a thousand of each: only those above the limit come out of rapidfuzz.
    """
    own = _Known.of(row.title.text, row.number)
    alike: set[int] = set()
    if not row.has_no_title:
        titles = [text.in_order for text in texts]
        for _, score, j in process.extract_iter(own.in_order, titles, scorer=fuzz.ratio, score_cutoff=_SAME):
            alike.add(j)
            yield -score, number, j
    if own.number:
        for j, text in enumerate(texts):
            if text.number == own.number and j not in alike and fuzz.token_set_ratio(own.title, text.title) >= _ALIKE:
                yield -_ALIKE, number, j


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
