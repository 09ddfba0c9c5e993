"""``annex diff`` as its users meet it: on two years of an annex, in every form."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonpatch
import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import extract, schemas
from pipeline.cli import main
from pipeline.comparing.glimpse import glimpse
from pipeline.comparing.markdown import escaped
from pipeline.comparing.patch import document_of
from pipeline.comparing.wording import word_runs
from pipeline.records.models import ProjectRecord
from pipeline.records.writing import annex_folder, write_annexes

OLD = """Bijlage 1 - Projecten programma Veilig uit 2023

Veilig uit in het havenkwartier

De gemeente Rotterdam voert dit project uit met Stichting Lichtkring. In 2023 namen 200 hotels deel aan de training.
Het project loopt tot en met 31 december 2024. Wie een *ster* wil, vraagt <b>subsidie</b> aan.

Leren op de werf

Het Albeda leidt sinds september 2021 lassers op voor de scheepsbouw. Er zijn 45 leerlingen geplaatst.

Warm wonen

De provincie Drenthe isoleert woningen in dorpen. Daarvoor is € 4 miljoen beschikbaar.
"""
NEW = (
    OLD.replace("2023\n", "2024\n")
    .replace("In 2023 namen 200", "In 2024 namen 351")
    .replace("31 december 2024", "31 december 2025")
    .replace("Leren op de werf", "Lassen leer je op de werf")
    .replace("isoleert woningen", "pakt de isolatie aan van woningen")
)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("diff")
    outs = []
    for year, text in (("2023", OLD), ("2024", NEW)):
        source = folder / f"veilig-uit-{year}.txt"
        source.write_text(text, encoding="utf-8")
        annex = extract(source)
        outs.append(folder / year)
        outs[-1].mkdir()
        write_annexes(outs[-1], [annex_folder(annex.head, annex.records, annex.warnings)])
    return outs[0], outs[1]


def diff(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments)], env={"COLUMNS": "80"})


def test_people_read_what_changed_project_by_project(runs: tuple[Path, Path]) -> None:
    shown = diff(*runs)
    assert shown.exit_code == 0
    text = " ".join(shown.output.split())
    assert "veilig-uit-2023 → veilig-uit-2024" in text
    assert "3 projects, 3 before: 2 changed, 1 renamed" in text
    assert "figure: 200 hotels → 351 hotels (+75.5%)" in text
    assert "(365 days later)" in text
    assert "was: Leren op de werf" in text
    assert "[-isoleert-]{+pakt de isolatie aan van+}" in text
    assert "figure: EUR" not in text
    assert max(map(len, shown.output.splitlines())) <= 80


def test_it_is_said_in_dutch(runs: tuple[Path, Path]) -> None:
    text = " ".join(diff(*runs, "--lang", "nl").output.split())
    assert "3 projecten, eerst 3: 2 gewijzigd, 1 hernoemd" in text
    assert "getal: 200 hotels → 351 hotels (+75,5%)" in text
    assert "(365 dagen later)" in text


def test_programs_get_what_the_schema_says(runs: tuple[Path, Path]) -> None:
    told = json.loads(diff(*runs, "--format", "json").output)
    jsonschema.validate(told, schemas.schema("diff"))
    [annex] = told["annexes"]
    [figure] = [c for pair in annex["pairs"] for c in pair["changes"] if c["kind"] == "figure"]
    assert (figure["old"]["value"]["value"], figure["new"]["value"]["value"], figure["ratio"]) == (200, 351, 0.755)
    [place] = figure["new"]["places"]
    assert place["text"] == "351 hotels"
    record = json.loads(next((runs[1] / annex["new"]["id"]).glob("01-*.json")).read_text(encoding="utf-8"))
    assert record["text"][place["start"] : place["end"]] == "351 hotels"
    assert figure["new"]["path"] == f"/figures/{record['figures'].index(_at(record['figures'], place['start']))}"


def _at(figures: list[dict[str, object]], start: int) -> dict[str, object]:
    return next(one for one in figures if one["start"] == start)


def test_markdown_takes_no_markup_from_a_document(runs: tuple[Path, Path]) -> None:
    text = diff(
        runs[0],
        _edited(runs[0], lambda one: {"text": one.text + "\n\nWie een *ster* wil: <script>"}),
        "--format",
        "markdown",
    ).output
    assert "\\*ster\\*" in text
    assert "\\<script\\>" in text
    assert "<script>" not in text


def _edited(out: Path, by: Callable[[ProjectRecord], dict[str, object]]) -> str:
    """Write a run with its records changed; return its folder."""
    from pipeline.records.reading import read_annex

    [folder] = [path for path in out.iterdir() if path.is_dir()]
    annex, records = read_annex(folder)
    to = out.parent / f"edited-{len(list(out.parent.iterdir()))}"
    to.mkdir()
    changed = [one.model_copy(update=by(one)) for one in records]
    write_annexes(to, [annex_folder(annex.annex, changed, annex.warnings)])
    return str(to)


def test_the_exit_code_is_that_of_git(runs: tuple[Path, Path]) -> None:
    assert diff(runs[0], runs[0], "--exit-code").exit_code == 0
    assert diff(*runs, "--exit-code").exit_code == 1
    assert diff(*runs).exit_code == 0
    assert diff(runs[0], runs[0].parent, "--exit-code").exit_code == 2, "no run is no difference"


def test_nothing_changed_is_said_shortly(runs: tuple[Path, Path]) -> None:
    shown = diff(runs[0], runs[0]).output
    assert shown.split("\n")[:3] == ["veilig-uit-2023", "3 projects, 3 before: 3 unchanged", ""]


def test_the_patch_makes_the_new_of_the_old(runs: tuple[Path, Path]) -> None:
    operations = json.loads(diff(*runs, "--format", "patch").output)
    old, new = ({name.rpartition("/")[2]: one for name, one in document_of(run).items()} for run in runs)
    assert jsonpatch.apply_patch(old, operations) == new
    assert json.loads(diff(runs[0], runs[0], "--format", "patch").output) == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False, width=16) | st.text("a/~é", max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab/~", max_size=2), inner, max_size=4),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(VALUES, VALUES)
def test_any_two_documents_have_a_patch_that_leads_from_one_to_the_other(old: object, new: object) -> None:
    patch = jsonpatch.make_patch({"a": old}, {"a": new})
    made = patch.apply(json.loads(json.dumps({"a": old})))
    assert json.dumps(made, sort_keys=True) == json.dumps({"a": new}, sort_keys=True)


@given(st.text("ab <*_[]#-1.\n", max_size=60), st.text("ab <*_[]#-1.\n", max_size=60))
def test_a_glimpse_leaves_out_nothing_that_changed(old: str, new: str) -> None:
    runs = word_runs(old, new)
    seen = glimpse(runs)
    for what, words in (("removed", "old"), ("added", "new")):
        wanted = [" ".join(getattr(run, words).split()) for run in runs if run.what != "equal" and getattr(run, words)]
        assert [" ".join(piece.text.split()) for piece in seen if piece.what == what] == wanted


def test_markup_is_shown_as_it_stands() -> None:
    assert escaped("# kop *a* [b](c) <i>") == "\\# kop \\*a\\* \\[b\\](c) \\<i\\>"
    assert escaped("1. een\n- twee") == "\\1. een - twee"


def test_a_closed_pipe_is_no_fault(runs: tuple[Path, Path]) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "diff", *map(str, runs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
