"""Serve a throw-away site as `invoke serve` does, and ask it for pages."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pelican.plugins.annotated_archive import serve

SETTINGS = "pelicanconf.py"


def ask(
    port: int, path: str, host: str = "localhost", method: str = "GET"
) -> tuple[int, dict[str, str], str]:
    """Return status, headers and text of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def get(port: int, path: str) -> str:
    """Return the text of a page."""
    return ask(port, f"/{path}")[2]


def wait_for(true: Callable[[], bool], seconds: float = 60) -> bool:
    """Wait up to a minute until something is true: machines are slow at times."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


@contextmanager
def served_site(folder: Path, settings: str = SETTINGS) -> Iterator[int]:
    """Serve the site in *folder* on a port that is free; give the port."""
    ports: list[int] = []
    opened = threading.Event()
    before = serve.open_server

    def open_server(*args: object) -> object:
        server = before(*args)  # type: ignore[arg-type]
        ports.append(server.server_port)
        opened.set()
        return server

    serve.open_server = open_server  # type: ignore[assignment]
    stop = threading.Event()
    thread = threading.Thread(target=serve.serve_site, args=(folder / settings, 0, stop))
    thread.start()
    try:
        assert opened.wait(60)
        ask(ports[0], "/")
        yield ports[0]
    finally:
        serve.open_server = before
        stop.set()
        thread.join(timeout=60)
        assert not thread.is_alive()
