"""What pages say: the views made of small sites."""

from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from alliance_site.model import Fact, PartialDate, Quantity
from alliance_site.route import PAGE_SIZE
from alliance_site.view import STAGES, Family, PageView
from alliance_site.view.composer import percent, shorten, words
from alliance_site.view.words import (
    country_name,
    date_view,
    fact_text,
    is_right_to_left,
    number_text,
    quantity_text,
)
from tests.small_pages import composer_of, pages_of, rows_of, view_at
from tests.small_site import BASE, COMPARISON, article, organization

SOURCES = {
    "sources/paper.yaml": (
        "type: article\ntitle: A paper\npublisher: P\nkind: analysis\nread: excerpt\n"
        "author: [{family: Wan, given: A.}, {literal: The desk}]\nURL: https://www.p.example/x\n"
    ),
    "sources/copy.yaml": (
        "type: report\ntitle: A copy\npublisher: P\nkind: press\nread: full\n"
        "URL: https://copy.example/x\nlinkable: no\n"
    ),
}


# Notes


def page(body: str, title: str = "About") -> str:
    return f"---\ntitle: {title}\ndek: Who we are.\n---\n{body}\n"


def notes_of(body: str) -> list[tuple[int, str, tuple[str, ...], tuple[str, ...]]]:
    view = view_at("/about/", {**SOURCES, "pages/about.md": page(body)})
    return [(item.number, item.title, item.locators, item.backlinks) for item in view.sources]


def test_sources_are_numbered_in_the_order_in_which_a_page_cites_them() -> None:
    found = notes_of("One [@paper]. Two [@launch-note]. Three [@paper, p. 3].")
    assert found == [
        (1, "A paper", ("p. 3",), ("cite-1-1", "cite-1-2")),
        (2, "The launch note", (), ("cite-2-1",)),
    ]


def test_a_note_mark_leads_to_its_entry_and_has_an_anchor_of_its_own() -> None:
    view = view_at("/about/", {**SOURCES, "pages/about.md": page("[@paper, p. 3; @copy]")})
    first, second = view.body.fills[0].marks
    assert (first.number, first.target, first.anchor) == (1, "source-1", "cite-1-1")
    assert (first.locator, first.title) == ("p. 3", "A paper")
    assert (second.number, second.target, second.anchor) == (2, "source-2", "cite-2-1")


def test_an_entry_says_who_wrote_what_where() -> None:
    view = view_at("/about/", {**SOURCES, "pages/about.md": page("[@paper]")})
    (entry,) = view.sources
    assert (entry.authors, entry.host, entry.url) == (
        "A. Wan and The desk",
        "p.example",
        "https://www.p.example/x",
    )
    assert (entry.kind, entry.reading, entry.page_url) == (
        "analysis",
        "read in part",
        "/sources/paper/",
    )


def test_a_work_known_by_a_copy_is_named_and_not_linked() -> None:
    view = view_at("/about/", {**SOURCES, "pages/about.md": page("[@copy]")})
    assert (view.sources[0].url, view.sources[0].host) == ("", "")
    assert view_at("/sources/copy/", SOURCES).url == ""


def test_a_source_says_which_pages_cite_it() -> None:
    view = view_at("/sources/paper/", {**SOURCES, "pages/about.md": page("[@paper]")})
    assert [(link.text, link.url) for link in view.cited_by] == [("About", "/about/")]


# Prose for one page


def fills(body: str, base_url: str = "https://commons.example/") -> list[Any]:
    files = {
        "pages/about.md": page(body),
        "figures.yaml": "names: {label: L, value: more than 1000, unit: names}\n",
    }
    return list(view_at("/about/", files, base_url).body.fills)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("[x](org:acme)", "/organizations/acme/"),
        ("[x](org:acme#facts)", "/organizations/acme/#facts"),
        ("[x](/feed.xml)", "/feed.xml"),
        ("[x](page:home)", "/"),
    ],
)
def test_a_link_is_filled_with_an_address(text: str, url: str) -> None:
    (fill,) = fills(text)
    assert fill.url == url
    (fill,) = fills(text, "https://x.example/base/")
    assert fill.url == f"/base{url}"


def test_a_link_without_text_is_filled_with_the_records_name() -> None:
    _, name = fills("[](org:acme)")
    assert name.text == "Acme"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{fact}`figures/names`", "1,000"),
        ("{fact}`figures/names | qualified`", "more than 1,000"),
        ("{fact}`figures/names | full`", "more than 1,000 names"),
        ("{fact}`alliances/commons/founded`", "15 January 2024"),
        ("{fact}`alliances/commons/founded | month`", "January 2024"),
        ("{fact}`alliances/commons/founded | year`", "2024"),
        ("{fact}`figures/names | compact`", "1 thousand"),
        ("{fact}`figures/names | percent`", "1,000%"),
        ("{fact}`figures/names | rounded`", "1,000"),
        ("{literal}`57` names, {fact}`count/members`", "1"),
        ("{fact}`organizations/acme/name`", "Acme"),
        ("{fact}`count/members`", "1"),
    ],
)
def test_a_fact_is_printed_in_the_sites_language(text: str, printed: str) -> None:
    (fill,) = fills(text)
    assert fill.text == printed


@pytest.mark.parametrize(
    ("form", "language", "printed"),
    [
        ("percent", "en", "57.9%"),
        ("percent", "de", "57,9\u00a0%"),
        ("rounded", "de", "58"),
        ("", "de", "57,9"),
    ],
)
def test_a_format_follows_the_language(form: str, language: str, printed: str) -> None:
    assert fact_text(Fact(Decimal("57.9")), form, language) == printed


def test_a_fact_leads_to_its_record_and_keeps_its_value() -> None:
    (fill,) = fills("{fact}`figures/names | full`")
    assert (fill.value, fill.url) == ("1000", "/figures/#names")


def test_every_hole_is_filled() -> None:
    composer = composer_of(
        {"pages/about.md": page("[](org:acme) [@launch-note] {fact}`count/members`")}
    )
    body = composer.site.pages["about"].body
    compiled = composer.prose(body, composer.notes())
    assert len(compiled.fills) == 4


# Statements


def facts(more: str) -> dict[str, Any]:
    view = view_at("/organizations/acme/", {"organizations/acme.yaml": organization(more=more)})
    return {row.label: row.value for row in view.facts}


def test_a_field_shows_its_headline_and_all_others() -> None:
    more = (
        "headquarters:\n  - {value: Oslo, evidence: none}\n"
        "  - {value: Bergen, rank: preferred}\n  - {value: Voss, status: withdrawn}\n"
    )
    found = facts(more)["Headquarters"]
    assert found.headline.text == "Bergen"
    assert [item.text for item in found.others] == ["Oslo", "Voss"]
    assert found.others[1].status == "Withdrawn"


def test_a_value_rests_on_its_own_evidence_or_on_its_records() -> None:
    found = facts("country: NO\nheadquarters: {value: Oslo, evidence: none}\n")
    assert found["Country"].headline.citations.marks[0].title == "The launch note"
    assert found["Headquarters"].headline.citations is None
    assert found["Headquarters"].headline.is_unsourced


@pytest.mark.parametrize(
    ("absence", "text", "mark"),
    [
        ("unknown", "Not known", "unknown"),
        ("not_applicable", "Not applicable", "na"),
        ("refused", "Refused", "unknown"),
    ],
)
def test_an_absence_is_printed_in_words(absence: str, text: str, mark: str) -> None:
    found = facts(f"country: {{absence: {absence}}}\n")["Country"].headline
    assert (found.text, found.mark, found.is_unsourced) == (text, mark, False)


def test_a_homepage_shows_its_host_and_links() -> None:
    found = facts("homepage: https://acme.example/\n")["Website"].headline
    assert (found.text, found.url) == ("acme.example", "https://acme.example/")


def test_a_field_that_is_left_out_is_no_row() -> None:
    assert list(facts("")) == ["Kind"]


# Members


def member(name: str, country: str, role: str = "member") -> dict[str, str]:
    membership = f"{{alliance: commons, role: {role}, evidence: none, start_date: 2024-02}}"
    more = f"country: {country}\nmemberships:\n  - {membership}\n"
    return {f"organizations/{name.lower()}.yaml": organization(name, more)}


def test_members_are_listed_by_name_whatever_its_case() -> None:
    files = member("Zeta", "NO") | member("beta", "US") | member("Delta", "FR")
    view = view_at("/members/", files)
    assert [row.name for row in view.members] == ["Acme", "beta", "Delta", "Zeta"]


def test_an_organisation_that_is_no_member_is_listed_elsewhere() -> None:
    files = {"organizations/globex.yaml": organization("Globex")}
    assert [row.name for row in view_at("/members/", files).members] == ["Acme"]
    assert [row.name for row in view_at("/organizations/", files).organizations] == ["Globex"]


def test_choices_to_narrow_by_are_counted_most_frequent_first() -> None:
    files = member("Zeta", "NO") | member("Beta", "NO")
    country = next(item for item in view_at("/members/", files).facets if item.title == "Country")
    found = [(item.text, item.count, item.url) for item in country.choices]
    assert found == [
        ("Norway", 2, "/members/country/no/"),
        ("United States", 1, "/members/country/us/"),
    ]


def test_a_narrowed_list_holds_only_those_and_marks_its_choice() -> None:
    view = view_at("/members/country/no/", member("Zeta", "NO"))
    assert [row.name for row in view.members] == ["Zeta"]
    assert (view.narrowed_to, view.total) == ("Norway", 2)
    choices = [item for facet in view.facets for item in facet.choices if item.is_current]
    assert [item.text for item in choices] == ["Norway"]


def test_a_choice_that_is_made_leads_back_to_all_members() -> None:
    view = view_at("/members/country/no/", member("Zeta", "NO"))
    (country,) = (item for item in view.facets if item.title == "Country")
    assert [(item.text, item.url) for item in country.choices] == [
        ("Norway", "/members/"),
        ("United States", "/members/country/us/"),
    ]


def test_the_table_of_members_says_what_their_page_says() -> None:
    files = member("Zeta", "NO") | {"organizations/globex.yaml": organization("Globex")}
    zeta = next(row for row in rows_of("members", files) if row["id"] == "zeta")
    assert [row["name"] for row in rows_of("members", files)] == ["Acme", "Zeta"]
    assert zeta == {
        "id": "zeta",
        "name": "Zeta",
        "role": "Member",
        "kind": "Company",
        "sector": "",
        "country": "Norway",
        "joined": "2024-02",
        "sources": "launch-note",
        "url": "https://commons.example/organizations/zeta/",
    }
    assert view_at("/members/", files).csv.url == "/data/members.csv"


def test_what_is_known_to_be_unknown_is_told_from_what_nobody_recorded() -> None:
    rows = view_at("/members/", member("Zeta", "{absence: unknown}")).members
    zeta = next(row for row in rows if row.name == "Zeta")
    assert (zeta.country.text, zeta.sector.text) == ("Not known", "")


def test_what_was_said_and_done_is_listed_newest_first_and_undated_last() -> None:
    days = ("2023-10", "", "2025-12-01", "2024-05")
    said = "".join(
        f"  - {{text: Said {number}., evidence: none{f', date: {day}' if day else ''}}}\n"
        for number, day in enumerate(days)
    )
    view = view_at(
        "/organizations/globex/",
        {"organizations/globex.yaml": organization("Globex", f"notable:\n{said}")},
    )
    assert [item.text.text for item in view.notable] == ["Said 2.", "Said 3.", "Said 0.", "Said 1."]


# Faults that readers find


def reported_at(settings: str) -> str:
    files = {"site.yaml": BASE["site.yaml"] + settings}
    return str(view_at("/organizations/acme/", files).frame.feedback)


def test_a_page_leads_to_where_its_faults_are_reported() -> None:
    assert reported_at("") == ""
    assert reported_at("feedback: page:changes\n") == "/changes/"
    tracker = "feedback_url: https://tracker.example/new?page={url}\n"
    assert reported_at(tracker) == (
        "https://tracker.example/new?page=https%3A%2F%2Fcommons.example%2Forganizations%2Facme%2F"
    )


# Comparisons


def test_the_matrix_orders_columns_by_group_then_points_then_name() -> None:
    matrix = view_at("/comparisons/openness/", COMPARISON).matrix
    assert [column.text for column in matrix.columns] == ["Globex", "Acme", "Zeta"]
    assert [(group.title, group.span) for group in matrix.groups] == [("Outside", 1), ("Inside", 2)]


def test_in_a_group_those_with_most_points_come_first() -> None:
    path = "comparisons/openness/cells/zeta.yaml"
    files = {**COMPARISON, path: "cells: {weights: open, code: open}\nevidence: launch-note\n"}
    matrix = view_at("/comparisons/openness/", files).matrix
    assert [column.text for column in matrix.columns] == ["Globex", "Zeta", "Acme"]


def test_the_matrix_has_a_row_for_each_question_and_a_mark_for_each_cell() -> None:
    matrix = view_at("/comparisons/openness/", COMPARISON).matrix
    found = {row.head.text: [cell.mark for cell in row.cells] for row in matrix.rows}
    assert found == {
        "Weights": ["closed", "open", "closed"],
        "Code": ["unknown", "partly", "closed"],
    }


def test_a_cell_leads_to_its_note_on_the_page() -> None:
    view = view_at("/comparisons/openness/", COMPARISON)
    anchors = {cell.anchor for note in view.notes for cell in note.cells}
    assert {cell.url[1:] for row in view.matrix.rows for cell in row.cells} == anchors


def test_a_disputed_cell_says_so() -> None:
    path = "comparisons/openness/cells/acme.yaml"
    text = "cells: {weights: {value: open, status: disputed}, code: open}\nevidence: launch-note\n"
    matrix = view_at("/comparisons/openness/", {**COMPARISON, path: text}).matrix
    assert [cell.is_disputed for cell in matrix.rows[0].cells] == [False, True, False]


def test_bars_count_each_group_by_level_and_the_unknown() -> None:
    cells = {"cells": "{weights: closed, code: closed}", "evidence": "launch-note"}
    acme = "".join(f"{key}: {value}\n" for key, value in cells.items())
    files = {**COMPARISON, "comparisons/openness/cells/acme.yaml": acme}
    bars = view_at("/comparisons/openness/", files).bars
    found = {
        bar.title: [(item.text, item.count, item.percent) for item in bar.shares] for bar in bars
    }
    assert found == {
        "Outside": [("Closed", 1, "50.0"), ("Not known", 1, "50.0")],
        "Inside": [("Closed", 4, "100.0")],
    }


def test_a_chart_takes_the_place_of_bars_that_hold_enough_numbers() -> None:
    view = view_at("/comparisons/openness/", COMPARISON)
    assert view.bars == ()
    assert [chart.id for chart in view.charts] == ["openness-groups"]
    assert view.charts[0].columns == ("Group", "Open", "Partly", "Closed", "Not known")
    assert view.charts[0].rows == (("Outside", "0", "0", "1", "1"), ("Inside", "1", "1", "2", "0"))


def ranked() -> dict[str, str]:
    """Make the comparison one of two editions, which are shown as rankings."""
    files = dict(COMPARISON)
    comparison = "comparisons/openness/comparison.yaml"
    files[comparison] += "  - {id: 2023, title: 2023, as_of: 2023-06}\n"
    for name, weights, code in (
        ("acme", "open", "partly"),
        ("globex", "partly", "open"),
        ("zeta", "closed", "closed"),
    ):
        files[f"comparisons/openness/cells/{name}.yaml"] = (
            f"editions:\n  2024: {{weights: {weights}, code: {code}}}\n"
            "  2023: {weights: closed, code: closed}\nevidence: launch-note\n"
        )
    return files


def test_equal_points_share_a_place_and_the_next_counts_them_all() -> None:
    newest = view_at("/comparisons/openness/", ranked()).rankings[0]
    found = [(row.rank, row.shared, row.subject.text, row.score) for row in newest.rows]
    assert found == [
        ("1", 1, "Acme", "1.5"),
        ("1", 1, "Globex", "1.5"),
        ("3", 0, "Zeta", "0.0"),
    ]


def test_a_ranking_adds_up_by_heading() -> None:
    newest = view_at("/comparisons/openness/", ranked()).rankings[0]
    assert ([(item.link.text, item.maximum) for item in newest.columns], newest.maximum) == (
        [("Model", "2.0")],
        "2.0",
    )
    assert newest.rows[0].parts == ("1.5",)


# Articles


def articles(count: int) -> dict[str, str]:
    return {
        f"articles/a{n:03}.md": article(
            f"Article {n:03}", f"published: {2000 + n // 300}-01-{n % 28 + 1:02}\n"
        )
        for n in range(count)
    }


def listed(files: dict[str, str]) -> dict[str, list[str]]:
    return {
        page.url: [card.title for card in page.view.articles]
        for page in pages_of(files)
        if page.template == "pages/articles.html"
    }


def test_older_pages_are_numbered_from_the_oldest() -> None:
    found = listed(articles(2 * PAGE_SIZE))
    assert sorted(found) == ["/articles/", "/articles/page/1/"]
    assert {url: len(titles) for url, titles in found.items()} == {
        "/articles/": PAGE_SIZE,
        "/articles/page/1/": PAGE_SIZE,
    }


def test_a_new_article_changes_the_front_page_alone() -> None:
    before = listed(articles(2 * PAGE_SIZE))
    new = {"articles/new.md": article("New", "published: 2024-06-01\n")}
    after = listed(articles(2 * PAGE_SIZE) | new)
    assert after["/articles/page/1/"] == before["/articles/page/1/"]
    assert after["/articles/"] == ["New", *before["/articles/"]]


def test_every_article_is_listed_once() -> None:
    count = 3 * PAGE_SIZE + 7
    titles = [title for page in listed(articles(count)).values() for title in page]
    assert len(titles) == len(set(titles)) == count


def test_list_pages_lead_to_each_other() -> None:
    pages = {page.url: page.view for page in pages_of(articles(3 * PAGE_SIZE))}
    front, second, first = (
        pages[url] for url in ("/articles/", "/articles/page/2/", "/articles/page/1/")
    )
    assert (front.newer, front.older.url) == (None, "/articles/page/2/")
    assert (second.newer.url, second.older.url) == ("/articles/", "/articles/page/1/")
    assert (first.newer.url, first.older) == ("/articles/page/2/", None)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Openness: 0 articles on this site."),
        (
            {"articles/a.md": article("A", "published: 2024-01\ntopics: [openness]\n")},
            "Openness: 1 article on this site.",
        ),
    ],
    ids=["none", "one"],
)
def test_a_topic_counts_only_what_there_is_of_it(files: dict[str, str], said: str) -> None:
    site = BASE["site.yaml"] + "vocabularies: {topics: {openness: Openness}}\n"
    view = view_at("/topics/openness/", {"site.yaml": site, **files})
    assert view.frame.description == said


def test_related_articles_share_a_subject_or_topic() -> None:
    files = {
        "articles/a.md": article("A", "published: 2024-01\nabout: [org:acme]\n"),
        "articles/b.md": article("B", "published: 2024-02\nabout: [org:acme]\n"),
        "articles/c.md": article("C", "published: 2024-03\n"),
    }
    assert [card.title for card in view_at("/articles/a/", files).related] == ["B"]


def test_an_article_says_how_to_cite_it() -> None:
    files = {"articles/news.md": article("News", "published: 2024-02-01\n")}
    assert view_at("/articles/news/", files).frame.cite.text == (
        "The desk, “News”, Commons Watch, 2024-02-01, version of 2024-06-30. "
        "https://commons.example/articles/news/"
    )


def test_reading_takes_at_least_a_minute() -> None:
    files = {
        "articles/short.md": article("Short", "published: 2024\n"),
        "articles/long.md": article("Long", "published: 2024\n", "word " * 690),
    }
    assert view_at("/articles/short/", files).minutes == 1
    assert view_at("/articles/long/", files).minutes == 3


def test_the_feed_holds_the_newest_first_with_absolute_addresses() -> None:
    feed = view_at("/feed.xml", articles(25))
    assert len(feed.entries) == 20
    assert feed.entries[0].url == "https://commons.example/articles/a024/"
    assert feed.entries[0].published.endswith("T00:00:00Z")


# Frames


def test_a_frame_knows_its_address_with_the_base_path() -> None:
    frame = view_at("/organizations/acme/", None, "https://x.example/base/").frame
    assert frame.url == "/base/organizations/acme/"
    assert frame.canonical == "https://x.example/base/organizations/acme/"
    assert frame.root == "/base/"


def test_a_page_names_the_style_sheet_of_its_template() -> None:
    frame = view_at("/", None, "https://x.example/base/").frame
    assert frame.stylesheet == "/base/assets/home.css"


def test_no_address_in_a_view_leaves_the_base_path() -> None:
    pages = pages_of({**COMPARISON, **TWO_MORE}, "https://x.example/base/")
    views = [page.view for page in pages if isinstance(page.view, PageView)]
    found = {url for view in views for url in urls_in(view) if url.startswith("/")}
    assert [url for url in found if not url.startswith("/base/")] == []


TWO_MORE = member("Zeta", "NO") | member("Beta", "US")


def urls_in(value: object) -> set[str]:
    """Collect every `url` below a view."""
    found: set[str] = set()
    names = getattr(value, "__struct_fields__", ())
    for name in names:
        item = getattr(value, name)
        if isinstance(item, str) and name in {"url", "root", "feed", "search", "stylesheet"}:
            found.add(item)
        for child in item if isinstance(item, tuple) else (item,):
            found |= urls_in(child)
    return found


def test_the_navigation_marks_the_page_and_its_section() -> None:
    site = "navigation:\n  - {title: Members, link: page:members}\n"
    site += "  - {title: Home, link: page:home}\n"
    files = {"site.yaml": SITE + site}
    frame = view_at("/organizations/acme/", files).frame
    assert [(item.text, item.is_current) for item in frame.navigation] == [
        ("Members", True),
        ("Home", False),
    ]


def test_the_breadcrumb_leads_down_from_the_home_page() -> None:
    crumbs = view_at("/organizations/acme/").frame.breadcrumb
    assert [(item.text, item.url) for item in crumbs] == [("Home", "/"), ("Members", "/members/")]
    assert view_at("/").frame.breadcrumb == ()


def test_drafts_redirects_and_the_missing_page_are_not_indexed() -> None:
    files = {"organizations/acme.yaml": organization(more="former_ids: [acne]\n")}
    pages = {page.url: page.view for page in pages_of(files)}
    unlisted = {
        url for url, view in pages.items() if hasattr(view, "frame") and not view.frame.is_indexed
    }
    unlisted = {url for url in unlisted if not url.startswith("/receipts/")}
    assert unlisted == {"/404.html", "/organizations/acne/"}
    assert "acne" not in str(pages["/sitemap.xml"])


def test_every_page_has_a_title_and_a_description() -> None:
    files = {**COMPARISON, "pages/about.md": page("Text.")}
    frames = [page.view.frame for page in pages_of(files) if hasattr(page.view, "frame")]
    assert [frame.url for frame in frames if not (frame.title and frame.description)] == []


# Words


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("one two", 7, "one two"),
        ("one two three", 9, "one two…"),
        ("one two, three", 10, "one two…"),
        ("", 5, ""),
    ],
)
def test_a_description_is_cut_at_a_word(text: str, limit: int, expected: str) -> None:
    assert shorten(text, limit) == expected


def test_a_word_longer_than_the_limit_is_cut() -> None:
    assert shorten("x" * 300, 200) == "x" * 199 + "…"


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        (PartialDate(2023, 12, 5), "en-GB", "5 December 2023"),
        (PartialDate(2023, 12), "en-GB", "December 2023"),
        (PartialDate(2023), "en-GB", "2023"),
        (PartialDate(2023, 12, 5, is_approximate=True), "en", "c. 5 December 2023"),
        (PartialDate(2023, 12, 5), "de", "5 Dezember 2023"),
        (PartialDate(2023, 12, 5), "xx-YY", "5 December 2023"),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_known(
    value: PartialDate, language: str, text: str
) -> None:
    assert date_view(value, language).text == text


@pytest.mark.parametrize(
    ("text", "language", "printed"),
    [
        ("1000", "en-GB", "1,000"),
        ("1000", "de", "1.000"),
        ("2.50", "en-GB", "2.50"),
        ("more than 50", "en-GB", "more than 50"),
        ("-3", "en-GB", "-3"),
    ],
)
def test_a_number_is_written_with_the_digits_it_was_given(
    text: str, language: str, printed: str
) -> None:
    value = Quantity.parse(text)
    assert value is not None
    assert quantity_text(value, language) == printed


def test_equal_numbers_of_unlike_digits_are_not_taken_for_each_other() -> None:
    assert (number_text(Decimal(7), "en"), number_text(Decimal("7.0"), "en")) == ("7", "7.0")


def test_the_widest_number_can_be_written() -> None:
    value = Quantity.parse("999999999999999.999999999")
    assert value is not None
    assert number_text(value.number, "en") == "999,999,999,999,999.999999999"


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("NO", "en-GB", "Norway"),
        ("NO", "de", "Norwegen"),
        ("ZZ", "en", "Unknown Region"),
        ("QQ", "en", "QQ"),
    ],
)
def test_a_country_has_the_name_of_the_sites_language(code: str, language: str, name: str) -> None:
    assert country_name(code, language) == name


def test_arabic_runs_from_right_to_left() -> None:
    assert is_right_to_left("ar")
    assert not is_right_to_left("en-GB")


@pytest.mark.parametrize(
    ("count", "total", "text"), [(1, 3, "33.3"), (1, 8, "12.5"), (1, 1600, "0.1"), (3, 3, "100.0")]
)
def test_a_share_has_one_decimal_rounded_half_up(count: int, total: int, text: str) -> None:
    assert percent(count, total) == text


def test_an_id_becomes_words() -> None:
    assert words("founding-member") == "Founding member"
    assert words("") == ""


def test_escaping_is_left_to_the_templates() -> None:
    files = {"organizations/acme.yaml": organization("<b>A & B</b>")}
    name = view_at("/organizations/acme/", files).name
    assert name == unescape(name) == "<b>A & B</b>"


SITE = """\
title: Commons Watch
tagline: T.
description: D.
url: https://commons.example/
language: en-GB
publisher: {name: Commons Watch}
founded: 2024-01-01
licence: CC-BY-4.0
authors: {desk: {name: The desk}}
alliance: commons
"""


@pytest.mark.parametrize(
    "family", [item for stage in STAGES for item in stage if item.some], ids=lambda item: item.name
)
def test_a_page_that_is_looked_for_alone_is_the_page_of_the_whole_list(family: Family) -> None:
    composer = composer_of(
        {
            "articles/2024/news.md": article("News", "published: 2024-06-01\n"),
            "organizations/acme.yaml": organization(),
            **COMPARISON,
        }
    )
    every = {page.url: (page.template, page.make()) for page in family.listed(composer, ())}
    assert every
    for url, made in every.items():
        (page,) = list(family.at({url}, composer) or ())
        assert (page.url, (page.template, page.make())) == (url, made)
    assert not list(family.at({"/nowhere/"}, composer) or ())
