"""Which model finds names: the two that ship, any other spaCy pipeline, and none of that name."""

import json
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner

from pipeline.cli import main

TEXT = """Bijlage I – Projecten veilige buurten 2025

1. Licht in de Sterrenwijk

De bewoners wilden meer licht. Stichting Lantaarnplein voert het project uit, samen met Quillobrant uit Ede. In 2025
hangen er 120 lampen, en de buurt is er blij mee.

2. Samen op straat

Buurtvaders lopen elke avond een ronde. Stichting Nachtwacht Zuid leidt hen op en krijgt daarvoor € 40.000 in 2025.
"""


@pytest.fixture
def annex(tmp_path: Path) -> Path:
    path = tmp_path / "buurten-2025.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def names(out: Path) -> set[str]:
    files = sorted(out.glob("*/[0-9]*.json"))
    assert len(files) == 2
    return {one["name"] for file in files for one in json.loads(file.read_text(encoding="utf-8"))["organisations"]}


def run(annex: Path, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["extract", str(annex), "-o", str(annex.parent / "out"), *options])
    return result.exit_code, result.output


@pytest.mark.parametrize("model", ["nl_annex", "nl_annex_fast"])
def test_a_model_that_ships_is_named_in_the_manifest(annex: Path, model: str) -> None:
    assert run(annex, "--model", model)[0] == 0
    manifest = json.loads((annex.parent / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["model"] == f"{model} 1.0.0"
    assert {"Stichting Lantaarnplein", "Stichting Nachtwacht Zuid"} <= names(annex.parent / "out")


def test_any_other_pipeline_gives_its_organisations(annex: Path, tmp_path: Path) -> None:
    other = spacy.blank("nl")
    ruler = other.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "Buurtvaders"}])  # type: ignore[attr-defined]
    other.meta.update(name="buurt", version="2.3.0")
    other.to_disk(tmp_path / "buurt")
    assert "Buurtvaders" not in names_with(annex, "nl_annex")
    found = names_with(annex, str(tmp_path / "buurt"))
    assert {"Stichting Lantaarnplein", "Stichting Nachtwacht Zuid"} <= found
    manifest = json.loads((annex.parent / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["model"] == "buurt 2.3.0"


def names_with(annex: Path, model: str) -> set[str]:
    assert run(annex, "--model", model)[0] == 0
    return names(annex.parent / "out")


def test_an_unknown_model_is_wrong_use_that_says_what_there_is(annex: Path) -> None:
    code, shown = run(annex, "--model", "nl_bestaat_niet")
    assert code == 2
    assert "nl_bestaat_niet" in shown
    assert "nl_annex_fast" in shown
    assert not (annex.parent / "out").exists()
