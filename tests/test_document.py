"""AlignedText holds offsets, repairs and boxes true through every edit."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import AlignedText, Edit, Glyphs, Mark, RepairRule

LETTERS = st.text(alphabet="abcdé ﬁ-𝔸", min_size=1, max_size=40)


def printed(text: str, page: int = 1, top: float = 100.0) -> AlignedText:
    """Return one printed line in which code point i stands from x = 10 i to 10 i + 10."""
    glyphs = Glyphs()
    return on_line(glyphs, text, page, top)


def on_line(glyphs: Glyphs, text: str, page: int, top: float) -> AlignedText:
    line = glyphs.new_line(page)
    origins = [glyphs.add(line, (10.0 * i, top, 10.0 * i + 10, top + 12)) for i in range(len(text))]
    return AlignedText.of_glyphs(text, origins, glyphs)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, AlignedText]:
    """Return a source text and what edits with a rule made of it."""
    source = draw(LETTERS)
    text = printed(source)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, min(len(text), start + 4)))
        new = draw(st.text(alphabet="xyzë", min_size=1, max_size=4))
        try:
            text = text.replace(start, end, new, "glyph")
        except ValueError:
            continue  # it would have cut an earlier repair in two
    return source, text


@given(edited())
def test_repairs_applied_backwards_give_the_source(pair: tuple[str, AlignedText]) -> None:
    source, text = pair
    assert text.raw() == source
    undone = text.text
    for repair in reversed(text.repairs):
        undone = undone[: repair.start] + repair.raw + undone[repair.end :]
    assert undone == source


@given(edited(), st.data())
def test_a_slice_has_the_text_repairs_and_boxes_of_its_place(
    pair: tuple[str, AlignedText], data: st.DataObject
) -> None:
    _, text = pair
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    part = text.slice(start, end)
    assert part.text == text.text[start:end]
    assert part.boxes(0, len(part)) == text.boxes(start, end)
    whole = [r for r in text.repairs if start <= r.start and r.end <= end]
    assert [(r.start + start, r.end + start, r.raw) for r in part.repairs if r.end < len(part) or r.end + start <= end][
        : len(whole)
    ] == [(r.start, r.end, r.raw) for r in whole]


@given(st.lists(edited(), min_size=1, max_size=4), st.sampled_from([" ", "\n\n", ""]))
def test_joining_keeps_every_part(pairs: list[tuple[str, AlignedText]], separator: str) -> None:
    parts = [AlignedText(text.text, repairs=text.repairs) for _, text in pairs]
    joined = AlignedText.join(separator, parts)
    assert joined.text == separator.join(p.text for p in parts)
    assert joined.raw() == separator.join(source for source, _ in pairs)
    for repair in joined.repairs:
        assert 0 <= repair.start < repair.end <= len(joined)


@st.composite
def changes(draw: st.DrawFn, length: int) -> list[Edit]:
    """Return edits from left to right, none over another."""
    places = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    edits = []
    rules: list[RepairRule | None] = ["glyph", "space", None]
    for start, end in zip(places[::2], places[1::2], strict=False):
        rule = draw(st.sampled_from(rules))
        new = draw(st.text(alphabet="xyzë", min_size=rule is not None, max_size=4))
        edits.append(Edit(start, end, new, rule))
    return edits


@given(edited(), st.data())
def test_many_edits_at_once_are_the_same_as_one_by_one(pair: tuple[str, AlignedText], data: st.DataObject) -> None:
    _, text = pair
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    raised = [Mark(start, end) for start, end in zip(places[::2], places[1::2], strict=False) if start < end]
    marks = tuple(sorted([*raised, *(Mark(at, at, 3) for at in places)], key=lambda mark: (mark.start, mark.end)))
    text = AlignedText(text.text, text._origins, text.glyphs, text.repairs, marks)
    edits = data.draw(changes(len(text)))
    one_by_one, moved = text, 0
    try:
        for edit in edits:
            one_by_one = one_by_one.replace(edit.start + moved, edit.end + moved, edit.text, edit.rule)
            moved += len(edit.text) - (edit.end - edit.start)
    except ValueError:  # it would cut an earlier repair in two
        with pytest.raises(ValueError):
            text.replace_all(edits)
        return
    together = text.replace_all(edits)
    assert (together.text, together.repairs, together.marks) == (one_by_one.text, one_by_one.repairs, one_by_one.marks)
    assert together.raw() == one_by_one.raw()
    for at in range(len(together)):
        assert together.boxes(at, at + 1) == one_by_one.boxes(at, at + 1)


def test_edits_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="out of order"):
        printed("abc").replace_all([Edit(1, 2, "x"), Edit(0, 1, "y")])


def test_boxes_are_one_a_line_and_know_their_page() -> None:
    glyphs = Glyphs()
    first, second = on_line(glyphs, "Stichting", 1, 780.0), on_line(glyphs, "Koers Zuid", 2, 60.0)
    joined = AlignedText.join(" ", (first, second))
    assert joined.boxes(5, 15) == [(1, (50.0, 780.0, 90.0, 792.0)), (2, (0.0, 60.0, 50.0, 72.0))]
    assert joined.pages() == [1, 2]


def test_a_dropped_hyphen_stays_inside_the_box() -> None:
    cut = printed("gemeen-")
    whole = cut.replace(5, 7, "n", "hyphen")
    assert whole.text == "gemeen"
    assert whole.raw() == "gemeen-"
    assert whole.boxes(0, 6) == [(1, (0.0, 100.0, 70.0, 112.0))]


def test_letters_that_become_more_share_the_last_glyph() -> None:
    text = printed("ofﬁce").replace(2, 3, "fi", "ligature")
    assert text.text == "office"
    assert text.boxes(2, 4) == text.boxes(2, 3) == text.boxes(3, 4)


def test_text_without_pages_has_no_boxes() -> None:
    assert AlignedText("abc").boxes(0, 3) == []
    assert AlignedText("abc").pages() == []


@pytest.mark.parametrize(("start", "end", "new"), [(-1, 2, "x"), (2, 1, "x"), (0, 9, "x"), (0, 1, "")])
def test_edits_outside_the_text_or_without_a_letter_are_refused(start: int, end: int, new: str) -> None:
    with pytest.raises(ValueError):
        AlignedText("abc").replace(start, end, new, "glyph")


def test_an_edit_may_not_cut_a_repair_in_two() -> None:
    text = AlignedText("abcdef").replace(1, 4, "xyz", "glyph")
    with pytest.raises(ValueError, match="cut"):
        text.replace(2, 5, "q", "glyph")


def test_parts_of_two_documents_cannot_be_joined() -> None:
    with pytest.raises(ValueError, match="different"):
        AlignedText.join("", (printed("a"), printed("b")))


def test_a_code_point_costs_at_most_forty_bytes() -> None:
    count = 100_000
    glyphs = Glyphs()
    text = on_line(glyphs, "e" * count, 1, 1.0)
    columns = [getattr(glyphs, name) for name in ("_line", "_x0", "_top", "_x1", "_bottom")]
    size = sum(column.buffer_info()[1] * column.itemsize for column in columns)
    size += text._origins.itemsize * len(text) + len(text.text.encode("utf-32-le"))
    assert isinstance(text._origins, array)
    assert size <= 40 * count


@given(edited(), st.data())
def test_a_footnote_keeps_its_place_when_text_is_cut_and_joined(
    pair: tuple[str, AlignedText], data: st.DataObject
) -> None:
    _, text = pair
    places = data.draw(st.lists(st.integers(0, len(text)), max_size=4))
    for number, at in enumerate(places):
        text = text.with_note(at, number)
    cut = data.draw(st.integers(1, len(text)))
    assert (text.slice(0, cut) + text.slice(cut, len(text))).marks == text.marks


@given(st.text(alphabet="ab ", min_size=1, max_size=20), st.data())
def test_a_footnote_moves_with_the_letters_before_it(source: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(source)))
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    new = data.draw(st.text(alphabet="xy", max_size=3))
    [mark] = printed(source).with_note(at, 7).replace(start, end, new).marks
    assert mark.note == 7
    if at <= start:
        assert mark.start == at
    elif at >= end:
        assert mark.start == at - (end - start) + len(new)
    else:
        assert start <= mark.start <= start + len(new)


@given(st.text(alphabet="ab ", min_size=1, max_size=20), st.data())
def test_stripping_loses_no_footnote(source: str, data: st.DataObject) -> None:
    text = printed(source).with_note(data.draw(st.integers(0, len(source))), 0).strip()
    assert [mark.note for mark in text.marks] == [0]
    assert 0 <= text.marks[0].start <= len(text)
