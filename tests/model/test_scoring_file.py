"""What `scoring.yaml` must not say: each fault with its line, its code and what is told."""

from fractions import Fraction

import pytest

from tests.model.test_published_shapes import CLASSES, OPENNESS, RIGHTS, A, standings
from tests.small_site import Files, resolved, site_of

SCORING = "comparisons/index/scoring.yaml"


def faults(files: Files, scoring: str) -> list[tuple[str, int, str]]:
    """Score by another file; return code, line and message of what is wrong."""
    _, found = resolved({**files, SCORING: scoring})
    return [(item.code.value, item.span.line, item.message) for item in found]


@pytest.mark.parametrize(
    ("scoring", "code", "line", "message"),
    [
        (
            (
                "aggregate: weighted-mean\nnodes:\n  availability: {weight: 0}\n"
                "  documents: {weight: 0}\n"
            ),
            "weightless-heading",
            3,
            "the weights below the comparison sum to nothing: `availability`, `documents`",
        ),
        (
            "aggregate: weighted-mean\nnodes:\n  availability: {weight: -1}\n",
            "bad-value",
            3,
            "the weight of `availability` is -1, expected 0 or more",
        ),
        (
            (
                "aggregate: mean\nalternatives:\n  - {id: none, title: None,"
                " weights: {availability: 0, documents: 0}}\n"
            ),
            "weightless-heading",
            3,
            (
                "the weights below the comparison sum to nothing in `none`: `availability`,"
                " `documents`"
            ),
        ),
        (
            "aggregate: mean\nnodes:\n  availabilty: {weight: 2}\n",
            "dangling-reference",
            3,
            "`availabilty` is not a criterion of this comparison",
        ),
        (
            "aggregate: mean\ninherits:\n  paper: card\n  card: sheet\n  sheet: paper\n",
            "cyclic-inheritance",
            3,
            "`paper` inherits from itself: `paper` → `card` → `sheet` → `paper`",
        ),
        (
            "aggregate: mean\ninherits:\n  paper: availability\n",
            "bad-value",
            3,
            "`availability` is a heading, which has no answer to inherit",
        ),
        (
            "aggregate: mean\nsubstitutes:\n  paper: [card]\n",
            "bad-value",
            3,
            "`paper` has a substitute, which only a class of a ladder takes",
        ),
        (
            "aggregate: mean\ngates:\n  - {criterion: code, is: [closd], cap: 50}\n",
            "outside-rubric",
            3,
            "`closd` is no level of `code`",
        ),
        (
            "aggregate: mean\ngates:\n  - {criterion: documents, is: [closed], cap: 50}\n",
            "outside-rubric",
            3,
            "`closed` is no level of `documents`",
        ),
        (
            "aggregate: mean\ngates:\n  - {criterion: code, cap: 50}\n",
            "bad-value",
            3,
            "a gate needs one condition, `is` or `below`",
        ),
        (
            "aggregate: mean\ngates:\n  - {criterion: code, is: [closed], class: best}\n",
            "bad-value",
            3,
            "a gate limits the `class` of a ladder, and the `cap` of any other score",
        ),
        (
            (
                "aggregate: mean\nleft_out: [documents]\ngates:\n"
                "  - {criterion: documents, below: 1, cap: 50}\n"
            ),
            "bad-value",
            4,
            "the gate asks for `documents`, a heading that is left out",
        ),
        ("aggregate: mean\nscale: 0\n", "bad-value", 1, "`scale` is 0, expected more than 0"),
        (
            "aggregate: mean\nrounding: {digits: 12}\n",
            "bad-value",
            2,
            "`digits` is 12, expected 0 to 9",
        ),
        (
            "aggregate: mean\nnot_applicable: bounds\n",
            "bad-value",
            1,
            "`not_applicable` is `bounds`, expected `exclude` or `zero`",
        ),
        ("aggregate: ladder\n", "bad-value", 1, "the scoring has no `classes`"),
    ],
)
def test_a_scoring_file_that_cannot_score_is_reported(
    scoring: str, code: str, line: int, message: str
) -> None:
    assert faults(OPENNESS, scoring) == [(code, line, message)]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            "left_out: [licence]",
            "left_out: [licence, paper]",
            "`paper` stands in for `report`, but is left out",
        ),
        (
            "left_out: [licence]",
            "left_out: [licence, code]",
            "`class-2` requires `code`, which is left out",
        ),
        (
            "left_out: [licence]",
            "left_out: [licence]\nunknown: exclude",
            "`unknown` is `exclude`, but a ladder awards no class for what is not known",
        ),
        (
            "left_out: [licence]",
            "left_out: [licence]\nalternatives: [{id: x, title: X, weights: {code: 2}}]",
            "the weighting `x` changes nothing: a ladder weighs nothing",
        ),
        (
            "requires: [code]",
            "requires: [{criterion: code, at_least: mostly}]",
            "`mostly` is no level of `code`",
        ),
    ],
)
def test_a_ladder_that_cannot_be_climbed_as_declared_is_reported(
    before: str, after: str, message: str
) -> None:
    found = [item for _, _, item in faults(CLASSES, CLASSES[SCORING].replace(before, after))]
    assert message in found


def test_an_heir_must_know_the_levels_that_it_may_inherit() -> None:
    files = {
        **OPENNESS,
        "comparisons/index/criteria.yaml": "criteria:\n  - {id: code, title: Code}\n"
        "  - {id: paper, title: Paper, rubric: {open: {label: Open, points: 1}}}\n",
    }
    (first, *_) = faults(files, "inherits:\n  paper: code\n")
    assert first[0] == "outside-rubric"
    assert "which its rubric does not hold" in first[2]


# What a scoring file may say


def test_a_gate_may_ask_what_is_left_out_of_the_score() -> None:
    gate = (
        "aggregate: mean\nscale: 100\nleft_out: [sheet]\n"
        "gates:\n  - {criterion: sheet, is: [closed], cap: 30}\n"
    )
    found = standings({**OPENNESS, SCORING: gate})
    assert {key: item.score.value for key, item in found.items()} == {
        "a": 30,  # 87.5 without the gate: its data sheet is closed
        "b": 30,
        "c": Fraction(125, 2),  # its data sheet is not known, so no gate holds yet
    }
    assert (found["c"].score.low, found["c"].score.high) == (30, Fraction(125, 2))


def test_a_gate_may_ask_for_the_points_of_what_is_left_out() -> None:
    gate = (
        "aggregate: mean\nscale: 100\nunknown: exclude\nleft_out: [sheet]\n"
        "gates:\n  - {criterion: sheet, below: 50, cap: 30}\n"
    )
    found = standings({**OPENNESS, SCORING: gate})
    assert (found["a"].score.value, found["c"].score.value) == (30, Fraction(125, 2))


def test_a_substitute_must_reach_no_more_than_what_it_stands_in_for() -> None:
    scoring = CLASSES[SCORING].replace(
        "weights-licence, report]",
        "weights-licence, {criterion: report, at_least: restricted}]",
    )
    files = {**CLASSES, SCORING: scoring, A: CLASSES[A].replace("paper: open", "paper: restricted")}
    found = standings(files)
    assert next((item.met, item.of) for item in found["a"].score.progress) == (3, 3)


def test_raters_may_disagree_on_a_number_and_each_rating_is_checked() -> None:
    cell = "policy-1: {value: 100, ratings: [{rater: First, value: 50}, {rater: B, value: 100}]}"
    files = {**RIGHTS, A: RIGHTS[A].replace("policy-1: 100", cell)}
    ratings = site_of(files).comparisons["index"].cells["now", "a", "policy-1"].ratings
    assert [(item.rater, str(item.value)) for item in ratings] == [("First", "50"), ("B", "100")]
    wrong = {**files, A: files[A].replace("value: 50", "value: 500")}
    assert [item.code.value for item in resolved(wrong)[1]] == ["outside-rubric"]


def test_levels_without_a_mark_have_the_one_that_fits_their_points() -> None:
    levels = site_of(OPENNESS).comparisons["index"].levels("code")
    assert {key: level.shape.value for key, level in levels.items()} == {
        "open": "open",
        "partial": "partly",
        "closed": "closed",
    }
