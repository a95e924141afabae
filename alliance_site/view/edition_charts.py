"""Charts of how scores moved between the editions of a comparison.

What two editions ask in common decides what is compared: where they ask other questions, the
series breaks, and the chart says so. No line is drawn across a break.

Never: makes HTML.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from alliance_site.chart import Break, Course, Multiples, Point, Series, Slope, Slopes, Tick
from alliance_site.model import Comparison, headline_value
from alliance_site.model.records import Criterion, Edition, Subject
from alliance_site.view.chart import (
    FEWEST_NUMBERS,
    ChartWords,
    chart_view,
    listed,
    years,
)
from alliance_site.view.comparison_charts import source_link
from alliance_site.view.composer import Composer
from alliance_site.view.parts import ChartView


def common_questions(
    comparison: Comparison, before: Edition, after: Edition
) -> tuple[Criterion, ...]:
    """Return the criteria that two editions both ask."""
    asked = {item.id for item in comparison.questions(before.id)}
    return tuple(item for item in comparison.questions(after.id) if item.id in asked)


def _in_order(comparison: Comparison) -> tuple[Edition, ...]:
    return tuple(reversed(comparison.newest_first))


def _scores(
    comparison: Comparison, edition: Edition, subject: Subject, asked: Sequence[Criterion]
) -> Decimal:
    levels = comparison.file.levels
    values = (
        headline_value(comparison.cells[edition.id, subject.id, item.id].statements)
        for item in asked
    )
    return sum((levels[value].points for value in values if value is not None), Decimal(0))


@dataclass(frozen=True, slots=True)
class _Move:
    subject: Subject
    before: Decimal
    after: Decimal

    @property
    def by(self) -> Decimal:
        return self.after - self.before


def moves_chart(composer: Composer, comparison: Comparison) -> ChartView | None:
    """Show who moved between the last two editions that ask the same questions."""
    pairs = [
        (before, after, common)
        for before, after in pairwise(_in_order(comparison))
        if len(common := common_questions(comparison, before, after)) >= FEWEST_NUMBERS
    ]
    if not pairs:
        return None
    before, after, common = pairs[-1]
    earlier = {item.id for item in comparison.subjects_in(before.id)}
    moves = [
        _Move(item, *(_scores(comparison, run, item, common) for run in (before, after)))
        for item in comparison.subjects_in(after.id)
        if item.id in earlier
    ]
    if len(moves) * 2 < FEWEST_NUMBERS:
        return None
    moves.sort(key=lambda move: (-move.after, move.subject.name))
    when = [composer.date(item.as_of).text for item in (before, after)]
    number = composer.number
    every = comparison.questions(after.id)
    of_all = "" if len(common) == len(every) else f" of {len(every)}"
    return chart_view(
        composer,
        f"{comparison.id}-moves",
        Slopes(
            when[0],
            when[1],
            tuple(
                Slope(
                    move.subject.name,
                    move.before,
                    move.after,
                    number(move.before),
                    number(move.after),
                    _mark(comparison, move.subject),
                )
                for move in moves
            ),
            _key(comparison, (move.subject for move in moves)),
        ),
        ChartWords(
            title=_move_finding(composer, moves, when),
            subtitle=f"Points on the {len(common)}{of_all} criteria that both editions ask, for "
            f"the {len(moves)} subjects in both{_other_editions(composer, comparison, after)}",
            description=" ".join(
                f"{move.subject.name}: from {number(move.before)} to {number(move.after)}."
                for move in moves
            ),
            columns=("Subject", *when, "Change"),
            rows=tuple(
                (
                    move.subject.name,
                    number(move.before),
                    number(move.after),
                    f"{'+' if move.by > 0 else ''}{number(move.by)}",
                )
                for move in moves
            ),
        ),
        source_link(composer, comparison),
    )


_MARKS = ("open", "closed")
"""How the first two groups are drawn, as in the dot plot of criteria; the others are grey."""


def _mark(comparison: Comparison, subject: Subject) -> str:
    first = zip(comparison.file.groups, _MARKS, strict=False)
    return next((mark for group, mark in first if group == subject.group), "other")


def _key(comparison: Comparison, subjects: Iterable[Subject]) -> tuple[Series, ...]:
    """Name the groups that are drawn, those that share a mark together."""
    file = comparison.file
    shown = {item.group: _mark(comparison, item) for item in subjects}
    titles = {
        mark: [group.title for key, group in file.groups.items() if shown.get(key) == mark]
        for mark in (*_MARKS, "other")
    }
    name = file.group_name.lower()
    return tuple(
        Series(f"{names[0]} {name}" if len(names) == 1 else f"{listed(names)}", mark)
        for mark, names in titles.items()
        if names
    )


def _other_editions(composer: Composer, comparison: Comparison, after: Edition) -> str:
    later = [item for item in _in_order(comparison) if item.as_of > after.as_of]
    names = [composer.date(item.as_of).text for item in later]
    return f". The edition of {listed(names)} asks other questions" if later else ""


def _move_finding(composer: Composer, moves: Sequence[_Move], when: Sequence[str]) -> str:
    up, down = (sum(move.by * sign > 0 for move in moves) for sign in (1, -1))
    widest = max(moves, key=lambda move: (abs(move.by), move.subject.name))
    if widest.by == 0:
        return f"No score changed from {when[0]} to {when[1]}"
    count, verb = (up, "rose") if up >= down else (down, "fell")
    who = "All" if count == len(moves) else f"{count} of"
    verb_most = "gained" if widest.by > 0 else "lost"
    return (
        f"{who} {len(moves)} scores {verb} from {when[0]} to {when[1]}; "
        f"{widest.subject.name} {verb_most} most, {composer.number(abs(widest.by))} points"
    )


def editions_chart(composer: Composer, comparison: Comparison) -> ChartView | None:
    """Show every subject with more than one edition, each in a panel, with breaks where they are.

    A line joins only editions that ask the same questions of all.
    """
    editions = _in_order(comparison)
    courses = [
        (subject, course)
        for subject in comparison.file.subjects
        if (course := _course(composer, comparison, subject, editions)) is not None
    ]
    if len(courses) * 2 < FEWEST_NUMBERS:
        return None
    breaks = tuple(
        Break(
            (years(before.as_of) + years(after.as_of)) / 2,
            f"Dashed line: {composer.date(after.as_of).text} asks other questions",
        )
        for before, after in pairwise(editions)
        if not _is_same(comparison, before, after)
    )
    order = sorted(courses, key=lambda item: (-item[1].runs[-1][-1].y, item[0].name))
    most = max(_maximum(comparison, item) for item in editions)
    return chart_view(
        composer,
        f"{comparison.id}-editions",
        Multiples(
            tuple(course for _, course in order),
            tuple(Tick(years(item.as_of), str(item.as_of.year)) for item in editions),
            Tick(most, f"{composer.number(most)} points"),
            breaks,
            _key(comparison, (subject for subject, _ in order)),
        ),
        ChartWords(
            title=_edition_finding(composer, comparison),
            subtitle=f"Points of {composer.number(most)} in each edition, same axes; the "
            f"{len(order)} subjects in more than one edition, by their latest score",
            description=_edition_description(order, breaks),
            columns=("Subject", *(composer.date(item.as_of).text for item in editions)),
            rows=tuple(
                _edition_row(composer, comparison, subject, editions) for subject, _ in order
            ),
        ),
        source_link(composer, comparison),
    )


def _is_same(comparison: Comparison, before: Edition, after: Edition) -> bool:
    questions = [{item.id for item in comparison.questions(run.id)} for run in (before, after)]
    return questions[0] == questions[1]


def _maximum(comparison: Comparison, edition: Edition) -> Decimal:
    best = max(item.points for item in comparison.file.levels.values())
    return best * len(comparison.questions(edition.id))


def _course(
    composer: Composer, comparison: Comparison, subject: Subject, editions: Sequence[Edition]
) -> Course | None:
    runs: list[list[Point]] = []
    before: Edition | None = None
    for edition in editions:
        if subject not in comparison.subjects_in(edition.id):
            continue
        score = comparison.score(edition.id, subject.id)
        point = Point(years(edition.as_of), score, composer.number(score))
        if before is not None and _is_same(comparison, before, edition):
            runs[-1].append(point)
        else:
            runs.append([point])
        before = edition
    if sum(len(run) for run in runs) <= 1:
        return None
    return Course(subject.name, _mark(comparison, subject), tuple(tuple(run) for run in runs))


def _edition_finding(composer: Composer, comparison: Comparison) -> str:
    latest = comparison.latest
    scores = {
        item.name: comparison.score(latest.id, item.id)
        for item in comparison.subjects_in(latest.id)
    }
    best = max(scores.values())
    leaders = listed([name for name, score in scores.items() if score == best])
    verb = "leads" if sum(score == best for score in scores.values()) == 1 else "lead"
    median = sorted(scores.values())[(len(scores) - 1) // 2]
    below = sum(score <= median for score in scores.values())
    return (
        f"In {composer.date(latest.as_of).text} {leaders} {verb} with {composer.number(best)} of "
        f"{composer.number(_maximum(comparison, latest))} points; {below} of {len(scores)} have "
        f"{composer.number(median)} or less"
    )


def _edition_description(order: Sequence[tuple[Subject, Course]], breaks: Sequence[Break]) -> str:
    panels = (
        f"{subject.name}: {', '.join(point.text for run in course.runs for point in run)}."
        for subject, course in order
    )
    return " ".join((*panels, *(f"{item.text}." for item in breaks)))


def _edition_row(
    composer: Composer, comparison: Comparison, subject: Subject, editions: Sequence[Edition]
) -> tuple[str, ...]:
    return (
        subject.name,
        *(
            composer.number(comparison.score(run.id, subject.id))
            if subject in comparison.subjects_in(run.id)
            else "–"
            for run in editions
        ),
    )
