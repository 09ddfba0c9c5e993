"""The review in a real browser: at each width, read aloud, killed, with others at work, with a hostile annex, large."""

import re
import shutil
import time
from pathlib import Path

import pytest
from browsing import annex, chromium, opened, reviewing
from page_checking import CHROMIUM
from reviewing import SAMPLES, extracted
from test_review_security import TEXT

from pipeline.reviewing.decisions.log import DecisionLog

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not there")
pytest.importorskip("playwright")

MANY = 300
SECONDS = 2.0
"""A page of `MANY` projects takes less than one on a machine with nothing else to do."""
ACCEPT = ".question.open button[value=accept]"


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("years")
    return extracted(folder, "schuldenvrij-2023.pdf"), extracted(folder, "schuldenvrij-2024.pdf")


@pytest.fixture
def approved(tmp_path: Path, years: tuple[Path, Path]) -> Path:
    return Path(shutil.copytree(years[0], tmp_path / "approved"))


# What a screen reader has nothing to say of, what is wider than the page, and what can hardly be read.
FAULTS = """() => {
  const faults = [];
  const seen = one => one.getClientRects().length > 0;
  const name = one => (one.getAttribute("aria-label") || one.innerText || one.title || one.alt || "").trim();
  for (const one of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
    if (!one.labels.length && !one.getAttribute("aria-label")) faults.push(`no label: ${one.outerHTML}`);
  for (const one of document.querySelectorAll("button, a, summary"))
    if (seen(one) && !name(one)) faults.push(`no name: ${one.outerHTML}`);
  for (const one of document.querySelectorAll("img"))
    if (!one.alt) faults.push(`no words for a picture: ${one.outerHTML}`);
  const ids = [...document.querySelectorAll("[id]")].map(one => one.id);
  for (const id of new Set(ids)) if (ids.filter(one => one === id).length > 1) faults.push(`two of one id: ${id}`);
  let level = 0;
  for (const one of document.querySelectorAll("h1, h2, h3, h4")) {
    const now = Number(one.tagName[1]);
    if (now > level + 1) faults.push(`heading ${now} after ${level}: ${one.innerText}`);
    level = now;
  }
  if (document.querySelectorAll("h1").length !== 1 || document.querySelectorAll("main").length !== 1)
    faults.push("not one h1 and one main");
  const width = document.documentElement.scrollWidth;
  if (width > innerWidth) faults.push(`wider than the window: ${width}`);
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = one => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  for (const one of document.querySelectorAll("body *")) {
    const own = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || !seen(one) || one.closest("svg")) continue;
    const [a, b] = [light(parts(getComputedStyle(one).color)), light(ground(one))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.add(`contrast ${ratio.toFixed(1)}: ${one.tagName} ${one.className}`);
  }
  return [...faults, ...poor];
}"""


# Whether what has the focus has a ring around it, and nothing lies over it.
SEEN = """() => {
  const one = document.activeElement, box = one.getClientRects()[0];
  const at = document.elementFromPoint(box.left + Math.min(box.width / 2, 9), box.top + box.height / 2);
  return getComputedStyle(one).outlineStyle !== "none" && (one.contains(at) || one.matches(".jump"));
}"""


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_page_can_be_read_at_each_width_and_aloud(
    years: tuple[Path, Path], approved: Path, language: str
) -> None:
    heard: list[str] = []
    given = (years[1], "--against", approved, "--sources", SAMPLES, "--user", "An", "--lang", language)
    with reviewing(*given) as review, chromium() as browser:
        page = opened(browser, review.link, heard)
        page.goto(f"{review.home}project/0")
        with page.expect_navigation():
            page.locator(ACCEPT).first.click()
        faults = {}
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            for address in ("", "project/0", "project/4", "project/6", "project/11", "publish", "help", "nowhere"):
                page.goto(review.home + address)
                page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
                page.evaluate("scrollTo(0, 0)")
                if found := page.evaluate(FAULTS):
                    faults[f"{address} at {width}"] = found
                assert page.locator("html").get_attribute("lang") == language
        assert faults == {}
        page.goto(review.home)
        page.keyboard.press("?")
        page.wait_for_url("**/help")
        assert page.locator("dl.help kbd").count() > 8
    assert [one for one in heard if "404" not in one] == []


def test_what_has_the_focus_is_seen(years: tuple[Path, Path], approved: Path) -> None:
    with reviewing(years[1], "--against", approved, "--user", "An") as review, chromium() as browser:
        page = opened(browser, review.link, [])
        page.goto(f"{review.home}project/0")
        for _ in range(40):
            page.keyboard.press("Tab")
            page.wait_for_function(SEEN)  # it scrolls there


def test_without_scripts_a_person_can_decide_and_publish(years: tuple[Path, Path], approved: Path) -> None:
    with reviewing(years[1], "--against", approved, "--user", "An") as review, chromium() as browser:
        page = opened(browser, review.link, [], java_script_enabled=False)
        page.click("a.first")
        left = page.locator(ACCEPT).count()
        page.locator(ACCEPT).first.click()
        assert page.locator(ACCEPT).count() < left
        page.locator(".arranging summary", has_text="Split").click()
        page.fill(".arranging .split [name=title]", "Een tweede")
        page.fill(".arranging .split [name=words]", "Wat in Enschede en Tilburg")
        page.click(".arranging .split button")
        assert page.locator(".notice[role=status]").count() == 1
        page.goto(f"{review.home}publish")
        page.click("button.accept")
        assert page.locator("h1").count() == 1
    actions = [(one.subject, one.action) for one in DecisionLog(approved).read()]
    assert len(actions) == 2
    assert actions[1] == ("boundary", "correct")


def test_two_at_once_and_each_sees_what_the_other_did(years: tuple[Path, Path], approved: Path) -> None:
    given = (years[1], "--against", approved)
    with reviewing(*given, "--user", "An") as one, reviewing(*given, "--user", "Bo") as two, chromium() as browser:
        pages = [opened(browser, review.link, []) for review in (one, two)]
        for number, review in ((0, one), (3, two)):
            pages[number // 3].goto(f"{review.home}project/{number}")
        for _ in range(4):
            for page in pages:
                with page.expect_navigation():
                    page.locator(ACCEPT).first.click()
        pages[0].goto(f"{one.home}project/3")
        assert pages[0].locator(".answer", has_text="Bo").count() == 4
        pages[1].goto(f"{two.home}project/0")
        assert pages[1].locator(".answer", has_text="An").count() == 4
    log = DecisionLog(approved).read()
    assert sorted(one.by for one in log) == ["An"] * 4 + ["Bo"] * 4
    assert len({one.id for one in log}) == 8


def test_killed_between_two_decisions_nothing_is_lost(years: tuple[Path, Path], approved: Path) -> None:
    given = (years[1], "--against", approved, "--user", "An")
    with chromium() as browser:
        for before in range(3):
            with reviewing(*given) as review:
                page = opened(browser, review.link, [])
                page.goto(f"{review.home}project/0")
                assert page.locator(".question.accepted").count() == before
                with page.expect_navigation():
                    page.locator(ACCEPT).first.click()
                review.kill()
    assert len(DecisionLog(approved).read()) == 3


def test_a_hostile_annex_runs_nothing_and_asks_nothing(tmp_path: Path) -> None:
    hostile = TEXT.replace("vrijwilligers.", "vrijwilligers. javascript:alert(1) </script><base href=//evil.example>")
    source = tmp_path / "annex.txt"
    source.write_text(f"{hostile}\n3. \u202eOmgekeerd\n\nDe gemeente Ede deed dit in 2024 met 3 mensen.\n")
    assert annex("extract", source, "-o", tmp_path / "new").returncode == 0
    heard: list[str] = []
    with reviewing(tmp_path / "new", "--user", "<b>An</b>") as review, chromium() as browser:
        page = opened(browser, review.link, heard)
        page.on("dialog", lambda dialog: heard.append(dialog.message))
        count = page.locator("table.projects tbody tr").count()
        for number in range(count):
            page.goto(f"{review.home}project/{number}")
            while page.locator(ACCEPT).count():
                with page.expect_navigation():
                    page.locator(ACCEPT).first.click()
            page.hover(".record.new .text.body")
        page.goto(f"{review.home}publish")
        with page.expect_navigation():
            page.click("button.accept")
        assert page.locator("img, b, base").count() == 0
    assert count >= 2
    assert heard == []


def test_many_projects_open_within_a_second(tmp_path: Path) -> None:
    body = "\n\n".join(
        f"{number}. Project {number} voor buurt {number}\n\nDe gemeente Ede voerde dit in {2000 + number % 25} uit met "
        f"Stichting Buurt {number} en {number + 10} vrijwilligers. Het kostte € {number * 1000}."
        for number in range(1, MANY + 1)
    )
    for year, text in (("2023", body), ("2024", re.sub(r"en (\d+) vrijwilligers", r"en \g<1>0 vrijwilligers", body))):
        source = tmp_path / f"bijlage-{year}.txt"
        source.write_text(f"Bijlage I – Projecten {year}\n\n{text}\n")
        assert annex("extract", source, "-o", tmp_path / year).returncode == 0
    with reviewing(tmp_path / "2024", "--against", tmp_path / "2023", "--user", "An") as review, chromium() as browser:
        page = opened(browser, review.link, [])
        assert page.locator("table.projects tbody tr").count() == MANY
        taken = {}
        for address in ("", "project/150", "publish"):
            begin = time.perf_counter()
            page.goto(review.home + address)
            taken[address] = time.perf_counter() - begin
        print(taken)  # noqa: T201  # for the closing note
        assert max(taken.values()) < SECONDS
