"""`comparisons/<id>/scoring.yaml`: how the cells of a comparison become scores, as data.

Source: OECD and JRC, Handbook on Constructing Composite Indicators (aggregation, weighting,
robustness); the words for ranks are those of standard competition and dense ranking.

Never: computes.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from msgspec import field

from alliance_site.diagnostics import Span
from alliance_site.model.record import Implicit, Record, Short
from alliance_site.model.records import NOWHERE, Absence, Slug
from alliance_site.model.values import Markdown


class Aggregate(StrEnum):
    """How the parts of a heading become its score."""

    MEAN = "mean"
    WEIGHTED_MEAN = "weighted-mean"
    SUM = "sum"
    MINIMUM = "minimum"
    LADDER = "ladder"


class AbsenceRule(StrEnum):
    """What a cell without a value counts."""

    ZERO = "zero"
    EXCLUDE = "exclude"
    BOUNDS = "bounds"


class RoundingMode(StrEnum):
    """What becomes of a number half-way between two that can be shown."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"


class RankStyle(StrEnum):
    """What follows two that share rank 1: rank 3 (competition) or rank 2 (dense)."""

    COMPETITION = "competition"
    DENSE = "dense"


class NodeScoring(Record, frozen=True, kw_only=True):
    """What one heading or criterion does otherwise than the whole.

    Attributes:
        aggregate: How its parts become its score.
        weight: What it counts in the heading above it.
    """

    aggregate: Aggregate | None = None
    weight: Decimal | None = None
    key_span: Implicit[Span] = NOWHERE
    span: Implicit[Span] = NOWHERE


class Named(Record, frozen=True, kw_only=True):
    """The name of a criterion or a heading. Short form in YAML: its id.

    Attributes:
        criterion: Its id.
    """

    criterion: Short[Slug]
    span: Implicit[Span] = NOWHERE


class Requirement(Record, frozen=True, kw_only=True):
    """What a class asks: a criterion, or every criterion under a heading, in full.

    Short form in YAML: its id. `at_least` lowers the bar to a level or a number of points.

    Attributes:
        criterion: What must be met.
        at_least: How far, where not in full.
    """

    criterion: Short[Slug]
    at_least: Slug | None = None
    span: Implicit[Span] = NOWHERE


class LadderClass(Record, frozen=True, kw_only=True):
    """A rung: held by who meets everything it asks, and everything the rungs below it ask.

    Attributes:
        label: The word that is printed.
        description: What the class means.
        requires: What it asks.
    """

    id: Slug
    label: str
    description: str = ""
    requires: tuple[Requirement, ...]
    span: Implicit[Span] = NOWHERE


class Gate(Record, frozen=True, kw_only=True):
    """A condition that limits the score to `cap`, or the class to `class`.

    It holds where `criterion` (or heading) has one of the levels `is`, or fewer points than
    `below`.

    Attributes:
        criterion: What the condition looks at.
        is_: Levels on which it holds.
        below: Points below which it holds.
        cap: The most that the score can be then.
        class_: The highest class that can be held then.
        reason: What is printed of it.
    """

    criterion: Slug
    is_: tuple[Slug, ...] = field(default=(), name="is")
    below: Decimal | None = None
    cap: Decimal | None = None
    class_: Slug | None = field(default=None, name="class")
    reason: str = ""
    span: Implicit[Span] = NOWHERE


class Rounding(Record, frozen=True, kw_only=True):
    """How many digits after the point are shown, and what happens half-way.

    Attributes:
        digits: After the point.
        mode: What happens half-way.
    """

    digits: int = 0
    mode: RoundingMode = RoundingMode.HALF_UP
    span: Implicit[Span] = NOWHERE


class Weighting(Record, frozen=True, kw_only=True):
    """Other weights under which every rank is tried; what is not named keeps its weight.

    Attributes:
        title: As it is printed.
        description: What it stands for.
        weights: Heading or criterion → its weight.
    """

    id: Slug
    title: str
    description: Markdown | None = None
    weights: Mapping[str, Decimal]
    span: Implicit[Span] = NOWHERE


class ScoringFile(Record, frozen=True, kw_only=True):
    """`comparisons/<id>/scoring.yaml`; without the file, points are added up.

    Attributes:
        aggregate: How the top of the tree, and every heading that says nothing else, is scored.
        nodes: Headings and criteria that differ, by id.
        left_out: Headings and criteria that are shown but not counted.
        unknown: What the printed score makes of unknown cells; the range of ranks always lets them
            be anything.
        not_applicable: Whether such a cell leaves the denominator, or counts as zero.
        counted_as_zero: Absences that are an answer, such as `refused`.
        inherits: Criterion → the criterion whose answer it takes where it has no cell.
        substitutes: Criterion → what a class takes in its place.
        classes: The rungs of the ladder, the lowest first.
        gates: Conditions that limit a score or a class.
        scale: What points are multiplied by, such as 100 for percent.
        unit: The word after a score, such as `points`.
        rounding: How scores are shown.
        rank: What follows two that share a rank.
        alternatives: Other weightings, in the order they are shown.
    """

    aggregate: Aggregate = Aggregate.SUM
    nodes: Mapping[str, NodeScoring] = field(default_factory=dict)
    left_out: tuple[Named, ...] = ()
    unknown: AbsenceRule = AbsenceRule.BOUNDS
    not_applicable: AbsenceRule = AbsenceRule.EXCLUDE
    counted_as_zero: tuple[Absence, ...] = ()
    inherits: Mapping[str, Named] = field(default_factory=dict)
    substitutes: Mapping[str, tuple[Named, ...]] = field(default_factory=dict)
    classes: tuple[LadderClass, ...] = ()
    gates: tuple[Gate, ...] = ()
    scale: Decimal = Decimal(1)
    unit: str = "points"
    rounding: Rounding = field(default_factory=Rounding)
    rank: RankStyle = RankStyle.COMPETITION
    alternatives: tuple[Weighting, ...] = ()
    note: Markdown | None = None
    span: Implicit[Span] = NOWHERE
