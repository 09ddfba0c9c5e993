"""Serve the review app on this machine until it is stopped."""

from collections.abc import Callable

from flask import Flask
from waitress.server import create_server

from pipeline.errors import ToldError
from pipeline.reviewing.app.security import is_loopback

HOST = "127.0.0.1"
_THREADS = 8
"""More than the six connections of a browser, all of which may wait for pictures: a page is still answered."""


def serve(app: Flask, token: str, *, port: int, ready: Callable[[str], None], host: str = HOST) -> None:
    """Serve until the process is interrupted.

    Parameters
    ----------
    port
        0 for any that is free.
    ready
        Called with the link when the app answers.

    Raises
    ------
    ToldError
        When `host` is not this machine alone.
    OSError
        When nothing can listen there.
    """
    if not is_loopback(host):
        raise ToldError("{host} can be reached from elsewhere; the review app listens on this machine only", host=host)
    server = create_server(app, host=host, port=port, threads=_THREADS, ident=None, clear_untrusted_proxy_headers=True)
    try:
        ready(f"http://{host}:{server.effective_port}/?token={token}")
        server.run()
    finally:
        server.close()
