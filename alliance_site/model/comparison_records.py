"""The records of a comparison: subjects, criteria with their rubrics, cells, editions.

Source: CLDF (ParameterTable, CodeTable, ValueTable); schema.org Observation and Claim.

Never: reads a file, scores.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from msgspec import field

from alliance_site.diagnostics import Span
from alliance_site.model.record import Implicit, Record
from alliance_site.model.records import (
    NOWHERE,
    Basis,
    Evidence,
    ObjectiveId,
    OrganizationId,
    Slug,
    Stated,
    TopicId,
)
from alliance_site.model.values import Markdown, PartialDate


class Mark(StrEnum):
    """The shape that stands beside a level's word, so that colour is never needed."""

    OPEN = "open"
    PARTLY = "partly"
    CLOSED = "closed"


class Level(Record, frozen=True, kw_only=True):
    """One answer a criterion allows.

    Attributes:
        label: The word that is printed.
        description: When this is the answer.
        points: What it counts in a score.
        mark: Where it is left out: open for the most points of the rubric, closed for the fewest.
    """

    label: str
    description: str = ""
    points: Decimal = Decimal(0)
    mark: Mark | None = None

    @property
    def shape(self) -> Mark:
        """The mark that is shown."""
        return self.mark or Mark.PARTLY


class Group(Record, frozen=True, kw_only=True):
    """A group of subjects, such as a camp.

    Attributes:
        title: The word that is printed.
        description: Who is in it, and why.
    """

    title: str
    description: Markdown | None = None


class Nuance(Record, frozen=True, kw_only=True):
    """A dated fact that complicates a subject's place in its group.

    Attributes:
        text: The fact.
        date: When it was.
    """

    text: Markdown
    date: PartialDate | None = None
    evidence: tuple[Evidence, ...]
    recorded: PartialDate | None = None
    span: Implicit[Span] = NOWHERE


class Subject(Record, frozen=True, kw_only=True):
    """One who is compared; its organisation, where the site has one.

    Attributes:
        name: As it is printed.
        organization: Its profile, where the site has one.
        group: Of those in `groups`.
        summary: What it is, in a sentence or two.
        nuances: What complicates its place in its group.
    """

    id: Slug
    name: str
    organization: OrganizationId | None = None
    group: Slug
    summary: Markdown | None = None
    nuances: tuple[Nuance, ...] = ()
    span: Implicit[Span] = NOWHERE


class Break(Record, frozen=True, kw_only=True):
    """Why an edition's numbers must not be read as a continuation of an earlier one's.

    Attributes:
        from_edition: The earlier edition.
        reason: What is not the same.
    """

    from_edition: Slug
    reason: Markdown
    evidence: tuple[Evidence, ...] = ()
    span: Implicit[Span] = NOWHERE


class Edition(Record, frozen=True, kw_only=True):
    """One dated run of a comparison; `as_of` is what it speaks for, `published` when it was out.

    Attributes:
        title: As it is printed.
        as_of: The day it speaks for.
        published: When it was out.
        breaks: Earlier editions that it does not continue.
    """

    id: Slug
    title: str
    as_of: PartialDate
    published: PartialDate | None = None
    note: Markdown | None = None
    breaks: tuple[Break, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    recorded: PartialDate | None = None
    span: Implicit[Span] = NOWHERE


class Position(Record, frozen=True, kw_only=True):
    """What one side of the debate holds on a criterion.

    Attributes:
        group: Whose it is, of those in `groups`.
        text: What they hold.
    """

    group: Slug
    text: Markdown
    evidence: tuple[Evidence, ...]


class CriterionType(StrEnum):
    """What kind of answer a criterion asks for."""

    LEVEL = "level"
    BOOL = "bool"
    NUMBER = "number"
    TEXT = "text"
    MULTI = "multi"


class Direction(StrEnum):
    """Which end of a number is the good one."""

    HIGHER = "higher"
    LOWER = "lower"


class Comparability(StrEnum):
    """Whether answers to a criterion can be set beside those to its predecessor."""

    YES = "yes"
    NO = "no"
    RESCALED = "rescaled"


class Interval(Record, frozen=True, kw_only=True):
    """From one number to another, ends included.

    Attributes:
        from_: The one end.
        to: The other end.
    """

    from_: Decimal = field(name="from")
    to: Decimal


class Criterion(Record, frozen=True, kw_only=True):
    """One question of a comparison; a criterion that others name as `parent` is a heading.

    Attributes:
        parent: The heading it stands under.
        title: As it is printed.
        question: What is asked.
        type: What kind of answer it asks for; a `text` is shown and not scored.
        rubric: Its own levels (of `bool`: `yes` and `no`); without it, those of the comparison.
        unit: Of a number.
        direction: Of a number; `lower` turns its points round.
        range: Between what a number lies.
        points: What the ends of `range` count; as much as they say, where this is left out.
        weight: In a weighted mean or a sum.
        applies_to: Groups or subjects that are asked; all, where it is left out.
        predecessor: The criterion of earlier editions that it follows, and whether the answers are
            `comparable`.
        comparable: Whether answers to both can be set side by side.
        objectives: Promises that an answer says something about.
        why_it_matters: Why it is asked.
        method: How its answers are found.
        positions: What the sides of the debate hold on it.
        editions: Those in which it is asked; all, where it is left out.
    """

    id: Slug
    parent: Slug | None = None
    title: str
    question: str = ""
    type: CriterionType = CriterionType.LEVEL
    rubric: Mapping[str, Level] = field(default_factory=dict)
    unit: str = ""
    direction: Direction = Direction.HIGHER
    range: Interval | None = None
    points: Interval | None = None
    weight: Decimal = Decimal(1)
    applies_to: tuple[Slug, ...] = ()
    predecessor: Slug | None = None
    comparable: Comparability = Comparability.YES
    objectives: tuple[ObjectiveId, ...] = ()
    why_it_matters: Markdown | None = None
    method: Markdown | None = None
    positions: tuple[Position, ...] = ()
    editions: tuple[Slug, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    span: Implicit[Span] = NOWHERE


class CriteriaFile(Record, frozen=True, kw_only=True):
    """`comparisons/<id>/criteria.yaml`, in the order the table shows them.

    Attributes:
        criteria: The tree; a criterion that others name as `parent` is a heading.
    """

    criteria: tuple[Criterion, ...]


class RawValue(Record, frozen=True):
    """A cell's value as written; what kind of answer it is depends on its criterion."""

    texts: tuple[str, ...]

    def __str__(self) -> str:
        """Write it as content does."""
        return ", ".join(self.texts)


CellValue: TypeAlias = str | Decimal | tuple[str, ...]
"""A level, `yes` or `no`, or a text; a number; or several levels."""


class Rating(Record, frozen=True, kw_only=True):
    """What one rater found, before raters agreed on the cell's value.

    Attributes:
        rater: Who.
        value: What the rater found.
        date: When.
    """

    rater: str
    value: RawValue
    date: PartialDate | None = None
    note: Markdown | None = None
    span: Implicit[Span] = NOWHERE


class ReadRating(Record, frozen=True, kw_only=True):
    """A rating with a value of the criterion's kind, one that its rubric holds."""

    rater: str
    value: CellValue
    date: PartialDate | None = None
    note: Markdown | None = None


class ReplyOutcome(StrEnum):
    """What came of a subject's reply."""

    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly-accepted"
    REJECTED = "rejected"
    NOTED = "noted"
    PENDING = "pending"


class Reply(Record, frozen=True, kw_only=True):
    """What the subject says to its cell. Source: the right of reply in press codes.

    Attributes:
        by: Who replies.
        text: What they say.
        date: When.
        outcome: What came of it.
    """

    by: OrganizationId | None = None
    text: Markdown
    date: PartialDate | None = None
    outcome: ReplyOutcome = ReplyOutcome.NOTED
    evidence: tuple[Evidence, ...] = ()
    span: Implicit[Span] = NOWHERE


class CellEntry(Record, frozen=True, kw_only=True):
    """A cell as written: a value, a statement, a list of statements; or a mapping with more.

    A bare list of values is one statement with several values. Beside the keys of a statement, or
    `statements`, a mapping may hold `ratings`, `reply` and `review_by`.

    Attributes:
        ratings: What each rater found.
        reply: What the subject says to it.
        review_by: After this day it is stale.
    """

    statements: Stated[RawValue] = field(name="")
    ratings: tuple[Rating, ...] = ()
    reply: Reply | None = None
    review_by: PartialDate | None = None
    key_span: Implicit[Span] = NOWHERE


class CellsFile(Record, frozen=True, kw_only=True):
    """`comparisons/<id>/cells/<subject>.yaml`: a subject's answers by criterion.

    A comparison with one edition uses `cells`; one with several uses `editions`, by edition.
    `evidence` stands behind every plain value of the file, `basis` is that of all that name none.

    Attributes:
        cells: Criterion → answer.
        editions: Edition → criterion → answer.
        basis: Who stands behind all answers that do not say.
    """

    cells: Mapping[str, CellEntry] = field(default_factory=dict)
    editions: Mapping[str, Mapping[str, CellEntry]] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    basis: Basis | None = None
    recorded: PartialDate | None = None
    span: Implicit[Span] = NOWHERE


class Cell(Record, frozen=True, kw_only=True):
    """One subject's answer to one criterion in one edition.

    Attributes:
        statements: With values of the criterion's kind, each of them in its rubric.
        evidence: The cells file's own, which stands behind statements that give none.
        recorded: The cells file's own, likewise.
        inherited_from: The criterion whose answer this is; empty where it is the cell's own.
    """

    statements: Stated[CellValue]
    evidence: tuple[Evidence, ...] = ()
    recorded: PartialDate | None = None
    ratings: tuple[ReadRating, ...] = ()
    reply: Reply | None = None
    review_by: PartialDate | None = None
    inherited_from: str = ""


class ComparisonFile(Record, frozen=True, kw_only=True):
    """`comparisons/<id>/comparison.yaml`.

    Attributes:
        title: Its name.
        question: What is asked of all.
        summary: Who is compared, and why.
        answer: The finding, at the top of its page.
        levels: What criteria of the type `level` may answer where they have no rubric of their own.
        group_name: What a group is called, such as Camp.
        groups: What subjects are grouped by, by id.
        subjects: Who is compared, in the order of the table.
        editions: The dated runs.
        pairs: Subjects that get a page side by side; where it is left out, all pairs of a small
            comparison, and neighbours in the ranking of a large one.
        method: How it was made.
        caution: What its numbers must not be read as.
        licence: Of its data, as SPDX names it.
        attribution: Who is to be named for its data.
        topics: Of those in `vocabularies`.
    """

    title: str
    question: str
    summary: Markdown
    answer: Markdown | None = None
    levels: Mapping[str, Level] = field(default_factory=dict)
    group_name: str = "Group"
    groups: Mapping[str, Group]
    subjects: tuple[Subject, ...]
    editions: tuple[Edition, ...]
    pairs: tuple[tuple[Slug, ...], ...] = ()
    method: Markdown | None = None
    caution: Markdown | None = None
    licence: str = ""
    attribution: str = ""
    topics: tuple[TopicId, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    former_ids: tuple[Slug, ...] = ()
    span: Implicit[Span] = NOWHERE
