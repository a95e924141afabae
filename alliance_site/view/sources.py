"""Sources and the index of all pages: what can only be said once the other pages are made.

Never: decides an address.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from alliance_site.model import Markdown
from alliance_site.model.records import Source
from alliance_site.paths import UrlPath
from alliance_site.route import ALL_REFERENCES, reference_urls
from alliance_site.view.composer import Composer, shorten
from alliance_site.view.labels import field_label, record_link_text, value_text
from alliance_site.view.notes import KINDS, READINGS, host_of, names_text
from alliance_site.view.page import Document, Page, Summary
from alliance_site.view.pages import (
    RestingRecord,
    RestingRow,
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
from alliance_site.view.references import bibtex, cite_source, csl_item, csl_text
from alliance_site.view.resting import FEW_VALUES, RestingValue

SAID_LENGTH = 160
"""After how many characters a text is cut in a list of what rests on a source."""
LISTED_VALUES = 4_000
"""Above so many values the page of a source lists those of records with few; it counts the rest."""

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
    "pair": "Side by side",
    "sides": "Groups side by side",
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
    key = f"source:{source.id}"
    resting = tuple(_resting(composer, source.id))
    for link in citing:
        composer.names_page(link.url)
    return SourceView(
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
        values=resting,
        value_count=composer.counted(sum(item.count for item in resting), "value", "values"),
        values_receipt=composer.receipt(f"resting/{source.id}"),
        cited_by=citing,
        reference=cite_source(source),
        downloads=_reference_links(composer, reference_urls(composer.routes.url(key))),
        sources=notes.entries(),
    )


def _reference_links(composer: Composer, urls: Iterable[UrlPath]) -> tuple[Link, ...]:
    return tuple(
        Link(text, composer.path(url))
        for text, url in zip(("BibTeX", "CSL-JSON"), urls, strict=True)
    )


def _resting(composer: Composer, source_id: str) -> Iterator[RestingRecord]:
    """List what rests on a source, record by record."""
    found = composer.index.values_by_source.get(source_id, ())
    is_listed = len(found) <= LISTED_VALUES
    by_record: dict[str, list[RestingValue]] = defaultdict(list)
    for item in found:
        by_record[item.key].append(item)
    for key, values in by_record.items():
        link = Link(record_link_text(composer.site, key), composer.url(key))
        is_counted = len(values) > FEW_VALUES
        shown = values if is_listed or not is_counted else ()
        rows = tuple(_resting_row(composer, item) for item in shown)
        receipt = composer.receipt(f"resting/{source_id}/{key}") if is_counted else ""
        yield RestingRecord(record=link, count=len(values), receipt=receipt, rows=rows)


def _resting_row(composer: Composer, item: RestingValue) -> RestingRow:
    composer.shows_field(item.key, item.path)
    if isinstance(item.value, Markdown):
        says = shorten(composer.text(item.value), SAID_LENGTH)
    else:
        says = value_text(composer.site, item.key, item.path, item.value)
    return RestingRow(field_label(composer.site, item.key, item.path), says)


def reference_documents(composer: Composer) -> Iterator[Document]:
    """Describe every source, and all of them together, as BibTeX and as CSL-JSON."""
    entries, items = [], []
    for source in composer.site.sources.values():
        item = csl_item(source)
        entry = bibtex(item)
        bib, csl = reference_urls(composer.routes.url(f"source:{source.id}"))
        yield Document(bib, entry)
        yield Document(csl, csl_text([item]))
        entries.append(entry)
        items.append(item)
    bib, csl = ALL_REFERENCES
    yield Document(bib, "\n".join(entries))
    yield Document(csl, csl_text(items))


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
    if archive := composer.site.archives.get(source.id):
        words = composer.number(len(archive.text.split()))
        yield row("Archived text", f"{words} words, SHA-256 {archive.digest}")
    if source.doi:
        yield row("DOI", source.doi)


def _sources_view(composer: Composer, citing: Mapping[str, tuple[Link, ...]]) -> SourcesView:
    sources = composer.site.sources
    dek = (
        f"{len(sources)} works on which this site rests, by kind, with how many pages cite each "
        "and how many values rest on it."
    )
    groups = []
    for kind, title in _GROUP_TITLES.items():
        found = sorted(
            (item for item in sources.values() if item.kind.value == kind),
            key=lambda item: (item.title.casefold(), item.id),
        )
        for item in found:
            composer.names(f"source:{item.id}")
        rows = tuple(
            SourceRow(
                title=item.title,
                url=composer.url(f"source:{item.id}"),
                publisher=item.publisher,
                issued=composer.maybe_date(item.issued),
                count=len(citing.get(composer.url(f"source:{item.id}"), ())),
                values=len(composer.index.values_by_source.get(item.id, ())),
                receipt=composer.receipt(f"resting/{item.id}"),
            )
            for item in found
        )
        if rows:
            receipt = composer.receipt(f"count/sources/kind/{kind}")
            groups.append(SourceGroup(title=title, anchor=kind, rows=rows, receipt=receipt))
    return SourcesView(
        frame=composer.frame("page:sources", "sources", "Sources", dek, section="page:sources"),
        dek=dek,
        receipt=composer.receipt("count/sources"),
        groups=tuple(groups),
        total=len(sources),
        downloads=_reference_links(composer, ALL_REFERENCES),
    )


def search_view(composer: Composer, summaries: Sequence[Summary]) -> SearchView:
    """Make the view of the index of all pages by kind."""
    found: dict[str, list[Link]] = defaultdict(list)
    for summary in summaries:
        if summary.is_indexed:
            group = summary.kind if summary.kind in _SEARCH_TITLES else "other"
            found[group].append(Link(summary.title, summary.url))
    titles = {**_SEARCH_TITLES, "other": "Overviews and the site itself"}
    dek = "Every page of this site, by kind."
    return SearchView(
        frame=composer.frame("page:search", "search", "Find a page", dek),
        dek=dek,
        index=composer.path(UrlPath("/pagefind/")),
        members=composer.url("page:members"),
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
