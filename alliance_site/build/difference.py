"""Tells two states of a site apart: two releases, a release and the content as it is, two days.

Never: builds a page.
"""

from msgspec import Struct

from alliance_site.build.ledger import composed, values_of
from alliance_site.build.options import BuildOptions
from alliance_site.diagnostics import Span, UsageError, nearest
from alliance_site.model import (
    ChangeKind,
    PartialDate,
    Site,
    ValueChange,
    Values,
    changes_between,
    dated_values,
    state_after,
)
from alliance_site.view import GROUP_TITLES, Composer, change_line, change_text, record_link_text

NOW = "now"
"""Stands for the content as it is, beside the names of releases and days."""


class DifferenceLine(Struct, frozen=True):
    """One value that differs.

    Attributes:
        group: What sort of change it is, as a title.
        text: It in words.
        span: Where the record stands; None where it is gone.
    """

    change: ValueChange
    group: str
    text: str
    span: Span | None


class Difference(Struct, frozen=True, kw_only=True):
    """What differs between two states.

    Attributes:
        before: The earlier state's name: of a release, a day, or `now`.
        after: The later state's.
        is_by_date: Whether the states are two days, by the dates in the content, not releases.
        lines: By kind, record and field.
    """

    before: str
    after: str
    is_by_date: bool
    lines: tuple[DifferenceLine, ...]


def diff(options: BuildOptions, before: str = "", after: str = NOW) -> Difference:
    """Compare two states of a site.

    Two releases, or a release and the content as it is, differ in what the site says. Where one of
    the two is a day and no release, what holds in the world is compared, by the dates that the
    records give; a release then stands for the day of its content.

    Args:
        options: Of the site.
        before: A release, a day, or the last release by default.
        after: A release, a day, or `now`.

    Raises:
        UsageError: A state is unknown.
        ContentError: The content has faults.
    """
    composer = composed(options)
    site = composer.site
    before = before or next((item.id for item in reversed(site.releases.heads())), "")
    if not before:
        raise UsageError("there is no release to compare with; `alliance-site release` makes one")
    named = {NOW: composer.as_of} | {item.id: item.date for item in site.releases.heads()}
    days = [named.get(name) or _day(name, named) for name in (before, after)]
    is_by_date = not {before, after} <= named.keys()
    if is_by_date:
        first, second = (dated_values(site, day) for day in days)
    else:
        first, second = (_values(site, name) for name in (before, after))
    changes = changes_between(first, second, site.releases.renames(), has_records=not is_by_date)
    if is_by_date:
        # The first answer to a question is no change: nobody had asked before.
        changes = tuple(item for item in changes if item.kind is not ChangeKind.CELL or item.was)
    return Difference(
        before=before,
        after=after,
        is_by_date=is_by_date,
        lines=tuple(_line(composer, item) for item in changes),
    )


def _day(name: str, named: dict[str, PartialDate]) -> PartialDate:
    day = PartialDate.parse(name)
    if day is not None:
        return day
    guess = nearest(name, named)
    known = f"did you mean {guess}?" if guess else f"known: {', '.join(named)}"
    raise UsageError(f"{name} is neither a release nor a day such as 2024-02-08; {known}")


def _values(site: Site, name: str) -> Values:
    if name == NOW:
        return values_of(site)
    names = [item.id for item in site.releases.heads()]
    return state_after(site.releases.all()[: names.index(name) + 1]).values


def _line(composer: Composer, change: ValueChange) -> DifferenceLine:
    site = composer.site
    name = record_link_text(site, change.key) if change.key in site.names else change.name
    text = f"{name}: {change_text(change_line(site, change))}"
    return DifferenceLine(change, GROUP_TITLES[change.kind], text, _span(site, change.key))


def _span(site: Site, key: str) -> Span | None:
    """Find the file of a record; that of a subject's answers, for a subject."""
    prefix, _, name = key.partition(":")
    comparison, _, part = name.partition("/")
    files = {
        "subject": f"content/comparisons/{comparison}/cells/{part}.yaml",
        "criterion": f"content/comparisons/{comparison}/criteria.yaml",
    }
    if prefix in files:
        return Span(path=files[prefix]) if files[prefix] in site.catalog.documents else None
    head = site.catalog.head(key)
    return head.span if head is not None else None
