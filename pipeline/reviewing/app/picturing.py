"""The pages of the sources under review as pictures: which there are, how large they are, and what they look like."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from threading import Lock

from pipeline.errors import AnnexError, ErrorCode
from pipeline.messages import N_, _
from pipeline.reading import picture
from pipeline.records.models import ProjectRecord
from pipeline.reviewing.session import Session

WIDTH = 1200
"""Pixels across: twice what a page is given on the screen, so that small print can be read on any."""
_KEPT = 16
"""Pictures that are kept; a page of a scan takes some three megabytes."""
_WITHOUT = N_("Start annex review with --sources and the folder of {file} to see its pages here.")
_MISSING = N_("{file}, as it was when it was read, is not in the folder of --sources: only its text is shown.")
_DAMAGED = N_("{file} is damaged: not all of its pages can be shown.")
_NOTES: Mapping[ErrorCode, str] = {
    "not_found": _MISSING,
    "unreadable": _MISSING,
    "encrypted": N_("{file} is protected by a password: only its text is shown."),
    "limit_exceeded": N_("{file} takes too much time or memory to draw: only its text is shown."),
    "internal_error": N_("Pages cannot be drawn on this machine: only the text of {file} is shown."),
}

_Key = tuple[str, str]
"""The sha256 of a source, and its name."""
_Sizes = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that can be shown: its address, and its size in points."""

    page: int
    url: str
    width: float
    height: float


class Pictures:
    """Pictures of the pages that the records of a review stand on, and of no others.

    One page is drawn at a time. A page that could not be drawn, or took too long, is not tried again.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._finding, self._drawing = Lock(), Lock()
        self._sources: list[_Key] = []
        self._sizes: dict[str, _Sizes | ErrorCode] = {}
        self._drawn: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()
        self._undrawn: set[tuple[str, int]] = set()

    def of(self, record: ProjectRecord) -> tuple[list[Sheet], str]:
        """Return the pages of a record that can be shown, and in words why others cannot."""
        source = record.annex.source
        if not record.pages or source.media_type != "application/pdf":
            return [], ""
        if self._session.sources is None:
            return [], _(_WITHOUT).format(file=source.file)
        key = (source.sha256, source.file)
        self._pages()
        path = self._found(key)
        sizes = self._sizes_of(source.sha256, path) if path is not None else "not_found"
        if isinstance(sizes, str):
            return [], _(_NOTES.get(sizes, _DAMAGED)).format(file=source.file)
        number = self._sources.index(key) if key in self._sources else -1
        sheets = [
            Sheet(page, f"/picture/{number}/{page}.png", *sizes[page - 1])
            for page in record.pages
            if number >= 0 and page <= len(sizes) and all(sizes[page - 1])
        ]
        return sheets, "" if len(sheets) == len(record.pages) else _(_DAMAGED).format(file=source.file)

    def png(self, source: int, page: int) -> bytes | None:
        """Return the picture of a page as PNG; None where there is none.

        Parameters
        ----------
        source
            Its number, as in the addresses that `of` gives.
        page
            From 1; one that a record of the review stands on.
        """
        pages = self._pages()
        if source >= len(self._sources):
            return None
        key = self._sources[source]
        path = self._found(key) if page in pages.get(key, ()) else None
        if path is None or isinstance(self._sizes_of(key[0], path), str):
            return None
        return self._picture(path, key[0], page)

    def _pages(self) -> Mapping[_Key, set[int]]:
        """Return the sources of all records with the pages that these stand on; each source keeps its number."""
        found: dict[_Key, set[int]] = {}
        annexes = list(self._session.annexes)
        news = (one.new.values() for one in annexes)
        for record in chain(*news, *(one.old.values() for one in annexes)):
            found.setdefault((record.annex.source.sha256, record.annex.source.file), set()).update(record.pages)
        with self._finding:
            self._sources += [key for key in found if key not in self._sources]
        return found

    def _found(self, key: _Key) -> Path | None:
        sources = self._session.sources
        with self._finding:
            return sources.find(*key) if sources is not None else None

    def _sizes_of(self, sha256: str, path: Path) -> _Sizes | ErrorCode:
        with self._drawing:
            if sha256 not in self._sizes:
                try:
                    self._sizes[sha256] = picture.page_sizes(path, sha256=sha256)
                except AnnexError as error:
                    if error.code in {"not_found", "unreadable"}:  # it may come back
                        return error.code
                    self._sizes[sha256] = error.code
                except (RuntimeError, OSError):  # no process can be started, or a fault of ours in it
                    self._sizes[sha256] = "internal_error"
            return self._sizes[sha256]

    def _picture(self, path: Path, sha256: str, page: int) -> bytes | None:
        key = (sha256, page, WIDTH)
        with self._drawing:
            if (sha256, page) in self._undrawn:
                return None
            if key not in self._drawn:
                try:
                    self._drawn[key] = picture.page_picture(path, page, WIDTH, sha256=sha256)
                except AnnexError as error:
                    if error.code not in {"not_found", "unreadable"}:
                        self._undrawn.add((sha256, page))
                    return None
                except (RuntimeError, OSError):
                    self._undrawn.add((sha256, page))
                    return None
                if len(self._drawn) > _KEPT:
                    self._drawn.popitem(last=False)
            self._drawn.move_to_end(key)
            return self._drawn[key]
