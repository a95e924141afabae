"""A mapping and its tables → criteria, subjects and cells, with every name that does not join.

Never: reads or writes a file; drops a row.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, field

from alliance_site.diagnostics import Code, Diagnostic, Severity, Span, nearest
from alliance_site.ids import id_of
from alliance_site.importer.declared import (
    CriteriaTable,
    ImportFile,
    Join,
    MappedValue,
    ScoresTable,
)
from alliance_site.importer.tables import CsvTable, Row
from alliance_site.model import parse_number
from alliance_site.model.comparison_records import CriterionType


class JoinedCriterion(Struct, frozen=True, kw_only=True):
    """A criterion or heading, ready to be written."""

    id: str
    parent: str
    title: str
    question: str = ""
    is_heading: bool = False
    table: CriteriaTable


class Joined(Struct):
    """What a mapping comes to.

    Attributes:
        criteria: In table order, headings before what they hold.
        subjects: Id → name, in the order in which the files name them.
        cells: (edition, subject, criterion) → the text of the cell, by its meaning.
        remarks: What a reader of the import should know, in sentences.
    """

    criteria: list[JoinedCriterion] = field(default_factory=list)
    subjects: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    cells: dict[tuple[str, str, str], MappedValue | str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def join_tables(mapping: ImportFile, tables: Mapping[str, CsvTable]) -> Joined:
    """Join all tables.

    Args:
        mapping: What is where.
        tables: By the names that the mapping gives the files.

    Returns:
        What was joined, with an error for each row that found no criterion and each value that
        has no meaning, and a warning for each name that differs between two files.
    """
    joined = Joined()
    asked: dict[str, list[JoinedCriterion]] = {}
    for declared in mapping.criteria:
        asked[declared.id] = list(_criteria(declared, tables[declared.file], joined))
    for scores in mapping.scores:
        criteria = asked.get(scores.criteria)
        if criteria is None:
            _report(
                joined,
                Code.DANGLING_REFERENCE,
                f"`{scores.criteria}` is no table of criteria in this mapping",
                scores.span,
            )
        else:
            _scores(mapping, scores, tables[scores.file], criteria, joined)
    _report_lone_subjects(mapping, joined)
    return joined


def _report(joined: Joined, code: Code, message: str, span: Span, hint: str = "") -> None:
    joined.diagnostics.append(Diagnostic(code=code, message=message, span=span, hint=hint))


def _warn(joined: Joined, message: str, span: Span, hint: str) -> None:
    joined.diagnostics.append(
        Diagnostic(
            code=Code.UNJOINED_NAME,
            message=message,
            span=span,
            hint=hint,
            severity=Severity.WARNING,
        )
    )


def _has_columns(joined: Joined, table: CsvTable, wanted: Sequence[str], span: Span) -> bool:
    missing = [name for name in wanted if name and name not in table.columns]
    for name in missing:
        guess = nearest(name, table.columns)
        hint = f"did you mean `{guess}`?" if guess else f"it has {', '.join(table.columns)}"
        message = f"`{table.path}` has no column `{name}`"
        _report(joined, Code.DANGLING_REFERENCE, message, span, hint)
    return not missing


# Criteria


def _criteria(
    declared: CriteriaTable, table: CsvTable, joined: Joined
) -> Iterator[JoinedCriterion]:
    """Add a table's headings and criteria, and yield the criteria in the order of the rows."""
    wanted = [declared.title, declared.question, *declared.parents]
    if not _has_columns(joined, table, wanted, declared.span):
        return
    seen = {item.id for item in joined.criteria}
    for row in table.rows:
        parent = ""
        for column in declared.parents:
            key = (
                f"{parent}-{id_of(row.texts[column])}"
                if parent
                else (f"{declared.prefix}{id_of(row.texts[column])}")
            )
            if key not in seen:
                seen.add(key)
                joined.criteria.append(
                    JoinedCriterion(
                        id=key,
                        parent=parent,
                        title=row.texts[column],
                        is_heading=True,
                        table=declared,
                    )
                )
            parent = key
        title = row.texts[declared.title]
        key = _free_id(f"{declared.prefix}{id_of(title)}", parent, seen)
        if not key:
            message = f"`{title}` is the name of another criterion below `{parent}`"
            _report(joined, Code.DUPLICATE_ID, message, table.span(row), "rename one of them")
            continue
        seen.add(key)
        question = row.texts[declared.question] if declared.question else ""
        found = JoinedCriterion(
            id=key, parent=parent, title=title, question=question, table=declared
        )
        joined.criteria.append(found)
        yield found


def _free_id(key: str, parent: str, seen: set[str]) -> str:
    """Return an id that nothing bears yet: the name's own, or one with the heading before it."""
    candidates = [key, f"{parent}-{key}"] if parent else [key]
    return next((item for item in candidates if item and item not in seen), "")


# Scores


def _scores(
    mapping: ImportFile,
    scores: ScoresTable,
    table: CsvTable,
    criteria: Sequence[JoinedCriterion],
    joined: Joined,
) -> None:
    if not _has_columns(joined, table, [scores.label, *scores.ignore], scores.span):
        return
    columns = [name for name in table.columns if name not in {scores.label, *scores.ignore}]
    subjects = {name: _subject(mapping, name, joined) for name in columns}
    rows = [row for row in table.rows if row.texts[scores.label] != scores.totals]
    sums: dict[str, Decimal | None] = dict.fromkeys(columns, Decimal(0))
    for row, criterion in _pairs(scores, table, rows, criteria, joined):
        for name in columns:
            text = row.texts[name]
            value = _value(mapping, criterion, text)
            if value is None:
                known = ", ".join(f"`{item.text}`" for item in mapping.values)
                message = f"`{name}` has `{text}` for `{criterion.title}`, expected {known}"
                hint = "say in `values` what it means"
                _report(joined, Code.BAD_VALUE, message, table.span(row), hint)
                continue
            joined.cells[scores.edition, subjects[name], criterion.id] = value
            number, before = parse_number(text), sums[name]
            sums[name] = before + number if before is not None and number is not None else before
    if scores.totals:
        _check_totals(scores, table, sums, joined)


def _subject(mapping: ImportFile, column: str, joined: Joined) -> str:
    """Name a column's subject, and note it."""
    for item in mapping.subjects:
        if item.column == column:
            joined.subjects.setdefault(item.id, item.name or column)
            if item.group:
                joined.groups[item.id] = item.group
            return item.id
    key = id_of(column)
    joined.subjects.setdefault(key, column)
    return key


def _pairs(
    scores: ScoresTable,
    table: CsvTable,
    rows: Sequence[Row],
    criteria: Sequence[JoinedCriterion],
    joined: Joined,
) -> Iterator[tuple[Row, JoinedCriterion]]:
    """Yield each row with its criterion; report those that find none, and names that differ."""
    if scores.join is Join.POSITION:
        yield from _by_position(scores, table, rows, criteria, joined)
        return
    by_title = {item.title: item for item in criteria}
    found: set[str] = set()
    for row in rows:
        label = row.texts[scores.label]
        criterion = by_title.get(label)
        if criterion is None:
            guess = nearest(label, by_title)
            message = f"`{label}` is the name of no criterion"
            hint = f"did you mean `{guess}`? " if guess else ""
            hint += "`join: position` joins row by row"
            _report(joined, Code.UNJOINED_NAME, message, table.span(row), hint)
        else:
            found.add(criterion.id)
            yield row, criterion
    for item in criteria:
        if item.id not in found:
            message = f"the criterion `{item.title}` has no row in `{table.path}`"
            _report(joined, Code.UNJOINED_NAME, message, scores.span, "add the row")


def _by_position(
    scores: ScoresTable,
    table: CsvTable,
    rows: Sequence[Row],
    criteria: Sequence[JoinedCriterion],
    joined: Joined,
) -> Iterator[tuple[Row, JoinedCriterion]]:
    if len(rows) != len(criteria):
        message = (
            f"`{table.path}` has {len(rows)} rows of scores, but there are {len(criteria)} criteria"
        )
        hint = "`join: position` needs one row for each; `totals` names a row of sums"
        _report(joined, Code.UNJOINED_NAME, message, scores.span, hint)
        return
    for row, criterion in zip(rows, criteria, strict=True):
        label = row.texts[scores.label]
        if label != criterion.title:
            _warn(
                joined,
                f"`{label}` is called `{criterion.title}` in the list of criteria, "
                "and was joined by its position",
                table.span(row),
                "see that both are the same; the name of the list is kept",
            )
        yield row, criterion


def _value(mapping: ImportFile, criterion: JoinedCriterion, text: str) -> MappedValue | str | None:
    """Return what a cell means; the text itself for numbers and texts."""
    mapped = next((item for item in mapping.values if item.text == text), None)
    if mapped is not None:
        return mapped
    kind = criterion.table.type
    is_number = kind is CriterionType.NUMBER and parse_number(text) is not None
    return text if is_number or (kind is CriterionType.TEXT and text) else None


def _check_totals(
    scores: ScoresTable, table: CsvTable, sums: Mapping[str, Decimal | None], joined: Joined
) -> None:
    for row in table.rows:
        if row.texts[scores.label] != scores.totals:
            continue
        for name, found in sums.items():
            said = parse_number(row.texts[name])
            if said is not None and said != found:
                message = f"the total of `{name}` is {said}, but its rows add up to {found}"
                _report(joined, Code.BAD_VALUE, message, table.span(row))


def _report_lone_subjects(mapping: ImportFile, joined: Joined) -> None:
    """Warn of a subject that is in one file only and is named much like another."""
    runs: dict[str, set[str]] = {key: set() for key in joined.subjects}
    for edition, subject, _ in joined.cells:
        runs[subject].add(edition)
    for key, name in joined.subjects.items():
        for other, other_name in joined.subjects.items():
            is_part = key != other and other.startswith(f"{key}-")
            if is_part and not runs[key] & runs[other]:
                _warn(
                    joined,
                    f"`{name}` and `{other_name}` are never in one edition, and are two subjects",
                    mapping.span,
                    "if they are one, give both columns one id in `subjects`",
                )
