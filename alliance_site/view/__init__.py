"""Room 4: records and URLs → views: what each page says, as frozen plain values.

Never: makes HTML; reads a clock.
"""

from collections.abc import Iterator

from alliance_site.view.article import (
    article_page_views,
    articles_pages,
    feed_page,
    topic_pages,
)
from alliance_site.view.comparison import comparison_pages, comparisons_page
from alliance_site.view.composer import Composer
from alliance_site.view.home import alliance_pages, home_page
from alliance_site.view.lists import (
    arguments_page,
    corrections_page,
    figures_page,
    not_found_page,
    redirect_pages,
    text_pages,
    timeline_page,
)
from alliance_site.view.objective import objective_pages, objectives_page
from alliance_site.view.organization import (
    members_pages,
    organization_pages,
    organizations_page,
)
from alliance_site.view.page import Page, Table
from alliance_site.view.pages import PageView
from alliance_site.view.parts import (
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
    robots_page,
    search_page,
    sitemap_page,
    source_pages,
)
from alliance_site.view.tables import data_page, data_tables

__all__ = [
    "CitationFill",
    "CitationMark",
    "Composer",
    "FactFill",
    "Fill",
    "LinkFill",
    "Page",
    "PageView",
    "ProseView",
    "Table",
    "TextFill",
    "make_pages",
]


def make_pages(composer: Composer) -> tuple[tuple[Page, ...], tuple[Table, ...]]:
    """Make every page, feed and table of the site.

    Returns:
        Pages in no particular order with unique addresses, and tables by name.
    """
    tables = data_tables(composer)
    pages = list(_record_pages(composer))
    pages.append(data_page(composer, tables))
    pages += source_pages(composer, cited_by(pages))
    pages.append(search_page(composer, pages))
    pages += [sitemap_page(composer, pages), robots_page(composer), feed_page(composer)]
    pages += redirect_pages(composer)
    return tuple(pages), tables


def _record_pages(composer: Composer) -> Iterator[Page]:
    yield home_page(composer)
    yield from alliance_pages(composer)
    yield from members_pages(composer)
    yield organizations_page(composer)
    yield from organization_pages(composer)
    yield objectives_page(composer)
    yield from objective_pages(composer)
    yield comparisons_page(composer)
    yield from comparison_pages(composer)
    yield arguments_page(composer)
    yield from articles_pages(composer)
    yield from topic_pages(composer)
    yield from article_page_views(composer)
    yield timeline_page(composer)
    yield figures_page(composer)
    yield corrections_page(composer)
    yield from text_pages(composer)
    yield not_found_page(composer)
