"""What stands at the edges of pages is no text of a project, whatever it says."""

import itertools
from pathlib import Path

import pytest
from typst_page import typst_pdf

from pipeline import extract
from pipeline.extraction import read_sections

PAGE = """#set page(paper: "a5", margin: 2cm, header: context {
  let above = query(selector(heading.where(level: 1)).before(here()))
  let here = query(heading.where(level: 1)).filter(it => it.location().page() == here().page())
  set text(size: SIZEpt)
  let now = if here.len() > 0 { here.first() } else if above.len() > 0 { above.last() } else { none }
  if now != none [#h(1fr) #now.body]
})
#set text(lang: "nl", size: 10pt)
#text(size: 16pt)[Bijlage I Overzicht van proeven in de zorg 2024]

"""
CHAPTERS = ("Thuis wonen met dementie", "Werken in de wijk", "Leren van elkaar")


def paragraph(number: int, sentences: int = 7) -> str:
    """Return sentences that are all different: a line that comes back at the edges of pages would be furniture."""
    places = itertools.product(
        ("Assen", "Breda", "Delft", "Ede", "Goes"), ("buren", "artsen", "ouders"), ("soms", "vaak")
    )
    told = [f"In {town} komen {who} {when} langs bij een familie die thuis wil blijven." for town, who, when in places]
    return " ".join(told[(number * sentences + i) * 7 % len(told)] for i in range(sentences))


@pytest.mark.parametrize("size", [8, 10])
def test_the_running_title_of_a_chapter_is_no_text(tmp_path: Path, size: int) -> None:
    source = PAGE.replace("SIZE", str(size))
    texts = [f"{paragraph(2 * n)} {paragraph(2 * n + 1)}" for n in range(6)]
    for number, chapter in enumerate(CHAPTERS):
        source += f"= {chapter}\n\n"
        for project in range(2):
            source += f"== Proef {number}{project} met mantelzorg\n\n{texts[2 * number + project]}\n\n"
    records = extract(typst_pdf(source, tmp_path / "a.pdf")).records
    assert [record.title for record in records] == [f"Proef {n}{p} met mantelzorg" for n in range(3) for p in range(2)]
    assert [record.text for record in records] == texts


def test_a_short_text_that_repeats_a_heading_stays(tmp_path: Path) -> None:
    source = PAGE.replace("SIZE", "8").replace("header:", "numbering: none, footer:")
    source += f"= Leeskring in de bibliotheek\n\n{paragraph(1, 4)}\n\nLeeskring in de bibliotheek\n\n"
    source += f"= Buurtkeuken\n\n{paragraph(2, 1)}\n"
    [annex] = read_sections(typst_pdf(source, tmp_path / "a.pdf")).annexes
    assert annex.sections[0].body.text.endswith("Leeskring in de bibliotheek")
