"""The files of a comparison → one comparison, with every cell in its place.

Never: scores or ranks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from alliance_site.diagnostics import Code, Diagnostic, Span, nearest
from alliance_site.model.arrangement import edition_of_both
from alliance_site.model.comparison_records import (
    Cell,
    CellEntry,
    CellsFile,
    CellValue,
    ComparisonFile,
    Criterion,
    CriterionType,
    Rating,
    ReadRating,
    Subject,
)
from alliance_site.model.documents import StructuredDocument
from alliance_site.model.records import Absence, Statement
from alliance_site.model.rubric import levels_of, marked, read_value
from alliance_site.model.scoring.declared import Rounding, ScoringFile
from alliance_site.model.scoring_rules import check_scoring
from alliance_site.model.series import check_editions
from alliance_site.model.site import Comparison

Cells = dict[tuple[str, str, str], Cell]


def join_comparison(
    comparison_id: str, documents: Sequence[StructuredDocument]
) -> tuple[Comparison | None, tuple[Diagnostic, ...]]:
    """Join `comparison.yaml`, `criteria.yaml` and the cells of a comparison.

    Returns:
        The comparison, or None where its files are faulty, and what is wrong with them together.
    """
    parts: dict[str, StructuredDocument] = {}
    for document in documents:
        name = document.place.part
        parts[f"cells/{document.place.id}" if name == "cells" else name] = document
    return _join(comparison_id, parts)


def _join(
    comparison_id: str, parts: Mapping[str, StructuredDocument]
) -> tuple[Comparison | None, tuple[Diagnostic, ...]]:
    missing = next((name for name in ("comparison", "criteria") if name not in parts), None)
    if missing is not None:
        return None, (_missing_file(comparison_id, missing),)
    if any(document.faulty for document in parts.values()):
        return None, ()
    file, criteria = _marked(
        next(iter(parts["comparison"].records.values())),
        next(iter(parts["criteria"].records.values())).criteria,
    )
    broken = [*_check_tree(file, criteria)]
    if broken:  # all else would be said of every cell
        return None, tuple(broken)
    diagnostics = [*_check_frame(file, criteria)]
    scoring = _added_up(file, criteria)
    if "scoring" in parts:
        scoring = next(iter(parts["scoring"].records.values()))
        diagnostics += check_scoring(scoring, file, criteria)
    cells: Cells = {}
    for name in [name for name in sorted(parts) if name.startswith("cells/")]:
        diagnostics += _add_cells(parts[name], file, criteria, cells)
    complete = MappingProxyType(_completed(cells, file, criteria, scoring))
    comparison = Comparison(
        id=comparison_id, file=file, criteria=criteria, cells=complete, scoring=scoring
    )
    diagnostics += _missing_cells(comparison, parts)
    if not diagnostics:
        diagnostics += check_editions(comparison)
        diagnostics += [
            _no_pair(pair, file.span, "has an edition in common")
            for pair in file.pairs
            if edition_of_both(comparison, *pair) is None
        ]
    return (None if diagnostics else comparison), tuple(diagnostics)


def _marked(
    file: ComparisonFile, criteria: Sequence[Criterion]
) -> tuple[ComparisonFile, tuple[Criterion, ...]]:
    """Give every level a mark."""
    return replace(file, levels=marked(file.levels)), tuple(
        replace(item, rubric=marked(item.rubric)) if item.rubric else item for item in criteria
    )


def _missing_file(comparison_id: str, name: str) -> Diagnostic:
    path = f"content/comparisons/{comparison_id}/{name}.yaml"
    return Diagnostic(
        code=Code.MISSING_KEY,
        message=f"`{path}` is missing",
        span=Span(path=path),
        hint="a comparison is comparison.yaml, criteria.yaml and cells/<subject>.yaml",
    )


def _added_up(file: ComparisonFile, criteria: Sequence[Criterion]) -> ScoringFile:
    """Return the rules where none are declared: points are added up, and no digit is lost."""
    points = [level.points for item in criteria for level in levels_of(file, item).values()]
    digits = max((-int(item.as_tuple().exponent) for item in points), default=0)
    return ScoringFile(rounding=Rounding(digits=max(digits, 0)))


def _unknown(
    word: str,
    found: str,
    known: Sequence[str],
    span: Span,
    code: Code = Code.DANGLING_REFERENCE,
) -> Diagnostic:
    guess = nearest(found, known)
    return Diagnostic(
        code=code,
        message=f"`{found}` is not {word} of this comparison",
        span=span,
        hint=f"did you mean `{guess}`?" if guess else f"known: {', '.join(known)}",
    )


def _unless_known(
    word: str, found: Sequence[str], known: Sequence[str], span: Span
) -> Iterator[Diagnostic]:
    yield from (_unknown(word, name, known, span) for name in found if name not in known)


def _check_tree(file: ComparisonFile, criteria: Sequence[Criterion]) -> Iterator[Diagnostic]:
    """Yield what leaves no question to answer: ids that stand twice, circles, empty ranges."""
    headings = {item.parent for item in criteria}
    yield from _duplicates("criterion", criteria)
    yield from _duplicates("subject", file.subjects)
    yield from _duplicates("edition", file.editions)
    yield from _cycles(criteria)
    for item in criteria:
        yield from _check_rubric(file, item, is_heading=item.id in headings)


def _check_frame(file: ComparisonFile, criteria: Sequence[Criterion]) -> Iterator[Diagnostic]:
    groups, editions = list(file.groups), [item.id for item in file.editions]
    ids = [item.id for item in criteria]
    subjects = [item.id for item in file.subjects]
    for subject in file.subjects:
        yield from _unless_known("a group", [subject.group], groups, subject.span)
    for pair in file.pairs:
        yield from _unless_known("a subject", pair, subjects, file.span)
        if len(set(pair)) != 2:  # noqa: PLR2004 - a pair
            yield _no_pair(pair, file.span, "names two subjects")
    for item in criteria:
        parent = [] if item.parent is None else [item.parent]
        sides = [position.group for position in item.positions]
        before = [] if item.predecessor is None else [item.predecessor]
        asked = [*groups, *(subject.id for subject in file.subjects)]
        yield from _unless_known("a criterion", [*parent, *before], ids, item.span)
        yield from _unless_known("a group or subject", item.applies_to, asked, item.span)
        yield from _unless_known("an edition", item.editions, editions, item.span)
        yield from _unless_known("a group", sides, groups, item.span)


def _no_pair(pair: Sequence[str], span: Span, expected: str) -> Diagnostic:
    listed = ", ".join(pair)
    return Diagnostic(
        code=Code.BAD_VALUE,
        message=f"the pair `{listed}` in `pairs` is none, expected one that {expected}",
        span=Span(path=span.path, line=span.line, column=span.column),
        hint="write it as `[first, second]`",
    )


def _check_rubric(
    file: ComparisonFile, criterion: Criterion, *, is_heading: bool
) -> Iterator[Diagnostic]:
    """Yield what makes a criterion unanswerable: no levels, or a range without an extent."""
    is_levelled = criterion.type in {CriterionType.LEVEL, CriterionType.MULTI}
    span = Span(path=criterion.span.path, line=criterion.span.line, column=criterion.span.column)
    if is_levelled and not is_heading and not levels_of(file, criterion):
        yield Diagnostic(
            code=Code.BAD_VALUE,
            message=f"`{criterion.id}` has no levels, expected a `rubric`",
            span=span,
            hint="give it a `rubric`, or give `levels` to the comparison as a whole",
        )
    interval = criterion.range
    if interval is not None and interval.from_ >= interval.to:
        yield Diagnostic(
            code=Code.BAD_VALUE,
            message=f"the `range` of `{criterion.id}` ends at {interval.to}, "
            f"expected more than {interval.from_}",
            span=span,
            hint="write the smaller number first; `direction: lower` says that less is better",
        )


def _duplicates(word: str, records: Sequence[object]) -> Iterator[Diagnostic]:
    seen: dict[str, Span] = {}
    for record in records:
        key, span = record.id, record.span  # type: ignore[attr-defined]  # all three have both
        if key in seen:
            message = f"`{key}` is the id of another {word}"
            yield Diagnostic(
                code=Code.DUPLICATE_ID,
                message=message,
                span=span,
                hint="rename one of them",
                related=((seen[key], "the other one"),),
            )
        seen.setdefault(key, span)


def _cycles(criteria: Sequence[Criterion]) -> Iterator[Diagnostic]:
    """Yield each circle of criteria once, at the first of them in the file."""
    parents = {item.id: item.parent for item in criteria}
    told: set[str] = set()
    for item in criteria:
        way, above = [item.id], item.parent
        while above is not None and above not in way:
            way.append(above)
            above = parents.get(above)
        if above == item.id and item.id not in told:
            told |= set(way)
            path = " → ".join(f"`{name}`" for name in (*way, item.id))
            yield Diagnostic(
                code=Code.BAD_VALUE,
                message=f"`{item.id}` stands below itself, by `parent`: {path}",
                span=Span(path=item.span.path, line=item.span.line, column=item.span.column),
                hint="change the `parent` of one of them, or take it out",
            )


def _add_cells(
    document: StructuredDocument,
    file: ComparisonFile,
    criteria: Sequence[Criterion],
    cells: Cells,
) -> Iterator[Diagnostic]:
    record: CellsFile = next(iter(document.records.values()))
    subject = next((item for item in file.subjects if item.id == document.place.id), None)
    if subject is None:
        known = [item.id for item in file.subjects]
        span = Span(path=document.path)
        yield _unknown("a subject", document.place.id, known, span, Code.UNKNOWN_SUBJECT)
        return
    runs, faults = _runs(record, [item.id for item in file.editions])
    yield from faults
    for edition, answers in runs.items():
        asked = _asked_in(edition, criteria)
        for key, entry in answers.items():
            criterion = asked.get(key)
            if criterion is None:
                word = f"a criterion of the edition `{edition}`"
                yield _unknown(word, key, list(asked), entry.key_span)
            elif not applies(criterion, subject):
                yield _not_asked(criterion, subject, entry.key_span)
            else:
                cell, faults = _cell(entry, record, file, criterion)
                yield from faults
                cells[edition, subject.id, key] = cell


def _runs(
    record: CellsFile, editions: Sequence[str]
) -> tuple[dict[str, Mapping[str, CellEntry]], list[Diagnostic]]:
    """Return a file's cells by edition, in the order of the editions."""
    runs = dict(record.editions)
    faults = []
    if record.cells and len(editions) > 1:
        faults.append(_cells_without_edition(record, editions))
    elif record.cells:
        runs[editions[0]] = record.cells
    for edition, answers in runs.items():
        span = next((found.statements[0].span for found in answers.values()), record.span)
        faults += _unless_known("an edition", [edition], editions, span)
    return {item: runs[item] for item in editions if item in runs}, faults


def applies(criterion: Criterion, subject: Subject) -> bool:
    """Say whether a subject is asked a criterion."""
    asked = criterion.applies_to
    return not asked or subject.id in asked or subject.group in asked


def _not_asked(criterion: Criterion, subject: Subject, span: Span) -> Diagnostic:
    return Diagnostic(
        code=Code.BAD_VALUE,
        message=f"`{criterion.id}` does not apply to `{subject.id}`, which answers it",
        span=span,
        hint="take the cell out, or widen the criterion's `applies_to`",
    )


def _cell(
    entry: CellEntry, record: CellsFile, file: ComparisonFile, criterion: Criterion
) -> tuple[Cell, list[Diagnostic]]:
    """Read what a cell says as answers to its criterion."""
    statements: list[Statement[CellValue]] = []
    faults: list[Diagnostic] = []
    for item in entry.statements:
        value: CellValue | None = None
        if item.value is not None:
            value, fault = read_value(file, criterion, item.value, item.span)
            faults += [fault] if fault else []
        basis = item.basis or (None if item.value is None else record.basis)
        statements.append(replace(item, value=value, basis=basis))  # type: ignore[arg-type]  # a raw value becomes one of the criterion's kind
    ratings, wrong = _ratings(entry.ratings, file, criterion)
    faults += wrong
    cell = Cell(
        statements=tuple(statements),
        evidence=record.evidence,
        recorded=record.recorded,
        ratings=ratings,
        reply=entry.reply,
        review_by=entry.review_by,
    )
    return cell, faults


def _ratings(
    ratings: Sequence[Rating], file: ComparisonFile, criterion: Criterion
) -> tuple[tuple[ReadRating, ...], list[Diagnostic]]:
    """Read what raters found as answers to a cell's criterion."""
    found: list[ReadRating] = []
    faults: list[Diagnostic] = []
    for item in ratings:
        value, fault = read_value(file, criterion, item.value, item.span)
        faults += [fault] if fault else []
        if value is not None:
            read = ReadRating(rater=item.rater, value=value, date=item.date, note=item.note)
            found.append(read)
    return tuple(found), faults


def _completed(
    cells: Cells, file: ComparisonFile, criteria: Sequence[Criterion], scoring: ScoringFile
) -> Cells:
    """Add what need not be written: cells of criteria that do not apply, and inherited ones."""
    complete = dict(cells)
    present = {(run, subject) for run, subject, _ in cells}
    subjects = {item.id: item for item in file.subjects}
    not_asked = Cell(statements=(Statement(absence=Absence.NOT_APPLICABLE),))
    for run in file.editions:
        asked = _asked_in(run.id, criteria)
        for subject in [key for key in subjects if (run.id, key) in present]:
            for key, criterion in asked.items():
                if not applies(criterion, subjects[subject]):
                    complete[run.id, subject, key] = not_asked
                elif (run.id, subject, key) not in cells:
                    found = _inherited(cells, (run.id, subject, key), scoring)
                    if found is not None:
                        complete[run.id, subject, key] = found
    return complete


def _inherited(cells: Cells, place: tuple[str, str, str], scoring: ScoringFile) -> Cell | None:
    """Return the cell that stands for one that is not written; None where there is none."""
    run, subject, key = place
    seen = set()
    while key in scoring.inherits and key not in seen:
        seen.add(key)
        key = scoring.inherits[key].criterion
        found = cells.get((run, subject, key))
        if found is not None:
            return replace(found, inherited_from=key, ratings=(), reply=None, review_by=None)
    return None


def _asked_in(edition: str, criteria: Iterable[Criterion]) -> dict[str, Criterion]:
    """Return the criteria that an edition answers, by id; a heading has no cells."""
    criteria = tuple(criteria)
    headings = {item.parent for item in criteria}
    return {
        item.id: item
        for item in criteria
        if item.id not in headings and (not item.editions or edition in item.editions)
    }


def _cells_without_edition(record: CellsFile, editions: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        code=Code.BAD_VALUE,
        message=f"`cells` does not say which of the {len(editions)} editions it is for",
        span=Span(path=record.span.path, line=record.span.line),
        hint=f"put the cells below `editions`, by edition: {', '.join(editions)}",
    )


def _has_cells(document: StructuredDocument | None) -> bool:
    """Say whether a file says anything; if so, what is wrong with it has been reported."""
    records: list[CellsFile] = [*document.records.values()] if document else []
    return any(record.cells or record.editions for record in records)


def _missing_cells(
    comparison: Comparison, parts: Mapping[str, StructuredDocument]
) -> Iterator[Diagnostic]:
    answered = {subject for _, subject, _ in comparison.cells}
    for subject in comparison.file.subjects:
        if subject.id not in answered and not _has_cells(parts.get(f"cells/{subject.id}")):
            path = f"content/comparisons/{comparison.id}/cells/{subject.id}.yaml"
            yield Diagnostic(
                code=Code.MISSING_CELL,
                message=f"no cells for the subject `{subject.id}`",
                span=subject.span,
                hint=f"write them in {path}, or take the subject out",
            )
    for edition in comparison.file.editions:
        for subject in comparison.subjects_in(edition.id):
            for criterion in comparison.questions(edition.id):
                if (edition.id, subject.id, criterion.id) not in comparison.cells:
                    path = parts[f"cells/{subject.id}"].path
                    yield Diagnostic(
                        code=Code.MISSING_CELL,
                        message=f"no cell for `{criterion.id}` in edition `{edition.id}`",
                        span=Span(path=path),
                        hint="add it; `absence: unknown` says that nothing is known",
                    )
