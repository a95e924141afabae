"""Where things go along one axis: scales, ticks, and labels that must not touch.

Never: draws.
"""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from alliance_site.plain import Plain


class Scale(Plain, frozen=True):
    """Maps values from `low` to `high` to places from `start` to `end`, which may run backwards."""

    low: Decimal
    high: Decimal
    start: float
    end: float

    def __call__(self, value: Decimal) -> float:
        """Return a value's place; one beyond an end is put at the end."""
        if self.high == self.low:
            return self.start
        share = float((value - self.low) / (self.high - self.low))
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def rounded_top(largest: Decimal, parts: int = 5) -> tuple[Decimal, Decimal]:
    """Choose the end of an axis that begins at zero.

    Args:
        largest: The largest value to be shown.
        parts: At most into how many steps the axis is parted.

    Returns:
        The end, which is not below `largest`, and the step between ticks, a round number.
    """
    if largest <= 0:
        return Decimal(1), Decimal(1)
    least = largest / parts
    power = Decimal(10) ** (least.adjusted())
    step = next(power * item for item in _STEPS if power * item >= least)
    return (largest / step).to_integral_value(ROUND_CEILING) * step, step


def spread(
    wanted: Sequence[float], sizes: Sequence[float], low: float, high: float
) -> tuple[float, ...]:
    """Move centres apart until none of what stands round them touches, each as little as it can.

    Args:
        wanted: Where the centres should be, in any order.
        sizes: How much room each takes.
        low: Where the room begins.
        high: Where it ends.

    Returns:
        The centres in the order of `wanted`. They keep within the room and do not touch if the
        room holds them all; if not, they share it evenly.
    """
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    if sum(sizes) > high - low:
        step = (high - low) / len(order)
        even = {place: low + (rank + 0.5) * step for rank, place in enumerate(order)}
        return tuple(even[place] for place in range(len(wanted)))
    centres = {
        place: min(max(wanted[place], low + sizes[place] / 2), high - sizes[place] / 2)
        for place in order
    }
    # Down until nothing touches, then back up from the end of the room.
    for before, after in pairwise(order):
        least = centres[before] + (sizes[before] + sizes[after]) / 2
        centres[after] = max(centres[after], least)
    if order:
        last = order[-1]
        centres[last] = min(centres[last], high - sizes[last] / 2)
    for after, before in pairwise(reversed(order)):
        most = centres[after] - (sizes[before] + sizes[after]) / 2
        centres[before] = min(centres[before], most)
    return tuple(centres[place] for place in range(len(wanted)))
