"""Sources and the index of all pages: what can only be said once the other pages are made.

Never: decides an address.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from alliance_site.model.records import Source
from alliance_site.view.composer import Composer
from alliance_site.view.notes import KINDS, READINGS, host_of, names_text
from alliance_site.view.page import Page, Summary
from alliance_site.view.pages import (
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


def cited_by(summaries: Sequence[Summary]) -> Mapping[str, tuple[Link, ...]]:
    """Say which pages cite each source: the address of the source's page → links, by title."""
    found: dict[str, list[Link]] = defaultdict(list)
    for summary in summaries:
        for source in dict.fromkeys(summary.cited):
            found[source].append(Link(summary.title, summary.url))
    return {
        source: tuple(sorted(links, key=lambda item: (item.text, item.url)))
        for source, links in found.items()
    }


def source_pages(composer: Composer, citing: Mapping[str, tuple[Link, ...]]) -> Iterator[Page]:
    """Make the list of sources, and one page each."""
    whole = partial(_sources_view, composer, citing)
    yield Page(composer.routes.url("page:sources"), "pages/sources.html", whole)
    for source in composer.site.sources.values():
        key = f"source:{source.id}"
        make = partial(_source_view, composer, source, citing.get(composer.url(key), ()))
        yield Page(composer.routes.url(key), "pages/source.html", make)


def _source_view(composer: Composer, source: Source, citing: tuple[Link, ...]) -> SourceView:
    notes = composer.notes()
    url = (source.url or "") if source.linkable else ""
    note = composer.maybe_prose(source.note, notes)
    return SourceView(
        frame=composer.frame(
            f"source:{source.id}",
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
        cited_by=citing,
        sources=notes.entries(),
    )


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


def _sources_view(composer: Composer, citing: Mapping[str, tuple[Link, ...]]) -> SourcesView:
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
    return SourcesView(
        frame=composer.frame("page:sources", "sources", "Sources", dek, section="page:sources"),
        dek=dek,
        groups=tuple(groups),
        total=len(sources),
    )


def search_view(composer: Composer, summaries: Sequence[Summary]) -> SearchView:
    """Make the view of the index of all pages by kind."""
    found: dict[str, list[Link]] = defaultdict(list)
    for summary in summaries:
        if summary.is_indexed:
            group = summary.kind if summary.kind in _SEARCH_TITLES else "other"
            found[group].append(Link(summary.title, summary.url))
    titles = {**_SEARCH_TITLES, "other": "Overviews and the site itself"}
    dek = "Every page of this site, by kind. Use your browser's own search on this page."
    return SearchView(
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


def sitemap_view(composer: Composer, summaries: Sequence[Summary]) -> SitemapView:
    """Make the view of the sitemap; it lists the search page too."""
    entries = [
        SitemapEntry(url=item.canonical, lastmod=item.changed)
        for item in summaries
        if item.is_indexed
    ]
    search = composer.absolute(composer.url("page:search"))
    entries.append(SitemapEntry(url=search, lastmod=""))
    return SitemapView(entries=tuple(sorted(entries, key=lambda item: item.url)))


def robots_view(composer: Composer) -> RobotsView:
    """Make the view of `robots.txt`."""
    return RobotsView(sitemap=composer.absolute(composer.url("sitemap")))
