"""The recognisers as components of anyone's spaCy program, by their names alone."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import spacy
import srsly
from spacy.language import Language
from spacy.tokens import Doc, DocBin

COMPONENTS = (
    "annex_sentences",
    "annex_dates",
    "annex_organisations",
    "annex_locations",
    "annex_figures",
    "annex_roles",
)
GROUPS = {
    "dates": "annex_date",
    "figures": "annex_figure",
    "organisations": "annex_organisation",
    "locations": "annex_location",
    "roles": "annex_role",
}
TEXT = (
    "Begin 2023 is het meldpunt door GGD Fryslân opgezet in Drachten. Tot en met maart 2024 kwamen er ruim 1.250,5 "
    "vragen binnen, voor € 2,5 mln."
)


def program() -> Language:
    nlp = spacy.blank("nl")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def found(doc: Doc) -> list[object]:
    return [span._.get(extension) for group, extension in GROUPS.items() for span in doc.spans[group]]


@pytest.mark.parametrize("component", ["annex_dates", "annex_figures"])
def test_each_works_alone_in_a_program_that_imports_nothing_of_ours(component: str) -> None:
    lines = (
        "import spacy",
        "nlp = spacy.blank('nl')",
        f"nlp.add_pipe('{component}')",
        f"doc = nlp({TEXT!r})",
        "print([span.text for group in doc.spans.values() for span in group])",
    )
    ran = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    assert ("Begin 2023" if component == "annex_dates" else "ruim 1.250,5 vragen") in ran.stdout


def test_a_doc_keeps_its_mentions_when_it_is_stored() -> None:
    nlp = program()
    doc = nlp(TEXT)
    assert {type(mention).__name__ for mention in found(doc)} == {
        "DateMention",
        "FigureMention",
        "OrganisationMention",
        "LocationMention",
        "RoleMention",
    }
    (again,) = DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)
    assert found(again) == found(doc)
    assert found(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == found(doc)


@pytest.mark.parametrize(
    "theirs",
    [
        {"annex": ["a"]},
        {"__annex__": ["a"]},
        {"__annex__": "FigureValue", "x": 1},
        {"__annex__": "none of ours"},
        {"__annex_number__": "1.5"},
        {1: "x", "y": None},
    ],
)
def test_what_another_program_packs_comes_back_as_it_was(theirs: dict[object, object]) -> None:
    assert srsly.msgpack_loads(srsly.msgpack_dumps(theirs)) == theirs


@pytest.mark.parametrize("theirs", [Decimal("1.5"), date(2024, 3, 1)])
def test_what_another_program_cannot_pack_it_still_cannot(theirs: object) -> None:
    with pytest.raises(TypeError):
        srsly.msgpack_dumps({"a": theirs})


def test_several_processes_find_the_same() -> None:
    nlp = program()
    texts = [TEXT, "In 2021 waren er 40 leden.", ""]
    assert [found(doc) for doc in nlp.pipe(texts, n_process=2)] == [found(nlp(text)) for text in texts]


def test_a_program_is_written_and_loaded(tmp_path: Path) -> None:
    nlp = program()
    nlp.to_disk(tmp_path / "model")
    assert found(spacy.load(tmp_path / "model")(TEXT)) == found(nlp(TEXT))


def test_a_component_says_what_it_sets() -> None:
    nlp = program()
    assert all("doc.spans" in nlp.get_pipe_meta(name).assigns for name in COMPONENTS if name != "annex_sentences")
