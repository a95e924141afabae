"""What an editor may write in each kind of record, said in words from the records themselves.

A field's type says what it holds, its default whether it may be left out, and the docstring of its
record what it means; an example is what `new` begins with.

Never: knows a field that the model does not.
"""

import inspect
import re
import types
from collections.abc import Iterator
from collections.abc import Mapping as MappingABC
from decimal import Decimal
from functools import cache
from textwrap import wrap
from typing import Any, get_args, get_origin

from alliance_site.model import KINDS, ScoringFile, describe, field_specs, is_record, records
from alliance_site.model.comparison_records import CellsFile, ComparisonFile, CriteriaFile, RawValue
from alliance_site.model.records import Evidence, SiteSettings, Statement
from alliance_site.scan import theme_root
from alliance_site.starter import example_of

_WIDTH = 96
_THEME = """\
theme

The default theme, its templates/ and static/, lies in

    {root}

A file of the same name in your site's own templates/ or static/ takes the place of one of these:
copy the one that you want to change. A template is given `view`, and where it asks that for a
field that it does not have, the error lists those that it has.
"""
_NAMES = {"org": "organization"}
_SECTION = "\n\nAttributes:\n"
_MEANING = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)

_GUIDES: MappingABC[str, tuple[Any, ...]] = {
    "site": (SiteSettings,),
    **{_NAMES.get(kind.prefix, kind.prefix): (kind.record,) for kind in KINDS},
    "comparison": (ComparisonFile, CriteriaFile, CellsFile, ScoringFile),
    "statement": (Statement,),
    "evidence": (Evidence,),
}
_OTHER_NAMES = {**_NAMES, "organisation": "organization"}

KINDS_EXPLAINED = tuple(_GUIDES)
"""Every kind of record, and what stands in many: statements and evidence."""


def guide_to(name: str) -> str:
    """Say which fields a kind of record has, and what each of them means.

    Args:
        name: One of `KINDS_EXPLAINED`, or as links or the British write it.

    Returns:
        Lines of text; empty where there is no such kind. `theme` has some, too.
    """
    if name == "theme":
        return _THEME.format(root=theme_root())
    kind = _OTHER_NAMES.get(name, name)
    lines = [kind]
    for record in _GUIDES.get(kind, ()):
        lines += ["", *_head(record), ""]
        lines += _fields(record, "  ", (record,))
    for path, text in example_of(kind).items():
        lines += ["", f"An example, {path}:", "", *(f"    {line}" for line in text.splitlines())]
    others = [f"`alliance-site explain {item}`" for item in ("statement", "evidence")]
    lines += ["", f"See {' and '.join(item for item in others if kind not in item)}."]
    return "\n".join(line.rstrip() for line in lines) + "\n" if kind in _GUIDES else ""


def _head(record: Any) -> Iterator[str]:
    """Say what a record is, and that it has a text where it has one."""
    words = _docstring(record).partition(_SECTION)[0].split("\n\n")
    if any(spec.name == "body" for spec in field_specs(record)):
        words.append("Below the second `---` stands its text, in Markdown.")
    for text in words:
        yield from wrap(text.replace("\n", " "), _WIDTH, break_on_hyphens=False)


def _fields(record: Any, indent: str, above: tuple[Any, ...]) -> Iterator[str]:
    """Say of every field what it holds and what it means, and the same of the records in it."""
    for spec in field_specs(record):
        if spec.is_implicit or not spec.key:
            continue
        need = " (required)" if spec.is_required else ""
        default = _written(spec.default)
        unsaid = f"; `{default}`, where it is left out" if default else ""
        said = f"{spec.key}{need}: {_holds(spec.type)}{unsaid}"
        yield from _paragraph(said, indent, f"{indent}    ")
        yield from _paragraph(meaning_of(record, spec.name), f"{indent}    ", f"{indent}    ")
        inner = _record_in(spec.type)
        if inner is not None and inner not in above:
            yield from _fields(inner, f"{indent}    ", (*above, inner))


def _paragraph(text: str, indent: str, hanging: str) -> list[str]:
    return wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=hanging,
        break_on_hyphens=False,
        break_long_words=False,
    )


def meaning_of(record: Any, field: str) -> str:
    """Return what a field means, as its record says it, or all records; empty where none does."""
    shared = _meanings(inspect.getdoc(records) or "")
    return _meanings(_docstring(record)).get(field, shared.get(field, ""))


def _docstring(record: Any) -> str:
    return inspect.cleandoc(record.__doc__ or "")


@cache
def _meanings(docstring: str) -> MappingABC[str, str]:
    """Read what stands below `Attributes:` in a docstring, by name."""
    section = docstring.partition(_SECTION)[2]
    return {match[1]: " ".join(match[2].split()) for match in _MEANING.finditer(section)}


def _holds(kind: Any) -> str:
    """Say in words what a field holds."""
    origin, parts = get_origin(kind), get_args(kind)
    if _is_optional(origin):
        return _holds(parts[0])
    if origin is tuple and get_origin(parts[0]) is Statement:
        return f"{describe(kind)}; or a statement of it, or several"
    if origin is tuple and parts[0] is Evidence:
        return "a source's id, perhaps with a comma and the place in it; or a list of evidence"
    if origin is tuple and is_record(parts[0]):
        return "a list, each entry keys with values"
    if origin is not None and issubclass(origin, MappingABC):
        return f"by id, {_holds(parts[1])}"
    return describe(kind)


def _record_in(kind: Any) -> Any:
    """Return the record whose fields are written in a field; None where there is none."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind in {Evidence, RawValue} or origin is Statement:
        return None
    if _is_optional(origin) or origin is tuple:
        return _record_in(parts[0])
    if origin is not None and issubclass(origin, MappingABC):
        return _record_in(parts[1])
    return kind if is_record(kind) else None


def _is_optional(origin: Any) -> bool:
    return origin is types.UnionType or str(origin) == "typing.Union"


def _written(default: Any) -> str:
    """Write a default as an editor would; empty where it is nothing, or many things."""
    match default:
        case bool():
            return "yes" if default else "no"
        case str() | int() | Decimal():
            return str(default)
        case _:
            return ""
