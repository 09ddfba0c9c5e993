"""What cannot be in a steward's own register, and several who change it at once: told, and nothing lost."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from overlay_making import ANNEX, annex, files, refused, register

from pipeline import read_overlay, recognise
from pipeline.cli.exits import Exit
from pipeline.errors import AnnexError
from pipeline.locking import LOCK_FILE, locked
from pipeline.messages import use_language
from pipeline.overlay import keeping


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("LANGUAGE", "ANNEX_LANG", "ANNEX_CONFIG"):
        monkeypatch.setenv(name, "")
    yield
    use_language("en")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "eigen"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "buurt.txt"
    path.write_text(ANNEX, encoding="utf-8")
    return path


# What cannot be


def test_a_change_that_cannot_be_is_wrong_use_and_changes_nothing(own: Path) -> None:
    register(own, "add", "Lichtkring", "--kind", "ngo")
    register(own, "deny", "Waterkers")
    add = ("add", "Iets Nieuws", "--kind", "ngo")
    for arguments, said in [
        (("add", "Lichtkring", "--kind", "ngo"), "the id lichtkring is that of Lichtkring already"),
        (("add", "TNO", "--kind", "ngo", "--id", "tno-2"), "TNO is a name of TNO (tno) already; with --move"),
        ((*add, "--abbreviation", "OM"), "OM is a name of Openbaar Ministerie (openbaar-ministerie) already"),
        ((*add, "--id", "Iets Nieuws"), "Iets Nieuws is no id"),
        ((*add, "--parent", "Niemand Bekends"), "the register knows no body Niemand Bekends"),
        ((*add, "--from", "1 mei 2020"), "1 mei 2020 is no day; write it as 2024-07-15"),
        ((*add, "--alias", "Een|Twee"), "a name is one line of text without |"),
        ((*add, "--alias", "Een\nTwee"), "a name is one line of text without |"),
        ((*add, "--alias", "–"), "a name needs a letter or digit"),
        (("add", "Waterkers", "--kind", "ngo"), "Waterkers is denied in your overlay"),
        (("add", "Iets", "--kind", "club"), "'club' is not one of 'ministry'"),
        (("alias", "gemeente-utregt", "Domstad"), "the register knows no body gemeente-utregt"),
        (("alias", "gemeente-utrecht", "OM"), "with --move it is taken from there"),
        (("alias", "gemeente-utrecht", "Lichtkring", "--move"), "Lichtkring is the own name of lichtkring"),
        (("deny", "lichtkring"), "lichtkring is a name of lichtkring in your overlay; take that back first"),
        (("remove", "TNO"), "your overlay says nothing of TNO"),
    ]:
        assert said in refused(own, *arguments)


def test_a_name_is_moved_only_when_that_is_said(own: Path) -> None:
    said = register(own, "alias", "gemeente-utrecht", "OM", "--as", "abbreviation", "--move")
    assert "Taken from Openbaar Ministerie (openbaar-ministerie)" in said
    [found] = recognise("Het OM stelde in 2023 een onderzoek in.", overlay=read_overlay(own)).organisations
    assert (found.register_id, found.link) == ("gemeente-utrecht", "abbreviation")
    register(own, "remove", "OM")
    [found] = recognise("Het OM stelde in 2023 een onderzoek in.", overlay=read_overlay(own)).organisations
    assert found.register_id == "openbaar-ministerie"


def test_a_body_that_another_refers_to_stays(own: Path) -> None:
    register(own, "add", "Moederkring", "--kind", "ngo")
    register(own, "add", "Dochterkring", "--kind", "ngo", "--parent", "Moederkring")
    assert "dochterkring refers to moederkring" in refused(own, "remove", "Moederkring")


def test_the_same_twice_is_no_fault(own: Path) -> None:
    register(own, "deny", "Waterkers", "--why", "proef")
    assert register(own, "deny", "waterkers") == "waterkers is denied already\n"
    assert register(own, "alias", "gemeente-utrecht", "Gemeente Utrecht").endswith("already\n")
    assert list(files(own)) == ["denied.csv"]


BROKEN = [
    ("organisations.csv", "id,name,kind\nx,X,ngo\nx,Y,ngo\n", "line 3: the id x stands in line 2 already"),
    ("organisations.csv", "id,name,kind\nx,X,club\n", "line 2: club is no kind; it is one of ministry,"),
    ("organisations.csv", "id,name,kind\nX Y,X,ngo\n", "line 2: X Y is no id"),
    ("organisations.csv", "id,name,kind,valid_from\nx,X,ngo,1-2-2020\n", "line 2: 1-2-2020 is no day"),
    ("organisations.csv", "id,name,kind,parent\nx,X,ngo,y\n", "line 2: the register knows no id y"),
    ("organisations.csv", "id,name,kind\nx,,ngo\n", "line 2: the cell of name is empty"),
    ("organisations.csv", "id,name\nx,X\n", "line 1: the head lacks kind"),
    ("organisations.csv", "id,name,kind,soort\nx,X,ngo,y\n", "line 1: soort is no column here"),
    ("organisations.csv", "id,name,kind\nx,X,ngo\ny,X,ngo\n", "line 3: X is a name of x by organisations.csv, line 2"),
    ("aliases.csv", "id,form\nniemand,X\n", "line 2: the register knows no id niemand"),
    (
        "aliases.csv",
        "id,form,kind\ntno,X,naam\n",
        "line 2: naam is no kind; it is one of alias, abbreviation",
    ),
    ("aliases.csv", "id,form\ntno,X\n\nfier,x\n", "line 4: x is a name of tno by aliases.csv, line 2"),
    ("aliases.csv", "id,form\ntno,Eb, vloed\n", "line 2: there are 3 cells, and the head has 2"),
    ("aliases.csv", "id,form\n<<<<<<< HEAD\ntno,X\n", "line 2: there are 1 cells, and the head has 2"),
    ("aliases.csv", 'id,form\ntno,"X\nfier,Y\n', "line 3: this is no row of a CSV file"),
    ("aliases.csv", 'id,form\ntno,"X\nfier",\n', "line 3: there are 3 cells"),
    ("aliases.csv", 'id,form\ntno,"X\nY"\n', "line 3: a cell has a line break"),
    ("aliases.csv", "id,form\ntno,X|Y\n", "line 2: form holds one thing"),
    ("aliases.csv", "id,form\ntno,–\n", "line 2: – has no letter or digit"),
    ("denied.csv", "form,why\n,proef\n", "line 2: the cell of form is empty"),
]


@pytest.mark.parametrize(("file", "text", "said"), BROKEN)
def test_a_broken_file_is_told_by_its_line(own: Path, source: Path, file: str, text: str, said: str) -> None:
    own.mkdir()
    (own / file).write_text(text, encoding="utf-8")
    before = files(own)
    for arguments in (("extract", source, "-o", own.parent / "out"), ("register", "list"), ("register", "deny", "X")):
        done = annex(*arguments, "--config", own)
        assert (done.exit_code, done.stdout) == (Exit.INPUT_FAILED, "")
        assert done.stderr.startswith(f"{own}: corrupt_file: {file}, {said}")
    assert files(own) == before
    assert not (own.parent / "out").exists()


def test_what_is_given_and_denied_is_told_by_both_lines(own: Path) -> None:
    own.mkdir()
    (own / "aliases.csv").write_text("id,form\ntno,Waterkers\n", encoding="utf-8")
    (own / "denied.csv").write_text("form\nLicht\nwaterkers\n", encoding="utf-8")
    with pytest.raises(AnnexError, match=r"denied.csv, line 3: .*a name of tno by aliases.csv, line 2"):
        read_overlay(own)


def test_a_file_that_is_no_utf_8_says_so_in_dutch_too(own: Path) -> None:
    own.mkdir()
    (own / "denied.csv").write_bytes("form\nLicht\nCafé\n".encode("cp1252"))
    done = annex("register", "list", "--config", own, "--lang", "nl")
    assert done.stderr == (
        f"{own}: corrupt_file: denied.csv, regel 3: dit is geen UTF-8; sla het bestand op als CSV met UTF-8\n"
    )


def test_the_folder_must_be_there_to_be_read_and_named_to_be_changed(own: Path, source: Path) -> None:
    assert "does not exist" in annex("extract", source, "-o", own / "out", "--config", own).stderr
    assert "does not exist" in annex("register", "list", ANNEX_CONFIG=str(own)).stderr
    assert "Missing option '--config'" in annex("register", "deny", "X").stderr
    assert "--added needs a folder of your own" in annex("register", "list", "--added").stderr
    assert annex("register", "deny", "Waterkers", ANNEX_CONFIG=str(own)).exit_code == Exit.OK
    assert annex("register", "list", "--added", ANNEX_CONFIG=str(own)).stdout.splitlines()[-1].startswith("0 bodies")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(own: Path) -> None:
    own.mkdir(mode=0o500)
    done = annex("register", "deny", "X", "--config", own)
    assert done.exit_code == Exit.INPUT_FAILED
    assert "write_failed" in done.stderr


# Several at once


def test_processes_that_change_it_at_once_lose_nothing(own: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from pipeline.overlay.changes import with_denied\n"
        "from pipeline.overlay.keeping import change\n"
        "for n in range(15):\n"
        "    change(Path(sys.argv[1]), lambda o: (with_denied(o, f'Naam {sys.argv[2]} {n}').overlay, None))\n"
    )
    started = [subprocess.Popen([sys.executable, "-c", code, str(own), str(number)]) for number in range(3)]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0]
    with (own / "denied.csv").open(encoding="utf-8", newline="") as file:
        assert {row["form"] for row in csv.DictReader(file)} == {f"Naam {a} {b}" for a in range(3) for b in range(15)}
    assert [path.name for path in own.iterdir()] == ["denied.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="no lock there")
def test_who_finds_it_locked_for_long_is_told(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_PATIENCE", 0.1)
    own.mkdir()
    with locked(own):
        done = annex("register", "deny", "X", "--config", own)
    assert done.exit_code == Exit.LOCKED
    assert done.stderr == f"{own}: another run is writing there; wait until it has ended\n"
    assert not (own / LOCK_FILE).exists()


def test_a_write_that_fails_leaves_the_file_as_it_was(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register(own, "deny", "Waterkers")
    before = files(own)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    done = annex("register", "deny", "Lichtkring", "--config", own)
    assert done.exit_code == Exit.INPUT_FAILED
    assert "write_failed" in done.stderr
    assert files(own) == before
