"""Room 4: records and URLs → views: what each page says, as frozen plain values.

Never: makes HTML; reads a clock.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from alliance_site.view.article import (
    article_page_views,
    article_pages_at,
    articles_pages,
    topic_pages,
)
from alliance_site.view.changes import changes_feed, changes_view, corrections_feed
from alliance_site.view.charts import chart_pages
from alliance_site.view.comparison import comparison_pages, comparisons_view
from alliance_site.view.composer import Composer
from alliance_site.view.corrections import corrections_view
from alliance_site.view.feeds import feed_pages
from alliance_site.view.grounds import (
    fact_forms,
    grounds_line,
    grounds_view,
    minutes_to_read,
)
from alliance_site.view.history import GROUP_TITLES, change_line, change_text
from alliance_site.view.home import alliance_pages, home_view
from alliance_site.view.labels import record_link_text
from alliance_site.view.lists import (
    arguments_view,
    figures_view,
    not_found_view,
    redirect_pages,
    text_pages,
    timeline_view,
)
from alliance_site.view.llms import llms_view
from alliance_site.view.markdown import markdown_pages
from alliance_site.view.markdown_records import record_pages
from alliance_site.view.method import method_view
from alliance_site.view.objective import objective_pages, objectives_view
from alliance_site.view.organization import (
    members_pages,
    organization_pages,
    organizations_view,
)
from alliance_site.view.packages import package_documents
from alliance_site.view.page import (
    CSV,
    JSON,
    TEXT,
    Document,
    Page,
    Result,
    Summary,
    Table,
    TableSummary,
    summarize,
)
from alliance_site.view.pages import PageView
from alliance_site.view.parts import (
    ChartView,
    CitationFill,
    CitationMark,
    FactFill,
    Fill,
    ImageFill,
    ImageSource,
    LinkFill,
    ProseView,
    TextFill,
)
from alliance_site.view.receipt import Receipt
from alliance_site.view.receipts import SUMS, receipt_of, receipt_pages
from alliance_site.view.records import (
    PUBLISHED,
    RELEASES,
    comparison_records_url,
    ledger_pages,
    record_pages_as_data,
    records_url,
)
from alliance_site.view.social import SocialImageView, social_images, social_images_at
from alliance_site.view.sources import (
    cited_by,
    reference_documents,
    robots_view,
    search_view,
    sitemap_view,
    source_pages,
)
from alliance_site.view.styles import styled
from alliance_site.view.tables import chart_table_pages, data_view, package_table_pages, table_pages
from alliance_site.view.words import load_language

__all__ = [
    "CSV",
    "GROUP_TITLES",
    "JSON",
    "PUBLISHED",
    "RELEASES",
    "STAGES",
    "SUMS",
    "TEXT",
    "ChartView",
    "CitationFill",
    "CitationMark",
    "Composer",
    "Document",
    "FactFill",
    "Family",
    "Fill",
    "ImageFill",
    "ImageSource",
    "LinkFill",
    "Page",
    "PageView",
    "ProseView",
    "Receipt",
    "Result",
    "SocialImageView",
    "Summary",
    "Table",
    "TableSummary",
    "TextFill",
    "all_pages",
    "change_line",
    "change_text",
    "comparison_records_url",
    "data_pages",
    "fact_forms",
    "grounds_line",
    "grounds_view",
    "load_language",
    "minutes_to_read",
    "receipt_of",
    "record_link_text",
    "records_url",
    "summarize",
]

_SINGLE: tuple[tuple[str, str, Callable[[Composer], Any]], ...] = (
    ("page:home", "pages/home.html", home_view),
    ("page:organizations", "pages/organizations.html", organizations_view),
    ("page:objectives", "pages/objectives.html", objectives_view),
    ("page:comparisons", "pages/comparisons.html", comparisons_view),
    ("page:arguments", "pages/arguments.html", arguments_view),
    ("page:timeline", "pages/timeline.html", timeline_view),
    ("page:figures", "pages/figures.html", figures_view),
    ("page:method", "pages/method.html", method_view),
    ("404", "pages/not_found.html", not_found_view),
    ("llms", "feeds/llms.txt", llms_view),
    ("changes-feed", "feeds/notes.xml", changes_feed),
    ("changes-feed-json", "feeds/notes.json", partial(changes_feed, key="changes-feed-json")),
    ("corrections-feed", "feeds/notes.xml", corrections_feed),
    (
        "corrections-feed-json",
        "feeds/notes.json",
        partial(corrections_feed, key="corrections-feed-json"),
    ),
    ("robots", "feeds/robots.txt", robots_view),
)


class Family(Struct, frozen=True):
    """Pages that are listed together.

    Attributes:
        pages: Lists them. What is read to list them, each of them rests on.
        is_by_id: Each of them is decided by its address alone, so it does not rest on what the
            list of them does.
        some: Lists those of some addresses, at the cost of these alone.
    """

    name: str
    pages: Callable[[Composer, Sequence[Result]], Iterable[Page]]
    is_by_id: bool = False
    some: Callable[[Composer, Collection[str]], Iterable[Page]] | None = None

    def listed(self, composer: Composer, results: Sequence[Result]) -> Iterator[Page]:
        """List them, each with the style sheet of its template."""
        return styled(composer, self.pages(composer, results))

    def at(self, addresses: Collection[str], composer: Composer) -> Iterator[Page] | None:
        """List those of some addresses; None where all of them must be listed."""
        return None if self.some is None else styled(composer, self.some(composer, addresses))


def _overviews(composer: Composer, _: Sequence[Result]) -> Iterator[Page]:
    for key, template, make in _SINGLE:
        yield Page(composer.routes.url(key), template, partial(make, composer))


def _alone(
    pages: Callable[[Composer], Iterable[Page]],
) -> Callable[[Composer, Sequence[Result]], Iterable[Page]]:
    """Make a lister of one that needs no results."""
    return lambda composer, _: pages(composer)


def _documents(composer: Composer, _: Sequence[Result]) -> Iterator[Page]:
    """List the files to download that are no tables."""
    for document in (*reference_documents(composer), *package_documents(composer)):
        yield Page(document.url, TEXT, partial(_itself, document))


def _itself(document: Document) -> Document:
    return document


def _past(composer: Composer, results: Sequence[Result]) -> Iterator[Page]:
    """List the pages that tell of other pages; those of sources list what these two cite."""
    for key, template, make in _TELLING:
        yield Page(composer.routes.url(key), template, partial(make, composer, _summaries(results)))


_TELLING: tuple[tuple[str, str, Callable[[Composer, Sequence[Summary]], Any]], ...] = (
    ("page:changes", "pages/changes.html", changes_view),
    ("page:corrections", "pages/corrections.html", corrections_view),
)


def _data(composer: Composer, results: Sequence[Result]) -> Iterator[Page]:
    found = (item for item in results if isinstance(item, TableSummary))
    tables = sorted(found, key=lambda item: item.name)
    make = partial(data_view, composer, tables)
    yield Page(composer.routes.url("page:data"), "pages/data.html", make)


def _sources(composer: Composer, results: Sequence[Result]) -> Iterator[Page]:
    yield from source_pages(composer, cited_by(_summaries(results)))


def _closing(composer: Composer, results: Sequence[Result]) -> Iterator[Page]:
    summaries = _summaries(results)
    search = partial(search_view, composer, summaries)
    yield Page(composer.routes.url("page:search"), "pages/search.html", search)
    sitemap = partial(sitemap_view, composer, summaries)
    yield Page(composer.routes.url("sitemap"), "feeds/sitemap.xml", sitemap)


def _summaries(results: Sequence[Result]) -> list[Summary]:
    return [item for item in results if isinstance(item, Summary)]


STAGES: tuple[tuple[Family, ...], ...] = (
    (
        Family("overviews", _overviews),
        Family("alliances", _alone(alliance_pages)),
        Family("members", _alone(members_pages)),
        Family("organizations", _alone(organization_pages), is_by_id=True),
        Family("objectives", _alone(objective_pages)),
        Family("comparisons", _alone(comparison_pages), is_by_id=True),
        Family("article lists", _alone(articles_pages)),
        Family("topics", _alone(topic_pages), is_by_id=True),
        Family("articles", _alone(article_page_views), is_by_id=True, some=article_pages_at),
        Family("charts", _alone(chart_pages)),
        Family("images", _alone(social_images), is_by_id=True, some=social_images_at),
        Family("texts", _alone(text_pages)),
        Family("redirects", _alone(redirect_pages)),
        Family("tables", _alone(table_pages), is_by_id=True),
        Family("chart tables", _alone(chart_table_pages)),
        Family("package tables", _alone(package_table_pages), is_by_id=True),
        Family("documents", _documents),
        Family("records", _alone(record_pages_as_data), is_by_id=True),
        Family("receipts", _alone(receipt_pages)),
        Family("feeds", _alone(feed_pages), is_by_id=True),
        Family("Markdown of articles and texts", _alone(markdown_pages), is_by_id=True),
        Family("Markdown of records", _alone(record_pages), is_by_id=True),
    ),
    (Family("past", _past),),
    (Family("data", _data), Family("sources", _sources)),
    # A new file is news to the pages of later stages; none of them has to look at a release.
    (Family("closing", _closing), Family("ledger", _alone(ledger_pages), is_by_id=True)),
)
"""All pages of a site. Those of a later stage are handed what those before it gave."""


def all_pages(composer: Composer) -> Iterator[tuple[Page, Any]]:
    """Make every page's view, stage by stage."""
    results: list[Result] = []
    for stage in STAGES:
        given = tuple(results)
        for family in stage:
            for page in family.listed(composer, given):
                view = page.make()
                yield page, view
                if (result := summarize(page, view)) is not None:
                    results.append(result)


_DATA = frozenset({"tables", "chart tables", "package tables", "documents", "records", "ledger"})
"""Families of files that hold data alone."""


def data_pages(composer: Composer) -> Iterator[Page]:
    """Make every file of the data package, and of the references."""
    for stage in STAGES:
        for family in stage:
            if family.name in _DATA:
                yield from family.listed(composer, ())
