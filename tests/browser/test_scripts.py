"""What the script adds: colours, search, members narrowed in place; by mouse and by keyboard."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage

SEARCH = ".search input[type=search]"
STATUS = ".search [role=status]"


def opened(new_page: NewPage, address: str, **context: Any) -> Page:
    page = new_page(**context)
    page.goto(address)
    return page


def paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


# Colours


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_switch_of_colours_is_kept_until_it_is_turned_back(
    real_site: str, new_page: NewPage, scheme: str
) -> None:
    page = opened(new_page, real_site, scheme=scheme)
    before = paper(page)
    switch = page.get_by_role("button", name=re.compile("Use (dark|light) colours"))
    switch.click()
    after = paper(page)
    assert after != before
    page.reload()
    assert paper(page) == after
    page.goto(f"{real_site}members/")
    assert paper(page) == after
    switch.focus()
    page.keyboard.press("Enter")
    assert paper(page) == before
    assert page.evaluate("localStorage.length") == 0


def test_without_scripts_no_switch_is_offered(real_site: str, new_page: NewPage) -> None:
    page = opened(new_page, real_site, javascript=False)
    assert page.locator("button.theme").count() == 0


# Search


def test_search_from_the_head_leads_to_results_that_survive_a_reload(
    real_site: str, new_page: NewPage
) -> None:
    page = opened(new_page, real_site)
    page.keyboard.press("/")
    page.keyboard.type("tapestry")
    page.keyboard.press("Enter")
    expect(page.locator(".results li").first).to_be_visible()
    assert "q=tapestry" in page.url
    said = page.locator(STATUS).inner_text()
    assert re.fullmatch(r"\d+ results?", said)
    page.reload()
    expect(page.locator(STATUS)).to_have_text(said)


def test_the_index_is_not_fetched_before_a_word_is_typed(real_site: str, new_page: NewPage) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{real_site}search/")
    assert [url for url in asked if "pagefind" in url] == []
    page.locator(SEARCH).fill("weights")
    expect(page.locator(".results li").first).to_be_visible()
    assert [url for url in asked if "pagefind" in url]
    assert [url for url in asked if not url.startswith((real_site, "blob:", "data:"))] == []


def test_results_look_as_the_theme_says(real_site: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{real_site}search/?q=licence")
    expect(page.locator(".results li").first).to_have_css("border-top-style", "solid")
    expect(page.locator(".results small").first).to_have_css("display", "block")
    expect(page.locator(".kinds [aria-pressed=true]")).not_to_have_css(
        "background-color", "rgba(0, 0, 0, 0)"
    )


def test_results_are_reached_and_left_by_the_arrow_keys(real_site: str, new_page: NewPage) -> None:
    page = opened(new_page, f"{real_site}search/?q=licence")
    expect(page.locator(".results li").first).to_be_visible()
    page.locator(SEARCH).focus()
    page.keyboard.press("ArrowDown")
    first = page.locator(".results a").first
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(SEARCH)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".results")).to_have_count(0)
    assert page.locator("h1").count() == 1


def test_results_of_one_kind_are_as_many_as_its_button_says(
    real_site: str, new_page: NewPage
) -> None:
    page = opened(new_page, f"{real_site}search/?q=weights")
    button = page.locator(".kinds button", has_text="Analysis")
    button.click()
    count = int(button.inner_text().split()[-1])
    expect(page.locator(STATUS)).to_have_text(f"{count} results")
    assert "kind=article" in page.url
    page.reload()
    expect(page.locator(STATUS)).to_have_text(f"{count} results")
    expect(button).to_have_attribute("aria-pressed", "true")


def test_more_results_are_shown_on_demand(real_site: str, new_page: NewPage) -> None:
    page = opened(new_page, f"{real_site}search/?q=open")
    expect(page.locator(".results li")).to_have_count(10)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".results li")).to_have_count(20)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("meta", "organizations/meta/"),
        ("price", "criteria/cost/"),
        ("cern", "cern/"),
        ("AMD", "organizations/amd/"),
        ("intel", "organizations/intel/"),
        ("ibm meta", "pairs/meta/ibm/"),
    ],
)
def test_the_page_of_what_is_looked_for_comes_before_those_that_name_it(
    real_site: str, new_page: NewPage, words: str, first: str
) -> None:
    page = opened(new_page, f"{real_site}search/?q={words}")
    found = page.locator(".results a").first
    expect(found).to_have_attribute("href", re.compile(f"{re.escape(first)}$"))


def test_a_search_without_result_says_so_and_where_to_go(real_site: str, new_page: NewPage) -> None:
    page = opened(new_page, f"{real_site}search/?q=zzxqj")
    expect(page.locator(STATUS)).to_contain_text("Nothing for “zzxqj”. Try a member’s name, or")
    page.locator(STATUS).get_by_role("link", name="see all members").click()
    expect(page).to_have_url(f"{real_site}members/")


def test_an_index_that_cannot_be_had_leads_to_the_list_of_pages(
    real_site: str, new_page: NewPage
) -> None:
    page = new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(f"{real_site}search/?q=weights")
    expect(page.locator(STATUS)).to_have_text("Search could not load. See all pages.")
    page.locator(STATUS).get_by_role("link").click()
    expect(page).to_have_url(re.compile("#pages$"))


def test_without_scripts_the_form_leads_to_the_list_of_all_pages(
    real_site: str, new_page: NewPage
) -> None:
    page = opened(new_page, real_site, javascript=False)
    page.locator("form.find button").click()
    expect(page).to_have_url(re.compile(f"^{re.escape(real_site)}search/"))
    expect(page.locator("section.index").first).to_be_visible()
    expect(page.locator(".search")).to_be_hidden()


# Members


def rows(page: Page) -> int:
    return page.locator("table.members tbody tr").count()


def names(page: Page) -> list[str]:
    return page.locator("table.members tbody th").all_inner_texts()


def test_one_facet_has_the_address_and_the_rows_of_the_page_built_for_it(
    real_site: str, new_page: NewPage
) -> None:
    page = opened(new_page, f"{real_site}members/")
    facet = page.locator(".facets a", has_text="Startup")
    built = str(facet.get_attribute("href"))
    facet.click()
    expect(facet).to_have_attribute("aria-current", "true")
    assert page.url.endswith(built)
    narrowed = names(page)
    assert narrowed
    page.reload()
    assert names(page) == narrowed


def test_two_facets_and_a_name_survive_a_reload(real_site: str, new_page: NewPage) -> None:
    page = opened(new_page, f"{real_site}members/")
    whole = rows(page)
    for name in ("Startup", "Japan"):
        link = page.locator(".facets a", has_text=name)
        link.focus()
        page.keyboard.press("Enter")
    page.locator(".facets input").fill("ai")
    expect(page).to_have_url(re.compile(r"members/\?kind=Startup&country=Japan&name=ai$"))
    count = rows(page)
    assert 0 < count < whole
    said = page.locator("table.members caption").inner_text()
    assert said.startswith(f"{count} of {whole} members")
    page.reload()
    expect(page.locator("table.members caption")).to_have_text(said)
    page.locator(".back_to_all a").click()
    assert rows(page) == whole
    assert page.url == f"{real_site}members/"


def test_a_built_page_is_widened_again_with_the_sources_of_its_rows(
    real_site: str, new_page: NewPage
) -> None:
    page = opened(new_page, f"{real_site}members/country/jp/")
    page.locator(".facets [aria-current=true]").click()
    expect(page).to_have_url(f"{real_site}members/")
    expect(page.locator("h1")).not_to_contain_text("Japan")
    targets = page.eval_on_selector_all(
        "table.members .cite a", "links => links.map(link => link.getAttribute('href'))"
    )
    missing = [target for target in set(targets) if page.locator(target).count() != 1]
    assert missing == []


def test_a_number_of_a_facet_leads_to_how_it_was_counted(real_site: str, new_page: NewPage) -> None:
    for path in ("members/", "members/country/jp/"):
        page = opened(new_page, f"{real_site}{path}")
        receipt = page.locator(".facets .receipt").first
        target = str(receipt.get_attribute("href"))
        receipt.click()
        expect(page).to_have_url(re.compile(f"{re.escape(target)}$"))


def choices(page: Page, facet: str) -> list[tuple[str, str]]:
    found = page.locator(".facets div", has=page.get_by_text(facet, exact=True)).locator("li")
    texts = (item.inner_text() for item in found.all() if item.is_visible())
    return [(name, count) for name, _, count in (text.rpartition(" ") for text in texts)]


def test_numbers_of_facets_say_what_each_choice_would_leave(
    real_site: str, new_page: NewPage
) -> None:
    page = opened(new_page, f"{real_site}members/country/jp/")
    left = choices(page, "Kind")
    assert sum(int(count) for _, count in left) == rows(page)
    name, count = left[0]
    page.locator(".facets").get_by_role("link", name=name, exact=True).click()
    expect(page.locator("table.members tbody tr")).to_have_count(int(count))


def test_all_numbers_of_facets_are_back_once_nothing_is_chosen(
    real_site: str, new_page: NewPage
) -> None:
    page = opened(new_page, f"{real_site}members/")
    before = page.locator(".facets").inner_text()
    for _ in range(2):
        page.locator(".facets a", has_text="Japan").click()
    assert page.locator(".facets").inner_text() == before
    assert page.locator(".facets b .receipt").count() == page.locator(".facets b").count()


def test_without_scripts_a_chosen_facet_is_taken_off_by_its_link(
    real_site: str, new_page: NewPage
) -> None:
    page = opened(new_page, f"{real_site}members/country/jp/", javascript=False)
    page.locator(".facets [aria-current=true]").click()
    expect(page).to_have_url(f"{real_site}members/")


def test_filters_that_leave_nobody_say_so(real_site: str, new_page: NewPage) -> None:
    page = opened(new_page, f"{real_site}members/")
    page.locator(".facets input").fill("zzxqj")
    expect(page.locator(".scroll [role=status]")).to_have_text("No member fits. Remove a filter.")


# Citations


def test_a_citation_is_copied(real_site: str, new_page: NewPage) -> None:
    page = opened(
        new_page,
        f"{real_site}organizations/meta/",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page.get_by_role("button", name="Copy").first.click()
    expect(page.locator(".cite_this [role=status]").first).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".cite_as").first.inner_text()
