"""`alliance-site serve`, end to end: build, serve, rebuild, end."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from alliance_site.build import BuildOptions, kept_aside
from alliance_site.diagnostics import UsageError
from tests.build.command import REPOSITORY, alliance_site, environment_with
from tests.build.small_site import SmallSite, files_below

ENDING = "content/articles/2026/ending.md"
PATIENCE_S = 20.0


class Serving:
    """A running `alliance-site serve`, and what it has said so far."""

    def __init__(self, site: SmallSite, *options: str) -> None:
        self.site = site
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port = free.getsockname()[1]
        self.log = site.root.with_name("log.txt")
        command = [sys.executable, "-m", "alliance_site", "serve", "-C", str(site.root)]
        command += ["--port", str(self.port), *options]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--base-url", "https://example.org/harbour/"],
                cwd=REPOSITORY,
                env=environment_with({}),
                stdout=log,
                stderr=log,
            )

    @property
    def said(self) -> str:
        """Return what it has said."""
        return self.log.read_text(encoding="utf-8")

    @property
    def folder(self) -> Path:
        """Return where it builds."""
        return self.site.root / f".alliance-site/serve-{self.port}/_site"

    def address(self, path: str) -> str:
        """Return the address of a page."""
        return f"http://127.0.0.1:{self.port}/harbour/{path}"

    def get(self, path: str) -> str:
        """Return a page; empty where there is none."""
        try:
            with urlopen(self.address(path), timeout=5) as response:
                return str(response.read().decode())
        except (HTTPError, URLError, ConnectionError):
            return ""

    def styles_of(self, path: str) -> str:
        """Return the style sheet that a page names; empty where there is none."""
        named = re.search(r'rel="stylesheet" href="/harbour/([^"]+)"', self.get(path))
        return self.get(named[1]) if named else ""

    def news(self) -> Iterator[Mapping[str, str]]:
        """Yield what pages are told, from now on."""
        with urlopen(self.address(".alliance-site/news"), timeout=PATIENCE_S) as stream:
            for line in stream:
                if line.startswith(b"data: "):
                    yield json.loads(line.removeprefix(b"data: "))

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < end, f"still not so:\n{self.said}"
            time.sleep(0.02)

    def end(self) -> int:
        """Send what Ctrl+C sends, and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE_S)


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    """The small site, served and watched."""
    served = Serving(SmallSite.at(tmp_path / "site"))
    try:
        served.wait(lambda: "Ctrl+C stops" in served.said)
        served.wait(lambda: "The pier is closed" in served.get("articles/ending/"))
        yield served
    finally:
        served.process.kill()
        served.process.wait()


def test_an_edit_is_served_and_told(serving: Serving) -> None:
    serving.site.edit(ENDING, "The pier is closed", "The pier is painted")
    serving.wait(lambda: "The pier is painted" in serving.get("articles/ending/"))
    serving.wait(lambda: "7 files written" in serving.said)
    assert "ending.md changed" in serving.said


def save_at_once(site: SmallSite, old: str, new: str) -> None:
    """Edit the article by way of another file, so that nobody can see it empty."""
    path = site.path(ENDING)
    beside = path.with_name(".ending.md.swp")
    beside.write_text(site.read(ENDING).replace(old, new), encoding="utf-8")
    beside.replace(path)


def test_a_file_saved_by_way_of_another_is_served(serving: Serving) -> None:
    save_at_once(serving.site, "closed", "painted")
    serving.wait(lambda: "The pier is painted" in serving.get("articles/ending/"))


def test_a_new_page_and_a_deleted_one_are_seen(serving: Serving) -> None:
    serving.site.write("content/pages/new.md", serving.site.read("content/pages/about.md"))
    serving.wait(lambda: "Made in the harbour" in serving.get("new/"))
    serving.site.delete("content/pages/new.md")
    serving.wait(lambda: not serving.get("new/"))


def test_a_style_sheet_and_a_template_are_watched(serving: Serving) -> None:
    serving.site.write("static/css/components/own.css", ".painted {}\n")
    serving.wait(lambda: ".painted" in serving.styles_of("objectives/open-charts/"))
    text = serving.site.read("templates/components/pager.html").replace('"own"', '"zyx"')
    serving.site.write("templates/components/pager.html", text)
    serving.wait(lambda: 'class="zyx"' in serving.get("objectives/open-charts/"))


def test_folders_that_come_later_are_watched(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    for part in ("templates", "static"):
        shutil.rmtree(site.root / part)
    served = Serving(site)
    try:
        served.wait(lambda: "Ctrl+C stops" in served.said)
        time.sleep(0.5)
        site.write("static/late.txt", "late")
        served.wait(lambda: served.get("late.txt") == "late")
    finally:
        served.process.kill()
        served.process.wait()


def test_a_fault_keeps_the_old_site_until_it_is_mended(serving: Serving) -> None:
    before = files_below(serving.folder)
    serving.site.edit(ENDING, "kind: news", "kind: noise")
    serving.wait(lambda: "the site stays as it was" in serving.said)
    assert "error[bad-value]" in serving.said
    assert files_below(serving.folder) == before
    serving.site.edit(ENDING, "kind: noise", "kind: analysis")
    serving.wait(lambda: "Analysis" in serving.get("articles/ending/"))


def test_content_that_is_gone_for_a_moment_does_not_end_it(serving: Serving) -> None:
    folder = serving.site.root / "content"
    folder.rename(folder.with_name("aside"))
    serving.wait(lambda: "error" in serving.said)
    time.sleep(0.3)
    folder.with_name("aside").rename(folder)
    serving.site.edit(ENDING, "The pier is closed", "The pier is painted")
    serving.wait(lambda: "The pier is painted" in serving.get("articles/ending/"))


def test_an_output_in_the_way_does_not_end_it(serving: Serving) -> None:
    in_the_way = serving.folder / "extra"
    in_the_way.write_text("in the way")
    serving.site.write("content/pages/extra.md", serving.site.read("content/pages/about.md"))
    serving.wait(lambda: "cannot write" in serving.said)
    in_the_way.unlink()
    serving.site.edit("content/pages/extra.md", "Made in", "Painted in")
    serving.wait(lambda: "Painted in" in serving.get("extra/"))


def test_ctrl_c_ends_it_without_a_traceback(serving: Serving) -> None:
    assert serving.end() in {0, 130}
    assert "Traceback" not in serving.said
    assert "KeyboardInterrupt" not in serving.said
    assert serving.get("") == ""


def test_the_address_on_this_machine_stands_in_the_pages(serving: Serving) -> None:
    assert f"http://127.0.0.1:{serving.port}/harbour/" in serving.get("robots.txt")


def test_it_starts_although_the_content_has_a_fault(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    site.edit(ENDING, "kind: news", "kind: noise")
    served = Serving(site)
    try:
        served.wait(lambda: "Ctrl+C stops" in served.said)
        with pytest.raises(HTTPError) as told, urlopen(served.address("about/"), timeout=5):
            pass
        assert told.value.code == 503
        assert "error[bad-value]" in told.value.read().decode()
        time.sleep(0.5)
        site.edit(ENDING, "kind: noise", "kind: news")
        served.wait(lambda: "The pier is closed" in served.get("articles/ending/"))
    finally:
        served.process.kill()
        served.process.wait()


def test_what_one_deploys_stays_as_it_was_and_can_be_built_beside_it(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    assert alliance_site("build", "-C", site.root).returncode == 0
    deployed = site.outputs()
    served = Serving(site, "--drafts")
    try:
        served.wait(lambda: "Ctrl+C stops" in served.said)
        assert "articles/draft/index.html" in files_below(served.folder)
        assert site.outputs() == deployed
        ended = alliance_site("build", "-C", site.root)
        assert (ended.returncode, "0 files written" in ended.stdout) == (0, True)
        assert alliance_site("clean", "-C", site.root).returncode == 0
        assert served.get("articles/draft/")  # what is served stays
        assert served.end() in {0, 130}
    finally:
        served.process.kill()
        served.process.wait()
    assert alliance_site("clean", "-C", site.root).returncode == 0
    assert not served.folder.parent.exists()


def test_an_output_that_is_named_is_built_there(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    served = Serving(site, "--output", str(tmp_path / "out"))
    try:
        served.wait(lambda: "Ctrl+C stops" in served.said)
        assert (tmp_path / "out/index.html").is_file()
        assert not served.folder.exists()
    finally:
        served.process.kill()
        served.process.wait()


def test_a_port_that_is_taken_is_told_before_anything_is_built(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        ended = alliance_site("serve", "-C", site.root, "--port", port)
    assert (ended.returncode, f"port {port} cannot be used" in ended.stderr) == (2, True)
    assert not [path for path in site.root.rglob("*.html") if "templates" not in path.parts]


def test_one_place_is_served_by_one_process(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    options = BuildOptions(site=site.root)
    with (
        kept_aside(options, 0),
        pytest.raises(UsageError, match="--output"),
        kept_aside(options, 0),
    ):
        pass
    with kept_aside(options, 0):
        pass


def test_what_builds_encoded_is_not_encoded_again(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    site.write(".alliance-site/pictures.db", "kept")
    with kept_aside(BuildOptions(site=site.root), 1) as aside:
        assert (aside.state_folder / "pictures.db").read_text() == "kept"


def test_pages_are_told_of_builds_and_of_faults(serving: Serving) -> None:
    page = serving.get("articles/ending/")
    edition = re.search(r'src="/harbour/\.alliance-site/live\.js\?([^"]+)"></script>\n$', page)
    news = serving.news()
    before = next(news)
    assert edition is not None
    assert before == {"edition": edition[1], "faults": ""}
    save_at_once(serving.site, "kind: news", "kind: noise")
    faulty = next(news)
    assert faulty["edition"] == edition[1]
    assert "expected one of `news`" in faulty["faults"]
    save_at_once(serving.site, "kind: noise", "kind: news")
    assert next(news) == before  # the very same site: nothing to show again
    save_at_once(serving.site, "The pier is closed", "The pier is painted")
    assert next(news)["edition"] != edition[1]
    assert serving.end() in {0, 130}
    assert list(news) == []
    assert "Traceback" not in serving.said


def test_no_file_holds_what_pages_are_served_with(serving: Serving) -> None:
    assert "live.js" in serving.get("")
    assert not any(b"live.js" in data for data in files_below(serving.folder).values())
