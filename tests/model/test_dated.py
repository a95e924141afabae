"""What held on a day, by the dates that the records give."""

from alliance_site.model import PartialDate, changes_between, dated_values
from alliance_site.model.releases import Values
from alliance_site.model.renames import Renames
from tests.small_site import COMPARISON, Files, organization, site_of

OBJECTIVE = """\
---
alliance: commons
number: 1
title: Skills
first_seen: 2024-01-01
status:
  - {value: announced, valid: {from: 2024-01}}
  - {value: delivered, valid: {from: 2024-05}}
evidence: launch-note
---
Teach.
"""
FIGURE = """\
ships: {label: Ships, value: 7, unit: ships, date: 2024-03, evidence: launch-note}
"""
TWO_EDITIONS = {
    **COMPARISON,
    "comparisons/openness/comparison.yaml": COMPARISON[
        "comparisons/openness/comparison.yaml"
    ].replace(
        "  - {id: 2024, title: 2024, as_of: 2024-06}\n",
        "  - {id: 2023, title: 2023, as_of: 2023-06}\n"
        "  - {id: 2024, title: 2024, as_of: 2024-06}\n",
    ),
    **{
        f"comparisons/openness/cells/{subject}.yaml": f"""\
editions:
  2023: {{weights: closed, code: closed}}
  2024: {{weights: {weights}, code: closed}}
evidence: launch-note
"""
        for subject, weights in (("acme", "open"), ("globex", "closed"), ("zeta", "closed"))
    },
}


def member(dates: str) -> str:
    entry = f"{{alliance: commons, role: member, {dates}, evidence: launch-note}}"
    return organization("Globex", f"memberships:\n  - {entry}\n")


def values_on(files: Files, day: str) -> Values:
    parsed = PartialDate.parse(day)
    assert parsed is not None
    return dated_values(site_of(files), parsed)


def test_a_member_is_one_from_the_day_of_joining() -> None:
    files = {"organizations/globex.yaml": member("start_date: 2024-02-08")}
    assert "org:globex" not in values_on(files, "2024-02-07")
    assert values_on(files, "2024-02-08")["org:globex"] == {"memberships/commons/role": ("member",)}


def test_who_left_has_left_from_that_day() -> None:
    files = {"organizations/globex.yaml": member("start_date: 2024-01, end_date: 2024-05-02")}
    before, after = (values_on(files, day) for day in ("2024-05-01", "2024-05-02"))
    (change,) = changes_between(before, after, Renames(), has_records=False)
    assert (change.key, change.path) == ("org:globex", "memberships/commons/end_date")
    assert (change.was, change.now) == ((), ("2024-05-02",))


def test_an_objective_has_the_last_status_that_had_begun() -> None:
    files = {"objectives/skills.md": OBJECTIVE}
    assert values_on(files, "2024-04")["objective:skills"]["status"] == ("announced",)
    assert values_on(files, "2024-05")["objective:skills"]["status"] == ("delivered",)


def test_a_figure_holds_from_its_date() -> None:
    files = {"figures.yaml": FIGURE}
    assert "figure:ships" not in values_on(files, "2024-02")
    assert values_on(files, "2024-03")["figure:ships"] == {"value": ("7",)}


def test_an_answer_is_that_of_the_last_edition_that_spoke_for_the_day() -> None:
    before, after = (values_on(TWO_EDITIONS, day) for day in ("2024-01", "2024-07"))
    (change,) = changes_between(before, after, Renames(), has_records=False)
    assert (change.key, change.path) == ("subject:openness/acme", "cells/weights")
    assert (change.was, change.now) == (("closed",), ("open",))
