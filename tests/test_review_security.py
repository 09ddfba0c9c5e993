"""The review app lets nobody in without its link, does only what its own pages ask, and runs nothing of documents."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pipeline.cli import main
from pipeline.errors import ToldError
from pipeline.reviewing.app.factory import create_app
from pipeline.reviewing.app.security import POLICY
from pipeline.reviewing.app.serving import serve
from pipeline.reviewing.session import Session

HOME = "http://127.0.0.1:5000"
OWN = {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> \" onmouseover=alert(1) x='"
TEXT = f"""Bijlage I – Projecten 2024

1. Buurtapp voor {HOSTILE} ouderen

De gemeente Ede voert in 2024 het project uit met Stichting {HOSTILE} Samen en 40 vrijwilligers. {HOSTILE}

2. Fietsles

Het ministerie van OCW gaf in 2023 een subsidie van € 20.000 voor fietsles in Ede.
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    source = tmp_path / "annex.txt"
    source.write_text(TEXT)
    arguments = ["extract", str(source), "-o", str(tmp_path / "new")]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    return Session(tmp_path / "new", tmp_path / "approved", user=f"Jan {HOSTILE}")


@pytest.fixture
def client(session: Session) -> Iterator[FlaskClient]:
    app, token = create_app(session)
    with app.test_client() as made:
        assert made.get(f"/?token={token}", base_url=HOME).status_code == 303
        yield made


def pages(client: FlaskClient) -> list[str]:
    count = len(re.findall(r'href="/project/', client.get("/", base_url=HOME).text))
    assert count >= 2
    return ["/", "/project/0", "/project/1", "/publish", "/help"]


def sent(client: FlaskClient, headers: dict[str, str], **fields: str) -> TestResponse:
    return client.post("/undo", base_url=HOME, headers=headers, data=fields)


def csrf(client: FlaskClient) -> str:
    return str(client.application.config["CSRF"])


@pytest.mark.parametrize("address", ["/", "/project/0", "/publish", "/help", "/assets/app.js", "/nowhere", "/?token=x"])
def test_nothing_is_shown_without_the_token(session: Session, address: str) -> None:
    app, _token = create_app(session)
    answer = app.test_client().get(address, base_url=HOME)
    assert answer.status_code == 403
    assert "Buurtapp" not in answer.text


def test_the_token_is_a_cookie_that_no_script_reads_and_no_other_site_sends(session: Session) -> None:
    app, token = create_app(session)
    answer = app.test_client().get(f"/?token={token}", base_url=HOME)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("host", ["example.org:5000", "127.0.0.1.example.org:5000", "127.0.0.1:81", "10.0.0.1:5000"])
def test_another_host_is_refused(client: FlaskClient, host: str) -> None:
    headers = {"Host": host}
    assert client.get("/", base_url=HOME, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://example.org", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://127.0.0.1:5001", "Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:5001"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {},
    ],
)
def test_a_form_of_elsewhere_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    assert sent(client, headers, csrf=csrf(client)).status_code == 403


def test_a_form_without_its_own_token_is_refused(client: FlaskClient) -> None:
    assert sent(client, OWN).status_code == 403
    assert sent(client, OWN, csrf="x").status_code == 403
    assert sent(client, OWN, csrf=csrf(client)).status_code == 303


def test_every_answer_carries_the_policy(client: FlaskClient) -> None:
    for address in [*pages(client), "/nowhere", "/assets/app.css", "/assets/../desk.py"]:
        answer = client.get(address, base_url=HOME)
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "unsafe" not in POLICY


def test_what_documents_and_people_hold_is_text(client: FlaskClient) -> None:
    for address in pages(client):
        text = client.get(address, base_url=HOME).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert not re.search(r"<[^>]*\sonmouseover=", re.sub(r'"[^"]*"', '""', text))
        assert not re.search(r"<(?:script(?! src=\"/assets/app.js\")|style)|\sstyle=|\son\w+=\"", text)


def test_only_what_the_pages_use_is_served_from_disk(client: FlaskClient) -> None:
    for path in ["/assets/../factory.py", "/assets/%2e%2e/factory.py", "/assets/app.js/..", "/assets//etc/passwd"]:
        assert client.get(path, base_url=HOME).status_code in {404, 308}
    for path in ["/picture/0/1.png", "/picture/../1.png", "/picture/0/../../etc/passwd", "/project/-1", "/project/99"]:
        assert client.get(path, base_url=HOME).status_code in {404, 308}


def test_what_is_too_large_is_refused(client: FlaskClient) -> None:
    assert sent(client, OWN, csrf=csrf(client), decision="x" * 2**21).status_code == 413


def test_it_listens_on_this_machine_only(session: Session) -> None:
    app, token = create_app(session)
    for host in ["0.0.0.0", "::", "192.168.1.1", "example.org"]:  # noqa: S104  # what must be refused
        with pytest.raises(ToldError):
            serve(app, token, port=0, ready=print, host=host)
