"""Which pieces of the extracted records each project is made of: cutting, joining and moving boundaries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.records.models import ProjectRecord, TextField

GAP = "\n\n"
"""What stands between two pieces that did not stand beside each other: a paragraph ends there."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the title or text of an extracted record."""

    record: str
    """Id of the record."""
    field: TextField
    start: int
    end: int

    def holds(self, field: TextField, start: int, end: int) -> bool:
        """Say whether a span of its record lies in it."""
        return self.field == field and self.start <= start and end <= self.end


@dataclass(frozen=True, slots=True)
class Layout:
    """What a project is made of."""

    title: Piece | str
    """A part of a record, or the words of a person."""
    text: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A span, or a point where `start` is `end`, in a project of an arrangement."""

    project: int
    """Its place among the projects, from 0."""
    field: TextField
    start: int
    end: int


class Arrangement:
    """The projects of an annex as pieces of its extracted records; each edit gives another one.

    Parameters
    ----------
    records
        All of the annex, as they were extracted, in order.
    layouts
        What each project is made of; where none is given, each is its record.
    """

    def __init__(self, records: Sequence[ProjectRecord], layouts: Sequence[Layout] | None = None) -> None:
        self.records = {one.id: one for one in records}
        self.layouts = tuple(layouts if layouts is not None else map(layout_of, records))

    # ---- looking

    def words(self, piece: Piece) -> str:
        """Return what a piece says."""
        record = self.records[piece.record]
        return (record.title if piece.field == "title" else record.text)[piece.start : piece.end]

    def title(self, project: int) -> str:
        """Return the title of a project."""
        title = self.layouts[project].title
        return title if isinstance(title, str) else self.words(title)

    def text(self, project: int) -> str:
        """Return the text of a project."""
        return GAP.join(self.words(piece) for piece in self.layouts[project].text)

    def placed(self, project: int) -> list[tuple[Piece, TextField, int]]:
        """Return the pieces of a project, each with the field and offset where it stands."""
        layout = self.layouts[project]
        found: list[tuple[Piece, TextField, int]] = []
        if isinstance(layout.title, Piece):
            found.append((layout.title, "title", 0))
        at = 0
        for piece in layout.text:
            found.append((piece, "text", at))
            at += piece.end - piece.start + len(GAP)
        return found

    def is_extracted(self, project: int) -> bool:
        """Say whether a project is one extracted record, whole."""
        title = self.layouts[project].title
        return isinstance(title, Piece) and self.layouts[project] == layout_of(self.records[title.record])

    def spot(self, record: str, field: TextField, start: int, end: int) -> Spot | None:
        """Return where a span of an extracted record stands now; None where it was cut, or stands nowhere.

        A point stands in front of what stood behind it.
        """
        behind = None
        for project, number in self._holders.get((record, field), ()):
            piece, now, at = self._placed[project][number]
            if piece.holds(field, start, end):
                found = Spot(project, now, start - piece.start + at, end - piece.start + at)
                if start < end or start < piece.end:
                    return found
                behind = found
        return behind

    def extracted(self, spot: Spot) -> tuple[str, TextField, int, int] | None:
        """Return where a span of a project was extracted: id of the record, field, start and end.

        None where it runs over several pieces, or nobody extracted it.
        """
        behind = None
        for piece, field, at in self._placed[spot.project]:
            start, end = spot.start - at + piece.start, spot.end - at + piece.start
            if field == spot.field and piece.start <= start and end <= piece.end:
                if start < end or start < piece.end:
                    return piece.record, piece.field, start, end
                behind = piece.record, piece.field, start, end
        return behind

    def project_of(self, record: str) -> int | None:
        """Return the project that has the title of an extracted record as its own."""
        return next(
            (
                number
                for number, one in enumerate(self.layouts)
                if isinstance(one.title, Piece) and (one.title.record, one.title.field) == (record, "title")
            ),
            None,
        )

    # ---- editing

    def split(self, project: int, at: int, title: str) -> "Arrangement":
        """Begin another project at an offset of the text of one.

        Where the words of `title` stand there, they are its title and no longer its text; else the person gave it.
        What stands across the boundary is of neither. Nothing changes where the boundary is there already: where one
        of both would have no words.
        """
        first, second = self._cut(project, at)
        if not first or not second:
            return self
        heading, rest = self._heading(second, title)
        made = [replace(self.layouts[project], text=first), Layout(heading, rest)]
        return self._with({project: made})

    def merge(self, project: int, other: int) -> "Arrangement":
        """Make one project of two: under the title of the first, with that of the other as a paragraph of its text.

        A title that a person gave to the other is dropped, as no source says it.
        """
        if project == other:
            return self
        mine, theirs = self.layouts[project], self.layouts[other]
        heading = (theirs.title,) if isinstance(theirs.title, Piece) else ()
        text = self._joined(*mine.text, *heading, *theirs.text)
        return self._with({project: [replace(mine, text=text)], other: []})

    def move(self, project: int, at: int, other: int) -> "Arrangement":
        """Give a part of the text of a project to another.

        A later one gets what stands behind the offset, at its beginning; an earlier one what stands in front of it, at
        its end.
        """
        first, second = self._cut(project, at)
        mine, theirs = self.layouts[project], self.layouts[other]
        if project == other or not (second if other > project else first):
            return self
        if other > project:
            kept, text = first, self._joined(*second, *theirs.text)
        else:
            kept, text = second, self._joined(*theirs.text, *first)
        return self._with({project: [replace(mine, text=kept)], other: [replace(theirs, text=text)]})

    # ---- inside

    @cached_property
    def _placed(self) -> list[list[tuple[Piece, TextField, int]]]:
        return [self.placed(project) for project in range(len(self.layouts))]

    @cached_property
    def _holders(self) -> dict[tuple[str, TextField], list[tuple[int, int]]]:
        """By record and field the places of its pieces: of the project and in it."""
        found: dict[tuple[str, TextField], list[tuple[int, int]]] = {}
        for project, pieces in enumerate(self._placed):
            for number, (piece, _, _) in enumerate(pieces):
                found.setdefault((piece.record, piece.field), []).append((project, number))
        return found

    def _with(self, changed: dict[int, list[Layout]]) -> "Arrangement":
        layouts = [one for number, layout in enumerate(self.layouts) for one in changed.get(number, [layout])]
        return Arrangement(list(self.records.values()), layouts)

    def _cut(self, project: int, at: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """Return the text of a project in front of an offset, and that behind it."""
        first: list[Piece] = []
        second: list[Piece] = []
        for piece, field, begin in self._placed[project]:
            if field != "text":
                continue
            middle = min(max(piece.start + at - begin, piece.start), piece.end)
            first += self._trimmed(replace(piece, end=middle))
            second += self._trimmed(replace(piece, start=middle))
        return tuple(first), tuple(second)

    def _trimmed(self, piece: Piece) -> list[Piece]:
        """Return a piece without the spaces around it; none where nothing else is in it."""
        words = self.words(piece)
        if not words.strip():
            return []
        lead = len(words) - len(words.lstrip())
        return [replace(piece, start=piece.start + lead, end=piece.start + len(words.rstrip()))]

    def _heading(self, text: tuple[Piece, ...], title: str) -> tuple[Piece | str, tuple[Piece, ...]]:
        """Take the words of a title from the beginning of a text, where they stand there."""
        [begin, *others] = text
        pattern = r"\s+".join(re.escape(word) for word in title.split()) + r"(?!\w)"
        found = re.match(pattern, self.words(begin))
        if found is None:
            return title, text
        piece = replace(begin, end=begin.start + found.end())
        rest = (*self._trimmed(replace(begin, start=piece.end)), *others)
        return (piece if self.words(piece) == title else title), rest

    def _joined(self, *pieces: Piece) -> tuple[Piece, ...]:
        """Return pieces, those that stood beside each other as one."""
        made: list[Piece] = []
        for piece in pieces:
            last = made[-1] if made else None
            if last and (last.record, last.field) == (piece.record, piece.field) and last.end <= piece.start:
                between = replace(last, start=last.end, end=piece.start)
                if not self.words(between).strip():
                    made[-1] = replace(last, end=piece.end)
                    continue
            made.append(piece)
        return tuple(made)


def layout_of(record: ProjectRecord) -> Layout:
    """Return what a project is made of that is one extracted record."""
    text = (Piece(record.id, "text", 0, len(record.text)),) if record.text else ()
    return Layout(Piece(record.id, "title", 0, len(record.title)), text)
