"""Facts that prose may print: a path into the records → a value.

Never: formats a number or a date (that is `view`, in the site's language).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from alliance_site.model.comparison_records import Cell
from alliance_site.model.records import (
    Classification,
    Membership,
    ObjectiveStatus,
    Organization,
    Role,
    SourceKind,
    Statement,
)
from alliance_site.model.site import Comparison, Site
from alliance_site.model.statements import headline, headline_value
from alliance_site.model.values import PartialDate, Quantity

LAUNCH_ROLES = frozenset({Role.FOUNDER, Role.FOUNDING_MEMBER, Role.COLLABORATOR})
FORMATS = ("", "qualified", "full", "percent", "rounded", "compact", "month", "year")
"""How a fact may be printed, after `|`: a number with its qualifier, and unit; with the sign of per
cent; without decimals; as `1 million`; a date by its month or its year alone."""


class Fact(Struct, frozen=True):
    """A value with what is needed to print it, and the record it comes from.

    Attributes:
        value: A number, a date or a text.
        key: The record behind it (`figure:launch-members`); empty for a count over many.
        field: Which field of that record; empty where the value is computed.
    """

    value: Decimal | PartialDate | str
    qualifier: str = ""
    unit: str = ""
    key: str = ""
    field: str = ""


def fact_of(site: Site, path: str) -> Fact | None:
    """Look a fact up.

    Args:
        site: All records.
        path: `figures/<id>`; `organizations/<id>/<field>` and likewise for alliances and
            objectives; each perhaps with `/<statement>` for one of several;
            `comparisons/<id>/<subject>/<criterion>`, `score/<id>/<edition>/<subject>`, or
            `count/…`.

    Returns:
        The fact, or None when the path leads nowhere or to no value.
    """
    first, *rest = path.split("/")
    lookup = _LOOKUPS.get(first)
    return lookup(site, rest) if lookup else None


def members_of(site: Site, alliance: str | None = None) -> tuple[Organization, ...]:
    """Return the members of an alliance (the site's own by default) on the site's day."""
    wanted = alliance or site.settings.alliance
    found = site.organizations.values()
    return tuple(item for item in found if membership_in(site, item, wanted))


def membership_in(
    site: Site, organization: Organization, alliance: str | None = None
) -> Membership | None:
    """Return an organisation's membership in an alliance; None if it is no member on the day.

    The day on which a membership ends is its last.
    """
    wanted = alliance or site.settings.alliance
    for membership in organization.memberships:
        end = headline_value(membership.end_date)
        is_over = end is not None and end.latest() < site.clock.as_of
        if membership.alliance == wanted and not is_over:
            return membership
    return None


def role_in(site: Site, organization: Organization, alliance: str | None = None) -> Role | None:
    """Return an organisation's role in an alliance; None if it is no member on the day."""
    membership = membership_in(site, organization, alliance)
    return membership.role if membership else None


def _figure(site: Site, rest: Sequence[str]) -> Fact | None:
    figure = site.figures.get(rest[0]) if rest else None
    quantity = _one_of(figure.value, rest[1:]) if figure else None
    if figure is None or quantity is None:
        return None
    return Fact(quantity.number, quantity.qualifier, figure.unit, f"figure:{figure.id}", "value")


def _field(collection: str, prefix: str) -> Callable[[Site, Sequence[str]], Fact | None]:
    def look_up(site: Site, rest: Sequence[str]) -> Fact | None:
        match rest:
            case [key, name, *statement]:
                record = getattr(site, collection).get(key)
                is_field = record is not None and name in record.__struct_fields__
                value = _one_of(getattr(record, name), statement) if is_field else None
                fact = _fact_from(value, f"{prefix}:{key}")
                return replace(fact, field=name) if fact else None
            case _:
                return None

    return look_up


def _one_of(value: Any, statement: Sequence[str]) -> Any:
    """Take the headline of a stated field, or the statement named."""
    is_stated = isinstance(value, tuple) and value and isinstance(value[0], Statement)
    match statement:
        case []:
            return headline_value(value) if is_stated else value
        case [wanted] if is_stated:
            return next((item.value for item in value if item.id == wanted), None)
        case _:
            return None


def _fact_from(value: Any, key: str) -> Fact | None:
    match value:
        case Quantity():
            return Fact(value.number, value.qualifier, key=key)
        case PartialDate():
            return Fact(value, key=key)
        case StrEnum():
            return Fact(value.value.replace("-", " ").replace("_", " "), key=key)
        case str() if value:
            return Fact(value, key=key)
        case int():
            return Fact(Decimal(value), key=key)
        case _:
            return None


def _cell(site: Site, rest: Sequence[str]) -> Fact | None:
    comparison, subject, criterion = _three(site, rest)
    if comparison is None:
        return None
    cell = comparison.cells.get((comparison.latest.id, subject, criterion))
    value = headline_value(cell.statements) if cell else None
    if value is None:
        return None
    key, field = f"subject:{comparison.id}/{subject}", f"cells/{comparison.latest.id}/{criterion}"
    if isinstance(value, Decimal):
        unit = comparison.criterion_by_id[criterion].unit
        return Fact(value, unit=unit, key=key, field=field)
    levels = comparison.levels(criterion)
    names = (value,) if isinstance(value, str) else value
    label = ", ".join(levels[name].label.lower() if name in levels else name for name in names)
    return Fact(label, key=key, field=field)


def _three(site: Site, rest: Sequence[str]) -> tuple[Comparison | None, str, str]:
    """Split `<comparison>/<a>/<b>`."""
    match rest:
        case [comparison, first, second]:
            return site.comparisons.get(comparison), first, second
        case _:
            return None, "", ""


def _score(site: Site, rest: Sequence[str]) -> Fact | None:
    comparison, edition, subject = _three(site, rest)
    if comparison is None or subject not in {item.id for item in comparison.subjects_in(edition)}:
        return None
    score = comparison.score(edition, subject)
    return None if score is None else Fact(score, key=f"subject:{comparison.id}/{subject}")


def _count(site: Site, rest: Sequence[str]) -> Fact | None:
    counted = counted_by(site, rest)
    return None if counted is None else Fact(Decimal(len(counted)))


def counted_by(site: Site, rest: Sequence[str]) -> tuple[str, ...] | None:
    """Return what a `count/…` counts: the key of each thing, in order.

    Args:
        site: All records.
        rest: What follows `count/`, part by part.

    Returns:
        Keys as links write them (`org:ibm`), a cell's as `cell:<comparison>/<subject>/<criterion>`,
        a country's as the list of its members; None where nothing of that name can be counted.
    """
    members = _counted_members(site, rest)
    return members if members is not None else _counted_records(site, rest)


def _counted_members(site: Site, rest: Sequence[str]) -> tuple[str, ...] | None:
    match rest:
        case ["members", *facet]:
            return _members(site, members_of(site), facet)
        case ["launch-members", *facet]:
            at_launch = [item for item in members_of(site) if role_in(site, item) in LAUNCH_ROLES]
            return _members(site, at_launch, facet)
        case ["alliance-members", alliance] if alliance in site.alliances:
            return _keys_of("org", members_of(site, alliance), lambda _: True)
        case ["compared-members", comparison] if comparison in site.comparisons:
            subjects = site.comparisons[comparison].file.subjects
            compared = {item.organization for item in subjects}
            return _keys_of("org", members_of(site), lambda item: item.id in compared)
        case ["countries"]:
            found = {headline_value(item.country) for item in members_of(site)} - {None}
            return tuple(f"members:country/{country}" for country in sorted(map(str, found)))
        case _:
            return None


def _counted_records(site: Site, rest: Sequence[str]) -> tuple[str, ...] | None:
    match rest:
        case [what] if what in _COLLECTIONS:
            return tuple(f"{_COLLECTIONS[what]}:{key}" for key in getattr(site, what))
        case ["cells", comparison, value, *narrow] if comparison in site.comparisons:
            return _cells(site.comparisons[comparison], value, narrow)
        case ["deliverables", objective] if objective in site.objectives:
            done = site.objectives[objective].deliverables
            return tuple(f"objective:{objective}" for _ in done)
        case [what, *narrow]:
            return _counted_of_kind(site, what, narrow)
        case _:
            return None


def _counted_of_kind(site: Site, what: str, narrow: Sequence[str]) -> tuple[str, ...] | None:
    terms = site.settings.vocabularies
    match what, *narrow:
        case "objectives", status if status in set(ObjectiveStatus):
            found = site.objectives.values()
            return _keys_of("objective", found, lambda item: headline_value(item.status) == status)
        case "arguments", "side", side if side in terms.sides:
            return _keys_of("argument", site.arguments.values(), lambda item: item.side == side)
        case "sources", "kind", kind if kind in set(SourceKind):
            return _keys_of("source", site.sources.values(), lambda item: item.kind == kind)
        case "topics", topic if topic in terms.topics:
            articles = (f"article:{key}" for key in site.listings_tied(f"topic:{topic}").ids)
            every = site.arguments.values()
            return (*articles, *_keys_of("argument", every, lambda item: item.topic == topic))
        case _:
            return None


_COLLECTIONS: Mapping[str, str] = {
    "organizations": "org",
    "objectives": "objective",
    "articles": "article",
    "sources": "source",
    "events": "event",
    "arguments": "argument",
    "figures": "figure",
    "comparisons": "comparison",
    "corrections": "correction",
}


def _keys_of(
    prefix: str, records: Iterable[Any], is_meant: Callable[[Any], bool]
) -> tuple[str, ...]:
    return tuple(f"{prefix}:{item.id}" for item in records if is_meant(item))


def _text(value: object) -> str:
    return value.value if isinstance(value, StrEnum) else str(value or "")


def _members(
    site: Site, members: Sequence[Organization], facet: Sequence[str]
) -> tuple[str, ...] | None:
    match facet:
        case []:
            return _keys_of("org", members, lambda _: True)
        case ["role", wanted] if wanted in set(Role):
            return _keys_of("org", members, lambda item: _text(role_in(site, item)) == wanted)
        case ["country" | "classification" | "sector" as name, wanted]:
            found = _keys_of(
                "org", members, lambda item: _text(headline_value(getattr(item, name))) == wanted
            )
            is_known = wanted in set(Classification) | set(site.settings.vocabularies.sectors)
            return found if found or is_known else None
        case _:
            return None


def _cells(comparison: Comparison, wanted: str, narrow: Sequence[str]) -> tuple[str, ...] | None:
    """Return the latest edition's cells of a value, for all subjects, one, or a group."""
    if wanted != "unknown" and wanted not in comparison.file.levels:
        return None
    match narrow:
        case []:
            subjects = {item.id for item in comparison.file.subjects}
        case ["group", group]:
            subjects = {item.id for item in comparison.file.subjects if item.group == group}
        case [subject]:
            subjects = {item.id for item in comparison.file.subjects if item.id == subject}
        case _:
            return None
    if not subjects:
        return None
    edition = comparison.latest.id
    one = comparison.cells_by_subject.get(narrow[0], {}) if len(narrow) == 1 else comparison.cells
    return tuple(
        f"cell:{comparison.id}/{subject}/{criterion}"
        for (run, subject, criterion), cell in one.items()
        if run == edition and subject in subjects and _answer(cell) == wanted
    )


def _answer(cell: Cell) -> object:
    first = headline(cell.statements)
    return None if first is None else first.absence or first.value


_LOOKUPS: Mapping[str, Callable[[Site, Sequence[str]], Fact | None]] = {
    "figures": _figure,
    "organizations": _field("organizations", "org"),
    "alliances": _field("alliances", "alliance"),
    "objectives": _field("objectives", "objective"),
    "comparisons": _cell,
    "score": _score,
    "count": _count,
}
