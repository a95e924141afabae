"""The records as data: all that the figures of the site are computed from, to be read again.

One file a kind of record, as JSON: what content says of each, in the same words; and the ledger, a
file a release. With the tables, they are the data package from which `alliance-site verify`
computes every figure again. Articles are in the table of their name, and what the pages print in
prose stands on the pages.

Never: writes what no page shows (an address for mail, a draft).
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from alliance_site.as_json import readable
from alliance_site.model import found_in, plain_comparison, plain_record, release_text
from alliance_site.model.records import Evidence
from alliance_site.paths import UrlPath
from alliance_site.view.composer import Composer
from alliance_site.view.page import TEXT, Document, Page

RECORDS = "/data/records/"
"""The folder of these files within the site."""

RELEASES = "/data/releases/"
"""The folder of the ledger within the site."""

PUBLISHED = (
    "alliances",
    "arguments",
    "corrections",
    "events",
    "figures",
    "objective_sets",
    "objectives",
    "organizations",
    "sources",
)
"""The collections of which every record is published."""


def records_url(name: str) -> UrlPath:
    """Return where the records of a collection, or of a comparison, are published."""
    return UrlPath(f"{RECORDS}{name}.json")


def comparison_records_url(comparison: str) -> UrlPath:
    """Return where a comparison is published with its criteria, rules and cells."""
    return records_url(f"comparisons/{comparison}")


def release_url(release: str) -> UrlPath:
    """Return where a release of the ledger is published, as its file in `content/` holds it."""
    return UrlPath(f"{RELEASES}{release}.json")


def record_pages_as_data(composer: Composer) -> Iterator[Page]:
    """Make the files."""
    for name in PUBLISHED:
        yield _page(records_url(name), partial(_collection, composer, name))
    for comparison in composer.site.comparisons:
        url = comparison_records_url(comparison)
        yield _page(url, partial(_comparison, composer, comparison))
    yield _page(records_url("pages"), partial(_titles, composer))
    yield _page(records_url("quotes"), partial(_quotes, composer))
    yield _page(records_url("site"), partial(_site, composer))


def ledger_pages(composer: Composer) -> Iterator[Page]:
    """Make the files of the ledger, one a release."""
    for release in composer.site.releases.heads():
        url = release_url(release.id)
        yield Page(url, TEXT, partial(_release, composer, url, release.id))


def _page(url: UrlPath, said: "partial[Mapping[str, Any]]") -> Page:
    return Page(url, TEXT, partial(_document, url, said))


def _release(composer: Composer, url: UrlPath, name: str) -> Document:
    (found,) = (item for item in composer.site.releases.all() if item.id == name)
    return Document(url, release_text(found))


def _document(url: UrlPath, said: "partial[Mapping[str, Any]]") -> Document:
    """Write a mapping as JSON, an entry a line; an entry that is a list, an item a line."""
    lines = ",\n".join(f"{readable(key)}: {_entry(value)}" for key, value in said().items())
    return Document(url, f"{{\n{lines}\n}}\n" if lines else "{}\n")


def _entry(value: Any) -> str:
    if not isinstance(value, list):
        return readable(value)
    lines = ",\n".join(map(readable, value))
    return f"[\n{lines}\n]"


def _collection(composer: Composer, name: str) -> Mapping[str, Any]:
    records: Mapping[str, Any] = getattr(composer.site, name)
    return {key: plain_record(record) for key, record in records.items()}


def _comparison(composer: Composer, comparison: str) -> Mapping[str, Any]:
    return plain_comparison(composer.site.comparisons[comparison])


def _titles(composer: Composer) -> Mapping[str, str]:
    """Name the pages of the site's own."""
    return {key: composer.site.names[f"page:{key}"] for key in composer.site.pages}


def _quotes(composer: Composer) -> Mapping[str, list[str]]:
    """List the quotes that the archived text of their source was found to have."""
    found: dict[str, set[str]] = {}
    for item in _all_evidence(composer):
        if item.quote and composer.index.has_quote(item):
            found.setdefault(item.source, set()).add(item.quote)
    return {source: sorted(found[source]) for source in sorted(found)}


def _all_evidence(composer: Composer) -> Iterator[Evidence]:
    site = composer.site
    for name in PUBLISHED:
        for record in getattr(site, name).values():
            yield from found_in(record, Evidence)
    for comparison in site.comparisons.values():
        parts: Iterable[Any] = (comparison.file, *comparison.criteria, *comparison.cells.values())
        for part in parts:
            yield from found_in(part, Evidence)


def _site(composer: Composer) -> Mapping[str, Any]:
    """Say what the site is, and of which days it speaks."""
    clock = composer.site.clock
    settings = plain_record(composer.site.settings)
    settings["publisher"].pop("email", None)
    day = composer.as_of
    return {
        "settings": settings,
        "base_url": composer.base_url,
        "speaks_for": f"{day}{'~' if day.is_approximate else ''}",
        "as_of": clock.as_of.isoformat(),
        "known_on": clock.known_on.isoformat() if clock.known_on else "",
        "is_rewound": "yes" if clock.is_rewound else "no",
    }
