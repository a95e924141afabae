"""How a comparison is divided over pages: parts of a table, pairs, groups set against groups.

A table of 300 subjects by 120 criteria has 36,000 cells, which no phone holds, and 300 subjects
make 44,850 pairs, which nobody reads. So a large table is cut by heading, and by group and the
order of the file, so that an answer that changes moves nobody to another page; and pairs are those
declared, all of a small comparison, or neighbours in the ranking.

Never: knows a URL.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise

from msgspec import Struct

from alliance_site.model.board import Board
from alliance_site.model.comparison_records import Cell, Criterion, Edition, Subject
from alliance_site.model.facts import membership_in
from alliance_site.model.records import Absence
from alliance_site.model.scoring.fold import total
from alliance_site.model.site import Comparison, Site
from alliance_site.model.statements import headline

WHOLE_CELLS = 600
"""Up to how many cells a table stands on the comparison's own page."""
PART_CRITERIA, PART_SUBJECTS = 40, 25
"""How many rows and columns a part of a larger table has at most."""
ALL_PAIRS = 12
"""Up to how many subjects every pair has a page."""
GROUPS = 6
"""Up to how many groups each is set against each other one."""


class TablePart(Struct, frozen=True, kw_only=True):
    """Some rows and columns of a table; `place` counts the parts of one title, from 1."""

    id: str
    title: str
    place: int
    criteria: tuple[Criterion, ...]
    subjects: tuple[str, ...]


class Grouping(Struct, frozen=True, kw_only=True):
    """Some subjects under a name."""

    id: str
    title: str
    subjects: tuple[str, ...]


class GroupShare(Struct, frozen=True, kw_only=True):
    """How the subjects of a group fare on one criterion or heading.

    Attributes:
        counts: Level or absence → how many subjects; empty for a heading.
        mean: The mean share of what could be had, over those of whom it is known; of a heading,
            the mean of its criteria. None where it is known of nobody.
        known: Of how many it is known; 0 for a heading.
        of: How many subjects the group has.
    """

    counts: tuple[tuple[str, int], ...]
    mean: Fraction | None
    known: int
    of: int


def is_whole(comparison: Comparison) -> bool:
    """Say whether the newest edition's table stands on one page."""
    edition = comparison.latest.id
    cells = len(comparison.questions(edition)) * len(comparison.subjects_in(edition))
    return cells <= WHOLE_CELLS


def ranked_subjects(comparison: Comparison, edition: str) -> tuple[str, ...]:
    """Return an edition's subjects by rank; in the file's order where nothing is scored."""
    standings = comparison.boards[edition].standings
    return tuple(standings) or tuple(item.id for item in comparison.subjects_in(edition))


def table_parts(comparison: Comparison) -> tuple[TablePart, ...]:
    """Divide the newest edition's table; nothing where it is whole."""
    if is_whole(comparison):
        return ()
    edition = comparison.latest.id
    subjects = _by_group(comparison, edition)
    found = []
    for key, title, criteria in _row_parts(comparison, edition):
        for place, start in enumerate(range(0, len(subjects), PART_SUBJECTS), 1):
            chunk = subjects[start : start + PART_SUBJECTS]
            found.append(
                TablePart(id=key, title=title, place=place, criteria=criteria, subjects=chunk)
            )
    return tuple(found)


def _by_group(comparison: Comparison, edition: str) -> tuple[str, ...]:
    """Return an edition's subjects by group, and in a group in the order of the file."""
    groups = {key: place for place, key in enumerate(comparison.file.groups)}
    subjects = sorted(comparison.subjects_in(edition), key=lambda item: groups[item.group])
    return tuple(item.id for item in subjects)


def _row_parts(
    comparison: Comparison, edition: str
) -> Iterator[tuple[str, str, tuple[Criterion, ...]]]:
    """Divide criteria by their topmost heading, and a long one again."""
    under: dict[str, list[Criterion]] = {}
    for item in comparison.questions(edition):
        top = top_of(comparison, item)
        key = top.id if top.id in comparison.headings else ""
        under.setdefault(key, []).append(item)
    for key, criteria in under.items():
        title = comparison.criterion_by_id[key].title if key else "Criteria"
        chunks = range(0, len(criteria), PART_CRITERIA)
        for number, start in enumerate(chunks, 1):
            name = key or "criteria"
            yield (
                name if number == 1 else f"{name}-{number}",
                title if len(chunks) == 1 else f"{title}, part {number}",
                tuple(criteria[start : start + PART_CRITERIA]),
            )


def top_of(comparison: Comparison, criterion: Criterion) -> Criterion:
    """Return the topmost heading above a criterion; itself where there is none."""
    while criterion.parent is not None:
        criterion = comparison.criterion_by_id[criterion.parent]
    return criterion


def pairs_of(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """Return the pairs that get a page, each in the order of the file of subjects."""
    order = {key: place for place, key in enumerate(comparison.subject_by_id)}
    if comparison.file.pairs:
        found = [(str(a), str(b)) for a, b in comparison.file.pairs]
    else:
        subjects = ranked_subjects(comparison, comparison.latest.id)
        is_small = len(subjects) <= ALL_PAIRS
        found = list(combinations(subjects, 2) if is_small else pairwise(subjects))
    ordered = [(a, b) if order[a] < order[b] else (b, a) for a, b in found]
    return tuple(dict.fromkeys(ordered))


def edition_of_both(comparison: Comparison, a: str, b: str) -> Edition | None:
    """Return the newest edition that two subjects share."""
    for edition in comparison.newest_first:
        if {a, b} <= {item.id for item in comparison.subjects_in(edition.id)}:
            return edition
    return None


# Groups


def groupings(site: Site, comparison: Comparison) -> tuple[tuple[Grouping, Grouping], ...]:
    """Return the groups that are set against each other, in the newest edition.

    They are the comparison's own groups, pair by pair; for each alliance its members among the
    subjects against all others; and the members of each two alliances, which may share some.
    """
    subjects = comparison.subjects_in(comparison.latest.id)
    own = [
        Grouping(
            id=key,
            title=group.title,
            subjects=tuple(item.id for item in subjects if item.group == key),
        )
        for key, group in comparison.file.groups.items()
    ]
    filled = [item for item in own if item.subjects][:GROUPS]
    found = list(combinations(filled, 2))
    alliances = [item for key in site.alliances if (item := _members(site, key, subjects))]
    for members in alliances:
        others = tuple(item.id for item in subjects if item.id not in members.subjects)
        if others:
            found.append((members, Grouping(id="others", title="All others", subjects=others)))
    unlike = [
        (one, other)
        for one, other in combinations(alliances, 2)
        if set(one.subjects) != set(other.subjects)
    ]
    return (*found, *unlike)


def _members(site: Site, alliance: str, subjects: Sequence[Subject]) -> Grouping | None:
    """Return who of some subjects is a member of an alliance on the site's day; None if nobody."""
    members = tuple(
        item.id
        for item in subjects
        if (record := site.organizations.get(item.organization or "")) is not None
        and membership_in(site, record, alliance) is not None
    )
    if not members:
        return None
    return Grouping(
        id=f"members-of-{alliance}",
        title=f"Members of {site.names[f'alliance:{alliance}']}",
        subjects=members,
    )


def group_share(
    comparison: Comparison, edition: str, criterion: str, subjects: Sequence[str]
) -> GroupShare:
    """Say how some subjects fare on a criterion or a heading of an edition."""
    below = comparison.questions_below(edition, criterion)
    if below:
        means = [group_share(comparison, edition, item, subjects).mean for item in below]
        return GroupShare(counts=(), mean=_mean(means), known=0, of=len(subjects))
    board = comparison.boards[edition]
    counts: dict[str, int] = {}
    for subject in subjects:
        cell = comparison.cells.get((edition, subject, criterion))
        for answer in answers_in(comparison, criterion, cell) if cell else ():
            counts[answer] = counts.get(answer, 0) + 1
    found = [_had(board, subject, criterion) for subject in subjects]
    known = [item for item in found if item is not None]
    # The fullest marks of a criterion are the same for everybody.
    mean = total([value for value, _ in known]) / (len(known) * known[0][1]) if known else None
    return GroupShare(counts=tuple(counts.items()), mean=mean, known=len(known), of=len(subjects))


def _mean(shares: Sequence[Fraction | None]) -> Fraction | None:
    """Return the mean of those that are known; None where none is."""
    known = [share for share in shares if share is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def share_of(board: Board, subject: str, part: str) -> Fraction | None:
    """Return what a subject has of what could be had in a criterion; None if it is not known."""
    found = _had(board, subject, part)
    return None if found is None else found[0] / found[1]


def _had(board: Board, subject: str, part: str) -> tuple[Fraction, Fraction] | None:
    """Return what a subject has in a criterion and what could be had; None if it is not known."""
    standing = board.standings.get(subject)
    if standing is None:
        return None
    answer = board.answers[subject].get(part)
    if answer is not None and not answer.is_settled:
        return None
    value, full = standing.score.counted.get(part), standing.score.maxima.get(part)
    return (value, full) if value is not None and full else None


# Filters


def filtered_groups(comparison: Comparison) -> tuple[str, ...]:
    """Return the groups whose subjects alone are shown on a page; none where all are in one."""
    groups = {item.group for item in comparison.subjects_in(comparison.latest.id)}
    return tuple(key for key in comparison.file.groups if key in groups) if len(groups) > 1 else ()


def filtered_values(comparison: Comparison) -> tuple[str, ...]:
    """Return the answers that have a page: levels and absences that the newest edition has.

    Numbers and texts have none: there are as many of them as cells.
    """
    edition = comparison.latest.id
    levels: dict[str, None] = dict.fromkeys(
        level for item in comparison.questions(edition) for level in comparison.levels(item.id)
    )
    found = {
        value
        for (run, _, criterion), cell in comparison.cells.items()
        if run == edition
        for value in answers_in(comparison, criterion, cell)
    }
    absences = [item.value for item in Absence if item.value in found and item.value not in levels]
    return (*(level for level in levels if level in found), *absences)


def answers_in(comparison: Comparison, criterion: str, cell: Cell) -> tuple[str, ...]:
    """Return what a cell can be found by: its levels, or its absence."""
    first = headline(cell.statements)
    if first is None or first.value is None:
        return (str((first.absence if first else None) or Absence.UNKNOWN),)
    values = first.value if isinstance(first.value, tuple) else (first.value,)
    levels = comparison.levels(criterion)
    return tuple(value for value in values if isinstance(value, str) and value in levels)
