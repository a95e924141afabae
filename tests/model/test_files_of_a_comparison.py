"""A comparison is what its files say: in whatever order they come, and however often."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_site.model import Comparison, join_comparison
from alliance_site.model.records import Basis
from tests.model.test_published_shapes import CLASSES, OPENNESS, RIGHTS
from tests.small_site import COMPARISON, Files, resolved, structured

SHAPES = {"levels": OPENNESS, "numbers": RIGHTS, "classes": CLASSES, "plain": COMPARISON}


def joined(files: Files, order: list[str]) -> Comparison:
    """Join files in an order, of which any may come more than once."""
    found, faults = join_comparison("index", [structured(path, files[path])[0] for path in order])
    assert faults == ()
    assert found is not None
    return found


@given(st.sampled_from(sorted(SHAPES)), st.data())
def test_neither_order_nor_repetition_of_files_changes_a_comparison(name: str, data: Any) -> None:
    files = SHAPES[name]
    order = data.draw(st.permutations(sorted(files)))
    again = data.draw(st.lists(st.sampled_from(sorted(files)), max_size=4))
    first, second = joined(files, sorted(files)), joined(files, [*order, *again])
    assert second == first
    assert second.boards == first.boards


def test_a_break_stands_with_the_later_of_its_two_editions() -> None:
    path = "comparisons/openness/comparison.yaml"
    editions = (
        "  - {id: 2023, title: 2023, as_of: 2023-06,"
        " breaks: [{from_edition: 2024, reason: Asked anew.}]}\n"
        "  - {id: 2024, title: 2024, as_of: 2024-06}\n"
    )
    head, _, _ = COMPARISON[path].partition("editions:\n")
    files = {**COMPARISON, path: f"{head}editions:\n{editions}"}
    for name in ("acme", "globex", "zeta"):
        cells = "{2023: {weights: open, code: open}, 2024: {weights: open, code: open}}"
        files[f"comparisons/openness/cells/{name}.yaml"] = (
            f"editions: {cells}\nevidence: launch-note\n"
        )
    (found,) = resolved(files)[1]
    assert (found.code.value, found.message) == (
        "dates-reversed",
        "the break of `2023` is from `2024`, which is no earlier edition",
    )


@pytest.mark.parametrize(
    ("word", "absence"),
    [("not_applicable", "not_applicable"), ("N/A", "not_applicable"), ("unknown", "unknown")],
)
def test_a_reason_written_as_an_answer_is_told_how_it_is_written(word: str, absence: str) -> None:
    path = "comparisons/openness/cells/acme.yaml"
    files = {**COMPARISON, path: COMPARISON[path].replace("code: partly", f"code: {word}")}
    (found,) = resolved(files)[1]
    assert found.hint == (f"to say that there is no answer, write `{{absence: {absence}}}`")


def test_the_basis_of_a_file_is_that_of_its_answers_but_of_those_that_name_one() -> None:
    path = "comparisons/openness/cells/acme.yaml"
    told = "cells:\n  weights: open\n  code: {value: open, basis: derived}\n"
    files = {**COMPARISON, path: f"{told}evidence: launch-note\nbasis: independent\n"}
    cells = joined(files, sorted(files)).cells_by_subject["acme"].values()
    assert [item.basis for cell in cells for item in cell.statements] == [
        Basis.INDEPENDENT,
        Basis.DERIVED,
    ]


def test_what_is_not_known_has_no_basis() -> None:
    path = "comparisons/openness/cells/acme.yaml"
    told = "cells:\n  weights: {absence: unknown}\n  code: open\n"
    files = {**COMPARISON, path: f"{told}evidence: launch-note\nbasis: independent\n"}
    cells = joined(files, sorted(files)).cells_by_subject["acme"].values()
    assert [item.basis for cell in cells for item in cell.statements] == [None, Basis.INDEPENDENT]
