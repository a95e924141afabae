"""Paths: input, URL and output, and the fragments of headings."""

import pytest

from alliance_site.paths import UrlPath, base_path, output_path, slugify, url_in_site


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("/", "index.html"),
        ("/organizations/ibm/", "organizations/ibm/index.html"),
        ("/404.html", "404.html"),
        ("/data/cells.csv", "data/cells.csv"),
    ],
)
def test_a_page_is_answered_by_the_index_of_a_folder_and_a_file_by_itself(
    url: str, file: str
) -> None:
    assert output_path(UrlPath(url)) == file


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://x.github.io/alliance-site/", "/alliance-site"),
        ("https://x.github.io/a/b", "/a/b"),
        ("https://alliance.example/", ""),
        ("https://alliance.example", ""),
    ],
)
def test_a_base_path_starts_but_does_not_end_with_a_slash(url: str, base: str) -> None:
    assert base_path(url) == base


def test_an_address_in_the_site_stands_below_the_base_path() -> None:
    assert url_in_site("/alliance-site", UrlPath("/members/")) == "/alliance-site/members/"


def test_an_address_in_the_site_is_percent_encoded_and_keeps_its_fragment() -> None:
    assert url_in_site("", UrlPath('/a b/"#é')) == "/a%20b/%22#%C3%A9"


@pytest.mark.parametrize(
    ("heading", "fragment"),
    [
        ("What it promised", "what-it-promised"),
        ("  Who, when & where?  ", "who-when-where"),
        ("Größe der Allianz", "größe-der-allianz"),
        ("2023–2024", "20232024"),
        ("snake_case", "snake-case"),
        ("?!", "section"),
    ],
)
def test_a_fragment_is_the_heading_in_lower_case_with_hyphens(heading: str, fragment: str) -> None:
    assert slugify(heading) == fragment
