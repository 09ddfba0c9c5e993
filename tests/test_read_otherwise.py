"""What a comparison says where the words stayed and the reading changed: no change of fact, and told as what it is."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import extract
from pipeline.comparing.changes import changes_between
from pipeline.records.models import ProjectRecord

SAMPLES = Path(__file__).parents[1] / "samples"
TEXT = """Bijlage 1 - Projecten 2023

Samen koken in de Vogelbuurt

De gemeente Dordrecht voert dit project uit met Stichting De Volle Ketel. In 2023 kookten 140 bewoners mee.
Het project is gestart op 1 maart 2022 en loopt tot en met 31 december 2024. De provincie betaalde € 85.000.

Fietsles voor nieuwkomers

Het Deltion College geeft sinds september 2021 fietsles in Zwolle. Er zijn 45 cursisten geslaagd.
"""


@cache
def _records() -> tuple[ProjectRecord, ...]:
    return tuple(extract(SAMPLES / "schuldenvrij-2023.txt").records)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_fact_that_was_not_read_in_the_same_text_is_no_change_of_it(data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(_records()))
    field = data.draw(
        st.sampled_from([name for name in ("organisations", "dates", "figures") if getattr(record, name)])
    )
    facts = getattr(record, field)
    number = data.draw(st.integers(0, len(facts) - 1))
    less = record.model_copy(update={field: [*facts[:number], *facts[number + 1 :]]})
    for old, new in ((record, less), (less, record)):
        changes = changes_between([old], [new])
        assert not [one for one in changes if one.is_fact]
        assert all(one.is_reading for one in changes)


def test_a_role_that_was_not_read_in_the_same_text_is_no_change_of_it() -> None:
    for record in _records():
        bare = [one.model_copy(update={"roles": []}) for one in record.organisations]
        changes = changes_between([record], [record.model_copy(update={"organisations": bare})])
        assert len(changes) == sum(len(one.roles) for one in record.organisations)
        assert all(one.kind == "role" and one.is_reading and not one.is_fact for one in changes)


@pytest.mark.parametrize(
    ("words", "others", "kind"),
    [
        ("De gemeente Dordrecht", "De gemeente Zwijndrecht", "organisation"),
        ("met Stichting De Volle Ketel", "met vrijwilligers", "organisation"),
        ("1 maart 2022", "1 april 2022", "date"),
        ("140 bewoners", "150 bewoners", "figure"),
        ("in Zwolle", "in de stad", "location"),
    ],
)
def test_words_that_changed_are_a_change_of_fact(tmp_path: Path, words: str, others: str, kind: str) -> None:
    sides = []
    for name, text in (("oud", TEXT), ("nieuw", TEXT.replace(words, others))):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        sides.append(extract(tmp_path / f"{name}.txt").records)
    assert sides[0]
    assert len(sides[0]) == len(sides[1])
    facts = [c.kind for old, new in zip(*sides, strict=True) for c in changes_between([old], [new]) if c.is_fact]
    assert kind in facts


def _annex(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_form_says_what_was_read_otherwise(tmp_path: Path) -> None:
    (tmp_path / "koken.txt").write_text(TEXT, encoding="utf-8")
    for name in ("oud", "nieuw"):
        assert _annex("extract", tmp_path / "koken.txt", "-o", tmp_path / name).returncode == 0
    path, record = next(
        (path, record)
        for path in sorted((tmp_path / "nieuw" / "koken").glob("*.json"))
        if (record := json.loads(path.read_text(encoding="utf-8"))).get("figures")
    )
    record["figures"].pop()
    path.write_text(json.dumps(record), encoding="utf-8")
    told = _annex("diff", tmp_path / "oud", tmp_path / "nieuw", "--exit-code")
    assert told.returncode == 1
    assert "1 read otherwise" in told.stdout
    assert "read otherwise, the words are the same:" in told.stdout
    for form in ("markdown", "html"):
        shown = _annex("diff", tmp_path / "oud", tmp_path / "nieuw", "--format", form)
        assert "read otherwise, the words are the same" in shown.stdout
    [annex] = json.loads(_annex("diff", tmp_path / "oud", tmp_path / "nieuw", "--format", "json").stdout)["annexes"]
    [change] = [one for pair in annex["pairs"] for one in pair["changes"]]
    assert (change["kind"], change["is_fact"], change["is_reading"]) == ("figure", False, True)
