"""``annex diff --format html``: one page with both sides, safe whatever the annexes hold, of use without a network."""

import shutil
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from making import head
from page_checking import CHROMIUM, Parsed, shown

from pipeline import extract
from pipeline.cli import main
from pipeline.comparing.comparing import compare
from pipeline.comparing.page import page
from pipeline.records.models import ProjectRecord
from pipeline.records.reading import read_records
from pipeline.records.writing import annex_folder, write_annexes

SAMPLES = Path(__file__).parent.parent / "samples"
MANY = 300
SECONDS_FOR_MANY = 15
"""Of the page alone; some two on a machine with nothing else to do."""
HOSTILE = """Bijlage 1 - Projecten <b>veilig</b> uit 2023

Veilig <script>alert(1)</script> uit in 'het' "havenkwartier" &amp; verder

De gemeente Rotterdam voert dit uit met Stichting <img src=x onerror=alert(2)> Lichtkring. In 2023 namen 200 hotels
deel. </div></article><script>alert(3)</script> Het kost € 4 miljoen.

Warm wonen

De provincie Drenthe isoleert woningen in dorpen, tot en met 31 december 2024.
"""


def written(folder: Path, source: Path) -> Path:
    annex = extract(source)
    folder.mkdir()
    write_annexes(folder, [annex_folder(annex.head, annex.records, annex.warnings)])
    return folder


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("years")
    old, new = (written(folder / year, SAMPLES / f"schuldenvrij-{year}.txt") for year in ("2023", "2024"))
    return old, new


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("hostile")
    made = []
    for year, text in (("2023", HOSTILE), ("2024", HOSTILE.replace("200", "351").replace("alert(3)", "alert('&lt;')"))):
        source = folder / f"veilig-{year}.txt"
        source.write_text(text, encoding="utf-8")
        made.append(written(folder / year, source))
    return made[0], made[1]


def page_of(runs: tuple[Path, Path], *arguments: str) -> str:
    done = CliRunner().invoke(main, ["diff", *map(str, runs), "--format", "html", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def texts_of(page: str) -> tuple[str, str]:
    """Return the text of both sides as one reads it in the page."""
    sides = []
    for side in ("old", "new"):
        pieces = [one.split('lang="nl">', 1)[1] for one in page.split(f'<div class="side {side} text" ')[1:]]
        sides.append(" ".join(" ".join(Parsed(piece.split("</div>")[0]).text for piece in pieces).split()))
    return sides[0], sides[1]


def test_both_sides_stand_beside_each_other_whole(years: tuple[Path, Path]) -> None:
    made = page_of(years)
    parsed = Parsed(made)
    assert parsed.faults == []
    assert {"ins", "del", "mark", "table"} <= set(parsed.tags)
    old, new = (read_records(folder) for folder in years)
    [annex] = compare(old, new).annexes
    sides = texts_of(made)
    for records, side, refs in ((old, sides[0], "old"), (new, sides[1], "new")):
        by_id = {one.id: one for found in records.values() for one in found}
        for pair in annex.pairs:
            if pair.old and pair.new and pair.kinds != ["unchanged"]:
                for ref in getattr(pair, refs):
                    assert " ".join(by_id[ref.record].text.split()) in side
    for pair in annex.pairs:
        if not (pair.old and pair.new):
            assert all(one.title in parsed.text for one in [*pair.old, *pair.new])


def test_facts_come_before_words_in_the_terms_of_the_subject(hostile: tuple[Path, Path]) -> None:
    made = page_of(hostile)
    text = Parsed(made).text
    assert text.index("+75.5%") < text.index("In 2023 namen")
    assert "<del>200</del>" in made
    assert "<ins>351</ins>" in made
    assert "1 project did not change" in text
    dutch = Parsed(page_of(hostile, "--lang", "nl")).text
    assert "1 project is niet gewijzigd" in dutch
    assert "+75,5%" in dutch


def test_what_the_annexes_hold_is_shown_and_never_run(hostile: tuple[Path, Path]) -> None:
    made = page_of(hostile)
    parsed = Parsed(made)
    assert parsed.faults == []
    assert {"script", "img", "b"}.isdisjoint(parsed.tags)
    assert "script-src" not in parsed.policy
    assert parsed.policy.startswith("default-src 'none'")
    assert "</div></article><script>alert(3)</script>" in texts_of(made)[0]
    assert "<script>alert('&lt;')</script>" in texts_of(made)[1]


def record_of(text: str) -> ProjectRecord:
    return ProjectRecord.model_validate(
        {
            "schema_version": "1.0",
            "id": "a/b",
            "annex": head("a"),
            "ordinal": 1,
            "title": "Een titel",
            "pages": [],
            "text": text,
            "repairs": [],
            "organisations": [],
            "locations": [],
            "dates": [],
            "figures": [],
            "period": {"earliest": None, "latest": None},
            "footnotes": [],
            "warnings": [],
        }
    )


WORDS = st.lists(st.sampled_from(["een", "twee", "<b>", "\n\n", "\n", " ", " ", "&", '"', "\U0001f600"]), max_size=12)


@given(WORDS, WORDS)
def test_no_letter_is_lost_however_the_paragraphs_fall(first: list[str], second: list[str]) -> None:
    old, new = record_of("".join(["begin ", *first])), record_of("".join(["begin ", *second]))
    made = "".join(page(compare({"a": [old]}, {"a": [new]}), {"a": [old]}, {"a": [new]}))
    assert Parsed(made).faults == []
    if old.text != new.text:
        assert texts_of(made) == (" ".join(old.text.split()), " ".join(new.text.split()))


def test_three_hundred_projects_take_seconds(years: tuple[Path, Path]) -> None:
    sides = []
    for folder in years:
        [records] = read_records(folder).values()
        copies = [
            records[number % len(records)].model_copy(
                update={
                    "id": f"veel/{number}",
                    "ordinal": number + 1,
                    "annex": head("veel"),
                    "title": f"{records[number % len(records)].title} {number // len(records)}",
                }
            )
            for number in range(MANY)
        ]
        sides.append({"veel": copies})
    diff = compare(*sides)
    started = time.perf_counter()
    made = "".join(page(diff, *sides))
    assert time.perf_counter() - started < SECONDS_FOR_MANY
    assert Parsed(made).faults == []


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not there")
@pytest.mark.parametrize("width", [1280, 390])
def test_in_a_browser_it_fits_and_asks_nothing(tmp_path: Path, years: tuple[Path, Path], width: int) -> None:
    pytest.importorskip("playwright")
    path = tmp_path / "page.html"
    path.write_text(page_of(years), encoding="utf-8")
    with shown(path, width) as (opened, heard):
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
        opened.click(".changes .after a")
        assert opened.locator("mark:target").is_visible()
        assert heard == []


def test_folders_may_have_names_of_their_own(tmp_path: Path, hostile: tuple[Path, Path]) -> None:
    for name, folder in zip(("old", "new"), hostile, strict=True):
        [annex] = [path for path in folder.iterdir() if path.is_dir()]
        shutil.copytree(annex, tmp_path / name / "renamed")
    assert "<del>200</del>" in page_of((tmp_path / "old", tmp_path / "new"))


def test_an_annex_that_only_one_side_has_is_named() -> None:
    old, new = record_of("een tekst"), record_of("een heel andere")
    other = new.model_copy(update={"annex": head("zonnedak"), "id": "zonnedak/b"})
    sides = {"a": [old]}, {"a": [old], "zonnedak": [other]}
    text = Parsed("".join(page(compare(*sides), *sides))).text
    assert "1 project did not change" in text
    assert "zonnedak: new, nothing to compare it with" in text
