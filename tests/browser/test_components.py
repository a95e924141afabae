"""Every component of the theme in its states: whole, legible, accessible, at any width."""

import re
from collections.abc import Iterator

import html5lib
import pytest

from tests.browser.component_page import ROOT, component_page, states, write_component_page
from tests.browser.conftest import NewPage, serve_as_github_pages
from tests.browser.test_pages import faults_of, violations, watch


@pytest.fixture(scope="module")
def components(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page of all components."""
    folder = tmp_path_factory.mktemp("components")
    write_component_page(folder)
    with serve_as_github_pages(folder) as address:
        yield address


def test_every_component_is_on_the_page_in_some_state() -> None:
    files = {path.stem for path in (ROOT / "templates/components").glob("*.html")}
    assert {name for name, found in states().items() if found} == files


def test_the_page_of_all_components_parses_without_an_error() -> None:
    page = component_page()
    html5lib.HTMLParser(strict=True).parse(page)
    ids = re.findall(r'<[a-z][^>]*\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("contrast", ["no-preference", "more"])
@pytest.mark.parametrize("forced", ["none", "active"])
def test_components_are_quiet_and_no_wider_than_the_window(
    components: str, new_page: NewPage, forced: str, contrast: str
) -> None:
    page = new_page(width=320, forced_colors=forced, contrast=contrast)
    wrong = watch(page, components)
    page.goto(components)
    for width in (320, 390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{width} px: {fault}" for fault in faults_of(page, "h1")]
    assert wrong == []


def test_axe_finds_nothing_against_wcag_in_any_component(
    components: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(components)
    assert violations(page) == []
