"""Charts of how scores moved between the editions of a comparison.

A change is only told over what two editions have in common (`model.series`). Where the series is
broken no line joins totals, the break is drawn, and the chart says why.

Never: makes HTML.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from alliance_site.chart import Break, Course, Multiples, Point, Series, Slope, Slopes, Tick
from alliance_site.model import (
    Comparison,
    Universe,
    changes,
    common_universe,
    oldest_first,
    rounded,
)
from alliance_site.model.comparison_records import Edition, Subject
from alliance_site.view.chart import (
    FEWEST_NUMBERS,
    ChartWords,
    chart_view,
    counted,
    listed,
    years,
)
from alliance_site.view.comparison_charts import GROUP_MARKS, source_link
from alliance_site.view.composer import Composer
from alliance_site.view.parts import ChartView


class _Move(Struct, frozen=True):
    subject: Subject
    before: Decimal
    after: Decimal

    @property
    def by(self) -> Decimal:
        return self.after - self.before


def moves_chart(composer: Composer, comparison: Comparison) -> ChartView | None:
    """Show who moved between the two editions, one after the other, that have most in common.

    Where two editions ask the same and the series is broken all the same, something else than the
    questions has changed, and nobody's move can be told. Where it is broken because the questions
    changed, a move is told over those that were asked both times, and the title says so.
    """
    pairs = [common_universe(comparison, *pair) for pair in pairwise(oldest_first(comparison))]
    universe = max(
        (item for item in pairs if item.series_break is None or not item.is_whole),
        key=lambda item: (len(item.criteria), item.later.as_of),
        default=None,
    )
    if universe is None or len(universe.criteria) < FEWEST_NUMBERS:
        return None
    moves = list(_moves(comparison, universe))
    if len(moves) * 2 < FEWEST_NUMBERS:
        return None
    when = [composer.date(item.as_of).text for item in (universe.earlier, universe.later)]
    number = composer.number
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
            title=_on_common(universe, _move_finding(composer, moves, when)),
            subtitle=_universe_words(composer, comparison, universe, len(moves)),
            note=_break_words(composer, universe) if _is_broken(universe) else "",
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
            attribution=comparison.file.attribution,
        ),
        source_link(composer, comparison),
    )


def _moves(comparison: Comparison, universe: Universe) -> Iterator[_Move]:
    """Yield who has a score at both ends, the highest at the later one first."""
    found = [
        _Move(
            item.subject,
            rounded(item.before, comparison.scoring.rounding),
            rounded(item.after, comparison.scoring.rounding),
        )
        for item in changes(comparison, universe)
        if item.before is not None and item.after is not None
    ]
    yield from sorted(found, key=lambda move: (-move.after, move.subject.name))


def _universe_words(
    composer: Composer, comparison: Comparison, universe: Universe, subjects: int
) -> str:
    """Say over what the change is told, and which editions are left out."""
    common = len(universe.criteria)
    of_all = "" if universe.is_whole else f" of {max(universe.asked)}"
    words = (
        f"Score on the {common}{of_all} criteria that can be compared, for the "
        f"{counted(subjects, 'subject', 'subjects')} in both editions"
    )
    used = {universe.earlier.id, universe.later.id}
    others = [run for run in oldest_first(comparison) if run.id not in used]
    if others:
        names = listed([composer.date(run.as_of).text for run in others])
        return f"{words}; not shown: {names}"
    return words


def _mark(comparison: Comparison, subject: Subject) -> str:
    first = zip(comparison.file.groups, GROUP_MARKS, strict=False)
    return next((mark for group, mark in first if group == subject.group), "other")


def _key(comparison: Comparison, subjects: Iterable[Subject]) -> tuple[Series, ...]:
    """Name the groups that are drawn, those that share a mark together."""
    file = comparison.file
    shown: dict[str, str] = {item.group: _mark(comparison, item) for item in subjects}
    titles = {
        mark: [group.title for key, group in file.groups.items() if shown.get(key) == mark]
        for mark in (*GROUP_MARKS, "other")
    }
    name = file.group_name.lower()
    return tuple(
        Series(listed(names) if mark == "other" else f"{names[0]} {name}", mark)
        for mark, names in titles.items()
        if names
    )


def _on_common(universe: Universe, finding: str) -> str:
    if universe.is_whole:
        return finding
    asked = counted(len(universe.criteria), "question", "questions")
    return f"On the {asked} asked both times, {finding[:1].lower()}{finding[1:]}"


def _move_finding(composer: Composer, moves: Sequence[_Move], when: Sequence[str]) -> str:
    up, down = (sum(move.by * sign > 0 for move in moves) for sign in (1, -1))
    most = max(abs(move.by) for move in moves)
    if most == 0:
        return f"No score changed from {when[0]} to {when[1]}"
    widest = [move for move in moves if abs(move.by) == most]
    count, verb = (up, "rose") if up >= down else (down, "fell")
    who = "All" if count == len(moves) else f"{count} of"
    finding = f"{who} {len(moves)} scores {verb} from {when[0]} to {when[1]}"
    points = f"{composer.number(most)} points"
    if len(widest) > 1:
        return f"{finding}, none by more than {points}"
    verb_most = "gained" if widest[0].by > 0 else "lost"
    return f"{finding}; {widest[0].subject.name} {verb_most} most, {points}"


def editions_chart(composer: Composer, comparison: Comparison) -> ChartView | None:
    """Show the scores of everyone with more than one edition, a panel each, with the breaks."""
    editions = oldest_first(comparison)
    pairs = [common_universe(comparison, *pair) for pair in pairwise(editions)]
    broken: set[str] = {item.later.id for item in pairs if _is_broken(item)}
    courses = [
        (subject, course)
        for subject in comparison.file.subjects
        if (course := _course(composer, comparison, subject, broken)) is not None
    ]
    best = _maximum(comparison)
    if len(courses) * 2 < FEWEST_NUMBERS or best is None:
        return None
    order = sorted(courses, key=lambda item: (-item[1].runs[-1][-1].y, item[0].name))
    return chart_view(
        composer,
        f"{comparison.id}-editions",
        Multiples(
            tuple(course for _, course in order),
            tuple(Tick(years(item.as_of), str(item.as_of.year)) for item in editions),
            Tick(best, f"{composer.number(best)} points"),
            _breaks(pairs),
            _key(comparison, (subject for subject, _ in order)),
        ),
        ChartWords(
            title=_edition_finding(composer, comparison),
            subtitle=f"Score of {composer.number(best)} in each edition, all on the same axes; the "
            f"{len(order)} subjects in more than one edition, by their latest score",
            note=" ".join(_break_words(composer, item) for item in pairs if _is_broken(item)),
            description=" ".join(
                f"{subject.name}: {', '.join(point.text for run in course.runs for point in run)}."
                for subject, course in order
            ),
            columns=("Subject", *(composer.date(item.as_of).text for item in editions)),
            rows=tuple(
                (
                    subject.name,
                    *(_score_text(composer, comparison, run, subject) for run in editions),
                )
                for subject, _ in order
            ),
            attribution=comparison.file.attribution,
        ),
        source_link(composer, comparison),
    )


def _is_broken(universe: Universe) -> bool:
    return universe.series_break is not None or not universe.is_whole


def _break_words(composer: Composer, universe: Universe) -> str:
    when = composer.date(universe.later.as_of).text
    if universe.series_break is None:
        return f"Break at {when}: {len(universe.criteria)} criteria can be compared."
    return f"Break at {when}: {composer.text(universe.series_break.reason)}"


def _breaks(pairs: Sequence[Universe]) -> tuple[Break, ...]:
    middles = [
        (years(item.earlier.as_of) + years(item.later.as_of)) / 2
        for item in pairs
        if _is_broken(item)
    ]
    text = "Dashed: breaks; what stands on either side is not comparable"
    return tuple(Break(at, "" if place else text) for place, at in enumerate(middles))


def _maximum(comparison: Comparison) -> Decimal | None:
    """Return the most that a score can be in any edition; None where nothing is scored."""
    found = [
        standing.score.maximum
        for board in comparison.boards.values()
        for standing in board.standings.values()
        if standing.score.maximum is not None
    ]
    return rounded(max(found), comparison.scoring.rounding) if found else None


def _score(comparison: Comparison, edition: Edition, subject: Subject) -> Decimal | None:
    if subject.id not in comparison.boards[edition.id].standings:
        return None
    return comparison.score(edition.id, subject.id)


def _course(
    composer: Composer, comparison: Comparison, subject: Subject, broken: set[str]
) -> Course | None:
    runs: list[list[Point]] = [[]]
    for edition in oldest_first(comparison):
        score = _score(comparison, edition, subject)
        # A break cuts the line whether or not the subject was there on both sides of it.
        if edition.id in broken:
            runs.append([])
        if score is not None:
            runs[-1].append(Point(years(edition.as_of), score, composer.number(score)))
    if sum(len(run) for run in runs) <= 1:
        return None
    kept = tuple(tuple(run) for run in runs if run)
    return Course(subject.name, _mark(comparison, subject), kept)


def _edition_finding(composer: Composer, comparison: Comparison) -> str:
    latest = comparison.latest
    scores = {
        item.name: score
        for item in comparison.subjects_in(latest.id)
        if (score := _score(comparison, latest, item)) is not None
    }
    when = composer.date(latest.as_of).text
    if not scores:
        return f"No score is known for {when}"
    best = max(scores.values())
    leaders = [name for name, score in scores.items() if score == best]
    verb = "leads" if len(leaders) == 1 else "lead"
    middle = sorted(scores.values())[(len(scores) - 1) // 2]
    below = sum(score <= middle for score in scores.values())
    return (
        f"In {when} {listed(leaders)} {verb} with {composer.number(best)} points; "
        f"{below} of {len(scores)} have {composer.number(middle)} or less"
    )


def _score_text(
    composer: Composer, comparison: Comparison, edition: Edition, subject: Subject
) -> str:
    score = _score(comparison, edition, subject)
    return "–" if score is None else composer.number(score)
