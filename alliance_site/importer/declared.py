"""The mapping file: which CSV file holds what, column by column.

Never: reads a file.
"""

from decimal import Decimal
from enum import StrEnum

from alliance_site.diagnostics import Span
from alliance_site.model import Implicit, PartialDate, Record
from alliance_site.model.comparison_records import CriterionType, Interval, Mark
from alliance_site.model.records import NOWHERE, Absence, Basis, Slug, SourceId


class Join(StrEnum):
    """How rows of scores find their criteria."""

    NAME = "name"
    POSITION = "position"


class MappedValue(Record, frozen=True, kw_only=True):
    """What a text in a cell means: a level of the comparison, or an absence."""

    text: str = ""
    level: Slug | None = None
    absence: Absence | None = None
    label: str = ""
    points: Decimal = Decimal(0)
    mark: Mark = Mark.PARTLY
    span: Implicit[Span] = NOWHERE


class CriteriaTable(Record, frozen=True, kw_only=True):
    """A file with one criterion a row.

    Attributes:
        id: Names the table for `scores`.
        title: The column of the criterion's name, from which its id is made.
        parents: The columns of the headings above it, the topmost first.
        question: The column of what is asked; empty for none.
        prefix: Stands before every id made from this table.
        editions: In which the criteria are asked; all, where it is left out.
    """

    id: Slug
    file: str
    title: str
    parents: tuple[str, ...] = ()
    question: str = ""
    prefix: str = ""
    editions: tuple[Slug, ...] = ()
    type: CriterionType = CriterionType.LEVEL
    range: Interval | None = None
    span: Implicit[Span] = NOWHERE


class MappedSubject(Record, frozen=True, kw_only=True):
    """A column of scores whose subject has another id or name than the column says."""

    column: str
    id: Slug
    name: str = ""
    group: Slug | None = None
    span: Implicit[Span] = NOWHERE


class ScoresTable(Record, frozen=True, kw_only=True):
    """A file with one criterion a row and one subject a column.

    Attributes:
        criteria: The table of criteria that its rows are joined with.
        label: The column of the criterion's name.
        join: By name, or by position where names differ between the files.
        ignore: Columns that are no subjects.
        totals: The label of a row of sums, which is checked and not imported.
        break_reason: Why the series is broken between the edition before and this one.
    """

    file: str
    edition: Slug
    title: str
    as_of: PartialDate
    criteria: Slug
    label: str
    join: Join = Join.NAME
    ignore: tuple[str, ...] = ()
    totals: str = ""
    break_reason: str = ""
    span: Implicit[Span] = NOWHERE


class ImportFile(Record, frozen=True, kw_only=True):
    """The mapping as a whole; paths are relative to it."""

    comparison: Slug
    title: str
    question: str
    summary: str
    licence: str = ""
    attribution: str = ""
    evidence: SourceId | None = None
    basis: Basis | None = None
    values: tuple[MappedValue, ...] = ()
    criteria: tuple[CriteriaTable, ...]
    scores: tuple[ScoresTable, ...]
    subjects: tuple[MappedSubject, ...] = ()
    group: str = "Subjects"
    span: Implicit[Span] = NOWHERE
