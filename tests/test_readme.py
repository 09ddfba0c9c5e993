"""What the README shows from Python runs, and says what it does."""

import json
import re
import shlex
from pathlib import Path

import pytest
from benching import KEPT, MARKS, with_table
from click.testing import CliRunner

from pipeline.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    [code] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)  # noqa: S102  # it is our own text
    assert names["annex"]


def test_every_warning_that_is_given_is_explained() -> None:
    sources = [ROOT / "pipeline" / "extraction.py", *(ROOT / "pipeline" / "reading").glob("*.py")]
    source = "".join(path.read_text(encoding="utf-8") for path in sources)
    given = set(re.findall(r'Warning\((?:code=)?"(\w+)"', source))
    assert given
    assert given == set(
        re.findall(r"^\| `(\w+)` \| (?=\w)", README.split("| warning |")[1].split("\n\n")[0], re.MULTILINE)
    )


def test_the_register_commands_of_the_readme_say_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANNEX_CONFIG", "eigen")
    shown = README.split("## Your own register")[1].split("```")[1]
    steps = re.findall(r"^\$ annex (register [^#\n]*).*\n((?:[^$\n].*\n)*)", shown, re.MULTILINE)
    assert len(steps) >= 6
    for command, output in steps:
        done = CliRunner().invoke(main, shlex.split(command))
        assert done.exit_code == 0, done.output
        assert done.stdout == output or not output


def test_every_command_is_explained() -> None:
    assert set(re.findall(r"^\| `annex (\w+)", README, re.MULTILINE)) == set(main.list_commands(None))  # type: ignore[arg-type]


def test_the_table_of_ratios_is_that_of_the_bench() -> None:
    assert with_table(README) == README
    assert set(json.loads(KEPT.read_text())) == set(MARKS)
