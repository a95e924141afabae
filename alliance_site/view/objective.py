"""Objectives: the list, and one page each.

Never: decides an address.
"""

from collections.abc import Iterator
from functools import partial

from alliance_site.model import headline_value
from alliance_site.model.records import Objective
from alliance_site.view.cards import (
    OBJECTIVE_MARKS,
    articles_about,
    deliverables_in_order,
    objective_card,
)
from alliance_site.view.charts import make_chart
from alliance_site.view.composer import Composer, words
from alliance_site.view.lineage import LineageStep, later_forms, lineage_steps
from alliance_site.view.notes import Notes, host_of
from alliance_site.view.page import Page
from alliance_site.view.pages import DatedStatement, ObjectiveView, PageView
from alliance_site.view.parts import (
    Bar,
    ChartView,
    FactRow,
    Link,
    ObjectiveCard,
    StatedView,
    ValueView,
)


class ObjectivesView(PageView, frozen=True, kw_only=True):
    """`/objectives/`; the lineage says how the sets of aims of the site's alliance changed."""

    dek: str
    chart: ChartView | None
    statuses: Bar
    objectives: tuple[ObjectiveCard, ...]
    lineage: tuple[LineageStep, ...]


def objectives_view(composer: Composer) -> ObjectivesView:
    """Make the list of objectives."""
    notes = composer.notes()
    objectives = composer.index.objectives
    dek = (
        "What the alliance said it would do, in its own announcement, and where each promise "
        "stands on the evidence found."
    )
    return ObjectivesView(
        frame=composer.frame(
            "page:objectives", "objectives", "Objectives", dek, section="page:objectives"
        ),
        dek=dek,
        chart=make_chart(composer, "objectives"),
        statuses=status_bar(composer),
        objectives=tuple(objective_card(composer, item, notes) for item in objectives),
        lineage=lineage_steps(composer, composer.site.settings.alliance, notes),
        sources=notes.entries(),
    )


def status_bar(composer: Composer) -> Bar:
    """Show how many objectives stand where."""
    values = [headline_value(item.status) for item in composer.index.objectives]
    statuses = [
        (words(status), mark, sum(value == status for value in values))
        for status, mark in OBJECTIVE_MARKS.items()
    ]
    return composer.bar("Status", "", statuses, composer.receipt("count/objectives/statuses"))


def objective_pages(composer: Composer) -> Iterator[Page]:
    """Make one page an objective, linked in order."""
    objectives = composer.index.objectives
    for index, objective in enumerate(objectives):
        before = objectives[index - 1] if index else None
        after = objectives[index + 1] if index + 1 < len(objectives) else None
        make = partial(objective_view, composer, objective, before, after)
        url = composer.routes.url(f"objective:{objective.id}")
        yield Page(url, "pages/objective.html", make)


def objective_view(
    composer: Composer,
    objective: Objective,
    before: Objective | None = None,
    after: Objective | None = None,
) -> ObjectiveView:
    """Make an objective's view; `before` and `after` are its neighbours."""
    notes = composer.notes()
    key = f"objective:{objective.id}"
    status = composer.stated(
        objective.status,
        objective.evidence,
        notes,
        lambda value: (words(value.value), "", OBJECTIVE_MARKS[value.value]),
    )
    body = composer.prose(objective.body, notes)
    return ObjectiveView(
        frame=composer.frame(
            key,
            "objective",
            objective.title,
            f"Objective {objective.number}: {objective.title}. "
            f"Status: {status.headline.text.lower()}. "
            f"{len(objective.deliverables)} pieces of evidence.",
            (Link("Objectives", composer.url("page:objectives")),),
            section="page:objectives",
        ),
        number=objective.number,
        title=objective.title,
        alliance=composer.link(f"alliance:{objective.alliance}"),
        status=status,
        body=body,
        facts=tuple(_facts(composer, objective, notes)),
        deliverables=tuple(
            DatedStatement(
                date=composer.maybe_date(item.date),
                kind=words(item.kind),
                text=composer.prose(item.title, notes),
                citations=composer.cite(item.evidence, notes),
                url=item.url or "",
                host=host_of(item.url or ""),
            )
            for item in deliverables_in_order(objective)
        ),
        contributors=tuple(
            composer.link(f"org:{item.id}")
            for item in composer.index.contributors.get(objective.id, ())
        ),
        articles=articles_about(composer, key),
        previous=composer.link(f"objective:{before.id}") if before else None,
        next=composer.link(f"objective:{after.id}") if after else None,
        sources=notes.entries(),
    )


def _facts(composer: Composer, objective: Objective, notes: Notes) -> Iterator[FactRow]:
    seen = {"First seen": objective.first_seen, "Last seen": objective.last_seen}
    for label, day in seen.items():
        if day is not None:
            cited = composer.cite(objective.evidence, notes)
            value = ValueView(text=composer.date(day).text, citations=cited)
            yield FactRow(label, StatedView(value))
    for label, ids in (
        ("Earlier form", objective.predecessor),
        ("Later form", objective.successor),
    ):
        for other in ids:
            link = composer.link(f"objective:{other}")
            yield FactRow(label, StatedView(ValueView(text=link.text, url=link.url)))
    for form in later_forms(composer, objective, notes):
        yield FactRow("In later sets", StatedView(form))
    for owner in objective.owners:
        link = composer.link(f"org:{owner}")
        yield FactRow("Accountable", StatedView(ValueView(text=link.text, url=link.url)))
