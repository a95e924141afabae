"""Quotes against the archived texts of their sources.

Never: changes a quote.
"""

from collections.abc import Iterator
from typing import Any

from alliance_site.diagnostics import Code, Diagnostic, Severity
from alliance_site.model import Site, evidence_in, fold, nearest_passage
from alliance_site.model.records import Evidence


def check_quotes(site: Site) -> Iterator[Diagnostic]:
    """Yield every quote that is not in the archived text of its source, with what comes nearest."""
    folded = {key: fold(item.text) for key, item in site.archives.items()}
    if not folded:
        return
    for record in _records(site):
        for evidence in evidence_in(record):
            text = folded.get(evidence.source) if evidence.quote else None
            if text is not None and fold(evidence.quote) not in text:
                yield _not_found(evidence, site, text)


def _records(site: Site) -> Iterator[Any]:
    for name in ("organizations", "alliances", "objectives", "events", "arguments", "figures"):
        yield from getattr(site, name).values()
    yield from site.objective_sets.values()
    for comparison in site.comparisons.values():
        yield comparison.file
        yield from comparison.criteria
        yield from comparison.cells.values()


def _not_found(evidence: Evidence, site: Site, text: str) -> Diagnostic:
    nearest = nearest_passage(evidence.quote, text)
    path = site.archives[evidence.source].path
    return Diagnostic(
        code=Code.QUOTE_NOT_FOUND,
        message=f"the quote `{evidence.quote}` is not in the archived text of `{evidence.source}`",
        span=evidence.span,
        hint=f"{path} says: {nearest}" if nearest else f"{path} has no word of it",
        severity=Severity.WARNING,
    )
