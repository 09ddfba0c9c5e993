"""Long tests: an annex gives the same records in whatever form it is set, measured on the samples' gold."""

import shutil
from pathlib import Path

import pytest

from pipeline.evaluating import evaluate, read_golds
from pipeline.extraction import extract_all
from samples.build import main as build

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PROSE = sorted(SAMPLES.glob("*.annex.md"))
FORMS = SAMPLES / "forms"
TABLE, TWIN = FORMS / "preventie-in-de-buurt-2024.annex.md", FORMS / "preventie-in-de-buurt-proza-2024.annex.md"
BLOCKS = FORMS / "terugkeer-en-herstel-2024.annex.md"
KINDS = ("organisations", "roles", "dates", "figures", "locations")
LEAST = 0.97
NEAR = 0.03
NEAR_OF_SCANS = 0.05


pytestmark = pytest.mark.soak


def scores(folder: Path) -> dict[str, float]:
    """Return the F1 of each kind over all annexes of a folder, from PDF or Word."""
    golds = read_golds([folder])
    files = [next(folder.glob(f"{gold.document}.[pd][do][fc]*")) for gold in golds]
    records = {gold.document: list(extract_all(file)[0].records) for gold, file in zip(golds, files, strict=True)}
    return {row.kind: row.f1 or 0.0 for row in evaluate(records, golds).rows() if row.document is None}


@pytest.fixture(scope="module")
def own_look(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    folder = tmp_path_factory.mktemp("own")
    for source in PROSE:
        name = source.name.removesuffix(".annex.md")
        for suffix in (".pdf", ".gold.json"):
            shutil.copy(SAMPLES / f"{name}{suffix}", folder)
    return scores(folder)


@pytest.mark.parametrize("look", ["kolommen", "drie", "hoofdstukken", "word", "scan"])
def test_prose_gives_the_same_in_every_look(look: str, tmp_path: Path, own_look: dict[str, float]) -> None:
    if look == "scan" and not shutil.which("tesseract"):
        pytest.skip("Tesseract is not installed")
    assert build(["--look", look, "--out", str(tmp_path), *map(str, PROSE)]) == 0
    found = scores(tmp_path)
    assert found["projects"] >= LEAST
    near = NEAR_OF_SCANS if look == "scan" else NEAR
    assert {kind: found[kind] for kind in KINDS if found[kind] < own_look[kind] - near} == {}


@pytest.mark.parametrize(
    "look", ["raster", "lijnen", "kaal", "zebra", "velden", "velden-tabel", "velden-kolom", "word"]
)
def test_a_table_gives_what_its_prose_twin_gives(look: str, tmp_path: Path) -> None:
    twin = tmp_path / "twin"
    twin.mkdir()
    for suffix in (".pdf", ".gold.json"):
        shutil.copy(TWIN.with_name(TWIN.name.replace(".annex.md", suffix)), twin)
    assert build(["--look", look, "--out", str(tmp_path), str(TABLE)]) == 0
    found, other = scores(tmp_path), scores(twin)
    assert found["projects"] >= LEAST
    short = [kind for kind in ("organisations", "dates", "figures") if found[kind] < other[kind] - NEAR]
    assert not short


@pytest.mark.parametrize(
    "look", ["raster", "lijnen", "kaal", "zebra", "velden", "velden-tabel", "velden-kolom", "word"]
)
def test_labelled_blocks_are_projects_in_every_look(look: str, tmp_path: Path) -> None:
    assert build(["--look", look, "--out", str(tmp_path), str(BLOCKS)]) == 0
    assert scores(tmp_path)["projects"] >= LEAST
