"""All records → one site: references, rivals, what is out on a day, no second-hand errors."""

from datetime import date

import pytest

from alliance_site.diagnostics import Diagnostic
from alliance_site.model import HeadlineRule, headline_value
from alliance_site.model.records import Basis, HeadlineTest, Policies
from tests.small_site import (
    BASE,
    COMPARISON,
    TODAY,
    article,
    codes,
    organization,
    record_in,
    resolved,
    site_of,
    structured,
)


def only(files: dict[str, str]) -> Diagnostic:
    """Return the one finding of some files."""
    (found,) = resolved(files)[1]
    return found


def org(more: str) -> dict[str, str]:
    return {"organizations/acme.yaml": organization(more=more)}


def news(more: str = "", body: str = "Text.", published: str = "2024-02-01") -> dict[str, str]:
    return {"articles/2024/news.md": article(more=f"published: {published}\n{more}", body=body)}


def test_the_minimal_site_resolves() -> None:
    site = site_of()
    assert (*site.organizations, *site.alliances, *site.sources) == (
        "acme",
        "commons",
        "launch-note",
    )


def test_records_are_sorted_by_id_whatever_the_order_of_files() -> None:
    names = {f"organizations/{name}.yaml": organization(name) for name in ("zeta", "beta")}
    site = site_of(names)
    assert list(site.organizations) == ["acme", "beta", "zeta"]


def test_a_dangling_reference_is_reported_with_the_nearest_id_and_its_home() -> None:
    found = only(org("parent: acne\n"))
    assert (found.code.value, found.span.line, found.span.column) == ("dangling-reference", 5, 9)
    assert found.hint == "did you mean `acme`? Organizations live in content/organizations/"


def test_a_suggestion_is_made_by_the_id_and_not_by_its_kind() -> None:
    assert only(news().copy() | news("topics: [zzz]\n")).hint.startswith("topics are listed")


@pytest.mark.parametrize(
    "more",
    [
        "parent: bcme\n",
        "memberships:\n  - {alliance: commons, role: member, evidence: bcme-report}\n",
        "country: {value: US, asserted_by: bcme}\n",
    ],
)
def test_a_reference_to_a_faulty_record_is_no_second_error(more: str) -> None:
    files = {
        **org(more),
        "organizations/bcme.yaml": organization("Bcme", "country: usa\n"),
        "sources/bcme-report.yaml": "type: [\n",
    }
    assert codes(files) == ["bad-value", "yaml-syntax"]


@pytest.mark.parametrize(
    "body",
    [
        "[](org:bcme)",
        "[@bcme-report]",
        "{fact}`organizations/bcme/name`",
        "{fact}`figures/bcme`",
        "[x](figure:bcme)",
    ],
)
def test_prose_about_a_faulty_record_is_no_second_error(body: str) -> None:
    files = {
        **news(body=body),
        "organizations/bcme.yaml": "name: [\n",
        "sources/bcme-report.yaml": "type: [\n",
        "figures.yaml": "bcme: [\n",
    }
    assert codes(files) == ["yaml-syntax"] * 3


@pytest.mark.parametrize(
    "body",
    [
        "[](comparison:openness)",
        "[](criterion:openness/code)",
        "[](subject:openness/acme)",
        "{fact}`score/openness/2024/acme`",
        "{fact}`comparisons/openness/acme/code`",
        "{fact}`count/cells/openness/open`",
    ],
)
def test_prose_about_a_faulty_comparison_is_no_second_error(body: str) -> None:
    cells = {"comparisons/openness/cells/acme.yaml": "cells: {weights: opn, code: open}\n"}
    assert codes({**COMPARISON, **cells, **news(body=body)}) == ["outside-rubric"]


def test_one_id_in_two_files_is_reported_at_the_second() -> None:
    found = only(
        {
            "articles/2023/news.md": article(more="published: 2023\n"),
            "articles/2024/news.md": article(more="published: 2024\n"),
        }
    )
    assert (found.code.value, found.span.path) == (
        "duplicate-id",
        "content/articles/2024/news.md",
    )
    assert found.related[0][0].path == "content/articles/2023/news.md"


def test_of_two_records_of_one_id_the_first_file_wins() -> None:
    files = {
        "articles/2023/news.md": article("Old", "published: 2023\n"),
        "articles/2024/news.md": article("New", "published: 2024\n"),
    }
    site, _ = resolved(files)
    assert site is not None
    assert site.articles["news"].title == "Old"


def test_a_site_without_settings_is_no_site() -> None:
    site, found = resolved({"site.yaml": ""})
    assert site is None
    assert [item.code.value for item in found] == ["missing-key"]


def test_faulty_settings_are_not_said_to_be_missing() -> None:
    site, found = resolved({"site.yaml": "title: [\n"})
    assert site is None
    assert [item.code.value for item in found] == ["yaml-syntax"]


# Statements


def values(*statements: str, policies: Policies | None = None) -> list[object]:
    """Return the values of some statements, the headline first."""
    lines = "".join(f"  - {item}\n" for item in statements)
    record = record_in("organizations/a.yaml", organization(more=f"headquarters:\n{lines}"))
    rule = HeadlineRule(policies or Policies(), TODAY)
    return [item.value for item in rule.ordered(record.headquarters)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{value: b, rank: deprecated}", "{value: a}"),
        ("{value: b}", "{value: a, rank: preferred}"),
        ("{value: b, basis: self_reported}", "{value: a, basis: derived}"),
        ("{value: b, basis: derived}", "{value: a, basis: independent}"),
        ("{value: b}", "{value: a, basis: self_reported}"),
        ("{value: b, recorded: 2023}", "{value: a, recorded: 2024-01}"),
        ("{value: b, valid: {from: 2020}}", "{value: a, valid: {from: 2021}}"),
        ("{value: b, status: superseded, rank: preferred}", "{value: a}"),
        ("{value: b, status: withdrawn, basis: independent}", "{value: a, basis: derived}"),
        ("{value: b, basis: independent, rank: deprecated}", "{value: a, basis: self_reported}"),
        ("{value: b, basis: self_reported, recorded: 2024}", "{value: a, basis: independent}"),
        ("{value: b, valid: {from: 2020, to: 2024-06-29}, rank: preferred}", "{value: a}"),
        (
            "{value: b, valid: {from: 2020}, recorded: 2024-02}",
            "{value: a, valid: {from: 2021}, recorded: 2024-01}",
        ),
    ],
)
def test_the_rule_puts_one_statement_before_another(first: str, second: str) -> None:
    assert values(first, second) == ["a", "b"]


def test_a_site_declares_which_test_comes_first_and_which_basis() -> None:
    policies = Policies(
        headline=(HeadlineTest.RECENCY, HeadlineTest.BASIS),
        basis=(Basis.SELF_REPORTED, Basis.INDEPENDENT),
    )
    newest = ("{value: b, basis: independent}", "{value: a, valid: {from: 2021}}")
    own_word = ("{value: b, basis: independent}", "{value: a, basis: self_reported}")
    assert values(*newest, policies=policies) == ["a", "b"]
    assert values(*own_word, policies=policies) == ["a", "b"]


def test_a_site_without_the_test_that_would_decide_has_rivals() -> None:
    policies = "policies: {headline: [rank]}\n"
    files = {
        "site.yaml": BASE["site.yaml"] + policies,
        **org("headquarters: [{value: Here, basis: derived}, {value: There}]\n"),
    }
    assert codes(files) == ["rival-statements"]


def test_statements_that_the_rule_does_not_part_keep_the_order_of_the_file() -> None:
    assert values("{value: b, status: disputed}", "{value: b}", "a") == ["b", "b", "a"]


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ("[a, b]", ["rival-statements"]),
        ("[a, a]", []),
        ("[a, {absence: not_disclosed}]", ["rival-statements"]),
        ("[a, {value: b, rank: deprecated}]", []),
        ("[a, {value: b, rank: preferred}, {value: c, rank: preferred}]", ["rival-statements"]),
        ("[{value: a, rank: preferred}, b, c]", []),
        ("[{value: a, recorded: 2024}, {value: b, recorded: 2023}]", []),
    ],
)
def test_only_statements_between_which_nothing_decides_are_rivals(
    statements: str, expected: list[str]
) -> None:
    assert codes(org(f"headquarters: {statements}\n")) == expected


def test_rivals_are_shown_both() -> None:
    found = only(org("headquarters:\n  - Oslo\n  - Bergen\n"))
    assert (found.span.line, found.related[0][0].line) == (7, 6)
    assert "`Oslo` and `Bergen`" in found.message


def test_statements_of_a_membership_can_be_rivals_too() -> None:
    more = (
        "memberships:\n  - {alliance: commons, role: member, evidence: none, "
        "start_date: [2023, 2024]}\n"
    )
    assert codes(org(more)) == ["rival-statements"]


# What is out


@pytest.mark.parametrize(
    ("more", "published", "is_out"),
    [
        ("", "2024-06-30", True),
        ("", "2024-07-01", False),
        ("", "2024-06", True),
        ("draft: yes\n", "2024-01-01", False),
        ("expires: 2024-06-30\n", "2024-01-01", False),
        ("expires: 2024-07-01\n", "2024-01-01", True),
    ],
)
def test_an_article_is_out_from_its_day_until_it_expires(
    more: str,
    published: str,
    is_out: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    site = site_of(news(more, published=published), date(2024, 6, 30))
    assert ("news" in site.articles) is is_out


def test_drafts_show_what_is_not_out() -> None:
    assert "news" in site_of(news("draft: yes\n"), with_drafts=True).articles


def test_a_link_to_an_article_that_is_not_out_is_a_warning() -> None:
    files = {
        **news(body="[x](article:next)"),
        "articles/2024/next.md": article(more="draft: yes\npublished: 2024\n"),
    }
    found = only(files)
    assert (found.code.value, found.severity.word) == ("unknown-link", "warning")


def test_the_title_of_an_article_that_is_not_out_is_not_told() -> None:
    site = site_of({"articles/2024/next.md": article("Secret", "draft: yes\npublished: 2024\n")})
    assert "Secret" not in site.names.values()


def test_a_draft_may_link_to_another() -> None:
    draft = article(more="draft: yes\npublished: 2024\n", body="[x](article:b)")
    assert codes({"articles/a.md": draft, "articles/b.md": draft}) == []


def test_a_draft_is_checked_like_any_other() -> None:
    assert codes(news("draft: yes\n", body="[x](org:nobody)")) == ["unknown-link"]


# Prose


@pytest.mark.parametrize(
    "link",
    [
        *("org:acme", "alliance:commons", "source:launch-note", "page:members", "page:home"),
        *("comparison:openness", "criterion:openness/code", "subject:openness/acme", "/feed.xml"),
        *("comparison:openness#acme--code", "article:news", "#part", "https://acme.example/"),
    ],
)
def test_a_link_to_what_is_there_is_no_finding(link: str) -> None:
    assert codes({**COMPARISON, **news(body=f"[x]({link})")}) == []


@pytest.mark.parametrize(
    "link",
    [
        "org:nobody",
        "acme",
        "organization:acme",
        "author:desk",
        "page:nowhere",
        "//a.example",
        "org:",
    ],
)
def test_a_link_to_what_is_not_there_is_an_error(link: str) -> None:
    assert codes(news(body=f"[x]({link})")) == ["unknown-link"]


def test_a_finding_in_a_body_is_placed_below_the_front_matter() -> None:
    found = only(news(body="One.\n\nTwo [x](org:nobody)."))
    assert (found.span.line, found.span.column, found.span.end_column) == (10, 9, 19)


def test_a_link_that_another_begins_with_is_not_taken_for_it() -> None:
    found = only(news(body="[x](org:acme) [x](org:acm)"))
    assert found.span.column == 19


def test_every_unknown_citation_of_a_mark_is_reported() -> None:
    assert codes(news(body="[@a; @launch-note; @b]")) == ["unknown-citation"] * 2


def test_raw_html_is_a_warning() -> None:
    assert only(news(body="<script>alert(1)</script>")).code.value == "raw-html"


def test_the_phase_of_an_event_is_one_of_the_sites_own() -> None:
    event = "a: {date: 2024, title: T, text: X, kind: join, phase: dawn, evidence: none}\n"
    assert codes({"events.yaml": event}) == ["dangling-reference"]


def test_the_path_of_a_file_that_cannot_be_read_names_the_record() -> None:
    found, faults = structured("organizations/acme.yaml", "name: [\n")
    assert ([*found.faulty], len(faults)) == (["acme"], 1)


def test_a_collection_that_cannot_be_read_may_hold_any_id() -> None:
    assert codes({"sources.yaml": "a: [\n"}) == ["yaml-syntax"]


def test_the_headline_of_nothing_is_nothing() -> None:
    assert headline_value(()) is None
