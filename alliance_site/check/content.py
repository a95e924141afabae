"""Rules over the records and their pages, quick enough to run in every build.

Never: reads a byte of output.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from alliance_site.diagnostics import Code, Diagnostic, Severity, Span
from alliance_site.model import (
    KINDS,
    Comparison,
    Site,
    StatedField,
    StructuredDocument,
    stated_fields,
)
from alliance_site.model.records import Objective
from alliance_site.view import Summary


def check_summaries(site: Site, summaries: Sequence[Summary]) -> Iterator[Diagnostic]:
    """Yield what is wrong with pages beside each other; all of it warnings."""
    yield from check_titles(site, summaries)
    yield from check_descriptions(site, summaries)
    if not site.clock.is_turned_back:
        yield from check_sources_used(site, summaries)


def _warning(code: Code, message: str, span: Span) -> Diagnostic:
    return Diagnostic(
        code=code, message=message, span=span, hint=code.hint, severity=Severity.WARNING
    )


def check_evidence(document: StructuredDocument) -> Iterator[Diagnostic]:
    """Yield every statement with a value on which no evidence stands, and none is denied.

    The cells of a comparison are looked at once its files are joined (`check_cells`).
    """
    if document.place.part != "cells":
        for record in document.records.values():
            for item in stated_fields(record):
                yield from _unsourced(item)


def check_cells(comparison: Comparison) -> Iterator[Diagnostic]:
    """Yield every cell with a value on which no evidence stands, and none is denied."""
    for (_, subject, criterion), cell in comparison.cells.items():
        path = f"{subject}/{criterion}"
        yield from _unsourced(StatedField(path, cell.statements, cell.evidence))


def check_objectives(site: Site) -> Iterator[Diagnostic]:
    """Yield objectives of one alliance and time that have one number."""
    by_number: dict[tuple[str, int], list[Objective]] = defaultdict(list)
    for objective in site.objectives.values():
        by_number[objective.alliance, objective.number].append(objective)
    for (alliance, number), same in by_number.items():
        for place, objective in enumerate(same):
            other = next((item for item in same[:place] if _overlap(item, objective)), None)
            if other is not None:
                yield Diagnostic(
                    code=Code.DUPLICATE_NUMBER,
                    message=f"`{other.id}` is objective {number} of `{alliance}` already",
                    span=objective.span,
                    hint=Code.DUPLICATE_NUMBER.hint,
                    severity=Severity.WARNING,
                    related=((other.span, "the other one"),),
                )


def _overlap(one: Objective, other: Objective) -> bool:
    """Say whether there is a day on which both were pursued; a later list may count anew."""
    pairs = ((one, other), (other, one))
    return all(
        a.last_seen is None or a.last_seen.latest() >= b.first_seen.earliest() for a, b in pairs
    )


def _unsourced(item: StatedField) -> Iterator[Diagnostic]:
    for statement in item.statements:
        if statement.value is not None and statement.evidence is None and not item.evidence:
            message = f"`{item.path}` says `{statement.value}` and names no source"
            yield _warning(Code.NO_EVIDENCE, message, statement.span)


def check_titles(site: Site, summaries: Sequence[Summary]) -> Iterator[Diagnostic]:
    """Yield pages that bear the title of another."""
    by_title: dict[str, list[Summary]] = defaultdict(list)
    for summary in summaries:
        if summary.is_indexed:
            by_title[summary.title].append(summary)
    for title, same in by_title.items():
        for summary in same[1:]:
            message = f"the pages {same[0].path} and {summary.path} have the same title, `{title}`"
            yield _warning(Code.DUPLICATE_TITLE, message, _span_of(site, summary))


def check_descriptions(site: Site, summaries: Sequence[Summary]) -> Iterator[Diagnostic]:
    """Yield pages without a description."""
    for summary in summaries:
        if not summary.description:
            message = f"the page {summary.path} has no description"
            yield _warning(Code.MISSING_DESCRIPTION, message, _span_of(site, summary))


def check_sources_used(site: Site, summaries: Sequence[Summary]) -> Iterator[Diagnostic]:
    """Yield sources on which no page rests."""
    cited = {url for summary in summaries for url in summary.cited}
    ids = {url.rstrip("/").rpartition("/")[2] for url in cited}
    for source in site.sources:
        if source not in ids:
            message = f"no page cites `{source}`"
            yield _warning(Code.UNUSED_SOURCE, message, site.sources[source].span)


def _span_of(site: Site, page: Summary) -> Span:
    """Point at the file of the record whose page it is; at the settings for a page of many."""
    first, _, rest = page.url.strip("/").partition("/")
    comparison = site.comparisons.get(rest.partition("/")[0]) if first == "comparisons" else None
    if comparison is not None:
        return Span(path=comparison.file.span.path, line=comparison.file.span.line)
    if first in site.pages and not rest:
        return Span(path=site.pages[first].span.path, line=site.pages[first].span.line)
    prefixes = {f"/{kind.folder}/": kind.collection for kind in KINDS if kind.folder}
    for prefix, collection in prefixes.items():
        record = getattr(site, collection).get(page.path.removeprefix(prefix).strip("/"))
        if page.path.startswith(prefix) and record is not None:
            return Span(path=record.span.path, line=record.span.line)
    return Span(path=site.settings.span.path)
