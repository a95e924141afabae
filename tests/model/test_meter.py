"""The evidence meter: what it counts, and when a value is stale."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_site.model import Clock, Meter, PartialDate, Site, measured_in, meter_of, site_meters
from alliance_site.model.records import Basis
from tests.small_pages import view_at
from tests.small_site import BASE, COMPARISON, TODAY, article, organization, site_of

RECORD = organization(
    more=(
        "country: {value: US, basis: independent}\n"
        "headquarters: {value: Here, evidence: none}\n"
        "founding_date: {absence: not_found}\n"
        "notable:\n  - {text: It spoke., date: 2024-02-01, evidence: launch-note}\n"
    )
)


def meter(site: Site, as_of: date = TODAY) -> Meter:
    return meter_of(site, measured_in(site.organizations["acme"]), as_of)


def test_values_and_claims_count_and_an_absence_does_not() -> None:
    found = meter(site_of({"organizations/acme.yaml": RECORD}))
    assert (found.values, found.sourced) == (4, 3)
    assert found.percent == Decimal(75)
    assert found.bases == {Basis.INDEPENDENT: 1, None: 3}


def test_ages_are_medians_of_days_from_the_last_check_and_from_the_newest_source() -> None:
    found = meter(site_of({"organizations/acme.yaml": RECORD}))
    assert found.checked_days == (TODAY - date(2024, 1, 1)).days
    assert found.source_days == (TODAY - date(2024, 1, 15)).days


def test_the_days_of_the_checks_are_those_of_the_values_and_not_of_the_site() -> None:
    more = "country: {value: US, recorded: 2024-03-01}\nheadquarters: Here\n"
    site = site_of({"organizations/acme.yaml": organization(more=more)})
    founded = site.settings.founded
    for day in (TODAY, date(2025, 1, 1)):
        assert meter(site, day).checked == (founded, PartialDate(2024, 3, 1))


def test_a_page_says_on_which_days_its_values_were_checked() -> None:
    more = "country: {value: US, recorded: 2024-03-01}\n"
    view = view_at("/organizations/acme/", {"organizations/acme.yaml": organization(more=more)})
    assert [day.iso for day in view.frame.meter.checked] == ["2024-01-01", "2024-03-01"]


def test_an_archived_copy_counts_and_words_count_for_what_is_quoted_from_them() -> None:
    kept = BASE["sources.yaml"] + "  archive: https://archive.example/1\n"
    files = {"organizations/acme.yaml": RECORD, "sources.yaml": kept}
    assert meter(site_of(files)).archived == 3
    assert meter(site_of({"organizations/acme.yaml": RECORD})).archived == 0


@pytest.mark.parametrize(
    ("day", "stale"), [(date(2024, 6, 30), 0), (date(2024, 7, 1), 1), (date(2024, 12, 31), 1)]
)
def test_a_value_is_stale_after_its_day_of_review_and_by_no_clock_but_the_sites(
    day: date, stale: int
) -> None:
    more = "country: {value: US, review_by: 2024-06-30, recorded: 2024-03-01}\n"
    site = site_of({"organizations/acme.yaml": organization(more=more)}, Clock(day))
    found = meter(site, day)
    assert found.stale == stale
    assert found.stale_days == ((day - date(2024, 3, 1)).days if stale else 0)


def test_a_site_may_declare_after_how_many_days_every_value_is_due() -> None:
    policy = {"site.yaml": BASE["site.yaml"] + "policies: {review_after_days: 100}\n"}
    site = site_of(policy)
    assert meter(site, date(2024, 4, 10)).stale == 0
    assert meter(site, date(2024, 4, 11)).stale == meter(site).values


def test_a_stale_value_and_its_page_say_so_in_words() -> None:
    more = "country: {value: US, review_by: 2024-05-01, recorded: 2024-03-02}\n"
    view = view_at("/organizations/acme/", {"organizations/acme.yaml": organization(more=more)})
    (row,) = [row for row in view.facts if row.label == "Country"]
    assert row.value.headline.stale_days == "120"
    assert (view.frame.meter.stale, view.frame.meter.stale_days) == ("1", "120")


def test_the_method_page_has_a_row_for_each_kind_and_one_for_all() -> None:
    rows = view_at("/method/", {"organizations/acme.yaml": RECORD}).meters
    assert [(row.title, row.values, row.sourced, row.percent) for row in rows] == [
        ("Organisations and their memberships", "4", "3", "75.0"),
        ("Alliances", "1", "1", "100.0"),
        ("All values", "5", "4", "80.0"),
    ]


PLACES = st.dictionaries(
    st.sampled_from(["country", "headquarters", "founding_date", "homepage"]),
    st.booleans(),
    min_size=1,
)
VALUES: Mapping[str, str] = {
    "country": "US",
    "headquarters": "Here",
    "founding_date": "1911",
    "homepage": "https://acme.example/",
}


@given(PLACES)
def test_the_row_for_all_adds_up_what_has_a_source(places: Mapping[str, bool]) -> None:
    more = "".join(
        f"{key}: {{value: '{VALUES[key]}', evidence: {'launch-note' if has else 'none'}}}\n"
        for key, has in places.items()
    )
    site = site_of({"organizations/acme.yaml": organization(more=more)})
    *rows, (_, whole) = site_meters(site, TODAY)
    assert whole.values == sum(item.values for _, item in rows) == len(places) + 2
    assert whole.sourced == sum(item.sourced for _, item in rows) == sum(places.values()) + 2


ARGUED = {
    **COMPARISON,
    "site.yaml": BASE["site.yaml"]
    + "vocabularies: {topics: {trade: Trade, law: Law}, sides: {pro: For}}\n",
    "arguments.yaml": (
        "one: {topic: trade, side: pro, claim: It pays., statement: It does., said_by: Acme, "
        "strength: {level: weak, note: Thin.}, evidence: launch-note}\n"
        "two: {topic: trade, side: pro, claim: It costs., statement: It does., said_by: Acme, "
        "strength: {level: weak, note: Thin.}, evidence: none}\n"
    ),
    "organizations/acme.yaml": organization(
        more="country: {value: US, evidence: none}\n"
        "memberships: [{alliance: commons, role: founder, evidence: launch-note}]\n"
    ),
}


@pytest.mark.parametrize(
    ("url", "values", "sourced"),
    [
        ("/topics/trade/", "2", "1"),
        ("/members/", "2", "1"),
        ("/members/country/us/", "2", "1"),
        ("/comparisons/openness/pairs/acme/globex/", "3", "3"),
        ("/comparisons/openness/groups/outside/", "1", "1"),
        ("/comparisons/openness/values/open/", "1", "1"),
        ("/comparisons/openness/groups/outside/inside/", "5", "5"),
    ],
)
def test_a_page_that_shows_records_in_part_is_measured_by_what_stands_on_it(
    url: str, values: str, sourced: str
) -> None:
    meter = view_at(url, ARGUED).frame.meter
    assert (meter.values, meter.sourced) == (values, sourced)


def test_a_page_on_which_no_value_stands_has_no_meter() -> None:
    assert view_at("/topics/law/", ARGUED).frame.meter is None


ARTICLE = article(
    more="published: 2024-06-01\nabout: [alliance:commons]\n",
    body="Founded {fact}`alliances/commons/founded` [@launch-note] by {fact}`count/members`.",
)


def test_an_article_says_what_its_text_rests_on() -> None:
    view = view_at("/articles/news/", {"articles/2024/news.md": ARTICLE})
    shown = view.frame.grounds
    assert (shown.printed.values, shown.computed) == ("1", "1")
    assert (shown.cited, shown.of_parties, shown.others) == ("1", "1", "0")
    assert shown.receipt == "/receipts/#formula-text"


def test_an_article_that_prints_and_cites_nothing_says_nothing() -> None:
    plain = article(more="published: 2024-06-01\n")
    assert view_at("/articles/news/", {"articles/2024/news.md": plain}).frame.grounds is None


def test_minutes_count_the_words_that_stand_in_for_facts_and_names() -> None:
    body = "word " * 341 + "[](org:acme) and no more."
    text = article(more="published: 2024-06-01\n", body=body)
    assert view_at("/articles/news/", {"articles/2024/news.md": text}).minutes == 2
    less = text.replace("[](org:acme)", "")
    assert view_at("/articles/news/", {"articles/2024/news.md": less}).minutes == 1
