"""What charts find, in sentences that stay true when the data change."""

from typing import Any

import pytest

from alliance_site.chart import Bars, DotPlot, Matrix, Multiples, Slopes, Strip
from alliance_site.model import PartialDate
from alliance_site.view.chart import counted, inline, listed, share, year_ticks, years
from alliance_site.view.charts import make_chart
from alliance_site.view.parts import ChartView
from tests.small_pages import composer_of, pages_of, rows_of, view_at
from tests.small_site import COMPARISON, organization

SUBJECTS = {"zeta": "inside", "acme": "inside", "globex": "outside", "initech": "outside"}
CRITERIA = ("weights", "code", "data", "licence", "price")


def comparison(answers: dict[str, str]) -> dict[str, str]:
    """Write a comparison of four subjects, each with one letter an answer: o, p, c, ?."""
    words = {"o": "open", "p": "partly", "c": "closed", "?": "{absence: unknown}"}
    head = COMPARISON["comparisons/openness/comparison.yaml"].partition("groups:")[0]
    subjects = "\n".join(
        f"  - {{id: {key}, name: {key.capitalize()}, group: {group}}}"
        for key, group in SUBJECTS.items()
    )
    criteria = "\n".join(f"  - {{id: {key}, title: {key.capitalize()}}}" for key in CRITERIA)
    return {
        "comparisons/openness/comparison.yaml": f"{head}groups:\n  inside: {{title: Inside}}\n"
        f"  outside: {{title: Outside}}\nsubjects:\n{subjects}\n"
        "editions:\n  - {id: 2024, title: 2024, as_of: 2024-06}\n",
        "comparisons/openness/criteria.yaml": f"criteria:\n{criteria}\n",
        **{
            f"comparisons/openness/cells/{subject}.yaml": "cells:\n"
            + "".join(
                f"  {key}: {words[letter]}\n" for key, letter in zip(CRITERIA, letters, strict=True)
            )
            + "evidence: launch-note\n"
            for subject, letters in answers.items()
        },
    }


def chart(chart_id: str, files: dict[str, str]) -> Any:
    return make_chart(composer_of(files), chart_id)


def title(chart_id: str, files: dict[str, str]) -> str:
    found = chart(chart_id, files)
    assert isinstance(found, ChartView)
    return found.title


# Groups


@pytest.mark.parametrize(
    ("inside", "outside", "finding"),
    [
        (
            "oooop",
            "cccop",
            "80% of the answers of the inside group are open, 20% of those of the outside group",
        ),
        (
            "cccpc",
            "oopcc",
            "40% of the answers of the outside group are open, 0% of those of the inside group",
        ),
        ("opccc", "occcc", "20% of the answers are open, in every group"),
        (
            "oooo?",
            "occ??",
            (
                "100% of the known answers of the inside group are open, "
                "33% of those of the outside group"
            ),
        ),
    ],
)
def test_the_group_with_most_at_the_best_level_is_named_first(
    inside: str, outside: str, finding: str
) -> None:
    answers = {"zeta": inside, "acme": inside, "globex": outside, "initech": outside}
    assert title("openness-groups", comparison(answers)) == finding


def test_a_group_of_one_subject_is_drawn_and_not_compared() -> None:
    files = comparison({"zeta": "oooop", "acme": "oooop", "globex": "cccop", "initech": "cccop"})
    head = files["comparisons/openness/comparison.yaml"]
    alone = head.replace("subjects:\n", "  alone: {title: Alone}\nsubjects:\n").replace(
        "editions:", "  - {id: hooli, name: Hooli, group: alone}\neditions:"
    )
    files |= {
        "comparisons/openness/comparison.yaml": alone,
        "comparisons/openness/cells/hooli.yaml": "cells: {"
        + ", ".join(f"{key}: closed" for key in CRITERIA)
        + "}\nevidence: launch-note\n",
    }
    found = chart("openness-groups", files)
    assert found.title == (
        "80% of the answers of the inside group are open, 20% of those of the outside group"
    )
    assert [row[0] for row in found.rows] == ["Inside", "Outside", "Alone"]


def test_fewer_than_five_numbers_are_no_chart() -> None:
    answers = dict.fromkeys(SUBJECTS, "ooooo")
    assert chart("openness-groups", comparison(answers)) is None


def test_no_page_is_made_of_a_chart_that_there_is_not() -> None:
    urls = [page.url for page in pages_of() if page.url.startswith("/charts/")]
    assert urls == ["/charts/"]


# Criteria


def gaps(inside: str, outside: str) -> ChartView:
    answers = {"zeta": inside, "acme": inside, "globex": outside, "initech": outside}
    found = chart("openness-criteria", comparison(answers))
    assert isinstance(found, ChartView)
    return found


def test_the_widest_lead_stands_first_and_in_the_title() -> None:
    found = gaps("opcco", "cccco")
    assert isinstance(found.form, DotPlot)
    assert [row.label for row in found.form.rows] == ["Weights", "Code", "Data", "Licence", "Price"]
    assert found.title == "The inside group is ahead on 2 of 5 points, most of all on weights"


def test_the_group_that_is_ahead_is_named_whichever_it_is() -> None:
    assert gaps("ccccc", "ccopc").title == (
        "The outside group is ahead on 2 of 5 points, most of all on data"
    )


def test_two_groups_that_do_not_differ_are_said_not_to() -> None:
    assert gaps("opcco", "opcco").title == "The two do not differ on any of 5 points"


def test_an_unknown_answer_counts_for_nobody_and_is_counted_as_such() -> None:
    answers = {"zeta": "o?ccc", "acme": "ccccc", "globex": "ccccc", "initech": "ccccc"}
    found = chart("openness-criteria", comparison(answers))
    assert dict(zip(found.columns[1:3], found.rows[0][1:3], strict=True)) == {
        "Inside, %": "50",
        "answers known": "2",
    }
    assert next(row for row in found.rows if row[0] == "Code")[2] == "1"
    notes = {row.label: row.note for row in found.form.rows}
    assert (notes["Code"], notes["Data"]) == ("known: 1 of 2 inside", "")


# Members


def members(**kinds: int) -> dict[str, str]:
    """Write so many members of each kind."""
    joined = "memberships: [{alliance: commons, role: member, evidence: launch-note}]\n"
    return {"organizations/acme.yaml": organization()} | {
        f"organizations/{kind}-{at}.yaml": organization(f"{kind} {at}", joined).replace(
            "classification: company", f"classification: {kind}"
        )
        for kind, count in kinds.items()
        for at in range(count)
    }


def test_the_kind_with_most_members_is_found() -> None:
    files = members(university=3, startup=1, research=1, nonprofit=1, hospital=2)
    found = chart("members-by-kind", files)
    assert found.title == "University: 3 of 8 members, the most of any kind"
    assert isinstance(found.form, Bars)
    assert [(bar.label, bar.text) for bar in found.form.bars][:2] == [
        ("University", "3"),
        ("Hospital", "2"),
    ]


def test_kinds_that_share_the_first_place_are_named_together() -> None:
    files = members(university=2, startup=2, research=1, nonprofit=1, hospital=1)
    assert title("members-by-kind", files) == (
        "Startup and University: 2 members each, more than any other kind"
    )


# Growth

JOINED = (
    "memberships: [{{alliance: commons, role: member, start_date: {}, evidence: launch-note}}]\n"
)


def alliance(claims: str) -> dict[str, str]:
    days = ("2024-01-05", "2024-01-05", "2024-02-01", "2024-03-01", "2024-04-01")
    return {
        f"organizations/member-{at}.yaml": organization(f"Member {at}", JOINED.format(day))
        for at, day in enumerate(days)
    } | {
        "alliances/commons.md": ALLIANCE.format(claims),
        "organizations/acme.yaml": organization(),
    }


ALLIANCE = """\
---
name: Commons
founded: 2024-01-05
summary: An alliance.
evidence: launch-note
size_claims:{}
---
Text.
"""


def test_the_alliance_own_count_stands_against_the_names() -> None:
    claims = (
        "\n  - {value: more than 8, basis: self_reported, valid: {from: 2024-05-01}}"
        "\n  - {value: 6, rank: preferred, basis: derived, valid: {from: 2024-02-01}}"
    )
    found = chart("commons-growth", alliance(claims))
    assert found.title == "More than 8 members by its own count of 1 May 2024, 5 named in a source"
    assert found.rows == (
        ("5 January 2024", "2", "named in a source"),
        ("1 February 2024", "3", "named in a source"),
        ("1 February 2024", "6", "counted for this site"),
        ("1 March 2024", "4", "named in a source"),
        ("1 April 2024", "5", "named in a source"),
        ("1 May 2024", "more than 8", "its own count"),
    )


def test_without_a_count_of_its_own_the_names_are_the_finding() -> None:
    claims = "\n  - {value: 6, basis: independent, valid: {from: 2024-02-01}}"
    assert title("commons-growth", alliance(claims)) == (
        "5 members of Commons are named in a source, the first from 5 January 2024"
    )


def test_the_line_of_names_ends_where_the_sources_do() -> None:
    claims = "\n  - {value: 6, basis: independent, valid: {from: 2024-02-01}}"
    form = chart("commons-growth", alliance(claims)).form
    last = form.courses[0].runs[-1][-1]
    # 1 April, not the day of the build.
    assert (last.text, str(last.x)) == ("5", "2024.249")


def test_every_year_is_marked_where_there_are_several() -> None:
    claim = "\n  - {value: 6, basis: independent, valid: {from: YEAR-06-01}}"
    ticks = [
        [tick.text for tick in chart("commons-growth", alliance(claims)).form.ticks]
        for claims in (claim.replace("YEAR", "2024"), claim.replace("YEAR", "2022"))
    ]
    assert ticks == [["January 2024"], ["2023", "2024"]]


def test_who_has_left_is_no_longer_counted() -> None:
    left = JOINED.format("2024-01-05, end_date: 2024-05-02")
    claims = "\n  - {value: 6, basis: independent, valid: {from: 2024-02-01}}"
    files = alliance(claims) | {"organizations/member-0.yaml": organization("Member 0", left)}
    assert chart("commons-growth", files).rows[-1] == ("2 May 2024", "4", "named in a source")


# Who else they join


def overlap(*both: str) -> dict[str, str]:
    second = "memberships:\n  - {alliance: forum, role: member, evidence: launch-note}\n"
    first = "  - {alliance: commons, role: member, evidence: launch-note}\n"
    others = {
        f"organizations/{key}.yaml": organization(key, second + (first if key in both else ""))
        for key in ("ant", "bee", "cat", "dog", "eel")
    }
    forum = ALLIANCE.format("").replace("name: Commons", "name: Forum").replace("size_claims:", "")
    crowd = {
        f"organizations/crowd-{at}.yaml": organization(f"Crowd {at}", "memberships:\n" + first)
        for at in range(6)
    }
    return {**others, **crowd, "alliances/forum.md": forum}


@pytest.mark.parametrize(
    ("both", "finding"),
    [
        ((), "No organisation listed here is a member of both The Commons and Forum"),
        (("bee",), "bee is the only member of both The Commons and Forum"),
        (
            ("bee", "cat"),
            "2 organisations are members of both The Commons and Forum: bee and cat",
        ),
    ],
)
def test_those_in_two_alliances_are_named(both: tuple[str, ...], finding: str) -> None:
    found = chart("alliances", overlap(*both))
    assert found.title == finding
    assert isinstance(found.form, Matrix)
    assert len(found.form.lines) == 5  # those of the larger alliance alone are left out


def test_one_alliance_has_no_overlap() -> None:
    assert chart("alliances", {}) is None


# Events and objectives


def events(*dates: str) -> dict[str, str]:
    return {
        "events.yaml": "".join(
            f"e{at}: {{date: {day}, title: E, text: T., kind: release, evidence: launch-note}}\n"
            for at, day in enumerate(dates)
        )
    }


@pytest.mark.parametrize(
    ("dates", "finding"),
    [
        (
            ("2023", "2024-01", "2024-02", "2025-01", "2025-02", "2025-03-01"),
            "6 events from 2023 to 2025; 2025 has the most, 3",
        ),
        (("2023", "2023", "2024", "2024", "2025"), "5 events from 2023 to 2025"),
        (("2023", "2023-02", "2023", "2023", "2023"), "5 events in 2023"),
    ],
)
def test_the_year_with_most_events_is_found(dates: tuple[str, ...], finding: str) -> None:
    found = chart("timeline", events(*dates))
    assert found.title == finding
    assert isinstance(found.form, Strip)
    assert sum(len(lane.points) for lane in found.form.lanes) == len(dates)


# Editions


def editions(
    first: str, second: str, *, is_broken: bool, zeta: str = "", only_then: str = ""
) -> dict[str, str]:
    """Write a comparison of two editions that ask the same five questions.

    Args:
        first: What all answer in the first edition, one letter an answer.
        second: What they answer in the second.
        is_broken: Whether the series is broken between them.
        zeta: What Zeta answers in the second, where that differs.
        only_then: A sixth question, which the first edition alone asks and all answer with `open`.
    """
    files = comparison(dict.fromkeys(SUBJECTS, "ooooo"))
    path = "comparisons/openness/comparison.yaml"
    reason = "breaks: [{from_edition: 2024, reason: Harder.}]" if is_broken else ""
    files[path] += f"  - {{id: 2025, title: 2025, as_of: 2025-06, {reason}}}\n"
    words = {"o": "open", "c": "closed"}

    def cells(letters: str) -> str:
        return ", ".join(
            f"{key}: {words[letter]}" for key, letter in zip(CRITERIA, letters, strict=True)
        )

    then = f"{cells(first)}, {only_then}: open" if only_then else cells(first)
    if only_then:
        asked = f"  - {{id: {only_then}, title: {only_then.capitalize()}, editions: [2024]}}\n"
        files["comparisons/openness/criteria.yaml"] += asked
    for subject in SUBJECTS:
        now = cells(zeta if zeta and subject == "zeta" else second)
        runs = f"  2024: {{{then}}}\n  2025: {{{now}}}\n"
        text = f"editions:\n{runs}evidence: launch-note\n"
        files[f"comparisons/openness/cells/{subject}.yaml"] = text
    return files


def test_who_moved_is_told_over_what_both_editions_ask() -> None:
    found = chart("openness-moves", editions("occcc", "ooocc", is_broken=False, zeta="ooooc"))
    assert isinstance(found.form, Slopes)
    assert (
        found.title == "All 4 scores rose from June 2024 to June 2025; Zeta gained most, 3.0 points"
    )
    assert found.subtitle == (
        "Score on the 5 criteria that can be compared, for the 4 subjects in both editions"
    )
    assert found.note == ""


def test_a_fall_is_called_one() -> None:
    assert title("openness-moves", editions("ooooo", "occcc", is_broken=False)) == (
        "All 4 scores fell from June 2024 to June 2025, none by more than 4.0 points"
    )


def test_nothing_moved_when_nothing_did() -> None:
    assert title("openness-moves", editions("ooooo", "ooooo", is_broken=False)) == (
        "No score changed from June 2024 to June 2025"
    )


def test_nobody_s_move_is_told_across_a_break_that_is_not_one_of_questions() -> None:
    assert chart("openness-moves", editions("occcc", "ooocc", is_broken=True)) is None


def test_across_a_break_of_questions_a_move_is_told_on_those_asked_both_times() -> None:
    files = editions("occcc", "ooocc", is_broken=True, zeta="ooooc", only_then="weather")
    found = chart("openness-moves", files)
    assert found.title == (
        "On the 5 questions asked both times, all 4 scores rose from June 2024 to June 2025; "
        "Zeta gained most, 3.0 points"
    )
    assert [row[1] for row in found.rows] == ["1.0"] * 4
    assert found.note == "Break at June 2025: Harder."


def test_no_group_is_drawn_as_an_answer() -> None:
    slopes = chart("openness-moves", editions("occcc", "ooocc", is_broken=False)).form
    panels = chart("openness-editions", editions("occcc", "ooocc", is_broken=False)).form
    plot = gaps("opcco", "cccco").form
    assert isinstance(plot, DotPlot)
    for series in (slopes.key, panels.key, plot.series):
        assert [one.mark for one in series] == ["square", "diamond"]


def test_a_line_joins_editions_only_where_the_series_is_whole() -> None:
    whole, broken = (
        chart("openness-editions", editions("occcc", "ooocc", is_broken=is_broken))
        for is_broken in (False, True)
    )
    assert isinstance(whole.form, Multiples)
    assert isinstance(broken.form, Multiples)
    assert [len(run) for run in whole.form.panels[0].runs] == [2]
    assert [len(run) for run in broken.form.panels[0].runs] == [1, 1]
    assert (whole.form.breaks, whole.note) == ((), "")
    assert broken.note == "Break at June 2025: Harder."
    assert len(broken.form.breaks) == 1


# Their pages and tables


def test_a_chart_has_a_page_of_its_own_and_a_table() -> None:
    files = events("2023", "2024", "2025", "2025", "2025")
    view = view_at("/charts/timeline/", files)
    assert view.chart.page == "/charts/timeline/"
    assert view.chart.csv == "/data/chart-timeline.csv"
    assert rows_of("chart-timeline", files)[-1] == {"Year": "2025", "Release": "3"}


def test_the_list_of_charts_says_how_to_show_one_elsewhere() -> None:
    (row,) = view_at("/charts/", events("2023", "2024", "2025", "2025", "2025")).charts
    assert row.canonical == "https://commons.example/charts/timeline/"


# Words


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D"], "A, B and 2 others"),
    ],
)
def test_names_are_listed_as_in_a_sentence(names: list[str], text: str) -> None:
    assert listed(names) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [("Licence", "licence"), ("EU code", "EU code"), ("Price of Use", "Price of Use")],
)
def test_only_a_capital_that_begins_a_title_is_made_small(name: str, text: str) -> None:
    assert inline(name) == text


def test_counts_take_their_noun() -> None:
    assert (counted(1, "subject", "subjects"), counted(2, "subject", "subjects")) == (
        "1 subject",
        "2 subjects",
    )


def test_shares_are_rounded_half_up() -> None:
    assert [share(1, 8), share(1, 3), share(0, 5)] == [13, 33, 0]


@pytest.mark.parametrize(
    ("day", "place"),
    [
        ("2024-01-01", "2024.000"),
        ("2024-07-02", "2024.500"),
        ("2024-07", "2024.538"),
        ("2024", "2024.497"),
    ],
)
def test_a_date_has_its_place_on_an_axis_of_years(day: str, place: str) -> None:
    value = PartialDate.parse(day)
    assert value is not None
    assert str(years(value)) == place


def test_years_are_marked_from_the_first_to_the_end_of_the_last() -> None:
    dates = [PartialDate(2024, 5), PartialDate(2023)]
    assert [tick.text for tick in year_ticks(dates)] == ["2023", "2024", "2025"]
