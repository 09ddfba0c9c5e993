"""Lay an annex out as plain text, with or without pages."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from samples.furniture import Look, full_title
from samples.markup import AnnexSource, BlockKind

_LINES_A_PAGE = 50
_FORM_FEED = "\f"
_BLANK_LINES = "\n\n\n"
_HEADINGS = frozenset({BlockKind.PROJECT, BlockKind.SUBHEADING, BlockKind.CHAPTER})


@dataclass(frozen=True)
class _Line:
    text: str
    keep_with_next: bool = False


_BREAK = _Line("\f")


def plain_text(source: AnnexSource, look: Look) -> str:
    """Lay an annex out as its head says.

    Parameters
    ----------
    source : AnnexSource
        The annex.
    look : Look
        What stands around the text of a page, if it has pages.

    Returns
    -------
    str
        The text, as printed, with a line feed at its end.
    """
    lines = list(_lines(source, look))
    if not source.head.text.pages:
        return "\n".join(line.text for line in lines if line is not _BREAK) + "\n"
    pages = list(_pages(lines))
    between = _FORM_FEED if look.form_feed else _BLANK_LINES
    return between.join(_page(source, look, number, pages) for number in range(1, len(pages) + 1))


def _lines(source: AnnexSource, look: Look) -> Iterator[_Line]:
    yield from _wrapped(full_title(source), source, look, heading=True)
    for block in source.blocks:
        if block.kind is BlockKind.PAGE_BREAK:
            yield _BREAK
            continue
        heading = block.kind in _HEADINGS
        yield _Line("")
        yield from _wrapped(block.printed, source, look, heading=heading)


def _wrapped(text: str, source: AnnexSource, look: Look, *, heading: bool) -> Iterator[_Line]:
    wrapped = textwrap.wrap(text, source.head.text.width, break_long_words=False, break_on_hyphens=look.break_hyphens)
    for line in wrapped:
        yield _Line(line, keep_with_next=heading)


def _pages(lines: list[_Line]) -> Iterator[list[str]]:
    """Cut the lines into pages; a heading never ends one, a paragraph may."""
    page: list[_Line] = []
    for line in lines:
        if line is _BREAK:
            if page:
                yield _trimmed(page)
            page = []
        elif len(page) == _LINES_A_PAGE:
            keep = len(page)
            while keep > 1 and _moves_on(page, keep - 1):
                keep -= 1
            yield _trimmed(page[:keep])
            page = [*page[keep:], line]
        elif page or line.text:
            page.append(line)
    if page:
        yield _trimmed(page)


def _moves_on(page: list[_Line], last: int) -> bool:
    """Tell whether the last line of a page is of a heading, or a blank line right after one."""
    return page[last].keep_with_next or (not page[last].text and page[last - 1].keep_with_next)


def _trimmed(page: list[_Line]) -> list[str]:
    return "\n".join(line.text for line in page).strip("\n").split("\n")


def _page(source: AnnexSource, look: Look, number: int, pages: list[list[str]]) -> str:
    width = source.head.text.width
    header = textwrap.shorten(look.header(source), width, placeholder=" …")
    footer = look.footer(source, number, len(pages))
    footer = footer.center(width).rstrip() if look.centred else footer
    # The first page has the title itself where the others have the running header.
    head = [] if number == 1 else [header, ""]
    return "\n".join([*head, *pages[number - 1], "", footer]) + "\n"
