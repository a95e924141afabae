"""Sites at the edges in a browser: nobody and nothing, many, very long, right to left."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack

import html5lib
import pytest

from tests.browser.conftest import NewPage, build, serve_as_github_pages
from tests.browser.stress_site import SITES, write_site
from tests.browser.test_pages import AXE, WCAG, faults_of, fetch, watch

LOOKED_AT: Mapping[str, tuple[str, ...]] = {
    "nobody": (
        *("", "members/", "articles/", "timeline/", "objectives/", "comparisons/", "sources/"),
        *("corrections/", "organizations/acme/", "alliances/commons/", "search/", "arguments/"),
    ),
    "sixty": ("", "members/", "members/country/us/", "alliances/commons/"),
    "many": (
        *("", "members/", "articles/", "articles/a0/", "organizations/member-0/"),
        *("comparisons/wide/", "comparisons/wide/criteria/long/", "search/", "topics/openness/"),
    ),
    "right-to-left": (
        *("", "members/", "articles/a1/", "organizations/member-0/", "organizations/member-1/"),
        "comparisons/wide/",
    ),
}


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Build and serve every site; give their addresses."""
    with ExitStack() as servers:
        found = {}
        for name in SITES:
            source = write_site(name, tmp_path_factory.mktemp(name))
            output = source / "_site"
            found[name] = servers.enter_context(serve_as_github_pages(output))
            build(source, output, found[name], "--no-search")
        yield found


@pytest.mark.parametrize("width", [320, 1440])
def test_a_page_at_the_edge_is_whole_and_no_wider_than_the_window(
    addresses: Mapping[str, str], new_page: NewPage, width: int
) -> None:
    page = new_page(width=width)
    wrong = []
    for name, paths in LOOKED_AT.items():
        seen = watch(page, addresses[name])
        for path in paths:
            page.goto(addresses[name] + path)
            faults = faults_of(page, "not-found" if name == "nobody" else "edge")
            # None of these sites has a navigation or a footer to hide.
            found = [fault for fault in faults if not fault.startswith("hides its")]
            wrong += [f"{name} /{path}: {fault}" for fault in found]
        wrong += seen
    assert wrong == []


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1440, "light")])
def test_axe_finds_nothing_at_the_edges(
    addresses: Mapping[str, str], new_page: NewPage, width: int, scheme: str
) -> None:
    page = new_page(width=width, scheme="dark" if scheme == "dark" else "light")
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": WCAG}}
    wrong = []
    for name, paths in LOOKED_AT.items():
        for path in paths:
            if (name, path) == ("many", "members/"):
                continue  # 600 rows of the same, as there are 60 elsewhere
            page.goto(addresses[name] + path)
            page.evaluate(AXE)
            for found in page.evaluate("options => axe.run(options)", options)["violations"]:
                wrong += [
                    f"{name} /{path}: {found['id']}: {node['html']}" for node in found["nodes"]
                ]
    assert wrong == []


def test_every_page_at_the_edge_parses_without_an_error(addresses: Mapping[str, str]) -> None:
    for name, paths in LOOKED_AT.items():
        for path in paths:
            html5lib.HTMLParser(strict=True).parse(fetch(addresses[name] + path).decode())


def test_nothing_laid_beside_the_head_covers_it(
    addresses: Mapping[str, str], new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{addresses['many']}organizations/member-0/")
    head = page.locator(".page_head h1").bounding_box()
    facts = page.locator(".beside").bounding_box()
    assert head is not None
    assert facts is not None
    assert head["x"] + head["width"] <= facts["x"]


def test_what_is_empty_says_so(addresses: Mapping[str, str]) -> None:
    at = addresses["nobody"]
    said = {
        "articles/": "No article so far.",
        "timeline/": "No event is recorded.",
        "corrections/": "No corrections since the site began on",
        "objectives/": "No objective is recorded.",
        "comparisons/": "No comparison so far.",
    }
    found = {path: fetch(at + path).decode() for path in said}
    assert [path for path, words in said.items() if words not in found[path]] == []
    members = re.sub("<[^>]+>", "", fetch(f"{at}members/").decode())
    assert "1 of 1 member, by name" in members
