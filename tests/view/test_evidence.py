"""How pages show statements that disagree, and what the days of a site leave of them."""

from datetime import date

import pytest

from alliance_site.model import Clock, fact_of, members_of
from tests.small_pages import view_at
from tests.small_site import BASE, organization, site_of

RIVALS = """\
sizes:
  label: Size
  unit: ships
  value:
    - {id: counted, value: 57, basis: derived, rank: preferred, evidence: launch-note}
    - {id: announced, value: more than 50, basis: self_reported, evidence: launch-note}
    - {id: press, value: more than 40, basis: independent, evidence: none}
"""


def test_a_field_with_rivals_shows_all_with_their_sources_and_says_which_test_decided() -> None:
    (figure,) = view_at("/figures/", {"figures.yaml": RIVALS}).figures
    value = figure.value
    assert value.headline.text == "57"
    assert value.reason == "Shown first because the editors rank it first."
    assert [item.text for item in value.others] == ["more than 40", "more than 50"]
    assert value.others[0].is_unsourced
    assert value.others[1].citations.marks[0].title == "The launch note"


def test_a_site_with_another_policy_shows_another_headline() -> None:
    files = {
        "figures.yaml": RIVALS,
        "site.yaml": BASE["site.yaml"] + "policies: {headline: [basis, rank]}\n",
    }
    (figure,) = view_at("/figures/", files).figures
    assert figure.value.headline.text == "more than 40"
    assert figure.value.reason == "Shown first because its basis comes first."
    steps = view_at("/method/", files).rule
    assert [step.title for step in steps] == ["Who stands behind it", "The editors' rank"]
    assert steps[0].text == (
        "In this order: independent, derived, self-reported. What says nothing comes last."
    )


def test_the_method_page_is_there_without_a_text_and_with_one() -> None:
    bare = view_at("/method/", {})
    assert (bare.frame.title, bare.body) == ("Method", None)
    text = "---\ntitle: How we work\ndek: By hand.\n---\nWe read.\n"
    written = view_at("/method/", {"pages/method.md": text})
    assert (written.frame.title, written.dek.text) == ("How we work", "By hand.")
    assert len(written.rule) == 4


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("figures/sizes", "57"),
        ("figures/sizes/announced", "50"),
        ("figures/sizes/nobody", "None"),
        ("figures/sizes/announced/more", "None"),
    ],
)
def test_prose_can_print_one_of_several_statements(path: str, value: str) -> None:
    fact = fact_of(site_of({"figures.yaml": RIVALS}), path)
    assert str(fact and fact.value) == value


# The day of the world

LOGOS = """\
logos:
  label: Logos
  unit: logos
  value:
    - {value: 42, valid: {from: 2024-01-05, to: 2024-01-05}, evidence: launch-note}
    - {value: 47, valid: {from: 2024-01-06}, evidence: launch-note}
    - {value: 61, valid: {from: 2024-02}, evidence: launch-note}
"""


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2024, 1, 4), "None"),
        (date(2024, 1, 5), "42"),
        (date(2024, 1, 31), "47"),
        (date(2024, 2, 1), "61"),
    ],
)
def test_a_figure_is_the_one_that_held_on_the_day(day: date, shown: str) -> None:
    site = site_of({"figures.yaml": LOGOS}, Clock(day, is_rewound=True))
    fact = fact_of(site, "figures/logos")
    assert str(fact and fact.value) == shown


def member(name: str, start: str, end: str = "") -> str:
    ended = f"    end_date: {end}\n" if end else ""
    membership = (
        f"memberships:\n  - alliance: commons\n    role: member\n    start_date: {start}\n{ended}"
        "    evidence: launch-note\n"
    )
    return organization(name, membership)


MEMBERS = {
    "organizations/early.yaml": member("Early", "2024-02-01", "2024-03-31"),
    "organizations/late.yaml": member("Late", "2024-04"),
}


@pytest.mark.parametrize(
    ("day", "members"),
    [
        (date(2024, 1, 31), ["acme"]),
        (date(2024, 2, 1), ["acme", "early"]),
        (date(2024, 3, 31), ["acme", "early"]),
        (date(2024, 4, 1), ["acme", "late"]),
    ],
)
def test_members_are_those_who_had_joined_and_not_left(day: date, members: list[str]) -> None:
    site = site_of(MEMBERS, Clock(day, is_rewound=True))
    assert [item.id for item in members_of(site)] == members


def test_an_end_that_was_still_to_come_is_not_told() -> None:
    site = site_of(MEMBERS, Clock(date(2024, 3, 1), is_rewound=True))
    (membership,) = site.organizations["early"].memberships
    assert membership.end_date == ()


def test_a_member_who_has_left_stands_outside_without_any_day_asked_for() -> None:
    outside = view_at("/organizations/", MEMBERS).organizations
    assert [item.name for item in outside] == ["Early"]
    assert view_at("/organizations/early/", MEMBERS).role_line == ""


def test_a_plain_build_leaves_out_nothing_that_is_still_to_come() -> None:
    events = (
        "congress: {date: 2030-01-01, title: A congress, text: Planned., kind: meeting, "
        "evidence: launch-note}\n"
    )
    assert list(site_of({"events.yaml": events}).events) == ["congress"]
    past = site_of({"events.yaml": events}, Clock(date(2024, 6, 30), is_rewound=True))
    assert list(past.events) == []


# The day of this site


def test_evidence_goes_with_the_source_that_was_not_known_yet() -> None:
    files = {
        "sources/late.yaml": (
            "type: report\ntitle: Late\npublisher: P\nkind: press\nread: full\n"
            "recorded: 2024-05-01\n"
        ),
        "organizations/acme.yaml": organization(
            more="headquarters: {value: Here, evidence: [launch-note, late]}\n"
        ),
    }
    site = site_of(files, Clock(date(2024, 6, 30), known_on=date(2024, 4, 30)))
    (statement,) = site.organizations["acme"].headquarters
    assert [item.source for item in statement.evidence or ()] == ["launch-note"]
    assert list(site.sources) == ["launch-note"]


def test_a_field_that_must_have_a_value_says_that_it_was_not_known() -> None:
    files = {
        "organizations/acme.yaml": organization().replace(
            "classification: company", "classification: {value: company, recorded: 2024-05-01}"
        )
    }
    site = site_of(files, Clock(date(2024, 6, 30), known_on=date(2024, 4, 30)))
    (statement,) = site.organizations["acme"].classification
    assert str(statement.absence) == "unknown"
