"""Receipts of counts of records, of what rests on a source, of charts.

Never: decides how anything is counted.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from html import unescape

from alliance_site.chart import draw
from alliance_site.model import (
    FORMATS,
    Comparison,
    Fact,
    counted_by,
    evidence_of,
    found_in,
)
from alliance_site.model.records import Evidence, ObjectiveStatus, Role, SourceKind
from alliance_site.paths import UrlPath
from alliance_site.route import FACETS, chart_ids, facet_values
from alliance_site.view.charts import make_chart
from alliance_site.view.composer import Composer, words
from alliance_site.view.labels import record_link_text
from alliance_site.view.objective import status_bar
from alliance_site.view.parts import ChartView, Link
from alliance_site.view.receipt import (
    MOST_LISTED,
    Names,
    Receipt,
    bar_text,
    data_link,
    input_links,
    joined,
    many,
    source_links,
)
from alliance_site.view.records import comparison_records_url, records_url
from alliance_site.view.resting import FEW_VALUES
from alliance_site.view.words import country_name, fact_text

FACET_WORDS = {"country": "country", "classification": "kind", "sector": "sector", "role": "role"}
"""What each way of listing members is called in a sentence."""

# Counts


def member_names(composer: Composer) -> Names:
    """Name every count of members."""
    site = composer.site
    for whom in ("members", "launch-members"):
        yield f"count/{whom}"
        for facet in FACETS:
            yield from (f"count/{whom}/{facet}/{value}" for value in facet_values(site, facet))
        yield from (f"count/{whom}/role/{role.value}" for role in Role)
    yield from (f"count/alliance-members/{alliance}" for alliance in site.alliances)
    yield from (f"count/compared-members/{comparison}" for comparison in site.comparisons)
    yield "count/countries"


def article_names(composer: Composer) -> Names:
    """Name every count of articles."""
    yield "count/articles"
    yield from (f"count/topics/{topic}" for topic in composer.site.settings.vocabularies.topics)


def count_names(composer: Composer) -> Names:
    """Name every count of other records, cells apart."""
    for what in (
        "organizations",
        "objectives",
        "sources",
        "events",
        "arguments",
        "figures",
        "comparisons",
        "corrections",
    ):
        yield f"count/{what}"
    yield "count/objectives/statuses"
    yield from (f"count/objectives/{status.value}" for status in ObjectiveStatus)
    yield from (f"count/deliverables/{item.id}" for item in composer.index.objectives)
    sides = composer.site.settings.vocabularies.sides
    yield from (f"count/arguments/side/{side}" for side in sides)
    yield from (f"count/sources/kind/{kind.value}" for kind in SourceKind)


def cell_count_names(comparison: Comparison) -> Names:
    """Name every count of a comparison's cells that prose can print."""
    narrow = ["", *(f"/group/{group}" for group in comparison.file.groups)]
    narrow += [f"/{subject.id}" for subject in comparison.file.subjects]
    for value in (*comparison.file.levels, "unknown"):
        yield from (f"count/cells/{comparison.id}/{value}{part}" for part in narrow)


def count_receipt(composer: Composer, rest: Sequence[str]) -> Receipt | None:
    """Make the receipt of a count."""
    if list(rest) == ["objectives", "statuses"]:
        return _statuses_receipt(composer)
    keys = counted_by(composer.site, rest)
    if keys is None:
        return None
    fact = Fact(Decimal(len(keys)))
    shown = (fact_text(fact, form, composer.language) for form in FORMATS)
    is_of_cells = rest[0] == "cells"
    return Receipt(
        title=count_title(composer, rest),
        rule="count",
        texts=tuple(dict.fromkeys(shown)),
        inputs=_links(composer, [_holder(key) for key in keys]),
        data=_data_of(composer, rest),
        entries=many(composer, len(keys), "cell", "cells")
        if is_of_cells
        else many(composer, len(keys), "entry", "entries"),
        sources=_cell_sources(composer, keys) if is_of_cells else _behind(composer, keys, rest),
    )


def _holder(key: str) -> str:
    """Return the key of the record that holds what was counted: of a cell, its subject."""
    prefix, _, name = key.partition(":")
    if prefix != "cell":
        return key
    comparison, subject, _ = name.split("/")
    return f"subject:{comparison}/{subject}"


def _cell_sources(composer: Composer, keys: Sequence[str]) -> tuple[Link, ...]:
    named: set[str] = set()
    for key in keys:
        name, subject, criterion = key.removeprefix("cell:").split("/")
        comparison = composer.site.comparisons[name]
        cell = comparison.cells[comparison.latest.id, subject, criterion]
        for statement in cell.statements:
            named |= {item.source for item in evidence_of(statement, cell.evidence)}
    return source_links(composer, named)


def _statuses_receipt(composer: Composer) -> Receipt | None:
    bar = status_bar(composer)
    keys = tuple(f"objective:{item.id}" for item in composer.index.objectives)
    return Receipt(
        title="Objectives by status",
        rule="count",
        texts=(bar_text("", bar),),
        inputs=input_links(composer, keys),
        data=data_link(composer, records_url("objectives")),
        entries=many(composer, len(keys), "entry", "entries"),
        sources=_behind(composer, keys, ("objectives",)),
    )


def _links(composer: Composer, keys: Sequence[str]) -> tuple[Link, ...]:
    if any(key.startswith("members:") for key in keys):
        language = composer.language
        return tuple(
            Link(country_name(key.rpartition("/")[2], language), composer.url(key)) for key in keys
        )
    return input_links(composer, keys)


def count_title(composer: Composer, rest: Sequence[str]) -> str:
    """Say in words what is counted."""
    site = composer.site
    match rest:
        case ["members" | "launch-members" as whom, *facet]:
            name = site.alliances[site.settings.alliance].name
            title = f"Members of {name}" if whom == "members" else f"Launch members of {name}"
            return (
                title
                if not facet
                else f"{title}, {FACET_WORDS[facet[0]]}: {facet_value(composer, facet)}"
            )
        case [("alliance-members" | "compared-members") as whom, name]:
            is_whole = whom == "alliance-members"
            alliance = site.alliances[name if is_whole else site.settings.alliance].name
            where = "" if is_whole else f" in “{site.comparisons[name].file.title}”"
            return f"Members of {alliance}{where}"
        case ["cells", comparison, value, *narrow]:
            where = f", {narrow[-1]}" if narrow else ""
            return f"Answers “{value}” in “{site.comparisons[comparison].file.title}”{where}"
        case ["deliverables", objective]:
            return f"Evidence for “{site.names[f'objective:{objective}']}”"
        case [what, *narrow]:
            return ", ".join((words(what), *(_term(composer, item) for item in narrow)))
        case _:
            return ""


def facet_value(composer: Composer, facet: Sequence[str]) -> str:
    """Write a value by which members can be listed; `facet` is its kind and its id."""
    name, value = facet
    if name == "country":
        return country_name(value, composer.language)
    if name == "sector":
        return composer.site.settings.vocabularies.sectors[value]
    return words(value)


def _term(composer: Composer, item: str) -> str:
    terms = composer.site.settings.vocabularies
    return terms.sides.get(item) or terms.topics.get(item) or words(item).lower()


def _data_of(composer: Composer, rest: Sequence[str]) -> Link:
    """Link the file in which the things counted stand."""
    what, *narrow = rest
    if what == "cells":
        return data_link(composer, comparison_records_url(narrow[0]))
    if what == "articles":
        return data_link(composer, UrlPath("/data/articles.json"))
    if what == "comparisons":
        return Link("data", composer.url("page:data"))
    return data_link(composer, records_url(_HELD_IN.get(what, what)))


_HELD_IN = {
    "alliance-members": "organizations",
    "compared-members": "organizations",
    "members": "organizations",
    "launch-members": "organizations",
    "countries": "organizations",
    "deliverables": "objectives",
    "topics": "arguments",
}
"""What is counted → the collection that holds it, where that bears another name."""


def _behind(composer: Composer, keys: Sequence[str], rest: Sequence[str]) -> tuple[Link, ...]:
    """Link what stands behind the things counted: members by what says that they are members."""
    if len(keys) > MOST_LISTED:
        return ()
    named: set[str] = set()
    for key in dict.fromkeys(keys):
        prefix, _, name = key.partition(":")
        if prefix == "org" and rest[0] != "organizations":
            named |= composer.index.ask(f"sources of {key}", partial(_member, composer, name))
        elif prefix in _WITH_EVIDENCE:
            named |= _named_in(getattr(composer.site, f"{prefix}s")[name])
    return source_links(composer, named)


_WITH_EVIDENCE = frozenset({"argument", "event", "figure", "objective"})


def _member(composer: Composer, organization: str) -> frozenset[str]:
    record = composer.site.organizations[organization]
    facets = (getattr(record, facet) for facet in FACETS)
    return _named_in((record.memberships, record.evidence, *facets))


def _named_in(record: object) -> frozenset[str]:
    return frozenset(str(item.source) for item in found_in(record, Evidence))


# What rests on a source


def resting_names(composer: Composer) -> Names:
    """Name the count of values on every source, and of those of a record where they are many."""
    for source in composer.site.sources:
        yield f"resting/{source}"
        values = composer.index.values_by_source.get(source, ())
        counts = Counter(value.key for value in values)
        yield from (f"resting/{source}/{key}" for key in counts if counts[key] > FEW_VALUES)


def resting_receipt(composer: Composer, rest: Sequence[str]) -> Receipt | None:
    """Make the receipt of how many values rest on a source."""
    source, *record = rest
    if source not in composer.site.sources:
        return None
    key = "/".join(record)
    every = composer.index.values_by_source.get(source, ())
    values = [value for value in every if not key or value.key == key]
    if key and not values:
        return None
    keys = tuple(dict.fromkeys(value.key for value in values))
    of = f"of “{record_link_text(composer.site, key)}” " if key else ""
    return Receipt(
        title=f"Values {of}that rest on “{composer.site.sources[source].title}”",
        rule="resting",
        texts=(composer.number(len(values)), str(len(values))),
        inputs=tuple(Link(record_link_text(composer.site, key), composer.url(key)) for key in keys)
        if len(keys) <= MOST_LISTED
        else (),
        data=Link("data/records/", composer.url("page:data")),
        entries=" of ".join(
            (
                many(composer, len(values), "value", "values"),
                many(composer, len(keys), "record", "records"),
            )
        ),
        sources=source_links(composer, (source,)),
    )


# Charts


def chart_names(composer: Composer) -> Names:
    """Name the charts that the site has enough for."""
    for chart in chart_ids(composer.site):
        if make_chart(composer, chart) is not None:
            yield f"chart/{chart}"


def chart_receipt(composer: Composer, rest: Sequence[str]) -> Receipt | None:
    """Make the receipt of a chart."""
    if len(rest) != 1 or rest[0] not in set(chart_ids(composer.site)):
        return None
    chart = make_chart(composer, rest[0])
    if chart is None:
        return None
    return Receipt(
        title=chart.title,
        rule="chart",
        texts=(
            ". ".join(_head_of(chart)),
            chart.title,
            joined(_table_of(chart)),
            *(_drawn(chart, layouts) for layouts in _DRAWN),
        ),
        inputs=(chart.source,),
        data=Link(chart.csv.rpartition("/")[2], chart.csv),
        entries=many(composer, len(chart.rows), "row", "rows"),
        sources=(),
    )


_DRAWN = (("narrow", "wide"), ("narrow",), ("wide",))
"""In which layouts pages draw a chart."""


_TAG = re.compile("<[^<>]*>")


def _drawn(chart: ChartView, layouts: Sequence[str]) -> str:
    """Return the text of a chart's drawing."""
    drawing = draw(
        chart.form,
        chart.title,
        chart.description,
        layouts=layouts,
        is_mirrored=chart.is_mirrored,
    )
    return unescape(_TAG.sub(" ", drawing))


def _table_of(chart: ChartView) -> Iterator[str]:
    yield from chart.columns
    for row in chart.rows:
        yield from row


def _head_of(chart: ChartView) -> Iterator[str]:
    yield from (chart.title, chart.subtitle)
