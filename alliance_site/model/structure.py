"""Nodes → records, by the types of their fields; every fault is collected with its place.

A record's class is its schema: a field's type decides how its text is read, a field without a
default must be there, and a key that no field bears is an error with the nearest known key.

Never: looks at another record (that is `resolve`), stops at the first fault.
"""

import re
import types
from collections.abc import Callable, Hashable, Iterator
from collections.abc import Mapping as MappingABC
from collections.abc import Sequence as SequenceABC
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Literal, NewType, TypeVar, get_args, get_origin

from msgspec import NODEFAULT, Struct, field
from msgspec.structs import FieldInfo, fields, replace

from alliance_site.diagnostics import Code, Diagnostic, Severity, Span, nearest
from alliance_site.ids import id_of
from alliance_site.model import records
from alliance_site.model.comparison_records import CellEntry, RawValue
from alliance_site.model.countries import COUNTRIES, code_of_country
from alliance_site.model.record import IMPLICIT, SHORT, is_record
from alliance_site.model.records import Evidence, Statement
from alliance_site.model.values import Markdown, PartialDate, Quantity, parse_number
from alliance_site.read import Mapping, Node, Scalar, Sequence, odd_character

T = TypeVar("T")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HOST = r"""https?://[^\s/?#\[\]<>"'\\^`{|}]+"""
_PATH_SIGN = r"""[^\s<>"\\^`{|}]"""
_URL = re.compile(rf"{_HOST}(?:[/?#]{_PATH_SIGN}*)?")
_URL_PATTERN = re.compile(rf"{_HOST}(?:[/?#](?:{_PATH_SIGN}|\{{url\}})*)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TRUE, _FALSE = ("yes", "true"), ("no", "false")

REFERENCES: MappingABC[Any, str] = {
    records.SourceId: "source",
    records.OrganizationId: "org",
    records.AllianceId: "alliance",
    records.ObjectiveId: "objective",
    records.ComparisonId: "comparison",
    records.ArticleId: "article",
    records.AuthorId: "author",
    records.SectorId: "sector",
    records.TopicId: "topic",
    records.SideId: "side",
    records.PhaseId: "phase",
}
"""Which kind of record each id type names."""


class Reference(Struct, frozen=True):
    """A place where one record names another.

    `key` is as prose writes it (`org:ibm`); `resolve` checks that it exists, and of a link that
    it leads somewhere.
    """

    key: str
    span: Span
    is_link: bool = False


class Structured(Struct):
    """What structuring one document found besides the record itself."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    markdown: list[Markdown] = field(default_factory=list)

    def report(self, code: Code, message: str, span: Span, hint: str = "") -> None:
        """Add an error."""
        self.diagnostics.append(Diagnostic(code=code, message=message, span=span, hint=hint))


class _Faulty:
    """Stands for a value that could not be read; its error has been reported."""


FAULTY = _Faulty()
_NOTHING: tuple[object, ...] = ()


class FieldSpec(Struct, frozen=True):
    """One field as content writes it.

    Attributes:
        default: What it holds where nothing is written; `NODEFAULT` where something must be.
        is_implicit: Whether it is never written as a field.
        is_short: Whether it holds what a bare text gives its record.
    """

    name: str
    key: str
    type: Any
    default: Any
    is_implicit: bool
    is_short: bool

    @property
    def is_required(self) -> bool:
        """Whether it must be written."""
        return self.default is NODEFAULT


@cache
def field_specs(record: Hashable) -> tuple[FieldSpec, ...]:
    """Return the fields of a record class, in order."""
    described: Any = record
    return tuple(_field_spec(item) for item in fields(described))


@cache
def fields_with(record: Hashable, wanted: tuple[type, ...]) -> tuple[FieldSpec, ...]:
    """Return the fields of a record class that may hold one of some types, at any depth."""
    return tuple(spec for spec in field_specs(record) if _may_hold(spec.type, wanted))


def _may_hold(kind: Any, wanted: tuple[type, ...]) -> bool:
    bare: Any = get_origin(kind) or kind
    if bare in wanted:
        return True
    described: Hashable = bare
    if is_record(bare) and fields_with(described, wanted):
        return True
    return any(_may_hold(part, wanted) for part in get_args(kind))


Shape = Literal["mapping", "list", "statement", "record", "plain"]
"""What to do with a value to see all that is in it; evidence is never divided."""


def _shape_of(kind: Any) -> Shape:
    if issubclass(kind, MappingABC):
        return "mapping"
    if issubclass(kind, tuple):
        return "list"
    if issubclass(kind, Statement):
        return "statement"
    return "record" if is_record(kind) and kind is not Evidence else "plain"


shape_of: Callable[[Any], Shape] = cache(_shape_of)
"""A class → what it is to whoever walks through records; asked of every value in them."""


def found_in(value: Any, kind: type[T]) -> Iterator[T]:
    """Yield every value of a class in a record, and in the records and statements in it."""
    if isinstance(value, kind):
        yield value
        return
    shape = shape_of(type(value))
    if shape == "list":
        parts = value
    elif shape == "mapping":
        parts = value.values()
    elif shape == "plain":
        return
    else:
        record: Any = type(value)
        parts = [getattr(value, spec.name) for spec in fields_with(record, (kind,))]
    for part in parts:
        yield from found_in(part, kind)


def _field_spec(item: FieldInfo) -> FieldSpec:
    marks = getattr(item.type, "__metadata__", ())
    made_anew = item.default_factory
    return FieldSpec(
        name=item.name,
        key=item.encode_name,
        type=item.type.__origin__ if marks else item.type,
        default=item.default if made_anew is NODEFAULT else made_anew(),
        is_implicit=IMPLICIT in marks,
        is_short=SHORT in marks,
    )


def structure_record(
    record: type[T], node: Mapping, found: Structured, **implicit: object
) -> T | None:
    """Make a record of a mapping.

    Args:
        record: Its class.
        node: The mapping.
        found: Collects diagnostics, references and Markdown.
        implicit: Fields that are not written in the mapping (`id`, `body`).

    Returns:
        The record, or None when a field of it is faulty; then `found` says why.
    """
    kind: Any = record
    specs = {spec.key: spec for spec in field_specs(kind) if not spec.is_implicit}
    values = _placed(kind, node) | implicit
    is_faulty = False
    for key, value in node.entries:
        spec = specs.get(key.text)
        if spec is None:
            _report_unknown_key(key, specs, found)
            continue
        result = _value_of(spec, key, value, found)
        is_faulty |= result is FAULTY
        values[spec.name] = result
    for spec in specs.values():
        if spec.is_required and spec.name not in values:
            is_faulty = True
            found.report(
                Code.MISSING_KEY,
                f"`{spec.key}` is missing, expected {describe(spec.type)}",
                Span(path=node.span.path, line=node.span.line, column=node.span.column),
                f"add a line `{spec.key}: …`",
            )
    return None if is_faulty else record(**values)


def without_evidence(record: Any, node: Mapping) -> Any:
    """Hand `evidence: none` of a record down to the statements in it that name no evidence.

    So it is said of each of them, where a record that is silent leaves it open.

    Args:
        record: As it was made.
        node: Of what.
    """
    is_said = any(key.text == "evidence" for key, _ in node.entries)
    return _denied(record) if is_said and getattr(record, "evidence", None) == () else record


def _denied(value: Any) -> Any:
    shape = shape_of(type(value))
    if shape == "statement":
        return replace(value, evidence=()) if value.evidence is None else value
    if shape == "list":
        return tuple(map(_denied, value))
    if shape == "mapping":
        return types.MappingProxyType({key: _denied(item) for key, item in value.items()})
    own: tuple[Evidence, ...] = getattr(value, "evidence", _NO_EVIDENCE)
    if shape == "plain" or own:
        return value
    kind: Any = type(value)
    names = [spec.name for spec in fields_with(kind, (Statement,))]
    return replace(value, **{name: _denied(getattr(value, name)) for name in names})


_NO_EVIDENCE: tuple[Evidence, ...] = ()


def _value_of(spec: FieldSpec, key: Scalar, node: Node, found: Structured) -> Any:
    """Read a field; FAULTY where it cannot be, or where nothing stands that must not be empty."""
    is_blank = isinstance(node, Scalar) and not node.text.strip()
    if not (spec.is_required and is_blank):
        result = _value(spec.type, node, found, key.text)
        is_empty = spec.is_required and result in (_NOTHING, {})
        if not is_empty or _is_evidence(spec.type):
            return result
    found.report(
        Code.BAD_VALUE,
        f"`{spec.key}` is empty, expected {describe(spec.type)}",
        key.span,
        "give it a value; the record cannot do without" if is_blank else "write at least one entry",
    )
    return FAULTY


def _is_evidence(kind: Any) -> bool:
    """Say whether a field holds evidence, where `none` is an answer."""
    return get_origin(kind) is tuple and get_args(kind)[0] is Evidence


def _report_unknown_key(key: Scalar, specs: MappingABC[str, FieldSpec], found: Structured) -> None:
    guess = nearest(key.text, specs)
    hint = f"did you mean `{guess}`?" if guess else "known keys: " + ", ".join(sorted(specs))
    found.report(Code.UNKNOWN_KEY, f"`{key.text}` is not a key of this record", key.span, hint)


def _value(kind: Any, node: Node, found: Structured, name: str) -> Any:
    """Read a node as a field's type; FAULTY when it cannot be."""
    origin = get_origin(kind)
    if origin is types.UnionType or str(origin) == "typing.Union":
        inner = [option for option in get_args(kind) if option is not type(None)]
        return _value(inner[0], node, found, name)
    if origin is tuple:
        item = get_args(kind)[0]
        if get_origin(item) is Statement:
            return _statements(get_args(item)[0], node, found, name)
        return _evidence(node, found, name) if item is Evidence else _list(item, node, found, name)
    if origin is not None and issubclass(origin, MappingABC):
        return _mapping(get_args(kind), node, found, name)
    return _one(kind, node, found, name)


def _one(kind: Any, node: Node, found: Structured, name: str) -> Any:
    """Read what is neither a list nor a mapping of many."""
    if kind in _WRITTEN_OTHERWISE:
        return _WRITTEN_OTHERWISE[kind](node, found, name)
    if is_record(kind):
        return _record(kind, node, found, name)
    return _scalar(kind, node, found, name)


def _wrong_type(node: Node, expected: str, name: str, found: Structured, hint: str = "") -> _Faulty:
    shape = {Scalar: "one value", Sequence: "a list", Mapping: "keys with values"}[type(node)]
    span = Span(path=node.span.path, line=node.span.line, column=node.span.column)
    found.report(Code.WRONG_TYPE, f"`{name}` holds {shape}, expected {expected}", span, hint)
    return FAULTY


def _mapping_of(kind: Any) -> str:
    """Say what a record is written as, with the keys that it cannot do without."""
    keys = [f"`{spec.key}`" for spec in field_specs(kind) if spec.is_required]
    if not keys:
        return "keys with values"
    *first, last = keys
    return (
        f"keys with values: {', '.join(first)} and {last}"
        if first
        else f"the key {last} with its value"
    )


_HOW_TO_LIST = "begin each entry with `- ` on a line of its own"


def _list(item: Any, node: Node, found: Structured, name: str) -> Any:
    if not isinstance(node, Sequence):
        one = (
            node.text
            if isinstance(node, Scalar) and node.text.strip() and not is_record(item)
            else ""
        )
        hint = f"write `{name}: [{one}]`, or one entry a line after `- `" if one else _HOW_TO_LIST
        return _wrong_type(node, f"a list, each entry {describe(item)}", name, found, hint)
    values = tuple(_value(item, entry, found, name) for entry in node.items)
    return FAULTY if FAULTY in values else values


def _mapping(kinds: SequenceABC[Any], node: Node, found: Structured, name: str) -> Any:
    if not isinstance(node, Mapping):
        return _wrong_type(node, "keys with values", name, found)
    result = {}
    for key, value in node.entries:
        item = _value(kinds[1], value, found, key.text)
        if "key_span" in getattr(item, "__struct_fields__", ()):
            item = replace(item, key_span=key.span)
        result[key.text] = item if check_id(key, found) else FAULTY
    return FAULTY if FAULTY in result.values() else types.MappingProxyType(result)


def _record(kind: Any, node: Node, found: Structured, name: str) -> Any:
    if isinstance(node, Scalar) and (short := _short_form(kind)):
        value = _value(short.type, node, found, name)
        return FAULTY if value is FAULTY else kind(**{short.name: value}, **_placed(kind, node))
    if not isinstance(node, Mapping):
        return _wrong_type(node, _mapping_of(kind), name, found)
    record = structure_record(kind, node, found)
    return FAULTY if record is None else record


@cache
def _short_form(kind: Hashable) -> FieldSpec | None:
    return next((spec for spec in field_specs(kind) if spec.is_short), None)


def _placed(kind: Any, node: Node) -> dict[str, object]:
    """Return the fields that say where a record stands, and parts of it."""
    has_span = any(spec.name == "span" for spec in field_specs(kind))
    placed: dict[str, object] = {"span": node.span} if has_span else {}
    if isinstance(node, Mapping) and (keys := getattr(kind, "placed", ())):
        found = ((key.text, value.span) for key, value in node.entries if key.text in keys)
        placed["places"] = tuple(found)
    return placed


def _cell(node: Node, found: Structured, name: str) -> Any:
    """Read a cell; what is no key of the cell itself is one of its statement."""
    if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
        value = _raw_value(node, found, name)
        return FAULTY if value is FAULTY else CellEntry(statements=(_plain(value, node),))
    own = dict[str, Any]()
    if isinstance(node, Mapping):
        specs = {
            spec.key: spec for spec in field_specs(CellEntry) if spec.key and not spec.is_implicit
        }
        for key, item in node.entries:
            if key.text in specs:
                own[key.text] = _value(specs[key.text].type, item, found, key.text)
        rest = tuple(entry for entry in node.entries if entry[0].text not in specs)
        listed = [item for key, item in rest if key.text == "statements"]
        node = listed[0] if listed and len(rest) == 1 else replace(node, entries=rest)
    statements = _statements(RawValue, node, found, name)
    values = (*own.values(), statements)
    return FAULTY if FAULTY in values else CellEntry(statements=statements, **own)


def _plain(value: Any, node: Node) -> Any:
    return Statement(value=value, span=node.span)


def _raw_value(node: Node, found: Structured, name: str) -> Any:
    """Read one value, or a list of them."""
    items = node.items if isinstance(node, Sequence) else (node,)
    if not items:
        return _wrong_type(node, "a value", name, found)
    texts = tuple(_scalar(str, item, found, name) for item in items)
    return FAULTY if FAULTY in texts else RawValue(texts)


def _statements(kind: Any, node: Node, found: Structured, name: str) -> Any:
    """Read a plain value, one statement or a list of either."""
    nodes = node.items if isinstance(node, Sequence) else (node,)
    if not nodes:
        return _wrong_type(node, f"{describe(kind)}, or a list of statements", name, found)
    values = tuple(_statement(kind, item, found, name) for item in nodes)
    return FAULTY if FAULTY in values else values


@cache
def _statement_specs() -> MappingABC[str, FieldSpec]:
    return {spec.key: spec for spec in field_specs(Statement) if not spec.is_implicit}


def _statement(kind: Any, node: Node, found: Structured, name: str) -> Any:
    if not isinstance(node, Mapping):
        value = _value(kind, node, found, name)
        return FAULTY if value is FAULTY else Statement(value=value, span=node.span)
    specs = _statement_specs()
    values: dict[str, Any] = {"span": node.span}
    for key, item in node.entries:
        spec = specs.get(key.text)
        if spec is None:
            _report_unknown_key(key, specs, found)
            values[key.text] = FAULTY
        elif key.text == "value":
            values["value"] = _value(kind, item, found, name)
            values["span"] = item.span
        else:
            values[spec.name] = _value(spec.type, item, found, key.text)
    if ("value" in values) == ("absence" in values):
        both = "both `value` and `absence`" if "value" in values else "neither"
        found.report(
            Code.MIXED_STATEMENT,
            f"a statement of `{name}` has {both}, expected one of `value` and `absence`",
            Span(path=node.span.path, line=node.span.line, column=node.span.column),
        )
        return FAULTY
    return FAULTY if FAULTY in values.values() else Statement(**values)


def _evidence(node: Node, found: Structured, name: str) -> Any:
    """Read `none`, a source, a mapping, or a list of them."""
    if isinstance(node, Scalar) and node.text == "none":
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    values = tuple(_evidence_item(item, found, name) for item in items)
    return FAULTY if FAULTY in values else values


def _evidence_item(node: Node, found: Structured, name: str) -> Any:
    if isinstance(node, Sequence):
        return _wrong_type(node, "a source's id", name, found)
    if isinstance(node, Mapping):
        return _record(Evidence, node, found, name)
    _warn_of_comment(node, found, name)
    source, _, locator = node.text.partition(",")
    short = Scalar(source.strip(), node.span, node.raw, node.is_quoted)
    value = _scalar(records.SourceId, short, found, name)
    return FAULTY if value is FAULTY else Evidence(source=value, locator=locator.strip())


def _scalar(kind: Any, node: Node, found: Structured, name: str) -> Any:
    if not isinstance(node, Scalar):
        return _wrong_type(node, describe(kind), name, found)
    if not node.text.strip():
        found.report(
            Code.BAD_VALUE,
            f"`{name}` is empty, expected {describe(kind)}",
            node.span,
            "give it a value, or leave the key out",
        )
        return FAULTY
    if kind in _RUNNING_TEXTS and node.comment:
        _warn_of_comment(node, found, name)
    if kind is Markdown:
        return _markdown(node, found)
    if isinstance(kind, NewType):
        return _checked_text(kind, node, found, name)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _choice(kind, node, found, name)
    return _parsed(kind, node, found, name)


_RUNNING_TEXTS = frozenset({str, Markdown})


def _warn_of_comment(node: Scalar, found: Structured, name: str) -> None:
    """Warn of words that YAML takes for a comment, as one space and `#` stand before them.

    Two spaces stand before what is meant as one.

    Source: yamllint, rule `comments`, `min-spaces-from-content`.
    """
    if node.comment.startswith(" #"):
        start = node.span.end_column
        end = start + len(node.comment) if start else 0
        span = replace(node.span, column=start + 1, end_column=end) if start else node.span
        message = f"`{name}` ends before `{node.comment.strip()}`, which YAML takes for a comment"
        hint = "put quotes around the text; before a comment write two spaces"
        found.diagnostics.append(warning(Code.LOST_TEXT, message, span, hint))


def _markdown(node: Scalar, found: Structured) -> Markdown:
    value = Markdown(text=node.text.strip(), raw=node.raw, span=node.span)
    found.markdown.append(value)
    return value


def _bad(code: Code, node: Scalar, message: str, hint: str, found: Structured) -> _Faulty:
    if odd := odd_character(node.text):
        hint = f"take the character {odd} out, which looks like a space or like nothing"
    found.report(code, message, node.span, hint)
    return FAULTY


def check_id(node: Scalar, found: Structured) -> bool:
    """Say whether a text is an id, and report it where it is not."""
    if _ID.fullmatch(node.text):
        return True
    guess = id_of(node.text)
    _bad(
        Code.BAD_ID,
        node,
        f"`{node.text}` is not an id, expected a-z, 0-9 and single hyphens",
        _AN_ADDRESS if "://" in node.text else f"write `{guess}`" if guess else Code.BAD_ID.hint,
        found,
    )
    return False


_AN_ADDRESS = "write an id: a source is an entry of content/sources.yaml, with its address as `URL`"


def _checked_text(kind: Any, node: Scalar, found: Structured, name: str) -> Any:
    text = node.text
    if kind in REFERENCES or kind is records.Slug:
        if not check_id(node, found):
            return FAULTY
        if kind in REFERENCES:
            found.references.append(Reference(f"{REFERENCES[kind]}:{text}", node.span))
        return text
    if kind is records.RecordLink:
        found.references.append(Reference(text, node.span, is_link=True))
        return text
    if kind is records.CountryCode:
        return text if text in COUNTRIES else _bad_country(node, found, name)
    pattern, code, expected, hint = _TEXT_RULES[kind]
    if pattern.fullmatch(text):
        return text
    return _bad(code, node, f"`{name}` is `{text}`, expected {expected}", hint, found)


_TEXT_RULES: MappingABC[Any, tuple[re.Pattern[str], Code, str, str]] = {
    records.Url: (
        _URL,
        Code.BAD_URL,
        "an absolute address",
        "start it with https:// and encode spaces as %20",
    ),
    records.UrlPattern: (
        _URL_PATTERN,
        Code.BAD_URL,
        "an absolute address, perhaps with `{url}` in it",
        "start it with https:// and write {url} where the address of the page belongs",
    ),
    records.LanguageTag: (
        _LANGUAGE,
        Code.BAD_VALUE,
        "a language tag of BCP 47",
        "write it as `en` or `en-GB`",
    ),
}


def _bad_country(node: Scalar, found: Structured, name: str) -> _Faulty:
    code = code_of_country(node.text)
    message = f"`{name}` is `{node.text}`, expected a two-letter country code of ISO 3166-1"
    hint = f"write `{code}`" if code else "no country has this code; France has `FR`"
    return _bad(Code.BAD_VALUE, node, message, hint, found)


def _choice(kind: type[StrEnum], node: Scalar, found: Structured, name: str) -> Any:
    values = [item.value for item in kind]
    if node.text in values:
        return kind(node.text)
    guess = nearest(node.text, values)
    listed = ", ".join(f"`{value}`" for value in values)
    return _bad(
        Code.BAD_VALUE,
        node,
        f"`{name}` is `{node.text}`, expected one of {listed}",
        f"did you mean `{guess}`?" if guess else "",
        found,
    )


def _parsed(kind: Any, node: Scalar, found: Structured, name: str) -> Any:
    text = node.text
    if kind is str:
        return text.strip()
    if kind is bool:
        if text in _TRUE + _FALSE:
            return text in _TRUE
        return _bad(
            Code.BAD_VALUE, node, f"`{name}` is `{text}`, expected `yes` or `no`", "", found
        )
    if kind is PartialDate:
        return PartialDate.parse(text) or _bad_date(node, name, found)
    value = _number(kind, text)
    if value is None:
        expected = describe(kind)
        return _bad(
            Code.BAD_VALUE,
            node,
            f"`{name}` is `{text}`, expected {expected}",
            "write digits without separators, such as `1000` or `2.5`",
            found,
        )
    return value


def _bad_date(node: Scalar, name: str, found: Structured) -> _Faulty:
    is_shaped = re.fullmatch(r"\d{4}(-\d{2}){0,2}~?", node.text)
    why = "no such day" if is_shaped else "expected YYYY, YYYY-MM or YYYY-MM-DD"
    hint = "check the month and the day" if is_shaped else "write 5 December 2023 as `2023-12-05`"
    return _bad(Code.BAD_DATE, node, f"`{name}` is `{node.text}`, {why}", hint, found)


def _number(kind: Any, text: str) -> Any:
    if kind is Quantity:
        return Quantity.parse(text)
    number = parse_number(text)
    return int(text) if kind is int and number is not None and "." not in text else number


_WRITTEN_OTHERWISE: MappingABC[Any, Callable[[Node, Structured, str], Any]] = {
    CellEntry: _cell,
    RawValue: _raw_value,
}
_WORDS: MappingABC[Any, str] = {
    str: "a text",
    int: "a whole number",
    bool: "`yes` or `no`",
    Decimal: "a number",
    Markdown: "a text in Markdown",
    PartialDate: "a date",
    Quantity: "a number, perhaps after words such as `more than`",
    Evidence: "a source's id",
    RawValue: "a value",
    CellEntry: "a value, or statements",
}


def describe(kind: Any) -> str:
    """Say in words what a field expects."""
    origin = get_origin(kind)
    if origin is types.UnionType or str(origin) == "typing.Union":
        return describe(get_args(kind)[0])
    if origin is tuple:
        item = get_args(kind)[0]
        if get_origin(item) is Statement:
            return describe(get_args(item)[0])
        return f"a list, each entry {describe(item)}"
    if isinstance(kind, NewType):
        named = REFERENCES.get(kind, "")
        words = {"org": "an organization"}.get(named, f"{_article(named)} {named}")
        return f"the id of {words}" if named else _TEXT_WORDS.get(kind, "an id")
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return "one of " + ", ".join(f"`{item.value}`" for item in kind)
    return _WORDS.get(kind, "keys with values")


_TEXT_WORDS: MappingABC[Any, str] = {
    records.Url: "an absolute address",
    records.UrlPattern: "an absolute address, perhaps with `{url}` in it",
    records.CountryCode: "a two-letter country code",
    records.LanguageTag: "a language tag",
    records.RecordLink: "a link to a record such as `org:ibm`",
}


def _article(word: str) -> str:
    return "an" if word[:1] in "aeiou" else "a"


def warning(code: Code, message: str, span: Span, hint: str = "") -> Diagnostic:
    """Make a diagnostic that does not stop a build."""
    return Diagnostic(code=code, message=message, span=span, hint=hint, severity=Severity.WARNING)
