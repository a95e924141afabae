"""The rule that picks a headline among statements, and the evidence that stands behind one.

A site's records hold their statements in the rule's order (`resolve` puts them so once), so that
the headline is the first.

Never: drops a statement; pages show the others beside the headline.
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct

from alliance_site.model.records import (
    Evidence,
    HeadlineTest,
    Policies,
    Rank,
    Statement,
    StatementStatus,
)
from alliance_site.model.values import PartialDate

T = TypeVar("T")

_RANKS = {Rank.PREFERRED: 0, Rank.NORMAL: 1, Rank.DEPRECATED: 2}
_GONE = frozenset({StatementStatus.SUPERSEDED, StatementStatus.WITHDRAWN})

_Place = tuple[int, ...]


class HeadlineRule(Struct, frozen=True):
    """The declared rule, on the day that the site speaks for.

    Attributes:
        policies: The tests in order, and which basis stands before which.
        as_of: A statement that ended before this day no longer holds.
    """

    policies: Policies
    as_of: date

    def ordered(self, statements: Sequence[Statement[T]]) -> tuple[Statement[T], ...]:
        """Return the statements, the headline first; equals keep the order of the file."""
        if len(statements) == 1:
            return tuple(statements)
        return tuple(sorted(statements, key=self._places))

    def decider(self, first: Statement[T], other: Statement[T]) -> HeadlineTest | None:
        """Return the first test that tells two statements apart; None when none does."""
        places = zip(self._places(first), self._places(other), strict=True)
        pairs = zip(self.policies.headline, places, strict=True)
        return next((test for test, (one, two) in pairs if one != two), None)

    def deciders(self, statements: Sequence[Statement[T]]) -> tuple[HeadlineTest, ...]:
        """Return the tests by which the first of some ordered statements leads, in their order."""
        first, *others = statements
        found = {self.decider(first, other) for other in others}
        return tuple(test for test in self.policies.headline if test in found)

    def rivals(
        self, statements: Sequence[Statement[T]]
    ) -> tuple[Statement[T], Statement[T]] | None:
        """Return the two statements between which the rule cannot decide; None when it can."""
        if len(statements) == 1:
            return None
        first, *others = self.ordered(statements) or (None,)
        for other in others:
            if first and other.value != first.value and self.decider(first, other) is None:
                return first, other
        return None

    def holds(self, statement: Statement[T]) -> bool:
        """Say whether a statement still stands on the day."""
        end = statement.valid.to
        is_over = end is not None and end.latest() < self.as_of
        return statement.status not in _GONE and not is_over

    def _places(self, statement: Statement[T]) -> tuple[_Place, ...]:
        """Place a statement under each test; the least comes first."""
        return tuple(self._place(test, statement) for test in self.policies.headline)

    def _place(self, test: HeadlineTest, statement: Statement[T]) -> _Place:
        match test:
            case HeadlineTest.STANDING:
                return (not self.holds(statement),)
            case HeadlineTest.RANK:
                return (_RANKS[statement.rank],)
            case HeadlineTest.BASIS:
                order = self.policies.basis
                return (order.index(statement.basis) if statement.basis in order else len(order),)
            case HeadlineTest.RECENCY:
                return (_lateness(statement.valid.from_), _lateness(statement.recorded))


def _lateness(day: PartialDate | None) -> int:
    return -day.earliest().toordinal() if day else 0


def headline(statements: Sequence[Statement[T]]) -> Statement[T] | None:
    """Return the statement that is printed first, of statements in order; None where none is."""
    return statements[0] if statements else None


def headline_value(statements: Sequence[Statement[T]]) -> T | None:
    """Return the headline's value; None where it has none."""
    return statements[0].value if statements else None


def evidence_of(
    statement: Statement[T], record_evidence: tuple[Evidence, ...]
) -> tuple[Evidence, ...]:
    """Return what stands behind a statement: its own evidence, else its record's."""
    return record_evidence if statement.evidence is None else statement.evidence
