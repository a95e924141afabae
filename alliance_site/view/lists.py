"""Pages that list one kind of record: arguments, timeline, figures; and text pages.

Never: decides an address.
"""

from collections.abc import Iterable, Iterator
from functools import partial

from alliance_site.ids import INTRODUCED
from alliance_site.model.records import Argument, Figure
from alliance_site.model.records import Page as TextRecord
from alliance_site.paths import UrlPath
from alliance_site.route import former_addresses
from alliance_site.view.cards import event_view, tallies
from alliance_site.view.charts import make_chart
from alliance_site.view.composer import Composer, words
from alliance_site.view.grounds import grounded
from alliance_site.view.notes import Notes
from alliance_site.view.page import Page
from alliance_site.view.pages import (
    ArgumentsView,
    ArgumentTopic,
    ArgumentView,
    FigureRow,
    FiguresView,
    NotFoundView,
    Phase,
    RedirectView,
    SideClaims,
    TextView,
    TimelineView,
)
from alliance_site.view.parts import Link


def arguments_view(composer: Composer) -> ArgumentsView:
    """Make the page of arguments, by topic and within a topic by side."""
    site, notes = composer.site, composer.notes()
    terms = site.settings.vocabularies
    sides = list(terms.sides)
    ordered = sorted(site.arguments.values(), key=lambda item: (sides.index(item.side), item.id))
    dek = (
        "The claims of the debate: who makes them, on what evidence, and how well each stands in "
        "our judgement."
    )
    topics = tuple(
        ArgumentTopic(
            anchor=f"topic-{topic}",
            title=label,
            url=composer.url(f"topic:{topic}"),
            arguments=tuple(
                _argument(composer, item, notes) for item in ordered if item.topic == topic
            ),
        )
        for topic, label in terms.topics.items()
        if any(item.topic == topic for item in ordered)
    )
    return ArgumentsView(
        frame=composer.frame("page:arguments", "arguments", "Arguments", dek),
        dek=dek,
        sides=tallies(
            [item.side for item in ordered],
            lambda side: terms.sides[side],
            lambda side: f"#side-{side}",
            lambda side: composer.receipt(f"count/arguments/side/{side}"),
        ),
        by_side=tuple(
            SideClaims(
                anchor=f"side-{side}",
                title=label,
                links=tuple(
                    Link(item.claim, f"#{item.id}") for item in ordered if item.side == side
                ),
            )
            for side, label in terms.sides.items()
            if any(item.side == side for item in ordered)
        ),
        topics=topics,
        sources=notes.entries(),
    )


def _argument(composer: Composer, item: Argument, notes: Notes) -> ArgumentView:
    composer.shows_record(f"argument:{item.id}")
    return ArgumentView(
        anchor=item.id,
        side=composer.site.settings.vocabularies.sides[item.side],
        claim=item.claim,
        said_by=item.said_by,
        statement=composer.prose(item.statement, notes),
        strength=item.strength.level.value,
        strength_note=composer.prose(item.strength.note, notes),
        citations=composer.cite(item.evidence, notes),
    )


def timeline_view(composer: Composer) -> TimelineView:
    """Make the timeline, by phase; events without a phase come last."""
    site, notes = composer.site, composer.notes()
    events = composer.index.events
    phases = {**site.settings.vocabularies.phases, "": ""}
    made = []
    for phase, title in phases.items():
        found = [item for item in events if (item.phase or "") == phase]
        if found:
            shown = tuple(event_view(composer, item, notes) for item in found)
            made.append(Phase(title=title or "Other events", events=shown))
    dek = f"{len(events)} dated events, each with its sources."
    return TimelineView(
        frame=composer.frame("page:timeline", "timeline", "Timeline", dek, section="page:timeline"),
        dek=dek,
        receipt=composer.receipt("count/events"),
        chart=make_chart(composer, "timeline"),
        years=tuple(_years(made)),
        phases=tuple(made),
        sources=notes.entries(),
    )


def _years(phases: Iterable[Phase]) -> Iterator[Link]:
    """Lead to the event of each year that stands topmost on the page, the earliest year first."""
    topmost: dict[str, str] = {}
    for phase in phases:
        for event in phase.events:
            topmost.setdefault(event.date.iso[:4], f"#{event.anchor}")
    yield from (Link(year, url) for year, url in sorted(topmost.items()))


def figures_view(composer: Composer) -> FiguresView:
    """Make the list of figures."""
    site, notes = composer.site, composer.notes()
    dek = (
        f"{len(site.figures)} numbers with unit, date and source, as this site's articles print "
        "them."
    )
    return FiguresView(
        frame=composer.frame("page:figures", "figures", "Figures", dek),
        dek=dek,
        receipt=composer.receipt("count/figures"),
        figures=tuple(_figure(composer, item, notes) for item in site.figures.values()),
        csv=Link("CSV", composer.path(UrlPath("/data/figures.csv"))),
        sources=notes.entries(),
    )


def _figure(composer: Composer, item: Figure, notes: Notes) -> FigureRow:
    composer.shows_record(f"figure:{item.id}")
    return FigureRow(
        anchor=item.id,
        label=item.label,
        value=composer.stated(item.value, item.evidence, notes),
        unit=item.unit,
        date=composer.maybe_date(item.date),
        note=composer.maybe_prose(item.note, notes),
    )


def text_pages(composer: Composer) -> Iterator[Page]:
    """Make the site's own pages."""
    for page in composer.site.pages.values():
        if page.id in INTRODUCED:
            continue  # its text stands on the page of that name
        url = composer.routes.url(f"page:{page.id}")
        yield Page(url, "pages/text.html", partial(_text_view, composer, page))


def _text_view(composer: Composer, page: TextRecord) -> TextView:
    key, notes = f"page:{page.id}", composer.notes()
    dek = composer.prose(page.dek, notes)
    body = composer.prose(page.body, notes)
    kind = page.id if page.id == "about" else "page"
    view = TextView(
        frame=composer.frame(key, kind, page.title, dek.text, section=key),
        dek=dek,
        body=body,
        headings=composer.site.prose[body.key].headings,
        updated=composer.maybe_date(page.updated),
        sources=notes.entries(),
    )
    return grounded(composer, view, notes, key)


def not_found_view(composer: Composer) -> NotFoundView:
    """Make the page for an address that is not there."""
    settings = composer.site.settings
    names = ("home", "members", "comparisons", "articles", "search")
    return NotFoundView(
        frame=composer.frame(
            "404",
            "not-found",
            "Page not found",
            f"This address is not a page of {settings.title}.",
            is_indexed=False,
        ),
        ways=tuple(composer.link(f"page:{name}", words(name)) for name in names),
    )


def redirect_pages(composer: Composer) -> Iterator[Page]:
    """Make a stub at each former address."""
    for url, key in former_addresses(composer.routes).items():
        yield Page(url, "pages/redirect.html", partial(_redirect_view, composer, key))


def _redirect_view(composer: Composer, key: str) -> RedirectView:
    target = composer.link(key)
    frame = composer.frame(
        key,
        "redirect",
        f"Moved: {target.text}",
        f"This page has moved to {target.text}.",
        is_indexed=False,
    )
    return RedirectView(frame=frame, target=target)
