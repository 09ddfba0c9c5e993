"""The wheel holds all that is needed: models, registers and word lists travel in it."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_a_wheel_works_in_an_empty_folder(tmp_path: Path) -> None:
    built = tmp_path / "dist"
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", built, ROOT],
        check=True,
        capture_output=True,
    )
    [wheel] = built.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    assert {f"pipeline/models/{name}/config.cfg" for name in ("nl_annex", "nl_annex_fast")} <= held
    assert "pipeline/models/nl_annex/annex_names/encoder.onnx" in held
    assert not [name for name in held if "models/training" in name], "what the models are made of stays out"
    installed = tmp_path / "installed"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", installed, wheel],
        check=True,
        capture_output=True,
    )
    # A bare interpreter, with the libraries but without the checkout: path files of a PYTHONPATH folder are not read.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    empty = tmp_path / "empty"
    empty.mkdir()
    sample = ROOT / "samples" / "digitale-overheid-2023.pdf"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environment["PYTHONPATH"] = os.pathsep.join([str(installed), sysconfig.get_paths()["purelib"]])
    code = (
        "import pipeline, spacy; from pipeline.cli import main; "
        f"assert pipeline.__file__.startswith({str(installed)!r}), pipeline.__file__; "
        "assert spacy.blank('nl').add_pipe('annex_dates'); "
        f"main(['extract', {str(sample)!r}, '-o', 'out'])"
    )
    done = subprocess.run(
        [tmp_path / "venv" / "bin" / "python", "-c", code],
        cwd=empty,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(list((empty / "out" / "digitale-overheid-2023").glob("*.json"))) == 13


def test_importing_the_package_is_cheap() -> None:
    code = "import sys, pipeline; print([m for m in ('spacy', 'pydantic', 'pdfplumber') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
