"""Bad input: one clear line, the right code, exit code 1, the other inputs written, nothing half-written."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from making import GOOD_TEXT, PROJECTS, pdf, tree

from pipeline.cli import main
from pipeline.cli.exits import Exit
from pipeline.errors import ERROR_CODES
from pipeline.records.validating import validate

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def annex(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """Give a PDF with two projects."""
    path = tmp_path / "goed.pdf"
    path.write_bytes(pdf())
    return path


BAD: dict[str, tuple[str, bytes | None, str, str]] = {
    "a missing file": ("weg.pdf", None, "not_found", "there is no such file; check the name and the folder"),
    "a picture": ("foto.pdf", PNG, "unsupported_type", "this is a PNG picture; give the annex as a PDF, a Word file"),
    "a zip file": (
        "brief.pdf",
        b"PK\x03\x04" + bytes(64),
        "unsupported_type",
        "this is an Excel, OpenDocument or zip file",
    ),
    "binary noise": (
        "ruis.txt",
        bytes(range(256)) * 9,
        "unsupported_type",
        "this is neither a PDF, a Word file nor text",
    ),
    "an encrypted PDF": ("dicht.pdf", pdf(PROJECTS, "geheim"), "encrypted", "give it with --password"),
    "a PDF cut in half": ("half.pdf", pdf()[: len(pdf()) // 2], "corrupt_file", "ask for it to be sent again"),
    "a PDF without its end": ("eind.pdf", pdf()[:-30], "corrupt_file", "ask for it to be sent again"),
    "a PDF of noise": ("pdf.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 9, "corrupt_file", "ask for it to be sent again"),
    "a PDF without text": ("leeg.pdf", pdf(()), "no_text_layer", "its pages are empty"),
    "an empty file": ("niets.txt", b"", "empty_file", "the file is empty; ask for it to be sent again"),
    "white space": ("wit.txt", b" \n\t\n", "empty_file", "ask for it to be sent again"),
    "a text without projects": ("tekst.txt", b"Wij gaan naar huis. Het regent.\n", "no_projects", "check that it"),
}


@pytest.mark.parametrize("what", BAD)
def test_one_line_the_right_code_and_the_rest_is_written(tmp_path: Path, good: Path, what: str) -> None:
    name, content, code, says = BAD[what]
    bad, out = tmp_path / name, tmp_path / "out"
    if content is not None:
        bad.write_bytes(content)
    result = annex("extract", bad, good, "-o", out)
    assert result.exit_code == Exit.INPUT_FAILED
    [line] = result.stderr.splitlines()
    assert line.startswith(f"{bad}: {code}: ")
    assert says in line
    assert sorted(path.name for path in out.iterdir()) == ["goed", "manifest.json"]
    assert validate(out).problems == ()
    failed, ok = json.loads((out / "manifest.json").read_bytes())["entries"]
    assert (failed["status"], failed["error"]["code"], failed["annex_ids"], failed["records"]) == (
        "failed",
        code,
        [],
        0,
    )
    assert (failed["sha256"] is None) == (content is None)
    assert (ok["status"], ok["annex_ids"], ok["records"]) == ("ok", ["goed"], 2)


def test_a_folder_without_annexes(tmp_path: Path, good: Path) -> None:
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "foto.png").write_bytes(PNG)
    result = annex("extract", tmp_path / "map", good, "-o", tmp_path / "out")
    assert result.exit_code == Exit.INPUT_FAILED
    assert result.stderr.startswith(
        f"{tmp_path / 'map'}: not_found: the folder holds no annexes (.docx, .pdf, .text, .txt)"
    )
    assert (tmp_path / "out" / "goed" / "annex.json").is_file()


def test_a_password_opens_an_encrypted_pdf(tmp_path: Path) -> None:
    (tmp_path / "dicht.pdf").write_bytes(pdf(PROJECTS, "geheim"))
    result = annex("extract", tmp_path / "dicht.pdf", "-o", tmp_path / "out", "--password", "geheim")
    assert result.exit_code == Exit.OK, result.output
    assert "geheim" not in (tmp_path / "out" / "manifest.json").read_text()
    wrong = annex("extract", tmp_path / "dicht.pdf", "-o", tmp_path / "ander", "--password", "fout")
    assert "encrypted: the password does not open this PDF" in wrong.stderr


def test_a_page_that_is_not_there(tmp_path: Path, good: Path) -> None:
    result = annex("extract", good, "-o", tmp_path / "out", "--pages", "3-9")
    assert result.exit_code == Exit.INPUT_FAILED
    assert "not_found: there is no page 3: the last one is page 1" in result.stderr


def test_an_output_that_cannot_be_written_is_told_for_every_input(tmp_path: Path, good: Path) -> None:
    (tmp_path / "out").write_text("in the way")
    result = annex("extract", good, "-o", tmp_path / "out")
    assert result.exit_code == Exit.INPUT_FAILED
    line, of_manifest = result.stderr.splitlines()
    assert line.startswith(f"{good}: write_failed: the records cannot be written to {tmp_path / 'out'} (File exists)")
    assert of_manifest.startswith(f"{tmp_path / 'out' / 'manifest.json'}: write_failed: ")
    assert (tmp_path / "out").read_text() == "in the way"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path, good: Path) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o500)
    result = annex("extract", good, "-o", out)
    assert result.exit_code == Exit.INPUT_FAILED
    assert "write_failed" in result.stderr
    assert list(out.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path, good: Path) -> None:
    good.chmod(0)
    result = annex("extract", good, "-o", tmp_path / "out")
    assert f"{good}: unreadable: the file cannot be read (Permission denied)" in result.stderr


def test_a_file_name_that_is_no_utf_8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/bijlage-caf\xe9.txt"
    Path(os.fsdecode(path)).write_text(GOOD_TEXT)
    result = annex("extract", tmp_path, "-o", tmp_path / "out")
    assert result.exit_code == Exit.OK, result.output
    [entry] = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["entries"]
    assert entry["input"] == f"{tmp_path}/bijlage-caf?.txt"
    assert entry["annex_ids"] == ["bijlage-caf"]


@pytest.mark.parametrize("cut", range(0, len(pdf()), 97))
def test_a_pdf_cut_anywhere_fails_with_a_code(tmp_path: Path, cut: int) -> None:
    (tmp_path / "half.pdf").write_bytes(pdf()[:cut])
    result = annex("extract", tmp_path / "half.pdf", "-o", tmp_path / "out")
    assert result.exit_code == Exit.INPUT_FAILED
    code = result.stderr.split(": ")[1]
    assert code in set(ERROR_CODES) - {"internal_error", "write_failed"}
    assert list(tree(tmp_path / "out")) == ["manifest.json"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content, at: content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :],
        lambda content, at: content[:at] + content[at + 20 :],
    ],
    ids=["changed", "gone"],
)
def test_a_pdf_with_damage_never_gives_a_fault_of_ours(tmp_path: Path, spoil: Callable[[bytes, int], bytes]) -> None:
    for at in range(9, len(pdf()), 61):
        (tmp_path / f"{at}.pdf").write_bytes(spoil(pdf(), at))
    result = annex("extract", tmp_path, "-o", tmp_path / "out")
    assert result.exit_code in {Exit.OK, Exit.INPUT_FAILED}
    assert "internal_error" not in result.stderr
    assert validate(tmp_path / "out").problems == ()


def test_as_a_program_it_gives_no_traceback(tmp_path: Path, good: Path) -> None:
    for name, content, _code, _says in BAD.values():
        if content is not None:
            (tmp_path / name).write_bytes(content)
    count = len(list(tmp_path.iterdir()))
    command = [sys.executable, "-m", "pipeline.cli", "extract", str(tmp_path), str(good), "-o", str(tmp_path / "out")]
    done = subprocess.run([*command, "--jobs", "2"], capture_output=True, text=True, check=False)
    assert done.returncode == Exit.INPUT_FAILED
    assert "Traceback" not in done.stdout + done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == count - 1
    assert all(line.startswith(str(tmp_path)) and line.split(": ")[1] in ERROR_CODES for line in lines)
