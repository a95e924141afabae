"""A Chromium and the real site, served as GitHub Pages serves it.

Every test below this folder has the marker `browser`. Nothing leaves the machine: the browser
resolves no name, and the site answers on 127.0.0.1 alone.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

BASE_PATH = "/alliance-site/"

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # root, as in most containers, has no sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands below this folder; the hook is handed the items of the whole session."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


MEDIA_TYPES = {
    **SimpleHTTPRequestHandler.extensions_map,
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
}


@pytest.fixture(scope="session")
def chromium_path(site_root: Path) -> str:
    """The Chromium that `make browser` finds or installs; without one the tests fail."""
    found = subprocess.run(
        ["sh", str(site_root / ".ci/find-chromium")],  # noqa: S607 - the system's own shell
        capture_output=True,
        check=False,
        text=True,
    )
    if found.returncode:
        pytest.fail(found.stderr.strip(), pytrace=False)
    return found.stdout.strip()


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One headless Chromium for the session."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path, args=CHROMIUM_ARGUMENTS
        )
        yield chromium
        chromium.close()


class NewPage(Protocol):
    """Opens an empty page in a browser context of its own."""

    def __call__(
        self,
        *,
        width: int = 1440,
        height: int = 900,
        scheme: Literal["dark", "light"] = "light",
        javascript: bool = True,
        **context_options: Any,
    ) -> Page:
        """Open it; `context_options` are those of Playwright's `Browser.new_context`."""


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Pages by width, colour scheme and with or without JavaScript; closed after the test."""
    with ExitStack() as contexts:

        def open_page(
            *,
            width: int = 1440,
            height: int = 900,
            scheme: Literal["dark", "light"] = "light",
            javascript: bool = True,
            **context_options: Any,
        ) -> Page:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                java_script_enabled=javascript,
                **context_options,
            )
            contexts.callback(context.close)
            return context.new_page()

        yield open_page


@pytest.fixture(scope="session")
def real_site(site_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the repository's content once, serve it, and give its address, which ends in `/`."""
    # A copy, because a build keeps its cache and its lock beside the content, and the workers of
    # one session build at the same time.
    source = tmp_path_factory.mktemp("real-site")
    shutil.copytree(site_root / "content", source / "content")
    output = source / "_site"
    with serve_as_github_pages(output) as address:
        build(source, output, address)
        yield address


def build(source: Path, output: Path, address: str, *more: str) -> None:
    """Run the command as its users do."""
    command = [sys.executable, "-m", "alliance_site", "build"]
    options = ["-C", str(source), "-o", str(output), "--base-url", address, *more]
    built = subprocess.run([*command, *options], capture_output=True, check=False, text=True)
    if built.returncode:
        pytest.fail(
            f"the real content does not build:\n{built.stdout}{built.stderr}", pytrace=False
        )


class GitHubPages(SimpleHTTPRequestHandler):
    """Serves a folder under BASE_PATH by the rules of GitHub Pages.

    `/foo` is `foo.html` where there is one, else a folder, to which a slash is added by a
    redirect. What is missing gets `404.html` and the status 404; folders are not listed.
    """

    extensions_map = MEDIA_TYPES

    def send_head(self) -> Any:
        if not urlsplit(self.path).path.startswith(BASE_PATH):
            return self.send_error(HTTPStatus.NOT_FOUND)
        return super().send_head()

    def translate_path(self, path: str) -> str:
        inside = urlsplit(path).path.removeprefix(BASE_PATH)
        file = super().translate_path("/" + inside)
        page = Path(f"{file}.html")
        return str(page) if not inside.endswith("/") and page.is_file() else file

    def list_directory(self, path: object) -> None:
        del path
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        missing = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not missing.is_file():
            return super().send_error(code, message, explain)
        body = missing.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return None

    def log_message(self, *_: object) -> None:
        """Say nothing: pytest shows what fails."""


@contextmanager
def serve_as_github_pages(folder: Path) -> Iterator[str]:
    """Serve a folder, which may still be empty, on a free port; give the site's address."""
    handler = partial(GitHubPages, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{BASE_PATH}"
        finally:
            server.shutdown()
            thread.join()
