"""What pages say of themselves in the words of schema.org."""

import json
from typing import Any

from tests.small_pages import view_at
from tests.small_site import BASE, COMPARISON, Files
from tests.small_site import article as article_text


def entries_at(url: str, files: Files | None = None) -> dict[str, dict[str, Any]]:
    """Return the entries of a page by type."""
    found = json.loads(view_at(url, files).frame.structured)
    assert found["@context"] == "https://schema.org"
    listed = found.get("@graph", [found])
    return {entry["@type"]: entry for entry in listed}


def test_the_home_page_describes_the_site_and_its_publisher() -> None:
    found = entries_at("/")
    assert found.keys() == {"WebSite", "Organization"}
    assert found["WebSite"]["publisher"]["@id"] == found["Organization"]["@id"]
    assert found["WebSite"]["potentialAction"]["target"].endswith("/search/?q={q}")


def test_every_other_page_says_where_it_stands() -> None:
    crumbs = entries_at("/organizations/acme/")["BreadcrumbList"]["itemListElement"]
    assert [item["position"] for item in crumbs] == [1, 2, 3]
    assert crumbs[0]["item"] == "https://commons.example/"
    assert crumbs[2]["name"] == "Acme"
    assert "item" not in crumbs[2]


def test_an_organisation_says_which_alliances_it_is_in_and_as_what() -> None:
    (member,) = entries_at("/organizations/acme/")["Organization"]["memberOf"]
    assert member["@type"] == "OrganizationRole"
    assert member["roleName"] == "founder"
    assert member["memberOf"]["@id"] == "https://commons.example/alliances/commons/"


ARTICLE = (
    "---\ntitle: News\ndek: D\nkind: {kind}\nauthors: [desk]\npublished: 2024-05-01\n"
    "updated: 2024-05-03\nmethod: We read it.\n---\nIt is so [@{source}].\n"
)


def article(kind: str) -> dict[str, dict[str, Any]]:
    source = next(line.partition(":")[0] for line in BASE["sources.yaml"].splitlines() if line)
    text = ARTICLE.format(kind=kind, source=source)
    correction = "c: {date: 2024-05-03, severity: typo, target: article:news, was: A, now: B, "
    corrections = f"{correction}reason: It was wrong., found_by: R}}\n"
    files = {**BASE, "articles/news.md": text, "corrections.yaml": corrections}
    return entries_at("/articles/news/", files)


def test_an_article_names_its_kind_dates_sources_method_and_corrections() -> None:
    found = article("analysis")["AnalysisNewsArticle"]
    assert (found["datePublished"], found["dateModified"]) == ("2024-05-01", "2024-05-03")
    assert len(found["citation"]) == 1
    assert found["backstory"]["url"] == "https://commons.example/articles/news/#method"
    assert found["correction"][0]["text"] == "It was wrong."


def test_each_kind_of_article_has_its_type() -> None:
    assert "ReportageNewsArticle" in article("news")
    assert "BackgroundNewsArticle" in article("explainer")


def test_a_comparison_is_a_dataset_to_download() -> None:
    found = entries_at("/comparisons/openness/", {**BASE, **COMPARISON})["Dataset"]
    formats = [item["encodingFormat"] for item in found["distribution"]]
    assert formats == ["text/csv", "application/json", "application/json"]
    assert all(item["contentUrl"].startswith("https://") for item in found["distribution"])


def test_an_article_in_another_language_says_which_to_machines_and_to_readers() -> None:
    text = article_text(more="published: 2024-05-01\nlanguage: ar\n")
    files = {**BASE, "articles/news.md": text}
    assert entries_at("/articles/news/", files)["ReportageNewsArticle"]["inLanguage"] == "ar"
    view = view_at("/articles/news/", files)
    assert (view.language, view.direction) == ("ar", "rtl")


def test_an_article_in_the_site_s_language_says_nothing_of_it() -> None:
    text = article_text(more="published: 2024-05-01\nlanguage: en-GB\n")
    view = view_at("/articles/news/", {**BASE, "articles/news.md": text})
    assert (view.language, view.direction) == ("", "")
