"""Sources and the index of all pages: what can only be said once the other pages are made.

Never: decides an address.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from alliance_site.model.records import Source
from alliance_site.view.composer import Composer
from alliance_site.view.notes import KINDS, READINGS, host_of, names_text
from alliance_site.view.page import Page
from alliance_site.view.pages import (
    PageView,
    RobotsView,
    SearchGroup,
    SearchView,
    SitemapEntry,
    SitemapView,
    SourceGroup,
    SourceRow,
    SourcesView,
    SourceView,
)
from alliance_site.view.parts import FactRow, Link, StatedView, ValueView

_GROUP_TITLES = {
    "primary": "Primary sources",
    "press": "Press",
    "analysis": "Analyses and papers",
    "dataset": "Datasets",
    "filing": "Filings",
    "index": "Indexes",
    "social": "Discussions",
}
_SEARCH_TITLES = {
    "alliance": "Alliances",
    "member": "Members",
    "organization": "Other organisations",
    "objective": "Objectives",
    "article": "Analysis",
    "topic": "Topics",
    "comparison": "Comparisons",
    "subject": "Subjects compared",
    "criterion": "Criteria",
    "source": "Sources",
}


def cited_by(pages: Sequence[Page]) -> Mapping[str, tuple[Link, ...]]:
    """Say which pages cite each source: the address of the source's page → links, by title."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for page in pages:
        if isinstance(page.view, PageView):
            for note in page.view.sources:
                found[note.page_url][page.view.frame.url] = page.view.frame.title
    return {
        source: tuple(
            sorted(
                (Link(title, url) for url, title in links.items()),
                key=lambda item: (item.text, item.url),
            )
        )
        for source, links in found.items()
    }


def source_pages(composer: Composer, citing: Mapping[str, tuple[Link, ...]]) -> Iterator[Page]:
    """Make the list of sources, and one page each."""
    yield _sources_page(composer, citing)
    for source in composer.site.sources.values():
        key = f"source:{source.id}"
        url = (source.url or "") if source.linkable else ""
        notes = composer.notes()
        note = composer.maybe_prose(source.note, notes)
        view = SourceView(
            frame=composer.frame(
                key,
                "source",
                _title(composer, source),
                f"{source.title}. {source.publisher}. Which pages of this site rest on it.",
                (composer.link("page:sources"),),
                section="page:sources",
            ),
            title=source.title,
            facts=tuple(_facts(composer, source)),
            url=url,
            host=host_of(url),
            archive=source.archive or "",
            note=note,
            cited_by=citing.get(composer.url(key), ()),
            sources=notes.entries(),
        )
        yield Page(composer.routes.url(key), "pages/source.html", view)


def _title(composer: Composer, source: Source) -> str:
    """Name a source so that it cannot be taken for another of the same title."""
    same = [item for item in composer.site.sources.values() if item.title == source.title]
    if len(same) == 1:
        return f"Source: {source.title}"
    parts = [source.publisher, str(source.issued or "")]
    if len({(item.publisher, item.issued) for item in same}) < len(same):
        parts = [source.id]
    return f"Source: {source.title} ({', '.join(part for part in parts if part)})"


def _facts(composer: Composer, source: Source) -> Iterator[FactRow]:
    def row(label: str, text: str) -> FactRow:
        return FactRow(label, StatedView(ValueView(text=text)))

    if source.author:
        yield row("By", names_text(source.author))
    yield row("Publisher", source.publisher)
    if source.container_title:
        yield row("In", source.container_title)
    yield row("Date", composer.date(source.issued).text if source.issued else "Not dated")
    yield row("Kind", KINDS[source.kind.value].capitalize())
    yield row("Read", READINGS[source.read.value].removeprefix("read ").capitalize())
    if source.licence:
        yield row("Licence", source.licence)
    if source.doi:
        yield row("DOI", source.doi)


def _sources_page(composer: Composer, citing: Mapping[str, tuple[Link, ...]]) -> Page:
    sources = composer.site.sources
    dek = (
        f"{len(sources)} works on which this site rests, by kind; the number says how many pages "
        "cite each."
    )
    groups = []
    for kind, title in _GROUP_TITLES.items():
        found = sorted(
            (item for item in sources.values() if item.kind.value == kind),
            key=lambda item: (item.title.casefold(), item.id),
        )
        rows = tuple(
            SourceRow(
                title=item.title,
                url=composer.url(f"source:{item.id}"),
                publisher=item.publisher,
                issued=composer.maybe_date(item.issued),
                count=len(citing.get(composer.url(f"source:{item.id}"), ())),
            )
            for item in found
        )
        if rows:
            groups.append(SourceGroup(title=title, anchor=kind, rows=rows))
    view = SourcesView(
        frame=composer.frame("page:sources", "sources", "Sources", dek, section="page:sources"),
        dek=dek,
        groups=tuple(groups),
        total=len(sources),
    )
    return Page(composer.routes.url("page:sources"), "pages/sources.html", view)


def search_page(composer: Composer, pages: Sequence[Page]) -> Page:
    """Make the index of all pages by kind."""
    found: dict[str, list[Link]] = defaultdict(list)
    for page in pages:
        if isinstance(page.view, PageView) and page.view.frame.is_indexed:
            frame = page.view.frame
            group = frame.kind if frame.kind in _SEARCH_TITLES else "other"
            found[group].append(Link(frame.title, frame.url))
    titles = {**_SEARCH_TITLES, "other": "Overviews and the site itself"}
    dek = "Every page of this site, by kind. Use your browser's own search on this page."
    view = SearchView(
        frame=composer.frame("page:search", "search", "Find a page", dek),
        dek=dek,
        groups=tuple(
            SearchGroup(
                title=title,
                anchor=group,
                links=tuple(
                    sorted(found[group], key=lambda item: (item.text.casefold(), item.url))
                ),
            )
            for group, title in titles.items()
            if found[group]
        ),
    )
    return Page(composer.routes.url("page:search"), "pages/search.html", view)


def sitemap_page(composer: Composer, pages: Sequence[Page]) -> Page:
    """Make the sitemap."""
    entries = []
    for page in pages:
        if isinstance(page.view, PageView) and page.view.frame.is_indexed:
            dates = [getattr(page.view, name, None) for name in ("updated", "published")]
            last = next((item.iso for item in dates if item is not None), "")
            entries.append(SitemapEntry(url=page.view.frame.canonical, lastmod=last))
    view = SitemapView(entries=tuple(sorted(entries, key=lambda item: item.url)))
    return Page(composer.routes.url("sitemap"), "feeds/sitemap.xml", view)


def robots_page(composer: Composer) -> Page:
    """Make `robots.txt`."""
    sitemap = composer.absolute(composer.url("sitemap"))
    return Page(composer.routes.url("robots"), "feeds/robots.txt", RobotsView(sitemap=sitemap))
