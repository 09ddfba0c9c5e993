"""Looks at a web page that is to be one file: its parts, what it asks of the network, how it behaves in Chromium."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_VOID = {"meta", "input", "br", "col", "line", "rect"}
_ASKING = {"src", "srcset", "action", "formaction", "data", "poster", "background", "xlink:href", "ping"}


class Parsed(HTMLParser):
    """A page in parts; what is not well nested, named twice or asks for something is a fault."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.ids: set[str] = set()
        self.targets: set[str] = set()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.policy = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"never closed: {tag}" for tag in self._open]
        self.faults += [f"leads nowhere: {target}" for target in sorted(self.targets - self.ids)]

    @property
    def text(self) -> str:
        return "".join(self.words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in _VOID:
            self._open.append(tag)
        given = {name: value or "" for name, value in attrs}
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        for name, value in given.items():
            if name in _ASKING or name == "style" or name.startswith("on"):
                self.faults.append(f"{tag} has {name}={value}")
            if name == "href":
                if not value.startswith("#"):
                    self.faults.append(f"leads out: {value}")
                self.targets.add(value[1:])
        if "id" in given:
            if given["id"] in self.ids:
                self.faults.append(f"two of one id: {given['id']}")
            self.ids.add(given["id"])

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and (not self._open or self._open.pop() != tag):
            self.faults.append(f"badly nested: {tag} at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if self._open[-1:] not in (["style"], ["script"]):
            self.words.append(data)
        elif any(word in data for word in ("url(", "@import", "http", "fetch(", "import(")):
            self.faults.append(f"{self._open[-1]} names an address")


@contextmanager
def shown(path: Path, width: int) -> Iterator[tuple["Page", list[str]]]:
    """Open a page in Chromium; gives it with a list of what it complains of or asks the network for."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as drive:
        browser = drive.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            page = browser.new_page(viewport={"width": width, "height": 900})
            heard: list[str] = []

            def asked(one: "Request") -> None:
                if not one.url.startswith(path.as_uri()):
                    heard.append(one.url)

            page.on("console", lambda message: heard.append(message.text))
            page.on("pageerror", lambda error: heard.append(str(error)))
            page.on("request", asked)
            page.goto(path.as_uri())
            yield page, heard
        finally:
            browser.close()
