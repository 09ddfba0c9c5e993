"""Open a file and find out what it is, by its content alone."""

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.errors import AnnexError
from pipeline.reading.docx import is_word
from pipeline.settings import Limits

Kind = Literal["pdf", "docx", "text"]

SUFFIXES = frozenset({".pdf", ".txt", ".text", ".docx"})
"""What a folder is searched for; a file that is named itself is judged by its content alone."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KNOWN_OTHERS = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"BM", "a BMP picture"),
    (b"PK\x03\x04", "an Excel, OpenDocument or zip file"),
    (_OLD_OFFICE, "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """One file as it lies there."""

    content: bytes
    kind: Kind
    name: str
    """Without folders."""
    sha256: str


def opened(path: Path, limits: Limits) -> Opened:
    """Return the content of a file and what it is.

    Raises
    ------
    AnnexError
        With `not_found`, `unreadable`, `empty_file`, `unsupported_type`, `encrypted`, `limit_exceeded`.
    """
    content = _content(path, limits.bytes)
    name = path.name.encode("utf-8", "replace").decode()  # a name of other bytes cannot stand in a record
    return Opened(content, _kind(content), name, hashlib.sha256(content).hexdigest())


def _kind(content: bytes) -> Kind:
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if is_word(content):
        return "docx"
    if content.startswith(_OLD_OFFICE) and _ENCRYPTED in content:  # [MS-OFFCRYPTO], 2.3.4
        raise AnnexError("encrypted", "the Word file is protected by a password; save it without one and give that")
    for magic, kind in _KNOWN_OTHERS:
        if content.startswith(magic) and not (magic == b"BM" and content.isascii()):
            raise AnnexError(
                "unsupported_type",
                "this is {name}; give the annex as a PDF, a Word file (.docx) or a text file",
                name=kind,
            )
    return "text"


def _content(path: Path, limit: int) -> bytes:
    try:
        status = path.stat()
        size = status.st_size
        if stat.S_ISDIR(status.st_mode):
            raise AnnexError("unsupported_type", "this is a folder; give the files in it, or the folder to the command")
        if not stat.S_ISREG(status.st_mode):
            raise AnnexError(
                "unsupported_type", "this is no file; give the annex as a PDF, a Word file (.docx) or a text file"
            )
        if size > limit:
            raise AnnexError(
                "limit_exceeded",
                "the file is {size} MB, more than the limit of {limit} MB",
                size=size // 2**20,
                limit=limit // 2**20,
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise AnnexError("not_found", "there is no such file; check the name and the folder") from None
    except OSError as error:
        raise AnnexError(
            "unreadable", "the file cannot be read ({reason}); check its permissions", reason=error.strerror or error
        ) from None
    if not content.strip():
        raise AnnexError("empty_file", "the file is empty; ask for it to be sent again")
    return content
