"""What the data package says of each record is enough to make the same record again."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from alliance_site.model import (
    KINDS,
    Site,
    Structured,
    comparison_of,
    plain_comparison,
    plain_record,
    record_of,
)
from alliance_site.model.records import SiteSettings
from tests.small_site import BASE, organization, site_of


@pytest.fixture(scope="module")
def real_site(site_root: Path) -> Site:
    """The site of this repository, whose records use nearly every field."""
    files = {
        path.relative_to(site_root / "content").as_posix(): path.read_text("utf-8")
        for path in sorted((site_root / "content").rglob("*.*"))
    }
    return site_of({**dict.fromkeys(BASE, ""), **files}, date(2026, 11, 28))


def again(kind: Any, key: str, record: Any) -> Any:
    found = Structured()
    made = record_of(kind, key, plain_record(record), "data/records/x.json", found)
    assert found.diagnostics == []
    return made


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.collection)
def test_every_record_of_the_real_site_is_made_again_as_it_was(real_site: Site, kind: Any) -> None:
    for key, record in getattr(real_site, kind.collection).items():
        assert again(kind.record, key, record) == record


def test_every_comparison_is_made_again_as_it_was(real_site: Site) -> None:
    for key, comparison in real_site.comparisons.items():
        found = Structured()
        made = comparison_of(key, plain_comparison(comparison), "x.json", found)
        assert (made, found.diagnostics) == (comparison, [])


def test_the_settings_are_made_again_as_they_were(real_site: Site) -> None:
    assert again(SiteSettings, "", real_site.settings) == real_site.settings


def test_a_plain_value_is_written_plainly_and_a_statement_with_what_it_says() -> None:
    more = "country: {value: 'NO', evidence: none, recorded: 2024-01~}\n"
    site = site_of({"organizations/acme.yaml": organization("Acme", more)})
    assert plain_record(site.organizations["acme"]) == {
        "name": "Acme",
        "classification": ["company"],
        "country": [{"value": "NO", "recorded": "2024-01~", "evidence": "none"}],
        "summary": "A maker.",
        "evidence": [{"source": "launch-note"}],
    }


def test_what_is_no_record_is_reported_and_not_made() -> None:
    found = Structured()
    assert record_of(KINDS[1].record, "acme", {"nam": "Acme"}, "x.json", found) is None
    assert {item.code.value for item in found.diagnostics} == {"unknown-key", "missing-key"}
