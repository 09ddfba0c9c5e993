"""What the guarding process and the one that reads say to each other, and how it goes over a line."""

import struct
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.reading.carrying import GarbledError
from pipeline.reading.opening import Kind
from pipeline.settings import ReadingSettings


class MESSAGE:
    """Kinds of message, one byte each."""

    HELLO = b"H"
    """The reader is ready: its `Confinement`."""
    READ = b"R"
    """Read a file: a `Request`."""
    PRINT = b"I"
    """Draw a page of a file: a `PictureRequest`."""
    MEASURE = b"S"
    """Measure the pages of a file: a `SizesRequest`."""
    CONTENT = b"C"
    """The bytes of that file."""
    PAGE = b"P"
    """A page, as `carrying.Sender` gives it."""
    END = b"D"
    """The document without its pages."""
    PICTURE = b"G"
    """The picture that was asked for, as PNG."""
    SIZES = b"Z"
    """The sizes that were asked for: `PageSizes`."""
    ERROR = b"E"
    """Code, template and values of an `AnnexError`."""
    MEMORY = b"M"
    """The memory limit was passed."""
    FAULT = b"F"
    """Name and traceback of a fault of ours."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be read; the content comes in the next message."""

    kind: Kind
    name: str
    sha256: str
    settings: ReadingSettings
    only_second: bool
    """Whether the first parser of a format that has two has crashed on the file."""


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """Which page of a PDF is to be drawn; the content comes in the next message."""

    page: int
    """From 1."""
    width: int
    """In pixels, where the limits allow it."""
    settings: ReadingSettings


@dataclass(frozen=True, slots=True)
class SizesRequest:
    """That the pages of a PDF are to be measured; the content comes in the next message."""

    settings: ReadingSettings


@dataclass(frozen=True, slots=True)
class PageSizes:
    """Width and height in points of every page as shown, in order; 0 and 0 of one that has none."""

    sizes: tuple[tuple[float, float], ...]


_HEAD = struct.Struct("<cQ")


def send(line: BinaryIO, kind: bytes, content: bytes) -> None:
    """Send one message."""
    line.write(_HEAD.pack(kind, len(content)))
    line.write(content)
    line.flush()


def receive(line: BinaryIO, most: int | None = None) -> tuple[bytes, bytes]:
    """Return the kind and content of the next message.

    Parameters
    ----------
    most
        Bytes that it may have.

    Raises
    ------
    EOFError
        When the line is closed.
    GarbledError
        When the message is too long to be true.
    """
    head = line.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    kind, length = _HEAD.unpack(head)
    if most is not None and length > most:
        raise GarbledError("too long a message")
    content = line.read(length)
    if len(content) < length:
        raise EOFError
    return kind, content
