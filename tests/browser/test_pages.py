"""The real site in a browser: each kind of page, by width, colour scheme, with and without scripts.

A test looks at one page of each kind, the first by address, and tells all that is wrong at once.
"""

import gzip
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import html5lib
import pytest
from html5lib.html5parser import ParseError
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.browser.conftest import NewPage

Scheme = Literal["dark", "light"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


@pytest.fixture(scope="session")
def pages(real_site: str) -> Mapping[str, str]:
    """The HTML of every page by address: those of the sitemap, and the one for what is missing."""
    found = {}
    for listed in re.findall("<loc>(.*?)</loc>", fetch(f"{real_site}sitemap.xml").decode()):
        address = urljoin(real_site, urlsplit(listed).path)
        found[address] = fetch(address).decode()
    missing = f"{real_site}404.html"
    return {**found, missing: fetch(missing).decode()}


@pytest.fixture(scope="session")
def kinds(pages: Mapping[str, str]) -> Mapping[str, str]:
    """The address of one page of each kind, by kind."""
    found: dict[str, str] = {}
    for address in sorted(pages):
        kind = re.search(r'<body data-kind="([\w-]+)"', pages[address])
        assert kind, address
        found.setdefault(kind[1], address)
    return found


def fetch(address: str) -> bytes:
    """Read what the site serves at an address."""
    with urlopen(address, timeout=30) as response:
        return bytes(response.read())


def watch(page: Page, origin: str) -> list[str]:
    """Note from now on what the browser complains of, and what it asks of others."""
    seen: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            seen.append(f"{page.url}: console: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((origin, "data:")):
            seen.append(f"{page.url}: asks {request.url}")

    def on_failure(request: Request) -> None:
        # The browser asks for the icon late, and drops that when the next page is called.
        if request.failure != "net::ERR_ABORTED":
            seen.append(f"{request.url}: {request.failure}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: seen.append(f"{page.url}: {error}"))
    page.on("request", on_request)
    page.on("requestfailed", on_failure)
    return seen


def test_there_is_a_page_of_every_kind(kinds: Mapping[str, str]) -> None:
    assert kinds.keys() >= {
        "alliance",
        "article",
        "articles",
        "comparison",
        "criterion",
        "data",
        "home",
        "member",
        "members",
        "method",
        "not-found",
        "objective",
        "search",
        "source",
        "sources",
        "subject",
        "timeline",
        "topic",
    }


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without"])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_a_page_is_whole_quiet_and_no_wider_than_the_window(
    real_site: str,
    kinds: Mapping[str, str],
    new_page: NewPage,
    *,
    width: int,
    scheme: Scheme,
    javascript: bool,
) -> None:
    page = new_page(width=width, scheme=scheme, javascript=javascript)
    wrong = watch(page, real_site)
    for kind, address in kinds.items():
        page.goto(address)
        wrong += [f"{kind} {address}: {fault}" for fault in faults_of(page, kind)]
    assert wrong == []


def faults_of(page: Page, kind: str) -> Iterator[str]:
    """Tell what a page lacks, and whether it scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        yield f"scrolls sideways by {wide} px"
    if page.locator("h1").count() != 1:
        yield f"has {page.locator('h1').count()} h1"
    if not page.title().strip():
        yield "has no title"
    description = page.locator('meta[name="description"]')
    if description.count() != 1 or not (description.get_attribute("content") or "").strip():
        yield "has no description"
    if len(page.locator("main").inner_text()) < (40 if kind == "not-found" else 80):
        yield "shows no text"
    # A chart's page stands in frames of other sites, and has the site's name alone around it.
    around = () if kind == "chart" else ("header nav a", "footer a")
    for part in ("h1", *around):
        if page.locator(part).first.is_hidden():
            yield f"hides its {part}"


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (320, "dark"), (1440, "light"), (1440, "dark")]
)
def test_axe_finds_nothing_against_wcag(
    kinds: Mapping[str, str], new_page: NewPage, width: int, scheme: Scheme
) -> None:
    page = new_page(width=width, scheme=scheme)
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": WCAG}}
    wrong = []
    for kind, address in kinds.items():
        page.goto(address)
        page.evaluate(AXE)
        for found in page.evaluate("options => axe.run(options)", options)["violations"]:
            wrong += [f"{kind} {address}: {found['id']}: {node['html']}" for node in found["nodes"]]
    assert wrong == []


def test_a_note_mark_leads_to_its_source_and_back_by_keyboard(
    kinds: Mapping[str, str], new_page: NewPage
) -> None:
    page = new_page()
    page.goto(kinds["article"])
    mark = page.locator('main a[href^="#source-"], main a[href^="#note-"], main sup a').first
    anchor = str(mark.get_attribute("href"))
    mark_id = page.evaluate("link => (link.id || link.closest('[id]').id)", mark.element_handle())
    tab_to(page, anchor)
    page.keyboard.press("Enter")
    assert urlsplit(page.url).fragment == anchor.removeprefix("#")
    assert page.locator(anchor).is_visible()
    back = tab_to(page, f"#{mark_id}")
    page.keyboard.press("Enter")
    assert urlsplit(page.url).fragment == back.removeprefix("#")
    assert page.locator(back).first.is_visible()


def tab_to(page: Page, target: str) -> str:
    """Press Tab until a link to a target is in focus."""
    for _ in range(400):
        page.keyboard.press("Tab")
        href: Any = page.evaluate("document.activeElement.getAttribute('href')")
        if href == target:
            return target
    pytest.fail(f"Tab never comes to a link to {target}", pytrace=False)


def test_the_first_stop_of_the_keyboard_leads_to_the_content(
    kinds: Mapping[str, str], new_page: NewPage
) -> None:
    page = new_page(width=390)
    for address in kinds.values():
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
        box = page.locator("a.skip").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0


def test_what_is_in_focus_can_be_seen(kinds: Mapping[str, str], new_page: NewPage) -> None:
    page = new_page()
    page.goto(kinds["home"])
    for _ in range(5):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(({outlineStyle, outlineWidth, boxShadow}) => [outlineStyle, outlineWidth, boxShadow])"
            "(getComputedStyle(document.activeElement))"
        )
        assert (style[0] != "none" and style[1] != "0px") or style[2] != "none"


def test_every_page_parses_without_an_error(pages: Mapping[str, str]) -> None:
    wrong = []
    for address, text in pages.items():
        parser = html5lib.HTMLParser(strict=True)
        try:
            parser.parse(text)
        except ParseError as error:
            wrong.append(f"{address}: {error} {parser.errors[-1:]}")
    assert wrong == []


def test_every_page_has_the_styles_of_its_classes(real_site: str, pages: Mapping[str, str]) -> None:
    link = re.compile(r'rel="stylesheet" href="([^"]+)"')
    named = re.compile(r"\.([a-zA-Z][\w-]*)")
    used = {
        address: (urljoin(real_site, found[1]), classes_in(text))
        for address, text in pages.items()
        if (found := link.search(text))
    }
    sheets = {sheet: fetch(sheet).decode() for sheet in {sheet for sheet, _ in used.values()}}
    styled = {sheet: set(named.findall(text)) for sheet, text in sheets.items()}
    everywhere = set[str]().union(*styled.values())
    # Marks share their names with the words of status lines and arguments.
    shared = {"open", "closed", "partly", "unknown", "na"}
    wrong = [
        f"{address}: {sorted(missing)}"
        for address, (sheet, classes) in used.items()
        if (missing := classes & everywhere - styled[sheet] - shared)
    ]
    assert wrong == []


def classes_in(text: str) -> set[str]:
    return {name for group in re.findall(r'\sclass="([^"]*)"', text) for name in group.split()}


def test_no_id_stands_twice_on_a_page(pages: Mapping[str, str]) -> None:
    for address, text in pages.items():
        ids = re.findall(r'<[a-z][^>]*\sid="([^"]*)"', text)
        assert len(ids) == len(set(ids)), address


def test_every_page_has_a_title_and_description_of_its_own(pages: Mapping[str, str]) -> None:
    # A chart has a title of its own, in the body.
    heads = [text.partition("</head>")[0] for text in pages.values()]
    titles = [re.findall("<title>(.*?)</title>", head, re.DOTALL) for head in heads]
    description = re.compile('<meta name="description" content="(.+?)"')
    descriptions = [description.findall(text) for text in pages.values()]
    assert {len(found) for found in titles + descriptions} == {1}
    assert len({found[0] for found in titles}) == len(pages)


@pytest.mark.parametrize(
    ("path", "limit_kb"),
    [
        ("", 14),
        # An article of 1,500 words with its notes; 14 kB, the aim, are passed by the text itself.
        ("articles/what-became-of-six-promises/", 16),
        ("articles/open-weights-are-not-transparency/", 15),
        ("articles/ai-alliance-launch/", 14),
        ("organizations/ibm/", 14),
        ("organizations/meta/", 15),
        ("organizations/yale/", 14),
        ("comparisons/open-versus-closed/", 30),
    ],
)
def test_the_first_load_of_a_page_is_small(real_site: str, path: str, limit_kb: int) -> None:
    page = fetch(f"{real_site}{path}")
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.decode())
    loaded = [page, *(fetch(urljoin(real_site, sheet)) for sheet in sheets)]
    size = sum(len(gzip.compress(data, 9)) for data in loaded)
    assert size <= limit_kb * 1024


def test_a_page_needs_few_requests(
    real_site: str, kinds: Mapping[str, str], new_page: NewPage
) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in kinds.values():
        asked.clear()
        page.goto(address)
        assert len(asked) <= 5, asked
        assert all(url.startswith(real_site) for url in asked)


def test_no_page_sets_a_cookie(kinds: Mapping[str, str], new_page: NewPage) -> None:
    page = new_page()
    for address in kinds.values():
        page.goto(address)
    assert page.context.cookies() == []


def test_what_is_missing_gets_the_site_s_own_page(real_site: str, new_page: NewPage) -> None:
    page = new_page()
    response = page.goto(f"{real_site}no/such/page")
    assert response is not None
    assert response.status == 404
    assert page.locator("body").get_attribute("data-kind") == "not-found"
    page.locator("header nav a").first.click()
    assert page.locator("h1").count() == 1
    assert page.locator("body").get_attribute("data-kind") != "not-found"


def test_printed_a_page_shows_its_text_and_no_navigation(
    kinds: Mapping[str, str], new_page: NewPage
) -> None:
    page = new_page()
    page.goto(kinds["article"])
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator("header nav").first.is_hidden()
