"""Charts of an alliance: its members by kind, sector and country, its growth, who else they join.

Never: makes HTML.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from alliance_site.chart import Bar, Bars, Course, Lines, Matrix, MatrixLine, Point, Tick
from alliance_site.model import PartialDate, Quantity, headline_value, members_of
from alliance_site.model.records import Alliance, Basis, Organization, StatementStatus
from alliance_site.view.cards import facet_label
from alliance_site.view.chart import (
    FEWEST_NUMBERS,
    ChartWords,
    chart_view,
    listed,
    value_ticks,
    year_ticks,
    years,
)
from alliance_site.view.composer import Composer
from alliance_site.view.index import by_name
from alliance_site.view.parts import ChartView, Link
from alliance_site.view.words import quantity_text

_MOST_BARS = 12
"""With more values than this, the least frequent share a last bar."""

_FACETS = {"classification": "kind", "sector": "sector", "country": "country"}


def members_chart(composer: Composer, facet: str) -> ChartView | None:
    """Show how many members each value of a facet has, most first."""
    members = composer.index.members
    found = Counter(str(headline_value(getattr(item, facet)) or "") for item in members)
    unknown = found.pop("", 0)
    counts = sorted(
        ((facet_label(composer, facet, value), count) for value, count in found.items()),
        key=lambda item: (-item[1], item[0]),
    )
    if len(counts) < FEWEST_NUMBERS:
        return None
    name = _FACETS[facet]
    shown, rest = counts, counts[:0]
    if len(counts) > _MOST_BARS:
        shown, rest = counts[: _MOST_BARS - 1], counts[_MOST_BARS - 1 :]
    bars = [Bar(label, Decimal(count), composer.number(count)) for label, count in shown]
    if rest:
        bars.append(_rest(composer, rest))
    alliance = composer.site.alliances[composer.site.settings.alliance].name
    missing = f"; not known of {unknown}" if unknown else ""
    return chart_view(
        composer,
        f"members-by-{name}",
        Bars(tuple(bars)),
        ChartWords(
            title=_members_finding(composer, counts, name, is_whole=not unknown),
            subtitle=f"Members of {alliance} named in a source, by {name}{missing}, "
            f"{composer.date(composer.as_of).text}",
            description=", ".join(f"{bar.label}: {bar.text}" for bar in bars) + ".",
            columns=(name.capitalize(), "Members"),
            rows=tuple((label, composer.number(count)) for label, count in counts),
        ),
        Link("the list of members, each with its sources", composer.url("page:members")),
    )


def _rest(composer: Composer, rest: Sequence[tuple[str, int]]) -> Bar:
    total = sum(count for _, count in rest)
    most = max(count for _, count in rest)
    each = "1 each" if most == 1 else f"up to {composer.number(most)} each"
    return Bar(f"{len(rest)} others, {each}", Decimal(total), composer.number(total))


def _members_finding(
    composer: Composer, counts: Sequence[tuple[str, int]], name: str, *, is_whole: bool
) -> str:
    most = counts[0][1]
    leaders = [label for label, count in counts if count == most]
    number = composer.number(most)
    if len(leaders) > 1:
        return f"{listed(leaders)}: {number} members each, more than any other {name}"
    total = composer.number(sum(count for _, count in counts))
    known = "members" if is_whole else f"members whose {name} is known"
    return f"{leaders[0]}: {number} of {total} {known}, the most of any {name}"


# Growth

_Claim = tuple[PartialDate, Quantity, Basis]

_CLAIMS = {
    Basis.SELF_REPORTED: "its own count",
    Basis.INDEPENDENT: "count by others",
    Basis.DERIVED: "counted for this site",
}
"""Who stands behind a size."""

_LOWER_BOUNDS = frozenset({"more than", "at least"})


def growth_chart(composer: Composer, alliance: Alliance) -> ChartView | None:
    """Show how many members are named by when, and what was said of the alliance's size."""
    steps = _steps(composer, alliance)
    claims = sorted(
        (item for item in _claims(alliance) if item[0].earliest() <= composer.site.clock.as_of),
        key=lambda item: (item[0], item[1].number),
    )
    if not steps or len(steps) + len(claims) < FEWEST_NUMBERS:
        return None
    days = [*(day for day, _ in steps), *(day for day, _, _ in claims)]
    sizes = [*(Decimal(count) for _, count in steps), *(size.number for _, size, _ in claims)]
    largest = max(sizes)
    courses = [_named(composer, steps), *_said(composer, claims)]
    return chart_view(
        composer,
        f"{alliance.id}-growth",
        Lines(
            tuple(courses),
            _growth_ticks(composer, days),
            value_ticks(composer, largest),
        ),
        ChartWords(
            title=_growth_finding(composer, alliance, steps, claims),
            subtitle=f"Members of {alliance.name}: those that a source names, from the day they "
            "joined, and every size that was stated or counted",
            description=_growth_description(composer, steps, claims),
            columns=("Date", "Members", "Who says so"),
            rows=_growth_rows(composer, steps, claims),
        ),
        Link(
            f"{alliance.name}, where each number names its source",
            composer.url(f"alliance:{alliance.id}"),
        ),
    )


def _growth_ticks(composer: Composer, days: Sequence[PartialDate]) -> tuple[Tick, ...]:
    """Mark the beginning of every year; the first month too, where a year alone says little."""
    first, last = min(days), max(days)
    later = tuple(tick for tick in year_ticks(days) if years(first) < tick.at <= years(last))
    if len(later) > 1:
        return later
    month = composer.date(PartialDate(first.year, first.month)).text
    return (Tick(years(first), month), *later)


def _steps(composer: Composer, alliance: Alliance) -> list[tuple[PartialDate, int]]:
    """Return how many members a source names from each day on which one joined or left."""
    changes: Counter[PartialDate] = Counter()
    # All who ever were members: those who have left by now were counted until then.
    for member in composer.site.organizations.values():
        for membership in member.memberships:
            if membership.alliance == alliance.id:
                start, end = (
                    headline_value(dates) for dates in (membership.start_date, membership.end_date)
                )
                if start is not None:
                    changes[start] += 1
                    if end is not None:
                        changes[end] -= 1
    days = sorted(day for day in changes if day.earliest() <= composer.site.clock.as_of)
    return list(zip(days, accumulate(changes[day] for day in days), strict=True))


def _claims(alliance: Alliance) -> Iterator[_Claim]:
    for claim in alliance.size_claims:
        is_standing = claim.status in {StatementStatus.STATED, StatementStatus.DISPUTED}
        if claim.value is not None and claim.valid.from_ is not None and is_standing:
            yield claim.valid.from_, claim.value, claim.basis or Basis.INDEPENDENT


def _named(composer: Composer, steps: Sequence[tuple[PartialDate, int]]) -> Course:
    """Make the line of named members, which ends where the sources do: of later they say nothing.

    The first and the last number are written out.
    """
    ends = {0, len(steps) - 1}
    points = (
        Point(years(day), Decimal(count), composer.number(count) if place in ends else "")
        for place, (day, count) in enumerate(steps)
    )
    return Course("Named in a source", "", (tuple(points),), is_step=True)


def _said(composer: Composer, claims: Sequence[_Claim]) -> Iterator[Course]:
    """Make the dots of what was said of the size; the latest is written out."""
    for name, mark, is_own in (
        ("Its own count", "ring", True),
        ("Counted by others, or for this site", "other", False),
    ):
        shown = [item for item in claims if (item[2] is Basis.SELF_REPORTED) is is_own]
        if shown:
            yield Course(name, mark, (_dots(composer, shown, is_own=is_own),), is_joined=False)


def _dots(composer: Composer, claims: Sequence[_Claim], *, is_own: bool) -> tuple[Point, ...]:
    latest = claims[-1][0]
    return tuple(
        Point(
            years(day),
            size.number,
            quantity_text(size, composer.language) if is_own and day == latest else "",
            is_least=size.qualifier in _LOWER_BOUNDS,
        )
        for day, size, _ in claims
    )


def _growth_rows(
    composer: Composer,
    steps: Sequence[tuple[PartialDate, int]],
    claims: Sequence[_Claim],
) -> tuple[tuple[str, str, str], ...]:
    named = [(day, composer.number(count), "named in a source") for day, count in steps]
    said = [
        (day, quantity_text(size, composer.language), _CLAIMS[basis]) for day, size, basis in claims
    ]
    ordered = sorted((*named, *said), key=lambda row: row[0])
    return tuple((composer.date(day).text, count, who) for day, count, who in ordered)


def _growth_description(
    composer: Composer,
    steps: Sequence[tuple[PartialDate, int]],
    claims: Sequence[_Claim],
) -> str:
    (first, few), (last, many) = steps[0], steps[-1]
    line = (
        f"A line of the members named in a source: {few} on {composer.date(first).text}, "
        f"{many} on {composer.date(last).text}."
    )
    return f"{line} Dots for {len(claims)} stated sizes." if claims else line


def _growth_finding(
    composer: Composer,
    alliance: Alliance,
    steps: Sequence[tuple[PartialDate, int]],
    claims: Sequence[_Claim],
) -> str:
    named = composer.number(steps[-1][1])
    own = [item for item in claims if item[2] is Basis.SELF_REPORTED]
    if not own:
        first = composer.date(steps[0][0]).text
        return f"{named} members of {alliance.name} are named in a source, the first from {first}"
    day, size, _ = own[-1]
    text = quantity_text(size, composer.language)
    return (
        f"{text[:1].upper()}{text[1:]} members by its own count of {composer.date(day).text}, "
        f"{named} named in a source"
    )


# Who else they join


def overlap_chart(composer: Composer) -> ChartView | None:
    """Show who belongs to which alliances, without the many who are in the largest alone."""
    site = composer.site
    members = {key: members_of(site, key) for key in site.alliances}
    largest = max(members, key=lambda key: len(members[key]))
    others = {key: items for key, items in members.items() if key != largest and items}
    if not others:
        return None
    columns = [largest, *others]
    shown = by_name({item.id: item for items in others.values() for item in items}.values())
    lines = [
        (item.name, tuple(_is_in(item, key, members[key]) for key in columns)) for item in shown
    ]
    lines.sort(key=lambda line: -sum(line[1]))
    if len(lines) < FEWEST_NUMBERS:
        return None
    names = [site.alliances[key].name for key in columns]
    several = [name for name, is_in in lines if sum(is_in) > 1]
    return chart_view(
        composer,
        "alliances",
        Matrix(
            tuple(names),
            tuple(
                MatrixLine(name, tuple("plain" if each else "" for each in is_in))
                for name, is_in in lines
            ),
        ),
        ChartWords(
            title=_overlap_finding(several, names),
            subtitle=f"Members by alliance; those of {names[0]} alone are left out, "
            f"{composer.date(composer.as_of).text}",
            description=" ".join(
                f"{name}: "
                + listed([each for each, yes in zip(names, is_in, strict=True) if yes], len(names))
                + "."
                for name, is_in in lines
            ),
            columns=("Organisation", *names),
            rows=tuple(
                (name, *("member" if each else "–" for each in is_in)) for name, is_in in lines
            ),
        ),
        Link("the pages of the organisations, each with its sources", composer.url("page:members")),
    )


def _is_in(item: Organization, key: str, members: Sequence[Organization]) -> bool:
    return any(member.id == item.id for member in members) and any(
        membership.alliance == key and not membership.end_date for membership in item.memberships
    )


def _overlap_finding(several: Sequence[str], names: Sequence[str]) -> str:
    where = "more than one alliance" if names[2:] else f"both {names[0]} and {names[1]}"
    if not several:
        return f"No organisation listed here is a member of {where}"
    if len(several) == 1:
        return f"{several[0]} is the only member of {where}"
    return f"{len(several)} organisations are members of {where}: {listed(several)}"
