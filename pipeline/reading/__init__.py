"""Read a file into a Document: find out what it is by its content, then hand it to the reader of its format."""

import hashlib
import stat
from pathlib import Path

from pipeline.document import Document
from pipeline.errors import AnnexError
from pipeline.reading import docx, pdf, text
from pipeline.settings import ReadingSettings

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


def read(path: Path, settings: ReadingSettings | None = None) -> Document:
    """Read one file.

    Raises
    ------
    AnnexError
        With `not_found`, `unreadable`, `empty_file`, `unsupported_type`, `limit_exceeded`, and what the reader of the
        format raises.
    """
    settings = settings or ReadingSettings()
    content = _content(path, settings.limits.bytes)
    digest = hashlib.sha256(content).hexdigest()
    name = path.name.encode("utf-8", "replace").decode()  # a name of other bytes cannot stand in a record
    if b"%PDF-" in content[:1024]:
        return pdf.read_pdf(content, file=name, sha256=digest, settings=settings)
    if docx.is_word(content):
        return docx.read_docx(content, file=name, sha256=digest, settings=settings)
    if content.startswith(_OLD_OFFICE) and _ENCRYPTED in content:  # [MS-OFFCRYPTO], 2.3.4
        raise AnnexError("encrypted", "the Word file is protected by a password; save it without one and give that")
    for magic, kind in _KNOWN_OTHERS:
        if content.startswith(magic) and not (magic == b"BM" and content.isascii()):
            raise AnnexError(
                "unsupported_type",
                "this is {name}; give the annex as a PDF, a Word file (.docx) or a text file",
                name=kind,
            )
    return text.read_text(content, file=name, sha256=digest, settings=settings)


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
