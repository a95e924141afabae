"""Facts: a path into the records → a value."""

from decimal import Decimal

import pytest

from alliance_site.model import PartialDate, fact_of, role_in
from tests.small_site import COMPARISON, article, organization, site_of

MEMBER = "memberships:\n  - {{alliance: commons, role: {}, evidence: none}}\n"
SITE = site_of(
    {
        **COMPARISON,
        "figures.yaml": (
            "names:\n  label: Names\n  value: more than 50\n  unit: names\n"
            "odd:\n  label: Odd\n  value: {absence: unknown}\n  unit: names\n"
        ),
        "organizations/acme.yaml": organization(
            more=f"country: US\nfounding_date: 1949-05\n{MEMBER.format('founder')}"
        ),
        "organizations/beta.yaml": organization("Beta", f"country: NO\n{MEMBER.format('member')}"),
        "organizations/gamma.yaml": organization("Gamma", "country: SE\n"),
        "objectives/skills.md": (
            "---\nalliance: commons\nnumber: 7\ntitle: Skills\nfirst_seen: 2024\n"
            "status: under-way\nevidence: none\n---\n"
        ),
        "articles/news.md": article(more="published: 2024\n"),
    }
)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("figures/names", 50),
        ("objectives/skills/number", 7),
        ("score/openness/2024/acme", Decimal("1.5")),
        ("count/organizations", 3),
        ("count/articles", 1),
        ("count/sources", 1),
        ("count/members", 2),
        ("count/launch-members", 1),
        ("count/members/role/member", 1),
        ("count/members/role/observer", 0),
        ("count/members/country/NO", 1),
        ("count/members/classification/company", 2),
        ("count/members/classification/university", 0),
        ("count/launch-members/country/US", 1),
        ("count/countries", 2),
        ("count/objectives/under-way", 1),
        ("count/objectives/delivered", 0),
        ("count/cells/openness/closed", 3),
        ("count/cells/openness/unknown", 1),
        ("count/cells/openness/open/acme", 1),
        ("count/cells/openness/closed/group/inside", 2),
    ],
)
def test_a_path_leads_to_a_number(path: str, value: object) -> None:
    fact = fact_of(SITE, path)
    assert fact is not None
    assert fact.value == value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("organizations/acme/name", "Acme"),
        ("organizations/acme/founding_date", PartialDate(1949, 5)),
        ("organizations/acme/classification", "company"),
        ("objectives/skills/status", "under way"),
        ("alliances/commons/founded", PartialDate(2024, 1, 15)),
        ("comparisons/openness/acme/code", "partly"),
    ],
)
def test_a_path_leads_to_a_text_or_date(path: str, value: object) -> None:
    fact = fact_of(SITE, path)
    assert fact is not None
    assert fact.value == value


@pytest.mark.parametrize(
    "path",
    [
        *("", "figures", "figures/nothing", "figures/odd", "figures/names/x", "names"),
        *("organizations/acme", "organizations/acme/country/x", "organizations/nobody/name"),
        *("organizations/acme/parent", "organizations/acme/summary", "organizations/acme/__doc__"),
        *("organizations/acme/span", "organizations/acme/memberships", "articles/news/title"),
        *("comparisons/openness/globex/code", "comparisons/openness/acme/model"),
        *("comparisons/nothing/acme/code", "score/openness/2023/acme", "score/openness/2024/x"),
        *("count", "count/", "count/nothing", "count/members/role/chief", "count/members/name/x"),
        *("count/members/country/DE", "count/cells/openness/ajar", "count/cells/nothing/open"),
        *(
            "count/cells/openness/open/nobody",
            "count/cells/openness/open/group/x",
            "count/objectives/x",
        ),
    ],
)
def test_a_path_that_leads_to_no_value_has_no_fact(path: str) -> None:
    assert fact_of(SITE, path) is None


def test_a_figure_keeps_its_qualifier_its_unit_and_its_record() -> None:
    fact = fact_of(SITE, "figures/names")
    assert fact is not None
    assert (fact.qualifier, fact.unit, fact.key) == ("more than", "names", "figure:names")


def test_a_count_belongs_to_no_one_record() -> None:
    fact = fact_of(SITE, "count/members")
    assert fact is not None
    assert fact.key == ""


def test_the_role_is_that_in_the_alliance_asked_for() -> None:
    assert str(role_in(SITE, SITE.organizations["acme"], "commons")) == "founder"
    assert role_in(SITE, SITE.organizations["gamma"], "commons") is None
