"""Pages that list one kind of record: arguments, timeline, figures, corrections; and text pages.

Never: decides an address.
"""

from collections.abc import Iterator

from alliance_site.paths import UrlPath
from alliance_site.view.article import correction_view
from alliance_site.view.cards import event_view, tallies
from alliance_site.view.composer import Composer, words
from alliance_site.view.page import Page
from alliance_site.view.pages import (
    ArgumentsView,
    ArgumentTopic,
    ArgumentView,
    CorrectionsView,
    FigureRow,
    FiguresView,
    NotFoundView,
    Phase,
    RedirectView,
    TextView,
    TimelineView,
)
from alliance_site.view.parts import Link


def arguments_page(composer: Composer) -> Page:
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
            anchor=topic,
            title=label,
            url=composer.url(f"topic:{topic}"),
            arguments=tuple(
                ArgumentView(
                    anchor=item.id,
                    side=terms.sides[item.side],
                    claim=item.claim,
                    said_by=item.said_by,
                    statement=composer.prose(item.statement, notes),
                    strength=item.strength.level.value,
                    strength_note=composer.prose(item.strength.note, notes),
                    citations=composer.cite(item.evidence, notes),
                )
                for item in ordered
                if item.topic == topic
            ),
        )
        for topic, label in terms.topics.items()
        if any(item.topic == topic for item in ordered)
    )
    view = ArgumentsView(
        frame=composer.frame("page:arguments", "arguments", "Arguments", dek),
        dek=dek,
        sides=tallies(
            [item.side for item in ordered], lambda side: terms.sides[side], lambda _: ""
        ),
        topics=topics,
        sources=notes.entries(),
    )
    return Page(composer.routes.url("page:arguments"), "pages/arguments.html", view)


def timeline_page(composer: Composer) -> Page:
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
    view = TimelineView(
        frame=composer.frame("page:timeline", "timeline", "Timeline", dek, section="page:timeline"),
        dek=dek,
        phases=tuple(made),
        sources=notes.entries(),
    )
    return Page(composer.routes.url("page:timeline"), "pages/timeline.html", view)


def figures_page(composer: Composer) -> Page:
    """Make the list of figures."""
    site, notes = composer.site, composer.notes()
    dek = (
        f"{len(site.figures)} numbers with unit, date and source, as this site's articles print "
        "them."
    )
    view = FiguresView(
        frame=composer.frame("page:figures", "figures", "Figures", dek),
        dek=dek,
        figures=tuple(
            FigureRow(
                anchor=item.id,
                label=item.label,
                value=composer.stated(item.value, item.evidence, notes),
                unit=item.unit,
                date=composer.maybe_date(item.date),
                note=composer.maybe_prose(item.note, notes),
            )
            for item in site.figures.values()
        ),
        csv=Link("CSV", composer.path(UrlPath("/data/figures.csv"))),
        sources=notes.entries(),
    )
    return Page(composer.routes.url("page:figures"), "pages/figures.html", view)


def corrections_page(composer: Composer) -> Page:
    """Make the list of corrections, newest first."""
    site, notes = composer.site, composer.notes()
    dek = "What this site got wrong, what holds instead, and why."
    view = CorrectionsView(
        frame=composer.frame("page:corrections", "corrections", "Corrections", dek),
        corrections=tuple(
            correction_view(composer, item, notes) for item in composer.index.corrections
        ),
        since=composer.date(site.settings.founded),
        sources=notes.entries(),
    )
    return Page(composer.routes.url("page:corrections"), "pages/corrections.html", view)


def text_pages(composer: Composer) -> Iterator[Page]:
    """Make the site's own pages."""
    for page in composer.site.pages.values():
        key, notes = f"page:{page.id}", composer.notes()
        dek = composer.prose(page.dek, notes)
        body = composer.prose(page.body, notes)
        kind = page.id if page.id in {"about", "method"} else "page"
        view = TextView(
            frame=composer.frame(key, kind, page.title, dek.text, section=key),
            dek=dek,
            body=body,
            headings=composer.site.prose[body.key].headings,
            updated=composer.maybe_date(page.updated),
            sources=notes.entries(),
        )
        yield Page(composer.routes.url(key), "pages/text.html", view)


def not_found_page(composer: Composer) -> Page:
    """Make the page for an address that is not there."""
    settings = composer.site.settings
    names = ("home", "members", "comparisons", "articles", "search")
    view = NotFoundView(
        frame=composer.frame(
            "404",
            "not-found",
            "Page not found",
            f"This address is not a page of {settings.title}.",
            is_indexed=False,
        ),
        ways=tuple(composer.link(f"page:{name}", words(name)) for name in names),
    )
    return Page(composer.routes.url("404"), "pages/not_found.html", view)


def redirect_pages(composer: Composer) -> Iterator[Page]:
    """Make a stub at each former address."""
    for url, key in composer.routes.redirects.items():
        target = composer.link(key)
        frame = composer.frame(
            key,
            "redirect",
            f"Moved: {target.text}",
            f"This page has moved to {target.text}.",
            is_indexed=False,
        )
        yield Page(url, "pages/redirect.html", RedirectView(frame=frame, target=target))
