"""A whole site → the site of a day, or as it was known on a day (see `clocks` for what that means).

Never: finds a fault; the whole site has been checked before.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from alliance_site.model.clocks import Rewinder, unknown
from alliance_site.model.comparison_records import Criterion
from alliance_site.model.kinds import KINDS
from alliance_site.model.site import Comparison, Site

_LASTING = frozenset({"alliance", "page"})
"""Kinds of record that no clock leaves out as a whole."""

NAMELESS = "a record that was not there"
"""Stands for the name of what is left out."""


def rewound(site: Site) -> Site:
    """Make the site that its clock asks for; the same one where it asks for nothing."""
    if not site.clock.is_turned_back:
        return site
    sources = frozenset(_gone(site, Rewinder(site.clock, site.rule), "source"))
    first = Rewinder(site.clock, site.rule, sources)
    gone = {key for kind in KINDS for key in _gone(site, first, kind.prefix)}
    comparisons = _comparisons(site, first)
    gone |= {key for key in _parts(site.comparisons) if key not in set(_parts(comparisons))}
    rewinder = Rewinder(site.clock, site.rule, frozenset(gone))
    collections: dict[str, Any] = {
        kind.collection: MappingProxyType(
            {
                key: rewinder.record(record)
                for key, record in getattr(site, kind.collection).items()
                if f"{kind.prefix}:{key}" not in gone
            }
        )
        for kind in KINDS
    }
    collections["comparisons"] = MappingProxyType(_comparisons(site, rewinder))
    catalog = site.catalog.turned_back(
        {name: tuple(records) for name, records in collections.items()},
        dict.fromkeys(gone, NAMELESS),
    )
    return replace(
        site, names=MappingProxyType(dict(catalog.names)), catalog=catalog, **collections
    )


def _gone(site: Site, rewinder: Rewinder, prefix: str) -> Iterator[str]:
    """Yield the keys of the records of a kind that were not there."""
    kind = next(item for item in KINDS if item.prefix == prefix)
    if prefix not in _LASTING:
        for key, record in getattr(site, kind.collection).items():
            if not rewinder.is_there(record):
                yield f"{prefix}:{key}"


def _parts(comparisons: Mapping[str, Comparison]) -> Iterator[str]:
    """Yield the keys of comparisons and of what is in them."""
    for key, comparison in comparisons.items():
        yield f"comparison:{key}"
        yield from (f"criterion:{key}/{item.id}" for item in comparison.criteria)
        yield from (f"subject:{key}/{item.id}" for item in comparison.file.subjects)


def _comparisons(site: Site, rewinder: Rewinder) -> dict[str, Comparison]:
    made = ((key, _comparison(item, rewinder)) for key, item in site.comparisons.items())
    return {key: item for key, item in made if item is not None}


def _comparison(comparison: Comparison, rewinder: Rewinder) -> Comparison | None:
    """Keep the editions that were there; None where there was none."""
    editions = tuple(item for item in comparison.file.editions if rewinder.is_there(item))
    runs: set[str] = {item.id for item in editions}
    cells = {
        place: replace(
            cell,
            statements=rewinder.statements(cell.statements, cell.recorded) or unknown(),
            evidence=rewinder.evidence(cell.evidence),
        )
        for place, cell in comparison.cells.items()
        if place[0] in runs
    }
    answered = {subject for _, subject, _ in cells}
    if not answered:
        return None
    subjects = tuple(
        rewinder.record(item) for item in comparison.file.subjects if item.id in answered
    )
    return replace(
        comparison,
        file=replace(comparison.file, editions=editions, subjects=subjects),
        criteria=tuple(rewinder.record(item) for item in _asked(comparison, runs)),
        cells=MappingProxyType(cells),
    )


def _asked(comparison: Comparison, runs: set[str]) -> Iterator[Criterion]:
    """Yield the criteria that some editions answer, with the headings above them."""
    asked: set[Any] = {
        item.id
        for item in comparison.criteria
        if item.id not in comparison.headings and (not item.editions or runs & set(item.editions))
    }
    above = {item.id: item.parent for item in comparison.criteria}
    for start in tuple(asked):
        parent = above[start]
        while parent is not None and parent not in asked:
            asked.add(parent)
            parent = above.get(parent)
    yield from (item for item in comparison.criteria if item.id in asked)
