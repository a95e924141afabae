"""What one record must not say of itself: rivals without a rule, ends before their starts.

Never: looks at a second record.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from alliance_site.diagnostics import Code, Diagnostic, Span
from alliance_site.model.record import place_in
from alliance_site.model.records import (
    Article,
    Evidence,
    Membership,
    Objective,
    Organization,
    Statement,
)
from alliance_site.model.statements import HeadlineRule, headline, headline_value
from alliance_site.model.structure import fields_with, shape_of
from alliance_site.model.values import PartialDate


class StatedField(Struct, frozen=True):
    """A field that holds statements, with what stands behind those that bring no evidence.

    `path` names it from the record down, such as `memberships/start_date`.
    """

    path: str
    statements: tuple[Statement[Any], ...]
    evidence: tuple[Evidence, ...]


def stated_fields(
    record: Any, prefix: str = "", evidence: tuple[Evidence, ...] = ()
) -> Iterator[StatedField]:
    """Yield every field of a record, and of the records in it, that holds statements."""
    kind: Any = type(record)
    holders = fields_with(kind, (Statement,))
    if not holders:
        return
    own = getattr(record, "evidence", None) or evidence
    for spec in holders:
        # A cell's statements are written in the place of the cell itself.
        path = f"{prefix}{spec.key}" if spec.key else prefix.rstrip("/")
        yield from _stated(getattr(record, spec.name), path, own)


def _stated(value: Any, path: str, evidence: tuple[Evidence, ...]) -> Iterator[StatedField]:
    shape = shape_of(type(value))
    if shape == "mapping":
        for key, item in value.items():
            yield from _stated(item, f"{path}/{key}", evidence)
    elif shape == "list" and value and isinstance(value[0], Statement):
        yield StatedField(path, value, evidence)
    elif shape == "list":
        for item in value:
            yield from _stated(item, path, evidence)
    elif shape in {"record", "statement"}:
        yield from stated_fields(value, f"{path}/", evidence)


def check_consistency(record: Any, rule: HeadlineRule) -> Iterator[Diagnostic]:
    """Yield what is wrong within a record."""
    for item in stated_fields(record):
        yield from _check_rivals(item, rule)
        yield from _check_ids(item)
        for statement in item.statements:
            valid = statement.valid
            names = (f"{item.path}/valid/from", f"{item.path}/valid/to")
            yield from _check_order(valid.from_, valid.to, names, statement.span)
    yield from _check_spans_of_time(record, rule)
    if isinstance(record, Objective) and record.number < 1:
        yield Diagnostic(
            code=Code.BAD_VALUE,
            message=f"`number` is `{record.number}`, expected a whole number from 1 on",
            span=record.span,
        )
    if isinstance(record, Organization):
        yield from _check_organization(record)


def _check_ids(item: StatedField) -> Iterator[Diagnostic]:
    seen: dict[str, Span] = {}
    for statement in item.statements:
        if statement.id is not None and statement.id in seen:
            yield Diagnostic(
                code=Code.DUPLICATE_ID,
                message=f"`{statement.id}` is the id of another statement of `{item.path}`",
                span=statement.span,
                hint="rename one of them",
                related=((seen[statement.id], "the other one"),),
            )
        elif statement.id is not None:
            seen[statement.id] = statement.span


def _check_rivals(item: StatedField, rule: HeadlineRule) -> Iterator[Diagnostic]:
    pair = rule.rivals(item.statements)
    if pair is None:
        return
    first, second = (str(each.value or each.absence) for each in pair)
    tried = ", ".join(test.value for test in rule.policies.headline)
    yield Diagnostic(
        code=Code.RIVAL_STATEMENTS,
        message=(
            f"`{item.path}` has the rivals `{first}` and `{second}`, and no rule decides: they are "
            f"equal in {tried}"
        ),
        span=pair[1].span,
        hint="mark one `rank: preferred`, or the others `rank: deprecated`",
        related=((pair[0].span, "the other one"),),
    )


def _check_organization(organization: Organization) -> Iterator[Diagnostic]:
    """Yield what an organisation cannot be: its own parent, the same member twice."""
    if organization.parent == organization.id:
        yield Diagnostic(
            code=Code.BAD_VALUE,
            message=f"`parent` of `{organization.id}` is `{organization.id}` itself",
            span=place_in(organization, "parent"),
            hint="name the organization that owns it, or take the line out",
        )
    seen: dict[object, Membership] = {}
    for item in organization.memberships:
        dates = (headline_value(item.start_date), headline_value(item.end_date))
        other = seen.setdefault((item.alliance, item.role, *dates), item)
        if other is not item:
            span = item.span
            yield Diagnostic(
                code=Code.BAD_VALUE,
                message=f"the membership in `{item.alliance}` stands twice, with the same role "
                "and dates",
                span=Span(path=span.path, line=span.line, column=span.column),
                hint="take one of them out, or say when the first ended and the other began",
                related=((other.span, "the other one"),),
            )


def _check_spans_of_time(record: Any, rule: HeadlineRule) -> Iterator[Diagnostic]:
    for membership in getattr(record, "memberships", ()):
        start = headline_value(rule.ordered(membership.start_date))
        end = headline(rule.ordered(membership.end_date))
        if end is not None:
            yield from _check_order(start, end.value, ("start_date", "end_date"), end.span)
    if isinstance(record, Article):
        for name in ("updated", "expires"):
            end = getattr(record, name)
            yield from _check_order(
                record.published, end, ("published", name), place_in(record, name)
            )


def _check_order(
    start: PartialDate | None, end: PartialDate | None, names: tuple[str, str], span: Span
) -> Iterator[Diagnostic]:
    if start is None or end is None or end.latest() >= start.earliest():
        return
    yield Diagnostic(
        code=Code.DATES_REVERSED,
        message=f"`{names[1]}` is {end}, which is before `{names[0]}`, {start}",
        span=Span(path=span.path, line=span.line, column=span.column),
        hint="correct one of the two dates",
    )
