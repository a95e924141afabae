"""Sets of aims over time: what each list of an alliance said, and what became of every aim.

Never: guesses a link; an aim without a fate is a fault, and an unknown fate says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from alliance_site.diagnostics import Code, Diagnostic, Span, nearest
from alliance_site.model.record import Implicit, Record
from alliance_site.model.records import (
    NOWHERE,
    AllianceId,
    Evidence,
    ObjectiveId,
    Slug,
    Stated,
)
from alliance_site.model.statements import headline
from alliance_site.model.values import Markdown, PartialDate


class Fate(StrEnum):
    """What became of an aim in the next set. Source: OWL and SKOS change notes, in plain words."""

    KEPT = "kept"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    DROPPED = "dropped"


class Aim(Record, frozen=True, kw_only=True):
    """An entry of a set, by the name it bears there.

    Attributes:
        title: As that set words it.
        objective: The page that follows it up, where the site has one.
        successor: Ids of the aims in the next set that carry it on; its own id carries it on too.
        fate: What became of it in the next set; `absence: unknown` where the sources do not say.
    """

    id: Slug
    title: str
    objective: ObjectiveId | None = None
    successor: tuple[Slug, ...] = ()
    fate: Stated[Fate] = ()
    span: Implicit[Span] = NOWHERE


class ObjectiveSet(Record, frozen=True, kw_only=True):
    """An entry of `objective-sets.yaml`: a list of aims that an alliance published on a day.

    Attributes:
        alliance: Who published it.
        title: What the list is called.
        date: When it was published.
        aims: In the order of the list.
    """

    id: Implicit[Slug]
    alliance: AllianceId
    title: str
    date: PartialDate
    aims: tuple[Aim, ...]
    note: Markdown | None = None
    evidence: tuple[Evidence, ...]
    recorded: PartialDate | None = None
    span: Implicit[Span] = NOWHERE


class TracedAim(Record, frozen=True):
    """An aim with what the sets around it say.

    Attributes:
        predecessors: The aims of the set before that it carries on, in that set's order.
        successors: The aims of the next set that carry it on, in that set's order.
        first_seen: The day of the earliest set from which it descends.
        last_seen: The day of the latest set to which it leads.
    """

    aim: Aim
    predecessors: tuple[Aim, ...]
    successors: tuple[Aim, ...]
    first_seen: PartialDate
    last_seen: PartialDate


class TracedSet(Record, frozen=True):
    """A set with its aims traced; `is_last` says that no later set is known."""

    set: ObjectiveSet
    aims: tuple[TracedAim, ...]
    is_last: bool


def trace(sets: Iterable[ObjectiveSet]) -> tuple[TracedSet, ...]:
    """Trace the aims of one alliance's sets, the earliest set first."""
    ordered = in_order(sets)
    before, after = _links(ordered)
    first, last = _first_seen(ordered, before), _last_seen(ordered, after)
    return tuple(
        TracedSet(
            item,
            tuple(
                TracedAim(
                    aim,
                    before.get((item.id, aim.id), ()),
                    after.get((item.id, aim.id), ()),
                    first[item.id, aim.id],
                    last[item.id, aim.id],
                )
                for aim in item.aims
            ),
            item is ordered[-1],
        )
        for item in ordered
    )


def in_order(sets: Iterable[ObjectiveSet]) -> tuple[ObjectiveSet, ...]:
    """Order sets by their day, those of one day by id."""
    return tuple(sorted(sets, key=lambda item: (item.date.earliest(), item.id)))


_Place = tuple[str, str]
"""A set's id and an aim's."""
_Links = Mapping[_Place, tuple[Aim, ...]]


def _links(ordered: Sequence[ObjectiveSet]) -> tuple[_Links, _Links]:
    """Return the predecessors and the successors of every aim that has any."""
    before: dict[_Place, tuple[Aim, ...]] = defaultdict(tuple)
    after: dict[_Place, tuple[Aim, ...]] = {}
    for here, there in pairwise(ordered):
        for aim in here.aims:
            wanted = {*aim.successor, aim.id}
            found = tuple(item for item in there.aims if item.id in wanted)
            after[here.id, aim.id] = found
            for item in found:
                before[there.id, item.id] += (aim,)
    return before, after


def _first_seen(ordered: Sequence[ObjectiveSet], before: _Links) -> dict[_Place, PartialDate]:
    found: dict[_Place, PartialDate] = {}
    for place, item in enumerate(ordered):
        for aim in item.aims:
            earlier = [found[ordered[place - 1].id, each.id] for each in _at(before, item, aim)]
            found[item.id, aim.id] = min([item.date, *earlier])
    return found


def _last_seen(ordered: Sequence[ObjectiveSet], after: _Links) -> dict[_Place, PartialDate]:
    found: dict[_Place, PartialDate] = {}
    for place, item in reversed(list(enumerate(ordered))):
        for aim in item.aims:
            later = [found[ordered[place + 1].id, each.id] for each in _at(after, item, aim)]
            found[item.id, aim.id] = max([item.date, *later])
    return found


def _at(links: _Links, item: ObjectiveSet, aim: Aim) -> tuple[Aim, ...]:
    return links.get((item.id, aim.id), ())


def check_lineages(sets: Iterable[ObjectiveSet]) -> Iterator[Diagnostic]:
    """Yield every aim that vanishes from the next set without a word, and every broken link."""
    by_alliance: dict[str, list[ObjectiveSet]] = defaultdict(list)
    for item in sets:
        by_alliance[item.alliance].append(item)
    for found in by_alliance.values():
        ordered = in_order(found)
        for here, there in pairwise(ordered):
            for aim in here.aims:
                yield from _check_aim(aim, here, there)
        for aim in ordered[-1].aims:
            if aim.fate or aim.successor:
                message = f"`{aim.id}` has a fate, but no set follows `{ordered[-1].id}`"
                hint = "add the next set, or take `fate` and `successor` out"
                yield _broken(message, aim.span, hint)
        yield from _twins(ordered)


def _twins(ordered: Sequence[ObjectiveSet]) -> Iterator[Diagnostic]:
    for item in ordered:
        seen: dict[str, Span] = {}
        for aim in item.aims:
            if aim.id in seen:
                yield Diagnostic(
                    code=Code.DUPLICATE_ID,
                    message=f"`{aim.id}` is the id of another aim of `{item.id}`",
                    span=aim.span,
                    hint="rename one of them",
                    related=((seen[aim.id], "the other one"),),
                )
            seen.setdefault(aim.id, aim.span)


def _check_aim(aim: Aim, here: ObjectiveSet, there: ObjectiveSet) -> Iterator[Diagnostic]:
    known = [item.id for item in there.aims]
    is_still_there = aim.id in known
    fate = headline(aim.fate)
    for successor in aim.successor:
        if successor not in known:
            guess = nearest(successor, known)
            yield _broken(
                f"`{aim.id}` leads to `{successor}`, which is not in the next set, `{there.id}`",
                aim.span,
                f"did you mean `{guess}`?" if guess else f"its aims: {', '.join(known)}",
            )
    if fate is None:
        if not is_still_there:
            yield Diagnostic(
                code=Code.VANISHED_OBJECTIVE,
                message=f"`{aim.id}` of `{here.id}` is not in `{there.id}`, and nothing says why",
                span=aim.span,
                hint="say its `fate`: kept, renamed, merged, split, dropped; or `absence: unknown`",
            )
        return
    is_carried_on = is_still_there or bool(aim.successor)
    is_over = fate.value is None or fate.value is Fate.DROPPED
    if is_over == is_carried_on:
        word = fate.value or fate.absence
        has = "has a successor" if is_carried_on else "names no successor"
        hint = "take `successor` out" if is_carried_on else f"name one of {', '.join(known)}"
        yield _broken(f"`{aim.id}` is `{word}` and {has} in `{there.id}`", aim.span, hint)


def _broken(message: str, span: Span, hint: str) -> Diagnostic:
    return Diagnostic(
        code=Code.BROKEN_LINEAGE,
        message=message,
        span=Span(path=span.path, line=span.line, column=span.column),
        hint=hint,
    )
