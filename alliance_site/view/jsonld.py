"""JSON-LD: entries in the words of schema.org → the text of one document.

Never: knows a record.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from alliance_site.as_json import compact

Entry = dict[str, Any]
"""An entry; keys with None, an empty text or an empty list are left out."""


def graph(entries: Iterable[Entry]) -> str:
    """Write entries as one JSON-LD document; empty for none."""
    kept = [without_gaps(entry) for entry in entries]
    if not kept:
        return ""
    body = kept[0] if len(kept) == 1 else {"@graph": kept}
    return compact({"@context": "https://schema.org", **body})


def without_gaps(entry: Entry) -> Entry:
    """Leave out what has no value."""
    return {key: value for key, value in entry.items() if value not in (None, "", [], ())}


def breadcrumbs(steps: Sequence[tuple[str, str]], title: str) -> Entry:
    """Say where a page stands.

    Args:
        steps: From the home page down, name and whole address.
        title: The page itself, which comes last and without an address.
    """
    found = [*steps, (title, "")]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            without_gaps({"@type": "ListItem", "position": place, "name": name, "item": address})
            for place, (name, address) in enumerate(found, start=1)
        ],
    }
