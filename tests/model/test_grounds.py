"""What a text rests on: the values that it prints, and the sources that it cites."""

from datetime import date

import pytest

from alliance_site.model import Grounds, TextMeter, text_meter
from alliance_site.model.records import Basis
from tests.small_site import BASE, COMPARISON, TODAY, organization, site_of

SOURCES = BASE["sources.yaml"] + (
    "  archive: https://archive.example/1\n"
    "report:\n  type: report\n  title: A report\n  publisher: Acme Press\n  publisher_id: acme\n"
    "  issued: 2024-06-20\n  kind: primary\n  read: full\n"
    "post:\n  type: webpage\n  title: A post\n  publisher: Nobody\n  kind: social\n  read: full\n"
)
FILES = {
    **COMPARISON,
    "sources.yaml": SOURCES,
    "organizations/acme.yaml": organization(
        more="founding_date: {value: 1911, evidence: none, basis: self_reported}\n"
    ),
    "figures.yaml": (
        "size:\n  label: Size\n  unit: ships\n  value:\n"
        "    - {id: counted, value: 57, basis: derived, rank: preferred, evidence: launch-note}\n"
        "    - {id: told, value: 60, basis: independent, evidence: none}\n"
    ),
}


def meter(facts: str = "", sources: str = "", *parties: str) -> TextMeter:
    grounds = Grounds(facts=tuple(facts.split()), sources=tuple(sources.split()))
    site = site_of(FILES)
    found = text_meter(site, grounds, {key: site.names[key] for key in parties}, TODAY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("fact", "sourced", "basis"),
    [
        ("figures/size", 1, Basis.DERIVED),
        ("figures/size/told", 0, Basis.INDEPENDENT),
        ("organizations/acme/founding_date", 0, Basis.SELF_REPORTED),
        ("alliances/commons/founded", 1, None),
        ("comparisons/openness/acme/weights", 1, None),
    ],
)
def test_a_fact_is_measured_by_the_statement_that_it_prints(
    fact: str, sourced: int, basis: Basis | None
) -> None:
    printed = meter(fact).printed
    assert (printed.values, printed.sourced, printed.bases) == (1, sourced, {basis: 1})


def test_what_is_computed_is_counted_apart_and_a_name_or_nothing_not_at_all() -> None:
    found = meter("count/members score/openness/2024/acme organizations/acme/name figures/none")
    assert (found.printed.values, found.computed) == (0, 2)


def test_cited_sources_are_told_apart_by_copies_and_by_who_published_them() -> None:
    found = meter("", "launch-note report post", "org:acme", "alliance:commons")
    assert (found.cited, found.archived, found.of_parties) == (3, 1, 2)
    assert meter("", "launch-note report post", "org:acme").of_parties == 1
    assert meter("", "launch-note report post").of_parties == 0


def test_the_age_of_sources_is_the_median_of_those_that_are_dated() -> None:
    days = [(TODAY - day).days for day in (date(2024, 1, 15), date(2024, 6, 20))]
    assert meter("", "launch-note report post").cited_days == sum(days) // 2
    assert meter("", "post").cited_days is None


def test_a_text_that_rests_on_nothing_has_no_meter() -> None:
    assert text_meter(site_of(FILES), Grounds(), {}, TODAY) is None
