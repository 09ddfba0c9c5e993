"""Read a whole `*.annex.md` file; its pieces of marked-up text can be read one by one as well."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from samples.attributes import FIGURES
from samples.head import Head, read_head
from samples.pieces import SPECIAL, Damage, Mark, MarkupError, Piece, Span, parse_piece

__all__ = [
    "AnnexSource",
    "Block",
    "BlockKind",
    "Damage",
    "Mark",
    "MarkupError",
    "Piece",
    "Span",
    "parse_annex",
    "parse_piece",
    "read_annex",
]


class BlockKind(StrEnum):
    """What a block of an annex is."""

    PROJECT = "project"
    SUBHEADING = "subheading"
    CHAPTER = "chapter"  # any heading that gives no record: introduction, reading guide, colophon
    ITEM = "item"
    PARAGRAPH = "paragraph"
    PAGE_BREAK = "page break"


@dataclass(frozen=True)
class Block:
    """A block of an annex; `label` is what is printed before it: a number, a bullet, a letter."""

    kind: BlockKind
    piece: Piece
    label: str = ""
    line: int = 0

    @property
    def printed(self) -> str:
        """The block as the page has it, with its label."""
        return f"{self.label} {self.piece.printed}" if self.label else self.piece.printed


@dataclass(frozen=True)
class AnnexSource:
    """A whole marked-up annex: its head, its title and its blocks in order."""

    name: str
    head: Head
    title: Piece
    blocks: tuple[Block, ...]


_HEADINGS = {"# ": BlockKind.PROJECT, "## ": BlockKind.SUBHEADING, "#! ": BlockKind.CHAPTER}
_ITEM = re.compile(r"(?P<label>[-•]|[A-Za-z]\)|\d{1,2}[.)]) +(?=\S)")
_PAGE_BREAK = "<<<"
_FENCE = "---"


def parse_annex(text: str, name: str) -> AnnexSource:
    """Read the text of a whole annex.

    Parameters
    ----------
    text : str
        A head between `---` lines, then the body.
    name : str
        Name of the file, for errors.

    Returns
    -------
    AnnexSource
        Its head and its blocks.

    Raises
    ------
    MarkupError
        If anything in it cannot be read; the message names the file and the line.
    """
    lines = text.splitlines()
    fences = [index for index, line in enumerate(lines) if line.rstrip() == _FENCE]
    if fences[:1] != [0] or len(fences) < len(("open", "close")):
        raise MarkupError("an annex begins with a head between two --- lines", where=f"{name}:1")
    body = fences[1] + 1
    try:
        head = read_head("\n".join(lines[1 : fences[1]]))
        title = parse_piece(head.title)
        _check_unmarked(title, "the title of the annex")
    except ValueError as error:
        message = error.message if isinstance(error, MarkupError) else str(error)
        raise MarkupError(message, where=f"{name}:1") from error
    blocks = tuple(_read_block(chunk, name) for chunk in _chunks(lines, body))
    return AnnexSource(name, head, title, blocks)


def read_annex(path: Path) -> AnnexSource:
    """Read an annex from its file.

    Parameters
    ----------
    path : Path
        A file `NAME.annex.md`; its head says `document: NAME`.

    Returns
    -------
    AnnexSource
        Its head and its blocks.

    Raises
    ------
    MarkupError
        If anything in it cannot be read.
    """
    source = parse_annex(path.read_text(encoding="utf-8"), str(path))
    expected = path.name.removesuffix(".annex.md")
    if source.head.document != expected:
        message = f"the head says document {source.head.document!r}, the file name {expected!r}"
        raise MarkupError(message, where=f"{path}:1")
    return source


@dataclass(frozen=True)
class _Chunk:
    """The lines of one block, joined; `lines` holds the number and the offset of each line."""

    text: str
    lines: tuple[tuple[int, int], ...]

    def line_at(self, offset: int) -> int:
        return self.lines[bisect_right([start for _, start in self.lines], offset) - 1][0]


def _chunks(lines: list[str], body: int) -> Iterator[_Chunk]:
    """Gather the lines of each block: blank lines part blocks, and a list item begins one."""
    gathered: list[tuple[int, str]] = []
    for number, line in enumerate([*lines[body:], ""], start=body + 1):
        words = " ".join(re.split(r"[ \t]+", line.strip(" \t")))
        if gathered and (not words or _ITEM.match(words)):
            yield _join(gathered)
            gathered = []
        if words:
            gathered.append((number, words))


def _join(gathered: list[tuple[int, str]]) -> _Chunk:
    text = ""
    starts: list[tuple[int, int]] = []
    for number, words in gathered:
        text += " " if text else ""
        starts.append((number, len(text)))
        text += words
    return _Chunk(text, tuple(starts))


def _read_block(chunk: _Chunk, name: str) -> Block:
    try:
        _check_lines(chunk)
        kind, label, at = _opening(chunk.text)
        piece = _shifted(chunk.text, at)
        if kind in {BlockKind.PROJECT, BlockKind.SUBHEADING, BlockKind.CHAPTER}:
            _check_heading(kind, piece)
    except MarkupError as error:
        raise MarkupError(error.message, error.offset, f"{name}:{chunk.line_at(error.offset)}") from error
    return Block(kind, piece, label, chunk.lines[0][0])


def _check_lines(chunk: _Chunk) -> None:
    """Refuse a heading or page break that is glued to another block: it would vanish into it."""
    for _, start in chunk.lines[1:]:
        if chunk.text.startswith(("# ", "## ", "#! ", _PAGE_BREAK), start):
            raise MarkupError("a heading or page break needs a blank line before it", start)
    if chunk.text.startswith(_PAGE_BREAK) and chunk.text != _PAGE_BREAK:
        raise MarkupError("a page break stands alone", 0)
    if chunk.text.startswith("#") and not chunk.text.startswith(tuple(_HEADINGS)):
        raise MarkupError("a heading begins with '# ', '## ' or '#! '", 0)


def _opening(text: str) -> tuple[BlockKind, str, int]:
    """Tell the kind of a block, the label before it, and where its own text begins."""
    if text == _PAGE_BREAK:
        return BlockKind.PAGE_BREAK, "", len(text)
    for prefix, kind in _HEADINGS.items():
        if text.startswith(prefix):
            label, bar, _ = text.removeprefix(prefix).partition(" | ")
            if bar and SPECIAL.search(label):
                raise MarkupError("no marks or damage before the ' | ' of a heading", len(prefix))
            return (kind, label, len(prefix + label + bar)) if bar else (kind, "", len(prefix))
    if item := _ITEM.match(text):
        return BlockKind.ITEM, item["label"], item.end()
    return BlockKind.PARAGRAPH, "", 0


def _shifted(text: str, at: int) -> Piece:
    try:
        return parse_piece(text[at:])
    except MarkupError as error:
        raise MarkupError(error.message, error.offset + at) from error


def _check_heading(kind: BlockKind, piece: Piece) -> None:
    if kind is BlockKind.CHAPTER:
        _check_unmarked(piece, "a heading that gives no record")
    for mark in piece.marks:
        if mark.kind == "date" or mark.kind in FIGURES:
            message = f"dates and figures are not taken from a heading: {piece.words(mark)!r}"
            raise MarkupError(message, 0)


def _check_unmarked(piece: Piece, what: str) -> None:
    if piece.marks:
        message = f"{what} holds a mark: {piece.words(piece.marks[0])!r}"
        raise MarkupError(message, 0)
