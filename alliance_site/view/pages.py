"""One frozen record per template: all that `templates/pages/<name>.html` may know.

`HomeView` is rendered by `pages/home.html`, `ArticlesView` by `pages/articles.html`, and so on.

Never: makes HTML; holds a record of the model.
"""

from dataclasses import dataclass

from alliance_site.prose import Heading
from alliance_site.view.frame import Frame
from alliance_site.view.parts import (
    ArticleCard,
    Bar,
    ChartView,
    CitationFill,
    CitedText,
    DateView,
    EventView,
    Facet,
    FactRow,
    LevelView,
    Link,
    ObjectiveCard,
    ProseView,
    RatingView,
    ReplyView,
    SourceNote,
    StatedView,
    Tally,
)
from alliance_site.view.references import CiteView


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """What every page has: its frame, and the sources its note marks lead to."""

    frame: Frame
    sources: tuple[SourceNote, ...] = ()


@dataclass(frozen=True, slots=True)
class HighlightView:
    """A dated fact of the home page; `link` may lead to more."""

    text: ProseView
    link: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(PageView):
    """`/`: what the site answers, the answer today, and the ways in."""

    description: ProseView
    highlights: tuple[HighlightView, ...]
    comparison: Link | None
    comparison_question: str
    group_name: str
    openness: ChartView | None
    growth: ChartView | None
    bars: tuple[Bar, ...]
    levels: tuple[LevelView, ...]
    articles: tuple[ArticleCard, ...]
    objectives: tuple[ObjectiveCard, ...]
    member_kinds: tuple[Tally, ...]
    member_count: int
    members_receipt: str
    ways: tuple[Tally, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllianceView(PageView):
    """`/alliances/<id>/`."""

    name: str
    summary: ProseView
    facts: tuple[FactRow, ...]
    sizes: StatedView | None
    governance: ProseView | None
    growth: ChartView | None
    overlap: ChartView | None
    member_count: int
    members_receipt: str
    member_kinds: tuple[Tally, ...]
    objectives: tuple[ObjectiveCard, ...]
    body: ProseView | None
    headings: tuple[Heading, ...]
    events: tuple[EventView, ...]
    articles: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A line of the members' table; an empty text is not known."""

    name: str
    url: str
    classification: CitedText
    sector: CitedText
    country: CitedText
    role: CitedText
    joined: DateView | None
    joined_citations: CitationFill | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersView(PageView):
    """`/members/` and its pre-built narrower lists; `narrowed_to` is empty on the whole list."""

    dek: str
    narrowed_to: str
    whole: Link
    facets: tuple[Facet, ...]
    members: tuple[MemberRow, ...]
    charts: tuple[ChartView, ...]
    total: int
    count_receipt: str
    total_receipt: str
    csv: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipView:
    """One membership on an organisation's page."""

    alliance: Link
    role: str
    start: StatedView | None
    end: StatedView | None
    note: ProseView | None
    citations: CitationFill | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedStatement:
    """Something said or done: when, what, and who says so."""

    date: DateView | None
    kind: str
    text: ProseView
    citations: CitationFill | None
    url: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """A cell in a list: who or what it is about, and the answer; `anchor` is its id here.

    `is_overdue` says that it should have been looked at again by `review_by`.
    """

    anchor: str
    title: str
    url: str
    group: str
    value: StatedView
    ratings: tuple[RatingView, ...] = ()
    reply: ReplyView | None = None
    review_by: DateView | None = None
    is_overdue: bool = False
    inherited_from: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRow:
    """How an organisation fares in one comparison, on its profile."""

    comparison: Link
    subject: Link
    edition: str
    bar: Bar | None
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationView(PageView):
    """`/organizations/<id>/`, for members and others."""

    name: str
    other_names: tuple[str, ...]
    role_line: str
    summary: ProseView
    facts: tuple[FactRow, ...]
    memberships: tuple[MembershipView, ...]
    objectives: tuple[Link, ...]
    notable: tuple[DatedStatement, ...]
    subjects: tuple[SubjectRow, ...]
    events: tuple[EventView, ...]
    articles: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationRow:
    """A line of the table of organisations that are no members; an empty text is not known."""

    name: str
    url: str
    classification: CitedText
    country: CitedText
    summary: CitedText


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationsView(PageView):
    """`/organizations/`: those that are compared but are no members."""

    dek: str
    organizations: tuple[OrganizationRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveView(PageView):
    """`/objectives/<id>/`."""

    number: int
    title: str
    alliance: Link
    status: StatedView
    body: ProseView
    facts: tuple[FactRow, ...]
    deliverables: tuple[DatedStatement, ...]
    contributors: tuple[Link, ...]
    articles: tuple[ArticleCard, ...]
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentView:
    """One argument; `strength` is `weak`, `medium` or `strong`."""

    anchor: str
    side: str
    claim: str
    said_by: str
    statement: ProseView
    strength: str
    strength_note: ProseView
    citations: CitationFill | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentTopic:
    """The arguments on one topic, in the order of the sides."""

    anchor: str
    title: str
    url: str
    arguments: tuple[ArgumentView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentsView(PageView):
    """`/arguments/`."""

    dek: str
    sides: tuple[Tally, ...]
    topics: tuple[ArgumentTopic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesView(PageView):
    """`/articles/` and its older pages, newest first."""

    dek: str
    topics: tuple[Tally, ...]
    articles: tuple[ArticleCard, ...]
    newer: Link | None
    older: Link | None
    feeds: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView(PageView):
    """`/topics/<topic>/`: what the site has on it."""

    articles: tuple[ArticleCard, ...]
    arguments: tuple[Link, ...]
    topics: tuple[Tally, ...]
    feeds: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorView:
    """Who wrote an article."""

    name: str
    description: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView(PageView):
    """`/articles/<id>/`.

    Attributes:
        minutes: How long reading takes, at 230 words a minute, at least 1.
    """

    kind: str
    title: str
    dek: ProseView
    authors: tuple[AuthorView, ...]
    published: DateView
    updated: DateView | None
    checked: DateView | None
    minutes: int
    minutes_receipt: str
    is_draft: bool
    in_short: tuple[ProseView, ...]
    body: ProseView
    headings: tuple[Heading, ...]
    counterpoint: ProseView | None
    unknowns: ProseView | None
    method: ProseView | None
    disclosure: ProseView | None
    corrections: tuple["CorrectionView", ...]
    about: tuple[Link, ...]
    topics: tuple[Link, ...]
    related: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of the timeline."""

    title: str
    events: tuple[EventView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView(PageView):
    """`/timeline/`."""

    dek: str
    receipt: str
    chart: ChartView | None
    phases: tuple[Phase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A line of the list of sources: on how many pages it is cited, how many values rest on it."""

    title: str
    url: str
    publisher: str
    issued: DateView | None
    count: int
    values: int
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGroup:
    """The sources of one kind."""

    title: str
    anchor: str
    rows: tuple[SourceRow, ...]
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesView(PageView):
    """`/sources/`."""

    dek: str
    receipt: str
    groups: tuple[SourceGroup, ...]
    total: int
    downloads: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RestingRow:
    """A value that rests on a source: which field, and what it says."""

    label: str
    says: str


@dataclass(frozen=True, slots=True)
class RestingRecord:
    """The values of one record that rest on a source.

    `rows` is empty where they are too many to list here; the record's page shows them. Few are
    listed without their number, and `receipt` is empty then.
    """

    record: Link
    count: int
    receipt: str
    rows: tuple[RestingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView(PageView):
    """`/sources/<id>/`: the work, every value and every page that rests on it.

    Attributes:
        url: Empty where the work is only named.
        values: By record.
        value_count: How many there are in all, with the noun: “3,969 values”; `values_receipt` is
            how they were counted.
        reference: The work as BibTeX and CSL-JSON.
        downloads: The same as files.
    """

    title: str
    facts: tuple[FactRow, ...]
    url: str
    host: str
    archive: str
    note: ProseView | None
    values: tuple[RestingRecord, ...]
    value_count: str
    values_receipt: str
    cited_by: tuple[Link, ...]
    reference: CiteView
    downloads: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A number with its unit, date and sources."""

    anchor: str
    label: str
    value: StatedView
    unit: str
    date: DateView | None
    note: ProseView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresView(PageView):
    """`/figures/`."""

    dek: str
    receipt: str
    figures: tuple[FigureRow, ...]
    csv: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """A correction: what was wrong, what holds, why, and where it stood.

    Attributes:
        label: The field it mends; empty where it names none.
        pages: On which the value ever stood, by a release.
        gone: Addresses of such pages that the site no longer has.
    """

    anchor: str
    date: DateView
    severity: str
    target: Link
    label: str
    was: str
    now: str
    reason: ProseView
    found_by: str
    pages: tuple[Link, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsView(PageView):
    """`/corrections/`; when there are none, the page says since when.

    `released` is the day of the first release; None before it.
    """

    corrections: tuple[CorrectionView, ...]
    since: DateView
    released: DateView | None
    feed: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView(PageView):
    """A page of the site's own, such as `/about/` and `/method/`."""

    dek: ProseView
    body: ProseView
    headings: tuple[Heading, ...]
    updated: DateView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A table to download.

    Attributes:
        rows: How many, with the noun: “3,700 rows”.
        columns: Those of its CSV.
        receipt: Of what the description counts; empty where it counts nothing.
    """

    name: str
    description: str
    receipt: str
    rows: str
    columns: tuple[str, ...]
    csv: Link
    json: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPackage:
    """Tables that belong together, and the file that describes them."""

    title: str
    description: Link
    tables: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView(PageView):
    """`/data/`."""

    dek: str
    files: tuple[DataFile, ...]
    packages: tuple[DataPackage, ...]
    attributions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchGroup:
    """The pages of one kind, in alphabetical order."""

    title: str
    anchor: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView(PageView):
    """`/search/`: every page by kind, which works with the browser's own search.

    Attributes:
        index: The folder of the search index.
        members: The address of the list of members.
    """

    dek: str
    index: str
    members: str
    groups: tuple[SearchGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView(PageView):
    """`/404.html`."""

    ways: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView(PageView):
    """A former address: a stub that leads on."""

    target: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An article in the feed; `content` is its whole text."""

    title: str
    url: str
    published: str
    updated: str
    summary: str
    authors: tuple[str, ...]
    content: ProseView


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView:
    """`/feed.xml`. Source: RFC 4287 (Atom)."""

    title: str
    subtitle: str
    url: str
    home: str
    language: str
    updated: str
    publisher: str
    licence: str
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """A page and when it last changed; `lastmod` may be empty."""

    url: str
    lastmod: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapView:
    """`/sitemap.xml`. Source: sitemaps.org protocol 0.9."""

    entries: tuple[SitemapEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsView:
    """`/robots.txt`. Source: RFC 9309."""

    sitemap: str
