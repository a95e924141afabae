"""Works and pages as references: CSL-JSON and BibTeX."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_site.model.records import Source
from alliance_site.view import TEXT
from alliance_site.view.references import bibtex, csl_item, escape_bibtex
from tests.small_pages import pages_of, view_at
from tests.small_site import article, record_in


def source(more: str = "", kind: str = "webpage") -> Source:
    text = f"type: {kind}\ntitle: Open & closed\npublisher: P\nkind: press\nread: full\n{more}"
    found = record_in("sources/paper.yaml", text)
    assert isinstance(found, Source)
    return found


def test_a_source_is_described_as_csl_does() -> None:
    more = (
        "author: [{family: Wan, given: A.}, {literal: The desk}]\nissued: 2024-03\n"
        "accessed: 2024-05-06\ncontainer-title: News\nDOI: 10.1/x\nURL: https://p.example/x\n"
    )
    assert csl_item(source(more)) == {
        "id": "paper",
        "type": "webpage",
        "title": "Open & closed",
        "author": [{"family": "Wan", "given": "A."}, {"literal": "The desk"}],
        "container-title": "News",
        "publisher": "P",
        "issued": {"date-parts": [[2024, 3]]},
        "accessed": {"date-parts": [[2024, 5, 6]]},
        "URL": "https://p.example/x",
        "DOI": "10.1/x",
    }


def test_the_address_of_a_copy_is_in_no_reference() -> None:
    copy = source("URL: https://copy.example/x\nlinkable: no\n")
    assert "URL" not in csl_item(copy)
    assert "copy.example" not in bibtex(csl_item(copy))


def test_an_approximate_date_is_marked() -> None:
    assert csl_item(source("issued: 2024~\n"))["issued"] == {
        "date-parts": [[2024]],
        "circa": True,
    }


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("webpage", "@misc"),
        ("article-newspaper", "@article"),
        ("paper-conference", "@inproceedings"),
        ("report", "@techreport"),
        ("software", "@misc"),
    ],
)
def test_a_work_becomes_the_entry_of_its_kind(kind: str, entry: str) -> None:
    assert bibtex(csl_item(source(kind=kind))).startswith(f"{entry}{{paper,\n")


def test_a_work_is_written_as_bibtex() -> None:
    more = "author: [{family: Wan, given: A.}, {literal: others}]\nissued: 2024-03\n"
    assert bibtex(csl_item(source(more, "article-newspaper"))) == (
        "@article{paper,\n"
        "  author = {Wan, A. and others},\n"
        "  title = {{Open \\& closed}},\n"
        "  journal = {P},\n"
        "  year = {2024},\n"
        "  month = mar,\n"
        "}\n"
    )


@given(st.text())
def test_no_text_opens_or_closes_a_brace_of_bibtex(text: str) -> None:
    bare = re.sub(r"\\text\w+\{\}|\\[{}$&%#_]", "", escape_bibtex(text))
    assert not set(bare) & set("{}$&%#_~^\\")


@given(
    title=st.text(min_size=1),
    name=st.text(min_size=1),
    url=st.from_regex(r"https://a\.example/[a-z{}]*", fullmatch=True),
)
def test_the_braces_of_an_entry_are_balanced(title: str, name: str, url: str) -> None:
    item = {
        "id": "x",
        "type": "webpage",
        "title": title,
        "author": [{"literal": name}],
        "URL": url,
    }
    bare = re.sub(r"\\[{}]", "", bibtex(item))
    depth = 0
    for sign in bare:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


# Pages


def cite_at(url: str, files: dict[str, str] | None = None) -> Any:
    return view_at(url, files).frame.cite


def test_a_page_says_how_it_is_cited_and_in_which_version() -> None:
    cite = cite_at("/organizations/acme/")
    assert cite.version == "2024-06-30"
    assert cite.text == (
        "Commons Watch, “Acme”, Commons Watch, version of 2024-06-30. "
        "https://commons.example/organizations/acme/"
    )
    assert json.loads(cite.csl_json) == [
        {
            "id": "commons-example-organizations-acme",
            "type": "webpage",
            "title": "Acme",
            "author": [{"literal": "Commons Watch"}],
            "container-title": "Commons Watch",
            "issued": {"date-parts": [[2024, 6, 30]]},
            "URL": "https://commons.example/organizations/acme/",
            "version": "2024-06-30",
        }
    ]
    assert "note = {Version 2024-06-30}" in cite.bibtex


def test_an_article_is_cited_by_its_authors() -> None:
    files = {"articles/news.md": article("News", "published: 2024-02-01\n")}
    assert json.loads(cite_at("/articles/news/", files).csl_json)[0]["author"] == [
        {"literal": "The desk"}
    ]


@pytest.mark.parametrize("url", ["/404.html", "/search/"])
def test_a_page_without_facts_is_not_cited(url: str) -> None:
    assert cite_at(url) is None


def test_every_source_and_all_together_are_downloads() -> None:

    files = {page.url: page.view.text for page in pages_of() if page.template == TEXT}
    records = "/data/records/sources.json"
    assert sorted(url for url in files if "sources" in url and url != records) == [
        "/data/sources.bib",
        "/data/sources.csl.json",
        "/sources/launch-note/launch-note.bib",
        "/sources/launch-note/launch-note.csl.json",
    ]
    assert files["/data/sources.bib"] == files["/sources/launch-note/launch-note.bib"]
    assert json.loads(files["/data/sources.csl.json"])[0]["id"] == "launch-note"
