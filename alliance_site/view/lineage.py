"""The lineage of objectives: the sets in order, and what became of every aim in the next.

Never: decides what became of an aim (the records say).
"""

from collections.abc import Iterator

from alliance_site.model import Aim, Fate, TracedAim, TracedSet
from alliance_site.model.records import Objective
from alliance_site.plain import Plain
from alliance_site.view.composer import Composer
from alliance_site.view.notes import Notes
from alliance_site.view.parts import DateView, Link, ProseView, StatedView, ValueView

FATES = {
    Fate.KEPT: "Kept",
    Fate.RENAMED: "Renamed",
    Fate.MERGED: "Merged with others",
    Fate.SPLIT: "Split",
    Fate.DROPPED: "Dropped",
}


class AimView(Plain, frozen=True, kw_only=True):
    """One aim of a set.

    Attributes:
        anchor: Its id on the page of objectives.
        url: The page that follows it up; empty where there is none.
        carries_on: The aims of the set before that it carries on.
        is_new: No earlier set that is known has it.
        fate: What became of it in the next set; None in the last one.
        successors: The aims of the next set that carry it on.
    """

    anchor: str
    title: str
    url: str
    carries_on: tuple[Link, ...]
    is_new: bool
    fate: StatedView | None
    successors: tuple[Link, ...]
    first_seen: DateView
    last_seen: DateView


class LineageStep(Plain, frozen=True, kw_only=True):
    """One set of aims, as the alliance published it on a day."""

    anchor: str
    title: str
    date: DateView
    note: ProseView | None
    source: StatedView
    aims: tuple[AimView, ...]
    is_last: bool


def lineage_steps(composer: Composer, alliance: str, notes: Notes) -> tuple[LineageStep, ...]:
    """Make the lineage of an alliance's objectives; empty where no set is recorded."""
    traced = composer.index.lineages.get(alliance, ())
    return tuple(
        _step(composer, item, traced[place - 1] if place else None, _next(traced, place), notes)
        for place, item in enumerate(traced)
    )


def _next(traced: tuple[TracedSet, ...], place: int) -> TracedSet | None:
    return traced[place + 1] if place + 1 < len(traced) else None


def _step(
    composer: Composer,
    item: TracedSet,
    before: TracedSet | None,
    after: TracedSet | None,
    notes: Notes,
) -> LineageStep:
    record = item.set
    cited = composer.cite(record.evidence, notes)
    return LineageStep(
        anchor=record.id,
        title=record.title,
        date=composer.date(record.date),
        note=composer.maybe_prose(record.note, notes),
        source=StatedView(ValueView(text=f"{len(record.aims)} aims", citations=cited)),
        aims=tuple(_aim(composer, item, aim, before, after, notes) for aim in item.aims),
        is_last=item.is_last,
    )


def _aim(
    composer: Composer,
    item: TracedSet,
    traced: TracedAim,
    before: TracedSet | None,
    after: TracedSet | None,
    notes: Notes,
) -> AimView:
    aim = traced.aim
    return AimView(
        anchor=_anchor(item, aim.id),
        title=aim.title,
        url=composer.url(f"objective:{aim.objective}") if aim.objective else "",
        carries_on=_links(composer, traced.predecessors, before),
        is_new=before is not None and not traced.predecessors,
        fate=None if after is None else _fate(composer, item, traced, notes),
        successors=_links(composer, traced.successors, after),
        first_seen=composer.date(traced.first_seen),
        last_seen=composer.date(traced.last_seen),
    )


def _links(composer: Composer, aims: tuple[Aim, ...], there: TracedSet | None) -> tuple[Link, ...]:
    """Link aims of another set, on the page of objectives."""
    if there is None:
        return ()
    home = composer.url("page:objectives")
    return tuple(Link(aim.title, f"{home}#{_anchor(there, aim.id)}") for aim in aims)


def _anchor(item: TracedSet, aim: str) -> str:
    return f"{item.set.id}--{aim}"


def _fate(composer: Composer, item: TracedSet, traced: TracedAim, notes: Notes) -> StatedView:
    if traced.aim.fate:
        return composer.stated(
            traced.aim.fate, item.set.evidence, notes, lambda value: (FATES[value], "", "")
        )
    text = FATES[Fate.KEPT] if traced.successors else "Not known"
    return StatedView(ValueView(text=text))


def later_forms(composer: Composer, objective: Objective, notes: Notes) -> Iterator[ValueView]:
    """Yield what an objective became in every later set, as far as the sources show it."""
    traced = composer.index.lineages.get(objective.alliance, ())
    carried: set[str] = set()
    for place, item in enumerate(traced):
        here = [aim for aim in item.aims if aim.aim.id in carried]
        for aim in here:
            (link,) = _links(composer, (aim.aim,), item)
            yield ValueView(
                text=link.text,
                url=link.url,
                since=composer.date(item.set.date),
                citations=composer.cite(item.set.evidence, notes),
            )
        here += [aim for aim in item.aims if aim.aim.objective == objective.id]
        carried = {each.id for aim in here for each in aim.successors}
        if here and not carried and place + 1 < len(traced):
            following = composer.date(traced[place + 1].set.date)
            yield ValueView(text="Not known", mark="unknown", since=following)
