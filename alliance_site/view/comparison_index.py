"""What many pages of one comparison ask, answered once.

Never: makes a part of a view.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import TypeVar

from msgspec import Struct

from alliance_site.model import (
    Comparison,
    Grouping,
    Site,
    answers_in,
    filtered_groups,
    filtered_values,
    groupings,
    pairs_of,
    ranked_subjects,
    top_of,
)
from alliance_site.view.question import Asked, Question
from alliance_site.view.weighed import weighed_scores

T = TypeVar("T")


class ComparisonIndex(Struct, frozen=True):
    """A comparison's newest edition, put together for tables, filters, pairs and groups.

    Attributes:
        all: Keeps the answers, with what they rest on.
        key: Of the comparison.
    """

    site: Site
    all: Asked
    key: str

    def ask(self, name: str, answer: Callable[[], T]) -> T:
        """Return the answer to a question about this comparison; it is found once."""
        return self.all.ask(f"{name} of {self.key}", answer)

    @property
    def comparison(self) -> Comparison:
        """The comparison itself."""
        return self.site.comparisons[self.key]

    @Question
    def columns(self) -> tuple[str, ...]:
        """Subjects by group, and in a group by rank."""
        comparison = self.comparison
        groups = {key: place for place, key in enumerate(comparison.file.groups)}
        subjects = ranked_subjects(comparison, comparison.latest.id)
        by_id = comparison.subject_by_id
        return tuple(sorted(subjects, key=lambda key: groups[by_id[key].group]))

    @Question
    def titles(self) -> Mapping[str, str]:
        """Criterion of the newest edition → its title; where two share one, its heading's too."""
        comparison = self.comparison
        questions = comparison.questions(comparison.latest.id)
        counts = Counter(item.title for item in questions)
        above = comparison.criterion_by_id
        return {
            item.id: f"{above[item.parent].title}: {item.title}"
            if counts[item.title] > 1 and item.parent is not None
            else item.title
            for item in questions
        }

    @Question
    def columns_by_group(self) -> Mapping[str, tuple[str, ...]]:
        """Group → its subjects by rank; nothing where all are in one group."""
        by_id, columns = self.comparison.subject_by_id, self.columns
        return {
            key: tuple(item for item in columns if by_id[item].group == key)
            for key in filtered_groups(self.comparison)
        }

    @Question
    def values(self) -> tuple[str, ...]:
        """Answers that have a page."""
        return filtered_values(self.comparison)

    @Question
    def criteria_by_answer(self) -> Mapping[str, Counter[str]]:
        """Answer → criterion → how many subjects give it."""
        comparison = self.comparison
        edition = comparison.latest.id
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for (run, _, criterion), cell in comparison.cells.items():
            if run == edition:
                for answer in answers_in(comparison, criterion, cell):
                    found[answer][criterion] += 1
        return found

    @Question
    def criteria_by_heading(self) -> Mapping[str, int]:
        """Topmost heading → how many criteria stand below it, in table order."""
        comparison = self.comparison
        questions = comparison.questions(comparison.latest.id)
        tops = Counter(top_of(comparison, item).id for item in questions)
        return {key: count for key, count in tops.items() if key in comparison.headings}

    @Question
    def weighed(self) -> tuple[int, Mapping[str, str]]:
        """What the script that weighs anew needs; see `weighed_scores`."""
        comparison = self.comparison
        return weighed_scores(comparison.boards[comparison.latest.id])

    @Question
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Pairs that have a page."""
        return pairs_of(self.comparison)

    @Question
    def pairs_by_subject(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Subject → the pairs it is in."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for pair in self.pairs:
            for subject in pair:
                found[subject].append(pair)
        return {subject: tuple(pairs) for subject, pairs in found.items()}

    @Question
    def groupings(self) -> tuple[tuple[Grouping, Grouping], ...]:
        """Groups that are set against each other."""
        return groupings(self.site, self.comparison)
