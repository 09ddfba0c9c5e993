"""The review as a real process and a real browser on it: what a person does there by mouse or by keyboard."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from page_checking import CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).parent.parent
MOST_TABS = 900
"""How often Tab is pressed before a place counts as one that no keyboard reaches."""


def annex(*arguments: str | Path | int) -> "subprocess.CompletedProcess[str]":
    """Run the command."""
    given = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    return subprocess.run(given, capture_output=True, text=True, cwd=ROOT, check=False)


class Reviewing:
    """``annex review`` as a process of its own."""

    def __init__(self, *arguments: str | Path) -> None:
        given = [sys.executable, "-m", "pipeline.cli", "review", *map(str, arguments)]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(given, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
        self.link = ""
        for line in self.process.stdout or ():
            if found := re.search(r"http://\S+", line):
                self.link = found[0]
                break
        assert self.link, "it printed no link"

    @property
    def home(self) -> str:
        return self.link.split("?")[0]

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def end(self) -> int:
        """End it as Ctrl-C does; gives its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


@contextmanager
def reviewing(*arguments: str | Path) -> Iterator[Reviewing]:
    made = Reviewing(*arguments)
    try:
        yield made
    finally:
        made.kill()


@contextmanager
def chromium() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as drive:
        browser = drive.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def opened(browser: "Browser", link: str, heard: list[str], **settings: Any) -> "Page":  # noqa: ANN401  # Playwright's
    """Open a link; what the page complains of, or asks of another address, is heard."""
    home = re.match(r"http://[^/]+", link)
    assert home is not None
    page = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings}).new_page()
    page.set_default_timeout(10_000)
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda one: None if one.url.startswith(home[0]) else heard.append(one.url))
    page.goto(link)
    return page


class Hands(Protocol):
    """How a person works a page."""

    page: "Page"

    def press(self, place: "Locator") -> None:
        """Press a button, follow a link or open what is folded."""

    def write(self, place: "Locator", text: str) -> None:
        """Write in a field, over what is there."""

    def choose(self, place: "Locator", value: str) -> None:
        """Choose from a list."""

    def mark(self, form: "Locator", words: str) -> None:
        """Say which words of the text a form is about."""


class Mouse:
    """By mouse, and the keyboard for text alone."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        page.on("dialog", lambda dialog: dialog.accept())
        page.emulate_media(reduced_motion="reduce")  # nobody draws over words while the page still glides

    def press(self, place: "Locator") -> None:
        place.click()

    def write(self, place: "Locator", text: str) -> None:
        place.click(click_count=3)
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def choose(self, place: "Locator", value: str) -> None:
        place.select_option(value)  # the list of a browser is not part of the page

    def mark(self, form: "Locator", words: str) -> None:  # noqa: ARG002  # as the keyboard has it
        """Draw over the words, from the middle of their first to that of their last line."""
        found = self.page.evaluate(_ENDS, words)
        assert found, f"not in the text: {words}"
        self.page.mouse.move(found[0], found[1])
        self.page.mouse.down()
        self.page.mouse.move(found[2], found[3], steps=4)
        self.page.mouse.up()


_ENDS = """words => {
  const text = document.querySelector(".record.new .text.body");
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const at = text.textContent.indexOf(words);
  if (at < 0) return null;
  const range = document.createRange();
  let passed = 0, node, begun = false;
  while ((node = walker.nextNode())) {
    const end = passed + node.length;
    if (!begun && at < end) { range.setStart(node, at - passed); begun = true; }
    if (begun && at + words.length <= end) { range.setEnd(node, at + words.length - passed); break; }
    passed = end;
  }
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  const boxes = [...range.getClientRects()], first = boxes[0], last = boxes[boxes.length - 1];
  return [first.left + 0.5, first.top + first.height / 2, last.right - 0.5, last.top + last.height / 2];
}"""


class Keys:
    """By keyboard alone."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        page.on("dialog", lambda dialog: dialog.accept())

    def press(self, place: "Locator") -> None:
        self._reach(place)
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()

    def write(self, place: "Locator", text: str) -> None:
        self._reach(place)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def choose(self, place: "Locator", value: str) -> None:
        self._reach(place)
        self.page.keyboard.press("Home")
        for _ in range(60):
            if place.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"cannot be chosen: {value}")

    def mark(self, form: "Locator", words: str) -> None:
        self.write(form.locator("[name=words]"), words)

    def _reach(self, place: "Locator") -> None:
        """Press Tab until a place has the focus, backwards where it stands before."""
        wanted = place.element_handle()
        before = self.page.evaluate(
            "one => !!(one.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"
            " && document.activeElement !== document.body",
            wanted,
        )
        for _ in range(MOST_TABS):
            if self.page.evaluate("one => one === document.activeElement", wanted):
                return
            self.page.keyboard.press("Shift+Tab" if before else "Tab")
        raise AssertionError(f"no keyboard reaches {place}")
