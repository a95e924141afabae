"""`explain` names every field that a record of a kind may have, and says what each means."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alliance_site.cli import run
from alliance_site.guide import KINDS_EXPLAINED, guide_to, meaning_of
from alliance_site.model import KINDS, field_specs, is_record
from alliance_site.model.comparison_records import CellsFile, ComparisonFile, CriteriaFile, RawValue
from alliance_site.model.records import Evidence, Role, SiteSettings, Statement
from alliance_site.starter import KINDS_OF_RECORD

RECORDS = (
    *(kind.record for kind in KINDS),
    *(SiteSettings, ComparisonFile, CriteriaFile, CellsFile, Evidence, Statement),
)


def records_in(kind: Any, seen: set[Any]) -> Iterator[Any]:
    """Yield a record class and those of the records in it, however deep."""
    if is_record(kind) and kind is not RawValue and kind not in seen:
        seen.add(kind)
        yield kind
        for spec in field_specs(kind):
            if not spec.is_implicit:
                yield from records_in(spec.type, seen)
    for part in getattr(kind, "__args__", ()):
        yield from records_in(part, seen)


@pytest.mark.parametrize("record", RECORDS)
def test_every_field_that_can_be_written_has_a_meaning(record: Any) -> None:
    unsaid = [
        f"{kind.__name__}.{spec.name}"
        for kind in records_in(record, set())
        for spec in field_specs(kind)
        if spec.key and not spec.is_implicit and not meaning_of(kind, spec.name)
    ]
    assert unsaid == []


@pytest.mark.parametrize("record", RECORDS)
def test_no_meaning_is_of_a_field_that_is_gone(record: Any) -> None:
    for kind in records_in(record, set()):
        said = (kind.__doc__ or "").partition("Attributes:")[2]
        names = {line.split(":")[0].strip() for line in said.splitlines() if line[8:9].strip()}
        assert names <= {spec.name for spec in field_specs(kind)}, kind


def test_whatever_can_be_begun_can_be_explained() -> None:
    assert {*KINDS_OF_RECORD} <= {*KINDS_EXPLAINED}


@pytest.mark.parametrize("name", KINDS_EXPLAINED)
def test_a_guide_fits_a_terminal_and_names_every_key(name: str) -> None:
    lines = guide_to(name).partition("\nAn example")[0].splitlines()
    assert lines[0] == name
    assert max(map(len, lines)) <= 100
    for kind in KINDS:
        if kind.prefix == name:
            keys = {spec.key for spec in field_specs(kind.record) if not spec.is_implicit}
            said = {line.split(":")[0].split(" (")[0].strip() for line in lines}
            assert keys <= said


def test_a_guide_says_what_a_field_holds_and_whether_it_must_be_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["explain", "organization"]) == 0
    said = capsys.readouterr().out
    assert "`organizations/<id>.yaml`. Source: Popolo Organization" in said
    assert "\n  name (required): a text\n      As it calls itself.\n" in said
    assert "\n  parent: the id of an organization\n" in said
    assert f"role (required): one of {', '.join(f'`{item.value}`' for item in Role)}" in said
    assert "An example, content/organizations/example.yaml:\n\n    name: An example\n" in said


@pytest.mark.parametrize("name", ["org", "organisation"])
def test_a_kind_is_known_by_the_words_that_links_and_the_british_have(name: str) -> None:
    assert guide_to(name) == guide_to("organization")


def test_what_is_no_kind_has_no_guide() -> None:
    assert guide_to("kind") == ""


def test_a_default_is_written_as_an_editor_would() -> None:
    assert "linkable: `yes` or `no`; `yes`, where it is left out" in guide_to("source")


def test_the_theme_is_found_where_it_lies() -> None:
    (root,) = [line for line in guide_to("theme").splitlines() if line.startswith("    /")]
    assert (Path(root.strip()) / "templates/base.html").is_file()
