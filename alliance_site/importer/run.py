"""Reads a mapping and the files that it names, and writes the comparison.

Never: writes where anything was wrong, or over a file that is there without being asked to.
"""

from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from alliance_site.diagnostics import (
    Code,
    ContentError,
    Diagnostic,
    OutputError,
    Span,
    UsageError,
    has_errors,
    nearest,
)
from alliance_site.ids import id_of
from alliance_site.importer.declared import CriteriaTable, ImportFile, ScoresTable
from alliance_site.importer.join import Joined, join_tables
from alliance_site.importer.tables import CsvTable, read_csv
from alliance_site.importer.written import files_of
from alliance_site.model import Reference, Structured, structure_record
from alliance_site.read import decode, parse_document


class Imported(Struct, frozen=True, kw_only=True):
    """What an import wrote.

    Attributes:
        folder: Of the comparison.
        files: How many were written.
        removed: Names of files with answers of subjects that are in the comparison no longer.
        cells: How many answers they hold.
        diagnostics: Warnings: names that differ between the files.
        excerpts: The line that each of them points at.
    """

    folder: Path
    files: int
    removed: tuple[str, ...] = ()
    subjects: int
    criteria: int
    cells: int
    diagnostics: tuple[Diagnostic, ...]
    excerpts: dict[Span, str]


def import_comparison(site: Path, mapping: Path, *, replace: bool = False) -> Imported:
    """Import a comparison.

    Args:
        site: The site's folder.
        mapping: The YAML that says which CSV file holds what; paths in it are relative to it.
        replace: Write over files of the comparison that are there, and delete the answers of
            subjects that are in it no longer.

    Raises:
        UsageError: There is no site, a file is not there, or the comparison is and `replace` was
            not asked for.
        ContentError: Something does not join; nothing was written.
        OutputError: The disk refused.
    """
    if not (site / "content").is_dir():
        raise UsageError(f"{site} holds no content/ folder; name the site's folder with -C")
    texts: dict[str, str] = {}
    declared, faults = _mapping(site / "content", mapping, texts)
    if declared is None:
        raise ContentError(faults, _excerpts(faults, texts))
    tables, found = _tables(declared, mapping, texts)
    joined = Joined() if found else join_tables(declared, tables)
    faults += (*found, *joined.diagnostics)
    excerpts = _excerpts(faults, texts)
    if has_errors(faults):
        raise ContentError(faults, excerpts)
    folder = site / "content" / "comparisons" / declared.comparison
    if folder.exists() and not replace:
        raise UsageError(f"{folder} is there already; --replace writes over its files")
    files = dict(files_of(declared, joined))
    for name, text in files.items():
        _write(folder / name, text)
    return Imported(
        folder=folder,
        files=len(files),
        removed=tuple(_remove_others(folder, files)),
        subjects=len(joined.subjects),
        criteria=len({criterion for _, _, criterion in joined.cells}),
        cells=len(joined.cells),
        diagnostics=faults,
        excerpts=excerpts,
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UsageError(f"{path} is not there") from error
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror}") from error


def _mapping(
    content: Path, path: Path, texts: dict[str, str]
) -> tuple[ImportFile | None, tuple[Diagnostic, ...]]:
    data = _read(path)
    text, _ = decode(path.name, data)
    texts[path.name] = text or ""
    document, faults = parse_document(path.name, data)
    if document is None:
        return None, faults
    found = Structured()
    record = structure_record(ImportFile, document.fields, found)
    if record is not None:
        faults += tuple(_faults_of(record, found.references, _sources(content)))
    return record, (*faults, *found.diagnostics)


def _faults_of(
    record: ImportFile, references: Iterable[Reference], sources: frozenset[str]
) -> Iterator[Diagnostic]:
    """Yield what would leave the site with a comparison that it refuses."""
    for reference in references:
        prefix, _, name = reference.key.partition(":")
        if prefix == "source" and name not in sources:
            guess = nearest(name, sources)
            yield Diagnostic(
                code=Code.DANGLING_REFERENCE,
                message=f"`{name}` is not the id of a source",
                span=reference.span,
                hint=f"did you mean `{guess}`?" if guess else "add it to content/sources.yaml",
            )
    if not id_of(record.group):
        message = f"no id can be made of the group `{record.group}`"
        hint = "write a name in which there is a letter of a-z or a digit"
        yield Diagnostic(code=Code.BAD_ID, message=message, span=record.span, hint=hint)


def _sources(content: Path) -> frozenset[str]:
    """Return the ids of a site's sources; what is wrong with them is for `check` to say."""
    ids = {path.stem for path in (content / "sources").glob("*.yaml")}
    listed = content / "sources.yaml"
    if listed.is_file():
        document, _ = parse_document(listed.name, _read(listed))
        ids |= {key.text for key, _ in document.fields.entries} if document else set()
    return frozenset(ids)


def _tables(
    declared: ImportFile, mapping: Path, texts: dict[str, str]
) -> tuple[dict[str, CsvTable], tuple[Diagnostic, ...]]:
    tables: dict[str, CsvTable] = {}
    faults: list[Diagnostic] = []
    named: tuple[CriteriaTable | ScoresTable, ...] = (*declared.criteria, *declared.scores)
    for item in named:
        if item.file in tables:
            continue
        path = mapping.parent / item.file
        if not path.is_file():
            message = f"`{item.file}` is not there"
            faults.append(Diagnostic(code=Code.DANGLING_REFERENCE, message=message, span=item.span))
            continue
        text, found = decode(item.file, _read(path))
        faults += found
        texts[item.file] = text or ""
        table, found = read_csv(item.file, text or "")
        faults += found
        if table is not None:
            tables[item.file] = table
    return tables, tuple(faults)


def _excerpts(faults: Iterable[Diagnostic], texts: dict[str, str]) -> dict[Span, str]:
    """Take the line that each diagnostic points at."""
    found = {}
    for item in faults:
        lines = texts.get(item.span.path, "").split("\n")
        if 0 < item.span.line <= len(lines):
            found[item.span] = lines[item.span.line - 1]
    return found


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from error


def _remove_others(folder: Path, written: Container[str]) -> Iterator[str]:
    """Delete the answers of subjects that the comparison no longer has, and yield their files."""
    for path in sorted((folder / "cells").glob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        if name not in written:
            try:
                path.unlink()
            except OSError as error:
                raise OutputError(f"cannot delete {path}: {error.strerror}") from error
            yield name
