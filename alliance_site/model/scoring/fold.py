"""Points at the leaves → a score for every heading and the whole.

Never: decides what an unknown cell counts (its caller does).
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from alliance_site.model.scoring.declared import Aggregate
from alliance_site.model.scoring.tree import Leaf, Node

Counted: TypeAlias = Mapping[str, Fraction | None]
"""Part → its score; None where nothing in it is counted."""


class Answer(Struct, frozen=True):
    """What one cell counts.

    Attributes:
        value: The points that the printed score takes; None leaves the denominator.
        low: The fewest it may turn out to be worth, `high` the most; equal where it is known, None
            where it is not applicable.
        levels: The levels it has; empty where it is not known, or has none.
        options: Where it is not known and a gate asks for its level, all it may turn out to be.
    """

    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    levels: frozenset[str] = frozenset()
    options: tuple["Answer", ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether it can turn out in one way only."""
        return self.low is self.high or self.low == self.high

    @property
    def is_known(self) -> bool:
        """Whether it counts what it will turn out to be."""
        return self.is_settled and (self.value is self.low or self.value == self.low)


NOT_APPLICABLE = Answer(None, None, None)


def fold(tree: Node, points: Callable[[str], Fraction | None]) -> dict[str, Fraction | None]:
    """Score every part of a tree.

    Args:
        tree: With at least one criterion; a ladder in it is scored by `ladder` and counts as the
            mean of its parts here.
        points: Criterion → its points; None leaves the denominator.

    Returns:
        Every criterion and heading, and the whole under the empty id.
    """
    counted: dict[str, Fraction | None] = {}
    _fold(tree, points, counted)
    return counted


def _fold(
    node: Node,
    points: Callable[[str], Fraction | None],
    counted: dict[str, Fraction | None],
) -> Fraction | None:
    values: list[Fraction] = []
    weights: list[Fraction] = []
    for item in node.parts:
        if isinstance(item, Leaf):
            value = counted[item.id] = points(item.id)
        else:
            value = _fold(item, points, counted)
        if value is not None:
            values.append(value)
            weights.append(item.weight)
    result = counted[node.id] = _AGGREGATES[node.aggregate](values, weights) if values else None
    return result


def total(values: Sequence[Fraction]) -> Fraction:
    """Add fractions up, bringing them to one denominator once and not at every step."""
    by_denominator: dict[int, int] = {}
    for item in values:
        denominator = item.denominator
        by_denominator[denominator] = by_denominator.get(denominator, 0) + item.numerator
    first, *others = [Fraction(top, bottom) for bottom, top in by_denominator.items()] or [_ZERO]
    return sum(others, first)


_ZERO = Fraction(0)


def _mean(values: Sequence[Fraction], _weights: Sequence[Fraction]) -> Fraction:
    return total(values) / len(values)


def _weighted_sum(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    return total([value * weight for value, weight in zip(values, weights, strict=True)])


def _sum(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    # Most weights are 1, and a product of fractions costs more than a comparison.
    is_plain = all(weight == 1 for weight in weights)
    return total(values) if is_plain else _weighted_sum(values, weights)


def _weighted_mean(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction | None:
    """Divide by the weights of what is counted; nothing where they come to nothing."""
    weight = total(weights)
    return _weighted_sum(values, weights) / weight if weight else None


def _minimum(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction | None:
    """Take the least; a part of weight zero has no say."""
    heard = [value for value, weight in zip(values, weights, strict=True) if weight]
    return min(heard, default=None)


_AGGREGATES: Mapping[
    Aggregate, Callable[[Sequence[Fraction], Sequence[Fraction]], Fraction | None]
] = {
    Aggregate.MEAN: _mean,
    Aggregate.WEIGHTED_MEAN: _weighted_mean,
    Aggregate.SUM: _sum,
    Aggregate.MINIMUM: _minimum,
    Aggregate.LADDER: _mean,
}
