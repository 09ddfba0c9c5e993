"""``annex review`` as a process: its link, its end, what it refuses, and what it says of a broken log."""

import shutil
import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from browsing import Reviewing, annex, reviewing
from reviewing import extracted


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("years")
    return extracted(folder, "schuldenvrij-2023.txt"), extracted(folder, "schuldenvrij-2024.txt")


def status(address: str) -> int:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    try:
        with browser.open(address, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_its_link_opens_it_and_nothing_else_does(years: tuple[Path, Path]) -> None:
    with reviewing(years[1], "--against", years[0], "--user", "An") as review:
        assert review.link.startswith("http://127.0.0.1:")
        assert status(review.home) == 403
        assert status(f"{review.home}?token=guess") == 403
        port = int(review.home.rstrip("/").rpartition(":")[2])
        others = {one[4][0] for one in socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)} - {"127.0.0.1"}
        for other in others:
            with socket.socket() as line:
                line.settimeout(2)
                assert line.connect_ex((other, port)) != 0


def test_ctrl_c_ends_it_in_peace_and_says_what_was_added(years: tuple[Path, Path]) -> None:
    review = Reviewing(years[1], "--against", years[0], "--user", "An")
    assert review.end() == 0
    assert "0 lines were added to" in (review.process.stdout.read() if review.process.stdout else "")


def test_a_port_that_is_taken_is_told(years: tuple[Path, Path]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = annex("review", years[1], "--against", years[0], "--port", port)
    assert done.returncode == 1
    assert str(port) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("new", ["", "nothing"])
def test_a_folder_that_is_no_run_is_told(tmp_path: Path, new: str) -> None:
    done = annex("review", tmp_path / new)
    assert done.returncode in {1, 2}
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_torn_last_line_is_no_reason_to_stop_a_broken_one_is(years: tuple[Path, Path], tmp_path: Path) -> None:
    approved = Path(shutil.copytree(years[0], tmp_path / "approved"))
    log = approved / "decisions.jsonl"
    log.write_text('{"schema_version": "1.0", "id": "01a2')
    with reviewing(years[1], "--against", approved, "--user", "An") as review:
        assert status(review.link) == 200
    log.write_text("{}\n{}\n")
    done = annex("review", years[1], "--against", approved)
    assert done.returncode == 1
    assert "decisions.jsonl" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("language", "words"), [("en", "goes into these decisions alone"), ("nl", "komt alleen in deze beslissingen")]
)
def test_it_says_where_what_is_said_of_names_goes(years: tuple[Path, Path], language: str, words: str) -> None:
    review = Reviewing(years[1], "--against", years[0], "--lang", language)
    assert review.end() == 0
    assert words in (review.process.stdout.read() if review.process.stdout else "")


def test_it_names_the_register_that_is_given(years: tuple[Path, Path], tmp_path: Path) -> None:
    review = Reviewing(years[1], "--against", years[0], "--config", tmp_path / "mine")
    assert review.end() == 0
    assert f"Your own register: {tmp_path / 'mine'}" in (review.process.stdout.read() if review.process.stdout else "")


def test_the_list_says_what_is_searched_and_tells_the_number_of_an_ended_project_apart(
    years: tuple[Path, Path],
) -> None:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with reviewing(years[1], "--against", years[0]) as review:
        page = browser.open(review.link, timeout=10).read().decode()
        ended = browser.open(f"{review.home}?kind=ended", timeout=10).read().decode()
    assert 'placeholder="title, organisation, words"' in page
    assert ended.count("<small>was ") == ended.count('<tr class="') > 0
    assert page.count("<small>was ") == ended.count('<tr class="')
