"""Diagnostics and results as people and programs read them: text, JSON, GitHub's marks, SARIF.

Never: finds a fault itself; needs colour to be understood.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from alliance_site.diagnostics import Code, Diagnostic, Severity, Span

FORMATS = ("text", "json", "github", "sarif")

_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1"}
_WIDEST = 160
"""How much of a long line an excerpt shows, in code points, where nothing says otherwise."""

_NARROWEST = 20
_MARGIN = len("1234 | ……")
"""What stands beside an excerpt: its number, and the marks of what was cut off."""

_INPUTS = ("content/", "templates/", "static/")

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
"""What a terminal would obey instead of showing it."""


def render_report(
    diagnostics: Iterable[Diagnostic],
    excerpts: Mapping[Span, str],
    form: str,
    *,
    has_colour: bool = False,
    prefix: str = "",
    columns: int = 0,
) -> str:
    """Write diagnostics in one of `FORMATS`; an empty text for none in text and GitHub's form.

    Args:
        diagnostics: In the order in which they are told.
        excerpts: The line that each span points at.
        form: One of `FORMATS`.
        has_colour: Whether a text may have colours.
        prefix: The way to the site's folder from where the reader stands, with a slash at its end.
        columns: How wide the reader's terminal is; 0 for none.
    """
    found = tuple(_placed(item, prefix) for item in diagnostics)
    excerpts = {_from(span, prefix): line for span, line in excerpts.items()}
    if form == "json":
        return json.dumps([_as_json(item) for item in found], ensure_ascii=False, indent=1) + "\n"
    if form == "sarif":
        return json.dumps(_as_sarif(found), ensure_ascii=False, indent=1) + "\n"
    if form == "github":
        return "".join(_as_github(item) for item in found)
    widest = max(columns - _MARGIN, _NARROWEST) if columns else _WIDEST
    told = (_as_text(item, excerpts, widest, has_colour=has_colour) for item in found)
    return "\n".join(told)


def _placed(item: Diagnostic, prefix: str) -> Diagnostic:
    """Return a diagnostic whose places are named from where the reader stands."""
    if not prefix:
        return item
    related = tuple((_from(span, prefix), words) for span, words in item.related)
    return replace(item, span=_from(item.span, prefix), related=related)


def _from(span: Span, prefix: str) -> Span:
    """Name the file of a place from elsewhere; what is no input of the site keeps its name."""
    is_input = prefix and span.path.startswith(_INPUTS)
    return replace(span, path=f"{prefix}{span.path}") if is_input else span


def summary_line(diagnostics: Iterable[Diagnostic]) -> str:
    """Count errors and warnings in words; empty when there are none."""
    found = tuple(diagnostics)
    parts = []
    for severity in (Severity.ERROR, Severity.WARNING):
        count = sum(item.severity is severity for item in found)
        if count:
            parts.append(f"{count:,} {severity.word}{'' if count == 1 else 's'}")
    return ", ".join(parts)


def explain_code(code: Code) -> str:
    """Say what a code means, why it matters and how to mend it."""
    return f"{code.value}\n\n{code.why}\n\nTo mend it: {code.mend}\n"


def list_codes() -> str:
    """Say in a line for each code why it matters, in the order of codes."""
    width = max(map(len, Code))
    return "".join(f"{code.value:<{width}}  {code.why}\n" for code in sorted(Code))


class ToldChange(Struct, frozen=True, kw_only=True):
    """One value that differs between two states of a site.

    Attributes:
        kind: A word for what sort of thing it is; `group` is the same as a title.
        record: Its key; `field` is empty where the record as a whole is new or gone.
        text: The change in words.
        span: Where the record stands; None where it is gone.
    """

    kind: str
    group: str
    record: str
    field: str
    was: tuple[str, ...]
    now: tuple[str, ...]
    text: str
    span: Span | None


def render_changes(title: str, changes: Iterable[ToldChange], form: str) -> str:
    """Write what differs between two states in one of `FORMATS`.

    Args:
        title: What is compared.
        changes: Those of one group together.
        form: One of `FORMATS`; in GitHub's form an empty text for none.
    """
    found = tuple(changes)
    if form == "github":
        return "".join(_change_as_github(item) for item in found)
    if form == "text":
        return "\n".join(_changes_as_text(title, found)) + "\n"
    whole = _changes_as_sarif(found) if form == "sarif" else _changes_as_json(title, found)
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _changes_as_text(title: str, found: tuple[ToldChange, ...]) -> Iterator[str]:
    yield title
    for group, items in groupby(found, key=lambda item: item.group):
        texts = [f"  {item.text}" for item in items]
        yield f"\n{group} ({len(texts):,})"
        yield from texts
    if not found:
        yield "nothing differs"


def _changes_as_json(title: str, found: tuple[ToldChange, ...]) -> dict[str, object]:
    changes = [
        {
            "kind": item.kind,
            "record": item.record,
            "field": item.field or None,
            "was": item.was,
            "now": item.now,
            "text": item.text,
            "path": item.span.path if item.span else None,
            "line": (item.span.line or None) if item.span else None,
        }
        for item in found
    ]
    return {"title": title, "changes": changes}


def _change_as_github(item: ToldChange) -> str:
    place = [f"file={_escape(item.span.path, is_property=True)}"] if item.span else []
    if item.span and item.span.line:
        place.append(f"line={item.span.line}")
    where = ",".join([*place, f"title={_escape(item.group, is_property=True)}"])
    return f"::notice {where}::{_escape(item.text)}\n"


def _changes_as_sarif(found: tuple[ToldChange, ...]) -> dict[str, object]:
    titles = {item.kind: item.group for item in found}
    rules = [{"id": kind, "shortDescription": {"text": titles[kind]}} for kind in sorted(titles)]
    results = [
        {
            "ruleId": item.kind,
            "level": "note",
            "message": {"text": item.text},
            "locations": [{"physicalLocation": _sarif_place(item.span)}] if item.span else [],
        }
        for item in found
    ]
    return _sarif_log(rules, results)


def _sarif_log(rules: Sequence[object], results: Sequence[object]) -> dict[str, object]:
    """Write a log. Source: OASIS SARIF 2.1.0."""
    return {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {"tool": {"driver": {"name": "alliance-site", "rules": rules}}, "results": results}
        ],
    }


def _place(span: Span) -> str:
    parts = [span.path]
    if span.line:
        parts.append(str(span.line))
        if span.column:
            parts.append(str(span.column))
    return ":".join(parts)


def _as_text(
    item: Diagnostic, excerpts: Mapping[Span, str], widest: int, *, has_colour: bool
) -> str:
    def paint(text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if has_colour else text

    head = paint(f"{item.severity.word}[{item.code.value}]", _COLOURS[item.severity])
    lines = [f"{_place(item.span)}: {head} {item.message}"]
    lines += _excerpt(item.span, excerpts, widest)
    for span, words in item.related:
        lines.append(f"   = see: {_place(span)}, {words}")
    if item.hint:
        lines.append(f"   = {paint('hint', '36')}: {item.hint}")
    return "\n".join(lines) + "\n"


def _excerpt(span: Span, excerpts: Mapping[Span, str], widest: int) -> Iterator[str]:
    """Show the line, with a mark under the place; a long line is cut around it."""
    line = excerpts.get(span)
    if line is None or not line.strip():
        return
    column = max(span.column, 1)
    start = max(column - 1 - widest // 2, 0) if len(line) > widest else 0
    shown = _CONTROL.sub(
        "\N{REPLACEMENT CHARACTER}", line[start : start + widest].replace("\t", " ")
    )
    shown = f"{'…' if start else ''}{shown}{'…' if start + widest < len(line) else ''}"
    number = f"{span.line:>4}"
    yield f"{number} | {shown}"
    if span.column:
        offset = column - 1 - start + bool(start)
        length = span.end_column - column if span.end_column > column else 1
        length = max(min(length, len(shown) - offset), 1)
        yield f"{' ' * len(number)} | {' ' * offset}{'^' * length}"


def _as_json(item: Diagnostic) -> dict[str, object]:
    return {
        "code": item.code.value,
        "severity": item.severity.word,
        "message": item.message,
        "path": item.span.path,
        "line": item.span.line or None,
        "column": item.span.column or None,
        "hint": item.hint or None,
        "related": [{"place": _place(span), "words": words} for span, words in item.related],
    }


def _as_github(item: Diagnostic) -> str:
    """Write a workflow command. Source: GitHub Actions, workflow commands."""
    place = [f"file={_escape(item.span.path, is_property=True)}"]
    if item.span.line:
        place.append(f"line={item.span.line}")
    if item.span.column:
        place.append(f"col={item.span.column}")
    hint = f" ({item.hint})" if item.hint else ""
    where = ",".join([*place, f"title={item.code.value}"])
    return f"::{item.severity.word} {where}::{_escape(item.message + hint)}\n"


def _escape(text: str, *, is_property: bool = False) -> str:
    for found, written in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(found, written)
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text


def _as_sarif(found: tuple[Diagnostic, ...]) -> dict[str, object]:
    codes = sorted({item.code for item in found})
    rules = [
        {
            "id": code.value,
            "shortDescription": {"text": code.why},
            "help": {"text": code.mend},
        }
        for code in codes
    ]
    results = [
        {
            "ruleId": item.code.value,
            "level": item.severity.word,
            "message": {"text": f"{item.message}. {item.hint}".strip()},
            "locations": [{"physicalLocation": _sarif_place(item.span)}],
        }
        for item in found
    ]
    return _sarif_log(rules, results)


def _sarif_place(span: Span) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(span.path)}}
    region = {"startLine": span.line, "startColumn": span.column, "endColumn": span.end_column}
    if span.line:
        place["region"] = {key: value for key, value in region.items() if value}
    return place
