"""Opens a site: records that are read when they are asked for.

Never: opens a file itself (the library it is given does).
"""

from collections.abc import Callable, Mapping, Sequence
from operator import is_
from types import MappingProxyType
from typing import Any, Protocol

from msgspec.structs import replace

from alliance_site.diagnostics import ContentError, Diagnostic
from alliance_site.model.catalog import Catalog
from alliance_site.model.clocks import Clock, order_record
from alliance_site.model.collections import Archives, Collection, Names
from alliance_site.model.comparisons import join_comparison
from alliance_site.model.documents import StructuredDocument
from alliance_site.model.heads import Head
from alliance_site.model.ledger import Releases
from alliance_site.model.reads import Trace
from alliance_site.model.records import SiteSettings
from alliance_site.model.releases import Release
from alliance_site.model.site import Comparison, Site
from alliance_site.model.statements import HeadlineRule
from alliance_site.prose import Prose, ProseFindings

Joined = tuple[Comparison | None, tuple[Diagnostic, ...]]
"""A comparison, None where its files are faulty, and what is wrong with them together."""

Remember = Callable[[Head, Callable[[], Comparison]], Comparison]


def _make(_: Head, make: Callable[[], Comparison]) -> Comparison:
    return make()


class Library(Protocol):
    """Where records are read from."""

    @property
    def prose(self) -> Mapping[str, Prose]:
        """Compiled Markdown, by key, of the documents read so far."""

    @property
    def findings(self) -> Mapping[str, ProseFindings]:
        """What a check asks of that Markdown, by the same keys."""

    def document(self, path: str) -> StructuredDocument:
        """Return the records of a content file."""

    def join(self, comparison: str, parts: Sequence[StructuredDocument]) -> Joined:
        """Put a comparison together of its files; see `join_comparison`."""


class Joining:
    """Puts comparisons together, each once of the very same files."""

    def __init__(self) -> None:
        """Begin with none."""
        self._joined: dict[str, tuple[Sequence[StructuredDocument], Joined]] = {}

    def join(self, comparison: str, parts: Sequence[StructuredDocument]) -> Joined:
        """Put a comparison together of its files; see `join_comparison`."""
        known = self._joined.get(comparison)
        is_same = known is not None and len(known[0]) == len(parts)
        if known is None or not (is_same and all(map(is_, known[0], parts))):
            known = self._joined[comparison] = parts, join_comparison(comparison, parts)
        return known[1]


def open_site(
    catalog: Catalog,
    settings: SiteSettings,
    library: Library,
    clock: Clock,
    trace: Trace | None = None,
    remember: Remember = _make,
) -> Site:
    """Make a site whose records are read when they are asked for.

    Every field's statements come in the order of the site's rule, the headline first.

    Args:
        catalog: All heads.
        settings: The site's own.
        library: Where records are read from.
        clock: The days the site speaks for.
        trace: Notes what is asked for.
        remember: Given the head of a comparison and how to put it together, returns it; one that
            was put together before of the same files, on the same days, may be returned again.
    """
    trace = trace or Trace()
    rule = HeadlineRule(settings.policies, clock.as_of)

    def read(head: Head) -> Any:
        return order_record(library.document(head.path).records[head.id], rule)

    def join(head: Head) -> Comparison:
        # Read even where they are not joined anew: the texts of what was read are at hand then.
        parts = [library.document(path) for path in catalog.parts[head.id]]
        return remember(head, lambda: join_parts(head, parts))

    def join_parts(head: Head, parts: Sequence[StructuredDocument]) -> Comparison:
        joined, faults = library.join(head.id, parts)
        if joined is None:
            raise ContentError(faults)
        return _in_order(joined, rule)

    collections: dict[str, Any] = {
        name: Collection(name, heads, join if name == "comparisons" else read, trace)
        for name, heads in catalog.heads.items()
    }
    archives = Archives(
        collections["sources"], catalog, lambda path: library.document(path).archive, trace
    )

    def release(path: str) -> Release:
        found: Release = next(iter(library.document(path).records.values()))
        return found

    told = [
        item
        for item in catalog.releases
        if clock.had_begun(item.date) and clock.was_recorded(item.date)
    ]
    return Site(
        settings=settings,
        releases=Releases(told, catalog.every_release, release, catalog.renames, trace),
        archives=archives,
        clock=clock,
        rule=rule,
        prose=library.prose,
        findings=library.findings,
        names=Names(catalog.names, trace),
        catalog=catalog,
        trace=trace,
        **collections,
    )


def _in_order(comparison: Comparison, rule: HeadlineRule) -> Comparison:
    """Put the statements of every cell into the rule's order."""
    moved = {
        place: replace(cell, statements=rule.ordered(cell.statements))
        for place, cell in comparison.cells.items()
        if len(cell.statements) > 1
    }
    return replace(comparison, cells=MappingProxyType({**comparison.cells, **moved}))
