"""Verifies a folder that holds a published site.

Never: writes; needs the network.
"""

import csv
import io
import json
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from alliance_site.diagnostics import (
    CheckError,
    Code,
    Diagnostic,
    OutputError,
    Span,
    UsageError,
    has_errors,
    sorted_diagnostics,
)
from alliance_site.paths import output_path
from alliance_site.render import table_csv, table_json
from alliance_site.verify.figures import Printed, read_page
from alliance_site.verify.known import Known
from alliance_site.verify.package import MISFITS, Read, misfit, read_package
from alliance_site.verify.sums import check_sums, digest, read_sums
from alliance_site.view import CSV, JSON, SUMS, Composer, Page, data_pages


class Verified(Struct, frozen=True, kw_only=True):
    """What was found to be as it was published.

    Attributes:
        files: How many files.
        tables: How many of them hold data that was computed again.
        figures: How many figures on pages were computed again.
        diagnostics: Remarks; no errors.
    """

    files: int
    tables: int
    figures: int
    diagnostics: tuple[Diagnostic, ...] = ()


def verify_site(folder: Path) -> Verified:
    """Verify every file, table and figure of a published site.

    Raises:
        UsageError: There is no published site.
        CheckError: Something was altered; its diagnostics name every file and figure.
        OutputError: The disk refused.
    """
    try:
        return _verified(folder)
    except OSError as error:
        raise OutputError(f"cannot read {error.filename}: {error.strerror}") from error


def _verified(folder: Path) -> Verified:
    listed = output_path(SUMS)
    if not (folder / listed).is_file():
        message = f"`{folder}` is no published site: it has no {listed}"
        raise UsageError(message)
    paths = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )
    sums, faults = read_sums((folder / listed).read_bytes().decode("utf-8", "replace"), listed)
    digests = {path: digest((folder / path).read_bytes()) for path in paths}
    found = [*faults, *check_sums(sums, digests, (listed,))]
    altered = {item.span.path for item in found if item.code is Code.ALTERED_FILE}

    def read(path: str) -> bytes:
        return (folder / path).read_bytes()

    try:
        composer = read_package(read, digests)
    except CheckError as error:
        raise _refused((*found, *error.diagnostics), read) from error
    try:
        tables, count, differing, standing = _computed(composer, digests, altered, read)
    except MISFITS as error:
        raise _refused((*found, misfit(error)), read) from error
    found += differing
    if has_errors(found):
        raise _refused((_with_figures(item, standing) for item in found), read)
    return Verified(
        files=len(sums),
        tables=tables,
        figures=count,
        diagnostics=sorted_diagnostics(found),
    )


def _computed(
    composer: Composer, digests: Mapping[str, str], altered: Container[str], read: Read
) -> tuple[int, int, list[Diagnostic], Mapping[str, list[Printed]]]:
    """Compute all tables and figures again.

    Returns:
        How many tables and how many figures there are, what is otherwise, and by page the figures
        of pages that were altered in something else.
    """
    tables = list(data_pages(composer))
    found = [fault for table in tables for fault in _check_table(table, digests, read)]
    found += (
        replace(item, span=replace(item.span, path=item.span.path.replace("content/", "data/", 1)))
        for item in composer.site.releases.check()
    )
    count, differing, standing = _check_pages(composer, digests, altered, read)
    return len(tables), count, [*found, *differing], standing


def _check_pages(
    composer: Composer, paths: Iterable[str], altered: Container[str], read: Read
) -> tuple[int, list[Diagnostic], Mapping[str, list[Printed]]]:
    """Compute the figures of every page again.

    Returns:
        How many there are, those that are printed otherwise, and by page the figures of pages that
        were altered in something else.
    """
    known, count, standing = Known(composer, read), 0, dict[str, list[Printed]]()
    found: list[Diagnostic] = []
    for path in paths:
        if not path.endswith(".html"):
            continue
        page = read_page(read(path).decode("utf-8", "replace"), composer.base)
        count += len(page.figures)
        differing = list(known.check(path, page))
        found += differing
        if page.figures and path in altered and not differing:
            standing[path] = page.figures
    lengths = list(known.check_lengths())
    for item in lengths:
        standing.pop(item.span.path, None)
    return count, [*found, *lengths], standing


def _refused(found: Iterable[Diagnostic], read: Read) -> CheckError:
    """Make the error that says what was altered, with the lines that were."""
    diagnostics = sorted_diagnostics(found)
    excerpts: dict[Span, str] = {}
    for item in diagnostics:
        if item.span.line:
            with suppress(FileNotFoundError):
                lines = read(item.span.path).decode("utf-8", "replace").split("\n")
                line = lines[item.span.line - 1] if item.span.line <= len(lines) else ""
                if len(line) <= _LONGEST_EXCERPT:
                    excerpts[item.span] = line
    return CheckError(diagnostics, excerpts)


_LONGEST_EXCERPT = 200
"""Longer lines are not shown; a page's or a table's may be hundreds of words."""


# Tables


def _check_table(page: Page, digests: Mapping[str, str], read: Read) -> Iterator[Diagnostic]:
    """Make a table, or another file of data, again, and compare it with what was published."""
    path = output_path(page.url)
    if path not in digests:
        yield _altered_table(path, f"`{path}` is gone", 0)
        return
    view = page.make()
    wanted = _bytes(page.template, view)
    if digest(wanted) != digests[path]:
        yield from _first_difference(path, page.template, wanted, read(path))


def _bytes(template: str, view: Any) -> bytes:
    if template == CSV:
        return table_csv(view)
    if template == JSON:
        return table_json(view)
    return bytes(view.text.encode())


def _first_difference(
    path: str, template: str, wanted: bytes, found: bytes
) -> Iterator[Diagnostic]:
    one, other = (data.decode("utf-8", "replace").split("\n") for data in (wanted, found))
    place = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    line = tuple(lines[place] if place < len(lines) else "" for lines in (one, other))
    what = _named(template, one[0], line)
    yield _altered_table(path, f"{what}, where the records give another", place + 1)


def _named(template: str, heads: str, line: tuple[str, ...]) -> str:
    """Say which entry of a line differs."""
    columns, cells = [], list(line)
    if template == CSV:
        columns = next(csv.reader(io.StringIO(heads)), [])
        rows = [next(csv.reader(io.StringIO(text)), []) for text in line]
    else:
        rows = [_values(text) for text in line]
        columns = _keys(line[0])
    for at, (wanted, found) in enumerate(zip(*rows, strict=False)):
        if wanted != found:
            column = f"`{columns[at]}`" if at < len(columns) else "an entry"
            key = rows[0][0]
            return f"{column} of `{key}` is `{found}`, computed `{wanted}`"
    return f"the line is `{cells[1][:80]}`, computed `{cells[0][:80]}`"


def _values(line: str) -> list[str]:
    loaded = _object(line)
    return [str(item) for item in loaded.values()]


def _keys(line: str) -> list[str]:
    return list(_object(line))


def _object(line: str) -> dict[str, Any]:
    try:
        loaded = json.loads(line.rstrip(","))
    except json.JSONDecodeError:
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _altered_table(path: str, message: str, line: int) -> Diagnostic:
    return Diagnostic(
        code=Code.ALTERED_TABLE,
        message=message,
        span=Span(path=path, line=line),
        hint="either this file or a record that it was computed from was altered",
    )


def _with_figures(item: Diagnostic, standing: Mapping[str, list[Printed]]) -> Diagnostic:
    """Say of an altered page which figures stand on it, where all of them are as computed."""
    shown = standing.get(item.span.path)
    if shown is None or item.code is not Code.ALTERED_FILE:
        return item
    names = list(dict.fromkeys(f"`{one.figure}`" for one in shown))
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    listed = f"{', '.join(names[:_MOST_NAMED])}{more}"
    hint = f"the numbers of its figures are as computed ({listed}); something else was altered"
    return replace(item, hint=hint)


_MOST_NAMED = 5
