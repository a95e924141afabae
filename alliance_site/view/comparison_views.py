"""The views of comparisons: their own page, tables and parts of them, rankings, pairs, groups.

Never: makes HTML; holds a record of the model.
"""

from alliance_site.plain import Plain
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
    ValueView,
)


class ComparisonCard(Plain, frozen=True, kw_only=True):
    """A comparison in a list."""

    title: str
    url: str
    question: str
    summary: ProseView
    size: str
    receipt: str


class ComparisonsView(PageView, frozen=True, kw_only=True):
    """`/comparisons/`."""

    dek: str
    comparisons: tuple[ComparisonCard, ...]


class MatrixCell(Plain, frozen=True, kw_only=True):
    """A cell of the table: its mark and word, where its note stands, whether it is disputed."""

    mark: str
    word: str
    url: str
    is_disputed: bool = False


class MatrixRow(Plain, frozen=True, kw_only=True):
    """A line of the table: a criterion and the answer of every subject, in column order.

    `heading` is the id of the topmost heading above it, which the filter by heading looks for.
    """

    head: Link
    heading: str
    cells: tuple[MatrixCell, ...]


class ColumnGroup(Plain, frozen=True, kw_only=True):
    """A group of columns: its id, its title and how many columns it spans."""

    id: str
    title: str
    span: int


class MatrixView(Plain, frozen=True, kw_only=True):
    """A table of subjects (columns, by group) and criteria (rows)."""

    anchor: str
    caption: str
    groups: tuple[ColumnGroup, ...]
    columns: tuple[Link, ...]
    rows: tuple[MatrixRow, ...]


class Column(Plain, frozen=True):
    """A column of a ranking: a heading, and what full marks under it are."""

    link: Link
    maximum: str


class RankRow(Plain, frozen=True, kw_only=True):
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


class DemandView(Plain, frozen=True):
    """What a class asks: one thing, from which level on, and what may stand in for it."""

    needed: Link
    at_least: str
    substitutes: tuple[Link, ...]


class ClassView(Plain, frozen=True):
    """A class of a ladder and what it asks beyond the class below."""

    title: str
    description: str
    demands: tuple[DemandView, ...]


class WeightingView(Plain, frozen=True):
    """Another weighting under which the places were tried."""

    title: str
    description: ProseView | None
    weights: str


class LimitView(Plain, frozen=True):
    """A gate in words, and whom it holds."""

    text: str
    subjects: tuple[Link, ...]


class RankingView(Plain, frozen=True, kw_only=True):
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


class WeighedHeading(Plain, frozen=True):
    """A heading that a reader can weigh: its name and the weight it has."""

    id: str
    title: str
    weight: str


class WeighingView(Plain, frozen=True, kw_only=True):
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


class EditionChangeRow(Plain, frozen=True, kw_only=True):
    """A subject over the common criteria, then and now."""

    subject: Link
    before: str
    after: str
    difference: str
    receipt: str


class ChangeView(Plain, frozen=True, kw_only=True):
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
    rows: tuple[EditionChangeRow, ...]
    criteria: tuple[Link, ...]


class FilterLink(Plain, frozen=True):
    """A way to narrow the table: its page, what the script hides for it, how many are left.

    `count` is None where it is not said.
    """

    text: str
    url: str
    filter: str
    count: int | None
    is_current: bool = False


class FilterView(Plain, frozen=True):
    """One kind of filter."""

    title: str
    links: tuple[FilterLink, ...]


class TablePartView(PageView, frozen=True, kw_only=True):
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


class Side(Plain, frozen=True, kw_only=True):
    """One of two subjects: where it stands, and in words how sure that is."""

    subject: Link
    group: str
    score: str
    standing: str
    receipt: str


class PairCell(Plain, frozen=True, kw_only=True):
    """One of two answers beside each other, and what it rests on."""

    shown: MatrixCell
    grounds: ValueView


class PairRow(Plain, frozen=True, kw_only=True):
    """A criterion and two answers to it."""

    head: Link
    cells: tuple[PairCell, PairCell]


class PairView(PageView, frozen=True, kw_only=True):
    """`/comparisons/<id>/pairs/<a>/<b>/`: where two differ first, then where they do not."""

    comparison: Link
    edition: str
    as_of: DateView
    newest: DateView | None
    unit: str
    sides: tuple[Side, Side]
    finding: str
    receipt: str
    differing: tuple[PairRow, ...]
    undecided: tuple[PairRow, ...]
    same: tuple[PairRow, ...]
    levels: tuple[LevelView, ...]
    attribution: str


class AnswerCount(Plain, frozen=True):
    """How many give an answer: its mark, its word, how many."""

    mark: str
    text: str
    count: int


class SidesRow(Plain, frozen=True, kw_only=True):
    """A criterion and how two groups fare on it.

    Attributes:
        head: The criterion, or a heading.
        counts: Of each group, how many answer what: levels in their order, absences last; empty
            for a heading.
        shares: Percent of what could be had, whole where the groups are small; empty where nobody
            has a score.
        gap: What the first share is more than the second, with its sign; empty where one is empty.
    """

    head: Link
    counts: tuple[tuple[AnswerCount, ...], tuple[AnswerCount, ...]]
    shares: tuple[str, str]
    gap: str


class SidesView(PageView, frozen=True, kw_only=True):
    """`/comparisons/<id>/groups/<a>/<b>/`: two groups of subjects, the widest gap first.

    `shared` are those who are in both.
    """

    comparison: Link
    as_of: DateView
    newest: DateView | None
    titles: tuple[str, str]
    members: tuple[tuple[Link, ...], tuple[Link, ...]]
    shared: tuple[Link, ...]
    levels: tuple[LevelView, ...]
    receipt: str
    headings: tuple[SidesRow, ...]
    rows: tuple[SidesRow, ...]
    others: tuple[Link, ...]
    attribution: str


class PromiseView(Plain, frozen=True, kw_only=True):
    """A promise and the answers that say something of it; no cells where none does."""

    objective: Link
    status: str
    bar: Bar | None
    cells: tuple[CellView, ...]


class StandingView(Plain, frozen=True, kw_only=True):
    """Where a subject stands in one edition, in words."""

    edition: str
    text: str
    receipt: str


class CriterionNotes(Plain, frozen=True, kw_only=True):
    """A criterion's notes below the matrix: its question, and each subject's answer in words."""

    anchor: str
    title: str
    url: str
    question: str
    cells: tuple[CellView, ...]


class CriterionLine(Plain, frozen=True, kw_only=True):
    """An entry of the list of criteria; `depth` counts the headings above it, from 0."""

    title: str
    url: str
    question: str
    depth: int
    is_heading: bool


class Coverage(Plain, frozen=True, kw_only=True):
    """How many members of the site's alliance are compared, of how many; each with its receipt."""

    compared: int
    total: int
    alliance: str
    compared_receipt: str
    total_receipt: str


class ComparisonView(PageView, frozen=True, kw_only=True):
    """`/comparisons/<id>/`: a small one shows its matrix, a large one its rankings.

    `pairs` are listed where they are few; else `paired` lead to the pairs of each subject.
    """

    question: str
    summary: ProseView
    answer: ProseView | None
    as_of: DateView
    newest: DateView | None
    coverage: Coverage | None
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
    paired: tuple[Link, ...]
    sides: tuple[Link, ...]
    notes: tuple[CriterionNotes, ...]
    criteria: tuple[CriterionLine, ...]
    method: ProseView | None
    scoring_note: ProseView | None
    caution: ProseView | None
    attribution: str
    licence: str
    downloads: tuple[Link, ...]


class PositionView(Plain, frozen=True, kw_only=True):
    """What one side holds on a criterion."""

    group: str
    text: ProseView
    citations: CitationFill | None


class EditionCells(Plain, frozen=True, kw_only=True):
    """The cells of one edition, with a bar of their values."""

    title: str
    as_of: DateView
    newest: DateView | None
    bar: Bar
    cells: tuple[CellView, ...]


class CriterionView(PageView, frozen=True, kw_only=True):
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


class SubjectView(PageView, frozen=True, kw_only=True):
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
