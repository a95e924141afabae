"""Comparisons: the table, one page a criterion, one a subject.

Never: decides an address.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial

from alliance_site.model import Comparison, headline, rounded
from alliance_site.model.comparison_records import Cell, Criterion, Edition, Subject
from alliance_site.model.records import Absence, Slug
from alliance_site.paths import UrlPath
from alliance_site.view.composer import ABSENCES, Composer
from alliance_site.view.home import group_bars
from alliance_site.view.notes import Notes
from alliance_site.view.organization import MATRIX_LIMIT, dated_statement
from alliance_site.view.page import Page
from alliance_site.view.pages import (
    CellView,
    ColumnGroup,
    ComparisonCard,
    ComparisonsView,
    ComparisonView,
    CriterionLine,
    CriterionNotes,
    CriterionView,
    EditionCells,
    MatrixCell,
    MatrixRow,
    MatrixView,
    PositionView,
    RankingView,
    RankRow,
    SubjectView,
)
from alliance_site.view.parts import Link

_SECTION = "page:comparisons"


def comparisons_view(composer: Composer) -> ComparisonsView:
    """Make the list of comparisons."""
    notes = composer.notes()
    dek = "Subjects against criteria, cell by cell, each cell with its source."
    return ComparisonsView(
        frame=composer.frame(_SECTION, "comparisons", "Comparisons", dek, section=_SECTION),
        dek=dek,
        comparisons=tuple(
            ComparisonCard(
                title=item.file.title,
                url=composer.url(f"comparison:{item.id}"),
                question=item.file.question,
                summary=composer.prose(item.file.summary, notes),
                size=_size(composer, item),
            )
            for item in composer.site.comparisons.values()
        ),
        sources=notes.entries(),
    )


def _size(composer: Composer, comparison: Comparison) -> str:
    questions = len(comparison.questions(comparison.latest.id))
    cells = composer.number(len(comparison.cells))
    editions = len(comparison.file.editions)
    runs = "1 edition" if editions == 1 else f"{editions} editions"
    subjects = len(comparison.file.subjects)
    return f"{subjects} subjects, {questions} criteria, {runs}, {cells} cells"


def comparison_pages(composer: Composer) -> Iterator[Page]:
    """Make every page of every comparison."""
    for comparison in composer.site.comparisons.values():
        key = f"comparison:{comparison.id}"
        make = partial(_comparison_view, composer, comparison, key)
        yield Page(composer.routes.url(key), "pages/comparison.html", make)
        yield from _criterion_pages(composer, comparison)
        yield from _subject_pages(composer, comparison)


def is_small(comparison: Comparison) -> bool:
    """Say whether a comparison is shown cell by cell on one page."""
    is_one_edition = len(comparison.file.editions) == 1
    return is_one_edition and len(comparison.questions(comparison.latest.id)) <= MATRIX_LIMIT


def _comparison_view(composer: Composer, comparison: Comparison, key: str) -> ComparisonView:
    notes, file = composer.notes(), comparison.file
    summary = composer.prose(file.summary, notes)
    answer = composer.maybe_prose(file.answer, notes)
    small = is_small(comparison)
    rankings = () if small else _rankings(composer, comparison, notes)
    note_sections = _criterion_notes(composer, comparison, notes) if small else ()
    return ComparisonView(
        frame=composer.frame(
            key,
            "comparison",
            file.title,
            f"{file.question} {summary.text}",
            (composer.link(_SECTION),),
            section=key,
        ),
        question=file.question,
        summary=summary,
        answer=answer,
        as_of=composer.date(comparison.latest.as_of),
        levels=composer.legend(file.levels.values(), has_unknown=comparison.has_unknown),
        group_name=file.group_name,
        groups=tuple(
            (group.title, composer.maybe_prose(group.description, notes))
            for group in file.groups.values()
        ),
        bars=group_bars(composer, comparison) if small else (),
        matrix=_matrix(composer, comparison) if small else None,
        rankings=rankings,
        notes=note_sections,
        criteria=_lines(composer, comparison, comparison.criteria),
        method=composer.maybe_prose(file.method, notes),
        caution=composer.maybe_prose(file.caution, notes),
        attribution=file.attribution,
        licence=file.licence,
        downloads=(
            Link("CSV", composer.path(UrlPath(f"/data/cells-{comparison.id}.csv"))),
            Link("JSON", composer.path(UrlPath(f"/data/cells-{comparison.id}.json"))),
        ),
        sources=notes.entries(),
    )


# The table


def _in_columns(comparison: Comparison) -> tuple[Subject, ...]:
    """Order subjects by group, and in a group by points, most first, then by name."""
    edition = comparison.latest.id
    groups = list(comparison.file.groups)
    places = {key: place for place, key in enumerate(comparison.boards[edition].standings)}
    return tuple(
        sorted(
            comparison.subjects_in(edition),
            key=lambda item: (
                groups.index(item.group),
                places[item.id],
                item.name,
            ),
        )
    )


def _matrix(composer: Composer, comparison: Comparison) -> MatrixView:
    edition = comparison.latest
    subjects = _in_columns(comparison)
    questions = comparison.questions(edition.id)
    group_titles = [comparison.file.groups[item.group].title for item in subjects]
    rows = tuple(
        MatrixRow(
            head=composer.link(f"criterion:{comparison.id}/{criterion.id}"),
            cells=tuple(
                _matrix_cell(composer, comparison, (edition.id, subject.id), criterion)
                for subject in subjects
            ),
        )
        for criterion in questions
    )
    return MatrixView(
        anchor="table",
        caption=f"{len(subjects)} subjects by {len(questions)} criteria, as of "
        f"{composer.date(edition.as_of).text}; in each group those with most points first",
        groups=tuple(
            ColumnGroup(title=title, span=group_titles.count(title))
            for title in dict.fromkeys(group_titles)
        ),
        columns=tuple(composer.link(f"subject:{comparison.id}/{item.id}") for item in subjects),
        rows=rows,
    )


def _matrix_cell(
    composer: Composer, comparison: Comparison, place: tuple[str, str], criterion: Criterion
) -> MatrixCell:
    """Make a cell; `place` is its edition and its subject."""
    cell = comparison.cells[(*place, criterion.id)]
    statement = headline(cell.statements)
    fragment = f"#{place[1]}--{criterion.id}"
    if statement is None or statement.value is None:
        absence = statement.absence if statement else None
        word = ABSENCES[absence or Absence.UNKNOWN]
        mark = "na" if absence is Absence.NOT_APPLICABLE else "unknown"
        return MatrixCell(mark=mark, word=word, url=fragment)
    word, _, mark = composer.show_answer(comparison, criterion)(statement.value)
    is_disputed = any(item.status.value == "disputed" for item in cell.statements)
    return MatrixCell(mark=mark, word=word, url=fragment, is_disputed=is_disputed)


def _criterion_notes(
    composer: Composer, comparison: Comparison, notes: Notes
) -> tuple[CriterionNotes, ...]:
    """Write each subject's answer below the table, criterion by criterion."""
    edition = comparison.latest
    subjects = _in_columns(comparison)
    return tuple(
        CriterionNotes(
            anchor=f"criterion-{criterion.id}",
            title=criterion.title,
            url=composer.url(f"criterion:{comparison.id}/{criterion.id}"),
            question=criterion.question,
            cells=tuple(
                _cell_view(
                    composer,
                    comparison,
                    (criterion, comparison.cells[edition.id, subject.id, criterion.id]),
                    notes,
                    anchor=f"{subject.id}--{criterion.id}",
                    title=subject.name,
                    url=composer.url(f"subject:{comparison.id}/{subject.id}"),
                    group=comparison.file.groups[subject.group].title,
                )
                for subject in subjects
            ),
        )
        for criterion in comparison.questions(edition.id)
    )


def _cell_view(
    composer: Composer,
    comparison: Comparison,
    asked: tuple[Criterion, Cell],
    notes: Notes,
    **options: str,
) -> CellView:
    criterion, cell = asked
    show = composer.show_answer(comparison, criterion)
    value = composer.stated(cell.statements, cell.evidence, notes, show)
    return CellView(value=value, **options)


# Rankings of large comparisons


def _top_headings(comparison: Comparison, edition: str) -> tuple[Criterion, ...]:
    """Return the headings one below the top that an edition's criteria stand under."""
    by_id = {item.id: item for item in comparison.criteria}
    needed = {_group_heading(item, by_id) for item in comparison.questions(edition)}
    return tuple(item for item in comparison.criteria if item.id in needed)


def _group_heading(criterion: Criterion, by_id: Mapping[Slug, Criterion]) -> str:
    """Return the id of the topmost heading above a criterion; its own where there is none."""
    while criterion.parent is not None:
        criterion = by_id[criterion.parent]
    return criterion.id


def _rankings(composer: Composer, comparison: Comparison, notes: Notes) -> tuple[RankingView, ...]:
    newest = comparison.newest_first
    return tuple(_ranking(composer, comparison, edition, notes) for edition in newest)


def _ranking(
    composer: Composer, comparison: Comparison, edition: Edition, notes: Notes
) -> RankingView:
    headings = _top_headings(comparison, edition.id)
    board = comparison.boards[edition.id]
    first = next(iter(board.standings.values())).score
    return RankingView(
        anchor=f"edition-{edition.id}",
        title=edition.title,
        as_of=composer.date(edition.as_of),
        note=composer.maybe_prose(edition.note, notes),
        citations=composer.cite(edition.evidence, notes),
        headings=tuple(composer.link(f"criterion:{comparison.id}/{item.id}") for item in headings),
        maxima=tuple(_shown(composer, comparison, first.maxima[item.id]) for item in headings),
        maximum=_shown(composer, comparison, first.maximum),
        rows=tuple(
            RankRow(
                rank=str(standing.rank),
                subject=composer.link(f"subject:{comparison.id}/{subject}"),
                group=comparison.file.groups[comparison.subject_by_id[subject].group].title,
                total=_shown(composer, comparison, standing.score.value),
                parts=tuple(
                    _shown(composer, comparison, standing.score.counted[item.id])
                    for item in headings
                ),
            )
            for subject, standing in board.standings.items()
        ),
    )


def _shown(composer: Composer, comparison: Comparison, value: Fraction | None) -> str:
    return "–" if value is None else composer.number(rounded(value, comparison.scoring.rounding))


# Criteria


def _depths(comparison: Comparison) -> dict[str, int]:
    parents = {item.id: item.parent for item in comparison.criteria}
    depths: dict[str, int] = {}
    for item in comparison.criteria:
        depth, above = 0, item.parent
        while above is not None:
            depth, above = depth + 1, parents[above]
        depths[item.id] = depth
    return depths


def _lines(
    composer: Composer, comparison: Comparison, criteria: Sequence[Criterion]
) -> tuple[CriterionLine, ...]:
    depths, headings = _depths(comparison), comparison.headings
    top = min((depths[item.id] for item in criteria), default=0)
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


def _criterion_pages(composer: Composer, comparison: Comparison) -> Iterator[Page]:
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
        quote=quoted.quote if quoted else "",
        quote_citations=composer.cite([quoted], notes) if quoted else None,
        why_it_matters=why,
        method=method,
        positions=tuple(
            PositionView(
                group=file.groups[item.group].title,
                text=composer.prose(item.text, notes),
                citations=composer.cite(item.evidence, notes),
            )
            for item in criterion.positions
        ),
        below=_lines(composer, comparison, _below(comparison, criterion)),
        editions=tuple(_editions_of_criterion(composer, comparison, criterion, notes)),
        levels=composer.legend(file.levels.values(), has_unknown=comparison.has_unknown),
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


def _below(comparison: Comparison, criterion: Criterion) -> tuple[Criterion, ...]:
    """Return all that stands under a heading, in table order."""
    under = {criterion.id}
    found = []
    for item in comparison.criteria:
        if item.parent in under:
            under.add(item.id)
            found.append(item)
    return tuple(found)


def _editions_of_criterion(
    composer: Composer, comparison: Comparison, criterion: Criterion, notes: Notes
) -> Iterator[EditionCells]:
    for edition in comparison.newest_first:
        rows = [
            (subject, comparison.cells[edition.id, subject.id, criterion.id])
            for subject in comparison.file.subjects
            if (edition.id, subject.id, criterion.id) in comparison.cells
        ]
        if rows:
            yield EditionCells(
                title=edition.title,
                as_of=composer.date(edition.as_of),
                bar=composer.cell_bar(
                    criterion.title, "", comparison, [(criterion.id, cell) for _, cell in rows]
                ),
                cells=tuple(
                    _cell_view(
                        composer,
                        comparison,
                        (criterion, cell),
                        notes,
                        anchor=_anchor(comparison, edition, f"{subject.id}--{criterion.id}"),
                        title=subject.name,
                        url=composer.url(f"subject:{comparison.id}/{subject.id}"),
                        group=comparison.file.groups[subject.group].title,
                    )
                    for subject, cell in rows
                ),
            )


def _anchor(comparison: Comparison, edition: Edition, name: str) -> str:
    """Name a cell on a page; the newest edition's has the short name."""
    return name if edition.id == comparison.latest.id else f"{name}--{edition.id}"


# Subjects


def _subject_pages(composer: Composer, comparison: Comparison) -> Iterator[Page]:
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
        nuances=tuple(dated_statement(composer, item, notes) for item in subject.nuances),
        editions=tuple(_editions_of_subject(composer, comparison, subject, notes)),
        levels=composer.legend(file.levels.values(), has_unknown=comparison.has_unknown),
        attribution=file.attribution,
        previous=before,
        next=after,
        sources=notes.entries(),
    )


def _editions_of_subject(
    composer: Composer, comparison: Comparison, subject: Subject, notes: Notes
) -> Iterator[EditionCells]:
    titles: dict[str, str] = {item.id: item.title for item in comparison.criteria}
    for edition in comparison.newest_first:
        rows = [
            (criterion, comparison.cells[edition.id, subject.id, criterion.id])
            for criterion in comparison.questions(edition.id)
            if (edition.id, subject.id, criterion.id) in comparison.cells
        ]
        if rows:
            yield EditionCells(
                title=edition.title,
                as_of=composer.date(edition.as_of),
                bar=composer.cell_bar(
                    subject.name, "", comparison, [(item.id, cell) for item, cell in rows]
                ),
                cells=tuple(
                    _cell_view(
                        composer,
                        comparison,
                        (criterion, cell),
                        notes,
                        anchor=_anchor(comparison, edition, f"{subject.id}--{criterion.id}"),
                        title=criterion.title,
                        url=composer.url(f"criterion:{comparison.id}/{criterion.id}"),
                        group=titles.get(criterion.parent or "", ""),
                    )
                    for criterion, cell in rows
                ),
            )
