"""A document comes out of its blocks as it went in, and blocks that are spoilt are refused, never believed."""

import dataclasses
import math
from array import array

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.document import (
    AlignedText,
    Box,
    Cell,
    Document,
    Footnote,
    Glyphs,
    Line,
    Mark,
    Page,
    ReadingWarning,
    Removed,
    Repair,
)
from pipeline.reading.carrying import GarbledError, Receiver, Sender, as_json, from_json, gathered
from pipeline.settings import Limits, ReadingSettings

LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.floats(-1e6, 1e6, width=32)
BOXES: st.SearchStrategy[Box] = st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS)


@st.composite
def texts(draw: st.DrawFn, glyphs: Glyphs | None, page: int) -> AlignedText:
    text = draw(LETTERS)
    places = st.integers(0, len(text))
    spans = [sorted((draw(places), draw(places))) for _ in range(draw(st.integers(0, 2)))]
    marks = tuple(Mark(start, end, draw(st.none() | st.integers(0, 9))) for start, end in spans)
    repairs = (Repair(0, len(text), draw(LETTERS), "glyph"),) if draw(st.booleans()) else ()
    if glyphs is None:
        return AlignedText(text, repairs=repairs, marks=marks)
    line = glyphs.new_line(page)
    origins = [glyphs.add(line, draw(BOXES)) if draw(st.booleans()) else -1 for _ in text]
    return AlignedText(text, array("i", origins), glyphs, repairs, marks)


@st.composite
def lines(draw: st.DrawFn, glyphs: Glyphs | None, page: int) -> Line:
    cell = st.builds(Cell, *[st.integers(0, 99)] * 5)
    return Line(
        draw(texts(glyphs, page)),
        page,
        draw(BOXES),
        draw(NUMBERS),
        bold=draw(st.booleans()),
        italic=draw(st.booleans()),
        colour=draw(st.integers(0, 0xFFFFFF)),
        blank_before=draw(st.integers(0, 9)),
        cell=draw(st.none() | cell),
        outline=draw(st.none() | st.integers(0, 9)),
    )


@st.composite
def parts(draw: st.DrawFn) -> tuple[list[tuple[Page, Glyphs | None]], Document]:
    paged = draw(st.booleans())
    pages: list[tuple[Page, Glyphs | None]] = []
    for number in range(1, draw(st.integers(1, 4))):
        glyphs = Glyphs() if paged else None
        some = st.lists(lines(glyphs, number), max_size=3).map(tuple)
        removed = tuple(Removed(line, "footnote") for line in draw(some))
        page = Page(number, draw(NUMBERS), draw(NUMBERS), draw(some), removed, "ocr", is_poor=draw(st.booleans()))
        pages.append((page, glyphs))
    notes = tuple(Footnote(draw(LETTERS), draw(texts(None, 1)), 1) for _ in range(draw(st.integers(0, 2))))
    warnings = (ReadingWarning("limits_near", draw(LETTERS)),)
    document = Document(
        draw(LETTERS), "0" * 64, "application/pdf", "mixed", (), len(pages), paged, footnotes=notes, warnings=warnings
    )
    return pages, document


def _printed(page: Page) -> list[Line]:
    return [*page.lines, *(removed.line for removed in page.removed)]


@given(parts())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_what_is_carried_is_what_was_sent(sent: tuple[list[tuple[Page, Glyphs | None]], Document]) -> None:
    pages, document = sent
    got = gathered(pages, document)
    assert got.footnotes == document.footnotes
    assert dataclasses.replace(got, pages=(), footnotes=()) == dataclasses.replace(document, footnotes=())
    assert len(got.pages) == len(pages)
    for (page, _), other in zip(pages, got.pages, strict=True):
        for line, its in zip(_printed(page), _printed(other), strict=True):
            assert dataclasses.replace(its, text=line.text) == line
            assert (its.text.text, its.text.repairs, its.text.marks) == (
                line.text.text,
                line.text.repairs,
                line.text.marks,
            )
            assert its.text.boxes(0, len(its.text)) == line.text.boxes(0, len(line.text))
        assert dataclasses.replace(other, lines=(), removed=()) == dataclasses.replace(page, lines=(), removed=())


def _block() -> tuple[bytes, bytes]:
    glyphs = Glyphs()
    line = glyphs.new_line(1)
    origins = [glyphs.add(line, (1.0, 2.0, 3.0, 4.0)) for _ in "één"]
    text = AlignedText.of_glyphs("één", origins, glyphs)
    page = Page(1, 595.0, 842.0, (Line(text, 1, (1.0, 2.0, 3.0, 4.0), 11.0),))
    document = Document("a.pdf", "0" * 64, "application/pdf", "embedded", (), 1, paged=True)
    sender = Sender()
    return sender.page(page, glyphs), sender.end(document)


@given(st.integers(0, len(_block()[0]) - 1), st.integers(0, 255))
def test_a_spoilt_byte_is_refused_or_gives_another_true_page(at: int, byte: int) -> None:
    block, end = _block()
    receiver = Receiver()
    try:
        receiver.page(block[:at] + bytes([byte]) + block[at + 1 :])
        document = receiver.end(end)
    except GarbledError:
        return
    for line in document.lines():
        for _, box in line.text.boxes(0, len(line.text)):
            assert all(map(math.isfinite, box))
        assert line.text.text.encode()


@given(st.binary(max_size=200))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(GarbledError):
        Receiver().page(noise)
    with pytest.raises(GarbledError):
        Receiver().end(noise)


@pytest.mark.parametrize("cut", range(0, len(_block()[0]), 7))
def test_a_block_that_is_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(GarbledError):
        Receiver().page(_block()[0][:cut])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("595.0", "1e999"),
        ("595.0", "NaN"),
        ("595.0", "true"),
        ("één", "\\ud800én"),
        ("één", "twee"),
        ('"embedded"', '"other"'),
        ("false", "0"),
    ],
)
def test_a_value_of_another_kind_is_refused(old: str, new: str) -> None:
    block, _ = _block()
    [length] = [int.from_bytes(block[:8], "little")]
    head = block[8 : 8 + length].decode()
    assert old in head
    spoilt = head.replace(old, new, 1).encode()
    with pytest.raises(GarbledError):
        Receiver().page(len(spoilt).to_bytes(8, "little") + spoilt + block[8 + length :])


def test_settings_travel() -> None:
    sent = ReadingSettings(password="geheim", pages=(3, 9), limits=Limits(pages=7))  # noqa: S106
    assert from_json(ReadingSettings, as_json(sent)) == sent
