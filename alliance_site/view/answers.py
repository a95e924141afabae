"""Cells as readers see them: in a table, and with their grounds.

Never: decides which cells a page shows.
"""

from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from alliance_site.model import Comparison, PartialDate, headline, rounded
from alliance_site.model.comparison_records import Cell, Criterion, Edition, Level, Reply
from alliance_site.model.records import Absence
from alliance_site.view.comparison_views import MatrixCell
from alliance_site.view.composer import ABSENCES, Composer
from alliance_site.view.notes import Notes
from alliance_site.view.pages import CellView
from alliance_site.view.parts import DateView, LevelView, RatingView, ReplyView


class Place(Struct, frozen=True):
    """Where a cell stands."""

    comparison: Comparison
    edition: str
    subject: str
    criterion: str

    @property
    def cell(self) -> Cell:
        """The cell itself."""
        return self.comparison.cells[self.edition, self.subject, self.criterion]

    @property
    def asked(self) -> Criterion:
        """Its criterion."""
        return self.comparison.criterion_by_id[self.criterion]

    @property
    def name(self) -> str:
        """The anchor of the cell on pages of the newest edition."""
        return f"{self.subject}--{self.criterion}"


def matrix_cell(composer: Composer, place: Place, url: str) -> MatrixCell:
    """Show a cell in a table; `url` leads to its grounds."""
    cell = place.cell
    _note(composer, place)
    statement = headline(cell.statements)
    if statement is None or statement.value is None:
        absence = (statement.absence if statement else None) or Absence.UNKNOWN
        mark = "na" if absence is Absence.NOT_APPLICABLE else "unknown"
        return MatrixCell(mark=mark, word=ABSENCES[absence], url=url)
    word, _, mark = composer.show_answer(place.comparison, place.asked)(statement.value)
    is_disputed = any(item.status.value == "disputed" for item in cell.statements)
    # What has no level has no shape to stand for it: its word is shown on every screen.
    return MatrixCell(mark=mark or "plain", word=word, url=url, is_disputed=is_disputed)


def _note(composer: Composer, place: Place) -> None:
    """Note that a page shows a cell, which stands beside its subject and its question."""
    composer.shows(place.cell.statements)
    composer.names(f"subject:{place.comparison.id}/{place.subject}")
    composer.names(f"criterion:{place.comparison.id}/{place.criterion}")


def cell_view(
    composer: Composer, place: Place, notes: Notes, anchor: str, **named: str
) -> CellView:
    """Show a cell with its grounds, what raters found, and what its subject says to it.

    Args:
        composer: What it is composed with.
        place: Where it stands.
        notes: Of the page.
        anchor: Its id on the page; empty for none.
        named: `title`, `url` and `group`: what stands above it.
    """
    cell, comparison = place.cell, place.comparison
    _note(composer, place)
    show = composer.show_answer(comparison, place.asked)
    giver = cell.inherited_from
    return CellView(
        anchor=anchor,
        **named,
        value=composer.stated(cell.statements, cell.evidence, notes, show),
        ratings=tuple(
            RatingView(
                rater=item.rater,
                value=show(item.value)[0],
                date=composer.maybe_date(item.date),
                note=composer.maybe_prose(item.note, notes),
            )
            for item in cell.ratings
        ),
        reply=_reply(composer, cell.reply, notes) if cell.reply else None,
        review_by=composer.maybe_date(cell.review_by),
        is_overdue=cell.review_by is not None
        and cell.review_by.latest() < composer.as_of.earliest(),
        inherited_from=composer.link(f"criterion:{comparison.id}/{giver}") if giver else None,
    )


def _reply(composer: Composer, reply: Reply, notes: Notes) -> ReplyView:
    return ReplyView(
        by=composer.link(f"org:{reply.by}") if reply.by else None,
        text=composer.prose(reply.text, notes),
        date=composer.maybe_date(reply.date),
        outcome=reply.outcome.value.replace("-", " "),
        citations=composer.cite(reply.evidence, notes),
    )


def anchor_of(place: Place) -> str:
    """Name a cell on a page that shows several editions; the newest's has the short name."""
    is_newest = place.edition == place.comparison.latest.id
    return place.name if is_newest else f"{place.name}--{place.edition}"


def newest_answer(composer: Composer, places: Iterable[Place]) -> DateView | None:
    """Return the latest day that an answer speaks for, where that is after the edition's own."""
    latest: PartialDate | None = None
    for place in places:
        statement = headline(place.cell.statements)
        day = statement.valid.from_ if statement and statement.absence is None else None
        run = next(item for item in place.comparison.file.editions if item.id == place.edition)
        is_later = day is not None and day.earliest() > run.as_of.latest()
        if day is not None and is_later and (latest is None or day.latest() > latest.latest()):
            latest = day
    return composer.maybe_date(latest)


def grounds_url(composer: Composer, place: Place) -> str:
    """Return where the grounds of a cell stand: on its criterion's page."""
    comparison = place.comparison
    return composer.url(f"criterion:{comparison.id}/{place.criterion}#{anchor_of(place)}")


def legend_of(
    composer: Composer,
    comparison: Comparison,
    criteria: Iterable[Criterion],
    *,
    with_points: bool = False,
) -> tuple[LevelView, ...]:
    """List what the marks of some criteria mean, each once, and what they count if that is one."""
    every: dict[tuple[str, str], list[Level]] = {}
    for item in criteria:
        for level in comparison.levels(item.id).values():
            every.setdefault((level.label, level.shape.value), []).append(level)
    entries = composer.legend([levels[-1] for levels in every.values()], comparison.absences)
    if not with_points:
        return entries
    counts = {key: {level.points for level in levels} for key, levels in every.items()}
    return tuple(
        replace(entry, points=composer.number(next(iter(points))))
        if len(points := counts.get((entry.text, entry.mark), set())) == 1
        else entry
        for entry in entries
    )


def shown(composer: Composer, comparison: Comparison, value: Fraction | None) -> str:
    """Write a score with the declared digits; a dash where there is none."""
    return "–" if value is None else composer.number(rounded(value, comparison.scoring.rounding))


def edition_cells(comparison: Comparison, edition: Edition, subject: str) -> tuple[Place, ...]:
    """Return a subject's cells of an edition, in table order."""
    return tuple(
        Place(comparison, edition.id, subject, item.id)
        for item in comparison.questions(edition.id)
        if (edition.id, subject, item.id) in comparison.cells
    )
