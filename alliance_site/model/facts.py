"""Facts that prose may print: a path into the records → a value.

Never: formats a number or a date (that is `view`, in the site's language).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from alliance_site.model.records import (
    Classification,
    ObjectiveStatus,
    Organization,
    Role,
    Statement,
)
from alliance_site.model.site import Comparison, Site
from alliance_site.model.statements import headline, headline_value
from alliance_site.model.values import PartialDate, Quantity

LAUNCH_ROLES = frozenset({Role.FOUNDER, Role.FOUNDING_MEMBER, Role.COLLABORATOR})
FORMATS = ("", "qualified", "full")


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with what is needed to print it, and the record it comes from.

    Attributes:
        value: A number, a date or a text.
        key: The record behind it (`figure:launch-members`); empty for a count over many.
    """

    value: Decimal | PartialDate | str
    qualifier: str = ""
    unit: str = ""
    key: str = ""


def fact_of(site: Site, path: str) -> Fact | None:
    """Look a fact up.

    Args:
        site: All records.
        path: `figures/<id>`, `organizations/<id>/<field>` and likewise for alliances and
            objectives, `comparisons/<id>/<subject>/<criterion>`, `score/<id>/<edition>/<subject>`,
            or `count/…`.

    Returns:
        The fact, or None when the path leads nowhere or to no value.
    """
    first, *rest = path.split("/")
    lookup = _LOOKUPS.get(first)
    return lookup(site, rest) if lookup else None


def members_of(site: Site, alliance: str | None = None) -> tuple[Organization, ...]:
    """Return the organisations with a membership in an alliance (the site's own by default)."""
    wanted = alliance or site.settings.alliance
    return tuple(
        item
        for item in site.organizations.values()
        if any(membership.alliance == wanted for membership in item.memberships)
    )


def role_in(organization: Organization, alliance: str) -> Role | None:
    """Return the role of an organisation's first membership in an alliance."""
    return next((item.role for item in organization.memberships if item.alliance == alliance), None)


def score_of(comparison: Comparison, edition: str, subject: str) -> Decimal:
    """Add up the points of a subject's headline values in an edition; unknown counts nothing."""
    total = Decimal(0)
    for criterion in comparison.questions(edition):
        cell = comparison.cells.get((edition, subject, criterion.id))
        value = headline_value(cell.statements) if cell else None
        if value is not None:
            total += comparison.file.levels[value].points
    return total


def _figure(site: Site, rest: Sequence[str]) -> Fact | None:
    figure = site.figures.get(rest[0]) if len(rest) == 1 else None
    quantity = headline_value(figure.value) if figure else None
    if figure is None or quantity is None:
        return None
    return Fact(quantity.number, quantity.qualifier, figure.unit, f"figure:{figure.id}")


def _field(collection: str, prefix: str) -> Callable[[Site, Sequence[str]], Fact | None]:
    def look_up(site: Site, rest: Sequence[str]) -> Fact | None:
        if len(rest) != 2:
            return None
        record = getattr(site, collection).get(rest[0])
        value = _plain(getattr(record, rest[1], None)) if record else None
        return _fact_from(value, f"{prefix}:{rest[0]}")

    return look_up


def _plain(value: Any) -> Any:
    """Take the headline of a stated field."""
    if isinstance(value, tuple) and value and isinstance(value[0], Statement):
        first = headline(value)
        return first.value if first else None
    return value


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
    return None


def _cell(site: Site, rest: Sequence[str]) -> Fact | None:
    comparison = site.comparisons.get(rest[0]) if len(rest) == 3 else None
    if comparison is None:
        return None
    cell = comparison.cells.get((comparison.latest().id, rest[1], rest[2]))
    value = headline_value(cell.statements) if cell else None
    if value is None:
        return None
    return Fact(comparison.file.levels[value].label.lower(), key=f"subject:{rest[0]}/{rest[1]}")


def _score(site: Site, rest: Sequence[str]) -> Fact | None:
    comparison = site.comparisons.get(rest[0]) if len(rest) == 3 else None
    if comparison is None:
        return None
    if not any((rest[1], rest[2]) == cell[:2] for cell in comparison.cells):
        return None
    return Fact(score_of(comparison, rest[1], rest[2]), key=f"subject:{rest[0]}/{rest[2]}")


def _count(site: Site, rest: Sequence[str]) -> Fact | None:
    what, *facet = rest or [""]
    members = members_of(site)
    match what, facet:
        case ("members" | "launch-members", _):
            at_launch = [
                item for item in members if role_in(item, site.settings.alliance) in LAUNCH_ROLES
            ]
            return _number(
                _members(site, at_launch if what == "launch-members" else members, facet)
            )
        case ("founding-members", []):
            return _count(site, ["launch-members"])
        case ("countries", []):
            return _number(len({headline_value(item.country) for item in members} - {None}))
        case ("cells", [comparison, value, *narrow]):
            found = site.comparisons.get(comparison)
            return _number(_cells(found, value, narrow)) if found else None
        case ("objectives", [status]) if status in set(ObjectiveStatus):
            return _number(
                sum(
                    _text(headline_value(item.status)) == status
                    for item in site.objectives.values()
                )
            )
        case (_, []) if what in _COLLECTIONS:
            return _number(len(getattr(site, what)))
    return None


_COLLECTIONS = frozenset(
    {
        "organizations",
        "objectives",
        "articles",
        "sources",
        "events",
        "arguments",
        "figures",
        "comparisons",
        "corrections",
    }
)


def _number(value: int | None) -> Fact | None:
    return None if value is None else Fact(Decimal(value))


def _text(value: object) -> str:
    return value.value if isinstance(value, StrEnum) else str(value or "")


def _members(site: Site, members: Sequence[Organization], facet: Sequence[str]) -> int | None:
    match facet:
        case []:
            return len(members)
        case ["role", wanted] if wanted in set(Role):
            return _tally(members, wanted, lambda item: role_in(item, site.settings.alliance))
        case ["country" | "classification" | "sector" as name, wanted]:
            count = _tally(members, wanted, lambda item: headline_value(getattr(item, name)))
            is_known = wanted in set(Classification) | set(site.settings.vocabularies.sectors)
            return count if count or is_known else None
    return None


def _tally(
    members: Iterable[Organization], wanted: str, value: Callable[[Organization], object]
) -> int:
    return sum(_text(value(item)) == wanted for item in members)


def _cells(comparison: Comparison, wanted: str, narrow: Sequence[str]) -> int | None:
    """Count the latest edition's cells of a value, for all subjects, one, or a group."""
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
    edition = comparison.latest().id
    values = (
        headline(cell.statements)
        for (run, subject, _), cell in comparison.cells.items()
        if run == edition and subject in subjects
    )
    return sum((item.absence or item.value) == wanted for item in values if item is not None)


_LOOKUPS: Mapping[str, Callable[[Site, Sequence[str]], Fact | None]] = {
    "figures": _figure,
    "organizations": _field("organizations", "org"),
    "alliances": _field("alliances", "alliance"),
    "objectives": _field("objectives", "objective"),
    "comparisons": _cell,
    "score": _score,
    "count": _count,
}
