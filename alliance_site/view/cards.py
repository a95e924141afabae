"""What lists show of a record: cards, rows and tallies. Lists are handed these, never records.

Never: makes a page.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from alliance_site.model import (
    NAME,
    Listing,
    evidence_of,
    headline,
    headline_value,
    membership_in,
    role_in,
)
from alliance_site.model.records import (
    Deliverable,
    Event,
    Evidence,
    Objective,
    Organization,
    Stated,
)
from alliance_site.view.composer import ABSENCES, Composer, words
from alliance_site.view.notes import Notes
from alliance_site.view.pages import MemberRow
from alliance_site.view.parts import (
    ArticleCard,
    CitationFill,
    CitedText,
    EventView,
    Link,
    ObjectiveCard,
    Tally,
)
from alliance_site.view.words import country_name

OBJECTIVE_MARKS = {
    "delivered": "open",
    "under-way": "partly",
    "announced": "partly",
    "stalled": "closed",
    "dropped": "closed",
    "merged": "na",
    "unknown": "unknown",
}


def article_card(composer: Composer, article: Listing) -> ArticleCard:
    """Make an article's card."""
    updated = ("updated",) if article.updated else ()
    composer.shows_field(f"article:{article.id}", NAME, "dek", "kind", "published", *updated)
    return ArticleCard(
        title=article.title,
        url=composer.url(f"article:{article.id}"),
        kind=words(article.kind.value),
        published=composer.date(article.published),
        updated=composer.date(article.updated) if article.updated else None,
        dek=dek_of(composer, article),
    )


def dek_of(composer: Composer, article: Listing) -> str:
    """Return an article's dek without markup."""
    text = article.dek_text
    return composer.text(composer.site.articles[article.id].dek) if text is None else text


def feed_links(composer: Composer, atom: str, json: str) -> tuple[Link, ...]:
    """Link to both forms of a feed, by the keys of their addresses."""
    return Link("Atom", composer.url(atom)), Link("JSON Feed", composer.url(json))


def articles_about(composer: Composer, key: str) -> tuple[ArticleCard, ...]:
    """Make the cards of the articles about a record, newest first."""
    return tuple(article_card(composer, item) for item in composer.index.articles_about(key))


def objective_card(composer: Composer, objective: Objective, notes: Notes) -> ObjectiveCard:
    """Make an objective's card."""
    composer.names(f"objective:{objective.id}")
    composer.shows(objective.status)
    status = headline(objective.status)
    value = status.value.value if status and status.value else "unknown"
    dates = [item.date for item in objective.deliverables if item.date]
    return ObjectiveCard(
        number=objective.number,
        title=objective.title,
        url=composer.url(f"objective:{objective.id}"),
        status=words(value) if value != "unknown" else "Not known",
        status_mark=OBJECTIVE_MARKS[value],
        status_note=composer.maybe_prose(status.note if status else None, notes),
        evidence_count=len(objective.deliverables),
        receipt=composer.receipt(f"count/deliverables/{objective.id}"),
        latest=composer.maybe_date(max(dates) if dates else None),
    )


def event_view(composer: Composer, event: Event, notes: Notes) -> EventView:
    """Show an event."""
    composer.shows_record(f"event:{event.id}")
    return EventView(
        anchor=event.id,
        date=composer.date(event.date),
        title=event.title,
        kind=words(event.kind.value),
        text=composer.prose(event.text, notes),
        participants=tuple(composer.link(f"org:{item}") for item in event.participants),
        citations=composer.cite(event.evidence, notes),
    )


def deliverables_in_order(objective: Objective) -> tuple[Deliverable, ...]:
    """Order what was done by date, undated last; those of one date as written."""
    return tuple(
        sorted(
            objective.deliverables, key=lambda item: item.date.latest() if item.date else date.max
        )
    )


def member_row(composer: Composer, organization: Organization, notes: Notes) -> MemberRow:
    """Make a member's line, each cell with its sources."""
    composer.names(f"org:{organization.id}")
    membership = membership_in(composer.site, organization)
    if membership is None:
        raise LookupError(organization.id)  # the index lists members alone
    return MemberRow(
        name=organization.name,
        url=composer.url(f"org:{organization.id}"),
        role=CitedText(words(membership.role.value), composer.refer(membership.evidence, notes)),
        classification=cited_facet(composer, organization, "classification", notes),
        sector=cited_facet(composer, organization, "sector", notes),
        country=cited_facet(composer, organization, "country", notes),
        joined=composer.maybe_date(headline_value(membership.start_date)),
        no_date=absence_text(membership.start_date),
        joined_citations=_refer(composer, membership.start_date, membership.evidence, notes),
    )


def cited_facet(
    composer: Composer, organization: Organization, facet: str, notes: Notes
) -> CitedText:
    """Show a facet's value in a table cell, with its sources."""
    statements: Stated[Any] = getattr(organization, facet)
    text = facet_text(composer, organization, facet)
    return CitedText(text, _refer(composer, statements, organization.evidence, notes))


def facet_text(composer: Composer, organization: Organization, facet: str) -> str:
    """Say what an organisation is by a facet, or why that is not known; nothing of a blank one."""
    label = facet_label(composer, facet, _value(organization, facet))
    return label or absence_text(getattr(organization, facet))


def absence_text(statements: Stated[Any]) -> str:
    """Say why a field has no value, where that is recorded; nothing of a blank one."""
    first = headline(statements)
    return ABSENCES[first.absence] if first and first.absence else ""


def _refer(
    composer: Composer, statements: Stated[Any], evidence: tuple[Evidence, ...], notes: Notes
) -> CitationFill | None:
    """Make the marks of a field's headline."""
    composer.shows(statements)
    first = headline(statements)
    return composer.refer(evidence_of(first, evidence), notes) if first else None


def _value(organization: Organization, facet: str) -> str:
    return str(headline_value(getattr(organization, facet)) or "")


def facet_label(composer: Composer, facet: str, value: str) -> str:
    """Return what a value of a facet is called."""
    if not value:
        return ""
    if facet == "country":
        return country_name(value, composer.language)
    if facet == "sector":
        return composer.site.settings.vocabularies.sectors[value]
    return words(value)


def member_tallies(composer: Composer, facet: str, current: str = "") -> tuple[Tally, ...]:
    """Count members by a facet, the most frequent value first.

    The current value leads to all members: whoever has chosen it takes it back there.
    """
    return tallies(
        [_value(item, facet) for item in composer.index.members],
        lambda value: facet_label(composer, facet, value),
        lambda value: composer.url(
            "page:members" if value == current else f"members:{facet}/{value}"
        ),
        lambda value: composer.receipt(f"count/members/{facet}/{value}"),
        current,
    )


def tallies(
    values: Sequence[str],
    label: Callable[[str], str],
    url: Callable[[str], str],
    receipt: Callable[[str], str],
    current: str = "",
) -> tuple[Tally, ...]:
    """Count values, most frequent first, then by label; empty ones are left out."""
    counts = Counter(value for value in values if value)
    made = [
        Tally(label(value), count, url(value), value == current, receipt(value))
        for value, count in counts.items()
    ]
    return tuple(sorted(made, key=lambda item: (-item.count, item.text)))


def role_line(composer: Composer, organization: Organization) -> str:
    """Say in a line what an organisation is in the site's alliance; empty if it is no member."""
    role = role_in(composer.site, organization)
    name = composer.site.alliances[composer.site.settings.alliance].name
    return f"{words(role.value)} of {name}" if role else ""
