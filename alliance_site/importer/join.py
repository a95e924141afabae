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
        What was joined, with an error for each row that found no criterion, each name that is
        there twice and each value that has no meaning, and a warning for each name that differs
        between two files.
    """
    joined = Joined()
    _report_twins(mapping, joined)
    asked: dict[str, list[JoinedCriterion]] = {}
    faulty: set[str] = set()
    for declared in mapping.criteria:
        count = len(joined.diagnostics)
        asked[declared.id] = list(_criteria(declared, tables[declared.file], joined))
        if len(joined.diagnostics) > count:
            faulty.add(declared.id)
    for scores in mapping.scores:
        if scores.criteria not in asked:
            _report(
                joined,
                Code.DANGLING_REFERENCE,
                f"`{scores.criteria}` is no table of criteria in this mapping",
                scores.span,
            )
        elif scores.criteria not in faulty:
            _scores(mapping, scores, tables[scores.file], asked[scores.criteria], joined)
    _report_lone_subjects(mapping, joined)
    return joined


def _report_twins(mapping: ImportFile, joined: Joined) -> None:
    """Report what the mapping says twice, of which one would win."""
    named = (
        *(("table of criteria", item.id, item.span) for item in mapping.criteria),
        *(("edition", item.edition, item.span) for item in mapping.scores),
        *(("column", item.column, item.span) for item in mapping.subjects),
        *(("value", item.text, item.span) for item in mapping.values),
    )
    seen: dict[tuple[str, str], Span] = {}
    for kind, name, span in named:
        before = seen.setdefault((kind, name), span)
        if before is not span:
            message = f"the {kind} `{name}` is in this mapping already"
            _report(joined, Code.DUPLICATE_ID, message, span, "keep one of them", before)


def _report(
    joined: Joined, code: Code, message: str, span: Span, hint: str = "", other: Span | None = None
) -> None:
    related = ((other, "the other one"),) if other else ()
    joined.diagnostics.append(
        Diagnostic(code=code, message=message, span=span, hint=hint, related=related)
    )


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


def _has_columns(
    joined: Joined, table: CsvTable, read: Sequence[str], span: Span, ignored: Sequence[str] = ()
) -> bool:
    """Say whether all columns that the mapping names are there, and report those that are not.

    One that is read must be there once.
    """
    missing = [name for name in (*read, *ignored) if name and name not in table.columns]
    twice = [name for name in dict.fromkeys(read) if name and table.columns.count(name) > 1]
    for name in twice:
        _report_twice(joined, table, name)
    for name in missing:
        guess = nearest(name, table.columns)
        hint = f"did you mean `{guess}`?" if guess else f"it has {', '.join(table.columns)}"
        message = f"`{table.path}` has no column `{name}`"
        _report(joined, Code.DANGLING_REFERENCE, message, span, hint)
    return not (missing or twice)


def _report_twice(joined: Joined, table: CsvTable, name: str) -> None:
    message = f"the column `{name}` is there {table.columns.count(name)} times"
    _report(joined, Code.DUPLICATE_KEY, message, table.header, "rename or delete all but one")


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
        names = (*(row.texts[column] for column in declared.parents), row.texts[declared.title])
        if not all(map(id_of, names)):
            _report_no_id(joined, next(name for name in names if not id_of(name)), table.span(row))
            continue
        parent = ""
        for column in declared.parents:
            name = id_of(row.texts[column])
            key = f"{parent}-{name}" if parent else id_of(f"{declared.prefix}{name}")
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
        key = _free_id(id_of(f"{declared.prefix}{id_of(title)}"), parent, seen)
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
    return next((item for item in candidates if item not in seen), "")


def _report_no_id(joined: Joined, name: str, span: Span) -> None:
    message = f"no id can be made of `{name}`" if name else "a criterion or heading has no name"
    hint = "write a name in which there is a letter of a-z or a digit"
    _report(joined, Code.BAD_ID, message, span, hint)


# Scores


def _scores(
    mapping: ImportFile,
    scores: ScoresTable,
    table: CsvTable,
    criteria: Sequence[JoinedCriterion],
    joined: Joined,
) -> None:
    if not _has_columns(joined, table, [scores.label], scores.span, scores.ignore):
        return
    subjects = _subjects(mapping, scores, table, joined)
    if subjects is None:
        return
    columns = list(subjects)
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


def _subjects(
    mapping: ImportFile, scores: ScoresTable, table: CsvTable, joined: Joined
) -> dict[str, str] | None:
    """Note the subjects of a table.

    Returns:
        Column → the id of its subject, in the order of the table; None where a column has no
        name, or two are of one subject, which is reported.
    """
    passed_over = {scores.label, *scores.ignore}
    ids: dict[str, str] = {}
    count = len(joined.diagnostics)
    for place, column in enumerate(table.columns, 1):
        if column in passed_over:
            continue
        if not column:
            # Programs that write tables leave columns at the end that hold nothing.
            if any(row.texts[column] for row in table.rows):
                message = f"column {place} has no name"
                hint = "name it; what is no subject is listed in `ignore`"
                _report(joined, Code.MISSING_KEY, message, table.header, hint)
        elif column in ids:
            _report_twice(joined, table, column)
        else:
            ids[column] = _subject(mapping, column, table, joined)
    by_id: dict[str, str] = {}
    for column, key in ids.items():
        other = by_id.setdefault(key, column)
        if key and other != column:
            message = f"`{other}` and `{column}` are both the subject `{key}`"
            hint = "give one of them another id in `subjects`, or list it in `ignore`"
            _report(joined, Code.DUPLICATE_ID, message, table.header, hint)
    return ids if len(joined.diagnostics) == count else None


def _subject(mapping: ImportFile, column: str, table: CsvTable, joined: Joined) -> str:
    """Name a column's subject, and note it; an empty text where no id can be made."""
    for item in mapping.subjects:
        if item.column == column:
            joined.subjects.setdefault(item.id, item.name or column)
            if item.group:
                joined.groups[item.id] = item.group
            return item.id
    key = id_of(column)
    if not key:
        message = f"no id can be made of `{column}`"
        hint = "give the column an id in `subjects` of the mapping"
        _report(joined, Code.BAD_ID, message, table.header, hint)
        return ""
    joined.subjects.setdefault(key, column)
    return key


def _pairs(
    scores: ScoresTable,
    table: CsvTable,
    rows: Sequence[Row],
    criteria: Sequence[JoinedCriterion],
    joined: Joined,
) -> Iterator[tuple[Row, JoinedCriterion]]:
    """Yield each row with its criterion; report those that find none, or one that has a row."""
    if scores.join is Join.POSITION:
        yield from _by_position(scores, table, rows, criteria, joined)
        return
    by_title: dict[str, list[JoinedCriterion]] = {}
    for item in criteria:
        by_title.setdefault(item.title, []).append(item)
    found: dict[str, Row] = {}
    for row in rows:
        label = row.texts[scores.label]
        same = by_title.get(label, [])
        before = found.setdefault(label, row)
        if len(same) != 1:
            guess = "" if same else nearest(label, by_title)
            count = f"{len(same)} criteria" if same else "no criterion"
            message = f"`{label}` is the name of {count}"
            hint = f"did you mean `{guess}`? " if guess else ""
            hint += "`join: position` joins row by row"
            _report(joined, Code.UNJOINED_NAME, message, table.span(row), hint)
        elif before is not row:
            message = f"the criterion `{label}` has a row already"
            other = table.span(before)
            _report(joined, Code.DUPLICATE_KEY, message, table.span(row), "keep one of them", other)
        else:
            yield row, same[0]
    for item in criteria:
        if item.title not in found:
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
