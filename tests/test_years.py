"""Two series of years, with all that changed in them written down before anything was run over them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typst
from click.testing import CliRunner

from pipeline.cli import main

YEARS = Path(__file__).parent / "years"
KEYS = {"figure": "value", "date": "edtf", "organisation": "name"}
"""What the known truth names a fact by."""
_RUN_IN = re.compile(r"^\*([^*]+?)\.\*\s+", re.MULTILINE)


def annex(*arguments: str | Path) -> str:
    done = CliRunner().invoke(main, [*map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


def told(folder: Path, series: str, *, headed: bool) -> list[dict[str, Any]]:
    """Return the pairs of a series as ``annex diff`` tells them; `headed` sets titles on lines of their own."""
    for source in sorted(YEARS.glob(f"{series}-*.typ")):
        text = source.read_text(encoding="utf-8")
        path = folder / f"{source.stem}.pdf"
        path.write_bytes(typst.compile((_RUN_IN.sub(r"== \1\n\n", text) if headed else text).encode()))
        annex("extract", path, "-o", folder / source.stem)
    old, new = sorted(one for one in folder.iterdir() if one.is_dir())
    [one] = json.loads(annex("diff", old, new, "--format", "json"))["annexes"]
    return list(one["pairs"])


def said(change: dict[str, Any]) -> tuple[Any, ...]:
    values = (change[side] and change[side]["value"].get(KEYS.get(change["kind"], "")) for side in ("old", "new"))
    return named([change["kind"], *values])


def named(fact: list[Any]) -> tuple[Any, ...]:
    return tuple(one.casefold() if isinstance(one, str) else one for one in fact)


@pytest.mark.parametrize(
    ("series", "headed", "most_false"),
    [
        ("veteranen", False, 0),
        ("vredeswerk", True, 1),  # “dat daarvoor samenwerkt met” is taken for no partner, “samen met” is
        ("vredeswerk", False, 1),  # its titles run into their text
    ],
)
def test_what_is_known_to_have_changed_is_told(tmp_path: Path, series: str, headed: bool, most_false: int) -> None:  # noqa: FBT001  # pytest calls by name
    pairs = told(tmp_path, series, headed=headed)
    found = {(tuple(o["title"] for o in p["old"]), tuple(n["title"] for n in p["new"])): p for p in pairs}
    known = json.loads((YEARS / f"{series}-changes.json").read_text(encoding="utf-8"))
    assert set(found) == {(tuple(one["old"]), tuple(one["new"])) for one in known}
    false = 0
    for one in known:
        pair = found[tuple(one["old"]), tuple(one["new"])]
        facts = [said(change) for change in pair["changes"] if change["is_fact"] and change["kind"] != "title"]
        assert {*one["kinds"]} <= {*pair["kinds"]}, one
        missed = [fact for fact in map(named, one["changes"]) if fact not in facts]
        assert missed == [], (one["new"], facts)
        false += len(facts) - len(one["changes"])
    assert false <= most_false
