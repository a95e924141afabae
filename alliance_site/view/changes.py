"""The page of changes and the feeds of changes and corrections, made from the ledger.

Never: decides an address.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from alliance_site.model import (
    ChangeKind,
    PartialDate,
    ValueChange,
    headline,
    headline_value,
)
from alliance_site.paths import UrlPath
from alliance_site.route import former_addresses
from alliance_site.view.cards import feed_links
from alliance_site.view.change_views import (
    ChangeGroup,
    ChangeRow,
    ChangesView,
    DatedGroup,
    NoteEntry,
    NoteFeedView,
    ReleaseView,
)
from alliance_site.view.composer import Composer
from alliance_site.view.corrections import Titles
from alliance_site.view.feeds import rfc3339
from alliance_site.view.history import GROUP_TITLES, change_lines, change_text, without_updates
from alliance_site.view.labels import record_link_text, value_text
from alliance_site.view.page import Summary
from alliance_site.view.parts import Link, Tally
from alliance_site.view.past import Step
from alliance_site.view.receipt import Names, Receipt, data_link, many
from alliance_site.view.records import release_url

_COUNTED = {
    "org": ("Organisations", "page:members"),
    "objective": ("Objectives", "page:objectives"),
    "article": ("Articles", "page:articles"),
    "event": ("Events", "page:timeline"),
    "argument": ("Arguments", "page:arguments"),
    "figure": ("Figures", "page:figures"),
    "source": ("Sources", "page:sources"),
}


def changes_view(composer: Composer, summaries: Sequence[Summary]) -> ChangesView:
    """Make the page of changes: by release, and by the dates that the content itself gives.

    Args:
        composer: Of the site.
        summaries: Of the pages that are made before this one.
    """
    steps, titles = composer.index.steps, Titles(composer, summaries)
    dek = (
        "What changed on this site from release to release, and what its records give a date: who "
        "joined or left, and when an objective was found to have its status."
    )
    return ChangesView(
        frame=composer.frame("page:changes", "changes", "Changes", dek),
        dek=dek,
        releases=tuple(_release(composer, step, titles) for step in reversed(steps)),
        dated=_dated(composer),
        since=composer.date(composer.site.settings.founded),
        feeds=feed_links(composer, "changes-feed", "changes-feed-json"),
    )


def _release(composer: Composer, step: Step, titles: Titles) -> ReleaseView:
    release = step.release
    counts = release_counts(step)
    figure = f"release/{release.id}"
    return ReleaseView(
        anchor=f"release-{release.id}",
        title=release.id,
        date=composer.date(release.date),
        is_first=step.is_first,
        page_count=composer.number(step.page_count),
        value_count=composer.number(step.value_count),
        receipt=composer.receipt(figure),
        counts=tuple(
            Tally(
                text,
                counts[prefix],
                composer.url(key),
                receipt=composer.receipt(f"{figure}/{prefix}"),
            )
            for prefix, (text, key) in _COUNTED.items()
            if counts[prefix]
        ),
        groups=tuple(_groups(composer, step.changes)),
        new_pages=tuple(titles.link(page) or Link(page, "") for page in _new_pages(composer, step)),
        gone_pages=_gone_pages(composer, step),
    )


def release_counts(step: Step) -> Mapping[str, int]:
    """Count the records that the first release holds, by the prefix of their keys."""
    keys = step.release.values if step.is_first else ()
    return Counter(key.partition(":")[0] for key in keys)


def release_names(composer: Composer) -> Names:
    """Name what is counted of every release."""
    for step in composer.index.steps:
        yield f"release/{step.release.id}"
        counts = release_counts(step)
        yield from (f"release/{step.release.id}/{key}" for key in _COUNTED if counts[key])


def release_receipt(composer: Composer, rest: Sequence[str]) -> Receipt | None:
    """Make the receipt of what is counted of a release."""
    name, *kind = rest
    step = next((item for item in composer.index.steps if item.release.id == name), None)
    if step is None:
        return None
    pages, values = composer.number(step.page_count), composer.number(step.value_count)
    title, texts = f"Release {name}", (f"{pages} pages show {values} values",)
    if kind:
        count = release_counts(step).get("/".join(kind))
        if not count:
            return None
        title, texts = f"{title}: {_COUNTED[kind[0]][0].lower()}", (str(count),)
    return Receipt(
        title=title,
        rule="release",
        texts=texts,
        inputs=(),
        data=data_link(composer, release_url(name)),
        entries=many(composer, len(step.release.values), "entry", "entries"),
        sources=(),
    )


def _groups(composer: Composer, changes: Iterable[ValueChange]) -> Iterable[ChangeGroup]:
    for kind, found in groupby(without_updates(changes), key=lambda item: item.kind):
        rows: list[ChangeRow] = []
        for items in _told_together(kind, found):
            link = Link(_name(composer, items[0]), composer.url_if_there(items[0].key))
            rows += (ChangeRow(link, line) for line in change_lines(composer.site, items))
        yield ChangeGroup(GROUP_TITLES[kind], tuple(rows))


def _told_together(
    kind: ChangeKind, changes: Iterable[ValueChange]
) -> Iterator[tuple[ValueChange, ...]]:
    """Take a record's texts together; every other change is one to count."""
    if kind is ChangeKind.TEXT:
        return (tuple(items) for _, items in groupby(changes, key=lambda item: item.key))
    return ((item,) for item in changes)


def _new_pages(composer: Composer, step: Step) -> Iterator[str]:
    """Yield the pages that came with a release, but for those of its new and renamed records."""
    moved = former_addresses(composer.routes)
    records = (item.key for item in step.changes if item.kind is ChangeKind.RECORD)
    renamed = (moved[UrlPath(page)] for page in step.gone_pages if UrlPath(page) in moved)
    new = {composer.url_if_there(key) for key in (*records, *renamed)}
    return (page for page in step.new_pages if composer.path(UrlPath(page)) not in new)


def _gone_pages(composer: Composer, step: Step) -> tuple[str, ...]:
    """Return the pages that went with a release; one that leads to its new address did not."""
    moved = former_addresses(composer.routes)
    return tuple(page for page in step.gone_pages if UrlPath(page) not in moved)


def _name(composer: Composer, change: ValueChange) -> str:
    is_there = change.key in composer.site.names
    return record_link_text(composer.site, change.key) if is_there else change.name


def _dated(composer: Composer) -> tuple[DatedGroup, ...]:
    """Tell what the records themselves date: who joined or left when, and statuses."""
    alliance = composer.site.settings.alliance
    found: dict[tuple[PartialDate, str], list[Link]] = defaultdict(list)
    for organization in composer.index.members:
        link = composer.link(f"org:{organization.id}")
        for membership in organization.memberships:
            if membership.alliance == alliance:
                for verb, statements in (
                    ("joined", membership.start_date),
                    ("left", membership.end_date),
                ):
                    day = headline_value(statements)
                    if day is not None:
                        found[day, verb].append(link)
    for objective in composer.index.objectives:
        status = headline(objective.status)
        if status is not None and status.value is not None and status.valid.from_ is not None:
            key = f"objective:{objective.id}"
            word = value_text(composer.site, key, "status", status.value.value).lower()
            found[status.valid.from_, f"found “{word}”"].append(composer.link(key))
    return tuple(
        DatedGroup(composer.date(day), verb, tuple(links))
        for (day, verb), links in sorted(found.items(), key=lambda item: item[0], reverse=True)
    )


def changes_feed(composer: Composer, key: str = "changes-feed") -> NoteFeedView:
    """Make the feed of releases, each with what it changed; `key` is that of its address."""
    entries = []
    for step in reversed(composer.index.steps):
        release = step.release
        day = rfc3339(release.date)
        url = composer.absolute(composer.url(f"page:changes#release-{release.id}"))
        entries.append(NoteEntry(f"Release {release.id}", url, day, _lines(composer, step)))
    return _feed(composer, key, "page:changes", "Changes", entries)


def _lines(composer: Composer, step: Step) -> tuple[str, ...]:
    if step.is_first:
        pages, values = composer.number(step.page_count), composer.number(step.value_count)
        return (f"The first release: {pages} pages that show {values} values.",)
    told = (
        f"{row.record.text}: {change_text(row.change)}"
        for group in _groups(composer, step.changes)
        for row in group.rows
    )
    new = (f"New page: {page}" for page in _new_pages(composer, step))
    return (*told, *new, *(f"Page gone: {page}" for page in _gone_pages(composer, step)))


def corrections_feed(composer: Composer, key: str = "corrections-feed") -> NoteFeedView:
    """Make the feed of corrections, newest first; `key` is that of its address."""
    entries = [
        NoteEntry(
            f"Correction: {record_link_text(composer.site, item.target.partition('#')[0])}",
            composer.absolute(composer.url(f"correction:{item.id}")),
            rfc3339(item.date),
            (f"It said: {item.was}", f"It says: {item.now}", composer.text(item.reason)),
        )
        for item in composer.index.corrections
    ]
    return _feed(composer, key, "page:corrections", "Corrections", entries)


def _feed(
    composer: Composer, key: str, page: str, title: str, entries: list[NoteEntry]
) -> NoteFeedView:
    settings = composer.site.settings
    updated = max((item.updated for item in entries), default=rfc3339(settings.founded))
    return NoteFeedView(
        title=f"{title} – {settings.title}",
        url=composer.absolute(composer.url(key)),
        page=composer.absolute(composer.url(page)),
        home=composer.absolute(composer.url("page:home")),
        language=settings.language,
        updated=updated,
        publisher=settings.publisher.name,
        entries=tuple(entries),
    )
