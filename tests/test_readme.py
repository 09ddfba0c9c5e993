"""What the README shows from Python runs, and says what it does."""

import re
from pathlib import Path

import pytest

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


def test_every_command_is_explained() -> None:
    from pipeline.cli import main

    assert set(re.findall(r"^\| `annex (\w+)", README, re.MULTILINE)) == set(main.list_commands(None))  # type: ignore[arg-type]
