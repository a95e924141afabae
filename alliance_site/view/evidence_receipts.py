"""Receipts of the evidence meter: of every kind of record, and of every page that has one.

Never: decides how anything is measured.
"""

from collections import defaultdict
from collections.abc import Sequence

from alliance_site.paths import UrlPath, slugify
from alliance_site.route import FACETS, facet_values, listed_routes
from alliance_site.view.composer import Composer, words
from alliance_site.view.count_receipts import FACET_WORDS, facet_value
from alliance_site.view.index import LISTED
from alliance_site.view.meter import MeterView, meter_view
from alliance_site.view.parts import Link
from alliance_site.view.parts_measured import OF_COMPARISONS
from alliance_site.view.receipt import Names, Receipt, data_link, joined
from alliance_site.view.records import comparison_records_url, records_url

_PREFIXES = {"members": "organizations", "org": "organizations", "topic": "arguments"}


def evidence_names(composer: Composer) -> Names:
    """Name the meter of every kind of record, then that of every page that has one."""
    site = composer.site
    parts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, _ in listed_routes(site):
        kind, _, name = key.partition(":")
        parts[kind, name.partition("/")[0]].append(key)
    for title, _ in composer.index.meters:
        yield f"evidence/all/{slugify(title)}"
    for prefix, collection in (
        ("alliance", site.alliances),
        ("objective", site.objectives),
        ("org", site.organizations),
    ):
        yield from (f"evidence/{prefix}:{key}" for key in collection)
    for comparison in site.comparisons.values():
        name = comparison.id
        yield f"evidence/comparison:{name}"
        yield from (f"evidence/subject:{name}/{item.id}" for item in comparison.file.subjects)
        yield from (f"evidence/criterion:{name}/{item.id}" for item in comparison.criteria)
        for kind in ("pair", "part", "group", "value", "sides"):
            yield from (f"evidence/{key}" for key in parts.get((kind, name), ()))
    yield from (f"evidence/{key}" for key in (*LISTED, "page:members"))
    for facet in FACETS:
        yield from (f"evidence/members:{facet}/{value}" for value in facet_values(site, facet))
    yield from (f"evidence/topic:{topic}" for topic in site.settings.vocabularies.topics)


def evidence_receipt(composer: Composer, rest: Sequence[str]) -> Receipt | None:
    """Make the receipt of a meter."""
    if rest[0] == "all":
        for title, of_group in composer.index.meters:
            if slugify(title) == rest[1]:
                shown = meter_view(title, of_group, composer.language)
                return _meter_receipt(composer, title, shown)
        return None
    key = "/".join(rest)
    meter = composer.index.meter(key)
    if meter is None:
        return None
    prefix, _, name = key.partition(":")
    is_of_comparison = prefix == "comparison" or prefix in OF_COMPARISONS
    collection = LISTED.get(key, "") if prefix == "page" else _PREFIXES.get(prefix, f"{prefix}s")
    file = (
        comparison_records_url(name.partition("/")[0])
        if is_of_comparison
        else records_url(collection or "organizations")
    )
    shown = meter_view("", meter, composer.language)
    return _meter_receipt(composer, _page_title(composer, key), shown, key, file)


def _page_title(composer: Composer, key: str) -> str:
    """Name a page that shows records in part by what it shows, where it bears no name itself."""
    names, (prefix, _, name) = composer.site.names, key.partition(":")
    if key in names:
        return names[key]
    if prefix == "members":
        kind, value = name.split("/")
        return f"Members, {FACET_WORDS[kind]}: {facet_value(composer, (kind, value))}"
    comparison, *rest = name.split("/")
    subjects = (names.get(f"subject:{comparison}/{item}", words(item)) for item in rest)
    return f"{names[f'comparison:{comparison}']}: {', '.join(subjects)}"


def _meter_receipt(
    composer: Composer,
    title: str,
    meter: MeterView,
    key: str = "",
    file: UrlPath | None = None,
) -> Receipt:
    kept = (meter.archived, meter.independent, meter.derived, meter.self_reported, meter.unstated)
    row = (meter.values, meter.sourced, meter.percent, *kept)
    return Receipt(
        title=f"Evidence: {title}",
        rule="meter",
        texts=(
            _meter_line(meter),
            joined((*row, meter.checked_days, meter.source_days, meter.stale or "0")),
            joined((meter.percent, meter.values)),
        ),
        inputs=(Link(title, composer.url(key)),) if key else (),
        data=data_link(composer, file)
        if file
        else Link("data/records/", composer.url("page:data")),
        entries=f"{meter.values} values",
        sources=(),
    )


def _meter_line(meter: MeterView) -> str:
    """Write a meter as pages do, number after number."""
    stale = f"Last checked {meter.stale_days} days ago. " if meter.stale else ""
    newest = f" Newest sources: {meter.source_days} days old (median)." if meter.source_days else ""
    return (
        f"{stale}{meter.sourced} of {meter.values} values have a source, {meter.archived} an "
        f"archived copy; {meter.independent} independent, {meter.derived} derived, "
        f"{meter.self_reported} self-reported, {meter.unstated} without a stated basis.{newest}"
    )
