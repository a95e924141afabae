"""One subject's answers → its score, and the least and most it could still come to.

Every way of making parts into wholes grows with its parts, so the least is reached where every
unknown cell turns out worst. A gate that asks for a level does not grow that way: the few unknown
cells that gates ask about are tried level by level.

Never: compares subjects (that is `ranks`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import product

from msgspec import Struct

from alliance_site.model.scoring.fold import NOT_APPLICABLE, Answer, Counted, fold
from alliance_site.model.scoring.ladder import Ladder, Progress
from alliance_site.model.scoring.tree import ROOT, Node, leaves

Answers = Mapping[str, Answer]


class Limit(Struct, frozen=True, kw_only=True):
    """A gate as it is applied: where the condition holds, the score is at most `cap`.

    `cap` is a score, or on a ladder a number of classes.
    """

    part: str
    levels: frozenset[str] = frozenset()
    below: Fraction | None = None
    cap: Fraction


class Rules(Struct, frozen=True, kw_only=True, dict=True):
    """What makes answers into a score: the tree, the ladder if there is one, the gates."""

    tree: Node
    ladder: Ladder | None = None
    limits: tuple[Limit, ...] = ()

    def maxima(self, left_out: frozenset[str]) -> Counted:
        """Return the score of every part at full marks, without some of the criteria."""
        # Most subjects lack the same criteria, or none.
        if left_out not in self._maxima:
            full = {leaf.id: leaf.high for leaf in leaves(self.tree)}
            self._maxima[left_out] = fold(
                self.tree, lambda key: None if key in left_out else full[key]
            )
        return self._maxima[left_out]

    @cached_property
    def _maxima(self) -> dict[frozenset[str], Counted]:
        return {}


class Scenario(Struct, frozen=True, kw_only=True):
    """The scores of all parts at one end of what is possible, and the cap that then holds."""

    counted: Counted
    cap: Fraction | None


class Score(Struct, frozen=True, kw_only=True):
    """A subject's score, exactly.

    Attributes:
        value: As printed, before rounding; on a ladder the number of classes held. None where
            nothing is counted.
        low: The least it could come to; `high` the most. None where nothing applies.
        maximum: What full marks would be, over what is counted.
        counted: The printed score of every part; `lows`, `highs` and `maxima` likewise.
        progress: On a ladder, how far each class is met.
        limited_by: Places of the gates that hold.
    """

    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    maximum: Fraction | None
    counted: Counted
    lows: Counted
    highs: Counted
    maxima: Counted
    progress: tuple[Progress, ...] = ()
    limited_by: tuple[int, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether unknown cells could change it."""
        return self.low != self.high


def score_subject(rules: Rules, answers: Answers) -> Score:
    """Score one subject.

    Args:
        rules: Of one edition.
        answers: Criterion → what its cell counts; one that is not there is not applicable.

    Returns:
        The score with its bounds: no completion of the unknown cells leads out of them, and each
        is reached by one.
    """
    points = _printed(answers)
    counted = fold(rules.tree, points)
    maxima = rules.maxima(frozenset(key for key, score in counted.items() if score is None))
    holding = tuple(
        place for place, limit in enumerate(rules.limits) if _holds(limit, points, counted, answers)
    )
    value = counted[ROOT]
    progress: tuple[Progress, ...] = ()
    if rules.ladder is not None:
        # What is not known is no reason to award a class.
        value, progress = _held(rules.ladder, lambda key: answers.get(key, NOT_APPLICABLE).low)
    cap = min((rules.limits[place].cap for place in holding), default=None)
    is_known = all(item.is_known for item in answers.values())
    known = (Scenario(counted=counted, cap=cap),)
    worst, best = (known, known) if is_known else scenarios(rules, answers)
    # Without gates on levels the ends are those of every part too, and need not be found twice.
    is_plain = not _unsettled(rules, answers)
    low_points, high_points = _ends(answers)
    return Score(
        value=_capped(value, cap),
        low=min(_totals(rules, worst), default=None),
        high=max(_totals(rules, best), default=None),
        maximum=maxima[ROOT] if rules.ladder is None else Fraction(len(rules.ladder.rungs)),
        counted=counted,
        lows=worst[0].counted if is_plain else fold(rules.tree, low_points),
        highs=best[0].counted if is_plain else fold(rules.tree, high_points),
        maxima=maxima,
        progress=progress,
        limited_by=holding,
    )


def scenarios(rules: Rules, answers: Answers) -> tuple[tuple[Scenario, ...], tuple[Scenario, ...]]:
    """Return the ends between which every completion lies.

    Returns:
        The worst ends and the best ends, one of each for every way in which the unknown cells
        that gates ask about may turn out; the bounds are the least of the one and the most of the
        other.
    """
    return (
        tuple(_scenario(rules, item, 0) for item in _completions(rules, answers, is_best=False)),
        tuple(_scenario(rules, item, 1) for item in _completions(rules, answers, is_best=True)),
    )


def _scenario(rules: Rules, answers: Answers, end: int) -> Scenario:
    """Score all parts with every unknown cell at its worst (0) or its best (1)."""
    points = _ends(answers)[end]
    counted = fold(rules.tree, points)
    caps = [item.cap for item in rules.limits if _holds(item, points, counted, answers)]
    return Scenario(counted=counted, cap=min(caps, default=None))


def _printed(answers: Answers) -> Callable[[str], Fraction | None]:
    return lambda key: answers.get(key, NOT_APPLICABLE).value


def _ends(
    answers: Answers,
) -> tuple[Callable[[str], Fraction | None], Callable[[str], Fraction | None]]:
    return (
        lambda key: answers.get(key, NOT_APPLICABLE).low,
        lambda key: answers.get(key, NOT_APPLICABLE).high,
    )


def _completions(rules: Rules, answers: Answers, *, is_best: bool) -> Iterator[Answers]:
    """Try the levels of the unknown cells whose level a gate asks for.

    Only those that could make an end: of two levels the one with fewer points at which more gates
    hold is the worse in every company.
    """
    unsettled = _unsettled(rules, answers)
    if not unsettled:
        yield answers
        return
    tried = [
        _extreme(
            answers[key].options,
            [limit for limit in rules.limits if limit.part == key and limit.levels],
            is_best=is_best,
        )
        for key in unsettled
    ]
    for chosen in product(*tried):
        yield {**answers, **dict(zip(unsettled, chosen, strict=True))}


def _unsettled(rules: Rules, answers: Answers) -> list[str]:
    """Name the unknown cells whose level a gate asks for."""
    asked = sorted({limit.part for limit in rules.limits if limit.levels})
    return [key for key in asked if key in answers and answers[key].options]


def _extreme(
    options: Sequence[Answer], limits: Sequence[Limit], *, is_best: bool
) -> Sequence[Answer]:
    """Keep the options that no other one outdoes."""
    sign = 1 if is_best else -1

    def rated(option: Answer) -> tuple[Fraction, frozenset[int]]:
        held = {place for place, item in enumerate(limits) if item.levels & option.levels}
        kept = frozenset(range(len(limits))) - held
        return sign * (option.value or Fraction(0)), kept if is_best else frozenset(held)

    found: dict[tuple[Fraction, frozenset[int]], Answer] = {}
    for option in options:
        found.setdefault(rated(option), option)
    return [
        option
        for own, option in found.items()
        if not any(other != own and other[0] >= own[0] and other[1] >= own[1] for other in found)
    ]


def _holds(
    limit: Limit, points: Callable[[str], Fraction | None], counted: Counted, answers: Answers
) -> bool:
    if limit.levels:
        answer = answers.get(limit.part)
        return answer is not None and bool(limit.levels & answer.levels)
    # A criterion may be asked by a gate and not be counted.
    value = counted[limit.part] if limit.part in counted else points(limit.part)
    return value is not None and limit.below is not None and value < limit.below


def _totals(rules: Rules, ends: Sequence[Scenario]) -> Iterator[Fraction]:
    for end in ends:
        value = end.counted[ROOT]
        if rules.ladder is not None:
            value, _ = _held(rules.ladder, end.counted.get)
        capped = _capped(value, end.cap)
        if capped is not None:
            yield capped


def _held(
    ladder: Ladder, points: Callable[[str], Fraction | None]
) -> tuple[Fraction, tuple[Progress, ...]]:
    held, progress = ladder.climb(points)
    return Fraction(held), progress


def _capped(value: Fraction | None, cap: Fraction | None) -> Fraction | None:
    return value if value is None or cap is None else min(value, cap)
