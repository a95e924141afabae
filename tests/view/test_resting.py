"""What rests on a source, and the marks that lead there from every cell of a table."""

from typing import Any

from tests.small_pages import pages_of, view_at
from tests.small_site import COMPARISON, organization

PAPER = {
    "sources/paper.yaml": (
        "type: article\ntitle: A paper\npublisher: P\nkind: analysis\nread: full\n"
    )
}
MEMBER = "memberships: [{alliance: commons, role: founder, start_date: 2024-01, evidence: paper}]\n"


def resting(files: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    view = view_at("/sources/paper/", {**PAPER, **files})
    return {item.record.url: [(row.label, row.says) for row in item.rows] for item in view.values}


def test_a_source_lists_every_value_that_rests_on_it() -> None:
    more = f"country: {{value: 'NO', evidence: paper}}\nsector: []\n{MEMBER}".replace(
        "sector: []\n", ""
    )
    assert resting({"organizations/acme.yaml": organization("Acme", more)}) == {
        "/organizations/acme/": [
            ("Country", "Norway"),
            ("Role in The Commons", "Founder"),
            ("Joined The Commons", "January 2024"),
        ]
    }


def test_a_plain_value_rests_on_the_sources_of_its_record() -> None:
    text = organization("Acme").replace("evidence: launch-note", "evidence: paper")
    found = resting({"organizations/acme.yaml": text})
    assert found == {"/organizations/acme/": [("Kind", "Company"), ("Summary", "A maker.")]}


def test_each_of_several_statements_rests_on_its_own_source() -> None:
    more = (
        "headquarters:\n  - {value: Oslo, evidence: paper, rank: preferred}\n  - {value: Bergen}\n"
    )
    found = resting({"organizations/acme.yaml": organization("Acme", more)})
    assert found == {"/organizations/acme/": [("Headquarters", "Oslo")]}


def test_a_cell_is_listed_with_its_subject_by_the_title_of_its_criterion() -> None:
    cells = (
        "cells: {weights: {value: open, evidence: paper}, code: partly}\nevidence: launch-note\n"
    )
    found = resting({**COMPARISON, "comparisons/openness/cells/acme.yaml": cells})
    assert found == {"/comparisons/openness/subjects/acme/": [("Weights", "Open")]}


def test_a_text_that_cites_a_source_rests_on_it() -> None:
    text = organization("Acme").replace("A maker.", "A maker of anvils [@paper].")
    found = resting({"organizations/acme.yaml": text})
    assert found == {"/organizations/acme/": [("Summary", "A maker of anvils.")]}


def test_every_value_with_evidence_is_listed_by_its_source() -> None:
    pages = {page.url: page.view for page in pages_of({**COMPARISON, **PAPER})}
    rows = pages["/sources/"].groups[0].rows
    listed = sum(len(item.rows) for item in pages["/sources/launch-note/"].values)
    assert [(row.url, row.values) for row in rows] == [("/sources/launch-note/", listed)]
    assert listed > len(COMPARISON)
    assert pages["/sources/launch-note/"].value_count == f"{listed} values"


# Tables


def members(files: dict[str, str]) -> Any:
    return view_at("/members/", {**PAPER, **files})


def test_every_cell_of_the_members_table_leads_to_its_source() -> None:
    more = f"country: US\n{MEMBER}"
    view = members({"organizations/acme.yaml": organization("Acme", more)})
    (row,) = view.members
    cells = [row.role.citations, row.classification.citations, row.country.citations]
    titles = [fill.marks[0].title for fill in (*cells, row.joined_citations)]
    assert titles == ["A paper", "The launch note", "The launch note", "A paper"]
    assert [note.title for note in view.sources] == ["A paper", "The launch note"]


def test_a_table_has_no_anchor_to_come_back_to() -> None:
    view = members({"organizations/acme.yaml": organization("Acme", MEMBER)})
    assert view.members[0].role.citations.marks[0].anchor == ""
    assert [note.backlinks for note in view.sources] == [(), ()]
