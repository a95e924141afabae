"""A document → the records in it, by the place it stands in.

Never: looks at another document.
"""

import hashlib
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct, field

from alliance_site.diagnostics import Code, Diagnostic, Severity, Span, nearest
from alliance_site.ids import id_of
from alliance_site.model.archives import Archive
from alliance_site.model.comparison_records import CellsFile, ComparisonFile, CriteriaFile
from alliance_site.model.kinds import KINDS, Kind, Place, place_of
from alliance_site.model.records import SiteSettings
from alliance_site.model.releases import parse_release
from alliance_site.model.scoring.declared import ScoringFile
from alliance_site.model.structure import (
    Structured,
    check_id,
    structure_record,
    without_evidence,
)
from alliance_site.model.values import Markdown
from alliance_site.read import Document, Mapping, Scalar, decode

_PARTS: dict[str, Any] = {
    "settings": SiteSettings,
    "comparison": ComparisonFile,
    "criteria": CriteriaFile,
    "scoring": ScoringFile,
    "cells": CellsFile,
}


class StructuredDocument(Struct, frozen=True, kw_only=True):
    """The records of one file.

    Attributes:
        place: What the file is.
        records: By id; a settings or comparison file holds one, under its place's id.
        faulty: Ids of records that could not be made.
        spans: Where each record's id stands.
        archive: The text, where the file is an archived one.
        digests: SHA-256 of what the file says of each record, where it holds several.
    """

    path: str
    place: Place
    records: dict[str, Any] = field(default_factory=dict)
    faulty: frozenset[str] = frozenset()
    spans: dict[str, Span] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    found: Structured = field(default_factory=Structured)
    archive: Archive | None = None


def record_class_of(place: Place) -> Any:
    """Return the class of the records of a file; None of one that holds none."""
    return _PARTS.get(place.part) if place.kind is None else place.kind.record


def structure_document(document: Document, place: Place) -> StructuredDocument:
    """Make the records of a document."""
    found = Structured()
    path = document.path
    if place.part == "collection" and place.kind is not None:
        return _structure_collection(document, place, place.kind, found)
    implicit: dict[str, object] = {}
    if place.part == "record" and place.kind is not None:
        implicit["id"] = place.id
        if place.kind.suffix == ".md":
            implicit["body"] = _body(document, found)
    span = Span(path=path)
    named = Scalar(place.id, Span(path=path), "", is_quoted=False)
    # The other files of a comparison share its folder's name, which is told once.
    is_told = place.part in {"criteria", "scoring"}
    is_named_well = place.part == "settings" or is_told or check_id(named, found)
    record = structure_record(record_class_of(place), document.fields, found, **implicit)
    if record is None or not is_named_well:
        faulty = frozenset({place.id, id_of(place.id)})
        return StructuredDocument(path=path, place=place, faulty=faulty, found=found)
    records = {place.id: without_evidence(record, document.fields)}
    return StructuredDocument(
        path=path, place=place, records=records, spans={place.id: span}, found=found
    )


def archived_document(path: str, place: Place, text: str, digest: str) -> StructuredDocument:
    """Hold an archived text, which has no records in it."""
    return StructuredDocument(path=path, place=place, archive=Archive(path, digest, text))


def structure_release(path: str, place: Place, data: bytes) -> StructuredDocument:
    """Make the release of a file of the ledger."""
    found = Structured()
    text, faults = decode(path, data)
    found.diagnostics += faults
    release, faults = parse_release(path, place.id, text) if text is not None else (None, ())
    found.diagnostics += faults
    if release is None:
        return StructuredDocument(path=path, place=place, faulty=frozenset({place.id}), found=found)
    return StructuredDocument(path=path, place=place, records={place.id: release}, found=found)


def unreadable_document(path: str, place: Place) -> StructuredDocument:
    """Stand for a file that could not be read, so that references to it raise no second error."""
    faulty = frozenset({"*" if place.part == "collection" else place.id})
    return StructuredDocument(path=path, place=place, faulty=faulty)


def misplaced(path: str) -> Diagnostic:
    """Report a file below `content/` in which nothing is looked for, and say what it should be."""
    return Diagnostic(
        code=Code.MISPLACED_FILE,
        message=f"`{path}` is not where a record is looked for",
        span=Span(path=f"content/{path}"),
        hint=_where_it_belongs(path),
        severity=Severity.ERROR,
    )


def _where_it_belongs(path: str) -> str:
    folder, _, name = path.rpartition("/")
    ending = PurePosixPath(name).suffix
    if meant := meant_path(path):
        return f"rename it to `content/{meant}`"
    if ending.lower() in _STATIC:
        return "what is published as it is, such as an image, goes into `static/`"
    if ending.lower() not in _RECORDS or name.lower() == "readme.md":
        return "notes and copies live outside `content/`, or have a name that begins with a dot"
    if folder.startswith("articles/"):
        year = folder.split("/")[1]
        is_year = len(year) == 4 and year.isdecimal()  # noqa: PLR2004 - a year has four digits
        return f"move it to `content/articles/{f'{year}/' if is_year else ''}{name}`"
    return _folder_meant(path)


_STATIC = frozenset(
    {
        *(".avif", ".css", ".csv", ".gif", ".html", ".ico", ".jpeg", ".jpg", ".js"),
        *(".mp3", ".mp4", ".pdf", ".png", ".svg", ".webp", ".woff2"),
    }
)
_RECORDS = frozenset({".yaml", ".yml", ".md", ".markdown"})


def meant_path(path: str) -> str:
    """Return the path that a file would have whose ending is right; empty where that is not it."""
    stem, dot, ending = path.rpartition(".")
    meant = {"yml": "yaml", "yaml": "yaml", "markdown": "md", "mdown": "md", "md": "md"}
    others = {"yaml": "md", "md": "yaml"}
    right = meant.get(ending.lower(), "")
    for guess in (right, others.get(right, "")):
        if dot and guess and guess != ending and place_of(f"{stem}.{guess}") is not None:
            return f"{stem}.{guess}"
    return ""


def _folder_meant(path: str) -> str:
    folders = [kind.folder for kind in KINDS if kind.folder]
    files = [kind.collected_in for kind in KINDS if kind.collected_in] + ["site.yaml"]
    places = {f"{folder}/": folder for folder in folders} | {
        name: name.removesuffix(".yaml") for name in files
    }
    top = path.partition("/")[0]
    guess = nearest(top.removesuffix(".yaml"), list(places.values()))
    place = next((name for name, word in places.items() if word == guess), "")
    if place and guess == top:
        name = path.rpartition("/")[2]
        return f"records of a kind stand side by side: move it to `content/{top}/{name}`"
    hint = f"did you mean `content/{place}`?" if place else ""
    return hint or f"records live in {', '.join(folders)} and comparisons"


def _body(document: Document, found: Structured) -> Markdown:
    span = Span(path=document.path, line=document.body_line, column=1)
    body = Markdown(text=document.body, raw=document.body, span=span, is_body=True)
    found.markdown.append(body)
    return body


def _structure_collection(
    document: Document, place: Place, kind: Kind, found: Structured
) -> StructuredDocument:
    records: dict[str, Any] = {}
    spans: dict[str, Span] = {}
    faulty: set[str] = set()
    for key, node in document.fields.entries:
        if not isinstance(node, Mapping):
            found.report(
                Code.WRONG_TYPE,
                f"`{key.text}` holds no fields, expected them below the id",
                key.span,
                "write one field a line, indented below the id",
            )
            faulty.add(key.text)
            continue
        is_named_well = check_id(key, found)
        record = structure_record(kind.record, node, found, id=key.text, span=key.span)
        if record is None or not is_named_well:
            faulty.add(key.text)
        else:
            records[key.text] = without_evidence(record, node)
            spans[key.text] = key.span
    return StructuredDocument(
        path=document.path,
        place=place,
        records=records,
        faulty=frozenset(faulty),
        spans=spans,
        digests=_entry_digests(document),
        found=found,
    )


def _entry_digests(document: Document) -> dict[str, str]:
    """Digest the lines of each entry; none where entries share a line."""
    keys = [key for key, _ in document.fields.entries]
    starts = [key.span.line - 1 for key in keys]
    if any(key.span.column != 1 for key in keys) or len(set(starts)) < len(starts):
        return {}
    lines = document.text.split("\n")
    ends = [*starts, len(lines)][1:]
    return {
        key.text: hashlib.sha256("\n".join(lines[start:end]).encode()).hexdigest()
        for key, start, end in zip(keys, starts, ends, strict=True)
    }


__all__ = [
    "StructuredDocument",
    "misplaced",
    "place_of",
    "structure_document",
    "structure_release",
    "unreadable_document",
]
