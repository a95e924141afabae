"""The two clocks: the site of a day, and the site as it was known on a day.

`as_of` is the clock of the world. On that day a thing that came later was not there: an event, an
article, a deliverable, something said, a figure, an objective, an edition of a comparison, a
membership that began later, a statement that held only from a later day. An end that was still to
come is not told either: the last day of a membership, of a statement, of an objective's wording.
Sources, organisations and alliances stay: a source is how we know, whatever its date.

`known_on` is the clock of this site. A thing recorded later is left out, with what rests on it: a
record, a membership, a statement, an article, a source, and the evidence that cites it or was read
later.

A date that is partial begins on its first day. A thing without a date is on neither clock: nothing
says that it came later. Prose is not turned back; a fact in it that was not there prints as unknown
then, and a link leads to the list it would stand in.

Never: changes a record (it makes other ones); looks at a build's options.
"""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, get_args, get_origin

from msgspec import Struct
from msgspec.structs import replace

from alliance_site.model.comparison_records import Edition, Nuance
from alliance_site.model.lineages import ObjectiveSet
from alliance_site.model.record import Record, is_record
from alliance_site.model.records import (
    Absence,
    Article,
    Correction,
    Deliverable,
    Event,
    Evidence,
    Figure,
    Membership,
    NotableStatement,
    Objective,
    RecordLink,
    Statement,
    Validity,
)
from alliance_site.model.statements import HeadlineRule, headline_value
from alliance_site.model.structure import REFERENCES, FieldSpec, field_specs
from alliance_site.model.values import PartialDate

_HAPPENED: Mapping[Any, str] = {
    Deliverable: "date",
    Edition: "as_of",
    Event: "date",
    Figure: "date",
    NotableStatement: "date",
    Nuance: "date",
    Objective: "first_seen",
    ObjectiveSet: "date",
}
"""Which field says when a thing of the world came about, by record class."""

_ENDS = frozenset({"last_seen"})
"""Fields that hold the end of something."""

_RECORDED: Mapping[Any, str] = {Article: "published", Correction: "date", Evidence: "accessed"}
"""Which field says when this site first held a thing, where that is not `recorded`."""


class Clock(Struct, frozen=True):
    """The days a site speaks for.

    Attributes:
        as_of: The day of the world.
        known_on: The day of this site; None for all that is recorded.
        is_rewound: Whether the day was asked for, so that later things are left out.
    """

    as_of: date
    known_on: date | None = None
    is_rewound: bool = False

    @property
    def is_turned_back(self) -> bool:
        """Whether either clock leaves anything out."""
        return self.is_rewound or self.known_on is not None

    def had_begun(self, day: PartialDate | None) -> bool:
        """Say whether something of a day was there on the day of the world."""
        return not self.is_rewound or day is None or day.earliest() <= self.as_of

    def was_recorded(self, day: PartialDate | None) -> bool:
        """Say whether something recorded on a day was known."""
        return self.known_on is None or day is None or day.earliest() <= self.known_on


class Rewinder(Struct, frozen=True):
    """Leaves out of records what was not there, or not known, on the days of a clock.

    Attributes:
        hidden: Keys of records that are left out (`event:launch`), so that what names them goes
            too.
    """

    clock: Clock
    rule: HeadlineRule
    hidden: frozenset[str] = frozenset()

    def is_there(self, record: Any, recorded: PartialDate | None = None) -> bool:
        """Say whether a record is there at all; `recorded` is the day of what holds it."""
        kind = type(record)
        day = getattr(record, _RECORDED.get(kind, "recorded"), None) or recorded
        happened = getattr(record, _HAPPENED[kind]) if kind in _HAPPENED else None
        return (
            self.clock.was_recorded(day)
            and self.clock.had_begun(happened)
            and self._has_begun(record, day)
        )

    def _has_begun(self, record: Any, recorded: PartialDate | None) -> bool:
        """Look at what decides beside the plain dates of a record."""
        match record:
            case Membership():
                return self.clock.had_begun(headline_value(self.rule.ordered(record.start_date)))
            case Figure():
                return bool(self.statements(record.value, recorded))
            case Evidence():
                return f"source:{record.source}" not in self.hidden
            case _:
                return True

    def statements(
        self, statements: Iterable[Statement[Any]], recorded: PartialDate | None
    ) -> tuple[Statement[Any], ...]:
        """Return those that were there and known, in the rule's order."""
        kept = tuple(
            self._statement(item) for item in statements if self._may_be_told(item, recorded)
        )
        return self.rule.ordered(kept) if kept else ()

    def _may_be_told(self, statement: Statement[Any], recorded: PartialDate | None) -> bool:
        value = statement.value
        return (
            self.clock.had_begun(statement.valid.from_)
            and self.clock.was_recorded(statement.recorded or recorded)
            and not (isinstance(value, PartialDate) and not self.clock.had_begun(value))
        )

    def _statement(self, statement: Statement[Any]) -> Statement[Any]:
        if not self.clock.had_begun(statement.valid.to):
            statement = replace(statement, valid=Validity(from_=statement.valid.from_))
        evidence = statement.evidence
        if evidence is None or all(self.is_there(item) for item in evidence):
            return statement
        return replace(statement, evidence=self.evidence(evidence))

    def evidence(self, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """Return the evidence that was known."""
        return tuple(item for item in evidence if self.is_there(item))

    def record(self, record: Any, recorded: PartialDate | None = None) -> Any:
        """Make a record as it was; the same one where nothing is left out."""
        own = getattr(record, "recorded", None) or recorded
        changes = {}
        kind: Any = type(record)
        for spec in _movable(kind):
            value = getattr(record, spec.name)
            made = self._field(value, spec, own)
            if made != value:
                changes[spec.name] = made
        return replace(record, **changes) if changes else record

    def _field(self, value: Any, spec: FieldSpec, recorded: PartialDate | None) -> Any:
        if isinstance(value, tuple) and value and isinstance(value[0], Statement):
            kept = self.statements(value, recorded)
            return kept if kept or not spec.is_required else unknown()
        if isinstance(value, PartialDate):
            return value if self.clock.had_begun(value) else None
        if isinstance(value, tuple) and value and isinstance(value[0], Record):
            found = (item for item in value if self.is_there(item, recorded))
            return tuple(self.record(item, recorded) for item in found)
        prefix = _reference(spec.type)
        if prefix and isinstance(value, tuple):
            return tuple(item for item in value if self._is_shown(prefix, item))
        if prefix and value is not None and not spec.is_required:
            return value if self._is_shown(prefix, value) else None
        return value

    def _is_shown(self, prefix: str, record_id: str) -> bool:
        key = f"{prefix}:{record_id}" if prefix != "link" else record_id.partition("#")[0]
        return key not in self.hidden


def unknown() -> tuple[Statement[Any], ...]:
    """Return what stands in the place of statements that were not there yet."""
    return (Statement(absence=Absence.UNKNOWN, evidence=()),)


def order_record(record: Any, rule: HeadlineRule) -> Any:
    """Put every field's statements into the rule's order; the same record where they are."""
    kind: Any = type(record)
    changes = {}
    for spec in _stated(kind):
        value = getattr(record, spec.name)
        made = _ordered(value, rule)
        if made != value:
            changes[spec.name] = made
    return replace(record, **changes) if changes else record


def _ordered(value: Any, rule: HeadlineRule) -> Any:
    if isinstance(value, tuple) and value and isinstance(value[0], Statement):
        return rule.ordered(value)
    if isinstance(value, tuple):
        return tuple(order_record(item, rule) for item in value)
    return value


@cache
def _stated(kind: Hashable) -> tuple[FieldSpec, ...]:
    """Return the fields of a record class that hold statements, or records that do."""
    return tuple(spec for spec in field_specs(kind) if _holds_statements(spec.type))


def _holds_statements(kind: Any) -> bool:
    described: Any = kind
    if get_origin(kind) is Statement:
        return True
    if is_record(kind):
        return bool(_stated(described)) if described is not Statement else True
    is_list = get_origin(kind) is tuple
    return is_list and any(_holds_statements(part) for part in get_args(kind)[:1])


@cache
def _movable(kind: Hashable) -> tuple[FieldSpec, ...]:
    """Return the fields of a record class from which a clock may leave something out."""
    return tuple(
        spec
        for spec in field_specs(kind)
        if _holds_statements(spec.type)
        or _reference(spec.type)
        or _holds_records(spec.type)
        or spec.name in _ENDS
    )


def _holds_records(kind: Any) -> bool:
    return get_origin(kind) is tuple and is_record(get_args(kind)[0])


def _reference(kind: Any) -> str:
    """Return the prefix of the keys that a field's ids belong to; empty where it holds none."""
    inner = [item for item in get_args(kind) if item not in {type(None), Ellipsis}] or [kind]
    first = inner[0]
    return "link" if first is RecordLink else REFERENCES.get(first, "")
