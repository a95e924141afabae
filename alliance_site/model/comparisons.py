"""The files of a comparison → one comparison, with every cell in its place.

Never: scores or ranks.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from alliance_site.diagnostics import Code, Diagnostic, Span, nearest
from alliance_site.model.documents import StructuredDocument
from alliance_site.model.records import Cell, CellsFile, ComparisonFile, Criterion, Slug, Stated
from alliance_site.model.site import Comparison

Cells = dict[tuple[str, str, str], Cell]


def join_comparisons(
    documents: Sequence[StructuredDocument],
) -> tuple[dict[str, Comparison], tuple[Diagnostic, ...]]:
    """Join `comparison.yaml`, `criteria.yaml` and the cells of each comparison.

    Returns:
        Comparisons by id, sorted, without those whose files are faulty, and what is wrong.
    """
    parts: dict[str, dict[str, StructuredDocument]] = defaultdict(dict)
    for document in documents:
        if document.place.comparison:
            name = document.place.part
            key = f"cells/{document.place.id}" if name == "cells" else name
            parts[document.place.comparison][key] = document
    comparisons = {}
    diagnostics: list[Diagnostic] = []
    for comparison_id in sorted(parts):
        comparison, faults = _join(comparison_id, parts[comparison_id])
        diagnostics += faults
        if comparison is not None:
            comparisons[comparison_id] = comparison
    return comparisons, tuple(diagnostics)


def _join(
    comparison_id: str, parts: Mapping[str, StructuredDocument]
) -> tuple[Comparison | None, tuple[Diagnostic, ...]]:
    for name in ("comparison", "criteria"):
        if name not in parts:
            path = f"content/comparisons/{comparison_id}/{name}.yaml"
            message = f"`{path}` is missing"
            hint = "a comparison is comparison.yaml, criteria.yaml and cells/<subject>.yaml"
            span = Span(path=path)
            return None, (Diagnostic(code=Code.MISSING_KEY, message=message, span=span, hint=hint),)
    if any(document.faulty for document in parts.values()):
        return None, ()
    file: ComparisonFile = next(iter(parts["comparison"].records.values()))
    criteria: tuple[Criterion, ...] = next(iter(parts["criteria"].records.values())).criteria
    diagnostics = [*_check_frame(file, criteria)]
    cells: Cells = {}
    for name in sorted(parts):
        if name.startswith("cells/"):
            diagnostics += _add_cells(parts[name], file, criteria, cells)
    comparison = Comparison(
        id=comparison_id, file=file, criteria=criteria, cells=MappingProxyType(cells)
    )
    diagnostics += _missing_cells(comparison, parts)
    return (None if diagnostics else comparison), tuple(diagnostics)


def _unknown(word: str, found: str, known: Sequence[str], span: Span) -> Diagnostic:
    guess = nearest(found, known)
    return Diagnostic(
        code=Code.DANGLING_REFERENCE,
        message=f"`{found}` is not {word} of this comparison",
        span=span,
        hint=f"did you mean `{guess}`?" if guess else f"known: {', '.join(known)}",
    )


def _unless_known(
    word: str, found: Sequence[str], known: Sequence[str], span: Span
) -> Iterator[Diagnostic]:
    yield from (_unknown(word, name, known, span) for name in found if name not in known)


def _check_frame(file: ComparisonFile, criteria: Sequence[Criterion]) -> Iterator[Diagnostic]:
    groups, editions = list(file.groups), [item.id for item in file.editions]
    ids = [item.id for item in criteria]
    for subject in file.subjects:
        yield from _unless_known("a group", [subject.group], groups, subject.span)
    for item in criteria:
        parent = [] if item.parent is None else [item.parent]
        sides = [position.group for position in item.positions]
        yield from _unless_known("a criterion", parent, ids, item.span)
        yield from _unless_known("an edition", item.editions, editions, item.span)
        yield from _unless_known("a group", sides, groups, item.span)
    yield from _duplicates("criterion", criteria)
    yield from _duplicates("subject", file.subjects)
    yield from _duplicates("edition", file.editions)
    yield from _cycles(criteria)


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
    parents = {item.id: item.parent for item in criteria}
    for item in criteria:
        above, seen = item.parent, {item.id}
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == item.id:
            message = f"`{item.id}` stands below itself"
            yield Diagnostic(
                code=Code.BAD_VALUE, message=message, span=item.span, hint="change its `parent`"
            )


def _add_cells(
    document: StructuredDocument,
    file: ComparisonFile,
    criteria: Sequence[Criterion],
    cells: Cells,
) -> Iterator[Diagnostic]:
    record: CellsFile = next(iter(document.records.values()))
    subject = document.place.id
    subjects = [item.id for item in file.subjects]
    if subject not in subjects:
        yield _unknown("a subject", subject, subjects, Span(path=document.path))
        return
    editions = [item.id for item in file.editions]
    runs = dict(record.editions)
    if record.cells and len(editions) > 1:
        yield _cells_without_edition(record, editions)
    elif record.cells:
        runs[editions[0]] = record.cells
    for edition, answers in runs.items():
        span = next((found[0].span for found in answers.values()), record.span)
        yield from _unless_known("an edition", [edition], editions, span)
    for edition in [item for item in editions if item in runs]:
        known = _asked_in(edition, criteria)
        for criterion, statements in runs[edition].items():
            if criterion not in known:
                word = f"a criterion of the edition `{edition}`"
                yield _unknown(word, criterion, known, statements[0].span)
            else:
                cells[edition, subject, criterion] = Cell(
                    statements=statements, evidence=record.evidence, recorded=record.recorded
                )
                yield from _outside_rubric(statements, file)


def _asked_in(edition: str, criteria: Sequence[Criterion]) -> list[str]:
    """Return the ids of the criteria that an edition answers; a heading has no cells."""
    headings = {item.parent for item in criteria}
    return [
        item.id
        for item in criteria
        if item.id not in headings and (not item.editions or edition in item.editions)
    ]


def _cells_without_edition(record: CellsFile, editions: Sequence[str]) -> Diagnostic:
    return Diagnostic(
        code=Code.BAD_VALUE,
        message=f"`cells` does not say which of the {len(editions)} editions it is for",
        span=Span(path=record.span.path, line=record.span.line),
        hint=f"put the cells below `editions`, by edition: {', '.join(editions)}",
    )


def _outside_rubric(statements: Stated[Slug], file: ComparisonFile) -> Iterator[Diagnostic]:
    for statement in statements:
        if statement.value is not None and statement.value not in file.levels:
            guess = nearest(statement.value, file.levels)
            listed = ", ".join(f"`{level}`" for level in file.levels)
            yield Diagnostic(
                code=Code.OUTSIDE_RUBRIC,
                message=f"`{statement.value}` is no level of this comparison, expected {listed}",
                span=statement.span,
                hint=f"did you mean `{guess}`?" if guess else "",
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
