"""Two subjects, or two groups of them, side by side: where they differ first.

Never: decides which pairs have a page (that is `model.arrangement`).
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import chain

from alliance_site.model import (
    Comparison,
    Grouping,
    GroupShare,
    edition_of_both,
    group_share,
    headline_value,
    share_of,
)
from alliance_site.model.comparison_records import Edition
from alliance_site.model.records import Absence
from alliance_site.view.answers import (
    Place,
    edition_cells,
    grounds_url,
    legend_of,
    matrix_cell,
    newest_answer,
)
from alliance_site.view.chart import share
from alliance_site.view.comparison_views import (
    AnswerCount,
    PairCell,
    PairRow,
    PairView,
    Side,
    SidesRow,
    SidesView,
)
from alliance_site.view.composer import Composer, percent
from alliance_site.view.matrix import criterion_link
from alliance_site.view.notes import Notes
from alliance_site.view.page import Page
from alliance_site.view.parts import DateView, Link
from alliance_site.view.ranking import score_receipt, score_text, standing_text
from alliance_site.view.words import ABSENCES


def pair_pages(composer: Composer, comparison: Comparison) -> Iterator[Page]:
    """Make a page for each pair that has one."""
    for a, b in composer.index.comparison(comparison.id).pairs:
        edition = edition_of_both(comparison, a, b)
        if edition is not None:
            key = f"pair:{comparison.id}/{a}/{b}"
            make = partial(_pair_view, composer, comparison, edition, (a, b))
            yield Page(composer.routes.url(key), "pages/pair.html", make)


def pair_links(composer: Composer, comparison: Comparison, subject: str = "") -> tuple[Link, ...]:
    """List the pairs that have a page: all, named in full, or those of one subject."""
    names, index = comparison.subject_by_id, composer.index.comparison(comparison.id)
    pairs = index.pairs_by_subject.get(subject, ()) if subject else index.pairs
    return tuple(
        Link(
            names[b if subject == a else a].name
            if subject
            else f"{names[a].name} and {names[b].name}",
            composer.url(f"pair:{comparison.id}/{a}/{b}"),
        )
        for a, b in pairs
    )


def paired_links(composer: Composer, comparison: Comparison) -> tuple[Link, ...]:
    """Lead to where the pairs of each subject are listed, in the order of the subjects."""
    paired = composer.index.comparison(comparison.id).pairs_by_subject
    subjects = (f"subject:{comparison.id}/{item.id}" for item in comparison.file.subjects)
    return tuple(
        Link(link.text, f"{link.url}#side-by-side")
        for link in map(
            composer.link, (key for key in subjects if key.rpartition("/")[2] in paired)
        )
    )


def _pair_view(
    composer: Composer, comparison: Comparison, edition: Edition, pair: tuple[str, str]
) -> PairView:
    names = [comparison.subject_by_id[key].name for key in pair]
    title, notes = f"{names[0]} and {names[1]}", composer.notes()
    home = composer.link(f"comparison:{comparison.id}")
    rows = [
        (gap, _pair_row(composer, comparison, edition, (pair, criterion), notes))
        for criterion, gap in _gaps(comparison, edition, pair)
    ]
    ordered = sorted(rows, key=lambda item: -abs(item[0] or Fraction(0)))
    differing = tuple(row for gap, row in ordered if gap)
    undecided = tuple(row for gap, row in ordered if gap is None)
    same = tuple(row for gap, row in ordered if gap == 0)
    finding = pair_finding(comparison, edition, pair)
    return PairView(
        frame=composer.frame(
            f"pair:{comparison.id}/{pair[0]}/{pair[1]}",
            "pair",
            f"{title} – {comparison.file.title}",
            f"{title} side by side in “{comparison.file.title}”. {finding}",
            (composer.link("page:comparisons"), home),
            section=f"comparison:{comparison.id}",
        ),
        comparison=home,
        edition=edition.title,
        as_of=composer.date(edition.as_of),
        newest=_newest(composer, comparison, edition, pair),
        unit=comparison.scoring.unit,
        sides=(
            _side(composer, comparison, edition, pair[0]),
            _side(composer, comparison, edition, pair[1]),
        ),
        finding=finding,
        receipt=composer.receipt(f"pair/{comparison.id}/{pair[0]}/{pair[1]}"),
        differing=differing,
        undecided=undecided,
        same=same,
        levels=legend_of(composer, comparison, comparison.questions(edition.id)),
        attribution=comparison.file.attribution,
        sources=notes.entries(),
    )


def _gaps(
    comparison: Comparison, edition: Edition, pair: tuple[str, str]
) -> list[tuple[str, Fraction | None]]:
    questions = comparison.questions(edition.id)
    return [(item.id, _gap(comparison, edition.id, pair, item.id)) for item in questions]


def pair_finding(comparison: Comparison, edition: Edition, pair: tuple[str, str]) -> str:
    """Say on how many criteria each of two subjects is ahead, and on how many they agree."""
    gaps = [gap for _, gap in _gaps(comparison, edition, pair)]
    total, undecided, same = len(gaps), gaps.count(None), gaps.count(Fraction(0))
    ahead, behind = sum(gap > 0 for gap in gaps if gap), sum(gap < 0 for gap in gaps if gap)
    apart = gaps.count(_APART)
    leads = zip((ahead - apart, behind), pair, strict=True)
    (most, leader), (least, other) = sorted(leads, key=lambda item: -item[0])
    names = comparison.subject_by_id
    rest = f", they differ otherwise on {apart}" if apart else ""
    rest += f", and of {undecided} it cannot be said" if undecided else ""
    return (
        f"{names[leader].name} is ahead on {most} of {total} criteria and {names[other].name} on "
        f"{least or 'none'}; they agree on {same}{rest}."
    )


def _side(composer: Composer, comparison: Comparison, edition: Edition, subject: str) -> Side:
    board = comparison.boards[edition.id]
    standing = board.standings.get(subject)
    score = score_text(composer, comparison, standing.score.value) if standing else "–"
    return Side(
        subject=composer.link(f"subject:{comparison.id}/{subject}"),
        group=comparison.file.groups[comparison.subject_by_id[subject].group].title,
        score=score,
        standing=standing_text(composer, comparison, board, subject) if standing else "",
        receipt=score_receipt(composer, comparison, edition.id, subject),
    )


def _gap(
    comparison: Comparison, edition: str, pair: tuple[str, str], criterion: str
) -> Fraction | None:
    """Return how far the first of two answers is ahead, in shares of what could be had.

    None where one of them is not known or has no share; 0 where they are the same. Answers that
    differ and count the same, such as two texts, are a little apart.
    """
    values = [
        headline_value(comparison.cells[edition, subject, criterion].statements) for subject in pair
    ]
    if None in values:
        return None
    if values[0] == values[1]:
        return Fraction(0)
    board = comparison.boards[edition]
    first, second = (share_of(board, subject, criterion) for subject in pair)
    ahead = first - second if first is not None and second is not None else Fraction(0)
    return ahead or _APART


_APART = Fraction(1, 10**6)
"""How far answers are apart that differ and count the same."""


def _pair_row(
    composer: Composer,
    comparison: Comparison,
    edition: Edition,
    asked: tuple[tuple[str, str], str],
    notes: Notes,
) -> PairRow:
    pair, criterion = asked
    places = [Place(comparison, edition.id, subject, criterion) for subject in pair]
    first, second = (_pair_cell(composer, place, notes) for place in places)
    return PairRow(head=criterion_link(composer, comparison, criterion), cells=(first, second))


def _pair_cell(composer: Composer, place: Place, notes: Notes) -> PairCell:
    """Show an answer with the day it speaks for, its sources and what the editors add."""
    cell = place.cell
    show = composer.show_answer(place.comparison, place.asked)
    return PairCell(
        shown=matrix_cell(composer, place, grounds_url(composer, place)),
        grounds=composer.stated(cell.statements, cell.evidence, notes, show).headline,
    )


def _newest(
    composer: Composer, comparison: Comparison, edition: Edition, subjects: Iterable[str]
) -> DateView | None:
    places = (edition_cells(comparison, edition, subject) for subject in subjects)
    return newest_answer(composer, chain.from_iterable(places))


# Groups


def sides_pages(composer: Composer, comparison: Comparison) -> Iterator[Page]:
    """Make a page for each two groups that are set against each other."""
    for one, other in composer.index.comparison(comparison.id).groupings:
        key = f"sides:{comparison.id}/{one.id}/{other.id}"
        make = partial(_sides_view, composer, comparison, one, other)
        yield Page(composer.routes.url(key), "pages/sides.html", make)


def sides_links(composer: Composer, comparison: Comparison) -> tuple[Link, ...]:
    """List the pages of groups set against each other."""
    return tuple(
        Link(
            f"{one.title} against {other.title[0].lower()}{other.title[1:]}"
            if other.id == "others"
            else f"{one.title} against {other.title}",
            composer.url(f"sides:{comparison.id}/{one.id}/{other.id}"),
        )
        for one, other in composer.index.comparison(comparison.id).groupings
    )


def _sides_view(
    composer: Composer, comparison: Comparison, one: Grouping, other: Grouping
) -> SidesView:
    title = f"{one.title} against {other.title}"
    home = composer.link(f"comparison:{comparison.id}")
    edition = comparison.latest
    key = f"sides:{comparison.id}/{one.id}/{other.id}"
    headings, rows = sides_rows(composer, comparison, one, other)
    return SidesView(
        frame=composer.frame(
            key,
            "sides",
            f"{title} – {comparison.file.title}",
            f"{title}, criterion by criterion, the widest gap first. {comparison.file.question}",
            (composer.link("page:comparisons"), home),
            section=f"comparison:{comparison.id}",
        ),
        comparison=home,
        as_of=composer.date(edition.as_of),
        newest=_newest(composer, comparison, edition, (*one.subjects, *other.subjects)),
        titles=(one.title, other.title),
        members=(
            _members(composer, comparison, one.subjects),
            _members(composer, comparison, other.subjects),
        ),
        levels=legend_of(composer, comparison, comparison.questions(edition.id)),
        shared=_members(
            composer, comparison, [key for key in one.subjects if key in other.subjects]
        ),
        headings=headings,
        rows=rows,
        receipt=composer.receipt(f"groups/{comparison.id}/{one.id}/{other.id}"),
        others=tuple(
            link for link in sides_links(composer, comparison) if link.url != composer.url(key)
        ),
        attribution=comparison.file.attribution,
    )


def sides_rows(
    composer: Composer, comparison: Comparison, one: Grouping, other: Grouping
) -> tuple[tuple[SidesRow, ...], tuple[SidesRow, ...]]:
    """Set two groups side by side: by heading, then by criterion, the widest gap first."""
    name = f"groups {comparison.id} {one.id} {other.id}"
    return composer.index.ask(name, partial(_both_rows, composer, comparison, one, other))


def _both_rows(
    composer: Composer, comparison: Comparison, one: Grouping, other: Grouping
) -> tuple[tuple[SidesRow, ...], tuple[SidesRow, ...]]:
    questions = comparison.questions(comparison.latest.id)
    tops = [item.id for item in comparison.criteria if item.parent is None]
    headings = [_sides_row(composer, comparison, (one, other), item) for item in tops]
    rows = [_sides_row(composer, comparison, (one, other), item.id) for item in questions]
    rows.sort(key=lambda item: -abs(item[0]) if item[0] is not None else Fraction(1))
    return (
        tuple(row for gap, row in headings if gap is not None),
        tuple(row for _, row in rows),
    )


def _members(
    composer: Composer, comparison: Comparison, subjects: Iterable[str]
) -> tuple[Link, ...]:
    return tuple(composer.link(f"subject:{comparison.id}/{key}") for key in subjects)


def _sides_row(
    composer: Composer,
    comparison: Comparison,
    sides: tuple[Grouping, Grouping],
    criterion: str,
) -> tuple[Fraction | None, SidesRow]:
    """Return how far two groups are apart on a criterion or heading, and the row that says so."""
    edition = comparison.latest.id
    one, other = (group_share(comparison, edition, criterion, side.subjects) for side in sides)
    gap = one.mean - other.mean if one.mean is not None and other.mean is not None else None
    write = _percent if max(one.of, other.of) >= _FEWEST_FOR_DECIMALS else _whole_percent
    shares = (write(one.mean), write(other.mean))
    row = SidesRow(
        head=criterion_link(composer, comparison, criterion),
        counts=(_counts(comparison, criterion, one), _counts(comparison, criterion, other)),
        shares=shares,
        gap="" if gap is None else _points(*shares),
    )
    return gap, row


_FEWEST_FOR_DECIMALS = 100
"""Of fewer subjects than this, a tenth of a percent is less than one answer of one of them."""


def _percent(found: Fraction | None) -> str:
    return "" if found is None else percent(found.numerator, found.denominator)


def _whole_percent(found: Fraction | None) -> str:
    return "" if found is None else str(share(found.numerator, found.denominator))


def _points(one: str, other: str) -> str:
    """Write a gap in percentage points, with its sign: that of the numbers beside it."""
    gap = Decimal(one) - Decimal(other)
    sign = "+" if gap > 0 else "−" if gap < 0 else ""
    return f"{sign}{abs(gap)}"


def _counts(comparison: Comparison, criterion: str, found: GroupShare) -> tuple[AnswerCount, ...]:
    """Say how many of a group answer what, always in the same order."""
    levels, counts = comparison.levels(criterion), dict(found.counts)
    known = (
        AnswerCount(level.shape.value, level.label, counts[key])
        for key, level in levels.items()
        if key in counts
    )
    absent = (
        AnswerCount("na" if item is Absence.NOT_APPLICABLE else "unknown", word, counts[item])
        for item, word in ABSENCES.items()
        if item in counts
    )
    return (*known, *absent)
