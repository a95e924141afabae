"""Charts of what happened when: the events of the timeline, and the evidence for each objective.

Never: makes HTML.
"""

from collections import Counter
from collections.abc import Sequence

from alliance_site.chart import Lane, Strip, Tick
from alliance_site.model import PartialDate, headline_value
from alliance_site.model.records import Deliverable, Event, Objective
from alliance_site.view.chart import (
    FEWEST_NUMBERS,
    ChartWords,
    chart_view,
    counted,
    year_ticks,
    years,
)
from alliance_site.view.composer import Composer, words
from alliance_site.view.parts import ChartView, Link

_PLAN = "plan"
"""The kind of deliverable that says what will be done, and is drawn as a ring."""


def timeline_chart(composer: Composer) -> ChartView | None:
    """Show every event of the timeline as a dot, in a lane for each kind."""
    events = composer.index.events
    if len(events) < FEWEST_NUMBERS:
        return None
    by_kind: dict[str, list[Event]] = {}
    for event in events:
        by_kind.setdefault(event.kind.value, []).append(event)
    order = sorted(by_kind, key=lambda kind: (-len(by_kind[kind]), kind))
    dates = [event.date for event in events]
    return chart_view(
        composer,
        "timeline",
        Strip(
            tuple(
                Lane(words(kind), tuple((years(event.date), "") for event in by_kind[kind]))
                for kind in order
            ),
            year_ticks(dates),
            _launch(composer, dates),
        ),
        ChartWords(
            title=_timeline_finding(events),
            subtitle="A dot for each event, by kind, at its date; a month without a day stands at "
            "its middle",
            description=", ".join(f"{words(kind)}: {len(by_kind[kind])}" for kind in order) + ".",
            columns=("Year", *(words(kind) for kind in order)),
            rows=_by_year(by_kind, order),
        ),
        Link("the timeline, where each event names its sources", composer.url("page:timeline")),
    )


def _launch(composer: Composer, dates: Sequence[PartialDate]) -> tuple[Tick, ...]:
    """Mark the day on which the site's alliance was announced, where the strip holds it."""
    alliance = composer.site.alliances[composer.site.settings.alliance]
    day = headline_value(alliance.founded)
    if day is None or not min(dates).earliest() <= day.latest() <= max(dates).latest():
        return ()
    return (Tick(years(day), f"{alliance.name} announced"),)


def _timeline_finding(events: Sequence[Event]) -> str:
    per_year = Counter(event.date.year for event in events)
    most = max(per_year.values())
    busiest = [str(year) for year in sorted(per_year) if per_year[year] == most]
    span = f"from {min(per_year)} to {max(per_year)}" if len(per_year) > 1 else f"in {busiest[0]}"
    if len(per_year) == 1 or len(busiest) > 1:
        return f"{len(events)} events {span}"
    return f"{len(events)} events {span}; {busiest[0]} has the most, {most}"


def _by_year(by_kind: dict[str, list[Event]], order: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    counts = {kind: Counter(event.date.year for event in by_kind[kind]) for kind in order}
    found = sorted({year for count in counts.values() for year in count})
    return tuple((str(year), *(str(counts[kind][year]) for kind in order)) for year in found)


def objectives_chart(composer: Composer) -> ChartView | None:
    """Show the dated evidence for each objective: rings for plans, full dots for what was done."""
    objectives = composer.index.objectives
    done = [item for objective in objectives for item in objective.deliverables]
    dated = [item.date for item in done if item.date is not None]
    if len(dated) < FEWEST_NUMBERS:
        return None
    starts = [objective.first_seen for objective in objectives]
    return chart_view(
        composer,
        "objectives",
        Strip(
            tuple(_objective_lane(objective) for objective in objectives),
            year_ticks([*starts, *dated]),
        ),
        ChartWords(
            title=_objectives_finding(objectives),
            subtitle=f"{counted(len(dated), 'dated piece', 'dated pieces')} of evidence by "
            "objective: ● done, ○ planned. No target that can be measured is recorded, so none is "
            f"drawn as done in part{_undated(done)}",
            description=" ".join(
                f"{item.title}: {_status(item)}, "
                f"{counted(len(item.deliverables), 'piece', 'pieces')} of evidence."
                for item in objectives
            ),
            columns=("Objective", "Status", "Done", "Planned", "Undated", "Latest"),
            rows=tuple(_objective_row(composer, item) for item in objectives),
        ),
        Link("the objectives, each with its evidence", composer.url("page:objectives")),
    )


def _objective_lane(objective: Objective) -> Lane:
    points = tuple(
        (years(item.date), "ring" if item.kind == _PLAN else "plain")
        for item in objective.deliverables
        if item.date is not None
    )
    return Lane(f"{objective.title} ({_status(objective)})", points)


def _status(objective: Objective) -> str:
    status = headline_value(objective.status)
    return words(status.value).lower() if status is not None else "not known"


def _undated(done: Sequence[Deliverable]) -> str:
    count = sum(item.date is None for item in done)
    return f"; {count} without a date are left out" if count else ""


def _objectives_finding(objectives: Sequence[Objective]) -> str:
    statuses = Counter(_status(item) for item in objectives)
    parts = [f"{count} {status}" for status, count in statuses.most_common()]
    return f"Of {counted(len(objectives), 'objective', 'objectives')}: {', '.join(parts)}"


def _objective_row(composer: Composer, objective: Objective) -> tuple[str, ...]:
    done = objective.deliverables
    dated = [item.date for item in done if item.date is not None]
    latest = composer.date(max(dated)).text if dated else "–"
    planned = sum(item.kind == _PLAN for item in done)
    return (
        objective.title,
        _status(objective),
        str(len(done) - planned),
        str(planned),
        str(len(done) - len(dated)),
        latest,
    )
