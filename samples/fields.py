"""Read a `::: fields` fence: a key-value block, `Label := value` a field."""

from samples.blocks import Block, BlockKind, Field, Fields, Use
from samples.chunks import FIELD, ITEM, Chunk, Fence
from samples.pieces import MarkupError, PieceReader
from samples.tables import check_title


def read_fields(fence: Fence, reader: PieceReader, name: str) -> Fields:
    """Read the key-value block that stands in a fence.

    Parameters
    ----------
    fence : Fence
        Its chunks: one begins each field, the others are further paragraphs or list items of its value.
    reader : PieceReader
        Of this annex.
    name : str
        Name of the file, for errors.

    Raises
    ------
    MarkupError
        If anything in it cannot be read; the message names file and line.
    """
    if fence.caption or not fence.chunks:
        raise MarkupError("'::: fields' has no caption and at least one field", where=f"{name}:{fence.line}")
    gathered: list[Field] = []
    for chunk in fence.chunks:
        try:
            _read(chunk, gathered, reader)
        except MarkupError as error:
            raise MarkupError(error.message, error.offset, f"{name}:{chunk.line_at(error.offset)}") from error
    return Fields(tuple(gathered), fence.line)


def _read(chunk: Chunk, gathered: list[Field], reader: PieceReader) -> None:
    match = FIELD.match(chunk.text)
    if match is None:
        if not gathered or gathered[-1].use is not Use.OTHER:
            raise MarkupError("a field is written 'Label := value'", 0)
        last = gathered.pop()
        item = ITEM.match(chunk.text)
        at = item.end() if item else 0
        kind = BlockKind.ITEM if item else BlockKind.PARAGRAPH
        value = Block(kind, reader.read(chunk.text, at), item["label"] if item else "", chunk.line)
        gathered.append(Field(last.label, (*last.values, value), last.use, last.line))
        return
    use = _use(match["use"], match.start("use"))
    if use is not Use.OTHER and any(one.use is use for one in gathered):
        message = f"a second field <{use}> in one block"
        raise MarkupError(message, 0)
    piece = reader.read(chunk.text, match.end())
    values = (Block(BlockKind.PARAGRAPH, piece, "", chunk.line),) if piece.printed else ()
    if use is Use.TITLE:
        check_title([value.piece for value in values])
    if use is Use.NUMBER and piece.marks:
        raise MarkupError("a number holds no mark", match.end())
    gathered.append(Field(match["label"], values, use, chunk.line))


def _use(written: str | None, at: int) -> Use:
    if written is None:
        return Use.OTHER
    if written not in {Use.TITLE, Use.NUMBER}:
        message = f"{written!r} is no use of a field: title or number"
        raise MarkupError(message, at)
    return Use(written)
