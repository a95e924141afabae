"""Charts of one edition of a comparison: groups by level, two groups criterion by criterion.

Unknown answers count for nobody, and how many are known is said.

Never: makes HTML.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from alliance_site.chart import (
    DotPlot,
    DotRow,
    Part,
    Series,
    Shares,
    Whole,
)
from alliance_site.model import Comparison, headline_value
from alliance_site.model.records import Criterion, Edition, Level, Subject
from alliance_site.view.chart import (
    FEWEST_NUMBERS,
    ChartWords,
    chart_view,
    counted,
    inline,
    listed,
    share,
    share_ticks,
)
from alliance_site.view.composer import Composer
from alliance_site.view.parts import ChartView, Link

_MOST_ROWS = 40
"""With more criteria than this, a chart shows the headings that they stand under."""

_FEWEST_TO_COMPARE = 2
"""A group with fewer subjects is no group whose average says anything."""


def groups_chart(composer: Composer, comparison: Comparison) -> ChartView | None:
    """Show how each group's answers are spread over the levels, in the newest edition."""
    levels = comparison.file.levels
    counts = _answers_by_group(comparison)
    if sum(len(item) for item in counts.values()) < FEWEST_NUMBERS or not levels:
        return None
    name = comparison.file.group_name.lower()
    wholes, rows = [], []
    for key, values in counts.items():
        title = comparison.file.groups[key].title
        parts = [Part(item.label, item.mark.value, values[at]) for at, item in levels.items()]
        parts.append(Part("Not known", "unknown", values[None]))
        total = sum(part.count for part in parts)
        subjects = _subjects_of(comparison, key)
        note = f"{counted(len(subjects), 'subject', 'subjects')}, {total} answers"
        wholes.append(Whole(title, note, tuple(parts)))
        rows.append((title, *(composer.number(part.count) for part in parts)))
    best = _best(levels)
    return chart_view(
        composer,
        f"{comparison.id}-groups",
        Shares(tuple(wholes)),
        ChartWords(
            title=_groups_finding(comparison, counts, best),
            subtitle=f"Answers by {name} and level, {_when(composer, comparison)}",
            description=" ".join(
                f"{whole.label}: "
                + ", ".join(f"{part.count} {inline(part.text)}" for part in whole.parts)
                + "."
                for whole in wholes
            ),
            columns=(
                comparison.file.group_name,
                *(item.label for item in levels.values()),
                "Not known",
            ),
            rows=tuple(rows),
        ),
        source_link(composer, comparison),
    )


def _answers_by_group(comparison: Comparison) -> dict[str, dict[str | None, int]]:
    """Count each group's answers by level, None for those without a value; no group is empty."""
    group_of: dict[str, str] = {item.id: item.group for item in comparison.file.subjects}
    empty: dict[str | None, int] = {**dict.fromkeys(comparison.file.levels, 0), None: 0}
    counts = {key: dict(empty) for key in comparison.file.groups}
    edition = comparison.latest.id
    for (run, subject, _), cell in comparison.cells.items():
        if run == edition:
            counts[group_of[subject]][headline_value(cell.statements)] += 1
    return {key: values for key, values in counts.items() if any(values.values())}


def _best(levels: Mapping[str, Level]) -> str:
    return max(levels, key=lambda key: levels[key].points)


def _groups_finding(
    comparison: Comparison, counts: Mapping[str, Mapping[str | None, int]], best: str
) -> str:
    """Say how many answers reach the best level, in the group with most and in that with least."""
    level = inline(comparison.file.levels[best].label)
    shares = {key: share(values[best], sum(values.values())) for key, values in counts.items()}
    first = max(shares, key=lambda key: shares[key])
    last = min(shares, key=lambda key: shares[key])
    name = comparison.file.group_name.lower()
    if shares[first] == shares[last]:
        whose = "all answers" if len(shares) > 1 else "the answers"
        return f"{shares[first]}% of {whose} are {level}" + (
            f", in every {name}" if len(shares) > 1 else ""
        )
    one, other = (inline(comparison.file.groups[key].title) for key in (first, last))
    return (
        f"{shares[first]}% of the answers of the {one} {name} are {level}, "
        f"{shares[last]}% of those of the {other} {name}"
    )


def _subjects_of(comparison: Comparison, group: str) -> list[Subject]:
    subjects = comparison.subjects_in(comparison.latest.id)
    return [item for item in subjects if item.group == group]


def _when(composer: Composer, comparison: Comparison) -> str:
    return composer.date(comparison.latest.as_of).text


def source_link(composer: Composer, comparison: Comparison) -> Link:
    """Link the comparison that a chart's numbers come from."""
    link = composer.link(f"comparison:{comparison.id}")
    return Link(f"{link.text}, where each answer names its source", link.url)


# Two groups, criterion by criterion


@dataclass(frozen=True, slots=True)
class _Mean:
    """The mean of a group's known answers to some questions, in percent of the best level."""

    percent: Decimal | None
    known: int


@dataclass(frozen=True, slots=True)
class _Gap:
    title: str
    first: _Mean
    second: _Mean

    @property
    def size(self) -> Decimal:
        """How far the first group is ahead; less than nothing where it is behind."""
        return (self.first.percent or Decimal(0)) - (self.second.percent or Decimal(0))

    @property
    def is_known(self) -> bool:
        return self.first.percent is not None and self.second.percent is not None


def criteria_chart(composer: Composer, comparison: Comparison) -> ChartView | None:
    """Show how the first two groups differ, criterion by criterion, the widest lead first."""
    file, edition = comparison.file, comparison.latest
    groups = [
        key for key in file.groups if len(_subjects_of(comparison, key)) >= _FEWEST_TO_COMPARE
    ][:2]
    if len(groups) < _FEWEST_TO_COMPARE or not _is_graded(comparison):
        return None
    gaps = [
        _Gap(
            title,
            *(_mean(comparison, edition, _subjects_of(comparison, key), asked) for key in groups),
        )
        for title, asked in _lines(comparison, edition)
    ]
    known = sorted((gap for gap in gaps if gap.is_known), key=lambda gap: (-gap.size, gap.title))
    if len(known) < FEWEST_NUMBERS:
        return None
    titles = [file.groups[key].title for key in groups]
    lowest, best = _ends(file.levels)
    unknown = [gap for gap in gaps if not gap.is_known]
    left_out = f"; not known of both: {listed([inline(gap.title) for gap in unknown])}"
    name = file.group_name.lower()
    return chart_view(
        composer,
        f"{comparison.id}-criteria",
        DotPlot(
            tuple(
                Series(f"{title} {name}", mark)
                for title, mark in zip(titles, ("open", "closed"), strict=True)
            ),
            tuple(DotRow(gap.title, (gap.first.percent, gap.second.percent)) for gap in known),
            share_ticks(),
        ),
        ChartWords(
            title=_gap_finding(known, [f"{inline(title)} {name}" for title in titles]),
            subtitle=f"Average of the known answers, from {inline(lowest)} (0%) to "
            f"{inline(best)} (100%), {_when(composer, comparison)}" + (left_out if unknown else ""),
            description=_gap_description(known, titles),
            columns=(
                "Criterion",
                f"{titles[0]}, %",
                "answers known",
                f"{titles[1]}, %",
                "answers known",
            ),
            rows=tuple(
                (
                    gap.title,
                    str(gap.first.percent),
                    str(gap.first.known),
                    str(gap.second.percent),
                    str(gap.second.known),
                )
                for gap in known
            ),
        ),
        source_link(composer, comparison),
    )


def _is_graded(comparison: Comparison) -> bool:
    points = {item.points for item in comparison.file.levels.values()}
    return len(points) > 1


def _ends(levels: Mapping[str, Level]) -> tuple[str, str]:
    by_points = sorted(levels.values(), key=lambda item: item.points)
    return by_points[0].label, by_points[-1].label


def _lines(comparison: Comparison, edition: Edition) -> Iterable[tuple[str, tuple[Criterion, ...]]]:
    """Return what the chart has a line for: each question, or the heading it stands under."""
    questions = comparison.questions(edition.id)
    if len(questions) <= _MOST_ROWS:
        return [(item.title, (item,)) for item in questions]
    by_id: dict[str, Criterion] = {item.id: item for item in comparison.criteria}
    under: dict[str, list[Criterion]] = {}
    for item in questions:
        under.setdefault(item.parent or item.id, []).append(item)
    titles = [by_id[key].title for key in under]
    return [(_full_title(by_id[key], by_id, titles), tuple(items)) for key, items in under.items()]


def _full_title(criterion: Criterion, by_id: Mapping[str, Criterion], titles: Sequence[str]) -> str:
    """Name a heading by the one above it too, where two have one name."""
    if titles.count(criterion.title) == 1 or criterion.parent is None:
        return criterion.title
    return f"{by_id[criterion.parent].title}: {inline(criterion.title)}"


def _mean(
    comparison: Comparison,
    edition: Edition,
    subjects: Sequence[Subject],
    asked: Sequence[Criterion],
) -> _Mean:
    levels = comparison.file.levels
    values = (
        headline_value(comparison.cells[edition.id, subject.id, item.id].statements)
        for subject in subjects
        for item in asked
    )
    points = [levels[value].points for value in values if value is not None]
    if not points:
        return _Mean(None, 0)
    every = [item.points for item in levels.values()]
    low, high = min(every), max(every)
    return _Mean(share(sum(points) - low * len(points), (high - low) * len(points)), len(points))


def _gap_finding(gaps: Sequence[_Gap], names: Sequence[str]) -> str:
    ahead = sum(gap.size > 0 for gap in gaps)
    behind = sum(gap.size < 0 for gap in gaps)
    leader, count = (names[0], ahead) if ahead >= behind else (names[1], behind)
    widest = gaps[0] if ahead >= behind else gaps[-1]
    if widest.size == 0:
        return f"The two do not differ on any of {len(gaps)} points"
    return (
        f"The {leader} is ahead on {count} of {len(gaps)} points, "
        f"most of all on {inline(widest.title)}"
    )


def _gap_description(gaps: Sequence[_Gap], titles: Sequence[str]) -> str:
    first, last = gaps[0], gaps[-1]
    ends = dict.fromkeys((first, last))
    return " ".join(
        f"{gap.title}: {titles[0]} {gap.first.percent}%, {titles[1]} {gap.second.percent}%."
        for gap in ends
    )
