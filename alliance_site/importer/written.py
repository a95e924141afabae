"""What was joined → the files of a comparison, as text.

Never: touches the disk.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from alliance_site.ids import id_of
from alliance_site.importer.declared import ImportFile, MappedValue
from alliance_site.importer.join import Joined, JoinedCriterion
from alliance_site.model.comparison_records import CriterionType


def files_of(mapping: ImportFile, joined: Joined) -> Iterator[tuple[str, str]]:
    """Yield each file of the comparison, by its path in the comparison's folder."""
    yield "comparison.yaml", _text(_comparison(mapping, joined))
    yield "criteria.yaml", _text({"criteria": [_criterion(item) for item in joined.criteria]})
    for subject in sorted(joined.subjects):
        yield f"cells/{subject}.yaml", _text(_cells(mapping, joined, subject))


def _text(value: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(value), sort_keys=False, allow_unicode=True, width=100)


def _comparison(mapping: ImportFile, joined: Joined) -> dict[str, Any]:
    group = id_of(mapping.group)
    groups = dict.fromkeys(joined.groups.get(key, group) for key in joined.subjects)
    editions = []
    for place, scores in enumerate(mapping.scores):
        edition = {"id": scores.edition, "title": scores.title, "as_of": str(scores.as_of)}
        if scores.break_reason and place:
            before = mapping.scores[place - 1].edition
            line = {"from_edition": str(before), "reason": scores.break_reason}
            editions.append({**edition, "breaks": [line]})
        else:
            editions.append(dict(edition))
    optional = {
        "licence": mapping.licence,
        "attribution": mapping.attribution,
        "evidence": mapping.evidence,
    }
    return {
        "title": mapping.title,
        "question": mapping.question,
        "summary": mapping.summary,
        "levels": {item.level: _level(item) for item in mapping.values if item.level},
        "groups": {
            key: {"title": mapping.group if key == group else key.capitalize()} for key in groups
        },
        "subjects": [
            {"id": key, "name": name, "group": joined.groups.get(key, group)}
            for key, name in joined.subjects.items()
        ],
        "editions": editions,
        **{key: str(value) for key, value in optional.items() if value},
    }


def _level(item: MappedValue) -> dict[str, Any]:
    return {
        "label": item.label or str(item.level).capitalize(),
        "points": str(item.points),
        "mark": item.mark.value,
    }


def _criterion(item: JoinedCriterion) -> dict[str, Any]:
    table = item.table
    found: dict[str, Any] = {"id": item.id}
    if item.parent:
        found["parent"] = item.parent
    found["title"] = item.title
    if item.question:
        found["question"] = item.question
    if table.type is not CriterionType.LEVEL and not item.is_heading:
        found["type"] = table.type.value
    if table.range is not None and not item.is_heading:
        found["range"] = {"from": str(table.range.from_), "to": str(table.range.to)}
    if table.editions:
        found["editions"] = [str(edition) for edition in table.editions]
    return found


def _cells(mapping: ImportFile, joined: Joined, subject: str) -> dict[str, Any]:
    runs: dict[str, dict[str, Any]] = {}
    for (edition, who, criterion), value in joined.cells.items():
        if who == subject:
            runs.setdefault(edition, {})[criterion] = _cell(value)
    behind = {"evidence": str(mapping.evidence)} if mapping.evidence else {}
    if mapping.basis:
        behind["basis"] = mapping.basis.value
    if len(mapping.scores) == 1:
        return {"cells": next(iter(runs.values()), {}), **behind}
    return {"editions": runs, **behind}


def _cell(value: MappedValue | str) -> Any:
    if isinstance(value, str):
        return value
    return {"absence": value.absence.value} if value.absence else str(value.level)
