"""Sites at the edges in a browser: nobody and nothing, many, very long, right to left."""

import re
from collections.abc import Callable, Mapping

import html5lib
import pytest

from tests.browser.conftest import NewPage, Serve
from tests.browser.stress_site import SITES, write_files
from tests.browser.test_pages import ALL_RULES, faults_of, fetch, violations, watch
from tests.small_site import BASE

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


PAGES = [(name, path) for name, paths in LOOKED_AT.items() for path in paths]
each_page = pytest.mark.parametrize(("name", "path"), PAGES)


@pytest.fixture(scope="session")
def address_of(serve: Serve) -> Callable[[str], str]:
    """Give the address of a site by its name; it is built when first asked for."""

    def address(name: str) -> str:
        files = {**BASE, **SITES[name]}
        return serve(name, lambda content: write_files(files, content), "--no-search").address

    return address


@each_page
def test_a_page_at_the_edge_is_whole_and_no_wider_than_the_window(
    address_of: Callable[[str], str], new_page: NewPage, name: str, path: str
) -> None:
    page = new_page(width=320)
    wrong = watch(page, address_of(name))
    page.goto(address_of(name) + path)
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        # None of these sites has a navigation or a footer.
        wrong += [f"{width} px: {fault}" for fault in faults_of(page, "h1")]
    assert wrong == []


# 600 rows are like 60, which are looked at.
@pytest.mark.parametrize(("name", "path"), [page for page in PAGES if page != ("many", "members/")])
def test_axe_finds_nothing_at_the_edges(
    address_of: Callable[[str], str], new_page: NewPage, name: str, path: str
) -> None:
    page = new_page()
    page.goto(address_of(name) + path)
    assert violations(page, [(320, "dark", ALL_RULES), (1440, "light", ALL_RULES)]) == []


@each_page
def test_every_page_at_the_edge_parses_without_an_error(
    address_of: Callable[[str], str], name: str, path: str
) -> None:
    html5lib.HTMLParser(strict=True).parse(fetch(address_of(name) + path).decode())


def test_nothing_laid_beside_the_head_covers_it(
    address_of: Callable[[str], str], new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{address_of('many')}organizations/member-0/")
    head = page.locator(".page_head h1").bounding_box()
    facts = page.locator(".beside").bounding_box()
    assert head is not None
    assert facts is not None
    assert head["x"] + head["width"] <= facts["x"]


def test_what_is_empty_says_so(address_of: Callable[[str], str]) -> None:
    at = address_of("nobody")
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
