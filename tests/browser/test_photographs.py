"""A photograph in a browser: which file it takes, that nothing moves, and how wide it stands."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import BASE_PATH, NewPage, Serve, Served
from tests.browser.stress_site import write_files
from tests.browser.test_pages import faults_of, fetch, violations, watch
from tests.photographs import photograph
from tests.small_site import BASE, article

TEXT = "A paragraph of some words, so that there is something to read. " * 12
BODY = f"""{TEXT}

![A red block above a blue one](/images/pier.jpg "The pier. Photograph: nobody, CC BY 4.0")

{TEXT}

- In a list: ![a small one](/images/small.png)
"""
PAGE = "articles/pier/"


@pytest.fixture(scope="session")
def pictured(serve: Serve) -> Served:
    """A site with a photograph in a figure, and a small drawing in a list."""

    def write(content: Path) -> None:
        write_files(
            {**BASE, "articles/pier.md": article(more="published: 2024-05-01\n", body=BODY)},
            content,
        )
        images = content.parent / "static/images"
        images.mkdir(parents=True)
        (images / "pier.jpg").write_bytes(photograph(2400, 1500))
        (images / "small.png").write_bytes(photograph(120, 80, "PNG"))

    return serve("pictured", write, "--no-search")


def seen(page: Page, served: Served, selector: str = "figure img") -> str:
    """Bring an image into view, and return the name of the file that the browser took for it."""
    page.goto(served.address + PAGE)
    image = page.locator(selector)
    image.scroll_into_view_if_needed()
    page.wait_for_function(
        "selector => { const i = document.querySelector(selector);"
        " return i.complete && i.naturalWidth > 0 }",
        arg=selector,
    )
    return str(image.evaluate("image => image.currentSrc")).rpartition("/")[2]


@pytest.mark.parametrize(
    ("width", "scale", "ending"),
    [(320, 1, "-480.avif"), (390, 2, "-768.avif"), (1440, 1, "-768.avif"), (1440, 2, "-1472.avif")],
)
def test_the_browser_takes_the_avif_that_fits_its_window(
    pictured: Served, new_page: NewPage, width: int, scale: int, ending: str
) -> None:
    page = new_page(width=width, device_scale_factor=scale)
    wrong = watch(page, pictured.address)
    name = seen(page, pictured)
    assert name.startswith("pier-")
    assert name.endswith(ending)
    assert wrong == []


SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => window.shifted += entry.value))
    .observe({type: "layout-shift", buffered: true});
"""


def held_back(page: Page) -> list[Route]:
    """Let the browser wait for every AVIF; return its requests as they come."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/*.avif", hold)
    return held


def shift_when_it_comes(page: Page, address: str) -> tuple[float, float]:
    """Return by how much the page is shifted when its photograph comes, and its caption moves."""
    page.add_init_script(SHIFTS)
    held = held_back(page)
    page.goto(address)
    caption = page.locator("figcaption")
    caption.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    assert held, "the photograph is not asked for although it is near"
    # The script adds its switches to the head of the page; that is not the photograph's doing.
    page.evaluate("window.shifted = 0")
    before = caption.evaluate("caption => caption.getBoundingClientRect().top")
    for route in held:
        route.continue_()
    page.wait_for_function("document.querySelector('figure img').naturalWidth > 0")
    page.wait_for_timeout(300)
    after = caption.evaluate("caption => caption.getBoundingClientRect().top")
    return page.evaluate("window.shifted"), after - before


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_when_the_photograph_comes(
    pictured: Served, new_page: NewPage, width: int
) -> None:
    assert shift_when_it_comes(new_page(width=width), pictured.address + PAGE) == (0, 0)


def test_without_its_size_the_page_would_move(pictured: Served, new_page: NewPage) -> None:
    page = new_page(width=390)
    html = fetch(pictured.address + PAGE).decode()
    sizeless = html.replace(' width="1472" height="920"', "")
    assert sizeless != html
    page.route(f"**/{PAGE}", lambda route: route.fulfill(body=sizeless, content_type="text/html"))
    shifted, _ = shift_when_it_comes(page, pictured.address + PAGE)
    assert shifted > 0


@pytest.mark.parametrize("width", [320, 390, 768, 1120, 1440])
def test_a_page_with_photographs_is_no_wider_than_its_window(
    pictured: Served, new_page: NewPage, width: int
) -> None:
    page = new_page(width=width)
    seen(page, pictured)
    assert list(faults_of(page, "h1", "figure img", "li img")) == []


@pytest.mark.parametrize(("width", "expected"), [(320, 280), (768, 544), (1440, 736)])
def test_a_figure_stands_as_wide_as_its_sizes_say(
    pictured: Served, new_page: NewPage, width: int, expected: int
) -> None:
    page = new_page(width=width)
    seen(page, pictured)
    box = page.locator("figure img").bounding_box()
    assert box is not None
    assert (box["width"], round(box["width"] / box["height"], 2)) == (expected, 1.6)


def test_a_small_image_is_not_blown_up(pictured: Served, new_page: NewPage) -> None:
    page = new_page(width=390)
    seen(page, pictured, "li img")
    box = page.locator("li img").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (120, 80)


def test_axe_finds_nothing_on_a_page_with_photographs(pictured: Served, new_page: NewPage) -> None:
    page = new_page()
    page.goto(pictured.address + PAGE)
    assert violations(page) == []


def test_the_fallback_is_served_too(pictured: Served) -> None:
    html = fetch(pictured.address + PAGE).decode()
    fallback = html.split('<img src="')[1].split('"')[0].removeprefix(BASE_PATH)
    assert fetch(pictured.address + fallback).startswith(b"\xff\xd8\xff")
