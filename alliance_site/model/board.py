"""One edition's cells → scores, ranks and their ranges, by the declared rules.

Never: rounds; looks at a second edition.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from alliance_site.model.comparison_records import Cell, CellValue, ComparisonFile, Criterion, Level
from alliance_site.model.records import Absence
from alliance_site.model.rubric import (
    extremes,
    is_scored,
    levels_of,
    points_of,
    possible_values,
)
from alliance_site.model.scoring.bounds import Answers, Limit, Rules, Score, score_subject
from alliance_site.model.scoring.declared import (
    AbsenceRule,
    Aggregate,
    Gate,
    Requirement,
    ScoringFile,
)
from alliance_site.model.scoring.fold import NOT_APPLICABLE, Answer
from alliance_site.model.scoring.ladder import Demand, Ladder, Rung, place_of_class
from alliance_site.model.scoring.ranks import RankRange, places, rank_ranges, ties
from alliance_site.model.scoring.rounding import exact
from alliance_site.model.scoring.tree import ROOT, Leaf, Node, Part, leaves, nodes, reweighted
from alliance_site.model.statements import headline


class Standing(Struct, frozen=True, kw_only=True):
    """Where a subject stands under one weighting.

    Attributes:
        rank: Of the printed score; None where there is none.
        ties: How many others share the rank.
        range: Best and worst rank while the unknown cells may be anything.
    """

    score: Score
    rank: int | None
    ties: int
    range: RankRange | None


class Board(Struct, frozen=True, kw_only=True):
    """The scores of one edition.

    Attributes:
        rules: None where nothing in the edition is scored; then there are no standings.
        gates: Those whose criterion the edition asks, in the order of the rules' limits.
        answers: Subject → criterion → what its cell counts.
        standings: Subject → its standing under the declared weights, in ranking order.
        alternatives: Weighting → subject → its standing under it.
        ranges: Subject → best and worst rank over unknown cells and over all weightings.
    """

    rules: Rules | None
    gates: tuple[Gate, ...] = ()
    answers: Mapping[str, Answers]
    standings: Mapping[str, Standing]
    alternatives: Mapping[str, Mapping[str, Standing]]
    ranges: Mapping[str, RankRange]


def make_board(
    file: ComparisonFile,
    scoring: ScoringFile,
    criteria: Sequence[Criterion],
    questions: Sequence[Criterion],
    cells: Mapping[str, Mapping[str, Cell]],
) -> Board:
    """Score one edition.

    Args:
        file: The comparison.
        scoring: Its rules.
        criteria: Headings and criteria of all editions, in table order.
        questions: The criteria that this edition answers.
        cells: Subject → criterion → its cell, for every subject of the edition.
    """
    rules = make_rules(file, scoring, criteria, questions)
    if rules is None:
        return Board(rules=None, answers={}, standings={}, alternatives={}, ranges={})
    count = _counter(file, scoring, rules)
    scored = [item for item in questions if is_scored(item)]
    answers: dict[str, Answers] = {
        subject: {item.id: count(item, found[item.id]) for item in scored}
        for subject, found in cells.items()
    }
    standings = rank(rules, scoring, answers)
    alternatives: dict[str, Mapping[str, Standing]] = {
        item.id: rank(
            under(rules, {key: exact(value) for key, value in item.weights.items()}),
            scoring,
            answers,
        )
        for item in scoring.alternatives
    }
    ranges = {}
    for subject, standing in standings.items():
        every = [standing, *(found[subject] for found in alternatives.values())]
        joined = _joined(every)
        if joined is not None:
            ranges[subject] = joined
    return Board(
        rules=rules,
        gates=_gates(scoring, rules.tree, questions),
        answers=answers,
        standings=dict(sorted(standings.items(), key=lambda pair: _order(pair[1]))),
        alternatives=alternatives,
        ranges=ranges,
    )


def _order(standing: Standing) -> tuple[bool, int, Fraction]:
    """Order by rank, then by what could still be had; equals keep the order of the file."""
    high = standing.score.high
    return (standing.rank is None, standing.rank or 0, Fraction(0) if high is None else -high)


def _joined(standings: Sequence[Standing]) -> RankRange | None:
    ranges = [item.range for item in standings if item.range is not None]
    ranges += [RankRange(item.rank, item.rank) for item in standings if item.rank is not None]
    if not ranges:
        return None
    first, *others = ranges
    for other in others:
        first = first.joined(other)
    return first


def under(rules: Rules, weights: Mapping[str, Fraction]) -> Rules:
    """Return the rules with other weights."""
    return Rules(tree=reweighted(rules.tree, weights), ladder=rules.ladder, limits=rules.limits)


def rank(rules: Rules, scoring: ScoringFile, answers: Mapping[str, Answers]) -> dict[str, Standing]:
    """Score and rank all subjects under one set of rules."""
    scores = {subject: score_subject(rules, found) for subject, found in answers.items()}
    values = {key: item.value for key, item in scores.items() if item.value is not None}
    ranked, shared = places(values, scoring.rank), ties(values)
    bounds = {
        key: (item.low, item.high)
        for key, item in scores.items()
        if item.low is not None and item.high is not None
    }
    ranges = rank_ranges(bounds, scoring.rank)
    return {
        key: Standing(
            score=item, rank=ranked.get(key), ties=shared.get(key, 0), range=ranges.get(key)
        )
        for key, item in scores.items()
    }


# Rules


def make_rules(
    file: ComparisonFile,
    scoring: ScoringFile,
    criteria: Sequence[Criterion],
    questions: Sequence[Criterion],
) -> Rules | None:
    """Turn what is declared into rules for one edition; None where it scores nothing."""
    tree = make_tree(file, scoring, criteria, questions)
    if tree is None:
        return None
    below = _leaves_below(tree)
    ladder = None
    if scoring.aggregate is Aggregate.LADDER:
        ladder = _ladder(file, scoring, {item.id: item for item in questions}, below)
    limits = tuple(_limit(item, ladder) for item in _gates(scoring, tree, questions))
    return Rules(tree=tree, ladder=ladder, limits=limits)


def _gates(scoring: ScoringFile, tree: Node, questions: Sequence[Criterion]) -> tuple[Gate, ...]:
    """Return the gates that ask what an edition asks; a criterion may be left out of the score."""
    known = {item.id for item in nodes(tree)} | {item.id for item in questions if is_scored(item)}
    return tuple(item for item in scoring.gates if item.criterion in known)


def make_tree(
    file: ComparisonFile,
    scoring: ScoringFile,
    criteria: Sequence[Criterion],
    questions: Sequence[Criterion],
) -> Node | None:
    """Make the tree of what an edition counts; None where that is nothing."""
    asked = {item.id for item in questions}
    left_out = {item.criterion for item in scoring.left_out}
    below: dict[str, list[Criterion]] = defaultdict(list)
    for item in criteria:
        below[item.parent or ROOT].append(item)

    def part(criterion: Criterion) -> Part | None:
        if criterion.id in left_out:
            return None
        own = scoring.nodes.get(criterion.id)
        weight = exact(criterion.weight if own is None or own.weight is None else own.weight)
        if below[criterion.id]:
            aggregate = scoring.aggregate if own is None else own.aggregate or scoring.aggregate
            return node(criterion.id, aggregate, weight)
        if criterion.id not in asked or not is_scored(criterion):
            return None
        low, high = extremes(levels_of(file, criterion), criterion)
        scale = exact(scoring.scale)
        return Leaf(id=criterion.id, weight=weight, low=low * scale, high=high * scale)

    def node(key: str, aggregate: Aggregate, weight: Fraction) -> Node | None:
        parts = tuple(found for item in below[key] if (found := part(item)) is not None)
        return Node(id=key, aggregate=aggregate, weight=weight, parts=parts) if parts else None

    return node(ROOT, scoring.aggregate, Fraction(1))


def _leaves_below(tree: Node) -> dict[str, tuple[Leaf, ...]]:
    """Name the counted criteria below every part, a criterion below itself."""
    found: dict[str, tuple[Leaf, ...]] = {}

    def visit(part: Part) -> None:
        found[part.id] = tuple(leaves(part))
        for item in part.parts if isinstance(part, Node) else ():
            visit(item)

    visit(tree)
    return found


def _ladder(
    file: ComparisonFile,
    scoring: ScoringFile,
    questions: Mapping[str, Criterion],
    below: Mapping[str, tuple[Leaf, ...]],
) -> Ladder:
    def bar(leaf: Leaf, at_least: str | None) -> Fraction:
        levels = levels_of(file, questions[leaf.id])
        if at_least is None or at_least not in levels:
            return leaf.high
        return points_of(levels, questions[leaf.id], at_least) * exact(scoring.scale)

    def demands(item: Requirement) -> list[Demand]:
        # A heading asks each criterion below it, so that each may have its own substitute.
        return [
            Demand(
                (
                    {leaf.id: bar(leaf, item.at_least)},
                    *(
                        {
                            other.id: bar(other, item.at_least)
                            for other in below.get(named.criterion, ())
                        }
                        for named in scoring.substitutes.get(leaf.id, ())
                    ),
                )
            )
            for leaf in below.get(item.criterion, ())
        ]

    return Ladder(
        tuple(
            Rung(item.id, tuple(found for needed in item.requires for found in demands(needed)))
            for item in scoring.classes
        )
    )


def _limit(gate: Gate, ladder: Ladder | None) -> Limit:
    if gate.class_ is not None and ladder is not None:
        cap = Fraction(place_of_class(ladder.rungs, gate.class_))
    else:
        cap = exact(gate.cap) if gate.cap is not None else Fraction(0)
    return Limit(
        part=gate.criterion,
        levels=frozenset(gate.is_),
        below=None if gate.below is None else exact(gate.below),
        cap=cap,
    )


# Answers


def _counter(
    file: ComparisonFile, scoring: ScoringFile, rules: Rules
) -> Callable[[Criterion, Cell], Answer]:
    """Return what says what cells count; most cells of a criterion say what another said."""
    asked: dict[str, frozenset[str]] = defaultdict(frozenset)
    for limit in rules.limits:
        asked[limit.part] |= limit.levels
    known: dict[tuple[str, bool, CellValue | Absence | None], Answer] = {}

    def count(criterion: Criterion, cell: Cell) -> Answer:
        statement = headline(cell.statements)
        value = None if statement is None else statement.value
        absence = None if statement is None else statement.absence
        # A level may have the name of an absence.
        place = (criterion.id, value is None, absence if value is None else value)
        if place not in known:
            known[place] = answer_of(file, scoring, criterion, cell, asked[criterion.id])
        return known[place]

    return count


def answer_of(
    file: ComparisonFile,
    scoring: ScoringFile,
    criterion: Criterion,
    cell: Cell,
    asked: frozenset[str] = frozenset(),
) -> Answer:
    """Say what a cell counts.

    Args:
        file: The comparison.
        scoring: Its rules.
        criterion: What the cell answers; it is scored.
        cell: Its headline counts.
        asked: Levels that gates ask for; an unknown cell then lists what it may be.
    """
    statement, scale = headline(cell.statements), exact(scoring.scale)
    levels = levels_of(file, criterion)
    if statement is not None and statement.value is not None:
        return _known(levels, criterion, statement.value, scale)
    absence = statement.absence if statement else Absence.UNKNOWN
    zero = Fraction(0)
    if absence is Absence.NOT_APPLICABLE:
        is_zero = scoring.not_applicable is AbsenceRule.ZERO
        return Answer(zero, zero, zero) if is_zero else NOT_APPLICABLE
    if absence in scoring.counted_as_zero:
        return Answer(zero, zero, zero)
    low, high = (end * scale for end in extremes(levels, criterion))
    printed = {AbsenceRule.ZERO: zero, AbsenceRule.EXCLUDE: None, AbsenceRule.BOUNDS: low}
    options: tuple[Answer, ...] = ()
    if asked:
        values = possible_values(levels, criterion, asked)
        options = tuple(_known(levels, criterion, value, scale) for value in values)
    return Answer(printed[scoring.unknown], low, high, options=options)


def _known(
    levels: Mapping[str, Level], criterion: Criterion, value: CellValue, scale: Fraction
) -> Answer:
    """Say what a known value counts."""
    points = points_of(levels, criterion, value) * scale
    names = value if isinstance(value, tuple) else (value,)
    return Answer(points, points, points, frozenset(str(name) for name in names))
