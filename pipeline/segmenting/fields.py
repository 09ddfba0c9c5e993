"""Find lines that say ``Label: value``, with what their values run on to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.document import AlignedText, Line
from pipeline.segmenting.labels import folded, is_label, kind_of, title_strength
from pipeline.segmenting.sections import FieldKind, Pair

_LABELLED = re.compile(
    r"(?P<mark>[-–—•·▪●○◦*‣✓]\s+|\(?(?:\d{1,2}|[a-zA-Z])[.)]\s+)?"
    r"(?P<label>[^\W_](?:[^:\t]{0,66}?[\w)\].’'€%*?])?)\s{0,3}:(?=\s|$)\s*"
)
_AGAIN = re.compile(r"(?:\s{2,}|\s[|•·;]\s)(?P<label>[^\W\d_][^:]{1,50}?)\s?:\s+(?=\S)")
# “Project 3: …”, “Actielijn B: …” are headings.
_NUMBERED = re.compile(r"\s(?:\d{1,3}[a-z]?|[IVX]{1,5}|[A-Z])$")
_WIDE = re.compile(r"(?P<label>\S.{0,48}?\S)\s{2,}(?=\S)")
_SENTENCE_END = re.compile(r"[.!?:;…][)»”’'\"]*$")
_WIDE_GAP = 1.1
"""Times the size of the letters, from which on the room behind a label parts it from its value."""
_WIDE_GAP_OF_SCAN = 1.65
"""The same of a scan, in times the height of the line: its justified lines have wide gaps as well."""
_INDENT = 1.5
"""Times the size of the letters (text: code points), from which on a line stands under the value and not the label."""
_LONGEST_UNKNOWN = 5
"""Words of a label that is not in the list."""
_RECURRING = 0.4
"""Times as often as the commonest label, from which on words before a colon may be another one."""
_FEWEST_IN_COLUMN = 3
"""Labels that come back in a column, from which on those that are not in the list are labels too …"""
_FEWEST_UNKNOWN = 5
"""… and where none of them is known."""
_MOSTLY = 0.7
"""Part of the labels with room above them, from which on the room does not part them from what follows."""
_LABELS_ALONE = 2
"""Other labels on lines of their own that must follow one of a title."""
_NEAR = 12
_LONGEST_TITLE = 90
"""Code points."""


_FACTS = frozenset({"executor", "partner", "commissioner", "funder", "organisation", "period", "start", "end", "money"})
"""Kinds of values that are no running text."""


@dataclass(frozen=True, slots=True)
class Run:
    """Lines one after the other that are all labels and their values."""

    start: int
    """Index of its first line."""
    end: int
    """Index of the line behind its last."""
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class _Opening:
    """A line that begins with a label."""

    label: AlignedText
    kind: FieldKind | None
    rest: AlignedText
    """What stands behind the label."""
    is_known: bool


class FieldFinder:
    """Finds the fields among lines, none of which stands in a table.

    Parameters
    ----------
    lines
        In reading order.
    is_spaced, has_room, is_cut
        Whether there is more room than usual between two lines, the lower first; whether the first word of the second
        line would have fitted behind the first; whether a table stands right above a line.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        *,
        is_spaced: Callable[[Line, Line], bool],
        has_room: Callable[[Line, Line], bool],
        is_cut: Callable[[Line], bool],
    ) -> None:
        self._lines = lines
        self._is_spaced = is_spaced
        self._has_room = has_room
        self._is_cut = is_cut
        labelled = [_LABELLED.match(line.text.text) for line in lines]
        counts = Counter(folded(match["label"]) for match in labelled if match is not None)
        often = max((count for label, count in counts.items() if is_label(label)), default=0)
        self._recurring = {label for label, count in counts.items() if count >= max(2, _RECURRING * often)}
        known = [i for i, match in enumerate(labelled) if match is not None and is_label(match["label"])]
        self._all_spaced = len(known) > 1 and sum(map(self._spaced, known)) > _MOSTLY * len(known)
        self._in_column = self._labels_in_column()
        self._alone = self._labels_alone()

    def runs(self) -> list[Run]:
        """Return the runs of fields, in order."""
        found: list[Run] = []
        at = 0
        while at < len(self._lines):
            pairs: list[Pair] = []
            end = at
            while (opening := self._opening(end, within=bool(pairs))) is not None:
                if pairs and self._is_cut(self._lines[end]):
                    break
                value, following = self._value(end, opening)
                pairs.extend(_parted(opening, value, is_spaced=self._spaced(end)))
                end = following
            if pairs:
                found.append(Run(at, end, tuple(pairs)))
            at = max(end, at + 1)
        return found

    def _opening(self, index: int, *, within: bool) -> _Opening | None:
        """Return the label that a line begins with; `within` where the line above is part of a field."""
        if index >= len(self._lines):
            return None
        line = self._lines[index]
        if index in self._alone:
            label = line.text.slice(0, len(line.text.text.rstrip(" :")))
            return _Opening(label, kind_of(label.text), AlignedText(""), is_known=True)
        match = _LABELLED.match(line.text.text)
        if match is not None and not _NUMBERED.search(match["label"]):
            label = line.text.slice(match.start("label"), match.end("label"))
            rest = line.text.slice(match.end(), len(line.text))
            known = is_label(label.text)
            if not (known or self._may_be_label(index, label.text, within=within)):
                return None
            return (
                _Opening(label, kind_of(label.text), rest, known) if self._stands_free(index, within=within) else None
            )
        at = _wide_gap(line, self._in_column)
        if at is not None and self._stands_free(index, within=within):
            label = line.text.slice(0, at).strip()
            return _Opening(label, kind_of(label.text), line.text.slice(at, len(line.text)).strip(), is_known=True)
        if self._is_label(line.text.text) and (self._beside(index) or (within and self._is_empty(index))):
            return _Opening(line.text, kind_of(line.text.text), AlignedText(""), is_known=True)
        return None

    def _is_label(self, text: str) -> bool:
        """Whether a text is a known label, or one of those that come back in a column before their values."""
        return is_label(text) or folded(text) in self._in_column

    def _labels_in_column(self) -> frozenset[str]:
        """Return the texts that come back at the left of a column of values, known or not.

        Known labels must be among them, or enough others: words before a wide space in two lines are no form.
        """
        found = [text for i, line in enumerate(self._lines) if (text := self._at_left(i, line)) is not None]
        counts = Counter(map(folded, found))
        again = [label for label, count in counts.items() if count > 1 and _may_stand_alone(label)]
        known = sum(is_label(label) or kind_of(label) is not None for label in again)
        enough = _FEWEST_IN_COLUMN if known > 1 else _FEWEST_UNKNOWN
        return frozenset(again) if len(again) >= enough else frozenset()

    def _at_left(self, index: int, line: Line) -> str | None:
        """Return what stands before the first wide space of a line, or all of it where its value stands beside it."""
        at = next(_wide_spaces(line), None)
        if at is not None:
            return line.text.text[: at[0]]
        return line.text.text if self._beside(index) else None

    def _is_empty(self, index: int) -> bool:
        """Whether a line that is only a label has no value: the next one is a label that begins where it does."""
        if index + 1 >= len(self._lines) or index - 1 in self._alone or not self._lines[index].text.text[:1].isupper():
            return False
        line, below = self._lines[index], self._lines[index + 1]
        if self._is_wrapped(index):
            return False
        return (
            abs(line.box[0] - below.box[0]) < max(line.size, 1.0) and self._opening(index + 1, within=True) is not None
        )

    def _is_wrapped(self, index: int) -> bool:
        """Whether a line without a colon is what did not fit on the line above, behind a label and its colon."""
        if index == 0:
            return False
        line, above = self._lines[index], self._lines[index - 1]
        if self._is_spaced(line, above) or line.page != above.page:
            return False
        return _LABELLED.match(above.text.text) is not None and not self._has_room(above, line)

    def _beside(self, index: int) -> bool:
        """Whether the next line stands to the right of this one, at its height, alone."""
        if index + 1 >= len(self._lines):
            return False
        line, right = self._lines[index], self._lines[index + 1]
        level = min(line.box[3], right.box[3]) - max(line.box[1], right.box[1])
        return line.page == right.page and line.size > 0 and level > 0.5 * line.size and right.box[0] > line.box[2]

    def _may_be_label(self, index: int, label: str, *, within: bool) -> bool:
        """Whether words before a colon are a label though the list does not have them: others stand beside them."""
        if len(label.split()) > _LONGEST_UNKNOWN or not label[0].isupper():
            return False
        if within and not self._spaced(index) and self._breaks_off(index):
            return True
        if folded(label) not in self._recurring:
            return False
        if within and (self._all_spaced or not self._spaced(index)):
            return True
        if index + 1 >= len(self._lines) or (self._spaced(index + 1) and not self._all_spaced):
            return False
        below = _LABELLED.match(self._lines[index + 1].text.text)
        return below is not None and (is_label(below["label"]) or folded(below["label"]) in self._recurring)

    def _breaks_off(self, index: int) -> bool:
        """Whether the line above a line is a field of its own that ends there, though the next word would have fitted.

        What looks like a label under it is one, be it the only one of its name in the annex.
        """
        line, above = self._lines[index], self._lines[index - 1]
        match = _LABELLED.match(above.text.text)
        return match is not None and is_label(match["label"]) and self._has_room(above, line)

    def _spaced(self, index: int) -> bool:
        """Whether there is room above a line."""
        return index == 0 or self._is_spaced(self._lines[index], self._lines[index - 1])

    def _stands_free(self, index: int, *, within: bool) -> bool:
        """Whether no sentence runs on over the beginning of a line."""
        if index == 0 or within:
            return True
        line, above = self._lines[index], self._lines[index - 1]
        if line.page != above.page or self._is_spaced(line, above) or _SENTENCE_END.search(above.text.text):
            return True
        return line.text.text[:1].isupper() and (self._has_room(above, line) or line.bold != above.bold)

    def _value(self, index: int, opening: _Opening) -> tuple[AlignedText, int]:
        """Return the value of a field, its lines joined, and the index of the line behind it."""
        parts = [opening.rest] if len(opening.rest) else []
        end = index + 1
        while end < len(self._lines) and self._runs_on(index, end, filled=bool(parts)):
            parts.append(self._lines[end].text)
            end += 1
        return AlignedText.join(" ", parts).strip(), end

    def _runs_on(self, index: int, at: int, *, filled: bool) -> bool:
        """Whether line `at` is part of the value whose label line `index` begins with."""
        line, above, first = self._lines[at], self._lines[at - 1], self._lines[index]
        if self._is_cut(line):
            return False
        opening = self._opening(at, within=True)
        if opening is not None and (filled or opening.is_known or opening.kind is not None):
            return False
        new_page = line.page != above.page
        if not filled:
            return index in self._alone or self._beside(index) or not (new_page or self._is_spaced(line, above))
        if not new_page and self._is_spaced(line, above):
            return False
        if index in self._alone:
            return not (line.bold and not above.bold)
        if line.bold and not above.bold and not first.bold:
            return False
        if line.size > first.size + 0.4:
            return False
        unit = line.size or 1.0
        if line.box[0] - first.box[0] > _INDENT * unit:
            return not new_page or line.text.text[:1].islower() or abs(line.box[0] - above.box[0]) < unit
        if line.text.text[:1].islower():
            return True
        if new_page:
            return not _SENTENCE_END.search(above.text.text) and not self._has_room(above, line)
        return not self._has_room(above, line)

    def _labels_alone(self) -> frozenset[int]:
        """Return the lines that are nothing but a label with its value below, where projects are given so.

        The labels of titles tell: each must have others after it, for “Doel” alone heads a part of a text.
        """
        known = [
            i
            for i, line in enumerate(self._lines)
            if len(line.text) > 1 and is_label(line.text.text) and not _NUMBERED.search(line.text.text)
        ]
        places = set(known)
        titles = [i for i in known if self._names_project(i, places)]
        blocks = [
            i for i in titles if len(places & set(range(i + 1, i + _NEAR))) >= _LABELS_ALONE and i + 1 not in places
        ]
        if not blocks or len(blocks) < 0.6 * len(titles):
            return self._facts_alone(known)
        if len(blocks) < 2 and sum(i > blocks[0] for i in known) < _LABELS_ALONE + 1:
            return frozenset()
        first = blocks[0]
        while first and not self._spaced(first):
            first -= 1
        labels: set[int] = set()
        for i in (i for i in known if i >= first):
            is_value = i - 1 in labels and self._parts(i + 1, places)
            if not is_value and (i + 1 not in places or self._parts(i + 2, places)):
                labels.add(i)
        return frozenset(labels)

    def _facts_alone(self, known: Sequence[int]) -> frozenset[int]:
        """Return the lines that are nothing but a label with a short value below, under the headings of projects.

        Two such labels at least come again; what stands after their values may have a longer one.
        """
        places = set(known)
        facts = {i: folded(self._lines[i].text.text) for i in known if self._is_fact(i, places)}
        counts = Counter(facts.values())
        again = {label for label, count in counts.items() if count > 1}
        if len(again) < _LABELS_ALONE:
            return frozenset()
        labels = {i for i, label in facts.items() if label in again}
        for i in known:
            if i + 1 not in places and not labels.isdisjoint({i - 2, i - 3}) and not labels & {i - 1}:
                labels.add(i)
        return frozenset(labels)

    def _is_fact(self, index: int, labels: set[int]) -> bool:
        """Whether the label at a line says a fact of a project, and one line that is no sentence stands below it."""
        if index + 1 in labels or index + 1 >= len(self._lines):
            return False
        value = self._lines[index + 1].text.text
        is_short = len(value) <= _LONGEST_TITLE and _SENTENCE_END.search(value) is None
        return is_short and kind_of(self._lines[index].text.text) in _FACTS and self._parts(index + 2, labels)

    def _names_project(self, index: int, labels: set[int]) -> bool:
        """Whether a line is the label of a title; a weak one, which may head a text, only over one short line."""
        text = self._lines[index].text.text
        if title_strength(text) > 0:
            return True
        is_short = index + 1 < len(self._lines) and len(self._lines[index + 1].text) <= _LONGEST_TITLE
        return kind_of(text) == "title" and is_short and index + 2 in labels

    def _parts(self, index: int, labels: set[int]) -> bool:
        """Whether the value above a line ends there: a label follows, room, or nothing."""
        return index in labels or index >= len(self._lines) or self._spaced(index)


def _may_stand_alone(label: str) -> bool:
    return len(label.split()) <= _LONGEST_UNKNOWN and sum(c.isalpha() for c in label) > 1


def _wide_spaces(line: Line) -> Iterator[tuple[int, int]]:
    """Give the spaces, near the beginning of a line, that are wider than those between words."""
    text = line.text.text
    height = _height(line)
    if not height:  # text, or Word: room is spaces
        match = _WIDE.match(text)
        if match is not None:
            yield match.end("label"), match.end()
        return
    wide = _WIDE_GAP * line.size or _WIDE_GAP_OF_SCAN * height
    for space in re.finditer(" +", text[:50]):
        if space.start() and space.end() < len(text):
            left = line.text.boxes(space.start() - 1, space.start())
            right = line.text.boxes(space.end(), space.end() + 1)
            if left and right and right[0][1][0] - left[0][1][2] > wide:
                yield space.start(), space.end()


def _wide_gap(line: Line, in_column: frozenset[str]) -> int | None:
    """Return the offset at which the value begins behind a label and much room; None where there is none."""
    for start, end in _wide_spaces(line):
        label = line.text.text[:start]
        if is_label(label) or folded(label) in in_column:
            return end
    return None


def _height(line: Line) -> float:
    """Return how high a line is printed, in points, which the size of a scan's lines does not say; 0 without pages."""
    boxes = line.text.boxes(0, 1)
    return boxes[0][1][3] - boxes[0][1][1] if boxes else 0.0


def _parted(opening: _Opening, value: AlignedText, *, is_spaced: bool) -> list[Pair]:
    """Return the pair of a label and its value, and those of further labels on the same line."""
    pairs: list[Pair] = []
    label, kind = opening.label, opening.kind
    at = 0
    for match in _AGAIN.finditer(value.text):
        if is_label(match["label"]) and match["label"][0].isupper():
            pairs.append(Pair(label, kind, value.slice(at, match.start()).strip(), is_spaced and not pairs))
            label = value.slice(match.start("label"), match.end("label"))
            kind, at = kind_of(label.text), match.end()
    pairs.append(Pair(label, kind, value.slice(at, len(value)).strip(), is_spaced and not pairs))
    return pairs
