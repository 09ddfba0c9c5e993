"""Settings: which value holds, where it came from, and what is said of mistakes; in English and in Dutch."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from making import GOOD_TEXT

from pipeline.cli import main
from pipeline.cli.exits import Exit
from pipeline.cli.settings.model import LimitSettings, Settings
from pipeline.cli.settings.resolving import keys, variable_of
from pipeline.messages import use_language
from pipeline.settings import Limits

DOCS = Path(__file__).parent.parent / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Give every test an environment without settings, and a folder for those of the user."""
    for key in keys():
        monkeypatch.delenv(variable_of(key), raising=False)
    monkeypatch.delenv("ANNEX_SETTINGS", raising=False)
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setattr("sys.platform", "linux")
    yield
    use_language("en")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the place of the user's own file, in a folder that is there."""
    (tmp_path / "settings" / "annex").mkdir(parents=True)
    return tmp_path / "settings" / "annex" / "annex.toml"


def annex(*arguments: object, **environment: str) -> Result:
    return CliRunner(env={"COLUMNS": "200", **environment}).invoke(main, [str(argument) for argument in arguments])


def shown(*arguments: object, **environment: str) -> dict[str, dict[str, Any]]:
    result = annex("config", "show", "--format", "json", *arguments, **environment)
    assert result.exit_code == Exit.OK, result.output
    return {one["name"]: one for one in json.loads(result.stdout)["settings"]}


def test_a_flag_goes_before_a_variable_that_before_the_file_and_that_before_the_default(file: Path) -> None:
    def jobs(*arguments: object, **environment: str) -> tuple[object, ...]:
        one = shown(*arguments, **environment)["jobs"]
        return one["value"], one["source"], one["place"], one["line"]

    assert jobs() == (1, "default", None, None)
    file.write_text('# of ours\nlang = "en"\njobs = 2\n')
    assert jobs() == (2, "file", str(file), 3)
    assert jobs(ANNEX_JOBS="3") == (3, "environment", "ANNEX_JOBS", None)
    assert jobs("--jobs", 4, ANNEX_JOBS="3") == (4, "flag", "--jobs", None)
    assert jobs(ANNEX_JOBS="") == (2, "file", str(file), 3)


def test_every_part_of_a_group_has_its_own_origin(file: Path) -> None:
    file.write_text("[limits]\npages = 7\nseconds = 1.5\n")
    found = shown(ANNEX_LIMITS_PAGES="9", ANNEX_LIMITS_PAGE_SECONDS="2")
    assert (found["limits.pages"]["value"], found["limits.pages"]["place"]) == (9, "ANNEX_LIMITS_PAGES")
    assert (found["limits.seconds"]["value"], found["limits.seconds"]["line"]) == (1.5, 3)
    assert (found["limits.page_seconds"]["value"], found["limits.page_seconds"]["source"]) == (2, "environment")
    assert found["limits.bytes"]["source"] == "default"


def test_the_limits_that_may_be_set_are_those_of_reading() -> None:
    assert LimitSettings().limits() == Limits()
    assert {".".join(key) for key in keys()} >= {f"limits.{one.name}" for one in fields(Limits)}


def test_a_file_may_be_named_and_its_folders_are_seen_from_it(tmp_path: Path, file: Path) -> None:
    file.write_text("jobs = 2\n")
    other = tmp_path / "ander.toml"
    other.write_text('config = "eigen"\ncache = "/cache"\napproved = "~/goed"\n')
    for found in (
        shown("--settings", other),
        shown(ANNEX_SETTINGS=str(other)),
        shown("--settings", other, ANNEX_SETTINGS=str(file)),
    ):
        assert found["jobs"]["source"] == "default"
        assert found["config"]["value"] == str(tmp_path / "eigen")
        assert found["cache"]["value"] == "/cache"
        assert found["approved"]["value"] == str(Path("~/goed").expanduser())
    assert annex("--settings", other, "config", "show").stdout.endswith(f"File with settings: {other}\n")


def test_nothing_is_taken_from_the_folder_that_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "annex.toml").write_text('model = "evil"\n')
    assert shown()["model"]["value"] == "nl_annex"


def test_people_see_a_table_and_no_password(file: Path) -> None:
    file.write_text('password = "geheim-1"\n')
    for form in ("text", "json"):
        for result in (
            annex("config", "show", "--format", form, ANNEX_PASSWORD="geheim-2"),  # noqa: S106
            annex("config", "show", "--format", form, "--password", "geheim-3"),
        ):
            assert result.exit_code == Exit.OK
            assert "geheim" not in result.output
            assert "********" in result.output
    lines = [line.split() for line in annex("config", "show", "--lang", "nl").stdout.splitlines()]
    assert ["Instelling", "Waarde", "Van"] in lines
    assert ["password", "********", "bestand", f"{file}:1"] in lines
    assert ["lang", "nl", "vlag", "--lang"] in lines
    assert ["jobs", "1", "standaard"] in lines


def test_the_language_may_stand_in_the_file(file: Path) -> None:
    file.write_text('lang = "nl"\n')
    assert annex("--help").stdout.startswith("Gebruik: annex")
    assert annex("--help", ANNEX_LANG="en").stdout.startswith("Usage: annex")
    file.write_text("lang = \n")
    assert annex("--help").stdout.startswith("Usage: annex")


MISTAKES = [
    ("jobs = 2\nlang = \n", ["{file}: corrupt_file: this is no TOML; write lines such as jobs = 2 ("]),
    ("jobs = 'veel'\n", ["{file}:1: corrupt_file: jobs cannot be 'veel'; it must be a whole number, 1 or more"]),
    ("\nlang = 'fr'\n", ["{file}:2: corrupt_file: lang cannot be 'fr'; it must be one of en, nl"]),
    ("log_text = 7\n", ["{file}:1: corrupt_file: log_text cannot be 7; it must be true or false"]),
    ("model = 3\n", ["{file}:1: corrupt_file: model cannot be 3; it must be a text between quotation marks"]),
    ("limits = 3\n", ["{file}:1: corrupt_file: limits cannot be 3; it must be a table of its own, such as [limits]"]),
    ("[limits]\nseconds=0\n", ["{file}:2: corrupt_file: limits.seconds cannot be 0; it must be a number above 0"]),
    ("[limits]\nx=0\n", ["{file}:2: corrupt_file: limits.x is no setting; there are: limits.bytes, "]),
    (
        "job = 1\njobs = 0\n",
        ["{file}:2: corrupt_file: jobs cannot be 0", "{file}:1: corrupt_file: job is no setting; there are: lang, "],
    ),
]


@pytest.mark.parametrize(("text", "said"), MISTAKES)
@pytest.mark.parametrize("command", [["config", "show"], ["register", "list"], ["extract", "a.txt", "-o", "out"]])
def test_mistakes_in_a_file_are_told_with_their_place(
    file: Path, text: str, said: list[str], command: list[str]
) -> None:
    file.write_text(text)
    result = annex(*command)
    assert result.exit_code == Exit.WRONG_USE
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == len(said)
    for line, begin in zip(lines, said, strict=True):
        assert line.startswith(begin.format(file=file))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, file: Path) -> None:
    missing = tmp_path / "weg.toml"
    for result in (
        annex("--settings", missing, "config", "show"),
        annex("config", "show", ANNEX_SETTINGS=str(missing)),
    ):
        assert result.exit_code == Exit.WRONG_USE
        assert result.stderr == f"{missing}: not_found: there is no such file; check the name and the folder\n"
    file.write_bytes("# caf\xe9\n".encode("latin-1"))
    assert (
        annex("config", "show").stderr == f"{file}: corrupt_file: this is no UTF-8; save the file as text with UTF-8\n"
    )
    assert annex("--settings", tmp_path, "config", "show").exit_code == Exit.WRONG_USE


@pytest.mark.parametrize(
    ("variable", "value", "english", "dutch"),
    [
        (
            "ANNEX_JOBS",
            "0",
            "jobs cannot be '0'; it must be a whole number, 1 or more",
            "jobs kan niet '0' zijn; het moet een geheel getal zijn, 1 of meer",
        ),
        (
            "ANNEX_LOG_FORMAT",
            "xml",
            "log_format cannot be 'xml'; it must be one of json, text",
            "log_format kan niet 'xml' zijn; het moet een van json, text zijn",
        ),
        (
            "ANNEX_LOG_TEXT",
            "ja",
            "log_text cannot be 'ja'; it must be true or false",
            "log_text kan niet 'ja' zijn; het moet true of false zijn",
        ),
    ],
)
def test_mistakes_in_a_variable_are_told_in_both_languages(variable: str, value: str, english: str, dutch: str) -> None:
    for language, said in (("en", english), ("nl", dutch)):
        result = annex("config", "show", "--lang", language, **{variable: value})
        assert result.exit_code == Exit.WRONG_USE
        assert result.stderr == f"{variable}: {said}\n"


def test_a_language_that_is_none_is_refused_by_any_command() -> None:
    result = annex("schema", ANNEX_LANG="fr")
    assert result.exit_code == Exit.WRONG_USE
    assert result.stderr == "ANNEX_LANG: lang cannot be 'fr'; it must be one of en, nl\n"
    assert annex("schema", "--lang", "nl", ANNEX_LANG="fr").exit_code == Exit.OK


def test_a_variable_that_sets_nothing_is_told() -> None:
    result = annex("config", "show", ANNEX_MODLE="nl_annex_fast", ANNEX_="x")
    assert result.exit_code == Exit.OK
    assert "ANNEX_MODLE sets nothing; is ANNEX_MODEL meant?\n" in result.stderr


def test_what_is_set_holds_for_an_extraction(tmp_path: Path, file: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD_TEXT)
    file.write_text('model = "nl_annex_fast"\n\n[limits]\ncharacters = 10\n')
    result = annex("extract", tmp_path / "a.txt", "-o", tmp_path / "out")
    assert result.exit_code == Exit.INPUT_FAILED
    assert "limit_exceeded" in result.stderr
    assert annex("extract", tmp_path / "a.txt", "-o", tmp_path / "out", ANNEX_LIMITS_CHARACTERS="9999").exit_code == 0
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["model"].startswith("nl_annex_fast ")


def test_folders_and_models_that_are_not_there_are_told_with_their_place(tmp_path: Path, file: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD_TEXT)
    extract = ("extract", tmp_path / "a.txt", "-o", tmp_path / "out")
    file.write_text('model = "nl_nergens"\n')
    result = annex(*extract)
    assert result.exit_code == Exit.WRONG_USE
    assert result.stderr.startswith(
        f"{file}:1: corrupt_file: model cannot be 'nl_nergens'; it must be nl_annex, nl_ann"
    )
    file.write_text("")
    for result in (annex(*extract, "--approved", "weg"), annex(*extract, ANNEX_APPROVED="weg")):
        assert result.exit_code == Exit.WRONG_USE
        assert "approved cannot be weg; it must be a folder that is there; weg does not exist" in result.stderr
    assert not (tmp_path / "out").exists()


def test_help_and_import_load_no_settings() -> None:
    code = (
        "import sys, pipeline; from pipeline.cli import main\n"
        "try: main(['extract', '--help'])\nexcept SystemExit: pass\n"
        "print([m for m in ('pydantic', 'pydantic_settings', 'tomllib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_page_on_settings_tells_of_each_with_its_variable() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for key in keys():
        assert f"| `{'.'.join(key)}` | `{variable_of(key)}` |" in text
    assert text.count("| `ANNEX_") == len(keys())
    assert Settings.model_fields.keys() == {key[0] for key in keys()}
