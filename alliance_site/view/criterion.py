"""Criteria and headings: one page each, with every answer and its grounds.

Never: decides an address.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from alliance_site.model import NAME, Comparison, is_whole
from alliance_site.model.comparison_records import Comparability, Criterion
from alliance_site.view.answers import Place, anchor_of, cell_view, legend_of, newest_answer
from alliance_site.view.comparison_views import (
    CriterionLine,
    CriterionView,
    EditionCells,
    MatrixView,
    PositionView,
)
from alliance_site.view.composer import Composer
from alliance_site.view.grading import grading
from alliance_site.view.matrix import criteria_below, filters, matrix, size_receipt
from alliance_site.view.notes import Notes
from alliance_site.view.page import Page
from alliance_site.view.pages import CellView
from alliance_site.view.parts import Link
from alliance_site.view.spreads import spread

_SECTION = "page:comparisons"


def _depths(comparison: Comparison) -> dict[str, int]:
    parents = {item.id: item.parent for item in comparison.criteria}
    depths: dict[str, int] = {}
    for item in comparison.criteria:
        depth, above = 0, item.parent
        while above is not None:
            depth, above = depth + 1, parents[above]
        depths[item.id] = depth
    return depths


def criterion_lines(
    composer: Composer, comparison: Comparison, criteria: Sequence[Criterion]
) -> tuple[CriterionLine, ...]:
    """List criteria as a tree, flattened; the topmost of them have the depth 0."""
    depths, headings = _depths(comparison), comparison.headings
    top = min((depths[item.id] for item in criteria), default=0)
    for item in criteria:
        composer.shows_field(f"criterion:{comparison.id}/{item.id}", NAME, "question")
    return tuple(
        CriterionLine(
            title=item.title,
            url=composer.url(f"criterion:{comparison.id}/{item.id}"),
            question=item.question,
            depth=depths[item.id] - top,
            is_heading=item.id in headings,
        )
        for item in criteria
    )


def criterion_pages(composer: Composer, comparison: Comparison) -> Iterator[Page]:
    """Make one page a criterion and a heading."""
    headings = comparison.headings
    questions = [item for item in comparison.criteria if item.id not in headings]
    places = {item.id: index for index, item in enumerate(questions)}
    for criterion in comparison.criteria:
        place = places.get(criterion.id)
        before = questions[place - 1] if place else None
        after = questions[place + 1] if place is not None and place + 1 < len(questions) else None
        key = f"criterion:{comparison.id}/{criterion.id}"
        make = partial(_criterion_view, composer, comparison, criterion, (before, after))
        yield Page(composer.routes.url(key), "pages/criterion.html", make)


def _criterion_view(
    composer: Composer,
    comparison: Comparison,
    criterion: Criterion,
    neighbours: tuple[Criterion | None, Criterion | None],
) -> CriterionView:
    notes, file = composer.notes(), comparison.file
    key = f"criterion:{comparison.id}/{criterion.id}"
    home = composer.link(f"comparison:{comparison.id}")
    below = criteria_below(comparison, criterion.id)
    table = _table(composer, comparison, below)
    why = composer.maybe_prose(criterion.why_it_matters, notes)
    method = composer.maybe_prose(criterion.method, notes)
    quoted = next((item for item in criterion.evidence if item.quote), None)
    question = criterion.question or (quoted.quote if quoted else "")
    before, after = (
        composer.link(f"criterion:{comparison.id}/{item.id}") if item else None
        for item in neighbours
    )
    return CriterionView(
        frame=composer.frame(
            key,
            "criterion",
            f"{_full_title(comparison, criterion)} – {file.title}",
            question or f"{criterion.title}: a part of {file.title}.",
            (composer.link(_SECTION), home),
            section=f"comparison:{comparison.id}",
        ),
        comparison=home,
        group_name=file.group_name,
        title=criterion.title,
        question=criterion.question,
        quote=composer.quote(quoted) if quoted else None,
        quote_citations=composer.cite([quoted], notes) if quoted else None,
        why_it_matters=why,
        grading=tuple(grading(composer, comparison, criterion)),
        method=method,
        positions=tuple(
            PositionView(
                group=file.groups[item.group].title,
                text=composer.prose(item.text, notes),
                citations=composer.cite(item.evidence, notes),
            )
            for item in criterion.positions
        ),
        below=criterion_lines(composer, comparison, below),
        filters=filters(composer, comparison, key) if table else (),
        filters_receipt=composer.receipt(f"filters/{comparison.id}"),
        matrix=table,
        size_receipt=size_receipt(composer, comparison, f"criterion/{criterion.id}"),
        predecessor=_predecessor(composer, comparison, criterion),
        is_comparable=criterion.comparable is not Comparability.NO,
        objectives=tuple(composer.link(f"objective:{item}") for item in criterion.objectives),
        editions=tuple(_editions_of_criterion(composer, comparison, criterion, notes)),
        levels=legend_of(composer, comparison, below or (criterion,), with_points=True),
        attribution=file.attribution,
        previous=before,
        next=after,
        sources=notes.entries(),
    )


def _full_title(comparison: Comparison, criterion: Criterion) -> str:
    """Name a criterion so that it cannot be taken for another of the same title."""
    same = [item for item in comparison.criteria if item.title == criterion.title]
    if len(same) == 1:
        return criterion.title
    titles: dict[str, str] = {item.id: item.title for item in comparison.criteria}
    above = titles.get(criterion.parent or "", "")
    runs = ", ".join(criterion.editions)
    is_decided = len({(item.parent, item.title) for item in same}) == len(same)
    parent_is_same = [titles.get(item.parent or "", "") for item in same].count(above) > 1
    parts = [criterion.title, above if is_decided else "", runs if parent_is_same else ""]
    return ", ".join(part for part in parts if part)


def _table(
    composer: Composer, comparison: Comparison, criteria: Sequence[Criterion]
) -> MatrixView | None:
    """Make the rows of the whole table that stand under a heading; none of a large table."""
    below = {item.id for item in criteria}
    asked = [item for item in comparison.questions(comparison.latest.id) if item.id in below]
    if not asked or not is_whole(comparison):
        return None
    columns = composer.index.comparison(comparison.id).columns
    return matrix(composer, comparison, columns, asked)


def _predecessor(composer: Composer, comparison: Comparison, criterion: Criterion) -> Link | None:
    if criterion.predecessor is None:
        return None
    return composer.link(f"criterion:{comparison.id}/{criterion.predecessor}")


def _editions_of_criterion(
    composer: Composer, comparison: Comparison, criterion: Criterion, notes: Notes
) -> Iterator[EditionCells]:
    for edition in comparison.newest_first:
        places = [
            Place(comparison, edition.id, subject.id, criterion.id)
            for subject in comparison.file.subjects
            if (edition.id, subject.id, criterion.id) in comparison.cells
        ]
        bar = spread(composer, comparison, edition.id, ("criterion", criterion.id))
        if bar is not None:
            yield EditionCells(
                title=edition.title,
                as_of=composer.date(edition.as_of),
                newest=newest_answer(composer, places),
                bar=bar,
                cells=tuple(_cell(composer, place, notes) for place in places),
            )


def _cell(composer: Composer, place: Place, notes: Notes) -> CellView:
    comparison = place.comparison
    subject = comparison.subject_by_id[place.subject]
    return cell_view(
        composer,
        place,
        notes,
        anchor=anchor_of(place),
        title=subject.name,
        url=composer.url(f"subject:{comparison.id}/{subject.id}"),
        group=comparison.file.groups[subject.group].title,
    )
