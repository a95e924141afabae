"""Nodes → records: what each type of field takes, and how it refuses the rest."""

from decimal import Decimal
from typing import Any

import pytest

from alliance_site.model import PartialDate, Quantity, place_of
from tests.small_site import faults_in, organization, record_in, structured

ORG = "organizations/acme.yaml"


def org(more: str) -> Any:
    """Structure an organisation with some more lines."""
    return record_in(ORG, organization(more=more))


def org_faults(more: str) -> list[tuple[str, int, int]]:
    """Return what is wrong with some more lines, which start at line 5."""
    return faults_in(ORG, organization(more=more))


def messages(text: str) -> list[str]:
    found, _ = structured(ORG, organization(more=text))
    return [f"{item.message}; {item.hint}" for item in found.found.diagnostics]


def test_a_plain_value_is_one_statement() -> None:
    (statement,) = org("country: NO\n").country
    assert (statement.value, statement.absence, statement.evidence) == ("NO", None, None)


def test_one_statement_may_be_written_as_a_mapping() -> None:
    (statement,) = org("country: {value: NO, basis: independent, recorded: 2024-01}\n").country
    assert statement.value == "NO"
    assert statement.basis.value == "independent"
    assert statement.recorded == PartialDate(2024, 1)


def test_plain_values_and_statements_may_stand_in_one_list() -> None:
    found = org("country: [NO, {value: SE, rank: preferred}]\n").country
    assert [item.value for item in found] == ["NO", "SE"]


def test_an_absence_has_no_value() -> None:
    (statement,) = org("country: {absence: refused}\n").country
    assert (statement.value, statement.absence.value) == (None, "refused")


def test_the_two_clocks_of_a_statement_are_kept() -> None:
    more = "country: {value: NO, valid: {from: 2020, to: 2021-06}, recorded: 2024-01-05}\n"
    (statement,) = org(more).country
    assert (str(statement.valid.from_), str(statement.valid.to)) == ("2020", "2021-06")
    assert str(statement.recorded) == "2024-01-05"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("none", []),
        ("a", [("a", "")]),
        ("a, p. 3", [("a", "p. 3")]),
        ("a ,  p. 3, 4", [("a", "p. 3, 4")]),
        ("[a, b]", [("a", ""), ("b", "")]),
        ("{source: a, locator: p. 3}", [("a", "p. 3")]),
        ("[{source: a}]", [("a", "")]),
    ],
)
def test_evidence_has_short_forms(written: str, expected: list[tuple[str, str]]) -> None:
    (statement,) = org(f"country:\n  value: NO\n  evidence: {written}\n").country
    assert [(item.source, item.locator) for item in statement.evidence] == expected


def test_evidence_in_full_keeps_quote_and_what_it_shows() -> None:
    more = (
        "country:\n  value: NO\n"
        "  evidence: {source: a, quote: Oslo, shows: seat, supports: partly}\n"
    )
    (item,) = org(more).country[0].evidence
    assert (item.quote, item.shows, item.supports.value) == ("Oslo", "seat", "partly")


def test_another_name_may_be_written_as_text_alone() -> None:
    found = org("other_names: [ACME, {name: Akme, end_date: 1999}]\n").other_names
    assert [item.name for item in found] == ["ACME", "Akme"]
    assert found[1].end_date == PartialDate(1999)


@pytest.mark.parametrize("text", ["yes", "true"])
def test_a_switch_is_on(text: str) -> None:
    found = record_in("articles/2024/a.md", front(f"draft: {text}\n"))
    assert found.draft is True


@pytest.mark.parametrize("text", ["on", "True", "1", "y"])
def test_a_switch_takes_no_other_word(text: str) -> None:
    assert faults_in("articles/2024/a.md", front(f"draft: {text}\n")) == [("bad-value", 7, 8)]


def front(more: str) -> str:
    fields = "title: T\ndek: D.\nkind: news\nauthors: [desk]\npublished: 2024\n"
    return f"---\n{fields}{more}---\n"


def test_the_body_of_a_file_is_markdown_with_its_place() -> None:
    body = record_in("articles/2024/a.md", f"{front('')}Text.\n").body
    assert (body.text, body.is_body, body.span.line) == ("Text.\n", True, 8)


def test_a_figure_is_a_quantity() -> None:
    text = "a:\n  label: L\n  value: more than 50\n  unit: names\n"
    found, _ = structured("figures.yaml", text)
    assert found.records["a"].value[0].value == Quantity(Decimal(50), "more than")


def test_names_of_fields_may_differ_from_names_of_keys() -> None:
    text = (
        "s:\n  type: book\n  title: T\n  container-title: C\n  publisher: P\n"
        "  URL: https://a.example/\n  kind: press\n  read: full\n  linkable: no\n"
    )
    source = structured("sources.yaml", text)[0].records["s"]
    assert (source.container_title, source.url) == ("C", "https://a.example/")
    assert source.linkable is False


def test_an_unknown_key_is_reported_with_the_nearest() -> None:
    assert org_faults("contry: NO\n") == [("unknown-key", 5, 1)]
    assert messages("contry: NO\n")[0].endswith("did you mean `country`?")


def test_a_missing_key_is_reported_where_the_record_begins() -> None:
    assert faults_in(ORG, "name: Acme\nsummary: S.\n") == [("missing-key", 1, 1)]


def test_every_fault_of_a_file_is_reported_at_once() -> None:
    more = "country: norway\nhomepage: x\nfounding_date: 2023-02-30\nzzz: 1\n"
    found = [code for code, _, _ in org_faults(more)]
    assert found == ["bad-value", "bad-url", "bad-date", "unknown-key"]


def test_a_record_with_a_fault_is_left_out_and_known_as_faulty() -> None:
    found, _ = structured(ORG, organization(more="country: norway\n"))
    assert (found.records, list(found.faulty)) == ({}, ["acme"])


def test_of_a_collection_only_the_faulty_record_is_left_out() -> None:
    figure = "\n  label: L\n  unit: u\n  value: "
    found, _ = structured("figures.yaml", f"a:{figure}1\nb:{figure}one\n")
    assert ([*found.records], [*found.faulty]) == (["a"], ["b"])


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ("headquarters: [[a]]\n", ("wrong-type", 5, 16)),
        ("memberships: {a: 1}\n", ("wrong-type", 5, 14)),
        ("other_names: ACME\n", ("wrong-type", 5, 14)),
        ("parent: [a]\n", ("wrong-type", 5, 9)),
        ("country: []\n", ("wrong-type", 5, 10)),
        ("evidence: [[a]]\n", ("wrong-type", 5, 12)),
        ("headquarters: ''\n", ("bad-value", 5, 15)),
        ("parent:\n", ("bad-value", 5, 8)),
        ("former_ids: [A]\n", ("bad-id", 5, 14)),
        ("parent: a--b\n", ("bad-id", 5, 9)),
        ("country: {}\n", ("mixed-statement", 5, 10)),
        ("country: {absence: dunno}\n", ("bad-value", 5, 20)),
    ],
)
def test_a_value_of_another_shape_is_reported_in_its_place(
    more: str, fault: tuple[str, int, int]
) -> None:
    text = organization().replace("evidence: launch-note\n", "") + f"\n{more}"
    assert faults_in(ORG, text) == [fault]


def test_an_unknown_key_beside_an_absence_is_one_fault() -> None:
    assert org_faults("country:\n  absence: unknown\n  why: x\n") == [("unknown-key", 7, 3)]


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.example/a?b=c#d",
        "http://localhost:8000/",
        "https://xn--bcher-kva.example",
        "https://acme.example/(a)/%20",
    ],
)
def test_a_whole_address_is_taken(url: str) -> None:
    assert org(f"homepage: {url}\n").homepage[0].value == url


@pytest.mark.parametrize(
    "url",
    [
        *("acme.example", "/about", "//acme.example", "ftp://acme.example", "https://"),
        *("javascript:alert(1)", "data:text/html;x", "HTTP://acme.example", "https:///a"),
        *("'http://[::1'", "https://a b", "'https://a\"b'", "https://a/<b>", "'https://a/`'"),
    ],
)
def test_what_is_no_whole_address_is_refused(url: str) -> None:
    assert org_faults(f"homepage: {url}\n") == [("bad-url", 5, 11)]


@pytest.mark.parametrize(
    ("path", "part", "key"),
    [
        ("site.yaml", "settings", ""),
        ("sources.yaml", "collection", ""),
        ("sources/a.yaml", "record", "a"),
        ("organizations/ibm.yaml", "record", "ibm"),
        ("articles/2024/a.md", "record", "a"),
        ("articles/a.md", "record", "a"),
        ("comparisons/c/comparison.yaml", "comparison", "c"),
        ("comparisons/c/cells/a.yaml", "cells", "a"),
    ],
)
def test_a_files_path_says_what_it_is(path: str, part: str, key: str) -> None:
    place = place_of(path)
    assert place is not None
    assert (place.part, place.id) == (part, key)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "organizations/ibm.md",
            "organizations/ibm.yml",
            "organizations/a/b.yaml",
            "events/a.yaml",
        ),
        *(
            "articles/24/a.md",
            "comparisons/c/other.yaml",
            "comparisons/c.yaml",
            "readme.md",
            "x/site.yaml",
        ),
    ],
)
def test_nothing_is_looked_for_elsewhere(path: str) -> None:
    assert place_of(path) is None
