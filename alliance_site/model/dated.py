"""What the records say held on a day, by the dates that they give themselves.

Only what bears a date is told: who was a member, where objectives stood, figures, answers.

Never: reads a release.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from alliance_site.model.fields import RecordField, record_fields, texts_of
from alliance_site.model.records import Membership, Statement
from alliance_site.model.releases import Texts, Values
from alliance_site.model.site import Comparison, Site
from alliance_site.model.statements import headline_value
from alliance_site.model.values import PartialDate


def dated_values(site: Site, day: PartialDate) -> Values:
    """Return what held at the end of a day, month or year, by record and field."""
    values: Values = {}
    for key, path, texts in _dated(site, day):
        values.setdefault(key, {})[path] = texts
    return values


def _dated(site: Site, day: PartialDate) -> Iterator[tuple[str, str, Texts]]:
    for organization in site.organizations.values():
        for membership in organization.memberships:
            yield from _membership(f"org:{organization.id}", membership, day)
    for objective in site.objectives.values():
        yield from _held(record_fields(f"objective:{objective.id}", objective), day)
    for figure in site.figures.values():
        if figure.date is not None and figure.date.earliest() <= day.latest():
            yield f"figure:{figure.id}", "value", texts_of(figure.value)
    for comparison in site.comparisons.values():
        yield from _answers(comparison, day)


def _membership(
    key: str, membership: Membership, day: PartialDate
) -> Iterator[tuple[str, str, Texts]]:
    """Yield who had joined as what, and who had left when."""
    path = f"memberships/{membership.alliance}"
    start, end = headline_value(membership.start_date), headline_value(membership.end_date)
    if start is not None and start.earliest() <= day.latest():
        yield key, f"{path}/role", (membership.role.value,)
        if end is not None and end.earliest() <= day.latest():
            yield key, f"{path}/end_date", (str(end),)


def _answers(comparison: Comparison, day: PartialDate) -> Iterator[tuple[str, str, Texts]]:
    """Yield each subject's latest answers: those of the last edition that spoke for the day."""
    found: dict[tuple[str, str], Texts] = {}
    told = [item for item in comparison.file.editions if item.as_of.earliest() <= day.latest()]
    for edition in [item.id for item in sorted(told, key=lambda item: item.as_of)]:
        for (run, subject, criterion), cell in comparison.cells.items():
            held = _on(cell.statements, day) or _undated(cell.statements)
            if run == edition and held:
                found[subject, criterion] = texts_of(held[:1])
    for (subject, criterion), texts in found.items():
        yield f"subject:{comparison.id}/{subject}", f"cells/{criterion}", texts


def _undated(statements: Sequence[Statement[Any]]) -> tuple[Statement[Any], ...]:
    return tuple(item for item in statements if item.valid.from_ is None)


def _held(fields: Iterator[RecordField], day: PartialDate) -> Iterator[tuple[str, str, Texts]]:
    """Yield the fields of which a statement says from when it holds, as they were on the day."""
    for field in fields:
        value = field.value
        if isinstance(value, tuple) and value and isinstance(value[0], Statement):
            held = _on(value, day)
            if held:
                yield field.key, field.path, texts_of(held[:1])


def _on(statements: Sequence[Statement[Any]], day: PartialDate) -> tuple[Statement[Any], ...]:
    """Return the dated statements that held on a day: of those that began, the latest."""
    begun = [
        item
        for item in statements
        if item.valid.from_ is not None
        and item.valid.from_.earliest() <= day.latest()
        and (item.valid.to is None or item.valid.to.latest() >= day.earliest())
    ]
    newest = max((item.valid.from_ for item in begun if item.valid.from_), default=None)
    return tuple(item for item in begun if item.valid.from_ == newest)
