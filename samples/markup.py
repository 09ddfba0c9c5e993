"""Read a whole `*.annex.md` file; its pieces of marked-up text can be read one by one as well."""

from pathlib import Path

from samples.attributes import FIGURES
from samples.blocks import AnnexSource, AnyBlock, Block, BlockKind, TableKind
from samples.chunks import ITEM, Chunk, Fence, chunks_of
from samples.fields import read_fields
from samples.head import read_head
from samples.pieces import SPECIAL, Damage, Mark, MarkupError, Piece, PieceReader, Span, parse_piece
from samples.tables import read_table

__all__ = [
    "AnnexSource",
    "AnyBlock",
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


_HEADINGS = {"# ": BlockKind.PROJECT, "## ": BlockKind.SUBHEADING, "#! ": BlockKind.CHAPTER}
_PAGE_BREAK = "<<<"
_HEAD_FENCE = "---"
_FIELDS = "fields"


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
    fences = [index for index, line in enumerate(lines) if line.rstrip() == _HEAD_FENCE]
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
    reader = PieceReader()
    blocks = tuple(_read(chunk, reader, name) for chunk in chunks_of(lines, body, name))
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


def _read(chunk: Chunk | Fence, reader: PieceReader, name: str) -> AnyBlock:
    if isinstance(chunk, Chunk):
        return _read_block(chunk, reader, name)
    if chunk.kind == _FIELDS:
        return read_fields(chunk, reader, name)
    if chunk.kind in set(TableKind):
        return read_table(chunk, reader, name)
    message = f"unknown kind of ::: block {chunk.kind!r}; known are {', '.join([*TableKind, _FIELDS])}"
    raise MarkupError(message, where=f"{name}:{chunk.line}")


def _read_block(chunk: Chunk, reader: PieceReader, name: str) -> Block:
    try:
        _check_lines(chunk)
        kind, label, at = _opening(chunk.text)
        piece = reader.read(chunk.text, at)
        if kind in {BlockKind.PROJECT, BlockKind.SUBHEADING, BlockKind.CHAPTER}:
            _check_heading(kind, piece)
    except MarkupError as error:
        raise MarkupError(error.message, error.offset, f"{name}:{chunk.line_at(error.offset)}") from error
    return Block(kind, piece, label, chunk.line)


def _check_lines(chunk: Chunk) -> None:
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
    if item := ITEM.match(text):
        return BlockKind.ITEM, item["label"], item.end()
    return BlockKind.PARAGRAPH, "", 0


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
