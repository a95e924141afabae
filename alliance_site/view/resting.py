"""What rests on each source: found once for the whole site.

Never: writes a value for readers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from alliance_site.model import Markdown, RecordField, Site, evidence_of, site_fields, texts_of
from alliance_site.model.records import Statement
from alliance_site.prose import HoleKind

_NOT_LISTED = frozenset({"articles", "pages", "sources", "corrections"})
"""Records whose pages are listed, but which hold no value of their own."""

_PLAIN_VALUES = frozenset({"role"})
"""Fields that bear a value, and are neither statements nor prose."""

FEW_VALUES = 12
"""Up to how many values of one record are listed without their number."""


class RestingValue(Struct, frozen=True):
    """A value that rests on a source.

    Attributes:
        value: As `texts_of` writes it; a Markdown text as it is.
    """

    key: str
    path: str
    value: str | Markdown


def values_by_source(site: Site) -> Mapping[str, tuple[RestingValue, ...]]:
    """Return source id → the values that rest on it, in the order of kinds, ids and fields."""
    found: dict[str, dict[RestingValue, None]] = defaultdict(dict)
    for field in site_fields(site, without=_NOT_LISTED):
        for source, value in _sources_of(field, site):
            found[source][RestingValue(field.key, field.path, value)] = None
    return {source: tuple(values) for source, values in found.items()}


def _sources_of(field: RecordField, site: Site) -> Iterator[tuple[str, str | Markdown]]:
    value = field.value
    if isinstance(value, Markdown):
        yield from ((source, value) for source in _cited_in(value, field, site))
    elif isinstance(value, tuple) and isinstance(value[0], Statement):
        for statement in value:
            for item in evidence_of(statement, field.evidence):
                yield item.source, texts_of((statement,))[0]
    elif field.path.rpartition("/")[2] in _PLAIN_VALUES:
        yield from ((item.source, texts_of(value)[0]) for item in field.evidence)


def _cited_in(text: Markdown, field: RecordField, site: Site) -> Iterable[str]:
    """Return what a text cites, and what stands behind the record whose text it is."""
    holes = site.prose[text.key].holes
    cited = [
        source
        for hole in holes
        if hole.kind is HoleKind.CITATION
        for source in hole.arguments[0::2]
    ]
    behind = [item.source for item in field.evidence] if field.is_sourced else []
    return dict.fromkeys((*behind, *cited))
