"""What all web pages share: text cut where its marks begin and end, files that hold everything, texts to translate."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateSyntaxError

from pipeline.cli import catalogue
from pipeline.showing.pages import legible
from pipeline.showing.spans import pieces


@st.composite
def spanned(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, int]]]:
    text = draw(st.text(max_size=30))
    ends = st.integers(0, len(text))
    spans = [sorted(draw(st.tuples(ends, ends))) for _number in range(draw(st.integers(0, 6)))]
    spans.sort(key=lambda one: (one[0], -one[1]))
    return text, [(start, end, number) for number, (start, end) in enumerate(spans)]


@given(spanned())
def test_pieces_are_the_text_and_each_knows_the_spans_over_it(made: tuple[str, list[tuple[int, int, int]]]) -> None:
    text, spans = made
    cut = pieces(text, spans)
    assert "".join(one.text for one in cut) == text
    assert all(one.text == text[one.start : one.end] for one in cut)
    for start, end, number in spans:
        under = [one for one in cut if number in one.marks]
        assert (under[0].start, under[-1].end) == (start, end)
        assert "".join(one.text for one in under) == text[start:end]
    assert all(list(one.marks) == sorted(one.marks) for one in cut)


def test_no_page_holds_what_no_page_may_hold() -> None:
    assert legible("a\x00b\x1b[1m\ud800c\n\tdé\x85") == "a\ufffdb\ufffd[1m\ufffdc\n\tdé\ufffd"


def test_texts_of_templates_are_translated_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "room" / "templates" / "deeper"
    folder.mkdir(parents=True)
    page = '<p title="{{ _("A title") }}">{{ ngettext("{count} hit", "{count} hits", 2).format(count=2) }}</p>'
    (folder / "page.html").write_text(page, encoding="utf-8")
    monkeypatch.setattr(catalogue, "_PACKAGE", tmp_path)
    texts = catalogue.source_texts()
    assert texts["A title"] == "A title"
    assert texts["{count} hit"] == ("{count} hit", "{count} hits")
    (folder / "page.html").write_text('{{ _("A title" }}', encoding="utf-8")
    with pytest.raises(TemplateSyntaxError):
        catalogue.source_texts()
