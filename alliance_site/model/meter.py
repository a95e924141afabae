"""The evidence meter: how many values have a source, of what kind, and how fresh they are.

A value is a statement that says something (an absence is none), or a dated claim: an event, an
argument, something said or done, a fact that complicates a subject's place.

Never: reads a clock (the site's day is given); guesses a basis that nobody stated.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any, NamedTuple

from msgspec import Struct

from alliance_site.model.archives import fold
from alliance_site.model.comparison_records import Cell, Nuance
from alliance_site.model.records import (
    Argument,
    Basis,
    Deliverable,
    Event,
    Evidence,
    NotableStatement,
    Statement,
)
from alliance_site.model.site import Comparison, Site
from alliance_site.model.statements import evidence_of
from alliance_site.model.structure import fields_with, shape_of
from alliance_site.model.values import PartialDate

_CLAIMS = (Argument, Deliverable, Event, NotableStatement, Nuance)

GROUPS = {
    "organizations": "Organisations and their memberships",
    "alliances": "Alliances",
    "objectives": "Objectives",
    "objective_sets": "Lineage of objectives",
    "figures": "Figures",
    "events": "Timeline",
    "arguments": "Arguments",
}
"""Collections whose values are counted, and what the table calls them."""


class Measured(Struct, frozen=True):
    """A value as the meter sees it.

    Attributes:
        sources: What stands behind it; empty for none.
        checked: When it was last looked at; None where nothing says so.
        review_by: After this day it is stale.
    """

    sources: tuple[Evidence, ...]
    basis: Basis | None = None
    checked: PartialDate | None = None
    review_by: PartialDate | None = None


class Meter(Struct, frozen=True, kw_only=True):
    """Counts over some values.

    Attributes:
        archived: How many rest on a source of which a copy is kept, or on words that are kept.
        bases: How many are of each basis; None for those that say none.
        checked: The first and the last of the days on which each was last checked; None of no
            values.
        checked_days: Median of the days since each was last checked; None of no values.
        source_days: Median of the days since the newest source of each came out; None where no
            source is dated.
        stale: How many are due to be looked at again.
        stale_days: The most days since one of the stale ones was checked.
    """

    values: int
    sourced: int
    archived: int
    bases: Mapping[Basis | None, int]
    checked: tuple[PartialDate, PartialDate] | None
    checked_days: int | None
    source_days: int | None
    stale: int
    stale_days: int

    @property
    def percent(self) -> Decimal:
        """The share of values with a source, in percent; 100 of no values."""
        return Decimal(100 * self.sourced) / Decimal(self.values) if self.values else Decimal(100)


def measured_in(
    value: Any, evidence: tuple[Evidence, ...] = (), recorded: PartialDate | None = None
) -> Iterator[Measured]:
    """Yield every value in a record, and in the records in it.

    Args:
        value: A record, or what one of its fields holds.
        evidence: Stands behind statements that bring none.
        recorded: When what holds it was recorded.
    """
    shape = shape_of(type(value))
    if shape == "statement":
        if value.value is not None:
            behind = evidence_of(value, evidence)
            checked = _checked(behind, value.recorded or recorded)
            yield Measured(behind, value.basis, checked, value.review_by)
    elif shape == "record":
        yield from _measured_record(value, evidence, recorded)
    elif shape != "plain":
        for item in value.values() if shape == "mapping" else value:
            yield from measured_in(item, evidence, recorded)


def _measured_record(
    record: Any, evidence: tuple[Evidence, ...], recorded: PartialDate | None
) -> Iterator[Measured]:
    own = getattr(record, "evidence", None) or evidence
    day = getattr(record, "recorded", None) or recorded
    if isinstance(record, _CLAIMS):
        yield Measured(record.evidence, None, _checked(record.evidence, day))
        return
    kind: Any = type(record)
    for spec in fields_with(kind, (Statement, *_CLAIMS)):
        yield from measured_in(getattr(record, spec.name), own, day)


def _checked(evidence: tuple[Evidence, ...], recorded: PartialDate | None) -> PartialDate | None:
    days = [item.accessed for item in evidence if item.accessed is not None]
    return max([*days, *([recorded] if recorded else [])], default=None)


def measured_cells(cells: Mapping[Any, Cell]) -> Iterator[Measured]:
    """Yield the values of cells; a cell's own day of review stands for its statements."""
    for cell in cells.values():
        for item in measured_in(cell.statements, cell.evidence, cell.recorded):
            review_by = item.review_by or cell.review_by
            yield Measured(item.sources, item.basis, item.checked, review_by)


def measured_comparison(comparison: Comparison) -> Iterator[Measured]:
    """Yield the values of a comparison: its cells, and what complicates a subject's place."""
    yield from measured_cells(comparison.cells)
    yield from measured_in(comparison.file.subjects)


def meter_of(site: Site, values: Iterator[Measured], as_of: date) -> Meter:
    """Count over some values, on a day.

    A value that says nothing of when it was checked is as old as the site.
    """
    found = list(values)
    limit = site.settings.policies.review_after_days
    checked, days, source_days, stale_days, archived = [], [], [], [], 0
    # Hundreds of values may stand on the very same evidence; all of it lives as long as `found`.
    known: dict[int, _Behind] = {}
    # Nearly all were checked on one of a few days.
    age = cache(partial(_days, as_of=as_of))
    for item in found:
        behind = known.get(id(item.sources))
        if behind is None:
            behind = known[id(item.sources)] = _behind(site, item.sources)
        seen = _later(behind.read, item.checked) or site.settings.founded
        checked.append(seen)
        days.append(age(seen))
        if behind.issued is not None:
            source_days.append(age(behind.issued))
        archived += behind.is_kept
        if _is_stale(item, days[-1], limit, as_of):
            stale_days.append(days[-1])
    return Meter(
        values=len(found),
        sourced=sum(bool(item.sources) for item in found),
        archived=archived,
        bases=Counter(item.basis for item in found),
        checked=(min(checked), max(checked)) if checked else None,
        checked_days=median_days(days),
        source_days=median_days(source_days),
        stale=len(stale_days),
        stale_days=max(stale_days, default=0),
    )


def median_days(days: Sequence[int]) -> int | None:
    """Return the median of some numbers of days, in whole days; None where there are none."""
    from statistics import median  # noqa: PLC0415 - loads much, and seldom used

    return int(median(days)) if days else None


class _Behind(NamedTuple):
    """What stands behind a value: when it was last read, when it came out, whether it is kept."""

    read: PartialDate | None
    issued: PartialDate | None
    is_kept: bool


def _behind(site: Site, evidence: Sequence[Evidence]) -> _Behind:
    sources = [site.sources[item.source] for item in evidence]
    return _Behind(
        read=max((item.accessed for item in sources if item.accessed is not None), default=None),
        issued=max((item.issued for item in sources if item.issued is not None), default=None),
        is_kept=any(_is_kept(site, item) for item in evidence),
    )


def _later(one: PartialDate | None, other: PartialDate | None) -> PartialDate | None:
    return max(one, other) if one is not None and other is not None else one or other


def _days(day: PartialDate, as_of: date) -> int:
    return max((as_of - day.latest()).days, 0)


def _is_stale(item: Measured, days: int, limit: int | None, as_of: date) -> bool:
    if item.review_by is not None:
        return item.review_by.latest() < as_of
    return limit is not None and days > limit


def _is_kept(site: Site, evidence: Evidence) -> bool:
    """Say whether a copy of the source is kept, or the words that the evidence quotes."""
    text = site.archives.get(evidence.source)
    has_words = bool(evidence.quote) and text is not None
    return site.sources[evidence.source].archive is not None or (
        has_words and fold(evidence.quote) in (text.folded if text else "")
    )


def site_meters(site: Site, as_of: date) -> tuple[tuple[str, Meter], ...]:
    """Count over a whole site, by what the values are of; the last row counts them all."""
    groups: dict[str, list[Measured]] = {
        title: [item for record in getattr(site, name).values() for item in measured_in(record)]
        for name, title in GROUPS.items()
    }
    for comparison in site.comparisons.values():
        groups[comparison.file.title] = list(measured_comparison(comparison))
    rows = [(title, meter_of(site, iter(items), as_of)) for title, items in groups.items() if items]
    everything = [item for items in groups.values() for item in items]
    return (*rows, ("All values", meter_of(site, iter(everything), as_of)))
