"""What a build refuses, reports and leaves alone."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from alliance_site.build import build, check, clean
from alliance_site.diagnostics import (
    AllianceSiteError,
    BuildError,
    CheckError,
    Code,
    ContentError,
    OutputError,
    TemplateError,
    UsageError,
)
from tests.build.command import REPOSITORY, environment_with
from tests.build.killed_build import count_changes, kill_build
from tests.build.small_site import BASE_URL, FILES, SmallSite, clean_outcome, files_below
from tests.properties.edits import FAULTS

ENDING = "content/articles/2026/ending.md"
ABOUT = "content/pages/about.md"


class Addresses(HTMLParser):
    """The addresses that a page links to or loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.found += [value for key, value in attrs if key in {"href", "src"} and value]


def addresses(site: SmallSite) -> dict[str, list[str]]:
    """Return the addresses on each page."""
    return {
        name: Addresses(data.decode()).found
        for name, data in site.outputs().items()
        if name.endswith(".html")
    }


# Addresses


def test_every_internal_address_lies_under_the_base_path(built: SmallSite) -> None:
    for name, found in addresses(built).items():
        page = urljoin(BASE_URL, name)
        whole = [urlsplit(urljoin(page, address)) for address in found]
        inside = [item for item in whole if item.netloc == "example.org" and item.path]
        outside = {"/", "/charter", "/gazette", "/north-lab", "/chart"}  # of the site's own sources
        strays = [item.path for item in inside if not item.path.startswith("/harbour/")]
        assert set(strays) <= outside


@pytest.mark.parametrize("base_url", ["https://a.example/", "https://a.example/x/y/"])
def test_every_internal_address_leads_to_a_file(site: SmallSite, base_url: str) -> None:
    site.build(base_url=base_url)
    base = urlsplit(base_url).path
    for name, found in addresses(site).items():
        for address in found:
            whole = urlsplit(urljoin(f"{base_url}{name}", address))
            if whole.netloc == "a.example":
                file = site.output / whole.path.removeprefix(base)
                assert (file / "index.html" if whole.path.endswith("/") else file).is_file()


def test_a_base_url_without_its_slash_means_the_same(site: SmallSite) -> None:
    site.build(base_url="https://a.example/x/")
    expected = site.outputs()
    assert site.build(base_url="https://a.example/x").written == ()
    assert site.outputs() == expected


@pytest.mark.parametrize(
    "base_url",
    [
        "example.org",
        "//example.org/",
        "ftp://example.org/",
        "https://",
        "https://[x/",
        "https://example.org/?a=b",
        "https://example.org/#a",
    ],
)
def test_a_base_url_that_no_site_can_have_is_refused(site: SmallSite, base_url: str) -> None:
    with pytest.raises(UsageError, match=re.escape(base_url)):
        site.build(base_url=base_url)


# Faults


@pytest.mark.parametrize("kind", sorted(FAULTS))
def test_a_fault_leaves_the_output_untouched(built: SmallSite, kind: str) -> None:
    before = {path: path.stat().st_ino for path in built.output.rglob("*")}
    built.edit(ENDING, "closed", "shut")
    FAULTS[kind](built, 1)
    with pytest.raises(BuildError):
        built.build()
    assert {path: path.stat().st_ino for path in built.output.rglob("*")} == before


@pytest.mark.parametrize("kind", sorted(FAULTS))
def test_a_fault_makes_no_output_folder(site: SmallSite, kind: str) -> None:
    FAULTS[kind](site, 1)
    with pytest.raises(BuildError):
        site.build()
    assert not site.output.exists()


def test_faults_in_ten_files_are_reported_at_once(site: SmallSite) -> None:
    expected = set()
    for number in range(7):
        name = f"content/organizations/faulty-{number}.yaml"
        site.write(name, "name: X\nclassification: company\nsummary: Y\ncolour: blue\n")
        expected.add((name, 4, Code.UNKNOWN_KEY))
    site.edit(ABOUT, "[count](page:figures)", "[@nobody]")
    expected.add((ABOUT, 5, Code.UNKNOWN_CITATION))
    site.edit(ENDING, "published: 2026-03-01", "published: 2026-13-01")
    expected.add((ENDING, 6, Code.BAD_DATE))
    site.write("templates/pages/search.html", "{% if %}")
    expected.add(("templates/pages/search.html", 1, Code.TEMPLATE_SYNTAX))
    with pytest.raises(ContentError) as caught:
        site.build()
    found = caught.value.diagnostics
    assert {(item.span.path, item.span.line, item.code) for item in found} >= expected


def test_a_fault_of_templates_alone_is_a_template_error(site: SmallSite) -> None:
    site.write("templates/pages/search.html", "a\n{{ view.nothing }}")
    with pytest.raises(TemplateError) as caught:
        site.build()
    [found] = [item for item in caught.value.diagnostics if item.code is Code.TEMPLATE_FAILED]
    assert (found.span.path, found.span.line) == ("templates/pages/search.html", 2)


def test_a_build_that_failed_fails_again_and_then_recovers(built: SmallSite) -> None:
    FAULTS["a template that asks for too much"](built, 1)
    for _ in range(2):
        with pytest.raises(TemplateError):
            built.build()
    built.delete("templates/pages/search.html")
    assert built.build().written == ()


def test_strict_refuses_warnings_and_writes_nothing(site: SmallSite) -> None:
    with pytest.raises(ContentError) as caught:
        site.build(is_strict=True)
    assert {item.code for item in caught.value.diagnostics} == {
        Code.NO_EVIDENCE,
        Code.UNUSED_SOURCE,
    }
    assert not site.output.exists()


def test_warnings_are_those_of_the_first_build_when_nothing_is_rendered(site: SmallSite) -> None:
    first = site.build()
    again = site.build()
    assert again.written == ()
    assert again.diagnostics == first.diagnostics != ()
    assert again.excerpts == first.excerpts


# Folders


@pytest.mark.parametrize(
    "name",
    [
        "content",
        "content/x",
        "templates",
        "static/x",
        ".alliance-site",
        ".alliance-site/x",
        ".",
        "..",
        "x/../content",
    ],
)
def test_an_output_folder_that_holds_inputs_is_refused(site: SmallSite, name: str) -> None:
    before = files_below(site.root)
    with pytest.raises(UsageError):
        site.build(output=site.root / name)
    assert files_below(site.root) == before


def test_an_output_folder_that_leads_to_the_content_by_a_link_is_refused(site: SmallSite) -> None:
    (site.root / "_site").symlink_to(site.root / "content")
    with pytest.raises(UsageError):
        site.build()


def test_an_output_that_is_a_file_is_refused(site: SmallSite) -> None:
    site.write("_site", "mine")
    with pytest.raises(UsageError):
        site.build()
    assert site.read("_site") == "mine"


def test_a_folder_without_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="content"):
        SmallSite(tmp_path).build()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", [".alliance-site", ".alliance-site/state.db/x", ".alliance-site/lock/x"]
)
def test_a_state_that_cannot_be_kept_is_a_refusal_of_the_disk(site: SmallSite, name: str) -> None:
    site.write(name, "in the way")
    with pytest.raises(OutputError):
        site.build()


def test_an_output_folder_may_lie_on_another_disk(site: SmallSite, another_disk: Path) -> None:
    (site.root / "_site").symlink_to(another_disk)
    site.build()
    site.edit(ENDING, "closed", "shut")
    site.build()
    assert clean_outcome(site.options()).files == files_below(another_disk)


def test_an_output_below_a_file_is_a_refusal_of_the_disk(site: SmallSite) -> None:
    site.write("made", "a file")
    with pytest.raises(OutputError) as caught:
        site.build(output=site.root / "made/site")
    assert isinstance(caught.value.__cause__, OSError)


def test_a_foreign_file_in_the_way_of_a_page_is_kept_and_named(site: SmallSite) -> None:
    site.write("_site/timeline", "mine")
    with pytest.raises(OutputError, match="timeline"):
        site.build()
    assert site.read("_site/timeline") == "mine"
    site.delete("_site/timeline")
    site.build()
    assert clean_outcome(site.options()).files == site.outputs()


def test_foreign_files_stay_and_are_reported(built: SmallSite) -> None:
    built.write("_site/mine/notes.txt", "mine")
    for _ in range(2):
        result = built.build()
        found = [item.span.path for item in result.diagnostics if item.code is Code.FOREIGN_FILE]
        assert found == ["_site/mine/notes.txt"]
        assert result.written == ()
    assert built.read("_site/mine/notes.txt") == "mine"


def test_what_a_build_left_is_known_by_its_list_when_the_state_is_gone(built: SmallSite) -> None:
    shutil.rmtree(built.root / ".alliance-site")
    built.delete(ENDING)
    built.write("_site/mine.txt", "mine")
    result = built.build()
    found = [item.span.path for item in result.diagnostics if item.code is Code.FOREIGN_FILE]
    assert found == ["_site/mine.txt"]
    assert not (built.output / "articles/ending").exists()
    assert "organizations/north-lab/index.html" not in result.written
    built.delete("_site/mine.txt")
    assert built.outputs() == clean_outcome(built.options()).files


def test_a_listed_file_with_other_bytes_is_a_foreign_one(built: SmallSite) -> None:
    shutil.rmtree(built.root / ".alliance-site")
    built.delete(ENDING)
    built.write("_site/articles/ending/index.html", "mine")
    built.build()
    assert built.read("_site/articles/ending/index.html") == "mine"


def test_a_list_that_leads_out_of_the_folder_is_not_believed(built: SmallSite) -> None:
    shutil.rmtree(built.root / ".alliance-site")
    built.write("mine.txt", "mine")
    digest = hashlib.sha256(b"mine").hexdigest()
    sums = built.read("_site/SHA256SUMS.txt")
    built.write("_site/SHA256SUMS.txt", f"{digest}  ../mine.txt\n{digest}  /mine.txt\n{sums}")
    built.build()
    assert built.read("mine.txt") == "mine"
    assert built.outputs() == clean_outcome(built.options()).files


def test_a_foreign_file_in_the_folder_of_a_deleted_page_stays(built: SmallSite) -> None:
    built.write("_site/articles/ending/notes.txt", "mine")
    built.delete(ENDING)
    built.build()
    assert files_below(built.output / "articles/ending") == {"notes.txt": b"mine"}


def test_under_strict_a_foreign_file_is_an_error(site: SmallSite) -> None:
    for name in ("sources.yaml",):
        site.write(f"content/{name}", site.read(f"content/{name}").partition("unread:")[0])
    evidence = "evidence: charter\n"
    for name in ("organizations/east-college.yaml", "comparisons/openness/cells/west-fund.yaml"):
        site.write(f"content/{name}", site.read(f"content/{name}") + evidence)
    site.edit("content/organizations/west-fund.yaml", "evidence: none", "evidence: charter")
    site.build(is_strict=True)
    site.write("_site/mine.txt", "mine")
    with pytest.raises(CheckError) as caught:
        site.build(is_strict=True)
    assert [item.code for item in caught.value.diagnostics] == [Code.FOREIGN_FILE]


# Drafts, dates, redirects


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 1, 9), set()),
        (date(2025, 1, 10), {"launch"}),
        (date(2026, 3, 1), {"launch", "count", "ending"}),
        (date(2026, 7, 31), {"launch", "count", "ending"}),
        (date(2026, 8, 1), {"launch", "count"}),
        (date(2026, 9, 1), {"launch", "count", "scheduled"}),
    ],
)
def test_an_article_is_out_from_its_day_until_it_expires(
    site: SmallSite, day: date, expected: set[str]
) -> None:
    site.build(as_of=day)
    found = {path.parent.name for path in (site.output / "articles").glob("*/index.html")}
    assert found == expected


def test_after_the_site_of_another_day_the_site_is_as_it_was(site: SmallSite) -> None:
    site.build()
    before = site.outputs()
    site.build(as_of=date(2024, 1, 1))
    assert site.outputs() != before
    site.build()
    assert site.outputs() == before


def test_drafts_show_drafts_scheduled_and_expired_articles(site: SmallSite) -> None:
    site.build(with_drafts=True, as_of=date(2026, 8, 2))
    found = {path.parent.name for path in (site.output / "articles").glob("*/index.html")}
    assert found == {"launch", "count", "scheduled", "ending", "draft"}


def test_no_output_names_a_draft_or_a_scheduled_article(built: SmallSite) -> None:
    for title in (b"Not yet written", b"What comes in autumn"):
        assert [name for name, data in built.outputs().items() if title in data] == []


@pytest.mark.parametrize("article", ["draft", "scheduled"])
def test_a_link_to_an_article_that_is_not_out_leads_nowhere_until_it_is(
    site: SmallSite, article: str
) -> None:
    site.edit(ABOUT, "[count](page:figures)", f"[count](article:{article})")
    site.edit(ENDING, "topics: [unread]", f"about: [article:{article}]")
    site.build()
    address = f"/harbour/articles/{article}/"
    assert [name for name, found in addresses(site).items() if address in found] == []
    assert b"count" in site.outputs()["about/index.html"]
    site.build(with_drafts=True)
    assert address in addresses(site)["about/index.html"]


def test_a_redirect_leads_on_and_is_not_listed(built: SmallSite) -> None:
    page = built.outputs()["organizations/south-yard/index.html"].decode()
    assert 'http-equiv="refresh"' in page
    assert "/harbour/organizations/south-works/" in Addresses(page).found
    assert 'content="noindex"' in page
    assert b"south-yard" not in built.outputs()["sitemap.xml"]


@pytest.mark.parametrize(
    "name", ["robots.txt", "index.html", "about/index.html", "data/events.csv"]
)
def test_a_static_file_may_not_take_the_place_of_a_page(site: SmallSite, name: str) -> None:
    site.write(f"static/{name}", "mine")
    with pytest.raises(BuildError) as caught:
        site.build()
    [found] = [item for item in caught.value.diagnostics if item.code is Code.ROUTE_COLLISION]
    assert found.span.path == f"static/{name}"


def test_a_static_file_may_not_stand_where_a_page_needs_a_folder(site: SmallSite) -> None:
    site.write("static/timeline", "mine")
    with pytest.raises(BuildError) as caught:
        site.build()
    assert Code.ROUTE_COLLISION in {item.code for item in caught.value.diagnostics}


# Check


def test_check_writes_nothing(site: SmallSite) -> None:
    result = check(site.options())
    assert (result.pages, result.written) == (69, ())
    assert not site.output.exists()


@pytest.mark.parametrize(
    "target", ["/nowhere/", "/nowhere/#there", "/Timeline/", "/timeline", "/../outside/"]
)
def test_an_address_in_a_text_that_leads_nowhere_stops_the_build(
    site: SmallSite, target: str
) -> None:
    site.edit(ABOUT, "page:figures", target)
    for run in (build, check):
        with pytest.raises(ContentError) as caught:
            run(site.options())
        [found] = [item for item in caught.value.diagnostics if item.code is Code.UNKNOWN_LINK]
        assert found.span.path == ABOUT
        assert found.span.end_column - found.span.column == len(target)


@pytest.mark.parametrize("target", ["/timeline/#nowhere", "page:timeline#nowhere"])
def test_check_finds_a_link_to_a_place_that_is_not_on_its_page(
    site: SmallSite, target: str
) -> None:
    site.edit(ABOUT, "page:figures", target)
    site.build()
    with pytest.raises(CheckError) as caught:
        check(site.options())
    [found] = [item for item in caught.value.diagnostics if item.code is Code.BROKEN_FRAGMENT]
    assert found.span.path == "about/index.html"


@pytest.mark.parametrize("target", ["/timeline/", "/timeline/#joined", "#main", "/data/events.csv"])
def test_check_lets_a_link_pass_that_leads_somewhere(site: SmallSite, target: str) -> None:
    site.edit(ABOUT, "page:figures", target)
    assert check(site.options()).pages == 69


def test_check_reports_what_a_build_reports(site: SmallSite) -> None:
    assert check(site.options()).diagnostics == site.build().diagnostics


# Accidents


def test_two_builds_at_once_both_succeed(site: SmallSite) -> None:
    command = [sys.executable, "-m", "alliance_site", "build", "-C", str(site.root)]
    command += ["--base-url", BASE_URL]
    running = [
        subprocess.Popen(command, cwd=REPOSITORY, env=environment_with({}), stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [process.communicate(timeout=60)[0].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert sorted(" 0 files written" in text for text in said) == [False, True, True]
    assert clean_outcome(site.options()).files == site.outputs()


MOMENTS = [0.0, 0.3, 0.6, 0.75, 0.9, 1.0]
"""When a build is killed, as a share of all its changes of the disk."""


def kill_at(moment: float, site: SmallSite, folder: Path) -> None:
    """Kill a build of a site at a moment; a copy shows how many changes the build makes."""
    copy = SmallSite(folder / "copy")
    shutil.copytree(site.root, copy.root)
    last = count_changes(copy.options()) - 1
    assert kill_build(site.options(), round(moment * last))


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_first_build_leaves_nothing_that_the_next_does_not_mend(
    site: SmallSite, tmp_path: Path, moment: float
) -> None:
    """What it may have made is no longer wanted."""
    site.write("content/pages/gone.md", site.read(ABOUT).replace("About this", "Gone"))
    kill_at(moment, site, tmp_path)
    site.delete("content/pages/gone.md")
    result = site.build()
    assert clean_outcome(site.options()).files == site.outputs()
    assert Code.FOREIGN_FILE not in {item.code for item in result.diagnostics}


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_a_killed_build_began_is_gone_when_it_is_no_longer_wanted(
    built: SmallSite, tmp_path: Path, moment: float
) -> None:
    """The article was added, its build was killed, and it was deleted again."""
    built.write("content/articles/2026/new.md", built.read(ENDING))
    built.write("static/css/components/new.css", "a {}")
    kill_at(moment, built, tmp_path)
    built.delete("content/articles/2026/new.md")
    built.delete("static/css/components/new.css")
    result = built.build()
    assert clean_outcome(built.options()).files == built.outputs()
    assert Code.FOREIGN_FILE not in {item.code for item in result.diagnostics}


@pytest.mark.parametrize("part", ["content", "static"])
def test_a_loop_of_links_among_the_inputs_has_an_end(site: SmallSite, part: str) -> None:
    site.path(f"{part}/loop").symlink_to(site.root / part)
    try:
        count = len(site.build().written)
    except BuildError as error:
        count = len(error.diagnostics)
    assert count < 10 * len(FILES)


def test_a_link_to_a_folder_that_it_lies_in_is_not_followed(site: SmallSite) -> None:
    site.build()
    before = site.outputs()
    site.path("static/root").symlink_to("/")
    site.path("static/self").symlink_to(site.root / "static")
    site.build()
    assert site.outputs() == before


def test_a_folder_that_cannot_be_looked_at_is_a_deliberate_error(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("content/organizations"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr("alliance_site.scan.os.scandir", refuse)
    with pytest.raises(OutputError, match=r"^cannot read content/organizations: Permission denied"):
        site.build()


@pytest.mark.parametrize("step", [0, 1, 2])
def test_an_interrupted_build_leaves_no_temporary(built: SmallSite, step: int) -> None:
    steps = iter(range(step + 1))

    def interrupt(what: str, done: int, total: int) -> None:
        del what, done, total
        if next(steps, None) == step:
            raise KeyboardInterrupt

    before = set(built.output.rglob("*"))
    built.edit("content/site.yaml", "title: Analysis", "title: Analyses")
    with pytest.raises(KeyboardInterrupt):
        build(built.options(), interrupt)
    assert set(built.output.rglob("*")) == before


def test_a_write_that_the_disk_refuses_leaves_no_temporary(built: SmallSite) -> None:
    (built.output / "timeline/index.html").unlink()
    built.write("_site/timeline/index.html/mine", "mine")
    built.edit("content/events.yaml", "By letter", "By post")
    with pytest.raises(OutputError, match="timeline"):
        built.build()
    assert list(built.output.rglob(".*")) == []


def test_an_input_that_cannot_be_read_is_a_deliberate_error(site: SmallSite) -> None:
    site.path("content/organizations/gone.yaml").symlink_to(site.root / "nowhere")
    with pytest.raises(AllianceSiteError, match="gone"):
        site.build()


def test_a_static_file_whose_name_is_no_text_is_a_deliberate_error(site: SmallSite) -> None:
    with open(os.fsencode(site.root / "static") + b"/\xff.svg", "wb"):  # noqa: PTH123 - no text
        pass
    with pytest.raises(AllianceSiteError):
        site.build()


# Clean


def test_clean_removes_what_builds_listed_and_nothing_else(built: SmallSite) -> None:
    built.write("_site/mine.txt", "mine")
    count = len(built.outputs()) - 1
    assert clean(built.options()) == count
    assert built.outputs() == {"mine.txt": b"mine"}
    assert not (built.root / ".alliance-site/state.db").exists()


def test_clean_before_any_build_removes_nothing(site: SmallSite) -> None:
    site.write("_site/mine.txt", "mine")
    assert clean(site.options()) == 0
    assert site.outputs() == {"mine.txt": b"mine"}


def test_a_build_after_clean_writes_all(built: SmallSite) -> None:
    before = built.outputs()
    clean(built.options())
    assert not built.output.exists() or built.outputs() == {}
    assert len(built.build().written) == len(before)
    assert built.outputs() == before
