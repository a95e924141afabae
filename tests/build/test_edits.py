"""What each edit writes, and that it writes nothing else.

Source: exact-builds.md, section 6, the matrix of edits.
"""

import os
import shutil
from datetime import timedelta
from hashlib import sha256

import pytest

from alliance_site.diagnostics import Code, ContentError
from alliance_site.paths import output_path
from alliance_site.view import SUMS
from tests.build.small_site import AS_OF, THEME, SmallSite, clean_outcome
from tests.properties.edits import override_template

SUMS_PATH = output_path(SUMS)
ENDING = "content/articles/2026/ending.md"
COUNT = "content/articles/2026/count.md"


BODY_OF_ENDING = {
    "articles/ending/index.html",
    "articles/ending/index.md",
    "feed.json",
    "feed.xml",
    "topics/unread/feed.json",
    "topics/unread/feed.xml",
}
"""The outputs in which the body of an article stands."""


CARD = "card.png"
"""The name of the image that other sites show for a page, which stands beside it."""


def written_with_cards(site: SmallSite, **changes: object) -> set[str]:
    """Build, and return what was written; the site is then that of a clean build.

    The list of digests is left out: it is written whenever any file is another.
    """
    result = site.build(**changes)
    assert clean_outcome(site.options(**changes)).files == site.outputs()
    return {str(path) for path in result.written if path != SUMS_PATH}


def written(site: SmallSite, **changes: object) -> set[str]:
    """Build, and return what was written but for cards, which are only written with their pages."""
    found = written_with_cards(site, **changes)
    cards = {name for name in found if name.endswith(CARD)}
    assert {name.replace(CARD, "index.html") for name in cards} <= found
    return found - cards


def showing(site: SmallSite, text: str) -> set[str]:
    """Return the outputs in which a text stands."""
    return {
        name
        for name, data in site.outputs().items()
        if text.encode() in data and not name.endswith(CARD) and name != SUMS_PATH
    }


def pages(site: SmallSite) -> set[str]:
    return {name for name in site.outputs() if name.endswith(".html")}


def test_a_second_build_writes_nothing(built: SmallSite) -> None:
    before = built.outputs()
    result = built.build()
    assert (result.written, result.kept, result.removed) == ((), len(before), 0)
    assert built.outputs() == before


def test_a_body_edit_writes_its_page_and_the_feed(built: SmallSite) -> None:
    built.edit(ENDING, "The pier is closed.", "The pier is shut.")
    assert written_with_cards(built) == BODY_OF_ENDING


def test_a_title_writes_the_card_of_its_page(built: SmallSite) -> None:
    built.edit(COUNT, "Counting the members", "Zyx")
    found = written_with_cards(built)
    assert {name for name in found if name.endswith(CARD)} == {"articles/count/card.png"}


def test_a_new_citation_also_writes_its_source_and_the_list_of_sources(built: SmallSite) -> None:
    built.edit(ENDING, "The pier is closed.", "The pier is closed [@charter].")
    assert written(built) - BODY_OF_ENDING == {"sources/charter/index.html", "sources/index.html"}


@pytest.mark.parametrize(
    ("name", "old"),
    [
        (COUNT, "Counting the members"),
        (ENDING, "A notice for the summer"),
        (ENDING, "Valid until August"),
        ("content/organizations/north-lab.yaml", "North Lab"),
        ("content/organizations/north-lab.yaml", "Tromsø"),
        ("content/organizations/west-fund.yaml", "Compared, though no member"),
        ("content/objectives/open-charts.md", "Open charts"),
        ("content/objectives/open-charts.md", "Half of the charts are out"),
        ("content/alliances/harbour.md", "A council of three"),
        ("content/comparisons/openness/comparison.yaml", "First run"),
        ("content/comparisons/openness/criteria.yaml", "A hidden rock is found once"),
        ("content/comparisons/openness/cells/north-lab.yaml", "On request"),
        ("content/sources.yaml", "A report that nobody cites"),
        ("content/sources.yaml", "Ships and who owns them"),
        ("content/events.yaml", "South Works joins"),
        ("content/arguments.yaml", "Open charts save ships"),
        ("content/figures.yaml", "Counted twice"),
        ("content/corrections.yaml", "Miscounted"),
        ("content/pages/about.md", "Made in the harbour"),
        ("content/site.yaml", "A guest"),
        ("content/site.yaml", "Writes what the sources say"),
        ("content/site.yaml", "Unread"),
        ("content/site.yaml", "Before"),
        ("content/site.yaml", "The harbour desk"),
    ],
)
def test_new_words_write_only_what_shows_them(built: SmallSite, name: str, old: str) -> None:
    before = built.outputs()
    built.edit(name, old, "Zyx Words")
    found = written_with_cards(built)
    after = built.outputs()
    assert found == {path for path in after if after[path] != before.get(path)} - {SUMS_PATH}
    found -= {path for path in found if path.endswith(CARD)}
    assert found >= showing(built, "Zyx Words") > set()
    # A list may be in another order now, or lead to another heading; nothing unrelated is written.
    assert found <= showing(built, "Zyx Words") | {
        path for path, data in before.items() if old.encode() in data
    } | {"search/index.html", "arguments/index.html"}


def test_a_title_reaches_no_page_that_does_not_show_it(built: SmallSite) -> None:
    built.edit(COUNT, "Counting the members", "Zyx")
    assert written(built) == showing(built, "Zyx")


def test_a_founding_date_writes_its_page_and_the_table(built: SmallSite) -> None:
    built.edit("content/organizations/south-works.yaml", "date: 1950", "date: 1951")
    assert written(built) == {
        "data/organizations.csv",
        "data/organizations.json",
        "data/records/organizations.json",
        "organizations/south-works/index.html",
        "organizations/south-works/index.md",
        "sources/gazette/index.html",
    }


def test_a_figure_writes_the_articles_that_print_it(built: SmallSite) -> None:
    built.edit("content/figures.yaml", "value: 7", "value: 8")
    assert written(built) == {
        "articles/index.html",
        "articles/launch/index.html",
        "data/articles.csv",
        "data/articles.json",
        "data/figures.csv",
        "data/figures.json",
        "data/records/figures.json",
        "feed.xml",
        "figures/index.html",
        "index.html",
        "sources/gazette/index.html",
    } | showing(built, "It began with 8 pilots")


def test_who_published_a_source_is_told_by_the_articles_that_cite_it(built: SmallSite) -> None:
    before = built.outputs()
    built.edit("content/sources.yaml", "publisher: The Gazette", "publisher: Harbour Alliance")
    found = written(built)
    meters = {
        name
        for name, data in built.outputs().items()
        if name.startswith("articles/") and b"by a party" in data and data != before[name]
    }
    assert meters >= {"articles/launch/index.html"}
    assert {name for name in found if name.startswith("articles/")} >= meters


def test_a_topic_writes_the_topic_left_and_the_one_joined(built: SmallSite) -> None:
    built.edit(ENDING, "topics: [unread]", "topics: [membership]")
    found = written(built)
    assert {"topics/unread/index.html", "topics/membership/index.html"} <= found
    assert found.isdisjoint({"feed.xml", "index.html", "sitemap.xml", "timeline/index.html"})


def test_a_new_article_writes_the_lists_and_no_other_article(built: SmallSite) -> None:
    built.write("content/articles/2026/new.md", built.read(ENDING).replace("[unread]", "[]"))
    found = written(built)
    assert {
        "articles/index.html",
        "articles/new/index.html",
        "data/articles.csv",
        "feed.xml",
        "index.html",
        "search/index.html",
        "sitemap.xml",
    } <= found
    others = {name for name in found if name.startswith("articles/")}
    assert others == {"articles/index.html", "articles/new/index.html", "articles/new/index.md"}


def test_a_deleted_article_goes_with_its_folder(built: SmallSite) -> None:
    built.delete(ENDING)
    result = built.build()
    assert result.removed == len({"index.html", "index.md", CARD})
    assert not (built.output / "articles/ending").exists()
    assert showing(built, "A notice for the summer") == set()


def test_what_goes_is_missed_where_a_text_links_to_its_address(built: SmallSite) -> None:
    links = "See [it](/articles/ending/), [a table](/data/articles.csv)."
    built.write(COUNT, f"{built.read(COUNT)}\n\n{links}\n")
    built.build()
    built.delete(ENDING)
    with pytest.raises(ContentError) as raised:
        built.build()
    (found,) = (item for item in raised.value.diagnostics if item.code is Code.UNKNOWN_LINK)
    assert (found.span.path, found.span.column) == (COUNT, links.index("/articles") + 1)
    assert found in clean_outcome(built.options()).diagnostics


def test_a_renamed_article_leaves_a_redirect_at_its_former_address(built: SmallSite) -> None:
    text = built.read(ENDING).replace("kind: news", "kind: news\nformer_ids: [ending]")
    built.delete(ENDING)
    built.write("content/articles/2026/notice.md", text)
    assert {"articles/ending/index.html", "articles/notice/index.html"} <= written(built)
    assert b"/harbour/articles/notice/" in built.outputs()["articles/ending/index.html"]


def test_the_first_organization_of_a_country_makes_a_list(built: SmallSite) -> None:
    built.edit("content/organizations/south-works.yaml", "country: PT", "country: SE")
    found = written(built)
    assert "members/country/se/index.html" in found
    assert "organizations/north-lab/index.html" not in found


def test_a_comment_writes_nothing(built: SmallSite) -> None:
    built.write("content/site.yaml", f"# A remark\n{built.read('content/site.yaml')}")
    assert written(built) == set()


def test_the_list_of_digests_is_that_of_the_files_after_any_edit(built: SmallSite) -> None:
    built.edit(ENDING, "The pier is closed.", "The pier is shut.")
    assert SUMS_PATH in built.build().written
    outputs = built.outputs()
    listed = outputs.pop(SUMS_PATH).decode()
    digests = {path: sha256(data).hexdigest() for path, data in outputs.items()}
    assert listed == "".join(f"{digests[path]}  {path}\n" for path in sorted(digests))


def test_a_touched_file_writes_nothing(built: SmallSite) -> None:
    for path in (built.root / "content").rglob("*.*"):
        path.touch()
    assert written(built) == set()


def test_a_fresh_checkout_writes_nothing(built: SmallSite) -> None:
    shutil.copytree(built.root / "content", built.root / "again", copy_function=shutil.copyfile)
    shutil.rmtree(built.root / "content")
    (built.root / "again").rename(built.root / "content")
    assert written(built) == set()


def test_a_moved_site_writes_nothing(built: SmallSite) -> None:
    moved = SmallSite(built.root.rename(built.root.with_name("moved")))
    assert written(moved) == set()


def test_an_edit_that_keeps_time_and_size_is_seen(built: SmallSite) -> None:
    path = built.path(ENDING)
    status = path.stat()
    built.edit(ENDING, "The pier is closed.", "The pier is washed.")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    assert written(built) == BODY_OF_ENDING


def test_the_base_template_writes_every_page(built: SmallSite) -> None:
    override_template(built, "base.html", 1)
    assert written(built) == pages(built)


def test_a_component_writes_the_pages_that_show_it(built: SmallSite) -> None:
    text = built.read("templates/components/pager.html").replace('class="own"', 'class="zyx"')
    built.write("templates/components/pager.html", text)
    found = written(built)
    sheets = {name for name in found if name.endswith(".css")}
    named = set().union(*(showing(built, sheet) for sheet in sheets))
    assert found - sheets == showing(built, 'class="zyx"') | named


def test_an_override_appears_and_goes(built: SmallSite) -> None:
    override_template(built, "pages/timeline.html", 1)
    assert written(built) == {"timeline/index.html"}
    built.delete("templates/pages/timeline.html")
    assert written(built) == {"timeline/index.html"}


def test_a_template_with_other_text_and_the_same_bytes_writes_nothing(built: SmallSite) -> None:
    text = (THEME / "templates/pages/search.html").read_text(encoding="utf-8")
    built.write("templates/pages/search.html", f"{text}{{# A remark. #}}")
    assert written(built) == set()


def test_an_asset_writes_itself(built: SmallSite) -> None:
    built.write("static/images/dot.svg", "<svg/>")
    assert written(built) == {"images/dot.svg"}


def test_an_asset_of_the_theme_comes_back_when_its_override_goes(built: SmallSite) -> None:
    before = built.outputs()["favicon.svg"]
    built.write("static/favicon.svg", "<svg/>")
    assert written(built) == {"favicon.svg"}
    built.delete("static/favicon.svg")
    assert written(built) == {"favicon.svg"}
    assert built.outputs()["favicon.svg"] == before


def test_a_style_sheet_writes_itself_and_the_pages_that_name_it(built: SmallSite) -> None:
    before = {name for name in built.outputs() if name.endswith(".css")}
    built.write("static/css/components/pager.css", ".own { order: 1 }")
    found = written(built)
    after = {name for name in built.outputs() if name.endswith(".css")}
    new = {name for name in found if name.endswith(".css")}
    assert new == after - before != set()
    assert {name for name in found if name.endswith(".html")} == set().union(
        *(showing(built, sheet) for sheet in new)
    )
    assert set(built.build(use_cache=False).written) == set()


def test_every_page_that_links_what_was_not_out_leads_there_once_it_is(built: SmallSite) -> None:
    for name in (ENDING, COUNT):
        built.write(name, f"{built.read(name)}\nRead [what comes](article:scheduled).\n")
    built.build()
    built.edit(
        "content/articles/2026/scheduled.md", "published: 2026-09-01", "published: 2026-01-01"
    )
    assert {"articles/ending/index.html", "articles/count/index.html"} <= written(built)


def test_a_day_that_passes_writes_no_feed_and_no_table_but_the_one_of_ages(
    built: SmallSite,
) -> None:
    built.edit("content/site.yaml", f"as_of: {AS_OF}", f"as_of: {AS_OF + timedelta(days=1)}")
    others = {name for name in written(built) if not name.endswith((".html", ".md"))}
    assert others == {
        "data/evidence-meter.csv",
        "data/evidence-meter.json",
        "data/records/site.json",
    }


def test_a_publishing_date_that_passes_writes_the_article_and_the_feed(built: SmallSite) -> None:
    built.edit("content/site.yaml", f"as_of: {AS_OF}", "as_of: 2026-07-31")
    assert "articles/scheduled/index.html" not in written(built)
    built.edit("content/site.yaml", "as_of: 2026-07-31", "as_of: 2026-09-01")
    found = written(built)
    assert {"articles/scheduled/index.html", "feed.xml", "data/articles.csv"} <= found
    assert "articles/ending/index.html" not in built.outputs()


def test_drafts_write_themselves_and_their_lists(built: SmallSite) -> None:
    found = written(built, with_drafts=True)
    assert {"articles/draft/index.html", "articles/scheduled/index.html"} <= found
    assert found.isdisjoint({"timeline/index.html", "figures/index.html"})
    assert built.build().removed == 2 * len({"index.html", "index.md", CARD})


def test_another_address_writes_no_asset(built: SmallSite) -> None:
    found = written(built, base_url="https://other.example/")
    assert {name for name in found if name.startswith(("assets/", "images/"))} == set()
    assert "robots.txt" in found


@pytest.mark.parametrize("changes", [{"jobs": 2}, {"use_cache": False}])
def test_how_a_site_is_built_writes_nothing(built: SmallSite, changes: dict[str, int]) -> None:
    assert written(built, **changes) == set()


@pytest.mark.parametrize("use_cache", [True, False])
def test_an_output_that_was_deleted_or_altered_is_restored(
    built: SmallSite, *, use_cache: bool
) -> None:
    (built.output / "timeline/index.html").unlink()
    (built.output / "feed.xml").write_bytes(b"")
    assert written(built, use_cache=use_cache) == {"timeline/index.html", "feed.xml"}


def test_two_output_folders_are_kept_apart(built: SmallSite) -> None:
    other = built.root / "other"
    assert len(built.build(output=other).written) == len(built.outputs())
    built.edit(ENDING, "closed", "shut")
    assert set(built.build().written) == {*BODY_OF_ENDING, SUMS_PATH}
    assert set(built.build(output=other).written) == {*BODY_OF_ENDING, SUMS_PATH}


def test_an_edited_comparison_leaves_the_pages_of_another_unasked(built: SmallSite) -> None:
    of_openness = built.root / "content/comparisons/openness"
    shutil.copytree(of_openness, of_openness.with_name("again"))
    title = built.read("content/comparisons/again/comparison.yaml")
    built.write("content/comparisons/again/comparison.yaml", title.replace("title: ", "title: X "))
    every = built.build(use_cache=False).templates
    built.edit("content/comparisons/again/cells/north-lab.yaml", "On request", "On demand")
    made = built.build().templates
    for template in ("pages/comparison.html", "pages/criterion.html", "pages/subject.html"):
        assert made[template][0] * 2 == every[template][0]
    assert built.outputs() == clean_outcome(built.options()).files
