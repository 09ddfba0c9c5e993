"""docs/errors.md says of every code what it means and what to do."""

import re
from pathlib import Path

from pipeline.cli.exits import Exit
from pipeline.errors import ERROR_CODES

PAGE = (Path(__file__).parent.parent / "docs" / "errors.md").read_text(encoding="utf-8")
ROOT = Path(__file__).parent.parent


def test_every_error_says_what_to_do() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| .+ \| (.+) \|$", PAGE, re.MULTILINE))
    assert set(rows) == set(ERROR_CODES)
    assert all(rows.values())


def test_every_exit_code_is_explained() -> None:
    codes = re.findall(r"^\| (\d+) \| \S", PAGE, re.MULTILINE)
    assert [int(code) for code in codes] == sorted(Exit)


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]:
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\((?!https?:)([^)#]*)(?:#[^)]*)?\)", text):
            assert not target or (page.parent / target).exists(), f"{page.name}: {target}"
