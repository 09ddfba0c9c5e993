"""The models that ship: they find plain names, are small and quick, and any other pipeline serves as well."""

import time
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from timing import least_seconds

from models.training.passages import read_corpus
from pipeline import load_model
from pipeline.recognising import COMPONENTS, recognise_texts
from pipeline.resources import models_folder

OWN = ("nl_annex", "nl_annex_fast")
PLAIN = {
    "Stichting Zonneveer": "De subsidie gaat naar Stichting Zonneveer voor twee jaar.",
    "Adviesbureau Harkema": "Het onderzoek is uitgevoerd door Adviesbureau Harkema.",
    "Vereniging Groene Oevers": "In mei heeft Vereniging Groene Oevers het plan besproken.",
    "Zorggroep Lindenrode": "Samen met Zorggroep Lindenrode wordt een loket geopend.",
    "Kenniscentrum Buurtkracht": "Uitvoerder is Kenniscentrum Buurtkracht, dat hiervoor mensen werft.",
    "Fonds Veerhuis": "Daarnaast draagt Fonds Veerhuis de helft van de kosten.",
    "Coöperatie Windrijk": "De molens worden beheerd door Coöperatie Windrijk.",
    "Hogeschool Merwestad": "Studenten van Hogeschool Merwestad werken aan de proef mee.",
    "Woonstichting De Brink": "Voor de huurders overlegt Woonstichting De Brink met de bewoners.",
    "Museum Turfhaven": "De tentoonstelling is gemaakt door Museum Turfhaven.",
}


def alone(name: str) -> Language:
    """Return a model without the rules."""
    return spacy.load(models_folder() / name, exclude=COMPONENTS)


@pytest.mark.parametrize(("name", "least"), [("nl_annex", 8), ("nl_annex_fast", 6)])
def test_plain_organisations_are_found_without_rules(name: str, least: int) -> None:
    docs = alone(name).pipe(PLAIN.values())
    right = [
        body for body, doc in zip(PLAIN, docs, strict=True) if (body, "ORG") in [(e.text, e.label_) for e in doc.ents]
    ]
    assert len(right) >= least, right


@pytest.mark.parametrize("name", OWN)
def test_a_model_has_all_recognisers_and_says_the_same_twice(name: str) -> None:
    nlp = load_model(name)
    assert set(COMPONENTS) <= set(nlp.pipe_names)
    texts = list(PLAIN.values())
    assert recognise_texts(nlp, texts) == recognise_texts(nlp, texts)
    found = [
        [text[m.start : m.end] for m in r.organisations]
        for text, r in zip(texts, recognise_texts(nlp, texts), strict=True)
    ]
    assert sum(body in own for body, own in zip(PLAIN, found, strict=True)) >= 8


@pytest.mark.parametrize("name", OWN)
def test_a_model_is_small(name: str) -> None:
    assert sum(path.stat().st_size for path in (models_folder() / name).rglob("*")) < 40e6


def test_any_pipeline_serves(tmp_path: Path) -> None:
    other = spacy.blank("nl")
    other.add_pipe("entity_ruler").add_patterns(  # type: ignore[attr-defined]
        [{"label": "ORG", "pattern": "Kwiekwerk"}, {"label": "PRODUCT", "pattern": "Loketwijs"}]
    )
    other.to_disk(tmp_path / "other")
    nlp = load_model(str(tmp_path / "other"))
    assert nlp.pipe_names == ["entity_ruler", *COMPONENTS]
    text = "Ook het aanbod van Kwiekwerk is in Loketwijs opgenomen."
    [found] = recognise_texts(nlp, [text])
    assert [text[m.start : m.end] for m in found.organisations] == ["Kwiekwerk"]


def test_a_name_that_is_no_pipeline_is_an_error() -> None:
    with pytest.raises(OSError, match="nl_none"):
        load_model("nl_none")


@pytest.mark.soak
@pytest.mark.parametrize(("name", "floor"), [("nl_annex", 500), ("nl_annex_fast", 1_500)])
def test_the_whole_recogniser_is_quick(name: str, floor: int) -> None:
    texts = [" ".join(line.text for line in passage.sentences) for passage in read_corpus()[:400]]
    words = sum(len(text.split()) for text in texts)
    nlp = load_model(name)
    recognise_texts(nlp, texts[:20])
    assert words / least_seconds(lambda: recognise_texts(nlp, texts), enough=words / floor, rounds=3) >= floor


@pytest.mark.soak
def test_a_model_loads_quickly() -> None:
    """At most 2.5 times a blank pipeline, imports apart."""
    from pipeline.recognising import _loaded

    def load() -> None:
        _loaded.cache_clear()
        load_model()

    load()
    blank = least_seconds(lambda: spacy.blank("nl"), rounds=10, clock=time.perf_counter)
    assert least_seconds(load, enough=2.5 * blank, rounds=10, clock=time.perf_counter) <= 2.5 * blank
