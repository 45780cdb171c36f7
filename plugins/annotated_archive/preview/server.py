"""Serve the preview's files on this machine alone, and tell pages when there is a newer build."""

import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ..errors import Problem, printable
from .board import Board
from .shown import OWN, plain_page, with_notice

HOSTS = frozenset(["localhost", "127.0.0.1", "::1"])
"""The names that this server answers to: a page elsewhere cannot reach it by a name of its own."""

_TYPES = {"reload.js": "text/javascript", "preview.css": "text/css"}


class _Handler(SimpleHTTPRequestHandler):
    """Serve files fresh each time, and say nothing of requests that succeed."""

    def __init__(self, *args: Any, board: Board, **more: Any) -> None:
        self.board = board
        super().__init__(*args, **more)

    def parse_request(self) -> bool:
        """Refuse requests that were sent to another name than this machine's own."""
        if not super().parse_request():
            return False
        host = urlsplit(f"//{self.headers.get('Host', '')}").hostname
        if host in HOSTS:
            return True
        self.send_error(HTTPStatus.FORBIDDEN, "This server answers to localhost alone")
        return False

    def send_head(self) -> Any:
        """Send the head of a file; of a page, as it is shown in a preview."""
        address = urlsplit(self.path).path
        if address.startswith(OWN):
            return self._own(address.removeprefix(OWN))
        if address == "/favicon.ico" and not Path(self.translate_path(address)).exists():
            return self._send(b"", "image/x-icon", HTTPStatus.OK)  # browsers ask unasked
        notice = self.board.notice  # before the file: at worst a page is loaded once too often
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            if not address.endswith("/"):
                return super().send_head()
            path /= "index.html"
        elif address.endswith("/"):
            path /= "no file"
        if path.is_file() and path.suffix != ".html":
            return super().send_head()
        try:
            html, status = path.read_text("utf-8", "replace"), HTTPStatus.OK
        except (OSError, ValueError):  # a name with a null byte is a ValueError
            html, status = self._missing()
        return self._send(with_notice(html, notice).encode(), "text/html; charset=utf-8", status)

    def _missing(self) -> tuple[str, HTTPStatus]:
        """Return what is shown where there is no file, or no site at all."""
        if (Path(self.directory) / "index.html").is_file():
            return plain_page("There is no such page", self.path), HTTPStatus.NOT_FOUND
        text = "Mend what is listed here, and the site appears by itself."
        return plain_page("The site is not built yet", text), HTTPStatus.SERVICE_UNAVAILABLE

    def _own(self, name: str) -> Any:
        if name == "news":
            return self._news()
        if name not in _TYPES:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        data = Path(__file__).with_name(name).read_bytes()
        return self._send(data, f"{_TYPES[name]}; charset=utf-8", HTTPStatus.OK)

    def _send(self, data: bytes, kind: str, status: HTTPStatus) -> BytesIO:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)

    def _news(self) -> BytesIO:
        """Answer a page that asks for a newer build than its own: what to do, and the version."""
        given = parse_qs(urlsplit(self.path).query).get("version", [""])[0]
        seen = int(given) if given.isdecimal() and len(given) < 20 else 0
        notice = self.board.notice
        news = notice.news_since(seen)
        text = f"{news} {notice.version}" if news else ""
        return self._send(text.encode(), "text/plain; charset=utf-8", HTTPStatus.OK)

    def end_headers(self) -> None:
        """Forbid caching: the next request must see the next build."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Say nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Print an error without what a terminal would act on."""
        print(printable(format % args), file=sys.stderr)


class _Server(ThreadingHTTPServer):
    """Serve each request in a thread of its own, and mind no browser that goes away."""

    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of an error, unless it is that nobody listens any more."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def open_server(folder: Path, port: int, board: Board) -> ThreadingHTTPServer:
    """Return a server of *folder* on the loopback address; port 0 takes any that is free.

    Raises `Problem` where the port is taken, or is none.
    """
    handler = partial(_Handler, directory=str(folder), board=board)
    try:
        return _Server(("127.0.0.1", port), handler)
    except (OSError, OverflowError) as error:
        fault = getattr(error, "strerror", None) or "is no port"
        remedy = "give another with --port"
        raise Problem("port", f"port {port}: {fault}", remedy=remedy) from None
