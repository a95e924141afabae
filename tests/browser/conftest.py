"""A Chromium and the real site, served as GitHub Pages serves it.

Every test below this folder has the marker `browser`. Nothing leaves the machine: the browser
resolves no name, and the site answers on 127.0.0.1 alone. A site is built once for all workers of
a run; its links begin with its base path, so each worker serves it on a port of its own.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    WebError,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError

BASE_PATH = "/alliance-site/"
BASE_URL = f"https://alliance.example{BASE_PATH}"

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # root, as in most containers, has no sandbox
    "--disable-gpu",
    # Even so there is a process that draws. On a busy machine its watchdog kills it, and after six
    # of its deaths the browser gives up too: every test after that fails with TargetClosedError.
    "--in-process-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

# A busy machine is no fault of a page: what is expected of it may take its time.
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands below this folder; the hook is handed the items of the whole session."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # The death of the browser says nothing about a page; any other failure stands.
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["TargetClosedError"]))


MEDIA_TYPES = {
    **SimpleHTTPRequestHandler.extensions_map,
    ".avif": "image/avif",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".xml": "application/xml",
}


@pytest.fixture(scope="session")
def chromium_path(site_root: Path) -> str:
    """The Chromium that `make browser` finds or installs; without one the tests fail."""
    return find_chromium(site_root)


def find_chromium(root: Path) -> str:
    """Give the path of the Chromium that `make browser` finds or installs."""
    found = subprocess.run(
        ["sh", str(root / ".ci/find-chromium")],  # noqa: S607 - the system's own shell
        capture_output=True,
        check=False,
        text=True,
    )
    if found.returncode:
        pytest.fail(found.stderr.strip(), pytrace=False)
    return found.stdout.strip()


class Running:
    """A headless Chromium, started when it is asked for, and again should it have died."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    def browser(self) -> Browser:
        if self._browser is None or not _answers(self._browser):
            self.stop()
            self._playwright = sync_playwright().start()
            self._browser = self._playwright.chromium.launch(
                executable_path=self._path, args=CHROMIUM_ARGUMENTS
            )
        return self._browser

    def stop(self) -> None:
        if self._playwright is not None:
            with suppress(PlaywrightError):  # what has died cannot be stopped
                self._playwright.stop()
        self._playwright = self._browser = None


def _answers(browser: Browser) -> bool:
    """Ask a browser for something: one whose driver has died still says that it is connected."""
    try:
        browser.new_context().close()
    except PlaywrightError:
        return False
    return True


@pytest.fixture(scope="session")
def running(chromium_path: str) -> Iterator[Running]:
    """The Chromium of the session."""
    running = Running(chromium_path)
    yield running
    running.stop()


@pytest.fixture
def browser(running: Running) -> Browser:
    """One Chromium for the session, as long as it lives.

    On a busy machine it has been seen to die. Its test is tried again (see below), with a new one,
    and the others go on.
    """
    return running.browser()


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
    with pages_without_faults(browser) as open_page:
        yield open_page


@contextmanager
def pages_without_faults(browser: Browser) -> Iterator[NewPage]:
    """Open pages, close them at the end, and fail then if a script of one threw an error.

    The errors are collected, since one raised in a listener ends Playwright's connection: all that
    is seen of it is a TargetClosedError, as if the browser had died.
    """
    faults: list[str] = []

    def note(fault: WebError) -> None:
        faults.append(f"{fault.page.url if fault.page else 'a worker'}: {fault.error}")

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
            contexts.callback(_close, context)
            # Without scripts, what Chromium reports is its own: a view transition it gave up.
            if javascript:
                context.on("weberror", note)
            return context.new_page()

        yield open_page
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def _close(context: BrowserContext) -> None:
    with suppress(PlaywrightError):  # where the browser has died, its test has failed already
        context.close()


@dataclass(frozen=True)
class Served:
    """A site that is served: the address of its first page, which ends in `/`, and its folder."""

    address: str
    folder: Path


class Serve(Protocol):
    """Builds a site, unless a worker of this run has, and serves it."""

    def __call__(self, name: str, write_content: Callable[[Path], object], *options: str) -> Served:
        """Build and serve it.

        Args:
            name: The site's name in this run.
            write_content: Fills the folder it is handed, which becomes the site's `content/`.
            options: Of `alliance-site build`.
        """


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Sites by name, each built once in a run and served until the worker's last test."""
    # With pytest-xdist, a worker's own folder stands in that of the run.
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    served_by_name: dict[str, Served] = {}
    with ExitStack() as servers:

        def serve_site(name: str, write_content: Callable[[Path], object], *options: str) -> Served:
            if name not in served_by_name:
                output = build_once(shared / f"site-{name}", write_content, options)
                address = servers.enter_context(serve_as_github_pages(output))
                served_by_name[name] = Served(address, output)
            return served_by_name[name]

        yield serve_site


def build_once(
    source: Path, write_content: Callable[[Path], object], options: tuple[str, ...]
) -> Path:
    """Build a site as its users do, unless it stands there; give the folder of its pages.

    A build that fails leaves nothing behind, so that every worker tells why.
    """
    output = source / "_site"
    with source.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if output.is_dir():
            return output
        shutil.rmtree(source, ignore_errors=True)
        write_content(source / "content")
        command = [sys.executable, "-m", "alliance_site", "build", "-C", str(source)]
        built = subprocess.run(
            [*command, "--base-url", BASE_URL, *options],
            capture_output=True,
            check=False,
            text=True,
        )
        if built.returncode:
            shutil.rmtree(output, ignore_errors=True)
            pytest.fail(
                f"{source.name} does not build:\n{built.stdout}{built.stderr}", pytrace=False
            )
    return output


@pytest.fixture(scope="session")
def served(site_root: Path, serve: Serve) -> Served:
    """The repository's own site."""
    # A copy, because a build keeps its cache and its lock beside the content.
    return serve("real", lambda content: shutil.copytree(site_root / "content", content))


@pytest.fixture(scope="session")
def real_site(served: Served) -> str:
    """The address of the repository's own site."""
    return served.address


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
    """Serve a folder on a free port; give the site's address."""
    handler = partial(GitHubPages, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{BASE_PATH}"
        finally:
            server.shutdown()
            thread.join()
