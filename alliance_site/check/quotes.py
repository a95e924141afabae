"""Quotes against the archived texts of their sources.

Never: changes a quote.
"""

from collections.abc import Iterator

from alliance_site.diagnostics import Code, Diagnostic, Severity
from alliance_site.model import (
    Archive,
    Site,
    StructuredDocument,
    fold,
    found_in,
    nearest_passage,
)
from alliance_site.model.records import Evidence


def check_quotes(document: StructuredDocument, site: Site) -> Iterator[Diagnostic]:
    """Yield every quote that is not in the archived text of its source, with what comes nearest."""
    for record in document.records.values():
        for evidence in found_in(record, Evidence):
            archive = site.archives.get(evidence.source) if evidence.quote else None
            if archive is not None and fold(evidence.quote) not in archive.folded:
                yield _not_found(evidence, archive)


def _not_found(evidence: Evidence, archive: Archive) -> Diagnostic:
    nearest = nearest_passage(evidence.quote, archive.folded)
    return Diagnostic(
        code=Code.QUOTE_NOT_FOUND,
        message=f"the quote `{evidence.quote}` is not in the archived text of `{evidence.source}`",
        span=evidence.span,
        hint=f"{archive.path} says: {nearest}" if nearest else f"{archive.path} has no word of it",
        severity=Severity.WARNING,
    )
