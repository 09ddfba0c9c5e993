"""Text in which every code point remembers its page and box through every edit."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from pipeline.glyphs import Box, Glyphs

RepairRule = Literal["glyph", "roman", "ligature", "space", "hyphen"]

_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Repair:
    """One change of letters: ``text[start:end]`` stands where the source had `raw`."""

    start: int
    end: int
    raw: str
    rule: RepairRule

    def moved(self, by: int) -> Repair:
        """Return the repair `by` code points further on."""
        return Repair(self.start + by, self.end + by, self.raw, self.rule)


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to make: `text` in the place of ``[start, end)``; with a `rule` it is recorded as a repair."""

    start: int
    end: int
    text: str
    rule: RepairRule | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that a footnote may hang on: raised letters, or where they stood.

    Without a `note`, ``text[start:end]`` is printed raised and small. With one, nothing is left of the letters: `start`
    and `end` are equal, and `note` is the index of the footnote in the document.
    """

    start: int
    end: int
    note: int | None = None

    def moved(self, by: int) -> Mark:
        """Return the mark `by` code points further on."""
        return Mark(self.start + by, self.end + by, self.note)


class AlignedText:
    """Text in which every code point remembers its glyph, and every changed letter its original.

    Immutable; each operation gives a new value. Offsets are code points, ``end`` exclusive. A code point that was never
    printed (the space that joins two lines, text from a file without pages) points nowhere. Marks move along with the
    letters before them.
    """

    __slots__ = ("_origins", "glyphs", "marks", "repairs", "text")

    def __init__(
        self,
        text: str,
        origins: array[int] | None = None,
        glyphs: Glyphs | None = None,
        repairs: tuple[Repair, ...] = (),
        marks: tuple[Mark, ...] = (),
    ) -> None:
        if origins is None:
            origins = array("i", [_NOWHERE]) * len(text)
        if len(origins) != len(text):
            raise ValueError(f"{len(text)} code points, {len(origins)} origins")
        self.text = text
        self.glyphs = glyphs
        self.repairs = repairs
        self.marks = marks
        self._origins = origins

    @classmethod
    def of_glyphs(cls, text: str, origins: Iterable[int], glyphs: Glyphs, marks: tuple[Mark, ...] = ()) -> AlignedText:
        """Return printed text: of each code point the index of its glyph, or -1."""
        return cls(text, array("i", origins), glyphs, (), marks)

    @property
    def origins(self) -> array[int]:
        """Of each code point the index of its glyph, or -1; not to be changed."""
        return self._origins

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"AlignedText({self.text!r}, repairs={self.repairs!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AlignedText):
            return NotImplemented
        mine = (self.text, self._origins, self.repairs, self.marks)
        return mine == (other.text, other._origins, other.repairs, other.marks)

    __hash__ = None  # type: ignore[assignment]  # compared by value, never a key

    def slice(self, start: int, end: int) -> AlignedText:
        """Return the part from `start` to `end`.

        A repair that lies across a cut goes with the part that holds its first code point, and so does raised text; the
        place of a footnote goes with the letter before it.
        """
        start, end, _ = slice(start, end).indices(len(self.text))
        end = max(start, end)
        kept = tuple(
            Repair(r.start - start, min(r.end, end) - start, r.raw, r.rule)
            for r in self.repairs
            if start <= r.start < end
        )
        marks = tuple(
            Mark(mark.start - start, min(mark.end, end) - start, mark.note)
            for mark in self.marks
            if (
                start <= mark.start < end
                if mark.note is None
                else start < mark.start <= end or mark.start == start == 0
            )
        )
        return AlignedText(self.text[start:end], self._origins[start:end], self.glyphs, kept, marks)

    def strip(self) -> AlignedText:
        """Return it without white space at both ends; a footnote that hangs on that hangs on the letter beside it."""
        stripped = self.text.strip()
        start = self.text.find(stripped) if stripped else 0
        kept = self.slice(start, start + len(stripped))
        ends = [
            Mark(at, at, mark.note)
            for mark in self.marks
            if mark.note is not None and not (start < mark.start <= start + len(kept) or mark.start == start == 0)
            for at in [0 if mark.start <= start else len(kept)]
        ]
        if not ends:
            return kept
        marks = tuple(sorted([*kept.marks, *ends], key=lambda m: (m.start, m.end)))
        return AlignedText(kept.text, kept._origins, kept.glyphs, kept.repairs, marks)

    def with_note(self, at: int, note: int) -> AlignedText:
        """Return it with footnote `note` (its index in the document) hanging on the letter before `at`."""
        marks = tuple(sorted([*self.marks, Mark(at, at, note)], key=lambda m: (m.start, m.end)))
        return AlignedText(self.text, self._origins, self.glyphs, self.repairs, marks)

    def __add__(self, other: AlignedText) -> AlignedText:
        return AlignedText.join("", (self, other))

    @staticmethod
    def join(separator: str, parts: Iterable[AlignedText]) -> AlignedText:
        """Join parts of one document with a separator that was never printed.

        Raises
        ------
        ValueError
            When parts come from different documents.
        """
        texts: list[str] = []
        origins = array("i")
        repairs: list[Repair] = []
        marks: list[Mark] = []
        glyphs: Glyphs | None = None
        length = 0
        gap = array("i", [_NOWHERE]) * len(separator)
        for number, part in enumerate(parts):
            if number:
                texts.append(separator)
                origins.extend(gap)
                length += len(separator)
            if part.glyphs is not None:
                if glyphs is not None and part.glyphs is not glyphs:
                    raise ValueError("parts of different documents cannot be joined")
                glyphs = part.glyphs
            texts.append(part.text)
            origins.extend(part._origins)
            repairs.extend(r.moved(length) for r in part.repairs)
            marks.extend(mark.moved(length) for mark in part.marks)
            length += len(part.text)
        return AlignedText("".join(texts), origins, glyphs, tuple(repairs), tuple(marks))

    def replace(self, start: int, end: int, text: str, rule: RepairRule | None = None) -> AlignedText:
        """Put `text` in the place of ``[start, end)``.

        The new code points share out the old ones' glyphs in order; where there are fewer of them, the last stands for
        all that are left, where there are more, they share the last. With a `rule` the change is recorded as a repair,
        and repairs that it swallows are folded into its `raw`.

        Parameters
        ----------
        rule
            None for changes that a record does not show: line breaks and furniture. A repair must leave a letter
            to point at, so with a rule `text` may not be empty.

        Raises
        ------
        ValueError
            When the range lies outside the text, cuts an earlier repair in two, or a repair leaves nothing.
        """
        return self.replace_all((Edit(start, end, text, rule),))

    def replace_all(self, edits: Sequence[Edit]) -> AlignedText:
        """Make many edits in one pass; the same as `replace` with each of them, from the first to the last.

        Parameters
        ----------
        edits
            From left to right, none overlapping the next, all offsets those of the text as it is before the first.

        Raises
        ------
        ValueError
            As `replace`, and when the edits are not in order.
        """
        if not edits:
            return self
        texts: list[str] = []
        origins = array("i")
        repairs: list[Repair] = []
        at = shift = number = 0
        for edit in edits:
            if not at <= edit.start <= edit.end <= len(self.text):
                raise ValueError(f"[{edit.start}, {edit.end}) is out of order, or outside {len(self.text)} code points")
            if edit.rule is not None and not edit.text:
                raise ValueError("a repair must leave a letter to point at")
            first = number
            while number < len(self.repairs) and self.repairs[number].end <= edit.start:
                number += 1
            repairs.extend(r.moved(shift) for r in self.repairs[first:number])
            first = number
            while number < len(self.repairs) and self.repairs[number].start < edit.end:
                number += 1
            inside = self.repairs[first:number]
            if any(r.start < edit.start or r.end > edit.end for r in inside):
                raise ValueError("an edit may not cut an earlier repair in two")
            if edit.rule is not None:
                start = edit.start + shift
                raw = self._undone(edit.start, edit.end, inside)
                repairs.append(Repair(start, start + len(edit.text), raw, edit.rule))
            texts += (self.text[at : edit.start], edit.text)
            origins.extend(self._origins[at : edit.start])
            origins.extend(self._shared_out(edit.start, edit.end, len(edit.text)))
            at = edit.end
            shift += len(edit.text) - (edit.end - edit.start)
        texts.append(self.text[at:])
        origins.extend(self._origins[at:])
        repairs.extend(r.moved(shift) for r in self.repairs[number:])
        return AlignedText("".join(texts), origins, self.glyphs, tuple(repairs), _after_edits(self.marks, edits))

    def _shared_out(self, start: int, end: int, count: int) -> array[int]:
        """Return origins for `count` code points that take the place of ``[start, end)``."""
        old = self._origins[start:end]
        if not old or not count:
            return array("i", [_NOWHERE]) * count
        if count >= len(old):
            return old + old[-1:] * (count - len(old))
        new = old[:count]
        rest = [o for o in old[count - 1 :] if o != _NOWHERE]
        if self.glyphs is not None and len(rest) > 1:
            new[-1] = self.glyphs.merged(rest)
        return new

    def raw(self, start: int = 0, end: int | None = None) -> str:
        """Return what the source said in ``[start, end)``: the text with its repairs undone."""
        if end is None:
            end = len(self.text)
        return self._undone(start, end, (r for r in self.repairs if r.start >= start and r.end <= end))

    def _undone(self, start: int, end: int, repairs: Iterable[Repair]) -> str:
        """Return ``[start, end)`` with these repairs, all of them in it, undone."""
        pieces: list[str] = []
        at = start
        for repair in repairs:
            pieces += (self.text[at : repair.start], repair.raw)
            at = repair.end
        pieces.append(self.text[at:end])
        return "".join(pieces)

    def boxes(self, start: int, end: int) -> list[tuple[int, Box]]:
        """Return ``(page, box)`` for each printed line that ``[start, end)`` runs over; empty without pages."""
        if self.glyphs is None:
            return []
        return self.glyphs.boxes(o for o in self._origins[start:end] if o != _NOWHERE)

    def pages(self) -> list[int]:
        """Return the pages, from 1, that it stands on, in ascending order."""
        if self.glyphs is None:
            return []
        page = self.glyphs.page
        return sorted({page(o) for o in self._origins if o != _NOWHERE})


def _after_edits(marks: tuple[Mark, ...], edits: Sequence[Edit]) -> tuple[Mark, ...]:
    """Return the marks of a text after all of the edits, which are in order and given in its offsets."""
    if not marks:
        return ()
    starts = [edit.start for edit in edits]
    shifts = [0, *accumulate(len(edit.text) - (edit.end - edit.start) for edit in edits)]

    def place(at: int) -> int:
        before = bisect_left(starts, at)
        if not before:
            return at
        last = edits[before - 1]
        inside = min(at, last.start + len(last.text)) + shifts[before - 1]
        return at + shifts[before] if at >= last.end else inside

    moved = [Mark(place(mark.start), place(mark.end), mark.note) for mark in marks]
    return tuple(mark for mark in moved if mark.note is not None or mark.start < mark.end)
