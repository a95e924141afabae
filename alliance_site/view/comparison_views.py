"""The views of comparisons: their own page, tables and parts of them, rankings, pairs, groups.

Never: makes HTML; holds a record of the model.
"""

from dataclasses import dataclass

from alliance_site.view.pages import CellView, DatedStatement, PageView
from alliance_site.view.parts import (
    Bar,
    ChartView,
    CitationFill,
    DateView,
    LevelView,
    Link,
    ProseView,
    QuoteView,
    Tally,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonCard:
    """A comparison in a list."""

    title: str
    url: str
    question: str
    summary: ProseView
    size: str
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonsView(PageView):
    """`/comparisons/`."""

    dek: str
    comparisons: tuple[ComparisonCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """A cell of the table: its mark and word, where its note stands, whether it is disputed."""

    mark: str
    word: str
    url: str
    is_disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A line of the table: a criterion and the answer of every subject, in column order.

    `heading` is the id of the topmost heading above it, which the filter by heading looks for.
    """

    head: Link
    heading: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGroup:
    """A group of columns: its id, its title and how many columns it spans."""

    id: str
    title: str
    span: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView:
    """A table of subjects (columns, by group) and criteria (rows)."""

    anchor: str
    caption: str
    groups: tuple[ColumnGroup, ...]
    columns: tuple[Link, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a ranking: a heading, and what full marks under it are."""

    link: Link
    maximum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow:
    """A line of a ranking.

    Attributes:
        rank: The place; `–` where there is no score.
        shared: With how many others the place is shared.
        between: The best and worst place in words; empty where nothing could change it.
        score: As printed; of a ladder, the class.
        could_be: From what to what the score may come out; empty where all is known.
        low: Where the range of the score begins, in percent of full marks; `high` where it ends.
        parts: The score under each heading, or the progress in each class.
        weighed: What the script that weighs anew needs: exact scores by heading, see `weighing`.
        others: The place under each other weighting, with its range.
        receipt: How all this was computed.
    """

    rank: str
    shared: int
    between: str
    subject: Link
    group: str
    score: str
    could_be: str
    low: str
    high: str
    parts: tuple[str, ...]
    weighed: str
    others: tuple[str, ...]
    receipt: str


@dataclass(frozen=True, slots=True)
class DemandView:
    """What a class asks: one thing, from which level on, and what may stand in for it."""

    needed: Link
    at_least: str
    substitutes: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ClassView:
    """A class of a ladder and what it asks beyond the class below."""

    title: str
    description: str
    demands: tuple[DemandView, ...]


@dataclass(frozen=True, slots=True)
class WeightingView:
    """Another weighting under which the places were tried."""

    title: str
    description: ProseView | None
    weights: str


@dataclass(frozen=True, slots=True)
class LimitView:
    """A gate in words, and whom it holds."""

    text: str
    subjects: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingView:
    """One edition's subjects by score.

    Attributes:
        unit: The word after a score.
        rule: How scores are made, in a sentence.
        maximum: What full marks are; empty where they differ from subject to subject.
        columns: Headings, or the classes of a ladder.
        has_unknown: Whether any score could still change.
    """

    anchor: str
    title: str
    as_of: DateView
    note: ProseView | None
    citations: CitationFill | None
    unit: str
    rule: str
    maximum: str
    columns: tuple[Column, ...]
    marks_receipt: str
    rows: tuple[RankRow, ...]
    has_unknown: bool
    weightings: tuple[WeightingView, ...]
    classes: tuple[ClassView, ...]
    weightings_receipt: str
    limits: tuple[LimitView, ...]


@dataclass(frozen=True, slots=True)
class WeighedHeading:
    """A heading that a reader can weigh: its name and the weight it has."""

    id: str
    title: str
    weight: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighingView:
    """What the reader's weights need beside the rows of the ranking.

    Attributes:
        ranking: The anchor of the ranking that is weighed.
        mode: `mean` or `sum`.
        denominator: What the whole numbers in `RankRow.weighed` are divided by.
        decimal: The mark before the digits after the point; `thousands` the one between thousands.
    """

    ranking: str
    headings: tuple[WeighedHeading, ...]
    mode: str
    denominator: str
    digits: int
    rounding: str
    rank: str
    decimal: str
    thousands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A subject over the common criteria, then and now."""

    subject: Link
    before: str
    after: str
    difference: str
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """What changed from one edition to the next, over what both have.

    Attributes:
        universe: How many subjects and criteria that is, in a sentence.
        names: How many criteria only share a name, in a sentence; empty where none does.
        reason: Why the series is broken between the two; None where it is not.
        maximum: What full marks over the common criteria are.
        rows: Empty where nothing can be compared.
        criteria: The common criteria; empty where they are all.
    """

    earlier: str
    later: str
    universe: str
    names: str
    receipt: str
    reason: ProseView | None
    citations: CitationFill | None
    maximum: str
    rows: tuple[ChangeRow, ...]
    criteria: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FilterLink:
    """A way to narrow the table: its page, what the script hides for it, how many are left.

    `count` is None where it is not said.
    """

    text: str
    url: str
    filter: str
    count: int | None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class FilterView:
    """One kind of filter."""

    title: str
    links: tuple[FilterLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePartView(PageView):
    """Part of a comparison's table: some rows and columns, a group's, or one value's.

    `parts` are the pages of a large table on which the subjects stand that are counted here.
    """

    comparison: Link
    title: str
    dek: str
    levels: tuple[LevelView, ...]
    filters: tuple[FilterView, ...]
    filters_receipt: str
    receipt: str
    attribution: str
    matrix: MatrixView | None = None
    counts: tuple[Tally, ...] = ()
    parts: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two subjects: where it stands, and in words how sure that is."""

    subject: Link
    group: str
    score: str
    standing: str
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """A criterion and two answers to it."""

    head: Link
    cells: tuple[MatrixCell, MatrixCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView(PageView):
    """`/comparisons/<id>/pairs/<a>/<b>/`: where two differ first, then where they do not."""

    comparison: Link
    edition: str
    as_of: DateView
    unit: str
    sides: tuple[Side, Side]
    finding: str
    receipt: str
    differing: tuple[PairRow, ...]
    undecided: tuple[PairRow, ...]
    same: tuple[PairRow, ...]
    levels: tuple[LevelView, ...]
    attribution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SidesRow:
    """A criterion and how two groups fare on it.

    `shares` are percent of what could be had, with a decimal; empty where nobody has a score.
    """

    head: Link
    counts: tuple[str, str]
    shares: tuple[str, str]
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SidesView(PageView):
    """`/comparisons/<id>/groups/<a>/<b>/`: two groups of subjects, the widest gap first.

    `shared` are those who are in both.
    """

    comparison: Link
    as_of: DateView
    titles: tuple[str, str]
    members: tuple[tuple[Link, ...], tuple[Link, ...]]
    shared: tuple[Link, ...]
    receipt: str
    headings: tuple[SidesRow, ...]
    rows: tuple[SidesRow, ...]
    others: tuple[Link, ...]
    attribution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseView:
    """A promise and the answers that say something of it; no cells where none does."""

    objective: Link
    status: str
    bar: Bar | None
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingView:
    """Where a subject stands in one edition, in words."""

    edition: str
    text: str
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionNotes:
    """A criterion's notes below the matrix: its question, and each subject's answer in words."""

    anchor: str
    title: str
    url: str
    question: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionLine:
    """An entry of the list of criteria; `depth` counts the headings above it, from 0."""

    title: str
    url: str
    question: str
    depth: int
    is_heading: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonView(PageView):
    """`/comparisons/<id>/`: a small one shows its matrix, a large one its rankings."""

    question: str
    summary: ProseView
    answer: ProseView | None
    as_of: DateView
    levels: tuple[LevelView, ...]
    group_name: str
    groups: tuple[tuple[str, ProseView | None], ...]
    charts: tuple[ChartView, ...]
    bars: tuple[Bar, ...]
    filters: tuple[FilterView, ...]
    filters_receipt: str
    matrix: MatrixView | None
    size_receipt: str
    parts: tuple[Link, ...]
    rankings: tuple[RankingView, ...]
    weighing: WeighingView | None
    changes: tuple[ChangeView, ...]
    pairs: tuple[Link, ...]
    sides: tuple[Link, ...]
    notes: tuple[CriterionNotes, ...]
    criteria: tuple[CriterionLine, ...]
    method: ProseView | None
    scoring_note: ProseView | None
    caution: ProseView | None
    attribution: str
    licence: str
    downloads: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionView:
    """What one side holds on a criterion."""

    group: str
    text: ProseView
    citations: CitationFill | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionCells:
    """The cells of one edition, with a bar of their values."""

    title: str
    as_of: DateView
    bar: Bar
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionView(PageView):
    """`/comparisons/<id>/criteria/<criterion>/`; a heading lists what is below it."""

    comparison: Link
    group_name: str
    title: str
    question: str
    quote: QuoteView | None
    quote_citations: CitationFill | None
    why_it_matters: ProseView | None
    grading: tuple[str, ...]
    method: ProseView | None
    positions: tuple[PositionView, ...]
    below: tuple[CriterionLine, ...]
    filters: tuple[FilterView, ...]
    filters_receipt: str
    matrix: MatrixView | None
    size_receipt: str
    predecessor: Link | None
    is_comparable: bool
    objectives: tuple[Link, ...]
    editions: tuple[EditionCells, ...]
    levels: tuple[LevelView, ...]
    attribution: str
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectView(PageView):
    """`/comparisons/<id>/subjects/<subject>/`."""

    comparison: Link
    name: str
    organization: Link | None
    group_name: str
    group: str
    summary: ProseView | None
    nuances: tuple[DatedStatement, ...]
    standings: tuple[StandingView, ...]
    promises: tuple[PromiseView, ...]
    pairs: tuple[Link, ...]
    editions: tuple[EditionCells, ...]
    levels: tuple[LevelView, ...]
    attribution: str
    previous: Link | None
    next: Link | None
