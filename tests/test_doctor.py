"""`annex doctor` says what is there and what is missing, and what to do about it."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.reading.ocr import cache


def lines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *words: str) -> tuple[int, dict[str, tuple[str, str]]]:
    """Return the exit code, and of each thing its state and what is said of it."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    result = CliRunner().invoke(main, ["doctor", *words])
    found = [re.fullmatch(r"(\S+)\s+([^:]+): (.+)", line) for line in result.output.splitlines()]
    assert all(found)
    return result.exit_code, {one[2]: (one[1], one[3]) for one in found if one}


def test_all_that_is_used_is_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code, found = lines(monkeypatch, tmp_path)
    assert code == 0
    assert {"Python", "annex", "registers", "pytesseract", "Tesseract", "cache", "cores"} <= set(found)
    assert found["model"][0] == found["registers"][0] == found["reader"][0] == "ok"
    assert str(tmp_path / "cache") in found["cache"][1]


def test_without_tesseract_it_says_how_to_install_it_and_all_else_works(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    code, found = lines(monkeypatch, tmp_path)
    assert code == 0
    assert found["Tesseract"][0] == "missing"
    assert re.search(r"apt install|brew install|winget install", found["Tesseract"][1])


def test_a_cache_that_cannot_be_written_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    code, found = lines(monkeypatch, tmp_path)
    assert code == 0
    assert found["cache"][0] == "missing"
    assert cache.VARIABLE in found["cache"][1]


def test_a_model_that_does_not_load_is_a_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken() -> None:
        raise OSError("no such model")

    monkeypatch.setattr("pipeline.recognising.load_model", broken)
    code, found = lines(monkeypatch, tmp_path)
    assert code == 1
    assert found["model"][0] == "broken"


def test_it_speaks_dutch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    _, found = lines(monkeypatch, tmp_path, "--lang", "nl")
    assert found["Tesseract"][0] == "ontbreekt"


def test_the_own_register_is_named_or_said_to_be_unreadable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    assert lines(monkeypatch, tmp_path)[1]["own register"] == ("ok", "none in use")
    assert lines(monkeypatch, tmp_path, "--config", str(own))[1]["own register"] == ("ok", f"in {own}")
    (own / "aliases.csv").write_bytes(b"\xff\xfe\x00 no table")
    code, found = lines(monkeypatch, tmp_path, "--config", str(own))
    assert code == 1
    assert found["own register"][0] == "broken"
    assert f"{own} cannot be used" in found["own register"][1]
