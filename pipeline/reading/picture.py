"""Pictures of the pages of a source, and their sizes: made in the process that reads, never in this one."""

import struct
from pathlib import Path

from pipeline.errors import AnnexError
from pipeline.reading.carrying import GarbledError, from_json
from pipeline.reading.guarded import look_guarded
from pipeline.reading.lines import PageSizes, PictureRequest, SizesRequest
from pipeline.reading.opening import Opened, opened
from pipeline.settings import Limits, ReadingSettings

SETTINGS = ReadingSettings(limits=Limits(seconds=10.0, memory=2 * 1024 * 1024 * 1024, pixels=6_000_000))
"""What a picture may cost: somebody waits for it."""

_PNG = b"\x89PNG\r\n\x1a\n"
_HEAD = struct.Struct(">8s4x4sII")
"""How a PNG begins (ISO/IEC 15948, 5.2 and 11.2.2): its mark, and width and height in pixels."""


def page_picture(path: Path, page: int, width: int, *, sha256: str, settings: ReadingSettings = SETTINGS) -> bytes:
    """Return a page of a PDF as shown, as PNG.

    Parameters
    ----------
    page
        From 1.
    width
        In pixels; it is less where the picture would have more pixels than its limit.
    sha256
        What the file must hold: that of the record.

    Raises
    ------
    AnnexError
        `not_found` when the page is not there, or the file is another by now; `encrypted`, `corrupt_file`,
        `limit_exceeded`; what opening a file raises.
    """

    def checked(content: bytes) -> bytes:
        if len(content) < _HEAD.size:
            raise GarbledError("no picture")
        mark, head, across, down = _HEAD.unpack_from(content)
        # A hair more than the limit where sides were rounded up.
        if (mark, head) != (_PNG, b"IHDR") or (across - 1) * (down - 1) > settings.limits.pixels:
            raise GarbledError("no picture, or too large a one")
        return content

    return look_guarded(_source(path, sha256, settings.limits), PictureRequest(page, width, settings), checked)


def page_sizes(path: Path, *, sha256: str, settings: ReadingSettings = SETTINGS) -> tuple[tuple[float, float], ...]:
    """Return width and height in points of every page of a PDF as shown; 0 and 0 of one that cannot be shown.

    Raises what `page_picture` does.
    """

    def checked(content: bytes) -> tuple[tuple[float, float], ...]:
        sizes = from_json(PageSizes, content).sizes
        if len(sizes) > settings.limits.pages:
            raise GarbledError("too many pages")
        return sizes

    return look_guarded(_source(path, sha256, settings.limits), SizesRequest(settings), checked)


def _source(path: Path, sha256: str, limits: Limits) -> Opened:
    file = opened(path, limits)
    if file.sha256 != sha256 or file.kind != "pdf":
        raise AnnexError("not_found", "there is no such file; check the name and the folder")
    return file
