"""Find what may be titles that run into their text: by bold or italic letters, or by the marks behind them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.document import Line
from pipeline.segmenting.blocks import Block, Look, leaves_room
from pipeline.segmenting.headings import numbering_of

_LONGEST = 110
"""Code points of a title."""
_MOST_WORDS = 14

_BEGIN = r"[‘“'\"(]*[^\W_a-z]"
_PLAIN_TITLE = rf"(?P<title>{_BEGIN}[^.!?;:–—\n]{{2,{_LONGEST}}}?)"
MARKED = re.compile(
    rf"(?P<mark>\*{{1,3}}|_{{1,3}})(?=\S)(?P<title>[^*_]{{2,{_LONGEST}}}?)(?P=mark)(?P<end>[.:]|\s?[–—-])?\s+(?=\S)"
)
DASHED = re.compile(rf"{_PLAIN_TITLE}\s+[–—-]\s+(?={_BEGIN})")
COLONED = re.compile(rf"{_PLAIN_TITLE}\s?:\s+(?={_BEGIN})")
STOPPED = re.compile(rf"{_PLAIN_TITLE}\.\s+(?={_BEGIN})")
_ENDS = " .:–—-"
_TITLE_MARK = re.compile(r"[.:!?](?=[\s”’'\"]|$)|\s[–—-](?=\s|$)")
_BEFORE_CAPITAL = re.compile(rf"(?<=\S)\s+(?={_BEGIN})")
_DASH = re.compile(r"[–—-]\s+")
_CLOSED = re.compile(r"[.:!?–—-][*_]*\s*$")
_SAME_SIZE = 0.4
"""Points."""
_NEAR = 4
"""Code points within which the mark behind a title stands from where its letters change: edits move them."""


@dataclass(frozen=True, slots=True)
class RunIn:
    """A title that runs into its text."""

    block: int
    """Index of the block that it opens …"""
    lines: tuple[Line, ...]
    """… and its lines; the last has text behind it, or ends with it."""
    start: int
    """Offset of the title in the first line."""
    end: int
    """… and in the last line, which may have no more than the mark behind it, …"""
    rest: int
    """… and of the text behind it."""
    title: str
    """Without the mark behind it."""
    number: str
    """As printed before it."""
    words: int
    """Of the text that follows in the paragraph."""
    blocks: tuple[int, ...]
    """All blocks that have a part of it."""


def by_letters(blocks: Sequence[Block], places: Sequence[int], body: Look) -> list[RunIn]:
    """Return the titles in bold or italic letters; such a title may have whole lines before the one that it ends in."""
    found = []
    for index in places:
        lines = blocks[index].lines
        whole = next((n for n, line in enumerate(lines) if not _is_shown(line, body)), len(lines))
        title = None
        if whole == len(lines):
            title = _ending_with_its_line(blocks, index)
        elif lines[whole].lead:
            above = blocks[index - 1] if index else None
            if above is not None and _is_above(above, blocks[index], body):
                title = _cut_at_lead(blocks, index, (*above.lines, *lines[: whole + 1]), (index - 1, index))
            title = title or _cut_at_lead(blocks, index, lines[: whole + 1], (index,))
        if title is not None:
            found.append(title)
    return found


def _is_shown(line: Line, body: Look) -> bool:
    """Whether all of a line is bold or italic, and the text is not."""
    return not line.lead and ((line.bold and not body.bold) or (line.italic and not body.italic))


def _is_above(above: Block, block: Block, body: Look) -> bool:
    """Whether a block may be the first lines of a title that ends in the block below."""
    return (
        above.is_prose
        and not (above.is_finished or block.spaced)
        and abs(above.look.size - block.look.size) < _SAME_SIZE
        and all(_is_shown(line, body) for line in above.lines)
    )


def _are_full(lines: Sequence[Line], right: float) -> bool:
    """Whether all lines but the last end because the next word did not fit; text without pages has whole lines."""
    return all(not leaves_room(line, below, right) for line, below in pairwise(lines))


def _words_below(blocks: Sequence[Block], index: int) -> int:
    """Return how many words of a paragraph stand in the block below, where the look of one line parts it in two."""
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    return len(below.text.split()) if below is not None and below.is_prose and not below.spaced else 0


def _ending_with_its_line(blocks: Sequence[Block], index: int) -> RunIn | None:
    """Return the title that ends where its line does, right above its text: with a mark, or a dash below."""
    lines = blocks[index].lines
    words = _words_below(blocks, index)
    if not words or not _are_full(lines, max(line.box[2] for line in (*lines, *blocks[index + 1].lines))):
        return None
    below = blocks[index + 1].lines[0]
    if dash := _DASH.match(below.text.text):
        return _made(index, (*lines, below), 0, dash.end(), (index, index + 1), words)
    last = lines[-1].text.text
    if not re.search(r"[.:–—]$", last):
        return None
    return _made(index, lines, len(last.rstrip(_ENDS)), len(last), (index,), words)


def _cut_at_lead(blocks: Sequence[Block], index: int, lines: tuple[Line, ...], used: tuple[int, ...]) -> RunIn | None:
    """Return the title whose letters end in the last of some lines, at the mark nearest to where they do."""
    text, lead = lines[-1].text.text, lines[-1].lead
    own = blocks[index].lines
    marks = [m for m in _TITLE_MARK.finditer(text) if abs(m.end() - lead) <= _NEAR]
    marks = marks or [m for m in _BEFORE_CAPITAL.finditer(text) if abs(m.end() - lead) <= _NEAR]
    if not marks or not _are_full(lines, max(line.box[2] for line in (*lines, *own))):
        return None
    mark = min(marks, key=lambda m: abs(m.end() - lead))
    end = mark.end() if mark[0] in {"!", "?"} else mark.start()
    after = own[own.index(lines[-1]) + 1 :]
    words = len(text[mark.end() :].split()) + sum(len(line.text.text.split()) for line in after)
    return _made(index, lines, end, mark.end(), used, words + (0 if after else _words_below(blocks, index)))


def by_mark(block: Block, index: int, form: re.Pattern[str]) -> RunIn | None:
    """Return the title that a form finds at the start of a block, behind its number."""
    text = block.text
    first = numbering_of(text)[2]
    match = form.match(text, first)
    if match is None or (form is STOPPED and not first):
        return None
    if form is MARKED and not (match["end"] or _CLOSED.search(match["title"]) or text[match.end()].isupper()):
        return None
    end, before = match.end("title"), 0
    for number, line in enumerate(block.lines):
        if end <= before + len(line.text):
            if first > len(block.lines[0].text) or match.end() - before > len(line.text) + 1:
                return None
            shown = line.text.text[: end - before].rstrip(_ENDS)
            words = len(text[match.end() :].split())
            lines = block.lines[: number + 1]
            return _made(
                index, lines, len(shown), match.end() - before, (index,), words, match.start("title"), text[:first]
            )
        before += len(line.text) + 1
    return None


def _made(
    index: int,
    lines: tuple[Line, ...],
    end: int,
    rest: int,
    blocks: tuple[int, ...],
    words: int,
    start: int | None = None,
    number: str | None = None,
) -> RunIn | None:
    """Return a title where its words may be those of one."""
    whole = " ".join([*(line.text.text for line in lines[:-1]), lines[-1].text.text[:end]])
    first = numbering_of(whole)[2] if start is None else start
    title = whole[first:].strip(_ENDS)
    letter = title.lstrip("‘“'\"(")[:1]
    if not letter or letter.islower() or len(title) > _LONGEST or len(title.split()) > _MOST_WORDS:
        return None
    return RunIn(index, lines, first, end, rest, title, whole[:first] if number is None else number, words, blocks)
