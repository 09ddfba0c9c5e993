"""Cut the lines of an annex into chunks: the joined lines of a block, and fences of `:::` with the chunks inside."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from samples.pieces import MarkupError

ITEM = re.compile(r"(?P<label>[-•]|[A-Za-z]\)|\d{1,2}[.)]) +(?=\S)")
FIELD = re.compile(r"(?P<label>[^\[\]{}|]+?)(?: <(?P<use>[^<>]*)>)? :=(?: +|$)")
FENCE = ":::"
_FIELDS = "fields"


@dataclass(frozen=True)
class Chunk:
    """The lines of one block, joined; `lines` holds the number and the offset of each line."""

    text: str
    lines: tuple[tuple[int, int], ...]

    @property
    def line(self) -> int:
        """The number of its first line."""
        return self.lines[0][0]

    def line_at(self, offset: int) -> int:
        """Return the number of the line that a code point stands on."""
        return self.lines[bisect_right([start for _, start in self.lines], offset) - 1][0]


@dataclass(frozen=True)
class Fence:
    """What stands between `::: kind caption` and `:::`."""

    kind: str
    caption: str
    line: int
    chunks: tuple[Chunk, ...]


def chunks_of(lines: list[str], body: int, name: str) -> Iterator[Chunk | Fence]:
    """Cut the lines of an annex into chunks and fences.

    Blank lines part chunks; outside of tables a list item begins one, and inside a key-value block a field does.

    Parameters
    ----------
    lines : list[str]
        All lines of the file.
    body : int
        Index of the first one after the head.
    name : str
        Name of the file, for errors.

    Raises
    ------
    MarkupError
        If a fence is not closed, or stands within another or within a block.
    """
    cleaned = [" ".join(re.split(r"[ \t]+", line.strip(" \t"))) for line in lines]
    numbered = [(number + 1, cleaned[number]) for number in range(body, len(cleaned))]
    at = 0
    while at < len(numbered):
        start = at
        while at < len(numbered) and not numbered[at][1].startswith(FENCE):
            at += 1
        yield from _chunks(numbered[start:at], _begins_item)
        if at == len(numbered):
            return
        number, opening = numbered[at]
        if at > start and numbered[at - 1][1]:
            raise MarkupError("a ::: needs a blank line before it", where=f"{name}:{number}")
        end = next((i for i in range(at + 1, len(numbered)) if numbered[i][1].startswith(FENCE)), None)
        if opening == FENCE or end is None or numbered[end][1] != FENCE:
            raise MarkupError(
                "a ::: that is not opened with its kind or not closed by another", where=f"{name}:{number}"
            )
        kind, _, caption = opening.removeprefix(FENCE).strip().partition(" ")
        begins = _begins_field if kind == _FIELDS else _begins_nothing
        yield Fence(kind, caption, number, tuple(_chunks(numbered[at + 1 : end], begins)))
        at = end + 1


def _begins_item(words: str) -> bool:
    return ITEM.match(words) is not None


def _begins_field(words: str) -> bool:
    return FIELD.match(words) is not None or _begins_item(words)


def _begins_nothing(_: str) -> bool:
    return False


def _chunks(lines: list[tuple[int, str]], begins: Callable[[str], bool]) -> Iterator[Chunk]:
    gathered: list[tuple[int, str]] = []
    for number, words in [*lines, (0, "")]:
        if gathered and (not words or begins(words)):
            yield _join(gathered)
            gathered = []
        if words:
            gathered.append((number, words))


def _join(gathered: list[tuple[int, str]]) -> Chunk:
    text = ""
    starts: list[tuple[int, int]] = []
    for number, words in gathered:
        text += " " if text else ""
        starts.append((number, len(text)))
        text += words
    return Chunk(text, tuple(starts))
