"""Internal links and fragments of built pages."""

import pytest

from alliance_site.check import check_links
from alliance_site.paths import OutputPath

OTHERS = frozenset({OutputPath("feed.xml"), OutputPath("data/cells.csv")})


def found(html: str, base: str = "") -> list[tuple[str, str, int]]:
    """Check a page at `/a/` beside one at `/b/`; return code, target and line of what is wrong."""
    pages = {
        OutputPath("index.html"): b"<p>",
        OutputPath("a/index.html"): html.encode(),
        OutputPath("b/index.html"): b'<h2 id="part &amp; parcel">x</h2><p id="old"></p>',
    }
    return [
        (item.code.value, item.message.split("`")[1], item.span.line)
        for item in check_links(pages, OTHERS, base)
    ]


@pytest.mark.parametrize(
    "href",
    [
        *("/", "/b/", "../b/", "./", "#", "/feed.xml", "/data/cells.csv", "?q=1", "/b/?q=1"),
        *(
            "/b/#old",
            "/b/#part%20%26%20parcel",
            "/b/#part &amp; parcel",
            "#here",
            "",
            "/feed.xml#x",
        ),
        *("https://a.example/x", "//a.example/x", "mailto:a@b.example", "http://localhost/zzz"),
    ],
)
def test_a_link_that_leads_somewhere_is_no_finding(href: str) -> None:
    assert found(f'<p id="here"><a href="{href}">x</a>') == []


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("/c/", "broken-link"),
        ("/b", "broken-link"),
        ("/B/", "broken-link"),
        ("../c/", "broken-link"),
        ("c/", "broken-link"),
        ("/b/#new", "broken-fragment"),
        ("/b/#Old", "broken-fragment"),
        ("#nowhere", "broken-fragment"),
    ],
)
def test_a_link_that_leads_nowhere_is_reported(href: str, code: str) -> None:
    assert found(f'<p>\n<a href="{href}">x</a>') == [(code, href, 2)]


@pytest.mark.parametrize(
    "tag",
    [
        '<img alt="" src="/c.png">',
        '<link rel="stylesheet" href="/c.css">',
        "<a class='x' href='/c/'>",
        '<a\n  href="/c/">',
        '<a href = "/c/">',
    ],
)
def test_every_tag_that_leads_somewhere_is_looked_at(tag: str) -> None:
    assert [code for code, _, _ in found(tag)] == ["broken-link"]


def test_a_link_that_is_broken_twice_is_reported_once_a_page() -> None:
    assert len(found('<a href="/c/">x</a><a href="/c/">y</a>')) == 1


def test_addresses_are_decoded_before_they_are_looked_up() -> None:
    pages = {
        OutputPath("é b/index.html"): b"",
        OutputPath("index.html"): b'<a href="/%C3%A9%20b/">',
    }
    assert list(check_links(pages, frozenset(), "")) == []


def test_under_a_base_path_links_stay_below_it() -> None:
    assert found('<a href="/base/b/">', "/base") == []
    assert found('<a href="../b/">', "/base") == []
    assert found('<a href="/b/">', "/base") == [("broken-link", "/b/", 1)]


def test_the_nearest_page_and_place_are_offered() -> None:
    pages = {
        OutputPath("about/index.html"): b'<h2 id="funding"><a href="/abuot/"><a href="#fundng">'
    }
    hints = sorted(item.hint for item in check_links(pages, frozenset(), ""))
    assert hints == ["did you mean `#funding`?", "did you mean `/about/`?"]


def test_an_id_that_stands_twice_is_reported_where_it_stands_again() -> None:
    pages = {OutputPath("index.html"): b'<p id="a">\n<p id="b">\n<p id="a">'}
    (fault,) = check_links(pages, frozenset(), "")
    assert (fault.code.value, fault.span.line) == ("duplicate-anchor", 3)


@pytest.mark.parametrize(
    ("srcset", "wrong"),
    [
        ("/feed.xml 480w, /data/cells.csv 2x", []),
        ("/feed.xml", []),
        ("/lost-480.avif 480w, /feed.xml 768w", ["/lost-480.avif"]),
        ("/feed.xml 480w,\n /lost-768.avif 768w", ["/lost-768.avif"]),
        ("https://a.example/x,y.avif 480w, /lost.avif", ["/lost.avif"]),
    ],
)
def test_every_address_of_a_srcset_must_exist(srcset: str, wrong: list[str]) -> None:
    page = f'<picture><source type="image/avif" srcset="{srcset}"><img src="/feed.xml"></picture>'
    assert [target for _, target, _ in found(page)] == wrong
