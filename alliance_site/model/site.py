"""The whole site as records: what `resolve` makes and every later room reads.

Never: changes after it is made.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from alliance_site.model.clocks import Clock
from alliance_site.model.records import (
    Alliance,
    Argument,
    Article,
    Cell,
    ComparisonFile,
    Correction,
    Criterion,
    Edition,
    Event,
    Figure,
    Objective,
    Organization,
    Page,
    SiteSettings,
    Source,
    Subject,
)
from alliance_site.model.statements import HeadlineRule, headline_value
from alliance_site.prose import Prose


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A comparison with its three files joined.

    Attributes:
        criteria: Headings and criteria in table order.
        cells: (edition, subject, criterion) → the statements; every cell that must be there is.
    """

    id: str
    file: ComparisonFile
    criteria: tuple[Criterion, ...]
    cells: Mapping[tuple[str, str, str], Cell]

    @cached_property
    def headings(self) -> frozenset[str]:
        """Ids of criteria that are parents of others."""
        return frozenset(item.parent for item in self.criteria if item.parent)

    @cached_property
    def latest(self) -> Edition:
        """The newest edition."""
        return max(self.file.editions, key=lambda item: item.as_of)

    @cached_property
    def newest_first(self) -> tuple[Edition, ...]:
        """All editions, the newest first."""
        return tuple(sorted(self.file.editions, key=lambda item: item.as_of, reverse=True))

    @cached_property
    def has_unknown(self) -> bool:
        """Whether any cell has no value."""
        return any(headline_value(cell.statements) is None for cell in self.cells.values())

    def questions(self, edition: str) -> tuple[Criterion, ...]:
        """Return the criteria that an edition answers, without headings, in table order."""
        return self._questions_by_edition.get(edition, ())

    def subjects_in(self, edition: str) -> tuple[Subject, ...]:
        """Return the subjects that an edition has cells for, in the order of the file."""
        return self._subjects_by_edition.get(edition, ())

    def score(self, edition: str, subject: str) -> Decimal:
        """Return the points of a subject's headline values; an unknown one counts nothing."""
        return self._scores.get((edition, subject), Decimal(0))

    @cached_property
    def _questions_by_edition(self) -> Mapping[str, tuple[Criterion, ...]]:
        questions = [item for item in self.criteria if item.id not in self.headings]
        return {
            run.id: tuple(
                item for item in questions if not item.editions or run.id in item.editions
            )
            for run in self.file.editions
        }

    @cached_property
    def _subjects_by_edition(self) -> Mapping[str, tuple[Subject, ...]]:
        present = {(run, subject) for run, subject, _ in self.cells}
        return {
            run.id: tuple(item for item in self.file.subjects if (run.id, item.id) in present)
            for run in self.file.editions
        }

    @cached_property
    def _scores(self) -> Mapping[tuple[str, str], Decimal]:
        scores: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for (run, subject, _), cell in self.cells.items():
            value = headline_value(cell.statements)
            if value is not None:
                scores[run, subject] += self.file.levels[value].points
        return dict(scores)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All records by id, each mapping sorted by id; references are known to resolve.

    Attributes:
        articles: Those that are out on the build's date.
        prose: Compiled Markdown by its key.
        names: The name of every record that can be linked, by its key (`org:ibm` → `IBM`).
        clock: The days the site speaks for.
        rule: What put the statements of every field into their order.
    """

    settings: SiteSettings
    clock: Clock
    rule: HeadlineRule
    sources: Mapping[str, Source]
    organizations: Mapping[str, Organization]
    alliances: Mapping[str, Alliance]
    objectives: Mapping[str, Objective]
    comparisons: Mapping[str, Comparison]
    articles: Mapping[str, Article]
    pages: Mapping[str, Page]
    events: Mapping[str, Event]
    arguments: Mapping[str, Argument]
    figures: Mapping[str, Figure]
    corrections: Mapping[str, Correction]
    prose: Mapping[str, Prose]
    names: Mapping[str, str]
