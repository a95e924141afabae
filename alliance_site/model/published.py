"""Records ↔ plain values: what the data package says of each record, and the records made of it.

A record is written as content would write it, with every key of its class that says anything, so
that what is published is read by the same rules as `content/`: field by field, by its type.

Never: knows a file's name.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from msgspec.structs import replace

from alliance_site.diagnostics import Span
from alliance_site.model.comparison_records import (
    Cell,
    CellValue,
    ComparisonFile,
    Criterion,
    Rating,
    RawValue,
    ReadRating,
    Reply,
)
from alliance_site.model.record import Record, is_record
from alliance_site.model.records import NOWHERE, Evidence, Slug, Stated, Statement
from alliance_site.model.rubric import read_value
from alliance_site.model.scoring.declared import ScoringFile
from alliance_site.model.site import Comparison
from alliance_site.model.structure import Structured, field_specs, structure_record
from alliance_site.model.values import Markdown, PartialDate, Quantity
from alliance_site.read import Mapping as MappingNode
from alliance_site.read import Node, Scalar
from alliance_site.read import Sequence as SequenceNode

BODY = "body"
"""The key of what stands below the fields of a Markdown file."""


class PublishedCell(Record, frozen=True, kw_only=True):
    """A cell with its place; see `Cell`."""

    edition: Slug
    subject: Slug
    criterion: Slug
    statements: Stated[RawValue]
    evidence: tuple[Evidence, ...] = ()
    recorded: PartialDate | None = None
    ratings: tuple[Rating, ...] = ()
    reply: Reply | None = None
    review_by: PartialDate | None = None
    inherited_from: str = ""


class PublishedComparison(Record, frozen=True, kw_only=True):
    """A comparison with all its cells, those inherited and those not applicable included."""

    comparison: ComparisonFile
    criteria: tuple[Criterion, ...]
    scoring: ScoringFile
    cells: tuple[PublishedCell, ...] = ()


# Records → plain values


def plain_record(record: Any) -> dict[str, Any]:
    """Write a record as texts, lists and mappings; what says nothing is left out."""
    written = dict(_plain_fields(record))
    body = getattr(record, BODY, None)
    return written if body is None else {**written, BODY: body.text}


def _plain_fields(record: Any) -> Iterator[tuple[str, Any]]:
    kind: Any = type(record)
    for spec in field_specs(kind):
        value = getattr(record, spec.name)
        if not spec.is_implicit and (spec.is_required or value != spec.default):
            # `none` is an answer: no source was found.
            yield spec.key, "none" if value == () else _plain(value)


def _plain(value: Any) -> Any:
    return _writer_of(type(value))(value)


def _choose_writer(kind: Any) -> Callable[[Any], Any]:
    """Choose how values of a class are written."""
    written = (write for other, write in _WRITTEN if issubclass(kind, other))
    return next(written, _plain_record if is_record(kind) else str)


_writer_of: Callable[[Any], Callable[[Any], Any]] = cache(_choose_writer)


def _plain_record(value: Any) -> dict[str, Any]:
    return dict(_plain_fields(value))


def _plain_statement(statement: Statement[Any]) -> Any:
    """Write the bare value where it is all that is said."""
    if statement == Statement(value=statement.value):
        return _plain(statement.value)
    return _plain_record(statement)


_WRITTEN: tuple[tuple[type[Any], Callable[[Any], Any]], ...] = (
    (Mapping, lambda value: {key: _plain(item) for key, item in value.items()}),
    (tuple, lambda value: [_plain(item) for item in value]),
    (Statement, _plain_statement),
    (Markdown, lambda value: value.text),
    (PartialDate, lambda value: f"{value}{'~' if value.is_approximate else ''}"),
    (StrEnum, lambda value: value.value),
    (bool, lambda value: "yes" if value else "no"),
    (Decimal, lambda value: f"{value:f}"),
    (Quantity, lambda value: f"{value.qualifier} {value.number:f}".strip()),
    (RawValue, lambda value: value.texts[0] if len(value.texts) == 1 else list(value.texts)),
)
"""What is written otherwise than field by field, or as its text."""


def plain_comparison(comparison: Comparison) -> dict[str, Any]:
    """Write a comparison with its criteria, its rules and its cells, in order."""
    cells = tuple(
        PublishedCell(
            edition=Slug(edition),
            subject=Slug(subject),
            criterion=Slug(criterion),
            statements=tuple(_raw(item) for item in cell.statements),
            evidence=cell.evidence,
            recorded=cell.recorded,
            ratings=tuple(_raw_rating(item) for item in cell.ratings),
            reply=cell.reply,
            review_by=cell.review_by,
            inherited_from=cell.inherited_from,
        )
        for (edition, subject, criterion), cell in sorted(comparison.cells.items())
    )
    return plain_record(
        PublishedComparison(
            comparison=comparison.file,
            criteria=comparison.criteria,
            scoring=comparison.scoring,
            cells=cells,
        )
    )


def _raw_rating(rating: ReadRating) -> Rating:
    value = _raw_value(rating.value)
    return Rating(rater=rating.rater, value=value, date=rating.date, note=rating.note)


def _raw_value(value: CellValue) -> RawValue:
    return RawValue(value if isinstance(value, tuple) else (_plain(value),))


def _raw(statement: Statement[CellValue]) -> Statement[RawValue]:
    value, other = statement.value, _other_than_value(statement)
    if value is None:
        return Statement(**other)
    return Statement(value=_raw_value(value), **other)


def _other_than_value(statement: Statement[Any]) -> dict[str, Any]:
    names = statement.__struct_fields__
    return {name: getattr(statement, name) for name in names if name != "value"}


# Plain values → records


def node_of(value: Any, path: str) -> Node:
    """Make a node of plain values, as if they stood in a content file."""
    span = Span(path=path)
    if isinstance(value, Mapping):
        return MappingNode(
            tuple((Scalar(str(key), span, "", is_quoted=True), node_of(item, path))
                  for key, item in value.items()),
            span,
        )  # fmt: skip
    if isinstance(value, list):
        return SequenceNode(tuple(node_of(item, path) for item in value), span)
    return Scalar(str(value), span, str(value), is_quoted=True)


def record_of(kind: Any, key: str, said: Any, path: str, found: Structured) -> Any:
    """Make a record of what `plain_record` gave; None where it is something else.

    Args:
        kind: The record's class.
        key: Its id; empty for a class without one.
        said: What was published.
        path: Named where something is wrong with it.
        found: Collects faults, references and texts.
    """
    node = node_of(said, path)
    if not isinstance(node, MappingNode):
        return None
    implicit: dict[str, object] = {"id": key} if key else {}
    names = {spec.name for spec in field_specs(kind) if spec.is_implicit}
    if BODY in names:
        text = str(said.get(BODY, ""))
        body = Markdown(text=text, raw=text, span=Span(path=path), is_body=True)
        found.markdown.append(body)
        implicit[BODY] = body
        kept = tuple(entry for entry in node.entries if entry[0].text != BODY)
        node = replace(node, entries=kept)
    return structure_record(kind, node, found, **implicit)


def comparison_of(key: str, said: Any, path: str, found: Structured) -> Comparison | None:
    """Make a comparison of what `plain_comparison` gave; None where it is something else."""
    published: PublishedComparison | None = record_of(PublishedComparison, "", said, path, found)
    if published is None:
        return None
    file, asked = published.comparison, {item.id: item for item in published.criteria}
    cells = {}
    for item in published.cells:
        criterion = asked.get(item.criterion)
        if criterion is None:
            return None
        cells[str(item.edition), str(item.subject), str(item.criterion)] = Cell(
            statements=tuple(_read(file, criterion, one, found) for one in item.statements),
            evidence=item.evidence,
            recorded=item.recorded,
            ratings=tuple(_rating(file, criterion, one, found) for one in item.ratings),
            reply=item.reply,
            review_by=item.review_by,
            inherited_from=item.inherited_from,
        )
    return Comparison(
        id=key, file=file, criteria=published.criteria, cells=cells, scoring=published.scoring
    )


def _read(
    file: ComparisonFile, criterion: Criterion, statement: Statement[RawValue], found: Structured
) -> Statement[CellValue]:
    if statement.value is None:
        return Statement(**_other_than_value(statement))
    value, fault = read_value(file, criterion, statement.value, NOWHERE)
    found.diagnostics += [fault] if fault else []
    return Statement(value=value, **_other_than_value(statement))


def _rating(
    file: ComparisonFile, criterion: Criterion, rating: Rating, found: Structured
) -> ReadRating:
    value, fault = read_value(file, criterion, rating.value, NOWHERE)
    found.diagnostics += [fault] if fault else []
    shown = "" if value is None else value
    return ReadRating(rater=rating.rater, value=shown, date=rating.date, note=rating.note)
