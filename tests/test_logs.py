"""The log: one line of JSON for each event, and nothing that a document says, whatever happens."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from making import PROJECTS, fake_extract, head, pdf

from pipeline.batch.run import run
from pipeline.cli import main
from pipeline.cli.exits import Exit
from pipeline.errors import AnnexError
from pipeline.extraction import Annex
from pipeline.locking import locked
from pipeline.logs import Log

DOCS = Path(__file__).parent.parent / "docs" / "settings.md"
ALWAYS = ["time", "level", "event", "document", "code", "seconds"]
# Words that no program, path or message has.
SECRETS = ("Zwanenbrug", "Kiekendief", "Oeverloos", "Morgenster", "Vlinderslag", "Pimpelmees")
ANNEX = f"""Bijlage I – Projecten {SECRETS[0]} 2025

1. {SECRETS[1]} in de wijk

Stichting {SECRETS[2]} voert het project uit, samen met {SECRETS[3]} uit Ede. In 2025 doen er 120 mensen aan mee.

2. Met {SECRETS[4]} de straat op

3. {SECRETS[5]} in de klas

Buurtvaders lopen elke avond een ronde. Stichting {SECRETS[2]} leidt hen op en krijgt daarvoor € 40.000 in 2025.
"""


def annex(*arguments: object, **environment: str) -> Result:
    return CliRunner(env={"COLUMNS": "80", "LANGUAGE": "", "ANNEX_LANG": "", **environment}).invoke(
        main, [str(argument) for argument in arguments]
    )


def events(result: Result) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in result.stderr.splitlines()]
    for one in found:
        assert list(one)[:6] == ALWAYS
        assert datetime.fromisoformat(one["time"]).utcoffset() is not None
        assert one["level"] in {"info", "warning", "error"}
    return found


def assert_no_word_of(text: str, secrets: Sequence[str] = SECRETS) -> None:
    for word in secrets:
        assert word.lower() not in text.lower()


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Return a folder with an annex that gives warnings, and some with the same words that fail."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(ANNEX, encoding="utf-8")
    lines = tuple((look, text or " ".join(SECRETS)) for look, text in PROJECTS)
    (folder / "b.pdf").write_bytes(pdf(lines, "geheim"))
    (folder / "c.pdf").write_bytes(pdf(lines)[:-300])
    (folder / "d.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + ANNEX.encode())
    (folder / "e.docx").write_bytes(b"PK\x03\x04" + ANNEX.encode())
    (folder / "f.txt").write_text(" ".join(SECRETS), encoding="utf-8")
    return folder


def test_every_event_is_a_line_with_what_the_page_says(inputs: Path, tmp_path: Path) -> None:
    result = annex("extract", inputs, "-o", tmp_path / "out", "--log-format", "json", "--lang", "nl")
    assert result.exit_code == Exit.INPUT_FAILED
    assert result.stdout == ""
    found = events(result)
    assert [one["event"] for one in found if one["event"] != "warning"] == [
        "run_started",
        "document_done",
        *["document_failed"] * 5,
        "run_ended",
    ]
    done = next(one for one in found if one["event"] == "document_done")
    assert (done["document"], done["about"], done["annexes"], done["records"]) == ("a", str(inputs / "a.txt"), ["a"], 3)
    assert done["seconds"] > 0
    failed = {one["document"]: one for one in found if one["event"] == "document_failed"}
    assert failed["b"]["code"] == "encrypted"
    assert failed["b"]["level"] == "error"
    assert failed["b"]["message"].startswith("the PDF is protected by a password")
    warned = [one for one in found if one["event"] == "warning"]
    assert {(one["document"], one["project"], one["code"]) for one in warned} >= {("a", 2, "empty_section")}
    assert len(warned) == done["warnings"]
    ended = found[-1]
    assert (ended["inputs"], ended["failed"], ended["records"]) == (6, 5, 3)
    rows = set(re.findall(r"^\| `(\w+)` \|", DOCS.read_text(encoding="utf-8").split("## The log")[1], re.MULTILINE))
    assert {one["event"] for one in found} | {key for one in found for key in ALWAYS} <= rows


@pytest.mark.parametrize("form", ["json", "text"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_no_word_of_a_document_is_in_the_log(inputs: Path, tmp_path: Path, form: str, jobs: int) -> None:
    result = annex("extract", inputs, "-o", tmp_path / "out", "--log-format", form, "--jobs", jobs)
    assert result.exit_code == Exit.INPUT_FAILED
    assert result.stderr.count("document_failed" if form == "json" else f"{inputs}/") >= 5
    assert_no_word_of(result.stderr)
    if form == "json":
        assert_no_word_of(result.stdout)


def faulty_extract(path: Path, **_settings: object) -> list[Annex]:
    """Fail with a fault of ours that quotes the document."""
    raise ValueError(path.read_text(encoding="utf-8"))


def test_a_fault_of_ours_that_quotes_the_document_is_told_without_it(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run.__kwdefaults__ is not None
    monkeypatch.setitem(run.__kwdefaults__, "extract", faulty_extract)
    result = annex("extract", inputs / "a.txt", "-o", tmp_path / "out", "--log-format", "json")
    [failed] = [one for one in events(result) if one["event"] == "document_failed"]
    assert failed["code"] == "internal_error"
    assert "_errors" in failed["message"]
    assert_no_word_of(result.output)


def test_words_are_in_it_when_asked_for_by_flag_variable_or_file(inputs: Path, tmp_path: Path) -> None:
    settings = tmp_path / "annex.toml"
    settings.write_text("log_text = true\n")
    base = ("extract", inputs / "a.txt", "-o", tmp_path / "out", "--log-format", "json")
    for result in (
        annex(*base, "--log-text"),
        annex(*base, ANNEX_LOG_TEXT="true"),
        annex(*base, "--settings", settings),
    ):
        [warned] = [one for one in events(result) if one["code"] == "empty_section"]
        assert warned["title"] == f"Met {SECRETS[4]} de straat op"
        assert warned["message"] == "no text stands under the heading"
    assert_no_word_of(annex(*base, "--no-log-text", "--settings", settings).stderr)


def test_values_of_messages_that_may_quote_are_left_out_of_json() -> None:
    error = AnnexError("corrupt_file", "{file}: line {line}: {faults}", file=Path("a"), line=3, faults=SECRETS[0])
    for with_text in (False, True):
        lines: list[str] = []
        Log("json", lines.append, with_text=with_text).event("run_refused", said=error, quoted={"title": SECRETS[1]})
        [line] = lines
        assert json.loads(line)["message"] == f"a: line 3: {SECRETS[0] if with_text else '…'}"
        assert (SECRETS[1] in line) == with_text


def test_a_line_is_one_line_and_valid_whatever_a_file_is_called() -> None:
    lines: list[str] = []
    Log("json", lines.append).event("document_done", about="a\n\x1b[2J\udcff\u202eé.txt")
    [line] = lines
    assert line.isascii()
    assert "\n" not in line
    assert json.loads(line)["about"] == "a\n\x1b[2J?\u202eé.txt"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run.__kwdefaults__ is not None
    monkeypatch.setitem(run.__kwdefaults__, "extract", fake_extract)


@pytest.mark.usefixtures("fake")
def test_what_ends_a_run_early_is_an_event_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Een")
    (tmp_path / "b.txt").write_text("!stop")
    out = tmp_path / "out"
    base = ("extract", tmp_path / "a.txt", tmp_path / "b.txt", "-o", out, "--log-format", "json")
    stopped = annex(*base)
    assert stopped.exit_code == Exit.INTERRUPTED
    last = events(stopped)[-1]
    assert (last["event"], last["level"], last["done"], last["inputs"]) == ("run_stopped", "error", 1, 2)
    with locked(out):
        refused = annex(*base)
    assert refused.exit_code == Exit.LOCKED
    assert events(refused)[-1]["event"] == "run_refused"
    assert events(refused)[-1]["about"] == str(out)
    (tmp_path / "eigen").mkdir()
    (tmp_path / "eigen" / "denied.csv").write_bytes(b"form\n\xff\n")
    broken = annex(*base, "--config", tmp_path / "eigen")
    assert broken.exit_code == Exit.INPUT_FAILED
    assert events(broken)[-1]["code"] == "corrupt_file"


@pytest.mark.usefixtures("fake")
def test_the_manifest_may_be_asked_for_beside_the_log(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Een")
    result = annex("extract", tmp_path / "a.txt", "-o", tmp_path / "out", "--log-format", "json", "--json")
    assert json.loads(result.stdout)["entries"][0]["records"] == 1
    assert events(result)[-1]["event"] == "run_ended"
    assert head().id not in result.stderr
