"""Receipts of what is computed from the cells of a comparison.

Never: decides how anything is scored.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from alliance_site.model import (
    Comparison,
    Universe,
    common_tree,
    common_universe,
    edition_of_both,
    full_marks,
    is_whole,
    oldest_first,
    table_parts,
)
from alliance_site.model.comparison_records import Edition
from alliance_site.view.answers import shown
from alliance_site.view.arithmetic import calculation
from alliance_site.view.comparison import size_text
from alliance_site.view.comparison_views import FilterLink, FilterView, SidesRow
from alliance_site.view.composer import Composer
from alliance_site.view.matrix import answer_word, filters, known_of, sizes_of
from alliance_site.view.ranking import (
    change_rows,
    marks_texts,
    names_text,
    rank_row,
    score_text,
    standing_text,
    universe_text,
)
from alliance_site.view.receipt import (
    MOST_LISTED,
    Maker,
    Names,
    Receipt,
    bar_text,
    data_link,
    joined,
    many,
    source_links,
)
from alliance_site.view.records import comparison_records_url
from alliance_site.view.sides import pair_finding, sides_rows
from alliance_site.view.spreads import answered, spread

Cells = Sequence[tuple[str, str, str]]
"""Places of cells: edition, subject, criterion."""


def comparison_names(composer: Composer, comparison: Comparison) -> Names:
    """Name every figure of a comparison, counts of cells apart."""
    name = comparison.id
    yield f"size/{name}"
    yield f"filters/{name}"
    yield from _table_names(composer, comparison)
    for edition in comparison.newest_first:
        board = comparison.boards[edition.id]
        yield from (f"score/{name}/{edition.id}/{subject}" for subject in board.standings)
        if board.standings and comparison.scoring.alternatives:
            yield f"weightings/{name}/{edition.id}"
        if board.standings and any(marks_texts(composer, comparison, edition.id)):
            yield f"marks/{name}/{edition.id}"
    yield from _series_names(comparison)
    yield from _group_names(composer, comparison)
    for a, b in composer.index.comparison(comparison.id).pairs:
        if edition_of_both(comparison, a, b) is not None:
            yield f"pair/{name}/{a}/{b}"
    yield from _spread_names(comparison)


def _table_names(composer: Composer, comparison: Comparison) -> Names:
    """Name the size of every table, and what the parts of a large one count."""
    index, name = composer.index.comparison(comparison.id), comparison.id
    if is_whole(comparison):
        yield f"table/{name}/all"
        yield from (f"table/{name}/criterion/{heading}" for heading in sorted(comparison.headings))
    yield from (f"table/{name}/part/{it.id}/{it.place}" for it in table_parts(comparison))
    yield from (f"table/{name}/group/{group}" for group in index.columns_by_group)
    yield from (f"table/{name}/value/{value}" for value in index.values)
    if not is_whole(comparison):
        for value in index.values:
            counts = index.criteria_by_answer[value]
            yield from (f"answers/{name}/{value}/{key}" for key in sorted(counts) if counts[key])
        grouped = (item for subjects in index.columns_by_group.values() for item in subjects)
        yield from (f"known/{name}/{subject}" for subject in grouped)


def _series_names(comparison: Comparison) -> Names:
    for earlier, later in pairwise(oldest_first(comparison)):
        place = f"{comparison.id}/{earlier.id}/{later.id}"
        yield f"universe/{place}"
        for subject in common_universe(comparison, earlier, later).subjects:
            yield f"change/{place}/{subject.id}"


def _group_names(composer: Composer, comparison: Comparison) -> Names:
    for one, other in composer.index.comparison(comparison.id).groupings:
        yield f"groups/{comparison.id}/{one.id}/{other.id}"


def _spread_names(comparison: Comparison) -> Names:
    for edition in comparison.newest_first:
        place = f"spread/{comparison.id}/{edition.id}"
        yield from (f"{place}/group/{group}" for group in comparison.file.groups)
        for subject in comparison.subjects_in(edition.id):
            yield f"{place}/subject/{subject.id}"
            for objective in _objectives(comparison, edition):
                yield f"{place}/subject/{subject.id}/{objective}"
        yield from (f"{place}/criterion/{item.id}" for item in comparison.questions(edition.id))


def _objectives(comparison: Comparison, edition: Edition) -> Iterator[str]:
    asked = comparison.questions(edition.id)
    yield from dict.fromkeys(objective for item in asked for objective in item.objectives)


# Each kind


def _receipt(
    composer: Composer,
    comparison: Comparison,
    rule: str,
    said: tuple[str, Sequence[str]],
    cells: Cells,
) -> Receipt:
    """Put a receipt together.

    Args:
        composer: What it is composed with.
        comparison: Whose cells they are.
        rule: The formula.
        said: The figure's title, and the ways in which it is printed.
        cells: What it is computed from.
    """
    subjects = dict.fromkeys(subject for _, subject, _ in cells)
    named = frozenset[str]().union(*map(comparison.sources_by_place.__getitem__, cells))
    title, texts = said
    return Receipt(
        title=title,
        rule=rule,
        texts=tuple(texts),
        inputs=tuple(composer.link(f"subject:{comparison.id}/{key}") for key in subjects)
        if len(subjects) <= MOST_LISTED
        else (),
        data=data_link(composer, comparison_records_url(comparison.id)),
        entries=many(composer, len(cells), "cell", "cells"),
        sources=source_links(composer, named) if len(named) <= MOST_LISTED else (),
    )


def _cells_in(comparison: Comparison, edition: str, *subjects: str) -> Cells:
    if not subjects:
        return comparison.places(edition)
    return [
        (edition, subject.id, criterion.id)
        for subject in comparison.subjects_in(edition)
        if subject.id in subjects
        for criterion in comparison.questions(edition)
    ]


def _size(composer: Composer, comparison: Comparison, rest: Sequence[str]) -> Receipt | None:
    if rest:
        return None
    texts = [size_text(composer, comparison)]
    title = f"Size of “{comparison.file.title}”"
    return _receipt(composer, comparison, "size", (title, texts), list(comparison.cells))


def _filters(composer: Composer, comparison: Comparison, rest: Sequence[str]) -> Receipt | None:
    if rest:
        return None
    # The parts of a large table do not say how many cells hold each answer.
    texts = [_filters_text(filters(composer, comparison, key)) for key in ("", "part:")]
    title = f"What narrows the table of “{comparison.file.title}”"
    cells = _cells_in(comparison, comparison.latest.id)
    return _receipt(composer, comparison, "filters", (title, texts), cells)


def _filters_text(shown: Sequence[FilterView]) -> str:
    lines = (
        joined((item.title, *(joined((link.text, _count_of(link))) for link in item.links)))
        for item in shown
    )
    return "; ".join(lines)


def _count_of(link: FilterLink) -> str:
    return "" if link.count is None else str(link.count)


def _table(composer: Composer, comparison: Comparison, rest: Sequence[str]) -> Receipt | None:
    texts = sizes_of(composer, comparison, "/".join(rest))
    if not texts:
        return None
    title = f"Size of the table of “{comparison.file.title}”"
    if rest[1:]:
        title = f"{title}, {', '.join(rest)}"
    cells = _cells_in(comparison, comparison.latest.id)
    return _receipt(composer, comparison, "table", (title, texts), cells)


def _answers(composer: Composer, comparison: Comparison, rest: Sequence[str]) -> Receipt | None:
    found = composer.index.comparison(comparison.id).criteria_by_answer
    match rest:
        case [value, criterion] if value in found and found[value][criterion]:
            count = found[value][criterion]
        case _:
            return None
    edition = comparison.latest.id
    cells = [place for place in comparison.cells_by_criterion[criterion] if place[0] == edition]
    asked = comparison.criterion_by_id[criterion].title
    title = f"Answers “{answer_word(comparison, value)}” to “{asked}”"
    receipt = _receipt(composer, comparison, "answers", (title, [str(count)]), cells)
    # Hundreds of these stand on one page: the criterion's own page lists whose answers they are.
    inputs = (composer.link(f"criterion:{comparison.id}/{criterion}"),)
    return replace(receipt, inputs=inputs)


def _known(composer: Composer, comparison: Comparison, rest: Sequence[str]) -> Receipt | None:
    edition = comparison.latest.id
    if len(rest) != 1 or rest[0] not in {item.id for item in comparison.subjects_in(edition)}:
        return None
    (subject,) = rest
    title = f"What is known of {comparison.subject_by_id[subject].name}"
    texts = [str(known_of(comparison, subject))]
    cells = _cells_in(comparison, edition, subject)
    return _receipt(composer, comparison, "known", (title, texts), cells)


def _marks(composer: Composer, comparison: Comparison, rest: Sequence[str]) -> Receipt | None:
    if len(rest) != 1 or rest[0] not in comparison.boards:
        return None
    (edition,) = rest
    title = f"Full marks, {_title(comparison, edition)}"
    whole, heads = marks_texts(composer, comparison, edition)
    said = (title, [whole, heads] if whole else [heads])
    return _receipt(composer, comparison, "marks", said, _cells_in(comparison, edition))


def _score(composer: Composer, comparison: Comparison, rest: Sequence[str]) -> Receipt | None:
    match rest:
        case [edition, subject] if edition in comparison.boards:
            board = comparison.boards[edition]
        case _:
            return None
    standing = board.standings.get(subject)
    if standing is None:
        return None
    row = rank_row(composer, comparison, edition, subject)
    shown_row = (row.subject.text, row.group, row.rank, row.between, row.score, row.could_be)
    texts = [
        standing_text(composer, comparison, board, subject),
        score_text(composer, comparison, standing.score.value),
        joined((*shown_row, *row.parts)),
    ]
    working = calculation(composer, comparison, board, subject)
    receipt = _receipt(
        composer,
        comparison,
        "score",
        (
            f"{row.subject.text}, {_title(comparison, edition)}",
            [*texts, working] if working else texts,
        ),
        _cells_in(comparison, edition, subject),
    )
    return replace(receipt, working=working)


def _title(comparison: Comparison, edition: str) -> str:
    found = next(item for item in comparison.file.editions if item.id == edition)
    return found.title or comparison.file.title


def _weightings(composer: Composer, comparison: Comparison, rest: Sequence[str]) -> Receipt | None:
    if len(rest) != 1 or rest[0] not in comparison.boards:
        return None
    (edition,) = rest
    board = comparison.boards[edition]
    rows = (rank_row(composer, comparison, edition, subject) for subject in board.standings)
    lines = [joined((row.subject.text, *row.others)) for row in rows]
    heads = [item.title for item in comparison.scoring.alternatives]
    title = f"Places under other weightings, {_title(comparison, edition)}"
    said = (title, [joined((*heads, *lines))])
    return _receipt(composer, comparison, "weightings", said, _cells_in(comparison, edition))


def _common(comparison: Comparison, rest: Sequence[str]) -> Universe | None:
    for earlier, later in pairwise(oldest_first(comparison)):
        if [earlier.id, later.id] == list(rest[:2]):
            return common_universe(comparison, earlier, later)
    return None


def _common_cells(universe: Universe, *subjects: str) -> Cells:
    both = ((universe.earlier.id, 0), (universe.later.id, 1))
    return [
        (edition, subject.id, pair[side].id)
        for edition, side in both
        for subject in universe.subjects
        if not subjects or subject.id in subjects
        for pair in universe.criteria
    ]


def _universe(composer: Composer, comparison: Comparison, rest: Sequence[str]) -> Receipt | None:
    universe = _common(comparison, rest) if len(rest) == 2 else None  # noqa: PLR2004 - two editions
    if universe is None:
        return None
    tree = common_tree(comparison, universe)
    full = full_marks(tree) if tree else None
    texts = [
        joined((universe_text(comparison, universe), names_text(universe))),
        shown(composer, comparison, full),
    ]
    title = f"What {universe.earlier.title} and {universe.later.title} have in common"
    cells = _common_cells(universe)
    return _receipt(composer, comparison, "universe", (title, texts), cells)


def _change(composer: Composer, comparison: Comparison, rest: Sequence[str]) -> Receipt | None:
    universe = _common(comparison, rest)
    if universe is None:
        return None
    key = f"subject:{comparison.id}/{rest[-1]}"
    rows = change_rows(composer, comparison, universe)
    row = next((item for item in rows if item.subject.url == composer.url(key)), None)
    if row is None:
        return None
    texts = [joined((row.subject.text, row.before, row.after, row.difference))]
    title = f"{row.subject.text}, {universe.earlier.title} to {universe.later.title}"
    cells = _common_cells(universe, rest[-1])
    return _receipt(composer, comparison, "change", (title, texts), cells)


def _groups(composer: Composer, comparison: Comparison, rest: Sequence[str]) -> Receipt | None:
    for one, other in composer.index.comparison(comparison.id).groupings:
        if list(rest) == [one.id, other.id]:
            both = sides_rows(composer, comparison, one, other)
            texts = [joined((one.title, other.title, *map(_sides_text, rows))) for rows in both]
            title = f"{one.title} against {other.title}"
            cells = _cells_in(comparison, comparison.latest.id, *one.subjects, *other.subjects)
            return _receipt(composer, comparison, "groups", (title, texts), cells)
    return None


def _sides_text(row: SidesRow) -> str:
    sides = zip(row.shares, row.counts, strict=True)
    told = (
        joined((share, *(f"{item.count} {item.text}" for item in counts)))
        for share, counts in sides
    )
    return joined((row.head.text, *told, row.gap))


def _pair(composer: Composer, comparison: Comparison, rest: Sequence[str]) -> Receipt | None:
    pairs = composer.index.comparison(comparison.id).pairs
    pair = next((item for item in pairs if list(item) == list(rest)), None)
    edition = edition_of_both(comparison, *pair) if pair else None
    if pair is None or edition is None:
        return None
    names = [comparison.subject_by_id[key].name for key in pair]
    texts = [pair_finding(comparison, edition, pair)]
    cells = _cells_in(comparison, edition.id, *pair)
    return _receipt(composer, comparison, "pair", (" and ".join(names), texts), cells)


_KINDS = {"criterion": "criterion_by_id", "subject": "subject_by_id"}


def _spread(composer: Composer, comparison: Comparison, rest: Sequence[str]) -> Receipt | None:
    match rest:
        case [edition, "group", name] if name in comparison.file.groups:
            label = comparison.file.group_name
        case [edition, ("criterion" | "subject") as kind, name, *_] if name in getattr(
            comparison, _KINDS[kind]
        ):
            label = ""
        case _:
            return None
    what = tuple(rest[1:])
    bar = spread(composer, comparison, edition, what)
    if bar is None:
        return None
    cells = answered(comparison, edition, what)
    title = f"{bar.title}, {_title(comparison, edition)}"
    if what[2:]:
        title = f"{title}: {composer.site.names[f'objective:{what[2]}']}"
    texts = [bar_text(label, bar), bar_text("", bar)]
    return _receipt(composer, comparison, "spread", (title, texts), cells)


_MAKERS = {
    "answers": _answers,
    "change": _change,
    "filters": _filters,
    "groups": _groups,
    "known": _known,
    "marks": _marks,
    "pair": _pair,
    "score": _score,
    "size": _size,
    "spread": _spread,
    "table": _table,
    "universe": _universe,
    "weightings": _weightings,
}


def _of_comparison(first: str) -> Maker:
    def make(composer: Composer, rest: Sequence[str]) -> Receipt | None:
        comparison = composer.site.comparisons.get(rest[0]) if rest else None
        return None if comparison is None else _MAKERS[first](composer, comparison, rest[1:])

    return make


COMPARISON_RECEIPTS: Mapping[str, Maker] = {first: _of_comparison(first) for first in _MAKERS}
"""First word of a figure's name → what makes its receipt."""
