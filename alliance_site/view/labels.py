"""Fields and their values in words: `memberships/ai-alliance/start_date` → “Joined AI Alliance”.

Values are given as `model.texts_of` writes them, so that one a ledger kept years ago reads like one
of today.

Never: decides where it is shown.
"""

from collections.abc import Callable, Mapping

from alliance_site.model import ABSENT, DIGESTED, PartialDate, Quantity, Site
from alliance_site.model.records import Absence
from alliance_site.view.words import ABSENCES, country_name, date_view, quantity_text, words

_LABELS = {
    "classification": "Kind",
    "founding_date": "Founded",
    "dissolution_date": "Dissolved",
    "homepage": "Website",
    "first_seen": "First seen",
    "last_seen": "Last seen",
    "size_claims": "How many members",
    "dek": "Standfirst",
    "body": "Text",
    "URL": "Address",
    "type": "Type of work",
    "issued": "Date",
    "read": "How much was read",
    "said_by": "Said by",
    "contributes_to": "Contributes to",
}
_IN_MEMBERSHIP = {"role": "Role in", "start_date": "Joined", "end_date": "Left", "note": "Note on"}
_ENTRIES = {
    "notable": "Statement",
    "deliverables": "Evidence",
    "nuances": "Nuance",
    "positions": "What a side holds",
    "other_names": "Other name",
    "identifiers": "Identifier",
}


def record_link_text(site: Site, key: str) -> str:
    """Name a record, also one that the site no longer has."""
    name = site.names.get(key, "")
    if name and key.startswith("subject:"):
        title = site.names[f"comparison:{key.partition(':')[2].partition('/')[0]}"]
        return f"{name}, {title}"
    return name or key.partition(":")[2]


def field_label(site: Site, key: str, path: str) -> str:
    """Say in words which field of a record it is."""
    first, *rest = path.split("/")
    if first == "cells" and rest:
        return _cell_label(site, key, rest)
    if first == "memberships" and len(rest) > 1:
        alliance = site.names.get(f"alliance:{rest[0]}", rest[0])
        return f"{_IN_MEMBERSHIP.get(rest[-1], 'Member of')} {alliance}"
    if first in _ENTRIES and rest:
        part = rest[-1] if rest[-1] not in {"text", "title", "name"} else ""
        return f"{_ENTRIES[first]}{f', {words(part).lower()}' if part else ''}"
    return ", ".join([_LABELS.get(first, words(first)), *(words(part).lower() for part in rest)])


def _cell_label(site: Site, key: str, rest: list[str]) -> str:
    edition, criterion = rest[0], rest[-1]
    comparison = site.comparisons.get(key.partition(":")[2].partition("/")[0])
    name = site.names.get(f"criterion:{comparison.id}/{criterion}") if comparison else None
    is_of_latest = len(rest) == 1
    if comparison is None or is_of_latest or len(comparison.file.editions) < 2:  # noqa: PLR2004 - the only edition goes unsaid
        return name or criterion
    titles: dict[str, str] = {item.id: item.title for item in comparison.file.editions}
    return f"{name or criterion} ({titles.get(edition, edition)})"


def value_text(site: Site, key: str, path: str, text: str) -> str:
    """Write a kept value for readers; empty for a long text, of which only a digest is kept."""
    if text.startswith(DIGESTED):
        return ""
    if text.startswith(ABSENT) and text[1:] in set(Absence):
        return ABSENCES[Absence(text[1:])]
    if path.startswith("cells/"):
        return _level_label(site, key, path, text)
    last = path.rpartition("/")[2]
    prefix = _REFERENCES.get(last, "")
    if prefix:
        names = site.names
        return ", ".join(names.get(f"{prefix}:{item}", item) for item in text.split("; "))
    return _FORMATS[last](text, site.settings.language) if last in _FORMATS else text


def _level_label(site: Site, key: str, path: str, text: str) -> str:
    comparison = site.comparisons.get(key.partition(":")[2].partition("/")[0])
    criterion = path.rpartition("/")[2]
    if comparison is None or criterion not in comparison.criterion_by_id:
        return words(text)
    levels = comparison.levels(criterion)
    names = text.split("; ")
    return ", ".join(levels[name].label if name in levels else name for name in names)


_REFERENCES = {
    "sector": "sector",
    "alliance": "alliance",
    "parent": "org",
    "successor": "org",
    "owners": "org",
    "founders": "org",
    "participants": "org",
    "publisher_id": "org",
    "organization": "org",
    "contributes_to": "objective",
    "topic": "topic",
    "topics": "topic",
    "side": "side",
    "phase": "phase",
    "authors": "author",
}
"""Fields that hold ids, and of what."""


def _date_text(text: str, language: str) -> str:
    day = PartialDate.parse(text)
    return date_view(day, language).text if day else text


def _quantity_text(text: str, language: str) -> str:
    quantity = Quantity.parse(text)
    return quantity_text(quantity, language) if quantity else text


def _words_text(text: str, language: str) -> str:
    del language  # the vocabularies are English
    return words(text)


_FORMATS: Mapping[str, Callable[[str, str], str]] = {
    **dict.fromkeys(
        (
            *("date", "start_date", "end_date", "founding_date", "dissolution_date", "founded"),
            *("first_seen", "last_seen", "issued", "accessed", "published", "updated", "checked"),
            *("expires", "as_of"),
        ),
        _date_text,
    ),
    **dict.fromkeys(("value", "size_claims"), _quantity_text),
    **dict.fromkeys(
        ("classification", "role", "status", "kind", "read", "level", "severity"), _words_text
    ),
    "country": country_name,
}
"""How fields that are no plain text are written, by name."""
