"""The table of a comparison: whole, in parts, and narrowed to a group or an answer.

A narrowed table is a page of its own, reached by a plain link; on the whole table a script does the
same in place, and shows the same address.

Never: decides how a table is divided (that is `model.arrangement`).
"""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any

from alliance_site.model import (
    PART_SUBJECTS,
    Comparison,
    TablePart,
    answers_in,
    headline_value,
    is_whole,
    table_parts,
    top_of,
)
from alliance_site.model.comparison_records import Criterion
from alliance_site.model.records import Absence
from alliance_site.view.answers import Place, grounds_url, legend_of, matrix_cell
from alliance_site.view.comparison_views import (
    ColumnGroup,
    FilterLink,
    FilterView,
    MatrixCell,
    MatrixRow,
    MatrixView,
    TablePartView,
)
from alliance_site.view.composer import ABSENCES, Composer
from alliance_site.view.page import Page
from alliance_site.view.parts import Link, Tally

_BLANK = MatrixCell(mark="blank", word="", url="")


def matrix(
    composer: Composer,
    comparison: Comparison,
    subjects: Sequence[str],
    criteria: Sequence[Criterion],
    url: Callable[[Place], str] | None = None,
    value: str = "",
) -> MatrixView:
    """Make a table of some of the newest edition's subjects and criteria.

    Args:
        composer: What it is composed with.
        comparison: Whose table it is.
        subjects: In the order of the columns.
        criteria: In the order of the rows.
        url: Where the grounds of a cell stand; on its criterion's page, if it is left out.
        value: Show only cells with this answer.
    """
    edition = comparison.latest
    lead = url or partial(grounds_url, composer)
    titles = [comparison.subject_by_id[key].group for key in subjects]

    def cell(subject: str, criterion: Criterion) -> MatrixCell:
        place = Place(comparison, edition.id, subject, criterion.id)
        if value and value not in answers_in(comparison, criterion.id, place.cell):
            return _BLANK
        return matrix_cell(composer, place, lead(place))

    return MatrixView(
        anchor="table",
        caption=_caption(composer, comparison, len(subjects), len(criteria)),
        groups=tuple(
            ColumnGroup(id=key, title=comparison.file.groups[key].title, span=titles.count(key))
            for key in dict.fromkeys(titles)
        ),
        columns=tuple(composer.link(f"subject:{comparison.id}/{key}") for key in subjects),
        rows=tuple(
            MatrixRow(
                head=criterion_link(composer, comparison, item.id),
                heading=top_of(comparison, item).id,
                cells=tuple(cell(subject, item) for subject in subjects),
            )
            for item in criteria
        ),
    )


def _caption(composer: Composer, comparison: Comparison, subjects: int, criteria: int) -> str:
    """Say how large a table of the newest edition is."""
    return (
        f"{_many(subjects, 'subject')} by {_many(criteria, 'criterion')}, as of "
        f"{composer.date(comparison.latest.as_of).text}; in each "
        f"{comparison.file.group_name.lower()} "
        + ("by rank" if is_whole(comparison) else "in the order of the list")
    )


def size_receipt(composer: Composer, comparison: Comparison, page: str) -> str:
    """Return the receipt of what a page says of how much it shows; see `sizes_of`."""
    return composer.receipt(f"table/{comparison.id}/{page}")


def sizes_of(composer: Composer, comparison: Comparison, page: str) -> tuple[str, ...]:
    """Return what a page says of how much it shows; empty where there is no such page.

    Args:
        composer: What it is composed with.
        comparison: Whose table it is.
        page: `all`; `criterion/<heading>`, `group/<group>`, `part/<heading>/<place>` or
            `value/<answer>`.

    Returns:
        The sentence at its head, if it counts, and the caption of its table, if it has one.
    """
    index = composer.index.comparison(comparison.id)
    kind, _, name = page.partition("/")
    questions = comparison.questions(comparison.latest.id)
    sizes = (len(index.columns), len(questions))
    dek = ""
    if kind == "criterion" and name in comparison.headings:
        below = {item.id for item in criteria_below(comparison, name)}
        sizes = (sizes[0], sum(item.id in below for item in questions))
    elif kind == "group" and name in index.columns_by_group:
        sizes = (len(index.columns_by_group[name]), sizes[1])
        dek = _group_dek(comparison, *sizes)
    elif kind == "value" and name in index.values:
        counts = index.criteria_by_answer[name]
        sizes = (sizes[0], sum(bool(counts[item.id]) for item in questions))
        dek = _value_dek(composer, comparison, counts.total(), sizes[1])
    elif kind == "part":
        part = next((one for one in table_parts(comparison) if _place(one) == name), None)
        if part is None:
            return ()
        sizes, dek = (len(part.subjects), len(part.criteria)), _part_dek(comparison, part)
    elif page != "all":
        return ()
    return tuple(filter(None, (dek, _caption(composer, comparison, *sizes))))


def criteria_below(comparison: Comparison, heading: str) -> tuple[Criterion, ...]:
    """Return all that stands under a heading, in table order."""
    under = {heading}
    found = []
    for item in comparison.criteria:
        if item.parent in under:
            under.add(item.id)
            found.append(item)
    return tuple(found)


def criterion_link(composer: Composer, comparison: Comparison, criterion: str) -> Link:
    """Link a criterion by a title that no other criterion of the table bears."""
    composer.names(f"criterion:{comparison.id}/{criterion}")
    title = composer.index.comparison(comparison.id).titles.get(criterion, "")
    return composer.link(f"criterion:{comparison.id}/{criterion}", title)


def _many(count: int, word: str) -> str:
    plural = {"criterion": "criteria"}.get(word, f"{word}s")
    return f"{count} {word if count == 1 else plural}"


# Filters


def filters(
    composer: Composer, comparison: Comparison, current: str = ""
) -> tuple[FilterView, ...]:
    """List the ways to narrow the table; `current` is the key of the page that they stand on."""
    found, name = composer.index.comparison(comparison.id), comparison.id
    groups = [
        (f"group:{name}/{key}", comparison.file.groups[key].title, f"group:{key}", len(subjects))
        for key, subjects in found.columns_by_group.items()
    ]
    headings = [
        (
            f"criterion:{name}/{key}",
            comparison.criterion_by_id[key].title,
            f"heading:{key}",
            count,
        )
        for key, count in found.criteria_by_heading.items()
    ]
    words = {key: answer_word(comparison, key) for key in found.values}
    # On the parts of a large table a count would make all of them anew for one answer that changes.
    counts = {} if current.startswith("part:") else found.criteria_by_answer
    values = [
        (
            f"value:{name}/{key}",
            word,
            f"value:{word}",
            counts[key].total() if key in counts else None,
        )
        for key, word in words.items()
    ]
    kinds = ((comparison.file.group_name, groups), ("Criteria", headings), ("Answer", values))
    return tuple(
        FilterView(
            title,
            tuple(
                FilterLink(text, composer.url(key), asked, count, key == current)
                for key, text, asked, count in links
            ),
        )
        for title, links in kinds
        if links
    )


def answer_word(comparison: Comparison, value: str) -> str:
    """Return what an answer is called: its level's label, or its absence's word."""
    for item in comparison.questions(comparison.latest.id):
        if value in comparison.levels(item.id):
            return comparison.levels(item.id)[value].label
    return ABSENCES[Absence(value)]


# Pages


def table_pages(composer: Composer, comparison: Comparison) -> Iterator[Page]:
    """Make the parts of a large table, and the pages narrowed to a group or an answer."""
    parts = table_parts(comparison)
    for number, part in enumerate(parts):
        near = (parts[number - 1] if number else None, (*parts, None)[number + 1])
        key = part_key(comparison, part)
        make = partial(_part_view, composer, comparison, part, near)
        yield Page(composer.routes.url(key), "pages/table_part.html", make)
    index = composer.index.comparison(comparison.id)
    for group in index.columns_by_group:
        key = f"group:{comparison.id}/{group}"
        make = partial(_group_view, composer, comparison, group, key)
        yield Page(composer.routes.url(key), "pages/table_part.html", make)
    for value in index.values:
        key = f"value:{comparison.id}/{value}"
        make = partial(_value_view, composer, comparison, value, key)
        yield Page(composer.routes.url(key), "pages/table_part.html", make)


def part_key(comparison: Comparison, part: TablePart) -> str:
    """Return the key of the page of a part."""
    return f"part:{comparison.id}/{_place(part)}"


def _place(part: TablePart) -> str:
    return f"{part.id}/{part.place}"


def part_links(composer: Composer, comparison: Comparison) -> tuple[Link, ...]:
    """List the first page of each part, by heading."""
    return tuple(
        Link(part.title, composer.url(part_key(comparison, part)))
        for part in table_parts(comparison)
        if part.place == 1
    )


def _view(
    composer: Composer,
    comparison: Comparison,
    key: str,
    texts: tuple[str, str],
    **shown: Any,
) -> TablePartView:
    """Make a view.

    Args:
        composer: What it is composed with.
        comparison: Whose table it is.
        key: Of the page.
        texts: Its title, and a sentence on what it shows.
        shown: `matrix` or `counts`, and the pages before and after.
    """
    title, dek = texts
    page = key.replace(f":{comparison.id}/", "/", 1)
    home = composer.link(f"comparison:{comparison.id}")
    crumbs = (composer.link("page:comparisons"), home)
    return TablePartView(
        frame=composer.frame(
            key,
            "table",
            f"{title} – {comparison.file.title}",
            dek,
            crumbs,
            section=f"comparison:{comparison.id}",
            # The same cells stand on pages that search should lead to.
            is_indexed=False,
        ),
        comparison=home,
        title=title,
        dek=dek,
        levels=legend_of(composer, comparison, comparison.questions(comparison.latest.id)),
        filters=filters(composer, comparison, key),
        filters_receipt=composer.receipt(f"filters/{comparison.id}"),
        receipt=size_receipt(composer, comparison, page),
        attribution=comparison.file.attribution,
        **shown,
    )


def _part_view(
    composer: Composer,
    comparison: Comparison,
    part: TablePart,
    near: tuple[TablePart | None, TablePart | None],
) -> TablePartView:
    title = part.title if part.place == 1 else f"{part.title}, page {part.place}"
    links = tuple(
        Link(f"{item.title}, {item.place}", composer.url(part_key(comparison, item)))
        if item
        else None
        for item in near
    )
    table = matrix(composer, comparison, part.subjects, part.criteria)
    return _view(
        composer,
        comparison,
        part_key(comparison, part),
        (title, _part_dek(comparison, part)),
        matrix=table,
        previous=links[0],
        next=links[1],
    )


def _part_dek(comparison: Comparison, part: TablePart) -> str:
    first = PART_SUBJECTS * (part.place - 1) + 1
    places = f"subjects {first} to {first + len(part.subjects) - 1}"
    names = comparison.subject_by_id
    return (
        f"{_many(len(part.criteria), 'criterion')} of “{comparison.file.title}” and {places}, "
        f"{names[part.subjects[0]].name} to {names[part.subjects[-1]].name}."
    )


def _group_dek(comparison: Comparison, subjects: int, criteria: int) -> str:
    many, asked = _many(subjects, "subject"), _many(criteria, "criterion")
    if is_whole(comparison):
        return f"{many} of “{comparison.file.title}”."
    return (
        f"{many} of “{comparison.file.title}” by rank, and how many of {asked} are known of each."
    )


def _value_dek(composer: Composer, comparison: Comparison, answers: int, criteria: int) -> str:
    asked = _many(criteria, "criterion")
    return f"{composer.number(answers)} answers to {asked} of “{comparison.file.title}”."


def known_of(comparison: Comparison, subject: str) -> int:
    """Count the questions of the newest edition that are answered of a subject."""
    edition = comparison.latest.id
    return sum(
        headline_value(comparison.cells[edition, subject, asked.id].statements) is not None
        for asked in comparison.questions(edition)
    )


def _group_view(composer: Composer, comparison: Comparison, group: str, key: str) -> TablePartView:
    subjects = composer.index.comparison(comparison.id).columns_by_group[group]
    title = f"{comparison.file.group_name}: {comparison.file.groups[group].title}"
    questions = comparison.questions(comparison.latest.id)
    dek = _group_dek(comparison, len(subjects), len(questions))
    if is_whole(comparison):
        table = matrix(composer, comparison, subjects, questions)
        return _view(composer, comparison, key, (title, dek), matrix=table)
    counts = tuple(
        Tally(
            composer.site.names[f"subject:{comparison.id}/{item}"],
            known_of(comparison, item),
            composer.url(f"subject:{comparison.id}/{item}"),
            receipt=composer.receipt(f"known/{comparison.id}/{item}"),
        )
        for item in subjects
    )
    links = _links_of(composer, comparison, set(subjects))
    return _view(composer, comparison, key, (title, dek), counts=counts, parts=links)


def _links_of(
    composer: Composer, comparison: Comparison, subjects: AbstractSet[str]
) -> tuple[Link, ...]:
    """List the parts of the table in which some subjects stand."""
    return tuple(
        Link(
            part.title if part.place == 1 else f"{part.title}, page {part.place}",
            composer.url(part_key(comparison, part)),
        )
        for part in table_parts(comparison)
        if not subjects.isdisjoint(part.subjects)
    )


def _value_view(composer: Composer, comparison: Comparison, value: str, key: str) -> TablePartView:
    """Show who answers so where: the cells themselves, or of a large table how many there are."""
    index = composer.index.comparison(comparison.id)
    counts = index.criteria_by_answer[value]
    found = [item for item in comparison.questions(comparison.latest.id) if counts[item.id]]
    word = answer_word(comparison, value)
    texts = (
        f"Answer: {word}",
        _value_dek(composer, comparison, counts.total(), len(found)),
    )
    if is_whole(comparison):
        table = matrix(composer, comparison, index.columns, found, value=value)
        return _view(composer, comparison, key, texts, matrix=table)
    tallies = tuple(
        Tally(
            link.text,
            counts[item.id],
            link.url,
            receipt=composer.receipt(f"answers/{comparison.id}/{value}/{item.id}"),
        )
        for item in sorted(found, key=lambda item: -counts[item.id])
        for link in [criterion_link(composer, comparison, item.id)]
    )
    return _view(composer, comparison, key, texts, counts=tallies)
