"""Subjects: one page each, with where it stands, what it promised and what it does.

Never: decides an address.
"""

from collections.abc import Iterator
from functools import partial

from alliance_site.model import Comparison, headline
from alliance_site.model.comparison_records import Subject
from alliance_site.view.answers import (
    Place,
    anchor_of,
    cell_view,
    edition_cells,
    legend_of,
    newest_answer,
)
from alliance_site.view.comparison_views import EditionCells, PromiseView, SubjectView
from alliance_site.view.composer import Composer, words
from alliance_site.view.notes import Notes
from alliance_site.view.organization import dated_statement, newest_first
from alliance_site.view.page import Page
from alliance_site.view.pages import CellView
from alliance_site.view.ranking import standing_views
from alliance_site.view.sides import pair_links
from alliance_site.view.spreads import spread

_SECTION = "page:comparisons"


def subject_pages(composer: Composer, comparison: Comparison) -> Iterator[Page]:
    """Make one page a subject."""
    subjects = comparison.file.subjects
    for index, subject in enumerate(subjects):
        before = subjects[index - 1] if index else None
        after = subjects[index + 1] if index + 1 < len(subjects) else None
        key = f"subject:{comparison.id}/{subject.id}"
        make = partial(_subject_view, composer, comparison, subject, (before, after))
        yield Page(composer.routes.url(key), "pages/subject.html", make)


def _subject_view(
    composer: Composer,
    comparison: Comparison,
    subject: Subject,
    neighbours: tuple[Subject | None, Subject | None],
) -> SubjectView:
    notes, file = composer.notes(), comparison.file
    key = f"subject:{comparison.id}/{subject.id}"
    home = composer.link(f"comparison:{comparison.id}")
    summary = composer.maybe_prose(subject.summary, notes)
    before, after = (
        composer.link(f"subject:{comparison.id}/{item.id}") if item else None for item in neighbours
    )
    return SubjectView(
        frame=composer.frame(
            key,
            "subject",
            f"{subject.name} – {file.title}",
            f"{subject.name} in “{file.title}”. {summary.text if summary else file.question}",
            (composer.link(_SECTION), home),
            section=f"comparison:{comparison.id}",
        ),
        comparison=home,
        name=subject.name,
        organization=composer.link(f"org:{subject.organization}") if subject.organization else None,
        group_name=file.group_name,
        group=file.groups[subject.group].title,
        summary=summary,
        nuances=tuple(
            dated_statement(composer, item, notes) for item in newest_first(subject.nuances)
        ),
        standings=tuple(standing_views(composer, comparison, subject.id)),
        promises=tuple(_promises(composer, comparison, subject, notes)),
        pairs=pair_links(composer, comparison, subject.id),
        editions=tuple(_editions_of_subject(composer, comparison, subject, notes)),
        levels=legend_of(composer, comparison, comparison.criteria),
        attribution=file.attribution,
        previous=before,
        next=after,
        sources=notes.entries(),
    )


def _editions_of_subject(
    composer: Composer, comparison: Comparison, subject: Subject, notes: Notes
) -> Iterator[EditionCells]:
    for edition in comparison.newest_first:
        places = edition_cells(comparison, edition, subject.id)
        bar = spread(composer, comparison, edition.id, ("subject", subject.id))
        if bar is not None:
            yield EditionCells(
                title=edition.title,
                as_of=composer.date(edition.as_of),
                newest=newest_answer(composer, places),
                bar=bar,
                cells=tuple(_cell(composer, place, notes, anchor_of(place)) for place in places),
            )


def _cell(composer: Composer, place: Place, notes: Notes, anchor: str) -> CellView:
    comparison, criterion = place.comparison, place.asked
    above = comparison.criterion_by_id.get(criterion.parent or "")
    return cell_view(
        composer,
        place,
        notes,
        anchor=anchor,
        title=criterion.title,
        url=composer.url(f"criterion:{comparison.id}/{criterion.id}"),
        group=above.title if above else "",
    )


def _promises(
    composer: Composer, comparison: Comparison, subject: Subject, notes: Notes
) -> Iterator[PromiseView]:
    """Set each objective that the subject's organisation works for against its own answers."""
    organization = composer.site.organizations.get(subject.organization or "")
    newest = next(
        (item for item in comparison.newest_first if edition_cells(comparison, item, subject.id)),
        None,
    )
    if organization is None or newest is None:
        return
    if not any(item.objectives for item in comparison.criteria):
        return
    for objective in organization.contributes_to:
        places = [
            place
            for place in edition_cells(comparison, newest, subject.id)
            if objective in place.asked.objectives
        ]
        statuses = composer.site.objectives[objective].status
        composer.shows(statuses)
        status = headline(statuses)
        yield PromiseView(
            objective=composer.link(f"objective:{objective}"),
            status=words(str(status.value)) if status and status.value else "Not known",
            bar=spread(composer, comparison, newest.id, ("subject", subject.id, objective)),
            cells=tuple(_cell(composer, place, notes, "") for place in places),
        )
