"""A steward reviews a changed annex in a real browser: every decision, publishing, and extraction again after it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Hands, Keys, Mouse, annex, chromium, opened, reviewing
from page_checking import CHROMIUM
from reviewing import SAMPLES, extracted

from pipeline.reviewing.decisions.log import DecisionLog

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not there")
pytest.importorskip("playwright")

OPEN = ".question:has(button[value=accept]):not(.accepted, .rejected, .corrected, .skipped)"


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("years")
    return extracted(folder, "schuldenvrij-2023.pdf"), extracted(folder, "schuldenvrij-2024.pdf")


class Desk:
    """A steward at work.

    Parameters
    ----------
    hands
        How they work the page.
    home
        Address of the list.
    """

    def __init__(self, hands: Hands, home: str, approved: Path) -> None:
        self.hands = hands
        self.page = hands.page
        self.home = home
        self.log = DecisionLog(approved)

    def project(self, words: str) -> None:
        """Open the project with these words in its title."""
        self.page.goto(self.home)
        self.hands.press(self.page.locator("table.projects a", has_text=words).first)
        self.page.wait_for_url("**/project/**")

    def fact(self, kind: str, words: str = "") -> "Locator":
        """Open what the record says."""
        found = self.page.locator("details.fact", has=self.page.locator(f"summary .kind:text-is('{kind}')"))
        one = found.filter(has_text=words).first
        one = self.page.locator(f"#{one.get_attribute('id')}")
        self.hands.press(one.locator("> summary"))
        return one

    def form(self, within: "Locator | None", action: str) -> "Locator":
        """Unfold a form."""
        one = (within or self.page).locator(f"details.form.{action}").first
        self.hands.press(one.locator("> summary"))
        return one

    def send(self, form: "Locator") -> None:
        """Send a form; what is told must not be an error."""
        before = len(self.log.read())
        with self.page.expect_navigation():
            self.hands.press(form.locator("button[name=action]"))
        told = self.page.locator(".notice")
        assert told.get_attribute("role") == "status", self.page.locator(".wrong").all_inner_texts()
        assert len(self.log.read()) > before, told.inner_text()

    def answer(self, value: str) -> None:
        """Answer the first open question by a button of it."""
        with self.page.expect_navigation():
            self.hands.press(self.page.locator(f"{OPEN} button[value={value}]").first)


def accept(desk: Desk) -> None:
    desk.project("Sociale incasso")
    desk.answer("accept")


def reject(desk: Desk) -> None:
    desk.project("Caribisch Nederland")
    desk.answer("reject")


def skip(desk: Desk) -> None:
    desk.project("Sociale incasso")
    desk.answer("skip")
    assert "question" in desk.page.url


def correct_a_value(desk: Desk) -> None:
    desk.project("Eerder in beeld")
    form = desk.form(desk.fact("figure", "139"), "correct")
    desk.hands.write(form.locator("[name=value]"), "ongeveer 140")
    desk.hands.write(form.locator("[name=why]"), "zie de brief van 3 juli")
    desk.send(form)


def correct_a_title(desk: Desk) -> None:
    desk.project("Eerder in beeld")
    form = desk.form(desk.fact("title"), "correct")
    desk.hands.write(form.locator("[name=title]"), "Eerder in beeld bij schulden")
    desk.send(form)


def redraw(desk: Desk) -> None:
    desk.project("Eerder in beeld")
    form = desk.form(desk.fact("figure", "271"), "redraw")
    desk.hands.mark(form, "271.000")
    desk.send(form)


def change_a_role(desk: Desk) -> None:
    desk.project("ondernemers en zzp")
    form = desk.form(desk.fact("organisation"), "role")
    desk.hands.choose(form.locator("[name=role]"), "partner")
    desk.send(form)


def remove(desk: Desk) -> None:
    desk.project("ondernemers en zzp")
    desk.send(desk.form(desk.fact("date"), "remove"))


def merge(desk: Desk) -> None:
    desk.project("ondernemers en zzp")
    desk.send(desk.form(desk.fact("organisation"), "merge"))


def alias(desk: Desk) -> None:
    desk.project("ondernemers en zzp")
    form = desk.form(desk.fact("organisation", "Ondernemersklankbord"), "alias")
    desk.hands.write(form.locator("[name=body]"), "Kamer van Koophandel")
    desk.send(form)


def deny(desk: Desk) -> None:
    desk.project("Sociale incasso")
    form = desk.form(desk.fact("organisation"), "deny")
    desk.hands.write(form.locator("[name=why]"), "een programma")
    desk.send(form)


def add_what_was_missed(desk: Desk) -> None:
    desk.project("Sociale incasso")
    form = desk.form(None, "add-organisation")
    text = desk.page.locator(".record.new .text.body").inner_text()
    word = next(
        one for one in text.split() if one.isalpha() and one.islower() and len(one) > 7 and text.count(one) == 1
    )
    desk.hands.mark(form, word)
    desk.send(form)


def comment(desk: Desk) -> None:
    desk.project("Sociale incasso")
    form = desk.form(desk.page.locator(".arranging"), "comment")
    desk.hands.write(form.locator("[name=why]"), "nagevraagd bij de gemeente")
    desk.send(form)


def split(desk: Desk) -> None:
    desk.project("Warm en zuinig")
    form = desk.form(desk.page.locator(".arranging"), "split")
    desk.hands.write(form.locator("[name=title]"), "Een tweede project")
    desk.hands.mark(form, second_sentence(desk))
    desk.send(form)


def move_a_boundary(desk: Desk) -> None:
    desk.project("Maatjes voor de administratie")
    form = desk.form(desk.page.locator(".arranging"), "move")
    desk.hands.mark(form, second_sentence(desk))
    desk.send(form)


def join(desk: Desk) -> None:
    desk.project("Caribisch Nederland")
    desk.send(desk.form(desk.page.locator(".arranging"), "join"))


def undo(desk: Desk) -> None:
    desk.page.goto(desk.home)
    with desk.page.expect_navigation():
        desk.hands.press(desk.page.locator("form.undo button"))
    assert desk.log.read()[-1].action == "undo"


def accept_all(desk: Desk) -> None:
    desk.page.goto(desk.home)
    before = len(desk.log.read())
    with desk.page.expect_navigation():
        desk.hands.press(desk.page.locator(".bulk button").first)
    assert len(desk.log.read()) > before


def second_sentence(desk: Desk) -> str:
    """Return the first words of the second sentence of the text."""
    text = desk.page.locator(".record.new .text.body").inner_text()
    at = text.index(". ") + 2
    return text[at : at + 30].rsplit(" ", 1)[0]


EVERY: tuple[tuple[Callable[[Desk], None], tuple[str, str] | None], ...] = (
    (accept, None),
    (reject, None),
    (skip, None),
    (correct_a_value, ("figure", "correct")),
    (correct_a_title, ("title", "correct")),
    (redraw, ("figure", "correct")),
    (change_a_role, ("role", "add")),
    (remove, ("date", "reject")),
    (merge, ("organisation", "correct")),
    (alias, ("organisation", "correct")),
    (deny, ("organisation", "reject")),
    (add_what_was_missed, ("organisation", "add")),
    (comment, ("project", "comment")),
    (split, ("boundary", "correct")),
    (undo, None),
    (move_a_boundary, ("boundary", "correct")),
    (join, ("boundary", "correct")),
    (accept_all, None),
)


@pytest.mark.parametrize("kind", [Mouse, Keys])
def test_every_kind_of_decision_then_publishing_then_extraction_again(
    tmp_path: Path, years: tuple[Path, Path], kind: type[Mouse] | type[Keys]
) -> None:
    approved, heard = tmp_path / "approved", []  # type: tuple[Path, list[str]]
    shutil.copytree(years[0], approved)
    given = (years[1], "--against", approved, "--sources", SAMPLES, "--user", "An", "--config", tmp_path / "config")
    with reviewing(*given) as review, chromium() as browser:
        hands = kind(opened(browser, review.link, heard))
        desk = Desk(hands, review.home, approved)
        for do, wanted in EVERY:
            do(desk)
            assert wanted is None or wanted in {(one.subject, one.action) for one in desk.log.read()}, do.__name__
        everything(desk)
        desk.page.goto(f"{review.home}publish")
        with desk.page.expect_navigation():
            hands.press(desk.page.locator("button.accept"))
        assert "(0)" in desk.page.locator("section h2").nth(1).inner_text()
    assert heard == []
    assert annex("validate", approved).returncode == 0
    again = tmp_path / "again"
    source = SAMPLES / "schuldenvrij-2024.pdf"
    config = ("--config", tmp_path / "config")
    assert annex("extract", source, "-o", again, "--approved", approved, *config).returncode == 0
    said = annex("diff", approved / "schuldenvrij-2024", again / "schuldenvrij-2024", "--exit-code")
    assert said.returncode == 0, said.stdout
    with reviewing(again, "--against", approved, *config) as review, chromium() as browser:
        page = opened(browser, review.link, heard)
        assert page.locator("a.first").get_attribute("href") == "/publish", page.inner_text("table.projects")


def everything(desk: Desk) -> None:
    """Accept what is still open: all of a kind, then the rest by the key for it."""
    desk.page.goto(desk.home)
    while desk.page.locator(".bulk button").count():
        with desk.page.expect_navigation():
            desk.hands.press(desk.page.locator(".bulk button").first)
    for _ in range(200):
        if not desk.page.url.startswith(f"{desk.home}project"):
            first = desk.page.locator("a.first")
            if first.get_attribute("href") == "/publish":
                return
            desk.hands.press(first)
            desk.page.wait_for_url("**/project/**")
        left = desk.page.locator(f"{OPEN}, .question.skipped")
        if left.count():
            left.first.focus()
            left.first.evaluate("one => one.click()")  # makes it the one that keys are for
            with desk.page.expect_navigation():
                desk.page.keyboard.press("a")
        else:
            desk.page.goto(desk.home)
    raise AssertionError("there is always something left")
