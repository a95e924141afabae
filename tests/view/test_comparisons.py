"""What the pages of a comparison say: places with their range, pairs, groups, parts, changes."""

from typing import Any

from alliance_site.model import ALL_PAIRS, PART_SUBJECTS
from tests.small_pages import pages_of, view_at
from tests.small_site import BASE, COMPARISON, organization

COMP = "comparisons/openness/comparison.yaml"
CRITERIA = "comparisons/openness/criteria.yaml"
HOME = "/comparisons/openness/"


def with_scoring(text: str) -> dict[str, str]:
    return {**COMPARISON, "comparisons/openness/scoring.yaml": text}


def test_a_place_has_the_range_that_unknown_answers_leave_open() -> None:
    rows = view_at(HOME, COMPARISON).rankings[0].rows
    assert [(row.subject.text, row.rank, row.between, row.could_be) for row in rows] == [
        ("Acme", "1", "", ""),
        ("Globex", "2", "", "0.0–1.0"),
        ("Zeta", "2", "2–3", ""),
    ]


def test_a_place_has_the_range_over_other_weightings() -> None:
    scoring = (
        "aggregate: sum\nalternatives:\n  - {id: code, title: Code alone, weights: {weights: 0}}\n"
    )
    row = view_at(HOME, with_scoring(scoring)).rankings[0].rows[0]
    assert (row.rank, row.between, row.others) == ("1", "1–2", ("1 (1–2)",))


def test_a_pair_shows_first_where_two_differ() -> None:
    view = view_at(f"{HOME}pairs/zeta/acme/", COMPARISON)
    assert [row.head.text for row in view.differing] == ["Weights", "Code"]
    assert view.finding == "Acme is ahead on 2 of 2 criteria and Zeta on none; they agree on 0."


def test_what_is_not_known_of_one_is_neither_a_difference_nor_agreement() -> None:
    view = view_at(f"{HOME}pairs/zeta/globex/", COMPARISON)
    assert [row.head.text for row in view.same] == ["Weights"]
    assert [row.head.text for row in view.undecided] == ["Code"]


def test_groups_are_set_against_each_other_with_the_widest_gap_first() -> None:
    view = view_at(f"{HOME}groups/outside/inside/", COMPARISON)
    assert [(row.head.text, row.shares, row.gap) for row in view.rows] == [
        ("Weights", ("0", "50"), "−50"),
        ("Code", ("", "25"), ""),
    ]


def test_answers_of_a_group_are_counted_in_the_order_of_the_levels() -> None:
    view = view_at(f"{HOME}groups/outside/inside/", COMPARISON)
    counts = [
        [(item.mark, item.text, item.count) for item in side]
        for row in view.rows
        for side in row.counts
    ]
    assert counts == [
        [("closed", "Closed", 1)],
        [("open", "Open", 1), ("closed", "Closed", 1)],
        [("unknown", "Not known", 1)],
        [("partly", "Partly", 1), ("closed", "Closed", 1)],
    ]
    assert [level.text for level in view.levels] == ["Open", "Partly", "Closed", "Not known"]


def test_a_group_has_a_page_that_shows_its_columns_alone() -> None:
    view = view_at(f"{HOME}groups/inside/", COMPARISON)
    assert [item.text for item in view.matrix.columns] == ["Acme", "Zeta"]


def test_an_answer_has_a_page_that_shows_its_cells_alone() -> None:
    view = view_at(f"{HOME}values/open/", COMPARISON)
    assert [row.head.text for row in view.matrix.rows] == ["Weights"]
    assert [cell.word for cell in view.matrix.rows[0].cells] == ["", "Open", ""]


def test_a_filter_says_how_much_is_left_and_where_its_page_is() -> None:
    groups, headings, values = view_at(HOME, COMPARISON).filters
    assert [(item.text, item.url, item.count) for item in groups.links] == [
        ("Outside", "/comparisons/openness/groups/outside/", 1),
        ("Inside", "/comparisons/openness/groups/inside/", 2),
    ]
    assert [item.filter for item in headings.links] == ["heading:model"]
    assert [(item.text, item.filter, item.count) for item in values.links] == [
        ("Open", "value:Open", 1),
        ("Partly", "value:Partly", 1),
        ("Closed", "value:Closed", 3),
        ("Not known", "value:Not known", 1),
    ]


def test_members_of_one_alliance_are_set_against_those_of_another() -> None:
    alliance = (
        "---\nname: {}\nfounded: 2023\nsummary: A guild.\nevidence: launch-note\n---\nText.\n"
    )
    membership = "  - {{alliance: {}, role: member, evidence: launch-note}}\n"
    organization = (
        "name: {}\nclassification: company\nsummary: A maker.\nevidence: launch-note\n"
        "memberships:\n"
    )
    files = {
        **COMPARISON,
        COMP: COMPARISON[COMP]
        .replace("name: Zeta,", "name: Zeta, organization: zeta,")
        .replace("name: Globex,", "name: Globex, organization: globex,"),
        "alliances/guild.md": alliance.format("Guild"),
        "organizations/zeta.yaml": organization.format("Zeta")
        + membership.format("commons")
        + membership.format("guild"),
        "organizations/globex.yaml": organization.format("Globex") + membership.format("guild"),
    }
    view = view_at(f"{HOME}groups/members-of-commons/members-of-guild/", files)
    assert [[link.text for link in side] for side in view.members] == [
        ["Zeta", "Acme"],
        ["Zeta", "Globex"],
    ]
    assert [link.text for link in view.shared] == ["Zeta"]


def test_a_criterion_says_how_it_is_graded() -> None:
    criteria = """\
criteria:
  - {id: model, title: Model}
  - id: weights
    title: Delay
    parent: model
    type: number
    unit: days
    range: {from: 0, to: 365}
    direction: lower
    points: {from: 0, to: 5}
    weight: 2
    applies_to: [inside]
  - {id: code, title: Code, parent: model}
"""
    files = {**COMPARISON, CRITERIA: criteria}
    files["comparisons/openness/scoring.yaml"] = "aggregate: sum\nleft_out: [code]\n"
    for name in ("acme", "zeta"):
        files[f"comparisons/openness/cells/{name}.yaml"] = (
            "cells: {weights: 30, code: open}\nevidence: launch-note\n"
        )
    files["comparisons/openness/cells/globex.yaml"] = "cells: {code: open}\nevidence: launch-note\n"
    assert view_at(f"{HOME}criteria/weights/", files).grading == (
        "Answered with a number in days from 0 to 365; less is better; it counts 0 to 5 points.",
        "Asked of Inside only.",
        "It weighs 2 in the score of its heading.",
    )
    code = view_at(f"{HOME}criteria/code/", files)
    assert code.grading == ("Shown, and not counted in the score.",)
    assert [(item.text, item.points) for item in code.levels[:3]] == [
        ("Open", "1"),
        ("Partly", "0.5"),
        ("Closed", "0"),
    ]


def test_a_number_stands_in_the_table_without_a_mark() -> None:
    files = {
        **COMPARISON,
        CRITERIA: COMPARISON[CRITERIA].replace("{id: code,", "{id: code, type: number,"),
    }
    for name in ("acme", "globex", "zeta"):
        path = f"comparisons/openness/cells/{name}.yaml"
        files[path] = "cells: {weights: open, code: 75}\nevidence: launch-note\n"
    rows = view_at(HOME, files).matrix.rows
    assert [[(cell.mark, cell.word) for cell in row.cells][:1] for row in rows] == [
        [("open", "Open")],
        [("plain", "75")],
    ]


def test_criteria_of_one_title_are_told_apart_by_their_headings() -> None:
    criteria = (
        "criteria:\n  - {id: a, title: Model}\n  - {id: b, title: Data}\n"
        "  - {id: weights, title: Open, parent: a}\n  - {id: code, title: Open, parent: b}\n"
    )
    rows = view_at(HOME, {**COMPARISON, CRITERIA: criteria}).matrix.rows
    assert [row.head.text for row in rows] == ["Model: Open", "Data: Open"]


def test_answers_in_numbers_are_no_parts_of_a_bar() -> None:
    criteria = (
        "criteria:\n  - {id: weights, title: A, type: number}\n"
        "  - {id: code, title: B, type: number}\n"
    )
    files = {**COMPARISON, CRITERIA: criteria}
    for name in ("acme", "globex", "zeta"):
        files[f"comparisons/openness/cells/{name}.yaml"] = (
            "cells: {weights: 5, code: {absence: not_applicable}}\nevidence: launch-note\n"
        )
    view = view_at(HOME, files)
    assert view.bars == ()
    assert [item.text for item in view.levels] == ["Not applicable"]


def test_a_class_says_what_it_asks_and_what_may_stand_in_for_it() -> None:
    scoring = """\
aggregate: ladder
substitutes: {weights: [code]}
classes:
  - {id: low, label: Low, requires: [{criterion: weights, at_least: partly}]}
  - {id: high, label: High, description: All of it., requires: [model]}
"""
    ranking = view_at(HOME, with_scoring(scoring)).rankings[0]
    assert [
        (item.title, item.description, [one.needed.text for one in item.demands])
        for item in ranking.classes
    ] == [("Low", "", ["Weights"]), ("High", "All of it.", ["Model"])]
    (demand,) = ranking.classes[0].demands
    assert (demand.at_least, [link.text for link in demand.substitutes]) == ("partly", ["Code"])


def large(count: int, criteria: int = 40) -> dict[str, str]:
    """Make a comparison of many subjects, all open but the last."""
    head, _, rest = COMPARISON[COMP].partition("subjects:\n")
    _, _, end = rest.partition("editions:\n")
    names = [f"s{n:03}" for n in range(count)]
    subjects = "".join(f"  - {{id: {name}, name: {name}, group: inside}}\n" for name in names)
    asked = [f"c{n:02}" for n in range(criteria)]
    files = {
        COMP: f"{head}subjects:\n{subjects}editions:\n{end}",
        CRITERIA: "criteria:\n" + "".join(f"  - {{id: {key}, title: {key}}}\n" for key in asked),
    }
    for number, name in enumerate(names):
        levels = ["open" if place >= number else "closed" for place in range(criteria)]
        cells = ", ".join(f"{key}: {level}" for key, level in zip(asked, levels, strict=True))
        path = f"comparisons/openness/cells/{name}.yaml"
        files[path] = f"cells: {{{cells}}}\nevidence: launch-note\n"
    return {**dict.fromkeys(COMPARISON, ""), **files}


def addresses(files: dict[str, str], part: str) -> list[str]:
    return [page.url for page in pages_of(files) if page.url.startswith(f"{HOME}{part}/")]


def test_a_large_table_is_cut_into_parts_that_a_phone_can_hold() -> None:
    files = large(PART_SUBJECTS + 5)
    assert addresses(files, "table") == [f"{HOME}table/criteria/", f"{HOME}table/criteria/2/"]
    assert view_at(HOME, files).matrix is None
    part: Any = view_at(f"{HOME}table/criteria/2/", files)
    assert (len(part.matrix.columns), len(part.matrix.rows)) == (5, 40)
    assert part.dek.endswith("and subjects 26 to 30, s025 to s029.")


def test_every_pair_of_a_few_subjects_has_a_page() -> None:
    assert len(addresses(large(ALL_PAIRS, 2), "pairs")) == ALL_PAIRS * (ALL_PAIRS - 1) // 2


def test_of_many_subjects_neighbours_in_the_ranking_have_a_page() -> None:
    count = ALL_PAIRS + 1
    found = addresses(large(count, count), "pairs")
    assert found[0] == f"{HOME}pairs/s000/s001/"
    assert len(found) == count - 1


def test_declared_pairs_are_the_ones_that_have_a_page() -> None:
    files = {**COMPARISON, COMP: COMPARISON[COMP] + "pairs: [[globex, acme]]\n"}
    assert addresses(files, "pairs") == [f"{HOME}pairs/acme/globex/"]


EDITIONS = {
    **COMPARISON,
    COMP: COMPARISON[COMP].replace(
        "  - {id: 2024, title: 2024, as_of: 2024-06}\n",
        "  - {id: 2023, title: 2023, as_of: 2023-06}\n"
        "  - id: 2024\n    title: 2024\n    as_of: 2024-06\n"
        "    breaks: [{from_edition: 2023, reason: Code is asked anew.}]\n",
    ),
    CRITERIA: """\
criteria:
  - {id: weights, title: Weights}
  - {id: code, title: Code, editions: [2023]}
  - {id: new-code, title: Code, editions: [2024], predecessor: code, comparable: no}
""",
    "comparisons/openness/cells/acme.yaml": (
        "editions:\n  2023: {weights: closed, code: open}\n"
        "  2024: {weights: open, new-code: closed}\nevidence: launch-note\n"
    ),
    "comparisons/openness/cells/globex.yaml": (
        "editions:\n  2024: {weights: open, new-code: closed}\nevidence: launch-note\n"
    ),
    "comparisons/openness/cells/zeta.yaml": (
        "editions:\n  2023: {weights: open, code: open}\n"
        "  2024: {weights: partly, new-code: open}\nevidence: launch-note\n"
    ),
}


def test_a_change_is_told_over_what_both_editions_have_in_common() -> None:
    (change,) = view_at(HOME, EDITIONS).changes
    assert [(row.subject.text, row.before, row.after, row.difference) for row in change.rows] == [
        ("Acme", "0.0", "1.0", "+1.0"),
        ("Zeta", "1.0", "0.5", "−0.5"),
    ]


def test_the_size_of_what_is_common_is_printed_and_the_break_named() -> None:
    (change,) = view_at(HOME, EDITIONS).changes
    assert change.universe == (
        "2 subjects (of 2 then and 3 now) and 1 of 2 criteria are in both editions and can be "
        "compared."
    )
    assert change.names == "2 of 2 criteria bear the same name in both; 1 of them ask the same."
    assert change.reason.text == "Code is asked anew."


def test_a_cell_shows_its_ratings_the_reply_and_when_it_is_due() -> None:
    cells = """\
cells:
  weights: open
  code:
    value: partly
    ratings:
      - {rater: First, value: open}
      - {rater: Second, value: closed, note: Not out yet.}
    reply: {by: acme, text: It is out., date: 2024-03, outcome: rejected}
    review_by: 2024-01
evidence: launch-note
"""
    files = {**COMPARISON, "comparisons/openness/cells/acme.yaml": cells}
    found = view_at(f"{HOME}subjects/acme/", files).editions[0].cells[1]
    assert [(item.rater, item.value) for item in found.ratings] == [
        ("First", "Open"),
        ("Second", "Closed"),
    ]
    assert (found.reply.by.text, found.reply.outcome) == ("Acme", "rejected")
    assert found.is_overdue


def test_a_promise_stands_beside_the_answers_that_say_something_of_it() -> None:
    objective = (
        "---\nalliance: commons\nnumber: 1\ntitle: Open models\nfirst_seen: 2024\n"
        "status: under-way\nevidence: none\n---\n"
    )
    criteria = COMPARISON[CRITERIA].replace(
        "{id: weights,", "{id: weights, objectives: [open-models],"
    )
    acme = "name: Acme\nclassification: company\nsummary: A maker.\nevidence: launch-note\n"
    files = {
        **COMPARISON,
        CRITERIA: criteria,
        "objectives/open-models.md": objective,
        "organizations/acme.yaml": f"{acme}contributes_to: [open-models]\n",
    }
    (promise,) = view_at(f"{HOME}subjects/acme/", files).promises
    assert (promise.objective.text, promise.status) == ("Open models", "Under way")
    assert [cell.title for cell in promise.cells] == ["Weights"]


def test_an_answer_may_be_a_number_a_text_or_several_values() -> None:
    criteria = """\
criteria:
  - {id: weights, title: Size, type: number, unit: GB}
  - id: code
    title: Code
    type: multi
    rubric: {git: {label: Git, points: 1}, tar: {label: Archive, points: 1}}
"""
    files = {**COMPARISON, CRITERIA: criteria}
    for name in ("acme", "globex", "zeta"):
        files[f"comparisons/openness/cells/{name}.yaml"] = (
            "cells: {weights: 1200.5, code: [git, tar]}\nevidence: launch-note\n"
        )
    cells = view_at(f"{HOME}subjects/acme/", files).editions[0].cells
    assert [item.value.headline.text for item in cells] == ["1,200.5 GB", "Git, Archive"]


def test_the_two_answers_of_a_pair_say_what_they_rest_on() -> None:
    view = view_at(f"{HOME}pairs/zeta/acme/", COMPARISON)
    (row, *_) = view.differing
    assert [cell.shown.word for cell in row.cells] == ["Closed", "Open"]
    assert [cell.grounds.citations.marks[0].number for cell in row.cells] == [1, 1]
    assert [source.title for source in view.sources] == ["The launch note"]


def working_of(scoring: str, subject: str = "acme") -> str:
    rows = view_at("/receipts/comparisons/openness/", with_scoring(scoring)).receipts
    return next(str(row.working) for row in rows if row.anchor == f"score/openness/2024/{subject}")


def test_a_score_is_written_out_in_exact_numbers() -> None:
    flat = {
        CRITERIA: "criteria:\n"
        + "".join(
            f"  - {{id: {key}, title: {key}, question: Is it?}}\n" for key in ("weights", "code")
        )
    }
    weights = "nodes: {weights: {weight: 2}, code: {weight: 1}}\n"
    scoring = f"aggregate: weighted-mean\nscale: 100\n{weights}"
    files = with_scoring(scoring) | flat
    rows = view_at("/receipts/comparisons/openness/", files).receipts
    found = {row.anchor: row.working for row in rows}
    assert found["score/openness/2024/acme"] == (
        "(100 × 2 + 50) ÷ 3 = 83 1/3, shown as 83"  # noqa: RUF001 - the sign as printed
    )
    rule = view_at(HOME, files).rankings[0].rule
    assert rule.startswith(
        "The score is the weighted mean of the headings, which weigh: weights 2, code 1; "
    )


def test_a_score_of_one_part_has_no_calculation() -> None:
    assert working_of("aggregate: sum\n") == ""


def test_an_answer_of_a_later_day_than_its_edition_is_named() -> None:
    later = "cells: {weights: {value: open, valid: {from: 2024-09}}, code: partly}\n"
    files = COMPARISON | {"comparisons/openness/cells/acme.yaml": f"{later}evidence: launch-note\n"}
    assert view_at(HOME, COMPARISON).newest is None
    assert view_at(HOME, files).newest.text == "September 2024"
    assert view_at(f"{HOME}pairs/zeta/acme/", files).newest.text == "September 2024"
    assert view_at(f"{HOME}pairs/zeta/globex/", files).newest is None


def test_a_comparison_says_how_many_members_it_compares() -> None:
    coverage = view_at(HOME, COMPARISON | BETA).coverage
    assert (coverage.compared, coverage.total) == (1, 2)
    assert view_at(HOME, COMPARISON).coverage is None


def test_a_member_that_no_comparison_has_says_so() -> None:
    files = COMPARISON | BETA | {"site.yaml": f"{BASE['site.yaml']}comparison: openness\n"}
    assert view_at("/organizations/beta/", files).not_compared.text == "Openness"
    assert view_at("/organizations/acme/", files).not_compared is None


def test_a_profile_measures_the_answers_that_it_shows() -> None:
    alone = view_at("/organizations/acme/").frame.meter
    meter = view_at("/organizations/acme/", COMPARISON).frame.meter
    assert int(meter.values) == int(alone.values) + 2


BETA = {
    "organizations/beta.yaml": organization(
        "Beta", "memberships:\n  - {alliance: commons, role: member, evidence: none}\n"
    )
}
