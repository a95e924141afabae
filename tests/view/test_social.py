"""Which pages have an image, where it is, and what it says."""

from typing import Any

import pytest

from alliance_site.route import MOST_ARTICLE_IMAGES, make_routes
from tests.small_pages import composer_of, pages_of, view_at
from tests.small_site import BASE, article, organization, site_of

ARTICLE = {"articles/2024/news.md": article("News of the day", "published: 2024-06-01\n")}


def with_images(choice: str) -> dict[str, str]:
    return {"site.yaml": f"{BASE['site.yaml']}social_images: {choice}\n"}


def image(url: str, files: dict[str, str]) -> Any:
    return view_at(url, files)


def test_the_image_of_an_article_says_its_kind_title_and_standfirst() -> None:
    view = image("/articles/news/card.png", ARTICLE)
    assert (view.kind, view.title, view.fact) == ("News", "News of the day", "What happened.")


def test_the_image_of_an_organisation_says_what_it_is() -> None:
    view = image("/organizations/acme/card.png", {"organizations/acme.yaml": organization()})
    assert (view.kind, view.title, view.fact) == ("Organisation", "Acme", "Company")


def test_a_page_names_its_image_with_the_whole_address() -> None:
    frame = view_at("/articles/news/", ARTICLE).frame
    assert frame.image == "https://commons.example/articles/news/card.png"


def test_a_page_without_an_image_of_its_own_names_that_of_the_site() -> None:
    assert view_at("/sources/launch-note/").frame.image == "https://commons.example/card.png"


def test_a_name_that_the_typeface_lacks_has_no_image() -> None:
    files = {"organizations/acme.yaml": organization("日本電信電話")}
    assert view_at("/organizations/acme/", files).frame.image == "https://commons.example/card.png"
    assert "/organizations/acme/card.png" not in [page.url for page in pages_of(files)]


def test_a_site_may_have_no_images() -> None:
    files = {**ARTICLE, **with_images("none")}
    assert not [page.url for page in pages_of(files) if page.url.endswith(".png")]
    assert view_at("/articles/news/", files).frame.image == ""


@pytest.mark.parametrize(("choice", "has_own"), [("auto", False), ("all", True)])
def test_the_articles_of_a_large_site_share_its_image_unless_it_asks_for_all(
    choice: str, *, has_own: bool
) -> None:
    many = {
        f"articles/2024/news-{at}.md": article("News", "published: 2024-06-01\n")
        for at in range(MOST_ARTICLE_IMAGES + 1)
    }
    routes, _ = make_routes(site_of({**many, **with_images(choice)}))
    assert ("image:article:news-0" in routes.url_by_key) is has_own
    assert "image:org:acme" in routes.url_by_key


def test_the_image_of_a_chart_holds_the_chart() -> None:
    events = "".join(
        f"e{at}: {{date: 202{at}, title: E, text: T., kind: release, evidence: launch-note}}\n"
        for at in range(5)
    )
    view = image("/charts/timeline/card.png", {"events.yaml": events})
    assert view.title == "5 events from 2020 to 2024"
    assert view.form is not None


def test_every_image_is_of_a_page_that_there_is() -> None:
    urls = {page.url for page in pages_of(ARTICLE)}
    images = {url.removesuffix("card.png") for url in urls if url.endswith(".png")}
    assert images <= urls
    assert composer_of(ARTICLE).routes.url("image:page:home") == "/card.png"
