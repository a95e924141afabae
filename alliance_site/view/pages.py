"""One frozen record per template: all that `templates/pages/<name>.html` may know.

`HomeView` is rendered by `pages/home.html`, `ArticlesView` by `pages/articles.html`, and so on.

Never: makes HTML; holds a record of the model.
"""

from alliance_site.plain import Plain
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


class PageView(Plain, frozen=True, kw_only=True):
    """What every page has: its frame, and the sources its note marks lead to."""

    frame: Frame
    sources: tuple[SourceNote, ...] = ()


class HighlightView(Plain, frozen=True):
    """A dated fact of the home page; `link` may lead to more."""

    text: ProseView
    link: Link | None


class NewsLine(Plain, frozen=True):
    """Something that changed: when, what became of it, and where that is told."""

    date: DateView
    what: str
    link: Link


class HomeView(PageView, frozen=True, kw_only=True):
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
    news: tuple[NewsLine, ...]
    changes: Link
    ways: tuple[Tally, ...]


class AllianceView(PageView, frozen=True, kw_only=True):
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


class MemberRow(Plain, frozen=True, kw_only=True):
    """A line of the members' table; an empty text is not recorded.

    `no_date` says why there is no `joined`, where that is recorded.
    """

    name: str
    url: str
    classification: CitedText
    sector: CitedText
    country: CitedText
    role: CitedText
    joined: DateView | None
    no_date: str
    joined_citations: CitationFill | None


class MembersView(PageView, frozen=True, kw_only=True):
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


class MembershipView(Plain, frozen=True, kw_only=True):
    """One membership on an organisation's page."""

    alliance: Link
    role: str
    start: StatedView | None
    end: StatedView | None
    note: ProseView | None
    citations: CitationFill | None


class DatedStatement(Plain, frozen=True, kw_only=True):
    """Something said or done: when, what, and who says so."""

    date: DateView | None
    kind: str
    text: ProseView
    citations: CitationFill | None
    url: str = ""
    host: str = ""


class CellView(Plain, frozen=True, kw_only=True):
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


class SubjectRow(Plain, frozen=True, kw_only=True):
    """How an organisation fares in one comparison, on its profile.

    `pairs` is where it is set beside another; empty where it is with none.
    """

    comparison: Link
    subject: Link
    pairs: str
    edition: str
    bar: Bar | None
    cells: tuple[CellView, ...]


class OrganizationView(PageView, frozen=True, kw_only=True):
    """`/organizations/<id>/`, for members and others.

    `not_compared` is the site's main comparison, where a member is in none.
    """

    name: str
    other_names: tuple[str, ...]
    role_line: str
    summary: ProseView
    facts: tuple[FactRow, ...]
    memberships: tuple[MembershipView, ...]
    objectives: tuple[Link, ...]
    notable: tuple[DatedStatement, ...]
    subjects: tuple[SubjectRow, ...]
    not_compared: Link | None
    events: tuple[EventView, ...]
    articles: tuple[ArticleCard, ...]


class OrganizationRow(Plain, frozen=True, kw_only=True):
    """A line of the table of organisations that are no members; an empty text is not recorded."""

    name: str
    url: str
    classification: CitedText
    country: CitedText
    summary: CitedText


class OrganizationsView(PageView, frozen=True, kw_only=True):
    """`/organizations/`: those that are compared but are no members."""

    dek: str
    organizations: tuple[OrganizationRow, ...]


class ObjectiveView(PageView, frozen=True, kw_only=True):
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


class ArgumentView(Plain, frozen=True, kw_only=True):
    """One argument; `strength` is `weak`, `medium` or `strong`."""

    anchor: str
    side: str
    claim: str
    said_by: str
    statement: ProseView
    strength: str
    strength_note: ProseView
    citations: CitationFill | None


class ArgumentTopic(Plain, frozen=True, kw_only=True):
    """The arguments on one topic, in the order of the sides."""

    anchor: str
    title: str
    url: str
    arguments: tuple[ArgumentView, ...]


class SideClaims(Plain, frozen=True, kw_only=True):
    """The claims of one side, as links to the arguments."""

    anchor: str
    title: str
    links: tuple[Link, ...]


class ArgumentsView(PageView, frozen=True, kw_only=True):
    """`/arguments/`; `sides` lead to `by_side`."""

    dek: str
    sides: tuple[Tally, ...]
    by_side: tuple[SideClaims, ...]
    topics: tuple[ArgumentTopic, ...]


class ArticlesView(PageView, frozen=True, kw_only=True):
    """`/articles/` and its older pages, newest first."""

    dek: str
    topics: tuple[Tally, ...]
    articles: tuple[ArticleCard, ...]
    newer: Link | None
    older: Link | None
    feeds: tuple[Link, ...]


class TopicView(PageView, frozen=True, kw_only=True):
    """`/topics/<topic>/`: what the site has on it."""

    articles: tuple[ArticleCard, ...]
    arguments: tuple[Link, ...]
    topics: tuple[Tally, ...]
    feeds: tuple[Link, ...]


class AuthorView(Plain, frozen=True, kw_only=True):
    """Who wrote an article."""

    name: str
    description: str
    url: str


class ArticleView(PageView, frozen=True, kw_only=True):
    """`/articles/<id>/`.

    Attributes:
        minutes: How long reading takes, at 230 words a minute, at least 1.
        language: Where it is another than the site's; empty otherwise, as `direction` is.
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
    language: str
    direction: str
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


class Phase(Plain, frozen=True, kw_only=True):
    """A stretch of the timeline."""

    title: str
    events: tuple[EventView, ...]


class TimelineView(PageView, frozen=True, kw_only=True):
    """`/timeline/`; `years` lead to the first event of each."""

    dek: str
    receipt: str
    chart: ChartView | None
    years: tuple[Link, ...]
    phases: tuple[Phase, ...]


class SourceRow(Plain, frozen=True, kw_only=True):
    """A line of the list of sources: on how many pages it is cited, how many values rest on it."""

    title: str
    url: str
    publisher: str
    issued: DateView | None
    count: int
    values: int
    receipt: str


class SourceGroup(Plain, frozen=True, kw_only=True):
    """The sources of one kind."""

    title: str
    anchor: str
    rows: tuple[SourceRow, ...]
    receipt: str


class SourcesView(PageView, frozen=True, kw_only=True):
    """`/sources/`."""

    dek: str
    receipt: str
    groups: tuple[SourceGroup, ...]
    total: int
    downloads: tuple[Link, ...]


class RestingRow(Plain, frozen=True):
    """A value that rests on a source: which field, and what it says."""

    label: str
    says: str


class RestingRecord(Plain, frozen=True):
    """The values of one record that rest on a source.

    `rows` is empty where they are too many to list here; the record's page shows them. Few are
    listed without their number, and `receipt` is empty then.
    """

    record: Link
    count: int
    receipt: str
    rows: tuple[RestingRow, ...]


class SourceView(PageView, frozen=True, kw_only=True):
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


class FigureRow(Plain, frozen=True, kw_only=True):
    """A number with its unit, date and sources."""

    anchor: str
    label: str
    value: StatedView
    unit: str
    date: DateView | None
    note: ProseView | None


class FiguresView(PageView, frozen=True, kw_only=True):
    """`/figures/`."""

    dek: str
    receipt: str
    figures: tuple[FigureRow, ...]
    csv: Link


class CorrectionView(Plain, frozen=True, kw_only=True):
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


class CorrectionsView(PageView, frozen=True, kw_only=True):
    """`/corrections/`; when there are none, the page says since when.

    `released` is the day of the first release; None before it.
    """

    corrections: tuple[CorrectionView, ...]
    since: DateView
    released: DateView | None
    feeds: tuple[Link, ...]


class TextView(PageView, frozen=True, kw_only=True):
    """A page of the site's own, such as `/about/` and `/method/`."""

    dek: ProseView
    body: ProseView
    headings: tuple[Heading, ...]
    updated: DateView | None


class DataFile(Plain, frozen=True, kw_only=True):
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


class DataPackage(Plain, frozen=True, kw_only=True):
    """Tables that belong together, and the file that describes them."""

    title: str
    description: Link
    tables: tuple[Link, ...]


class DataView(PageView, frozen=True, kw_only=True):
    """`/data/`."""

    dek: str
    files: tuple[DataFile, ...]
    packages: tuple[DataPackage, ...]
    attributions: tuple[str, ...]
    charts: Link


class SearchGroup(Plain, frozen=True, kw_only=True):
    """The pages of one kind, in alphabetical order."""

    title: str
    anchor: str
    links: tuple[Link, ...]


class SearchView(PageView, frozen=True, kw_only=True):
    """`/search/`: every page by kind, which works with the browser's own search.

    Attributes:
        index: The folder of the search index.
        members: The address of the list of members.
    """

    dek: str
    index: str
    members: str
    groups: tuple[SearchGroup, ...]


class NotFoundView(PageView, frozen=True, kw_only=True):
    """`/404.html`."""

    ways: tuple[Link, ...]


class RedirectView(PageView, frozen=True, kw_only=True):
    """A former address: a stub that leads on."""

    target: Link


class FeedEntry(Plain, frozen=True, kw_only=True):
    """An article in the feed; `content` is its whole text."""

    title: str
    url: str
    published: str
    updated: str
    summary: str
    authors: tuple[str, ...]
    content: ProseView


class FeedView(Plain, frozen=True, kw_only=True):
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


class SitemapEntry(Plain, frozen=True, kw_only=True):
    """A page and when it last changed; `lastmod` may be empty."""

    url: str
    lastmod: str


class SitemapView(Plain, frozen=True, kw_only=True):
    """`/sitemap.xml`. Source: sitemaps.org protocol 0.9."""

    entries: tuple[SitemapEntry, ...]


class RobotsView(Plain, frozen=True, kw_only=True):
    """`/robots.txt`. Source: RFC 9309."""

    sitemap: str
