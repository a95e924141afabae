"""Charts of one edition of a comparison: groups by level, two groups criterion by criterion.

Unknown answers count for nobody, and how many are known is said.

Never: makes HTML.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from alliance_site.chart import (
    DotPlot,
    DotRow,
    Part,
    Series,
    Shares,
    Whole,
)
from alliance_site.model import Comparison, headline
from alliance_site.model.comparison_records import Criterion, Edition, Level, Subject
from alliance_site.model.records import Absence
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
from alliance_site.view.parts import Bar, ChartView, Link, Share
from alliance_site.view.spreads import spread

_MOST_ROWS = 40
"""With more criteria than this, a chart shows the headings that they stand under."""

_FEWEST_TO_COMPARE = 2
"""A group with fewer subjects is no group whose average says anything."""

_MOST_NAMED = 3
"""Of more groups than this, a finding names the first and the last."""

GROUP_MARKS = ("square", "diamond")
"""How the first two groups are drawn: a shape that stands for an answer would say that they are it.

Charts with more groups draw the others in grey.
"""

_ABSENCES = ("unknown", "na")
"""The marks of what is no answer, in the order in which they are drawn."""


def groups_chart(composer: Composer, comparison: Comparison) -> ChartView | None:
    """Show how each group's answers are spread over the levels, in the newest edition."""
    file = comparison.file
    bars = {
        key: bar
        for key in file.groups
        if (bar := _answers(composer, comparison, key)) is not None and bar.total
    }
    parts = _parts(comparison, bars.values())
    if sum(len(bar.shares) for bar in bars.values()) < FEWEST_NUMBERS or not file.levels:
        return None
    name = file.group_name.lower()
    counts = {key: {part.text: part.count for part in bar.shares} for key, bar in bars.items()}
    return chart_view(
        composer,
        f"{comparison.id}-groups",
        Shares(
            tuple(
                Whole(
                    bar.title,
                    f"{counted(len(_subjects_of(comparison, key)), 'subject', 'subjects')}, "
                    f"{counted(bar.total, 'answer', 'answers')}",
                    tuple(Part(text, mark, counts[key].get(text, 0)) for text, mark in parts),
                )
                for key, bar in bars.items()
            )
        ),
        ChartWords(
            title=_groups_finding(comparison, _comparable(comparison, bars)),
            subtitle=f"Answers by {name} and level, {_when(composer, comparison)}",
            description=" ".join(
                f"{bar.title}: "
                + ", ".join(f"{part.count} {inline(part.text)}" for part in bar.shares)
                + "."
                for bar in bars.values()
            ),
            columns=(file.group_name, *(text for text, _ in parts)),
            rows=tuple(
                (bar.title, *(composer.number(counts[key].get(text, 0)) for text, _ in parts))
                for key, bar in bars.items()
            ),
            attribution=comparison.file.attribution,
        ),
        source_link(composer, comparison),
    )


def _answers(composer: Composer, comparison: Comparison, group: str) -> Bar | None:
    return spread(composer, comparison, comparison.latest.id, ("group", group))


def _parts(comparison: Comparison, bars: Iterable[Bar]) -> list[tuple[str, str]]:
    """Return word and mark of all that bars hold: the levels in their order, absences last."""
    labels = [level.label for level in comparison.file.levels.values()]

    def place(part: tuple[str, str]) -> tuple[int, int]:
        text, mark = part
        if mark in _ABSENCES:
            return 2, _ABSENCES.index(mark)
        return (0, labels.index(text)) if text in labels else (1, 0)

    return sorted({(part.text, part.mark): 0 for bar in bars for part in bar.shares}, key=place)


def _comparable(comparison: Comparison, bars: Mapping[str, Bar]) -> Mapping[str, Bar]:
    """Leave groups of one subject out of a finding, where two groups of more are left."""
    several = {
        key: bar
        for key, bar in bars.items()
        if len(_subjects_of(comparison, key)) >= _FEWEST_TO_COMPARE
    }
    return several if len(several) >= _FEWEST_TO_COMPARE else bars


def _groups_finding(comparison: Comparison, bars: Mapping[str, Bar]) -> str:
    """Say how many known answers reach the best level, in each group or in the two ends of many."""
    levels = comparison.file.levels.values()
    best = max(levels, key=lambda level: level.points).label
    level, name = inline(best), comparison.file.group_name.lower()
    known = {key: sum(part.count for part in _known(bar)) for key, bar in bars.items()}
    shares = {
        inline(bar.title): share(
            sum(part.count for part in _known(bar) if part.text == best), known[key]
        )
        for key, bar in bars.items()
        if known[key]
    }
    if not shares:
        return f"No answer of any {name} is known"
    is_all_known = all(bar.total == known[key] for key, bar in bars.items())
    answers = "answers" if is_all_known else "known answers"
    ordered = sorted(shares, key=lambda title: -shares[title])
    first, last = ordered[0], ordered[-1]
    if shares[first] == shares[last]:
        where = f", in every {name}" if len(shares) > 1 else ""
        return f"{shares[first]}% of the {answers} are {level}{where}"
    others = ordered[1:] if len(ordered) <= _MOST_NAMED else [last]
    rest = " and ".join(f"{shares[title]}% of those of the {title}" for title in others)
    return f"{shares[first]}% of the {answers} of the {first} {name} are {level}, {rest} {name}"


def _known(bar: Bar) -> list[Share]:
    return [part for part in bar.shares if part.mark not in _ABSENCES]


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


class _Mean(Struct, frozen=True):
    """The mean of a group's known answers to some questions, in percent of the best level.

    Attributes:
        percent: The mean; None where no answer is known.
        known: How many answers it rests on.
        asked: How many there could be: all but those that do not apply.
    """

    percent: Decimal | None
    known: int
    asked: int


class _Gap(Struct, frozen=True):
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
    if len(groups) < _FEWEST_TO_COMPARE:
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
                for title, mark in zip(titles, GROUP_MARKS, strict=True)
            ),
            tuple(
                DotRow(
                    gap.title, (gap.first.percent, gap.second.percent), _known_words(gap, titles)
                )
                for gap in known
            ),
            share_ticks(),
        ),
        ChartWords(
            title=_gap_finding(known, [f"{inline(title)} {name}" for title in titles]),
            subtitle=f"Average of the known answers, from {lowest} (0%) to "
            f"{best} (100%), {_when(composer, comparison)}" + (left_out if unknown else ""),
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
            attribution=comparison.file.attribution,
        ),
        source_link(composer, comparison),
    )


def _ends(levels: Mapping[str, Level]) -> tuple[str, str]:
    """Name the worst and the best level; plainly, where each criterion has levels of its own."""
    by_points = sorted(levels.values(), key=lambda item: item.points)
    if not by_points:
        return "the worst answer", "the best"
    return inline(by_points[0].label), inline(by_points[-1].label)


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
    """Average the known answers, each as its place between the fewest and the most points."""
    found: list[Fraction] = []
    places = 0
    for item in asked:
        low, high = comparison.extremes(item.id)
        if high <= low:
            continue
        for subject in subjects:
            statement = headline(comparison.cells[edition.id, subject.id, item.id].statements)
            if statement is None or statement.absence is not Absence.NOT_APPLICABLE:
                places += 1
            points = comparison.points(item.id, statement.value if statement else None)
            if points is not None:
                found.append((Fraction(points) - low) / (high - low))
    if not found:
        return _Mean(None, 0, places)
    mean = sum(found, Fraction(0)) / len(found)
    return _Mean(share(mean.numerator, mean.denominator), len(found), places)


def _known_words(gap: _Gap, titles: Sequence[str]) -> str:
    """Say of how many answers a line speaks, where not all are known: `known: 2 of 6 open`."""
    means = zip((gap.first, gap.second), titles, strict=True)
    parts = [
        f"{mean.known} of {mean.asked} {inline(title)}"
        for mean, title in means
        if mean.known < mean.asked
    ]
    return f"known: {', '.join(parts)}" if parts else ""


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
