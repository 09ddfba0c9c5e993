"""Gather lines into blocks: a heading of several lines, a paragraph, a list item; also over a page break."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pipeline.document import AlignedText, Document, Line
from pipeline.resources import vocabulary
from pipeline.segmenting.bare import BEGINS, FINISHED, INSIDE, breaks_around_headings
from pipeline.segmenting.fields import FieldFinder
from pipeline.segmenting.grids import Grid, grids_of
from pipeline.segmenting.margins import Columns, Margins, goes_up
from pipeline.segmenting.sections import Pair

_UNFINISHED = frozenset(vocabulary("segmenting/words.toml")["unfinished"])
_SENTENCE_OPENERS = frozenset(vocabulary("segmenting/words.toml")["sentence_openers"])
_FINITE = frozenset(vocabulary("segmenting/words.toml")["finite_verbs"])
_FUNCTION_WORDS = frozenset(vocabulary("language.toml")["function_words"])
_PARAGRAPH_GAP = 1.28
"""Times the usual distance between lines, from which on a new paragraph begins."""
_INDENT = 0.8
"""Times the size of the letters, from which on a first line is indented."""
_RAGGED = 0.88
"""Part of the width of the text below which a line has room left for the next word."""
_RAGGED_TEXT = 0.72
"""The same for text input, whose lines were often printed in letters of different widths."""
_LONGEST_LINE = 160
"""Code points from which on a line of text is a whole paragraph, saved by a word processor."""
_ANNEX_LABEL = re.compile(vocabulary("segmenting/words.toml")["annex_label_re"])
_CENTRED = 0.05
"""Part of the width of the text."""
# “Project 3” on a line of its own: the title follows.
_PROJECT_LABELS = "|".join(map(re.escape, vocabulary("segmenting/words.toml")["project_labels"]))
_LABELLED = re.compile(rf"(?:{_PROJECT_LABELS})\s+\d{{1,3}}[a-z]?\s*[:.–-]?", re.IGNORECASE)
_GREETING = 50
"""Code points of a line such as “Geachte voorzitter,”, which ends with a comma and goes on nowhere."""
TERMINAL = re.compile(r"[.!?:;…][)»”’'\"]*$")
# The call of a footnote behind a full stop, in a text file.
_CALL = re.compile(r"[.!?][)»”’'\"]*\s?\d{1,2}$")
_LONG_TITLE = 60
"""Code points from which on a number behind a full stop is the call of a footnote, and not that of “Project nr. 1”."""
_LIST_ITEM = re.compile(
    r"(?:[-–—•·▪●○◦*‣✓]\s+|\(?(?:[ivx]{1,5}|[a-zA-Z]|\d{1,2})\)\s+|(?:[a-z]|[ivx]{1,4})\.\s+)(?=\S)"
)  # fmt: skip
_NUMBERED = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\d{1,3}(?:\.\d{1,3}){1,3}|\d{1,2}(?=\s+[A-Z])|[A-Z][.)]|[IVX]{1,5}[.)])"
    r"\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a block is printed; all alike for text input."""

    size: float
    bold: bool
    italic: bool
    colour: int
    capitals: bool
    outline: int | None = None
    """Level of a heading by its style, from 1, 0 for a title; None for all else."""
    runs_in: bool = False
    """Whether it is that of a title that runs into its text."""

    @property
    def prominence(self) -> tuple[float, ...]:
        """What tells a higher heading from a lower one; compares greater for the higher."""
        level = -self.outline if self.outline is not None else -math.inf
        return (level, self.size, float(self.bold), float(self.capitals))


@dataclass(frozen=True, slots=True)
class Block:
    """One or more lines that belong together."""

    lines: tuple[Line, ...]
    look: Look
    after_break: bool
    """Whether it is the first block of a page or column."""
    spaced: bool
    """Whether there is more room above it than between lines; always so for text input."""
    centred: bool = False
    """Whether each of its lines stands in the middle, away from both margins; never so for text input."""
    pairs: tuple[Pair, ...] = ()
    """The labelled values that its lines hold, where they hold nothing else."""
    grid: Grid | None = None
    """The table that its lines stand in."""

    @property
    def is_prose(self) -> bool:
        """Whether it is a heading, a paragraph or the like."""
        return not self.pairs and self.grid is None

    @property
    def text(self) -> str:
        """Its lines joined."""
        return " ".join(line.text.text for line in self.lines)

    @property
    def is_list_item(self) -> bool:
        """Whether it begins with a bullet or a letter or number in brackets."""
        return self.is_prose and _LIST_ITEM.match(self.lines[0].text.text) is not None

    @property
    def is_finished(self) -> bool:
        """Whether it ends as a sentence does; a table and labelled values go on nowhere."""
        last = self.lines[-1].text.text
        called = len(self.text) > _LONG_TITLE and _CALL.search(last) is not None
        return not self.is_prose or called or TERMINAL.search(last) is not None

    @property
    def ends_midway(self) -> bool:
        """Whether it ends with a word that nothing ends with, such as an article."""
        last = self.lines[-1].text.text.rsplit(maxsplit=1)[-1]
        is_greeting = len(self.lines) == 1 and len(self.text) < _GREETING
        return last.lower() in _UNFINISHED or (last.endswith(",") and not is_greeting)

    def aligned(self) -> AlignedText:
        """Return its lines joined by spaces."""
        return AlignedText.join(" ", (line.text for line in self.lines))


def body_look(document: Document) -> Look:
    """Return the look in which most of the text is printed: of the text beside tables where there is any."""
    beside = [line for line in document.lines() if line.cell is None]
    runs = any(TERMINAL.search(line.text.text) for line in beside)
    counts: Counter[Look] = Counter()
    for line in beside if runs else document.lines():
        counts[_look(line)] += len(line.text)
    return counts.most_common(1)[0][0] if counts else Look(0.0, bold=False, italic=False, colour=0, capitals=False)


def blocks_of(document: Document) -> list[Block]:
    """Return the blocks of a document in reading order, paragraphs over page breaks joined.

    A table is one block, and so is a run of labelled values.
    """
    gathering = _Gathering(document)
    lines = list(document.lines())
    fields = gathering.fields(lines)
    blocks: list[Block] = []
    held: list[Line] = []
    at = 0
    while at < len(lines):
        if lines[at].cell is None and at not in fields:
            held.append(lines[at])
            at += 1
            continue
        blocks.extend(gathering.prose(held))
        held = []
        if at in fields:
            end, pairs = fields[at]
            blocks.append(_whole(lines[at:end], lines, at, pairs=pairs))
        else:
            end = next((i for i in range(at, len(lines)) if lines[i].cell is None), len(lines))
            for number, (part, grid) in enumerate(grids_of(lines[at:end])):
                blocks.append(_whole(part, lines, at if number == 0 else 0, grid=grid))
        at = end
    blocks.extend(gathering.prose(held))
    return _continued(blocks, gathering.columns)


def _whole(
    part: Sequence[Line], lines: Sequence[Line], at: int, *, pairs: tuple[Pair, ...] = (), grid: Grid | None = None
) -> Block:
    """Return the block of a table or of labelled values, which begins at line `at`."""
    after_break = at > 0 and lines[at - 1].page != part[0].page
    return Block(tuple(part), _common_look(part), after_break, spaced=True, pairs=pairs, grid=grid)


class _Gathering:
    """What lines are judged by: the usual distance between them, their columns, and where a text breaks."""

    def __init__(self, document: Document) -> None:
        self.columns = Columns(document)
        self._paged = document.paged
        self._document = document
        self._pitch = _pitches(document)
        beside = [line for line in document.lines() if line.cell is None]
        if document.paged:
            breaks = self._around_plain_headings(beside, body_look(document))
        else:
            breaks = breaks_around_headings(beside, surely=self.columns.is_scan)
        self._breaks = {id(beside[number]) for number in breaks}

    def fields(self, lines: Sequence[Line]) -> dict[int, tuple[int, tuple[Pair, ...]]]:
        """Return the runs of labelled values outside of tables: by their first line, where they end, and the pairs."""
        places = [i for i, line in enumerate(lines) if line.cell is None]
        after_table = {id(lines[i]) for i in places if i and lines[i - 1].cell is not None}

        def is_spaced(line: Line, above: Line) -> bool:
            if not self._paged:
                return line.blank_before > 0
            return id(line) in after_table or goes_up(line, above) or _gap(line, above, self._pitch) > _PARAGRAPH_GAP

        def has_room(line: Line, following: Line) -> bool:
            margins = self.columns.margins(line)
            if self._paged:
                return leaves_room(line, following, margins.right)
            return _next_word_fits(line, following, margins, _RAGGED_TEXT)

        finder = FieldFinder(
            [lines[i] for i in places],
            is_spaced=is_spaced,
            has_room=has_room,
            is_cut=lambda line: id(line) in after_table,
        )
        return {places[run.start]: (places[run.end - 1] + 1, run.pairs) for run in finder.runs()}

    def _around_plain_headings(self, lines: Sequence[Line], body: Look) -> frozenset[int]:
        """Return the lines of pages before which a block begins: headings that look like the text, and what follows.

        Such a heading is one line between a finished sentence and a new one, and the next word would have fitted on it.
        """
        found: set[int] = set()
        for at in range(1, len(lines) - 1):
            above, line, below = lines[at - 1 : at + 2]
            texts = above.text.text, line.text.text, below.text.text
            if not FINISHED.search(texts[0]) or texts[0].endswith(":") or FINISHED.search(texts[1]):
                continue
            if not BEGINS.match(texts[1]) or not BEGINS.match(texts[2]) or _LIST_ITEM.match(texts[2]):
                continue
            if line.page != below.page or goes_up(below, line) or {_look(line), _look(below)} != {body}:
                continue
            margins = self.columns.margins(line)
            is_short = line.box[2] - margins.left < _RAGGED * margins.width
            if is_short and not texts[1].endswith(",") and leaves_room(line, below, margins.right):
                found |= {at, at + 1}
        return frozenset(found)

    def prose(self, lines: Sequence[Line]) -> list[Block]:
        """Return the blocks of consecutive lines that are neither in a table nor labelled values."""
        groups: list[tuple[list[Line], bool, bool]] = []
        previous: Line | None = None
        for line in lines:
            new_page = previous is not None and (line.page != previous.page or goes_up(line, previous))
            if (
                previous is None
                or new_page
                or id(line) in self._breaks
                or _starts_block(
                    line,
                    previous,
                    self._document,
                    self._pitch,
                    self.columns,
                    leads=groups[-1][2] and all(item.italic for item in groups[-1][0]),
                )
            ):
                spaced = (
                    previous is None
                    or new_page
                    or not self._paged
                    or _gap(line, previous, self._pitch) > _PARAGRAPH_GAP
                )
                groups.append(([line], new_page, spaced))
            else:
                groups[-1][0].append(line)
            previous = line
        return [
            Block(tuple(g), _common_look(g), after_break, spaced, self._paged and _are_centred(g, self.columns))
            for g, after_break, spaced in groups
        ]


def _are_centred(lines: Iterable[Line], columns: Columns) -> bool:
    """Whether lines stand in the middle between the margins, and away from both."""
    return all(_is_centred(line, columns.margins(line)) for line in lines)


def _is_centred(line: Line, margins: Margins) -> bool:
    before, after = line.box[0] - margins.left, margins.right - line.box[2]
    return before > _CENTRED * margins.width and abs(before - after) < _CENTRED * margins.width


def _starts_block(
    line: Line,
    previous: Line,
    document: Document,
    pitch: dict[float, float],
    columns: Columns,
    *,
    leads: bool,
) -> bool:
    """Whether a block begins at a line; `leads` where the block so far is all italic with room above it."""
    text = line.text.text
    ended = TERMINAL.search(previous.text.text) is not None
    if line.runs_in != previous.runs_in:
        return True
    if line.runs_in:
        return False  # a title of several lines
    if not document.paged:
        if line.bold != previous.bold or line.outline != previous.outline:
            return True
        return (
            line.blank_before > 0
            or _LIST_ITEM.match(text) is not None
            or _breaks_text(line, previous, columns.margins(previous))
        )
    if _differs(_look(line), _look(previous)) or _gap(line, previous, pitch) > _PARAGRAPH_GAP:
        return True
    if _are_centred([previous], columns) != _are_centred([line], columns):
        return True
    margins = columns.margins(previous)
    has_room = previous.box[2] - margins.left < _RAGGED * margins.width
    if line.italic != previous.italic and (ended or has_room or leads):
        return True
    if _LIST_ITEM.match(text) and (ended or has_room or text[0] in "-–—•·▪●○◦*‣✓"):
        return True
    if _NUMBERED.match(text) and ended:
        return True
    indented = line.box[0] - previous.box[0] > _INDENT * line.size and abs(previous.box[0] - margins.left) < line.size
    return ended and ((indented and not _LIST_ITEM.match(previous.text.text)) or (has_room and text[:1].isupper()))


def _breaks_text(line: Line, previous: Line, margins: Margins) -> bool:
    """Whether a line of text begins a block without a blank line above it.

    It does when the line above is marked or labelled as a heading, leaves ample room for the next word, is a paragraph
    of its own (longer than lines are wrapped at), or when this line is indented and that one is not.
    """
    above, text = previous.text.text, line.text.text
    if above.startswith("#") or text.startswith("#") or _ANNEX_LABEL.fullmatch(text) or _ANNEX_LABEL.fullmatch(above):
        return True
    if previous.box[2] - previous.box[0] > _LONGEST_LINE:
        return True
    indented = line.box[0] - previous.box[0]
    if indented >= 2 and previous.box[0] == margins.left and not _LIST_ITEM.match(above):
        return True
    if _ANNEX_LABEL.match(above) and _next_word_fits(previous, line, margins, 1.0):
        return True
    return _next_word_fits(previous, line, margins, _RAGGED_TEXT)


def _next_word_fits(line: Line, following: Line, margins: Margins, part: float) -> bool:
    """Whether the first word of the following line of a text would have fitted into a part of a line's width."""
    next_word = len(following.text.text.split(maxsplit=1)[0])
    return line.box[2] + 1 + next_word < margins.left + part * margins.width


def leaves_room(line: Line, following: Line, right: float) -> bool:
    """Whether the first word of the following line would have fitted behind a line."""
    width = (line.box[2] - line.box[0]) / max(len(line.text), 1)
    word = following.text.text.split(maxsplit=1)[0]
    return line.box[2] + width * (1 + len(word)) < right


def _look(line: Line) -> Look:
    letters = [c for c in line.text.text if c.isalpha()]
    capitals = len(letters) > 4 and all(c.isupper() for c in letters)
    return Look(round(line.size * 2) / 2, line.bold, line.italic, line.colour, capitals, line.outline, line.runs_in)


def _common_look(lines: Iterable[Line]) -> Look:
    looks = Counter(_look(line) for line in lines)
    return looks.most_common(1)[0][0]


def _differs(one: Look, other: Look) -> bool:
    mine = (one.size, one.bold, one.colour, one.outline, one.runs_in)
    return mine != (other.size, other.bold, other.colour, other.outline, other.runs_in)


def _gap(line: Line, previous: Line, pitch: dict[float, float]) -> float:
    """Return the distance between the tops of two lines, in times the usual one for their size."""
    usual = pitch.get(round(max(line.size, previous.size)), 0.0) or 1.3 * max(line.size, previous.size, 1.0)
    return (line.box[3] - previous.box[3]) / usual


def _pitches(document: Document) -> dict[float, float]:
    """Return the usual distance between lines for each size of letters, both in points.

    The median of what is at most about twice the size: the mean would be moved by the room between paragraphs.
    """
    found: dict[float, list[float]] = {}
    for page in document.pages:
        beside = [line for line in page.lines if line.cell is None]
        for previous, line in pairwise(beside):
            distance = line.box[3] - previous.box[3]
            if round(line.size) == round(previous.size) and 0.8 * line.size < distance < 2.2 * line.size:
                found.setdefault(round(line.size), []).append(distance)
    return {size: median(distances) for size, distances in found.items()}


def _continued(blocks: list[Block], columns: Columns) -> list[Block]:
    """Join a paragraph that the end of a page or column, or a blank line left by one, cut in two."""
    joined: list[Block] = []
    for block in blocks:
        if joined and _continues(joined[-1], block, columns):
            last = joined[-1]
            look = max(last.look, block.look, key=lambda look: look.prominence)
            joined[-1] = replace(last, lines=last.lines + block.lines, look=look)
        else:
            joined.append(block)
    return joined


def _first_word(text: str) -> str:
    return text.split(maxsplit=1)[0].casefold()


def _reads_on(line: str, text: str) -> bool:
    """Whether a line with the verb or the end of a sentence goes on: new sentences mostly begin with a small word."""
    has_verb = not _FINITE.isdisjoint(re.findall(r"\w+", line.casefold())[1:]) or INSIDE.search(line) is not None
    return has_verb and _first_word(text).strip("‘“'\"(") not in _FUNCTION_WORDS


def _continues(previous: Block, block: Block, columns: Columns) -> bool:
    if not (previous.is_prose and block.is_prose):
        return False
    if _LABELLED.fullmatch(previous.text) and not block.is_finished:
        return True
    if _differs(previous.look, block.look) or previous.look.italic != block.look.italic or previous.is_finished:
        return False
    if block.is_list_item:
        return False
    text = block.text
    if columns.is_scan and block.lines[0].blank_before and text[0].isupper():
        # OCR reads the full stop that ends a paragraph as a comma, or not at all
        return previous.ends_midway and not previous.text.endswith(",")
    if previous.ends_midway:
        return True
    if not block.after_break and block.lines[0].blank_before < 2:
        return text[:1].islower() and len(previous.lines) > 1
    last = previous.lines[-1]
    is_full = not leaves_room(last, block.lines[0], columns.margins(last).right)
    is_begun = is_full and (
        len(previous.lines) > 1 or _first_word(previous.text) in _SENTENCE_OPENERS or _reads_on(previous.text, text)
    )
    return text[:1].islower() or ((len(previous.lines) > 3 or is_begun) and not _NUMBERED.match(text))
