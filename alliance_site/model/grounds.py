"""What a text rests on: the values that it prints, and the sources that it cites.

A record's values are measured one by one (see `meter`). A text that is no record's own – an
article, the home page – has none; it rests on the values of others and on works that it cites.

Never: reads a text; guesses who stands behind a source.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from alliance_site.model.meter import (
    Measured,
    Meter,
    measured_cells,
    measured_in,
    median_days,
    meter_of,
)
from alliance_site.model.records import Source, Statement
from alliance_site.model.site import Site
from alliance_site.model.statements import headline

COMPUTED = frozenset({"count", "score"})
"""First words of the paths of facts that the site computes: each has a receipt of its own."""


class Grounds(Struct, frozen=True, kw_only=True):
    """What a text prints and cites, each once, in the order of the text.

    Attributes:
        facts: Paths, as `{fact}` writes them.
        sources: Ids.
    """

    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class TextMeter(Struct, frozen=True, kw_only=True):
    """Counts over what a text rests on.

    Attributes:
        printed: Over the values that it prints.
        computed: How many numbers it prints that the site computes.
        cited: How many sources it cites.
        archived: Of how many of them a copy is kept, or their words.
        of_parties: How many were published by a party that the text is about.
        cited_days: Median of the days since each came out; None where none is dated.
    """

    printed: Meter
    computed: int
    cited: int
    archived: int
    of_parties: int
    cited_days: int | None


def measured_fact(site: Site, path: str) -> Measured | None:
    """Return the value that a fact prints, as the meter sees it.

    Args:
        site: All records.
        path: As `{fact}` writes it; see `fact_of`.

    Returns:
        None for what is computed, for a plain field that nobody states (a title), and for a path
        that leads to no value.
    """
    match path.split("/"):
        case ["figures", key, *one] if key in site.figures:
            return _measured(site.figures[key], "value", one)
        case [("alliances" | "objectives" | "organizations") as name, key, field, *one]:
            record = getattr(site, name).get(key)
            return _measured(record, field, one) if record is not None else None
        case ["comparisons", key, subject, criterion] if key in site.comparisons:
            comparison = site.comparisons[key]
            place = (comparison.latest.id, subject, criterion)
            cells = {place: comparison.cells[place]} if place in comparison.cells else {}
            return next(measured_cells(cells), None)
        case _:
            return None


def _measured(record: Any, field: str, one: Sequence[str]) -> Measured | None:
    """Measure the headline of a stated field, or the statement that is named."""
    statements = getattr(record, field, None)
    if not isinstance(statements, tuple) or not all(isinstance(x, Statement) for x in statements):
        return None
    named = (item for item in statements if item.id == "".join(one))
    statement = next(named, None) if one else headline(statements)
    recorded = getattr(record, "recorded", None)
    return next(measured_in(statement, record.evidence, recorded), None)


def text_meter(
    site: Site, grounds: Grounds, parties: Mapping[str, str], as_of: date
) -> TextMeter | None:
    """Count over what a text rests on, on a day.

    Args:
        site: All records.
        grounds: What it prints and cites.
        parties: The organisations and alliances that it is about: key → name.
        as_of: The day of the site.

    Returns:
        None for a text that prints no value and cites nothing.
    """
    values = [item for path in grounds.facts if (item := measured_fact(site, path)) is not None]
    computed = [path for path in grounds.facts if path.partition("/")[0] in COMPUTED]
    cited = [site.sources[key] for key in grounds.sources]
    if not values and not computed and not cited:
        return None
    issued = [item.issued for item in cited if item.issued is not None]
    days = [max((as_of - day.latest()).days, 0) for day in issued]
    return TextMeter(
        printed=meter_of(site, iter(values), as_of),
        computed=len(computed),
        cited=len(cited),
        archived=sum(bool(item.archive or item.archived_text) for item in cited),
        of_parties=sum(_is_of(item, parties) for item in cited),
        cited_days=median_days(days),
    )


def _is_of(source: Source, parties: Mapping[str, str]) -> bool:
    """Say whether one of the parties published a source: by its id, or by what it is called."""
    return f"org:{source.publisher_id}" in parties or source.publisher in parties.values()
