"""A comparison as data: tables that refer to each other, and what describes them.

Source: Frictionless Data Package v1 and Table Schema (https://specs.frictionlessdata.io); CLDF's
ValueTable, whose `Source` is written `key[locator]`.

Never: writes CSV (that is `render`).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from alliance_site.model import Comparison, Score, evidence_of, rounded
from alliance_site.model.records import Evidence, Source, Statement
from alliance_site.paths import UrlPath
from alliance_site.view.composer import Composer
from alliance_site.view.page import Document, Table

_KEYS = {
    "subjects": ("id",),
    "criteria": ("id",),
    "codes": ("criterion", "level"),
    "editions": ("id",),
    "cells": ("id",),
    "ratings": ("id",),
    "replies": ("cell",),
    "scores": ("edition", "subject", "part"),
    "sources": ("id",),
}
_REFERENCES = {
    "criteria": (("parent", "criteria"), ("predecessor", "criteria")),
    "codes": (("criterion", "criteria"),),
    "cells": (("edition", "editions"), ("subject", "subjects"), ("criterion", "criteria")),
    "ratings": (("cell", "cells"),),
    "replies": (("cell", "cells"),),
    "scores": (("edition", "editions"), ("subject", "subjects")),
}
_NUMBERS = {
    "codes": ("points",),
    "criteria": ("weight", "range_from", "range_to"),
    "cells": ("points",),
    "scores": ("score", "low", "high", "maximum"),
}
_WHOLES = {"scores": ("rank", "best", "worst")}


def package_tables(composer: Composer) -> Mapping[str, Callable[[], Table]]:
    """Return what makes the tables of every comparison, by name: a folder and one of its files."""
    return {
        f"{comparison}/{name}": partial(_table, composer, comparison, name)
        for comparison in composer.site.comparisons
        for name in _KEYS
    }


def _table(composer: Composer, comparison: str, name: str) -> Table:
    tables = _tables(composer, composer.site.comparisons[comparison])
    description, columns, lines = tables[name]
    return Table(
        name=f"{comparison}/{name}",
        description=description,
        columns=tuple(columns.split()),
        rows=tuple(tuple(_text(item) for item in line) for line in lines),
    )


def package_documents(composer: Composer) -> Iterator[Document]:
    """Describe the tables of each comparison."""
    for comparison in composer.site.comparisons.values():
        described = json.dumps(_package(composer, comparison), ensure_ascii=False, indent=1)
        yield Document(package_url(comparison.id), f"{described}\n")


def package_url(comparison: str) -> UrlPath:
    """Return where a comparison's tables are described."""
    return UrlPath(f"/data/{comparison}/datapackage.json")


# Tables


_Lines = Iterable[Iterable[Any]]


def _tables(composer: Composer, comparison: Comparison) -> Mapping[str, tuple[str, str, _Lines]]:
    """Return description, columns and rows of each table; rows are made when asked for."""
    title = comparison.file.title
    return {
        "subjects": (
            f"Who is compared in “{title}”.",
            "id name group organization",
            ((s.id, s.name, s.group, s.organization) for s in comparison.file.subjects),
        ),
        "criteria": (
            f"What is asked in “{title}”, headings included.",
            (
                "id parent title question type unit direction weight range_from range_to editions "
                "predecessor comparable"
            ),
            _criteria(comparison),
        ),
        "codes": (
            "What each criterion may be answered, and what that counts.",
            "criterion level label points description",
            (
                (item.id, key, level.label, level.points, level.description)
                for item in comparison.criteria
                if item.id not in comparison.headings
                for key, level in comparison.levels(item.id).items()
            ),
        ),
        "editions": (
            f"The runs of “{title}”.",
            "id title as_of breaks",
            (
                (
                    item.id,
                    item.title,
                    item.as_of,
                    "; ".join(
                        f"{line.from_edition}: {composer.text(line.reason)}" for line in item.breaks
                    ),
                )
                for item in comparison.file.editions
            ),
        ),
        "cells": (
            f"Every answer of “{title}”, one statement a line.",
            (
                "id edition subject criterion value points absence status basis valid_from "
                "recorded inherited_from review_by comment source"
            ),
            _cells(composer, comparison),
        ),
        "ratings": (
            f"What raters found before they agreed on an answer of “{title}”.",
            "id cell rater value date comment",
            _ratings(composer, comparison),
        ),
        "replies": (
            f"What subjects of “{title}” say to an answer, and what came of it.",
            "cell by date outcome text source",
            _replies(composer, comparison),
        ),
        "scores": (
            f"The scores of “{title}”: the whole, and each heading; `exact` is a fraction.",
            "edition subject part score exact low high maximum rank best worst class",
            _scores(comparison),
        ),
        "sources": (
            f"The works that answers of “{title}” rest on.",
            "id type title publisher issued URL licence",
            (
                (
                    item.id,
                    item.type,
                    item.title,
                    item.publisher,
                    item.issued,
                    item.url if item.linkable else "",
                    item.licence,
                )
                for item in _sources(composer, comparison)
            ),
        ),
    }


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _criteria(comparison: Comparison) -> Iterator[tuple[Any, ...]]:
    for item in comparison.criteria:
        span = item.range
        yield (
            item.id,
            item.parent,
            item.title,
            item.question or next((one.quote for one in item.evidence if one.quote), ""),
            "heading" if item.id in comparison.headings else item.type.value,
            item.unit,
            item.direction.value if span else "",
            item.weight,
            span.from_ if span else "",
            span.to if span else "",
            "; ".join(item.editions),
            item.predecessor,
            item.comparable.value if item.predecessor else "",
        )


def _cells(composer: Composer, comparison: Comparison) -> Iterator[tuple[Any, ...]]:
    for (edition, subject, criterion), cell in sorted(comparison.cells.items()):
        for number, item in enumerate(cell.statements, 1):
            value = item.value
            yield (
                _cell_id(edition, subject, criterion) + (f"/{number}" if number > 1 else ""),
                edition,
                subject,
                criterion,
                _written(value),
                comparison.points(criterion, value),
                item.absence,
                item.status.value,
                item.basis.value if item.basis else "",
                item.valid.from_,
                item.recorded or cell.recorded,
                cell.inherited_from,
                cell.review_by,
                composer.text(item.note) if item.note else "",
                _cited(item, cell.evidence),
            )


def _cell_id(edition: str, subject: str, criterion: str) -> str:
    return f"{edition}/{subject}/{criterion}"


def _written(value: object) -> object:
    return "; ".join(value) if isinstance(value, tuple) else value


def _ratings(composer: Composer, comparison: Comparison) -> Iterator[tuple[Any, ...]]:
    for place, cell in sorted(comparison.cells.items()):
        for number, item in enumerate(cell.ratings, 1):
            note = composer.text(item.note) if item.note else ""
            key = _cell_id(*place)
            yield (f"{key}/{number}", key, item.rater, _written(item.value), item.date, note)


def _replies(composer: Composer, comparison: Comparison) -> Iterator[tuple[Any, ...]]:
    for place, cell in sorted(comparison.cells.items()):
        if (reply := cell.reply) is not None:
            yield (
                _cell_id(*place),
                reply.by,
                reply.date,
                reply.outcome.value,
                composer.text(reply.text),
                _named(reply.evidence),
            )


def _cited(statement: Statement[Any], behind: tuple[Evidence, ...]) -> str:
    return _named(evidence_of(statement, behind))


def _named(evidence: Iterable[Evidence]) -> str:
    return ";".join(
        f"{item.source}[{item.locator}]" if item.locator else item.source for item in evidence
    )


def _scores(comparison: Comparison) -> Iterator[tuple[Any, ...]]:
    labels = ["", *(item.id for item in comparison.scoring.classes)]
    for edition in comparison.file.editions:
        board = comparison.boards[edition.id]
        for subject, standing in sorted(board.standings.items()):
            score, span = standing.score, board.ranges.get(subject)
            is_ladder = bool(score.progress) and score.value is not None
            yield (
                edition.id,
                subject,
                "total",
                *_numbers(comparison, score.value, score.low, score.high, score.maximum),
                standing.rank,
                span.best if span else "",
                span.worst if span else "",
                labels[int(score.value)] if is_ladder and score.value is not None else "",
            )
            yield from _heading_scores(comparison, edition.id, subject, score)


def _heading_scores(
    comparison: Comparison, edition: str, subject: str, score: Score
) -> Iterator[tuple[Any, ...]]:
    for part, value in score.counted.items():
        if part in comparison.headings:
            ends = (score.lows[part], score.highs[part], score.maxima[part])
            yield (edition, subject, part, *_numbers(comparison, value, *ends), "", "", "", "")


def _numbers(
    comparison: Comparison,
    value: Fraction | None,
    low: Fraction | None,
    high: Fraction | None,
    maximum: Fraction | None,
) -> tuple[Decimal | str, ...]:
    def shown(number: Fraction | None) -> Decimal | str:
        return "" if number is None else rounded(number, comparison.scoring.rounding)

    return shown(value), _text(value), shown(low), shown(high), shown(maximum)


def _sources(composer: Composer, comparison: Comparison) -> Iterator[Source]:
    """Yield the sources of a comparison's cells, by id."""
    named = {
        item.source
        for cell in comparison.cells.values()
        for statement in cell.statements
        for item in evidence_of(statement, cell.evidence)
    }
    yield from (composer.site.sources[key] for key in sorted(named))


# What describes them


def _package(composer: Composer, comparison: Comparison) -> dict[str, object]:
    file, settings = comparison.file, composer.site.settings
    licence = file.licence or settings.licence
    sources = [
        {"title": item.title, **({"path": item.url} if item.url and item.linkable else {})}
        for item in _sources(composer, comparison)
    ]
    return {
        "profile": "data-package",
        "name": comparison.id,
        "title": file.title,
        "description": " ".join(
            part for part in (composer.text(file.summary), file.attribution) if part
        ),
        "homepage": composer.absolute(composer.url(f"comparison:{comparison.id}")),
        "licenses": [{"name": licence}],
        "contributors": [{"title": settings.publisher.name, "role": "publisher"}],
        **({"sources": sources} if sources else {}),
        "resources": [
            _resource(name, description, columns.split())
            for name, (description, columns, _) in _tables(composer, comparison).items()
        ],
    }


def _resource(name: str, description: str, columns: Iterable[str]) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [_field(name, column) for column in columns],
        "missingValues": [""],
        "primaryKey": list(_KEYS[name]),
    }
    if name in _REFERENCES:
        schema["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": _own(name, other), "fields": ["id"]}}
            for field, other in _REFERENCES[name]
        ]
    return {
        "name": name,
        "path": f"{name}.csv",
        "description": description,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _own(name: str, other: str) -> str:
    """Name the resource of a foreign key; a table's own name is the empty text."""
    return "" if name == other else other


def _field(table: str, column: str) -> dict[str, object]:
    kind = "string"
    if column in _NUMBERS.get(table, ()):
        kind = "number"
    elif column in _WHOLES.get(table, ()):
        kind = "integer"
    required = {"constraints": {"required": True}} if column in _KEYS[table] else {}
    return {"name": column, "type": kind, **required}
