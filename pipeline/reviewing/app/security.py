"""What keeps others out: of this machine, of other web pages in the same browser, and of what documents hold."""

import secrets
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

COOKIE = "annex_review"
CSRF_HEADER = "X-CSRF-Token"
MOST_BYTES = 1 << 20
"""Bytes of a request: what a person types is far less."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})


def new_token() -> str:
    """Return a token that cannot be guessed: 256 bits."""
    return secrets.token_urlsafe(32)


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is this machine only."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def guard(app: Flask, token: str) -> None:
    """Let no request through that is not of the person who was given the link.

    Every request must name this machine as its host (no name of elsewhere that was made to point here), and carry the
    token: first in the link, then as a cookie that no script reads and no other site sends. A POST must come from a
    page of the app itself, and carry the token of its forms.
    """
    csrf = secrets.token_urlsafe(32)
    app.config["CSRF"] = csrf
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES

    @app.before_request
    def check() -> AnyResponse | None:
        if not _is_local(request.host):
            abort(403)
        given = request.args.get("token")
        if given is not None and request.method == "GET" and request.path == "/":
            if not _same(given, token):
                abort(403)
            return _with_cookie(redirect("/", 303), token)
        if not _same(_cookie(request), token):
            abort(403)
        if request.method not in {"GET", "HEAD"}:
            sent = request.headers.get(CSRF_HEADER) or request.form.get("csrf", "")
            if not _is_own(request) or not _same(sent, csrf):
                abort(403)
        return None

    @app.after_request
    def harden(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    @app.context_processor
    def csrf_value() -> dict[str, str]:
        g.setdefault("csrf", csrf)
        return {"csrf": csrf}


def _with_cookie(response: AnyResponse, token: str) -> AnyResponse:
    response.set_cookie(_cookie_name(request), token, httponly=True, samesite="Strict", path="/")
    return response


def _cookie_name(asked: Request) -> str:
    """Return the name of the cookie: cookies of a host go to all its ports, and two reviews may be open at once."""
    return f"{COOKIE}_{urlsplit('//' + asked.host).port or 80}"


def _cookie(asked: Request) -> str:
    return asked.cookies.get(_cookie_name(asked), "")


def _same(given: str, token: str) -> bool:
    return secrets.compare_digest(given.encode(), token.encode())


def _is_local(host: str) -> bool:
    try:
        parts = urlsplit(f"//{host}")
        name, port = parts.hostname, parts.port
    except ValueError:
        return False
    served = request.environ.get("SERVER_PORT", "")
    name = f"[{name}]" if name and ":" in name else name
    return name in _LOCAL_NAMES and str(port or 80) == str(served)


def _is_own(asked: Request) -> bool:
    """Whether a POST comes from a page of the app: browsers say so, and a page of elsewhere cannot say otherwise.

    A page that sends no referrer sends ``null`` as origin with its own forms: then the browser must say the same in
    its other way.
    """
    site = asked.headers.get("Sec-Fetch-Site")
    origin = asked.headers.get("Origin")
    if site not in {None, "same-origin"}:
        return False
    if origin is None or origin == "null":
        return site == "same-origin"
    return origin == f"{asked.scheme}://{asked.host}"
