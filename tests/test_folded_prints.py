"""What is folded on a page of one file is on its paper: seen in Chromium as it prints."""

from pathlib import Path

import pytest
from browsing import annex
from page_checking import CHROMIUM
from reviewing import extracted

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
_SEEN = (
    """() => [...document.querySelectorAll("details:not([open]) > :not(summary)")].map(one => one.checkVisibility())"""
)


def test_folded_parts_of_a_report_print(tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    done = annex("report", extracted(tmp_path, "schuldenvrij-2024.txt"), "-o", "-")
    path = tmp_path / "page.html"
    path.write_text(done.stdout, encoding="utf-8")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(path.as_uri())
        on_screen = page.evaluate(_SEEN)
        page.emulate_media(media="print")
        on_paper = page.evaluate(_SEEN)
        page.pdf(path=tmp_path / "page.pdf")
        browser.close()
    assert on_screen
    assert not any(on_screen)
    assert all(on_paper)
