"""The whole site as records: what `resolve` makes and every later room reads.

Never: changes after it is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass

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
from alliance_site.prose import Prose


@dataclass(frozen=True, slots=True, kw_only=True)
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

    def headings(self) -> frozenset[str]:
        """Return the ids of criteria that are parents of others."""
        return frozenset(item.parent for item in self.criteria if item.parent)

    def questions(self, edition: str) -> tuple[Criterion, ...]:
        """Return the criteria that an edition answers, without headings, in table order."""
        headings = self.headings()
        return tuple(
            item
            for item in self.criteria
            if item.id not in headings and (not item.editions or edition in item.editions)
        )

    def subjects_in(self, edition: str) -> tuple[Subject, ...]:
        """Return the subjects that an edition has cells for, in the order of the file."""
        present = {subject for run, subject, _ in self.cells if run == edition}
        return tuple(item for item in self.file.subjects if item.id in present)

    def latest(self) -> Edition:
        """Return the newest edition."""
        return max(self.file.editions, key=lambda item: item.as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All records by id, each mapping sorted by id; references are known to resolve.

    Attributes:
        articles: Those that are out on the build's date.
        prose: Compiled Markdown by its key.
        names: The name of every record that can be linked, by its key (`org:ibm` → `IBM`).
    """

    settings: SiteSettings
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
