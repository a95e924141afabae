"""The least and the most a score could come to, against every way unknown cells may turn out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from alliance_site.model.board import make_board
from alliance_site.model.comparison_records import (
    Cell,
    ComparisonFile,
    Criterion,
    Edition,
    Group,
    Level,
    Subject,
)
from alliance_site.model.records import Absence, Slug, Statement
from alliance_site.model.scoring.declared import (
    AbsenceRule,
    Aggregate,
    Gate,
    LadderClass,
    Named,
    NodeScoring,
    RankStyle,
    Requirement,
    ScoringFile,
    Weighting,
)
from alliance_site.model.values import Markdown, PartialDate

LEVELS = {"open": Decimal(1), "partly": Decimal("0.5"), "closed": Decimal(0)}
CRITERIA = ("top", "one", "two", "side", "three")


@dataclass(frozen=True)
class Case:
    """A small comparison: its rules and, subject by subject, a level, `?` or `-` per criterion."""

    scoring: ScoringFile
    rows: Mapping[str, tuple[str, str, str]]


def criterion(key: str, parent: str | None = None) -> Criterion:
    return Criterion(id=Slug(key), parent=Slug(parent) if parent else None, title=key)


TREE = (
    criterion("top"),
    criterion("one", "top"),
    criterion("two", "top"),
    criterion("three"),
)
QUESTIONS = (TREE[1], TREE[2], TREE[3])


def file_of(subjects: Mapping[str, object]) -> ComparisonFile:
    return ComparisonFile(
        title="Test",
        question="?",
        summary=Markdown(text="."),
        levels={key: Level(label=key, points=points) for key, points in LEVELS.items()},
        groups={"all": Group(title="All")},
        subjects=tuple(Subject(id=Slug(key), name=key, group=Slug("all")) for key in subjects),
        editions=(Edition(id=Slug("now"), title="Now", as_of=PartialDate(2024)),),
    )


def cell(mark: str) -> Cell:
    absences = {"?": Absence.UNKNOWN, "-": Absence.NOT_APPLICABLE}
    if mark in absences:
        return Cell(statements=(Statement(absence=absences[mark]),))
    return Cell(statements=(Statement(value=mark),))


def board(case: Case, rows: Mapping[str, tuple[str, str, str]] | None = None) -> Any:
    rows = rows or case.rows
    cells: dict[str, dict[str, Cell]] = {
        subject: {item.id: cell(mark) for item, mark in zip(QUESTIONS, marks, strict=True)}
        for subject, marks in rows.items()
    }
    return make_board(file_of(rows), case.scoring, TREE, QUESTIONS, cells)


def completions(rows: Mapping[str, tuple[str, ...]]) -> Iterator[dict[str, tuple[str, str, str]]]:
    """Fill the unknown cells of all subjects in every way."""
    flat = [mark for marks in rows.values() for mark in marks]
    for chosen in product(*(LEVELS if mark == "?" else (mark,) for mark in flat)):
        yield {
            key: (chosen[3 * place], chosen[3 * place + 1], chosen[3 * place + 2])
            for place, key in enumerate(rows)
        }


MARKS = st.sampled_from(["open", "partly", "closed", "closed", "?", "-"])
WEIGHTS = st.integers(1, 3).map(Decimal)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw rules, and up to three subjects of which not many cells are unknown."""
    aggregates = st.sampled_from([item for item in Aggregate if item is not Aggregate.LADDER])
    is_ladder = draw(st.booleans())
    conditions: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
        [
            {"is_": (Slug("open"),)},
            {"is_": (Slug("closed"),)},
            {"is_": (Slug("partly"), Slug("closed"))},
            {"below": Decimal("0.5")},
        ]
    )
    caps = st.sampled_from([Decimal("0.7"), Decimal("0.2")])
    gates = tuple(
        Gate(
            criterion=Slug(draw(st.sampled_from(["one", "three"]))),
            **draw(conditions),
            class_=Slug("low") if is_ladder else None,
            cap=None if is_ladder else draw(caps),
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    left_out = draw(st.sampled_from([(), (Named(criterion=Slug("three")),)]))
    classes = (
        LadderClass(id=Slug("low"), label="Low", requires=(Requirement(criterion=Slug("one")),)),
        LadderClass(id=Slug("high"), label="High", requires=(Requirement(criterion=Slug("top")),)),
    )
    scoring = ScoringFile(
        aggregate=Aggregate.LADDER if is_ladder else draw(aggregates),
        nodes={"top": NodeScoring(aggregate=draw(aggregates), weight=draw(WEIGHTS))},
        classes=classes if is_ladder else (),
        gates=gates,
        left_out=left_out,
        rank=RankStyle.COMPETITION,
        alternatives=(
            Weighting(id=Slug("other"), title="Other", weights={"three": draw(WEIGHTS)}),
        ),
    )
    rows = {key: draw(st.tuples(MARKS, MARKS, MARKS)) for key in "abc"[: draw(st.integers(1, 3))]}
    # Not more than 3^5 completions.
    unknown = 0
    for key, marks in rows.items():
        kept = []
        for mark in marks:
            unknown += mark == "?"
            kept.append("closed" if mark == "?" and unknown > 5 else mark)
        rows[key] = (kept[0], kept[1], kept[2])
    return Case(scoring, rows)


@given(cases())
def test_scores_and_ranks_are_bounded_exactly_as_brute_force_finds(case: Case) -> None:
    found = board(case)
    every = [board(case, rows) for rows in completions(case.rows)]
    for subject, standing in found.standings.items():
        scores = [item.standings[subject].score.value for item in every]
        known = [score for score in scores if score is not None]
        assert (standing.score.low, standing.score.high) == (
            min(known, default=None),
            max(known, default=None),
        )
        ranks = [item.standings[subject].rank for item in every]
        if None not in ranks:
            assert (standing.range.best, standing.range.worst) == (min(ranks), max(ranks))


@given(cases())
def test_the_range_over_weightings_holds_each_of_them(case: Case) -> None:
    found = board(case)
    for subject, whole in found.ranges.items():
        for standings in (found.standings, *found.alternatives.values()):
            standing = standings[subject]
            if standing.range is not None:
                assert whole.joined(standing.range) == whole
            assert standing.rank is None or whole.best <= standing.rank <= whole.worst


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_subjects_decides_no_score_and_no_rank(case: Case, chance: Any) -> None:
    mixed = list(case.rows)
    chance.shuffle(mixed)
    again = board(case, {key: case.rows[key] for key in mixed})
    first = board(case)
    for subject in case.rows:
        assert again.standings[subject].rank == first.standings[subject].rank
        assert again.ranges.get(subject) == first.ranges.get(subject)


@given(cases(), st.sampled_from(list(AbsenceRule)))
def test_what_unknown_counts_changes_the_printed_score_and_never_the_bounds(
    case: Case, rule: AbsenceRule
) -> None:
    changed = Case(
        ScoringFile(
            **{
                name: getattr(case.scoring, name)
                for name in (
                    "aggregate",
                    "nodes",
                    "left_out",
                    "classes",
                    "gates",
                    "alternatives",
                )
            },
            unknown=rule,
        ),
        case.rows,
    )
    before, after = board(case), board(changed)
    for subject, standing in before.standings.items():
        other = after.standings[subject].score
        assert (other.low, other.high) == (standing.score.low, standing.score.high)
