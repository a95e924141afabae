"""Serves a built site as GitHub Pages would: base path, `404.html`, `/name` for `/name.html`.

It listens on the loopback interface only. Pages bring a script that shows them again after a build.

Never: builds.
"""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from alliance_site.diagnostics import UsageError
from alliance_site.serve.news import News
from alliance_site.serve.page import PLACE, SCRIPT, standing_in, with_script

HOST = "127.0.0.1"


class _Pages(SimpleHTTPRequestHandler):
    """Answers requests from a folder under a base path.

    Args:
        news: What pages are told; None where they are sent as they are.
    """

    extensions_map = {  # noqa: RUF012 - the base class declares it so
        **SimpleHTTPRequestHandler.extensions_map,
        ".avif": "image/avif",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".xml": "application/xml; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".svg": "image/svg+xml",
        ".webp": "image/webp",
    }

    def __init__(
        self, *args: object, base: str, folder: Path, news: News | None, **kwargs: object
    ) -> None:
        self._base = base
        self._folder = folder
        self._news = news
        super().__init__(*args, directory=str(folder), **kwargs)  # type: ignore[arg-type]  # passed on

    def do_GET(self) -> None:
        """Answer a GET."""
        self._answer(has_body=True)

    def do_HEAD(self) -> None:
        """Answer a HEAD."""
        self._answer(has_body=False)

    def _answer(self, *, has_body: bool) -> None:
        asked = urlsplit(self.path)
        path = unquote(asked.path)
        news = self._news
        if news is not None and path.startswith(self._base + PLACE):
            self._answer_aside(path.removeprefix(self._base + PLACE), news, has_body=has_body)
            return
        if news is not None:
            now = news.now  # asked first: what comes out from here on shows the page again
            if not news.is_out:
                page = with_script(standing_in(now), self._base, now.edition)
                status = HTTPStatus.SERVICE_UNAVAILABLE
                self._send_data(page, "index.html", status, has_body=has_body)
                return
        file = self._find(path)
        if (self._base and path == self._base) or (file is not None and file.is_dir()):
            self._redirect(f"{asked.path}/{asked.query and '?'}{asked.query}")
        elif file is not None:
            self._send(file, HTTPStatus.OK, has_body=has_body)
        else:
            self._send(self._folder / "404.html", HTTPStatus.NOT_FOUND, has_body=has_body)

    def _answer_aside(self, name: str, news: News, *, has_body: bool) -> None:
        """Answer what the script asks for: itself, and news."""
        if name == SCRIPT.name:
            self._send_data(SCRIPT.read_bytes(), name, HTTPStatus.OK, has_body=has_body)
        elif name == "news":
            self._send_head("text/event-stream", HTTPStatus.OK)
            if has_body:
                self._send_news(news)
        else:
            self._send_data(b"Not found\n", "404.txt", HTTPStatus.NOT_FOUND, has_body=has_body)

    def _send_news(self, news: News) -> None:
        """Send how the site is, again and again until one of both ends has gone.

        Source: WHATWG HTML, server-sent events; a line that begins with a colon says nothing.
        """
        for told in news.follow():
            line = ":" if told is None else f"data: {json.dumps(told._asdict())}"
            self.wfile.write(f"{line}\n\n".encode())

    def _find(self, path: str) -> Path | None:
        """Return the file that answers a path, or the folder that lacks its slash, or None."""
        candidate = self._inside(path)
        if candidate is None:
            return None
        if path.endswith("/"):
            index = candidate / "index.html"
            return index if index.is_file() else None
        if candidate.is_file():
            return candidate
        named = candidate.with_name(f"{candidate.name}.html")
        if named.is_file():
            return named
        return candidate if (candidate / "index.html").is_file() else None

    def _inside(self, path: str) -> Path | None:
        """Return what a path names, if that lies below the base path and in the folder."""
        if not path.startswith(f"{self._base}/"):
            return None
        root = self._folder.resolve()
        try:
            candidate = (root / path.removeprefix(f"{self._base}/")).resolve()
            candidate.exists()
        except (OSError, ValueError):
            # No file can bear such a name.
            return None
        return candidate if candidate == root or root in candidate.parents else None

    def _redirect(self, target: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, file: Path, status: HTTPStatus, *, has_body: bool) -> None:
        # What is told later than this makes the page be shown again.
        edition = self._news.now.edition if self._news is not None else ""
        data = file.read_bytes() if file.is_file() else b"Not found\n"
        if edition and file.suffix == ".html":
            data = with_script(data, self._base, edition)
        self._send_data(data, file.name, status, has_body=has_body)

    def _send_data(self, data: bytes, name: str, status: HTTPStatus, *, has_body: bool) -> None:
        self._send_head(self.guess_type(name), status, len(data))
        if has_body:
            self.wfile.write(data)

    def _send_head(self, kind: str, status: HTTPStatus, size: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if size is not None:
            self.send_header("Content-Length", str(size))
        # What is served changes from one save to the next.
        self.send_header("Cache-Control", "no-store")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep the terminal for build reports."""


class _Server(ThreadingHTTPServer):
    """Answers every request in a thread of its own."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep the terminal for build reports: who goes before the answer wants none."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # passed on


@contextmanager
def serving(folder: Path, base: str, port: int, news: News | None = None) -> Iterator[str]:
    """Serve a folder in the background.

    Args:
        folder: The built site.
        base: The base path, without a trailing slash.
        port: Where to listen; 0 picks a free one.
        news: What pages are told; without it they are sent as they are.

    Yields:
        The address of the home page.

    Raises:
        UsageError: The port is taken.
    """
    handler = partial(_Pages, base=base, folder=folder, news=news)
    try:
        server = _Server((HOST, port), handler)
    except OSError as error:
        raise UsageError(
            f"port {port} cannot be used ({error.strerror}); name another with --port"
        ) from error
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}{base}/"
    finally:
        if news is not None:
            news.end()
        server.shutdown()
        server.server_close()
