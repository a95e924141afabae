"""Room 4: records and URLs → views: what each page says, as frozen plain values.

Never: makes HTML; reads a clock.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from alliance_site.view.article import (
    article_page_views,
    articles_pages,
    topic_pages,
)
from alliance_site.view.charts import chart_pages
from alliance_site.view.comparison import comparison_pages, comparisons_view
from alliance_site.view.composer import Composer
from alliance_site.view.feeds import feed_pages
from alliance_site.view.home import alliance_pages, home_view
from alliance_site.view.lists import (
    arguments_view,
    corrections_view,
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
from alliance_site.view.page import Document, Page, Summary, Table, summarize
from alliance_site.view.pages import PageView
from alliance_site.view.parts import (
    ChartView,
    CitationFill,
    CitationMark,
    FactFill,
    Fill,
    LinkFill,
    ProseView,
    TextFill,
)
from alliance_site.view.sources import (
    cited_by,
    reference_documents,
    robots_view,
    search_view,
    sitemap_view,
    source_pages,
)
from alliance_site.view.tables import data_tables, data_view

__all__ = [
    "ChartView",
    "CitationFill",
    "CitationMark",
    "Composer",
    "Document",
    "FactFill",
    "Fill",
    "LinkFill",
    "Page",
    "PageView",
    "ProseView",
    "Summary",
    "Table",
    "TextFill",
    "closing_pages",
    "data_tables",
    "documents",
    "first_pages",
    "source_pages_of",
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
    ("page:corrections", "pages/corrections.html", corrections_view),
    ("page:method", "pages/method.html", method_view),
    ("404", "pages/not_found.html", not_found_view),
    ("llms", "feeds/llms.txt", llms_view),
    ("robots", "feeds/robots.txt", robots_view),
)


def first_pages(composer: Composer, tables: Sequence[Table]) -> Iterator[Page]:
    """Yield every page that can be made of records alone."""
    for key, template, make in _SINGLE:
        yield Page(composer.routes.url(key), template, partial(make, composer))
    data = partial(data_view, composer, tables)
    yield Page(composer.routes.url("page:data"), "pages/data.html", data)
    yield from alliance_pages(composer)
    yield from members_pages(composer)
    yield from organization_pages(composer)
    yield from objective_pages(composer)
    yield from comparison_pages(composer)
    yield from articles_pages(composer)
    yield from topic_pages(composer)
    yield from article_page_views(composer)
    yield from chart_pages(composer)
    yield from text_pages(composer)
    yield from redirect_pages(composer)
    yield from feed_pages(composer)
    yield from markdown_pages(composer)
    yield from record_pages(composer)


def documents(composer: Composer) -> Iterator[Document]:
    """Yield the files to download that are no tables."""
    yield from reference_documents(composer)
    yield from package_documents(composer)


def source_pages_of(composer: Composer, summaries: Sequence[Summary]) -> Iterator[Page]:
    """Yield the pages of sources, which say what cites them.

    Args:
        composer: What they are composed with.
        summaries: Of all the first pages.
    """
    yield from source_pages(composer, cited_by(summaries))


def closing_pages(composer: Composer, summaries: Sequence[Summary]) -> Iterator[Page]:
    """Yield the pages that list all others.

    Args:
        composer: What they are composed with.
        summaries: Of all the first pages and those of sources.
    """
    search = partial(search_view, composer, summaries)
    yield Page(composer.routes.url("page:search"), "pages/search.html", search)
    sitemap = partial(sitemap_view, composer, summaries)
    yield Page(composer.routes.url("sitemap"), "feeds/sitemap.xml", sitemap)
