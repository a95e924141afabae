"""Members, their lists, and the other organisations.

Never: decides an address.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import TypeVar

from alliance_site.model import Comparison, role_in
from alliance_site.model.comparison_records import Nuance
from alliance_site.model.records import Membership, NotableStatement, Organization
from alliance_site.paths import UrlPath
from alliance_site.route import FACETS, facet_values
from alliance_site.view.cards import (
    articles_about,
    cited_facet,
    event_view,
    facet_label,
    member_row,
    member_tallies,
    role_line,
)
from alliance_site.view.charts import some_charts
from alliance_site.view.composer import Composer, Shown
from alliance_site.view.index import by_name
from alliance_site.view.notes import Notes
from alliance_site.view.page import Page
from alliance_site.view.pages import (
    CellView,
    DatedStatement,
    MembershipView,
    MembersView,
    OrganizationRow,
    OrganizationsView,
    OrganizationView,
    SubjectRow,
)
from alliance_site.view.parts import CitedText, Facet, FactRow, Link
from alliance_site.view.parts_measured import profile_cells, profile_edition, subjects_of
from alliance_site.view.spreads import spread
from alliance_site.view.structured import described
from alliance_site.view.structured import organization as entry_of_organization

_FACET_TITLES = {"classification": "Kind", "country": "Country", "sector": "Sector"}


def members_pages(composer: Composer) -> Iterator[Page]:
    """Make the members' list, and one for each value by which it can be narrowed."""
    make = partial(_members_view, composer, "", "")
    yield Page(composer.routes.url("page:members"), "pages/members.html", make)
    for facet in FACETS:
        for value in facet_values(composer.site, facet):
            make = partial(_members_view, composer, facet, value)
            url = composer.routes.url(f"members:{facet}/{value}")
            yield Page(url, "pages/members.html", make)


def _members_view(composer: Composer, facet: str, value: str) -> MembersView:
    """Make the list of members with a value, or of all where no facet is named."""
    site, notes = composer.site, composer.notes()
    members = composer.index.listed_members(facet, value)
    alliance = site.alliances[site.settings.alliance].name
    total = len(composer.index.members)
    label = facet_label(composer, facet, value)
    key = f"members:{facet}/{value}" if facet else "page:members"
    by = _FACET_TITLES.get(facet, "").lower()
    title = f"Members by {by}: {label}" if label else f"Members of {alliance}"
    dek = (
        f"The members of {alliance} named in a source: {_FACET_TITLES[facet].lower()} {label}."
        if facet
        else f"The members of {alliance} that a source names, with kind, country, sector, role "
        "and the day of joining."
    )
    whole = Link("All members", composer.url("page:members"))
    crumbs = (Link("Members", whole.url),) if facet else ()
    return MembersView(
        frame=composer.frame(key, "members", title, dek, crumbs, section="page:members"),
        dek=dek,
        narrowed_to=label,
        whole=whole,
        facets=tuple(
            Facet(
                _FACET_TITLES[name], member_tallies(composer, name, value if name == facet else "")
            )
            for name in FACETS
            if facet_values(composer.site, name)
        ),
        members=tuple(member_row(composer, item, notes) for item in members),
        charts=() if facet else tuple(some_charts(composer, _CHARTS)),
        total=total,
        count_receipt=composer.receipt(
            f"count/members/{facet}/{value}" if facet else "count/members"
        ),
        total_receipt=composer.receipt("count/members"),
        csv=Link("All members as CSV", composer.path(_MEMBERS_CSV)),
        sources=notes.entries(),
    )


_CHARTS = ("members-by-kind", "members-by-sector", "members-by-country")


_MEMBERS_CSV = UrlPath("/data/members.csv")


def organizations_view(composer: Composer) -> OrganizationsView:
    """Make the list of organisations that are no members."""
    site, notes = composer.site, composer.notes()
    alliance = site.alliances[site.settings.alliance].name
    outside = [item for item in by_name(site.organizations.values()) if role_in(site, item) is None]
    dek = (
        f"Organisations that this site compares with members of {alliance}, or speaks of, and "
        "that are no members."
    )
    return OrganizationsView(
        frame=composer.frame("page:organizations", "organizations", "Outside the alliance", dek),
        dek=dek,
        organizations=tuple(_organization_row(composer, item, notes) for item in outside),
        sources=notes.entries(),
    )


def _organization_row(composer: Composer, item: Organization, notes: Notes) -> OrganizationRow:
    composer.names(f"org:{item.id}")
    return OrganizationRow(
        name=item.name,
        url=composer.url(f"org:{item.id}"),
        classification=cited_facet(composer, item, "classification", notes),
        country=cited_facet(composer, item, "country", notes),
        summary=CitedText(composer.text(item.summary), composer.refer(item.evidence, notes)),
    )


def organization_pages(composer: Composer) -> Iterator[Page]:
    """Make one page an organisation."""
    for organization_id in composer.site.organizations:
        make = partial(_organization_page, composer, organization_id)
        key = f"org:{organization_id}"
        yield Page(composer.routes.url(key), "pages/organization.html", make, record=key)


def _organization_page(composer: Composer, organization_id: str) -> OrganizationView:
    return organization_view(composer, composer.site.organizations[organization_id])


def organization_view(composer: Composer, organization: Organization) -> OrganizationView:
    """Make an organisation's view."""
    notes = composer.notes()
    key = f"org:{organization.id}"
    role = role_line(composer, organization)
    section = "page:members" if role else "page:organizations"
    crumb = composer.link(section, "Members" if role else "Outside the alliance")
    summary = composer.prose(organization.summary, notes)
    view = OrganizationView(
        frame=composer.frame(
            key,
            "member" if role else "organization",
            organization.name,
            summary.text,
            (crumb,),
            section=section,
            has_entries=True,
        ),
        name=organization.name,
        other_names=tuple(item.name for item in organization.other_names),
        role_line=role,
        summary=summary,
        facts=tuple(_facts(composer, organization, notes)),
        memberships=tuple(
            _membership(composer, item, organization, notes) for item in organization.memberships
        ),
        objectives=tuple(
            composer.link(f"objective:{item}") for item in organization.contributes_to
        ),
        notable=tuple(
            dated_statement(composer, item, notes) for item in newest_first(organization.notable)
        ),
        subjects=tuple(_subjects(composer, organization, notes)),
        not_compared=_not_compared(composer, organization) if role else None,
        events=tuple(
            event_view(composer, item, notes)
            for item in composer.index.events
            if organization.id in item.participants
        ),
        articles=articles_about(composer, key),
        sources=notes.entries(),
    )
    return described(composer, view, entry_of_organization(composer, organization))


def _facts(composer: Composer, organization: Organization, notes: Notes) -> Iterator[FactRow]:
    evidence = organization.evidence

    for label, name in (
        ("Kind", "classification"),
        ("Sector", "sector"),
        ("Country", "country"),
        ("Headquarters", "headquarters"),
        ("Founded", "founding_date"),
        ("Dissolved", "dissolution_date"),
        ("Website", "homepage"),
    ):
        statements = getattr(organization, name)
        if not statements:
            continue
        if name in FACETS:
            yield FactRow(
                label, composer.stated(statements, evidence, notes, _show_facet(composer, name))
            )
        else:
            yield FactRow(label, composer.stated(statements, evidence, notes))


def _show_facet(composer: Composer, facet: str) -> Callable[[object], Shown]:
    return lambda value: (facet_label(composer, facet, str(value)), "", "")


def _membership(
    composer: Composer, membership: Membership, organization: Organization, notes: Notes
) -> MembershipView:
    evidence = membership.evidence or organization.evidence
    return MembershipView(
        alliance=composer.link(f"alliance:{membership.alliance}"),
        role=membership.role.value.replace("-", " ").capitalize(),
        start=composer.stated(membership.start_date, evidence, notes)
        if membership.start_date
        else None,
        end=composer.stated(membership.end_date, evidence, notes) if membership.end_date else None,
        note=composer.maybe_prose(membership.note, notes),
        citations=composer.cite(evidence, notes),
    )


_Said = TypeVar("_Said", NotableStatement, Nuance)


def newest_first(items: Iterable[_Said]) -> list[_Said]:
    """Order what was said or done by date, the newest first, undated last; else as written."""
    return sorted(
        items, key=lambda item: item.date.latest() if item.date else date.min, reverse=True
    )


def dated_statement(
    composer: Composer, item: NotableStatement | Nuance, notes: Notes
) -> DatedStatement:
    """Show something said or done."""
    return DatedStatement(
        date=composer.maybe_date(item.date),
        kind="",
        text=composer.prose(item.text, notes),
        citations=composer.cite(item.evidence, notes),
    )


def _subjects(composer: Composer, organization: Organization, notes: Notes) -> Iterator[SubjectRow]:
    """Show how the organisation fares in each comparison that it is a subject of."""
    for comparison, subject in subjects_of(composer.site, organization.id):
        yield _subject_row(composer, comparison, subject, notes)


def _not_compared(composer: Composer, organization: Organization) -> Link | None:
    """Link the site's main comparison where the organisation is a subject of none."""
    main = composer.site.settings.comparison
    if main is None or any(subjects_of(composer.site, organization.id)):
        return None
    return composer.link(f"comparison:{main}")


def _subject_row(
    composer: Composer, comparison: Comparison, subject: str, notes: Notes
) -> SubjectRow:
    edition = profile_edition(comparison, subject)
    link = composer.link(f"subject:{comparison.id}/{subject}")
    questions = comparison.questions(edition.id)
    for item in questions:
        composer.names(f"criterion:{comparison.id}/{item.id}")
    by_id = comparison.criterion_by_id
    paired = composer.index.comparison(comparison.id).pairs_by_subject
    bar = spread(composer, comparison, edition.id, ("subject", subject), link.url)
    return SubjectRow(
        comparison=composer.link(f"comparison:{comparison.id}"),
        subject=link,
        pairs=f"{link.url}#side-by-side" if subject in paired else "",
        edition=edition.title,
        bar=bar,
        cells=tuple(
            CellView(
                anchor=f"{comparison.id}--{key}",
                title=by_id[key].title,
                url=composer.url(f"criterion:{comparison.id}/{key}#{subject}--{key}"),
                group="",
                value=composer.stated(
                    cell.statements,
                    cell.evidence,
                    notes,
                    composer.show_answer(comparison, by_id[key]),
                ),
            )
            for (_, _, key), cell in profile_cells(comparison, subject).items()
        ),
    )
