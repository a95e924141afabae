"""What is searched of a finished page."""

from alliance_site.render import SearchRecord, search_record

PAGE = """<!doctype html>
<html lang="en"><head><title>Open &amp; closed – The Site</title>
<meta property="article:published_time" content="2026-11-22">
</head>
<body data-kind="article">
<header><nav>Home</nav></header>
<main id="main">
<nav class="toc"><p>On this page</p></nav>
<p>One <b>word</b>s<sup class="cite"><a href="#s">1</a></sup>, and
AT&amp;T.</p><p>Next</p>
<section class="sources" id="sources"><h2>Sources</h2></section>
</main>
</body></html>"""


def test_a_page_is_searched_by_the_text_of_its_main_part() -> None:
    assert search_record("/a/", PAGE, "The Site") == SearchRecord(
        url="/a/",
        title="Open & closed",
        kind="article",
        date="2026-11-22",
        text="One words, and AT&T. Next",
    )


def test_how_a_page_is_cited_is_no_text_of_it() -> None:
    cite = '<section class="cite_this" id="cite"><h2>Cite this page</h2></section>'
    bibtex = "<details><summary>BibTeX</summary><pre>@misc{a}</pre></details>"
    page = PAGE.replace(
        "</main>", f"{cite}{bibtex}<details><summary>More</summary>x</details></main>"
    )
    record = search_record("/a/", page, "The Site")
    assert record is not None
    assert record.text == "One words, and AT&T. Next More x"


def test_a_section_that_a_template_leaves_out_is_not_searched() -> None:
    section = '<section class="wide" id="values" data-pagefind-ignore><p>Two</p></section>'
    record = search_record("/a/", PAGE.replace("</main>", f"{section}</main>"), "The Site")
    assert record is not None
    assert record.text == "One words, and AT&T. Next"


def test_a_page_that_is_not_to_be_indexed_is_not_found() -> None:
    page = PAGE.replace("</head>", '<meta name="robots" content="noindex">\n</head>')
    assert search_record("/a/", page, "The Site") is None


def test_what_is_no_page_of_ours_is_not_found() -> None:
    assert search_record("/a/", "<p>Moved</p>", "The Site") is None


def test_the_page_that_readers_search_on_is_not_found_itself() -> None:
    page = PAGE.replace('data-kind="article"', 'data-kind="search"')
    assert page != PAGE
    assert search_record("/search/", page, "The Site") is None


def test_a_change_of_anything_found_changes_the_digest() -> None:
    first = search_record("/a/", PAGE, "The Site")
    second = search_record("/a/", PAGE.replace("Next", "Last"), "The Site")
    style = search_record("/a/", PAGE.replace("<head>", '<head><link href="x">'), "The Site")
    assert first is not None
    assert second is not None
    assert style is not None
    assert first.digest() == style.digest()
    assert first.digest() != second.digest()
