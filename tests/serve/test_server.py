"""The server answers as GitHub Pages does, from its folder and from nowhere else."""

import socket
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from alliance_site.diagnostics import UsageError
from alliance_site.serve import serving

FILES = {
    "index.html": "home",
    "404.html": "nothing here",
    "about/index.html": "about",
    "name.html": "named",
    "both.html": "the file",
    "both/index.html": "the folder",
    "empty/data.csv": "a,b",
    "feed.xml": "<feed/>",
    "robots.txt": "User-agent: *",
    "data/a.json": "[]",
    "assets/site-1.css": "a {}",
    "dot.svg": "<svg/>",
    "neue häfen/index.html": "häfen",
    "photo.png": "png",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A built site, with a secret beside it."""
    for name, text in FILES.items():
        path = tmp_path / "_site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "_site-secret").mkdir()
    (tmp_path / "_site-secret/index.html").write_text("secret")
    return tmp_path / "_site"


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    """The site, served under a base path."""
    with serving(folder, "/base", 0) as url:
        yield url


def ask(address: str, path: str, method: str = "GET") -> tuple[HTTPResponse, str]:
    """Send a path as it is written, without the tidying that browsers do."""
    parts = urlsplit(address)
    with closing(HTTPConnection(str(parts.hostname), parts.port, timeout=10)) as connection:
        connection.putrequest(method, path, skip_accept_encoding=True)
        connection.endheaders()
        response = connection.getresponse()
        return response, response.read().decode()


def test_the_address_is_of_this_machine_and_ends_in_the_base_path(address: str) -> None:
    parts = urlsplit(address)
    assert (parts.hostname, parts.path) == ("127.0.0.1", "/base/")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/base/", "home"),
        ("/base/index.html", "home"),
        ("/base/about/", "about"),
        ("/base/about/?a=b", "about"),
        ("/base/name", "named"),
        ("/base/name.html", "named"),
        ("/base/both", "the file"),
        ("/base/both/", "the folder"),
        ("/base/neue%20h%C3%A4fen/", "häfen"),
        ("/base/empty/data.csv", "a,b"),
    ],
)
def test_a_path_gets_its_file(address: str, path: str, expected: str) -> None:
    response, body = ask(address, path)
    assert (response.status, body) == (200, expected)


@pytest.mark.parametrize(
    ("path", "target"),
    [("/base", "/base/"), ("/base/about", "/base/about/"), ("/base/about?a=b", "/base/about/?a=b")],
)
def test_a_folder_without_its_slash_redirects(address: str, path: str, target: str) -> None:
    response, _ = ask(address, path)
    assert (response.status, response.headers["Location"]) == (301, target)


@pytest.mark.parametrize(
    "path",
    [
        "/base/nowhere",
        "/base/nowhere/",
        "/base/nowhere/deeper/still",
        "/base/empty/",
        "/base/empty",
        "/base/name.html/",
        "/base/About/",
        "/",
        "/about/",
        "/basement/",
        "/base/%00",
        "/base/about/%00/",
        f"/base/{'a' * 5000}",
    ],
)
def test_what_is_missing_gets_the_page_for_it_with_404(address: str, path: str) -> None:
    response, body = ask(address, path)
    assert (response.status, body) == (404, FILES["404.html"])
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"


def test_without_a_page_for_it_404_still_has_words(address: str, folder: Path) -> None:
    (folder / "404.html").unlink()
    response, body = ask(address, "/base/nowhere")
    assert response.status == 404
    assert body


@pytest.mark.parametrize(
    "path",
    [
        "/base/../secret.txt",
        "/base/..%2fsecret.txt",
        "/base/%2e%2e/secret.txt",
        "/base/about/../../secret.txt",
        "/base/..%2f_site-secret/",
        "/base/%2fetc/passwd",
        "/base//etc/passwd",
        "/base/..%5csecret.txt",
        "/../secret.txt",
        "//etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_folder(address: str, path: str) -> None:
    response, body = ask(address, path)
    assert response.status == 404
    assert body == FILES["404.html"]


@pytest.mark.parametrize("path", ["//evil.example/about", "/base//evil.example/about"])
def test_no_redirect_leads_to_another_host(address: str, path: str) -> None:
    response, _ = ask(address, path)
    assert not response.headers.get("Location", "/x").startswith("//")


def test_at_the_root_no_redirect_leads_to_another_host(folder: Path) -> None:
    (folder / "evil.example").mkdir()
    (folder / "evil.example/index.html").write_text("mine")
    with serving(folder, "", 0) as address:
        response, _ = ask(address, "//evil.example")
    assert not response.headers.get("Location", "/x").startswith("//")


def test_a_link_out_of_the_folder_is_not_followed(address: str, folder: Path) -> None:
    (folder / "out.txt").symlink_to(folder.parent / "secret.txt")
    assert ask(address, "/base/out.txt")[0].status == 404


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/base/", "text/html; charset=utf-8"),
        ("/base/name", "text/html; charset=utf-8"),
        ("/base/feed.xml", "application/xml; charset=utf-8"),
        ("/base/robots.txt", "text/plain; charset=utf-8"),
        ("/base/data/a.json", "application/json; charset=utf-8"),
        ("/base/empty/data.csv", "text/csv; charset=utf-8"),
        ("/base/assets/site-1.css", "text/css; charset=utf-8"),
        ("/base/dot.svg", "image/svg+xml"),
        ("/base/photo.png", "image/png"),
    ],
)
def test_a_file_has_the_type_of_its_ending(address: str, path: str, expected: str) -> None:
    assert ask(address, path)[0].headers["Content-Type"] == expected


def test_nothing_is_kept_by_the_browser(address: str, folder: Path) -> None:
    assert ask(address, "/base/")[0].headers["Cache-Control"] == "no-store"
    (folder / "index.html").write_text("changed")
    assert ask(address, "/base/")[1] == "changed"


def test_head_gives_the_headers_alone(address: str) -> None:
    response, body = ask(address, "/base/", "HEAD")
    assert (response.status, body) == (200, "")
    assert response.headers["Content-Length"] == str(len("home"))
    assert ask(address, "/base/nowhere", "HEAD")[0].status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_changed(address: str, method: str) -> None:
    assert ask(address, "/base/", method)[0].status == 501


def test_a_site_at_the_root_needs_no_base_path(folder: Path) -> None:
    with serving(folder, "", 0) as address:
        assert urlsplit(address).path == "/"
        assert ask(address, "/about/")[1] == "about"
        assert ask(address, "/about")[0].headers["Location"] == "/about/"


def test_a_port_that_is_taken_is_a_usage_error(folder: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=str(port)), serving(folder, "", port):
            pass


def test_the_port_is_free_again_afterwards(folder: Path) -> None:
    with serving(folder, "", 0) as address:
        port = urlsplit(address).port or 0
    with serving(folder, "", port) as again:
        assert ask(again, "/")[1] == "home"
