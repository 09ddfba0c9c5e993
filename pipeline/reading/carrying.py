"""Carry a Document from one process to another as data: a hijacked parser can send nonsense, but nothing that runs.

A page goes as one block: JSON for its lines, and raw columns of numbers for its glyphs. What is made of a block is
checked value by value against the types of `pipeline.document`, so that a field which is added there is carried too.
"""

from __future__ import annotations

import json
import math
import struct
import types
from array import array
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pipeline.document import AlignedText, Document, GlyphColumns, Glyphs, Mark, Page, Repair

_T = TypeVar("_T")
_LENGTH = struct.Struct("<Q")
_NOWHERE = -1


class GarbledError(Exception):
    """A block holds something else than a part of a document."""


class Sender:
    """Turns the pages of one document into blocks; each page comes with glyphs of its own, which are not kept."""

    def __init__(self) -> None:
        self._glyphs = 0
        self._lines = 0

    def page(self, page: Page, glyphs: Glyphs | None) -> bytes:
        """Return the block of a page."""
        origins = _Origins()
        head = _json(_codec(Page).pack(page, origins))
        columns = (glyphs or Glyphs()).columns()
        base, lines = self._glyphs, self._lines
        self._glyphs += len(columns.line)
        self._lines += len(columns.line_pages)
        moved = array("i", [o + base if o != _NOWHERE else o for o in origins.all])
        line = array("I", [number + lines for number in columns.line])
        return _joined([head, moved, *columns._replace(line=line)])

    def end(self, document: Document) -> bytes:
        """Return the last block: the document without its pages."""
        origins = _Origins()
        head = _json(_codec(Document).pack(replace(document, pages=(), glyphs=None), origins))
        return _joined([head, origins.all])


class Receiver:
    """Makes a document of the blocks of a `Sender`."""

    def __init__(self) -> None:
        self._glyphs = Glyphs()
        self._pages: list[Page] = []

    def page(self, block: bytes) -> Page:
        """Take the block of a page, and return the page.

        Raises
        ------
        GarbledError
        """
        head, origins, *columns = _parted(block, "iIIffff")
        try:
            self._glyphs.extend(GlyphColumns(*columns))
        except ValueError as error:
            raise GarbledError(str(error)) from None
        page = self._value(Page, head, origins)
        self._pages.append(page)
        return page

    def end(self, block: bytes) -> Document:
        """Take the last block and return the document.

        Raises
        ------
        GarbledError
        """
        head, origins = _parted(block, "i")
        document = self._value(Document, head, origins)
        return replace(document, pages=tuple(self._pages), glyphs=self._glyphs if document.paged else None)

    def _value(self, kind: type[_T], head: bytes, origins: array[int]) -> _T:
        if len(origins) and not (min(origins) >= _NOWHERE and max(origins) < len(self._glyphs)):
            raise GarbledError("a letter points at no glyph")
        source = _Origins(origins, self._glyphs)
        value: _T = _codec(kind).unpack(_parsed(head), source)
        if source.taken != len(origins):
            raise GarbledError("origins are left over")
        return value


def gathered(parts: Sequence[tuple[Page, Glyphs | None]], document: Document) -> Document:
    """Return a document of pages that each have glyphs of their own."""
    sender, receiver = Sender(), Receiver()
    for page, glyphs in parts:
        receiver.page(sender.page(page, glyphs))
    return receiver.end(sender.end(document))


def as_json(value: object) -> bytes:
    """Return a dataclass of plain values, such as settings, as JSON."""
    return _json(_codec(type(value)).pack(value, _Origins()))


def from_json(kind: type[_T], content: bytes) -> _T:
    """Return what `as_json` gave for a value of `kind`.

    Raises
    ------
    GarbledError
    """
    value: _T = _codec(kind).unpack(_parsed(content), _Origins())
    return value


class _Origins:
    """The origins of all texts of a block, one after the other, and the glyphs that they point at."""

    def __init__(self, origins: array[int] | None = None, glyphs: Glyphs | None = None) -> None:
        self.all = array("i") if origins is None else origins
        self.glyphs = glyphs
        self.taken = 0

    def take(self, count: int) -> array[int]:
        taken = self.all[self.taken : self.taken + count]
        if len(taken) != count:
            raise GarbledError("origins are missing")
        self.taken += count
        return taken


_Pack = Callable[[Any, _Origins], object]
_Unpack = Callable[[Any, _Origins], Any]


class _Codec:
    """How values of one type become JSON and back."""

    __slots__ = ("pack", "unpack")

    def __init__(self, pack: _Pack, unpack: _Unpack) -> None:
        self.pack = pack
        self.unpack = unpack


def _codec(kind: Any) -> _Codec:  # noqa: ANN401  # any annotation
    """Return the codec of a type annotation, which is made once."""
    if kind not in _CODECS:
        _CODECS[kind] = _made_codec(kind)
    return _CODECS[kind]


def _made_codec(kind: Any) -> _Codec:  # noqa: ANN401
    """Return a new codec.

    Raises
    ------
    TypeError
        For a type that nothing here can carry.
    """
    origin, args = get_origin(kind), get_args(kind)
    if kind is AlignedText:
        return _Codec(_pack_text, _unpack_text)
    if kind is Glyphs:
        return _Codec(lambda _v, _o: None, _refused)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_codec(kind)
    if origin is Literal:
        return _Codec(_as_it_is, _one_of(frozenset(args)))
    if origin in {Union, types.UnionType} and len(args) == 2 and type(None) in args:
        return _optional_codec(_codec(next(a for a in args if a is not type(None))))
    if origin is tuple:
        return _tuple_codec(args)
    raise TypeError(f"{kind} cannot be carried")


def _dataclass_codec(kind: Any) -> _Codec:  # noqa: ANN401
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    codecs = [_codec(hints[name]) for name in names]
    packs = [(name, codec.pack) for name, codec in zip(names, codecs, strict=True)]
    unpacks = [codec.unpack for codec in codecs]

    def pack(value: object, origins: _Origins) -> object:
        return [one(getattr(value, name), origins) for name, one in packs]

    def unpack(raw: object, origins: _Origins) -> object:
        if type(raw) is not list or len(raw) != len(unpacks):
            raise GarbledError(f"no {kind.__name__}")
        return kind(*[one(part, origins) for one, part in zip(unpacks, raw, strict=True)])

    return _Codec(pack, unpack)


def _optional_codec(codec: _Codec) -> _Codec:
    return _Codec(
        lambda value, origins: None if value is None else codec.pack(value, origins),
        lambda raw, origins: None if raw is None else codec.unpack(raw, origins),
    )


def _tuple_codec(args: tuple[Any, ...]) -> _Codec:
    if len(args) == 2 and args[1] is Ellipsis:
        each = _codec(args[0])
        return _Codec(
            lambda value, origins: [each.pack(one, origins) for one in value],
            lambda raw, origins: tuple([each.unpack(one, origins) for one in _list(raw)]),
        )
    codecs = [_codec(one) for one in args]

    def unpack(raw: object, origins: _Origins) -> object:
        if len(_list(raw)) != len(codecs):
            raise GarbledError("a tuple of another length")
        return tuple([codec.unpack(one, origins) for codec, one in zip(codecs, _list(raw), strict=True)])

    return _Codec(
        lambda value, origins: [codec.pack(one, origins) for codec, one in zip(codecs, value, strict=True)], unpack
    )


def _pack_text(text: AlignedText, origins: _Origins) -> object:
    origins.all.extend(text.origins)
    repairs = [[r.start, r.end, r.raw, r.rule] for r in text.repairs]
    marks = [[m.start, m.end, m.note] for m in text.marks]
    return [text.text, text.glyphs is not None, repairs, marks]


def _unpack_text(raw: object, origins: _Origins) -> AlignedText:
    if type(raw) is not list or len(raw) != 4 or type(raw[1]) is not bool:
        raise GarbledError("no text")
    text = _str(raw[0], origins)
    repairs: tuple[Repair, ...] = _codec(tuple[Repair, ...]).unpack(raw[2], origins) if raw[2] else ()
    marks: tuple[Mark, ...] = _codec(tuple[Mark, ...]).unpack(raw[3], origins) if raw[3] else ()
    spans = [(one.start, one.end) for one in repairs] + [(one.start, one.end) for one in marks]
    if any(not 0 <= start <= end <= len(text) for start, end in spans):
        raise GarbledError("a repair or a mark lies outside its text")
    return AlignedText(text, origins.take(len(text)), origins.glyphs if raw[1] else None, repairs, marks)


def _as_it_is(value: object, _origins: _Origins) -> object:
    return value


def _refused(raw: object, _origins: _Origins) -> object:
    raise GarbledError(f"{type(raw).__name__} where nothing may be")


def _list(raw: object) -> list[Any]:
    if type(raw) is not list:
        raise GarbledError("no list")
    return raw


def _one_of(values: frozenset[object]) -> _Unpack:
    def unpack(raw: object, _origins: _Origins) -> object:
        if type(raw) is not str or raw not in values:
            raise GarbledError("none of the values that may be")
        return raw

    return unpack


def _str(raw: object, _origins: _Origins) -> str:
    if type(raw) is not str:
        raise GarbledError("no text")
    if not raw.isascii():
        try:
            raw.encode()
        except UnicodeEncodeError:
            raise GarbledError("half a letter") from None
    return raw


def _bool(raw: object, _origins: _Origins) -> bool:
    if type(raw) is not bool:
        raise GarbledError("no truth value")
    return raw


def _int(raw: object, _origins: _Origins) -> int:
    if type(raw) is not int:
        raise GarbledError("no whole number")
    return raw


def _float(raw: object, _origins: _Origins) -> float:
    if type(raw) is not float and type(raw) is not int:
        raise GarbledError("no number")
    try:
        value = float(raw)
    except OverflowError:
        raise GarbledError("too large a number") from None
    if not math.isfinite(value):
        raise GarbledError("no finite number")
    return value


_CODECS: dict[Any, _Codec] = {
    str: _Codec(_as_it_is, _str),
    bool: _Codec(_as_it_is, _bool),
    int: _Codec(_as_it_is, _int),
    float: _Codec(_as_it_is, _float),
    Path: _Codec(lambda value, _o: str(value), lambda raw, origins: Path(_str(raw, origins))),
}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _parsed(content: bytes) -> Any:  # noqa: ANN401
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise GarbledError(str(error)) from None


def _joined(parts: Sequence[bytes | array[Any]]) -> bytes:
    joined = []
    for part in parts:
        content = part if isinstance(part, bytes) else part.tobytes()
        joined += [_LENGTH.pack(len(content)), content]
    return b"".join(joined)


def _parted(block: bytes, columns: str) -> list[Any]:
    """Return the JSON of a block and its columns, which are arrays of these types."""
    parts: list[Any] = []
    at = 0
    for code in ("", *columns):
        if at + _LENGTH.size > len(block):
            raise GarbledError("a block is cut off")
        [length] = _LENGTH.unpack_from(block, at)
        at += _LENGTH.size
        content = block[at : at + length]
        at += length
        if len(content) != length:
            raise GarbledError("a block is cut off")
        if not code:
            parts.append(content)
            continue
        column: array[Any] = array(code)
        if length % column.itemsize:
            raise GarbledError("half a number")
        column.frombytes(content)
        parts.append(column)
    if at != len(block):
        raise GarbledError("a block is too long")
    return parts
