"""Three shapes of published indexes, each declared in YAML alone; the subjects are made up."""

from fractions import Fraction
from typing import Any

from tests.small_site import resolved, site_of

A, B, C = (f"comparisons/index/cells/{name}.yaml" for name in ("a", "b", "c"))
COMPARISON = """\
title: Index
question: How much is met?
summary: An index.
{levels}groups:
  all: {{title: All}}
subjects:
  - {{id: a, name: A, group: all}}
  - {{id: b, name: B, group: all}}
  - {{id: c, name: C, group: all}}
editions:
  - {{id: now, title: Now, as_of: 2024-06}}
"""


def index(levels: str, criteria: str, scoring: str, **cells: str) -> dict[str, str]:
    files = {
        "comparisons/index/comparison.yaml": COMPARISON.format(levels=levels),
        "comparisons/index/criteria.yaml": f"criteria:\n{criteria}",
        "comparisons/index/scoring.yaml": scoring,
    }
    for name, text in cells.items():
        files[f"comparisons/index/cells/{name}.yaml"] = f"cells:\n{text}evidence: launch-note\n"
    return files


def standings(files: dict[str, str]) -> Any:
    return site_of(files).comparisons["index"].boards["now"].standings


# Open, partial and closed at 1, 0.5 and 0

OPENNESS = index(
    """\
levels:
  open: {label: Open, points: 1}
  partial: {label: Partial, points: 0.5}
  closed: {label: Closed, points: 0}
""",
    """\
  - {id: availability, title: Availability}
  - {id: code, title: Code, parent: availability}
  - {id: weights, title: Weights, parent: availability}
  - {id: documents, title: Documents}
  - {id: paper, title: Paper, parent: documents}
  - {id: card, title: Card, parent: documents}
  - {id: sheet, title: Sheet, parent: documents}
""",
    "aggregate: mean\nscale: 100\nrounding: {digits: 1, mode: half-up}\nunknown: zero\n",
    a="  {code: open, weights: open, paper: open, card: partial, sheet: closed}\n",
    b="  {code: partial, weights: open, paper: closed, card: closed, sheet: closed}\n",
    c="  {code: closed, weights: partial, paper: {absence: not_applicable}, card: open, "
    "sheet: {absence: unknown}}\n",
)


def test_open_partial_and_closed_count_1_and_a_half_and_nothing() -> None:
    found = standings(OPENNESS)
    assert {key: item.score.value for key, item in found.items()} == {
        "a": Fraction(75),
        "b": Fraction(75, 2),
        "c": Fraction(75, 2),
    }


def test_what_is_not_applicable_leaves_the_denominator() -> None:
    assert standings(OPENNESS)["c"].score.counted["documents"] == Fraction(50)


def test_a_tie_is_a_tie_and_its_range_says_what_unknown_cells_could_do() -> None:
    found = standings(OPENNESS)
    assert [(item.rank, item.ties) for item in found.values()] == [(1, 0), (2, 1), (2, 1)]
    c = found["c"]
    assert (c.score.low, c.score.high) == (Fraction(75, 2), Fraction(125, 2))
    assert (c.range.best, c.range.worst, found["b"].range.worst) == (2, 2, 3)


def test_a_score_is_rounded_once_when_it_is_shown() -> None:
    assert str(site_of(OPENNESS).comparisons["index"].score("now", "b")) == "37.5"


# Elements from 0 to 100 under indicators under categories: means of means

RIGHTS = index(
    "",
    """\
  - {id: governance, title: Governance}
  - {id: policy, title: Policy, parent: governance}
  - {id: policy-1, title: First, parent: policy, type: number, range: {from: 0, to: 100}}
  - {id: policy-2, title: Second, parent: policy, type: number, range: {from: 0, to: 100}}
  - {id: oversight, title: Oversight, parent: governance}
  - {id: oversight-1, title: First, parent: oversight, type: number, range: {from: 0, to: 100}}
  - {id: oversight-2, title: Second, parent: oversight, type: number, range: {from: 0, to: 100}}
  - {id: oversight-2a, title: Part, parent: oversight, type: number, range: {from: 0, to: 100}}
  - {id: privacy, title: Privacy}
  - {id: privacy-1, title: First, parent: privacy, type: number, range: {from: 0, to: 100}}
""",
    "aggregate: mean\nleft_out: [oversight-2a]\nrounding: {digits: 2, mode: half-even}\n",
    a="  {policy-1: 100, policy-2: 50, oversight-1: 0, oversight-2: {absence: not_applicable}, "
    "oversight-2a: 100, privacy-1: 33.3}\n",
    b="  {policy-1: {absence: not_applicable}, policy-2: {absence: not_applicable}, "
    "oversight-1: 50, oversight-2: 100, oversight-2a: 0, privacy-1: 75}\n",
    c="  {policy-1: 0, policy-2: 0, oversight-1: 0, oversight-2: 0, oversight-2a: 100, "
    "privacy-1: 0}\n",
)


def test_elements_make_indicators_and_those_categories_and_those_the_whole() -> None:
    counted = standings(RIGHTS)["a"].score.counted
    assert (counted["policy"], counted["oversight"]) == (Fraction(75), Fraction(0))
    assert counted["governance"] == Fraction(75, 2)
    assert counted[""] == (Fraction(75, 2) + Fraction(333, 10)) / 2


def test_an_indicator_none_of_whose_elements_applies_is_not_counted_above() -> None:
    counted = standings(RIGHTS)["b"].score.counted
    assert (counted["policy"], counted["governance"]) == (None, Fraction(75))


def test_what_is_left_out_is_shown_and_does_not_count() -> None:
    comparison = site_of(RIGHTS).comparisons["index"]
    assert "oversight-2a" in {item.id for item in comparison.questions("now")}
    assert "oversight-2a" not in comparison.boards["now"].standings["c"].score.counted


def test_a_number_outside_its_range_is_reported() -> None:
    files = {**RIGHTS, A: RIGHTS[A].replace("policy-1: 100", "policy-1: 101")}
    (found,) = resolved(files)[1]
    assert (found.code.value, found.span.line) == ("outside-rubric", 2)


# Classes III, II and I, each needing all of its components

CLASSES = index(
    """\
levels:
  open: {label: Open licence, points: 1}
  restricted: {label: Restricted, points: 0.5}
  none: {label: Not released, points: 0}
""",
    """\
  - {id: licence, title: Licence of the whole}
  - {id: weights, title: Weights}
  - {id: weights-licence, title: Licence of the weights}
  - {id: report, title: Technical report}
  - {id: paper, title: Research paper}
  - {id: code, title: Training code}
  - {id: data, title: Data}
""",
    """\
aggregate: ladder
inherits: {weights-licence: licence}
substitutes: {report: [paper]}
left_out: [licence]
classes:
  - id: class-3
    label: Class III
    requires: [weights, weights-licence, report]
  - id: class-2
    label: Class II
    requires: [code]
  - id: class-1
    label: Class I
    requires: [paper, data]
""",
    a="  {licence: open, weights: open, report: none, paper: open, code: open, data: open}\n",
    b="  {licence: open, weights: open, weights-licence: restricted, report: open, paper: none, "
    "code: open, data: open}\n",
    c="  {licence: open, weights: open, report: none, paper: open, code: {absence: unknown}, "
    "data: open}\n",
)


def test_a_class_needs_all_of_its_components_and_all_below() -> None:
    found = standings(CLASSES)
    assert {key: item.score.value for key, item in found.items()} == {"a": 3, "c": 1, "b": 0}


def test_a_licence_is_inherited_from_the_whole_unless_a_part_has_its_own() -> None:
    comparison = site_of(CLASSES).comparisons["index"]
    inherited = comparison.cells["now", "a", "weights-licence"]
    assert (inherited.statements[0].value, inherited.inherited_from) == ("open", "licence")
    assert comparison.cells["now", "b", "weights-licence"].statements[0].value == "restricted"


def test_one_kind_of_document_stands_in_for_another() -> None:
    progress = standings(CLASSES)["a"].score.progress
    assert [(item.id, item.met, item.of) for item in progress] == [
        ("class-3", 3, 3),
        ("class-2", 1, 1),
        ("class-1", 2, 2),
    ]


def test_an_unknown_component_awards_no_class_and_leaves_the_higher_ones_open() -> None:
    c = standings(CLASSES)["c"]
    assert (c.score.value, c.score.low, c.score.high) == (1, 1, 3)
    assert (c.rank, c.range.best, c.range.worst) == (2, 1, 2)


def test_a_gate_caps_the_class() -> None:
    gate = "gates:\n  - {criterion: data, is: [open], class: class-2, reason: A test.}\n"
    files = {**CLASSES}
    files["comparisons/index/scoring.yaml"] += gate
    assert standings(files)["a"].score.value == 2


def test_a_gate_caps_the_score() -> None:
    gate = "gates:\n  - {criterion: availability, below: 80, cap: 30, reason: A test.}\n"
    files = {**OPENNESS}
    files["comparisons/index/scoring.yaml"] += gate
    found = standings(files)
    assert (found["a"].score.value, found["b"].score.value) == (75, 30)
    assert (found["b"].score.limited_by, found["a"].score.limited_by) == ((0,), ())
