"""Serves a built site as GitHub Pages would: base path, `404.html`, `/name` for `/name.html`.

It listens on the loopback interface only.

Never: builds.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from alliance_site.diagnostics import UsageError

HOST = "127.0.0.1"


class _Pages(SimpleHTTPRequestHandler):
    """Answers requests from a folder under a base path."""

    extensions_map = {  # noqa: RUF012 - the base class declares it so
        **SimpleHTTPRequestHandler.extensions_map,
        ".avif": "image/avif",
        ".html": "text/html; charset=utf-8",
        ".xml": "application/xml; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".svg": "image/svg+xml",
        ".webp": "image/webp",
    }

    def __init__(self, *args: object, base: str, folder: Path, **kwargs: object) -> None:
        self._base = base
        self._folder = folder
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
        file = self._find(path)
        if (self._base and path == self._base) or (file is not None and file.is_dir()):
            self._redirect(f"{asked.path}/{asked.query and '?'}{asked.query}")
        elif file is not None:
            self._send(file, HTTPStatus.OK, has_body=has_body)
        else:
            self._send(self._folder / "404.html", HTTPStatus.NOT_FOUND, has_body=has_body)

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
        data = file.read_bytes() if file.is_file() else b"Not found\n"
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(data)))
        # What is served changes from one save to the next.
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if has_body:
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep the terminal for build reports."""


@contextmanager
def serving(folder: Path, base: str, port: int) -> Iterator[str]:
    """Serve a folder in the background.

    Args:
        folder: The built site.
        base: The base path, without a trailing slash.
        port: Where to listen; 0 picks a free one.

    Yields:
        The address of the home page.

    Raises:
        UsageError: The port is taken.
    """
    handler = partial(_Pages, base=base, folder=folder)
    try:
        server = ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        raise UsageError(
            f"port {port} cannot be used ({error.strerror}); name another with --port"
        ) from error
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}{base}/"
    finally:
        server.shutdown()
        server.server_close()
