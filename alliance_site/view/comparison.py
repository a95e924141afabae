"""Comparisons: the list of them, and the page of each.

Never: decides an address.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from msgspec.structs import replace

from alliance_site.model import NAME, Comparison, is_whole
from alliance_site.model.comparison_records import Criterion
from alliance_site.paths import UrlPath
from alliance_site.view.answers import Place, cell_view, legend_of, newest_answer
from alliance_site.view.charts import some_charts
from alliance_site.view.comparison_views import (
    ComparisonCard,
    ComparisonsView,
    ComparisonView,
    Coverage,
    CriterionNotes,
    MatrixView,
)
from alliance_site.view.composer import Composer
from alliance_site.view.criterion import criterion_lines, criterion_pages
from alliance_site.view.home import group_bars
from alliance_site.view.matrix import (
    criterion_link,
    filters,
    matrix,
    part_links,
    size_receipt,
    table_pages,
)
from alliance_site.view.notes import Notes
from alliance_site.view.packages import package_url
from alliance_site.view.page import Page
from alliance_site.view.parts import Link
from alliance_site.view.ranking import change_views, ranking_views
from alliance_site.view.sides import pair_links, pair_pages, paired_links, sides_links, sides_pages
from alliance_site.view.structured import dataset, described
from alliance_site.view.subject import subject_pages
from alliance_site.view.weighing import weighing_view

_SECTION = "page:comparisons"
_CHARTS = ("groups", "criteria", "moves", "editions")
_LISTED_PAIRS = 12
"""Up to how many pairs the comparison's page lists; the pages of subjects list theirs."""


def comparisons_view(composer: Composer) -> ComparisonsView:
    """Make the list of comparisons."""
    notes = composer.notes()
    dek = "Subjects against criteria, cell by cell, each cell with its source."
    for key in composer.site.comparisons:
        composer.shows_field(f"comparison:{key}", NAME, "question")
    return ComparisonsView(
        frame=composer.frame(_SECTION, "comparisons", "Comparisons", dek, section=_SECTION),
        dek=dek,
        comparisons=tuple(
            ComparisonCard(
                title=item.file.title,
                url=composer.url(f"comparison:{item.id}"),
                question=item.file.question,
                summary=composer.prose(item.file.summary, notes),
                size=size_text(composer, item),
                receipt=composer.receipt(f"size/{item.id}"),
            )
            for item in composer.site.comparisons.values()
        ),
        sources=notes.entries(),
    )


def _question(composer: Composer, comparison: Comparison, criterion: Criterion) -> str:
    composer.shows_field(f"criterion:{comparison.id}/{criterion.id}", "question")
    return criterion.question


def size_text(composer: Composer, comparison: Comparison) -> str:
    """Say how large a comparison is."""
    questions = len(comparison.questions(comparison.latest.id))
    cells = composer.number(len(comparison.cells))
    editions = len(comparison.file.editions)
    runs = "1 edition" if editions == 1 else f"{editions} editions"
    subjects = len(comparison.file.subjects)
    return f"{subjects} subjects, {questions} criteria, {runs}, {cells} cells"


def comparison_pages(composer: Composer) -> Iterator[Page]:
    """Make every page of every comparison; each rests on its own, and on no other."""
    for comparison in composer.site.comparisons.values():
        for page in _pages_of(composer, comparison):
            yield replace(page, make=partial(_reading, composer, comparison.id, page.make))


def _reading(composer: Composer, comparison: str, make: Callable[[], Any]) -> Any:
    """Make a view of a comparison that the page was listed with, and note that it was read."""
    composer.site.trace.note(f"record comparisons/{comparison}")
    return make()


def _pages_of(composer: Composer, comparison: Comparison) -> Iterator[Page]:
    key = f"comparison:{comparison.id}"
    make = partial(comparison_view, composer, comparison)
    yield Page(composer.routes.url(key), "pages/comparison.html", make)
    yield from criterion_pages(composer, comparison)
    yield from subject_pages(composer, comparison)
    yield from table_pages(composer, comparison)
    yield from pair_pages(composer, comparison)
    yield from sides_pages(composer, comparison)


def comparison_view(composer: Composer, comparison: Comparison) -> ComparisonView:
    """Make a comparison's view."""
    key = f"comparison:{comparison.id}"
    notes, file = composer.notes(), comparison.file
    summary = composer.prose(file.summary, notes)
    answer = composer.maybe_prose(file.answer, notes)
    whole = is_whole(comparison)
    questions = comparison.questions(comparison.latest.id)
    rankings = tuple(ranking_views(composer, comparison, notes))
    changes = tuple(change_views(composer, comparison, notes))
    charts = tuple(some_charts(composer, (f"{comparison.id}-{name}" for name in _CHARTS)))
    note_sections = _criterion_notes(composer, comparison, notes.dense()) if whole else ()
    pairs = pair_links(composer, comparison)
    view = ComparisonView(
        frame=composer.frame(
            key,
            "comparison",
            file.title,
            f"{file.question} {summary.text}",
            (composer.link(_SECTION),),
            section=key,
            has_entries=True,
        ),
        question=file.question,
        summary=summary,
        answer=answer,
        as_of=composer.date(comparison.latest.as_of),
        newest=newest_answer(
            composer,
            (Place(comparison, *place) for place in comparison.places(comparison.latest.id)),
        ),
        coverage=_coverage(composer, comparison),
        levels=legend_of(composer, comparison, questions, with_points=True),
        group_name=file.group_name,
        groups=tuple(
            (group.title, composer.maybe_prose(group.description, notes))
            for group in file.groups.values()
        ),
        charts=charts,
        bars=group_bars(composer, comparison) if whole and not charts else (),
        filters=filters(composer, comparison),
        filters_receipt=composer.receipt(f"filters/{comparison.id}"),
        matrix=_table(composer, comparison) if whole else None,
        size_receipt=size_receipt(composer, comparison, "all"),
        parts=part_links(composer, comparison),
        rankings=rankings,
        weighing=weighing_view(composer, comparison),
        changes=changes,
        pairs=pairs if len(pairs) <= _LISTED_PAIRS else (),
        paired=paired_links(composer, comparison) if len(pairs) > _LISTED_PAIRS else (),
        sides=sides_links(composer, comparison),
        notes=note_sections,
        criteria=criterion_lines(composer, comparison, comparison.criteria),
        method=composer.maybe_prose(file.method, notes),
        scoring_note=composer.maybe_prose(comparison.scoring.note, notes),
        caution=composer.maybe_prose(file.caution, notes),
        attribution=file.attribution,
        licence=file.licence,
        downloads=(
            Link("CSV", composer.path(UrlPath(f"/data/cells-{comparison.id}.csv"))),
            Link("JSON", composer.path(UrlPath(f"/data/cells-{comparison.id}.json"))),
            Link("Data package", composer.path(package_url(comparison.id))),
        ),
        sources=notes.entries(),
    )

    name, said = view.frame.title, file.question
    entry = dataset(composer, key, name, said, view.downloads, file.licence)
    return described(composer, view, entry)


def _coverage(composer: Composer, comparison: Comparison) -> Coverage | None:
    """Say how many members are compared; nothing where all are, or where none is meant to be."""
    site, members = composer.site, composer.index.members
    subjects = {item.organization for item in comparison.file.subjects}
    compared = sum(item.id in subjects for item in members)
    if not compared or compared == len(members):
        return None
    return Coverage(
        compared=compared,
        total=len(members),
        alliance=site.alliances[site.settings.alliance].name,
        compared_receipt=composer.receipt(f"count/compared-members/{comparison.id}"),
        total_receipt=composer.receipt("count/members"),
    )


def _table(composer: Composer, comparison: Comparison) -> MatrixView:
    """Make the whole table, whose cells lead to their grounds below it."""
    return matrix(
        composer,
        comparison,
        composer.index.comparison(comparison.id).columns,
        comparison.questions(comparison.latest.id),
        url=lambda place: f"#{place.name}",
    )


def _criterion_notes(
    composer: Composer, comparison: Comparison, notes: Notes
) -> tuple[CriterionNotes, ...]:
    """Write each subject's answer below the table, criterion by criterion."""
    edition, by_id = comparison.latest, comparison.subject_by_id
    subjects = composer.index.comparison(comparison.id).columns
    return tuple(
        CriterionNotes(
            anchor=f"criterion-{criterion.id}",
            title=link.text,
            url=link.url,
            question=_question(composer, comparison, criterion),
            cells=tuple(
                cell_view(
                    composer,
                    Place(comparison, edition.id, subject, criterion.id),
                    notes,
                    anchor=f"{subject}--{criterion.id}",
                    title=by_id[subject].name,
                    url=composer.url(f"subject:{comparison.id}/{subject}"),
                    group="",  # the table above tells it, and "Closed: open" would puzzle
                )
                for subject in subjects
            ),
        )
        for criterion in comparison.questions(edition.id)
        for link in [criterion_link(composer, comparison, criterion.id)]
    )
