"""The whole site as records: what `resolve` makes and every later room reads.

Never: changes after it is made.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from msgspec import Struct

from alliance_site.model.board import Board, make_board
from alliance_site.model.catalog import Catalog, related_question, share_of
from alliance_site.model.clocks import Clock
from alliance_site.model.collections import Archives, Collection, Listings
from alliance_site.model.comparison_records import (
    Cell,
    CellValue,
    ComparisonFile,
    Criterion,
    Edition,
    Level,
    Subject,
)
from alliance_site.model.images import SiteImage, image_address
from alliance_site.model.ledger import Releases
from alliance_site.model.lineages import ObjectiveSet
from alliance_site.model.reads import Trace
from alliance_site.model.records import (
    Absence,
    Alliance,
    Argument,
    Article,
    Correction,
    Event,
    Figure,
    Objective,
    Organization,
    Page,
    SiteSettings,
    Source,
)
from alliance_site.model.rubric import extremes, is_scored, levels_of, points_of
from alliance_site.model.scoring.declared import ScoringFile
from alliance_site.model.scoring.rounding import rounded
from alliance_site.model.statements import HeadlineRule, evidence_of, headline
from alliance_site.prose import Prose, ProseFindings


class Comparison(Struct, frozen=True, kw_only=True, dict=True):
    """A comparison with its three files joined.

    Attributes:
        criteria: Headings and criteria in table order.
        cells: (edition, subject, criterion) → the statements; every cell of an edition's subjects
            and criteria is there, those not applicable and those inherited included.
        scoring: How cells become scores; points are added up where no file says otherwise.
    """

    id: str
    file: ComparisonFile
    criteria: tuple[Criterion, ...]
    cells: Mapping[tuple[str, str, str], Cell]
    scoring: ScoringFile

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
    def absences(self) -> frozenset[Absence]:
        """The reasons for which cells have no value."""
        firsts = [headline(cell.statements) for cell in self.cells.values()]
        return frozenset(
            (item.absence if item else None) or Absence.UNKNOWN
            for item in firsts
            if item is None or item.value is None
        )

    def questions(self, edition: str) -> tuple[Criterion, ...]:
        """Return the criteria that an edition answers, without headings, in table order."""
        return self._questions_by_edition.get(edition, ())

    def questions_below(self, edition: str, heading: str) -> tuple[str, ...]:
        """Return the ids of an edition's questions under a heading, at any depth."""
        return self._questions_by_heading.get((edition, heading), ())

    def subjects_in(self, edition: str) -> tuple[Subject, ...]:
        """Return the subjects that an edition has cells for, in the order of the file."""
        return self._subjects_by_edition.get(edition, ())

    def levels(self, criterion: str) -> Mapping[str, Level]:
        """Return what a criterion may be answered, in order; none for a number or a text."""
        return self._levels_by_criterion[criterion]

    @cached_property
    def criterion_by_id(self) -> Mapping[str, Criterion]:
        """Every criterion and heading by its id."""
        return {item.id: item for item in self.criteria}

    @cached_property
    def subject_by_id(self) -> Mapping[str, Subject]:
        """Every subject by its id."""
        return {item.id: item for item in self.file.subjects}

    def points(self, criterion: str, value: CellValue | None) -> Decimal | None:
        """Return what a value counts, as its rubric says; None where it has no points."""
        asked = self.criterion_by_id[criterion]
        if value is None or not is_scored(asked):
            return None
        points = points_of(self.levels(criterion), asked, value)
        return Decimal(points.numerator) / points.denominator

    def extremes(self, criterion: str) -> tuple[Fraction, Fraction]:
        """Return the fewest and the most points of a criterion; twice nothing where it has none."""
        asked = self.criterion_by_id[criterion]
        if not is_scored(asked):
            return Fraction(0), Fraction(0)
        return extremes(self.levels(criterion), asked)

    @cached_property
    def cells_by_subject(self) -> Mapping[str, Mapping[tuple[str, str, str], Cell]]:
        """Subject → its cells, by their places."""
        return self._cells_by(1)

    @cached_property
    def cells_by_criterion(self) -> Mapping[str, Mapping[tuple[str, str, str], Cell]]:
        """Criterion → its cells, by their places."""
        return self._cells_by(2)

    def _cells_by(self, part: int) -> Mapping[str, Mapping[tuple[str, str, str], Cell]]:
        found: dict[str, dict[tuple[str, str, str], Cell]] = {}
        for place, cell in self.cells.items():
            found.setdefault(place[part], {})[place] = cell
        return found

    def places(self, edition: str) -> Sequence[tuple[str, str, str]]:
        """Return the places of an edition's table: subject by subject, in the order of the file."""
        return self._places_by_edition.get(edition, ())

    @cached_property
    def _places_by_edition(self) -> Mapping[str, Sequence[tuple[str, str, str]]]:
        return {
            run.id: tuple(
                (run.id, subject.id, criterion.id)
                for subject in self.subjects_in(run.id)
                for criterion in self.questions(run.id)
            )
            for run in self.file.editions
        }

    @cached_property
    def sources_by_place(self) -> Mapping[tuple[str, str, str], frozenset[str]]:
        """Place → the sources behind the statements of its cell."""
        return {
            place: frozenset(
                item.source
                for statement in cell.statements
                for item in evidence_of(statement, cell.evidence)
            )
            for place, cell in self.cells.items()
        }

    @cached_property
    def boards(self) -> Mapping[str, Board]:
        """Edition → the scores and ranks of its subjects."""
        return {
            run.id: make_board(
                self.file,
                self.scoring,
                self.criteria,
                self.questions(run.id),
                {
                    subject.id: {
                        item.id: self.cells[run.id, subject.id, item.id]
                        for item in self.questions(run.id)
                    }
                    for subject in self.subjects_in(run.id)
                },
            )
            for run in self.file.editions
        }

    def score(self, edition: str, subject: str) -> Decimal | None:
        """Return a subject's score, rounded as declared; None where it has none."""
        value = self.boards[edition].standings[subject].score.value
        return None if value is None else rounded(value, self.scoring.rounding)

    @cached_property
    def _levels_by_criterion(self) -> Mapping[str, Mapping[str, Level]]:
        return {item.id: levels_of(self.file, item) for item in self.criteria}

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
    def _questions_by_heading(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for edition, questions in self._questions_by_edition.items():
            for question in questions:
                above = question.parent
                while above is not None:
                    found[edition, above].append(question.id)
                    above = self.criterion_by_id[above].parent
        return {place: tuple(ids) for place, ids in found.items()}

    @cached_property
    def _subjects_by_edition(self) -> Mapping[str, tuple[Subject, ...]]:
        present = {(run, subject) for run, subject, _ in self.cells}
        return {
            run.id: tuple(item for item in self.file.subjects if (run.id, item.id) in present)
            for run in self.file.editions
        }


class Site(Struct, frozen=True, kw_only=True, eq=False):
    """All records by id, each mapping sorted by id; references are known to resolve.

    Records are read when they are asked for, and what is asked for is noted in `trace`: whoever
    makes a page can say what it rests on.

    Attributes:
        articles: Those that are out on the build's date.
        releases: The ledger.
        prose: Compiled Markdown by its key; that of a record is there once the record is.
        findings: What a check asks of that Markdown, by the same key.
        archives: Source → its archived text, of sources that have one.
        names: The name of every record that can be linked, by its key (`org:ibm` → `IBM`).
        clock: The days the site speaks for.
        rule: What put the statements of every field into their order.
        catalog: What is known of all records without reading them; what is asked of it is not
            noted.
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
    objective_sets: Mapping[str, ObjectiveSet]
    archives: Archives
    corrections: Mapping[str, Correction]
    releases: Releases
    prose: Mapping[str, Prose]
    findings: Mapping[str, ProseFindings]
    names: Mapping[str, str]
    catalog: Catalog
    trace: Trace

    def is_hidden(self, key: str) -> bool:
        """Say whether a key names an article that is not out."""
        self.trace.note(f"@{key}")
        return key in self.catalog.hidden

    def notices(self, at: str) -> tuple[Correction, ...]:
        """Return the corrections of what stood on a page, newest first.

        Args:
            at: Address within the site, or key of a record for what names no field of it.
        """
        self.trace.note(f"notices {share_of(at)}")
        found = self.catalog.notices.get(at, ())
        return tuple(self.corrections[key] for key in found if key in self.corrections)

    def noticed(self) -> Mapping[str, tuple[str, ...]]:
        """Return, by correction, the addresses at which what it mends stood, sorted."""
        self.trace.note("noticed ")
        found: dict[str, list[str]] = {}
        for at, ids in self.catalog.notices.items():
            for key in ids if at.startswith("/") else ():
                found.setdefault(key, []).append(at)
        return {key: tuple(sorted(pages)) for key, pages in found.items()}

    def image(self, written: str) -> SiteImage | None:
        """Return the image that a text shows, by its address in the text; None for no file."""
        address = image_address(written)
        self.trace.note(f"image {address}")
        return self.catalog.images.shown.get(address)

    def image_files(self) -> tuple[str, ...]:
        """Return the addresses of all files that may be images, sorted."""
        self.trace.note("image-files ")
        return self.catalog.images.files

    def forget_article(self, article: str) -> None:
        """Let an article go; it is read again if it is asked for."""
        if isinstance(self.articles, Collection):
            self.articles.forget(article)

    def listings(self) -> Listings:
        """Return what lists show of all articles that are out, newest first."""
        self.trace.note("order ")
        ids = [item.id for item in self.catalog.order]
        return Listings(ids, self.catalog.heads["articles"], self.trace)

    def listings_tied(self, tie: str) -> Listings:
        """Return the articles about a record (`org:ibm`), or on a topic (`topic:…`)."""
        self.trace.note(f"tie {tie}")
        found = self.catalog.articles.tied(tie)
        return Listings(found, self.catalog.heads["articles"], self.trace)

    def has_few_articles(self, most: int) -> bool:
        """Say whether there are no more articles than so many."""
        self.trace.note(f"few {most}")
        return len(self.catalog.order) <= most

    def is_newest(self, article: str, count: int) -> bool:
        """Say whether an article is among so many of the newest."""
        self.trace.note(f"newest {count} {article}")
        return self.catalog.is_newest(article, count)

    def listings_of(self, ids: Sequence[str]) -> Listings:
        """Return what lists show of some articles, in the order given."""
        return Listings(ids, self.catalog.heads["articles"], self.trace)

    def count_tied(self, tie: str) -> int:
        """Count the articles about a record, or on a topic."""
        self.trace.note(f"count {tie}")
        return len(self.catalog.articles.tied(tie))

    def listings_related(self, article: str, count: int) -> Listings:
        """Return the articles that share most with one, newer ones first among equals."""
        found = self.catalog.related(article, count)
        self.trace.note(related_question(article, count, found))
        return Listings(found, self.catalog.heads["articles"], self.trace)
