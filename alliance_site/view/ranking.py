"""Rankings: scores with what they could still be, places with their range, and what has changed.

Never: decides how anything is scored.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise

from alliance_site.model import (
    Aggregate,
    Board,
    Change,
    Comparison,
    Node,
    Score,
    Standing,
    Universe,
    changes,
    common_tree,
    common_universe,
    full_marks,
    oldest_first,
    rounded,
)
from alliance_site.model.comparison_records import Edition
from alliance_site.view.answers import shown
from alliance_site.view.arithmetic import weights_text
from alliance_site.view.comparison_views import (
    ChangeView,
    ClassView,
    Column,
    DemandView,
    EditionChangeRow,
    LimitView,
    RankingView,
    RankRow,
    StandingView,
    WeightingView,
)
from alliance_site.view.composer import Composer, percent
from alliance_site.view.notes import Notes
from alliance_site.view.parts import Link

_RULES = {
    Aggregate.MEAN: "The score is the mean of the headings",
    Aggregate.WEIGHTED_MEAN: "The score is the weighted mean of the headings",
    Aggregate.SUM: "The score is the sum of all points",
    Aggregate.MINIMUM: "The score is that of the weakest part",
    Aggregate.LADDER: "A class is held by who meets all that it and the classes below it ask",
}
_UNKNOWN = {
    "zero": "what is not known counts nothing",
    "exclude": "what is not known is left out",
    "bounds": "what is not known counts as the least that it could be",
}
MOST_WEIGHED = 12
"""Up to how many headings a reader can weigh."""


def ranking_views(composer: Composer, comparison: Comparison, notes: Notes) -> list[RankingView]:
    """Make a ranking of each edition, the newest first."""
    return [
        ranking_view(composer, comparison, edition, notes)
        for edition in comparison.newest_first
        if comparison.boards[edition.id].standings
    ]


def ranking_view(
    composer: Composer, comparison: Comparison, edition: Edition, notes: Notes
) -> RankingView:
    """Make the ranking of one edition."""
    board, scoring = comparison.boards[edition.id], comparison.scoring
    is_ladder = scoring.aggregate is Aggregate.LADDER
    is_newest = edition.id == comparison.latest.id
    weighed = composer.index.comparison(comparison.id).weighed[1] if is_newest else {}
    return RankingView(
        anchor=f"edition-{edition.id}",
        title=edition.title,
        as_of=composer.date(edition.as_of),
        note=composer.maybe_prose(edition.note, notes),
        citations=composer.cite(edition.evidence, notes),
        unit="" if is_ladder else scoring.unit,
        rule=_rule(composer, comparison, board),
        maximum=_maximum(composer, comparison, board),
        columns=_columns(composer, comparison, board),
        marks_receipt=composer.receipt(f"marks/{comparison.id}/{edition.id}"),
        rows=tuple(
            rank_row(composer, comparison, edition.id, subject, weighed.get(subject, ""))
            for subject in board.standings
        ),
        has_unknown=any(item.score.is_open for item in board.standings.values()),
        weightings=tuple(
            WeightingView(
                item.title,
                composer.maybe_prose(item.description, notes),
                _weights(comparison, item.weights),
            )
            for item in scoring.alternatives
        ),
        classes=tuple(_classes(composer, comparison)),
        weightings_receipt=composer.receipt(f"weightings/{comparison.id}/{edition.id}"),
        limits=tuple(_limits(composer, comparison, board)),
    )


def _rule(composer: Composer, comparison: Comparison, board: Board) -> str:
    """Say how scores are made, and what each heading weighs."""
    scoring = comparison.scoring
    weights = weights_text(composer, comparison, board)
    made = f"{_RULES[scoring.aggregate]}, which weigh: {weights}" if weights else ""
    return f"{made or _RULES[scoring.aggregate]}; {_UNKNOWN[scoring.unknown]}."


def _maximum(composer: Composer, comparison: Comparison, board: Board) -> str:
    """Write what full marks are; nothing for a ladder, or where they differ."""
    maxima = {item.score.maximum for item in board.standings.values()}
    if len(maxima) != 1 or comparison.scoring.aggregate is Aggregate.LADDER:
        return ""
    return shown(composer, comparison, maxima.pop())


def marks_texts(composer: Composer, comparison: Comparison, edition: str) -> tuple[str, ...]:
    """Write full marks as a ranking does: of the whole, then under each heading."""
    board = comparison.boards[edition]
    heads = " ".join(
        f"{column.link.text} {column.maximum}" for column in _columns(composer, comparison, board)
    )
    return _maximum(composer, comparison, board), heads


def _classes(composer: Composer, comparison: Comparison) -> Iterator[ClassView]:
    """Say what each class of a ladder asks."""
    scoring = comparison.scoring

    def link(key: str) -> Link:
        return composer.link(f"criterion:{comparison.id}/{key}")

    for rung in scoring.classes:
        demands = []
        for item in rung.requires:
            level = comparison.levels(item.criterion).get(item.at_least or "")
            others = scoring.substitutes.get(item.criterion, ())
            substitutes = tuple(link(named.criterion) for named in others)
            at_least = level.label.lower() if level else ""
            demands.append(DemandView(link(item.criterion), at_least, substitutes))
        yield ClassView(rung.label, rung.description, tuple(demands))


def _weights(comparison: Comparison, weights: Mapping[str, object]) -> str:
    """Name the criteria that a weighting weighs, but for those that were not asked yet."""
    titles: dict[str, str] = {key: item.title for key, item in comparison.criterion_by_id.items()}
    shown = (f"{titles[key]} {weight}" for key, weight in weights.items() if key in titles)
    return ", ".join(dict.fromkeys(shown))


def _limits(composer: Composer, comparison: Comparison, board: Board) -> Iterator[LimitView]:
    for place, gate in enumerate(board.gates):
        title = comparison.criterion_by_id[gate.criterion].title
        levels = comparison.levels(gate.criterion)
        what = " or ".join(levels[level].label.lower() for level in gate.is_)
        condition = f"“{title}” is {what}" if gate.is_ else f"“{title}” is below {gate.below}"
        rungs = {item.id: item.label for item in comparison.scoring.classes}
        most = rungs[gate.class_] if gate.class_ else f"{gate.cap} {comparison.scoring.unit}"
        reason = f" {gate.reason}" if gate.reason else ""
        held = [key for key, item in board.standings.items() if place in item.score.limited_by]
        yield LimitView(
            f"Where {condition}, the most is {most}.{reason}",
            tuple(composer.link(f"subject:{comparison.id}/{key}") for key in held),
        )


def _tops(board: Board) -> tuple[Node, ...]:
    """Return the headings right below the whole."""
    parts = board.rules.tree.parts if board.rules else ()
    return tuple(item for item in parts if isinstance(item, Node))


def _columns(composer: Composer, comparison: Comparison, board: Board) -> tuple[Column, ...]:
    if board.rules is not None and board.rules.ladder is not None:
        labels: dict[str, str] = {item.id: item.label for item in comparison.scoring.classes}
        return tuple(Column(Link(labels[rung.id], ""), "") for rung in board.rules.ladder.rungs)
    return tuple(
        Column(
            composer.link(f"criterion:{comparison.id}/{item.id}"),
            shown(composer, comparison, full_marks(item)),
        )
        for item in _tops(board)
    )


def rank_row(
    composer: Composer, comparison: Comparison, edition: str, subject: str, weighed: str = ""
) -> RankRow:
    """Make the row of a subject; `weighed` is what the script needs of it."""
    board = comparison.boards[edition]
    standing = board.standings[subject]
    score = standing.score
    low, high = score_ends(score)
    return RankRow(
        rank="–" if standing.rank is None else str(standing.rank),
        shared=standing.ties,
        between=between(board, subject),
        subject=composer.link(f"subject:{comparison.id}/{subject}"),
        group=comparison.file.groups[comparison.subject_by_id[subject].group].title,
        score=score_text(composer, comparison, score.value),
        could_be=could_be(composer, comparison, score),
        low=low,
        high=high,
        parts=_part_scores(composer, comparison, board, score),
        weighed=weighed,
        others=tuple(_other(found[subject]) for found in board.alternatives.values()),
        receipt=score_receipt(composer, comparison, edition, subject),
    )


def score_receipt(composer: Composer, comparison: Comparison, edition: str, subject: str) -> str:
    """Return where it is told how a subject's score and place are computed."""
    return composer.receipt(f"score/{comparison.id}/{edition}/{subject}")


def _other(standing: Standing) -> str:
    if standing.rank is None:
        return "–"
    found = standing.range
    if found is None or found.best == found.worst:
        return str(standing.rank)
    return f"{standing.rank} ({found.best}–{found.worst})"


def _part_scores(
    composer: Composer, comparison: Comparison, board: Board, score: Score
) -> tuple[str, ...]:
    if score.progress:
        return tuple(f"{item.met} of {item.of}" for item in score.progress)
    return tuple(shown(composer, comparison, score.counted[item.id]) for item in _tops(board))


def between(board: Board, subject: str) -> str:
    """Write the range of a place; empty where nothing declared or unknown could change it."""
    found, rank = board.ranges.get(subject), board.standings[subject].rank
    if found is None or found.best == found.worst == rank:
        return ""
    return f"{found.best}–{found.worst}"


def score_text(composer: Composer, comparison: Comparison, value: Fraction | None) -> str:
    """Write a score; on a ladder, the class that is held."""
    if comparison.scoring.aggregate is not Aggregate.LADDER or value is None:
        return shown(composer, comparison, value)
    return comparison.scoring.classes[int(value) - 1].label if value else "No class"


def could_be(composer: Composer, comparison: Comparison, score: Score) -> str:
    """Write from what to what a score may come out; empty where all is known."""
    if not score.is_open:
        return ""
    low, high = (score_text(composer, comparison, end) for end in (score.low, score.high))
    return "" if low == high else f"{low}–{high}"


def score_ends(score: Score) -> tuple[str, str]:
    """Return the ends of a score's range in percent of full marks, for a drawing."""
    full = score.maximum
    if full is None or full <= 0 or score.low is None or score.high is None:
        return "0.0", "0.0"
    ends = (min(max(end / full, Fraction(0)), Fraction(1)) for end in (score.low, score.high))
    low, high = (percent(end.numerator, end.denominator) for end in ends)
    return low, high


def standing_views(
    composer: Composer, comparison: Comparison, subject: str
) -> Iterator[StandingView]:
    """Say where a subject stands, edition by edition, the newest first."""
    for edition in comparison.newest_first:
        board = comparison.boards[edition.id]
        if subject in board.standings:
            yield StandingView(
                edition=edition.title,
                text=standing_text(composer, comparison, board, subject),
                receipt=score_receipt(composer, comparison, edition.id, subject),
            )


def standing_text(composer: Composer, comparison: Comparison, board: Board, subject: str) -> str:
    """Write a standing in words, such as `Rank 3 of 12, between 2 and 6. Score: 54 points.`."""
    standing = board.standings[subject]
    score = standing.score
    if standing.rank is None:
        return "No score: nothing that counts is known."
    words = [f"Rank {standing.rank} of {len(board.standings)}"]
    if standing.ties:
        words.append(f"shared with {standing.ties} other{'s' if standing.ties > 1 else ''}")
    found = board.ranges.get(subject)
    if found is not None and not found.best == found.worst == standing.rank:
        words.append(f"between {found.best} and {found.worst}")
    text = f"{', '.join(words)}. Score: {score_text(composer, comparison, score.value)}"
    if comparison.scoring.aggregate is not Aggregate.LADDER:
        full = shown(composer, comparison, score.maximum)
        text = f"{text} of {full} {comparison.scoring.unit}"
    span = could_be(composer, comparison, score)
    return (
        f"{text.strip()}, from {span.replace('–', ' to ')} by what is not known."
        if span
        else (f"{text.strip()}.")
    )


# Editions beside each other


def change_views(composer: Composer, comparison: Comparison, notes: Notes) -> list[ChangeView]:
    """Say what changed from each edition to the next, the newest first."""
    found = [
        common_universe(comparison, earlier, later)
        for earlier, later in pairwise(oldest_first(comparison))
    ]
    return [_change_view(composer, comparison, item, notes) for item in reversed(found)]


def _change_view(
    composer: Composer, comparison: Comparison, universe: Universe, notes: Notes
) -> ChangeView:
    tree = common_tree(comparison, universe)
    full = full_marks(tree) if tree else None
    line = universe.series_break
    return ChangeView(
        earlier=universe.earlier.title,
        later=universe.later.title,
        universe=universe_text(comparison, universe),
        names=names_text(universe),
        receipt=composer.receipt(_universe_figure("universe", comparison, universe)),
        reason=composer.maybe_prose(line.reason if line else None, notes),
        citations=composer.cite(line.evidence, notes) if line else None,
        maximum=shown(composer, comparison, full) if full is not None else "",
        rows=change_rows(composer, comparison, universe),
        criteria=()
        if universe.is_whole
        else tuple(
            composer.link(f"criterion:{comparison.id}/{item.id}") for _, item in universe.criteria
        ),
    )


def _universe_figure(first: str, comparison: Comparison, universe: Universe) -> str:
    return f"{first}/{comparison.id}/{universe.earlier.id}/{universe.later.id}"


def universe_text(comparison: Comparison, universe: Universe) -> str:
    """Say how much two editions have in common."""
    before = len(comparison.subjects_in(universe.earlier.id))
    after = len(comparison.subjects_in(universe.later.id))
    old, new = universe.asked
    criteria = f"{len(universe.criteria)} of {new} criteria"
    if old != new:
        criteria = f"{len(universe.criteria)} criteria (of {old} then and {new} now)"
    return (
        f"{len(universe.subjects)} subjects (of {before} then and {after} now) and {criteria} "
        "are in both editions and can be compared."
    )


def names_text(universe: Universe) -> str:
    """Say how many criteria bear the same name; nothing where all ask the same."""
    same = universe.same_names
    comparable = {(old.id, new.id) for old, new in universe.criteria}
    if universe.is_whole or not same:
        return ""
    asks = sum((old.id, new.id) in comparable for old, new in same)
    return (
        f"{len(same)} of {universe.asked[1]} criteria bear the same name in both; "
        f"{asks} of them ask the same."
    )


def change_rows(
    composer: Composer, comparison: Comparison, universe: Universe
) -> tuple[EditionChangeRow, ...]:
    """Say how each subject's score changed over what both editions have, who rose most first."""
    name = _universe_figure("changes", comparison, universe)
    return composer.index.ask(name, partial(_change_rows, composer, comparison, universe))


def _change_rows(
    composer: Composer, comparison: Comparison, universe: Universe
) -> tuple[EditionChangeRow, ...]:
    found = [item for item in changes(comparison, universe) if item.difference is not None]
    ordered: Sequence[Change] = sorted(found, key=lambda item: -(item.difference or Fraction(0)))
    return tuple(
        EditionChangeRow(
            subject=composer.link(f"subject:{comparison.id}/{item.subject.id}"),
            before=shown(composer, comparison, item.before),
            after=shown(composer, comparison, item.after),
            difference=signed(composer, comparison, item.difference or Fraction(0)),
            receipt=composer.receipt(
                f"{_universe_figure('change', comparison, universe)}/{item.subject.id}"
            ),
        )
        for item in ordered
    )


def signed(composer: Composer, comparison: Comparison, value: Fraction) -> str:
    """Write a difference with its sign; one that rounds to nothing has none."""
    amount = rounded(abs(value), comparison.scoring.rounding)
    text = composer.number(amount)
    return text if not amount else f"{'+' if value > 0 else '−'}{text}"
