"""Which values stand on a page that shows records in part: some cells, some fields of members.

Never: counts them (that is `model.meter`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from alliance_site.model import (
    Comparison,
    Measured,
    Site,
    answers_in,
    edition_of_both,
    groupings,
    measured_cells,
    measured_in,
    table_parts,
)
from alliance_site.model.comparison_records import Cell, Edition
from alliance_site.model.records import Organization

_SHOWN_OF_MEMBERS = ("classification", "sector", "country")

Cells = Mapping[tuple[str, str, str], Cell]


def shown_cells(site: Site, comparison: Comparison, kind: str, part: str) -> Cells:
    """Return the cells that a page shows, by their places.

    Args:
        site: All records.
        comparison: Whose cells they are.
        kind: Of page, one of `OF_COMPARISONS`.
        part: What follows the comparison in the page's key.
    """
    return _SHOWN[kind](site, comparison, part)


def _subject(_: Site, comparison: Comparison, subject: str) -> Cells:
    return comparison.cells_by_subject.get(subject, {})


def _criterion(_: Site, comparison: Comparison, criterion: str) -> Cells:
    return comparison.cells_by_criterion.get(criterion, {})


def _group(_: Site, comparison: Comparison, group: str) -> Cells:
    subjects = [item.id for item in comparison.file.subjects if item.group == group]
    return _of(comparison, comparison.latest.id, subjects)


def _value(_: Site, comparison: Comparison, value: str) -> Cells:
    subjects = [item.id for item in comparison.file.subjects]
    cells = _of(comparison, comparison.latest.id, subjects).items()
    return {at: cell for at, cell in cells if value in answers_in(comparison, at[2], cell)}


def _pair(_: Site, comparison: Comparison, part: str) -> Cells:
    a, b = part.split("/")
    edition = edition_of_both(comparison, a, b)
    return _of(comparison, edition.id, (a, b)) if edition else {}


def _sides(site: Site, comparison: Comparison, part: str) -> Cells:
    for one, other in groupings(site, comparison):
        if f"{one.id}/{other.id}" == part:
            subjects = dict.fromkeys((*one.subjects, *other.subjects))
            return _of(comparison, comparison.latest.id, subjects)
    return {}


def _part(_: Site, comparison: Comparison, part: str) -> Cells:
    for item in table_parts(comparison):
        if f"{item.id}/{item.place}" == part:
            asked = {criterion.id for criterion in item.criteria}
            cells = _of(comparison, comparison.latest.id, item.subjects).items()
            return {at: cell for at, cell in cells if at[2] in asked}
    return {}


_SHOWN: Mapping[str, Callable[[Site, Comparison, str], Cells]] = {
    "criterion": _criterion,
    "group": _group,
    "pair": _pair,
    "part": _part,
    "sides": _sides,
    "subject": _subject,
    "value": _value,
}


OF_COMPARISONS = frozenset(_SHOWN)
"""Kinds of page that show cells of one comparison; the rest of their key says which."""


def _of(comparison: Comparison, edition: str, subjects: Iterable[str]) -> Cells:
    by_subject = (comparison.cells_by_subject.get(subject, {}) for subject in subjects)
    return {at: cell for cells in by_subject for at, cell in cells.items() if at[0] == edition}


MATRIX_LIMIT = 40
"""Up to how many criteria a comparison is shown cell by cell on one page."""


def subjects_of(site: Site, organization: str) -> Iterator[tuple[Comparison, str]]:
    """Yield the comparisons that ask of an organisation, each with the subject's id."""
    for comparison in site.comparisons.values():
        for subject in comparison.file.subjects:
            if subject.organization == organization:
                yield comparison, subject.id


def profile_edition(comparison: Comparison, subject: str) -> Edition:
    """Return the newest edition that a subject was asked in, which its profile shows."""
    asked = {run for run, item, _ in comparison.cells if item == subject}
    return max(
        (item for item in comparison.file.editions if item.id in asked),
        key=lambda item: item.as_of,
    )


def profile_cells(comparison: Comparison, subject: str) -> Cells:
    """Return the cells that a subject's profile shows, in table order; none where it has many."""
    edition = profile_edition(comparison, subject).id
    questions = comparison.questions(edition)
    if len(questions) > MATRIX_LIMIT:
        return {}
    places = ((edition, subject, item.id) for item in questions)
    return {place: comparison.cells[place] for place in places}


def measured_profile(site: Site, organization: str) -> Iterator[Measured]:
    """Yield what an organisation's page shows: the values of its record, and its answers."""
    yield from measured_in(site.organizations[organization])
    for comparison, subject in subjects_of(site, organization):
        yield from measured_cells(profile_cells(comparison, subject))


def measured_members(members: Iterable[Organization]) -> Iterator[Measured]:
    """Yield what the list of members shows of each: kind, sector, country, and its memberships."""
    for member in members:
        shown = (*(getattr(member, name) for name in _SHOWN_OF_MEMBERS), member.memberships)
        yield from measured_in(shown, member.evidence, member.recorded)
