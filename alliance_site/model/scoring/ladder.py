"""Classes that do not make up for each other: one missing component, and the class is missed.

Source: the shape of the Model Openness Framework (classes III, II, I) and of LEED prerequisites.

Never: adds points up.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

Bar = Mapping[str, Fraction]
"""Criterion → the points from which it counts as met."""


class Demand(Struct, frozen=True):
    """One thing a class asks: every criterion of at least one of the `ways`."""

    ways: tuple[Bar, ...]


class Rung(Struct, frozen=True):
    """A class and what it asks beyond the one below."""

    id: str
    demands: tuple[Demand, ...]


class Progress(Struct, frozen=True):
    """How many of a class's own demands are met, of those that apply."""

    id: str
    met: int
    of: int

    @property
    def is_complete(self) -> bool:
        """Whether all are met."""
        return self.met == self.of


class Ladder(Struct, frozen=True):
    """All classes, the lowest first."""

    rungs: tuple[Rung, ...]

    def climb(self, points: Callable[[str], Fraction | None]) -> tuple[int, tuple[Progress, ...]]:
        """Say which class is reached.

        Args:
            points: Criterion → its points; None where it is not applicable, which is not asked.

        Returns:
            The number of classes held (0: none), and the progress in each class.
        """
        progress = tuple(_progress(item, points) for item in self.rungs)
        held = 0
        while held < len(progress) and progress[held].is_complete:
            held += 1
        is_asked = any(item.of for item in progress[:held])
        return (held if is_asked else 0), progress


def _progress(rung: Rung, points: Callable[[str], Fraction | None]) -> Progress:
    answers = [_is_met(item, points) for item in rung.demands]
    asked = [item for item in answers if item is not None]
    return Progress(rung.id, sum(asked), len(asked))


def _is_met(demand: Demand, points: Callable[[str], Fraction | None]) -> bool | None:
    """Say whether a demand is met; None where nothing in it applies."""
    ways = [_passes(way, points) for way in demand.ways]
    asked = [item for item in ways if item is not None]
    return any(asked) if asked else None


def _passes(way: Bar, points: Callable[[str], Fraction | None]) -> bool | None:
    found = [(points(criterion), needed) for criterion, needed in way.items()]
    asked = [value >= needed for value, needed in found if value is not None]
    return all(asked) if asked else None


def class_name(ladder: Ladder, held: int) -> str:
    """Return the id of the class that is held; empty for none."""
    return ladder.rungs[held - 1].id if held else ""


def place_of_class(rungs: Sequence[Rung], name: str) -> int:
    """Return how many classes one holds who holds this one."""
    return [item.id for item in rungs].index(name) + 1
