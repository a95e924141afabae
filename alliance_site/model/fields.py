"""Every field of every record by name: what a page can show, a source bear and a correction mend.

A field is named by its record's key and a path below it: `org:ibm` and `headquarters`, or
`memberships/ai-alliance/start_date`. Entries of a list are named by their own id where they have
one, else by a digest of what they say, so that one more entry renames none of the others.

Never: formats a value for people (that is `view`).
"""

import hashlib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from alliance_site.model.kinds import KINDS
from alliance_site.model.records import Evidence, Statement
from alliance_site.model.site import Comparison, Site
from alliance_site.model.structure import field_specs, shape_of
from alliance_site.model.values import Markdown

ABSENT = "?"
"""Stands before the reason for which a statement has no value: `?unknown`."""

DIGESTED = "~"
"""Stands before the digest of a text too long to be kept word by word."""

_DIGITS = 12
_UNNAMED = frozenset({"id", "span", "former_ids", "evidence", "subjects", "criteria"})
_NAMES = ("id", "alliance", "scheme", "group")

_NO_FIELDS = frozenset({"corrections"})


class RecordField(Struct, frozen=True):
    """A field and what it holds.

    Attributes:
        key: The record, as links name it; a cell belongs to `subject:<comparison>/<id>`.
        path: From the record down; a cell's is `cells/<edition>/<criterion>`.
        value: As the record holds it: statements, Markdown, a list of ids, or a plain value.
        evidence: Stands behind statements that bring none of their own.
        is_sourced: Whether the record that directly holds the field names evidence itself.
    """

    key: str
    path: str
    value: Any
    evidence: tuple[Evidence, ...] = ()
    is_sourced: bool = False


def site_fields(site: Site, without: frozenset[str] = _NO_FIELDS) -> Iterator[RecordField]:
    """Yield every field of every record but corrections, in the order of kinds and ids.

    Args:
        site: All records.
        without: Names of collections that are left out.
    """
    for kind in KINDS:
        if kind.collection not in without:
            for key, record in getattr(site, kind.collection).items():
                yield from record_fields(f"{kind.prefix}:{key}", record)
    if "comparisons" not in without:
        for comparison in site.comparisons.values():
            yield from comparison_fields(comparison)


def comparison_fields(comparison: Comparison) -> Iterator[RecordField]:
    """Yield the fields of a comparison, its criteria, its subjects and their cells."""
    name = comparison.id
    yield from record_fields(f"comparison:{name}", comparison.file)
    for criterion in comparison.criteria:
        yield from record_fields(f"criterion:{name}/{criterion.id}", criterion)
    for subject in comparison.file.subjects:
        yield from record_fields(f"subject:{name}/{subject.id}", subject)
    for (edition, subject_id, criterion_id), cell in comparison.cells.items():
        yield RecordField(
            f"subject:{name}/{subject_id}",
            f"cells/{edition}/{criterion_id}",
            cell.statements,
            cell.evidence,
            is_sourced=True,
        )


def record_fields(
    key: str, record: Any, prefix: str = "", evidence: tuple[Evidence, ...] = ()
) -> Iterator[RecordField]:
    """Yield the fields of a record, and of the records in it, that hold anything."""
    kind: Any = type(record)
    own: tuple[Evidence, ...] = getattr(record, "evidence", None) or ()
    for spec in field_specs(kind):
        if spec.name not in _UNNAMED | kind.unsaid:
            value = getattr(record, spec.name)
            found = RecordField(key, f"{prefix}{spec.key}", value, own or evidence, bool(own))
            yield from _fields_in(found)


def _fields_in(found: RecordField) -> Iterator[RecordField]:
    value = found.value
    if value in (None, "", ()) or value == {}:
        return
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _fields_in(_below(found, name, item))
    elif isinstance(value, tuple) and _is_record(value[0]):
        taken: set[str] = set()
        for item in value:
            name = _name_of(item, taken)
            yield from _fields_in(_below(found, name, item))
    elif _is_record(value):
        yield from record_fields(found.key, value, f"{found.path}/", found.evidence)
    else:
        yield found


def _below(found: RecordField, name: str, value: Any) -> RecordField:
    return RecordField(found.key, f"{found.path}/{name}", value, found.evidence, found.is_sourced)


def _is_record(value: Any) -> bool:
    return shape_of(type(value)) == "record"


def _name_of(item: Any, taken: set[str]) -> str:
    """Name an entry of a list: by its own id, else by what it says; twins are numbered."""
    name = next((str(getattr(item, each)) for each in _NAMES if getattr(item, each, "")), "")
    if not name:
        said = "\0".join(
            f"{field.path}={' | '.join(texts_of(field.value))}" for field in record_fields("", item)
        )
        name = _digest(said)[:8]
    unique, count = name, 1
    while unique in taken:
        count += 1
        unique = f"{name}-{count}"
    taken.add(unique)
    return unique


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def texts_of(value: Any) -> tuple[str, ...]:
    """Write what a field holds as texts that can be kept and compared.

    Returns:
        One for each statement, the headline first; one for anything else. A reason for which there
        is no value begins with `?`, the digest of a Markdown text with `~`.
    """
    if isinstance(value, tuple) and value and isinstance(value[0], Statement):
        return tuple(_statement_text(item) for item in value)
    return (_text(value),)


def _statement_text(statement: Statement[Any]) -> str:
    absence = statement.absence
    return _text(statement.value) if absence is None else f"{ABSENT}{absence.value}"


def _text(value: Any) -> str:
    match value:
        case Markdown():
            return f"{DIGESTED}{_digest(value.text)[:_DIGITS]}"
        case StrEnum():
            return value.value
        case bool():
            return "yes" if value else "no"
        case tuple():
            return "; ".join(_text(item) for item in value)
        case _:
            return str(value)
