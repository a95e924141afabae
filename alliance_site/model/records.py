"""The domain's records: what an editor may say, field by field, with the standard each follows.

One record a file; its id is the file's name. Every value-bearing field has the type `Stated[T]`:
in YAML a plain value, one statement (a mapping with `value`), or a list of statements.

What a field means stands below `Attributes:` of its record, in the words of an editor's files; what
it means in every record, here. `alliance-site explain` prints both.

Never: reads a file, knows a URL or HTML.

Attributes:
    id: Its name in files and addresses: a-z, 0-9 and single hyphens.
    evidence: What shows it; `none` where nothing was found that does.
    recorded: When this site first held it; as old as what holds it, where this is left out.
    former_ids: Ids that it had before; their addresses lead to it.
    note: A remark that is printed with it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, NewType, TypeAlias, TypeVar

from msgspec import field

from alliance_site.diagnostics import Span
from alliance_site.model.record import Implicit, Places, Record, Short
from alliance_site.model.values import Markdown, PartialDate, Quantity

T = TypeVar("T")

# Ids. Each `…Id` field is a reference: `resolve` checks that the record exists.
SourceId = NewType("SourceId", str)
OrganizationId = NewType("OrganizationId", str)
AllianceId = NewType("AllianceId", str)
ObjectiveId = NewType("ObjectiveId", str)
ComparisonId = NewType("ComparisonId", str)
ArticleId = NewType("ArticleId", str)
AuthorId = NewType("AuthorId", str)
# Terms of the vocabularies that `site.yaml` declares.
SectorId = NewType("SectorId", str)
TopicId = NewType("TopicId", str)
SideId = NewType("SideId", str)
PhaseId = NewType("PhaseId", str)
# Other checked text.
Slug = NewType("Slug", str)
"""An id declared in place: a-z, 0-9 and single hyphens."""
Url = NewType("Url", str)
"""An absolute http or https address."""
UrlPattern = NewType("UrlPattern", str)
"""The same, in which `{url}` may stand for the address of a page."""
CountryCode = NewType("CountryCode", str)
"""ISO 3166-1 alpha-2, upper case."""
LanguageTag = NewType("LanguageTag", str)
"""BCP 47, such as `en` or `de-CH`."""
RecordLink = NewType("RecordLink", str)
"""A link to a record as prose writes it: `org:ibm`, `objective:skills`, `page:members`."""

NOWHERE = Span(path="")


class Basis(StrEnum):
    """Who stands behind a value: the one it is about, somebody else, or a computation."""

    SELF_REPORTED = "self_reported"
    INDEPENDENT = "independent"
    DERIVED = "derived"


class Absence(StrEnum):
    """Why there is no value. Source: BODS `unspecifiedReason`, Popolo data patterns."""

    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    NOT_DISCLOSED = "not_disclosed"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    PENDING = "pending"
    WITHHELD = "withheld"


class StatementStatus(StrEnum):
    """Whether a statement still stands."""

    STATED = "stated"
    DISPUTED = "disputed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Rank(StrEnum):
    """Which of several statements is the headline. Source: Wikidata ranks."""

    PREFERRED = "preferred"
    NORMAL = "normal"
    DEPRECATED = "deprecated"


class Supports(StrEnum):
    """What a piece of evidence does for its statement."""

    YES = "yes"
    PARTLY = "partly"
    CONTRADICTS = "contradicts"


class Confidence(StrEnum):
    """How sure the editors are."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Evidence(Record, frozen=True, kw_only=True):
    """The place in a source that shows a value.

    Short form in YAML: `source-id` or `source-id, locator`.
    Source: schema.org `citation`; CSL citation item; W3C Web Annotation TextQuoteSelector.

    Attributes:
        source: The cited work.
        locator: Where in it, such as `p. 4`.
        quote: Its own words, in one piece.
        shows: What the place shows, in your words.
        accessed: When it was last read.
        supports: Whether it bears the value out.
    """

    source: SourceId
    locator: str = ""
    quote: str = ""
    shows: str = ""
    accessed: PartialDate | None = None
    supports: Supports = Supports.YES
    span: Implicit[Span] = NOWHERE


class Validity(Record, frozen=True, kw_only=True):
    """When a statement was true; an end left out is open.

    Attributes:
        from_: The first day.
        to: The last day.
    """

    from_: PartialDate | None = field(default=None, name="from")
    to: PartialDate | None = None


class Statement(Record, Generic[T], frozen=True, kw_only=True):
    """The atom: a value, who says so, on what evidence, when it held and when it was recorded.

    Exactly one of `value` and `absence` is given. `evidence` is `None` where the author gave none
    (then the record's own `evidence` stands behind it) and empty where `evidence: none` says that
    no source was found. `id` names one of several, so that prose can print it. After `review_by`
    the value is stale. Source: BODS Statement, Wikidata statement, PROV-O.

    Attributes:
        id: Names one of several, so that prose can print it.
        value: What is stated; of the type of its field.
        absence: Why there is no value; stands in its place.
        status: Whether it still stands.
        rank: The editors' own word on which of several is printed first.
        asserted_by: Who says so.
        basis: Who stands behind it.
        valid: When it held.
        recorded: When this site first held it.
        review_by: After this day it is stale.
        evidence: What shows it; without this, the record's own evidence stands behind it.
        confidence: How sure the editors are.
    """

    id: Slug | None = None
    value: T | None = None
    absence: Absence | None = None
    status: StatementStatus = StatementStatus.STATED
    rank: Rank = Rank.NORMAL
    asserted_by: OrganizationId | None = None
    basis: Basis | None = None
    valid: Validity = field(default_factory=Validity)
    recorded: PartialDate | None = None
    review_by: PartialDate | None = None
    evidence: tuple[Evidence, ...] | None = None
    confidence: Confidence | None = None
    note: Markdown | None = None
    span: Implicit[Span] = NOWHERE


Stated: TypeAlias = tuple[Statement[T], ...]
"""One value or several that disagree, in the order written; empty where the field is left out."""


class Classification(StrEnum):
    """What kind of organisation. Source: Popolo `classification`."""

    COMPANY = "company"
    STARTUP = "startup"
    UNIVERSITY = "university"
    RESEARCH = "research"
    GOVERNMENT = "government"
    NONPROFIT = "nonprofit"
    FOUNDATION = "foundation"
    HOSPITAL = "hospital"
    CONSORTIUM = "consortium"


class Role(StrEnum):
    """What an organisation is in an alliance. Source: schema.org OrganizationRole `roleName`."""

    FOUNDER = "founder"
    FOUNDING_MEMBER = "founding-member"
    MEMBER = "member"
    COLLABORATOR = "collaborator"
    OBSERVER = "observer"


class OtherName(Record, frozen=True, kw_only=True):
    """Another name, past or present. Short form in YAML: the name. Source: Popolo Other Name.

    Attributes:
        name: The name.
        note: What sort of name it is.
        start_date: Since when it was used.
        end_date: Until when.
    """

    name: Short[str]
    note: str = ""
    start_date: PartialDate | None = None
    end_date: PartialDate | None = None


class Identifier(Record, frozen=True, kw_only=True):
    """An id in somebody else's scheme (wikidata, ror, lei, github). Source: Popolo Identifier.

    Attributes:
        scheme: Whose id it is, such as `wikidata`.
        identifier: The id.
    """

    scheme: str
    identifier: str


class Membership(Record, frozen=True, kw_only=True):
    """An organisation's place in an alliance. Source: Popolo Membership.

    Attributes:
        alliance: Of which.
        role: As what.
        start_date: Since when.
        end_date: Until when; a member has none.
    """

    alliance: AllianceId
    role: Role
    start_date: Stated[PartialDate] = ()
    end_date: Stated[PartialDate] = ()
    evidence: tuple[Evidence, ...]
    recorded: PartialDate | None = None
    note: Markdown | None = None
    span: Implicit[Span] = NOWHERE


class NotableStatement(Record, frozen=True, kw_only=True):
    """One dated thing an organisation said or did, with its evidence.

    Attributes:
        text: What was said or done.
        date: When.
    """

    text: Markdown
    date: PartialDate | None = None
    evidence: tuple[Evidence, ...]
    recorded: PartialDate | None = None
    span: Implicit[Span] = NOWHERE


class Organization(Record, frozen=True, kw_only=True):
    """`organizations/<id>.yaml`. Source: Popolo Organization, schema.org Organization.

    `evidence` at this level stands behind every plain value of the record.

    Attributes:
        name: As it calls itself.
        other_names: Names that it has or had besides.
        classification: What kind of organisation it is.
        sector: The field it works in, of those in `vocabularies`.
        country: Where it is seated, as ISO 3166-1 has it, such as `DE`.
        headquarters: The place where it is seated.
        founding_date: When it was founded.
        dissolution_date: When it ended.
        homepage: The address of its own site.
        identifiers: Its ids in the schemes of others.
        parent: The organisation that owns it.
        successor: The organisation that it became.
        summary: What it is, in one or two sentences.
        contributes_to: Promises that it works on.
        memberships: Its place in each alliance.
        notable: Dated things that it said or did.
    """

    placed = frozenset({"parent"})

    id: Implicit[OrganizationId]
    name: str
    other_names: tuple[OtherName, ...] = ()
    classification: Stated[Classification]
    sector: Stated[SectorId] = ()
    country: Stated[CountryCode] = ()
    headquarters: Stated[str] = ()
    founding_date: Stated[PartialDate] = ()
    dissolution_date: Stated[PartialDate] = ()
    homepage: Stated[Url] = ()
    identifiers: tuple[Identifier, ...] = ()
    parent: OrganizationId | None = None
    successor: OrganizationId | None = None
    summary: Markdown
    contributes_to: tuple[ObjectiveId, ...] = ()
    memberships: tuple[Membership, ...] = ()
    notable: tuple[NotableStatement, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    recorded: PartialDate | None = None
    former_ids: tuple[Slug, ...] = ()
    places: Implicit[Places] = ()
    span: Implicit[Span] = NOWHERE


class Alliance(Record, frozen=True, kw_only=True):
    """`alliances/<id>.md`: an organisation of organisations; the body is prose about it.

    Attributes:
        name: As it calls itself.
        other_names: Names that it has or had besides.
        founded: When it was founded or announced.
        founders: Who founded it.
        homepage: The address of its own site.
        summary: What it is, in one or two sentences.
        governance: How it is led.
        size_claims: How many members it says that it has.
    """

    id: Implicit[AllianceId]
    name: str
    other_names: tuple[OtherName, ...] = ()
    founded: Stated[PartialDate]
    founders: tuple[OrganizationId, ...] = ()
    homepage: Stated[Url] = ()
    summary: Markdown
    governance: Markdown | None = None
    size_claims: Stated[Quantity] = ()
    evidence: tuple[Evidence, ...] = ()
    former_ids: tuple[Slug, ...] = ()
    body: Implicit[Markdown]
    span: Implicit[Span] = NOWHERE


class ObjectiveStatus(StrEnum):
    """Where a promise stands. Source: schema.org `actionStatus`, widened."""

    ANNOUNCED = "announced"
    UNDER_WAY = "under-way"
    DELIVERED = "delivered"
    STALLED = "stalled"
    MERGED = "merged"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


class Deliverable(Record, frozen=True, kw_only=True):
    """One dated thing that was done towards an objective.

    Attributes:
        title: What was done.
        kind: What sort of thing it is, in a word of yours.
        date: When it was there.
        url: Where it is.
    """

    title: Markdown
    kind: str = ""
    date: PartialDate | None = None
    url: Url | None = None
    evidence: tuple[Evidence, ...]
    recorded: PartialDate | None = None
    span: Implicit[Span] = NOWHERE


class Objective(Record, frozen=True, kw_only=True):
    """`objectives/<id>.md`: a promise; the body says in our words what was promised.

    Attributes:
        alliance: Who promised it.
        number: Its place in the list of promises.
        title: The promise in a few words.
        first_seen: When it was first published.
        last_seen: When it was last seen published.
        predecessor: Promises that it carries on.
        successor: Promises that carry it on.
        status: Where it stands.
        owners: Who is to do it.
        deliverables: What was done towards it.
    """

    id: Implicit[ObjectiveId]
    alliance: AllianceId
    number: int
    title: str
    first_seen: PartialDate
    last_seen: PartialDate | None = None
    predecessor: tuple[ObjectiveId, ...] = ()
    successor: tuple[ObjectiveId, ...] = ()
    status: Stated[ObjectiveStatus]
    owners: tuple[OrganizationId, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    evidence: tuple[Evidence, ...]
    recorded: PartialDate | None = None
    former_ids: tuple[Slug, ...] = ()
    body: Implicit[Markdown]
    span: Implicit[Span] = NOWHERE


class ArticleKind(StrEnum):
    """Source: schema.org ReportageNewsArticle, AnalysisNewsArticle, BackgroundNewsArticle."""

    NEWS = "news"
    ANALYSIS = "analysis"
    EXPLAINER = "explainer"
    METHODOLOGY = "methodology"


class Article(Record, frozen=True, kw_only=True):
    """`articles/<year>/<id>.md`. Source: schema.org NewsArticle and its kinds.

    Attributes:
        title: The headline.
        dek: The finding in a sentence, below the headline.
        kind: What sort of article it is.
        authors: Who wrote it, of those in `site.yaml`.
        published: The day from which it is out.
        updated: When its text last changed in substance.
        checked: When its facts were last checked.
        expires: The day from which it is out no longer.
        draft: Shown with `--drafts` alone.
        language: Of its text, where that is not the site's.
        about: The records that it is about.
        topics: Of those in `vocabularies`.
        in_short: Its findings, a sentence each.
        counterpoint: What speaks against it.
        unknowns: What is not known.
        method: How it was done.
        disclosure: Interests that a reader should know of.
    """

    placed = frozenset({"updated", "expires"})

    id: Implicit[ArticleId]
    title: str
    dek: Markdown
    kind: ArticleKind
    authors: tuple[AuthorId, ...]
    published: PartialDate
    updated: PartialDate | None = None
    checked: PartialDate | None = None
    expires: PartialDate | None = None
    draft: bool = False
    language: LanguageTag | None = None
    about: tuple[RecordLink, ...] = ()
    topics: tuple[TopicId, ...] = ()
    in_short: tuple[Markdown, ...] = ()
    counterpoint: Markdown | None = None
    unknowns: Markdown | None = None
    method: Markdown | None = None
    disclosure: Markdown | None = None
    former_ids: tuple[Slug, ...] = ()
    body: Implicit[Markdown]
    places: Implicit[Places] = ()
    span: Implicit[Span] = NOWHERE


class Page(Record, frozen=True, kw_only=True):
    """`pages/<id>.md`: a page of the site's own, such as `about` or `method`.

    Attributes:
        title: The heading.
        dek: What the page is for, in a sentence.
        updated: When its text last changed in substance.
    """

    id: Implicit[Slug]
    title: str
    dek: Markdown
    updated: PartialDate | None = None
    former_ids: tuple[Slug, ...] = ()
    body: Implicit[Markdown]
    span: Implicit[Span] = NOWHERE


class SourceKind(StrEnum):
    """What a source is worth knowing as."""

    PRIMARY = "primary"
    PRESS = "press"
    ANALYSIS = "analysis"
    DATASET = "dataset"
    FILING = "filing"
    INDEX = "index"
    SOCIAL = "social"


class Reading(StrEnum):
    """How much of a source was read."""

    FULL = "full"
    EXCERPT = "excerpt"


class SourceType(StrEnum):
    """What a work is. Source: the types of CSL 1.0.2."""

    ARTICLE = "article"
    ARTICLE_JOURNAL = "article-journal"
    ARTICLE_MAGAZINE = "article-magazine"
    ARTICLE_NEWSPAPER = "article-newspaper"
    BILL = "bill"
    BOOK = "book"
    BROADCAST = "broadcast"
    CHAPTER = "chapter"
    CLASSIC = "classic"
    COLLECTION = "collection"
    DATASET = "dataset"
    DOCUMENT = "document"
    ENTRY = "entry"
    ENTRY_DICTIONARY = "entry-dictionary"
    ENTRY_ENCYCLOPEDIA = "entry-encyclopedia"
    EVENT = "event"
    FIGURE = "figure"
    GRAPHIC = "graphic"
    HEARING = "hearing"
    INTERVIEW = "interview"
    LEGAL_CASE = "legal_case"
    LEGISLATION = "legislation"
    MANUSCRIPT = "manuscript"
    MAP = "map"
    MOTION_PICTURE = "motion_picture"
    MUSICAL_SCORE = "musical_score"
    PAMPHLET = "pamphlet"
    PAPER_CONFERENCE = "paper-conference"
    PATENT = "patent"
    PERFORMANCE = "performance"
    PERIODICAL = "periodical"
    PERSONAL_COMMUNICATION = "personal_communication"
    POST = "post"
    POST_WEBLOG = "post-weblog"
    REGULATION = "regulation"
    REPORT = "report"
    REVIEW = "review"
    REVIEW_BOOK = "review-book"
    SOFTWARE = "software"
    SONG = "song"
    SPEECH = "speech"
    STANDARD = "standard"
    THESIS = "thesis"
    TREATY = "treaty"
    WEBPAGE = "webpage"


class SourceName(Record, frozen=True, kw_only=True):
    """An author. Source: CSL-JSON name variable (`family` and `given`, or `literal`).

    Attributes:
        family: Of a person.
        given: Of a person.
        literal: Of an organisation, or a name that has no such parts.
    """

    family: str = ""
    given: str = ""
    literal: str = ""


class ArchivedText(Record, frozen=True, kw_only=True):
    """The words of a source that are kept: a file below `content/archive/`, and its SHA-256.

    Attributes:
        file: Its name there.
        sha256: The digest of its bytes, in hexadecimal digits.
    """

    file: str
    sha256: str
    span: Implicit[Span] = NOWHERE


class Source(Record, frozen=True, kw_only=True):
    """An entry of `sources.yaml`, or `sources/<id>.yaml`. Source: CSL-JSON names.

    `linkable: no` marks a work whose address is known only by a copy: it is named, never linked.
    Quotes from a source with an `archived_text` must be in that.

    Attributes:
        type: What the work is.
        title: Its own title.
        author: Who wrote it.
        container_title: What it appeared in, such as a journal.
        publisher: Who published it.
        publisher_id: The same, where it has a record.
        issued: When it was published.
        accessed: When it was last read.
        url: Where it is.
        doi: Its DOI, without an address before it.
        archive: A kept copy that anyone can read.
        archived_text: Its words as this site keeps them.
        language: Of the work.
        kind: What it is worth knowing as.
        linkable: Whether its address is the work's own.
        read: How much of it was read.
        licence: Under which it may be used.
    """

    id: Implicit[SourceId]
    type: SourceType
    title: str
    author: tuple[SourceName, ...] = ()
    container_title: str = field(default="", name="container-title")
    publisher: str
    publisher_id: OrganizationId | None = None
    issued: PartialDate | None = None
    accessed: PartialDate | None = None
    recorded: PartialDate | None = None
    url: Url | None = field(default=None, name="URL")
    doi: str = field(default="", name="DOI")
    archive: Url | None = None
    archived_text: ArchivedText | None = None
    language: LanguageTag | None = None
    kind: SourceKind
    linkable: bool = True
    read: Reading
    licence: str = ""
    note: Markdown | None = None
    former_ids: tuple[Slug, ...] = ()
    span: Implicit[Span] = NOWHERE


class EventKind(StrEnum):
    """What an event was."""

    LAUNCH = "launch"
    JOIN = "join"
    LEAVE = "leave"
    RELEASE = "release"
    POLICY = "policy"
    STATEMENT = "statement"
    MEETING = "meeting"
    GOVERNANCE = "governance"
    RESEARCH = "research"
    BUSINESS = "business"


class Event(Record, frozen=True, kw_only=True):
    """An entry of `events.yaml`. Source: schema.org Event, Popolo Event.

    Attributes:
        date: When it was.
        title: What happened, in a few words.
        text: The same in a sentence or two.
        kind: What sort of event it was.
        phase: The part of the timeline, of those in `vocabularies`.
        participants: Organisations that took part.
        alliances: Alliances that it concerns.
    """

    id: Implicit[Slug]
    date: PartialDate
    title: str
    text: Markdown
    kind: EventKind
    phase: PhaseId | None = None
    participants: tuple[OrganizationId, ...] = ()
    alliances: tuple[AllianceId, ...] = ()
    evidence: tuple[Evidence, ...]
    recorded: PartialDate | None = None
    span: Implicit[Span] = NOWHERE


class StrengthLevel(StrEnum):
    """How well an argument stands, in the editors' judgement."""

    WEAK = "weak"
    MEDIUM = "medium"
    STRONG = "strong"


class Strength(Record, frozen=True, kw_only=True):
    """A judgement and its reason.

    Attributes:
        level: The judgement.
        note: Why.
    """

    level: StrengthLevel
    note: Markdown


class Argument(Record, frozen=True, kw_only=True):
    """An entry of `arguments.yaml`: one claim of the debate, by whom, and how well it stands.

    Attributes:
        topic: Of those in `vocabularies`.
        side: Of those in `vocabularies`.
        claim: The claim in a few words.
        said_by: Who makes it.
        statement: The claim as they make it.
        strength: How well it stands.
    """

    id: Implicit[Slug]
    topic: TopicId
    side: SideId
    claim: str
    said_by: str
    statement: Markdown
    strength: Strength
    evidence: tuple[Evidence, ...]
    recorded: PartialDate | None = None
    span: Implicit[Span] = NOWHERE


class Figure(Record, frozen=True, kw_only=True):
    """An entry of `figures.yaml`: a number with its unit, date and sources.

    Attributes:
        label: What is counted.
        value: The number; `more than`, `about` and the like may stand before it.
        unit: What it is a number of, such as `organisations`.
        date: The day for which it holds.
    """

    id: Implicit[Slug]
    label: str
    value: Stated[Quantity]
    unit: str
    date: PartialDate | None = None
    evidence: tuple[Evidence, ...] = ()
    recorded: PartialDate | None = None
    note: Markdown | None = None
    span: Implicit[Span] = NOWHERE


class CorrectionSeverity(StrEnum):
    """What was wrong."""

    FACTUAL = "factual"
    ATTRIBUTION = "attribution"
    CLARIFICATION = "clarification"
    TYPO = "typo"


class Correction(Record, frozen=True, kw_only=True):
    """An entry of `corrections.yaml`. Source: schema.org CorrectionComment.

    With a `field` of its target it follows the value: every page that a release shows to have
    printed it bears the notice. `was` and `now` are then as content writes them.

    Attributes:
        date: When it was corrected.
        severity: What was wrong.
        target: The record that was wrong.
        path: Which of its fields, as its file names it; of a cell `cells/<edition>/<criterion>`.
        was: What was printed; of a long text, the words that were wrong.
        now: What is printed since.
        reason: How one knows.
        found_by: Who found it.
    """

    placed = frozenset({"field", "was", "now"})

    id: Implicit[Slug]
    date: PartialDate
    severity: CorrectionSeverity
    target: RecordLink
    path: str | None = field(default=None, name="field")
    was: str
    now: str
    reason: Markdown
    found_by: str = ""
    evidence: tuple[Evidence, ...] = ()
    places: Implicit[Places] = ()
    span: Implicit[Span] = NOWHERE


class Author(Record, frozen=True, kw_only=True):
    """Who writes. An author may be a desk; nobody is made up.

    Attributes:
        name: As it is printed.
        description: Who it is, in a sentence.
        url: A page about the author.
    """

    name: str
    description: str = ""
    url: Url | None = None


class NavigationItem(Record, frozen=True, kw_only=True):
    """One entry of the main navigation.

    Attributes:
        title: The word that is printed.
        link: Where it leads, such as `page:members`.
    """

    title: str
    link: RecordLink


class Highlight(Record, frozen=True, kw_only=True):
    """One dated fact of the home page: a sentence with its evidence in it.

    Attributes:
        text: The sentence, with its citation.
        link: Where one reads on.
    """

    text: Markdown
    link: RecordLink | None = None


class Publisher(Record, frozen=True, kw_only=True):
    """Who is responsible for the site.

    Attributes:
        name: As it is printed.
        url: Its own site.
        email: Where it can be reached.
    """

    name: str
    url: Url | None = None
    email: str = ""


class Vocabularies(Record, frozen=True, kw_only=True):
    """The site's own closed lists, id → label, in the order pages show them.

    Attributes:
        sectors: Of organisations.
        topics: Of articles, arguments and comparisons.
        sides: Of the debate.
        phases: Of the timeline.
    """

    sectors: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)
    phases: Mapping[str, str] = field(default_factory=dict)


class HeadlineTest(StrEnum):
    """What may decide which of several statements is printed first.

    `standing`: what still holds before what was superseded or withdrawn, or has ended. `rank`: the
    editors' own. `basis`: in the declared order. `recency`: what holds from the latest day, then
    what was recorded last.
    """

    STANDING = "standing"
    RANK = "rank"
    BASIS = "basis"
    RECENCY = "recency"


class Policies(Record, frozen=True, kw_only=True):
    """`policies` of `site.yaml`: the rules that the method page prints.

    Attributes:
        headline: What decides which of several statements is printed first; the first test on
            which two differ decides between them.
        basis: Which basis stands before which; one that is not listed, or not given, comes last.
        review_after_days: How long after its last check a value without `review_by` is stale.
    """

    headline: tuple[HeadlineTest, ...] = tuple(HeadlineTest)
    basis: tuple[Basis, ...] = (Basis.INDEPENDENT, Basis.DERIVED, Basis.SELF_REPORTED)
    review_after_days: int | None = None


class SocialImages(StrEnum):
    """Which pages have an image of their own for links on other sites; the rest share the site's.

    `auto` draws one for each page of note, and for articles as long as there are no more than a
    thousand: ten thousand would cost a first build half a minute.
    """

    AUTO = "auto"
    ALL = "all"
    NONE = "none"


class SiteSettings(Record, frozen=True, kw_only=True):
    """`site.yaml`.

    `as_of` is the day the content speaks for; it decides which articles are out, where neither
    `--as-of` nor `SOURCE_DATE_EPOCH` says otherwise. `search` says whether readers can search; the
    list of all pages is there in any case.

    Attributes:
        title: The name of the site.
        tagline: What the site is, in a line.
        description: What the site is, in one or two sentences.
        url: Where the site lives; `--base-url` overrides it.
        language: Of its text.
        publisher: Who is responsible for it.
        founded: When the site began; nothing was recorded before.
        as_of: The day it speaks for.
        licence: Of its text, as SPDX names it.
        licence_url: The text of the licence.
        authors: Who writes, by id.
        navigation: The entries at the top of each page.
        footer: The entries at the foot of each page.
        alliance: The alliance that it is about.
        comparison: The comparison that the home page shows.
        search: Whether readers can search.
        social_images: Which pages have an image of their own.
        highlights: Facts of the home page.
        vocabularies: Closed lists of its own.
        policies: The rules that the method page prints.
        feedback: The page of the site on which what is wrong is reported.
        feedback_url: Where it is reported instead; `{url}` in it stands for the page's own address.
    """

    title: str
    tagline: str
    description: Markdown
    url: Url
    language: LanguageTag
    publisher: Publisher
    founded: PartialDate
    as_of: PartialDate | None = None
    licence: str
    licence_url: Url | None = None
    authors: Mapping[str, Author]
    navigation: tuple[NavigationItem, ...] = ()
    footer: tuple[NavigationItem, ...] = ()
    alliance: AllianceId
    comparison: ComparisonId | None = None
    feedback: RecordLink | None = None
    feedback_url: UrlPattern | None = None
    search: bool = True
    social_images: SocialImages = SocialImages.AUTO
    highlights: tuple[Highlight, ...] = ()
    vocabularies: Vocabularies = field(default_factory=Vocabularies)
    policies: Policies = field(default_factory=Policies)
    span: Implicit[Span] = NOWHERE
