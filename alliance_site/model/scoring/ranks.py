"""Scores → places, and the best and worst place that unknown cells leave open.

Never: breaks a tie.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from alliance_site.model.scoring.declared import RankStyle


class RankRange(Struct, frozen=True):
    """The best and the worst place; 1 is the first."""

    best: int
    worst: int

    def joined(self, other: "RankRange") -> "RankRange":
        """Return the range that holds both."""
        return RankRange(min(self.best, other.best), max(self.worst, other.worst))


def places(values: Mapping[str, Fraction], style: RankStyle) -> dict[str, int]:
    """Rank by value, most first; equal values share a place.

    Source: standard competition ranking (1, 1, 3) and dense ranking (1, 1, 2).
    """
    counted = sorted(set(values.values()) if style is RankStyle.DENSE else values.values())
    return {key: 1 + len(counted) - bisect_right(counted, value) for key, value in values.items()}


def rank_ranges(
    bounds: Mapping[str, tuple[Fraction, Fraction]], style: RankStyle
) -> dict[str, RankRange]:
    """Find how good and how bad each place could turn out.

    Args:
        bounds: Subject → the least and the most its score could come to. What one subject's
            unknown cells turn out to be says nothing of another's.
        style: Of the ranks.

    Returns:
        For competition ranking the exact best and worst: the subject at its own end, all others
        at their opposite one. For dense ranking, where equal scores of others share a place, no
        place outside the range is possible, though its ends need not be reached.
    """
    if style is RankStyle.DENSE:
        return {key: _dense_range(key, bounds) for key in bounds}
    lows = sorted(low for low, _ in bounds.values())
    highs = sorted(high for _, high in bounds.values())
    found = {}
    for key, (low, high) in bounds.items():
        surely_above = len(lows) - bisect_right(lows, high)
        # The subject itself is among those that may come out above its own least.
        perhaps_above = len(highs) - bisect_right(highs, low) - (high > low)
        found[key] = RankRange(1 + surely_above, 1 + perhaps_above)
    return found


def _dense_range(key: str, bounds: Mapping[str, tuple[Fraction, Fraction]]) -> RankRange:
    low, high = bounds[key]
    others = [item for other, item in bounds.items() if other != key]
    surely = [item for item in others if item[0] > high]
    perhaps = [item for item in others if item[1] > low]
    settled = {item for item in perhaps if item[0] == item[1]}
    unsettled = sum(item[0] != item[1] for item in perhaps)
    return RankRange(1 + _fewest_values(surely), 1 + len(settled) + unsettled)


def _fewest_values(ranges: Sequence[tuple[Fraction, Fraction]]) -> int:
    """Count the fewest different values that can lie in all of some ranges."""
    count, last = 0, None
    for low, high in sorted(ranges, key=lambda item: item[1]):
        if last is None or low > last:
            count, last = count + 1, high
    return count


def ties(values: Mapping[str, Fraction]) -> dict[str, int]:
    """Count with how many others each shares its value."""
    counted = sorted(values.values())
    return {
        key: bisect_right(counted, value) - bisect_left(counted, value) - 1
        for key, value in values.items()
    }
