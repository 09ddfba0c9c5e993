"""``annex report`` as its users meet it: one page of a run, whole, safe, and of use without a network or a script."""

import io
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result
from making import head
from page_checking import CHROMIUM, Parsed, shown

from pipeline import extract
from pipeline.cli import main
from pipeline.records.models import Failure, Manifest, ManifestEntry, Period, ProjectRecord, Warning
from pipeline.records.writing import annex_folder, write_annexes, write_manifest

SAMPLES = Path(__file__).parent.parent / "samples"
MANY = 300
SECONDS_FOR_MANY = 10
"""Some two on a machine with nothing else to do."""
HOSTILE = """Bijlage 1 - Projecten <b>programma</b> & "Veilig" uit 2024

Veilig <script>alert(1)</script> uit in 'het' "havenkwartier" &amp; verder

De gemeente Rotterdam voert dit uit met Stichting <img src=x onerror=alert(2)> Lichtkring. In 2023 namen 200 hotels
deel. </div></article><script>alert(3)</script><style>*{display:none}</style>
Het kost € 4 miljoen. <!-- <![CDATA[ ]]> -->
Wie meer wil weten kijkt op https://example.org/x?a=1&b=2 of javascript:alert(4);
{{ 7 * 7 }} {% raw %} \u202egeheim\u202c.

Warm wonen

De provincie Drenthe isoleert woningen in Zuid-Drenthe van 1 januari 2023 tot en met 31 december 2025.
"""


def written(folder: Path, source: Path) -> Path:
    annex = extract(source)
    folder.mkdir(exist_ok=True)
    write_annexes(folder, [annex_folder(annex.head, annex.records, annex.warnings)])
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    source = folder / "\"><svg onload=alert(5)>&'.txt"
    source.write_text(HOSTILE, encoding="utf-8")
    return written(folder / "nieuw", source)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("sample") / "nieuw", SAMPLES / "schuldenvrij-2024.pdf")


def report(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


def page_of(out: Path, *arguments: object) -> str:
    done = report(out, "-o", "-", *arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def records_of(out: Path) -> list[ProjectRecord]:
    found = [ProjectRecord.model_validate_json(path.read_bytes()) for path in out.glob("*/[0-9]*.json")]
    return sorted(found, key=lambda one: one.ordinal)


def test_the_page_holds_every_project_whole_and_leads_to_each(sample: Path) -> None:
    done = report(sample)
    path = sample.parent / "nieuw-report.html"
    assert done.exit_code == 0
    assert str(path) in done.output
    page = path.read_text(encoding="utf-8")
    parsed = Parsed(page)
    assert parsed.faults == []
    records = records_of(sample)
    assert len(records) == 11
    for record in records:
        assert record.text in parsed.text
        assert parsed.text.count(record.title) >= 2  # among the contents and above its text
    assert "Look at this" not in parsed.text
    assert "There are no warnings." in parsed.text
    assert "Largest amounts" in parsed.text


def test_it_is_said_in_dutch(sample: Path) -> None:
    page = page_of(sample, "--lang", "nl")
    assert '<html lang="nl">' in page
    text = Parsed(page).text
    assert "In één oogopslag" in text
    assert not {"At a glance", "Organisations", "The projects", "Figures"} & set(text.split("\n"))


def test_what_an_annex_holds_is_shown_and_never_run(hostile: Path) -> None:
    page = page_of(hostile)
    parsed = Parsed(page)
    assert parsed.faults == []
    for record in records_of(hostile):
        assert record.text in parsed.text
    assert "{{ 7 * 7 }}" in parsed.text
    assert parsed.tags.count("script") == parsed.tags.count("style") == 1
    assert {"img", "b", "iframe"}.isdisjoint(parsed.tags)
    assert parsed.policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in parsed.policy


def test_what_to_look_at_comes_first(tmp_path: Path, sample: Path) -> None:
    out = tmp_path / "out"
    first, *rest = records_of(sample)
    warned = first.model_copy(update={"warnings": [Warning(code="not_dutch", message="x")]})
    out.mkdir()
    write_annexes(out, [annex_folder(first.annex, [warned, *rest], [])])
    failed = ManifestEntry(
        input="stuk.pdf",
        sha256=None,
        status="failed",
        error=Failure(code="corrupt_file", message="the file is damaged"),
        annex_ids=[],
        records=0,
        seconds=0,
        warnings=0,
    )
    manifest = Manifest(version="1", model="m", settings_hash="0", entries=[failed])
    write_manifest(out, manifest)
    text = Parsed(page_of(out)).text
    places = [text.index(words) for words in ("stuk.pdf", "What to look at", "does not read as Dutch", "At a glance")]
    assert places == sorted(places)
    assert "Look at this: the text does not read as Dutch" in text


def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.html"
    path.write_text("what was there", encoding="utf-8")
    done = report(sample, "-o", tmp_path / "nowhere" / "page.html")
    assert done.exit_code == 1
    assert "cannot be written" in done.output
    monkeypatch.setattr("pipeline.exporting.report.report.tables_of", lambda *_given: 1 / 0)
    assert report(sample, "-o", path).exit_code == 1
    assert path.read_text(encoding="utf-8") == "what was there"
    assert [one.name for one in tmp_path.iterdir()] == ["page.html"]
    assert report(tmp_path).exit_code == 2


def many(out: Path, sample: Path) -> Path:
    records = records_of(sample)
    made = [
        records[number % len(records)].model_copy(
            update={"id": f"veel/project-{number}", "ordinal": number + 1, "annex": head("veel")}
        )
        for number in range(MANY)
    ]
    out.mkdir()
    write_annexes(out, [annex_folder(head("veel"), made, [])])
    return out


def test_three_hundred_projects_take_seconds(tmp_path: Path, sample: Path) -> None:
    out = many(tmp_path / "out", sample)
    started = time.perf_counter()
    page = page_of(out)
    assert time.perf_counter() - started < SECONDS_FOR_MANY
    parsed = Parsed(page)
    assert parsed.faults == []
    assert parsed.tags.count("article") == MANY
    assert len(page) < 10_000_000


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not there")
@pytest.mark.parametrize("width", [1280, 390])
def test_in_a_browser_it_fits_asks_nothing_and_complains_of_nothing(tmp_path: Path, hostile: Path, width: int) -> None:
    pytest.importorskip("playwright")
    path = tmp_path / "page.html"
    assert report(hostile, "-o", path).exit_code == 0
    with shown(path, width) as (page, heard):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.fill("#words", "drenthe isoleert")
        assert page.locator("article:visible").count() == 1
        assert page.inner_text("#count") == "1 project"
        page.fill("#words", "")
        assert page.locator("article:visible").count() == len(records_of(hostile))
        page.click("article a[href^='#a1p']")
        assert page.locator("mark:target").is_visible()
        assert heard == []


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not there")
def test_all_of_it_is_printed(tmp_path: Path, sample: Path) -> None:
    pytest.importorskip("playwright")
    path = tmp_path / "page.html"
    assert report(sample, "-o", path).exit_code == 0
    with shown(path, 1280) as (page, _heard):
        printed = page.pdf(format="A4")
    document = pypdfium2.PdfDocument(io.BytesIO(printed))
    text = " ".join(" ".join(one.get_textpage().get_text_bounded() for one in document).split())
    for record in records_of(sample):
        assert " ".join(record.text.split()[-6:]).replace(" ", "") in text.replace(" ", "")
    assert "Show projects with" not in text


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not there")
def test_what_is_odd_fits_too(tmp_path: Path, sample: Path) -> None:
    pytest.importorskip("playwright")
    first, second, third, *_rest = records_of(sample)
    [money, *_others] = [one for one in third.figures if one.kind == "money"]
    odd = [
        first.model_copy(update={"title": "Lettergreep" * 20, "period": Period(earliest=date.min, latest=date.max)}),
        second.model_copy(update={"text": "W" * 400, "dates": [], "figures": [], "organisations": [], "locations": []}),
        third.model_copy(update={"figures": [money.model_copy(update={"value": Decimal(10) ** 400}), money]}),
    ]
    odd[1] = odd[1].model_copy(update={"repairs": [], "footnotes": [], "period": Period(earliest=None, latest=None)})
    out, path = tmp_path / "out", tmp_path / "page.html"
    out.mkdir()
    write_annexes(out, [annex_folder(first.annex, odd, []), annex_folder(head("leeg"), [], [])])
    assert report(out, "-o", path).exit_code == 0
    assert Parsed(path.read_text(encoding="utf-8")).faults == []
    with shown(path, 390) as (page, heard):
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert heard == []
