"""The files of a comparison → every cell in its place."""

from decimal import Decimal

import pytest

from tests.small_site import COMPARISON, codes, resolved, site_of

COMP = "comparisons/openness/comparison.yaml"
CRITERIA = "comparisons/openness/criteria.yaml"
ACME = "comparisons/openness/cells/acme.yaml"


def changed(path: str, before: str, after: str) -> dict[str, str]:
    """Change a text in a file of the comparison."""
    assert before in COMPARISON[path]
    return {**COMPARISON, path: COMPARISON[path].replace(before, after)}


def test_every_cell_is_found_by_edition_subject_and_criterion() -> None:
    comparison = site_of(COMPARISON).comparisons["openness"]
    assert len(comparison.cells) == 6
    assert comparison.cells["2024", "acme", "weights"].statements[0].value == "open"


def test_a_criterion_that_others_stand_under_is_a_heading_and_asks_nothing() -> None:
    comparison = site_of(COMPARISON).comparisons["openness"]
    assert comparison.headings == {"model"}
    assert [item.id for item in comparison.questions("2024")] == ["weights", "code"]


def test_the_score_adds_up_points_and_unknown_counts_nothing() -> None:
    comparison = site_of(COMPARISON).comparisons["openness"]
    assert comparison.score("2024", "acme") == Decimal("1.5")
    assert comparison.score("2024", "globex") == 0


@pytest.mark.parametrize(
    ("path", "before", "after", "code"),
    [
        (ACME, ", code: partly", "", "missing-cell"),
        (ACME, "partly", "mostly", "outside-rubric"),
        (ACME, "code:", "cod:", "dangling-reference"),
        (ACME, "code:", "model:", "dangling-reference"),
        (ACME, "cells: {", "editions: {2022: {", "yaml-syntax"),
        (COMP, "group: outside", "group: beside", "dangling-reference"),
        (COMP, "id: globex", "id: acme", "duplicate-id"),
        (COMP, "organization: acme", "organization: acne", "dangling-reference"),
        (CRITERIA, "parent: model}", "parent: nothing}", "dangling-reference"),
        (CRITERIA, "id: model", "id: code", "duplicate-id"),
        (CRITERIA, "id: model,", "id: model, parent: weights,", "bad-value"),
        (CRITERIA, "id: model,", "id: model, editions: [2021],", "dangling-reference"),
    ],
)
def test_a_comparison_that_does_not_hold_together_is_reported(
    path: str, before: str, after: str, code: str
) -> None:
    assert code in codes(changed(path, before, after))


def test_a_subject_without_cells_is_reported_where_it_is_listed() -> None:
    files = {**COMPARISON, ACME: ""}
    (found,) = resolved(files)[1]
    assert (found.code.value, found.span.path, found.span.line) == (
        "missing-cell",
        f"content/{COMP}",
        13,
    )


def test_cells_of_a_subject_that_is_not_compared_are_reported() -> None:
    files = {**COMPARISON, "comparisons/openness/cells/hooli.yaml": "cells: {code: open}\n"}
    (found,) = resolved(files)[1]
    assert (found.code.value, found.span.path) == (
        "unknown-subject",
        "content/comparisons/openness/cells/hooli.yaml",
    )


TWO = "  - {id: 2024, title: 2024, as_of: 2024-06}\n  - {id: 2023, title: 2023, as_of: 2023-06}\n"
EDITIONS = changed(COMP, "  - {id: 2024, title: 2024, as_of: 2024-06}\n", TWO) | {
    f"comparisons/openness/cells/{name}.yaml": (
        "editions:\n  2024: {weights: open, code: open}\n"
        "  2023: {weights: closed, code: closed}\nevidence: launch-note\n"
    )
    for name in ("acme", "globex", "zeta")
}


def test_cells_may_be_given_by_edition() -> None:
    comparison = site_of(EDITIONS).comparisons["openness"]
    assert comparison.latest.id == "2024"
    assert comparison.cells["2023", "acme", "code"].statements[0].value == "closed"


def test_a_subject_may_be_left_out_of_an_edition_as_a_whole() -> None:
    text = EDITIONS[ACME].replace("  2023: {weights: closed, code: closed}\n", "")
    comparison = site_of({**EDITIONS, ACME: text}).comparisons["openness"]
    assert [item.id for item in comparison.subjects_in("2023")] == ["zeta", "globex"]


def test_a_cell_of_an_edition_that_does_not_exist_is_reported_in_its_line() -> None:
    text = EDITIONS[ACME].replace("2023:", "2022:")
    (found,) = resolved({**EDITIONS, ACME: text})[1]
    assert (found.code.value, found.span.line) == ("dangling-reference", 3)


def test_cells_without_an_edition_are_refused_where_there_are_several() -> None:
    files = {**EDITIONS, ACME: "cells: {weights: open, code: open}\nevidence: launch-note\n"}
    assert codes(files) == ["bad-value"]


BROKEN = EDITIONS[COMP].replace(
    "title: 2024, as_of: 2024-06}",
    "title: 2024, as_of: 2024-06, breaks: [{from_edition: 2023, reason: Code is new.}]}",
)


def test_a_criterion_may_be_asked_in_some_editions_only() -> None:
    criteria = COMPARISON[CRITERIA].replace("{id: code,", "{id: code, editions: [2024],")
    cells = {
        path: text.replace(", code: closed", "")
        for path, text in EDITIONS.items()
        if "cells/" in path
    }
    comparison = site_of({**EDITIONS, **cells, CRITERIA: criteria, COMP: BROKEN}).comparisons[
        "openness"
    ]
    assert [item.id for item in comparison.questions("2023")] == ["weights"]


def test_a_cell_for_a_criterion_that_the_edition_does_not_ask_is_reported() -> None:
    criteria = COMPARISON[CRITERIA].replace("{id: code,", "{id: code, editions: [2024],")
    assert codes({**EDITIONS, CRITERIA: criteria}) == ["dangling-reference"] * 3


@pytest.mark.parametrize("part", ["comparison", "criteria"])
def test_a_comparison_needs_both_of_its_files(part: str) -> None:
    path = f"comparisons/openness/{part}.yaml"
    (found,) = resolved({**COMPARISON, path: ""})[1]
    assert (found.code.value, found.span.path) == ("missing-key", f"content/{path}")


@pytest.mark.parametrize("key", ["editions", "levels", "groups", "subjects"])
def test_a_comparison_of_nothing_is_refused(key: str) -> None:
    head, _, rest = COMPARISON[COMP].partition(f"{key}:\n")
    kept = [line for line in rest.splitlines(keepends=True) if line[0] != " "]
    after = rest[rest.index(kept[0]) :] if kept else ""
    empty = "{}" if key in {"levels", "groups"} else "[]"
    assert "bad-value" in codes({**COMPARISON, COMP: f"{head}{key}: {empty}\n{after}"})
