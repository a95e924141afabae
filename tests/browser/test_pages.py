"""The real site in a browser: each kind of page, by width, colour scheme, with and without scripts.

Of each kind one page is looked at, the first by address, and for its layout the longest too; a test
tells all that is wrong with it at once.
"""

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import product
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import html5lib
import pytest
from html5lib.html5parser import ParseError
from playwright.sync_api import ConsoleMessage, Page, Request, expect

from tests.browser.conftest import GitHubPages, NewPage, Served

Scheme = Literal["dark", "light"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
ALL_RULES = {"type": "tag", "values": WCAG}
# The rules that colours can break. A scheme differs in nothing else: `light-dark()` gives colours
# alone, and no style sheet asks for the scheme (tests/render/test_styles.py).
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
Look = tuple[int, Scheme, Mapping[str, object]]
EVERY_LOOK: tuple[Look, ...] = (
    (320, "light", ALL_RULES),
    (320, "dark", OF_COLOURS),
    (1440, "light", ALL_RULES),
    (1440, "dark", OF_COLOURS),
)
KINDS = (
    *("about", "alliance", "arguments", "article", "articles", "changes", "chart", "charts"),
    *(
        "comparison",
        "comparisons",
        "corrections",
        "criterion",
        "data",
        "figures",
        "home",
        "member",
        "members",
    ),
    *("method", "not-found", "objective", "objectives", "organization", "organizations", "page"),
    *(
        "pair",
        "receipts",
        "search",
        "sides",
        "source",
        "sources",
        "subject",
        "table",
        "timeline",
        "topic",
    ),
)


@pytest.fixture(scope="session")
def pages(served: Served) -> Mapping[str, str]:
    """The HTML of every page by address, also of those that no sitemap lists.

    A former address is none: it leads to another page before anything can be asked of it.
    """
    texts = {
        served.address
        + file.relative_to(served.folder).as_posix().removesuffix("index.html"): file.read_text(
            "utf-8"
        )
        for file in sorted(served.folder.rglob("*.html"))
    }
    return {address: text for address, text in texts.items() if kind_of(text) != "redirect"}


@pytest.fixture(scope="session")
def kinds(pages: Mapping[str, str]) -> Mapping[str, str]:
    """The address of the first page of each kind, by kind."""
    found: dict[str, str] = {}
    for address in sorted(pages):
        found.setdefault(kind_of(pages[address]), address)
    return found


@pytest.fixture(scope="session")
def longest(pages: Mapping[str, str]) -> Mapping[str, str]:
    """The address of the longest page of each kind, by kind."""
    return {
        kind_of(pages[address]): address
        for address in sorted(pages, key=lambda address: len(pages[address]))
    }


def kind_of(page: str) -> str:
    """Read what kind of page a page says it is."""
    found = re.search(r'<body data-kind="([\w-]+)"', page)
    assert found, page[:2000]
    return found[1]


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
    page.on("request", on_request)
    page.on("requestfailed", on_failure)
    return seen


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without"])
def test_a_former_address_leads_to_the_page_of_now(
    real_site: str, new_page: NewPage, *, javascript: bool
) -> None:
    page = new_page(javascript=javascript)
    page.goto(f"{real_site}articles/licences-no-longer-follow-the-camps/")
    expect(page).to_have_url(f"{real_site}articles/licences-of-the-free-models/")


def test_there_is_a_page_of_every_kind(kinds: Mapping[str, str]) -> None:
    assert sorted(kinds) == sorted(KINDS)


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_whole_quiet_and_no_wider_than_the_window(
    real_site: str,
    kinds: Mapping[str, str],
    longest: Mapping[str, str],
    new_page: NewPage,
    *,
    kind: str,
    javascript: bool,
) -> None:
    page = new_page(javascript=javascript)
    wrong = watch(page, real_site)
    # A chart's page stands in frames of other sites, and has the site's name alone around it.
    parts = ("h1",) if kind == "chart" else ("h1", "header nav a", "footer a")
    for address in sorted({kinds[kind], longest[kind]}):
        page.set_viewport_size({"width": 320, "height": 900})
        page.goto(address)
        for width, scheme in product((320, 390, 1440), SCHEMES):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            faults = faults_of(page, *parts)
            wrong += [f"{address} at {width} px, {scheme}: {fault}" for fault in faults]
    assert wrong == []


MEASURED = """parts => {
  const shown = element => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({visibilityProperty: true}) && box.width * box.height > 0;
  };
  const descriptions = [...document.querySelectorAll('meta[name="description"]')];
  return {
    overflow: document.documentElement.scrollWidth - innerWidth,
    headings: document.querySelectorAll('h1').length,
    descriptions: descriptions.map(meta => meta.content.trim()),
    text: document.querySelector('main').innerText.length,
    hidden: parts.filter(part => ![...document.querySelectorAll(part)].slice(0, 1).some(shown)),
  };
}"""


def faults_of(page: Page, *parts: str) -> Iterator[str]:
    """Tell what a page lacks of some parts, by selector, and whether it scrolls sideways."""
    found = page.evaluate(MEASURED, parts)
    if found["overflow"] > 0:
        yield f"scrolls sideways by {found['overflow']} px"
    if found["headings"] != 1:
        yield f"has {found['headings']} h1"
    if not page.title().strip():
        yield "has no title"
    if len(found["descriptions"]) != 1 or not found["descriptions"][0]:
        yield "has no description"
    if found["text"] < 40:
        yield "shows no text"
    for part in found["hidden"]:
        yield f"hides its {part}"


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_against_wcag(
    kinds: Mapping[str, str], new_page: NewPage, kind: str
) -> None:
    page = new_page()
    page.goto(kinds[kind])
    assert violations(page) == []


def test_text_of_twice_the_size_fits_the_window(
    longest: Mapping[str, str], new_page: NewPage
) -> None:
    page = new_page()
    # As the browser's own setting does it, which the site's `rem` follow (WCAG 1.4.4).
    sizes = {"fontSizes": {"standard": 32, "fixed": 26}}
    page.context.new_cdp_session(page).send("Page.setFontSizes", sizes)
    wrong = []
    for kind, address in longest.items():
        page.goto(address)
        for width in (390, 640, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{kind} at {width} px: {fault}" for fault in faults_of(page, "h1")]
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert wrong == []


def violations(page: Page, looks: Iterable[Look] = EVERY_LOOK) -> list[str]:
    """Run axe over a page: at some widths, in some schemes, by some rules."""
    page.evaluate(AXE)
    found = []
    for width, scheme, rules in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        asked = {"resultTypes": ["violations"], "runOnly": rules}
        for broken in page.evaluate("asked => axe.run(asked)", asked)["violations"]:
            where = f"{page.url}, {width} px, {scheme}: {broken['id']}"
            found += [f"{where}: {node['html']}" for node in broken["nodes"]]
    return found


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


IN_FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const isOnTop = [...at.getClientRects()].some((box) => {
    const [x, y] = [box.left + Math.min(box.width, 8) / 2, box.top + box.height / 2];
    const top = document.elementFromPoint(x, y);
    return top && (at.contains(top) || top.contains(at));
  });
  const box = at.getBoundingClientRect();
  const isBig = box.height > innerHeight && box.top < innerHeight && box.bottom > 0;
  const text = at.getAttribute("aria-label") || at.textContent || at.name;
  return {
    name: text.trim().slice(0, 60),
    isSeen: isOnTop || isBig,
    hasOutline: outlineStyle === "solid" && parseFloat(outlineWidth) >= 2,
  };
}"""
"""What is in focus, whether nothing lies over it, and whether its outline shows."""


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("kind", ["home", "article", "member", "members", "comparison"])
def test_what_is_in_focus_has_a_name_and_can_be_seen(
    kinds: Mapping[str, str], new_page: NewPage, kind: str, width: int
) -> None:
    page = new_page(width=width)
    page.goto(kinds[kind])
    stops: list[Any] = []
    for _ in range(300):  # a comparison has four times as many, of the same sorts
        page.keyboard.press("Tab")
        stop = page.evaluate(IN_FOCUS)
        if stop is None:
            break
        stops.append(stop)
    assert len(stops) > 50
    assert [s for s in stops if not (s["name"] and s["isSeen"] and s["hasOutline"])] == []


@pytest.mark.parametrize("part", range(4))
def test_every_page_parses_without_an_error(pages: Mapping[str, str], part: int) -> None:
    wrong = []
    for address in sorted(pages)[part::4]:
        parser = html5lib.HTMLParser(strict=True)
        try:
            parser.parse(pages[address])
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
    # Marks share their names with the words of status lines and arguments, and with bars.
    shared = {"open", "closed", "partly", "unknown", "na", "plain"}
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


def first_load(url: str) -> int:
    """Return the bytes of a page and its style sheets, compressed as a server does."""
    page = fetch(url)
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.decode())
    loaded = [page, *(fetch(urljoin(url, sheet)) for sheet in sheets)]
    return sum(len(gzip.compress(data, 9)) for data in loaded)


def test_the_first_load_of_home_of_every_article_and_of_every_member_is_at_most_14_kb(
    real_site: str,
) -> None:
    sitemap = fetch(f"{real_site}sitemap.xml").decode()
    paths = re.findall(r"<loc>[^<]*?/((?:articles|organizations)/[^/<]+/)</loc>", sitemap)
    assert len(paths) > 100
    sizes = {path: first_load(f"{real_site}{path}") for path in ("", *paths)}
    assert {path: size for path, size in sizes.items() if size > 14_000} == {}


def test_the_first_load_of_a_comparison_is_at_most_30_kb(real_site: str) -> None:
    assert first_load(f"{real_site}comparisons/open-versus-closed/") <= 30_000


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
    expect(page.locator("body:not([data-kind=not-found])")).to_have_count(1)
    expect(page.locator("h1")).to_have_count(1)


def test_printed_a_page_shows_its_text_and_no_navigation(
    kinds: Mapping[str, str], new_page: NewPage
) -> None:
    page = new_page()
    page.goto(kinds["article"])
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator("header nav").first.is_hidden()


def test_a_page_is_fetched_when_its_link_is_pointed_at_and_a_file_is_not(
    real_site: str, new_page: NewPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    plain = GitHubPages.send_head

    def noted(handler: GitHubPages) -> Any:
        if handler.headers.get("Sec-Purpose") == "prefetch":
            asked.append(urlsplit(handler.path).path)
        return plain(handler)

    monkeypatch.setattr(GitHubPages, "send_head", noted)
    page = new_page(width=1440)
    page.goto(f"{real_site}changes/")
    page.get_by_role("link", name="JSON Feed").hover()
    page.wait_for_timeout(1_000)
    assert asked == []
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Members").hover()
    page.wait_for_timeout(1_000)
    assert asked == [urlsplit(f"{real_site}members/").path]
