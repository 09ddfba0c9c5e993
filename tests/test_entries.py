"""Lines of a cell: one that ends before its room ends an entry, one that fills it goes on."""

from pipeline.document import AlignedText, Cell, Glyphs, Line, TableCell
from pipeline.segmenting.entries import bodies_with_entries
from pipeline.segmenting.grids import paragraphs_of
from pipeline.segmenting.sections import Field, FieldKind, Section

_WIDTH = 5.0


def section(kind: FieldKind | None, *lines: str, left: float = 100.0) -> Section:
    """Return a section of one field whose value is printed in these lines."""
    glyphs = Glyphs()
    parts = [AlignedText("Partners: ")]
    for number, line in enumerate(lines):
        on = glyphs.new_line(1)
        top = 50.0 + 12 * number
        origins = [
            glyphs.add(on, (left + _WIDTH * at, top, left + _WIDTH * (at + 1), top + 10)) for at in range(len(line))
        ]
        parts += [AlignedText(" ")] * (number > 0) + [AlignedText.of_glyphs(line, origins, glyphs)]
    body = AlignedText.join("", parts)
    return Section(AlignedText("T"), body, is_doubtful=False, fields=(Field(kind, (0, 8), (10, len(body))),))


def test_a_line_with_room_for_the_next_word_ends_an_entry() -> None:
    [text] = bodies_with_entries([section("partner", "Gemeente Ede", "Isala", "Stichting Welzijn Oude", "IJssel")])
    assert text == "Partners: Gemeente Ede\nIsala\nStichting Welzijn Oude IJssel"


def test_the_room_is_that_of_the_column_in_all_rows() -> None:
    narrow, wide = section("partner", "Isala", "Firda"), section("partner", "Gemeente Haaksbergen")
    assert bodies_with_entries([narrow])[0] == "Partners: Isala Firda"
    assert bodies_with_entries([narrow, wide])[0] == "Partners: Isala\nFirda"


def test_cells_elsewhere_on_the_page_say_nothing_of_the_room() -> None:
    narrow, other = section("partner", "Isala", "Firda"), section("partner", "Gemeente Haaksbergen", left=300)
    assert bodies_with_entries([narrow, other])[0] == "Partners: Isala Firda"


def test_only_lists_have_entries() -> None:
    one = section("description", "Er is", "een", "heel lange regel")
    assert bodies_with_entries([one]) == [one.body.text]


def test_a_paragraph_of_a_cell_is_a_line_of_its_own() -> None:
    place = Cell(0, 1, 2)
    texts = [("Stichting Welzijn", 1), ("Oude IJssel", 0), ("Isala", 1)]
    lines = tuple(Line(AlignedText(t), 1, (0.0, 0.0, 9.0, 0.0), blank_before=b, cell=place) for t, b in texts)
    assert paragraphs_of(TableCell(place, lines)).text == "Stichting Welzijn Oude IJssel\nIsala"


def test_text_without_boxes_stays_as_it_is() -> None:
    body = AlignedText("Partners: Isala Firda")
    one = Section(AlignedText("T"), body, is_doubtful=False, fields=(Field("partner", (0, 8), (10, len(body))),))
    assert bodies_with_entries([one]) == [body.text]
