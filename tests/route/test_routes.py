"""Records → addresses, and the collisions among them."""

import pytest

from alliance_site.diagnostics import Diagnostic
from alliance_site.ids import INTRODUCED, PAGE_LISTS
from alliance_site.route import PAGE_SIZE, RouteTable, article_pages, facet_values, make_routes
from tests.small_site import COMPARISON, article, organization, site_of

MEMBER = "memberships:\n  - {alliance: commons, role: member, evidence: none}\n"
FILES = {
    **COMPARISON,
    "organizations/acme.yaml": organization(more=f"country: NO\nformer_ids: [acne]\n{MEMBER}"),
    "articles/2024/news.md": article(more="published: 2024\n"),
    "articles/2024/next.md": article("Next", "published: 2025\n"),
    "pages/about.md": "---\ntitle: About\ndek: D.\n---\n",
    "pages/method.md": "---\ntitle: Method\ndek: D.\n---\n",
    "figures.yaml": "names: {label: L, value: 1, unit: u}\n",
    "events.yaml": "launch: {date: 2024, title: T, text: X, kind: launch, evidence: none}\n",
}


def routes(files: dict[str, str]) -> tuple[RouteTable, tuple[Diagnostic, ...]]:
    return make_routes(site_of(files))


@pytest.mark.parametrize(
    ("key", "url"),
    [
        ("page:home", "/"),
        ("page:members", "/members/"),
        ("page:about", "/about/"),
        ("page:method", "/method/"),
        ("org:acme", "/organizations/acme/"),
        ("alliance:commons", "/alliances/commons/"),
        ("article:news", "/articles/news/"),
        ("source:launch-note", "/sources/launch-note/"),
        ("comparison:openness", "/comparisons/openness/"),
        ("comparison:openness#table", "/comparisons/openness/#table"),
        ("criterion:openness/code", "/comparisons/openness/criteria/code/"),
        ("subject:openness/acme", "/comparisons/openness/subjects/acme/"),
        ("figure:names", "/figures/#names"),
        ("event:launch", "/timeline/#launch"),
        ("members:country/NO", "/members/country/no/"),
        ("members:classification/company", "/members/classification/company/"),
        ("feed", "/feed.xml"),
        ("404", "/404.html"),
    ],
)
def test_every_record_and_page_has_an_address(key: str, url: str) -> None:
    table, faults = routes(FILES)
    assert table.url(key) == url
    assert faults == ()


@pytest.mark.parametrize("name", sorted({*PAGE_LISTS} - INTRODUCED))
def test_no_page_of_ones_own_takes_the_place_of_one_that_every_site_has(name: str) -> None:
    table, faults = routes({f"pages/{name}.md": "---\ntitle: Mine\ndek: D.\n---\n"})
    (fault,) = faults
    assert (fault.code, fault.span.path) == ("route-collision", f"content/pages/{name}.md")
    assert f"`{name}`" in fault.message
    assert fault.message.endswith(f"at {table.url(f'page:{name}')}")


def test_an_article_that_is_not_out_leads_to_those_that_are() -> None:
    table, _ = routes(FILES)
    assert table.url("article:next") == "/articles/"


def test_a_former_id_leads_to_the_record() -> None:
    table, _ = routes(FILES)
    assert dict(table.key_by_former) == {"/organizations/acne/": "org:acme"}


def test_no_two_pages_have_one_address() -> None:
    table, _ = routes(FILES)
    pages = [
        url for key, url in table.url_by_key.items() if "#" not in url and key != "article:next"
    ]
    assert len(pages) == len(set(pages))


def former(name: str, ids: str) -> dict[str, str]:
    return {f"organizations/{name}.yaml": organization(name, f"former_ids: [{ids}]\n")}


@pytest.mark.parametrize(
    ("files", "line"),
    [
        (former("beta", "acme"), "`org:beta` would have the address /organizations/acme/"),
        (former("beta", "x") | former("gamma", "x"), "which belongs to `org:beta`"),
        (former("beta", "x, x"), "`x` stands twice in the `former_ids` of `org:beta`"),
    ],
)
def test_two_at_one_address_are_a_collision(files: dict[str, str], line: str) -> None:
    _, (fault,) = routes(files)
    assert fault.code.value == "route-collision"
    assert line in fault.message


def test_a_collision_is_shown_at_the_record_that_comes_second() -> None:
    _, (fault,) = routes(former("beta", "acme"))
    assert fault.span.path == "content/organizations/beta.yaml"


def test_values_to_narrow_by_are_those_that_members_have() -> None:
    others = {"organizations/zeta.yaml": organization("Zeta", "country: SE\n")}
    site = site_of(FILES | others)
    assert facet_values(site, "country") == ("NO",)
    assert facet_values(site, "sector") == ()


@pytest.mark.parametrize(
    ("count", "older"),
    [
        (0, 0),
        (PAGE_SIZE, 0),
        (2 * PAGE_SIZE - 1, 0),
        (2 * PAGE_SIZE, 1),
        (3 * PAGE_SIZE - 1, 1),
        (3 * PAGE_SIZE, 2),
    ],
)
def test_the_front_page_holds_up_to_nearly_two_pages(count: int, older: int) -> None:
    assert article_pages(count) == older
