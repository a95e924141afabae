"""The rule that picks a headline among statements, and the evidence that stands behind one.

Never: drops a statement; pages show the others beside the headline.
"""

from collections.abc import Sequence
from typing import TypeVar

from alliance_site.model.records import Basis, Evidence, Rank, Statement, StatementStatus

T = TypeVar("T")

_RANKS = {Rank.PREFERRED: 0, Rank.NORMAL: 1, Rank.DEPRECATED: 2}
_BASES = {Basis.INDEPENDENT: 0, Basis.DERIVED: 1, Basis.SELF_REPORTED: 2, None: 3}
_GONE = frozenset({StatementStatus.SUPERSEDED, StatementStatus.WITHDRAWN})


def _precedence(statement: Statement[T]) -> tuple[int, int, int, int]:
    """Order by standing, rank, basis, and how lately it was recorded or began to hold."""
    day = statement.recorded or statement.valid.from_
    return (
        statement.status in _GONE,
        _RANKS[statement.rank],
        _BASES[statement.basis],
        -day.earliest().toordinal() if day else 0,
    )


def ordered(statements: Sequence[Statement[T]]) -> tuple[Statement[T], ...]:
    """Return the statements, the headline first; equals keep the order of the file.

    The rule: what still stands before what was superseded or withdrawn, then rank, then basis
    (independent, derived, self-reported), then the most lately recorded.
    """
    return tuple(sorted(statements, key=_precedence))


def headline(statements: Sequence[Statement[T]]) -> Statement[T] | None:
    """Return the statement that is printed first; None where there is none."""
    return ordered(statements)[0] if statements else None


def headline_value(statements: Sequence[Statement[T]]) -> T | None:
    """Return the headline's value; None where it has none."""
    first = headline(statements)
    return first.value if first else None


def rivals(statements: Sequence[Statement[T]]) -> tuple[Statement[T], Statement[T]] | None:
    """Return the two statements between which the rule cannot decide; None when it can."""
    first, *others = ordered(statements) or (None,)
    for other in others:
        if first and _precedence(other) == _precedence(first) and other.value != first.value:
            return first, other
    return None


def evidence_of(
    statement: Statement[T], record_evidence: tuple[Evidence, ...]
) -> tuple[Evidence, ...]:
    """Return what stands behind a statement: its own evidence, else its record's."""
    return record_evidence if statement.evidence is None else statement.evidence
