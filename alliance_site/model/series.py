"""Editions beside each other: what two of them have in common, and what has changed in that.

A change is only ever told over the common universe: subjects in both editions, on criteria that
both ask in a comparable way.

Never: joins two totals that rest on different questions.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from alliance_site.diagnostics import Code, Diagnostic, Span
from alliance_site.model.board import answer_of, make_tree
from alliance_site.model.comparison_records import (
    Break,
    Comparability,
    Criterion,
    Edition,
    Subject,
)
from alliance_site.model.rubric import extremes, is_scored, levels_of
from alliance_site.model.scoring.fold import NOT_APPLICABLE, Answer, fold
from alliance_site.model.scoring.rounding import exact
from alliance_site.model.scoring.tree import ROOT, Node, leaves, restricted
from alliance_site.model.site import Comparison


class Universe(Struct, frozen=True, kw_only=True):
    """What two editions have in common.

    Attributes:
        subjects: Those in both, in the order of the file.
        criteria: (earlier, later) criteria whose answers can be set side by side.
        same_names: (earlier, later) criteria of one title, comparable or not.
        asked: How many criteria the earlier and the later edition ask.
        series_break: Why the series is broken between them; None where it is not.
    """

    earlier: Edition
    later: Edition
    subjects: tuple[Subject, ...]
    criteria: tuple[tuple[Criterion, Criterion], ...]
    same_names: tuple[tuple[Criterion, Criterion], ...]
    asked: tuple[int, int]
    series_break: Break | None

    @property
    def is_whole(self) -> bool:
        """Whether both editions ask exactly the common criteria."""
        return self.asked == (len(self.criteria), len(self.criteria))


class Change(Struct, frozen=True, kw_only=True):
    """A subject's score over the common criteria, then and now; None where it has none."""

    subject: Subject
    before: Fraction | None
    after: Fraction | None

    @property
    def difference(self) -> Fraction | None:
        """How much it rose."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def oldest_first(comparison: Comparison) -> tuple[Edition, ...]:
    """Return the editions in the order of time."""
    return tuple(reversed(comparison.newest_first))


def common_universe(comparison: Comparison, earlier: Edition, later: Edition) -> Universe:
    """Find what two editions have in common."""
    old: dict[str, Criterion] = {item.id: item for item in comparison.questions(earlier.id)}
    new = comparison.questions(later.id)
    present = {item.id for item in comparison.subjects_in(earlier.id)}
    titles = {item.title.casefold(): item for item in old.values()}
    pairs = [(old[found], item) for item in new if (found := _ancestor(comparison, item, old))]
    same = [(titles[name], item) for item in new if (name := item.title.casefold()) in titles]
    return Universe(
        earlier=earlier,
        later=later,
        subjects=tuple(item for item in comparison.subjects_in(later.id) if item.id in present),
        criteria=tuple(pairs),
        same_names=tuple(same),
        asked=(len(old), len(new)),
        series_break=next((item for item in later.breaks if item.from_edition == earlier.id), None),
    )


def _ancestor(
    comparison: Comparison, criterion: Criterion, asked: Mapping[str, Criterion]
) -> str | None:
    """Return the comparable criterion of an earlier edition that this one is or follows."""
    seen: set[str] = set()
    while criterion.id not in asked and criterion.id not in seen:
        seen.add(criterion.id)
        if criterion.predecessor is None or criterion.comparable is Comparability.NO:
            return None
        criterion = comparison.criterion_by_id[criterion.predecessor]
    return criterion.id if criterion.id in asked else None


def changes(comparison: Comparison, universe: Universe) -> tuple[Change, ...]:
    """Score the common subjects on the common criteria, by the later edition's rules.

    Gates and classes are left aside: they are about a whole that the common criteria are not.
    """
    tree = common_tree(comparison, universe)
    if tree is None:
        return ()
    return tuple(
        Change(
            subject=subject,
            before=_total(comparison, universe, tree, subject, is_later=False),
            after=_total(comparison, universe, tree, subject, is_later=True),
        )
        for subject in universe.subjects
    )


def common_tree(comparison: Comparison, universe: Universe) -> Node | None:
    """Return what the later edition counts, cut down to the common criteria."""
    questions = comparison.questions(universe.later.id)
    tree = make_tree(comparison.file, comparison.scoring, comparison.criteria, questions)
    kept = frozenset(later.id for _, later in universe.criteria)
    return restricted(tree, kept) if tree is not None else None


def _total(
    comparison: Comparison, universe: Universe, tree: Node, subject: Subject, *, is_later: bool
) -> Fraction | None:
    edition = universe.later if is_later else universe.earlier
    answers: dict[str, Answer] = {}
    for earlier, later in universe.criteria:
        asked = later if is_later else earlier
        if not is_scored(asked):
            continue
        cell = comparison.cells[edition.id, subject.id, asked.id]
        found = answer_of(comparison.file, comparison.scoring, asked, cell)
        rescales = later.comparable is Comparability.RESCALED and not is_later
        answers[later.id] = _rescaled(found, comparison, earlier, later) if rescales else found
    return fold(tree, lambda key: answers.get(key, NOT_APPLICABLE).value)[ROOT]


def _rescaled(
    answer: Answer, comparison: Comparison, earlier: Criterion, later: Criterion
) -> Answer:
    """Carry an answer over by its share of what could be had."""
    if answer.value is None:
        return answer
    scale = exact(comparison.scoring.scale)
    low, high = extremes(levels_of(comparison.file, earlier), earlier)
    new_low, new_high = extremes(levels_of(comparison.file, later), later)
    share = (answer.value / scale - low) / (high - low) if high > low else Fraction(1)
    value = (new_low + share * (new_high - new_low)) * scale
    return Answer(value, value, value)


def full_marks(tree: Node) -> Fraction | None:
    """Return what all criteria of a tree at their best would come to."""
    best = {leaf.id: leaf.high for leaf in leaves(tree)}
    return fold(tree, best.__getitem__)[tree.id]


def check_editions(comparison: Comparison) -> Iterator[Diagnostic]:
    """Yield editions that cannot stand in one series as they are declared."""
    known: dict[str, Edition] = {item.id: item for item in comparison.file.editions}
    for edition in comparison.file.editions:
        for item in edition.breaks:
            if item.from_edition not in known or item.from_edition == edition.id:
                yield Diagnostic(
                    code=Code.DANGLING_REFERENCE,
                    message=f"`{item.from_edition}` is not another edition of this comparison",
                    span=_point(item.span),
                    hint=f"known: {', '.join(sorted(known.keys() - {edition.id}))}",
                )
            elif known[item.from_edition].as_of >= edition.as_of:
                yield Diagnostic(
                    code=Code.DATES_REVERSED,
                    message=f"the break of `{edition.id}` is from `{item.from_edition}`, "
                    "which is no earlier edition",
                    span=_point(item.span),
                    hint="a break stands with the later of its two editions",
                )
    for earlier, later in pairwise(oldest_first(comparison)):
        yield from _check_pair(common_universe(comparison, earlier, later))


def _check_pair(universe: Universe) -> Iterator[Diagnostic]:
    earlier, later = universe.earlier.id, universe.later.id
    if not universe.subjects:
        yield Diagnostic(
            code=Code.NO_COMMON_SUBJECTS,
            message=f"the edition `{later}` has no subject in common with `{earlier}`, "
            "the one before it",
            span=_point(universe.later.span),
            hint=Code.NO_COMMON_SUBJECTS.hint,
        )
    if not universe.is_whole and universe.series_break is None:
        common, asked = len(universe.criteria), universe.asked
        yield Diagnostic(
            code=Code.MISSING_BREAK,
            message=f"the edition `{later}` asks {asked[1]} criteria, `{earlier}` asks {asked[0]}, "
            f"and {common} can be compared, but no break is declared between them",
            span=_point(universe.later.span),
            hint=f"add `breaks: [{{from_edition: {earlier}, reason: …}}]` to the edition",
        )


def _point(span: Span) -> Span:
    return Span(path=span.path, line=span.line, column=span.column)
