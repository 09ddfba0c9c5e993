"""Short names that one section of an annex defines, in the others."""

from pathlib import Path

import pytest

from pipeline.linking import Named, link_annex
from pipeline.recognising import load_model, recognise_texts
from pipeline.register import shipped

CASES = [
    line
    for line in (Path(__file__).parent / "cases" / "definitions.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def stands_for(texts: list[str], short: str) -> str | None:
    found = recognise_texts(load_model(), texts)[-1].organisations
    [linked] = link_annex([[Named(m, texts[-1][m.start : m.end], in_title=False) for m in found]], shipped())
    return next((one.name for one in linked for named in one.mentions if named.text == short), None)


@pytest.mark.parametrize("case", CASES)
def test_a_short_name_stands_for_what_the_annex_says(case: str) -> None:
    sections, _, told = case.partition(" => ")
    short, _, name = told.partition(" = ")
    assert stands_for(sections.split(" || "), short) == (None if name == "-" else name)
