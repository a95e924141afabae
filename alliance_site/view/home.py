"""The home page and the alliance pages.

Never: decides an address.
"""

from collections.abc import Iterator
from functools import partial

from alliance_site.model import Comparison, members_of
from alliance_site.model.records import Alliance
from alliance_site.view.cards import (
    article_card,
    articles_about,
    event_view,
    member_tallies,
    objective_card,
)
from alliance_site.view.charts import make_chart
from alliance_site.view.composer import Composer
from alliance_site.view.grounds import grounded
from alliance_site.view.notes import Notes
from alliance_site.view.page import Page
from alliance_site.view.pages import AllianceView, HighlightView, HomeView, NewsLine
from alliance_site.view.parts import Bar, FactRow, Link, StatedView, Tally, ValueView
from alliance_site.view.spreads import spread
from alliance_site.view.structured import alliance as entry_of_alliance
from alliance_site.view.structured import described, website

LATEST_COUNT = 5
NEWS_COUNT = 3


def home_view(composer: Composer) -> HomeView:
    """Make `/`."""
    site, notes = composer.site, composer.notes()
    settings = site.settings
    comparison = site.comparisons.get(settings.comparison or "")
    description = composer.prose(settings.description, notes)
    openness = make_chart(composer, f"{comparison.id}-groups") if comparison else None
    view = HomeView(
        frame=composer.frame(
            "page:home", "home", settings.title, description.text, has_entries=True
        ),
        description=description,
        highlights=tuple(
            HighlightView(
                composer.prose(item.text, notes), composer.link(item.link) if item.link else None
            )
            for item in settings.highlights
        ),
        comparison=composer.link(f"comparison:{comparison.id}") if comparison else None,
        comparison_question=_question(composer, comparison) if comparison else "",
        group_name=comparison.file.group_name if comparison else "",
        openness=openness,
        growth=make_chart(composer, f"{settings.alliance}-growth"),
        bars=group_bars(composer, comparison) if comparison and openness is None else (),
        levels=composer.legend(comparison.file.levels.values()) if comparison else (),
        articles=tuple(
            article_card(composer, item) for item in composer.index.articles[:LATEST_COUNT]
        ),
        objectives=tuple(
            objective_card(composer, item, notes) for item in composer.index.objectives
        ),
        member_kinds=member_tallies(composer, "classification"),
        member_count=len(composer.index.members),
        members_receipt=composer.receipt("count/members"),
        news=_news(composer),
        changes=composer.link("page:changes"),
        ways=_ways(composer),
        sources=notes.entries(),
    )
    view = grounded(composer, view, notes, "page:home")
    return described(composer, view, *website(composer))


def _question(composer: Composer, comparison: Comparison) -> str:
    composer.shows_field(f"comparison:{comparison.id}", "question")
    return comparison.file.question


def _news(composer: Composer) -> tuple[NewsLine, ...]:
    """Tell of the newest release, if it changed anything, and of the newest corrections."""
    url = composer.url("page:changes")
    since_the_first = composer.site.releases.heads()[1:]
    lines = [
        NewsLine(
            composer.date(item.date),
            "Published",
            Link(f"Release {item.id}", f"{url}#release-{item.id}"),
        )
        for item in since_the_first[-1:]
    ]
    for item in composer.index.corrections[: NEWS_COUNT - len(lines)]:
        link = Link(composer.link(item.target).text, composer.url(f"correction:{item.id}"))
        lines.append(NewsLine(composer.date(item.date), "Corrected", link))
    return tuple(sorted(lines, key=lambda item: item.date.iso, reverse=True))


def _ways(composer: Composer) -> tuple[Tally, ...]:
    site = composer.site
    counts = {
        "Members": ("members", len(composer.index.members)),
        "Objectives": ("objectives", len(site.objectives)),
        "Comparisons": ("comparisons", len(site.comparisons)),
        "Arguments": ("arguments", len(site.arguments)),
        "Events": ("timeline", len(site.events)),
        "Figures": ("figures", len(site.figures)),
        "Sources": ("sources", len(site.sources)),
    }
    return tuple(
        Tally(
            text,
            count,
            composer.url(f"page:{name}"),
            receipt=composer.receipt(f"count/{_COUNTED.get(name, name)}"),
        )
        for text, (name, count) in counts.items()
    )


_COUNTED = {"timeline": "events"}
"""Pages that bear another name than what they list."""


def group_bars(composer: Composer, comparison: Comparison) -> tuple[Bar, ...]:
    """Make one bar a group: how the latest edition's cells are spread over the levels."""
    edition = comparison.latest.id
    bars = (spread(composer, comparison, edition, ("group", key)) for key in comparison.file.groups)
    return tuple(bar for bar in bars if bar is not None and bar.total)


def alliance_pages(composer: Composer) -> Iterator[Page]:
    """Make one page an alliance."""
    for alliance in composer.site.alliances.values():
        make = partial(alliance_view, composer, alliance)
        yield Page(composer.routes.url(f"alliance:{alliance.id}"), "pages/alliance.html", make)


def alliance_view(composer: Composer, alliance: Alliance) -> AllianceView:
    """Make an alliance's view."""
    key = f"alliance:{alliance.id}"
    site, notes = composer.site, composer.notes()
    summary = composer.prose(alliance.summary, notes)
    is_main = alliance.id == site.settings.alliance
    evidence = alliance.evidence
    members = members_of(site, alliance.id)
    view = AllianceView(
        frame=composer.frame(
            key, "alliance", alliance.name, summary.text, section=key, has_entries=True
        ),
        name=alliance.name,
        summary=summary,
        facts=tuple(_alliance_facts(composer, alliance, notes, len(members))),
        sizes=composer.stated(alliance.size_claims, evidence, notes)
        if alliance.size_claims
        else None,
        growth=make_chart(composer, f"{alliance.id}-growth"),
        overlap=make_chart(composer, "alliances"),
        governance=composer.maybe_prose(alliance.governance, notes),
        member_count=len(members),
        members_receipt=composer.receipt("count/members"),
        member_kinds=member_tallies(composer, "classification") if is_main else (),
        objectives=tuple(
            objective_card(composer, item, notes)
            for item in composer.index.objectives
            if item.alliance == alliance.id
        ),
        body=composer.prose(alliance.body, notes) if alliance.body.text.strip() else None,
        headings=site.prose[composer.prose(alliance.body, composer.notes()).key].headings,
        events=tuple(
            event_view(composer, item, notes)
            for item in composer.index.events
            if alliance.id in item.alliances
        ),
        articles=articles_about(composer, key),
        sources=notes.entries(),
    )
    return described(composer, view, entry_of_alliance(composer, alliance))


def _alliance_facts(
    composer: Composer, alliance: Alliance, notes: Notes, member_count: int
) -> Iterator[FactRow]:
    evidence = alliance.evidence
    yield FactRow("Announced", composer.stated(alliance.founded, evidence, notes))
    for founder in alliance.founders:
        link, cited = composer.link(f"org:{founder}"), composer.cite(evidence, notes)
        value = ValueView(text=link.text, url=link.url, citations=cited)
        yield FactRow("Founder", StatedView(value))
    is_main = alliance.id == composer.site.settings.alliance
    count = "members" if is_main else f"alliance-members/{alliance.id}"
    receipt = composer.receipt(f"count/{count}")
    shown = ValueView(text=composer.number(member_count), receipt=receipt)
    yield FactRow("Members listed here", StatedView(shown))
    if alliance.homepage:
        yield FactRow("Website", composer.stated(alliance.homepage, evidence, notes))
